package form

import (
	"slices"
	"testing"

	"baocao/pipeline/sheet"
)

func TestLetterheadIsWhatIsSeen(t *testing.T) {
	const rest = "\nBáo cáo quý I năm 2018\nMã|Nội dung|Tình trạng\n1.1.1||Đang thực hiện"
	for _, tt := range []struct {
		name, text string
		hide       func(*sheet.Sheet)
		want       string // the agency
		held       bool
	}{
		{"a hidden row", "SỞ Y TẾ\nSỞ NỘI VỤ" + rest, func(s *sheet.Sheet) { s.Rows[0].Hidden = true }, "snv", false},
		{"a name struck out", "SỞ Y TẾ\nSỞ NỘI VỤ" + rest, func(s *sheet.Sheet) { s.Rows[0].Cells[0].Struck = sheet.Wholly }, "snv", false},
		{"two side by side", "SỞ NỘI VỤ||SỞ Y TẾ" + rest, nil, "snv", true},
		{"the motto beside it", "SỞ NỘI VỤ||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" + rest, nil, "snv", false},
		{"whom it is for", "SỞ NỘI VỤ||Kính gửi: Sở Y tế" + rest, nil, "snv", false},
	} {
		book := grid(tt.text)
		if tt.hide != nil {
			tt.hide(&book.Sheets[0])
		}
		s := readBook(t, book)
		if string(s.Agency) != tt.want {
			t.Errorf("%s: agency %q, want %q", tt.name, s.Agency, tt.want)
		}
		held := slices.ContainsFunc(codes(s), func(c string) bool { return len(c) > 16 && c[:16] == "agency-disagrees" })
		if held != tt.held || (s.Outcome == Review) != tt.held {
			t.Errorf("%s: %s, findings %v, want held %t", tt.name, s.Outcome, codes(s), tt.held)
		}
	}
}

func TestTwoHiddenIdentitiesAreHeld(t *testing.T) {
	book := grid("Mã|Nội dung|Tình trạng\n3.4.1||Đang thực hiện")
	for _, id := range []string{"syt", "snv"} {
		own := grid("agency|" + id + "\nperiod|2018-Q1").Sheets[0]
		own.Name, own.Hidden = "baocao", true
		book.Sheets = append(book.Sheets, own)
	}
	if s := readBook(t, book); s.Outcome != Review || !slices.ContainsFunc(codes(s), func(c string) bool { return c == "agency-disagrees " || c == "agency-disagrees" }) {
		t.Errorf("%s, findings %q, want agency-disagrees", s.Outcome, codes(s))
	}
}

func TestNothingIsSaidOfTheReport(t *testing.T) {
	for text, want := range map[string]bool{
		"Không phát sinh": true, "Sở Nội vụ không phát sinh nội dung báo cáo trong quý I": true, "Trong kỳ không phát sinh.": true,
		"Nội dung khác: không phát sinh khó khăn": false, "Không phát sinh kinh phí": false,
	} {
		if s := readGrid(t, head+text); s.Nothing != want {
			t.Errorf("%s: nothing %t, want %t", text, s.Nothing, want)
		}
	}
}
