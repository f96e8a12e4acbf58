"""Where the table stands and what its head says."""

from model import HEAD, NAME, Sheet, alone, case, document, ordinary


def line(s, code, text, status, percent, money, *findings, want=None):
    """An ordinary row under the ordinary head."""
    said = {"Đã hoàn thành": "done", "Đang thực hiện": "in_progress", "Chưa thực hiện": "not_started"}[status]
    return s.row([None, code, NAME[code], text, status, percent, money],
                 want or "%s %s %s %s" % (code, said, percent, "-" if money is None else money), *findings)


@case("head-in-row-15-column-d.xlsx", "the table begins in D15, the letterhead above and to the left", "openpyxl")
def _():
    s = Sheet(label="E", text=6).top()
    for _ in range(5):
        s.add()
    s.add("", None, None, "Thực hiện Công văn số 100/SNV-CCHC của Sở Nội vụ, đơn vị báo cáo như sau:")
    s.add().add()
    s.head(None, None, None, *HEAD)
    s.row([None] * 3 + [1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5")
    s.row([None] * 3 + [2, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 50, None], "1.1.3 in_progress 50 -")
    return alone(s)


@case("head-over-three-rows.ods", "a head of three merged rows: money in the period and cumulative", "LibreOffice .ods")
def _():
    s = Sheet(label="B", text=3).top()
    s.add("STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tiến độ", None, "Kinh phí (triệu đồng)", None, None)
    s.add(None, None, None, None, "Tình trạng", "Tỷ lệ (%)", "Kế hoạch", "Đã thực hiện", None)
    s.add(None, None, None, None, None, None, None, "Trong kỳ", "Lũy kế")
    for m in ("A7:A9", "B7:B9", "C7:C9", "D7:D9", "E7:F7", "E8:E9", "F8:F9", "G7:I7", "G8:G9", "H8:I8"):
        s.merge(m)
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 15, 9.5, 14.5], "1.1.1 done 100 9.5 14.5")
    s.row([2, "1.3.3", NAME["1.3.3"], "Đang làm", "Đang thực hiện", 30, 100, None, 12], "1.3.3 in_progress 30 - 12")
    return alone(s)


@case("columns-renamed.xlsx", "every column has another name", "ExcelJS")
def _():
    s = Sheet(label="A", text=2).top()
    s.head("TT", "Nội dung nhiệm vụ", "Kết quả đạt được", "Tiến độ", "Tỷ lệ %", "KP thực hiện (tr.đ)", "Tồn tại, vướng mắc", "Đề xuất")
    s.row(["1.1.1", NAME["1.1.1"], "Đã họp", "Đã xong", "100%", "14,5", "Không", "Không"], "1.1.1 done 100 14.5")
    s.row(["1.1.3", NAME["1.1.3"], "Đang làm", "Đang triển khai", "30%", "3", None, None], "1.1.3 in_progress 30 3")
    s.entries[0]["proposal"] = "Không"
    return alone(s)


@case("columns-reordered-and-added.xlsx", "columns in another order, with ones of the office's own between", "Gnumeric .xlsx")
def _():
    s = Sheet(label="G", text=8).top()
    s.head("STT", "Phòng chuyên môn theo dõi", "Tỷ lệ hoàn thành (%)", "Tình trạng", "KP đã chi (triệu đồng)", "Số điện thoại",
           "Mã số", "Nội dung công việc", "Kết quả thực hiện", "Ngày cập nhật")
    s.row([1, "Phòng CCHC", 100, "Hoàn thành", 14.5, "0261.000.111", "1.1.1", NAME["1.1.1"], "Đã họp", "12/3/2018"],
          "1.1.1 done 100 14.5")
    s.row([2, "Phòng CCHC", 20, "Đang thực hiện", None, "0261.000.112", "1.3.3", NAME["1.3.3"], "Đang làm", "12/3/2018"],
          "1.3.3 in_progress 20 -")
    return alone(s)


@case("head-with-odd-blanks.xlsx", "line breaks, no-break and zero-width spaces, capitals and decomposed letters in the head", "SheetJS")
def _():
    import unicodedata
    s = Sheet().top()
    s.head("S\u200bTT", "MÃ\nHOẠT\u00a0ĐỘNG", "NỘI\u00a0DUNG", "Kết quả\r\nthực hiện", "TÌNH  TRẠNG\u200b",
           unicodedata.normalize("NFD", "Tỷ lệ\n(%)"), "Kinh phí\u00a0đã thực hiện\n(\u200btriệu đồng)")
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    return alone(s)


@case("head-repeated.xlsx", "the head and the column numbers again on each page", "XlsxWriter")
def _():
    s = Sheet().top().head()
    s.add("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.add(*HEAD)
    s.add("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    s.add()
    s.add("Trang 2/3")
    s.add(*HEAD)
    line(s, "1.3.3", "Đang làm", "Đang thực hiện", 10, 0)
    return alone(s)


@case("sheet-for-each-field.xls", "one sheet for each field, the letterhead on the first alone", "xlwt")
def _():
    one = Sheet("Lĩnh vực I").top().head()
    line(one, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    line(one, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    four = Sheet("Lĩnh vực IV").add("LĨNH VỰC IV: CẢI CÁCH TỔ CHỨC BỘ MÁY").head()
    line(four, "4.2.1", "Đang khảo sát", "Đang thực hiện", 20, 12.5)
    five = Sheet("Lĩnh vực V").head()
    line(five, "5.3.2", "Chưa đến thời gian", "Chưa thực hiện", 0, None)
    return [one, four, five], [document(one, four, five)]


@case("sheets-of-several-periods.xlsx", "last year's quarter IV, this year's quarter I and an empty quarter II", "openpyxl")
def _():
    old = Sheet("Quý IV-2017").top(period="quý IV năm 2017").head()
    line(old, "1.1.1", "Đang chuẩn bị", "Đang thực hiện", 50, 1)
    now = Sheet("Quý I-2018").top().head()
    line(now, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    later = Sheet("Quý II-2018").top(period="quý II năm 2018").head()
    later.add(1, "1.1.1", NAME["1.1.1"])
    old.entries = []
    old.findings = []
    doc = document(now, findings=["sheet-other-period note", "sheet-other-period note"])
    doc["entries"] = [dict(e, sheet="Quý I-2018") for e in doc["entries"]]
    return [old, now, later], [doc]


@case("guidance-with-example.xlsx", "a sheet that explains the form, with an example filled in", "XlsxWriter")
def _():
    guide = Sheet("Hướng dẫn").add("HƯỚNG DẪN GHI BIỂU MẪU").add("Ví dụ:").head()
    line(guide, "1.1.1", "Ví dụ: đã tổ chức", "Đang thực hiện", 60, 99)
    now = ordinary("Biểu 1")
    return [guide, now], [document(now, findings=["sheet-guidance note"])]


@case("hidden-old-sheets.xls", "an old sheet that is hidden, and one hidden from the menus too", "xlwt")
def _():
    old = ordinary("Bản cũ")
    old.hidden = True
    very = ordinary("Sheet3")
    very.hidden = "very"
    now = Sheet("Bao cao").top().head()
    line(now, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 15)
    return [now, old, very], [document(now, findings=["sheet-hidden note", "sheet-hidden note"])]


@case("signatures-below.ods", "place, date, recipients and signature under the columns of the table", "Gnumeric .ods")
def _():
    s = ordinary()
    s.add(None, None, None, None, "Đắk Nông, ngày 12 tháng 3 năm 2018")
    s.add("Nơi nhận:", None, None, None, "KT. GIÁM ĐỐC")
    s.add("- UBND tỉnh (b/c);", None, None, None, "PHÓ GIÁM ĐỐC")
    s.add("- Lưu: VT, CCHC (02 bản).")
    s.add(None, None, None, None, "(Đã ký)")
    s.add(None, None, None, None, "Trần Văn Mẫu")
    s.add("Ghi chú: số liệu tính đến ngày 12/3/2018.")
    return alone(s)


@case("money-planned-and-done.xlsx", "four money columns: planned and done, in the period and cumulative", "SheetJS")
def _():
    s = Sheet().top()
    s.head("STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Kinh phí được giao (triệu đồng)",
           "Kinh phí đã thực hiện trong kỳ (triệu đồng)", "Kinh phí lũy kế từ đầu năm (triệu đồng)", "Tỷ lệ giải ngân so với dự toán")
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 15, 5, 14.5, "96,7%"], "1.1.1 done - 5 14.5")
    s.row([2, "1.3.3", NAME["1.3.3"], "Đang làm", "Đang thực hiện", 100, 0, 20, "20%"], "1.3.3 in_progress - 0 20")
    return alone(s)


@case("percent-planned-and-done.xlsx", "two columns of percentages: planned and reached", "openpyxl")
def _():
    s = Sheet().top()
    s.head("STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ theo kế hoạch (%)", "Tỷ lệ đã thực hiện (%)")
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 100], "1.1.1 done 100 -")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 25, 20], "1.1.3 in_progress 20 -")
    return alone(s)


@case("status-as-x.xlsx", "an x or a tick under one of three columns", "LibreOffice .xlsx")
def _():
    s = Sheet().top()
    s.add("STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tình trạng", None, None, "Kinh phí đã thực hiện (triệu đồng)")
    s.add(None, None, None, None, "Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện", None)
    for m in ("A7:A8", "B7:B8", "C7:C8", "D7:D8", "E7:G7", "H7:H8"):
        s.merge(m)
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã họp", "x", None, None, 14.5], "1.1.1 done - 14.5")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đang họp", None, "X", None, None], "1.1.3 in_progress - -")
    s.row([3, "1.3.3", NAME["1.3.3"], "Chưa làm", None, None, "✓", None], "1.3.3 not_started - -")
    s.row([4, "4.2.1", NAME["4.2.1"], "Đang làm", "x", "x", None, None], "4.2.1 - - - - held", "status-several error E")
    s.row([5, "4.1.1", NAME["4.1.1"], "Đang làm", "-", "x", "-", None], "4.1.1 in_progress - -")
    s.row([6, "4.1.3", NAME["4.1.3"], "Đang làm", "0", "1", "0", None], "4.1.3 in_progress - -")
    return alone(s)


@case("two-tables-in-a-sheet.xlsx", "tasks led and tasks shared in, each with its own table, the second in another order", "openpyxl")
def _():
    s = Sheet().top().add("A. NHIỆM VỤ CHỦ TRÌ").head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    s.add()
    s.add("B. NHIỆM VỤ PHỐI HỢP")
    s.head("STT", "Mã hoạt động", "Nội dung", "Tình trạng", "Kết quả thực hiện", "Kinh phí đã thực hiện (triệu đồng)", "Tỷ lệ (%)")
    s.row([1, "2.1.1", NAME["2.1.1"], "Đang thực hiện", "Đã góp ý 03 văn bản", 1.5, 30], "2.1.1 in_progress 30 1.5", text="Đã góp ý 03 văn bản")
    return alone(s)


@case("report-inside-zip.zip", "the report in a zip", "openpyxl, zipped")
def _():
    import writers
    now = ordinary()
    data = writers.zipped({"bao-cao-quy-I.xlsx": writers.by_openpyxl([now])})
    return data, [document(now)]


@case("hidden-column.xlsx", "last quarter's percentages stand in a hidden column", "openpyxl")
def _():
    import openpyxl
    import io
    import writers
    s = Sheet().top().head(*HEAD[:5], "Tỷ lệ (%)", "Tỷ lệ (%)")
    s.row([1, "1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 10, 25], "1.1.3 in_progress 25 -")
    s.row([2, "1.3.3", NAME["1.3.3"], "Đang làm", "Đang thực hiện", 5, 20], "1.3.3 in_progress 20 -")
    wb = openpyxl.load_workbook(io.BytesIO(writers.by_openpyxl([s])))
    wb.active.column_dimensions["F"].hidden = True
    out = io.BytesIO()
    wb.save(out)
    return writers.plain_zip(out.getvalue()), [document(s, findings=["column-hidden note F7"])]
