"""The columns of each shape of table, and how an office writes codes, money,
percentages and days into them."""

from datetime import date
from decimal import Decimal

UNIT = {"trieu": "triệu đồng", "nghin": "nghìn đồng", "dong": "đồng"}
SHORT_UNIT = {"trieu": "tr.đ", "nghin": "nghìn đ", "dong": "đồng"}
SCALE = {"trieu": 1, "nghin": 1000, "dong": 1000000}


def columns(habit, period):
    """(key, heading, heading below, width) of each column from the left."""
    unit = "" if habit.caption else " (%s)" % UNIT[habit.unit]
    short = " (%s)" % SHORT_UNIT[habit.unit]
    quarter = period == "2018-Q3"  # the only period that does not begin with the year
    layout = habit.layout
    if layout in ("quyet-dinh", "ca-bang"):
        cols = [("code", "Stt", "", 13), ("name", "Nội dung", "", 34), ("indicator", "Chỉ số", "", 22),
                ("verify", "Phương tiện xác minh", "", 18), ("budget", "Kinh phí (triệu đồng)", "", 9),
                ("who", "Trách nhiệm thực hiện", "", 24), ("start", "Thời gian thực hiện", "Bắt đầu", 9),
                ("end", "Thời gian thực hiện", "Kết thúc", 9), ("note", "Ghi chú", "", 14),
                ("text", "Kết quả thực hiện", "", 42), ("status", "Tình trạng", "", 13),
                ("percent", "Tỷ lệ hoàn thành (%)", "", 9), ("done_on", "Thời gian hoàn thành", "", 12)]
        cols += [("spent", "Kinh phí đã thực hiện" + unit, "Trong kỳ" if quarter else "", 11)]
        cols += [("total", "Kinh phí đã thực hiện" + unit, "Lũy kế", 11)] if quarter else []
        return cols + [("difficulty", "Khó khăn, vướng mắc", "", 24), ("proposal", "Kiến nghị, đề xuất", "", 24)]
    if layout == "hai-dong":
        return [("stt", "STT", "", 5), ("code", "Mã hoạt động", "", 9), ("name", "Nội dung hoạt động", "", 38),
                ("budget", "Kinh phí" + unit, "Kế hoạch", 10), ("spent", "Kinh phí" + unit, "Đã thực hiện trong kỳ", 11),
                ("total", "Kinh phí" + unit, "Lũy kế", 11), ("text", "Kết quả thực hiện", "", 44),
                ("status", "Tình trạng thực hiện", "", 14), ("percent", "Tỷ lệ hoàn thành (%)", "", 10),
                ("difficulty", "Khó khăn, vướng mắc", "", 24), ("proposal", "Kiến nghị", "", 24)]
    spent = [("spent", "Kinh phí đã thực hiện" + unit, "", 12)]
    kp = [("spent", "KP thực hiện" + short, "", 10)]
    if quarter:
        spent = [("spent", "Kinh phí thực hiện trong quý" + unit, "", 12), ("total", "Lũy kế từ đầu năm" + unit, "", 12)]
        kp = [("spent", "KP thực hiện trong quý" + short, "", 10), ("total", "Lũy kế KP từ đầu năm" + short, "", 10)]
    if layout == "ngan":
        return [("stt", "STT", "", 5), ("code", "Mã hoạt động", "", 10), ("name", "Nội dung", "", 40),
                ("text", "Kết quả thực hiện", "", 46), ("status", "Tình trạng", "", 14),
                ("percent", "Tỷ lệ (%)", "", 8)] + spent + [
                    ("difficulty", "Khó khăn, vướng mắc", "", 24), ("proposal", "Kiến nghị", "", 24)]
    if layout == "khac-ten":
        return [("code", "TT", "", 8), ("name", "Nội dung nhiệm vụ", "", 38), ("text", "Kết quả đạt được", "", 44),
                ("evidence", "Tài liệu kiểm chứng", "", 20), ("status", "Tiến độ", "", 13),
                ("percent", "Tỷ lệ hoàn thành", "", 9), ("done_on", "Thời gian hoàn thành", "", 13)] + kp + [
                    ("difficulty", "Tồn tại, vướng mắc", "", 22), ("proposal", "Đề xuất", "", 22)]
    if layout == "khac-thu-tu":
        return [("stt", "TT", "", 5), ("status", "Tiến độ", "", 13), ("percent", "Tỷ lệ hoàn thành", "", 9),
                ("name", "Nội dung nhiệm vụ", "", 38)] + kp + [
                    ("code", "Mã số", "", 8), ("text", "Kết quả đạt được", "", 44),
                    ("done_on", "Thời gian hoàn thành", "", 13), ("evidence", "Tài liệu kiểm chứng", "", 20)]
    if layout == "ma-trong-noi-dung":
        spent = [(key, head.replace("đã thực hiện", "đã sử dụng"), sub, w) for key, head, sub, w in spent]
        return [("stt", "TT", "", 5), ("name", "Nội dung nhiệm vụ", "", 44), ("text", "Kết quả thực hiện", "", 46),
                ("status", "Tình trạng", "", 14), ("percent", "% hoàn thành", "", 10),
                ("done_on", "Ngày hoàn thành", "", 12)] + spent + [("difficulty", "Khó khăn", "", 24)]
    raise ValueError(layout)


def plain(amount):
    """A decimal string without trailing zeros: 14.50 is 14.5."""
    s = format(amount, "f")
    return s.rstrip("0").rstrip(".") if "." in s else s


def money_cell(amount, habit):
    """(value, format) of an amount of triệu đồng in the office's unit and way."""
    if amount is None:
        return habit.blank, "General"
    scaled = amount * SCALE[habit.unit]
    whole = scaled == scaled.to_integral_value()
    if habit.money == "chu":
        s = format(scaled if not whole else int(scaled), ",").replace(",", " ").replace(".", ",").replace(" ", ".")
        return s, "General"
    if habit.unit != "trieu":
        return int(scaled), "#,##0"
    value = int(scaled) if whole and habit.engine == "xlsxwriter" else scaled
    return value, "General" if habit.engine == "xlsxwriter" else "#,##0.0"


def percent_cell(percent, habit):
    """(value, format, what the cell says) of a percentage."""
    if percent is None or (percent == 0 and not habit.zero):
        return "", "General", None
    if habit.percent == "phan":
        return Decimal(percent) / 100, "0%", percent
    if habit.percent == "chu":
        return "%d%%" % percent, "General", percent
    if habit.percent == "chu-cach":
        return "%d %%" % percent, "General", percent
    return percent, "General", percent


def date_cell(iso, habit):
    if not iso:
        return "", "General"
    day = date.fromisoformat(iso)
    if habit.date == "ngay":
        return day, "dd/mm/yyyy"
    if habit.date == "chu":
        return day.strftime("%d/%m/%Y"), "General"
    return "ngày " + spoken(day), "General"


def spoken(day):
    """14 tháng 3 năm 2018: months 1 and 2 have a leading nought (TT 01/2011)."""
    month = "%02d" % day.month if day.month < 3 else "%d" % day.month
    return "%02d tháng %s năm %d" % (day.day, month, day.year)


def code_cell(activity, habit):
    return {"ma": activity.code, "nhan": activity.label, "hd": "HĐ " + activity.code,
            "cham": activity.code + "."}[habit.code]
