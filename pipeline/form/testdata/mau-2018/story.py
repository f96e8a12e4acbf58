"""What the offices that lead an activity alone said of it through 2018.

Each step is (status, percent, money since the beginning of the year in triệu
đồng or None, day done or None, result). A period without a step of its own
repeats the last one: what is done stays done. Everything is made up."""

from decimal import Decimal
from typing import NamedTuple, Optional

PERIODS = ["2018-Q1", "2018-6M", "2018-Q3", "2018"]


class Step(NamedTuple):
    status: str  # done, in_progress, not_started, not_due, paused, nil
    percent: Optional[int]
    total: Optional[Decimal]
    done_on: Optional[str]
    text: str


def _step(status, percent, total, done_on, text):
    return Step(status, percent, None if total is None else Decimal(total), done_on, text)


D, I, N, L = "done", "in_progress", "not_started", "not_due"

_STEPS = {
    # Sở Nội vụ
    "1.1.1": {"2018-Q1": (D, 100, "14.5", "2018-02-02", "Ngày 02/02/2018 đã tham mưu UBND tỉnh tổ chức Hội nghị tổng kết công tác CCHC năm 2017 và triển khai nhiệm vụ năm 2018, với 145 đại biểu là lãnh đạo các cơ quan, đơn vị tham dự (Báo cáo số 41/BC-UBND ngày 31/01/2018).")},
    "1.1.2": {
        "2018-Q1": (L, 0, None, None, "Triển khai theo thời gian quy định tại Kế hoạch (tháng 6 - tháng 7/2018)."),
        "2018-6M": (I, 30, "0", None, "Đã trình UBND tỉnh Kế hoạch tổ chức Hội nghị sơ kết; đang tổng hợp kết quả Chỉ số PAR INDEX, PAPI năm 2017 do Trung ương công bố."),
        "2018-Q3": (D, 100, "14.2", "2018-07-20", "Đã tổ chức Hội nghị sơ kết ngày 20/7/2018 với 132 đại biểu; công bố kết quả xếp loại Chỉ số CCHC năm 2017 (Báo cáo số 402/BC-UBND ngày 18/7/2018).")},
    "1.1.3": {
        "2018-Q1": (I, 25, "3.5", None, "Đã tổ chức 01 phiên họp Ban Chỉ đạo CCHC tỉnh (ngày 06/3/2018), ban hành Thông báo kết luận số 19/TB-BCĐ."),
        "2018-6M": (I, 50, "7", None, "Đã tổ chức 02 phiên họp Ban Chỉ đạo CCHC tỉnh; các nội dung kết luận đã được giao cho từng cơ quan, đơn vị thực hiện."),
        "2018-Q3": (I, 75, "10.5", None, "Tổ chức phiên họp thứ ba của Ban Chỉ đạo (ngày 29/8/2018), cho ý kiến về Đề án sắp xếp tổ chức bộ máy."),
        "2018": (D, 100, "14.8", "2018-12-07", "Đã tổ chức đủ 04 phiên họp định kỳ của Ban Chỉ đạo CCHC tỉnh; phiên cuối năm ngày 07/12/2018.")},
    "1.1.4": {
        "2018-Q1": (L, 0, None, None, "Thực hiện từ tháng 10/2018 theo Kế hoạch."),
        "2018-Q3": (L, 0, None, None, "Thực hiện từ tháng 10/2018; đã chuẩn bị dự thảo văn bản hướng dẫn các đơn vị tự chấm điểm."),
        "2018": (I, 85, "12", None, "Hội đồng thẩm định đã hoàn thành thẩm định điểm tự chấm của 27 cơ quan, đơn vị; đang trình Chủ tịch UBND tỉnh quyết định xếp loại.")},
    "1.1.5": {
        "2018-Q1": (N, 0, None, None, "Chưa có văn bản hướng dẫn của Bộ Nội vụ về tự đánh giá, chấm điểm năm 2018."),
        "2018": (I, 40, None, None, "Đã phân công các cơ quan chuẩn bị tài liệu kiểm chứng theo công văn hướng dẫn của Bộ Nội vụ; Báo cáo tự chấm điểm sẽ hoàn thành theo thời hạn của Bộ.")},
    "1.2.1": {
        "2018-Q1": (L, 0, None, None, "Triển khai từ tháng 7/2018 theo Kế hoạch."),
        "2018-Q3": (I, 30, None, None, "Đã có văn bản đề nghị các cơ quan, đơn vị đăng ký nhiệm vụ CCHC năm 2019; đang tổng hợp xây dựng dự thảo."),
        "2018": (D, 100, None, "2018-12-12", "UBND tỉnh đã ban hành Kế hoạch CCHC tỉnh Đắk Nông năm 2019 tại Quyết định số 1961/QĐ-UBND ngày 12/12/2018.")},
    "1.3.3": {
        "2018-Q1": (I, 15, "0", None, "Đã khảo sát vị trí, thống nhất chọn 02 huyện (Cư Jút, Đắk R'lấp) để xây dựng cụm pano; đang lập dự toán."),
        "2018-6M": (I, 60, "45", None, "Đã ký hợp đồng, hoàn thành cụm pano tại huyện Cư Jút; đang thi công tại huyện Đắk R'lấp."),
        "2018-Q3": (D, 100, "98.6", "2018-08-28", "Hoàn thành, nghiệm thu 02 cụm pano tuyên truyền CCHC tại trung tâm huyện Cư Jút và huyện Đắk R'lấp ngày 28/8/2018.")},
    "1.4.1": {
        "2018-Q1": (I, 15, "2", None, "UBND tỉnh đã ban hành Quyết định số 287/QĐ-UBND ngày 05/3/2018 thành lập Đoàn kiểm tra liên ngành; ban hành lịch kiểm tra 10 đơn vị."),
        "2018-6M": (I, 45, "21.5", None, "Đã kiểm tra 05/10 đơn vị theo kế hoạch (03 sở, 02 huyện); đã có thông báo kết quả kiểm tra từng đơn vị."),
        "2018-Q3": (I, 70, "33", None, "Trong quý III kiểm tra thêm 03 đơn vị, nâng tổng số lên 08/10 đơn vị; 02 đơn vị còn lại kiểm tra trong tháng 10."),
        "2018": (D, 100, "48.7", "2018-11-30", "Đã kiểm tra 10/10 đơn vị (đạt 37% số cơ quan cấp sở và cấp huyện), 100% kiến nghị sau kiểm tra được giao khắc phục; Báo cáo số 655/BC-ĐKT ngày 30/11/2018.")},
    "1.5.1": {
        "2018-Q1": (I, 20, "2.4", None, "Tổ tư vấn CCHC họp 01 phiên; có 02 bài góp ý đối với dự thảo Kế hoạch nâng cao Chỉ số CCHC."),
        "2018-6M": (I, 50, "8", None, "Tổ tư vấn họp 03 phiên; hoàn thành 01 tham luận tại Hội nghị và 05 bài góp ý, phản biện."),
        "2018-Q3": (I, 65, "12.5", None, "Trong quý III Tổ tư vấn góp ý Đề án sắp xếp tổ chức bộ máy và 02 báo cáo chuyên đề."),
        "2018": (D, 100, "19.2", "2018-12-05", "Đã tổ chức 06 phiên họp, xây dựng 01 đề án, 02 tham luận, 09 bài góp ý, phản biện theo chương trình công tác năm.")},
    "4.1.1": {
        "2018-Q1": (I, 20, "0", None, "Đã có văn bản đề nghị các cơ quan, đơn vị rà soát chức năng, nhiệm vụ; nhận báo cáo của 19/27 đơn vị."),
        "2018-6M": (I, 55, "9.5", None, "Hoàn thành rà soát 27/27 cơ quan, đơn vị; đã xây dựng dự thảo lần 1 Đề án sắp xếp, kiện toàn bộ máy."),
        "2018-Q3": (I, 80, "14", None, "Dự thảo Đề án đã lấy ý kiến các cơ quan, đơn vị và trình Ban cán sự đảng UBND tỉnh."),
        "2018": (D, 100, "19.6", "2018-10-26", "UBND tỉnh đã ban hành Quyết định phê duyệt Đề án ngày 26/10/2018.")},
    "4.1.2": {
        "2018-Q1": (L, 0, None, None, "Thực hiện sau khi Đề án được phê duyệt (quý IV/2018)."),
        "2018": (I, 60, None, None, "Đã sáp nhập, giải thể 14 đơn vị sự nghiệp công lập; sắp xếp lại phòng chuyên môn của 06 sở; phần còn lại chuyển sang năm 2019 theo lộ trình của Đề án.")},
    "4.1.3": {
        "2018-Q1": (I, 20, None, None, "Đã thẩm định đối tượng tinh giản biên chế đợt I năm 2018 gồm 17 trường hợp."),
        "2018-6M": (I, 50, None, None, "Đã giải quyết chế độ cho 17 trường hợp đợt I; ban hành Kế hoạch rà soát tại 08 cơ quan, đơn vị."),
        "2018-Q3": (I, 75, None, None, "Thẩm định đợt II gồm 24 trường hợp; đã rà soát thực tế tại 05/08 cơ quan, đơn vị."),
        "2018": (D, 100, None, "2018-12-10", "Hoàn thành rà soát 08/08 cơ quan, đơn vị; cả năm tinh giản 53 trường hợp, đạt chỉ tiêu đề ra.")},
    "4.2.1": {
        "2018-Q1": (I, 10, "0", None, "Đang xây dựng dự thảo Kế hoạch điều tra xã hội học, bộ phiếu khảo sát."),
        "2018-6M": (I, 50, "38", None, "UBND tỉnh đã ban hành Kế hoạch điều tra, khảo sát; phát ra 2.400 phiếu, thu về 1.310 phiếu."),
        "2018-Q3": (D, 100, "97.3", "2018-09-10", "Hoàn thành khảo sát 2.400 phiếu tại 18 cơ quan; mức độ hài lòng chung đạt 83,6%; Báo cáo kết quả ngày 10/9/2018.")},
    "5.2.1": {
        "2018-Q1": (I, 20, None, None, "Phê duyệt kế hoạch tuyển dụng công chức năm 2018; bổ nhiệm 06 công chức lãnh đạo cấp phòng đúng quy định."),
        "2018-6M": (I, 45, None, None, "Tổ chức thi tuyển công chức (37 chỉ tiêu); thẩm định hồ sơ thăng hạng viên chức ngành y tế, giáo dục."),
        "2018-Q3": (I, 70, None, None, "Công nhận kết quả trúng tuyển 34 công chức; cử 11 công chức dự thi nâng ngạch chuyên viên chính."),
        "2018": (D, 100, None, "2018-12-11", "Công tác tuyển dụng, thăng hạng, nâng ngạch, bổ nhiệm năm 2018 thực hiện đúng quy định, không có khiếu nại.")},
    "5.3.1": {
        "2018-Q1": (I, 15, None, None, "UBND tỉnh ban hành Kế hoạch đào tạo, bồi dưỡng CBCCVC năm 2018; mở 02 lớp bồi dưỡng."),
        "2018-6M": (I, 45, None, None, "Đã mở 14/32 lớp với 1.120 lượt CBCCVC tham gia."),
        "2018-Q3": (I, 70, None, None, "Trong quý III mở thêm 09 lớp với 705 lượt học viên."),
        "2018": (D, 100, None, "2018-12-13", "Hoàn thành 32/32 lớp theo Kế hoạch với 2.486 lượt CBCCVC tham gia.")},
    "5.3.2": {
        "2018-Q1": (N, 0, None, None, "Đang xây dựng kế hoạch mở lớp, dự kiến tổ chức trong quý II."),
        "2018-6M": (D, 100, "38.4", "2018-05-25", "Đã tổ chức 02 lớp tập huấn nghiệp vụ đánh giá Chỉ số CCHC (ngày 24 và 25/5/2018) cho 168 CBCC.")},
    "5.3.3": {
        "2018-Q1": (N, 0, None, None, "Chưa triển khai; đang lấy ý kiến UBND các huyện, thị xã về thời gian mở lớp."),
        "2018-6M": (I, 50, "22", None, "Đã mở 01/02 lớp cho 36 lãnh đạo UBND cấp xã."),
        "2018-Q3": (D, 100, "49.1", "2018-08-17", "Hoàn thành 02/02 lớp; có 71/71 xã, phường, thị trấn cử lãnh đạo tham gia.")},
    "5.3.4": {
        "2018-Q1": (N, 0, None, None, "Đang lựa chọn địa phương học tập kinh nghiệm."),
        "2018-6M": (N, 0, "0", None, "Đã thống nhất địa điểm học tập; thời gian tổ chức chuyển sang quý III theo chỉ đạo của UBND tỉnh."),
        "2018-Q3": (I, 40, "5", None, "UBND tỉnh đã phê duyệt Kế hoạch, thành phần Đoàn; dự kiến đi trong tháng 10/2018."),
        "2018": (D, 100, "58.2", "2018-10-19", "Đã tổ chức Đoàn 18 người học tập kinh nghiệm CCHC tại 02 tỉnh (từ ngày 15 đến 19/10/2018); có báo cáo kết quả.")},
    # Sở Tư pháp
    "2.1.1": {
        "2018-Q1": (I, 20, None, None, "UBND tỉnh ban hành 04 Quyết định QPPL, 100% đúng thẩm quyền, được Sở thẩm định trước khi ban hành."),
        "2018-6M": (I, 50, None, None, "HĐND, UBND tỉnh ban hành 15 văn bản QPPL (03 Nghị quyết, 12 Quyết định), bảo đảm đúng thẩm quyền, trình tự."),
        "2018-Q3": (I, 75, None, None, "Trong quý III ban hành 09 văn bản QPPL (05 Nghị quyết, 04 Quyết định)."),
        "2018": (D, 100, None, "2018-12-14", "Cả năm HĐND, UBND tỉnh ban hành 38 văn bản QPPL, 100% đúng thẩm quyền.")},
    "2.1.2": {
        "2018-Q1": (I, 25, None, None, "Đã trình UBND tỉnh phê duyệt Danh mục Quyết định QPPL năm 2018 gồm 31 văn bản; đã ban hành 04 văn bản."),
        "2018-6M": (I, 45, None, None, "Đã ban hành 12/31 văn bản theo Danh mục; 06 văn bản đang lấy ý kiến."),
        "2018-Q3": (I, 65, None, None, "Lũy kế đã ban hành 16/31 văn bản theo Danh mục; có 03 văn bản đề nghị lùi thời gian trình."),
        "2018": (I, 90, None, None, "Đã ban hành 28/31 văn bản theo Danh mục; 03 văn bản được UBND tỉnh cho chuyển sang năm 2019.")},
    "2.1.3": {
        "2018-Q1": (I, 25, None, None, "Đã thẩm định 06 dự thảo văn bản QPPL, gửi kết quả đúng thời hạn."),
        "2018-6M": (I, 50, None, None, "Đã thẩm định 19 dự thảo văn bản QPPL của HĐND, UBND tỉnh."),
        "2018-Q3": (I, 75, None, None, "Trong quý III thẩm định 11 dự thảo văn bản QPPL."),
        "2018": (D, 100, None, "2018-12-13", "Đã thẩm định 44/44 dự thảo văn bản QPPL đúng quy trình.")},
    "2.2.1": {
        "2018-Q1": (I, 20, "3", None, "UBND tỉnh ban hành Kế hoạch theo dõi tình hình thi hành pháp luật năm 2018 (Kế hoạch số 58/KH-UBND ngày 05/02/2018)."),
        "2018-6M": (I, 50, "9.5", None, "Đã ban hành văn bản hướng dẫn; kiểm tra tại 02 sở và 02 huyện về lĩnh vực trọng tâm."),
        "2018-Q3": (I, 75, "14", None, "Tiếp tục kiểm tra tại 03 đơn vị; phát 250 phiếu điều tra, khảo sát."),
        "2018": (D, 100, "19.5", "2018-12-06", "Hoàn thành 100% nhiệm vụ của Kế hoạch; đã có Báo cáo gửi Bộ Tư pháp.")},
    "2.2.2": {
        "2018-Q1": (N, 0, None, None, "Thực hiện sau khi có kết quả theo dõi, kiểm tra trong quý II."),
        "2018-6M": (I, 35, None, None, "Đã kiến nghị xử lý 06 vấn đề phát hiện qua kiểm tra; 04 vấn đề đã xử lý xong."),
        "2018-Q3": (I, 70, None, None, "Lũy kế đã xử lý 09/12 vấn đề phát hiện qua theo dõi thi hành pháp luật."),
        "2018": (D, 100, None, "2018-12-10", "Đã xử lý 15/15 vấn đề phát hiện trong năm.")},
    "2.3.1": {
        "2018-Q1": (I, 30, "2", None, "Đã công bố Danh mục văn bản QPPL hết hiệu lực năm 2017 (Quyết định số 118/QĐ-UBND ngày 26/01/2018); ban hành Kế hoạch rà soát năm 2018."),
        "2018-6M": (I, 50, "6", None, "Rà soát 74 văn bản QPPL; phục vụ hệ thống hóa kỳ 2014 - 2018."),
        "2018-Q3": (I, 75, "9", None, "Rà soát thêm 41 văn bản; tổ chức 01 hội nghị triển khai hệ thống hóa kỳ 2014 - 2018."),
        "2018": (D, 100, "15", "2018-12-12", "Đã rà soát 163 văn bản QPPL, hoàn thành nhiệm vụ theo Kế hoạch năm 2018.")},
    "2.3.2": {
        "2018-Q1": (I, 15, None, None, "Kiến nghị bãi bỏ 03 văn bản QPPL không còn phù hợp."),
        "2018-6M": (I, 45, None, None, "Đã bãi bỏ 03 văn bản, kiến nghị sửa đổi, bổ sung 08 văn bản."),
        "2018-Q3": (I, 70, None, None, "Trong quý III xử lý thêm 05 văn bản theo kết quả rà soát."),
        "2018": (D, 100, None, "2018-12-13", "100% văn bản được rà soát có vấn đề đã xử lý hoặc kiến nghị xử lý (19 văn bản).")},
    "3.3.2": {
        "2018-Q1": (I, 25, None, None, "Cập nhật 86 TTHC và 07 văn bản vào Cơ sở dữ liệu quốc gia về TTHC."),
        "2018-6M": (I, 50, None, None, "Đã cập nhật 214 TTHC, 21 văn bản vào Cơ sở dữ liệu quốc gia, không có hồ sơ chậm."),
        "2018-Q3": (I, 75, None, None, "Trong quý III cập nhật 97 TTHC, 12 văn bản."),
        "2018": (D, 100, None, "2018-12-14", "Cả năm cập nhật 431 TTHC, 45 văn bản; 100% đúng thời hạn.")},
    # Văn phòng UBND tỉnh
    "3.1.1": {
        "2018-Q1": (I, 40, None, None, "Đã xây dựng dự thảo Quyết định ban hành Quy chế phối hợp, đang lấy ý kiến các cơ quan, đơn vị."),
        "2018-6M": (I, 85, None, None, "Dự thảo Quyết định đã được Sở Tư pháp thẩm định, đang hoàn thiện trình UBND tỉnh ký ban hành."),
        "2018-Q3": (D, 100, None, "2018-07-05", "UBND tỉnh đã ban hành Quyết định số 17/2018/QĐ-UBND ngày 05/7/2018 về Quy chế phối hợp.")},
    "3.2.1": {
        "2018-Q1": (I, 25, "4", None, "Chủ tịch UBND tỉnh ban hành Kế hoạch rà soát, đánh giá TTHC năm 2018 (Quyết định số 102/QĐ-UBND ngày 24/01/2018)."),
        "2018-6M": (I, 50, "11.5", None, "Đã rà soát 38/64 TTHC; đề xuất cắt giảm thời gian giải quyết đối với 12 TTHC."),
        "2018-Q3": (I, 80, "18", None, "Lũy kế rà soát 64/64 TTHC; đang trình phê duyệt phương án đơn giản hóa."),
        "2018": (D, 100, "24.5", "2018-10-30", "Chủ tịch UBND tỉnh đã thông qua phương án đơn giản hóa 21 TTHC; thời gian giải quyết cắt giảm bình quân 22%.")},
    "3.4.2": {
        "2018-Q1": (I, 25, None, None, "Đăng tải công khai 1.842 TTHC trên Cổng thông tin điện tử tỉnh; cập nhật 86 TTHC mới công bố."),
        "2018-6M": (I, 50, None, None, "100% TTHC đã công bố được đăng tải; cập nhật 214 TTHC sửa đổi, bổ sung."),
        "2018-Q3": (I, 75, None, None, "Trong quý III cập nhật 97 TTHC lên Cổng thông tin điện tử tỉnh."),
        "2018": (D, 100, None, "2018-12-14", "100% TTHC được đăng tải công khai kịp thời, đầy đủ trên Cổng thông tin điện tử tỉnh.")},
    "3.5.2": {
        "2018-Q1": (I, 25, None, None, "Tiếp nhận 05 phản ánh, kiến nghị; đã xử lý 05/05."),
        "2018-6M": (I, 50, None, None, "Tiếp nhận 13 phản ánh, kiến nghị về quy định hành chính; đã xử lý 12, đang xử lý 01."),
        "2018-Q3": (I, 75, None, None, "Trong quý III tiếp nhận 06 phản ánh, kiến nghị; đã xử lý, công khai kết quả 06/06."),
        "2018": (D, 100, None, "2018-12-14", "Cả năm tiếp nhận 24 phản ánh, kiến nghị; 100% được xử lý theo quy định.")},
    "3.6.1": {
        "2018-Q1": (I, 10, "0", None, "Đang xây dựng Kế hoạch tập huấn nghiệp vụ kiểm soát TTHC năm 2018."),
        "2018-6M": (I, 60, "24.5", None, "Đã tổ chức 01/02 lớp tập huấn (112 công chức đầu mối kiểm soát TTHC)."),
        "2018-Q3": (D, 100, "48.9", "2018-08-24", "Hoàn thành 02 lớp tập huấn với 226 công chức tham gia, đạt 91% công chức đầu mối.")},
    "3.6.2": {
        "2018-Q1": (N, 0, "0", None, "Chưa tổ chức; dự kiến mở lớp từ tháng 5/2018."),
        "2018-6M": (I, 30, "12", None, "Đã tổ chức tập huấn tại 02/08 huyện, thị xã."),
        "2018-Q3": (I, 80, "37.5", None, "Đã tập huấn tại 06/08 huyện, thị xã; 02 huyện còn lại hoàn thành trước 30/9/2018."),
        "2018": (D, 100, "49.5", "2018-09-28", "Hoàn thành tập huấn cho công chức Bộ phận tiếp nhận và trả kết quả của 08 huyện, thị xã (571 người).")},
    "7.1.4": {
        "2018-Q1": (I, 30, None, None, "100% cơ quan cấp tỉnh, cấp huyện gửi, nhận văn bản điện tử; 52/71 xã đã kết nối."),
        "2018-6M": (I, 55, None, None, "71/71 xã đã kết nối; tỷ lệ văn bản điện tử có ký số đạt 68%."),
        "2018-Q3": (I, 75, None, None, "Tỷ lệ văn bản điện tử có ký số đạt 79%; đã cấp bổ sung 140 chứng thư số."),
        "2018": (I, 95, None, None, "Tỷ lệ văn bản điện tử có ký số đạt 93%, chưa đạt 100% do một số xã hỏng thiết bị ký số.")},
    "7.3.2": {
        "2018-Q1": (I, 20, None, None, "Đã cung cấp 118 dịch vụ công trực tuyến mức độ 3, 10 dịch vụ mức độ 4."),
        "2018-6M": (I, 45, None, None, "Cung cấp 164 dịch vụ mức độ 3, 22 dịch vụ mức độ 4; phát sinh 1.906 hồ sơ trực tuyến."),
        "2018-Q3": (I, 70, None, None, "Bổ sung 35 dịch vụ mức độ 3; trong quý III tiếp nhận 1.274 hồ sơ trực tuyến."),
        "2018": (D, 100, None, "2018-12-12", "Đã cung cấp 231 dịch vụ mức độ 3, 41 dịch vụ mức độ 4; 100% cơ quan, đơn vị triển khai.")},
    # Sở Tài chính
    "6.1.1": {
        "2018-Q1": (I, 25, None, None, "Đã giao dự toán kinh phí tự chủ năm 2018 cho 100% cơ quan hành chính; hướng dẫn xây dựng quy chế chi tiêu nội bộ."),
        "2018-6M": (I, 50, None, None, "100% cơ quan hành chính cấp tỉnh thực hiện cơ chế tự chủ; kiểm tra 04 cơ quan."),
        "2018-Q3": (I, 75, None, None, "Trong quý III thẩm tra quyết toán của 12 cơ quan; chưa phát hiện sai phạm."),
        "2018": (D, 100, None, "2018-12-12", "100% cơ quan hành chính thực hiện đúng quy định; kinh phí tiết kiệm chi bổ sung thu nhập bình quân 0,2 lần lương.")},
    "6.1.2": {
        "2018-Q1": (I, 20, None, None, "Đã giao quyền tự chủ cho 31 đơn vị sự nghiệp công lập thuộc tỉnh."),
        "2018-6M": (I, 45, None, None, "Đã giao quyền tự chủ cho 44/52 đơn vị sự nghiệp công lập thuộc tỉnh, trong đó 03 đơn vị tự bảo đảm chi thường xuyên."),
        "2018-Q3": (I, 70, None, None, "Thẩm định phương án tự chủ của 05 đơn vị sự nghiệp công lập."),
        "2018": (D, 100, None, "2018-12-13", "52/52 đơn vị sự nghiệp công lập thuộc tỉnh thực hiện cơ chế tự chủ, tự chịu trách nhiệm.")},
    # Sở Thông tin và Truyền thông
    "7.1.1": {
        "2018-Q1": (I, 15, "125.5", None, "UBND tỉnh ban hành Kế hoạch ứng dụng CNTT năm 2018; đang triển khai 03/11 hạng mục."),
        "2018-6M": (I, 45, "480", None, "Triển khai 06/11 hạng mục; hoàn thành nâng cấp Trung tâm tích hợp dữ liệu giai đoạn 1."),
        "2018-Q3": (I, 70, "910", None, "Trong quý III nghiệm thu 02 hạng mục; phần mềm một cửa điện tử dùng chung đã triển khai tại 15 sở, 05 huyện."),
        "2018": (D, 100, "1650", "2018-12-14", "Hoàn thành 11/11 hạng mục của Kế hoạch ứng dụng CNTT năm 2018.")},
    "7.1.2": {
        "2018-Q1": (I, 20, None, None, "Tổ chức phổ biến Kiến trúc Chính quyền điện tử tỉnh cho các sở, ban, ngành."),
        "2018-6M": (I, 40, None, None, "Đã triển khai nền tảng tích hợp, chia sẻ dữ liệu (LGSP) thử nghiệm; kết nối 03 hệ thống."),
        "2018-Q3": (I, 65, None, None, "Kết nối thêm 02 hệ thống vào nền tảng LGSP; hướng dẫn 08 huyện, thị xã triển khai."),
        "2018": (I, 90, None, None, "Đã kết nối 07/08 hệ thống theo lộ trình; hệ thống còn lại hoàn thành trong quý I/2019.")},
    # Đài PT-TH, Báo Đắk Nông
    "1.3.1": {
        "2018-Q1": (I, 25, "28.5", None, "Sản xuất, phát sóng 06 chuyên mục “Cải cách hành chính”, 02 phóng sự; mỗi chuyên mục phát 02 lần/tháng."),
        "2018-6M": (I, 50, "62.5", None, "Phát sóng 12 chuyên mục, 05 phóng sự, 01 tọa đàm về cải cách thủ tục hành chính."),
        "2018-Q3": (I, 75, "92.5", None, "Trong quý III phát sóng 06 chuyên mục, 03 phóng sự về hoạt động của Bộ phận một cửa."),
        "2018": (D, 100, "118.7", "2018-12-14", "Hoàn thành 24 chuyên mục, 11 phóng sự, 02 tọa đàm theo hợp đồng tuyên truyền năm 2018.")},
    "1.3.2": {
        "2018-Q1": (I, 25, "12.5", None, "Đăng 06 chuyên mục CCHC trên báo in, 18 tin, bài trên báo điện tử."),
        "2018": (D, 100, "49.8", "2018-12-14", "Đăng 24 chuyên mục trên báo in, 86 tin, bài trên báo điện tử; 02 chuyên trang dịp tổng kết năm.")},
}


def step(code, period):
    """What the office leading code alone says in period."""
    steps = _STEPS[code]
    for p in reversed(PERIODS[:PERIODS.index(period) + 1]):
        if p in steps:
            return _step(*steps[p])
    return None
