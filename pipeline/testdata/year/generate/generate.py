#!/usr/bin/python3
"""Writes the made-up year of the scenario test: the documents below inbox/, the
second version of the plan, the directory with the merged agency, what the clerks
do, and what must come out, as tables.

    /usr/bin/python3 pipeline/testdata/year/generate/generate.py

It needs openpyxl. Run again it writes the same bytes."""

import csv
import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import documents
import files
import findings
import offices
import oracle
import plan
import rulings

HERE = Path(__file__).resolve().parent.parent
TEMPLATES = HERE.parents[2] / "templates"


def cell(v):
    """None is an empty cell, which is not 0; amounts in triệu đồng without trailing noughts."""
    if v is None:
        return ""
    if hasattr(v, "as_tuple"):
        s = format(v, "f")
        return s.rstrip("0").rstrip(".") if "." in s else s
    return str(v)


def table(name, rows, columns=None):
    rows = [{k: cell(v) for k, v in r.items()} for r in rows]
    with open(HERE / name, "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, columns or list(rows[0]), lineterminator="\n")
        w.writeheader()
        w.writerows(rows)


def write_files(docs):
    inbox = HERE / "inbox"
    shutil.rmtree(inbox, ignore_errors=True)
    for number, d in enumerate(docs, 1):
        data = files.workbook(d)
        target = inbox / d.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files.mail(d, data, number) if d.mail else data)


def write_directory():
    """The directory that ships, with the merger in it."""
    text = (TEMPLATES / "agencies.yaml").read_text(encoding="utf-8")
    old = 'addresses: ["sgtvt@daknong.example"]\n    until: 2025-02-28\n    successor: sxd\n'
    if text.count(old) != 1:
        raise SystemExit("agencies.yaml: sgtvt is not as expected")
    target = HERE / "templates" / "agencies.yaml"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text.replace(old, old.replace("2025-02-28", "2018-06-30")), encoding="utf-8")


def write_rulings(docs):
    rows = []
    for i, r in enumerate(rulings.ALL, 1):
        row = r._asdict()
        doc = documents.of(docs, r.document) if r.document else None
        if r.row:
            row["row"] = next(x.number for x in doc.rows if x.code == r.row)
        row["document"] = doc.id + ".xlsx" if doc else ""
        rows.append({"number": i, **row, "command": command(r, row)})
    table("rulings.csv", rows)
    table("issues.csv", [dict(zip(("day", "step", "period", "revision", "as_of", "reason"), s)) for s in rulings.ISSUES])


def command(r, row):
    """The ruling as a clerk types it; ID(file) is the document's short name."""
    who = '--reason "%s" --user "%s"' % (r.reason, r.by)
    item = "ID(%s)%s" % (row["document"], ":%s" % row["row"] if row["row"] else "")
    return {
        "release": "decide %s --release %s" % (item, who),
        "set-aside": "decide %s --set-aside %s" % (item, who),
        "assign": "decide %s --activity %s %s" % (item, r.activity, who),
        "undo": "decide r%s --undo %s" % (r.undoes, who),
        "correct": 'decide %s --correct %s=%s --source "%s" %s' % (item, r.figure, r.value, r.source, who),
        "waive-gap": "waive %s %s %s" % (r.period, r.agency, who),
        "waive-rule": "waive %s --rule %s --agency %s --activity %s --until %s %s" % (
            r.period, r.rule, r.agency, r.activity, r.until, who),
        "extend": "extend %s %s --until %s %s" % (r.period, r.agency, r.until, who),
    }[r.kind]


def write_expected(statements):
    for s in statements:
        name = "%s-r%d.csv" % (s.period, s.revision)
        table("expected-" + name, [{k: l[k] for k in (
            "code", "progress", "timing", "target", "met", "percent", "spent", "total", "used", "budget", "done", "answered", "expected")} for l in s.lines])
        table("fields-" + name, s.fields())
        table("results-" + name, s.results())
        table("leads-" + name, s.leads())
        table("agencies-" + name, s.agencies())
        table("ranks-" + name, s.ranks())
        table("control-" + name, [{"what": k, "value": v} for k, v in s.control().items()])
        table("findings-" + name, [dict(zip(("code", "agency", "activity", "want"), f)) for f in findings.of(s.period, s.revision)])
        columns = ("agency", "activity", "used", "period")
        table("carried-" + name, [dict(zip(columns, c)) for c in s.carried()], columns)


def main():
    docs = documents.all_documents()
    write_files(docs)
    write_directory()
    (HERE / "plan-v2.txt").write_text(plan.second_version(), encoding="utf-8")
    write_rulings(docs)
    write_expected(oracle.year(docs))
    size = sum(f.stat().st_size for f in HERE.rglob("*") if f.is_file())
    print("%d documents, %d KB" % (len(docs), size // 1024))


if __name__ == "__main__":
    main()
