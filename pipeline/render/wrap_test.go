package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func texts(lines []line) []string {
	var all []string
	for _, l := range lines {
		all = append(all, l.text)
	}
	return all
}

func TestWrap(t *testing.T) {
	face := renderer(t, "ND30-2020").typeface(regular, 10)
	wide := func(s string) float64 { return face.width(s) + 0.01 }
	for _, c := range []struct {
		name, text string
		width      float64
		want       []string
	}{
		{"empty", "", 100, nil},
		{"one line", "một hai", 100, []string{"một hai"}},
		{"at a space", "một hai ba", wide("một hai"), []string{"một hai", "ba"}},
		{"spaces within a line stay", "Số:    /BC", 200, []string{"Số:    /BC"}},
		{"no-break space holds", "một hai\u00a0ba", wide("một hai"), []string{"một", "hai\u00a0ba"}},
		{"line ends", "một\n\nhai", 200, []string{"một", "", "hai"}},
		{"long name at its hyphen", "so-noi-vu-2018", wide("so-noi-v"), []string{"so-noi-", "vu-2018"}},
		{"no place to break", "xxxxx", wide("xx"), []string{"xx", "xx", "x"}},
		{"narrower than a letter", "ab", 1, []string{"a", "b"}},
		{"long word after a short one", "a xxxxx", wide("xxx"), []string{"a", "xxx", "xx"}},
		{"spaces at the ends", "  a  ", 100, []string{"a"}},
	} {
		if diff := cmp.Diff(c.want, texts(face.wrap(c.text, c.width, c.width))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	r := renderer(t, "TT01-2011")
	for _, text := range []string{vietnameseLetters, phrases[4], phrases[7], strings.Repeat("ư", 500), "a b  c\nd/e-f\n", strings.Repeat("từ ", 300)} {
		for width := 3.0; width < 300; width += 7 {
			face := r.typeface(italic, 11)
			lines := face.wrap(text, width/2, width)
			if got, want := bare(strings.Join(texts(lines), "")), bare(text); got != want {
				t.Fatalf("width %v: got %q, want %q", width, got, want)
			}
			for i, l := range lines {
				limit := width
				if i == 0 {
					limit = width / 2
				}
				if face.width(l.text) > limit && len([]rune(l.text)) > 1 {
					t.Errorf("width %v: line %q is %v wide", limit, l.text, face.width(l.text))
				}
				if text[l.from:l.to] != l.text {
					t.Errorf("line %q says it is %q", l.text, text[l.from:l.to])
				}
			}
		}
	}
}

func TestBrokenWordsAreShown(t *testing.T) {
	face := renderer(t, "ND30-2020").typeface(regular, 10)
	for text, want := range map[string][]bool{
		"xxxxx":     {true, true, false},
		"so-noi-vu": {false, false, false},
		"xx xx":     {false, false},
	} {
		var got []bool
		width := face.width("xx") + 0.01
		if text == "so-noi-vu" {
			width = face.width("noi-") + 0.01
		}
		for _, l := range face.wrap(text, width, width) {
			got = append(got, l.broken)
		}
		if !cmp.Equal(got, want) {
			t.Errorf("%q: got broken %v, want %v", text, got, want)
		}
	}
}

func TestBalance(t *testing.T) {
	face := renderer(t, "ND30-2020").typeface(bold, 14)
	text := "Tình hình, kết quả thực hiện Kế hoạch cải cách hành chính quý I năm 2018 trên địa bàn tỉnh Đắk Nông"
	lines := face.balance(text, 400)
	if got, want := len(lines), len(face.wrap(text, 400, 400)); got != want {
		t.Errorf("got %d lines, want %d", got, want)
	}
	if short, long := lines[len(lines)-1].width, widest(lines); short < 0.7*long {
		t.Errorf("last line is %.0f of %.0f points", short, long)
	}
	if got := strings.Join(texts(lines), " "); got != text {
		t.Errorf("got %q, want %q", got, text)
	}
}

// bare is text without what a line break may take.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\u00a0' || r == '\f' {
			return -1
		}
		return r
	}, s)
}
