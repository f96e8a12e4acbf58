package viet_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/viet"
)

// foreign are texts whose accents are not Vietnamese, and signs that are
// letters in an old encoding.
var foreign = []string{
	"réseau", "São Paulo, Brasília, Belém", "Côte d'Ivoire", "Curaçao", "Genève et Besançon",
	"Le réseau d'assainissement a été réhabilité grâce à l'Agence française de développement (AFD).",
	"Etudes préliminaires: coût, échéancier, maîtrise d'œuvre; hôpital de référence à Gia Nghĩa",
	"Ação de cooperação técnica: não há custo para a União; até três anos",
	"El niño y la señora: coordinación, año 2018, ¿cuándo?", "Müller, Köln, Zürich, Größe, für, Bär",
	"Malmö, Tromsø, Skåne, Århus; på dansk: også, når, år, må, få, gå, så", "naïve, Noël, Citroën, Zoë",
	"§ 5 · § 6", "© 2018 ®", "· Họp", "m² × 2,5 = ½ ha; 37 °C ± 1; 10 µg; 5 £; 7 ¥; 3 ¤; 1 ¢", "«một cửa»", "¶ ÷ ¬ ¦",
	"vanthu@daknong.example", "Ngân hàng Phát triển châu Á (ADB)", "ISO 9001:2008", "Công an", "hành chính công",
}

// A document that is right must never be changed, however it is written.
func TestGuessLeavesUnicode(t *testing.T) {
	cells := decisionCells(t)
	variants := map[string]func(string) string{
		"as it is":        func(s string) string { return s },
		"capitals":        strings.ToUpper,
		"small":           strings.ToLower,
		"decomposed":      norm.NFD.String,
		"without marks":   viet.Loose,
		"only Latin-1":    onlyLatin1,
		"Eth for Đ":       func(s string) string { return strings.NewReplacer("Đ", "Ð", "đ", "ð").Replace(s) },
		"with numbers":    func(s string) string { return "1.234,5 " + s + " 15/6/2018 35%" },
		"with an address": func(s string) string { return s + " (vanthu@daknong.example; https://daknong.example/?q=1)" },
		"with foreign":    func(s string) string { return s + " " + strings.Join(foreign, " ") },
	}
	for name, vary := range variants {
		var all []string
		for _, cell := range cells {
			cell = vary(cell)
			all = append(all, cell)
			if got := viet.Guess(cell); got != viet.Unicode {
				t.Errorf("%s: Guess(%q) = %q, want Unicode", name, cell, got)
			}
		}
		for n := 10; n <= len(all); n += 10 {
			if got := viet.Guess(all[n-10 : n]...); got != viet.Unicode {
				t.Errorf("%s: Guess(%q) = %q, want Unicode", name, all[n-10:n], got)
			}
		}
		if got := viet.Guess(all...); got != viet.Unicode {
			t.Errorf("%s: the whole decision: got %q, want Unicode", name, got)
		}
		if got := viet.Guess(strings.Join(all, "\n")); got != viet.Unicode {
			t.Errorf("%s: the whole decision as one text: got %q, want Unicode", name, got)
		}
	}
}

// onlyLatin1 drops the words with letters that only Unicode has, which are a
// sure sign.
func onlyLatin1(s string) string {
	var kept []string
	for _, w := range strings.Fields(s) {
		if !viet.IsUnicode(w) {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

func TestGuessLeavesForeign(t *testing.T) {
	for i, s := range foreign {
		for _, texts := range [][]string{{s}, foreign[i:], {strings.ToUpper(s)}, {strings.Repeat(s+" ", 100)}} {
			if got := viet.Guess(texts...); got != viet.Unicode {
				t.Errorf("Guess(%q) = %q, want Unicode", texts, got)
			}
		}
		for _, e := range oldEncodings {
			if e.Mends(s) {
				t.Errorf("%s mends %q, want it left", e, s)
			}
		}
	}
}

func TestGuessOldEncodings(t *testing.T) {
	cells := decisionCells(t)
	for _, e := range oldEncodings {
		var old []string
		for _, cell := range cells {
			old = append(old, viet.Clean(encode(e, cell)))
		}
		if got := viet.Guess(old...); got != e {
			t.Errorf("the decision in %s: got %q", e, got)
		}
		if got := viet.Guess(append(old[len(old)/2:], cells[:len(cells)/2]...)...); got != e {
			t.Errorf("half of the decision in %s, half in Unicode: got %q", e, got)
		}
		if got := viet.Guess(append(old, foreign...)...); got != e {
			t.Errorf("the decision in %s with foreign words: got %q", e, got)
		}
		// Parts of it are told, or left because they are too short, but never
		// taken for something else.
		told := 0
		for i := 0; i+20 <= len(old); i += 20 {
			switch got := viet.Guess(old[i : i+20]...); got {
			case e:
				told++
			case viet.Unicode:
			default:
				t.Errorf("cells %d to %d in %s: got %q", i, i+20, e, got)
			}
		}
		if want := len(old) / 20 * 9 / 10; told < want {
			t.Errorf("%d parts of 20 cells are told to be %s, want %d", told, e, want)
		}
	}
}

func TestGuessNeedsEvidence(t *testing.T) {
	for _, texts := range [][]string{nil, {""}, {"Së Néi vô"}, {"vô", "vô", "vô"}, {"Së Néi vô", "Së Néi vô", "NéI Së"}} {
		if got := viet.Guess(texts...); got != viet.Unicode {
			t.Errorf("Guess(%q) = %q, want no guess", texts, got)
		}
	}
	if got := viet.Guess("TT", "Néi dung", "T×nh tr¹ng", "KÕt qu¶"); got != viet.TCVN3 {
		t.Errorf("a head of four columns: got %q, want %q", got, viet.TCVN3)
	}
}

func TestMends(t *testing.T) {
	for _, p := range phrases {
		if p[0] == "Cư Jút" {
			continue // one of its two words is no syllable of Vietnamese
		}
		if !viet.TCVN3.Mends(p[1]) || !viet.VNI.Mends(p[2]) {
			t.Errorf("%q, %q: got no mending of one, want of both", p[1], p[2])
		}
		if viet.TCVN3.Mends(p[0]) || viet.VNI.Mends(p[0]) || viet.TCVN3.Mends(p[2]) || viet.VNI.Mends(p[1]) {
			t.Errorf("%q: mended by an encoding that it is not in", p)
		}
	}
	for _, s := range []string{"", "vô", "Công an", "không", "100%"} {
		if viet.TCVN3.Mends(s) {
			t.Errorf("TCVN3 mends %q, want it left: it is right as it stands", s)
		}
	}
}

// BenchmarkGuess is over the cells of the decision, which are more and longer
// than those of an agency's workbook.
func BenchmarkGuess(b *testing.B) {
	for _, e := range append(oldEncodings, viet.Unicode) {
		cells := decisionCells(b)
		for i, cell := range cells {
			cells[i] = encode(e, cell)
		}
		b.Run("from "+string(e), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if got := viet.Guess(cells...); got != e {
					b.Fatalf("got %q", got)
				}
			}
		})
	}
}
