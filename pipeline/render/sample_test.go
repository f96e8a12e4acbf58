package render

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/shopspring/decimal"

	"baocao/pipeline/report"
)

// profile reads a layout that ships.
func profile(t testing.TB, name string) Layout {
	t.Helper()
	data, err := os.ReadFile("../../templates/layout/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var l Layout
	if err := yaml.UnmarshalWithOptions(data, &l, yaml.Strict()); err != nil {
		t.Fatalf("layout %s: %v", name, err)
	}
	return l
}

func renderer(t testing.TB, name string) *Renderer {
	t.Helper()
	r, err := New(profile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sample is a quarterly report with a progress table of the given number of
// activities.
func sample(activities int) *report.Document {
	return &report.Document{
		Meta: report.Meta{
			Title: "Báo cáo kết quả cải cách hành chính quý I năm 2018", Author: "Sở Nội vụ tỉnh Đắk Nông",
			Subject: "Cải cách hành chính", Keywords: "CCHC, quý I, 2018", Status: "DỰ THẢO", Data: "1a2b3c4d",
			AsOf:   time.Date(2018, 3, 20, 17, 0, 0, 0, hanoi),
			Footer: "Dự thảo · Số liệu tính đến 17 giờ 00 ngày 20/3/2018 · Mã số liệu 1a2b3c4d",
		},
		Letterhead: report.Letterhead{
			Parent: "UBND TỈNH ĐẮK NÔNG", Issuer: "SỞ NỘI VỤ", Symbol: "Số:        /BC-SNV",
			Nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Motto: "Độc lập - Tự do - Hạnh phúc",
			Place: "Đắk Nông, ngày     tháng 3 năm 2018",
		},
		Kind:      "BÁO CÁO",
		Subject:   "Tình hình, kết quả thực hiện Kế hoạch cải cách hành chính quý I năm 2018 trên địa bàn tỉnh Đắk Nông",
		Addressee: "Ủy ban nhân dân tỉnh Đắk Nông",
		Body:      sampleBody(),
		Signature: report.Signature{
			Authority:  []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"},
			Recipients: []string{"Như trên;", "Giám đốc, các Phó Giám đốc Sở;", "Các phòng, đơn vị thuộc Sở;", "Lưu: VT, CCHC."},
		},
		Annexes: []report.Annex{
			{
				Label: "Phụ lục I", Title: "TIẾN ĐỘ THỰC HIỆN CÁC HOẠT ĐỘNG CỦA KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2018",
				Reference: "(Kèm theo Báo cáo số      /BC-SNV ngày     tháng 3 năm 2018 của Sở Nội vụ)",
				Sheet:     "PL I - Tiến độ", Landscape: true,
				Body: []report.Block{{Table: progressTable(activities)}},
			},
			{
				Label: "Phụ lục II", Title: "DANH SÁCH CƠ QUAN, ĐƠN VỊ CHƯA GỬI BÁO CÁO",
				Reference: "(Kèm theo Báo cáo số      /BC-SNV ngày     tháng 3 năm 2018 của Sở Nội vụ)",
				Sheet:     "PL II - Chưa gửi",
				Body:      []report.Block{{Table: missingTable()}},
			},
			{
				Label: "Phụ lục III", Title: "NGUỒN SỐ LIỆU", Sheet: "Nguồn: số liệu/2018", Workbook: true, Landscape: true,
				Body: []report.Block{{Table: sourceTable()}},
			},
		},
		Words: report.Words{To: "Kính gửi:", Recipients: "Nơi nhận:", Page: "Trang", Continued: "(tiếp)", Body: "Báo cáo"},
	}
}

func sampleBody() []report.Block {
	long := "Thực hiện Quyết định số 1982/QĐ-UBND ngày 18 tháng 12 năm 2017 của Ủy ban nhân dân tỉnh về việc ban hành Kế hoạch cải cách hành chính năm 2018, Sở Nội vụ tổng hợp kết quả của các Sở, ban, ngành, Ủy ban nhân dân các huyện, thị xã trong quý I như sau:"
	return []report.Block{
		{Paragraph: long},
		{Heading: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH"},
		{Paragraph: "Trong quý I, 27/27 cơ quan, đơn vị được giao nhiệm vụ; 23 cơ quan, đơn vị đã gửi báo cáo đúng thời hạn, 02 cơ quan gửi trễ hạn và 02 cơ quan chưa gửi báo cáo (Phụ lục II kèm theo)."},
		{Heading: "1. Về kế hoạch"},
		{Item: "Có 52 hoạt động thuộc 07 lĩnh vực; đã hoàn thành 06 hoạt động, đạt 11,5% kế hoạch năm;"},
		{Item: "Đang thực hiện 38 hoạt động; chưa thực hiện 05 hoạt động; chưa có báo cáo 03 hoạt động."},
		{Heading: "II. KẾT QUẢ THỰC HIỆN THEO LĨNH VỰC"},
		{Paragraph: "Kết quả theo từng lĩnh vực được tổng hợp tại bảng sau:"},
		{Table: fieldTable()},
		{Paragraph: "Chi tiết từng hoạt động tại Phụ lục I kèm theo. " + long},
		{Heading: "III. ĐÁNH GIÁ CHUNG"},
		{Heading: "1. Kết quả nổi bật"},
		{Paragraph: "Công tác chỉ đạo, điều hành được triển khai kịp thời, đồng bộ từ tỉnh đến cơ sở; việc tiếp nhận, giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên thông tiếp tục được duy trì và mở rộng, tỷ lệ hồ sơ giải quyết đúng hạn đạt 97,8%."},
		{Heading: "2. Tồn tại, hạn chế"},
		{Item: "Một số cơ quan, đơn vị gửi báo cáo chưa đúng thời hạn; số liệu kinh phí giữa các biểu chưa thống nhất;"},
		{Item: "Việc ứng dụng công nghệ thông tin tại cấp xã còn hạn chế do thiếu trang thiết bị."},
		{Heading: "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ II"},
		{Paragraph: "Tiếp tục đôn đốc các cơ quan, đơn vị thực hiện đúng tiến độ các hoạt động đến hạn trong quý II, trong đó tập trung vào hoạt động 3.1.1 về rà soát, công bố bộ thủ tục hành chính và các hoạt động kiểm tra theo kế hoạch."},
		{Paragraph: "Trên đây là báo cáo kết quả thực hiện công tác cải cách hành chính quý I năm 2018, Sở Nội vụ kính báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."},
	}
}

func number(text string) *decimal.Decimal {
	d := decimal.RequireFromString(text)
	return &d
}

func paper2(d decimal.Decimal) string { return strings.ReplaceAll(d.String(), ".", ",") }

func cell(text string) report.Cell { return report.Cell{Text: text} }

func figure(text string) report.Cell {
	d := number(text)
	return report.Cell{Text: paper2(*d), Number: d}
}

func fieldTable() *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Title: "Stt", Width: 5, Align: report.Center}, {Title: "Lĩnh vực", Width: 40},
			{Title: "Tổng số", Width: 10, Align: report.Right},
			{Group: "Trong đó", Title: "Đã hoàn thành", Width: 12, Align: report.Right},
			{Group: "Trong đó", Title: "Đang thực hiện", Width: 12, Align: report.Right},
			{Group: "Trong đó", Title: "Chưa thực hiện", Width: 12, Align: report.Right},
			{Title: "Kinh phí (triệu đồng)", Width: 14, Align: report.Right},
		},
		Numbers: true,
	}
	for i, f := range fields {
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			cell(f.code), cell(f.name), figure("7"), figure("1"), figure("5"), figure("1"), figure(fmt.Sprintf("%d.5", 10*i)),
		}})
	}
	sum := []int{0, 1, 2, 3, 4, 5, 6}
	total := func(n string) report.Cell { c := figure(n); c.Sum = sum; return c }
	center := report.Center
	t.Rows = append(t.Rows, report.Row{Kind: report.Totals, Cells: []report.Cell{
		{Text: "Tổng cộng", Span: 2, Align: &center}, total("49"), total("7"), total("35"), total("7"), total("213.5"),
	}})
	return t
}

var fields = []struct{ code, name string }{
	{"I", "Công tác chỉ đạo điều hành cải cách hành chính"}, {"II", "Cải cách thể chế"},
	{"III", "Cải cách thủ tục hành chính"}, {"IV", "Cải cách tổ chức bộ máy"},
	{"V", "Cải cách công vụ, công chức (nâng cao chất lượng cán bộ, công chức, viên chức)"},
	{"VI", "Cải cách tài chính công"}, {"VII", "Hiện đại hóa nền hành chính"},
}

var phrases = []string{
	"Xây dựng, ban hành Kế hoạch cải cách hành chính năm 2018 của tỉnh và kế hoạch tuyên truyền cải cách hành chính",
	"Kiểm tra việc thực hiện công tác cải cách hành chính tại các cơ quan, đơn vị, địa phương",
	"Rà soát, đánh giá thủ tục hành chính năm 2018; đơn giản hóa thủ tục hành chính thuộc thẩm quyền giải quyết của tỉnh",
	"Mở chuyên mục cải cách hành chính trên sóng phát thanh, truyền hình",
	"Đã ban hành Quyết định số 2015/QĐ-UBND ngày 22/12/2017; các Sở, ban, ngành, UBND các huyện, thị xã ban hành kế hoạch của đơn vị trong tháng 01/2018",
	"Đang xây dựng kế hoạch, dự kiến trình Ủy ban nhân dân tỉnh trước ngày 15/4/2018",
	"Một số đơn vị gửi kết quả tự kiểm tra chậm; kinh phí phân bổ muộn nên chưa giải ngân",
	"- Chủ trì: Sở Nội vụ\n- Phối hợp: các Sở, ban, ngành; UBND các huyện, thị xã",
	"- Chủ trì: Sở Thông tin - Truyền thông\n- Phối hợp: Văn phòng UBND tỉnh; Đài Phát thanh - Truyền hình tỉnh",
	"100% cơ quan, đơn vị ban hành kế hoạch trước ngày 31/01/2018",
	"Quyết định của Chủ tịch UBND tỉnh; báo cáo của cơ quan, đơn vị",
}

// progressTable has the nine columns of Quyết định 1982/QĐ-UBND and six with
// results.
func progressTable(activities int) *report.Table {
	t := &report.Table{
		Columns: []report.Column{
			{Title: "Stt", Width: 4, Align: report.Center}, {Title: "Nội dung", Width: 14}, {Title: "Chỉ số", Width: 9},
			{Title: "Phương tiện xác minh", Width: 8}, {Title: "Kinh phí (triệu đồng)", Width: 5, Align: report.Right},
			{Title: "Trách nhiệm thực hiện", Width: 11},
			{Group: "Thời gian thực hiện", Title: "Bắt đầu", Width: 5, Align: report.Center},
			{Group: "Thời gian thực hiện", Title: "Kết thúc", Width: 5, Align: report.Center},
			{Title: "Ghi chú", Width: 7}, {Title: "Kết quả thực hiện", Width: 14},
			{Title: "Mức độ hoàn thành (%)", Width: 5, Align: report.Right}, {Title: "Tình trạng", Width: 6},
			{Title: "Kinh phí đã sử dụng", Width: 5, Align: report.Right}, {Title: "Khó khăn, vướng mắc", Width: 8},
			{Title: "Đơn vị báo cáo", Width: 6},
		},
		Note: "(Bằng chữ: Bảy trăm hai mươi triệu đồng)", Numbers: true, Filter: true,
	}
	b := progress{t: t}
	for i, f := range fields {
		b.field(f.code, f.name, activities*(i+1)/len(fields)-activities*i/len(fields))
	}
	b.total("Tổng cộng", b.subtotals, b.all, b.allSpent)
	return t
}

// progress builds the rows and keeps what has to be added up.
type progress struct {
	t             *report.Table
	n             int
	subtotals     []int
	all, allSpent decimal.Decimal
}

func (b *progress) field(code, name string, activities int) {
	b.t.Rows = append(b.t.Rows, report.Row{Kind: report.Group, Cells: []report.Cell{cell("LĨNH VỰC " + code), {Text: strings.ToUpper(name), Span: 14}}})
	var rows []int
	var planned, spent decimal.Decimal
	for i := range activities {
		if i%3 == 0 {
			b.t.Rows = append(b.t.Rows, report.Row{Kind: report.Sub, Cells: []report.Cell{
				cell(fmt.Sprintf("Kết quả %d.%d", len(b.subtotals)+1, i/3+1)), cell(phrases[b.n%4]), {Text: "Chỉ số: " + phrases[9], Span: 7},
				{Text: phrases[5], Span: 6},
			}})
		}
		rows = append(rows, len(b.t.Rows))
		amount, used := decimal.New(int64(b.n%7)*55, -1), decimal.New(int64(b.n%5)*125, -2)
		planned, spent = planned.Add(amount), spent.Add(used)
		b.t.Rows = append(b.t.Rows, b.activity(fmt.Sprintf("%d.%d.%d", len(b.subtotals)+1, i/3+1, i%3+1), amount, used))
		b.n++
	}
	b.total("Tổng", rows, planned, spent)
	b.subtotals = append(b.subtotals, len(b.t.Rows)-1)
	b.all, b.allSpent = b.all.Add(planned), b.allSpent.Add(spent)
}

func (b *progress) activity(code string, amount, used decimal.Decimal) report.Row {
	p := func(i int) report.Cell { return cell(phrases[(b.n+i)%len(phrases)]) }
	return report.Row{Cells: []report.Cell{
		cell(code), cell(phrases[b.n%4]), cell(phrases[9]), cell(phrases[10]), {Text: paper2(amount), Number: &amount},
		cell(phrases[7+b.n%2]), cell("Tháng 1"), cell("Tháng 12"), cell(""), p(4),
		figure(fmt.Sprint(b.n * 7 % 101)), cell("Đang thực hiện, trong hạn"), {Text: paper2(used), Number: &used}, cell(phrases[6]), cell("Sở Nội vụ"),
	}}
}

func (b *progress) total(label string, rows []int, planned, spent decimal.Decimal) {
	b.t.Rows = append(b.t.Rows, report.Row{Kind: report.Totals, Cells: []report.Cell{
		{Text: label, Span: 4}, {Text: paper2(planned), Number: &planned, Sum: rows}, {Span: 7},
		{Text: paper2(spent), Number: &spent, Sum: rows}, {Span: 2},
	}})
}

func missingTable() *report.Table {
	return &report.Table{
		Columns: []report.Column{
			{Title: "Stt", Width: 5, Align: report.Center}, {Title: "Cơ quan, đơn vị", Width: 40},
			{Title: "Thời hạn gửi", Width: 20, Align: report.Center}, {Title: "Số ngày chậm", Width: 15, Align: report.Right},
		},
		Rows: []report.Row{
			{Cells: []report.Cell{figure("1"), cell("UBND huyện Đắk R'lấp"), date("15/3/2018", 3, 15), figure("3")}},
			{Cells: []report.Cell{figure("2"), cell("Sở Công Thương"), date("15/3/2018", 3, 15), figure("3")}},
		},
	}
}

// date is a cell with a day of 2018.
func date(text string, month time.Month, day int) report.Cell {
	c := report.Cell{Text: text}
	c.Date.Year, c.Date.Month, c.Date.Day = 2018, month, day
	return c
}

func sourceTable() *report.Table {
	return &report.Table{
		Columns: []report.Column{{Title: "Hoạt động", Width: 10}, {Title: "Tệp", Width: 40}, {Title: "Ô", Width: 20}, {Title: "Giá trị", Width: 10, Align: report.Right}},
		Rows: []report.Row{
			{Cells: []report.Cell{cell("1.1.1"), cell("so-noi-vu_bao-cao-quy-I-2018_ban-chinh-thuc.xlsx"), cell("Biểu 1!E9"), figure("14.5")}},
		},
		Filter: true,
	}
}

const vietnameseLetters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ " +
	"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ – “ ” ‘ ’ … ≤ ≥ × → № §"

// torture is a document of what nobody should write.
func torture() *report.Document {
	d := sample(3)
	d.Meta.Footer = strings.Repeat("Dòng chân trang rất dài, ", 20)
	d.Subject = strings.Repeat("Trích yếu rất dài của một báo cáo ", 12)
	d.Letterhead.Issuer = "BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP VÀ KHU KINH TẾ CỬA KHẨU TỈNH ĐẮK NÔNG"
	wide := []report.Column{{Title: "Mã", Width: 1}, {Title: "Nội dung", Width: 1}, {Title: "Nội dung khác", Width: 1}, {Title: "Số", Width: 1, Align: report.Right}}
	row := func(cells ...report.Cell) report.Row { return report.Row{Cells: cells} }
	big := strings.TrimSpace(strings.Repeat("Nội dung rất dài của một ô, ", 10000/28))
	d.Annexes = append(d.Annexes,
		report.Annex{Label: "Phụ lục IV", Title: "BẢNG TRỐNG", Body: []report.Block{{Table: &report.Table{Columns: wide, Numbers: true}}}},
		report.Annex{Label: "Phụ lục V", Title: "MỘT DÒNG", Sheet: strings.Repeat("tên rất dài ", 5), Body: []report.Block{{Table: &report.Table{
			Columns: wide, Rows: []report.Row{row(cell("1"), cell("một"), cell("=1+1"), figure("0.125"))}}}}},
		report.Annex{Label: "Phụ lục VI", Title: "Ô QUÁ DÀI", Sheet: "PL VI", Landscape: true, Body: []report.Block{{Table: &report.Table{
			Columns: wide, Note: "Ghi chú cuối bảng", Filter: true, Numbers: true, Rows: []report.Row{
				{Kind: report.Group, Cells: []report.Cell{cell("I"), {Text: "Nhóm", Span: 3}}},
				row(cell("1.1.1"), cell(big), cell("ngắn"), figure("1")),
				row(cell("1.1.2"), cell(strings.Repeat("x", 500)), cell(strings.Repeat("ư", 500)), figure("2")),
				row(cell("1.1.3"), cell("😀 emoji 👩‍👩‍👧 𝔘𝔫𝔦 中文 \x00\x07\x1b[31m \u202eđảo"), cell(vietnameseLetters), figure("-3.25")),
				row(cell("@SUM(A1)"), cell("+84 123"), cell("-2+3"), cell("=HYPERLINK(\"http://x\",\"y\")")),
				row(cell("1.1.4"), cell("  đầu và cuối  "), cell("dòng 1\r\n\r\ndòng 3\tsau tab _x000D_ & < > \" '"), figure("1234567.891")),
				row(cell("1.1.5"), cell("Tie\u0302\u0301ng Vie\u0323\u0302t NFD a\u0303"), cell("{nb} &P &N %s | ☑"), cell("")),
				{Kind: report.Totals, Cells: []report.Cell{{Text: "Tổng", Span: 3}, {Text: "1234567,641", Number: number("1234567.891"), Sum: []int{1, 2, 3, 5}}}},
			}}}}},
	)
	return d
}
