"""Who reports, and on which period."""

from model import NAME, Sheet, alone, case, document
from tables import line


def _rows(s):
    line(s, "1.3.4", "Đã đăng 12 tin, bài", "Đang thực hiện", 25, None)
    line(s, "3.4.1", "Đã niêm yết", "Đang thực hiện", 30, None)
    return s


@case("agency-in-letterhead-alone.xlsx", "only the letterhead names the agency, abbreviated", "LibreOffice .xlsx")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("SỞ KH&ĐT").add().add("BÁO CÁO CCHC QUÝ I NĂM 2018").head()
    return alone(_rows(s), agency="skhdt")


@case("agency-in-title-alone.xls", "only the title names the agency", "xlwt")
def _():
    s = Sheet().add("BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH CCHC QUÝ I NĂM 2018 CỦA SỞ Y TẾ").add().head()
    return alone(_rows(s), agency="syt")


@case("agency-in-signature-alone.xlsx", "only the signature names the agency", "XlsxWriter")
def _():
    s = Sheet().add("BIỂU TỔNG HỢP KẾT QUẢ CCHC QUÝ I NĂM 2018").add().head()
    _rows(s)
    s.add().add(None, None, None, None, "GIÁM ĐỐC SỞ CÔNG THƯƠNG").add(None, None, None, None, "(Đã ký)")
    return alone(s, agency="sct")


@case("agency-in-symbol-alone.ods", "only the document's symbol names the agency", "LibreOffice .ods")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("Số: 112/BC-STNMT").add("BÁO CÁO CCHC QUÝ I NĂM 2018").add().head()
    return alone(_rows(s), agency="stnmt", ref="112/BC-STNMT")


@case("agency-from-sender.csv", "the file names no agency; the mail address it came from does", "by hand, comma")
def _():
    s = Sheet().add("KẾT QUẢ CCHC QUÝ I NĂM 2018").head()
    _rows(s)
    return [s], [document(s, agency="sxd", sender="sxd@daknong.example")]


@case("agency-district-symbol.xlsx", "every district signs BC-UBND: the letterhead decides, with another apostrophe", "LibreOffice .xlsx")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "UBND HUYỆN ĐẮK R’LẤP"), "21/BC-UBND").head()
    return alone(_rows(s), agency="dakrlap", ref="21/BC-UBND", ref_date="2018-03-12")


@case("agency-unknown.xlsx", "no agency is named anywhere", "SheetJS")
def _():
    s = Sheet().add("BÁO CÁO CCHC QUÝ I NĂM 2018").add().head()
    return alone(_rows(s), outcome="review", agency="", findings=["agency-unknown error"])


@case("agency-not-in-directory.xlsx", "an agency that the directory does not have", "Gnumeric .xlsx")
def _():
    s = Sheet().top(("TỔNG CÔNG TY", "CÔNG TY CẤP NƯỚC MẪU"), "12/BC-CTCN").head()
    return alone(_rows(s), outcome="review", agency="", findings=["agency-unknown error"])


@case("agency-is-group.xlsx", "the report is of “các Sở, ban, ngành”: of nobody in particular", "ExcelJS")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "CÁC SỞ, BAN, NGÀNH"), None).head()
    return alone(_rows(s), outcome="review", agency="", findings=["agency-unknown error"])


@case("agencies-disagree.xlsx", "the letterhead of one agency, the symbol of another: last year's file reused", "openpyxl")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "SỞ XÂY DỰNG"), "45/BC-STP").head()
    return alone(_rows(s), outcome="review", agency="sxd", findings=["agency-disagrees error A2"])


@case("sender-is-another.xlsx", "the letterhead of one agency, sent from another's address", "openpyxl")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "SỞ XÂY DỰNG"), "45/BC-SXD").head()
    _rows(s)
    return [s], [document(s, outcome="review", agency="sxd", sender="stp@daknong.example", findings=["agency-disagrees error A2"])]


@case("period-in-sheet-name.xls", "only the sheet's name tells the period", "Gnumeric .xls")
def _():
    s = Sheet("Quy I-2018").add("UBND TỈNH ĐẮK NÔNG").add("SỞ XÂY DỰNG").add("BÁO CÁO KẾT QUẢ CCHC").head()
    return alone(_rows(s), agency="sxd")


@case("bao-cao_QI.2018.xlsx", "only the file's name tells the period", "openpyxl")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("SỞ XÂY DỰNG").add("BÁO CÁO KẾT QUẢ CCHC").head()
    return alone(_rows(s), agency="sxd")


@case("period-nowhere.xlsx", "nothing tells the period: it is the one term open on arrival, and that is said", "XlsxWriter")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("SỞ XÂY DỰNG").add("BÁO CÁO KẾT QUẢ CCHC").head()
    return alone(_rows(s), agency="sxd", findings=["period-from-arrival note"])


@case("period-quarter-spelt.xlsx", "“Quí 1/2018” in the title, a date of the last quarter below it", "LibreOffice .xlsx")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("SỞ XÂY DỰNG").add("BÁO CÁO CCHC QUÍ 1/2018 VÀ PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II NĂM 2018")
    s.add("(Kèm theo Báo cáo số 30/BC-SXD ngày 12/3/2018)").head()
    return alone(_rows(s), agency="sxd", ref="30/BC-SXD", ref_date="2018-03-12")


@case("periods-disagree.xlsx", "quarter I in the title, quarter IV as the sheet's name", "ExcelJS")
def _():
    s = Sheet("Quý IV").top().head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    return alone(s, outcome="review", findings=["period-disagrees error A5"])


@case("year-wrong.xlsx", "quarter I of 2017 in the title: last year's file reused", "openpyxl")
def _():
    s = Sheet().top(period="quý I năm 2017").head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    s.entries = []  # there is no plan to read it by
    return alone(s, outcome="review", period="2017-Q1", findings=["no-plan error"])


@case("period-to-come.xlsx", "six months, three months too early", "SheetJS")
def _():
    s = Sheet().top(period="6 tháng đầu năm 2018").head()
    line(s, "1.1.1", "Đã họp", "Đã hoàn thành", 100, 14.5)
    return alone(s, outcome="review", period="2018-6M", findings=["period-to-come error A5"])




@case("form-unfilled.xlsx", "the form came back as it was sent out", "openpyxl")
def _():
    s = Sheet().top().head()
    for i, code in enumerate(["1.1.1", "1.1.3", "1.3.3"], 1):
        s.row([i, code, NAME[code]], None, "row-unfilled warning B")
    return alone(s, outcome="reject", findings=["form-unfilled error C7"])


@case("nothing-to-report.xlsx", "no table: “không phát sinh nội dung báo cáo”", "LibreOffice .xlsx")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "BAN DÂN TỘC"), "09/BC-BDT")
    s.add("Trong quý I năm 2018, Ban Dân tộc không phát sinh nội dung báo cáo.")
    return alone(s, agency="bdt", nothing=True)


@case("nothing-in-form.xls", "the form, unfilled, with “Không có nội dung báo cáo” across it", "xlwt")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "BAN DÂN TỘC"), "09/BC-BDT").head()
    s.add(None, None, "Không có nội dung báo cáo")
    return alone(s, agency="bdt", nothing=True)


@case("no-table.xlsx", "a letter without a table", "openpyxl")
def _():
    s = Sheet().top()
    s.add("Kính gửi: Sở Nội vụ")
    s.add("Đơn vị đã triển khai Kế hoạch và sẽ báo cáo cụ thể sau.")
    return alone(s, outcome="reject", findings=["no-table error"])


@case("addressee-is-not-sender.xlsx", "Sở Nội vụ as addressee and in what is referred to; the symbol names the sender", "openpyxl")
def _():
    s = Sheet().add("Số: 40/BC-STC").add("BÁO CÁO CCHC QUÝ I NĂM 2018").add("Kính gửi: Sở Nội vụ tỉnh Đắk Nông")
    s.add("Căn cứ Công văn số 12/SNV-CCHC ngày 01/3/2018 của Sở Nội vụ;")
    s.add("Thực hiện chỉ đạo của Văn phòng UBND tỉnh, đơn vị báo cáo như sau:").head()
    return alone(_rows(s), agency="stc", ref="40/BC-STC")


@case("agency-office-in-two-lines.xlsx", "“VĂN PHÒNG” under “UBND TỈNH ĐẮK NÔNG” is the committee's office", "openpyxl")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "VĂN PHÒNG"), "65/BC-VPUBND").head()
    return alone(_rows(s), agency="vpubnd", ref="65/BC-VPUBND")


@case("agency-district-division.xls", "a division of a district reports for it: UBND HUYỆN ĐẮK MIL, PHÒNG NỘI VỤ", "xlwt")
def _():
    s = Sheet().top(("UBND HUYỆN ĐĂK MIL", "PHÒNG NỘI VỤ"), "12/BC-PNV").head()
    return alone(_rows(s), agency="dakmil")


@case("period-three-months.xlsx", "“3 tháng đầu năm 2018” is quarter I", "XlsxWriter")
def _():
    s = Sheet().add("UBND TỈNH ĐẮK NÔNG").add("SỞ XÂY DỰNG").add("BÁO CÁO CCHC 3 THÁNG ĐẦU NĂM 2018").head()
    return alone(_rows(s), agency="sxd")
