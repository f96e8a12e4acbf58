"""Makes the samples of this folder: a report as XLSX, by XlsxWriter, and what
LibreOffice and Gnumeric make of it. The other folders convert the same report.

    cd pipeline/sheet/testdata/ods && python3 generate.py
    cd pipeline/sheet && go test -run TestReport -update .

The second command writes expected.json, what our reader of XLSX says of the
report; the samples that no program makes are written from it.
"""

import datetime
import os
import subprocess
import tempfile
import time

import xlsxwriter

HERE = os.path.dirname(os.path.abspath(__file__))
REPORT = os.path.join(HERE, "bao-cao.xlsx")


def report():
    """A report as an agency sends it, with every kind of value."""
    book = xlsxwriter.Workbook(REPORT, {"default_date_format": "dd/mm/yyyy"})
    book.set_properties({"created": datetime.datetime(2018, 3, 15)})
    sheet = book.add_worksheet("Báo cáo quý I")

    def form(code):
        return book.add_format({"num_format": code})

    head = book.add_format({"bold": True, "text_wrap": True})
    percent, money, day = form("0.0%"), form("#,##0"), form("dd/mm/yyyy")
    sheet.merge_range("A1:C1", "ỦY BAN NHÂN DÂN TỈNH ĐẮK NÔNG\nSỞ Y TẾ", head)
    sheet.write("A2", "Số: 45/BC-SYT")
    sheet.write("D2", "Đắk Nông, ngày 15 tháng 3 năm 2018")
    for col, title in enumerate(["Mã", "Nội dung"]):
        sheet.merge_range(3, col, 4, col, title, head)
    sheet.merge_range("C4:D4", "Kết quả", head)
    sheet.write("C5", "Tình trạng", head)
    sheet.write("D5", "Tỷ lệ", head)
    for col, title in enumerate(["Kinh phí", "Ngày xong", "Ghi chú"]):
        sheet.merge_range(3, 4 + col, 4, 4 + col, title, head)
    sheet.set_column("D:D", 12, percent)
    rows = [
        ("1.1.1", "Tổ chức  hội nghị\nphổ biến kế hoạch", "Đã hoàn thành", 1, 14.5, datetime.date(2018, 2, 28), 'Có "quyết định", đã gửi; xem <1> & 2'),
        ("1.1.2", "Kiểm tra cải cách hành chính", "Đang thực hiện", 0.805, 35200000, None, "- Đã họp"),
        ("1.1.3", "Tuyên truyền", "Chưa thực hiện", 0, -1234, datetime.date(2018, 6, 15), "=1+1"),
        ("2.1.1", "Rà soát thủ tục", "Đã hoàn thành", 0.25, 0, datetime.date(2017, 12, 31), "dòng ẩn"),
    ]
    for i, (code, name, status, share, spent, done, note) in enumerate(rows):
        row = 5 + i
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, name, head)
        sheet.write_string(row, 2, status)
        sheet.write_number(row, 3, share, percent)
        sheet.write_number(row, 4, spent, money if spent > 100 or spent < 0 else None)
        if done:
            sheet.write_datetime(row, 5, datetime.datetime(done.year, done.month, done.day), day)
        sheet.write_string(row, 6, note)
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.write("A10", "Tổng cộng")
    sheet.write_formula("E10", "=SUM(E6:E9)", money, 35198780.5)
    sheet.write_formula("F10", "=MAX(F6:F9)", day, 43266)
    sheet.write_formula("G10", '="xong"', None, "xong")
    sheet.write_formula("A11", "=1/0", None, "#DIV/0!")
    sheet.write_boolean("B11", True)
    sheet.write_number("C11", 0.5885300925925926, form("hh:mm:ss"))
    sheet.write_datetime("D11", datetime.datetime(2018, 6, 5, 14, 7, 9), form("dd/mm/yyyy hh:mm:ss"))
    sheet.write_number("E11", 15, form('0 "triệu đồng"'))
    sheet.write_comment("C5", "chú thích không phải là nội dung")
    sheet.insert_textbox("I2", "hộp văn bản")
    # Two rows with the same content, which OpenDocument stores as one.
    for row in (13, 14):
        sheet.write_string(row, 0, "lặp")
        sheet.write_string(row, 1, "lặp")
    hidden = book.add_worksheet("Ẩn")
    hidden.write_string("B2", "x")
    hidden.hide()
    book.close()


def office(filter, ext, source=REPORT, target=None):
    """LibreOffice's reading of source in another format."""
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(
            ["soffice", "--headless", "-env:UserInstallation=file://" + tmp + "/profile",
             "--convert-to", ext + ":" + filter, "--outdir", tmp, source],
            check=True, stdout=subprocess.DEVNULL)
        name = os.path.splitext(os.path.basename(source))[0] + "." + ext
        with open(os.path.join(tmp, name), "rb") as made, open(target, "wb") as out:
            out.write(made.read())


def gnumeric(exporter, target, source=REPORT):
    """Gnumeric's reading of source in another format."""
    subprocess.run(["ssconvert", "-T", exporter, source, target], check=True, stderr=subprocess.DEVNULL)


def password(target):
    """The report as LibreOffice saves it with a password."""
    with tempfile.TemporaryDirectory() as tmp:
        pipe = "baocao" + os.path.basename(tmp)
        server = subprocess.Popen(
            ["soffice", "--headless", "-env:UserInstallation=file://" + tmp + "/profile",
             "--accept=pipe,name=" + pipe + ";urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        import uno
        from com.sun.star.beans import PropertyValue
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for attempt in range(60):
            try:
                context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL("file://" + REPORT, "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
        document.storeToURL("file://" + target, (
            PropertyValue("FilterName", 0, "calc8", 0), PropertyValue("Password", 0, "bí mật", 0)))
        document.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass
        server.wait()


if __name__ == "__main__":
    report()
    office("calc8", "ods", target=os.path.join(HERE, "office.ods"))
    office("OpenDocument Spreadsheet Flat XML", "fods", target=os.path.join(HERE, "office.fods"))
    gnumeric("Gnumeric_OpenCalc:odf", os.path.join(HERE, "gnumeric.ods"))
    password(os.path.join(HERE, "password.ods"))
