"""An office's report as a grid: the opening, the table in the office's own
shape, the signature. While it lays rows out it notes what each row says, which
is the ground truth."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Optional

from columns import UNIT, code_cell, columns, date_cell, money_cell, percent_cell, plain, spoken
from grid import Grid, Style, Sum, letter
from members import pick
from offices import PROVINCE, WORDS
from story import Step

TITLE_PERIOD = {"2018-Q1": ("quý I năm 2018", "Quý I/2018"), "2018-6M": ("6 tháng đầu năm 2018", "6 tháng đầu năm 2018"),
                "2018-Q3": ("quý III năm 2018", "Quý III/2018"), "2018": ("năm 2018", "Năm 2018")}

HEAD = Style(bold=True, h="center", wrap=True, border=True, fill="D9E2F3")
BODY = Style(v="top", wrap=True, border=True)
MID = Style(h="center", v="top", wrap=True, border=True)
GROUP = Style(bold=True, wrap=True, border=True)
LINE = Style(size=12, h="center")
BOLD = Style(bold=True, size=12, h="center")


@dataclass
class Line:
    """One row about one activity, before it is written."""

    activity: str
    step: Step
    spent: Optional[Decimal]  # in the period, triệu đồng
    difficulty: str = ""
    proposal: str = ""
    evidence: str = ""
    role: str = "lead"  # lead, member, partner, none
    shown_code: str = ""  # written instead of activity
    shown_name: str = ""  # written instead of the plan's
    shown_money: str = ""  # written instead of spent
    unknown: bool = False  # the code means no activity: no entry comes of it
    held: bool = False  # a clerk must decide: code and text disagree


@dataclass
class Letter:
    """What stands round the table."""

    office: object
    period: str
    ref: str  # "45/BC-STP"; empty in an opening that has none
    day: date
    corrects: str = ""  # "Báo cáo số …", which this one replaces
    nothing: bool = False  # the whole says không phát sinh


@dataclass
class Truth:
    entries: list
    set_aside: list  # {"row", "kind"}: rows of the table that are no entry
    unreadable: list  # {"row", "activity", "got"}: words where money is asked for


class Builder:
    def __init__(self, plan, letter_):
        self.plan, self.letter, self.habit = plan, letter_, letter_.office.habit
        self.grid = Grid(self.habit.sheet, self.habit.empty_sheets)
        self.columns = columns(self.habit, letter_.period)
        self.keys = [c[0] for c in self.columns]
        self.width = len(self.columns)
        self.truth = Truth([], [], [])

    # The opening

    def opening(self):
        for i, (_, _, _, width) in enumerate(self.columns, 1):
            self.grid.widths[i] = width
        {"day-du": self._letterhead, "phu-luc": self._annex, "gon": self._short}[self.habit.opening]()
        if self.habit.caption:
            self._line("Đơn vị tính: %s" % UNIT[self.habit.unit], Style(italic=True, h="right"))

    def _line(self, text, style=LINE, left=1, right=None):
        g = self.grid
        g.put(g.row, left, text, style, to_col=right or self.width)
        g.row += 1

    def _letterhead(self):
        g, o, half = self.grid, self.letter.office, self.width * 2 // 5
        right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
        left = list(o.head)
        for i in range(max(len(left), len(right))):
            if i < len(left):
                g.put(g.row, 1, left[i], LINE if left[i] in (PROVINCE, "TỈNH ỦY ĐẮK NÔNG") else BOLD, to_col=half)
            if i < len(right):
                g.put(g.row, half + 1, right[i], BOLD, to_col=self.width)
            g.row += 1
        g.put(g.row, 1, "Số: " + self.letter.ref, LINE, to_col=half)
        g.put(g.row, half + 1, "%s, ngày %s" % (o.place, spoken(self.letter.day)), Style(italic=True, size=12, h="center"),
              to_col=self.width)
        g.row += 2
        self._line("BÁO CÁO", Style(bold=True, size=14, h="center"))
        self._line(self._title(), Style(bold=True, size=13, h="center"))
        if self.letter.corrects:
            self._line("(Bản đính chính, thay thế %s)" % self.letter.corrects, Style(italic=True, size=12, h="center"))
        if pick(2, o.id, "kinh-gui"):
            self._line("Kính gửi: %s tỉnh Đắk Nông" % ("Ủy ban nhân dân" if o.id == "snv" else "Sở Nội vụ"))
        g.row += 1

    def _title(self):
        period = TITLE_PERIOD[self.letter.period]
        return ["Kết quả thực hiện Kế hoạch CCHC %s" % period[0],
                "Tình hình, kết quả thực hiện công tác cải cách hành chính %s" % period[0],
                "Kết quả thực hiện công tác CCHC %s" % period[1][0].lower() + period[1][1:],
                ][pick(3, self.letter.office.id, "title")]

    def _annex(self):
        day = self.letter.day
        self._line("PHỤ LỤC", BOLD)
        self._line("KẾT QUẢ THỰC HIỆN KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH " + TITLE_PERIOD[self.letter.period][0].upper(), BOLD)
        self._line("(Kèm theo Báo cáo số %s ngày %s của %s)" % (
            self.letter.ref, day.strftime("%d/%m/%Y"), self.letter.office.name), Style(italic=True, size=12, h="center"))
        self.grid.row += 1

    def _short(self):
        self._line("BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH TỈNH", Style(bold=True, size=13, h="center"))
        self._line("Đơn vị báo cáo: " + self.letter.office.name, LINE)
        self._line("Kỳ báo cáo: " + TITLE_PERIOD[self.letter.period][1], LINE)
        self.grid.row += 1

    # The table

    def header(self):
        g, first = self.grid, self.grid.row
        two = any(sub for _, _, sub, _ in self.columns)
        col = 1
        while col <= self.width:
            _, heading, sub, _ = self.columns[col - 1]
            last = col
            while sub and last < self.width and self.columns[last][1] == heading and self.columns[last][2]:
                last += 1
            if sub:
                g.put(first, col, heading, HEAD, to_col=last)
                for c in range(col, last + 1):
                    g.put(first + 1, c, self.columns[c - 1][2], HEAD)
            else:
                g.put(first, col, heading, HEAD, to_row=first + two)
            col = last + 1
        g.row += 1 + two
        if self.habit.layout in ("quyet-dinh", "ca-bang"):
            for c in range(1, self.width + 1):
                g.put(g.row, c, "(%d)" % c, Style(italic=True, h="center", border=True))
            self._aside("numbering")
        g.repeat = (first, g.row - 1)

    def _aside(self, kind, **more):
        self.truth.set_aside.append(dict(row=self.grid.row, kind=kind, **more))
        self.grid.row += 1

    def field(self, code):
        name = self.plan.fields[code]
        if self.habit.layout in ("quyet-dinh", "ca-bang"):
            self._group("LĨNH VỰC " + code, name)
        elif self.keys[0] == "code":
            self._group(code, name)
        else:
            self.grid.put(self.grid.row, 1, "LĨNH VỰC %s. %s" % (code, name), GROUP, to_col=self.width)
        self._aside("field")

    def result(self, code):
        g, (name, indicator) = self.grid, self.plan.results[code]
        if self.habit.layout in ("quyet-dinh", "ca-bang"):
            g.put(g.row, 1, "Kết quả " + code, GROUP)
            g.put(g.row, 2, name, GROUP)
            g.put(g.row, 3, indicator, GROUP, to_col=self.width)
        else:
            g.put(g.row, 1, "Kết quả %s. %s" % (code, name), GROUP._replace(italic=True), to_col=self.width)
        self._aside("result")

    def _group(self, label, name):
        self.grid.put(self.grid.row, 1, label, GROUP)
        self.grid.put(self.grid.row, 2, name, GROUP, to_col=self.width)

    def block(self, text):
        self.grid.put(self.grid.row, 1, text, GROUP, to_col=self.width)
        self._aside("block")

    def unfilled(self, activity):
        self._plan_cells(activity, code_cell(activity, self.habit), activity.name)
        for c in range(1, self.width + 1):
            self.grid.cells.setdefault((self.grid.row, c), ("", BODY))
        self._aside("unfilled", activity=activity.code)

    def _plan_cells(self, activity, code, name):
        habit = self.habit
        if habit.layout == "ma-trong-noi-dung":
            name = "Hoạt động %s: %s" % (code, name)
        budget = money_cell(activity.budget, habit)
        if habit.layout in ("quyet-dinh", "ca-bang"):  # the plan's own column stays in triệu đồng
            budget = ("" if activity.budget is None else int(activity.budget), "General")
        for key, value, style in [
                ("code", code, MID), ("name", name, BODY), ("indicator", activity.indicator, BODY),
                ("verify", activity.evidence, BODY), ("budget", budget[0], MID._replace(fmt=budget[1])),
                ("who", activity.responsibility, BODY), ("start", activity.start, MID), ("end", activity.end, MID),
                ("note", activity.note, BODY)]:
            self._cell(key, value, style)

    def _cell(self, key, value, style):
        if key in self.keys:
            self.grid.put(self.grid.row, self.keys.index(key) + 1, value, style)

    def line(self, line, number):
        habit, step = self.habit, line.step
        activity = self.plan.activities[line.activity]
        code = line.shown_code or code_cell(activity, habit)
        self._plan_cells(activity, code, line.shown_name or activity.name)
        percent, percent_fmt, said = percent_cell(step.percent, habit)
        spent, spent_fmt = money_cell(line.spent, habit)
        total, total_fmt = money_cell(step.total, habit)
        day, day_fmt = date_cell(step.done_on, habit)
        for key, value, style in [
                ("stt", number, MID), ("text", step.text, BODY), ("status", WORDS[habit.words][step.status], MID),
                ("percent", percent, MID._replace(fmt=percent_fmt)),
                ("spent", line.shown_money or spent, MID._replace(h="right", fmt=spent_fmt)),
                ("total", total, MID._replace(h="right", fmt=total_fmt)),
                ("done_on", day, MID._replace(fmt=day_fmt)), ("difficulty", line.difficulty, BODY),
                ("proposal", line.proposal, BODY), ("evidence", line.evidence, BODY)]:
            self._cell(key, value, style)
        has = self.keys.__contains__
        says = lambda key, amount: plain(amount) if has(key) and amount is not None else None
        row = {"activity": line.activity, "role": line.role,
               "status": {"not_due": "not_started"}.get(step.status, step.status), "percent": said,
               "spent": None if line.shown_money else says("spent", line.spent), "spent_total": says("total", step.total),
               "done_on": step.done_on if has("done_on") else None, "text": step.text,
               "sheet": self.grid.sheet, "row": self.grid.row}
        if line.shown_money:
            self.truth.unreadable.append({"row": self.grid.row, "activity": line.activity, "got": line.shown_money})
        if line.held:
            row["held"] = True
        if line.unknown:
            self._aside("unknown", got=code, meant=line.activity)
            return
        self.truth.entries.append(row)
        self.grid.row += 1

    def total(self, label, kind, spans, sums):
        """A total row: spans are the rows added up, sums the amounts by key."""
        g = self.grid
        for c in range(1, self.width + 1):
            g.put(g.row, c, "", GROUP)
        money = [self.keys.index(k) + 1 for k in ("budget", "spent", "total") if k in self.keys]
        last = 2 if self.habit.layout in ("quyet-dinh", "ca-bang") else min(money) - 1
        g.put(g.row, 1, label, GROUP._replace(h="center"), to_col=last)
        for key in ("budget", "spent", "total"):
            if key not in self.keys:
                continue
            if key == "budget" and self.habit.layout in ("quyet-dinh", "ca-bang"):
                value, fmt = int(sums[key]), "General"
            else:
                value, fmt = money_cell(sums[key], self.habit)
            if self.habit.engine in ("lo-fods", "xlsxwriter") and not isinstance(value, str):
                value = Sum(tuple(spans), value)
            self._cell(key, value, GROUP._replace(h="right", fmt=fmt))
        self._aside(kind)

    # The end

    def signature(self):
        g, o, half = self.grid, self.letter.office, self.width // 2
        if self.habit.opening == "phu-luc":
            return
        g.row += 1
        left = ["Nơi nhận:", "- UBND tỉnh (b/c);" if o.id == "snv" else "- Sở Nội vụ (t/h);", "- Lãnh đạo đơn vị;", "- Lưu: VT."]
        right = list(o.signer) + [""] * (2 if len(o.signer) < 3 else 1) + ["(Đã ký)"]
        for i in range(max(len(left), len(right))):
            if i < len(left):
                g.put(g.row, 1, left[i], Style(size=11, bold=i == 0, italic=i == 0), to_col=half)
            if i < len(right) and right[i]:
                g.put(g.row, half + 1, right[i], BOLD, to_col=self.width)
            g.row += 1


def build(plan, letter_, own, partner):
    """The grid of a report and what its rows say. own and partner are Lines in
    the order of the table."""
    b = Builder(plan, letter_)
    b.opening()
    if letter_.nothing:
        period = TITLE_PERIOD[letter_.period][1]
        b._line("Trong %s đơn vị không phát sinh nội dung báo cáo." % (period[0].lower() + period[1:]), Style(size=12))
        b.signature()
        return b.grid, b.truth
    b.header()
    if partner:
        b.block("A. NHIỆM VỤ CHỦ TRÌ THỰC HIỆN")
    _body(b, own)
    if partner:
        b.block("B. NHIỆM VỤ PHỐI HỢP THỰC HIỆN")
        for number, line in enumerate(partner, 1):
            b.line(line, number)
    b.signature()
    return b.grid, b.truth


def _body(b, own):
    """The rows of the first block, with group and total rows as the office has them."""
    whole = b.habit.layout == "ca-bang"
    lines = {l.activity: l for l in own}
    order = [a for a in b.plan.activities.values() if whole or a.code in lines]
    if len(lines) < len(own):
        raise ValueError("an activity stands twice")
    number, field, result, spans, all_spans, span = 0, "", "", [], [], 0
    sums, grand = _zero(), _zero()

    def close():
        if field and b.habit.total and b.habit.layout in ("quyet-dinh", "ca-bang"):
            spans.append((b.grid.row, b.grid.row))
            b.total("Tổng", "total", [(span, b.grid.row - 1)], sums)

    for a in order:
        if a.field != field:
            close()
            field, sums = a.field, _zero()
            if b.habit.groups != "khong":
                b.field(field)
            span = b.grid.row
        if a.result != result:
            result = a.result
            if b.habit.groups == "lv-kq":
                b.result(result)
        all_spans.append((b.grid.row, b.grid.row))
        number += 1
        if a.code in lines:
            line = lines[a.code]
            for s in (sums, grand):
                s["spent"] += line.spent or 0
                s["total"] += line.step.total or 0
            b.line(line, number)
        else:
            b.unfilled(a)
        for s in (sums, grand):
            s["budget"] += a.budget or 0
    close()
    if b.habit.total:
        rows = spans or [(all_spans[0][0], all_spans[-1][0])]
        b.total("Tổng cộng", "total", rows, grand)


def _zero():
    return {"budget": Decimal(0), "spent": Decimal(0), "total": Decimal(0)}


def reference(sum_, col):
    """The formula of a Sum in column col, as Excel writes it."""
    parts = ["%s%d:%s%d" % (letter(col), a, letter(col), z) if a != z else "%s%d" % (letter(col), a)
             for a, z in sum_.cells]
    return "SUM(%s)" % ",".join(parts)
