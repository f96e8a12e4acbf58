"""Money, percentages, days and status words."""

from datetime import datetime

from model import HEAD, NAME, Cell, Sheet, alone, case
from tables import line

MONEY = ["STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)"]


def _money(s, cases):
    """Rows with an amount as written, what it is in triệu đồng, and findings."""
    for code, written, spent, *findings in cases:
        s.row([None, code, NAME[code], "Đang làm", "Đang thực hiện", 20, written], "%s in_progress 20 %s" % (code, spent or "-"), *findings)
    return s


@case("money-with-unit.xlsx", "each amount with its own unit", "openpyxl")
def _():
    s = Sheet().top().head()
    return alone(_money(s, [
        ("1.1.1", "14.500.000 đồng", "14.5"), ("1.1.2", "14.500.000đ", "14.5"), ("1.1.3", "14,5 tr.đ", "14.5"),
        ("1.1.4", "15tr", "15"), ("1.3.3", "0,1 tỷ đồng", "100"), ("1.4.1", "35.000 nghìn đồng", "35"),
        ("1.5.1", "19.500.000 VNĐ", "19.5"), ("4.1.1", "Mười hai triệu năm trăm nghìn đồng", "12.5"),
        ("4.2.1", "95 triệu 500 nghìn đồng", "95.5"), ("5.3.2", "39 triệu đồng", "39"), ("5.3.3", "49,5 trđ", "49.5"),
        ("5.3.4", "60.000.000,00 đ", "60"),
        ("1.3.4", "2 tỷ 150 triệu", "2150"), ("3.4.1", "1,2 tỷ", "1200"), ("5.1.1", "12,5\u00a0", "12.5")]))


@case("money-in-dong-caption.ods", "the unit, đồng, stands in a line above the table", "LibreOffice .ods")
def _():
    s = Sheet().top()
    s.rows[-1] = [None, None, None, None, None, None, "Đơn vị tính: đồng"]
    s.head(*MONEY, "Kinh phí đã thực hiện")
    return alone(_money(s, [("1.1.1", 14500000, "14.5"), ("1.1.3", "3.500.000", "3.5"), ("1.3.3", 0, "0"), ("1.4.1", None, None)]))


@case("money-in-thousands-head.xls", "the unit, nghìn đồng, stands in the head", "Apache POI")
def _():
    s = Sheet().top().head(*MONEY, "KP thực hiện (nghìn đồng)")
    return alone(_money(s, [("1.1.1", 14500, "14.5"), ("1.1.3", "3.500", "3.5"), ("1.3.3", "99.500,5", "99.5005"), ("1.4.1", 1000, "1")]))


@case("money-caption-short.xlsx", "the caption says “(Đơn vị: đồng)”, without “tính”", "Gnumeric .xlsx")
def _():
    s = Sheet().top()
    s.rows[-1] = [None, None, None, None, None, "(Đơn vị: đồng)"]
    s.head(*MONEY, "Kinh phí đã thực hiện")
    return alone(_money(s, [("1.1.1", 14500000, "14.5"), ("1.1.3", "3.500.000", "3.5")]))


@case("money-caption-1000d.xls", "the caption says “ĐVT: 1.000đ”", "xlwt")
def _():
    s = Sheet().top()
    s.rows[-1] = [None, None, None, None, None, "ĐVT: 1.000đ"]
    s.head(*MONEY, "Kinh phí đã thực hiện")
    return alone(_money(s, [("1.1.1", 14500, "14.5"), ("1.3.3", 95000, "95"), ("1.4.1", 1000, "1")]))


@case("money-unit-in-its-own-row.xlsx", "the unit stands in a row of its own under the head", "XlsxWriter")
def _():
    s = Sheet().top().head(*MONEY, "Kinh phí đã thực hiện")
    s.add(None, None, None, None, None, "%", "đồng")
    return alone(_money(s, [("1.1.1", 14500000, "14.5"), ("1.3.3", 20000000, "20")]))


@case("money-in-billions-head.xlsx", "the unit, tỷ đồng, stands in the head", "SheetJS")
def _():
    s = Sheet().top().head(*MONEY, "Kinh phí đã sử dụng (tỷ đồng)")
    return alone(_money(s, [("1.3.3", 0.095, "95"), ("1.4.1", "0,035", "35"), ("1.3.4", "1,25", "1250")]))


@case("money-dong-head-under-caption.xlsx", "the caption says triệu, the column's head says đồng: the head is nearer", "openpyxl")
def _():
    s = Sheet().top()
    s.rows[-1] = ["ĐVT: triệu đồng"]
    s.head(*MONEY, "Kinh phí giải ngân (đồng)")
    return alone(_money(s, [("1.1.1", 14500000, "14.5"), ("1.3.3", "20.000.000", "20")]))


@case("money-vietnamese-numbers.csv", "dots for thousands and a decimal comma", "by hand, semicolon")
def _():
    s = Sheet().top().head(*MONEY, "Kinh phí đã thực hiện (nghìn đồng)")
    return alone(_money(s, [("1.1.1", "14.500,0", "14.5"), ("1.3.3", "99.500,25", "99.50025"), ("1.4.1", "1.234,5", "1.2345"), ("1.5.1", "15000", "15")]))


@case("money-us-numbers.csv", "commas for thousands and a decimal point", "by hand, comma")
def _():
    s = Sheet().top().head(*MONEY, "Kinh phí đã thực hiện (nghìn đồng)")
    return alone(_money(s, [("1.1.1", "14,500.0", "14.5"), ("1.3.3", "99,500.25", "99.50025"), ("1.4.1", "1,234.5", "1.2345"), ("1.5.1", "15 000", "15")]))


@case("money-ambiguous.xlsx", "14.500 under triệu: the budget decides where only one reading is possible", "LibreOffice .xlsx")
def _():
    s = Sheet().top().head()
    return alone(_money(s, [
        ("1.1.1", "14.500", "14.5"), ("1.3.3", "95,000", "95"),
        ("1.3.4", "14.500", None, "money-ambiguous error G"), ("3.4.1", "1,250", None, "money-ambiguous error G")]))


@case("money-dash-none-blank.xlsx", "a dash, “không”, 0, blank and other funds are different things", "XlsxWriter")
def _():
    s = Sheet().top().head()
    return alone(_money(s, [
        ("1.1.1", "-", None), ("1.1.2", "Không", "0"), ("1.1.3", 0, "0"), ("1.1.4", None, None), ("1.3.3", "–", None),
        ("1.3.4", "KP thường xuyên", None, "money-other-funds note G"), ("1.4.1", "Lồng ghép", None, "money-other-funds note G"),
        ("1.5.1", "Chưa sử dụng", "0"), ("4.1.1", " ", None), ("4.2.1", "Không sử dụng kinh phí", "0")]))


@case("money-floats.xlsx", "14.499999999999998: what is stored of 14,5; and đồng that a format shows as 35tr", "openpyxl")
def _():
    s = Sheet().top().head()
    return alone(_money(s, [("1.1.1", Cell(14.499999999999998, "#,##0.0"), "14.5"), ("1.3.3", Cell(0.1 + 0.2, "0.00"), "0.3"),
                            ("1.4.1", Cell(35000000.0, '#,##0,,"tr"'), "35")]))


@case("money-shown-in-millions.xlsx", "a format shows đồng as triệu; the head says đồng", "XlsxWriter")
def _():
    s = Sheet().top().head(*MONEY, "Kinh phí đã thực hiện (đồng)")
    return alone(_money(s, [("1.1.1", Cell(14500000, "#,##0.0,,"), "14.5"), ("1.3.3", Cell(20000000, '#,##0" đ"'), "20")]))


@case("money-beyond-and-negative.xlsx", "đồng under triệu, more than ten times the plan, below nought", "openpyxl")
def _():
    s = Sheet().top().head()
    return alone(_money(s, [
        ("1.1.1", 14500000, None, "money-beyond-plan error G"), ("1.1.3", 1500, None, "money-beyond-plan error G"),
        ("1.3.3", -20, None, "money-negative error G"), ("1.4.1", "(12,5)", None, "money-negative error G"),
        ("1.5.1", 25, "25"), ("4.1.1", "khoảng chục triệu", None, "money-unreadable error G"),
        ("5.3.2", "15 (TW 10; ĐP 5)", None, "money-unreadable error G"), ("5.3.3", "14,5 + 2", None, "money-unreadable error G"),
        ("5.3.4", "-nt-", None, "money-unreadable error G")]))


@case("percent-in-every-form.xlsx", "80%, 0.8 as a percentage, 15 with a % drawn behind it, “đạt 80%”, 80/100, in words", "openpyxl")
def _():
    s = Sheet().top().head()
    for code, written, percent, *findings in [
            ("1.1.2", "80%", "80"), ("1.1.3", Cell(0.8, "0%"), "80"), ("1.1.4", Cell(15, '0"%"'), "15"), ("1.2.1", "đạt 80%", "80"),
            ("1.3.3", "80/100", "80"), ("1.3.4", "80 %", "80"), ("1.4.1", 80, "80"), ("1.5.1", "0,8", "80", "percent-scaled note F"),
            ("4.1.1", Cell(0.125, "0.0%"), "12.5"), ("4.1.2", "tám mươi phần trăm", "80"), ("4.1.3", "80% KH", "80"),
            ("4.2.1", Cell(0.8, "General"), "80", "percent-scaled note F"), ("5.2.1", 33.3, "33.3"), ("5.3.1", "80,5%", "80.5")]:
        s.row([None, code, NAME[code], "Đang làm", "Đang thực hiện", written, None], "%s in_progress %s -" % (code, percent), *findings)
    return alone(s)


@case("percent-as-shares.xlsx", "shares without a % format: 1 is the whole where it is done", "XlsxWriter")
def _():
    s = Sheet().top().head(*HEAD[:6])
    for code, text, status, written, want in [("1.1.1", "Đã họp", "Đã hoàn thành", 1, "done 100"), ("1.1.3", "Đang họp", "Đang thực hiện", 0.25, "in_progress 25"),
                                              ("1.3.3", "Đang làm", "Đang thực hiện", 0.5, "in_progress 50")]:
        s.row([None, code, NAME[code], text, status, written], "%s %s -" % (code, want), "percent-scaled note F")
    s.row([None, "4.1.1", NAME["4.1.1"], "Chưa làm", "Chưa thực hiện", 0], "4.1.1 not_started 0 -")
    return alone(s)


@case("percent-impossible.xlsx", "above 100, below 0, and no percentage at all", "SheetJS")
def _():
    s = Sheet().top().head()
    for code, written, finding in [("1.1.3", 180, "percent-out-of-range"), ("1.3.3", -5, "percent-out-of-range"), ("1.4.1", "gần xong", "percent-unreadable"),
                                   ("4.1.1", "50-60%", "percent-unreadable")]:
        s.row([None, code, NAME[code], "Đang làm", "Đang thực hiện", written, None], "%s in_progress - -" % code, finding + " error F")
    return alone(s)


@case("percent-alone.xlsx", "a percentage and no status says how far it is", "openpyxl")
def _():
    s = Sheet().top().head(*HEAD[:4], "Tỷ lệ (%)", HEAD[6])
    for code, percent, status in [("1.1.1", 100, "done"), ("1.1.3", 40, "in_progress"), ("1.3.3", 0, "not_started")]:
        s.row([None, code, NAME[code], "Theo kế hoạch", percent, None], "%s %s %s -" % (code, status, percent))
    return alone(s)


@case("formula-without-value.xlsx", "formulas whose results were never stored", "openpyxl")
def _():
    s = Sheet().top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, Cell(formula="=10+4.5")], "1.1.1 done 100 -", "formula-without-value error G")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", Cell(formula="=1/4*100"), 3], "1.1.3 in_progress - 3", "formula-without-value error F")
    line(s, "1.3.3", "Đang làm", "Đang thực hiện", 20, 0)
    s.row([4, "4.1.1", NAME["4.1.1"], "Đang làm", Cell(formula='="Đang thực hiện"'), None, None], "4.1.1 - - - - held",
          "formula-without-value error E")
    return alone(s)


@case("formula-with-value.xlsx", "formulas whose results are stored", "XlsxWriter")
def _():
    s = Sheet().top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], Cell("Đã họp", formula='="Đã "&"họp"'), Cell("Đã hoàn thành", formula='=IF(F8=100,"Đã hoàn thành","")'),
           Cell(100, formula="=50*2"), Cell(14.5, formula="=10+4.5")], "1.1.1 done 100 14.5")
    return alone(s)


@case("formula-with-value.ods", "the same computed by LibreOffice", "LibreOffice, from .xlsx")
def _():
    import writers
    s = Sheet().top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", Cell(formula="=50*2"), Cell(formula="=10+4.5")], "1.1.1 done 100 14.5")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", Cell(formula="=1/0"), Cell(formula="=SUM(G8)-11.5")],
          "1.1.3 in_progress - 3", "formula-without-value error F")
    data = writers.by_libreoffice(writers.by_openpyxl([s]), ".xlsx", "ods")
    return data, alone(s)[1]


@case("formula-broken.xlsx", "#REF!, #DIV/0! and #N/A as stored results", "XlsxWriter")
def _():
    s = Sheet().top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, Cell("#REF!", formula="=#REF!*2")], "1.1.1 done 100 -", "formula-without-value error G")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", Cell("#DIV/0!", formula="=1/0"), 3], "1.1.3 in_progress - 3", "formula-without-value error F")
    return alone(s)


@case("days-in-every-form.xlsx", "days as dates, as text, in words, and one that slipped into another year", "openpyxl")
def _():
    s = Sheet().top().head(*HEAD[:6], "Ngày hoàn thành")
    for code, written, day, *findings in [
            ("1.1.1", Cell(datetime(2018, 2, 2), "dd/mm/yyyy"), "2018-02-02"), ("1.1.3", "02/02/2018", "2018-02-02"), ("1.3.3", "2-2-2018", "2018-02-02"),
            ("1.4.1", "2.2.18", "2018-02-02"), ("1.5.1", "ngày 02 tháng 02 năm 2018", "2018-02-02"), ("4.1.1", "2018-02-02", "2018-02-02"),
            ("4.1.3", "02/02/2081", None, "date-far-off error G"), ("4.2.1", "cuối tháng 2", None, "date-unclear warning G"),
            ("5.2.1", "31/02/2018", None, "date-unclear warning G"), ("5.3.1", "20/3/2018", "2018-03-20", "done-after-closes warning G")]:
        s.row([None, code, NAME[code], "Đã làm", "Đã hoàn thành", 100, written], code + " done 100 -", *findings)
        if day:
            s.entries[-1]["done_on"] = day
    return alone(s)


@case("days-slipped-us.xlsx", "5 February typed under an American Excel became 2 May; the rest stayed text", "openpyxl")
def _():
    s = Sheet().top().head(*HEAD[:6], "Ngày hoàn thành")
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã làm", "Đã hoàn thành", 100, "13/02/2018"], "1.1.1 done 100 -")
    s.entries[-1]["done_on"] = "2018-02-13"
    s.row([2, "1.1.3", NAME["1.1.3"], "Đã làm", "Đã hoàn thành", 100, Cell(datetime(2018, 5, 2), "m/d/yyyy")], "1.1.3 done 100 -",
          "dates-mixed error G")
    return alone(s)


@case("status-words.xlsx", "status in many words, abbreviated, in capitals and without marks", "LibreOffice .xlsx")
def _():
    s = Sheet().top().head(*HEAD[:5])
    for code, written, status in [
            ("1.1.1", "HT", "done"), ("1.1.2", "Chưa đến hạn", "not_started"), ("1.1.3", "ĐTH", "in_progress"), ("1.1.4", "CHUA THUC HIEN", "not_started"),
            ("1.2.1", "Chưa TH", "not_started"), ("1.3.3", "Đang triển khai thực hiện", "in_progress"), ("1.3.4", "Đã ban hành Kế hoạch số 12/KH-SNV", "done"),
            ("1.4.1", "Xong", "done"), ("1.5.1", "Đang TH", "in_progress"), ("4.1.1", "DA HOAN THANH", "done"), ("4.1.2", "Không phát sinh", "nil"),
            ("4.1.3", "Tạm dừng", "paused"), ("4.2.1", "100%", "done"), ("5.2.1", "Thường xuyên", "in_progress"), ("5.3.1", "Hoàn thành 100% kế hoạch", "done"),
            ("5.3.2", "Đã hoàn thành (quá hạn)", "done"), ("5.3.3", "Đang thực hiện, chậm tiến độ", "in_progress"),
            ("5.3.4", "Không thực hiện", "paused")]:
        want = code + " " + status
        if "100%" in written:
            want += " 100"
        s.row([None, code, NAME[code], "Theo kế hoạch", written], want)
    return alone(s)


@case("status-negated.xlsx", "not yet, nearly, partly: none of it is done", "XlsxWriter")
def _():
    s = Sheet().top().head(*HEAD[:5])
    for code, written, status in [
            ("1.1.1", "Chưa hoàn thành", "in_progress"), ("1.1.3", "Cơ bản hoàn thành", "in_progress"), ("1.3.3", "Chưa hoàn thành 100%", "in_progress"),
            ("1.5.1", "Hoàn thành một phần", "in_progress"), ("4.1.1", "Chưa xong", "in_progress")]:
        s.row([None, code, NAME[code], "Theo kế hoạch", written], code + " " + status)
    s.row([None, "4.1.3", NAME["4.1.3"], "Theo kế hoạch", "Dự kiến hoàn thành trong tháng 3"], "4.1.3 - - - - held", "status-unclear error E", "the-same-in-column error E")
    for code, written in [("4.2.1", "Sẽ hoàn thành"), ("5.2.1", "Tốt"), ("5.3.1", "Gần hoàn thành"),
                          ("5.3.2", "Quá hạn"), ("5.3.3", "-nt-"), ("5.3.4", "Không đạt"),
                          ("1.4.1", "Không hoàn thành")]:
        s.row([None, code, NAME[code], "Theo kế hoạch", written], code + " - - - - held")
    return alone(s)


@case("status-contradicts.xlsx", "done at 50 %, not started at 100 %, more spent in the period than in the year", "Gnumeric .xlsx")
def _():
    s = Sheet().top().head(*HEAD, "Lũy kế kinh phí từ đầu năm (triệu đồng)")
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 50, 14.5, 14.5], "1.1.1 done 50 14.5 14.5", "done-below-100 warning F")
    s.row([2, "1.1.3", NAME["1.1.3"], "Chưa họp", "Chưa thực hiện", 100, 0, 0], "1.1.3 not_started 100 0 0", "not-started-above-0 warning F")
    s.row([3, "1.3.3", NAME["1.3.3"], "Đang làm", "Đang thực hiện", 20, 30, 20], "1.3.3 in_progress 20 30 20", "spent-above-total warning G")
    return alone(s)


@case("status-missing.xlsx", "a text and no status, in the ordinary form", "openpyxl")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.row([2, "1.1.3", NAME["1.1.3"], "Tỉnh đã có văn bản chỉ đạo", None, None, None], "1.1.3 - - - - held", "status-missing error E")
    return alone(s)


@case("proposals.xlsx", "proposals and difficulties beside the answers; a proposal is kept, whole", "ExcelJS")
def _():
    s = Sheet().top().head(*HEAD, "Khó khăn, vướng mắc", "Kiến nghị, đề xuất")
    s.row([1, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20, 3, "Thiếu kinh phí", "Đề nghị bổ sung 20 triệu đồng, kéo dài đến tháng 6/2019"], "1.1.3 in_progress 20 3")
    s.entries[-1]["proposal"] = "Đề nghị bổ sung 20 triệu đồng, kéo dài đến tháng 6/2019"
    return alone(s)
