package viet_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"baocao/pipeline/viet"
)

func TestWords(t *testing.T) {
	tests := []struct {
		n    int64
		want string
	}{
		{0, "không"},
		{1, "một"},
		{4, "bốn"},
		{5, "năm"},
		{10, "mười"},
		{11, "mười một"},
		{14, "mười bốn"},
		{15, "mười lăm"},
		{20, "hai mươi"},
		{21, "hai mươi mốt"},
		{24, "hai mươi tư"},
		{25, "hai mươi lăm"},
		{100, "một trăm"},
		{101, "một trăm linh một"},
		{104, "một trăm linh bốn"},
		{105, "một trăm linh năm"},
		{110, "một trăm mười"},
		{115, "một trăm mười lăm"},
		{999, "chín trăm chín mươi chín"},
		{1_000, "một nghìn"},
		{1_005, "một nghìn không trăm linh năm"},
		{1_010, "một nghìn không trăm mười"},
		{1_015, "một nghìn không trăm mười lăm"},
		{10_000, "mười nghìn"},
		{21_000, "hai mươi mốt nghìn"},
		{105_000, "một trăm linh năm nghìn"},
		{1_000_001, "một triệu không trăm linh một"},
		{1_001_000, "một triệu không trăm linh một nghìn"},
		{12_500_000, "mười hai triệu năm trăm nghìn"},
		{720_000_000, "bảy trăm hai mươi triệu"},
		{1_000_000_000, "một tỷ"},
		{1_000_000_001, "một tỷ không trăm linh một"},
		{2_150_000_000, "hai tỷ một trăm năm mươi triệu"},
		{2_000_005_000, "hai tỷ không trăm linh năm nghìn"},
		{2_500_000_000_000, "hai nghìn năm trăm tỷ"},
		{1_005_000_000_000, "một nghìn không trăm linh năm tỷ"},
		{1_000_000_000_000_000, "một triệu tỷ"},
		{1_000_000_000_000_000_000, "một tỷ tỷ"},
		{1_000_000_000_000_000_001, "một tỷ tỷ không trăm linh một"},
		{-15, "âm mười lăm"},
		{math.MinInt64, "âm chín tỷ hai trăm hai mươi ba triệu ba trăm bảy mươi hai nghìn không trăm ba mươi sáu tỷ" +
			" tám trăm năm mươi tư triệu bảy trăm bảy mươi lăm nghìn tám trăm linh tám"},
	}
	for _, tt := range tests {
		if got := viet.Words(tt.n, viet.Style{}); got != tt.want {
			t.Errorf("Words(%d) = %q, want %q", tt.n, got, tt.want)
		}
	}
}

func TestWordsStyle(t *testing.T) {
	const n = 3_024_104_054
	tests := []struct {
		style viet.Style
		want  string
	}{
		{viet.Style{}, "ba tỷ không trăm hai mươi tư triệu một trăm linh bốn nghìn không trăm năm mươi tư"},
		{viet.Style{Ngan: true, Le: true, Bon: true, Ti: true}, "ba tỉ không trăm hai mươi bốn triệu một trăm lẻ bốn ngàn không trăm năm mươi bốn"},
	}
	for _, tt := range tests {
		if got := viet.Words(n, tt.style); got != tt.want {
			t.Errorf("Words(%d, %+v) = %q, want %q", int64(n), tt.style, got, tt.want)
		}
	}
}

func TestMoneyWords(t *testing.T) {
	tests := []struct {
		dong  int64
		style viet.Style
		want  string
	}{
		{720_000_000, viet.Style{}, "Bảy trăm hai mươi triệu đồng"},
		{720_000_000, viet.Style{Even: true}, "Bảy trăm hai mươi triệu đồng chẵn"},
		{0, viet.Style{}, "Không đồng"},
		{-1_000, viet.Style{}, "Âm một nghìn đồng"},
	}
	for _, tt := range tests {
		if got := viet.MoneyWords(tt.dong, tt.style); got != tt.want {
			t.Errorf("MoneyWords(%d, %+v) = %q, want %q", tt.dong, tt.style, got, tt.want)
		}
	}
}

func TestSentence(t *testing.T) {
	tests := []struct{ in, want string }{
		{"đã xong", "Đã xong"},
		{"ủy ban", "Ủy ban"},
		{"- đã họp", "- Đã họp"},
		{"Đã xong", "Đã xong"},
		{"15 triệu", "15 triệu"},
		{"", ""},
		{"…", "…"},
		{"\xffa", "\xffA"},
	}
	for _, tt := range tests {
		if got := viet.Sentence(tt.in); got != tt.want {
			t.Errorf("Sentence(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestSameWords(t *testing.T) {
	tests := []struct {
		dong   int64
		stated string
		want   bool
	}{
		{720_000_000, "Bảy trăm hai mươi triệu đồng", true},
		{720_000_000, "(Bằng chữ: Bảy trăm hai mươi triệu đồng)", true},
		{720_000_000, "Bằng chữ: bảy trăm hai mươi triệu đồng chẵn./.", true},
		{720_000_000, "BẢY TRĂM HAI MƯƠI TRIỆU ĐỒNG CHẴN", true},
		{720_000_000, "Bay tram hai muoi trieu dong", true},
		{720_000_000, "Bảy trăm hai mươi triệu đồng Việt Nam", true},
		{720_000_000, "Bảy trăm hai mươi  triệu\nđồng.", true},
		{2_000_104_024, "Hai tỉ một trăm lẻ bốn ngàn không trăm hai mươi bốn đồng", true},
		{2_000_104_024, "Hai tỷ, một trăm linh tư nghìn, không trăm hai mươi tư đồng", true},
		{2_000_104_024, "HAI TY MOT TRAM LE TU NGAN KHONG TRAM HAI MUOI TU DONG", true},
		{2_000_104_024, "HAI TY MOT TRAM LE TU NGAN KHONG TRAM HAI MUOI LAM DONG", false},
		{1_500_000, "Một triệu năm trăm nghìn đồng", true},
		{-1_000, "Âm một nghìn đồng", true},
		{720_000_000, "Bảy trăm hai mươi mốt triệu đồng", false},
		{720_000_000, "Bảy trăm hai mươi nghìn đồng", false},
		{720_000_000, "Bảy trăm mười hai triệu đồng", false},
		{720_000_000, "720 triệu đồng", false},
		{720_000_000, "", false},
		{10, "mươi đồng", false},
		{0, "đồng", false},
	}
	for _, tt := range tests {
		if got := viet.SameWords(tt.dong, tt.stated); got != tt.want {
			t.Errorf("SameWords(%d, %q) = %v, want %v", tt.dong, tt.stated, got, tt.want)
		}
	}
}

// The words of every amount in every style must denote it, alone, and be read
// back.
func TestWordsRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 5_000 {
		n := rnd.Int64() >> rnd.IntN(63)
		bit := func() bool { return rnd.IntN(2) == 1 }
		text := viet.MoneyWords(n, viet.Style{Ngan: bit(), Le: bit(), Bon: bit(), Ti: bit(), Even: bit()})
		if !viet.SameWords(n, text) {
			t.Fatalf("SameWords(%d, %q) = false", n, text)
		}
		if viet.SameWords(n-1, text) || viet.SameWords(n+1000, text) {
			t.Fatalf("%q denotes %d and another amount", text, n)
		}
		got, err := viet.ParseNumber(text)
		if err != nil {
			t.Fatal(err)
		}
		if got.Value.IntPart() != n || got.Unit != viet.DongUnit {
			t.Fatalf("ParseNumber(%q) = %v, want %d đồng", text, shown(got), n)
		}
	}
}
