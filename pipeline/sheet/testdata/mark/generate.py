#!/usr/bin/python3
"""Makes the workbooks that remarks are put into, with all that must stay as it is.

Needs xlsxwriter and openpyxl. All figures and names are made up.
"""
import datetime
import io
import os
import struct
import zipfile
import zlib

import xlsxwriter

HERE = os.path.dirname(os.path.abspath(__file__))
MADE = datetime.datetime(2018, 3, 15)


def png():
    """A red picture of 8 x 8 points."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    rows = b"".join(b"\0" + b"\xc0\x20\x20" * 8 for _ in range(8))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def rich(name):
    """Chart, picture, validation, conditional formats, comments, protection, print settings."""
    wb = xlsxwriter.Workbook(os.path.join(HERE, name))
    wb.set_properties({"title": "Báo cáo CCHC", "created": MADE})
    head = wb.add_format({"bold": True, "border": 1, "bg_color": "#DDDDDD", "text_wrap": True, "align": "center"})
    wrap = wb.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    money = wb.add_format({"border": 1, "num_format": "#,##0.0", "bg_color": "#E2EFDA", "locked": False})
    share = wb.add_format({"border": 1, "num_format": "0%"})
    day = wb.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
    ws = wb.add_worksheet("Biểu 1 'quý I' 2018")
    ws.merge_range("A1:G1", "SỞ XÂY DỰNG TỈNH ĐẮK NÔNG - BÁO CÁO CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2018", head)
    for c, t in enumerate(["STT", "Mã hoạt động", "Nội dung", "Tình trạng", "Tỷ lệ", "Kinh phí (triệu đồng)", "Ngày hoàn thành"]):
        ws.write(2, c, t, head)
    rows = [
        ("1.1.1", "Ban hành kế hoạch", "Đã hoàn thành", 1, 14.5, datetime.date(2018, 3, 1)),
        ("3.9.1", "Rà soát thủ tục", "Đang thực hiện", 0.5, "khoảng hai chục triệu", None),
        ("5.4.2", "=1+1 là văn bản", "Chưa thực hiện", 0, 0, None),
    ]
    for i, (code, text, status, part, spent, when) in enumerate(rows):
        r = 3 + i
        ws.write_number(r, 0, i + 1, wrap)
        ws.write_string(r, 1, code, wrap)
        ws.write_string(r, 2, text, wrap)
        ws.write_string(r, 3, status, wrap)
        ws.write_number(r, 4, part, share)
        if isinstance(spent, str):
            ws.write_string(r, 5, spent, money)
        else:
            ws.write_number(r, 5, spent, money)
        if when:
            ws.write_datetime(r, 6, datetime.datetime.combine(when, datetime.time()), day)
    ws.write_formula("F7", "=SUM(F4:F6)", money, 14.5)
    ws.write_array_formula("G7:G7", "{=SUM(E4:E6*1)}", wrap, 1.5)
    ws.set_column("A:A", 6)
    ws.set_column("C:C", 48)
    ws.set_row(4, 40)
    ws.set_row(8, None, None, {"hidden": True})
    ws.write("C9", "dòng ẩn")
    ws.data_validation("D4:D6", {"validate": "list", "source": ["Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện"]})
    ws.conditional_format("F4:F6", {"type": "cell", "criteria": ">", "value": 10, "format": wb.add_format({"bold": True})})
    ws.conditional_format("E4:E6", {"type": "data_bar", "data_bar_2010": True})
    ws.write_comment("F5", "Ghi chú của cơ quan: chờ quyết toán", {"author": "Văn thư"})
    ws.write_comment("C4", "Ghi chú khác", {"author": "Văn thư", "color": "#CCFFCC"})
    ws.write_url("C10", "https://daknong.example/", None, "Trang thông tin")
    ws.insert_image("I2", "red.png", {"image_data": io.BytesIO(png())})
    ws.insert_button("I6", {"caption": "In biểu"})
    chart = wb.add_chart({"type": "column"})
    chart.add_series({"values": "='Biểu 1 ''quý I'' 2018'!$E$4:$E$6"})
    ws.insert_chart("I9", chart)
    ws.autofilter("A3:G6")
    ws.freeze_panes(3, 0)
    ws.set_landscape()
    ws.set_paper(9)
    ws.repeat_rows(2)
    ws.print_area("A1:G12")
    ws.set_header("&C&\"Times New Roman\"Trang &P")
    ws.set_h_pagebreaks([20])
    ws.protect("", {"format_cells": False})
    ws.add_sparkline("H4", {"range": "E4:E6"})
    ws.ignore_errors({"number_stored_as_text": "B4:B6"})
    hidden = wb.add_worksheet("Danh mục")
    hidden.write("A1", "dữ liệu ẩn")
    hidden.hide()
    second = wb.add_worksheet("Biểu 2")
    second.write("A1", "Cơ quan")
    second.write("B2", "không có ghi chú")
    second.repeat_rows(0)
    wb.define_name("TongKinhPhi", "='Biểu 1 ''quý I'' 2018'!$F$7")
    wb.define_name("'Biểu 2'!RiengBieu2", "='Biểu 2'!$B$2")
    wb.close()


def chartsheet(name):
    """A sheet that is one chart, selected, stands before the tables."""
    wb = xlsxwriter.Workbook(os.path.join(HERE, name))
    wb.set_properties({"created": MADE})
    cs = wb.add_chartsheet("Biểu đồ")
    ws = wb.add_worksheet("Số liệu")
    ws.write("A1", "Mã"), ws.write("B1", 3)
    chart = wb.add_chart({"type": "pie"})
    chart.add_series({"values": "='Số liệu'!$B$1:$B$1"})
    cs.set_chart(chart)
    ws.set_first_sheet()
    wb.close()


def rewrite(source, name, change, drop=()):
    with zipfile.ZipFile(os.path.join(HERE, source)) as z, \
            zipfile.ZipFile(os.path.join(HERE, name), "w", zipfile.ZIP_DEFLATED) as out:
        for info in z.infolist():
            if info.filename in drop:
                continue
            data = change(info.filename, z.read(info.filename).decode("utf-8") if info.filename.endswith((".xml", ".rels", ".vml"))
                          else z.read(info.filename))
            data = data.encode("utf-8") if isinstance(data, str) else data
            out.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return


def macros(source, name):
    """The same as a workbook with a macro project, whose content is of no matter."""
    def change(part, data):
        if part == "[Content_Types].xml":
            data = data.replace("spreadsheetml.sheet.main+xml", "MAIN").replace(
                "application/vnd.openxmlformats-officedocument.MAIN", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            return data.replace("</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
        if part == "xl/_rels/workbook.xml.rels":
            return data.replace("</Relationships>", '<Relationship Id="rIdVBA" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')
        return data
    rewrite(source, name, change)
    with zipfile.ZipFile(os.path.join(HERE, name), "a") as z:
        z.writestr(zipfile.ZipInfo("xl/vbaProject.bin", (1980, 1, 1, 0, 0, 0)), b"no real project")


def strict(source, name):
    """The same in the strict name spaces of ISO 29500."""
    def change(part, data):
        if isinstance(data, bytes):
            return data
        return (data.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
                .replace("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"))
    rewrite(source, name, change)


def bare(name):
    """No styles, no shared strings, all names with a prefix, cells without addresses."""
    files = {
        "[Content_Types].xml": '<ct:Types xmlns:ct="http://schemas.openxmlformats.org/package/2006/content-types"><ct:Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><ct:Default Extension="xml" ContentType="application/xml"/><ct:Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><ct:Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></ct:Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets><x:sheet name="Nội dung cần rà soát" sheetId="1" r:id="rId1"/></x:sheets></x:workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Mã</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    }
    with zipfile.ZipFile(os.path.join(HERE, name), "w", zipfile.ZIP_DEFLATED) as z:
        for part, data in files.items():
            z.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


rich("rich.xlsx")
chartsheet("chart-sheet.xlsx")
macros("rich.xlsx", "macros.xlsm")
strict("rich.xlsx", "strict.xlsx")
bare("bare-prefixed.xlsx")
