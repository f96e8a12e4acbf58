package form

import (
	"testing"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// An office may keep the province's people's committee, and the units under an
// agency, in its directory.
func TestLetterheadsOfParents(t *testing.T) {
	shipped := shippedReader(t)
	data := shipped.directory.Data()
	data.Agencies = append(data.Agencies[:len(data.Agencies):len(data.Agencies)],
		agency.Agency{ID: "ubndt", Names: []agency.Name{{Name: "UBND tỉnh Đắk Nông"}}},
		agency.Agency{ID: "pnvcujut", Names: []agency.Name{{Name: "Phòng Nội vụ Cư Jút"}}, Answers: "cujut"},
	)
	dir, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(map[int]plan.Versions{2018: shipped.plans[2018]}, dir, shipped.calendar, shippedWords(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		head, want string
		outcome    Outcome
	}{
		{"UBND TỈNH ĐẮK NÔNG\nSỞ Y TẾ", "syt", Accept},
		{"UBND TỈNH ĐẮK NÔNG\nSỞ Y TẾ\nSỞ NỘI VỤ", "syt", Review},
		{"UBND HUYỆN CƯ JÚT\nUBND xã Tâm Thắng", "cujut", Review}, // of a unit under it
		{"PHÒNG NỘI VỤ CƯ JÚT\nUBND huyện Cư Jút", "pnvcujut", Accept},
		{"UBND TỈNH ĐẮK NÔNG", "ubndt", Accept},
	} {
		s := r.ReadSubmission(grid(tt.head+"\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n1.1.1||Đang thực hiện"),
			Origin{Name: "x.xlsx", Arrived: time.Date(2018, 3, 15, 5, 0, 0, 0, time.UTC)})
		if string(s.Agency) != tt.want || s.Outcome != tt.outcome {
			t.Errorf("%q: %s of %q, want %s of %q; findings %v", tt.head, s.Outcome, s.Agency, tt.outcome, tt.want, codes(s))
		}
	}
}
