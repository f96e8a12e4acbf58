"""Tells what openpyxl finds of a workbook besides its texts.

With two arguments, writes the workbook without the results of its formulas into
the second, so that a program that opens it must reckon them.
"""
import json
import sys

import openpyxl


def facts(sheet, shown):
    heads = [
        row[0].row for row in sheet.iter_rows()
        if any(c.border.left.style and c.alignment.vertical == "center" for c in row)
    ]
    first = sheet.cell(1, 1)
    return {
        "name": sheet.title,
        "first": [first.value, first.font.name, first.font.sz, first.font.b, first.alignment.horizontal],
        "merged": [str(area) for area in sheet.merged_cells.ranges],
        "columns": sheet.max_column,
        "heads": heads,
        "frozen": sheet.freeze_panes or "",
        "repeated": sheet.print_title_rows or "",
        "filter": sheet.auto_filter.ref or "",
        "landscape": sheet.page_setup.orientation == "landscape",
        "paper": int(sheet.page_setup.paperSize),
        "fit": [bool(sheet.sheet_properties.pageSetUpPr.fitToPage), int(sheet.page_setup.fitToWidth), int(sheet.page_setup.fitToHeight)],
        "margins": [round(m * 25.4) for m in (sheet.page_margins.left, sheet.page_margins.right, sheet.page_margins.top, sheet.page_margins.bottom)],
        "header": [sheet.oddHeader.center.text, sheet.oddFooter.left.text, sheet.oddFooter.right.text],
        "fonts": sorted({c.font.name for row in sheet.iter_rows() for c in row if c.value is not None}),
        "formulas": {
            c.coordinate: [c.value, shown[c.coordinate].value]
            for row in sheet.iter_rows() for c in row if c.data_type == "f"
        },
    }


book = openpyxl.load_workbook(sys.argv[1])
if len(sys.argv) > 2:
    book.save(sys.argv[2])
    sys.exit()
shown = openpyxl.load_workbook(sys.argv[1], data_only=True)
p = book.properties
json.dump({
    "properties": {"title": p.title, "creator": p.creator, "language": p.language, "status": p.contentStatus, "identifier": p.identifier},
    "sheets": [facts(s, shown[s.title]) for s in book],
}, sys.stdout)
