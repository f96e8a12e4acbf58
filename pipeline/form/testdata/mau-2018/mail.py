"""Mails as our server stores them: what it added on top, then what the sender's
program wrote. Boundaries and identifiers come from the mail's own number."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email import charset, encoders, policy
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import encode_rfc2231, format_datetime
from typing import List

ZONE = timezone(timedelta(hours=7))
OURS = "mx.daknong.example"
QUOTED = charset.Charset("utf-8")
QUOTED.body_encoding = charset.QP
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Attachment:
    name: str
    data: bytes
    type: str = XLSX
    disposition: str = "attachment"
    naming: str = "2231"  # 2231: name*=utf-8''…; 2047: name="=?utf-8?B?…?="; both


@dataclass
class Mail:
    number: int
    arrived: datetime  # in Việt Nam
    address: str
    display: str
    subject: str
    body: str
    attachments: List[Attachment] = field(default_factory=list)
    to: str = "snv@daknong.example"
    authentic: str = "pass"  # pass, fail: whether our server vouches for the domain of From
    forward: bool = False  # the attachments lie in a forwarded message
    auto: bool = False  # an answer of a machine: absent, out of office
    in_reply_to: str = ""
    sub_html: bool = False  # the body as HTML too


def render(mail):
    domain = mail.address.split("@")[1]
    msg = _content(mail)
    _own_headers(msg, mail, mail.number, mail.address, mail.display, mail.subject, mail.arrived - timedelta(seconds=9))
    # What our server puts on top stands first; the last added is the topmost.
    relay = "mail.example" if mail.authentic == "fail" else domain
    lines = ["Return-Path: <%s>" % ("" if mail.auto else mail.address),
             "Received: from mta.%s (mta.%s [192.0.2.%d])\r\n\tby %s with ESMTPS id M%07d\r\n\tfor <%s>; %s" % (
                 relay, relay, 10 + mail.number % 200, OURS, mail.number, mail.to, format_datetime(mail.arrived)),
             "Authentication-Results: " + _results(mail, domain)]
    if mail.authentic == "fail":
        # Below our own line: a claim of the sender, worth nothing (RFC 8601, 5).
        lines.append("Authentication-Results: mta.%s; dmarc=pass header.from=%s" % (relay, domain))
    lines.append("Received: from [198.51.100.%d] by mta.%s with ESMTPSA;\r\n\t%s" % (
        5 + mail.number % 240, relay, format_datetime(mail.arrived - timedelta(seconds=4))))
    body = msg.as_bytes(policy=policy.compat32.clone(linesep="\r\n", max_line_length=76))
    # Python folds before a long type; other programs do not.
    body = body.replace(b"Content-Type: \r\n ", b"Content-Type: ")
    return ("\r\n".join(lines) + "\r\n").encode("ascii") + body


def _results(mail, domain):
    if mail.authentic == "fail":
        return "%s;\r\n\tdmarc=fail (p=NONE) header.from=%s;\r\n\tspf=softfail smtp.mailfrom=%s;\r\n\tdkim=none" % (
            OURS, domain, mail.address)
    return "%s;\r\n\tdmarc=pass header.from=%s;\r\n\tspf=pass smtp.mailfrom=%s" % (OURS, domain, mail.address)


def _own_headers(msg, mail, number, address, display, subject, sent):
    msg["From"] = '%s <%s>' % (Header(display, "utf-8").encode(), address) if display else address
    msg["To"] = "%s <%s>" % (Header("Sở Nội vụ tỉnh Đắk Nông", "utf-8").encode(), mail.to)
    msg["Subject"] = Header(subject, "utf-8", header_name="Subject")
    msg["Date"] = format_datetime(sent)
    msg["Message-ID"] = "<2018.%04d@%s>" % (number, address.split("@")[1])
    if mail.in_reply_to:
        msg["In-Reply-To"] = mail.in_reply_to
    if mail.auto:
        msg["Auto-Submitted"] = "auto-replied"
        msg["X-Auto-Response-Suppress"] = "All"
        msg["Precedence"] = "bulk"


def _content(mail):
    text = _text(mail)
    if not mail.attachments:
        return text
    mixed = MIMEMultipart("mixed", boundary="----=_bao-cao_%04d" % mail.number)
    mixed.attach(text)
    if not mail.forward:
        for a in mail.attachments:
            mixed.attach(_part(a))
        return mixed
    inner = MIMEMultipart("mixed", boundary="----=_chuyen-tiep_%04d" % mail.number)
    inner.attach(MIMEText("Phòng Nội vụ gửi Văn phòng báo cáo đã được lãnh đạo UBND huyện duyệt để chuyển Sở Nội vụ.\n", "plain", "utf-8"))
    for a in mail.attachments:
        inner.attach(_part(a))
    _own_headers(inner, mail, 9000 + mail.number, "phongnoivu." + mail.address, "Phòng Nội vụ",
                 "Báo cáo CCHC gửi Sở Nội vụ", mail.arrived - timedelta(hours=2))
    mixed.attach(MIMEMessage(inner))
    return mixed


def _text(mail):
    plain = MIMEText(mail.body, "plain", QUOTED if mail.number % 2 else "utf-8")
    if not mail.sub_html:
        return plain
    both = MIMEMultipart("alternative", boundary="----=_noi-dung_%04d" % mail.number)
    both.attach(plain)
    paragraphs = "".join("<p>%s</p>" % line for line in mail.body.split("\n") if line)
    both.attach(MIMEText("<html><body>%s</body></html>" % paragraphs, "html", "utf-8"))
    return both


def _pieces(encoded, size):
    """encoded cut into pieces that do not part the three characters of a %XX."""
    pieces = [""]
    for token in re.findall("%..|.", encoded):
        if len(pieces[-1]) + len(token) > size:
            pieces.append("")
        pieces[-1] += token
    return pieces


def _part(a):
    part = MIMEBase(*a.type.split("/"))
    part.set_payload(a.data)
    encoders.encode_base64(part)
    encoded = Header(a.name, "utf-8", maxlinelen=400).encode()
    if a.name.isascii():
        part.set_param("name", a.name)
        part["Content-Disposition"] = '%s; filename="%s"' % (a.disposition, a.name)
    elif a.naming == "2047":
        # Against RFC 2047, 5, and what half of all mail programs write.
        part.replace_header("Content-Type", '%s;\r\n name="%s"' % (a.type, encoded))
        part["Content-Disposition"] = '%s;\r\n filename="%s"' % (a.disposition, encoded)
    else:
        name = encode_rfc2231(a.name, "utf-8")
        if a.naming == "both":
            part.replace_header("Content-Type", '%s;\r\n name="%s"' % (a.type, encoded))
        pieces = _pieces(name, 60)
        if len(pieces) == 1:
            value = " filename*=" + name
        else:
            value = ";\r\n".join(" filename*%d*=%s" % (i, p) for i, p in enumerate(pieces))
        part["Content-Disposition"] = "%s;\r\n%s" % (a.disposition, value)
    return part
