"""Who reports, and the habits of each office: its letterhead, the shape of its
table, the program it uses, how it writes codes, statuses, money and dates."""

from dataclasses import dataclass, field
from typing import Tuple


@dataclass(frozen=True)
class Habit:
    layout: str = "ngan"  # quyet-dinh, ca-bang, ngan, hai-dong, khac-ten, khac-thu-tu, ma-trong-noi-dung
    engine: str = "openpyxl"  # openpyxl, xlsxwriter, lo-openpyxl, lo-fods, lo-html, lo-csv
    opening: str = "day-du"  # day-du: letterhead; phu-luc: annex; gon: title and name only
    code: str = "ma"  # ma: 1.3.4; nhan: Hoạt động 1.3.4; hd: HĐ 1.3.4; cham: 1.3.4.
    words: str = "chuan"  # status vocabulary, WORDS
    percent: str = "so"  # so: 80; phan: 0.8 shown 0%; chu: "80%"; chu-cach: "80 %"
    unit: str = "trieu"  # trieu, nghin, dong
    money: str = "so"  # so: numbers; chu: text "12,5" or "12.500.000"
    blank: str = ""  # what stands where no money is meant
    zero: bool = True  # writes 0 % for what has not begun
    date: str = "ngay"  # ngay: a real date; chu: "02/02/2018"; loi: "ngày 02 tháng 02 năm 2018"
    groups: str = "lv-kq"  # rows between: khong, lv, lv-kq
    total: bool = False
    partner: Tuple[str, ...] = ()  # activities of a second block, phối hợp
    sheet: str = "Sheet1"
    empty_sheets: Tuple[str, ...] = ()
    caption: bool = False  # the unit stands above the table, not in the heading


@dataclass(frozen=True)
class Office:
    id: str
    kind: str  # so, huyen, khac
    name: str
    head: Tuple[str, ...]  # left side of the letterhead, the last line is the issuer
    symbol: str
    place: str  # địa danh
    self: str  # how it names itself in its text
    signer: Tuple[str, ...]
    habit: Habit = field(default_factory=Habit)


WORDS = {
    "chuan": {"done": "Đã hoàn thành", "in_progress": "Đang thực hiện", "not_started": "Chưa thực hiện",
              "not_due": "Chưa đến hạn", "paused": "Tạm dừng", "nil": "Không phát sinh"},
    "gon": {"done": "Hoàn thành", "in_progress": "Đang triển khai", "not_started": "Chưa triển khai",
            "not_due": "Chưa đến hạn", "paused": "Tạm dừng", "nil": "Không phát sinh"},
    "tat": {"done": "HT", "in_progress": "Đang TH", "not_started": "Chưa TH",
            "not_due": "Chưa đến hạn", "paused": "Tạm dừng", "nil": "Không phát sinh"},
    "hoa": {"done": "ĐÃ HOÀN THÀNH", "in_progress": "ĐANG THỰC HIỆN", "not_started": "CHƯA THỰC HIỆN",
            "not_due": "CHƯA ĐẾN HẠN", "paused": "TẠM DỪNG", "nil": "KHÔNG PHÁT SINH"},
}

PROVINCE = "UBND TỈNH ĐẮK NÔNG"


def so(id, name, symbol, self="Sở", signer=("GIÁM ĐỐC",), head=(), **habit):
    return Office(id, "so", name, (PROVINCE,) + (head or (name.upper(),)), symbol, "Đắk Nông", self, signer,
                  Habit(**habit))


def huyen(id, name, **habit):
    district = name.replace("UBND ", "")
    place = district.replace("huyện ", "").replace("thị xã ", "")
    return Office(id, "huyen", name, ("UBND " + district.upper(),), "UBND", place, "UBND " + district,
                  ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), Habit(**habit))


def khac(id, name, symbol, head, self, signer, **habit):
    return Office(id, "khac", name, head, symbol, "Đắk Nông", self, signer, Habit(**habit))


PHO = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
EXCEL3 = ("Sheet2", "Sheet3")  # the empty sheets that older Excel adds to every new workbook

ALL = [
    so("snv", "Sở Nội vụ", "SNV", layout="quyet-dinh", code="nhan", total=True, sheet="Báo cáo"),
    so("stp", "Sở Tư pháp", "STP", percent="chu", groups="lv", empty_sheets=EXCEL3),
    so("stc", "Sở Tài chính", "STC", layout="hai-dong", engine="lo-fods", percent="phan", unit="nghin",
       groups="khong", total=True, sheet="Biểu 01"),
    so("skhdt", "Sở Kế hoạch và Đầu tư", "SKHĐT", layout="hai-dong", money="chu", words="gon", signer=PHO,
       partner=("1.4.1", "4.1.1", "5.3.1"), sheet="BC CCHC"),
    so("sct", "Sở Công Thương", "SCT", engine="xlsxwriter", unit="dong", money="chu", groups="khong"),
    so("snnptnt", "Sở Nông nghiệp và Phát triển nông thôn", "SNN", layout="khac-ten", engine="lo-openpyxl",
       head=("SỞ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"), date="chu", partner=("2.3.1", "3.6.1"), groups="lv",
       signer=PHO, percent="chu"),
    so("sgtvt", "Sở Giao thông vận tải", "SGTVT", opening="phu-luc", percent="phan", partner=("4.1.1", "7.1.1"),
       groups="lv", sheet="Phụ lục"),
    so("sxd", "Sở Xây dựng", "SXD", percent="chu", groups="lv-kq", zero=False, empty_sheets=EXCEL3),
    so("stnmt", "Sở Tài nguyên và Môi trường", "STNMT", layout="khac-thu-tu", engine="lo-fods", percent="phan",
       groups="khong", words="gon"),
    so("stttt", "Sở Thông tin và Truyền thông", "STTTT", layout="hai-dong", engine="lo-openpyxl", total=True,
       signer=PHO, sheet="Báo cáo CCHC"),
    so("sldtbxh", "Sở Lao động - Thương binh và Xã hội", "SLĐTBXH", layout="khac-ten", engine="xlsxwriter",
       head=("SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"), groups="khong", date="chu", unit="trieu", words="gon"),
    so("svhttdl", "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", layout="khac-ten", engine="xlsxwriter",
       groups="khong", percent="chu-cach", date="loi", blank="-", opening="gon", sheet="Trang 1"),
    so("skhcn", "Sở Khoa học và Công nghệ", "SKHCN", engine="xlsxwriter", groups="lv", percent="phan"),
    so("sgddt", "Sở Giáo dục và Đào tạo", "SGDĐT", words="tat", groups="lv", code="cham",
       partner=("5.3.1", "7.1.1"), signer=PHO, empty_sheets=EXCEL3),
    so("syt", "Sở Y tế", "SYT", unit="dong", groups="lv-kq", total=True, sheet="CCHC"),
    so("ttt", "Thanh tra tỉnh", "TTr", self="Thanh tra tỉnh", signer=("CHÁNH THANH TRA",), engine="xlsxwriter",
       opening="gon", groups="khong", percent="chu"),
    so("vpubnd", "Văn phòng UBND tỉnh", "VPUBND", self="Văn phòng UBND tỉnh", layout="quyet-dinh",
       engine="xlsxwriter", code="nhan", total=True, signer=("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
       head=("VĂN PHÒNG UBND TỈNH",), date="chu", sheet="Phu luc"),
    so("bdt", "Ban Dân tộc", "BDT", self="Ban", signer=("TRƯỞNG BAN",), groups="khong", engine="xlsxwriter",
       words="gon"),
    so("bqlkcn", "Ban Quản lý các khu công nghiệp tỉnh", "BQLKCN", self="Ban", signer=("TRƯỞNG BAN",),
       head=("BAN QUẢN LÝ", "CÁC KHU CÔNG NGHIỆP")),
    huyen("cujut", "UBND huyện Cư Jút", code="hd", groups="lv", partner=("1.3.3", "5.3.3")),
    huyen("dakmil", "UBND huyện Đắk Mil", layout="ma-trong-noi-dung", groups="khong", percent="chu",
          sheet="BC huyện"),
    huyen("krongno", "UBND huyện Krông Nô", layout="hai-dong", engine="xlsxwriter", groups="lv"),
    huyen("daksong", "UBND huyện Đắk Song", engine="lo-html", groups="lv", unit="nghin", caption=True,
          percent="phan"),
    huyen("dakrlap", "UBND huyện Đắk R'lấp", layout="hai-dong", engine="lo-fods", unit="nghin", groups="lv-kq",
          total=True, partner=("2.2.1", "3.6.2"), words="hoa"),
    huyen("tuyduc", "UBND huyện Tuy Đức", layout="khac-thu-tu", engine="lo-fods", groups="khong", date="chu",
          opening="phu-luc", partner=("1.4.1", "5.3.3"), percent="chu"),
    huyen("dakglong", "UBND huyện Đắk Glong", groups="lv"),
    huyen("gianghia", "UBND thị xã Gia Nghĩa", layout="ca-bang", code="nhan", engine="lo-openpyxl", total=True,
          sheet="KH 1982"),
    khac("ptth", "Đài Phát thanh và Truyền hình tỉnh", "PTTH", (PROVINCE, "ĐÀI PHÁT THANH VÀ TRUYỀN HÌNH"), "Đài",
         ("GIÁM ĐỐC",), layout="hai-dong", groups="khong"),
    khac("baodn", "Báo Đắk Nông", "BĐN", ("TỈNH ỦY ĐẮK NÔNG", "BÁO ĐẮK NÔNG"), "Báo Đắk Nông",
         ("KT. TỔNG BIÊN TẬP", "PHÓ TỔNG BIÊN TẬP"), engine="lo-csv", money="chu", percent="chu", groups="khong"),
]
