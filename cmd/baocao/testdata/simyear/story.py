"""What each agency, the clerk and the mail servers do in the year, by their habits.

A story is a list of acts (moment, who, act, period, detail). What the acts are is told in the
README. The habits do not change when the program is off; only who needs a letter of ours, or
the office's computer, waits until it is on again.
"""
from datetime import timedelta

from rules import BEGIN, END, TERMS, at, days, entries, working

# Who must report: the 19 of "các Sở, ban, ngành", the two that the plan names besides, and the
# 8 of "UBND các huyện, thị xã".
AGENCIES = """snv stp stc skhdt sct snnptnt sgtvt sxd stnmt stttt sldtbxh svhttdl skhcn sgddt syt ttt vpubnd bdt
bqlkcn ptth baodn cujut dakmil krongno daksong dakrlap tuyduc dakglong gianghia""".split()

ADDRESS = {a: a + "@daknong.example" for a in AGENCIES if a != "baodn"}
ABOVE = {  # contacts in the office's agencies.yaml
    "sldtbxh": ["sldtbxh.phongcchc@daknong.example", "sldtbxh.giamdoc@daknong.example"],
    "bqlkcn": ["bqlkcn.truongban@daknong.example"],
    "skhcn": ["skhcn.giamdoc@daknong.example"],
}

VARIANTS = {
    "plain": {},
    # The computer is off for a week over the due day of each period ...
    "off-due": {"2018-Q1": "03-12 12:00", "2018-6M": "06-14 00:00", "2018-Q3": "09-14 12:00", "2018": "12-13 18:00"},
    # ... over the day on which the forms go out ...
    "off-forms": {"2018-Q1": "03-06 12:00", "2018-6M": "06-01 12:00", "2018-Q3": "09-03 12:00", "2018": "12-05 12:00"},
    # ... and over the lock and the day of issue.
    "off-lock": {"2018-Q1": "03-20 12:00", "2018-6M": "06-19 12:00", "2018-Q3": "09-20 18:00", "2018": "12-18 12:00"},
}


def off(variant):
    """The times for which the computer is off."""
    all = []
    for moment in VARIANTS[variant].values():
        begin = BEGIN.replace(month=int(moment[:2]), day=int(moment[3:5]), hour=int(moment[6:8]), minute=int(moment[9:]))
        all.append((begin, begin + days(7)))
    return all


def habits(t, forms):
    """The acts of one term; forms is when the blank forms have gone out."""
    p, acts = t.period, []
    before, first, second = working(t.due, -1), working(t.due, 1), working(t.due, 2)

    def act(when, who, what, detail=""):
        acts.append((when, who, what, p, detail))

    # In good time, and at once; every few minutes one.
    punctual = "snv stp sxd stnmt sgddt dakmil".split()
    punctual += ["sct"] if p != "2018-Q3" else []
    punctual += ["skhcn"] if p != "2018-Q1" else []
    punctual += ["cujut"] if p != "2018-6M" else []
    for n, who in enumerate(punctual):
        act(at(before, "09:20") + timedelta(minutes=7 * n), who, "form")
    # On the first reminder, on that of the due day, on the one after it, when the head was told.
    for who in ("skhdt", "snnptnt", "krongno"):
        act(at(before, "15:10"), who, "form")
    for who in ("sgtvt", "daksong"):
        act(at(t.due, "16:40"), who, "form")
    for who in ("stttt", "dakrlap"):
        act(at(first, "10:30"), who, "form")
    act(at(second, "11:00"), "sldtbxh", "form")
    # bqlkcn and ttt never do; there is nobody above ttt.
    # Odd ways.
    act(at(t.closes - days(9), "10:05"), "stc", "own")  # before the forms are out
    act(at(before, "11:00"), "syt", "zip")
    act(at(before, "13:30"), "ptth", "own")
    act(at(before, "10:30"), "bdt", "nil")
    act(at(before, "10:00"), "svhttdl", "blank")
    act(at(t.due, "16:00"), "svhttdl", "mend")
    act(at(before, "09:00"), "vpubnd", "form")
    act(at(before, "14:00"), "vpubnd", "again")
    act(at(before, "09:40"), "gianghia", "form")
    act(at(t.due, "09:30"), "gianghia", "change")
    act(forms + timedelta(minutes=20), "dakglong", "away")
    act(at(first, "14:00"), "dakglong", "form")
    act(at(t.due, "15:00"), "clerk", "drop", "baodn")
    act(at(before, "16:00"), "tuyduc", "form")
    # What happens once.
    if p == "2018-Q1":
        act(at(t.issue, "08:30"), "skhcn", "form")  # after the lock, before the issue
    if p == "2018-6M":
        act(forms - timedelta(minutes=10), "server", "refuse", "tuyduc")
        act(forms + timedelta(hours=2), "server", "admit", "tuyduc")
        act(forms + timedelta(hours=3), "clerk", "post-again", "tuyduc")
        act(at(t.closes - days(3), "09:00"), "sxd", "check")
        act(at(before, "07:00"), "clerk", "extend", "cujut " + str(second))
        act(at(second, "15:00"), "cujut", "form")
        act(at(before, "11:30"), "stp", "forged")
        act(at(t.due, "11:00"), "clerk", "set-aside", "stp")
    if p == "2018-Q3":
        act(forms + timedelta(minutes=10), "tuyduc", "bounce")
        act(forms + timedelta(hours=1), "clerk", "post-again", "tuyduc")
        act(at(before, "10:00"), "sct", "stranger")
        act(at(t.due, "10:00"), "clerk", "release", "sct")
        act(at(first, "07:50"), "server", "down")
        act(at(first, "08:20"), "server", "up")
    issue = at(t.issue, "09:00" if p != "2018-6M" else "15:30")  # once too late for the delivery
    act(issue, "clerk", "waive")  # the oracle knows whom
    act(issue + timedelta(minutes=5), "clerk", "issue")
    act(issue + timedelta(minutes=20), "head", "approve")
    if p == "2018-Q1":  # for skhcn's sake
        again = issue + days(7)
        act(again, "clerk", "reopen")
        act(again + timedelta(minutes=5), "clerk", "issue")
        act(again + timedelta(minutes=20), "head", "approve")
        act(again + timedelta(minutes=30), "clerk", "deliver")
    return acts


# What needs the office's computer, or an answer of ours.
AT_THE_COMPUTER = {"drop", "post-again", "extend", "set-aside", "release", "waive", "issue", "approve", "reopen", "deliver"}
NEEDS_ANSWER = {"mend", "change"}


def story(variant):
    """The acts of the year, in their order."""
    pauses, acts = off(variant), []

    def pause(when):
        return next((p for p in pauses if p[0] <= when < p[1]), None)

    for t in TERMS:
        due, _, _, until = next(e for e in entries() if e[1] == "forms" and e[2] is t)
        forms = due
        if gone := pause(due):
            forms = gone[1]
            if forms > until:  # the clerk, who is told, sends them by hand
                forms = gone[1] + timedelta(hours=1)
                acts.append((forms, "clerk", "send-forms", t.period, ""))
        acts += habits(t, forms)
    acts.sort(key=lambda a: a[0])
    moved, late = [], {}
    for when, who, what, period, detail in acts:
        gone = pause(when)
        if gone and what in AT_THE_COMPUTER | NEEDS_ANSWER:
            if what == "extend" and detail.split()[1] < str(gone[1].date()):
                continue  # it is over already
            late[gone] = late.get(gone, 0) + 1
            when = gone[1] + timedelta(minutes=60 + 5 * late[gone])
        moved.append((when, who, what, period, detail))
    for begin, end in pauses:
        moved += [(begin, "computer", "off", "", ""), (end, "computer", "on", "", "")]
    return sorted(moved, key=lambda a: a[0])
