"""The ordinary report in every format, and files that hold none."""

import io
import re
import struct

import writers
from model import Sheet, alone, case, document, ordinary
from writers import by_hand_csv, by_libreoffice, by_openpyxl, by_xlsxwriter, by_xlwt, flat_ods, unzip, zipped


def same(name, odd, made_by):
    @case(name, odd, made_by)
    def _():
        return alone(ordinary())


same("plain-openpyxl.xlsx", "nothing: the ordinary report", "openpyxl")
same("plain-xlsxwriter.xlsx", "nothing: the ordinary report", "XlsxWriter")
same("plain-sheetjs.xlsx", "written by SheetJS", "SheetJS")
same("rich-text-exceljs.xlsx", "cells of several looks, written by ExcelJS", "ExcelJS")
same("plain-perl.xlsx", "written by Perl's Excel::Writer::XLSX", "Perl Excel::Writer::XLSX")
same("plain-libreoffice.xlsx", "saved by LibreOffice", "LibreOffice .xlsx")
same("plain-gnumeric.xlsx", "saved by Gnumeric", "Gnumeric .xlsx")
same("plain-xlwt.xls", "BIFF8 by xlwt", "xlwt")
same("plain-perl.xls", "BIFF8 by Perl's Spreadsheet::WriteExcel", "Perl Spreadsheet::WriteExcel")
same("plain-libreoffice.xls", "BIFF8 by LibreOffice", "LibreOffice .xls")
same("plain-sheetjs.xls", "BIFF8 by SheetJS", "SheetJS .xls")
same("plain-poi.xls", "BIFF8 by Apache POI", "Apache POI")
same("plain-gnumeric.xls", "BIFF8 by Gnumeric", "Gnumeric .xls")
same("plain-libreoffice.ods", "saved by LibreOffice", "LibreOffice .ods")
same("plain-gnumeric.ods", "saved by Gnumeric", "Gnumeric .ods")


def remade(name, odd, made_by="XlsxWriter, then by hand"):
    """An ordinary workbook whose parts a function changes."""
    def register(change):
        @case(name, odd, made_by)
        def _():
            sheets, documents = alone(ordinary())
            parts = unzip(by_xlsxwriter(sheets))
            change(parts)
            return zipped(parts), documents
    return register


SHEET = "xl/worksheets/sheet1.xml"


@remade("strict.xlsx", "Strict Open XML: other namespaces in every part")
def _(parts):
    for name, data in parts.items():
        data = data.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                            b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        data = data.replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                            b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        parts[name] = data
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbook ", b'<workbook conformance="strict" ', 1)


def _drop(parts, name, kind):
    del parts[name]
    parts["[Content_Types].xml"] = re.sub(rb'<Override[^>]*"/%s"[^>]*/>' % name.encode(), b"", parts["[Content_Types].xml"])
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = re.sub(rb"<Relationship [^>]*/%s\"[^>]*/>" % kind.encode(), b"", parts[rels])


@remade("no-styles.xlsx", "no styles at all, as some programs export")
def _(parts):
    _drop(parts, "xl/styles.xml", "styles")


@remade("no-cell-references.xlsx", "rows and cells without r=, so that their order alone places them")
def _(parts):
    data = parts[SHEET].decode()
    # Cells that are not there would move the ones behind them.
    rows = []
    for number in range(1, 12):
        m = re.search(r'<row r="%d"[^>]*?(?:/>|>(.*?)</row>)' % number, data, re.S)
        cells = dict(re.findall(r'(<c r="[A-Z]+\d+".*?(?:/>|</c>))', m[1] or "", re.S) and
                     [(re.match(r'<c r="([A-Z]+)', c)[1], c) for c in re.findall(r'<c r="[^>]*?(?:/>|>.*?</c>)', m[1], re.S)]
                     if m else [])
        row = "".join(re.sub(r' r="[A-Z]+\d+"', "", cells[col]) if col in cells else "<c/>" for col in "ABCDEFG")
        rows.append("<row>%s</row>" % row)
    data = re.sub(r"<sheetData>.*</sheetData>", lambda _: "<sheetData>%s</sheetData>" % "".join(rows), data, flags=re.S)
    parts[SHEET] = re.sub(r"<dimension[^>]*/>", "", data).encode()


@remade("prefixed-namespaces.xlsx", "every element with a prefix, as .NET programs write")
def _(parts):
    for name in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        data = parts[name].replace(b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
                                   b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"')
        parts[name] = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", data).replace(b"<x:xml", b"<xml")


@case("inline-strings.xlsx", "no shared strings: each text stands in its cell", "XlsxWriter, constant_memory")
def _():
    sheets, documents = alone(ordinary())
    return by_xlsxwriter(sheets, constant_memory=True), documents


def _with_macros(parts):
    parts["xl/vbaProject.bin"] = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml").replace(
            b"</Types>", b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        b' Target="vbaProject.bin"/></Relationships>')


@case("macros-ignored.xlsm", "a workbook with macros: they are left alone, and it is said", "XlsxWriter, then by hand")
def _():
    s = ordinary()
    parts = unzip(by_xlsxwriter([s]))
    _with_macros(parts)
    return zipped(parts), [document(s, findings=["macros-ignored note"])]


@case("chart-sheet-first.xlsx", "a sheet that is a chart stands before the report", "XlsxWriter")
def _():
    import xlsxwriter
    out = io.BytesIO()
    wb = xlsxwriter.Workbook(out, {"in_memory": True})
    chart = wb.add_chart({"type": "column"})
    wb.add_chartsheet("Biểu đồ").set_chart(chart)
    s = ordinary()
    ws = wb.add_worksheet(s.name)
    for r, c, value, *_ in writers.cells(s):
        ws.write(r, c, value)
    chart.add_series({"values": ["Báo cáo", 7, 6, 10, 6]})
    wb.close()
    return writers.plain_zip(out.getvalue()), [document(s)]


@case("xlsx-named-xls.xls", "the content is .xlsx, the name says .xls", "openpyxl")
def _():
    return alone(ordinary())


@case("biff7-gnumeric.xls", "Excel 95 by Gnumeric", "Gnumeric")
def _():
    return _biff5(lambda s: writers.by_gnumeric(by_openpyxl([s]), ".xlsx", "Gnumeric_Excel:excel_biff7", ".xls"))


@case("biff5-sheetjs.xls", "Excel 5 by SheetJS", "SheetJS")
def _():
    return _biff5(lambda s: writers.by_sheetjs([s], "biff5"))


def _biff5(write):
    # Excel 95 keeps no Unicode: the text without marks is what people then have.
    s = Sheet("Bao cao").add("SO NOI VU").add("Bao cao ket qua thuc hien Ke hoach CCHC quy I nam 2018").add()
    s.head("STT", "Ma hoat dong", "Noi dung", "Ket qua thuc hien", "Tinh trang", "Ty le (%)", "Kinh phi da thuc hien (trieu dong)")
    s.row([1, "1.1.1", None, "Da to chuc Hoi nghi", "Da hoan thanh", 100, 14.5], "1.1.1 done 100 14.5")
    s.row([2, "1.1.3", None, "Da hop 01 lan", "Dang thuc hien", 25, 3.5], "1.1.3 in_progress 25 3.5")
    return write(s), [document(s)]


@case("flat.fods", "OpenDocument in one XML file", "LibreOffice")
def _():
    sheets, documents = alone(ordinary())
    return by_libreoffice(flat_ods(sheets), ".fods", "fods:OpenDocument Spreadsheet Flat XML"), documents


@case("flat-sheetjs.fods", "OpenDocument in one XML file, by SheetJS", "SheetJS")
def _():
    sheets, documents = alone(ordinary())
    return writers.by_sheetjs(sheets, "fods"), documents


@case("csv-comma.csv", "commas between, UTF-8 without a mark", "SheetJS")
def _():
    sheets, documents = alone(ordinary())
    return writers.by_sheetjs(sheets, "csv"), documents


@case("csv-semicolon-bom.csv", "semicolons between and decimal commas, as a Vietnamese Excel saves", "by hand")
def _():
    s = ordinary()
    return by_hand_csv(s, ";", bom=b"\xef\xbb\xbf"), [document(s)]


@case("csv-sep-line.csv", "a first line “sep=;”, which Excel takes away, and no byte order mark", "by hand")
def _():
    s = ordinary()
    return b"sep=;\r\n" + by_hand_csv(s, ";"), [document(s)]


@case("csv-tab-utf16.txt", "“Unicode text” of Excel: tabs, UTF-16 with a mark", "by hand")
def _():
    s = ordinary()
    return by_hand_csv(s, "\t", "utf-16-le", b"\xff\xfe"), [document(s)]


@case("csv-windows-1258.csv", "windows-1258, marks apart from their letters", "by hand")
def _():
    s = ordinary()
    return by_hand_csv(s, ";").decode().translate(WINDOWS_1258).encode("cp1258"), [document(s)]


def _windows_1258():
    """Each letter as windows-1258 has it: a base letter and a tone apart."""
    import unicodedata
    table = {}
    for letter in map(chr, [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)]):
        try:
            letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in "\u0300\u0301\u0303\u0309\u0323"))
            table[ord(letter)] = base + "".join(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
    return table


WINDOWS_1258 = _windows_1258()


@case("csv-quoted-line-breaks.csv", "line breaks, commas and quotes within fields", "by hand")
def _():
    s = ordinary()
    s.rows[7][3] = 'Đã tổ chức Hội nghị,\nban hành "Thông báo kết luận"\nsố 12'
    s.entries[0]["text"] = s.rows[7][3]
    return by_hand_csv(s, ","), [document(s)]


@case("html-named-xls.xls", "a web page that a database exports under the name .xls", "SheetJS")
def _():
    sheets, documents = alone(ordinary())
    return writers.by_sheetjs(sheets, "html"), documents


@case("html-libreoffice.xls", "a web page saved by LibreOffice, named .xls", "LibreOffice")
def _():
    sheets, documents = alone(ordinary())
    return by_libreoffice(flat_ods(sheets), ".fods", "html:HTML (StarCalc)"), documents


@case("xml-2003.xls", "“XML Spreadsheet 2003”, named .xls", "SheetJS")
def _():
    sheets, documents = alone(ordinary())
    return writers.by_sheetjs(sheets, "xlml"), documents


@case("xml-2003-libreoffice.xml", "“XML Spreadsheet 2003” by LibreOffice", "LibreOffice")
def _():
    sheets, documents = alone(ordinary())
    return by_libreoffice(flat_ods(sheets), ".fods", "xml:MS Excel 2003 XML"), documents


# Word

def _word_table(d, sheet, merge):
    for row in sheet.rows[:6]:
        for v in row:
            if v:
                d.add_paragraph(v)
    table = d.add_table(rows=0, cols=7)
    for row in sheet.rows[6:]:
        cells = table.add_row().cells
        for c, v in zip(cells, row):
            c.text = "" if v is None else str(v).replace(".", ",") if isinstance(v, float) else str(v)
    merge(table)


def _word_places(s, first, column="B"):
    """A Word table has no cells with addresses before it: its rows count on
    from the paragraphs."""
    for i, e in enumerate(s.entries):
        e["cell"] = "%s%d" % (column, first + i)


@case("word-spans.docx", "a Word table: a heading over two columns, one over two rows", "python-docx")
def _():
    s = ordinary()
    s.rows[6:7] = [["STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tiến độ thực hiện", "", "Kinh phí đã thực hiện (triệu đồng)"],
                   ["", "", "", "", "Tình trạng", "Tỷ lệ (%)", ""]]

    def merge(t):
        t.cell(0, 4).merge(t.cell(0, 5))
        for c in (0, 1, 2, 3, 6):
            t.cell(0, c).merge(t.cell(1, c))
    made = writers.by_docx(lambda d: _word_table(d, s, merge))
    _word_places(s, WORD_TOP + 2)
    return made, [document(s)]


WORD_TOP = 8 + 1  # paragraphs of the top, and the head's first row


@case("word-tracked-changes.docx", "a Word table with changes that are not accepted yet: what it will say counts", "python-docx, then by hand")
def _():
    s = ordinary()
    made = writers.by_docx(lambda d: _word_table(d, s, lambda t: None))
    parts = unzip(made)
    body = parts["word/document.xml"].decode()
    old = "<w:r><w:t>25</w:t></w:r>"
    assert body.count(old) == 1, body.count(old)
    stamp = 'w:id="%d" w:author="Nguoi sua" w:date="2018-03-12T08:00:00Z"'
    body = body.replace(old, '<w:del %s><w:r><w:delText>25</w:delText></w:r></w:del><w:ins %s><w:r><w:t>30</w:t></w:r></w:ins>'
                        % (stamp % 900, stamp % 901))
    # A row that was deleted is no row.
    row = body[body.rindex("<w:tr>"):body.rindex("</w:tr>") + 7]
    gone = row.replace("4.2.1", "1.4.1").replace("<w:tr>", "<w:tr><w:trPr><w:del %s/></w:trPr>" % (stamp % 902), 1)
    gone = re.sub(r"<w:r>(.*?)</w:r>", lambda m: "<w:del %s><w:r>%s</w:r></w:del>" % (
        stamp % 903, m[1].replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")), gone)
    parts["word/document.xml"] = body.replace(row, row + gone).encode()
    s.entries[1]["percent"] = 30
    _word_places(s, WORD_TOP + 1)
    return zipped(parts), [document(s)]


# What holds no report

def _refused(code, agency="", period="2018-Q1", **more):
    return [document(outcome="reject", agency=agency, period=period, findings=[code + " error"], **more)]


def _locked(kind):
    return writers._run(["node", str(writers.HERE / "crypt.js"), kind], by_openpyxl([ordinary()]))


@case("locked-agile.xlsx", "a password, as Excel 2010 and later sets it", "openpyxl, officecrypto-tool")
def _():
    return _locked("agile"), _refused("file-encrypted")


@case("locked-standard.xlsx", "a password, as Excel 2007 sets it", "openpyxl, officecrypto-tool")
def _():
    return _locked("standard"), _refused("file-encrypted")


@case("locked.xls", "a password in an .xls", "xlwt, then by hand")
def _():
    data = bytearray(by_xlwt([ordinary()]))
    at = data.index(bytes.fromhex("0908")) # BOF of the workbook
    length = struct.unpack_from("<H", data, at + 2)[0]
    # FILEPASS takes the place of what follows: nothing after it can be read anyhow.
    struct.pack_into("<HHHHH", data, at + 4 + length, 0x002F, 6, 0, 0x1234, 0x5678)
    return bytes(data), _refused("file-encrypted")


@case("cut-off.xlsx", "half a file: the copy was broken off", "XlsxWriter, then by hand")
def _():
    data = by_openpyxl([ordinary()])
    return data[:len(data) // 2], _refused("file-corrupt")


@case("cut-off.xls", "half a file: the copy was broken off", "xlwt, then by hand")
def _():
    data = by_xlwt([ordinary()])
    return data[:len(data) // 2], _refused("file-corrupt")


@case("empty.xlsx", "a file of no bytes", "by hand")
def _():
    return b"", _refused("file-empty")


@case("blank.xlsx", "a workbook in which nothing is written", "openpyxl")
def _():
    return [Sheet("Sheet1")], [document(outcome="reject", agency="", period="2018-Q1", findings=[
        "no-table error", "agency-unknown error", "period-from-arrival note"])]


@case("macros-alone.xlsm", "no worksheet, only a sheet of macros", "by hand")
def _():
    parts = unzip(by_xlsxwriter([Sheet("Macro1")]))
    _with_macros(parts)
    parts["xl/macrosheets/sheet1.xml"] = (
        b'<?xml version="1.0" encoding="UTF-8"?><xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" '
        b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></xm:macrosheet>')
    del parts[SHEET]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", b"macrosheets/sheet1.xml").replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", b"application/vnd.ms-excel.macrosheet+xml").replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet",
            b"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet")
    return zipped(parts), _refused("macros-only")


@case("binary.xlsb", "a binary workbook", "SheetJS")
def _():
    return writers.by_sheetjs([ordinary()], "xlsb"), _refused("format-xlsb")


@case("word-97.doc", "a report typed in Word 97", "LibreOffice")
def _():
    return by_libreoffice(b"<html><body><p>S\xe1\xbb\x9f N\xe1\xbb\x99i v\xe1\xbb\xa5</p></body></html>", ".html", "doc:MS Word 97"), \
        _refused("format-doc")


@case("writer.odt", "a letter typed in LibreOffice Writer", "LibreOffice")
def _():
    return by_libreoffice(b"<html><body><p>S\xe1\xbb\x9f N\xe1\xbb\x99i v\xe1\xbb\xa5</p></body></html>", ".html", "odt:writer8"), \
        _refused("format-odf")


@case("printed.pdf", "the report printed into a PDF, and nothing else", "LibreOffice")
def _():
    return by_libreoffice(flat_ods([ordinary()]), ".fods", "pdf"), _refused("file-is-pdf")


@case("photograph.png", "a photograph of the report", "by hand")
def _():
    import zlib
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")), _refused("file-is-image")
