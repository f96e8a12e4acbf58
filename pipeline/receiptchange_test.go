package pipeline

import (
	"strings"
	"testing"
)

// Of two long texts one sees where they begin to differ.
func TestShortened(t *testing.T) {
	same := strings.Repeat("Đã rà soát ", 30)
	for _, c := range []struct{ a, b, wantA, wantB string }{
		{"ngắn", "ngắn hơn", "ngắn", "ngắn hơn"},
		{same + "5 xã", same + "6 xã", "…" + last(same, 30) + "5 xã", "…" + last(same, 30) + "6 xã"},
		{"", strings.Repeat("ố", 200), "", strings.Repeat("ố", 120) + "…"},
	} {
		a, b := shortened(c.a, c.b)
		if a != c.wantA || b != c.wantB {
			t.Errorf("got %q and %q, want %q and %q", a, b, c.wantA, c.wantB)
		}
	}
}

// last is the end of s, of n letters.
func last(s string, n int) string {
	r := []rune(s)
	return string(r[len(r)-n:])
}
