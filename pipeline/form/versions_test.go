package form

import (
	"slices"
	"testing"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// amendedReader reads by the plan that ships, and from July by one in which 9.1.1
// is new and 1.1.1 has been dropped.
func amendedReader(t *testing.T) *Reader {
	t.Helper()
	r := shippedReader(t)
	first := r.plans[2018][0].Plan
	second := *first
	second.Fields = slices.Clone(first.Fields)
	results := slices.Clone(second.Fields[0].Results)
	results[0].Activities = append(slices.Clone(results[0].Activities[1:]), plan.Activity{
		Code: "9.1.1", Name: "Thí điểm hệ thống thông tin một cửa mới", Leads: []agency.ID{"snv"},
	})
	second.Fields[0].Results = results
	made, err := NewReader(map[int]plan.Versions{2018: {
		{Plan: first}, {Plan: &second, From: agency.NewDay(2018, 7, 1)},
	}}, r.directory, r.calendar, shippedWords(t))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestDocumentIsReadByThePlanOfItsPeriod(t *testing.T) {
	r := amendedReader(t)
	for _, tt := range []struct {
		name, title string
		arrived     time.Time
		entries     []string
		unknown     string
	}{
		{"before the amendment", "quý I", time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC), []string{"1.1.1"}, "9.1.1"},
		{"of a period before it, and late", "quý I", time.Date(2018, 7, 9, 5, 0, 0, 0, time.UTC), []string{"1.1.1"}, "9.1.1"},
		{"after it", "quý III", time.Date(2018, 9, 15, 5, 0, 0, 0, time.UTC), []string{"9.1.1"}, "1.1.1"},
	} {
		s := r.ReadSubmission(grid("SỞ NỘI VỤ\nBáo cáo "+tt.title+" năm 2018\nMã|Nội dung|Tình trạng\n1.1.1||Đang thực hiện\n9.1.1||Đang thực hiện"),
			Origin{Name: "x.xlsx", Arrived: tt.arrived})
		var entries []string
		for _, e := range s.Entries {
			entries = append(entries, string(e.Activity))
		}
		if !slices.Equal(entries, tt.entries) {
			t.Errorf("%s: entries %v, want %v", tt.name, entries, tt.entries)
		}
		i := slices.IndexFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "unknown-activity" })
		if i < 0 || s.Findings[i].Got != tt.unknown {
			t.Errorf("%s: findings %v, want %s unknown", tt.name, codes(s), tt.unknown)
		}
	}
}
