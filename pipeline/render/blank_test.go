package render

import (
	"strings"
	"testing"
)

func TestBlanks(t *testing.T) {
	const four = "\u00a0\u00a0\u00a0\u00a0"
	for in, want := range map[string]string{
		"":                             "",
		"Sở Nội vụ":                    "Sở Nội vụ",
		"hai  dấu cách":                "hai  dấu cách",
		"Số:    /BC-SNV":               "Số:" + four + "/BC-SNV",
		"ngày    tháng 3 năm 2018":     "ngày" + four + "tháng 3 năm 2018",
		"    đầu và cuối    ":          four + "đầu và cuối" + four,
		"Kèm theo\nsố    của Đắk Nông": "Kèm theo\nsố" + four + "của Đắk Nông",
	} {
		if got := blanks(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// No line of a letterhead or of an annex's head ends at the room for a number or
// a day, however long the office's name is.
func TestBlanksStayInTheirLine(t *testing.T) {
	doc := sample(1)
	for i := range doc.Annexes {
		doc.Annexes[i].Reference = "(Kèm theo Báo cáo số      /BC-BQLKCN ngày     tháng     năm 2018 của " + strings.Repeat("Ban Quản lý các khu công nghiệp và ", 3) + ")"
	}
	pages, _ := layOut(t, renderer(t, "ND30-2020"), doc)
	seen := 0
	for i, p := range pages {
		for _, b := range p.boxes {
			for _, one := range b.runs {
				if strings.Contains(one.text, "tháng") && strings.Contains(one.text, "/BC-BQLKCN") {
					seen++
				}
				if one.face.style == italic && (strings.HasSuffix(one.text, "số") || strings.HasSuffix(one.text, "ngày") || strings.HasSuffix(one.text, "tháng")) {
					t.Errorf("page %d: %q ends at room to write in", i+1, one.text)
				}
			}
		}
	}
	if seen != 2 {
		t.Errorf("got %d references with number and month in one line, want 2", seen)
	}
}
