"""Grids into workbooks by openpyxl and by XlsxWriter. Nothing in a file depends
on when it was made."""

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from grid import Sum, letter
from table import reference

FONT = "Times New Roman"
MADE = datetime(2018, 3, 1, 8, 0, 0)


def _number(value):
    """A value as the writers take it."""
    if isinstance(value, Sum):
        return _number(value.result)
    return float(value) if isinstance(value, Decimal) else value


# openpyxl

def by_openpyxl(grid):
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = grid.sheet
    for name in grid.empty_sheets:
        wb.create_sheet(name)
    side = Side(style="thin")
    for (r, c), (value, s) in sorted(grid.cells.items()):
        cell = ws.cell(r, c)
        if value != "":
            cell.value = _number(value)
            if isinstance(value, str):
                cell.data_type = "s"  # also when it begins with "="
        cell.font = Font(name=FONT, size=s.size, bold=s.bold, italic=s.italic)
        cell.alignment = Alignment(horizontal=s.h, vertical=s.v, wrap_text=s.wrap)
        cell.number_format = s.fmt
        if s.border:
            cell.border = Border(side, side, side, side)
        if s.fill:
            cell.fill = PatternFill("solid", fgColor=s.fill)
    for r1, c1, r2, c2 in grid.merges:
        ws.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)
    for c, width in grid.widths.items():
        ws.column_dimensions[letter(c)].width = width
    for r, height in grid.heights().items():
        ws.row_dimensions[r].height = height
    ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(fitToPage=True)
    if grid.repeat:
        ws.print_title_rows = "%d:%d" % grid.repeat
    wb.properties.creator = ""
    wb.properties.created = MADE
    out = io.BytesIO()
    wb.save(out)
    return _timeless(out.getvalue())


def _timeless(data):
    """The same archive with the times of MADE: openpyxl stamps the present."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            body = old.read(item)
            if item.filename == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2018-03-01T08:00:00Z", body)
            info = zipfile.ZipInfo(item.filename, MADE.timetuple()[:6])
            info.external_attr = 0o600 << 16
            new.writestr(info, body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# XlsxWriter

def by_xlsxwriter(grid):
    out = io.BytesIO()
    wb = xlsxwriter.Workbook(out, {"in_memory": True})
    wb.set_properties({"created": MADE})
    ws = wb.add_worksheet(grid.sheet)
    for name in grid.empty_sheets:
        wb.add_worksheet(name)
    formats = {}

    def fmt(s):
        if s not in formats:
            looks = {"font_name": FONT, "font_size": s.size, "bold": s.bold, "italic": s.italic, "align": s.h,
                     "valign": {"center": "vcenter"}.get(s.v, s.v), "text_wrap": s.wrap, "num_format": s.fmt}
            if s.border:
                looks["border"] = 1
            if s.fill:
                looks.update(bg_color="#" + s.fill)
            formats[s] = wb.add_format(looks)
        return formats[s]

    for r1, c1, r2, c2 in grid.merges:
        ws.merge_range(r1 - 1, c1 - 1, r2 - 1, c2 - 1, "", fmt(grid.cells[r1, c1][1]))
    for (r, c), (value, s) in sorted(grid.cells.items()):
        r0, c0 = r - 1, c - 1
        if isinstance(value, Sum):
            ws.write_formula(r0, c0, "=" + reference(value, c), fmt(s), _number(value))
        elif value == "":
            ws.write_blank(r0, c0, None, fmt(s))
        elif isinstance(value, str):
            ws.write_string(r0, c0, value, fmt(s))
        elif isinstance(value, date):
            ws.write_datetime(r0, c0, datetime(value.year, value.month, value.day), fmt(s))
        else:
            ws.write_number(r0, c0, _number(value), fmt(s))
    for c, width in grid.widths.items():
        ws.set_column(c - 1, c - 1, width)
    for r, height in grid.heights().items():
        ws.set_row(r - 1, height)
    ws.set_landscape()
    ws.set_paper(9)
    ws.fit_to_pages(1, 0)
    if grid.repeat:
        ws.repeat_rows(grid.repeat[0] - 1, grid.repeat[1] - 1)
        ws.freeze_panes(grid.repeat[1], 0)
    wb.close()
    return out.getvalue()
