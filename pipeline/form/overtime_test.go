package form

import (
	"slices"
	"testing"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// overtime reads by the plan that ships under a directory in which the agency of
// planning goes into the one of finance on 1 May 2018, and no district is left.
func overtime(t *testing.T) *Reader {
	t.Helper()
	shipped := shippedReader(t)
	data := shipped.directory.Data()
	data.Agencies, data.Groups = slices.Clone(data.Agencies), slices.Clone(data.Groups)
	for i := range data.Agencies {
		if a := &data.Agencies[i]; a.ID == "skhdt" {
			a.Until, a.Successor = agency.NewDay(2018, 4, 30), "stc"
		}
	}
	for i := range data.Groups {
		if g := &data.Groups[i]; g.ID == "g-huyen" {
			g.Members = nil
		}
	}
	dir, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(map[int]plan.Versions{2018: shipped.plans[2018]}, dir, shipped.calendar, shippedWords(t))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReportsOfAMergedAgency(t *testing.T) {
	r := overtime(t)
	for _, tt := range []struct {
		name, head, period, from, agency string
		arrived                          time.Time
		outcome                          Outcome
		missing                          bool // it is told that activities of the group are missing
	}{
		{"before the merger", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "quý I", "skhdt", "skhdt", time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC), Accept, true},
		{"of before the merger, sent after it", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "quý I", "skhdt", "skhdt", time.Date(2018, 5, 15, 5, 0, 0, 0, time.UTC), Accept, true},
		{"after it, by the successor", "SỞ TÀI CHÍNH", "6 tháng đầu", "stc", "stc", time.Date(2018, 6, 15, 5, 0, 0, 0, time.UTC), Accept, true},
		{"after it, under the old name", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "6 tháng đầu", "skhdt", "", time.Date(2018, 6, 15, 5, 0, 0, 0, time.UTC), Review, false},
	} {
		s := r.ReadSubmission(grid(tt.head+"\nBáo cáo "+tt.period+" năm 2018\nMã|Nội dung|Tình trạng\n7.1.3||Đang thực hiện"), Origin{
			Name: "x.xlsx", Arrived: tt.arrived, Mail: &Mail{From: tt.from + "@daknong.example", Authenticated: true},
		})
		if string(s.Agency) != tt.agency || s.Outcome != tt.outcome {
			t.Errorf("%s: %s of %q, want %s of %q; findings %v", tt.name, s.Outcome, s.Agency, tt.outcome, tt.agency, codes(s))
		}
		missing := slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "activities-missing" })
		if missing != tt.missing {
			t.Errorf("%s: told of missing activities %t, want %t", tt.name, missing, tt.missing)
		}
	}
}

// A group that has nobody left asks nobody: a district that writes all the same
// reports what is not its to answer for.
func TestGroupWithoutMembers(t *testing.T) {
	s := overtime(t).ReadSubmission(grid("UBND HUYỆN ĐẮK MIL\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n7.1.3||Đang thực hiện"),
		Origin{Name: "x.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC)})
	if s.Outcome != Accept || !slices.Contains(codes(s), "activity-of-others A4") {
		t.Errorf("%s, findings %v, want the row noted as another's", s.Outcome, codes(s))
	}
}

// A row is not missed of which the calendar asks nothing in the period.
func TestWhatIsNotAskedIsNotMissed(t *testing.T) {
	shipped := shippedReader(t)
	cal := *shipped.calendar
	cal.Frequency = []plan.Frequency{{Agencies: []agency.ID{"g-sbn"}, Parts: []plan.Part{plan.Half, plan.Year}}}
	r, err := NewReader(map[int]plan.Versions{2018: shipped.plans[2018]}, shipped.directory, &cal, shippedWords(t))
	if err != nil {
		t.Fatal(err)
	}
	for period, want := range map[string]bool{"quý I": false, "6 tháng đầu": true} {
		s := r.ReadSubmission(grid("SỞ Y TẾ\nBáo cáo "+period+" năm 2018\nMã|Nội dung|Tình trạng\n7.1.3||Đang thực hiện"), Origin{Name: "x.xlsx"})
		got := slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "activities-missing" || f.Code == "activity-missing" })
		if got != want {
			t.Errorf("%s: told of missing activities %t, want %t", period, got, want)
		}
	}
}
