"""The README.md of the sample, for the clerk who opens the folder."""

NAMES = {"2018-Q1": "Quý I (chốt 14/3, hạn gửi 15/3, khóa 20/3/2018)",
         "2018-6M": "6 tháng (chốt 14/6, hạn gửi 15/6, khóa 20/6/2018)",
         "2018-Q3": "Quý III (chốt 14/9, hạn gửi 17/9, khóa 20/9/2018)",
         "2018": "Năm (chốt 14/12, hạn gửi 17/12, khóa 20/12/2018)"}

TOP = """# Năm 2018 mẫu

Báo cáo của các cơ quan, đơn vị gửi Sở Nội vụ về kết quả thực hiện Kế hoạch cải cách hành chính tỉnh Đắk Nông năm 2018
(Quyết định số 1982/QĐ-UBND ngày 18/12/2017). Kế hoạch là thật; **toàn bộ báo cáo, số liệu, số văn bản, địa chỉ thư đều là
giả định**, không có tên người. Dùng để thử chương trình; chương trình bỏ qua thư mục này khi đã có tệp `baocao.yaml`.

Mỗi thư mục là một ngày nhận. Tệp `.xlsx` là tệp được chép vào thư mục; tệp `.eml` là thư, thời điểm nhận ở dòng
`Received:` trên cùng. Các tệp do chương trình `pipeline/form/testdata/mau-2018/generate.py` tạo ra; nội dung đúng của từng
tệp ghi ở `pipeline/form/testdata/mau-2018/expected.json`.
"""


def write(documents, plan_offices):
    parts = [TOP, "\n## Trường hợp cố ý\n\n| Kỳ | Cơ quan | Tệp | Điều cần xảy ra |\n|---|---|---|---|\n"]
    for d in documents:
        if d["why"]:
            parts.append("| %s | %s | %s | %s |\n" % (d["period"], plan_offices[d["agency"]].name, _where(d), d["why"]))
    parts.append("\nNgoài các trường hợp trên, mọi tệp đều đọc được và không có lỗi.\n")
    for period, name in NAMES.items():
        docs = [d for d in documents if d["period"] == period]
        parts.append("\n## %s\n\n| Nhận | Cơ quan | Tệp | Số ký hiệu | Dòng |\n|---|---|---|---|---|\n" % name)
        for d in docs:
            parts.append("| %s | %s | %s | %s | %d |\n" % (
                d["arrived"].replace("T", " ").replace("+07:00", ""), plan_offices[d["agency"]].name, _where(d),
                d["ref"] or "", len(d["entries"])))
        parts.append("\nKhông gửi bảng nào trong kỳ này, hoặc chưa gửi khi khóa số liệu: %s.\n" % ", ".join(
            o.name for o in plan_offices.values() if o.id not in _in_time(docs)))
    return "".join(parts)


def _in_time(docs):
    return {d["agency"] for d in docs if d["outcome"] == "accept" and d["case"] != "after-lock"}


def _where(d):
    where = "`%s`" % d["path"]
    return where + " → `%s`" % d["attachment"] if d["attachment"] else where
