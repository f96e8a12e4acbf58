package form

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// mutations are the ways in which people spoil a text that they copy or type.
var mutations = []struct {
	name   string
	change func(rng *rand.Rand, l *lexicon, text string) string
}{
	{"as it is", func(_ *rand.Rand, _ *lexicon, s string) string { return s }},
	{"no marks", func(_ *rand.Rand, _ *lexicon, s string) string { return viet.Loose(s) }},
	{"capitals", func(_ *rand.Rand, _ *lexicon, s string) string { return strings.ToUpper(s) }},
	{"doubled spaces", func(_ *rand.Rand, _ *lexicon, s string) string { return strings.ReplaceAll(s, " ", "  ") }},
	{"slips", func(rng *rand.Rand, _ *lexicon, s string) string {
		for range 1 + rng.IntN(4) {
			s = slipped(rng, s)
		}
		return s
	}},
	{"abbreviated", func(rng *rand.Rand, l *lexicon, s string) string {
		plainText := " " + plain(s) + " "
		for _, short := range slices.Sorted(mapKeys(l.long.long)) {
			if long := strings.Join(l.long.long[short], " "); rng.IntN(2) == 0 {
				plainText = strings.ReplaceAll(plainText, " "+long+" ", " "+short+" ")
			}
		}
		return plainText
	}},
	{"cut at the end", func(rng *rand.Rand, _ *lexicon, s string) string {
		words := strings.Fields(s)
		return strings.Join(words[:1+rng.IntN(len(words))], " ")
	}},
	{"cut in front", func(rng *rand.Rand, _ *lexicon, s string) string {
		words := strings.Fields(s)
		return strings.Join(words[rng.IntN(len(words)):], " ")
	}},
	{"a word lost", func(rng *rand.Rand, _ *lexicon, s string) string {
		words := strings.Fields(s)
		i := rng.IntN(len(words))
		return strings.Join(slices.Delete(words, i, i+1), " ")
	}},
	{"more behind", func(_ *rand.Rand, _ *lexicon, s string) string {
		return s + " theo chỉ đạo của lãnh đạo Sở"
	}},
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// slipped is s with one letter doubled, lost, replaced or changed with the next.
func slipped(rng *rand.Rand, s string) string {
	r := []rune(s)
	if len(r) < 3 {
		return s
	}
	i := rng.IntN(len(r) - 1)
	switch rng.IntN(4) {
	case 0:
		r = slices.Insert(r, i, r[i])
	case 1:
		r = slices.Delete(r, i, i+1)
	case 2:
		r[i] = rune('a' + rng.IntN(26))
	default:
		r[i], r[i+1] = r[i+1], r[i]
	}
	return string(r)
}

// TestSpoiltTextsAreNeverTakenForAnother holds the one promise that counts when a
// row has no code: its text may be put to a clerk, but never be booked under
// another activity.
func TestSpoiltTextsAreNeverTakenForAnother(t *testing.T) {
	rounds := 8
	if os.Getenv("BAOCAO_LONG") != "" {
		rounds = 200
	}
	l := shippedReader(t).lexicon()
	rng := rand.New(rand.NewPCG(1982, 2017))
	for _, m := range mutations {
		right, held, wrong := 0, 0, 0
		for range rounds {
			for a := range l.plan.Activities() {
				text := m.change(rng, l, a.Name)
				if rng.IntN(3) == 0 {
					other := mutations[rng.IntN(len(mutations))]
					text = other.change(rng, l, text)
				}
				switch got := l.certain(text); {
				case got == nil:
					held++
				case got.Code == a.Code:
					right++
				default:
					wrong++
					t.Errorf("%s: %q of %s taken for %s", m.name, text, a.Code, got.Code)
				}
			}
		}
		t.Logf("%-16s right %5.1f %%, held %5.1f %%, wrong %d", m.name, 100*float64(right)/float64(right+held+wrong), 100*float64(held)/float64(right+held+wrong), wrong)
	}
}

func TestTextsWithoutCodes(t *testing.T) {
	l := shippedReader(t).lexicon()
	for text, want := range map[string]plan.Code{
		"Thực hiện cơ cấu CC theo VTVL":                      "5.1.1",
		"Thực hiện cơ cấu VC theo VTVL":                      "5.1.2",
		"Thực hiện cơ cấu công chức, viên chức theo VTVL":    "",
		"Tổ chức tập huấn NV công tác KSTTHC":                "3.6.1",
		"Tổ chức tập huấn nghiệp vụ":                         "",
		"Rà soát chất lượng đội ngũ công chức cấp xã":        "5.4.2",
		"Tổ chức rà soát chất lượng đội ngũ CBCC cấp xã":     "",
		"Triển khai DVCTT mức độ 2":                          "7.3.1",
		"Triển khai dịch vụ công trực tuyến":                 "",
		"Triển khai thực hiện có hiệu quả DVCTT mức độ 3, 4": "7.3.2",
		"Xây dựng VBQPPL thuộc phạm vi QLNN của tỉnh":        "2.1.1",
		"Mua sắm máy tính cho cơ quan":                       "",
		"Các thông tin, sự kiện CCHC thường xuyên được đăng tải trên Cổng/Trang TTĐT của tỉnh; các CQ, ĐV": "1.3.4",
	} {
		got := plan.Code("")
		if a := l.certain(text); a != nil {
			got = a.Code
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestOneSlip(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"hanh", "hahn", true}, {"hanh", "hnah", true}, {"hanh", "hanhh", true}, {"hanh", "han", true}, {"hanh", "hamh", true},
		{"hanh", "hanh", false}, {"hanh", "chinh", false}, {"hanh", "naah", false}, {"hanh", "", false},
	} {
		if got := oneSlip(c.a, c.b); got != c.want {
			t.Errorf("oneSlip(%q, %q) = %t", c.a, c.b, got)
		}
		if got := oneSlip(c.b, c.a); got != c.want {
			t.Errorf("oneSlip(%q, %q) = %t", c.b, c.a, got)
		}
	}
}
