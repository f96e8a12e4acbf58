"""Makes the samples of this folder from the decision's text, with programs
other than the one under test: python-docx, openpyxl, XlsxWriter, LibreOffice.

    cd pipeline/form/testdata/plan && python3 generate.py
"""

import copy
import html
import os
import re
import subprocess
import tempfile

import docx
import openpyxl
import xlsxwriter
from docx.enum.section import WD_ORIENT
from openpyxl.styles import Alignment, Font

HERE = os.path.dirname(os.path.abspath(__file__))
DECISION = os.path.join(HERE, "../../../../templates/plan/1982-QD-UBND-2017.txt")

HEAD = ["Stt", "Nội dung", "Chỉ số", "Phương tiện xác minh", "Kinh phí (triệu đồng)",
        "Trách nhiệm thực hiện", "Bắt đầu", "Kết thúc", "Ghi chú"]
TIME = "Thời gian thực hiện"


def decision():
    """The front lines, the table's rows as lists of texts, and the words."""
    text = open(DECISION, encoding="utf-8").read()
    front, table = text.split("\n2. Nhiệm vụ\n")
    # The signature block is left out: the samples name nobody.
    front = re.sub(r"\n\t\nNơi nhận:.*?\n\n\n(?=KẾ HOẠCH)", "\n", front, flags=re.S)
    front = [line.strip() for line in front.split("\n") if line.strip()] + ["2. Nhiệm vụ"]
    rows = []
    for block in re.split(r"\n\n(?=\t)", table.rstrip("\n")):
        cells = [re.sub(r"\n+", "\n", cell) for cell in ("\n" + block).split("\n\t")[1:]]
        rows.append([cell.strip("\n") for cell in cells])
    words = rows.pop()[0]
    return front, rows[3:], words


def kind(row):
    if row[0].startswith("Tổng"):
        return "total"
    if len(row) == 2:
        return "field"
    return "activity" if len(row) == 9 else "result"


def spans(row):
    """(text, columns) of each cell of a row, nine columns in all."""
    if kind(row) == "field":
        return [(row[0], 1), (row[1], 8)]
    if kind(row) == "result":
        return [(row[0], 1), (row[1], 1), (row[2], 7)]
    if kind(row) == "total":
        return [(row[0], 2)] + [(cell, 1) for cell in row[1:]]
    return [(cell, 1) for cell in row]


# ---- Word ------------------------------------------------------------------


def fill(cell, text):
    lines = text.split("\n")
    cell.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def word_head(table, head=HEAD):
    for _ in range(3):
        table.add_row()
    top = len(table.rows) - 3
    first, second, numbers = table.rows[top:top + 3]
    for i, text in enumerate(head):
        numbers.cells[i].text = "(%d)" % (i + 1)
        if text in ("Bắt đầu", "Kết thúc"):
            second.cells[i].text = text
            continue
        fill(first.cells[i].merge(second.cells[i]), text)
    start = head.index("Bắt đầu")
    fill(first.cells[start].merge(first.cells[start + 1]), TIME)


def word_row(table, row):
    cells = table.add_row().cells
    col = 0
    for text, width in spans(row):
        cell = cells[col]
        if width > 1:
            cell = cell.merge(cells[col + width - 1])
        fill(cell, text)
        col += width


def word(name, front, rows, words, after=None):
    doc = docx.Document()
    section = doc.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for line in front:
        doc.add_paragraph(line)
    table = doc.add_table(rows=0, cols=9)
    word_head(table)
    for i, row in enumerate(rows):
        word_row(table, row)
        if after and i in after:
            table = after[i](doc, table)
    doc.add_paragraph(words)
    doc.save(os.path.join(HERE, name))


# ---- Excel -----------------------------------------------------------------


def excel(name, front, rows, words):
    """As a person would lay it out, with real numbers in the money column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kế hoạch"
    n = 0
    for line in front:
        n += 1
        sheet.cell(n, 1, line)
        sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=9)
    n += 2
    for i, text in enumerate(HEAD, 1):
        sheet.cell(n + 2, i, "(%d)" % i)
        if text in ("Bắt đầu", "Kết thúc"):
            sheet.cell(n + 1, i, text)
            continue
        sheet.cell(n, i, text)
        sheet.merge_cells(start_row=n, end_row=n + 1, start_column=i, end_column=i)
    sheet.cell(n, 7, TIME)
    sheet.merge_cells(start_row=n, end_row=n, start_column=7, end_column=8)
    n += 2
    for row in rows:
        n += 1
        col = 1
        for text, width in spans(row):
            if col == 5 and text and width == 1:
                text = float(text) if "." in text else int(text)
            if text != "":
                cell = sheet.cell(n, col, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(name="Times New Roman", size=12)
            if width > 1:
                sheet.merge_cells(start_row=n, end_row=n, start_column=col, end_column=col + width - 1)
            col += width
    sheet.cell(n + 1, 1, words)
    sheet.merge_cells(start_row=n + 1, end_row=n + 1, start_column=1, end_column=9)
    book.save(os.path.join(HERE, name))


def plain_excel(name, front, head, rows, words):
    """Without merges, written by XlsxWriter: one row of headings, any columns."""
    book = xlsxwriter.Workbook(os.path.join(HERE, name))
    notes = book.add_worksheet("Hướng dẫn")
    notes.write(0, 0, "Bảng kế hoạch ở trang sau.")
    sheet = book.add_worksheet("KH")
    n = 0
    for line in front:
        sheet.write_string(n, 0, line)
        n += 1
    for col, text in enumerate(head):
        sheet.write_string(n, col, text)
    for row in rows:
        n += 1
        for col, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet.write_number(n, col, value)
            elif value:
                sheet.write_string(n, col, value)
    sheet.write_string(n + 1, 0, words)
    book.close()


# ---- LibreOffice -----------------------------------------------------------


def office(name, front, head, rows, words):
    """A Word file that LibreOffice makes of a web page."""

    def td(text, width):
        lines = "".join("<p>%s</p>" % html.escape(line) for line in text.split("\n"))
        return '<td colspan="%d">%s</td>' % (width, lines)

    body = "".join("<p>%s</p>" % html.escape(line) for line in front)
    body += "<table border=1>"
    for row in [[(text, 1) for text in head]] + rows:
        body += "<tr>%s</tr>" % "".join(td(*cell) for cell in row)
    body += "</table><p>%s</p>" % html.escape(words)
    with tempfile.TemporaryDirectory() as tmp:
        page = os.path.join(tmp, name.replace(".docx", ".html"))
        with open(page, "w", encoding="utf-8") as f:
            f.write('<html><head><meta charset="utf-8"></head><body>%s</body></html>' % body)
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + tmp,
                        "--infilter=HTML (StarWriter)", "--convert-to", "docx:MS Word 2007 XML",
                        "--outdir", HERE, page], check=True, stdout=subprocess.DEVNULL)


# ---- The samples -----------------------------------------------------------


def fields(rows, *codes):
    """The rows of the named fields, without the grand total."""
    out, take = [], False
    for row in rows:
        if kind(row) == "field":
            take = row[0] in ["LĨNH VỰC " + code for code in codes]
        if take and row[0] != "Tổng cộng":
            out.append(row)
    return copy.deepcopy(out)


def grand(value):
    return ["Tổng cộng", "", "", value, "", "", "", ""]


def continued(doc, table):
    """A page break that the table was cut at: a new table with its own head,
    whose first row is the rest of the row before."""
    doc.add_page_break()
    table = doc.add_table(rows=0, cols=9)
    word_head(table)
    cells = table.add_row().cells
    fill(cells[1], "(tiếp theo của trang trước)")
    fill(cells[5], "- Phối hợp: Văn phòng UBND tỉnh")
    return table


def row_of(rows, code):
    """The row of an activity, and the number it stands at."""
    return next((row, i) for i, row in enumerate(rows) if row[0].split()[-1] == code and len(row) == 9)


def amendments(front, rows):
    """Decisions that amend the one of the year."""
    issue = [line.replace("1982/QĐ-UBND", "1043/QĐ-UBND").replace("ngày 18 tháng 12 năm 2017", "ngày 29 tháng 6 năm 2018")
             for line in front]
    at = next(i for i, line in enumerate(issue) if line.startswith("CẢI CÁCH HÀNH CHÍNH") or line == "KẾ HOẠCH")
    issue.insert(at, "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2018.")

    # The whole table: 10 million more for 1.1.2, another month, another lead, a
    # result's text, and an activity that is new.
    whole = copy.deepcopy(rows)
    row_of(whole, "1.1.2")[0][4] = "25"
    row_of(whole, "1.1.4")[0][7] = "Tháng 11"
    row_of(whole, "7.1.4")[0][5] = "- Chủ trì: Sở Thông tin - Truyền thông"
    last, n = row_of(whole, "7.3.2")
    new = copy.deepcopy(last)
    new[0], new[1], new[4] = "Hoạt động 7.3.3", "Thí điểm hệ thống thông tin báo cáo của tỉnh", "5"
    whole.insert(n + 1, new)
    for row in whole:
        if kind(row) == "total": # field VII has none of its own
            row[3] = {"350": "360", "720": "735"}.get(row[3], row[3])
    words = "(Bằng chữ: Bảy trăm ba mươi lăm triệu đồng)"
    excel("amended-1043.xlsx", issue, whole, words)

    # Without the new one, and without 7.3.2.
    fewer = copy.deepcopy(whole)
    del fewer[row_of(fewer, "7.3.3")[1]]
    del fewer[row_of(fewer, "7.3.2")[1]]
    row = next(row for row in fewer if row[0] == "Tổng cộng")
    row[3] = "730"
    excel("amended-fewer.xlsx", issue, fewer, "(Bằng chữ: Bảy trăm ba mươi triệu đồng)")

    # Cut short before the grand total.
    cut = [row for row in whole if row[0] != "Tổng cộng"]
    excel("amended-cut.xlsx", issue, cut, "")

    # The rows that change and nothing else.
    changes, keep = [], {"1.1.2", "1.1.4", "7.1.4", "7.3.3"}
    for row in whole:
        if kind(row) in ("field", "result") or row[0].split()[-1] in keep:
            changes.append(row)
    excel("amended-rows.xlsx", issue, changes + [grand("45")], "(Bằng chữ: Bốn mươi lăm triệu đồng)")


def main():
    front, rows, words = decision()
    word("1982.docx", front, rows, words)
    excel("1982.xlsx", front, rows, words)

    one = fields(rows, "I") + [grand("350")]
    one_words = "(Bằng chữ: Ba trăm năm mươi triệu đồng)"

    wrong = copy.deepcopy(one)
    next(row for row in wrong if row[0] == "Tổng")[3] = "351"
    excel("total-351.xlsx", front, wrong, one_words)

    # Cut after 1.1.1, whose second role stands on the next page.
    split = copy.deepcopy(one)
    split[2][5] = "- Chủ trì: Sở Nội vụ"
    word("split-page.docx", front, split, one_words, {2: continued})

    # Another year; two fields, one without its total; codes without a word.
    later = [line.replace("2018", "2019").replace("1982", "2005").replace("năm 2017", "năm 2018")
             for line in front]
    short = fields(rows, "I", "VI")
    short = [row for row in short if row[0] != "Tổng"]
    for row in short:
        row[0] = row[0].replace("Hoạt động ", "").replace("LĨNH VỰC ", "")
    excel("codes-only-2019.xlsx", later, short + [grand("350")], one_words)

    amendments(front, rows)

    # Lead and partners apart, one column for the months, thousands of đồng, an
    # extra column, and no line about the means of verification.
    head = ["TT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian",
            "Kinh phí (nghìn đồng)", "Sản phẩm", "Nguồn vốn", "Ghi chú"]
    table = [
        ["LĨNH VỰC I", "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH"],
        ["Kết quả 1.1", "Nâng cao năng lực chỉ đạo"],
        ["1.1.1", "Tổ chức Hội nghị tổng kết", "Sở Nội vụ", "Văn phòng UBND tỉnh", "Tháng 1 - 2", 15000, "Báo cáo", "Ngân sách"],
        ["1.1.2", "Tổ chức Hội nghị sơ kết", "Sở Nội vụ", "", "Quý III", 12500.5, "Báo cáo", "Ngân sách"],
        ["1.1.3", "Họp Ban chỉ đạo", "Sở Tư pháp", "Các Sở, ban, ngành", "Cả năm", "", "", "", "lồng ghép"],
        ["Tổng", "", "", "", "", 27500.5],
        ["Tổng cộng", "", "", "", "", 27500.5],
    ]
    plain_excel("columns-apart.xlsx", front, head, table,
                "(Bằng chữ: Hai mươi bảy triệu năm trăm nghìn năm trăm đồng)")

    # Without the means of verification, made by LibreOffice.
    head = [HEAD[0], HEAD[1], HEAD[2], HEAD[4], HEAD[5], HEAD[6], HEAD[7], HEAD[8]]
    table = []
    for row in fields(rows, "IV"):
        cells = spans(row)
        if kind(row) == "field":
            cells[1] = (cells[1][0], 7)
        elif kind(row) == "result":
            cells[2] = (cells[2][0], 6)
        elif kind(row) == "total":
            cells = [cells[0]] + cells[2:]
        else:
            del cells[3]
        table.append(cells)
    office("fewer-columns.docx", front, head, table, "")


if __name__ == "__main__":
    main()
