"""What the sở, ban, ngành and districts said of the twelve activities that
groups lead, and of those they cooperate in. Everything is made up, and chosen
by a hash, so that every run says the same."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal

from story import PERIODS, Step

KY = {"2018-Q1": "quý I", "2018-6M": "6 tháng đầu năm", "2018-Q3": "quý III", "2018": "năm 2018"}
SHARE = {"2018-Q1": 25, "2018-6M": 50, "2018-Q3": 75, "2018": 100}
# First and last days that documents named in a report may bear.
DAYS = {"2018-Q1": (date(2018, 1, 8), date(2018, 3, 9)), "2018-6M": (date(2018, 3, 19), date(2018, 6, 8)),
        "2018-Q3": (date(2018, 6, 18), date(2018, 9, 7)), "2018": (date(2018, 9, 17), date(2018, 12, 11))}
HOLIDAYS = [(date(2018, 2, 14), date(2018, 2, 20)), (date(2018, 4, 25), date(2018, 4, 25)),
            (date(2018, 4, 30), date(2018, 5, 1)), (date(2018, 9, 2), date(2018, 9, 3))]


def pick(n, *key):
    """A number below n that depends on key alone."""
    return int.from_bytes(hashlib.sha256("|".join(key).encode()).digest()[:6], "big") % n


def a_day(period, *key):
    first, last = DAYS[period]
    day = first + timedelta(days=pick((last - first).days + 1, period, *key))
    while day.weekday() > 4 or any(a <= day <= z for a, z in HOLIDAYS):  # offices sign on working days
        day -= timedelta(days=1)
    return day


_TEXTS = {
    "1.3.4": {"in_progress": [
        "Trong {ky} đã đăng tải {n} tin, bài về công tác CCHC trên Trang thông tin điện tử của {dv}.",
        "Duy trì chuyên mục “Cải cách hành chính” trên Trang thông tin điện tử; trong {ky} đăng {n} tin, bài, ảnh.",
        "Chuyên mục CCHC được cập nhật thường xuyên với {n} tin, bài; phối hợp gửi {m} tin đăng trên Cổng thông tin điện tử tỉnh."],
        "done": ["Cả năm đăng tải {N} tin, bài về CCHC trên Trang thông tin điện tử của {dv}, hoàn thành kế hoạch tuyên truyền.",
                 "Đã đăng {N} tin, bài; 100% thông tin, sự kiện CCHC của {dv} được đăng tải kịp thời."]},
    "3.3.1": {"in_progress": [
        "Trong {ky} đã trình Chủ tịch UBND tỉnh công bố {m} danh mục TTHC với {n} thủ tục (Quyết định số {so}/QĐ-UBND ngày {ngay}).",
        "Đã rà soát, trình công bố {n} TTHC sửa đổi, bổ sung, ban hành mới; bãi bỏ {m} TTHC.",
        "100% TTHC có thay đổi trong {ky} ({n} thủ tục) được tham mưu công bố đúng thời hạn."],
        "done": ["Cả năm tham mưu công bố {N} TTHC; 100% TTHC được công bố đầy đủ, kịp thời theo quy định."]},
    "3.4.1": {"in_progress": [
        "Đã niêm yết công khai {N} TTHC tại Bộ phận tiếp nhận và trả kết quả; cập nhật {n} TTHC mới trong {ky}.",
        "100% TTHC thuộc thẩm quyền được niêm yết tại Bộ phận một cửa bằng bảng, sổ và màn hình tra cứu.",
        "Niêm yết công khai {N} TTHC; đang thay thế các bảng niêm yết theo Quyết định công bố mới."],
        "done": ["Đã hoàn thành niêm yết công khai toàn bộ {N} TTHC tại Bộ phận tiếp nhận và trả kết quả, đúng quy định.",
                 "100% TTHC ({N} thủ tục) đã được niêm yết, công khai đầy đủ."]},
    "3.5.1": {"in_progress": [
        "Đã công khai địa chỉ, số điện thoại, thư điện tử tiếp nhận phản ánh, kiến nghị tại trụ sở và trên Trang thông tin điện tử.",
        "Niêm yết công khai nội dung hướng dẫn phản ánh, kiến nghị; trong {ky} tiếp nhận {k} phản ánh, kiến nghị, đã xử lý xong.",
        "Địa chỉ tiếp nhận phản ánh, kiến nghị được niêm yết tại Bộ phận một cửa; chưa phát sinh phản ánh trong {ky}."],
        "done": ["Đã hoàn thành công khai địa chỉ tiếp nhận phản ánh, kiến nghị tại trụ sở và trên Trang thông tin điện tử theo Văn bản số {so}/UBND-KSTT ngày {ngay}."]},
    "5.1.1": {"in_progress": [
        "Đã bố trí {m} công chức theo vị trí việc làm được phê duyệt; đang rà soát, điều chỉnh bản mô tả công việc.",
        "Thực hiện cơ cấu ngạch công chức theo Đề án vị trí việc làm; trong {ky} điều động, chuyển đổi vị trí {k} công chức.",
        "{p}% công chức được bố trí đúng vị trí việc làm, ngạch công chức; còn lại đang hoàn thiện tiêu chuẩn ngạch."],
        "done": ["100% công chức của {dv} được bố trí theo đúng vị trí việc làm và cơ cấu ngạch đã phê duyệt."]},
    "5.1.2": {"in_progress": [
        "Các đơn vị sự nghiệp trực thuộc đã bố trí {m} viên chức theo vị trí việc làm được phê duyệt.",
        "Đã trình thẩm định Đề án vị trí việc làm của {k} đơn vị sự nghiệp trực thuộc; {p}% viên chức bố trí đúng cơ cấu hạng.",
        "Đang rà soát hạng chức danh nghề nghiệp của viên chức; trong {ky} bổ nhiệm, xếp lương {m} viên chức."],
        "done": ["100% viên chức các đơn vị trực thuộc được bố trí theo vị trí việc làm và hạng chức danh nghề nghiệp."],
        "nil": ["Không phát sinh (đơn vị không có viên chức).", "Không có đơn vị sự nghiệp trực thuộc."]},
    "7.1.3": {"in_progress": [
        "Trang thông tin điện tử cung cấp {p}% danh mục thông tin theo Nghị định số 43/2011/NĐ-CP; trong {ky} cập nhật {n} lượt.",
        "Đã cập nhật đầy đủ thông tin giới thiệu, văn bản chỉ đạo, TTHC; đang bổ sung chuyên mục lấy ý kiến góp ý.",
        "Cung cấp {n} lượt thông tin theo Nghị định 43; kiện toàn Ban biên tập tại Quyết định số {so}/QĐ ngày {ngay}."],
        "done": ["Đã cung cấp đầy đủ, kịp thời 100% danh mục thông tin theo Nghị định số 43/2011/NĐ-CP với {N} lượt cập nhật."]},
    "7.2.1": {"in_progress": [
        "Duy trì áp dụng Hệ thống quản lý chất lượng cho {m} quy trình; đánh giá nội bộ lần 1 ngày {ngay}.",
        "Tiếp tục duy trì, cải tiến Hệ thống quản lý chất lượng TCVN ISO 9001:2008; cập nhật {m} quy trình giải quyết TTHC.",
        "Đã ban hành mục tiêu chất lượng năm 2018, kế hoạch đánh giá nội bộ; rà soát {m} quy trình."],
        "done": ["Duy trì hiệu quả Hệ thống quản lý chất lượng; đã đánh giá nội bộ, xem xét của lãnh đạo và công bố lại phù hợp tiêu chuẩn ngày {ngay}."]},
    "7.2.2": {"in_progress": [
        "Đang triển khai thử nghiệm phần mềm ISO điện tử tại Văn phòng và {k} phòng chuyên môn.",
        "Đã khảo sát hiện trạng, đăng ký {k} quy trình đưa lên phần mềm ISO điện tử.",
        "Cử {k} công chức tham gia tập huấn ISO điện tử; đang số hóa {m} quy trình."],
        "done": ["Đã đưa {m} quy trình lên phần mềm ISO điện tử và vận hành chính thức từ ngày {ngay}."],
        "not_started": ["Chưa triển khai, chờ hướng dẫn của Sở Khoa học và Công nghệ.",
                        "Chưa thực hiện do chưa được cài đặt phần mềm.", "Đang chờ kế hoạch ISO điện tử của tỉnh."],
        "paused": ["Tạm dừng do chưa được UBND tỉnh lựa chọn thí điểm năm 2018."]},
    "7.3.1": {"in_progress": [
        "Đã cung cấp {N} dịch vụ công trực tuyến mức độ 2, đạt {p}% số TTHC thuộc thẩm quyền.",
        "{p}% TTHC được cung cấp ở mức độ 2 trên Trang thông tin điện tử; trong {ky} bổ sung biểu mẫu của {m} TTHC.",
        "Tiếp tục cập nhật biểu mẫu điện tử, trong {ky} hoàn thành {m} TTHC ở mức độ 2."],
        "done": ["100% TTHC ({N} thủ tục) được cung cấp dịch vụ công trực tuyến mức độ 2."]},
    "5.4.1": {"in_progress": [
        "Đã ban hành Văn bản số {so}/UBND-NV ngày {ngay} yêu cầu các xã, thị trấn rà soát; có {k} đơn vị báo cáo.",
        "Đã rà soát {m} cán bộ chuyên trách cấp xã, trong đó {p}% đạt chuẩn về chuyên môn."],
        "done": ["Hoàn thành rà soát {N} cán bộ chuyên trách cấp xã; 86% đạt chuẩn về chuyên môn, số còn lại đã cử đi đào tạo."]},
    "5.4.2": {"in_progress": [
        "Đang rà soát hồ sơ công chức cấp xã; đã rà soát {m} người, {p}% đạt chuẩn.",
        "Phòng Nội vụ tổng hợp kết quả rà soát của {k} xã, thị trấn; còn lại báo cáo trong tháng sau."],
        "done": ["Hoàn thành rà soát {N} công chức cấp xã; 97% đạt chuẩn về chuyên môn, 3% đang học hoàn thiện."]},
}

_DISTRICT_TTHC = ["Đã cập nhật {n} TTHC cấp huyện, {m} TTHC cấp xã theo các Quyết định công bố của Chủ tịch UBND tỉnh.",
                  "Rà soát, cập nhật {n} TTHC thuộc thẩm quyền của cấp huyện, cấp xã; kiến nghị bãi bỏ {k} TTHC.",
                  "Trong {ky} triển khai {m} Quyết định công bố TTHC của Chủ tịch UBND tỉnh đến 100% xã, thị trấn."]

_PARTNER = {
    "1.4.1": "Đã cử công chức tham gia Đoàn kiểm tra liên ngành; chuẩn bị báo cáo theo đề cương của Đoàn.",
    "4.1.1": "Đã báo cáo kết quả rà soát chức năng, nhiệm vụ, tổ chức bộ máy của đơn vị gửi Sở Nội vụ.",
    "5.3.1": "Cử {m} lượt công chức, viên chức tham gia các lớp đào tạo, bồi dưỡng theo Kế hoạch của tỉnh.",
    "7.1.1": "Phối hợp triển khai phần mềm một cửa điện tử, phần mềm quản lý văn bản và điều hành tại đơn vị.",
    "2.3.1": "Đã rà soát {m} văn bản QPPL thuộc lĩnh vực quản lý, gửi kết quả về Sở Tư pháp.",
    "3.6.1": "Đăng ký {k} công chức đầu mối kiểm soát TTHC tham gia tập huấn.",
    "1.3.3": "Phối hợp khảo sát, bố trí vị trí xây dựng cụm pano tại trung tâm huyện.",
    "5.3.3": "Lập danh sách lãnh đạo UBND cấp xã tham gia lớp nghiệp vụ CCHC gửi Sở Nội vụ.",
    "3.6.2": "Đăng ký {m} công chức Bộ phận tiếp nhận và trả kết quả cấp huyện, cấp xã tham gia tập huấn.",
    "2.2.1": "Triển khai Kế hoạch theo dõi tình hình thi hành pháp luật trên địa bàn huyện.",
}

# (difficulty, proposal) by the beginning of the code; "" is for all others.
_REMARKS = {
    "1.": [("Công chức phụ trách CCHC kiêm nhiệm nhiều việc, tin, bài chưa thường xuyên.", "Đề nghị Sở Nội vụ tổ chức tập huấn viết tin, bài về CCHC."),
           ("Kinh phí bố trí cho công tác tuyên truyền còn hạn chế.", "Đề nghị UBND tỉnh bổ sung kinh phí tuyên truyền CCHC.")],
    "3.": [("Trang thiết bị tại Bộ phận một cửa xuống cấp, chưa được bố trí kinh phí thay thế.", "Đề nghị UBND tỉnh bố trí kinh phí nâng cấp trang thiết bị Bộ phận một cửa."),
           ("TTHC thay đổi thường xuyên, Quyết định công bố của Bộ, ngành ban hành chậm.", "Đề nghị các Bộ, ngành công bố TTHC kịp thời."),
           ("Phần mềm một cửa điện tử đôi lúc chậm, lỗi đường truyền.", "Đề nghị Sở Thông tin và Truyền thông sớm khắc phục lỗi phần mềm.")],
    "5.": [("Một số vị trí chưa có công chức, viên chức đủ tiêu chuẩn ngạch.", "Đề nghị cho đơn vị cử người đi đào tạo, bồi dưỡng theo tiêu chuẩn ngạch."),
           ("Chưa có hướng dẫn thống nhất về định mức vị trí việc làm.", "Đề nghị Sở Nội vụ sớm có văn bản hướng dẫn.")],
    "7.2": [("Hệ thống quy trình phải sửa đổi nhiều do TTHC thay đổi.", "Đề nghị Sở Khoa học và Công nghệ hướng dẫn chuyển đổi sang phiên bản ISO 9001:2015.")],
    "7.3": [("Người dân chưa có thói quen sử dụng dịch vụ công trực tuyến.", "Đề nghị tăng cường tuyên truyền về dịch vụ công trực tuyến.")],
    "": [("Văn bản hướng dẫn của cấp trên ban hành chậm.", "Đề nghị các Bộ, ngành sớm ban hành văn bản hướng dẫn."),
         ("Nguồn kinh phí phân bổ còn hạn chế.", "Đề nghị UBND tỉnh quan tâm bố trí kinh phí.")],
}

# Offices without service units have no viên chức to arrange.
NO_SERVICE_UNITS = {"ttt", "bdt", "skhdt", "vpubnd"}
# Money an office spends over the year on an activity without a budget of its own.
SPENDING = {"1.3.4": (6, 24), "7.2.1": (14, 32), "5.4.1": (8, 20)}


def _percent(office, code, period):
    """Percentages rise through the year in steps of five and end at 90 to 100."""
    if code in ("3.4.1", "3.5.1") and PERIODS.index(period) >= pick(6, office.id, code, "early"):
        return 100
    if code in ("5.4.1", "5.4.2") and period in PERIODS[2:]:  # these end in September
        return 100 if period == "2018" or pick(3, office.id, code, "end") else 90
    if period == "2018":
        return 100 if pick(8, office.id, code, "end") else 90 + 5 * pick(2, office.id, code, "rest")
    return SHARE[period] - 10 + 5 * pick(4, office.id, code, "pace")


def _status(office, code, period):
    if code == "5.1.2" and office.id in NO_SERVICE_UNITS:
        return "nil"
    if code == "7.2.2":
        if office.id in ("svhttdl", "snnptnt") and period != "2018-Q1":
            return "paused"
        begins = pick(3, office.id, code, "begins")
        if PERIODS.index(period) < begins:
            return "not_started"
    return "done" if _percent(office, code, period) == 100 else "in_progress"


def _done_on(office, code, period):
    """The day an activity was done: in the first period that says so."""
    for p in PERIODS[:PERIODS.index(period) + 1]:
        if _status(office, code, p) == "done":
            return a_day(p, office.id, code, "done").isoformat()
    return None


def spent_total(office, code, period):
    """Triệu đồng since the beginning of the year; None where none is meant."""
    if code not in SPENDING or pick(2, office.id, code, "spends"):
        return None
    low, high = SPENDING[code]
    year = low * 2 + pick((high - low) * 2, office.id, code, "year")  # in halves of a triệu
    return Decimal(year * (SHARE[period] - 5) // 100) / 2


def _count(office, code, period, what, low, high):
    """A number that grows with the year."""
    return (low + pick(high - low, office.id, code, what)) * SHARE[period] // 25


def _fill(template, office, code, period):
    total = _count(office, code, period, "n", 4, 13)
    before = {"2018-Q3": "2018-6M"}.get(period)
    now = total - (_count(office, code, before, "n", 4, 13) if before else 0)
    day = a_day(period, office.id, code, "text")
    return template.format(
        ky=KY[period], dv=office.self, n="%02d" % now, N="%02d" % (total + 40 if "TTHC" in template else total),
        m="%02d" % (2 + now // 2), k="%02d" % (1 + now // 6), p=min(98, SHARE[period] // 2 + 45),
        so="%d" % (40 + pick(60, office.id, code) * (1 + PERIODS.index(period))), ngay=day.strftime("%d/%m/%Y"))


def step(office, code, period):
    """What a member of a leading group says of code."""
    status = _status(office, code, period)
    texts = _TEXTS[code][status]
    if code == "3.3.1" and office.kind == "huyen" and status == "in_progress":
        texts = _DISTRICT_TTHC
    text = _fill(texts[pick(len(texts), office.id, code, status)], office, code, period)
    percent = {"nil": None, "paused": None, "not_started": 0}.get(status, _percent(office, code, period))
    done_on = _done_on(office, code, period) if status == "done" else None
    return Step(status, percent, spent_total(office, code, period), done_on, text)


def partner_step(office, code, period):
    """What an office says of an activity it only cooperates in."""
    return Step("in_progress", None, None, None, _fill(_PARTNER[code], office, code, period))


def remarks(office, code, period):
    """Difficulty, proposal and evidence: most rows have none."""
    chance = pick(9, office.id, code, period, "remark")
    pairs = _REMARKS[max((k for k in _REMARKS if code.startswith(k)), key=len)]
    difficulty, proposal = pairs[pick(len(pairs), office.id, code, "pair")]
    difficulty, proposal = difficulty if chance < 2 else "", proposal if chance == 1 else ""
    day = a_day(period, office.id, code, "evidence")
    evidence = "Báo cáo số %d/BC-%s ngày %s" % (
        day.timetuple().tm_yday * 6 // 10 + pick(4, office.id, code, period), office.symbol, day.strftime("%d/%m/%Y"))
    return difficulty, proposal, evidence
