package viet_test

import (
	"testing"
	"unicode/utf8"

	"baocao/pipeline/viet"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"nothing to do", "Sở Nội vụ", "Sở Nội vụ"},
		{"ASCII with spaces at the ends", " 1.1.1 ", "1.1.1"},
		{"NFD", "So\u031b\u0309 No\u0323\u0302i vu\u0323", "Sở Nội vụ"},
		{"NFD after removal", "a\u200b\u0301", "á"},
		{"Eth for Đ", "\u00d0ắk Mil, \u00f0ạt; \u0189ắk, \u0256ạt", "Đắk Mil, đạt; Đắk, đạt"},
		{"spaces", "15\u00a0triệu\u2007và\u202fhai\u3000ba\tbốn", "15 triệu và hai ba bốn"},
		{"zero width", "\ufeffSở\u200b Nội\u200c\u200d\u2060 vụ", "Sở Nội vụ"},
		{"bidi controls", "\u202eSở\u202c \u2066Y tế\u2069\u200f", "Sở Y tế"},
		{"control characters", "a\x00b\x1bc\x7fd\u0090e", "abcde"},
		{"line ends", "một\r\nhai\rba\u2028bốn\vnăm", "một\nhai\nba\nbốn\nnăm"},
		{"blank lines", "\n\n  một  \n \u00a0 \n\nhai\n", "một\nhai"},
		{"inner spaces stay", "dự  toán", "dự  toán"},
		{"U+00AD stays for the decoder", "th\u00adêng", "th\u00adêng"},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
		{"empty", "", ""},
		{"blank", " \t\r\n", ""},
	}
	for _, tt := range tests {
		if got := viet.Clean(tt.in); got != tt.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Sở\u00a0Nội  vụ\r\n\r\n\u200b\u0301Ðắk Mil")
	f.Add("a\u0301\u0323\u200b\u031b\n\u0301")
	f.Add("\xff\ufeff\u00ad")
	f.Fuzz(func(t *testing.T, s string) {
		clean := viet.Clean(s)
		if !utf8.ValidString(clean) {
			t.Errorf("Clean(%q) = %q is not UTF-8", s, clean)
		}
		if again := viet.Clean(clean); again != clean {
			t.Errorf("Clean(%q) = %q, cleaned again %q", s, clean, again)
		}
		key := viet.Key(s)
		if again := viet.Key(key); again != key {
			t.Errorf("Key(%q) = %+q, its key %+q", s, key, again)
		}
		if a, b := viet.Key(clean), key; a != b {
			t.Errorf("Key(Clean(%q)) = %+q, want %+q", s, a, b)
		}
		loose := viet.Loose(s)
		if again := viet.Loose(loose); again != loose {
			t.Errorf("Loose(%q) = %+q, again %+q", s, loose, again)
		}
	})
}
