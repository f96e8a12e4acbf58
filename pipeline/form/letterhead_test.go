package form

import (
	"slices"
	"strings"
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
		{"a hidden row", "SỞ Y TẾ\nSỞ NỘI VỤ", func(s *sheet.Sheet) { s.Rows[0].Hidden = true }, "snv", false},
		{"a name struck out", "SỞ Y TẾ\nSỞ NỘI VỤ", func(s *sheet.Sheet) { s.Rows[0].Cells[0].Struck = sheet.Wholly }, "snv", false},
		{"two side by side", "SỞ NỘI VỤ||SỞ Y TẾ", nil, "snv", true},
		{"the motto beside it", "SỞ NỘI VỤ||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", nil, "snv", false},
		{"two one below the other", "SỞ NỘI VỤ\nSỞ Y TẾ", nil, "snv", true},
		{"two in one cell", "UBND TỈNH ĐẮK NÔNG¶SỞ NỘI VỤ¶SỞ Y TẾ", nil, "snv", true},
		{"two with a line between them", "UBND TỈNH ĐẮK NÔNG\nSỞ NỘI VỤ\nSố: 12/BC\nSỞ Y TẾ", nil, "snv", true},
		{"one's form that another filled in", "SỞ NỘI VỤ\nBIỂU 1\nĐơn vị báo cáo: Sở Y tế", nil, "snv", true},
		{"the same one again", "UBND TỈNH ĐẮK NÔNG\nSỞ NỘI VỤ\nĐơn vị báo cáo: Sở Nội vụ", nil, "snv", false},
		{"who answers through it", "SỞ NỘI VỤ\nTỔ TƯ VẤN CẢI CÁCH HÀNH CHÍNH", nil, "snv", false},
		{"a district and its own name below", "ỦY BAN NHÂN DÂN\nHUYỆN ĐẮK MIL\nUBND huyện Đắk Mil", nil, "dakmil", false},
		{"whom it is for, in the line below", "SỞ NỘI VỤ\nKính gửi:\nSở Y tế", nil, "snv", false},
		{"one named in a sentence", "SỞ NỘI VỤ\nBáo cáo có phối hợp với Sở Y tế", nil, "snv", false},
		{"whom it is for, beside", "SỞ NỘI VỤ||Kính gửi: Sở Y tế", nil, "snv", false},
	} {
		book := grid(tt.text + rest)
		for i, c := range book.Sheets[0].Rows[0].Cells {
			book.Sheets[0].Rows[0].Cells[i].Text = strings.ReplaceAll(c.Text, "¶", "\n")
		}
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
