package viet_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/viet"
)

func TestDecodeCharset(t *testing.T) {
	for _, tt := range []struct {
		label, in, want string
		ok              bool
	}{
		{"windows-1258", "S\xf4\xec N\xf4\xf2i vu\xf2", "Số Nội vụ", true}, // marks after the letters
		{"Windows-1258 ", "\xd0\xe3\xeck N\xf4ng", "Đắk Nông", true},
		{"windows-1252", "c\xf2n", "còn", true},
		{"iso-8859-1", "c\xf2n \x96", "còn –", true}, // as browsers read it
		{"utf-16le", "S\x00\xf4\x00", "Sô", true},
		{"utf-8", "S\xff", "S\uFFFD", true},
		{"utf-16le", "\x00\xd8", "\uFFFD", true}, // half a pair
		{"x-unheard-of", "a", "", false},
	} {
		got, ok := viet.DecodeCharset(tt.label, []byte(tt.in))
		if got != tt.want || ok != tt.ok {
			t.Errorf("DecodeCharset(%q, %q) = %q, %t, want %q, %t", tt.label, tt.in, got, ok, tt.want, tt.ok)
		}
	}
}

// Every text that Windows-1258 can hold comes back as it was.
func TestDecodeCharsetReversesWindows1258(t *testing.T) {
	// The set has the letters â ă đ ê ô ơ ư and the tones, as marks of their own.
	decompose := strings.NewReplacer("a\u0302", "â", "A\u0302", "Â", "a\u0306", "ă", "A\u0306", "Ă",
		"e\u0302", "ê", "E\u0302", "Ê", "o\u0302", "ô", "O\u0302", "Ô", "o\u031b", "ơ", "O\u031b", "Ơ", "u\u031b", "ư", "U\u031b", "Ư")
	text := "ủy ban nhân dân tỉnh đắk nông; ổ ỗ ở ỡ ụ ừ ự ỳ ỵ, ẤP ẬM ẲNG ẴM Ệ Ỷ ₫"
	var apart strings.Builder
	for _, r := range text {
		s := norm.NFD.String(string(r))
		// In NFD the dot below stands before the marks that belong to the letter.
		if base, rest, ok := strings.Cut(s, "\u0323"); ok {
			s = base + rest + "\u0323"
		}
		apart.WriteString(decompose.Replace(s))
	}
	data, err := charmap.Windows1258.NewEncoder().String(apart.String())
	if err != nil {
		t.Fatal(err)
	}
	got, _ := viet.DecodeCharset("windows-1258", []byte(data))
	if got != text || !viet.IsVietnamese(got) {
		t.Errorf("got %q, want %q", got, text)
	}
}

func TestIsVietnamese(t *testing.T) {
	for s, want := range map[string]bool{
		"":                        true,
		"UBND tỉnh Đắk Nông – 1%": true,
		"Kế hoạch “A”… 5 000 ₫":   true,
		"Së Néi vô":               false, // TCVN3 read as Windows-1258
		"Sôû Noäi vuï":            false, // VNI
		"M\u00b7":                 false,
		"Sở\ufffd":                false,
		"so\u031b\u0309":          false, // not in NFC
	} {
		if got := viet.IsVietnamese(s); got != want {
			t.Errorf("IsVietnamese(%q) = %t, want %t", s, got, want)
		}
	}
}
