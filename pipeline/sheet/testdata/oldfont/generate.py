"""Makes the samples of this folder: tables typed in old Vietnamese fonts, by
openpyxl, python-docx and LibreOffice, and what they say in expected.json.

    cd pipeline/sheet/testdata/oldfont && python3 generate.py
"""

import json
import os
import subprocess
import tempfile
import unicodedata
import zipfile

import docx
import openpyxl
from docx.oxml.ns import qn
from openpyxl.styles import Font

HERE = os.path.dirname(os.path.abspath(__file__))

TCVN3 = {}
for first, letters in (
    (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"),
    (0xCE, "ẻẽéẹềểễếệìỉ"), (0xDC, "ĩíịò"), (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
):
    for i, letter in enumerate(letters):
        TCVN3[letter] = chr(first + i)

# VNI writes marks behind letters: the combining characters of each.
VNI_MARKS = {
    "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0323\u0302": "ä",
    "\u0306": "ê", "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0323\u0306": "ë",
}
VNI_LETTERS = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "ì": "ì", "í": "í"}


def vni(letter):
    if letter.lower() in VNI_LETTERS:
        code = VNI_LETTERS[letter.lower()]
    else:
        base, marks = unicodedata.normalize("NFD", letter.lower())[0], unicodedata.normalize("NFD", letter.lower())[1:]
        if "\u031b" in marks:
            base, marks = {"o": "ô", "u": "ö"}[base], marks.replace("\u031b", "")
        code = base + VNI_MARKS.get(marks, "")
    return code.upper() if letter.isupper() else code


def typed(font, text):
    """The characters that text is stored as when typed in font."""
    if font.startswith(".Vn"):
        return "".join(TCVN3.get(c, TCVN3.get(c.lower(), c)) for c in text)
    if font.startswith("VNI"):
        return "".join(vni(c) if ord(c) > 127 else c for c in text)
    return text


def table(font, capitals):
    """(cell, font it is typed in, text, number format) of a report."""
    head = ["TT", "Nội dung", "Tình trạng", "Kết quả thực hiện", "Kinh phí (triệu đồng)"]
    rows = [
        ["1.1.1", "Tổ chức hội nghị triển khai kế hoạch", "đã hoàn thành", "Ban hành 02 văn bản; 35% thủ tục được công khai", 14.5],
        ["1.1.2", "Kiểm tra công tác ở Cư Jút, Đắk R'lấp", "chưa thực hiện", "không", 0],
        ["1.1.3", "Bồi dưỡng nghiệp vụ cho công chức", "đang thực hiện", "Đã mở 01 lớp,\nsẵn sàng mở tiếp; dự kiến quý II", 7],
    ]
    yield "A1", capitals, "SỞ TƯ PHÁP TỈNH ĐẮK NÔNG", None
    yield "A2", font, "Báo cáo kết quả cải cách hành chính quý I năm 2018", None
    for r, row in enumerate([head] + rows):
        for c, value in enumerate(row):
            yield "ABCDE"[c] + str(r + 4), font, value, '0.0 "triệu đồng"' if isinstance(value, float) else None


def fill(sheet, cells, shown_in=None):
    """Types cells into sheet, shown in a font of its own if that was changed
    later. Returns what they say."""
    says = {}
    for ref, font, value, number_format in cells:
        cell = sheet[ref]
        cell.font = Font(name=shown_in or font)
        cell.value = typed(font, value.lower() if font.endswith("H") else value) if isinstance(value, str) else value
        if number_format:
            cell.number_format = typed(font, number_format)
        if isinstance(value, str):
            says[ref] = value
        elif number_format:
            says[ref] = "%s triệu đồng" % value
        else:
            says[ref] = "%g" % value
    return says


def told(name, font, capitals):
    """A workbook whose cells name the font."""
    book = openpyxl.Workbook()
    says = {book.active.title: fill(book.active, table(font, capitals))}
    book.save(os.path.join(HERE, name))
    return says


def changed(name):
    """A workbook whose cells were all set to Arial after they were typed, and
    a sheet that is Unicode, with foreign words."""
    book = openpyxl.Workbook()
    says = {}
    for title, font, capitals in (("A", ".VnTime", ".VnTime"), ("B", "VNI-Times", "VNI-Times"), ("C", "Arial", "Arial")):
        cells = list(table(font, capitals))
        if title == "A":  # capitals have no codes in TCVN3
            cells[0] = ("A1", capitals, "Sở Tư pháp tỉnh Đắk Nông", None)
        if title == "C":
            cells.append(("A9", font, "Le réseau de São Paulo © 2018; Sony®; § 5; 2 × 3 m²; công an", None))
        says[title] = fill(book.create_sheet(title), cells, shown_in="Arial")
    book.remove(book["Sheet"])
    book.save(os.path.join(HERE, name))
    return says


def mixed(name):
    """A workbook with several fonts, also within a cell, and with Unicode that
    was typed in an old font."""
    runs = [(".VnTimeH", "SỞ NỘI VỤ"), ("Times New Roman", ": Công chức "), (".VnTime", "đã xong, "), ("VNI-Times", "Ủy ban chưa")]
    cells = [
        ("A1", "Times New Roman", "Sở Nội vụ, công an", None),
        ("A2", ".VnTime", "kết quả công khai", None),
        ("A3", "VNI-Times", "Ủy ban nhân dân huyện Đắk Mil", None),
        ("A4", ".VnTimeH", "CÔNG VĂN SỐ 12", None),
        ("A6", "Times New Roman", "không", None),
        ("A7", "VNI-Times", 15.5, '0.0 "triệu đồng"'),
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    says = fill(sheet, cells)
    sheet["A5"] = "RUNS"
    for ref, text in ("B1", "Đã ban hành, sẽ công bố"), ("B2", "không"), ("B3", typed(".VnTime", "không")):
        sheet[ref] = text
        sheet[ref].font = Font(name=".VnTime")
    says.update({"A5": "".join(text for _, text in runs), "B1": "Đã ban hành, sẽ công bố", "B2": "không", "B3": "không"})
    path = os.path.join(HERE, name)
    with tempfile.TemporaryDirectory() as tmp:
        plain = os.path.join(tmp, name)
        book.save(plain)
        rich = "".join('<r><rPr><rFont val="%s"/></rPr><t xml:space="preserve">%s</t></r>' % (
            font, typed(font, text.lower() if font.endswith("H") else text)) for font, text in runs)
        with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                target.writestr(part, source.read(part).replace(b"<t>RUNS</t>", rich.encode()))
    return {sheet.title: says}


def word(name):
    """A document whose usual style has an old font, with runs in others. Only
    what LibreOffice makes of it is kept."""
    document = docx.Document()
    usual = document.styles["Normal"].font
    usual.name = ".VnTime"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:hAnsi"), ".VnTime")

    def run(paragraph, font, text):
        r = paragraph.add_run(typed(font or ".VnTime", text))
        if font:
            r.font.name = font
            r._element.rPr.rFonts.set(qn("w:hAnsi"), font)

    first = document.add_paragraph()
    run(first, None, "Sở Tư pháp tỉnh Đắk Nông: chưa xong, ")
    run(first, "Times New Roman", "Ủy ban đã xong")
    grid = document.add_table(rows=2, cols=2)
    for r, row in enumerate([["Nội dung", "Kết quả"], ["Thủ tục được công khai", "đạt 35%"]]):
        for c, text in enumerate(row):
            run(grid.cell(r, c).paragraphs[0], "VNI-Times" if c else None, text)
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "word.docx")
        document.save(path)
        convert(path, name, "docx")
    return {"": {
        "A1": "Sở Tư pháp tỉnh Đắk Nông: chưa xong, Ủy ban đã xong",
        "A2": "Nội dung", "B2": "Kết quả", "A3": "Thủ tục được công khai", "B3": "đạt 35%",
    }}


def convert(path, name, kind):
    """LibreOffice's own form of a file."""
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["soffice", "--headless", "-env:UserInstallation=file://" + tmp + "/profile",
                        "--convert-to", kind, "--outdir", tmp + "/out", path],
                       check=True, stdout=subprocess.DEVNULL)
        made = os.path.splitext(os.path.basename(path))[0] + "." + kind
        os.replace(os.path.join(tmp, "out", made), os.path.join(HERE, name))


if __name__ == "__main__":
    expected = {
        "tcvn3.xlsx": told("tcvn3.xlsx", ".VnTime", ".VnTimeH"),
        "vni.xlsx": told("vni.xlsx", "VNI-Times", "VNI-Helve"),
        "mixed.xlsx": mixed("mixed.xlsx"),
        "changed.xlsx": changed("changed.xlsx"),
    }
    for source in list(expected):
        again = source.replace(".xlsx", "-office.xlsx")
        convert(os.path.join(HERE, source), again, "xlsx")
        expected[again] = expected[source]
    expected["word-office.docx"] = word("word-office.docx")
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as f:
        json.dump(expected, f, ensure_ascii=False, indent=1, sort_keys=True)
        f.write("\n")
