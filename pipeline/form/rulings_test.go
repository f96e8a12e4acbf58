package form

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// rows is a head that names neither agency nor period, and one row of each kind.
const rows = `
Mã hoạt động|Nội dung|Kết quả thực hiện|Tình trạng
1.1.1||Đã tổ chức|Đã hoàn thành
9.9.9|Việc chưa có trong kế hoạch|Đã làm|Đang thực hiện
`

var (
	quarter = plan.Period{Year: 2018, Part: plan.Q1}
	half    = plan.Period{Year: 2018, Part: plan.Half}
)

func TestRulingsSettleDoubts(t *testing.T) {
	sent := func(from string, authenticated bool) *Mail { return &Mail{From: from, Authenticated: authenticated} }
	const named = "SỞ Y TẾ\nBáo cáo quý I năm 2018\n"
	for _, tt := range []struct {
		name    string
		text    string
		mail    *Mail
		rulings Rulings
		agency  string
		period  plan.Period
		outcome Outcome
		holds   []string // codes of level error
		ruled   int
	}{
		{name: "nobody decided", text: rows, period: quarter, outcome: Review, holds: []string{"agency-unknown", "unknown-activity"}},
		{"whose it is", rows, nil, Rulings{Agency: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"an agency that is no more", rows, nil, Rulings{Agency: "sxyz"}, "", quarter, Review, []string{"agency-unknown", "unknown-activity"}, 0},
		{"two agencies", "SỞ Y TẾ\nSỞ NỘI VỤ\nBáo cáo quý I năm 2018\n" + rows, nil, Rulings{Agency: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"another one than it says", named + rows, nil, Rulings{Agency: "snv"}, "snv", quarter, Accept, []string{"unknown-activity"}, 0},
		{"the sender is another", named + rows, sent("stp@daknong.example", true), Rulings{Agency: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"for when", "SỞ Y TẾ\nBáo cáo 6 tháng đầu năm 2018\n" + rows, nil, Rulings{Period: quarter}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"two periods", "SỞ Y TẾ\nBáo cáo quý I năm 2018\nBáo cáo 6 tháng đầu năm 2018\n" + rows, nil, Rulings{Period: half}, "syt", half, Accept, []string{"unknown-activity"}, 1},
		{"a period of which no report is made", named + rows, nil, Rulings{Period: plan.Period{Year: 2018, Part: plan.Q2}}, "syt", plan.Period{Year: 2018, Part: plan.Q2}, Review, []string{"period-not-reported", "unknown-activity"}, 1},
		{"a remembered sender", named + rows, sent("vt@syt.example", true), Rulings{Sender: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"a remembered sender alone says whose it is", rows, sent("vt@syt.example", true), Rulings{Sender: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"an address of another agency, remembered as this one's", named + rows, sent("stp@daknong.example", true), Rulings{Sender: "syt"}, "syt", quarter, Accept, []string{"unknown-activity"}, 1},
		{"remembered as another's", named + rows, sent("vt@stp.example", true), Rulings{Sender: "stp"}, "syt", quarter, Review, []string{"agency-disagrees", "unknown-activity"}, 0},
		{"remembered, and not vouched for", named + rows, sent("vt@syt.example", false), Rulings{Sender: "syt"}, "syt", quarter, Review, []string{"sender-not-authenticated", "unknown-activity"}, 0},
		{"assigned, and not vouched for", rows, sent("syt@daknong.example", false), Rulings{Agency: "syt"}, "syt", quarter, Review, []string{"sender-not-authenticated", "unknown-activity"}, 1},
		{"assigned, and from nobody known", rows, sent("x@mail.example", true), Rulings{Agency: "syt"}, "syt", quarter, Review, []string{"sender-unknown", "unknown-activity"}, 1},
		{"what a row means", named + rows, nil, Rulings{Rows: []RowRuling{{"S", 6, "1.1.2"}}}, "syt", quarter, Accept, nil, 1},
		{"a row that is in no table", named + rows, nil, Rulings{Rows: []RowRuling{{"S", 50, "1.1.2"}}}, "syt", quarter, Accept, []string{"unknown-activity"}, 0},
		{"an activity that the plan does not have", named + rows, nil, Rulings{Rows: []RowRuling{{"S", 6, "8.1.1"}}}, "syt", quarter, Accept, []string{"unknown-activity"}, 0},
	} {
		s := shippedReader(t).ReadSubmission(grid(tt.text), Origin{
			Name: "x.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC), Mail: tt.mail, Rulings: tt.rulings,
		})
		if string(s.Agency) != tt.agency || s.Period != tt.period || s.Outcome != tt.outcome {
			t.Errorf("%s: %q, %s, %s, want %q, %s, %s", tt.name, s.Agency, s.Period, s.Outcome, tt.agency, tt.period, tt.outcome)
		}
		var holds []string
		ruled, idle := 0, false
		for _, f := range s.Findings {
			switch {
			case f.Level == finding.Error:
				holds = append(holds, f.Code)
			case f.Code == codeRuled && f.Level == finding.Note:
				ruled++
			}
			idle = idle || f.Code == "ruling-without-row"
		}
		slices.Sort(holds)
		if diff := cmp.Diff(tt.holds, holds); diff != "" {
			t.Errorf("%s: errors (-want +got):\n%s", tt.name, diff)
		}
		if ruled != tt.ruled {
			t.Errorf("%s: %d notes of rulings, want %d: %v", tt.name, ruled, tt.ruled, codes(s))
		}
		if want := len(tt.rulings.Rows) > 0 && ruled == 0; idle != want {
			t.Errorf("%s: told that a ruling met no row: %t, want %t", tt.name, idle, want)
		}
	}
}

func TestRuledRowsAreEntries(t *testing.T) {
	read := func(text string, row int) Submission {
		return shippedReader(t).ReadSubmission(grid(head+text), Origin{
			Name: "x.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC),
			Rulings: Rulings{Rows: []RowRuling{{"S", row, "1.1.3"}, {"S", row, "1.1.2"}}}, // the clerk thought better of it
		})
	}
	for name, text := range map[string]string{
		"a code that the plan does not have": "1||Việc khác|Đã làm|Đang thực hiện||12",
		"a code with the text of another":    "1|3.4.1|Tổ chức tuyên truyền|Đã làm|Đang thực hiện||12",
		"a row without code and text":        "1|||Đã làm|Đang thực hiện||12",
		"what looks like a total":            "1||Tổng số|Đã làm|Đang thực hiện||12",
	} {
		s := read(text, 7)
		if len(s.Entries) != 1 || s.Entries[0].Activity != "1.1.2" || s.Entries[0].Held || s.Entries[0].Spent == nil || len(s.SetAside) != 0 {
			t.Errorf("%s: entries %+v, set aside %+v, want one of 1.1.2", name, s.Entries, s.SetAside)
		}
		if slices.ContainsFunc(codes(s), func(c string) bool { return strings.HasPrefix(c, "ruling-without-row") }) {
			t.Errorf("%s: findings %v, want no ruling without a row", name, codes(s))
		}
		if s.RowsRead != len(s.Entries)+len(s.SetAside) {
			t.Errorf("%s: %d rows read of %d", name, s.RowsRead, len(s.Entries)+len(s.SetAside))
		}
	}
	// What the clerk decided repeats another row: it is for the clerk again.
	s := read("1|1.1.2||Chưa làm|Chưa thực hiện||\n2|9.9.9||Đã làm|Đang thực hiện||12", 8)
	if !slices.Contains(codes(s), "duplicate-conflict B8") || !s.Entries[0].Held || !s.Entries[1].Held {
		t.Errorf("two rows about 1.1.2: findings %v, entries %+v", codes(s), s.Entries)
	}
}
