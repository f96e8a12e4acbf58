#!/usr/bin/env python3
"""Writes the odd mails of this folder, and beside each what must be read of it.

    apt-get install mutt s-nail swaks procmail libmime-lite-perl sharutils openssl zip
    pip install openpyxl
    python3 generate.py

Every mail is made by the program that its .json names, the way that program
makes it; send.sh and lite.pl beside this script call them. What our own mail
server puts on top, and Date and Message-ID where they would tell the hour and
the machine, is written here. The programs choose boundaries, keys and
signatures anew on every run, so the bytes differ from run to run; what is
expected of them does not.

Everybody and everything in them is made up. What is expected follows from what
was put in, never from what our program said.
"""

import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
from email import encoders, message_from_bytes, policy
from email.header import Header
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import openpyxl

HERE = pathlib.Path(__file__).parent.resolve()
WORK = pathlib.Path(tempfile.mkdtemp())
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
US = "cchc@daknong.example"
DATE = "Fri, 16 Mar 2018 09:28:30 +0700"
BODY = "nội dung thư.html"
SUBJECT = "Báo cáo cải cách hành chính quý I năm 2018"

NAMES = {"syt": "SỞ Y TẾ", "stp": "SỞ TƯ PHÁP", "snv": "SỞ NỘI VỤ", "sct": "SỞ CÔNG THƯƠNG"}


# --- What is sent ---------------------------------------------------------

HEAD = ["TT", "Mã hoạt động", "Nội dung hoạt động", "Kết quả thực hiện", "Tình trạng", "Tỷ lệ (%)",
        "Kinh phí đã thực hiện (triệu đồng)"]
ROWS = {
    "syt": [["1", "1.3.3", "", "Đã thực hiện theo kế hoạch", "Đang thực hiện", "50", "3"]],
    "stp": [["1", "2.1.1", "", "Đã ban hành kế hoạch", "Đang thực hiện", "40", "2"]],
}


def workbook(agency):
    """A report of one row. The same bytes on every run."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Báo cáo"
    for row in (["UBND TỈNH ĐẮK NÔNG"], [NAMES[agency]], [],
                ["BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2018"], [], HEAD, *ROWS[agency]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    fixed = io.BytesIO()
    with zipfile.ZipFile(out) as src, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as dst:
        for name in src.namelist():
            data = src.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-03-16T02:00:00Z", data)
            dst.writestr(zipfile.ZipInfo(name, (2018, 3, 16, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


SYT, STP = workbook("syt"), workbook("stp")
CSV = ("SỞ Y TẾ;;;;;;\r\nBáo cáo quý I năm 2018;;;;;;\r\n" + ";".join(HEAD) + "\r\n" +
       ";".join(ROWS["syt"][0]) + "\r\n")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def cp1258(text):
    """Text as Windows writes it: most tones behind their vowel."""
    return subprocess.run(["iconv", "-f", "utf-8", "-t", "cp1258"], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout


def file(name, data):
    path = WORK / name
    path.write_bytes(data)
    return str(path)


# --- What is expected -----------------------------------------------------

def got(name, data, *findings, kind=""):
    return {"name": name, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "findings": sorted(findings)}


def of_body(code, *contains, more=()):
    return {"name": BODY, "contains": list(contains), "findings": sorted([code, *more])}


def none(*findings):
    return {"name": "", "findings": sorted(findings)}


def read(agency, outcome="accept", **more):
    return {"outcome": outcome, "agency": agency, "period": "2018-Q1",
            "activities": [r[1] for r in ROWS.get(agency, [])], **more}


def nil(agency):
    return {"outcome": "accept", "agency": agency, "period": "2018-Q1", "nothing": True, "activities": []}


REFUSED = {"outcome": "reject", "agency": "", "period": "", "activities": []}
IGNORED = {"outcome": "ignore", "agency": "", "period": "", "activities": []}


# --- On its way -----------------------------------------------------------

def received(raw, sender="syt@daknong.example", auth="pass"):
    """What our own mail server puts on top, with lines that end as on the wire."""
    raw = re.sub(rb"\r?\n", b"\r\n", raw)
    domain = sender.split("@")[-1] if sender else "daknong.example"
    top = f"Return-Path: <{sender}>\r\n"
    if auth:
        top += (f"Authentication-Results: mx.daknong.example; dmarc={auth} (p=NONE) header.from={domain};\r\n"
                f"\tspf={auth} smtp.mailfrom={sender or domain}\r\n")
    top += (f"Received: from mail.{domain} (mail.{domain} [192.0.2.10])\r\n"
            "\tby mx.daknong.example (Postfix) with ESMTPS id 4A1\r\n"
            f"\tfor <{US}>; Fri, 16 Mar 2018 09:30:05 +0700 (ICT)\r\n")
    return top.encode() + raw


count = 0


def stamped(raw):
    """A mail whose Date and Message-ID tell nothing of where it was made."""
    global count
    count += 1
    head, sep, body = re.sub(rb"\r?\n", b"\n", raw).partition(b"\n\n")
    head = re.sub(rb"(?im)^(date|message-id|x-mailer|user-agent):.*(\n[ \t].*)*\n?", b"", head + b"\n")
    head = head.rstrip(b"\n") + f"\nDate: {DATE}\nMessage-ID: <mail.{count}@daknong.example>".encode()
    return head + sep + body


def write(name, made_by, oddity, raw, items, documents=None, sender="syt@daknong.example", envelope=None, auth="pass",
          authenticated=True, auto_reply=False, lst=False, bounce=None, text=None, subject=None):
    raw = received(raw, sender if envelope is None else envelope, auth)
    host = re.escape(os.uname().nodename.encode())
    if str(WORK).encode() in raw or re.search(rb"[@ .(]" + host + rb"[\s>.)]", raw):
        raise SystemExit(name + " tells where it was made")
    (HERE / (name + ".eml")).write_bytes(raw)
    want = {"oddity": oddity, "made_by": made_by, "from": sender, "authenticated": authenticated,
            "auto_reply": auto_reply, "list": lst, "bounce": bounce, "items": items}
    if not authenticated:
        for item in items:
            item["findings"] = sorted(item["findings"] + [
                "sender-not-authenticated", "sender-verdict-missing" if auth is None else "sender-verdict-failed"])
    if lst:
        for item in items:
            item["findings"] = sorted(item["findings"] + ["mail-through-list"])
    if text is not None:
        want["text"] = text
    if subject is not None:
        want["subject"] = subject
    if documents is not None:
        want["documents"] = documents
    (HERE / (name + ".eml.json")).write_text(json.dumps(want, ensure_ascii=False, indent="\t") + "\n")


# --- Programs -------------------------------------------------------------

def run(*args, stdin=b"", **env):
    return subprocess.run(args, input=stdin, stdout=subprocess.PIPE, check=True, cwd=WORK,
                          env={"PATH": os.environ["PATH"], "HOME": str(WORK), "LC_ALL": "C.UTF-8", "TZ": "Asia/Ho_Chi_Minh",
                               "LITE": str(HERE / "lite.pl"), **env}).stdout


def tool(what, *args, body="Kính gửi Sở Nội vụ.\n", subject=SUBJECT, sender="syt@daknong.example", **env):
    """A mail made by send.sh."""
    return stamped(run("/bin/sh", str(HERE / "send.sh"), what, *args, stdin=body.encode(),
                       SUBJECT=subject, FROM=sender, TO=US, **env))


def new(subject=SUBJECT, body="Kính gửi Sở Nội vụ.\n", sender="syt@daknong.example", pol=policy.SMTP):
    m = EmailMessage(policy=pol)
    m["From"] = f"{NAMES.get(sender.split('@')[0], 'Ai đó').title()} <{sender}>"
    m["To"] = US
    m["Subject"] = subject
    if body is not None:
        m.set_content(body)
    return m


def lines(*all):
    return stamped(b"\n".join(l if isinstance(l, bytes) else l.encode() for l in all) + b"\n")


def top(subject, *more, sender="syt@daknong.example"):
    return (f"From: {sender}", f"To: {US}", b"Subject: " + (subject if isinstance(subject, bytes) else subject.encode()),
            "MIME-Version: 1.0", *more)


for old in [*HERE.glob("*.eml"), *HERE.glob("*.eml.json")]:
    old.unlink()
try:
    exec(compile((HERE / "mails.py").read_text(), "mails.py", "exec"))
finally:
    shutil.rmtree(WORK)
