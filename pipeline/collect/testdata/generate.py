#!/usr/bin/env python3
"""Writes the sample mails beside this script: the same bytes on every run.

    python3 generate.py

Everybody and everything in them is made up. Two attachments stand for every
document, since package collect does not look into them: WORKBOOK, which begins
like a zip, and TABLE, which is text of the Vietnamese code page.
"""

import base64
import binascii
import pathlib
from email import policy
from email.message import EmailMessage

HERE = pathlib.Path(__file__).parent
WORKBOOK = b"PK\x03\x04" + bytes(range(256)) + b"\r\nend\n"
# "STT;Nội dung;Kinh phí", "1;Tập huấn;14,5": windows-1258 writes most tones as
# a letter of their own, behind the vowel.
TABLE = b"STT;N\xf4\xf2i dung;Kinh ph\xed\r\n1;T\xe2\xf2p hu\xe2\xecn;14,5\r\n"
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
RECEIVED = (
    "from mail.daknong.example (mail.daknong.example [192.0.2.10])\r\n"
    "\tby mx.daknong.example (Postfix) with ESMTPS id 4A1\r\n"
    "\tfor <cchc@daknong.example>; Fri, 16 Mar 2018 09:30:05 +0700 (ICT)"
)
OLDER = (
    "from pc (unknown [192.0.2.99]) by mail.daknong.example with ESMTP id 77;"
    " Fri, 16 Mar 2018 09:29:00 +0700"
)
PASS = (
    "mx.daknong.example; dmarc=pass (p=NONE; sp=none) header.from=daknong.example;\r\n"
    "\tspf=pass smtp.mailfrom=snv@daknong.example"
)


def write(name, data):
    (HERE / name).write_bytes(data if isinstance(data, bytes) else data.as_bytes(policy=policy.SMTP))


def head(message, subject, sender="Sở Nội vụ <snv@daknong.example>", auth=PASS):
    """Puts the fields of an ordinary mail before those of its content."""
    def unfold(s):
        return s.replace("\r\n\t", " ")

    rest = message.items()
    for key in set(message.keys()):
        del message[key]
    if auth:
        message["Authentication-Results"] = unfold(auth)
    message["Received"] = unfold(RECEIVED)
    message["Received"] = OLDER
    message["From"] = sender
    message["To"] = "Cải cách hành chính <cchc@daknong.example>"
    message["Subject"] = subject
    message["Date"] = "Fri, 16 Mar 2018 09:28:30 +0700"
    message["Message-ID"] = "<20180316.1@daknong.example>"
    for key, value in rest:
        message[key] = value
    return message


def raw(*lines):
    """A mail of these lines; text is UTF-8, bytes stay."""
    return b"\r\n".join(l if isinstance(l, bytes) else l.encode("utf-8") for l in lines) + b"\r\n"


def raw_head(subject, *more, sender="Sở Nội vụ <snv@daknong.example>"):
    return (
        "Authentication-Results: " + PASS,
        "Received: " + RECEIVED,
        "From: " + sender,
        "Subject: " + subject if isinstance(subject, str) else b"Subject: " + subject,
        "Date: Fri, 16 Mar 2018 09:28:30 +0700",
        "Message-ID: <20180316.2@daknong.example>",
        "MIME-Version: 1.0",
        *more,
    )


def b64(data):
    return base64.encodebytes(data).decode().replace("\n", "\r\n").rstrip()


def plain():
    """An ordinary mail: RFC 2231 name, alternative bodies."""
    m = EmailMessage()
    m.set_content("Kính gửi báo cáo quý I.\n", cte="quoted-printable")
    m.add_alternative("<p>Kính gửi báo cáo <b>quý I</b>.</p>\n", subtype="html", cte="base64")
    m.add_attachment(WORKBOOK, *XLSX, filename="Báo cáo quý I.xlsx")
    m.set_boundary("=-mixed")
    next(iter(m.iter_parts())).set_boundary("=-alternative")
    write("plain.eml", head(m, "Báo cáo cải cách hành chính quý I năm 2018"))


def encoded_words():
    """A name in encoded words inside quotes, one letter broken over two of
    them; comments in the results; a file that calls itself octet-stream."""
    write("encoded-words.eml", raw(
        "Authentication-Results: (our border) mx.daknong.example (v=1; \"quoted \\(\") 1;",
        "\tdkim = pass (2048-bit key; unprotected; dmarc=fail) header.d=daknong.example header.i=@daknong.example;",
        "\tspf=softfail reason=\"not; listed\" smtp.mailfrom=snv@daknong.example",
        *raw_head("=?utf-8?B?QsOhbyBjw6Fv?=  =?utf-8?Q?_qu=C3?= =?utf-8?Q?=BD_I?=")[1:],
        'Content-Type: multipart/mixed; boundary="b1"',
        "",
        "--b1",
        "Content-Type: text/plain",
        "",
        "Gửi kèm.",
        "--b1",
        'Content-Type: application/octet-stream; name="=?UTF-8?B?QuG6o25n?="',
        "Content-Disposition: attachment;",
        ' filename="=?UTF-8?Q?B=C3=A1o_c=C3=A1o_s?=',
        ' =?UTF-8?Q?=E1=BB?= =?UTF-8?Q?=91_45.xlsx?="',
        "Content-Transfer-Encoding: BASE64",
        "",
        b64(WORKBOOK),
        "--b1--",
    ))


def code_page():
    """Bare windows-1258 in header and name; the same table quoted-printable,
    shown inline, and as it is."""
    quoted = binascii.b2a_qp(TABLE, istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    write("code-page.eml", raw(
        *raw_head(b"B\xe1o c\xe1o s\xf4\xec 12", 'Content-Type: multipart/mixed; boundary="b1"'),
        "",
        "--b1",
        "Content-Type: text/plain; charset=windows-1258",
        "Content-Transfer-Encoding: 8bit",
        "",
        b"Xin k\xednh g\xfd\xd2i",
        "--b1",
        b'Content-Type: text/plain; charset=windows-1258; name="Ba\xd2ng.csv"',
        "Content-Disposition: inline",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        quoted.rstrip(b"\r\n") + b"=0D=0A=",
        "",
        "--b1",
        "Content-Type: text/csv; charset=windows-1258",
        b"Content-Disposition: attachment; filename=Ba\xd2ng hai.csv; size=1",
        "Content-Transfer-Encoding: 8bit",
        "",
        TABLE,
        "--b1--",
    ))


def forged():
    """Our server says fail; below it stands what the sender wrote."""
    m = EmailMessage()
    m.set_content("Kính gửi.\n", cte="base64")
    m.add_attachment(WORKBOOK, *XLSX, filename="bao-cao.xlsx")
    m.set_boundary("=-mixed")
    m = head(m, "Báo cáo", auth="mx.daknong.example; dmarc=fail header.from=daknong.example;"
             " spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example")
    m["Authentication-Results"] = "mx.daknong.example; dmarc=pass header.from=daknong.example"
    write("forged.eml", m)


def foreign():
    """Another server vouches for the sender."""
    m = EmailMessage()
    m.set_content("Gui kem.\n")
    m.add_attachment(WORKBOOK, *XLSX, filename="bao-cao.xlsx")
    m.set_boundary("=-mixed")
    write("foreign-authserv.eml", head(m, "Báo cáo", auth=PASS.replace("mx.daknong", "mx.evil")))


def forwarded():
    """A mail attached to a mail, itself attached to a mail."""
    inner = EmailMessage()
    inner.set_content("Ban goc.\n")
    inner.add_attachment(WORKBOOK, *XLSX, filename="../../goc.xlsx")
    inner.set_boundary("=-inner")
    head(inner, "Bản gốc", sender="Cán bộ <canbo@cujut.daknong.example>", auth=None)
    middle = EmailMessage()
    middle.set_content("Chuyen tiep.\n")
    middle.add_attachment(inner)
    middle.set_boundary("=-middle")
    head(middle, "Fwd: Bản gốc", sender="UBND huyện Cư Jút <cujut@daknong.example>", auth=None)
    outer = EmailMessage()
    outer.set_content("Xem thu kem.\n")
    outer.add_attachment(middle)
    outer.set_boundary("=-outer")
    write("forwarded.eml", head(outer, "Fwd: Fwd: Bản gốc"))


def auto_reply():
    m = EmailMessage()
    m.set_content("Toi di cong tac den het thang.\n")
    head(m, "Trả lời tự động: Đôn đốc báo cáo")
    m["Auto-Submitted"] = "auto-replied (vacation)"
    m["Return-Path"] = "<>"
    write("auto-reply.eml", m)


def bounce():
    """Our own letter comes back with the workbook that we sent."""
    ours = EmailMessage()
    ours.set_content("Kinh gui bieu mau.\n")
    ours.add_attachment(WORKBOOK, *XLSX, filename="bieu-mau.xlsx")
    ours.set_boundary("=-ours")
    head(ours, "Biểu mẫu", sender="cchc@daknong.example", auth=None)
    write("bounce.eml", raw(
        *raw_head("Undelivered Mail Returned to Sender",
                  'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
                  sender="Mail Delivery System <MAILER-DAEMON@mx.daknong.example>"),
        "",
        "--b1",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "Khong chuyen duoc thu.",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.daknong.example",
        "",
        "Final-Recipient: rfc822; khongco@daknong.example",
        "Action: failed",
        "Status: 5.1.1",
        "--b1",
        "Content-Type: message/rfc822",
        "",
        ours.as_bytes(policy=policy.SMTP),
        "--b1--",
    ))


def signature_image():
    """Nothing attached but the logo of a signature; HTML is the only body."""
    m = EmailMessage()
    m.set_content("<style>p {color: red}</style><p>Đơn vị <b>không phát sinh</b>.</p>"
                  "<table><tr><td>Số&nbsp;TT</td><td>1 &lt; 2</td></tr></table><img src='cid:logo'>\n",
                  subtype="html", cte="base64")
    m.add_related(b"\x89PNG\r\n\x1a\n" + bytes(100), "image", "png", cid="<logo>",
                  disposition="inline", filename="logo.png")
    m.set_boundary("=-related")
    write("signature-image.eml", head(m, "Không phát sinh"))


def no_types():
    """A part without Content-Type, a part without a name, a line in the header
    that is no field, a section without an end, and no end at all."""
    write("no-types.eml", raw(
        *raw_head("Báo cáo", "this line is no field", 'Content-Type: multipart/mixed; boundary="b1"'),
        "",
        "preamble",
        "--b1",
        'Content-Type: multipart/alternative; boundary="b2"',
        "",
        "--b2",
        "",
        "Gửi kèm.",
        "--b1",
        "Content-Disposition: attachment; filename*0*=utf-8'vi'B%C3%A1o; filename*1*=%20c%C3%A1o; filename*2=.xlsx",
        "Content-Transfer-Encoding: base64",
        "",
        b64(WORKBOOK),
        "--b1",
        "Content-Type: " + "/".join(XLSX),
        "Content-Transfer-Encoding: base64",
        "",
        b64(WORKBOOK + b"second"),
    ))


def damaged():
    """Base64 with foreign letters in it, and base64 that stops."""
    good = b64(WORKBOOK)
    write("damaged.eml", raw(
        *raw_head("Báo cáo", 'Content-Type: multipart/mixed; boundary="b1"'),
        "",
        "--b1",
        'Content-Type: application/vnd.ms-excel; name="la.xls"',
        "Content-Transfer-Encoding: base64",
        "",
        good[:100] + "\u00a0!!" + good[100:],
        "--b1",
        'Content-Type: application/vnd.ms-excel; name="cut.xls"',
        "Content-Transfer-Encoding: base64",
        "",
        good[:299],
        "--b1",
        'Content-Type: application/vnd.ms-excel; name="empty.xls"',
        "Content-Transfer-Encoding: base64",
        "",
        "",
        "--b1",
        "Content-Type: multipart/mixed",
        "",
        "a section without a boundary",
        "--b1--",
    ))


def uuencoded():
    """A file in the text, as programs did it before MIME."""
    lines = []
    for i in range(0, len(WORKBOOK), 45):
        lines.append(binascii.b2a_uu(WORKBOOK[i:i + 45], backtick=True).rstrip(b"\n"))
    write("uuencoded.eml", raw(
        "Received: " + RECEIVED.replace("(ICT)", "").replace("+0700", ""),
        "From: syt@daknong.example",
        "Subject: bao cao",
        "",
        "Xin gui kem. I begin 644 reports a year.",
        "",
        "begin 644 C:\\Bao cao\\quy1.xls",
        *lines,
        "`",
        "end",
        "Het.",
    ))


def two_senders():
    """Two From fields: nobody knows who it is from."""
    write("two-senders.eml", raw(
        "From: stc@daknong.example",
        *raw_head("Báo cáo", 'Content-Type: application/pdf; name="bc.pdf"',
                  "Content-Transfer-Encoding: base64"),
        "",
        b64(b"%PDF-1.4"),
    ))


for make in (plain, encoded_words, code_page, forged, foreign, forwarded, auto_reply, bounce,
             signature_image, no_types, damaged, uuencoded, two_senders):
    make()
