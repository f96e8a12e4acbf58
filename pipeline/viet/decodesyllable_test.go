package viet

import (
	"os"
	"strings"
	"testing"
	"unicode"
)

func TestIsSyllable(t *testing.T) {
	right := `nghiêng giêng gì gìn gió gia giữa giết quốc quyền quỳnh quýt quân qua quẹo quý quơ của gửi Nguyễn
		khuya khuỷu thuở xoong moóc hoẵng khoắt ngoằn ngoèo huỳnh huênh huýt khuâng luật thuế tuếch Mường uống ước
		ỷ ý ơi ừ oái uy yêu yếu ếch ỨNG ƯƠNG hòa hoà thủy thuỷ Đắk Lắk đã sẵn rượu lựu nghĩa ghế kỷ cũng não São`
	for _, w := range strings.Fields(right) {
		if !isSyllable(w) {
			t.Errorf("%q: got no syllable", w)
		}
	}
	wrong := `Néi réseau café Côte ngé ghà cê kô kạn nac bãc đat thàp q qu g ng ngh aa uu hoôc strà Paulo w jà về́ bấtà
		nghiênghiêng nghiêngnghiêng aaaaaaaaaaaaaaaaaaaa V¨n 12 a1 hàn- ñaõ ph¸p бa`
	for _, w := range append(strings.Fields(wrong), "", " ", "a b") {
		if isSyllable(w) {
			t.Errorf("%q: got a syllable", w)
		}
	}
}

// Every word of the decision with a mark is a syllable, but for abbreviations.
func TestWordsOfDecisionAreSyllables(t *testing.T) {
	data, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	isOutside := func(r rune) bool { return !unicode.IsLetter(r) }
	for w := range strings.FieldsFuncSeq(Clean(string(data)), isOutside) {
		if isASCII(w) || w == strings.ToUpper(w) && strings.Contains(w, "Đ") {
			continue
		}
		words++
		if !isSyllable(w) && w != "phíc" && w != "píc" {
			t.Errorf("%q: got no syllable", w)
		}
	}
	if words < 1000 {
		t.Errorf("%d words with marks, want more", words)
	}
}
