"""Makes the samples of this folder with programs other than the one under
test: XlsxWriter, openpyxl and LibreOffice.

    cd pipeline/sheet/testdata && python3 generate.py
"""

import datetime
import os
import subprocess
import tempfile

import openpyxl
import xlsxwriter

HERE = os.path.dirname(os.path.abspath(__file__))


def path(name):
    return os.path.join(HERE, name)


def cells():
    """Every kind of cell, by XlsxWriter, which stores formulas with results."""
    book = xlsxwriter.Workbook(path("cells.xlsx"), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Báo cáo")
    bold = book.add_format({"bold": True})

    def form(code):
        return book.add_format({"num_format": code})

    sheet.write_string("A1", "Tổ chức  hội nghị")
    sheet.write_string("A2", "Chủ trì:\nSở Nội vụ \u00a0\n\nPhối hợp")
    sheet.write_rich_string("A3", "Sở ", bold, "Nội vụ", " tỉnh")
    sheet.write_string("A4", "   ")
    sheet.write_string("A5", "=1+1")
    sheet.write_string("A6", "a_x0041_\tb")
    sheet.write_number("B1", 0.25, form("0%"))
    sheet.write_number("B2", 0.805, form("0.0%"))
    sheet.write_number("B3", 14.500000000000002)
    sheet.write_number("B4", 35200000, form("#,##0"))
    sheet.write_number("B5", -1234.5, form("#,##0.00;[Red](#,##0.00)"))
    sheet.write_number("B6", 15, form('0 "triệu đồng"'))
    sheet.write_number("B7", 0, form("#,##0;-#,##0;-"))
    sheet.write_number("B8", 1.1, form("0.00"))
    sheet.write_number("B9", 12, form("00"))
    sheet.write_number("B10", 0.286, form("0%"))
    sheet.write_number("B11", 1234567, form("#,##0.0,,"))
    day = datetime.datetime(2018, 6, 15)
    sheet.write_datetime("C1", day)
    sheet.write_datetime("C2", day, form("d-mmm-yy"))
    sheet.write_datetime("C3", datetime.datetime(2018, 6, 5, 14, 7, 9), form("dd/mm/yyyy hh:mm:ss"))
    sheet.write_datetime("C4", day, form('"ngày" dd "tháng" mm "năm" yyyy'))
    sheet.write_datetime("C5", day, form("[$-1042A]d/m/yyyy;@"))
    sheet.write_number("C6", 0.5, form("[h]:mm"))
    sheet.write_boolean("D1", True)
    sheet.write_formula("D2", "=SUM(B3,0.5)", None, 15)
    sheet.write_formula("D3", '="xong"', None, "xong")
    sheet.write_formula("D4", "=1/0", None, "#DIV/0!")
    sheet.merge_range("E1:F3", "ba hàng")
    sheet.set_row(4, None, None, {"hidden": True})
    hidden = book.add_worksheet("Ẩn")
    hidden.write_string("B2", "x")
    hidden.hide()
    book.close()


def old_dates():
    """A workbook in the 1904 date system."""
    book = xlsxwriter.Workbook(path("date-1904.xlsx"), {"date_1904": True})
    sheet = book.add_worksheet()
    sheet.write_datetime(0, 0, datetime.datetime(2018, 6, 15), book.add_format({"num_format": "dd/mm/yyyy"}))
    sheet.write_number(0, 1, 5)
    book.close()


def no_results():
    """openpyxl stores formulas without their results."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"], sheet["A3"] = 1, 2, "=SUM(A1:A2)"
    sheet["B1"] = "=\"a\"&\"b\""
    book.create_sheet("Rất ẩn").sheet_state = "veryHidden"
    book.save(path("no-results.xlsx"))


def office():
    """LibreOffice's own reading of cells.xlsx: as a workbook, and what it shows."""
    with tempfile.TemporaryDirectory() as tmp:
        run = ["soffice", "--headless", "-env:UserInstallation=file://" + tmp + "/profile", "--convert-to"]
        subprocess.run(run + ["xlsx:Calc MS Excel 2007 XML", "--outdir", tmp, path("cells.xlsx")],
                       check=True, stdout=subprocess.DEVNULL)
        os.replace(os.path.join(tmp, "cells.xlsx"), path("cells-office.xlsx"))
        subprocess.run(run + ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", tmp, path("cells.xlsx")],
                       check=True, stdout=subprocess.DEVNULL)
        os.replace(os.path.join(tmp, "cells.csv"), path("cells-office.csv"))


if __name__ == "__main__":
    cells()
    old_dates()
    no_results()
    office()
