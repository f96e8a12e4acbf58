"""Sheets into files, each by another program. What a program stamps into a file
(time, author) is taken out again."""

import getpass
import io
import json
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Font

from model import Cell

HERE = Path(__file__).resolve().parent


def cells(sheet):
    """(row, column, value, format, formula, font) of each filled cell, from 0."""
    for r, row in enumerate(sheet.rows):
        for c, v in enumerate(row):
            cell = v if isinstance(v, Cell) else Cell(v)
            if cell.value is not None or cell.formula is not None:
                yield r, c, cell.value, cell.fmt, cell.formula, cell.font or sheet.font


# Python's writers

def by_openpyxl(sheets, epoch=None):
    wb = openpyxl.Workbook()
    wb.remove(wb.active)
    if epoch:
        wb.epoch = epoch
    for sheet in sheets:
        ws = wb.create_sheet(sheet.name)
        for r, c, value, fmt, formula, font in cells(sheet):
            cell = ws.cell(r + 1, c + 1)
            cell.value = formula if formula is not None else value
            if formula is None and isinstance(value, str):
                cell.data_type = "s"  # also what begins with "="
            if fmt:
                cell.number_format = fmt
            if font:
                cell.font = Font(name=font)
        for m in sheet.merges:
            ws.merge_cells(m)
        for r in sheet.hidden_rows:
            ws.row_dimensions[r].hidden = True
        if sheet.hidden:
            ws.sheet_state = "veryHidden" if sheet.hidden == "very" else "hidden"
    out = io.BytesIO()
    wb.save(out)
    return plain_zip(out.getvalue())


def by_xlsxwriter(sheets, **options):
    out = io.BytesIO()
    wb = xlsxwriter.Workbook(out, dict({"in_memory": True}, **options))
    for sheet in sheets:
        ws = wb.add_worksheet(sheet.name)
        for r, c, value, fmt, formula, font in cells(sheet):
            look = {}
            if fmt:
                look["num_format"] = fmt
            if font:
                look["font_name"] = font
            look = wb.add_format(look) if look else None
            if formula is not None:
                ws.write_formula(r, c, formula, look, "" if value is None else value)
            elif isinstance(value, str):
                ws.write_string(r, c, value, look)
            else:
                ws.write(r, c, value, look)
        for m in sheet.merges:
            a = re.match(r"([A-Z]+)(\d+):", m)
            r, c = int(a[2]) - 1, ord(a[1]) - 65
            row = sheet.rows[r]
            ws.merge_range(m, row[c] if c < len(row) and row[c] is not None else "")
        for r in sheet.hidden_rows:
            ws.set_row(r - 1, None, None, {"hidden": True})
        if sheet.hidden:
            ws.hide()
    wb.close()
    return plain_zip(out.getvalue())


def by_xlwt(sheets, dates_1904=False):
    wb = xlwt.Workbook(encoding="utf-8")
    wb.dates_1904 = dates_1904
    for sheet in sheets:
        ws = wb.add_sheet(sheet.name, cell_overwrite_ok=True)
        for r, c, value, fmt, formula, font in cells(sheet):
            style = xlwt.XFStyle()
            if fmt:
                style.num_format_str = fmt
            if font:
                style.font.name = font
            ws.write(r, c, xlwt.Formula(formula[1:]) if formula else value, style)
        for m in sheet.merges:
            a = re.match(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", m)
            ws.merge(int(a[2]) - 1, int(a[4]) - 1, ord(a[1]) - 65, ord(a[3]) - 65)
        for r in sheet.hidden_rows:
            ws.row(r - 1).hidden = True
        if sheet.hidden:
            ws.visibility = 2 if sheet.hidden == "very" else 1
    out = io.BytesIO()
    wb.save(out)
    return out.getvalue()


def by_docx(fill):
    """A Word document by python-docx, which fill writes into."""
    import docx
    d = docx.Document()
    fill(d)
    d.core_properties.author = ""
    out = io.BytesIO()
    d.save(out)
    return plain_zip(out.getvalue())


# Other languages' writers take the sheets as JSON

def _json(sheets):
    return json.dumps([{
        "name": s.name, "hidden": bool(s.hidden), "merges": s.merges, "hidden_rows": s.hidden_rows,
        "cells": [{"r": r, "c": c, "v": v, "fmt": fmt, "formula": formula, "font": font}
                  for r, c, v, fmt, formula, font in cells(s)],
    } for s in sheets], ensure_ascii=True)


def _run(command, data, **more):
    done = subprocess.run(command, input=data, capture_output=True, check=False, **more)
    if done.returncode:
        raise RuntimeError("%s: %s" % (command[0], done.stderr.decode("utf-8", "replace")))
    return done.stdout


def by_sheetjs(sheets, kind):
    return maybe_zip(_run(["node", str(HERE / "sheetjs.js"), kind], _json(sheets).encode()))


def by_exceljs(sheets):
    return plain_zip(_run(["node", str(HERE / "exceljs.js")], _json(sheets).encode()))


def by_perl(sheets, module):
    with tempfile.TemporaryDirectory() as tmp:
        out = Path(tmp) / "out"
        _run(["perl", str(HERE / "perl.pl"), module, str(out)], _json(sheets).encode())
        return maybe_zip(out.read_bytes())


def by_poi(sheets):
    jars = "/usr/share/java/"
    path = ":".join(jars + j for j in (
        "poi.jar", "commons-collections4.jar", "commons-codec.jar", "commons-math3.jar"))
    lines = []
    for s in sheets:
        lines.append("sheet\t" + s.name)
        for m in s.merges:
            lines.append("merge\t" + m)
        for r, c, v, _, _, _ in cells(s):
            kind = "text" if isinstance(v, str) else "number"
            lines.append("\t".join([kind, str(r), str(c), str(v).replace("\n", "\\n")]))
    return _run(["java", "-Duser.name=nobody", "-cp", path, str(HERE / "Poi.java")], "\n".join(lines).encode())


# Conversions

def _convert(data, suffix, command):
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp) / ("in" + suffix)
        source.write_bytes(data)
        target = command(tmp, source)
        return Path(target).read_bytes()


def by_libreoffice(data, suffix, to):
    """data, a file of the given suffix, as LibreOffice saves it; to is what
    --convert-to takes."""
    def command(tmp, source):
        _run(["libreoffice", "-env:UserInstallation=file://%s/profile" % tmp, "--headless", "--convert-to", to,
              "--outdir", tmp + "/out", str(source)], b"", timeout=120)
        return next(Path(tmp, "out").iterdir())
    return maybe_zip(_convert(data, suffix, command))


def by_gnumeric(data, suffix, exporter, to):
    def command(tmp, source):
        target = Path(tmp) / ("out" + to)
        _run(["ssconvert", "-T", exporter, str(source), str(target)], b"")
        return target
    return nobodys(maybe_zip(_convert(data, suffix, command)))


def nobodys(data):
    """A BIFF file without the name of who wrote it, in its WRITEACCESS."""
    name = getpass.getuser().encode()
    written = re.compile(rb"(\x5c\x00[\x1f\x36\x70]\x00[\x00-\x20]{1,3})" + re.escape(name), re.S)
    return written.sub(lambda m: m[1] + b" " * len(name), data)


# Text

def by_hand_csv(sheet, separator, encoding="utf-8", bom=b""):
    width = max(len(r) for r in sheet.rows)
    lines = []
    for row in sheet.rows:
        fields = []
        for v in row + [None] * (width - len(row)):
            text = "" if v is None else str(v)
            if separator == ";" and isinstance(v, float):
                text = text.replace(".", ",")  # as a Vietnamese Excel writes it
            if any(ch in text for ch in separator + '"\n'):
                text = '"' + text.replace('"', '""') + '"'
            fields.append(text)
        lines.append(separator.join(fields))
    return bom + "\r\n".join(lines + [""]).encode(encoding)


def flat_ods(sheets, style="", value=None):
    """A .fods by hand, for LibreOffice to read; value gives a cell's attributes
    and text where the ordinary ones will not do."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<office:document '
           'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
           'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
           'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
           'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
           'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
           'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
           'office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
           '<office:automatic-styles>' + style + '</office:automatic-styles><office:body><office:spreadsheet>']
    for s in sheets:
        out.append('<table:table table:name="%s">' % escape(s.name, {'"': "&quot;"}))
        merged = {}
        for m in s.merges:
            a = re.match(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", m)
            r, c = int(a[2]) - 1, ord(a[1]) - 65
            merged[r, c] = (int(a[4]) - r, ord(a[3]) - 64 - c)
        for r, row in enumerate(s.rows):
            out.append("<table:table-row>")
            for c, v in enumerate(row or [None]):
                v = v.value if isinstance(v, Cell) else v
                attr = ""
                if (r, c) in merged:
                    attr = ' table:number-rows-spanned="%d" table:number-columns-spanned="%d"' % merged[r, c]
                if v is None:
                    out.append("<table:table-cell%s/>" % attr)
                elif isinstance(v, str):
                    paragraphs = "".join("<text:p>%s</text:p>" % escape(p) for p in v.split("\n"))
                    out.append('<table:table-cell%s office:value-type="string">%s</table:table-cell>' % (attr, paragraphs))
                else:
                    out.append('<table:table-cell%s office:value-type="float" office:value="%s"><text:p>%s</text:p></table:table-cell>'
                               % (attr, v, str(v).replace(".", ",")))
            out.append("</table:table-row>")
        out.append("</table:table>")
    out.append("</office:spreadsheet></office:body></office:document>\n")
    return "".join(out).encode("utf-8")


# Packages

def unzip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return {n: z.read(n) for n in z.namelist()}


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2018, 3, 1, 8, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return out.getvalue()


STAMPS = [
    (re.compile(rb"(<(dcterms:\w+|dc:date|meta:creation-date)\b[^>]*>)[^<]*(</)"), rb"\g<1>2018-03-01T08:00:00Z\g<3>"),
    (re.compile(rb"(<(dc:creator|cp:lastModifiedBy|meta:initial-creator)\b[^>]*>)[^<]*(</)"), rb"\g<1>\g<3>"),
]


def plain_zip(data):
    """The package without the time it was made and the name of who made it."""
    parts = unzip(data)
    for name in list(parts):
        if name in ("docProps/core.xml", "meta.xml"):
            for pattern, to in STAMPS:
                parts[name] = pattern.sub(to, parts[name])
    return zipped(parts)


def maybe_zip(data):
    return plain_zip(data) if data[:2] == b"PK" else data
