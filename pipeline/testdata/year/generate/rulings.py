"""What the clerks did, in the order of the days, and when periods were issued."""

from collections import namedtuple

Ruling = namedtuple("Ruling", "day kind period document row agency activity figure value before rule until source reason by undoes",
                    defaults=[""] * 16)


def R(day, kind, period, reason, by="Cán bộ tổng hợp", **more):
    return Ruling(day=day, kind=kind, period=period, reason=reason, by=by, **more)


ALL = [
    R("2018-03-16", "release", "2018-Q1", "Đã xác minh qua điện thoại với Văn phòng UBND huyện", document="dakglong-2018-Q1"),
    R("2018-03-16", "set-aside", "2018-Q1", "Sở báo gửi nhầm số liệu năm khác", document="sct-2018-Q1-nham"),
    R("2018-03-16", "set-aside", "2018-Q1", "Chưa rõ bản nào là bản chính thức", document="skhcn-2018-Q1-lan-2"),
    R("2018-03-19", "assign", "2018-Q1", "Nội dung là của hoạt động 3.5.1, mã ghi nhầm", document="dakrlap-2018-Q1",
      row="3.5.1", activity="3.5.1"),
    R("2018-03-19", "undo", "2018-Q1", "Sở xác nhận bản thứ hai là bản chính thức", undoes="3"),
    R("2018-03-19", "correct", "2018-Q1", "Sở ghi nhầm dấu phẩy", document="skhdt-2018-Q1", row="7.2.1",
      agency="skhdt", activity="7.2.1", figure="spent_total",
      value="4.5", before="45", source="Công văn 112/SKHĐT-VP ngày 19/3/2018"),
    R("2018-03-20", "waive-gap", "2018-Q1", "Sở đang thay đổi nhân sự, gửi bổ sung sau", agency="sldtbxh"),
    R("2018-06-15", "extend", "2018-6M", "Huyện xin lùi hạn do mưa lũ", agency="krongno", until="2018-06-19"),
    R("2018-06-18", "release", "2018-6M", "Sở xác nhận mã 6.1.1 là đúng, chép nhầm nội dung", document="stc-2018-6M", row="6.1.1"),
    R("2018-06-18", "waive-rule", "2018-6M", "Đã xác nhận nội dung không đổi", agency="gianghia", activity="7.1.3",
      rule="same-as-before", until="2018-06-30"),
    R("2018-06-20", "waive-gap", "2018-6M", "Huyện bị cô lập do mưa lũ, Chủ tịch UBND tỉnh đồng ý", agency="daksong"),
    R("2018-09-20", "waive-gap", "2018-Q3", "Sở không gửi sau hai lần đôn đốc", agency="skhcn"),
]

# (day, step, period, revision, figures as of)
ISSUES = [
    ("2018-03-21", "issue", "2018-Q1", 1, "2018-03-20", ""),
    ("2018-04-06", "reopen", "2018-Q1", 0, "", "Đài PT-TH và Sở LĐTB&XH gửi bổ sung, đính chính"),
    ("2018-04-09", "issue", "2018-Q1", 2, "2018-04-09", ""),
    ("2018-06-21", "issue", "2018-6M", 1, "2018-06-20", ""),
    ("2018-07-01", "plan", "2018", 2, "", "plan-v2.txt"),
    ("2018-09-21", "issue", "2018-Q3", 1, "2018-09-20", ""),
    ("2018-12-21", "issue", "2018", 1, "2018-12-20", ""),
]


def in_force(period):
    """The rulings of the period that nobody undid. As-of concerns documents only."""
    undone = {int(r.undoes) - 1 for r in ALL if r.kind == "undo"}
    return [r for i, r in enumerate(ALL) if r.period == period and r.kind != "undo" and i not in undone]
