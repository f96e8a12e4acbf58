"""Which activity a row is about, and rows that are about none."""

from datetime import datetime

import writers
from model import NAME, Cell, Sheet, alone, case, document, ordinary
from tables import line


@case("code-spellings.xlsx", "the same kind of code in every spelling", "LibreOffice .xlsx")
def _():
    s = Sheet(text=None).top().head()
    for written, code in [("HĐ 1.1.1.", "1.1.1"), ("Hoạt động 1.1.3", "1.1.3"), ("Kết quả 4.2.1", "4.2.1"), ("5,3.2", "5.3.2"),
                          ("１.３.３", "1.3.3"), ("1.4.\n1", "1.4.1"), ("1-5-1", "1.5.1"), ("1. 1. 4", "1.1.4"), ("'4.1.1", "4.1.1"),
                          ("01.01.02", "1.1.2"), ("4.1.3\u00a0", "4.1.3"), ("5.3.3;", "5.3.3"), ("(5.3.4)", "5.3.4"),
                          ("Hđ1.2.1", "1.2.1"), ("5.\u200b2.1", "5.2.1"), ("4–1–2", "4.1.2"), ("HOAT DONG 1.1.5", "1.1.5"),
                          ("5·3·1", "5.3.1")]:
        s.row([None, written, NAME[code], "Đã làm", "Đang thực hiện", 20, None], code + " in_progress 20 -")
    return alone(s)


def _dated(days):
    """Rows whose code became a date; the text is the plan's."""
    s = Sheet().top().head()
    for code, day, fmt in days:
        s.row([None, Cell(day, fmt), NAME[code], "Đang làm", "Đang thực hiện", 20, None], code + " in_progress 20 -",
              "code-from-date note B")
    return s


@case("code-became-date.xlsx", "1.1.3 became 1 January 2003 where dates begin with the day", "openpyxl")
def _():
    s = _dated([("1.1.3", datetime(2003, 1, 1), "dd/mm/yyyy"), ("4.1.3", datetime(2003, 1, 4), "d.m.yy"),
                ("5.3.2", datetime(2002, 3, 5), "dd-mmm-yy"), ("1.4.1", datetime(2001, 4, 1), "d/m/yyyy")])
    return [s], [document(s)]


@case("code-became-date-us.xls", "4.1.3 became 1 April 2003 where dates begin with the month", "xlwt")
def _():
    s = _dated([("4.1.3", datetime(2003, 4, 1), "m/d/yyyy"), ("5.3.2", datetime(2002, 5, 3), "m/d/yy")])
    return [s], [document(s)]


@case("code-became-date-1904.xlsx", "the codes became dates in a workbook that counts from 1904", "openpyxl, counting from 1904")
def _():
    from openpyxl.utils.datetime import CALENDAR_MAC_1904
    s = _dated([("1.1.3", datetime(2003, 1, 1), "dd/mm/yyyy"), ("5.3.4", datetime(2004, 3, 5), "dd/mm/yyyy")])
    return writers.by_openpyxl([s], epoch=CALENDAR_MAC_1904), [document(s)]


@case("code-became-date-1904.xls", "the same in an .xls", "xlwt, counting from 1904")
def _():
    s = _dated([("1.1.3", datetime(2003, 1, 1), "dd/mm/yyyy"), ("5.3.4", datetime(2004, 3, 5), "dd/mm/yyyy")])
    return writers.by_xlwt([s], dates_1904=True), [document(s)]


@case("code-became-date-in-text.csv", "codes that became dates, saved from Excel as text", "by hand, semicolon")
def _():
    s = Sheet().top().head()
    s.row([1, "01/01/2003", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20, None], "1.1.3 in_progress 20 -", "code-from-date note B")
    s.row([2, "04/01/2003", NAME["4.1.3"], "Đang làm", "Đang thực hiện", 20, None], "4.1.3 in_progress 20 -", "code-from-date note B")
    return alone(s)


@case("running-numbers.xlsx", "1, 2, 3 instead of codes", "XlsxWriter")
def _():
    s = Sheet(label="A", text=2).top().head("STT", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)", "Kinh phí đã thực hiện (triệu đồng)")
    s.row([1, NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5")
    s.row([2, NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20, 3], "1.1.3 in_progress 20 3")
    s.row([3, NAME["4.2.1"], "Đang làm", "Đang thực hiện", 10, None], "4.2.1 in_progress 10 -")
    return alone(s)


@case("no-code-text-decides.csv", "no codes: the text, without marks, in capitals, or with other tone marks", "by hand, comma")
def _():
    import unicodedata
    s = Sheet(label="A", text=1).top().head("Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)", "Kinh phí đã thực hiện (triệu đồng)")
    bare = "".join(c for c in unicodedata.normalize("NFD", NAME["1.1.1"]) if not unicodedata.combining(c)).replace("đ", "d").replace("Đ", "D")
    s.row([bare, "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5")
    s.row([NAME["1.1.3"].upper(), "Đang họp", "Đang thực hiện", 20, 3], "1.1.3 in_progress 20 3")
    s.row([NAME["5.3.3"].replace("hóa", "hoá") + ";", "Chưa mở", "Chưa thực hiện", 0, None], "5.3.3 not_started 0 -")
    s.row(["- " + NAME["4.2.1"] + ".", "Đang làm", "Đang thực hiện", 10, None], "4.2.1 in_progress 10 -")
    return alone(s)


@case("no-code-near-twins.xlsx", "no codes, and a text that two activities share but for a word", "ExcelJS")
def _():
    s = Sheet(label="A", text=1).top(("UBND TỈNH ĐẮK NÔNG", "UBND HUYỆN CƯ JÚT"), "45/BC-UBND").head(
        "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)")
    s.row([NAME["5.4.1"], "Đã rà soát 62 cán bộ", "Đang thực hiện", 30], "5.4.1 in_progress 30 -")
    s.row([NAME["5.4.2"], "Đã rà soát 80 công chức", "Đang thực hiện", 40], "5.4.2 in_progress 40 -")
    s.row([NAME["5.1.1"], "Đã phê duyệt", "Đang thực hiện", 50], "5.1.1 in_progress 50 -")
    s.row([NAME["5.1.2"], "Đang lập đề án", "Đang thực hiện", 20], "5.1.2 in_progress 20 -")
    s.row(["Tổ chức rà soát chất lượng đội ngũ cấp xã", "Đã rà soát", "Đang thực hiện", 50], None, "unknown-activity error A")
    return alone(s, agency="cujut")


@case("no-code-abbreviated.ods", "no codes: TTHC, CBCCVC, CNTT, QPPL for words that the plan writes out, and the other way", "LibreOffice .ods")
def _():
    s = Sheet(label="A", text=2).top(("UBND TỈNH ĐẮK NÔNG", "VĂN PHÒNG UBND TỈNH"), "45/BC-VPUBND").head(
        "STT", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)")
    s.row([1, NAME["3.4.1"].replace("thủ tục hành chính", "TTHC"), "Đã niêm yết", "Đang thực hiện", 30], "3.4.1 in_progress 30 -")
    s.row([2, NAME["3.6.1"].replace("TTHC", "thủ tục hành chính"), "Chưa mở lớp", "Chưa thực hiện", 0], "3.6.1 not_started 0 -")
    s.row([3, NAME["3.3.1"].replace("TTHC", "thủ tục hành chính"), "Đã công bố", "Đang thực hiện", 25], "3.3.1 in_progress 25 -")
    s.row([4, NAME["7.1.4"].replace("văn bản", "VB"), "Đã gửi nhận", "Đang thực hiện", 40], "7.1.4 in_progress 40 -")
    return alone(s, agency="vpubnd")


@case("code-and-text-disagree.xlsx", "the code of one activity beside the text of another", "openpyxl")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.row([2, "1.1.4", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20, 3], "1.1.4 in_progress 20 3 - held", "code-text-disagree error B")
    s.row([3, "1.3.3", "Mua sắm máy vi tính cho văn phòng", "Đã mua", "Đã hoàn thành", 100, 50], "1.3.3 done 100 50 - held",
          "code-text-disagree error B")
    return alone(s)


@case("code-unknown.xlsx", "a code that the plan does not have, and a task of the agency's own", "XlsxWriter")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.row([2, "1.9.9", "Tham quan, học tập", "Đã đi", "Đã hoàn thành", 100, 20], None, "unknown-activity error B")
    s.row([3, None, "Tổ chức giải bóng đá chào mừng ngày thành lập ngành", "Đã tổ chức", "Đã hoàn thành", 100, 8], None, "unknown-activity error B")
    return alone(s)


@case("code-within-text.xlsx", "the code stands before the text in one cell", "Gnumeric .xlsx")
def _():
    s = Sheet(label="A", text=2).top().head("TT", "Nội dung nhiệm vụ", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)")
    s.row([1, "1.1.1. " + NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100], "1.1.1 done 100 -")
    s.row([2, "Hoạt động 1.1.3: " + NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20], "1.1.3 in_progress 20 -")
    s.row([3, "(4.2.1) " + NAME["4.2.1"], "Đang làm", "Đang thực hiện", 20], "4.2.1 in_progress 20 -")
    return alone(s)


def _fields(s, total_one, total):
    s.add("LĨNH VỰC I", "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH")
    s.add("Kết quả 1.1", "Nâng cao năng lực chỉ đạo, điều hành cải cách hành chính")
    s.row(["Hoạt động 1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5")
    s.row(["Hoạt động 1.1.3", NAME["1.1.3"], "Đang họp", "Đang thực hiện", 20, 3], "1.1.3 in_progress 20 3")
    s.row(["Tổng", None, None, None, None, total_one])
    s.add("LĨNH VỰC IV", "CẢI CÁCH TỔ CHỨC BỘ MÁY")
    s.add("Kết quả 4.2", "Sự hài lòng của người dân, tổ chức")
    s.row(["Kết quả 4.2.1", NAME["4.2.1"], "Đang làm", "Đang thực hiện", 10, 12.5], "4.2.1 in_progress 10 12.5")
    s.row(["Tổng", None, None, None, None, 12.5])
    s.row(["Tổng cộng", None, None, None, None, total])
    s.add("(Bằng chữ: Ba mươi triệu đồng)")
    return s


def _decision():
    return Sheet(label="A", text=2).top().head("Stt", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)",
                                               "Kinh phí đã thực hiện (triệu đồng)")


@case("groups-and-totals.xls", "the decision's own shape: field and result rows, totals that are right", "Perl Spreadsheet::WriteExcel")
def _():
    return alone(_fields(_decision(), 17.5, 30))


@case("totals-wrong.xls", "the office's own totals do not add up", "Apache POI")
def _():
    s = _fields(_decision(), 18.5, 31)
    s.find("own-total-wrong warning F12").find("own-total-wrong warning F17")
    return alone(s)


@case("repeated-equal.xlsx", "the same row twice: it counts once", "LibreOffice .xlsx")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    s.row([3, "HĐ 1.1.1", NAME["1.1.1"] + ".", "Đã họp ", "Hoàn thành", "100%", "14,5"], None, "duplicate-same note B")
    return alone(s)


@case("repeated-in-conflict.xlsx", "one activity twice with different money: neither counts until a clerk decides", "SheetJS")
def _():
    s = Sheet().top().head()
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    s.row([2, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5 - held")
    s.row([3, "1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 15], "1.1.1 done 100 15 - held", "duplicate-conflict error B")
    return alone(s)


@case("merged-status.xlsx", "status and text merged over three rows hold for each of them", "XlsxWriter")
def _():
    s = Sheet().top().head()
    s.row([1, "5.3.2", NAME["5.3.2"], "Chưa đến thời gian thực hiện", "Chưa thực hiện", 0, None], "5.3.2 not_started 0 -")
    for i, code in enumerate(["5.3.3", "5.3.4"]):
        s.row([2 + i, code, NAME[code], None, None, None, None], code + " not_started 0 -", text="Chưa đến thời gian thực hiện")
    s.merge("D8:D10").merge("E8:E10").merge("F8:F10")
    return alone(s)


@case("merged-money.xls", "money merged over two rows: it counts once, at the first", "xlwt")
def _():
    s = Sheet().top().head()
    s.row([1, "5.3.2", NAME["5.3.2"], "Đã mở lớp", "Đã hoàn thành", 100, 45.5], "5.3.2 done 100 45.5")
    s.row([2, "5.3.3", NAME["5.3.3"], "Đã mở lớp", "Đã hoàn thành", 100, None], "5.3.3 done 100 -")
    s.merge("G8:G9")
    return alone(s)


@case("hidden-rows.xlsx", "rows hidden by a filter are data, and it is said", "openpyxl")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3, "row-hidden-entry warning B")
    s.hidden_rows = [9]
    return alone(s)


@case("hidden-rows.xls", "the same in an .xls", "xlwt")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3, "row-hidden-entry warning B")
    s.hidden_rows = [9]
    return alone(s)


@case("plan-cells-changed.xlsx", "budget, months and indicator differ from the plan: shown, never taken", "openpyxl")
def _():
    s = Sheet(label="A", text=5).top().head("Stt", "Nội dung", "Chỉ số", "Kinh phí (triệu đồng)", "Bắt đầu", "Kết quả thực hiện", "Tình trạng", "Kết thúc")
    s.row(["1.1.1", NAME["1.1.1"], "Hội nghị có sự tham gia của lãnh đạo các cơ quan, đơn vị trên địa bàn tỉnh", 20, "Tháng 1", "Đã họp", "Đã hoàn thành", "Tháng 3"],
          "1.1.1 done - -", "plan-cell-changed warning D", "plan-cell-changed warning H")
    s.row(["1.1.3", NAME["1.1.3"], "Ít nhất 02 cuộc họp trong năm", 15, "T1", "Đang họp", "Đang thực hiện", "Tháng 12/2018"],
          "1.1.3 in_progress - -", "plan-cell-changed warning C")
    s.row(["1.3.3", NAME["1.3.3"], None, "100,0", "01/2018", "Đang làm", "Đang thực hiện", "Tháng 9"], "1.3.3 in_progress - -")
    return alone(s)


@case("nothing-but-group-rows.xlsx", "field and result rows with their own summary, and one activity", "XlsxWriter")
def _():
    s = _decision()
    s.add("I", "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH", "Đã chỉ đạo quyết liệt")
    s.add("1.1", "Nâng cao năng lực chỉ đạo, điều hành cải cách hành chính")
    s.row(["1.1.1", NAME["1.1.1"], "Đã họp", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5")
    s.add("Cộng (I)", None, None, None, None, 14.5)
    return alone(s)


@case("activity-over-two-rows.xlsx", "code and text merged over two rows, the results in two lines: both are the activity's", "openpyxl")
def _():
    s = Sheet().top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], "- Đã tổ chức Hội nghị", "Đã hoàn thành", 100, 14.5], "1.1.1 done 100 14.5",
          text="- Đã tổ chức Hội nghị\n- Đã ban hành Thông báo kết luận")
    s.row([None, None, None, "- Đã ban hành Thông báo kết luận"])
    for column in "ABCEFG":
        s.merge("%s8:%s9" % (column, column))
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    return alone(s)


@case("sheet-copied.xlsx", "a copy of the sheet was left in the workbook: each row counts once", "Gnumeric .xlsx")
def _():
    one, two = ordinary("Báo cáo"), ordinary("Báo cáo (2)")
    two.entries = []
    return [one, two], [document(one, two)]


@case("totals-by-many-names.xlsx", "totals under other labels, in the column of codes and of texts", "SheetJS")
def _():
    s = Sheet().top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.row(["Cộng:", None, None, None, None, None, 14.5])
    line(s, "1.1.3", "Đang họp", "Đang thực hiện", 20, 3)
    s.row([None, "TỔNG SỐ", None, None, None, None, 17.5])
    s.row([None, None, "Tổng kinh phí", None, None, None, 17.5])
    s.row([None, None, "Tổng cộng (I+II)", None, None, None, 17.5])
    return alone(s)
