"""Makes the samples of this folder: the report of ../ods as LibreOffice and
Gnumeric save it for the web, as Excel does, and as web sites export tables
under the name of an .xls.

    cd pipeline/sheet/testdata/html && python3 generate.py
"""

import html
import importlib.util
import json
import os
import quopri
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True


def load(folder):
    """The generator of another folder."""
    spec = importlib.util.spec_from_file_location(folder, os.path.join(HERE, "..", folder, "generate.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def path(name):
    return os.path.join(HERE, name)


def report():
    """The first sheet: cells by row and column from 0, spans, hidden rows."""
    with open(path("../ods/expected.json"), encoding="utf-8") as f:
        sheet = json.load(f)[0]

    def at(ref):
        return int(ref[1:]) - 1, ord(ref[0]) - ord("A")

    cells = {at(ref): cell for ref, cell in sheet["cells"].items()}
    spans = {}
    for merge in sheet["merges"]:
        (top, left), (bottom, right) = map(at, merge.split(":"))
        spans[top, left] = (bottom - top + 1, right - left + 1)
    return cells, spans, [row - 1 for row in sheet["hidden_rows"]]


def rows(cell, gap=""):
    """The rows of the table; cell writes what a cell needs."""
    cells, spans, hidden = report()
    covered = {(r + i, c + j) for (r, c), (high, wide) in spans.items() for i in range(high) for j in range(wide)} - set(spans)
    out = []
    for r in range(15):
        out.append("<tr%s>" % (" height=0 style='display:none'" if r in hidden else ""))
        for c in range(7):
            if (r, c) in covered:
                continue
            span = ""
            if (r, c) in spans:
                high, wide = spans[r, c]
                span = (" colspan=%d" % wide if wide > 1 else "") + (" rowspan=%d" % high if high > 1 else "")
            out.append(cell(span, cells.get((r, c))) + gap)
        out.append("</tr>" + gap)
    return "\n".join(out)


def entities(text):
    """Text as Excel writes it in windows-1252: what that lacks by number."""
    out = html.escape(text, quote=True).replace("  ", "<span style='mso-spacerun:yes'>&nbsp; </span>")
    out = out.replace("\n", "<br>\n    ")
    return out.encode("cp1252", "xmlcharrefreplace")


EXCEL_CLASSES = {
    "0.0%": "xl24", "date": "xl25", "#,##0": "xl26", "time": "xl27", "moment": "xl28", "words": "xl29",
}


def excel_cell(span, cell):
    if cell is None:
        return "  <td%s></td>" % span
    attributes, kind = "", cell["kind"]
    if kind == "number":
        form = "0.0%" if cell.get("percent") else "words" if " " in cell["text"] else "#,##0" if "," in cell["text"] else None
        attributes = (" class=%s" % EXCEL_CLASSES[form] if form else "") + " align=right"
        attributes += ' x:num="%s"' % cell["raw"] if cell["raw"] != cell["text"] else " x:num"
    elif kind == "date":
        form = "date" if "." not in cell["raw"] else "time" if cell["raw"].startswith("0") else "moment"
        attributes = ' class=%s align=right x:num="%s"' % (EXCEL_CLASSES[form], cell["raw"])
    elif kind == "bool":
        attributes = ' align=center x:bool="TRUE"'
    elif kind == "error":
        attributes = ' align=center x:err="#DIV/0!"'
    elif cell["text"].startswith("="):
        attributes = " x:str"
    if cell.get("formula"):
        attributes += ' x:fmla="=A1"'
    return "  <td%s%s>%s</td>" % (span, attributes, entities(cell["text"]).decode("cp1252"))


EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=%s">
<meta name=ProgId content=Excel.Sheet>
<style>
<!--table
	{mso-displayed-decimal-separator:"\\.";
	mso-displayed-thousand-separator:"\\,";}
.style0
	{mso-number-format:General;
	text-align:general;}
td
	{mso-style-parent:style0;
	mso-number-format:General;
	padding-top:1px;}
.xl24
	{mso-style-parent:style0;
	mso-number-format:"0\\.0%%";}
.xl25
	{mso-style-parent:style0;
	mso-number-format:"dd\\/mm\\/yyyy";}
.xl26
	{mso-style-parent:style0;
	mso-number-format:"\\#\\,\\#\\#0";}
.xl27
	{mso-style-parent:style0;
	mso-number-format:"Long Time";}
.xl28
	{mso-style-parent:style0;
	mso-number-format:"dd\\/mm\\/yyyy\\\\ hh\\:mm\\:ss";}
.xl29
	{mso-style-parent:style0;
	mso-number-format:"0\\0022 tri\\1EC7u \\0111\\1ED3ng\\0022";}
-->
</style>
<!--[if gte mso 9]><xml>
 <x:ExcelWorkbook>
  <x:ExcelWorksheets>
   <x:ExcelWorksheet>
    <x:Name>B&#225;o c&#225;o qu&#253; I</x:Name>
    <x:WorksheetOptions><x:Selected/></x:WorksheetOptions>
   </x:ExcelWorksheet>
  </x:ExcelWorksheets>
 </x:ExcelWorkbook>
</xml><![endif]-->
</head>

<body link=blue vlink=purple>

<table x:str border=0 cellpadding=0 cellspacing=0 width=448 style='border-collapse:
 collapse;table-layout:fixed;width:336pt'>
 <col width=64 span=7 style='width:48pt'>
%s
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'>
  <td width=64 style='width:48pt'></td>
 </tr>
 <![endif]>
</table>

</body>

</html>
"""

PORTAL = """<html>
<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1258">
<title>Cổng thông tin</title>
<style>.an {display:none}</style>
<script>document.write("<table><tr><td>no</td></tr></table>");</script>
</head>
<body>
<form name="aspnetForm"><input type="hidden" value="x">
<table width="100%%"><tr><td><img src="logo.png"></td><td>
<table width="100%%">
<tr><td>
<table border="1" style="mso-number-format:'\\@'">
%s
</table>
</td></tr>
</table>
</td></tr></table>
<div style="display: none"><table><tr><td>no</td></tr></table></div>
</form>
</body>
</html>
"""


def portal_cell(span, cell):
    """As portals write: end tags left out, entities, breaks, blanks, lists."""
    if cell is None:
        return "<td%s>&nbsp;" % span
    text = html.escape(cell["text"], quote=False).replace("  ", " &nbsp;").replace("\n", "<br/>")
    if text == "Đang thực hiện":
        text = "<select><option>Đã hoàn thành<option selected>Đang thực hiện<option>Chưa thực hiện</select>"
    return "<td%s>\n  <span class=x>%s</span><span style=\"DISPLAY : None\">no</span>" % (span, text)


def main():
    ods, csv = load("ods"), load("csv")
    ods.office("HTML (StarCalc)", "html", target=path("office.html"))
    ods.gnumeric("Gnumeric_html:html40", path("gnumeric.html"))
    page = EXCEL % ("windows-1252", rows(excel_cell))
    with open(path("excel.htm"), "wb") as f:
        f.write(page.encode("cp1252").replace(b"\n", b"\r\n"))
    with open(path("portal.xls"), "wb") as f:
        f.write(csv.windows1258(PORTAL % rows(portal_cell)))
    with open(path("archive.mht"), "wb") as f:
        f.write(archive(page))


def archive(page):
    """The page in an archive as Excel saves it, with a frame around it."""
    parts = [
        ("bao-cao.htm", b"<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><xml>"
         b"<x:ExcelWorkbook><x:Name>B&#225;o c&#225;o qu&#253; I</x:Name></x:ExcelWorkbook></xml></head>"
         b"<frameset><frame src=\"sheet001.htm\"></frameset></html>\n"),
        ("sheet001.htm", page[:page.index("<!--[if gte")].encode("cp1252") + page[page.index("</head>"):].encode("cp1252")),
        ("filelist.xml", b"<xml xmlns:o=\"urn:schemas-microsoft-com:office:office\"></xml>\n"),
    ]
    out = [b"MIME-Version: 1.0\nX-Document-Type: Workbook\n"
           b"Content-Type: multipart/related; boundary=\"----=_NextPart_01D3\"\n\n"
           b"This document is a Single File Web Page.\n"]
    for name, content in parts:
        kind = "text/xml" if name.endswith(".xml") else "text/html"
        out.append(b"\n------=_NextPart_01D3\nContent-Location: file:///C:/bao-cao_files/%s\n"
                   b"Content-Transfer-Encoding: quoted-printable\nContent-Type: %s; charset=\"us-ascii\"\n\n"
                   % (name.encode(), kind.encode()))
        out.append(quopri.encodestring(content))
    out.append(b"\n------=_NextPart_01D3--\n")
    return b"".join(out).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


if __name__ == "__main__":
    main()
