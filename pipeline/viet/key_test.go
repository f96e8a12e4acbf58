package viet_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/viet"
)

func TestKeyIsEqual(t *testing.T) {
	tests := [][]string{
		{"hòa", "hoà", "HÒA", "HOÀ", norm.NFD.String("hoà"), " hòa\n"},
		{"thủy", "thuỷ", "Thuỷ"},
		{"ủy ban", "uỷ ban", "Ủy  ban", "UỶ\u00a0BAN", "uỷ\nban"},
		{"khỏe", "khoẻ"},
		{"hóa", "hoá", "HOÁ"},
		{"quý", "quí", "qúy", "Quý"},
		{"lý", "lí"}, {"kỹ", "kĩ"}, {"tỷ", "tỉ"}, {"mỹ", "mĩ"},
		{"Đắk Mil", "\u00d0ắk Mil", "\u0189ẮK MIL", "đắk mil"},
		{"Đắk R'lấp", "Đắk R’lấp", "Đắk R‘Lấp", "ĐẮK R`LẤP", "Đắk R´lấp", "Đắk Rʼlấp", "Đắk Rʻlấp"},
		{"PT-TH", "PT–TH", "pt—th", "PT‐TH", "PT‑TH", "PT−TH"},
		{"v.v...", "v.v…"},
		{"“một cửa”", `"một cửa"`, "«một cửa»"},
		{"Thông tin - Truyền thông", "thông  tin -\ntruyền thông"},
	}
	for _, group := range tests {
		want := viet.Key(group[0])
		for _, s := range group[1:] {
			if got := viet.Key(s); got != want {
				t.Errorf("Key(%q) = %+q, want that of %q: %+q", s, got, group[0], want)
			}
		}
	}
}

func TestKeyDiffers(t *testing.T) {
	groups := [][]string{
		{"hoa", "hòa", "hóa", "hỏa", "họa", "hõa", "hoả hoạn"},
		{"thúy", "thúi", "thuy", "thui"},
		{"tay", "tai"}, {"tây", "tâi"}, {"thy", "thi"}, {"y tế", "i tế"},
		{"quý", "quy", "quỳ", "quỷ", "quá", "cúi"},
		{"đạt", "dạt", "đat"},
		{"năm", "nam", "nằm", "nấm"},
		{"thanh tra", "thành tra"},
		{"chưa hoàn thành", "hoàn thành"},
		{"1.1.1", "1.1.2", "111"},
		{"5,4.2", "5.4.2"},
		{"th\u00adêng", "thêng"},
	}
	for _, group := range groups {
		seen := map[string]string{}
		for _, s := range group {
			key := viet.Key(s)
			if other, ok := seen[key]; ok {
				t.Errorf("Key(%q) = Key(%q) = %+q, want two keys", s, other, key)
			}
			seen[key] = s
		}
	}
}

func TestLoose(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Sở Nội vụ", "so noi vu"},
		{"SỞ NỘI VỤ", "so noi vu"},
		{"so noi vu", "so noi vu"},
		{"Đắk R’Lấp", "dak r'lap"},
		{"Ðăk Nông", "dak nong"},
		{"Quý II", "qui ii"},
		{"QUY II", "qui ii"},
		{"đã hoàn thành", "da hoan thanh"},
		{"Ủy ban nhân dân", "uy ban nhan dan"},
	}
	for _, tt := range tests {
		if got := viet.Loose(tt.in); got != tt.want {
			t.Errorf("Loose(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// No two words of the plan may share a key unless they are spellings of one.
func TestKeyOnPlan(t *testing.T) {
	data, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string][]string{}
	for _, w := range strings.FieldsFunc(strings.ToLower(viet.Clean(string(data))), notLetter) {
		if key := viet.Key(w); !slices.Contains(words[key], w) {
			words[key] = append(words[key], w)
		}
	}
	if len(words) < 400 {
		t.Fatalf("%d words in the plan, want more", len(words))
	}
	// Both spellings of these stand in the decision.
	spellings := [][]string{{"lý", "lí"}, {"kỹ", "kĩ"}, {"kỳ", "kì"}, {"quý", "quí"}, {"hóa", "hoá"}, {"ủy", "uỷ"}}
	for key, got := range words {
		slices.Sort(got)
		known := slices.ContainsFunc(spellings, func(s []string) bool {
			slices.Sort(s)
			return slices.Equal(s, got)
		})
		if len(got) > 1 && !known {
			t.Errorf("words %q share the key %+q", got, key)
		}
	}
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func BenchmarkKey(b *testing.B) {
	texts := map[string]string{
		"ascii":     "Bao cao ket qua thuc hien cong tac cai cach hanh chinh",
		"composed":  "Báo cáo kết quả thực hiện công tác cải cách hành chính",
		"decompose": norm.NFD.String("Báo cáo kết quả thực hiện công tác cải cách hành chính"),
	}
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				viet.Key(text)
			}
		})
	}
}
