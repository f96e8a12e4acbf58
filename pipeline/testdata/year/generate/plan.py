"""The two versions of the plan, typed in by hand from the decision's table: who
leads, in which months, with how many triệu đồng. The oracle uses nothing else
of the plan; names are read from the text only to be written into documents."""

import re
from decimal import Decimal
from pathlib import Path

TEXT = Path(__file__).resolve().parents[4] / "templates" / "plan" / "1982-QD-UBND-2017.txt"
ALL, DISTRICTS = "all", "districts"  # the groups that lead

# code: (lead, first month, last month, budget); no months: 0, no budget: None
_V1 = """
1.1.1 snv 1 2 15
1.1.2 snv 6 7 15
1.1.3 snv 1 12 15
1.1.4 snv 10 12 15
1.1.5 snv 0 0 -
1.2.1 snv 7 12 -
1.3.1 ptth 1 12 120
1.3.2 baodn 1 12 -
1.3.3 snv 1 9 100
1.3.4 all 1 12 -
1.4.1 snv 1 12 50
1.5.1 snv 1 12 20
2.1.1 stp 1 12 -
2.1.2 stp 1 12 -
2.1.3 stp 1 12 -
2.2.1 stp 1 12 -
2.2.2 stp 1 12 -
2.3.1 stp 1 12 -
2.3.2 stp 1 12 -
3.1.1 vpubnd 1 6 -
3.2.1 vpubnd 1 12 -
3.3.1 all 1 12 -
3.3.2 stp 1 12 -
3.4.1 all 1 12 -
3.4.2 vpubnd 1 12 -
3.5.1 all 1 12 -
3.5.2 vpubnd 1 12 -
3.6.1 vpubnd 3 9 50
3.6.2 vpubnd 3 9 50
4.1.1 snv 1 10 20
4.1.2 snv 10 12 -
4.1.3 snv 1 12 -
4.2.1 snv 1 9 100
5.1.1 all 1 12 -
5.1.2 all 1 12 -
5.2.1 snv 1 12 -
5.3.1 snv 1 12 -
5.3.2 snv 3 9 40
5.3.3 snv 3 9 50
5.3.4 snv 3 12 60
5.4.1 districts 1 9 -
5.4.2 districts 1 9 -
6.1.1 stc 1 12 -
6.1.2 stc 1 12 -
7.1.1 stttt 1 12 -
7.1.2 stttt 1 12 -
7.1.3 all 1 12 -
7.1.4 vpubnd 1 12 -
7.2.1 all 1 12 -
7.2.2 all 1 12 -
7.3.1 all 1 12 -
7.3.2 vpubnd 1 12 -
"""

# Who cooperates, as far as the story needs it.
PARTNERS = {"1.4.1": ["skhdt"], "4.1.1": ["skhdt"], "1.3.3": ["cujut"]}
FIELDS = ["I", "II", "III", "IV", "V", "VI", "VII"]


def _read(table):
    plan = {}
    for line in table.split("\n"):
        if line:
            code, lead, start, end, budget = line.split()
            plan[code] = (lead, int(start), int(end), None if budget == "-" else Decimal(budget))
    return plan


def _amended(v1):
    """Version 2: two budgets, the months of one activity, one added, one dropped."""
    v2 = {}
    for code, (lead, start, end, budget) in v1.items():
        if code == "5.3.4":
            continue
        if code == "1.3.1":
            budget = Decimal(100)
        if code == "4.2.1":
            budget = Decimal(80)
        if code == "3.1.1":
            end = 9
        v2[code] = (lead, start, end, budget)
        if code == "7.1.4":
            v2["7.1.5"] = ("stttt", 7, 12, Decimal(35))
    return v2


V1 = _read(_V1)
V2 = _amended(V1)
VERSION = {"2018-Q1": 1, "2018-6M": 1, "2018-Q3": 2, "2018": 2}
PLAN = {1: V1, 2: V2}


# The percentages that indicators name, read off the decision by eye; 7.1.5 is new.
TARGETS = {
    80: "1.3.1 1.3.2 3.6.1 5.4.1", 30: "1.4.1", 50: "5.3.3",
    100: "1.3.4 1.5.1 2.1.1 2.1.2 2.1.3 2.2.1 2.2.2 2.3.1 2.3.2 3.2.1 3.3.1 3.3.2 3.4.1 3.4.2 3.5.1 3.5.2 5.1.1 5.1.2 "
         "5.2.1 5.3.1 5.3.2 5.4.2 6.1.1 6.1.2 7.1.1 7.1.2 7.1.3 7.1.4 7.1.5 7.2.1 7.2.2 7.3.1 7.3.2"}
TARGET = {code: percent for percent, codes in TARGETS.items() for code in codes.split()}


def field(code):
    return FIELDS[int(code.split(".")[0]) - 1]


def result(code):
    return code.rsplit(".", 1)[0]


NEW = ("7.1.5", "Xây dựng phần mềm theo dõi nhiệm vụ do UBND tỉnh, Chủ tịch UBND tỉnh giao")


def names():
    """code: name, as the decision writes it."""
    text = TEXT.read_text(encoding="utf-8")
    found = {}
    for code, name in re.findall(r"\n\t(?:Hoạt động|Kết quả) (\d+[.,]\d+\.\d+)\n\t([^\t]+)\n\t", text):
        found[code.replace(",", ".")] = " ".join(name.split())
    if set(found) != set(V1):
        raise SystemExit("names: %s" % (set(V1) ^ set(found)))
    found[NEW[0]] = NEW[1]
    return found


def second_version():
    """The decision that amends the plan, with its whole table anew."""
    text = TEXT.read_text(encoding="utf-8")

    def change(old, new, count=1):
        nonlocal text
        if text.count(old) != count:
            raise SystemExit("%r stands %d times, want %d" % (old, text.count(old), count))
        text = text.replace(old, new)

    change("Số: 1982/QĐ-UBND", "Số: 1011/QĐ-UBND")
    change("Đắk Nông, ngày 18 tháng 12 năm 2017", "Đắk Nông, ngày 29 tháng 6 năm 2018")
    change("VỀ VIỆC BAN HÀNH KẾ HOẠCH", "VỀ VIỆC ĐIỀU CHỈNH KẾ HOẠCH")

    def within(code, old, new):
        """Changes old to new in the row of code alone."""
        nonlocal text
        start = re.search(r"\n\t(Hoạt động|Kết quả) %s\n" % re.escape(code), text).start()
        end = re.compile(r"\n\t(Hoạt động|Kết quả|Tổng)").search(text, start + 2).start()
        row = text[start:end]
        if row.count(old) != 1:
            raise SystemExit("%s: %r stands %d times" % (code, old, row.count(old)))
        text = text[:start] + row.replace(old, new) + text[end:]

    within("1.3.1", "\n\t120\n", "\n\t100\n")
    within("4.2.1", "\n\t100\n", "\n\t80\n")
    within("3.1.1", "\n\tTháng 6\n", "\n\tTháng 9\n")
    start = text.index("\n\tHoạt động 5.3.4\n")
    end = text.index("\n\tKết quả 5.4\n")
    text = text[:start] + text[end:]
    row = "\n\tHoạt động 7.1.5\n\t%s\n\t100%% nhiệm vụ được theo dõi trên phần mềm\n\tBáo cáo kết quả thực hiện\n\t35\n" \
        "\t- Chủ trì: Sở Thông tin - Truyền thông\n\n- Phối hợp: Văn phòng UBND tỉnh\n\tTháng 7\n\tTháng 12\n\t\n" % NEW[1]
    at = text.index("\n\tKết quả 7.2\n")
    text = text[:at] + row + text[at:]
    for old, new in (("350", "330"), ("120", "100"), ("150", "90")):
        change("\tTổng\n\t\n\t\n\t%s\n" % old, "\tTổng\n\t\n\t\n\t%s\n" % new)
    change("\tTổng cộng\n\t\n\t\n\t720\n", "\tTổng cộng\n\t\n\t\n\t655\n")
    change("Bảy trăm hai mươi triệu đồng", "Sáu trăm năm mươi lăm triệu đồng")
    return text
