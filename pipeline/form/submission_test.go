package form

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

func decode(t testing.TB, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("../../templates/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
}

// shippedReader reads reports on the plan, the directory and the words that
// ship.
func shippedReader(t testing.TB) *Reader {
	t.Helper()
	var agencies agency.Data
	decode(t, "agencies.yaml", &agencies)
	dir, err := agency.New(agencies)
	if err != nil {
		t.Fatal(err)
	}
	var cal plan.Calendar
	decode(t, "calendar.yaml", &cal)
	text, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	book, findings := sheet.Open("1982.txt", text)
	if book == nil {
		t.Fatalf("the decision is not read: %v", findings)
	}
	thePlan, _ := ReadPlan(book, dir)
	r, err := NewReader(map[int]plan.Versions{2018: {{Plan: thePlan}}}, dir, &cal, shippedWords(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func shippedWords(t testing.TB) Words {
	t.Helper()
	var words Words
	decode(t, "form/words.yaml", &words)
	return words
}

// lexicon is of the plan that ships.
func (r *Reader) lexicon() *lexicon { return r.texts[r.plans[2018][0].Plan] }

// grid is a workbook of one sheet from text: a line a row, cells separated by
// "|". A cell "=x" is a formula that stores no result.
func grid(text string) *sheet.Book {
	s := sheet.Sheet{Name: "S", Grid: true}
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		row := sheet.Row{Number: i + 1}
		for c, cell := range strings.Split(line, "|") {
			cell = strings.TrimSpace(cell)
			if cell == "" {
				continue
			}
			got := sheet.Cell{Col: c + 1, Kind: sheet.String, Text: cell, Raw: cell}
			if strings.HasPrefix(cell, "=") {
				got = sheet.Cell{Col: c + 1, Formula: true, Stale: true}
			}
			row.Cells = append(row.Cells, got)
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	return &sheet.Book{Name: "bao-cao.xlsx", Format: sheet.XLSX, Sheets: []sheet.Sheet{s}}
}

// head is a letterhead and the head of a table, six rows high.
const head = `
UBND TỈNH ĐẮK NÔNG
SỞ NỘI VỤ
BÁO CÁO
Kết quả thực hiện Kế hoạch CCHC quý I năm 2018
Kính gửi: Ủy ban nhân dân tỉnh
STT|Mã hoạt động|Nội dung|Kết quả thực hiện|Tình trạng|Tỷ lệ (%)|Kinh phí đã thực hiện (triệu đồng)|Ngày hoàn thành
`

func readGrid(t testing.TB, text string) Submission {
	t.Helper()
	return shippedReader(t).ReadSubmission(grid(text), Origin{
		Name: "bao-cao.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC),
	})
}

// codes are the findings of s as "code cell".
func codes(s Submission) []string {
	var all []string
	for _, f := range s.Findings {
		switch f.Code {
		case "activity-missing", "activities-missing", "nothing-usable":
			continue // these tables list a row or two of many
		}
		all = append(all, strings.TrimSpace(f.Code+" "+f.Place.Cell))
	}
	return all
}

func TestRows(t *testing.T) {
	for _, c := range []struct {
		name, row string
		status    Progress
		spent     string // "" for none
		held      bool
		findings  []string
	}{
		{"plain", "1|1.1.1||Đã tổ chức|Đã hoàn thành|100|14,5|02/02/2018", Done, "14.5", false, nil},
		{"dotted code, unit in the cell", "1|HĐ 1.1.1.||Đã tổ chức|Xong|100%|14.500.000 đồng|", Done, "14.5", false, nil},
		{"blank is not 0", "1|1.1.1||Đang làm|Đang thực hiện|50||", InProgress, "", false, nil},
		{"a dash is not 0", "1|1.1.1||Đang làm|Đang thực hiện|50|-|", InProgress, "", false, nil},
		{"0 is 0", "1|1.1.1||Đang làm|Đang thực hiện|50|0|", InProgress, "0", false, nil},
		{"nothing was spent", "1|1.1.1||Đang làm|Đang thực hiện|50|Không|", InProgress, "0", false, nil},
		{"other funds are not 0", "1|1.1.1||Đang làm|Đang thực hiện|50|KP thường xuyên|", InProgress, "", false, []string{"money-other-funds G7"}},
		{"the budget decides between two readings", "1|1.1.1||Đang làm|Đang thực hiện|50|14.500|", InProgress, "14.5", false, nil},
		{"nothing decides between two readings", "1|1.3.2||Đang làm|Đang thực hiện|50|14.500|", InProgress, "", false, []string{"money-ambiguous G7", "activity-of-others B7"}},
		{"text for money", "1|1.1.1||Đang làm|Đang thực hiện|50|khoảng chục triệu|", InProgress, "", false, []string{"money-unreadable G7"}},
		{"đồng under triệu", "1|1.1.1||Đang làm|Đang thực hiện|50|14500000|", InProgress, "", false, []string{"money-beyond-plan G7"}},
		{"negative", "1|1.1.1||Đang làm|Đang thực hiện|50|(15)|", InProgress, "", false, []string{"money-negative G7"}},
		{"formula without a result", "1|1.1.1||Đang làm|Đang thực hiện|50|=x|", InProgress, "", false, []string{"formula-without-value G7"}},
		{"negation", "1|1.1.1||Đang làm|Chưa hoàn thành|50||", InProgress, "", false, nil},
		{"almost", "1|1.1.1||Đang làm|Cơ bản hoàn thành|90||", InProgress, "", false, nil},
		{"percent alone", "1|1.1.1||Đang làm||0,8||", InProgress, "", false, []string{"percent-scaled F7"}},
		{"done at 50", "1|1.1.1||Đã làm|Đã hoàn thành|50||", Done, "", false, []string{"done-below-100 F7"}},
		{"percent beyond 100", "1|1.1.1||Đang làm|Đang thực hiện|180||", InProgress, "", false, []string{"percent-out-of-range F7"}},
		{"no status", "1|1.1.1||Đã có văn bản||||", "", "", true, []string{"status-missing E7"}},
		{"odd status", "1|1.1.1||Đã có văn bản|Tốt|||", "", "", true, []string{"status-unclear E7"}},
		{"odd date", "1|1.1.1||Đã làm|Hoàn thành|100||tháng hai", Done, "", false, []string{"date-unclear H7"}},
		{"code against text", "1|6.1.1|Thực hiện đúng quy định cơ chế tự chủ, tự chịu trách nhiệm tại các đơn vị sự nghiệp công lập thuộc tỉnh|x|Hoàn thành|||", Done, "", true, []string{"code-text-disagree B7"}},
		{"text without marks", "1|1.1.1|TO CHUC HOI NGHI TONG KET CONG TAC CCHC NAM 2017 VA TRIEN KHAI NHIEM VU KE HOACH CCHC TINH NAM 2018|x|Hoàn thành|||", Done, "", false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := readGrid(t, head+c.row)
			outcome := Accept
			if c.held {
				outcome = Review // it is the only row
			}
			if s.Outcome != outcome || s.Agency != "snv" || s.Period.String() != "2018-Q1" || len(s.Entries) != 1 {
				t.Fatalf("%s of %q for %s with %d entries, findings %v", s.Outcome, s.Agency, s.Period, len(s.Entries), codes(s))
			}
			e := s.Entries[0]
			spent := ""
			if e.Spent != nil {
				spent = e.Spent.String()
			}
			if e.Status != c.status || spent != c.spent || e.Held != c.held {
				t.Errorf("status %q, spent %q, held %t; want %q, %q, %t", e.Status, spent, e.Held, c.status, c.spent, c.held)
			}
			if diff := cmp.Diff(c.findings, codes(s)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAmbiguousMoneyIsNotGuessed(t *testing.T) {
	s := readGrid(t, head+"1|1.3.2||Đang làm|Đang thực hiện|50|14.500|")
	if e := s.Entries[0]; e.Spent != nil {
		t.Errorf("14.500 of an activity without a budget became %s", e.Spent)
	}
	for _, f := range s.Findings {
		if f.Code == "money-ambiguous" {
			if f.Want != "14.500 / 14,5" {
				t.Errorf("readings %q, want both", f.Want)
			}
			return
		}
	}
	t.Errorf("findings %v, want money-ambiguous", codes(s))
}

func TestActivityByTextAlone(t *testing.T) {
	const noCodes = `
SỞ TÀI CHÍNH
Báo cáo kết quả quý I năm 2018
TT|Nội dung nhiệm vụ|Tình trạng
1|Thực hiện đúng quy định cơ chế tự chủ, tự chịu trách nhiệm về sử dụng kinh phí quản lý hành chính|Đang thực hiện
2|Thực hiện đúng quy định cơ chế tự chủ, tự chịu trách nhiệm tại các đơn vị sự nghiệp công lập thuộc tỉnh|Đang thực hiện
3|Thực hiện đúng quy định cơ chế tự chủ, tự chịu trách nhiệm|Đang thực hiện
4|Mua sắm máy tính cho cơ quan|Đang thực hiện
`
	s := readGrid(t, noCodes)
	var got []plan.Code
	for _, e := range s.Entries {
		got = append(got, e.Activity)
	}
	if diff := cmp.Diff([]plan.Code{"6.1.1", "6.1.2"}, got); diff != "" {
		t.Errorf("activities (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"unknown-activity A6", "unknown-activity A7"}, codes(s)); diff != "" {
		t.Errorf("what may be either twin, or neither, is for its sender (-want +got):\n%s", diff)
	}
}

func TestRepeatedRows(t *testing.T) {
	same := readGrid(t, head+"1|1.1.1||Xong|Hoàn thành|100|14,5|\n2|1.1.1||Xong|Hoàn thành|100|14,5|")
	if len(same.Entries) != 1 || len(same.SetAside) != 1 || same.SetAside[0].Reason != Duplicate {
		t.Errorf("the same row twice: %d entries, set aside %v", len(same.Entries), same.SetAside)
	}
	differ := readGrid(t, head+"1|1.1.1||Xong|Hoàn thành|100|14,5|\n2|1.1.1||Xong|Hoàn thành|100|15|")
	if len(differ.Entries) != 2 || !differ.Entries[0].Held || !differ.Entries[1].Held {
		t.Errorf("two different rows: %+v, want both held", differ.Entries)
	}
	if diff := cmp.Diff([]string{"duplicate-conflict B8"}, codes(differ)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestRowsWithMoneyAreNeverRemarks(t *testing.T) {
	const good = "1|1.1.1||Đã tổ chức|Đã hoàn thành|100|14,5|\n"
	for row, want := range map[string]string{
		"|||thêm|||5|":                          "row-without-activity",
		"2|1.3||Đã in pano||100|100|":           "unknown-activity",
		"2|=x|=x|ok|Đã hoàn thành|100|7|":       "formula-without-value",
		"2|||Đã niêm yết|Đã hoàn thành|100|15|": "row-without-activity",
		"||Công khai địa chỉ tiếp nhận, xử lý phản ánh, kiến nghị về quy định hành chính||Hoàn thành||15|": "",
	} {
		s := readGrid(t, head+good+row)
		if want == "" {
			if len(s.Entries) != 2 || s.Entries[1].Activity != "3.5.1" {
				t.Errorf("%q: entries %+v, want 3.5.1 by its text", row, s.Entries)
			}
			continue
		}
		if got := strings.Join(codes(s), " "); !strings.Contains(got, want) {
			t.Errorf("%q: findings %s, want %s", row, got, want)
		}
	}
}

func TestMissingRowIsTold(t *testing.T) {
	var rows strings.Builder
	for _, code := range []string{"1.3.4", "3.3.1", "3.4.1", "5.1.1", "5.1.2", "7.1.3", "7.2.1", "7.3.1"} {
		rows.WriteString("1|" + code + "||Đã làm|Đang thực hiện|50||\n")
	}
	s := readGrid(t, strings.Replace(head, "SỞ NỘI VỤ", "SỞ Y TẾ", 1)+rows.String())
	var got []string
	for _, f := range s.Findings {
		got = append(got, f.Code+" "+f.Activity+" "+f.Place.Cell)
	}
	// The place is the last listed activity before the one that is missing.
	want := []string{"activity-missing 3.5.1 B9", "activity-missing 7.2.2 B13"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestManyMissingRowsAreToldTogether(t *testing.T) {
	s := readGrid(t, head+"1|1.1.1||Xong|Hoàn thành|100|14,5|")
	if len(s.Findings) != 1 || s.Findings[0].Code != "activities-missing" {
		t.Fatalf("findings %v, want one for all that is missing", s.Findings)
	}
	// 1.1.2 begins in June: silence about it is no fault in March.
	if want := s.Findings[0].Want; !strings.HasPrefix(want, "1.1.3, 1.1.5, 1.3.3, 1.3.4, 1.4.1") {
		t.Errorf("missing %q", want)
	}
}

func TestWholeDocument(t *testing.T) {
	for _, c := range []struct {
		name, text string
		outcome    Outcome
		nothing    bool
		findings   []string
	}{
		{"nothing to report", "SỞ Y TẾ\nBáo cáo quý I năm 2018\nTrong quý I đơn vị không phát sinh nội dung báo cáo.", Accept, true, nil},
		{"nothing to report, under a head", head + "Không phát sinh", Accept, true, nil},
		{"no table", "SỞ Y TẾ\nBáo cáo quý I năm 2018\nXin gửi báo cáo.", Reject, false, []string{"no-table"}},
		{"unfilled form", head + "1|1.1.1||||||\n2|1.1.3||||||", Reject, false, []string{"row-unfilled B7", "row-unfilled B8", "form-unfilled C6"}},
		{"no agency", "Báo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n1.1.1||Xong", Review, false, []string{"agency-unknown"}},
		{"two periods", "SỞ Y TẾ\nBáo cáo quý I năm 2018\nBáo cáo quý III năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Xong", Review, false, []string{"period-disagrees A2"}},
		{"a year without a plan", "SỞ Y TẾ\nBáo cáo quý I năm 2017\nMã|Nội dung|Tình trạng\n3.4.1||Xong", Review, false, []string{"no-plan"}},
		{"a period to come", "SỞ Y TẾ\nBáo cáo quý III năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Xong", Review, false, []string{"period-to-come A2"}},
		{"number of another agency", "SỞ Y TẾ\nSố: 12/BC-STP\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Xong", Review, false, []string{"agency-disagrees A1"}},
		{"no period", "SỞ Y TẾ\nMã|Nội dung|Tình trạng\n3.4.1||Xong", Accept, false, []string{"period-from-arrival"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := readGrid(t, c.text)
			if s.Outcome != c.outcome || s.Nothing != c.nothing {
				t.Errorf("%s, nothing %t; want %s, %t", s.Outcome, s.Nothing, c.outcome, c.nothing)
			}
			if diff := cmp.Diff(c.findings, sortedLike(c.findings, codes(s))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// sortedLike is got in the order of want where they are the same set: errors
// come first, and a test need not know.
func sortedLike(want, got []string) []string {
	var ordered []string
	for _, w := range want {
		for _, g := range got {
			if g == w {
				ordered = append(ordered, g)
			}
		}
	}
	if len(ordered) == len(got) {
		return ordered
	}
	return got
}

func TestSender(t *testing.T) {
	r := shippedReader(t)
	book := grid("SỞ Y TẾ\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Xong")
	for _, c := range []struct {
		mail    Mail
		outcome Outcome
		code    string
	}{
		{Mail{From: "syt@daknong.example", Authenticated: true}, Accept, ""},
		{Mail{From: "syt@daknong.example"}, Review, "sender-not-authenticated"},
		{Mail{From: "stp@daknong.example", Authenticated: true}, Review, "agency-disagrees"},
		{Mail{From: "ai-do@mail.example", Authenticated: true}, Review, "sender-unknown"},
		{Mail{From: "syt@daknong.example", Authenticated: true, AutoReply: true}, Ignore, "auto-reply"},
		{Mail{From: "syt@daknong.example", Authenticated: true, Subject: "Báo cáo quý II"}, Review, "period-disagrees"},
	} {
		s := r.ReadSubmission(book, Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC), Mail: &c.mail})
		if s.Outcome != c.outcome {
			t.Errorf("%+v: %s, want %s", c.mail, s.Outcome, c.outcome)
		}
		if c.code != "" && !strings.Contains(strings.Join(codes(s), "\n"), c.code) {
			t.Errorf("%+v: findings %v, want %s", c.mail, codes(s), c.code)
		}
	}
}

func TestStatusBeyondDoubt(t *testing.T) {
	d := shippedReader(t).words
	for text, want := range map[string]Progress{
		"Đã hoàn thành": Done, "Hoàn thành 100%": Done, "HT": Done, "Hoàn thành ngày 02/02/2018": Done,
		"Đã ban hành Quyết định số 12/QĐ-SNV": Done,
		"Chưa hoàn thành":                     InProgress, "Cơ bản hoàn thành": InProgress, "Đang thực hiện, dự kiến hoàn thành tháng 6": InProgress,
		"Chưa hoàn thành 100%": InProgress, "Chưa đến hạn": NotStarted, "Không thực hiện": Paused,
		"Chưa HT": "", "Chưa đạt 100%": "", "Không đạt 100%": "", "Chưa được hoàn thành": "", "Sẽ hoàn thành": "",
		"Dự kiến hoàn thành": "", "Gần hoàn thành": "", "Hoàn thành 50%": "", "Hoàn thành 5/12": "", "Tốt": "",
	} {
		if got, _ := d.status(text); got != want {
			t.Errorf("status(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestLegendIsNoAnswer(t *testing.T) {
	for _, text := range []string{
		head + "Ghi chú: nếu không phát sinh thì ghi rõ",
		head + "Tình trạng ghi một trong: Hoàn thành, Không phát sinh",
		head + "1|9.9.9||Đã làm|Hoàn thành|100|5|\nKhông phát sinh",
	} {
		if s := readGrid(t, text); s.Nothing || s.Outcome != Reject {
			t.Errorf("%q: %s, nothing %t; want a document that its sender must mend", text[len(head):], s.Outcome, s.Nothing)
		}
	}
}

func TestPeriodsIn(t *testing.T) {
	for text, want := range map[string]string{
		"Kết quả thực hiện công tác CCHC quý I năm 2018": "2018-Q1",
		"BÁO CÁO QUÝ IV/2018":                            "2018-Q4",
		"bao-cao-quy-I-2018":                             "2018-Q1",
		"Quí 3.2018":                                     "2018-Q3",
		"BC CCHC 6T 2018":                                "2018-6M",
		"6 tháng đầu năm 2018":                           "2018-6M",
		"Báo cáo 9 tháng năm 2018":                       "2018-9M",
		"Báo cáo kết quả thực hiện Kế hoạch CCHC năm 2018":     "2018",
		"Báo cáo Kế hoạch CCHC năm 2018 của Sở":                "",
		"Đắk Nông, ngày 14 tháng 3 năm 2018":                   "",
		"báo cáo CCHC 6 tháng và bổ sung quý I năm 2018":       "2018-6M 2018-Q1",
		"6 tháng đầu năm, phương hướng quý III năm 2018":       "6M",
		"Báo cáo năm 2018, phương hướng nhiệm vụ năm 2019":     "2018",
		"Báo cáo quý II và 6 tháng đầu năm 2018":               "2018-Q2 2018-6M",
		"Kế hoạch cải cách hành chính năm 2018":                "",
		"Quyết định số 1982/QĐ-UBND ngày 18 tháng 12 năm 2017": "",
		"Kết quả thực hiện Quy chế 1 năm 2018 của quý cơ quan": "2018",
		"TÌNH HÌNH THỰC HIỆN KẾ HOẠCH NĂM 2018 TRONG QUÝ III":  "2018-Q3",
	} {
		var got []string
		for _, p := range periodsIn(text) {
			got = append(got, strings.TrimPrefix(p.String(), "0-"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("periodsIn(%q) = %v, want %q", text, got, want)
		}
	}
}

// FuzzReadSubmission gives the reader tables of any text: it must not panic,
// and every row read must be an entry or set aside.
func FuzzReadSubmission(f *testing.F) {
	f.Add(head + "1|1.1.1||Đã tổ chức|Đã hoàn thành|100|14,5|02/02/2018")
	f.Add("Mã|Tình trạng|%\n1.1.1|x|=")
	f.Add("TT|Nội dung|Tình trạng|Lũy kế\n(1)|(2)|(3)|(4)\nTổng|||1.234.567.890 tỷ")
	data, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(bytes.ReplaceAll(data[:4000], []byte("\t"), []byte("|"))))
	r := shippedReader(f)
	f.Fuzz(func(t *testing.T, text string) {
		s := r.ReadSubmission(grid(text), Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)})
		if s.RowsRead != len(s.Entries)+len(s.SetAside) {
			t.Errorf("%d rows read, %d entries and %d set aside", s.RowsRead, len(s.Entries), len(s.SetAside))
		}
	})
}

func BenchmarkReadSubmission(b *testing.B) {
	r := shippedReader(b)
	var rows strings.Builder
	rows.WriteString(head)
	for a := range r.plans[2018][0].Plan.Activities() {
		rows.WriteString("1|" + string(a.Code) + "|" + strings.ReplaceAll(a.Name, "\n", " ") + "|Đã làm|Đang thực hiện|50|1,5|\n")
	}
	book := grid(rows.String())
	for b.Loop() {
		r.ReadSubmission(book, Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)})
	}
}
