#!/usr/bin/python3
"""Writes the made-up year 2018 into inbox/mau-2018, and expected.json beside
this file: what each document says, which is the oracle of the reader's tests.

    /usr/bin/python3 pipeline/form/testdata/mau-2018/generate.py

It needs openpyxl, XlsxWriter and LibreOffice (soffice). Run again it writes
the same bytes under the same versions of these.
"""

import io
import json
import shutil
import sys
import tempfile
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl

import decision
import documents
import libreoffice
import mail
import offices
import readme
import table
import writers
from grid import Sum

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[3]
INBOX = ROOT / "inbox" / "mau-2018"
OFFICES = {o.id: o for o in offices.ALL}
PERIOD_WORDS = {"2018-Q1": "quý I", "2018-6M": "6 tháng đầu năm", "2018-Q3": "quý III", "2018": "năm"}


class Made:
    """One document with its grid, its truth and, in the end, its bytes."""

    def __init__(self, plan, doc):
        self.doc, self.office = doc, OFFICES[doc.office]
        self.grid = self.truth = self.data = None
        self.ref = None
        if doc.kind == "none" or doc.same_as:
            return
        self.ref = doc.letter_ref(self.office)
        if doc.kind == "pdf":
            return
        own, partner = documents.lines(plan, self.office, doc.period)
        if doc.edit:
            doc.edit(own)
        letter = table.Letter(self.office, doc.period, self.ref, doc.letter_day(), doc.corrects, doc.nothing)
        self.grid, self.truth = table.build(plan, letter, own, partner)
        if self.office.habit.opening == "gon":
            self.ref = None

    def job(self):
        """The name of its input to LibreOffice, which names the sheet of a CSV."""
        stem = self.doc.name.rsplit(".", 1)[0]
        return stem if self.office.habit.engine == "lo-csv" else "%s_%s_%s" % (
            self.doc.period, self.office.id, self.doc.arrived[:10] + self.doc.case)


def write_workbooks(made, work):
    jobs = {}
    for m in made:
        if m.grid is None:
            continue
        engine = m.office.habit.engine
        if engine == "openpyxl":
            m.data = writers.by_openpyxl(m.grid)
        elif engine == "xlsxwriter":
            m.data = writers.by_xlsxwriter(m.grid)
        elif engine == "lo-openpyxl":
            jobs[m.job()] = ("xlsx", writers.by_openpyxl(m.grid))
        elif engine == "lo-fods":
            jobs[m.job()] = ("fods", libreoffice.as_fods(m.grid))
        elif engine == "lo-html":
            jobs[m.job()] = ("html", libreoffice.as_html(m.grid))
        else:
            jobs[m.job()] = ("csv", libreoffice.as_csv(m.grid))
    results = libreoffice.by_libreoffice(work, jobs)
    for m in made:
        if m.grid is not None and m.data is None:
            m.data = results[m.job()]
            if m.office.habit.engine == "lo-csv":  # LibreOffice names the sheet after the file
                m.grid.sheet = m.job()
                for e in m.truth.entries:
                    e["sheet"] = m.job()
        if m.doc.kind == "pdf":
            m.data = libreoffice.pdf(work, "bao-cao", pdf_text(m))
    for m in made:
        if m.doc.same_as:
            first = next(o for o in made if o.doc.name == m.doc.same_as and not o.doc.same_as)
            m.data, m.truth, m.ref, m.grid = first.data, first.truth, first.ref, None


def pdf_text(m):
    body = [*m.office.head, "Số: " + m.ref, "BÁO CÁO", "Kết quả thực hiện công tác cải cách hành chính quý I năm 2018",
            "1. Công tác chỉ đạo, điều hành: Ban đã ban hành Kế hoạch cải cách hành chính năm 2018 của đơn vị.",
            "2. Kết quả: niêm yết công khai 42 thủ tục hành chính; tiếp nhận 31 hồ sơ, giải quyết đúng hạn 31 hồ sơ.",
            "3. Khó khăn: công chức phụ trách kiêm nhiệm.", m.office.signer[0], "(Đã ký)"]
    return ('<?xml version="1.0" encoding="UTF-8"?><office:document '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>%s'
            '</office:text></office:body></office:document>' % "".join("<text:p>%s</text:p>" % p for p in body)).encode()


def check(m):
    """The file, read by another program, holds what the grid says."""
    wb = openpyxl.load_workbook(io.BytesIO(m.data), data_only=True)
    ws = wb[m.grid.sheet]
    for (r, c), (value, style) in m.grid.cells.items():
        if isinstance(value, Sum):
            if m.office.habit.engine == "xlsxwriter" or m.office.habit.engine == "lo-fods":
                value = value.result
        got = ws.cell(r, c).value
        if value == "":
            ok = got in (None, "")
        elif isinstance(value, (int, Decimal)):
            ok = isinstance(got, (int, float)) and abs(got - float(value)) < 1e-9 or str(got) == str(value)
        elif isinstance(value, date):
            ok = hasattr(got, "date") and got.date() == value
        else:
            ok = isinstance(got, str) and got.strip() == value.strip()
        if not ok:
            raise SystemExit("%s %s!%d:%d: got %r, want %r" % (m.doc.name, m.grid.sheet, r, c, got, value))


# Mails

def subject(m):
    return m.doc.mail.get("subject") or [
        "Báo cáo kết quả thực hiện công tác CCHC %s năm 2018",
        "%s gửi báo cáo CCHC %%s năm 2018" % m.office.name,
        "V/v báo cáo kết quả thực hiện Kế hoạch CCHC %s năm 2018"][len(m.office.id) % 3].replace(
            "%s", PERIOD_WORDS[m.doc.period]).replace("năm năm", "năm")


def body(m):
    return m.doc.mail.get("body") or (
        "Kính gửi: Sở Nội vụ tỉnh Đắk Nông.\n%s gửi báo cáo kết quả thực hiện công tác CCHC %s năm 2018 (tệp kèm theo).\n"
        "Đề nghị Sở Nội vụ tổng hợp. Trân trọng./.\n\nVăn thư %s\n" % (
            m.office.name, PERIOD_WORDS[m.doc.period], m.office.name)).replace("năm năm", "năm")


def as_mail(m, number, made):
    o = m.doc.mail

    def attachment(x):
        kind = "application/pdf" if x.doc.kind == "pdf" else o.get("type", mail.XLSX)
        return mail.Attachment(x.doc.name, x.data, kind, o.get("disposition", "attachment"), o.get("naming", "2231"))

    parts = [m] if m.data else []
    parts += [x for x in made if x.doc.name == o.get("with")]
    return mail.render(mail.Mail(
        number, documents.arrival(m.doc), o.get("address", m.office.id + "@daknong.example"),
        o.get("display", m.office.name), subject(m), body(m), [attachment(x) for x in parts],
        authentic=o.get("authentic", "pass"), forward=o.get("forward", False), auto=o.get("auto", False),
        in_reply_to=o.get("in_reply_to", ""), sub_html=o.get("sub_html", False)))


def place(made):
    """{path below inbox: bytes}, and each document's path and attachment."""
    files, number = {}, 400
    for m in made:
        day = m.doc.arrived[:10]
        if m.doc.mail is None:
            m.path, m.attachment = "%s/%s" % (day, m.doc.name), None
            files[m.path] = m.data
        elif not m.doc.mail.get("within"):
            number += 7
            m.path, m.attachment = "%s/thu-%04d-%s.eml" % (day, number, m.office.id), m.doc.name or None
            files[m.path] = as_mail(m, number, made)
    for m in made:
        if m.doc.mail and m.doc.mail.get("within"):
            whole = next(x for x in made if x.doc.mail and x.doc.mail.get("with") == m.doc.name)
            m.path, m.attachment = whole.path, m.doc.name
    return files


def missing(plan, m):
    """The activities that the office answers for and the document does not name."""
    if not m.truth or m.doc.nothing:
        return []
    said = {e["activity"] for e in m.truth.entries}
    return [c for c in decision.expected(plan, m.office) if c not in said]


def message(d):
    """What the mail says of its sender, and what our server says of that."""
    if d.mail is None:
        return {"from": None, "authenticated": None, "auto_reply": None}
    return {"from": d.mail.get("address", d.office + "@daknong.example"),
            "authenticated": d.mail.get("authentic", "pass") == "pass", "auto_reply": d.mail.get("auto", False)}


def expected(plan, m):
    d = m.doc
    return {
        "path": m.path, "attachment": m.attachment, "kind": d.kind, "made_by": m.office.habit.engine if d.kind == "xlsx" else None,
        "layout": m.office.habit.layout if d.kind == "xlsx" else None,
        "agency": d.office, "period": d.period, "ref": m.ref if d.kind == "xlsx" else None,
        "ref_date": d.letter_day().isoformat() if d.kind == "xlsx" and m.ref and not d.same_as else None,
        "arrived": d.arrived if d.mail is None else d.arrived.replace(" ", "T") + "+07:00",
        **message(d),
        "case": d.case, "why": d.why, "outcome": d.outcome, "nothing": d.nothing,
        "missing": missing(plan, m), "unreadable": m.truth.unreadable if m.truth else [],
        "entries": m.truth.entries if m.truth else [], "set_aside": m.truth.set_aside if m.truth else [],
    }


def dump(docs):
    """JSON with one line an entry, so that a difference can be read."""
    short = lambda v: json.dumps(v, ensure_ascii=False)
    out = []
    for d in docs:
        d = {k: v for k, v in d.items() if k != "why"}
        head = [" %s: %s" % (short(k), short(v)) for k, v in d.items() if k not in ("entries", "set_aside")]
        for key in ("entries", "set_aside"):
            rows = ",\n".join("   " + short(e) for e in d[key])
            head.append(' "%s": [%s]' % (key, "\n" + rows + "\n " if rows else ""))
        out.append("{\n" + ",\n".join(head) + "\n}")
    return "[\n" + ",\n".join(out) + "\n]\n"


def main():
    plan = decision.read(ROOT / "templates" / "plan" / "1982-QD-UBND-2017.txt")
    made = [Made(plan, d) for d in documents.all_documents(plan)]
    with tempfile.TemporaryDirectory() as work:
        write_workbooks(made, work)
    for m in made:
        if m.grid is not None:
            check(m)
    files = place(made)
    docs = [expected(plan, m) for m in made]
    for d, m in zip(docs, made):
        if m.doc.same_as:
            d["ref_date"] = next(x["ref_date"] for x in docs if x["path"].endswith(m.doc.same_as))
    shutil.rmtree(INBOX, ignore_errors=True)
    for path, data in sorted(files.items()):
        target = INBOX / unicodedata.normalize("NFC", path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (INBOX / "README.md").write_text(readme.write(docs, OFFICES), encoding="utf-8")
    (HERE / "expected.json").write_text(dump(docs), encoding="utf-8")
    print("%d documents in %d files, %d KB" % (len(docs), len(files), sum(map(len, files.values())) // 1024))


if __name__ == "__main__":
    main()
