"""Makes the samples of this folder: the report of ../ods as one file of XML, by
LibreOffice's style sheet for it and in the way of Excel 2003.

    cd pipeline/sheet/testdata/xml2003 && python3 generate.py
"""

import datetime
import html
import json
import os
import shutil

from lxml import etree

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def path(name):
    return os.path.join(HERE, name)


def office():
    """LibreOffice's style sheet recurses for every column up to the last, which
    libxslt does not do: the empty ones at the end are taken off before."""
    etree.XSLT.set_global_max_depth(20000)
    home = os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("soffice"))))
    style = etree.XSLT(etree.parse(os.path.join(home, "share/xslt/export/spreadsheetml/ooo2spreadsheetml.xsl")))
    document = etree.parse(path("../ods/office.fods"), etree.XMLParser(huge_tree=True))
    for element in document.iter():
        for repeated in (TABLE + "number-columns-repeated", TABLE + "number-rows-repeated"):
            if int(element.get(repeated, "1")) > 100:
                element.set(repeated, "4")
    with open(path("office.xml"), "wb") as f:
        f.write(bytes(style(document)))


HEAD = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office">
  <Created>2018-03-15T00:00:00Z</Created>
 </DocumentProperties>
 <ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel">
  <ProtectStructure>False</ProtectStructure>
 </ExcelWorkbook>
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal">
   <Alignment ss:Vertical="Bottom"/>
   <NumberFormat/>
  </Style>
  <Style ss:ID="s21"><NumberFormat ss:Format="0.0%"/></Style>
  <Style ss:ID="s22"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="s23"><NumberFormat ss:Format="#,##0"/></Style>
  <Style ss:ID="s24"><NumberFormat ss:Format="Long Time"/></Style>
  <Style ss:ID="s25"><NumberFormat ss:Format="dd/mm/yyyy\\ hh:mm:ss"/></Style>
  <Style ss:ID="s26"><NumberFormat ss:Format="0&quot; triệu đồng&quot;"/></Style>
  <Style ss:ID="s27" ss:Parent="s23"><Font ss:Bold="1"/></Style>
 </Styles>
"""

OPTIONS = """  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">
%s   <Selected/>
   <ProtectObjects>False</ProtectObjects>
  </WorksheetOptions>
 </Worksheet>
"""

DAY = datetime.datetime(1899, 12, 30)


def cell(fact, index, span):
    attributes = (' ss:Index="%d"' % index if index else "") + span
    kind, text, raw = fact["kind"], fact["text"], fact["raw"]
    if fact.get("formula"):
        attributes += ' ss:Formula="=R1C1"'
    if kind == "number":
        style = "s21" if fact.get("percent") else "s26" if " " in text else "s27" if "," in text else ""
        attributes += ' ss:StyleID="%s"' % style if style else ""
        data, value = "Number", raw
    elif kind == "date":
        days = float(raw)
        style = "s22" if days == int(days) else "s24" if days < 1 else "s25"
        attributes += ' ss:StyleID="%s"' % style
        moment = (DAY if days >= 1 else DAY + datetime.timedelta(1)) + datetime.timedelta(seconds=round(days * 86400))
        data, value = "DateTime", moment.strftime("%Y-%m-%dT%H:%M:%S.000")
    elif kind == "bool":
        data, value = "Boolean", raw
    elif kind == "error":
        data, value = "Error", text
    else:
        data, value = "String", html.escape(text).replace("\n", "&#10;")
    if text == "Tình trạng":
        return ('    <Cell%s><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Tình <Font html:Color="#FF0000">trạng</Font></B></ss:Data>'
                '<Comment ss:Author="x"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>x:</B>chú thích</ss:Data></Comment></Cell>\n' % attributes)
    return '    <Cell%s><Data ss:Type="%s">%s</Data></Cell>\n' % (attributes, data, value)


def worksheet(sheet):
    def at(ref):
        return int(ref[1:]), ord(ref[0]) - ord("A") + 1

    spans = {}
    for merge in sheet["merges"]:
        (top, left), (bottom, right) = map(at, merge.split(":"))
        spans[top, left] = (' ss:MergeAcross="%d"' % (right - left) if right > left else "") + (' ss:MergeDown="%d"' % (bottom - top) if bottom > top else "")
    cells = {at(ref): fact for ref, fact in sheet["cells"].items()}
    out = [' <Worksheet ss:Name="%s">\n  <Table ss:ExpandedColumnCount="7" x:FullColumns="1" x:FullRows="1">\n' % sheet["name"]]
    out.append('   <Column ss:Index="4" ss:StyleID="s21" ss:AutoFitWidth="0"/>\n')
    last_row = 0
    for row in sorted({r for r, _ in cells}):
        index = ' ss:Index="%d"' % row if row != last_row + 1 else ""
        hidden = ' ss:Hidden="1"' if row in sheet["hidden_rows"] else ""
        out.append("   <Row%s%s>\n" % (index, hidden))
        last = 0
        for r, c in sorted(cells):
            if r != row:
                continue
            span = spans.get((r, c), "")
            out.append(cell(cells[r, c], c if c != last + 1 else 0, span))
            last = c + (int(span.split('"')[1]) if "MergeAcross" in span else 0)
        out.append("   </Row>\n")
        last_row = row
    out.append("  </Table>\n" + OPTIONS % ("   <Visible>SheetHidden</Visible>\n" if sheet["hidden"] else ""))
    return "".join(out)


def main():
    office()
    with open(path("../ods/expected.json"), encoding="utf-8") as f:
        sheets = json.load(f)
    text = HEAD + "".join(map(worksheet, sheets)) + "</Workbook>\n"
    with open(path("excel.xml"), "wb") as f:
        f.write(text.replace("\n", "\r\n").encode())


if __name__ == "__main__":
    main()
