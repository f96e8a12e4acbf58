"""The calendar of 2018 and the schedule, typed in from the written rules.

Terms: Công văn 581/BNV-CCHC (closing days) and the example that ships: due the first working
day after the closing day, three working days of grace, lock on the 20th. Holidays: those of
2018 by templates/calendar.yaml. Jobs: templates/schedule.yaml.
"""
from datetime import date, datetime, time, timedelta

HOLIDAYS = {date(2018, 1, 1), date(2018, 4, 25), date(2018, 4, 30), date(2018, 5, 1),
            date(2018, 9, 2), date(2018, 9, 3), date(2019, 1, 1)}
HOLIDAYS |= {date(2018, 2, d) for d in range(14, 21)}  # Tết Mậu Tuất

CLOSES = {"2018-Q1": date(2018, 3, 14), "2018-6M": date(2018, 6, 14), "2018-Q3": date(2018, 9, 14), "2018": date(2018, 12, 14)}

BEGIN, END = datetime(2018, 1, 1), datetime(2019, 1, 15)
QUARTER = timedelta(minutes=15)


def works(d):
    return d.weekday() < 5 and d not in HOLIDAYS


def working(d, n):
    """The day n working days after d, or before it."""
    while n:
        d += timedelta(days=1 if n > 0 else -1)
        if works(d):
            n -= 1 if n > 0 else -1
    return d


class Term:
    def __init__(self, period):
        self.period, self.closes = period, CLOSES[period]
        self.due = working(self.closes, 1)
        self.grace = working(self.due, 3)
        self.lock = self.closes.replace(day=20)
        self.issue = working(self.lock, 1)


TERMS = [Term(p) for p in CLOSES]


def at(d, hhmm):
    return datetime.combine(d, time(int(hhmm[:2]), int(hhmm[3:])))


def days(n):
    return timedelta(days=n)


# (job, its moment in a term, how long it may be made up for)
JOBS = [
    ("forms", lambda t: at(working(t.closes, -5), "08:00"), days(5)),
    ("remind", lambda t: at(working(t.due, -1), "08:00"), days(1)),
    ("remind", lambda t: at(t.due, "14:00"), days(1)),
    ("remind", lambda t: at(working(t.due, 1), "08:00"), days(1)),
    ("remind", lambda t: at(working(t.due, 2), "08:00"), days(3)),
    ("draft", lambda t: at(working(t.due, 1), "07:30"), days(3)),
    ("draft", lambda t: at(working(t.lock, 1), "07:30"), days(5)),
    ("deliver", lambda t: at(t.issue, "14:00"), days(14)),
]


def entries():
    """What the schedule holds for the year, by time."""
    return sorted(((when(t), job, t, when(t) + within) for job, when, within in JOBS for t in TERMS), key=lambda e: (e[0], e[1]))
