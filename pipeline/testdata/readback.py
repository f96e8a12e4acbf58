"""Reads a report back out of a .docx, .xlsx or .html file, by no code of ours.

Prints a JSON list, in the order of the file: ["p", text] for a paragraph,
["row", [cells]] for a row of a table below its head, ["sheet", name] where a
sheet of a workbook begins. A number of a workbook is {"n": value, "f": format}, a
date {"d": [year, month, day], "f": format}.
"""
import html.parser
import json
import sys


def read_docx(path):
    import docx
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

    d = docx.Document(path)
    for e in d.element.body.iterchildren():
        if e.tag.endswith("}p"):
            yield ["p", Paragraph(e, d).text]
        elif e.tag.endswith("}tbl"):
            table = Table(e, d)
            for row in e.tr_lst:
                cells = [[p.text for p in _Cell(tc, table).paragraphs] for tc in row.tc_lst]
                if table.style.style_id == "Khung":  # things beside each other
                    for cell in cells:
                        for text in cell:
                            yield ["p", text]
                elif not row.xpath("./w:trPr/w:tblHeader"):
                    yield ["row", ["\n".join(c) for c in cells]]


def read_xlsx(path):
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book:
        yield ["sheet", sheet.title]
        covered = set()
        for area in sheet.merged_cells.ranges:
            covered.update((r, c) for r, c in area.cells if (r, c) != (area.min_row, area.min_col))
        for row in sheet.iter_rows():
            cells = [c for c in row if (c.row, c.column) not in covered]
            if cells[0].border.left.style is None:
                for c in cells:
                    if c.value is not None:
                        yield ["p", c.value]
            elif cells[0].alignment.vertical != "center":  # else of a table's head
                yield ["row", [value(c) for c in cells]]


def value(cell):
    if cell.value is None:
        return ""
    if cell.is_date:
        return {"d": [cell.value.year, cell.value.month, cell.value.day], "f": cell.number_format}
    if cell.data_type == "n":
        return {"n": repr(cell.value), "f": cell.number_format}
    return cell.value


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.items, self.text, self.row, self.skip = [], [], None, 0

    def handle_starttag(self, tag, attrs):
        if tag in ("thead", "style", "title", "footer") or ("class", "status") in attrs:
            self.skip += 1
        elif tag == "tr" and not self.skip:
            self.row = []
        elif tag in ("td", "p", "li", "h1", "h2", "h3", "figcaption", "text"):
            self.text = []

    def handle_endtag(self, tag):
        if tag in ("thead", "style", "title", "footer") or self.skip and tag == "div":
            self.skip -= 1
        elif self.skip:
            pass
        elif tag == "td":
            self.row.append("".join(self.text))
        elif tag == "tr":
            self.items.append(["row", self.row])
        elif tag in ("p", "li", "h1", "h2", "h3", "figcaption", "text"):
            self.items.append(["p", "".join(self.text)])

    def handle_data(self, data):
        self.text.append(data)


def read_html(path):
    page = Page()
    with open(path, encoding="utf-8") as f:
        page.feed(f.read())
    return page.items


read = {"docx": read_docx, "xlsx": read_xlsx, "html": read_html}[sys.argv[1].rsplit(".", 1)[-1]]
json.dump(list(read(sys.argv[1])), sys.stdout)
