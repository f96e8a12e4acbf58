"""The mails themselves; read by generate.py, whose helpers they use."""

syt, stp = file("bao-cao-syt.xlsx", SYT), file("bao-cao-stp.xlsx", STP)
named = file("Báo cáo quý I - Sở Y tế.xlsx", SYT)
NAME = "Báo cáo quý I - Sở Y tế.xlsx"
LONG = "Báo cáo kết quả thực hiện Kế hoạch cải cách hành chính quý I năm 2018 của Sở Y tế (bản chính thức).xlsx"
ONE = [read("syt")]

# --- Names and encodings --------------------------------------------------

m = new()
m.add_attachment(SYT, *XLSX, filename=NAME)
write("python-policy-smtp", "Python email, policy SMTP", "a name as RFC 2231 wants it", stamped(m.as_bytes()), [got(NAME, SYT)], ONE,
      subject=SUBJECT, text="Kính gửi Sở Nội vụ.")

m = new()
m.add_attachment(SYT, *XLSX, filename=LONG)
write("python-long-name", "Python email, policy SMTP", "a name continued over several parameters", stamped(m.as_bytes()), [got(LONG, SYT)], ONE)

m = MIMEMultipart()
m["From"], m["To"], m["Subject"] = "syt@daknong.example", US, Header(SUBJECT, "utf-8")
m.attach(MIMEText("Kính gửi Sở Nội vụ.", "plain", "utf-8"))
part = MIMEApplication(SYT)
part.add_header("Content-Disposition", "attachment", filename=("utf-8", "vi", NAME))
m.attach(part)
write("python-compat32", "Python email, policy compat32", "octet-stream, a name with charset and language", stamped(m.as_bytes()),
      [got(NAME, SYT)], ONE, subject=SUBJECT)

m = MIMEMultipart()
m["From"], m["To"], m["Subject"] = "syt@daknong.example", US, Header(SUBJECT, "utf-8", maxlinelen=40)
m.attach(MIMEText("Kính gửi.", "plain", "utf-8"))
part = MIMEBase("application", "octet-stream", name=Header(NAME, "utf-8", maxlinelen=50).encode())
part.set_payload(SYT)
encoders.encode_base64(part)
part.add_header("Content-Disposition", "attachment", filename=Header(NAME, "utf-8", maxlinelen=50).encode())
m.attach(part)
write("python-encoded-words", "Python email, Header", "a name in encoded words over several lines, as Outlook writes it",
      stamped(m.as_bytes()), [got(NAME, SYT)], ONE, subject=SUBJECT)

m = new(pol=policy.SMTPUTF8)
m.add_attachment(SYT, *XLSX, filename=NAME)
write("python-smtputf8", "Python email, policy SMTPUTF8", "bare UTF-8 in header and name", stamped(m.as_bytes()), [got(NAME, SYT)], ONE,
      subject=SUBJECT)

part = MIMEBase(*XLSX)
part.set_payload(SYT)
encoders.encode_base64(part)
body = part.get_payload()
write("name-of-code-page", "Python email, payload", "a name and a subject in bare windows-1258",
      lines(*top(cp1258("Báo cáo quý I năm 2018"), 'Content-Type: multipart/mixed; boundary="=_b"'), "", "--=_b", "", "Kinh gui.", "--=_b",
            b'Content-Type: application/vnd.ms-excel; name="' + cp1258("Báo cáo.xlsx") + b'"',
            b'Content-Disposition: attachment; filename="' + cp1258("Báo cáo.xlsx") + b'"',
            "Content-Transfer-Encoding: base64", "", body, "--=_b--"),
      [got("Báo cáo.xlsx", SYT)], ONE, subject="Báo cáo quý I năm 2018")

write("mutt", "mutt", "an ordinary mail", tool("mutt", "", named), [got(NAME, SYT)], ONE, subject=SUBJECT)
write("mutt-encoded-words", "mutt", "a name in encoded words inside a parameter",
      tool("mutt", "set create_rfc2047_parameters=yes" if b"create_rfc2047" in run("mutt", "-v") else "set rfc2047_parameters=yes", named),
      [got(NAME, SYT)], ONE)
write("mutt-windows-1258", "mutt", "subject and body written in windows-1258",
      tool("mutt", 'set send_charset="windows-1258"', syt, body="Xin gửi báo cáo của Sở Y tế.\n", subject="Báo cáo quý I năm 2018"),
      [got("bao-cao-syt.xlsx", SYT)], ONE, text="Xin gửi báo cáo của Sở Y tế.", subject="Báo cáo quý I năm 2018")
write("s-nail", "s-nail", "an ordinary mail", tool("s-nail", named), [got(NAME, SYT)], ONE, subject=SUBJECT)
write("s-nail-two-workbooks", "s-nail", "two workbooks in one mail: two agencies', of which one does not send it",
      tool("s-nail", syt, stp), [got("bao-cao-syt.xlsx", SYT), got("bao-cao-stp.xlsx", STP)],
      [read("syt"), read("stp", "review")])
write("swaks-octet-stream", "swaks", "octet-stream", tool("swaks", "--attach-type", "application/octet-stream", "--attach-name", "bao-cao.xlsx", "--attach", "@" + syt),
      [got("bao-cao.xlsx", SYT)], ONE)
write("swaks-no-name", "swaks", "a workbook of its type and without a name",
      tool("swaks", "--attach-type", "/".join(XLSX), "--attach-name", "", "--attach", "@" + syt) if False else
      stamped(re.sub(rb'(?i);\s*(file)?name="bo-ten"', b"", tool("swaks", "--attach-type", "/".join(XLSX), "--attach-name", "bo-ten", "--attach", "@" + syt))),
      [got("part-1.xlsx", SYT)], ONE)
write("lite-inline", "MIME::Lite", "a workbook to be shown inline", tool("lite", "base64", "inline", "/".join(XLSX), syt, "bao-cao.xlsx"),
      [got("bao-cao.xlsx", SYT)], ONE)
write("lite-quoted-printable", "MIME::Lite", "a CSV file in quoted-printable",
      tool("lite", "quoted-printable", "attachment", "text/csv; charset=UTF-8", file("bc.csv", CSV.replace("\r\n", "\n").encode()), "bao-cao.csv"),
      [got("bao-cao.csv", CSV.encode())], ONE)
write("lite-8bit", "MIME::Lite", "a CSV file in 8-bit windows-1258",
      tool("lite", "8bit", "attachment", "text/csv; charset=windows-1258", file("bc1258.csv", cp1258(CSV.replace("\r\n", "\n"))), "bao-cao.csv"),
      [got("bao-cao.csv", cp1258(CSV))], ONE)
write("wrong-charset", "Python email, payload", "UTF-8 that calls itself us-ascii, and a subject that calls itself iso-8859-1",
      lines(*top("=?iso-8859-1?Q?" + "".join("=%02X" % b for b in "Báo cáo quý I".encode()) + "?=", "Content-Type: multipart/mixed; boundary=b"),
            "", "--b", "Content-Type: text/plain; charset=us-ascii", "Content-Transfer-Encoding: 8bit", "", "Kính gửi Sở Nội vụ.", "--b",
            "Content-Type: application/x-msexcel; name=bao-cao.xlsx", "Content-Transfer-Encoding: base64", "", body, "--b--"),
      [got("bao-cao.xlsx", SYT)], ONE, text="Kính gửi Sở Nội vụ.", subject="Báo cáo quý I")

# --- What lies within something else ---------------------------------------

m = new(sender="phong@syt.daknong.example")
m.add_attachment(SYT, *XLSX, filename="bao-cao.xlsx")
inner = stamped(m.as_bytes())
write("mutt-forward", "mutt", "a mail with a workbook, forwarded as an attachment",
      tool("mutt", "", file("chuyen-tiep.eml", inner.replace(b"\r\n", b"\n"))),
      [got("bao-cao.xlsx", SYT, "attachment-forwarded")], [read("syt")])
m = new()
m.add_attachment(message_from_bytes(inner, policy=policy.SMTP))
twice = new("Fwd: Fwd: " + SUBJECT)
twice.add_attachment(message_from_bytes(stamped(m.as_bytes()), policy=policy.SMTP))
write("python-forward-twice", "Python email", "a mail in a mail in a mail", stamped(twice.as_bytes()),
      [got("bao-cao.xlsx", SYT, "attachment-forwarded")], [read("syt")])

run("zip", "-q", "-X", "bao-cao.zip", "bao-cao-syt.xlsx", "bao-cao-stp.xlsx")
write("mutt-zip", "mutt and Info-ZIP", "two workbooks in a zip", tool("mutt", "", str(WORK / "bao-cao.zip")),
      [got("bao-cao-syt.xlsx", SYT), got("bao-cao-stp.xlsx", STP)], [read("syt"), read("stp", "review")])

uu = run("uuencode", syt, "bao-cao.xls").decode()
write("uuencode", "GNU uuencode and s-nail", "a file in the text, as before MIME",
      tool("s-nail", body="Xin gui bao cao.\n\n" + uu + "\nTran trong.\n"), [got("bao-cao.xls", SYT)], ONE)
write("uuencode-base64", "GNU uuencode -m and s-nail", "the same in base64",
      tool("s-nail", body="Xin gui bao cao.\n\n" + run("uuencode", "-m", syt, "bao-cao.xls").decode() + "\n"), [got("bao-cao.xls", SYT)], ONE)

# --- S/MIME and PGP ---------------------------------------------------------

run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "9999",
    "-subj", "/CN=So Y te (thu nghiem)/emailAddress=syt@daknong.example")
m = EmailMessage(policy=policy.SMTP)
m.set_content("Kính gửi Sở Nội vụ.\n")
m.add_attachment(SYT, *XLSX, filename=NAME)
entity = m.as_bytes().decode()
KEYS = ("-signer", "cert.pem", "-inkey", "key.pem")
write("smime-clear", "OpenSSL smime", "clear-signed", tool("smime", "-sign", *KEYS, body=entity), [got(NAME, SYT, "mail-signed")], ONE)
write("smime-opaque", "OpenSSL smime", "signed, the content within the signature", tool("smime", "-sign", "-nodetach", *KEYS, body=entity),
      [got(NAME, SYT, "mail-signed")], ONE)
write("smime-opaque-stream", "OpenSSL cms", "the same, of lengths that were not known",
      tool("cms", "-sign", "-nodetach", "-stream", *KEYS, body=entity), [got(NAME, SYT, "mail-signed")], ONE)
write("smime-opaque-twice", "OpenSSL smime", "signed, and then signed again",
      tool("smime", "-sign", "-nodetach", *KEYS, body=run("openssl", "smime", "-sign", *KEYS, stdin=entity.encode()).decode()),
      [got(NAME, SYT, "mail-signed")], ONE)
write("smime-encrypted", "OpenSSL smime", "encrypted", tool("smime", "-encrypt", "-aes128", "cert.pem", body=entity), [none("mail-encrypted")], [REFUSED])
p7m = run("openssl", "cms", "-sign", "-binary", "-nodetach", "-outform", "DER", *KEYS, stdin=SYT)
write("smime-file", "OpenSSL cms and mutt", "one file that was signed", tool("mutt", "", file("bao-cao.xlsx.p7m", p7m)),
      [got("bao-cao.xlsx", SYT, "mail-signed")], ONE)
m = MIMEMultipart("encrypted", protocol="application/pgp-encrypted")
m["From"], m["To"], m["Subject"] = "syt@daknong.example", US, "Bao cao"
m.attach(MIMEApplication(b"Version: 1\n", "pgp-encrypted", encoders.encode_7or8bit))
m.attach(MIMEApplication(b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", "octet-stream", encoders.encode_7or8bit, name="encrypted.asc"))
write("pgp-encrypted", "Python email", "encrypted with PGP", stamped(m.as_bytes()), [none("mail-encrypted")], [REFUSED])

# --- winmail.dat ------------------------------------------------------------


def attribute(level, ident, data, wrong=0):
    return struct.pack("<BII", level, ident, len(data)) + data + struct.pack("<H", (sum(data) + wrong) & 0xFFFF)


def prop(ident, kind, value):
    if kind in (0x001E, 0x001F, 0x0102, 0x000D):
        value = struct.pack("<II", 1, len(value)) + value + bytes(-len(value) % 4)
    return struct.pack("<HH", kind, ident) + value


def named_prop(text, value):
    name = text.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HH", 0x0003, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name)) + name + bytes(-len(name) % 4) + value


def tnef(*attributes):
    return (struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00089006, struct.pack("<I", 0x10000)) +
            attribute(1, 0x00069007, struct.pack("<II", 1258, 0)) +
            attribute(1, 0x00069003, struct.pack("<I", 1) + prop(0x0070, 0x001E, b"Bao cao\0")) + b"".join(attributes))


REND = attribute(2, 0x00069002, struct.pack("<HIHHHH", 1, 0xFFFFFFFF, 0, 0, 0, 0))


def props(*all):
    return attribute(2, 0x00069005, struct.pack("<I", len(all)) + b"".join(all))


def unicode(text):
    return (text + "\0").encode("utf-16-le")


def winmail(data, kind="ms-tnef"):
    m = new()
    m.add_attachment(data, "application", kind, filename="winmail.dat")
    return stamped(m.as_bytes())


TNEF = "own TNEF writer in Python, after [MS-OXTNEF]"
write("winmail", TNEF, "a file with a short name in front of its long one",
      winmail(tnef(REND, attribute(2, 0x00018010, b"BAOCAO~1.XLS\0"), attribute(2, 0x0006800F, SYT),
                   props(prop(0x3704, 0x001E, b"BAOCAO~1.XLS\0"), prop(0x3705, 0x0003, struct.pack("<I", 1)),
                         named_prop("x", struct.pack("<I", 7)), prop(0x3707, 0x001F, unicode(NAME))))),
      [got(NAME, SYT)], ONE)
write("winmail-title", TNEF, "a file known by its title only, in windows-1258, as octet-stream",
      winmail(tnef(REND, attribute(2, 0x00018010, cp1258("Báo cáo.xlsx") + b"\0"), attribute(2, 0x0006800F, SYT)), "octet-stream"),
      [got("Báo cáo.xlsx", SYT)], ONE)
write("winmail-in-properties", TNEF, "two files, of which one lies in the properties, a logo, and a mail",
      winmail(tnef(REND, props(prop(0x3707, 0x001E, b"bao-cao.xlsx\0"), prop(0x3701, 0x0102, SYT)),
                   REND, props(prop(0x3707, 0x001F, unicode("logo.png")), prop(0x370E, 0x001E, b"image/png\0"),
                               prop(0x3712, 0x001E, b"logo@may\0")), attribute(2, 0x0006800F, PNG),
                   REND, props(prop(0x3705, 0x0003, struct.pack("<I", 5)), prop(0x3701, 0x000D, bytes(16) + tnef(
                       REND, attribute(2, 0x00018010, b"trong.xlsx\0"), attribute(2, 0x0006800F, STP)))))),
      [got("bao-cao.xlsx", SYT), got("trong.xlsx", STP, "attachment-forwarded")], [read("syt"), read("stp", "review")])
write("winmail-checksum", TNEF, "a checksum that does not fit",
      winmail(tnef(REND, attribute(2, 0x00018010, b"bao-cao.xlsx\0"), attribute(2, 0x0006800F, SYT, wrong=1))),
      [got("bao-cao.xlsx", SYT, "attachment-damaged")], ONE)
whole = tnef(REND, attribute(2, 0x00018010, b"bao-cao.xlsx\0"), attribute(2, 0x0006800F, SYT))
write("winmail-cut", TNEF, "the end is missing", winmail(whole[:-1000]),
      [got("bao-cao.xlsx", SYT[:-998], "attachment-damaged"), none("mail-part-unreadable")])

# --- No file ----------------------------------------------------------------

CELLS = [["Mã hoạt động", "Nội dung hoạt động", "Kết quả thực hiện", "Tình trạng"],
         ["1.3.3", "", "Đã thực hiện theo kế hoạch", "Đang thực hiện"]]
TABLE = "<table border=1>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in CELLS) + "</table>"
m = new(body="Kính gửi Sở Nội vụ.\n")
m.add_alternative("<html><body><p>SỞ Y TẾ</p><p>Báo cáo quý I năm 2018</p>" + TABLE + "</body></html>", subtype="html")
write("table-in-body", "Python email", "a table pasted into the text", stamped(m.as_bytes()),
      [of_body("table-in-body", "1.3.3", "Đã thực hiện theo kế hoạch")], [read("syt", "review")])

MSO = "<table class=MsoTable>" + "".join(
    "<tr style='mso-yfti-irow:0'>" + "".join(f"<td><p class=MsoNormal><span lang=VI>{c or '&nbsp;'}<o:p></o:p></span></p></td>" for c in row) + "</tr>" for row in CELLS) + "</table>"
m = EmailMessage(policy=policy.SMTP)
m["From"], m["To"], m["Subject"] = "syt@daknong.example", US, "Báo cáo quý I năm 2018"
m.set_content(cp1258("<html><head><meta charset=windows-1258></head><body>" + MSO + "</body></html>"), "text", "html", cte="quoted-printable")
m.set_param("charset", "windows-1258")
m.make_mixed()
m.add_attachment(PDF, "application", "pdf", filename="bao-cao-ky.pdf")
write("table-in-body-outlook", "Python email, body after Outlook", "a table in the text in windows-1258, beside a signed PDF", stamped(m.as_bytes()),
      [got("bao-cao-ky.pdf", PDF), of_body("table-in-body", "1.3.3", "Đang thực hiện")])

m = new("Re: Đôn đốc báo cáo", body=None)
m.set_content("<p>Đã nhận được, xin cảm ơn.</p><blockquote>" + TABLE + "</blockquote>", subtype="html")
write("table-quoted", "Python email", "the only table is that of our own letter, quoted", stamped(m.as_bytes()),
      [of_body("mail-without-attachment", "xin cảm ơn")], [REFUSED])

write("nothing", "mutt", "nothing to report, said in the text", tool("mutt", "", body="Kính gửi Sở Nội vụ,\nQuý I năm 2018 Sở Y tế không phát sinh nội dung báo cáo.\n-- \nSở Y tế\n"),
      [of_body("mail-without-attachment", "không phát sinh")], [nil("syt")])
write("nothing-html", "swaks", "the same in HTML only",
      stamped(tool("swaks", "--header", "Content-Type: text/html; charset=utf-8", "--header", "MIME-Version: 1.0",
                   body="<div>Kính gửi Sở Nội vụ,<br>Đơn vị <b>không phát sinh</b> nội dung báo cáo.</div>\n")),
      [of_body("mail-without-attachment", "không phát sinh")], [nil("syt")])
write("nothing-offered", "s-nail", "an answer that only repeats our offer to say so",
      tool("s-nail", subject="Re: Đôn đốc báo cáo", body="Đã nhận được thư, chúng tôi sẽ gửi sau.\n\nVào Thứ 5, 15 thg 3, 2018 lúc 08:00 Sở Nội vụ\n<cchc@daknong.example> đã viết:\n> Các đơn vị không phát sinh\n> ghi rõ Không phát sinh.\n"),
      [of_body("mail-without-attachment", "sẽ gửi sau")], [REFUSED])
write("nothing-but-forgotten", "s-nail", "a file was promised and forgotten; only one matter is nothing",
      tool("s-nail", body="Xin gửi kèm báo cáo quý I năm 2018.\nKhó khăn, vướng mắc: không phát sinh.\n"),
      [of_body("mail-without-attachment", "gửi kèm")], [REFUSED])
write("no-sense", "mutt", "no file, and nothing that could be one", tool("mutt", "", subject="Hỏi", body="Cho hỏi hạn nộp báo cáo là ngày nào?\n"),
      [of_body("mail-without-attachment", "hạn nộp")], [REFUSED])
write("empty", "mutt", "nothing at all", tool("mutt", "", subject="Bao cao", body=""), [none("mail-without-attachment")], [REFUSED])
write("link", "s-nail", "a file that lies elsewhere", tool("s-nail", body="Báo cáo tại https://drive.google.com/file/d/1a2b3c/view?usp=sharing\n"),
      [none("mail-with-link")], [REFUSED])
m = new(body=None)
m.set_content('<p>Tài liệu kiểm chứng <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fsyt.sharepoint.com%2Fx">tại đây</a>.</p>', subtype="html")
m.add_attachment(SYT, *XLSX, filename="bao-cao.xlsx")
write("link-beside-workbook", "Python email", "a workbook, and a wrapped link to more", stamped(m.as_bytes()), [got("bao-cao.xlsx", SYT, "mail-with-link")], ONE)
write("external-body", "Python email, payload", "a body to be fetched from elsewhere",
      lines(*top("Bao cao", "Content-Type: multipart/mixed; boundary=b"), "", "--b", "", "Xem tep.", "--b",
            'Content-Type: message/external-body; access-type=URL; URL="http://tep.elsewhere.example/bao-cao.xlsx"', "",
            "Content-Type: application/vnd.ms-excel", "", "--b--"), [none("mail-with-link")], [REFUSED])
write("partial", "Python email, payload", "one piece of a mail that was cut into several",
      lines(*top("Bao cao (1/2)", 'Content-Type: message/partial; id="a@daknong.example"; number=1; total=2'), "", "Subject: Bao cao", "", body[:900]),
      [none("mail-part-unreadable")], [REFUSED])

# --- Programs and lists -----------------------------------------------------

m = new("Trả lời tự động: Đôn đốc báo cáo", "Tôi đi công tác đến hết tháng, công việc không phát sinh.\n")
write("away-vietnamese", "Python email", "an out-of-office note known by its subject only", stamped(m.as_bytes()),
      [none("mail-without-attachment")], [IGNORED], auto_reply=True)
m = new("Re: Trả lời tự động: Đôn đốc báo cáo")
m.add_attachment(SYT, *XLSX, filename="bao-cao.xlsx")
write("away-answered", "Python email", "a person who answers such a note with a report", stamped(m.as_bytes()), [got("bao-cao.xlsx", SYT)], ONE)
m = new("Vang mat", "Toi di vang.\n")
m["Auto-Submitted"], m["Precedence"] = "auto-replied (zimbra; vacation)", "bulk"
write("away-zimbra", "Python email, header after Zimbra", "an out-of-office note that looks like a list", stamped(m.as_bytes()),
      [none("mail-without-attachment")], [IGNORED], auto_reply=True)
ours = new("Đôn đốc báo cáo quý I năm 2018", "Đề nghị gửi báo cáo; nếu không phát sinh thì ghi rõ.\n", sender=US)
ours["Message-ID"] = "<nhac-1@daknong.example>"
ours = ours.as_bytes()
write("away-formail", "procmail's formail -r", "an answer of a mail filter",
      stamped(run("formail", "-r", "-A", "Precedence: junk", "-A", "X-Loop: syt@daknong.example", "-I", "From: syt@daknong.example",
                  stdin=ours.replace(b"\r\n", b"\n")) + b"Toi di vang.\n"),
      [of_body("mail-without-attachment", "Toi di vang")], [IGNORED], auto_reply=True, lst=True)


def report(kind, status, returned, subject="Undelivered Mail Returned to Sender", words="Thư không đến được người nhận.\n", **head):
    m = MIMEMultipart("report", **{"report-type": kind})
    m["From"], m["To"], m["Subject"] = "Mail Delivery System <MAILER-DAEMON@mx.daknong.example>", US, subject
    for key, value in head.items():
        m[key.replace("_", "-")] = value
    m.attach(MIMEText(words, "plain", "utf-8"))
    m.attach(message_from_bytes(f"Content-Type: message/{kind}\n\n{status}".encode()))
    if returned:
        m.attach(returned)
    return stamped(m.as_bytes())


def head_only(raw):
    part = MIMEBase("text", "rfc822-headers")
    part.set_payload(raw.decode().partition("\r\n\r\n")[0].replace("\r\n", "\n") + "\n")
    return part


def whole_mail(raw):
    part = MIMEBase("message", "rfc822")
    part.attach(message_from_bytes(raw))
    return part


DAEMON = "mailer-daemon@mx.daknong.example"
PER_MESSAGE = "Reporting-MTA: dns; mx.daknong.example\nArrival-Date: Thu, 15 Mar 2018 08:00:00 +0700\n\n"
GONE = PER_MESSAGE + ("Final-Recipient: rfc822; khongco@syt.daknong.example\nOriginal-Recipient: rfc822;SYT@daknong.example\nAction: failed\n"
                      "Status: 5.1.1\nRemote-MTA: dns; mail.syt.daknong.example\nDiagnostic-Code: smtp; 550 5.1.1 <khongco@syt.daknong.example>:\n"
                      "    User unknown\n")
machine = {"sender": DAEMON, "envelope": "", "auto_reply": True}
write("bounce-report", "Python email, after Postfix", "our letter comes back, with its head only", report("delivery-status", GONE, head_only(ours)),
      [none("mail-without-attachment")], [IGNORED], **machine,
      bounce={"message_id": "nhac-1@daknong.example", "recipient": "syt@daknong.example", "status": "5.1.1",
              "diagnostic": "550 5.1.1 <khongco@syt.daknong.example>: User unknown"})
m = message_from_bytes(ours, policy=policy.SMTP)
m.add_attachment(SYT, *XLSX, filename="da-danh-dau.xlsx")
write("bounce-with-workbook", "Python email, after Exchange", "our letter comes back whole, with a workbook; a second recipient was reached",
      report("delivery-status", PER_MESSAGE + "Final-Recipient: RFC822; stp@daknong.example\nAction: delivered\nStatus: 2.0.0\n\n"
             "Final-recipient: RFC822; sct@daknong.example\nAction: Failed\nStatus: 5.2.2\n", whole_mail(m.as_bytes()), subject="Không gửi được: Đôn đốc báo cáo"),
      [got("da-danh-dau.xlsx", SYT, "attachment-forwarded")], [IGNORED], **machine,
      bounce={"message_id": "nhac-1@daknong.example", "recipient": "sct@daknong.example", "status": "5.2.2", "diagnostic": ""})
write("bounce-without-letter", "Python email, after Exchange", "a bounce that names our letter in its own head only",
      report("delivery-status", GONE, None, In_Reply_To="<nhac-1@daknong.example>"), [none("mail-without-attachment")], [IGNORED], **machine,
      bounce={"message_id": "nhac-1@daknong.example", "recipient": "syt@daknong.example", "status": "5.1.1",
              "diagnostic": "550 5.1.1 <khongco@syt.daknong.example>: User unknown"})
write("bounce-delayed", "Python email, after Postfix", "our letter is late and not lost",
      report("delivery-status", GONE.replace("failed", "delayed").replace("5.1.1", "4.4.1"), head_only(ours), subject="Delayed Mail (still being retried)"),
      [none("mail-without-attachment")], [IGNORED], **machine)
write("bounce-qmail", "Python email, body after qmail", "our letter comes back in words",
      lines(*top("failure notice", sender="MAILER-DAEMON@mx.daknong.example"), "",
            "Hi. This is the qmail-send program at mx.daknong.example.", "I'm afraid I wasn't able to deliver your message to the following addresses.",
            "This is a permanent error; I've given up. Sorry it didn't work out.", "", "<syt@daknong.example>:",
            "192.0.2.44 does not like recipient.", "Remote host said: 550 5.1.1 Unknown user", "Giving up on 192.0.2.44.", "",
            "--- Below this line is a copy of the message.", "", ours.decode().replace("\r\n", "\n")),
      [none("mail-without-attachment")], [IGNORED], **machine,
      bounce={"message_id": "nhac-1@daknong.example", "recipient": "syt@daknong.example", "status": "5.1.1",
              "diagnostic": "192.0.2.44 does not like recipient. Remote host said: 550 5.1.1 Unknown user Giving up on 192.0.2.44."})
write("bounce-exim", "Python email, body after Exim", "the same, with the recipient in the head",
      lines(*top("Mail delivery failed: returning message to sender", "X-Failed-Recipients: syt@daknong.example", "Auto-Submitted: auto-replied",
                 sender="Mailer-Daemon@mx.daknong.example"), "",
            "This message was created automatically by mail delivery software.", "",
            "A message that you sent could not be delivered to one or more of its", "recipients. This is a permanent error. The following address(es) failed:",
            "", "  syt@daknong.example", "    Unrouteable address", "",
            "------ This is a copy of the message, including all the headers. ------", "", ours.decode().replace("\r\n", "\n")),
      [none("mail-without-attachment")], [IGNORED], **machine,
      bounce={"message_id": "nhac-1@daknong.example", "recipient": "syt@daknong.example", "status": "", "diagnostic": "Unrouteable address"})
write("receipt-of-reading", "Python email", "a receipt that our letter was read",
      report("disposition-notification", "Reporting-UA: may.example\nFinal-Recipient: rfc822;syt@daknong.example\nOriginal-Message-ID: <nhac-1@daknong.example>\n"
             "Disposition: manual-action/MDN-sent-manually; displayed\n", None, subject="Đã đọc: Đôn đốc báo cáo"),
      [none("mail-without-attachment")], [IGNORED], **machine)

m = new("Họp giao ban quý I năm 2018", "Mời họp.\n")
m.add_alternative("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", subtype="calendar", params={"method": "REQUEST"})
write("invitation", "Python email", "an invitation to a meeting", stamped(m.as_bytes()), [none("mail-without-attachment")], [IGNORED], auto_reply=True)
m = new()
m["List-Id"], m["Precedence"] = "CCHC <cchc.lists.daknong.example>", "list"
m.add_attachment(SYT, *XLSX, filename="bao-cao.xlsx")
write("list", "Python email, header after Mailman", "a report that came through a list", stamped(m.as_bytes()), [got("bao-cao.xlsx", SYT)],
      [read("syt", "review")], auto_reply=True, lst=True)

# --- Who sent it ------------------------------------------------------------

m = new()
m.add_attachment(SYT, *XLSX, filename="bao-cao.xlsx")
forged = run("formail", "-i", "Authentication-Results: mx.daknong.example; dmarc=pass header.from=daknong.example",
             stdin=stamped(m.as_bytes()).replace(b"\r\n", b"\n"))
write("forged", "Python email and formail", "our server says fail, below it somebody else says pass", forged, [got("bao-cao.xlsx", SYT)],
      [read("syt", "review")], auth="fail", authenticated=False)
write("nobody-vouches", "Python email", "no verdict at all", stamped(m.as_bytes()), [got("bao-cao.xlsx", SYT)], [read("syt", "review")], auth=None,
      authenticated=False)
