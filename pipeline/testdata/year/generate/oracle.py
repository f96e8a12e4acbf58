"""The expected figures, computed from the story by the rules of the project's
written design and by nothing else: neither from the files nor by the program."""

import calendar
from collections import OrderedDict, namedtuple
from datetime import date, timedelta
from decimal import Decimal

import documents
import offices
import plan
import rulings
import story

CLOSES = {"2018-Q1": date(2018, 3, 14), "2018-6M": date(2018, 6, 14), "2018-Q3": date(2018, 9, 14), "2018": date(2018, 12, 14)}
DUE = {"2018-Q1": date(2018, 3, 15), "2018-6M": date(2018, 6, 15), "2018-Q3": date(2018, 9, 17), "2018": date(2018, 12, 17)}
GRACE = {"2018-Q1": date(2018, 3, 20), "2018-6M": date(2018, 6, 20), "2018-Q3": date(2018, 9, 20), "2018": date(2018, 12, 20)}
WHOLE = {"2018-Q1": True, "2018-6M": True, "2018-Q3": False, "2018": True}  # begins with the year
BEFORE = {"2018-Q1": None, "2018-6M": "2018-Q1", "2018-Q3": "2018-6M", "2018": "2018-Q3"}
ADJACENT = {"2018-6M": False, "2018-Q3": True, "2018": False}  # begins the day after the period before closed

Answer = namedtuple("Answer", "office code status percent spent total used carried timing done_on")


def day(s):
    return date(*map(int, s.split("-")))


def add(amounts):
    """The sum of those that are said; None when none is."""
    said = [a for a in amounts if a is not None]
    return sum(said, Decimal(0)) if said else None


def half_up(a, b):
    """a/b as a whole number, halves upwards."""
    return (2 * a + b) // (2 * b)


class Statement:
    def __init__(self, docs, period, revision, as_of, before):
        self.docs = sorted((d for d in docs if d.period == period and d.arrived <= as_of), key=lambda d: d.arrived)
        self.period, self.revision, self.as_of, self.before = period, revision, day(as_of), before
        self.plan = plan.PLAN[plan.VERSION[period]]
        self.rulings = rulings.in_force(period)
        self.asks = OrderedDict((c, offices.asked(self.plan, c, period)) for c in self.plan)
        self.expects = OrderedDict()
        for o in offices.EVERYONE:
            codes = [c for c in self.asks if o.id in self.asks[c]]
            if codes:
                self.expects[o.id] = codes
        self.aside = OrderedDict()  # reason: rows
        self.money = {"spent": {"in": Decimal(0), "aside": Decimal(0)}, "total": {"in": Decimal(0), "aside": Decimal(0)}}
        self.rows_read = self.rows_used = 0
        self.corrections, self.corrected = 0, Decimal(0)
        self.read_rows()
        self.answer()
        self.judge()

    # Which row counts

    def ruled(self, kind, doc, code=""):
        return any(r.kind == kind and r.document == doc.id and r.row == code for r in self.rulings)

    def put_aside(self, reason, row):
        self.aside[reason] = self.aside.get(reason, 0) + 1
        if row:
            self.money["spent"]["aside"] += row.said.spent or 0
            self.money["total"]["aside"] += row.said.total or 0

    def read_rows(self):
        self.counting = {o: [] for o in self.expects}
        self.waiting = set()  # documents that wait
        newest = {}  # (office, code): (doc, row)
        for d in self.docs:
            for _ in d.heading_rows():
                self.rows_read += 1
                self.put_aside("heading", None)
            self.rows_read += len(d.rows)
            for r in d.rows:
                self.money["spent"]["in"] += r.said.spent or 0
                self.money["total"]["in"] += r.said.total or 0
            whole = None
            if self.ruled("set-aside", d):
                whole = "set-aside"
            elif d.mail == "fail" and not self.ruled("release", d):
                whole, _ = "held-document", self.waiting.add(d.office)
            if whole:
                for r in d.rows:
                    self.put_aside(whole, r)
                continue
            self.counting[d.office].append(d)
            if d.nothing:
                for c in self.expects[d.office]:
                    newest[d.office, c] = (d, None)
            for r in d.rows:
                if r.unknown and not self.ruled("assign", d, r.code):
                    self.put_aside("unknown-activity", r)
                elif d.office in self.asks[r.code]:
                    if r.held and not self.ruled("release", d, r.code):
                        self.put_aside("held", r)
                        continue
                    old = newest.get((d.office, r.code))
                    if old and old[1]:
                        self.put_aside("superseded", old[1])
                    newest[d.office, r.code] = (d, r)
                elif d.office in plan.PARTNERS.get(r.code, []):
                    self.put_aside("partner", r)
                else:
                    self.put_aside("not-expected", r)
        self.newest = newest
        self.rows_used = sum(1 for _, r in newest.values() if r)

    # What it says

    def answer(self):
        self.answers = OrderedDict()
        for code, asked in self.asks.items():
            self.answers[code] = [self.one(office, code) for office in asked]

    def one(self, office, code):
        _, row = self.newest.get((office, code), (None, None))
        past = self.past(office, code)
        if (office, code) not in self.newest:
            return self.with_used(Answer(office, code, "", None, None, None, None, None, "", None), past)
        if row is None:
            return self.with_used(Answer(office, code, "nil", None, None, None, None, None, "", None), past)
        s = row.said
        a = Answer(office, code, s.status, s.percent, s.spent, s.total, None, None, "", s.done_on)
        for r in self.rulings:
            if r.kind == "correct" and (r.agency, r.activity) == (office, code):
                if r.figure != "spent_total" or a.total != Decimal(r.before):
                    raise SystemExit("the story corrects cumulative money only, and what stands there: %r" % (r,))
                self.corrected += Decimal(r.value) - a.total
                a = a._replace(total=Decimal(r.value))
                self.corrections += 1
        if a.status == "done" and a.done_on and day(a.done_on) > CLOSES[self.period]:
            a = a._replace(status="in_progress")  # belongs to the next period
        return self.with_used(a, past)

    def past(self, office, code):
        """What the office had used by the period before, and where that was told; what
        it took over had used counts as its own: money does not vanish by a merger."""
        if not self.before:
            return None
        own = self.before.used.get((office, code))
        if office != offices.INTO or offices.exists(offices.MERGED, self.period):
            return own
        other = self.before.used.get((offices.MERGED, code))
        return (own[0] + other[0], own[1]) if own and other else own or other

    def with_used(self, a, past):
        if a.total is not None:
            return a._replace(used=a.total)
        if a.spent is not None:
            if WHOLE[self.period]:
                return a._replace(used=a.spent)
            if past and ADJACENT[self.period]:
                return a._replace(used=past[0] + a.spent)
            return a
        if past:
            return a._replace(used=past[0], carried=past[1])
        return a

    # How it stands

    def timing(self, code, status, done_on):
        _, first, last, _ = self.plan[code]
        closes = CLOSES[self.period]
        if not last:
            return "no_limit"
        if status == "nil":  # nothing that could be late
            return ""
        begins, ends = date(2018, first, 1), date(2018, last, calendar.monthrange(2018, last)[1])
        if status == "done":
            if not done_on:  # judged as it stands at the cut-off; afterwards nobody can tell
                return "early" if closes < date(2018, last, 1) else "on_time" if closes <= ends else ""
            d = day(done_on)
            return "late" if d > ends else "on_time" if d >= date(2018, last, 1) else "early"
        return "overdue" if closes > ends else "not_due" if closes < begins else "running"

    def judge(self):
        self.lines, self.used = [], {}
        for code, answers in self.answers.items():
            answers = [a._replace(timing=self.timing(code, a.status, a.done_on)) for a in answers]
            self.answers[code] = answers
            for a in answers:
                if a.used is not None:
                    self.used[a.office, code] = (a.used, a.carried or self.period)
            group = self.plan[code][0] in ("all", "districts")
            line = {"code": code, "budget": self.plan[code][3], "spent": add(a.spent for a in answers),
                    "total": add(a.total for a in answers), "used": add(a.used for a in answers),
                    "percent": None if group else answers[0].percent, "done": "", "answered": "", "expected": ""}
            if group:
                line["progress"] = self.together(answers)
                done = [a for a in answers if a.status == "done"]
                line["done"], line["expected"] = len(done), len(answers)
                line["answered"] = sum(1 for a in answers if a.status)
                latest = max((a.done_on for a in done), default=None)
                line["timing"] = self.timing(code, line["progress"], latest)
            else:
                line["progress"], line["timing"] = answers[0].status, answers[0].timing
            line["target"], line["met"] = plan.TARGET.get(code), self.met(code, answers)
            self.lines.append(line)

    def met(self, code, answers):
        """Against the number of the indicator, as templates/rules.yaml prints the rule."""
        target = plan.TARGET.get(code)
        if target is None:
            return ""
        asked = [a for a in answers if a.status != "nil"]
        if asked and all(a.percent is not None and a.percent >= target for a in asked):
            return "met"
        below = [a for a in asked if a.percent is not None and a.percent < target]
        return "not_met" if any(a.status == "done" for a in below) or below and self.fell_due(code) else "not_measurable"

    @staticmethod
    def together(answers):
        """While anybody is silent nothing is final; where nothing arises nothing hinders."""
        said = [a.status for a in answers if a.status]
        if not said:
            return ""
        counts = [s for s in said if s != "nil"]
        if not counts:
            return "nil" if len(said) == len(answers) else "in_progress"
        if all(s == "done" for s in counts) and len(said) == len(answers):
            return "done"
        if all(s == "not_started" for s in counts):
            return "not_started"
        return "in_progress"

    # Sums

    def sum(self, code, lines):
        count = lambda *ps: sum(1 for l in lines if l["progress"] in ps)
        return OrderedDict([
            ("code", code), ("activities", len(lines)), ("done", count("done")), ("in_progress", count("in_progress")),
            ("not_started", count("not_started")), ("paused", count("paused", "nil")), ("not_reported", count("")),
            ("overdue", sum(1 for l in lines if l["timing"] == "overdue")),
            ("budget", add(l["budget"] for l in lines)), ("spent", add(l["spent"] for l in lines)),
            ("spent_total", add(l["total"] for l in lines)), ("used", add(l["used"] for l in lines)),
            ("used_planned", add(l["used"] for l in lines if l["budget"] is not None))])

    def fields(self):
        rows = [self.sum(f, [l for l in self.lines if plan.field(l["code"]) == f]) for f in plan.FIELDS]
        return rows + [self.sum("total", self.lines)]

    def results(self):
        codes = list(OrderedDict.fromkeys(plan.result(l["code"]) for l in self.lines))
        return [self.sum(r, [l for l in self.lines if plan.result(l["code"]) == r]) for r in codes]

    def leads(self):
        """Each office by its own answers; a budget only where it leads alone."""
        rows = []
        for o, codes in self.expects.items():
            own = []
            for c in codes:
                a = next(a for a in self.answers[c] if a.office == o)
                alone = self.plan[c][0] == o
                own.append({"progress": a.status, "timing": a.timing, "budget": self.plan[c][3] if alone else None,
                            "spent": a.spent, "total": a.total, "used": a.used})
            rows.append(self.sum(o, own))
        return rows

    # Who has reported

    def agencies(self):
        rows = []
        for o, codes in self.expects.items():
            docs = self.counting[o]
            due = DUE[self.period]
            for r in self.rulings:
                if r.kind == "extend" and r.agency == o:
                    due = day(r.until)
            reported = sum(1 for c in codes for a in self.answers[c] if a.office == o and a.status)
            waived = any(r.kind == "waive-gap" and r.agency == o for r in self.rulings)
            if docs:
                state = "nil" if docs[-1].nothing else "accepted"
                arrived = day(docs[0].arrived)
            else:
                state = "held" if o in self.waiting else "waived" if waived else "missing"
                arrived = self.as_of
            late = bool(docs) and arrived > due
            days = (arrived - due).days if late or not docs else 0
            rows.append(OrderedDict([
                ("agency", o), ("state", state), ("late", "yes" if late else "no"), ("days_late", days),
                ("version", len(docs)), ("expected", len(codes)), ("reported", reported), ("due", due.isoformat())]))
        return rows

    # Who comes first: 30 for timeliness, 30 for completeness, 40 for completion

    def ranks(self):
        rows = []
        for row in self.agencies():
            o = row["agency"]
            grace = max(GRACE[self.period], day(row["due"])) if row["due"] == DUE[self.period].isoformat() else day(row["due"])
            docs = self.counting[o]
            timeliness = None if row["state"] == "waived" else 0  # of whom the period does without it cannot be told
            if docs:
                arrived = day(docs[0].arrived)
                timeliness = 100 if arrived <= day(row["due"]) else 50 if arrived <= grace else 0
            completeness = half_up(100 * row["reported"], row["expected"])
            due = [a for c in self.expects[o] for a in self.answers[c] if a.office == o and self.fell_due(c)]
            completion = half_up(100 * sum(1 for a in due if a.status == "done"), len(due)) if due else None
            parts = [(30, timeliness), (30, completeness), (40, completion)]
            told = [(w, p) for w, p in parts if p is not None]
            points = half_up(sum(w * p for w, p in told), sum(w for w, _ in told))
            grade = next(name for name, least in (("Tốt", 80), ("Khá", 65), ("Trung bình", 50), ("Yếu", 0)) if points >= least)
            rows.append(OrderedDict([("agency", o), ("timeliness", timeliness), ("completeness", completeness),
                                     ("completion", completion), ("points", points), ("grade", grade)]))
        for r in rows:
            r["place"] = 1 + sum(1 for other in rows if other["points"] > r["points"])
        return sorted(rows, key=lambda r: r["place"])

    def fell_due(self, code):
        last = self.plan[code][2]
        return last != 0 and date(2018, last, calendar.monthrange(2018, last)[1]) <= CLOSES[self.period]

    # That nothing was lost

    def control(self):
        rows = OrderedDict([("documents", len(self.docs)), ("rows_read", self.rows_read), ("rows_used", self.rows_used)])
        for reason in sorted(self.aside):
            rows["aside:" + reason] = self.aside[reason]
        for column in ("spent", "total"):
            m = self.money[column]
            corrected = self.corrected if column == "total" else Decimal(0)
            rows[column + "_in"], rows[column + "_corrected"], rows[column + "_aside"] = m["in"], corrected, m["aside"]
            rows[column + "_used"] = m["in"] + corrected - m["aside"]
        rows["carried"] = sum(1 for answers in self.answers.values() for a in answers if a.carried)
        rows["corrected"] = self.corrections
        agencies = self.agencies()
        rows["expected"] = len(agencies)
        rows["received"] = sum(1 for a in agencies if a["state"] in ("accepted", "nil"))
        rows["late"] = sum(1 for a in agencies if a["late"] == "yes")
        rows["missing"] = rows["expected"] - rows["received"]
        if self.rows_read != self.rows_used + sum(self.aside.values()):
            raise SystemExit("%s r%d: rows do not balance" % (self.period, self.revision))
        return rows

    def carried(self):
        """office, code, used, period: whose money comes from an earlier document."""
        return [(a.office, a.code, a.used, a.carried) for answers in self.answers.values() for a in answers if a.carried]


def year(docs):
    """The statements as they were issued, each compared with the last one issued before it."""
    statements, issued = [], {}
    for _, step, period, revision, as_of, _ in rulings.ISSUES:
        if step == "issue":
            s = Statement(docs, period, revision, as_of, issued.get(BEFORE[period]))
            issued[period] = s
            statements.append(s)
    return statements
