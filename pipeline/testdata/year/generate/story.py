"""What every office says of every activity through the made-up year 2018.

A cell of the tables is written short: a letter for the status (D done, I in
progress, N not started, P paused, X không phát sinh) with the percentage behind
it, s = money in the period, t = money since the beginning of the year, both in
triệu đồng, @MM-DD = the day done; "no-date", "no-evidence" and "why" leave out or
put in what their names say; "-" = the office says nothing of it."""

from collections import namedtuple
from decimal import Decimal

import offices

PERIODS = ["2018-Q1", "2018-6M", "2018-Q3", "2018"]
STATUS = {"D": "done", "I": "in_progress", "N": "not_started", "P": "paused", "X": "nil"}
Said = namedtuple("Said", "status percent spent total done_on evidence why")


def read(cell):
    words = cell.split()
    if words == ["-"]:
        return None
    status = STATUS[words[0][0]]
    percent = int(words[0][1:]) if words[0][1:] else None
    spent = total = done_on = None
    for w in words[1:]:
        if w[0] == "s":
            spent = Decimal(w[1:])
        elif w[0] == "t":
            total = Decimal(w[1:])
        elif w[0] == "@":
            done_on = "2018-" + w[1:]
        elif w not in ("no-date", "no-evidence", "why"):
            raise ValueError(cell)
    if status == "done" and not done_on and "no-date" not in words:
        raise ValueError("done without a day: " + cell)
    return Said(status, percent, spent, total, done_on, status == "done" and "no-evidence" not in words, "why" in words)


_SINGLE = """
1.1.1  D100 t14.5 @02-02 | D100 t14.5 @02-02 | D100 s0 t14.5 @02-02 | D100 t14.5 @02-02
1.1.2  N0 | I30 t0 | D100 s14.2 t14.2 @08-03 | D100 t14.2 @08-03
1.1.3  I25 t3.5 | I50 t7 | I75 s3.5 t10.5 | D100 t14.8 @12-07
1.1.4  N0 | N0 | N0 | I85 t12
1.1.5  N0 | N0 | I40 | I60
1.2.1  N0 | N0 | I30 | D100 @12-12
1.3.1  I25 t28.5 | I50 t62.5 | I75 t58.5 | D100 t99 @12-10
1.3.2  I25 t12.5 | I50 t25 | - | D100 t50 @12-12
1.3.3  I15 t0 | I60 t45.25 | D100 s53.35 t98.6 @08-28 | D100 t98.6 @08-28
1.4.1  I15 t2 | I45 t21.5 | I70 s11.5 t33 | D100 t48.7 @11-30
1.5.1  I20 t2.4 | I50 s8 | I65 s4.5 | D100 t19.2 @12-05
2.1.1  I20 | I50 | I75 | D100 @12-14
2.1.2  I25 | I45 | I65 | I90 why
2.1.3  I25 | I50 | I75 | D @12-17
2.2.1  I20 t3 | I50 t9.5 | I75 s4.5 t14 | D100 t19.5 @12-06
2.2.2  N0 | I35 | I70 | D100 @12-10
2.3.1  I30 t2 | I50 t6 | I75 s3 t9 | D100 t15 @12-12
2.3.2  I15 | I45 | I70 | D100 @12-13
3.1.1  I40 | D100 @05-30 | I85 | D100 @09-20
3.2.1  I25 t4 | I50 t11.5 | I80 s6.5 t18 | D100 t24.5 @10-30
3.3.2  I25 | I50 | I75 | D100 @12-14
3.4.2  I25 | I50 | I75 | D100 @12-14
3.5.2  I20 | I50 | I75 | D100 @12-01
3.6.1  N0 | I40 t20.4 | D100 s28.6 t49 @09-10 | D100 t49 @09-10
3.6.2  N0 | N0 | N0 | I50 t25 why
4.1.1  I20 t0 | I55 t9.5 | I80 s4.5 t14 | D100 t19.6 @11-02
4.1.2  N0 | N0 | N0 | I60
4.1.3  I20 | I50 | I75 | D100 @12-10
4.2.1  I10 t0 | I50 t38 | I90 s41 t79 | D100 t97.3 @09-28
5.2.1  I20 | D @06-15 | D100 @06-15 | D100 @06-15
5.3.1  I15 | I45 | I70 | D100 @12-13
5.3.2  N0 | D100 t52 @05-25 | D100 s0 t52 @05-25 | D100 t52 @05-25
5.3.3  N0 | I50 t22 | D100 s27.1 t49.1 no-date no-evidence | D100 t49.1 @09-12
5.3.4  N0 | N0 t0 | - | -
6.1.1  I25 | I50 | I75 | D100 @12-12
6.1.2  I20 | I45 | I70 | D100 @12-12
7.1.1  I15 t125.5 | I45 t251.75 | I70 s60.25 | D100 s402.5 @12-10
7.1.2  I20 | I45 | I70 | D100 @12-11
7.1.4  I30 | I55 | I80 | D100 @12-03
7.1.5  - | - | I20 t0 | D100 t34.5 @12-12
7.3.2  I20 | I45 | I70 | P
"""

# What the members of a leading group say unless a line below says otherwise.
_USUAL = "I25 | I50 | I75 | D100 @11-30"

# "code who": who is an office, so (the provincial ones) or huyen (the districts).
_MEMBERS = """
1.3.4 snv       I25 t5 | I50 t10 | I75 s4 t14 | D100 t20 @11-30
1.3.4 cujut     I25 t2.5 | I50 t5 | I75 s3.5 | D100 s14 @11-30
1.3.4 krongno   I25 t1.5 | I50 t3.2 | I75 s1 t4.2 | D100 t6 @11-30
1.3.4 daksong   I25 t2.2 | - | I75 s1.3 | D100 t5 @11-30
1.3.4 skhcn     I25 t3.3 | I50 t6.5 | - | D100 t9.75 @11-30
1.3.4 sgtvt     I25 t1 | I50 t2 | - | -
1.3.4 sxd       I25 t1.5 | I50 t3 | I75 s1.5 | D100 t10 @11-30
1.3.4 sct       I25 t0.2 | I50 t200 | I75 s2 t202 | D100 t210 @11-30
1.3.4 bdt       - | I50 t1 | I75 s0.5 t1.5 | D100 t2 @11-30
1.3.4 bqlkcn    I25 t1.2 | I50 t2 | - | D100 t4 @11-30
1.3.4 sldtbxh   I25 t4 | I50 t4.5 | I75 s1.5 t6 | D100 t7 @11-30
1.3.4 dakglong  I25 t0.75 | I50 t1.5 | I75 s0.75 t2.25 | D100 t3 @11-30
3.3.1 dakmil    I25 | I100 | I75 | D100 @11-30
3.4.1 so        D100 @02-28 | D100 @02-28 | D100 @02-28 | D100 @02-28
3.4.1 huyen     I25 | D100 @05-31 | D100 @05-31 | D100 @05-31
3.5.1 so        I25 | I50 | D100 @07-31 | D100 @07-31
3.5.1 huyen     D100 @03-05 | D100 @03-05 | D100 @03-05 | D100 @03-05
5.1.2 ttt       X | X | X | X
5.1.2 bdt       - | X | X | X
5.4.1 huyen     I25 | I50 | D100 @09-05 | D100 @09-05
5.4.1 dakrlap   I25 t8 | I50 t10 | D100 s2 t12 @09-05 | D100 t14 @09-05
5.4.1 tuyduc    I25 | I50 | D100 @08-20 | D100 @08-20
5.4.1 dakglong  I25 | I50 | D100 @08-20 | D100 @08-20
5.4.1 gianghia  I25 | I50 t3.5 | I90 s1 | D100 t6 @10-15
5.4.2 huyen     I25 | I50 | I85 | D100 @09-25
5.4.2 dakmil    I25 | I50 | I85 | I90
5.4.2 tuyduc    I25 | I50 | I85 | I95 why
7.2.1 skhdt     I25 t45 | I50 t9 | I75 s3 t12 | D100 t15 @11-30
7.2.1 stnmt     I25 t6 | I50 t8 | I75 | D100 t16 @11-30
7.2.1 sgddt     I25 t6 | I50 t12 | I75 t1.2 | D100 t24 @11-30
7.2.1 tuyduc    I25 t0 | I50 t0 | I75 s2 t2 | D100 t4 @11-30
7.2.1 vpubnd    I25 s7 t7 | I50 s15 t15 | I75 s5 t20 | D100 s28 t28 @11-30
7.2.2 so        N0 | I20 | I50 | D100 @11-30
7.2.2 huyen     N0 | N0 | I50 | D100 @11-30
7.2.2 dakmil    N0 | N0 | I50 | P
7.2.2 tuyduc    N0 | N0 | I50 | I80
7.3.1 skhdt     D @03-15 | D100 @03-15 | D100 @03-15 | D100 @03-15
7.3.1 krongno   I25 | I50 | I75 | I90
"""


def _table(text):
    table = {}
    for line in text.strip().split("\n"):
        head = [c.strip() for c in line.split("|")]
        words = head[0].split()
        n = 2 if words[1][0].islower() else 1
        key = tuple(words[:n])
        head[0] = " ".join(words[n:])
        table[key] = dict(zip(PERIODS, map(read, head)))
        if len(head) != 4:
            raise ValueError(line)
    return table


_SINGLE = _table(_SINGLE)
_MEMBERS = _table(_MEMBERS)
_USUAL = dict(zip(PERIODS, map(read, _USUAL.split(" | "))))


def says(plan, office, code, period):
    """What the office says of code in its own regular report."""
    if plan[code][0] not in ("all", "districts"):
        return _SINGLE[(code,)][period]
    kind = offices.BY_ID[office].kind
    for key in ((code, office), (code, kind)):
        if key in _MEMBERS:
            return _MEMBERS[key][period]
    return _USUAL[period]
