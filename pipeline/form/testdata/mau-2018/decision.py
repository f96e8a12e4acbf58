"""The plan of Quyết định 1982/QĐ-UBND as the sample needs it: names, leads and
budgets, read from the published text, so that the sample cannot drift from it."""

import re
from decimal import Decimal
from typing import NamedTuple, Optional

START = re.compile(r"^(LĨNH VỰC [IVX]+|Kết quả \d+\.\d+(\.\d+)?|Hoạt động \d+[.,]\d+\.\d+|Tổng( cộng)?)$")


class Activity(NamedTuple):
    code: str  # "5.4.2"
    label: str  # "Hoạt động 5,4.2", as the decision writes it
    name: str
    indicator: str
    evidence: str
    budget: Optional[Decimal]  # triệu đồng; None: the cell is empty
    responsibility: str
    start: str
    end: str
    note: str
    field: str  # "I"
    result: str  # "1.1"


class Plan(NamedTuple):
    activities: dict  # code -> Activity, in the table's order
    fields: dict  # "I" -> name
    results: dict  # "1.1" -> (name, "Chỉ số: …")


def _rows(text):
    """Rows of cells. A tab at the start of a line begins a cell; what follows
    until the next tab belongs to it, blank lines too."""
    cells = []
    for line in text[text.index("\n\tStt\n"):].split("\n"):
        if line.startswith("\t"):
            cells.append([line[1:]])
        elif cells:
            cells[-1].append(line)
    rows = []
    for cell in ("\n".join(p.rstrip() for p in c if p.strip()) for c in cells):
        if START.match(cell):
            rows.append([])
        if rows:
            rows[-1].append(cell)
    return rows


def read(path):
    plan = Plan({}, {}, {})
    field = result = ""
    for row in _rows(path.read_text(encoding="utf-8")):
        label = row[0]
        if label.startswith("Tổng"):
            continue
        code = label.split()[-1].replace(",", ".")
        if label.startswith("LĨNH VỰC"):
            field, plan.fields[code] = code, row[1]
        elif code.count(".") == 1:
            result, plan.results[code] = code, (row[1], row[2])
        else:
            _, name, indicator, evidence, budget, responsibility, start, end, note = row[:9]
            plan.activities[code] = Activity(
                code, label, name, indicator, evidence, Decimal(budget) if budget else None,
                responsibility, start.replace("\n", " "), end.replace("\n", " "), note, field, result)
    total = sum(a.budget for a in plan.activities.values() if a.budget)
    if (len(plan.fields), len(plan.results), len(plan.activities), total) != (7, 24, 52, 720):
        raise SystemExit("%s: want 7 fields, 24 results, 52 activities, 720" % path)
    return plan


# Nhóm: the twelve activities that every member answers.
OF_ALL = ["1.3.4", "3.3.1", "3.4.1", "3.5.1", "5.1.1", "5.1.2", "7.1.3", "7.2.1", "7.2.2", "7.3.1"]
OF_DISTRICTS = ["5.4.1", "5.4.2"]

OWN = {
    "snv": ["1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.2.1", "1.3.3", "1.4.1", "1.5.1", "4.1.1", "4.1.2",
            "4.1.3", "4.2.1", "5.2.1", "5.3.1", "5.3.2", "5.3.3", "5.3.4"],
    "stp": ["2.1.1", "2.1.2", "2.1.3", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "3.3.2"],
    "vpubnd": ["3.1.1", "3.2.1", "3.4.2", "3.5.2", "3.6.1", "3.6.2", "7.1.4", "7.3.2"],
    "stc": ["6.1.1", "6.1.2"],
    "stttt": ["7.1.1", "7.1.2"],
    "ptth": ["1.3.1"],
    "baodn": ["1.3.2"],
}


def expected(plan, office):
    """The codes that office answers for, in the plan's order."""
    codes = set(OWN.get(office.id, []))
    if office.kind in ("so", "huyen"):
        codes.update(OF_ALL)
    if office.kind == "huyen":
        codes.update(OF_DISTRICTS)
    return [c for c in plan.activities if c in codes]
