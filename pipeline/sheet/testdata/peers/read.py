"""Reads every workbook of a folder with openpyxl, as text of all cells."""
import pathlib
import sys

import openpyxl

cells = 0
for name in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    book = openpyxl.load_workbook(name, read_only=True, data_only=True)
    for sheet in book:
        for row in sheet.iter_rows(values_only=True):
            cells += sum(v is not None for v in row)
print(cells)
