"""Documents as files: a workbook of the usual shape, and a mail as our server keeps it."""

import io
import re
import zipfile
from datetime import datetime, timedelta, timezone
from email.header import Header
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email import encoders, policy
from email.utils import format_datetime

import openpyxl
from openpyxl.styles import Alignment, Font

import offices
import plan

NAMES = plan.names()
TITLE = {"2018-Q1": "quý I năm 2018", "2018-6M": "6 tháng đầu năm 2018", "2018-Q3": "quý III năm 2018", "2018": "năm 2018"}
STATUS = {"done": "Đã hoàn thành", "in_progress": "Đang thực hiện", "not_started": "Chưa thực hiện",
          "paused": "Tạm dừng", "nil": "Không phát sinh"}
COLUMNS = [("STT", 5), ("Mã hoạt động", 10), ("Nội dung", 40), ("Kết quả thực hiện", 40), ("Tình trạng", 14),
           ("Tỷ lệ hoàn thành (%)", 9), ("Thời gian hoàn thành", 12), ("Kinh phí thực hiện trong kỳ (triệu đồng)", 12),
           ("Kinh phí lũy kế từ đầu năm (triệu đồng)", 12), ("Khó khăn, vướng mắc", 20), ("Kiến nghị", 14),
           ("Tài liệu kiểm chứng", 20)]
FIELD_NAMES = {"I": "CÔNG TÁC CHỈ ĐẠO ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH", "II": "CẢI CÁCH THỂ CHẾ",
               "III": "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "IV": "CẢI CÁCH TỔ CHỨC BỘ MÁY",
               "V": "CẢI CÁCH CÔNG VỤ, CÔNG CHỨC", "VI": "CẢI CÁCH TÀI CHÍNH CÔNG", "VII": "HIỆN ĐẠI HÓA NỀN HÀNH CHÍNH"}
SHEET = "Báo cáo"
ZONE = timezone(timedelta(hours=7))
# How an office writes percentages: as text, or as a share shown as one.
AS_TEXT, AS_SHARE = ("stp", "gianghia", "sgddt"), ("stc", "vpubnd")


def workbook(doc):
    """The bytes of doc; the numbers of its rows are written into them."""
    office = offices.BY_ID[doc.office]
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = SHEET
    wb.properties.creator = office.name
    wb.properties.created = wb.properties.modified = datetime(2018, 1, 1)
    width = len(COLUMNS)

    def line(row, text, bold=False, left=1, right=width):
        ws.cell(row, left, text).font = Font(name="Times New Roman", bold=bold, size=12)
        ws.cell(row, left).alignment = Alignment(horizontal="center")
        ws.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)

    parent = {"huyen": "ỦY BAN NHÂN DÂN"}.get(office.kind, "UBND TỈNH ĐẮK NÔNG")
    issuer = office.name.upper().replace("UBND ", "") if office.kind == "huyen" else office.name.upper()
    if doc.office == "baodn":
        parent = "TỈNH ỦY ĐẮK NÔNG"
    line(1, parent, right=5)
    line(1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 6)
    line(2, issuer, True, right=5)
    line(2, "Độc lập - Tự do - Hạnh phúc", True, 6)
    day = datetime.fromisoformat(doc.arrived)
    line(3, "Số: %d/BC-%s" % (30 + sum(map(ord, doc.id)) % 150, office.symbol), right=5)
    month = "%02d" % day.month if day.month < 3 else "%d" % day.month
    place = office.name.replace("UBND huyện ", "").replace("UBND thị xã ", "") if office.kind == "huyen" else "Đắk Nông"
    line(3, "%s, ngày %02d tháng %s năm 2018" % (place, day.day, month), left=6)
    line(5, "BÁO CÁO", True)
    line(6, "Kết quả thực hiện Kế hoạch cải cách hành chính " + TITLE[doc.period], True)
    if doc.corrects:
        line(7, "(Bản đính chính)")
    if doc.nothing:
        line(9, "Trong %s đơn vị không phát sinh nội dung báo cáo." % TITLE[doc.period])
        return _bytes(wb)
    at = 9
    for i, (heading, w) in enumerate(COLUMNS, 1):
        ws.cell(at, i, heading).font = Font(name="Times New Roman", bold=True)
        ws.column_dimensions[openpyxl.utils.get_column_letter(i)].width = w
    field = ""
    for number, r in enumerate(doc.rows, 1):
        at += 1
        if doc.headings and plan.field(r.code) != field:
            field = plan.field(r.code)
            ws.cell(at, 2, "LĨNH VỰC " + field)
            ws.cell(at, 3, FIELD_NAMES[field])
            ws.merge_cells(start_row=at, start_column=3, end_row=at, end_column=width)
            at += 1
        r.number = at
        _row(ws, at, number, doc, r)
    return _bytes(wb)


def _row(ws, at, number, doc, r):
    s = r.said
    ws.cell(at, 1, number)
    ws.cell(at, 2, r.shown_code or r.code)
    ws.cell(at, 3, NAMES[r.shown_name or r.code])
    ws.cell(at, 4, r.text)
    ws.cell(at, 5, STATUS[s.status])
    if s.percent is not None:
        c = ws.cell(at, 6)
        if doc.office in AS_TEXT:
            c.value = "%d%%" % s.percent
        elif doc.office in AS_SHARE:
            c.value, c.number_format = s.percent / 100, "0%"
        else:
            c.value = s.percent
    if s.done_on:
        c = ws.cell(at, 7)
        c.value, c.number_format = datetime.fromisoformat(s.done_on), "dd/mm/yyyy"
    for column, amount in ((8, s.spent), (9, s.total)):
        if amount is not None:
            ws.cell(at, column, float(amount) if amount % 1 else int(amount))
    for column, text in ((10, r.difficulty), (12, r.evidence)):
        if text:
            ws.cell(at, column, text)


def _bytes(wb):
    """The workbook without the moment at which it was made."""
    raw = io.BytesIO()
    wb.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2018-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, (2018, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()


def mail(doc, data, number):
    """doc as a mail: what our server put on top, then what the sender wrote."""
    office = offices.BY_ID[doc.office]
    address = doc.office + "@daknong.example"
    when = datetime.fromisoformat(doc.arrived).replace(hour=doc.hour, tzinfo=ZONE)
    msg = MIMEMultipart("mixed", boundary="----=_nam_%04d" % number)
    msg["From"] = "%s <%s>" % (Header(office.name, "utf-8").encode(), address)
    msg["To"] = "snv@daknong.example"
    msg["Subject"] = Header("Báo cáo kết quả CCHC " + TITLE[doc.period], "utf-8")
    msg["Date"] = format_datetime(when)
    msg["Message-ID"] = "<year.%04d@daknong.example>" % number
    msg.attach(MIMEText("%s gửi báo cáo CCHC %s (tệp kèm theo).\n" % (office.name, TITLE[doc.period]), "plain", "utf-8"))
    part = MIMEBase("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    part.set_payload(data)
    encoders.encode_base64(part)
    part["Content-Disposition"] = 'attachment; filename="%s.xlsx"' % doc.id
    msg.attach(part)
    results = "dmarc=pass header.from=daknong.example;\r\n\tspf=pass smtp.mailfrom=" + address
    if doc.mail == "fail":
        results = "dmarc=fail (p=NONE) header.from=daknong.example;\r\n\tspf=softfail smtp.mailfrom=" + address
    head = ["Return-Path: <%s>" % address,
            "Received: from mta.daknong.example (mta.daknong.example [192.0.2.7])\r\n\tby mx.daknong.example with ESMTPS"
            " id Y%04d\r\n\tfor <snv@daknong.example>; %s" % (number, format_datetime(when)),
            "Authentication-Results: mx.daknong.example;\r\n\t" + results]
    body = msg.as_bytes(policy=policy.compat32.clone(linesep="\r\n", max_line_length=76))
    return ("\r\n".join(head) + "\r\n").encode("ascii") + body
