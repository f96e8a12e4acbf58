"""Which findings must be there and which must not, by hand from the story.
period, revision (0: every one), code, agency, activity, want: must, must-not or
waived (told among the silenced ones). An empty agency means whatever agency."""

TABLE = """
2018-Q1 0 done-after-close skhdt 7.3.1 must
2018-Q1 0 not-begun stp 2.2.2 must
2018-Q1 0 not-begun cujut 7.2.2 must
2018-Q1 0 not-begun snv 5.3.2 must-not
2018-Q1 0 not-begun snv 1.1.2 must-not
2018-Q1 0 not-begun snv 1.1.5 must-not
2018-Q1 0 lead-partner-disagree - 4.1.1 must-not
2018-Q1 0 done-without-evidence snv 1.1.1 must-not
2018-Q1 0 done-without-date snv 1.1.1 must-not
2018-Q1 0 cumulative-fell stttt 7.1.1 must-not
2018-Q1 0 unknown-activity dakrlap - must-not
2018-Q1 0 spent-over-budget - 1.1.1 must-not
2018-6M 0 spent-over-budget - 5.3.2 must
2018-6M 0 lead-partner-disagree skhdt 1.4.1 must
2018-6M 0 not-expected syt 1.3.3 must
2018-6M 0 done-after-close snv 5.2.1 must
2018-6M 0 not-begun snv 5.3.4 must
2018-6M 0 not-begun vpubnd 3.6.2 must
2018-6M 0 not-begun snv 1.2.1 must-not
2018-6M 0 percent-against-status dakmil 3.3.1 must
2018-6M 0 same-as-before gianghia 7.1.3 waived
2018-6M 0 same-as-before gianghia 7.1.3 must-not
2018-6M 0 same-as-before gianghia 7.3.1 must-not
2018-6M 0 same-as-before ttt 5.1.2 must-not
2018-6M 0 unit-slip sct 1.3.4 must
2018-6M 0 unit-slip krongno 1.3.4 must-not
2018-6M 0 cumulative-fell skhdt 7.2.1 must-not
2018-6M 0 cumulative-fell ptth 1.3.1 must-not
2018-6M 0 undone vpubnd 3.1.1 must-not
2018-6M 0 done-after-close skhdt 7.3.1 must-not
2018-Q3 0 cumulative-fell ptth 1.3.1 must
2018-Q3 0 cumulative-fell sgddt 7.2.1 must
2018-Q3 0 cumulative-fell cujut 1.3.4 must-not
2018-Q3 0 cumulative-fell skhcn 1.3.4 must-not
2018-Q3 0 cumulative-fell stnmt 7.2.1 must-not
2018-Q3 0 cumulative-fell sxd 1.3.4 must-not
2018-Q3 0 undone vpubnd 3.1.1 must
2018-Q3 0 undone snv 5.2.1 must-not
2018-Q3 0 overdue-without-reason vpubnd 3.1.1 must-not
2018-Q3 0 done-without-date snv 5.3.3 must
2018-Q3 0 done-without-evidence snv 5.3.3 must
2018-Q3 0 done-without-evidence vpubnd 3.6.1 must-not
2018-Q3 0 spent-over-budget - 4.2.1 must-not
2018-Q3 0 spent-over-budget - 5.3.2 must
2018-Q3 0 lead-partner-money - 1.3.3 must
2018-Q3 0 lead-partner-disagree cujut 1.3.3 must-not
2018-Q3 0 not-begun vpubnd 3.6.2 must
2018-Q3 0 not-begun snv 1.1.4 must-not
2018-Q3 0 undone baodn 1.3.2 must-not
2018 0 spent-over-budget - 4.2.1 must
2018 0 spent-over-budget - 1.3.1 must-not
2018 0 spent-over-budget - 5.3.2 must
2018 0 overdue-without-reason dakmil 5.4.2 must
2018 0 overdue-without-reason tuyduc 5.4.2 must-not
2018 0 overdue-without-reason vpubnd 3.6.2 must-not
2018 0 done-after-close stp 2.1.3 must
2018 0 done-after-close stp 2.1.1 must-not
2018 0 cumulative-fell ptth 1.3.1 must-not
2018 0 done-without-date snv 5.3.3 must-not
2018 0 undone snv 5.3.3 must-not
2018 0 undone vpubnd 3.1.1 must-not
"""


def of(period, revision):
    for line in TABLE.strip().split("\n"):
        p, r, code, agency, activity, want = line.split()
        if p == period and int(r) in (0, revision):
            yield code, agency.replace("-", ""), activity.replace("-", ""), want
