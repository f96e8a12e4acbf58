"""Makes the samples of this folder with programs other than the one under
test: LibreOffice, Gnumeric, xlwt and, by generate.pl, Spreadsheet::WriteExcel.
XlsxWriter only makes the workbook that LibreOffice and Gnumeric convert.

    cd pipeline/sheet/testdata/xls && /usr/bin/python3 generate.py

Needs the Debian packages gnumeric, libreoffice-calc,
libspreadsheet-writeexcel-perl, python3-uno, python3-xlsxwriter, python3-xlwt.
"""

import datetime
import glob
import os
import subprocess
import tempfile
import time

import uno
import xlsxwriter
import xlwt
from com.sun.star.beans import PropertyValue

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = datetime.datetime(2018, 6, 15)
LONG = [9000, 12, 300, 9001, 45]  # lengths of texts; a record holds 8224 bytes


def path(*names):
    return os.path.join(HERE, *names)


def long_text(n):
    """A text of n characters. If n divides by three, all of them are in
    Latin-1, so that writers store one byte a character."""
    words = "cai cach hanh chinh" if n % 3 == 0 else "Cải cách thủ tục hành chính, Ủy ban nhân dân"
    return ((words + " %d; " % n) * (n // len(words) + 1))[:n]


NUMBERS = [
    (0.25, "0%"), (0.805, "0.0%"), (14.500000000000002, "General"), (35200000, "#,##0"),
    (-1234.5, "#,##0.00;[Red](#,##0.00)"), (15, '0 "triệu đồng"'), (0, "#,##0;-#,##0;-"),
    (1.1, "0.00"), (12, "00"), (0.286, "0%"), (1234567, "#,##0.0,,"),
    # the ends of what an RK number holds: 30-bit integers and hundredths of them
    (536870911, "0"), (536870912, "0"), (-536870912, "0"), (-536870913, "0"),
    (5368709.11, "0.00"), (-12.34, "General"), (0.1 + 0.2, "General"), (1e-7, "General"),
    (-1, "0"), (6.02e23, "General"), (1 / 3, "0.00%"),
]


def source(name, texts=True, date_1904=False, repeats=900):
    """Every kind of cell, formulas with their results."""
    book = xlsxwriter.Workbook(name, {"default_date_format": "dd/mm/yyyy", "date_1904": date_1904})
    sheet = book.add_worksheet("Báo cáo")
    bold = book.add_format({"bold": True, "font_name": ".VnTime"})

    def form(code):
        return book.add_format({"num_format": code})

    sheet.write_string("A1", "Tổ chức  hội nghị")
    sheet.write_string("A2", "Chủ trì:\nSở Nội vụ \u00a0\n\nPhối hợp")
    sheet.write_rich_string("A3", "Sở ", bold, "Nội vụ", " tỉnh")
    sheet.write_string("A4", "   ")
    sheet.write_string("A5", "=1+1")
    sheet.write_string("A6", "plain")
    sheet.write_string("A7", "S\u00eb 12/Q\u00a7-UBND", bold)
    for row, (value, code) in enumerate(NUMBERS):
        sheet.write_number(row, 1, value, form(code))
    sheet.write_datetime("C1", DAY)
    sheet.write_datetime("C2", DAY, form("d-mmm-yy"))
    sheet.write_datetime("C3", datetime.datetime(2018, 6, 5, 14, 7, 9), form("dd/mm/yyyy hh:mm:ss"))
    sheet.write_datetime("C4", DAY, form('"ngày" dd "tháng" mm "năm" yyyy'))
    sheet.write_number("C5", 5)
    sheet.write_boolean("D1", True)
    sheet.write_formula("D2", "=SUM(B3,0.5)", None, 15)
    sheet.write_formula("D3", '=CONCATENATE("xo","ng")', None, "xong")
    sheet.write_formula("D4", "=1/0", None, "#DIV/0!")
    sheet.write_formula("D5", "=B1>0", None, True)
    sheet.write_formula("D6", '=IF(B1>0,"","x")', None, "")
    sheet.write_formula("D7", '=REPT("hành chính ",%d)' % repeats, None, "hành chính " * repeats)
    sheet.write_array_formula("D8:D9", '{=A1:A2&"!"}', None, "Tổ chức  hội nghị!")
    sheet.write_formula("D10", "=VLOOKUP(99,B1:C2,2,0)", None, "#N/A")
    sheet.write_formula("D11", "=B4*2", form("#,##0"), 70400000)
    sheet.write_formula("D12", "=C1+1", form("dd/mm/yyyy"), 43267)
    sheet.merge_range("E1:F3", "ba hàng")
    sheet.merge_range("E5:H5", "bốn cột")
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column("G:G", None, None, {"hidden": True})
    for row in range(12, 40):
        sheet.write_formula(row, 8, "=J%d+1" % (row + 1), None, row * 100 + 10)
        for col in range(9, 13):
            sheet.write_number(row, col, row * 100 + col if col % 2 else (row * 100 + col) / 100)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Báo cáo'!$J$13:$J$40"})
    sheet.insert_chart("O2", chart)
    hidden = book.add_worksheet("Ẩn")
    hidden.write_string("B2", "x")
    hidden.hide()
    if texts:
        sheet = book.add_worksheet("Dài")
        for row in range(150):
            sheet.write_string(row, 0, long_text(LONG[row] if row < len(LONG) else row + 1))
    book.close()


def by_xlwt(name):
    """Many rows, and formulas, whose results xlwt does not know."""
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    sheet = book.add_sheet("Nhiều dòng")

    def form(code):
        return xlwt.easyxf(num_format_str=code)

    percent, date = form("0%"), form("dd/mm/yyyy")
    for row in range(1200):
        sheet.write(row, 0, row + 1)
        sheet.write(row, 1, "Hoạt động %d" % (row % 7))
        sheet.write(row, 2, row / 100, percent)
        sheet.write(row, 3, -row)
        sheet.write(row, 5, row * 1.25)
    sheet.row(9).hidden = True
    sheet.row(20).write(9, DAY, date)
    sheet.row(20).write(6, True)
    sheet.row(20).set_cell_error(7, "#REF!")
    sheet.row(20).set_cell_blank(8, percent)
    sheet.row(21).write(6, xlwt.Formula("SUM(A1:A3)"))
    sheet.row(22).write(6, xlwt.Formula('"a"&"b"'))
    sheet.write_rich_text(23, 6, (("Sở ", xlwt.easyfont("bold on")), ("Nội vụ", xlwt.easyfont("italic on"))))
    sheet.write_merge(24, 25, 6, 8, "gộp ô")
    texts = book.add_sheet("Dài")
    texts.visibility = 2  # very hidden
    for row, n in enumerate(LONG):
        texts.write(row, 0, long_text(n))
    book.save(name)


class Office:
    """One LibreOffice, spoken to over a pipe."""

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen([
            "soffice", "--headless", "--norestore", "-env:UserInstallation=file://" + self.profile.name,
            "--accept=pipe,name=xls-samples;urp;"])
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        for _ in range(60):
            try:
                there = resolver.resolve("uno:pipe,name=xls-samples;urp;StarOffice.ComponentContext")
                break
            except uno.getClass("com.sun.star.connection.NoConnectException"):
                time.sleep(1)
        self.desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        return self

    def __exit__(self, *_):
        try:
            self.desktop.terminate()
        except uno.getClass("com.sun.star.lang.DisposedException"):
            pass
        self.process.wait()
        self.profile.cleanup()

    def convert(self, source, target, filter_name, **properties):
        properties["FilterName"] = filter_name
        document = self.desktop.loadComponentFromURL(
            "file://" + source, "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
        # Without this it writes a text that it has not computed itself as the number 0.
        document.calculateAll()
        document.storeToURL(
            "file://" + target, tuple(PropertyValue(k, 0, v, 0) for k, v in properties.items()))
        document.close(True)


def main():
    with tempfile.TemporaryDirectory() as tmp, Office() as office:
        cells, plain, short, old = (os.path.join(tmp, n + ".xlsx") for n in ("cells", "plain", "short", "old"))
        source(cells)
        # Gnumeric does not say anew how a result is stored that needs another record.
        source(plain, repeats=300)
        source(short, texts=False, repeats=300)
        source(old, texts=False, date_1904=True)
        office.convert(cells, path("office.xls"), "MS Excel 97")
        office.convert(old, path("office-1904.xls"), "MS Excel 97")
        office.convert(old, path("password.xls"), "MS Excel 97", Password="mật khẩu")
        for kind, name, book in (
                ("biff8", "gnumeric.xls", plain), ("biff7", "gnumeric-95.xls", plain),
                ("dsf", "gnumeric-both.xls", short)):
            subprocess.run(["ssconvert", "--recalc", "-T", "Gnumeric_Excel:excel_" + kind, book, path(name)], check=True)
        by_xlwt(path("xlwt.xls"))
        subprocess.run(["perl", path("generate.pl")], check=True, cwd=HERE)
        os.makedirs(path("twin"), exist_ok=True)
        for name in sorted(glob.glob(path("*.xls"))):
            if not name.endswith("password.xls"):
                base = os.path.basename(name)
                office.convert(name, path("twin", base + "x"), "Calc MS Excel 2007 XML")


if __name__ == "__main__":
    main()
