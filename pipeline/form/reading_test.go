package form

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

func TestOwnTotals(t *testing.T) {
	const rows = head + "LĨNH VỰC I\n1|1.1.1||x|Đang thực hiện|50|14,5|\n2|1.1.3||x|Đang thực hiện|50|3|\n"
	for total, want := range map[string]string{
		"|Tổng|||||17,5|":                 "",
		"|Tổng|||||14,5|":                 "own-total-wrong G10 14,5 17,5",
		"|Tổng lĩnh vực I|||||17.500|":    "", // one of its readings is right
		"|Tổng cộng|||||20|":              "own-total-wrong G10 20 17,5",
		"|Tổng|||||-|":                    "",
		"|Tổng kinh phí thực hiện|||||9|": "own-total-wrong G10 9 17,5",
	} {
		s := readGrid(t, rows+total)
		got := ""
		for _, f := range s.Findings {
			if f.Code == "own-total-wrong" {
				got = strings.Join([]string{f.Code, f.Place.Cell, f.Got, f.Want}, " ")
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", total, got, want)
		}
		if len(s.Entries) != 2 {
			t.Errorf("%s: %d entries: a total is no data", total, len(s.Entries))
		}
	}
	// What is not known makes no total wrong.
	s := readGrid(t, rows+"3|1.3.2||x|Đang thực hiện|50|14.500|\n|Tổng|||||99|")
	if slices.ContainsFunc(codes(s), func(c string) bool { return strings.HasPrefix(c, "own-total-wrong") }) {
		t.Errorf("findings %v: one amount is ambiguous, so the total may be right", codes(s))
	}
}

func TestContradictions(t *testing.T) {
	for row, want := range map[string]string{
		"1|1.1.1||Đã làm|Đang thực hiện|100||":          "in-progress-at-100 F7",
		"1|1.1.1||Chưa triển khai|Đã hoàn thành|100||":  "text-contradicts-status D7",
		"1|1.1.1||Đã hoàn thành|Chưa thực hiện|0||":     "text-contradicts-status D7",
		"1|1.1.1||Đã làm|Chưa thực hiện|100||":          "not-started-above-0 F7",
		"1|1.1.1||Đang làm|Đang thực hiện|50|0,0145|":   "money-too-little G7",
		"1|1.1.1||Đang làm|Đang thực hiện|50|500|":      "money-beyond-plan G7",
		"1|1.3.2||Đang làm|Đang thực hiện|50||":         "activity-of-others B7",
		"1|1.1.1|1.1.3. Họp|x|Đang thực hiện|50||":      "code-text-disagree B7",
		"1|1.1.1||Đã làm|Đã hoàn thành|100||20/11/2017": "date-far-off H7",
		"1|1.1||x|Đang thực hiện|50||":                  "unknown-activity B7",
	} {
		if s := readGrid(t, head+row); !slices.Contains(codes(s), want) {
			t.Errorf("%s: findings %v, want %s", row, codes(s), want)
		}
	}
}

func TestDatesWithTheMonthFirst(t *testing.T) {
	book := grid(head + "1|1.1.1||x|Đã hoàn thành|100||x\n2|1.1.3||x|Đã hoàn thành|100||15/02/2018\n3|1.3.3||x|Đã hoàn thành|100||x")
	rows := book.Sheets[0].Rows
	serial := func(day agency.Day) sheet.Cell {
		n := 43101 // 1 January 2018
		for d := (agency.Day{Year: 2018, Month: 1, Day: 1}); d.Before(day); d = d.AddDays(1) {
			n++
		}
		return sheet.Cell{Col: 8, Kind: sheet.Date, Raw: strconv.Itoa(n), Text: day.String()}
	}
	rows[6].Cells[len(rows[6].Cells)-1] = serial(agency.Day{Year: 2018, Month: 3, Day: 2}) // 3 February was typed
	rows[8].Cells[len(rows[8].Cells)-1] = serial(agency.Day{Year: 2018, Month: 3, Day: 3})
	s := readBook(t, book)
	if !slices.Contains(codes(s), "dates-mixed H7") {
		t.Fatalf("findings %v, want dates-mixed at H7", codes(s))
	}
	var got []string
	for _, e := range s.Entries {
		got = append(got, e.DoneOn.String())
	}
	if diff := cmp.Diff([]string{"", "2018-02-15", "2018-03-03"}, got); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

// TestEveryCodeThatBecameADate holds that each of the plan's codes is found again
// in both orders of day and month when its text agrees.
func TestEveryCodeThatBecameADate(t *testing.T) {
	r := shippedReader(t)
	for a := range r.plans[2018][0].Plan.Activities() {
		var n [3]int
		if _, err := fmt.Sscanf(string(a.Code), "%d.%d.%d", &n[0], &n[1], &n[2]); err != nil {
			t.Fatal(err)
		}
		for _, day := range []agency.Day{
			agency.NewDay(2000+n[2], time.Month(n[1]), n[0]), agency.NewDay(2000+n[2], time.Month(n[0]), n[1]),
		} {
			text := fmt.Sprintf("%02d/%02d/%d", day.Day, day.Month, day.Year)
			s := r.ReadSubmission(grid(head+"1|"+text+"|"+strings.ReplaceAll(a.Name, "\n", " ")+"|x|Đang thực hiện|50||"), Origin{
				Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC),
			})
			if len(s.Entries) != 1 || s.Entries[0].Activity != a.Code || s.Entries[0].Held {
				t.Errorf("%s as %s: entries %v", a.Code, text, saidOf(s))
			}
		}
	}
}

func TestWhoSends(t *testing.T) {
	const table = "\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Đang thực hiện\n"
	for _, c := range []struct {
		above, below string
		want         agency.ID
		outcome      Outcome
	}{
		{"SỞ NN&PTNT", "", "snnptnt", Accept},
		{"Sở GD-ĐT", "", "sgddt", Accept},
		{"SỞ KẾ HOẠCH - ĐẦU TƯ", "", "skhdt", Accept},
		{"SỞ VĂN HOÁ, THỂ THAO VÀ DU LỊCH", "", "svhttdl", Accept},
		{"BQL các KCN tỉnh", "", "bqlkcn", Accept},
		{"UBND H. Đắk Mil", "", "dakmil", Accept},
		{"UBND TX. GIA NGHĨA", "", "gianghia", Accept},
		{"UBND HUYỆN ĐẮK R’LẤP", "", "dakrlap", Accept},
		{"UBND HUYỆN \u00d0ĂK GLONG", "", "dakglong", Accept},
		{"ỦY BAN NHÂN DÂN\nHUYỆN TUY ĐỨC", "", "tuyduc", Accept},
		{"UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG", "", "vpubnd", Accept},
		{"", "|GIÁM ĐỐC SỞ CÔNG THƯƠNG", "sct", Accept},
		{"", "|TM. UBND HUYỆN CƯ JÚT", "cujut", Accept},
		{"", "Nơi nhận:\n- Sở Nội vụ;", "", Review},
		{"SỞ Y TẾ", "|KT. GIÁM ĐỐC\n|PHÓ GIÁM ĐỐC", "syt", Accept},
		{"SỞ Y TẾ", "|GIÁM ĐỐC SỞ CÔNG THƯƠNG", "syt", Review},
		{"SỞ Y TẾ\nBỆNH VIỆN ĐA KHOA TỈNH", "", "syt", Review},
		{"UBND HUYỆN ĐẮK MIL\nUBND XÃ ĐẮK LAO", "", "dakmil", Review},
	} {
		s := readGrid(t, c.above+table+c.below)
		if s.Agency != c.want || s.Outcome != c.outcome {
			t.Errorf("%q, %q: %s of %q, findings %v; want %s of %q", c.above, c.below, s.Outcome, s.Agency, codes(s), c.outcome, c.want)
		}
	}
}

func TestHiddenIdentity(t *testing.T) {
	own := grid("agency|syt\nperiod|2018-Q1").Sheets[0]
	own.Name, own.Hidden = "baocao", true
	for _, c := range []struct {
		text    string
		outcome Outcome
		agency  agency.ID
		period  string
	}{
		{"Mã|Nội dung|Tình trạng\n3.4.1||Đang thực hiện", Accept, "syt", "2018-Q1"},
		{"SỞ TƯ PHÁP\nMã|Nội dung|Tình trạng\n3.4.1||Đang thực hiện", Review, "syt", "2018-Q1"},
		{"SỞ Y TẾ\nBáo cáo quý II năm 2018\nMã|Nội dung|Tình trạng\n3.4.1||Đang thực hiện", Review, "syt", "2018-Q1"},
	} {
		book := grid(c.text)
		book.Sheets = append(book.Sheets, own)
		s := readBook(t, book)
		if s.Outcome != c.outcome || s.Agency != c.agency || s.Period.String() != c.period {
			t.Errorf("%q: %s of %q for %s, findings %v", c.text, s.Outcome, s.Agency, s.Period, codes(s))
		}
	}
}

func TestTextsAreKeptWhole(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("Đã họp 你好 👍🏽 = + - @ <b>; ", 1200))[:32000]
	long = strings.TrimSpace(strings.ToValidUTF8(long, ""))
	s := readGrid(t, head+"1|1.1.1||"+long+"|Đang thực hiện|50||")
	if len(s.Entries) != 1 || s.Entries[0].Text != long {
		t.Errorf("a text of %d bytes did not come through", len(long))
	}
}

// FuzzReadBook gives the reader sheets with numbers, dates, formulas, merged cells
// and gaps between rows: it must not panic, nor lose a row.
func FuzzReadBook(f *testing.F) {
	f.Add([]byte(head+"1|1.1.1||Đã tổ chức|Đã hoàn thành|100|14,5|"), []byte{1, 2, 3, 4, 5, 6, 7, 8})
	f.Add([]byte(title+"Mã|Nội dung|Kết quả thực hiện||\n||Tình trạng|KH|TH\n1.1.1|x|y|1|2"), []byte{3, 3, 3, 5, 4, 2, 1, 1})
	f.Add([]byte("TT|Tình trạng|%\nTổng|1|2\n|a|\nTT|%|Tình trạng\n1.1.1|3|x"), []byte{})
	r := shippedReader(f)
	f.Fuzz(func(t *testing.T, text, shape []byte) {
		book := grid(string(text))
		s := &book.Sheets[0]
		at := func(i int) int {
			if i >= len(shape) {
				return 0
			}
			return int(shape[i])
		}
		for i := range s.Rows {
			for k := range s.Rows[i].Cells {
				c := &s.Rows[i].Cells[k]
				switch at(i+3*k) % 7 {
				case 1:
					c.Kind, c.Raw = sheet.Number, c.Text
				case 2:
					c.Kind, c.Raw = sheet.Date, strconv.Itoa(40000+int(binary.LittleEndian.Uint16([]byte{shape[0], shape[len(shape)-1]})))
				case 3:
					*c = sheet.Cell{Col: c.Col, Formula: true, Stale: true}
				}
			}
			s.Rows[i].Number += i * (at(i) % 2)
			s.Rows[i].Hidden = at(i)%11 == 1
		}
		for i := 0; i+3 < len(shape); i += 4 {
			s.Merges = append(s.Merges, sheet.Range{FirstRow: at(i), FirstCol: at(i + 1), LastRow: at(i + 2), LastCol: at(i + 3)})
		}
		got := r.ReadSubmission(book, Origin{Name: "a.xlsx", Arrived: time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)})
		if got.RowsRead != len(got.Entries)+len(got.SetAside) {
			t.Errorf("%d rows read, %d entries and %d set aside", got.RowsRead, len(got.Entries), len(got.SetAside))
		}
		for _, e := range got.Entries {
			if e.Percent != nil && (*e.Percent < 0 || *e.Percent > plan.Percent(100_00)) || e.Spent != nil && *e.Spent < 0 {
				t.Errorf("entry %+v", e)
			}
		}
	})
}
