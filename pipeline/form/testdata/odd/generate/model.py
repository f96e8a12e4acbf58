"""A report before any program has written it, and what must be read of it.

A case puts each row down together with its meaning, so that the expectation
never comes from the program under test."""

import re
from pathlib import Path

PLAN = Path(__file__).resolve().parents[5] / "templates" / "plan" / "1982-QD-UBND-2017.txt"


def _names():
    lines = [l.strip() for l in PLAN.read_text(encoding="utf-8").split("\n")]
    names = {}
    for label, text in zip(lines, lines[1:]):
        m = re.fullmatch(r"(?:Hoạt động|Kết quả) (\d)[.,](\d)\.(\d)", label)
        if m:
            names[".".join(m.groups())] = text
    return names


NAME = _names()  # of each activity, by code
NAME["1.5.1"] = "- Tổ chức các cuộc họp\n- Xây dựng các đề án, báo cáo, tham luận sáng kiến\n- Các bài viết góp ý, phản biện"

# The columns of an ordinary report.
HEAD = ["STT", "Mã hoạt động", "Nội dung", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)",
        "Kinh phí đã thực hiện (triệu đồng)"]

CASES = []  # (file name, what is odd, made by, function)


def case(name, odd, made_by):
    """Registers a function that returns the file's bytes and its documents."""
    def register(f):
        CASES.append((name, odd, made_by, f))
        return f
    return register


class Cell:
    """A cell that is more than its value."""

    def __init__(self, value=None, fmt=None, formula=None, font=None):
        self.value, self.fmt, self.formula, self.font = value, fmt, formula, font


class Sheet:
    """Rows of values from A1, with the documents' expectations beside them."""

    def __init__(self, name="Báo cáo", label="B", text=3):
        self.name, self.rows, self.merges = name, [], []
        self.hidden, self.hidden_rows, self.hidden_cols = False, [], []
        self.font = None
        self.label = label  # the column whose cell is an entry's place
        self.text = text  # index of the column of results; None: not expected
        self.entries, self.findings = [], []

    def add(self, *values):
        self.rows.append(list(values))
        return self

    def top(self, agency=("UBND TỈNH ĐẮK NÔNG", "SỞ NỘI VỤ"), ref="45/BC-SNV", period="quý I năm 2018"):
        """Letterhead and title, six rows high with the empty one below."""
        self.add(agency[0], None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        self.add(agency[1], None, None, None, "Độc lập - Tự do - Hạnh phúc")
        self.add("Số: " + ref if ref else None, None, None, None,
                 "Đắk Nông, ngày 12 tháng 3 năm 2018" if ref else None)
        self.add("BÁO CÁO")
        self.add("Kết quả thực hiện Kế hoạch cải cách hành chính " + period)
        return self.add()

    def head(self, *titles):
        return self.add(*(titles or HEAD))

    def row(self, values, want=None, *findings, **more):
        """A row and its meaning: "1.1.1 done 100 14.5 20.5 held", "-" for what
        is not said, and findings as "code level COLUMN"."""
        self.add(*values)
        number = len(self.rows)
        if want:
            parts = want.split()
            held = parts[-1] == "held"
            if held:
                parts.pop()
            code, status, percent, spent, total = (parts + ["-"] * 5)[:5]
            entry = {
                "activity": code, "status": "" if status == "-" else status,
                "percent": None if percent == "-" else float(percent) if "." in percent else int(percent),
                "spent": None if spent == "-" else spent, "spent_total": None if total == "-" else total,
            }
            text = more.get("text")
            if text is None and self.text is not None:
                text = values[self.text] if len(values) > self.text else None
                text = text.value if isinstance(text, Cell) else text
                text = text or ""
            if text is not None:
                entry["text"] = text
            entry["held"] = held
            entry["cell"] = self.label + str(number)
            self.entries.append(entry)
        for f in findings:
            self.find(f, number)
        return self

    def find(self, finding, number=0):
        code, level, *at = finding.split()
        cell = at[0] if at else ""
        if cell and not cell[-1].isdigit():
            cell += str(number)
        self.findings.append({"code": code, "level": level, "cell": cell})
        return self

    def merge(self, ref):
        self.merges.append(ref)
        return self


def document(*sheets, outcome="accept", agency="snv", period="2018-Q1", findings=(), **more):
    """What is read of one document; findings besides those of the sheets."""
    doc = {"outcome": outcome, "agency": agency, "period": period, "entries": [], "findings": []}
    for s in sheets:
        for e in s.entries:
            doc["entries"].append(dict(e, sheet=s.name) if len(sheets) > 1 else e)
        doc["findings"] += s.findings
    extra = Sheet()
    for f in findings:
        extra.find(f)
    doc["findings"] += extra.findings
    doc.update(more)
    return doc


def ordinary(name="Báo cáo"):
    """The report that every format must carry."""
    s = Sheet(name).top().head()
    s.row([1, "1.1.1", NAME["1.1.1"], "Đã tổ chức Hội nghị ngày 02/02/2018", "Đã hoàn thành", 100, 14.5],
          "1.1.1 done 100 14.5")
    s.row([2, "1.1.3", NAME["1.1.3"], "Đã tổ chức 01 cuộc họp", "Đang thực hiện", 25, 3.5],
          "1.1.3 in_progress 25 3.5")
    s.row([3, "1.3.3", NAME["1.3.3"], "Đang khảo sát địa điểm tại thị xã Gia Nghĩa", "Đang thực hiện", 20, 0],
          "1.3.3 in_progress 20 0")
    s.row([4, "4.2.1", NAME["4.2.1"], "Chờ kinh phí", "Chưa thực hiện", 0, None],
          "4.2.1 not_started 0 -")
    return s


def alone(sheet, **more):
    """A case's result: the one sheet, to be written, and the one document."""
    return [sheet], [document(sheet, **more)]
