"""A sheet before any program has written it: values with their looks, merged
cells and column widths. The writers turn the same grid into files."""

import math
from typing import NamedTuple


class Style(NamedTuple):
    bold: bool = False
    italic: bool = False
    size: int = 11
    h: str = "left"
    v: str = "center"
    wrap: bool = False
    border: bool = False
    fill: str = ""  # "D9E2F3"
    fmt: str = "General"


class Sum(NamedTuple):
    """A total: the cells it adds up, and the result that the program stores."""

    cells: tuple  # ((first row, last row) …) of its own column
    result: object


class Grid:
    def __init__(self, sheet, empty_sheets=()):
        self.sheet = sheet
        self.empty_sheets = empty_sheets
        self.cells = {}  # (row, col) from 1 -> (value, Style)
        self.merges = []  # (first row, first col, last row, last col)
        self.widths = {}
        self.repeat = None  # (first, last) header rows, printed on every page
        self.row = 1  # the next free row

    def put(self, row, col, value, style, to_col=None, to_row=None):
        to_col, to_row = to_col or col, to_row or row
        for r in range(row, to_row + 1):
            for c in range(col, to_col + 1):
                self.cells[r, c] = ("", style)
        self.cells[row, col] = (value, style)
        if (to_col, to_row) != (col, row):
            self.merges.append((row, col, to_row, to_col))

    def heights(self):
        """Points for each row to show its wrapped text whole; programs that
        write files do not measure text, and readers need not."""
        end = {(r1, c1): (r2, c2) for r1, c1, r2, c2 in self.merges}
        heights = {}
        for (r, c), (value, style) in self.cells.items():
            last_row, last_col = end.get((r, c), (r, c))
            if not (isinstance(value, str) and value and style.wrap):
                continue
            room = sum(self.widths.get(i, 10) for i in range(c, last_col + 1)) * (1.1 if style.bold else 1.25)
            lines = sum(max(1, math.ceil(len(p) / room)) for p in value.split("\n"))
            for i in range(r, last_row + 1):
                heights[i] = max(heights.get(i, 0), (15 * lines + 2) / (last_row - r + 1))
        return heights

    def last_row(self):
        return max(r for r, _ in self.cells)

    def last_col(self):
        return max(c for _, c in self.cells)


def letter(col):
    return chr(64 + col)
