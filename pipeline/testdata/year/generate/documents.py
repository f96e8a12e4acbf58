"""Every document of the year: whose, when it came, what its rows say. The oracle
and the writer of the files both start here."""

from dataclasses import dataclass, field as dataclass_field
from decimal import Decimal
from typing import List, Optional

import offices
import plan
import story

KY = {"2018-Q1": "quý I", "2018-6M": "6 tháng đầu năm", "2018-Q3": "quý III", "2018": "năm 2018"}
ALL_OF = [c for c in plan.V1 if plan.V1[c][0] == "all"]


@dataclass
class Row:
    code: str  # the activity that is meant
    said: story.Said
    text: str
    difficulty: str = ""
    evidence: str = ""
    shown_code: str = ""  # written instead of code
    shown_name: str = ""  # the code whose name is written instead
    number: int = 0  # of the row in the sheet, once it is written

    @property
    def held(self):
        """Whether a clerk must say what the row means: code and name disagree."""
        return bool(self.shown_name) and not self.shown_code

    @property
    def unknown(self):
        return bool(self.shown_code)


@dataclass
class Document:
    id: str
    office: str
    period: str
    arrived: str  # day
    rows: List[Row] = dataclass_field(default_factory=list)
    nothing: bool = False
    mail: Optional[str] = None  # None: dropped into the day's folder; pass, fail: what our server says of the sender
    headings: bool = False  # has a row for each field
    corrects: bool = False
    hour: int = 9

    @property
    def path(self):
        """Below inbox."""
        return "%s/%s.%s" % (self.arrived, self.id, "eml" if self.mail else "xlsx")

    def heading_rows(self):
        seen = []
        for r in self.rows:
            if plan.field(r.code) not in seen:
                seen.append(plan.field(r.code))
        return seen if self.headings else []


def text_of(said, period):
    return {
        "done": "Nhiệm vụ đã hoàn thành, có kết quả gửi kèm theo báo cáo %s.",
        "in_progress": "Đang triển khai theo kế hoạch, kết quả %s bảo đảm tiến độ.",
        "not_started": "Chưa triển khai trong %s.",
        "paused": "Tạm dừng, chờ chủ trương mới trong %s.",
        "nil": "Không phát sinh trong %s.",
    }[said.status] % KY[period]


def row(code, said, period, office):
    evidence = "Báo cáo số %d/BC-%s" % (
        20 + int(code.replace(".", "")) % 70, offices.BY_ID[office].symbol) if said.evidence else ""
    return Row(code, said, text_of(said, period), "Vướng mắc về thủ tục đấu thầu." if said.why else "", evidence)


def regular(office, period):
    """The rows that the office writes for what it is asked."""
    p = plan.PLAN[plan.VERSION[period]]
    rows = []
    for code in p:
        if office in offices.asked(p, code, period):
            said = story.says(p, office, code, period)
            if said:
                rows.append(row(code, said, period, office))
    return rows


# Days on which the offices' regular reports come.
DAYS = {"2018-Q1": ("2018-03-14", "2018-03-15"), "2018-6M": ("2018-06-14", "2018-06-15"),
        "2018-Q3": ("2018-09-14", "2018-09-17"), "2018": ("2018-12-14", "2018-12-17")}
LATER = ("snv", "skhdt", "stp")  # report on the last day, as the districts do
COMES = {("tuyduc", "2018-Q1"): "2018-03-19", ("sldtbxh", "2018-Q1"): "2018-03-22",
         ("krongno", "2018-6M"): "2018-06-19", ("ttt", "2018"): "2018-12-19",
         ("vpubnd", "2018-Q1"): "2018-03-12", ("ptth", "2018-Q1"): "2018-03-13", ("stttt", "2018-Q1"): "2018-03-13"}
SILENT = [("daksong", "2018-6M"), ("skhcn", "2018-Q3")]
NOTHING = [("bdt", "2018-Q1"), ("bqlkcn", "2018-Q3"), ("baodn", "2018-Q3")]
MAILS = {("dakglong", "2018-Q1"): "fail", ("baodn", "2018-Q1"): "pass", ("krongno", "2018-6M"): "pass"}


def of(docs, id):
    return next(d for d in docs if d.id == id)


def all_documents():
    docs = []
    for period in story.PERIODS:
        for o in offices.EVERYONE:
            if not offices.exists(o.id, period) or (o.id, period) in SILENT:
                continue
            first, last = DAYS[period]
            day = COMES.get((o.id, period), last if o.kind == "huyen" or o.id in LATER else first)
            nothing = (o.id, period) in NOTHING
            docs.append(Document(
                "%s-%s" % (o.id, period), o.id, period, day, [] if nothing else regular(o.id, period), nothing,
                MAILS.get((o.id, period)), headings=o.id == "snv"))
    _first_quarter(docs)
    _half_year(docs)
    _third_quarter(docs)
    return docs


def _said(r, **changes):
    r.said = r.said._replace(**changes)


def _find(doc, code):
    return next(r for r in doc.rows if r.code == code)


def _first_quarter(docs):
    # Sở TT&TT corrects one figure; the second document holds that row and one more.
    first = of(docs, "stttt-2018-Q1")
    second = Document("stttt-2018-Q1-dinh-chinh", "stttt", "2018-Q1", "2018-03-15", [
        row(c, story.says(plan.V1, "stttt", c, "2018-Q1"), "2018-Q1", "stttt") for c in ("1.3.4", "7.1.1")], corrects=True)
    _said(_find(first, "7.1.1"), total=Decimal("215.5"))
    # Sở KH&CN sends a whole second document, which a clerk sets aside and takes back.
    first = of(docs, "skhcn-2018-Q1")
    again = Document("skhcn-2018-Q1-lan-2", "skhcn", "2018-Q1", "2018-03-15", regular("skhcn", "2018-Q1"), corrects=True)
    _said(_find(first, "1.3.4"), total=Decimal("3"))
    # Sở Công Thương sends the figures of another year by mistake.
    wrong = Document("sct-2018-Q1-nham", "sct", "2018-Q1", "2018-03-15", regular("sct", "2018-Q1"), corrects=True)
    for r in wrong.rows:
        if r.code == "1.3.4":
            _said(r, total=Decimal("99"))
        elif r.said.status == "in_progress":
            _said(r, percent=80)
    # Đắk R'lấp writes a code that the plan does not have, with the name of 3.5.1.
    r = _find(of(docs, "dakrlap-2018-Q1"), "3.5.1")
    r.shown_code, r.shown_name = "3.9.1", "3.5.1"
    # What comes after the issue: Đài PT-TH corrects its figure.
    late = Document("ptth-2018-Q1-dinh-chinh", "ptth", "2018-Q1", "2018-04-05", regular("ptth", "2018-Q1"), corrects=True)
    _said(late.rows[0], total=Decimal("26.5"))
    # Sở KH&ĐT tells what it did where it only cooperates.
    of(docs, "skhdt-2018-Q1").rows.append(row("4.1.1", story.read("I20"), "2018-Q1", "skhdt"))
    docs += [second, again, wrong, late]


def _half_year(docs):
    first = of(docs, "snv-2018-6M")
    second = Document("snv-2018-6M-dinh-chinh", "snv", "2018-6M", "2018-06-18", [
        row("1.3.3", story.says(plan.V1, "snv", "1.3.3", "2018-6M"), "2018-6M", "snv")], corrects=True)
    _said(_find(first, "1.3.3"), total=Decimal("54.25"))
    docs.append(second)
    # Sở KH&ĐT says done, and other money, of what Sở Nội vụ leads and is doing.
    of(docs, "skhdt-2018-6M").rows.append(row("1.4.1", story.read("D100 t5 @06-01"), "2018-6M", "skhdt"))
    # Sở Y tế tells of an activity that is not its own.
    of(docs, "syt-2018-6M").rows.append(row("1.3.3", story.read("I50 t3"), "2018-6M", "syt"))
    # Sở Tài chính writes the name of 6.1.2 beside the code 6.1.1.
    _find(of(docs, "stc-2018-6M"), "6.1.1").shown_name = "6.1.2"
    # Gia Nghĩa sends the words of the quarter before.
    r = _find(of(docs, "gianghia-2018-6M"), "7.1.3")
    r.text = text_of(r.said, "2018-Q1")


def _third_quarter(docs):
    # Cư Jút, which cooperates in 1.3.3, has other money than its lead.
    of(docs, "cujut-2018-Q3").rows.append(row("1.3.3", story.read("D100 t30 @08-28"), "2018-Q3", "cujut"))
