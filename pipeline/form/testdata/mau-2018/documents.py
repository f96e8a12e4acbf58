"""What arrived when, how, and what was wrong with it: every document of the
sample year, and the few deliberate cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Callable, Optional

import decision
import members
import story
from mail import ZONE
from table import Line


@dataclass
class Document:
    period: str
    office: str
    arrived: str  # "2018-03-14" of a dropped file, "2018-03-14 16:42:07" of a mail
    name: str  # of the workbook
    mail: Optional[dict] = None  # fields of mail.Mail and mail.Attachment that differ from the usual
    case: str = ""
    why: str = ""  # what the case is and what should come of it, for the README
    outcome: str = "accept"
    edit: Optional[Callable] = None  # changes the Lines
    signed: str = ""  # the day of the letter; empty: the day of arrival or the day before
    ref: str = ""  # its number; empty: made up
    corrects: str = ""
    same_as: str = ""  # name of the document whose bytes these are
    nothing: bool = False
    kind: str = "xlsx"  # xlsx, pdf, none

    def day(self):
        return date.fromisoformat(self.arrived[:10])

    def letter_day(self):
        if self.signed:
            return date.fromisoformat(self.signed)
        day = self.day() - timedelta(days=members.pick(2, self.office, self.period, "signed"))
        if self.period == "2018":  # these tell of what was done up to 14/12
            day = max(day, date(2018, 12, 14))
        return day - timedelta(days=max(0, day.weekday() - 4))

    def letter_ref(self, office):
        low = {"2018-Q1": 44, "2018-6M": 110, "2018-Q3": 171, "2018": 254}[self.period]
        return self.ref or "%d/BC-%s" % (low + members.pick(24, self.office, self.period, "ref"), office.symbol)


def lines(plan, office, period):
    """(own, partner): what the office says, before a case changes it."""
    own = []
    for code in decision.expected(plan, office):
        member = code in decision.OF_ALL + decision.OF_DISTRICTS
        step = members.step(office, code, period) if member else story.step(code, period)
        own.append(_line(office, code, period, step, "member" if member else "lead"))
    return own, [_line(office, c, period, members.partner_step(office, c, period), "partner")
                 for c in office.habit.partner]


def _line(office, code, period, step, role):
    spent = step.total
    if period == "2018-Q3" and spent is not None:  # the other periods begin with the year
        if role == "member":
            before = members.spent_total(office, code, "2018-6M")
        else:
            before = story.step(code, "2018-6M").total
        spent -= before or 0
    difficulty, proposal, evidence = members.remarks(office, code, period)
    if step.status in ("done", "not_due", "nil"):
        difficulty = proposal = ""
    if role == "partner" or step.status in ("not_started", "not_due", "nil", "paused"):
        evidence = ""
    return Line(code, step, spent, difficulty, proposal, evidence, role)


def find(own, code):
    return next(l for l in own if l.activity == code)


# The deliberate changes

def _typed_wrong(own):
    """125,5 became 215,5; the amended version has it right."""
    l = find(own, "7.1.1")
    l.spent = Decimal("215.5")
    l.step = l.step._replace(total=Decimal("215.5"))


def _three_faults(own):
    find(own, "1.3.4").shown_money = "khoảng hai chục triệu"
    wrong = find(own, "3.5.1")
    wrong.shown_code, wrong.unknown = "3.9.1", True
    own.remove(find(own, "7.2.2"))


def _forged_figures(own):
    l = find(own, "6.1.1")
    l.step = l.step._replace(status="done", percent=100, total=Decimal("900"), text="Đã hoàn thành toàn bộ nhiệm vụ.")
    l.spent = Decimal("900")


def _name_of_the_next(plan):
    def edit(own):
        l = find(own, "6.1.1")
        l.shown_name, l.held = plan.activities["6.1.2"].name, True
    return edit


def _not_its_own(own):
    step = story.Step("in_progress", 30, None, None, "Đã lắp đặt 02 pano, áp phích tuyên truyền CCHC tại Bệnh viện đa khoa tỉnh.")
    at = next(i for i, l in enumerate(own) if l.activity > "1.3.3")
    own.insert(at, Line("1.3.3", step, None, role="none"))


def _half_done(own):
    l = find(own, "5.4.1")
    l.step = l.step._replace(status="done", percent=50,
                             text="Đã rà soát xong cán bộ chuyên trách của 05/10 xã, thị trấn.")


def _falls(own):
    l = find(own, "1.3.1")
    l.step = l.step._replace(total=Decimal("58.5"))


def all_documents(plan):
    return _first_quarter() + _half_year(plan) + _third_quarter() + _year()


def drop(period, office, day, name, **more):
    return Document(period, office, day, name, **more)


def post(period, office, at, name, mail=None, **more):
    return Document(period, office, at, name, mail=mail or {}, **more)


def _first_quarter():
    q = "2018-Q1"
    return [
        drop(q, "vpubnd", "2018-03-12", "bao-cao-van-phong-UBND-tinh-quy-I-2018.xlsx"),
        post(q, "skhdt", "2018-03-12 15:20:11", "BC CCHC quý I - Sở KHĐT.xlsx", {"naming": "2047"}),
        post(q, "stttt", "2018-03-13 08:05:40", "bc-cchc-quy-1-stttt.xlsx", ref="21/BC-STTTT", signed="2018-03-12",
             case="amended-original", edit=_typed_wrong,
             why="Bản gửi lần đầu của Sở Thông tin và Truyền thông ghi nhầm kinh phí hoạt động 7.1.1 là 215,5 triệu đồng; bản đính chính gửi hai ngày sau thay thế bản này, bản này được giữ làm lịch sử."),
        drop(q, "sgtvt", "2018-03-13", "Phu luc CCHC quy I - So GTVT.xlsx"),
        drop(q, "ptth", "2018-03-13", "dai-ptth-quy-I-2018.xlsx"),
        post(q, "dakrlap", "2018-03-13 16:48:02", "UBND huyện Đắk R'lấp - báo cáo CCHC quý I năm 2018.xlsx"),
        drop(q, "snv", "2018-03-14", "BC CCHC quy I nam 2018 - SNV.xlsx"),
        drop(q, "cujut", "2018-03-14", "bao-cao-ubnd-huyen-cu-jut-quy-I.xlsx", case="same-file-twice",
             why="UBND huyện Cư Jút chép tệp vào thư mục ngày 14/3, hôm sau gửi lại đúng tệp đó qua thư: chỉ tính một lần, thời điểm nhận là lần đầu."),
        post(q, "stc", "2018-03-14 09:31:55", "Bieu 01 CCHC quy I STC.xlsx", {"disposition": "inline"}),
        post(q, "sgddt", "2018-03-14 10:12:27", "bao cao cchc q1 2018 sgddt.xlsx", {"type": "application/octet-stream"}),
        drop(q, "svhttdl", "2018-03-14", "BC-CCHC-quy-I-SVHTTDL.xlsx"),
        post(q, "dakmil", "2018-03-14 14:02:19", "BC huyện Đắk Mil quý I.xlsx", {"naming": "both", "sub_html": True}),
        post(q, "baodn", "2018-03-14 16:55:30", "bao dak nong - cchc quy 1.xlsx"),
        drop(q, "stp", "2018-03-15", "bao-cao-so-tu-phap-quy-I.xlsx", ref="45/BC-STP", signed="2018-03-14"),
        drop(q, "syt", "2018-03-15", "Báo cáo CCHC quý I - Sở Y tế.xlsx"),
        post(q, "snnptnt", "2018-03-15 07:58:44", "CCHC Q1 SNN.xlsx", {"disposition": "inline", "type": "application/octet-stream"}),
        drop(q, "stnmt", "2018-03-15", "stnmt_cchc_q1_2018.xlsx"),
        post(q, "stttt", "2018-03-15 08:21:03", "bc-cchc-quy-1-stttt (dinh chinh).xlsx",
             {"subject": "V/v đính chính Báo cáo số 21/BC-STTTT về kết quả CCHC quý I năm 2018",
              "body": "Kính gửi: Sở Nội vụ.\nDo sơ suất trong tổng hợp, kinh phí thực hiện hoạt động 7.1.1 tại Báo cáo số 21/BC-STTTT ghi 215,5 triệu đồng; số đúng là 125,5 triệu đồng.\nSở Thông tin và Truyền thông gửi bản đính chính thay thế bản đã gửi ngày 13/3/2018.\nTrân trọng./.\n"},
             ref="25/BC-STTTT", signed="2018-03-14", corrects="Báo cáo số 21/BC-STTTT ngày 12/3/2018", case="amended",
             why="Bản đính chính của Sở Thông tin và Truyền thông: hoạt động 7.1.1 là 125,5 triệu đồng. Bản này được dùng."),
        post(q, "sxd", "2018-03-15 09:40:18", "Báo cáo Sở Xây dựng quý I.2018.xlsx", {"naming": "2047"}, case="faults",
             edit=_three_faults,
             why="Báo cáo của Sở Xây dựng có ba lỗi: mã 3.9.1 không có trong kế hoạch (nội dung là của 3.5.1), cột kinh phí ghi “khoảng hai chục triệu”, thiếu hoạt động 7.2.2. Các dòng đúng vẫn được dùng, ba lỗi được chỉ ra."),
        drop(q, "ttt", "2018-03-15", "thanh-tra-tinh-quy-1.xlsx"),
        post(q, "bdt", "2018-03-15 10:05:00", "BC CCHC quy I Ban Dan toc.xlsx", case="nothing", nothing=True,
             why="Ban Dân tộc trả lời cả báo cáo là “không phát sinh”: là có báo cáo, khác với chưa báo cáo."),
        post(q, "daksong", "2018-03-15 10:44:51", "bao-cao-cchc-huyen-dak-song.xlsx", {"forward": True}, case="forwarded",
             why="UBND huyện Đắk Song chuyển tiếp thư của Phòng Nội vụ: tệp nằm trong thư được chuyển (message/rfc822) phải được tìm thấy. Người gửi đã xác thực là UBND huyện."),
        drop(q, "gianghia", "2018-03-15", "TX Gia Nghĩa - KH 1982 - quý I.xlsx"),
        post(q, "sct", "2018-03-15 11:15:09", "BC CCHC QUÝ I SCT.xlsx"),
        post(q, "cujut", "2018-03-15 13:30:00", "bao-cao-ubnd-huyen-cu-jut-quy-I.xlsx", case="same-file-twice",
             same_as="bao-cao-ubnd-huyen-cu-jut-quy-I.xlsx",
             why="Cùng tệp đã chép vào thư mục ngày 14/3: không tạo phiên bản mới."),
        post(q, "stc", "2018-03-15 14:11:36", "Bieu 01 CCHC quy I STC (thay the).xlsx",
             {"authentic": "fail", "subject": "Báo cáo CCHC quý I năm 2018 (thay thế)"}, ref="99/BC-STC",
             edit=_forged_figures, case="forged", outcome="review",
             why="Thư mạo danh Sở Tài chính (máy chủ của ta ghi dmarc=fail; dòng dmarc=pass bên dưới là do bên gửi tự thêm): chờ cán bộ xem, không thay bản thật gửi ngày 14/3, không trả lời."),
        post(q, "dakglong", "2018-03-15 15:27:48", "Bao cao CCHC quy I huyen Dak Glong.xlsx",
             {"address": "ca-nhan@mail.example", "display": ""}, case="unknown-sender", outcome="review",
             why="Báo cáo đúng của UBND huyện Đắk Glong nhưng gửi từ hộp thư cá nhân không có trong danh bạ: chờ cán bộ quyết định."),
        post(q, "bqlkcn", "2018-03-15 16:02:33", "Báo cáo CCHC quý I.pdf", case="pdf-only", outcome="reject", kind="pdf",
             why="Ban Quản lý các khu công nghiệp chỉ gửi tệp PDF: báo lại là cần bảng Excel, chưa tính là đã báo cáo."),
        post(q, "skhcn", "2018-03-15 16:30:05", "", {
            "auto": True, "subject": "Trả lời tự động: Đôn đốc gửi báo cáo CCHC quý I năm 2018",
            "in_reply_to": "<don-doc.2018-Q1.skhcn@daknong.example>",
            "body": "Văn thư Sở Khoa học và Công nghệ nghỉ phép đến hết ngày 19/3/2018. Thư gửi đến sẽ được xử lý sau thời gian này.\n"},
             case="auto-reply", outcome="ignore", kind="none",
             why="Thư trả lời tự động của Sở Khoa học và Công nghệ: không phải báo cáo, không trả lời lại."),
        drop(q, "tuyduc", "2018-03-19", "phu luc cchc huyen tuy duc.xlsx", case="late",
             why="UBND huyện Tuy Đức gửi sau thời hạn 15/3, trước khi khóa số liệu 20/3: được dùng, ghi là gửi chậm."),
        post(q, "sldtbxh", "2018-03-22 09:14:20", "BC CCHC quý I - Sở LĐTBXH.xlsx", case="after-lock",
             why="Sở Lao động - Thương binh và Xã hội gửi sau khi khóa số liệu 20/3: không vào báo cáo lần đầu, vào bản sửa đổi nếu mở lại kỳ."),
    ]


def _half_year(plan):
    h = "2018-6M"
    return [
        drop(h, "stp", "2018-06-13", "bao-cao-so-tu-phap-6-thang.xlsx"),
        post(h, "skhdt", "2018-06-13 14:10:00", "BC CCHC 6 tháng - Sở KHĐT.xlsx", {"naming": "2047"}),
        drop(h, "vpubnd", "2018-06-13", "bao-cao-van-phong-UBND-tinh-6T-2018.xlsx"),
        post(h, "dakrlap", "2018-06-13 15:31:12", "UBND huyện Đắk R'lấp - báo cáo CCHC 6 tháng đầu năm 2018.xlsx"),
        drop(h, "snv", "2018-06-14", "BC CCHC 6 thang nam 2018 - SNV.xlsx"),
        post(h, "stc", "2018-06-14 08:20:45", "Bieu 01 CCHC 6 thang STC.xlsx", {"disposition": "inline"},
             case="code-text-disagreement", edit=_name_of_the_next(plan),
             why="Sở Tài chính ghi mã 6.1.1 nhưng nội dung của 6.1.2: dòng này chờ cán bộ quyết định, dòng 6.1.2 được dùng."),
        drop(h, "sxd", "2018-06-14", "Báo cáo Sở Xây dựng 6 tháng 2018.xlsx"),
        post(h, "stttt", "2018-06-14 09:02:10", "bc-cchc-6-thang-stttt.xlsx"),
        post(h, "skhcn", "2018-06-14 09:45:38", "cchc_6t_skhcn.xlsx", {"type": "application/octet-stream"}),
        drop(h, "svhttdl", "2018-06-14", "BC-CCHC-6-thang-SVHTTDL.xlsx"),
        post(h, "krongno", "2018-06-14 10:20:07", "BC CCHC 6 tháng huyện Krông Nô.xlsx",
             {"with": "BC CCHC quý I huyện Krông Nô (bổ sung).xlsx",
              "subject": "UBND huyện Krông Nô gửi báo cáo CCHC 6 tháng và bổ sung quý I năm 2018"}, case="two-workbooks",
             why="Một thư của UBND huyện Krông Nô có hai tệp: báo cáo 6 tháng (dùng bình thường) và báo cáo quý I gửi bổ sung."),
        post("2018-Q1", "krongno", "2018-06-14 10:20:07", "BC CCHC quý I huyện Krông Nô (bổ sung).xlsx",
             {"within": True}, signed="2018-03-16", case="after-lock",
             why="Báo cáo quý I của UBND huyện Krông Nô đến ngày 14/6, sau khi khóa số liệu quý I: không vào báo cáo quý I lần đầu."),
        drop(h, "sgddt", "2018-06-14", "bao cao cchc 6T 2018 sgddt.xlsx"),
        drop(h, "cujut", "2018-06-14", "bao-cao-ubnd-huyen-cu-jut-6-thang.xlsx"),
        post(h, "dakmil", "2018-06-14 15:50:26", "BC huyện Đắk Mil 6 tháng.xlsx", {"naming": "both"}, case="done-below-100",
             edit=_half_done,
             why="UBND huyện Đắk Mil ghi hoạt động 5.4.1 “Đã hoàn thành” nhưng tỷ lệ 50%: cần rà soát."),
        drop(h, "ptth", "2018-06-14", "dai-ptth-6-thang-2018.xlsx"),
        post(h, "snnptnt", "2018-06-15 07:44:59", "CCHC 6T SNN.xlsx", {"type": "application/octet-stream"}),
        drop(h, "sgtvt", "2018-06-15", "Phu luc CCHC 6 thang - So GTVT.xlsx"),
        drop(h, "stnmt", "2018-06-15", "stnmt_cchc_6t_2018.xlsx"),
        drop(h, "sldtbxh", "2018-06-15", "Sở LĐTBXH - CCHC 6 tháng.xlsx"),
        post(h, "syt", "2018-06-15 09:09:41", "Báo cáo CCHC 6 tháng - Sở Y tế.xlsx", {"sub_html": True},
             case="unexpected-activity", edit=_not_its_own,
             why="Sở Y tế báo cáo hoạt động 1.3.3, không do Sở chủ trì hay phối hợp: ghi nhận để rà soát, không tính vào số của 1.3.3."),
        drop(h, "daksong", "2018-06-15", "bao-cao-cchc-6-thang-huyen-dak-song.xlsx"),
        post(h, "tuyduc", "2018-06-15 16:12:00", "phu luc cchc 6 thang huyen tuy duc.xlsx"),
        post(h, "bdt", "2018-06-18 08:30:14", "BC CCHC 6 thang Ban Dan toc.xlsx", case="late",
             why="Ban Dân tộc gửi sau thời hạn 15/6, trước khi khóa số liệu 20/6: được dùng, ghi là gửi chậm."),
    ]


def _third_quarter():
    q = "2018-Q3"
    return [
        drop(q, "stp", "2018-09-13", "bao-cao-so-tu-phap-quy-III.xlsx"),
        drop(q, "vpubnd", "2018-09-14", "bao-cao-van-phong-UBND-tinh-quy-III-2018.xlsx"),
        post(q, "skhdt", "2018-09-14 10:40:09", "BC CCHC quý III - Sở KHĐT.xlsx", {"naming": "2047"}),
        drop(q, "snv", "2018-09-14", "BC CCHC quy III nam 2018 - SNV.xlsx"),
        post(q, "stc", "2018-09-14 14:21:30", "Bieu 01 CCHC quy III STC.xlsx", {"disposition": "inline"}),
        post(q, "dakrlap", "2018-09-14 15:02:57", "UBND huyện Đắk R'lấp - báo cáo CCHC quý III năm 2018.xlsx"),
        post(q, "stttt", "2018-09-17 08:14:12", "bc-cchc-quy-3-stttt.xlsx"),
        drop(q, "ptth", "2018-09-17", "dai-ptth-quy-III-2018.xlsx", case="cumulative-falls", edit=_falls,
             why="Đài PT-TH ghi lũy kế của 1.3.1 là 58,5 triệu đồng, thấp hơn 62,5 triệu đồng đã báo cáo 6 tháng; chương trình hiện chưa so với kỳ trước."),
        drop(q, "syt", "2018-09-17", "Báo cáo CCHC quý III - Sở Y tế.xlsx"),
        post(q, "sgddt", "2018-09-17 09:50:00", "bao cao cchc q3 2018 sgddt.xlsx", {"type": "application/octet-stream"}),
        drop(q, "cujut", "2018-09-17", "bao-cao-ubnd-huyen-cu-jut-quy-III.xlsx"),
        post(q, "dakmil", "2018-09-17 15:36:41", "BC huyện Đắk Mil quý III.xlsx", {"naming": "both"}),
    ]


def _year():
    y = "2018"
    return [
        drop(y, "snv", "2018-12-14", "BC CCHC nam 2018 - SNV.xlsx"),
        drop(y, "stp", "2018-12-14", "bao-cao-so-tu-phap-nam-2018.xlsx"),
        drop(y, "vpubnd", "2018-12-14", "bao-cao-van-phong-UBND-tinh-nam-2018.xlsx"),
        post(y, "stc", "2018-12-14 15:40:16", "Bieu 01 CCHC nam 2018 STC.xlsx", {"disposition": "inline"}),
        post(y, "dakrlap", "2018-12-14 16:18:33", "UBND huyện Đắk R'lấp - báo cáo CCHC năm 2018.xlsx"),
        drop(y, "ptth", "2018-12-14", "dai-ptth-nam-2018.xlsx"),
        post(y, "stttt", "2018-12-17 08:03:29", "bc-cchc-nam-2018-stttt.xlsx"),
        post(y, "baodn", "2018-12-17 08:47:02", "bao dak nong - cchc nam 2018.xlsx"),
        drop(y, "syt", "2018-12-17", "Báo cáo CCHC năm 2018 - Sở Y tế.xlsx"),
        post(y, "sgddt", "2018-12-17 09:20:55", "bao cao cchc nam 2018 sgddt.xlsx", {"type": "application/octet-stream"}),
        drop(y, "sgtvt", "2018-12-17", "Phu luc CCHC nam 2018 - So GTVT.xlsx"),
        post(y, "snnptnt", "2018-12-17 10:11:48", "CCHC nam 2018 SNN.xlsx"),
        drop(y, "svhttdl", "2018-12-17", "BC-CCHC-nam-2018-SVHTTDL.xlsx"),
        drop(y, "cujut", "2018-12-17", "bao-cao-ubnd-huyen-cu-jut-nam-2018.xlsx"),
        post(y, "dakmil", "2018-12-17 14:25:10", "BC huyện Đắk Mil năm 2018.xlsx", {"naming": "both"}),
        drop(y, "daksong", "2018-12-17", "bao-cao-cchc-nam-2018-huyen-dak-song.xlsx"),
    ]


def arrival(document):
    return datetime.strptime(document.arrived, "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)
