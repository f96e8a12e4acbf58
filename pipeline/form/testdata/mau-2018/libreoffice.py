"""Grids into what LibreOffice opens (.fods, .html, .csv), and LibreOffice into
workbooks and PDF. Nothing in a file depends on when it was made."""

import html
import io
import re
import struct
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from grid import Sum, letter
from writers import FONT

_FODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" \
xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" \
xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" \
xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" \
xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" \
office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:meta><meta:creation-date>2018-03-01T08:00:00</meta:creation-date><dc:date>2018-03-01T08:00:00</dc:date></office:meta>
<office:automatic-styles>
<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" \
style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:scale-to-Y="0"/>
<style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="ta1" style:family="table" style:master-page-name="Default"/>
<number:number-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:number-style style:name="N0"><number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/></number:number-style>
<number:percentage-style style:name="NP"><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<number:date-style style:name="ND"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>
"""
_FODS_PAGE = """</office:automatic-styles><office:master-styles><style:master-page style:name="Default" \
style:page-layout-name="pm1"><style:header style:display="false"/><style:footer style:display="false"/>\
</style:master-page></office:master-styles>
"""
_DATA = {"#,##0.0": "N1", "#,##0": "N0", "0%": "NP", "dd/mm/yyyy": "ND"}


def as_fods(grid):
    styles, rows, names = [], [], {}
    for c in range(1, grid.last_col() + 1):
        styles.append('<style:style style:name="co%d" style:family="table-column"><style:table-column-properties '
                      'style:column-width="%.2fcm"/></style:style>' % (c, grid.widths.get(c, 10) * 0.19))
    spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in grid.merges}
    covered = {(r, c) for r1, c1, r2, c2 in grid.merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
               if (r, c) != (r1, c1)}
    for r in range(1, grid.last_row() + 1):
        cells = []
        for c in range(1, grid.last_col() + 1):
            value, s = grid.cells.get((r, c), ("", None))
            attrs = ""
            if s is not None:
                if s not in names:
                    names[s] = "ce%d" % (len(names) + 1)
                    styles.append(_fods_style(names[s], s))
                attrs += ' table:style-name="%s"' % names[s]
            if (r, c) in spans:
                attrs += ' table:number-rows-spanned="%d" table:number-columns-spanned="%d"' % spans[r, c]
            tag = "covered-table-cell" if (r, c) in covered else "table-cell"
            cells.append("<table:%s%s%s</table:%s>" % (tag, attrs, _fods_value(value, c), tag))
        rows.append("<table:table-row>%s</table:table-row>" % "".join(cells))
    cols = "".join('<table:table-column table:style-name="co%d"/>' % c for c in range(1, grid.last_col() + 1))
    return (_FODS + "\n".join(styles) + _FODS_PAGE + "<office:body><office:spreadsheet>"
            '<table:table table:name="%s" table:style-name="ta1">%s%s</table:table>' % (html.escape(grid.sheet), cols, "\n".join(rows))
            + "</office:spreadsheet></office:body></office:document>").encode()


def _fods_style(name, s):
    cell = 'style:vertical-align="%s"' % {"center": "middle"}.get(s.v, s.v)
    cell += ' fo:wrap-option="wrap"' if s.wrap else ""
    cell += ' fo:border="0.5pt solid #000000"' if s.border else ""
    cell += ' fo:background-color="#%s"' % s.fill if s.fill else ""
    data = ' style:data-style-name="%s"' % _DATA[s.fmt] if s.fmt in _DATA else ""
    return ('<style:style style:name="%s" style:family="table-cell"%s><style:table-cell-properties %s/>'
            '<style:paragraph-properties fo:text-align="%s"/><style:text-properties fo:font-family="%s" '
            'fo:font-size="%dpt" fo:font-weight="%s" fo:font-style="%s"/></style:style>') % (
                name, data, cell, {"left": "start", "right": "end"}.get(s.h, s.h), FONT, s.size,
                "bold" if s.bold else "normal", "italic" if s.italic else "normal")


def _fods_value(value, col):
    formula = ""
    if isinstance(value, Sum):
        ranges = ";".join("[.%s%d:.%s%d]" % (letter(col), a, letter(col), z) for a, z in value.cells)
        formula, value = ' table:formula="of:=SUM(%s)"' % ranges, value.result
    if value == "":
        return ">"
    if isinstance(value, str):
        paragraphs = "".join("<text:p>%s</text:p>" % html.escape(p) for p in value.split("\n"))
        return ' office:value-type="string">' + paragraphs
    if isinstance(value, date):
        return ' office:value-type="date" office:date-value="%s">' % value.isoformat()
    return '%s office:value-type="float" office:value="%s">' % (formula, value)


def as_html(grid):
    """As an office system exports a page. sdval and sdnum are LibreOffice's own
    words for a stored number and its format; 1033;0;@ is text."""
    spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in grid.merges}
    covered = {(r, c) for r1, c1, r2, c2 in grid.merges for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
               if (r, c) != (r1, c1)}
    rows = []
    for r in range(1, grid.last_row() + 1):
        cells = []
        for c in range(1, grid.last_col() + 1):
            if (r, c) in covered:
                continue
            value, s = grid.cells.get((r, c), ("", None))
            span = ' rowspan="%d" colspan="%d"' % spans[r, c] if (r, c) in spans else ""
            value = value.result if isinstance(value, Sum) else value
            if isinstance(value, (int, Decimal)):
                span += ' sdval="%s" sdnum="1033;0;%s"' % (value, s.fmt)
            else:
                span += ' sdnum="1033;0;@"'
            text = html.escape(str(value)).replace("\n", "<br>")
            text = "<b>%s</b>" % text if s and s.bold and text else text
            align = ' align="%s"' % s.h if s and s.h != "left" else ""
            align += ' valign="%s"' % s.v if s and s.v == "top" else ""
            align += ' style="border:1px solid #000000"' if s and s.border else ""
            cells.append("<td%s%s>%s</td>" % (span, align, text))
        rows.append("<tr>%s</tr>" % "".join(cells))
    cols = "".join('<col width="%d">' % (grid.widths.get(c, 10) * 8) for c in range(1, grid.last_col() + 1))
    return ('<html><head><meta charset="utf-8"><title></title></head><body><table>%s%s</table></body></html>'
            % (cols, "\n".join(rows))).encode()


def as_csv(grid):
    lines = []
    for r in range(1, grid.last_row() + 1):
        values = [str(grid.cells.get((r, c), ("",))[0]) for c in range(1, grid.last_col() + 1)]
        lines.append(",".join('"%s"' % v.replace('"', '""') for v in values))
    return ("\n".join(lines) + "\n").encode()


# LibreOffice

# 44,34,76: comma, quotation mark, UTF-8; every column as text.
CSV_AS_TEXT = "CSV:44,34,76,1," + "/".join("%d/2" % c for c in range(1, 25))
_INPUT = {"fods": None, "xlsx": None, "html": "HTML (StarCalc)", "csv": CSV_AS_TEXT}


def by_libreoffice(work, jobs):
    """{name: (extension, bytes)} into {name: bytes of .xlsx}, one call of
    LibreOffice for each kind of input."""
    done = {}
    for ext, infilter in _INPUT.items():
        names = sorted(n for n, (e, _) in jobs.items() if e == ext)
        if not names:
            continue
        src, dst = Path(work, ext), Path(work, ext + "-out")
        src.mkdir()
        for n in names:
            Path(src, n + "." + ext).write_bytes(jobs[n][1])
        convert(work, "xlsx", dst, [str(src / (n + "." + ext)) for n in names], infilter)
        for n in names:
            done[n] = _same_times(Path(dst, n + ".xlsx").read_bytes())
    return done


def convert(work, to, dst, files, infilter=None):
    args = ["soffice", "-env:UserInstallation=" + Path(work, "profile").as_uri(), "--headless"]
    args += ["--infilter=" + infilter] if infilter else []
    args += ["--convert-to", to, "--outdir", str(dst)] + files
    subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def _same_times(data):
    """data, LibreOffice's own archive byte for byte, but for the times of its
    entries: LibreOffice stamps the present into every header."""
    stamp = struct.pack("<HH", 8 << 11, (2018 - 1980) << 9 | 3 << 5 | 1)
    data = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as z:
        for item in z.infolist():
            data[item.header_offset + 10:item.header_offset + 14] = stamp
        at = z.start_dir
    while data[at:at + 4] == b"PK\x01\x02":
        data[at + 12:at + 16] = stamp
        name, extra, comment = struct.unpack("<HHH", data[at + 28:at + 34])
        at += 46 + name + extra + comment
    return bytes(data)


def pdf(work, name, fods):
    """A PDF of a text document, with the marks of its making made constant."""
    Path(work, name + ".fodt").write_bytes(fods)
    convert(work, "pdf", Path(work, "pdf"), [str(Path(work, name + ".fodt"))])
    data = Path(work, "pdf", name + ".pdf").read_bytes()
    data = re.sub(rb"(/CreationDate\(D:)\d{14}[^)]*\)", lambda m: (m.group(1) + b"20180314083000+07'00')").ljust(len(m.group(0))), data)
    data = re.sub(rb"<[0-9A-F]{32}>", b"<" + b"0" * 32 + b">", data)
    return re.sub(rb"/DocChecksum /[0-9A-F]{32}", b"/DocChecksum /" + b"0" * 32, data)
