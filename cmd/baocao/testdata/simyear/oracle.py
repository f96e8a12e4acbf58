"""Which letters must go out, by the rules in the README; and the stories, written down.

It shares nothing with the program but the words of its manual.
"""
import pathlib
import sys
from datetime import date

from rules import BEGIN, END, QUARTER, TERMS, at, days, entries
from story import ABOVE, ADDRESS, AGENCIES, VARIANTS, story

CLERK, UBND, MINISTRY = "canbo@daknong.example", "vanthu@ubnd.example", "cchc@bonoivu.example"
ACCEPTED = {"form", "own", "zip", "mend", "change", "again"}
ANSWERS = {**dict.fromkeys(ACCEPTED, "accepted"), "nil": "nil", "blank": "rejected", "check": "check"}
STEPS = ["before", "due", "after", "escalate"]


class Office:
    """The office as its rules would have it; the clock is given to each method."""

    def __init__(self, variant):
        self.acts = story(variant)
        self.on, self.up, self.refused = True, True, set()
        self.mails = []  # (moment, who, what, period): to be answered
        self.documents = {t.period: {} for t in TERMS}  # by agency: (moment, outcome)
        self.due = {}  # extended due days, by period and agency
        self.revision = {t.period: 0 for t in TERMS}
        self.issued = set()
        self.reminded = {}  # (period, agency): {step: day}
        self.waiting, self.letters, self.written = [], [], []
        self.todo, self.open = entries(), {}  # open: deliveries that wait for the issue

    # Letters.

    def post(self, now, kind, period, to):
        self.waiting.append((kind, period, to))

    def flush(self, now):
        if not self.up:
            return
        for kind, period, to in self.waiting:
            if to.split("@")[0] in self.refused:
                self.tell(now, "letters", "forms" if kind == "form" else "remind", period)
                continue
            self.letters.append((now, kind, period, to))
        self.waiting = []

    def tell(self, now, what, job, period):
        self.letters.append((now, "job-%s:%s" % (what, job), period, CLERK))

    # What is known of an agency.

    def state(self, period, agency, until):
        outcomes = {o for when, o in self.documents[period].get(agency, []) if when <= until}
        for state in ("accepted", "nil", "held", "rejected"):
            if state in outcomes:
                return "reported" if state in ("accepted", "nil") else state
        return "missing"

    def document(self, period, agency, when, outcome):
        self.documents[period].setdefault(agency, []).append((when, outcome))

    # What the schedule does.

    def tick(self, now):
        due = [e for e in self.todo if e[0] <= now]
        self.todo = [e for e in self.todo if e[0] > now]
        self.answer(now)
        for i, (when, job, t, until) in enumerate(due):
            if now - when > QUARTER:
                if any(l[1] == job and l[2] is t for l in due[i + 1:]):
                    continue  # its later time stands for it
                if now > until:
                    self.tell(now, "missed", job, t.period)
                    continue
            getattr(self, job)(now, t)
        for period in [p for p in self.open if p in self.issued]:
            del self.open[period]
            self.hand_over(now, period)
        self.flush(now)

    def answer(self, now):
        for when, who, what, period in self.mails:
            if what in ANSWERS and now - when <= days(7):
                self.post(now, ANSWERS[what], period, ADDRESS[who])
        self.mails = []

    def forms(self, now, t):
        for a in AGENCIES:
            if a in ADDRESS:
                self.post(now, "form", t.period, ADDRESS[a])

    def remind(self, now, t):
        if t.period in self.issued:
            return
        today = now.date()
        for a in AGENCIES:
            if self.state(t.period, a, now) in ("reported", "held"):
                continue
            steps = self.reminded.setdefault((t.period, a), {})
            step = self.step(t, a, today, steps)
            if step == "escalate" and a not in ABOVE:
                step = "after"  # nobody is above it: it is told itself
            if step is None or any(s in steps for s in STEPS[STEPS.index(step):]):
                continue
            to = ([ADDRESS[a]] if a in ADDRESS else []) + (ABOVE[a] if step == "escalate" else [])
            if to:
                steps[step] = today
            for address in to:
                self.post(now, step, t.period, address)

    def step(self, t, a, today, steps):
        due = self.due.get((t.period, a), t.due)
        if today < due:
            return None if due > t.due and today <= t.due else "before"
        if today == due:
            return "due"
        grace = max(due, t.grace)  # an extension moves what lies before its day to it
        reminded = "after" in steps and steps["after"] < today
        return "escalate" if reminded or today >= grace else "after"

    def draft(self, now, t):
        if t.period in self.issued:
            return
        until = min(now, at(t.lock, "23:59"))
        n = sum(self.state(t.period, a, until) == "reported" for a in AGENCIES)
        self.post(now, "draft %d/%d" % (n, len(AGENCIES)), t.period, CLERK)

    def deliver(self, now, t):
        if t.period in self.issued:
            self.hand_over(now, t.period)
        else:
            self.open[t.period] = True
            self.tell(now, "waiting", "deliver", t.period)

    def hand_over(self, now, period):
        for to in [UBND] + ([MINISTRY] if period in ("2018-6M", "2018") else []):
            self.post(now, "delivery r%d" % self.revision[period], period, to)

    # What people do.

    def act(self, now, who, what, period, detail):
        self.written.append((now, who, what, period, detail))
        if what in ANSWERS or what in ("away", "bounce", "stranger", "forged"):
            self.mails.append((now, who, what, period))
        if what in ACCEPTED:
            self.document(period, who, now, "accepted")
        elif what in ("nil", "blank"):
            self.document(period, who, now, ANSWERS[what])
        elif what == "stranger":
            self.document(period, who, now, "held")
        elif what == "drop":
            self.document(period, detail, now, "accepted")
        elif what == "release":
            self.documents[period][detail] = [(w, "accepted") for w, _ in self.documents[period][detail]]
        elif what == "extend":
            agency, until = detail.split()
            self.due[period, agency] = date.fromisoformat(until)
        elif what == "waive":
            lock = next(at(t.lock, "23:59") for t in TERMS if t.period == period)
            silent = [a for a in AGENCIES if self.state(period, a, lock) != "reported"]
            self.written[-1] = (now, who, what, period, " ".join(silent))
        elif what == "approve":
            self.issued.add(period)
            self.revision[period] += 1
        elif what == "reopen":
            self.issued.discard(period)
        elif what == "deliver":
            self.hand_over(now, period)
            self.flush(now)
        elif what == "send-forms":
            self.forms(now, next(t for t in TERMS if t.period == period))
            self.flush(now)
        elif what == "post-again":
            self.letters.append((now, "form", period, ADDRESS[detail]))
        elif what in ("refuse", "admit"):
            (self.refused.add if what == "refuse" else self.refused.discard)(detail)
        elif what in ("up", "down"):
            self.up = what == "up"
        elif what in ("on", "off"):
            self.on = what == "on"

    def live(self):
        now, acts = BEGIN, list(self.acts)
        while now <= END:
            while acts and acts[0][0] <= now:
                self.act(*acts.pop(0))
            if self.on:
                self.tick(now)
            now += QUARTER
        return self


def table(rows):
    return "".join("%s | %s\n" % (r[0].strftime("%Y-%m-%d %H:%M"), " | ".join(r[1:])) for r in rows)


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__ + "/..").resolve()
    for variant in VARIANTS:
        office = Office(variant).live()
        (folder / (variant + ".story.txt")).write_text(table(office.written))
        (folder / (variant + ".letters.txt")).write_text(table(sorted(office.letters)))
        print(variant, len(office.written), "acts,", len(office.letters), "letters", file=sys.stderr)


main()
