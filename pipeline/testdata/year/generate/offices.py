"""Who reports: the order is the directory's, which is the reports'."""

from collections import namedtuple

Office = namedtuple("Office", "id name symbol kind")


def _read(kind, table):
    return [Office(*line.split("|"), kind) for line in table.strip().split("\n")]


SO = _read("so", """
snv|Sở Nội vụ|SNV
stp|Sở Tư pháp|STP
stc|Sở Tài chính|STC
skhdt|Sở Kế hoạch và Đầu tư|SKHĐT
sct|Sở Công Thương|SCT
snnptnt|Sở Nông nghiệp và Phát triển nông thôn|SNN
sgtvt|Sở Giao thông vận tải|SGTVT
sxd|Sở Xây dựng|SXD
stnmt|Sở Tài nguyên và Môi trường|STNMT
stttt|Sở Thông tin và Truyền thông|STTTT
sldtbxh|Sở Lao động - Thương binh và Xã hội|SLĐTBXH
svhttdl|Sở Văn hóa, Thể thao và Du lịch|SVHTTDL
skhcn|Sở Khoa học và Công nghệ|SKHCN
sgddt|Sở Giáo dục và Đào tạo|SGDĐT
syt|Sở Y tế|SYT
ttt|Thanh tra tỉnh|TTr
vpubnd|Văn phòng UBND tỉnh|VPUBND
bdt|Ban Dân tộc|BDT
bqlkcn|Ban Quản lý các khu công nghiệp tỉnh|BQLKCN
""")
OTHERS = _read("khac", """
ptth|Đài Phát thanh và Truyền hình tỉnh|PTTH
baodn|Báo Đắk Nông|BĐN
""")
HUYEN = _read("huyen", """
cujut|UBND huyện Cư Jút|UBND
dakmil|UBND huyện Đắk Mil|UBND
krongno|UBND huyện Krông Nô|UBND
daksong|UBND huyện Đắk Song|UBND
dakrlap|UBND huyện Đắk R'lấp|UBND
tuyduc|UBND huyện Tuy Đức|UBND
dakglong|UBND huyện Đắk Glong|UBND
gianghia|UBND thị xã Gia Nghĩa|UBND
""")
EVERYONE = SO + OTHERS + HUYEN
BY_ID = {o.id: o for o in EVERYONE}

# Made up: Sở Giao thông vận tải went into Sở Xây dựng on 1 July 2018.
MERGED, INTO = "sgtvt", "sxd"


def exists(id, period):
    """Whether the office is there on the day on which the period closes."""
    return id != MERGED or period in ("2018-Q1", "2018-6M")


def members(group, period):
    everyone = SO + HUYEN if group == "all" else HUYEN
    return [o.id for o in everyone if exists(o.id, period)]


def asked(plan, code, period):
    """The offices that answer for code."""
    lead = plan[code][0]
    return members(lead, period) if lead in ("all", "districts") else [lead]
