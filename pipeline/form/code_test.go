package form

import (
	"strings"
	"testing"

	"baocao/pipeline/plan"
)

func TestParseCode(t *testing.T) {
	for _, tt := range []struct {
		in   string
		code plan.Code
		kind codeKind
	}{
		{"LĨNH VỰC I", "I", fieldCode},
		{"Lĩnh vực VII", "VII", fieldCode},
		{"lĩnh vực iv", "IV", fieldCode},
		{"LĨNH VỰC: II.", "II", fieldCode},
		{"Lĩnh vực 3", "III", fieldCode},
		{"LV V", "V", fieldCode},
		{"I", "I", fieldCode},
		{"XII.", "XII", fieldCode},
		{"Kết quả 1.1", "1.1", resultCode},
		{"KQ 1.1", "1.1", resultCode},
		{"KQ1.1:", "1.1", resultCode},
		{"1.10", "1.10", resultCode},
		{"Hoạt động 4.2", "4.2", resultCode},
		{"Hoạt động 1.1.1", "1.1.1", activityCode},
		{"HOẠT ĐỘNG 1.1.1", "1.1.1", activityCode},
		{"Hoat dong 1.1.1", "1.1.1", activityCode},
		{"Ho\u1ea1t \u00d0\u1ed9ng 1.1.1", "1.1.1", activityCode},
		{"HĐ 1.1.1.", "1.1.1", activityCode},
		{"HĐ1.1.1", "1.1.1", activityCode},
		{"Hoạt\nđộng\n1.1.1", "1.1.1", activityCode},
		{"1.1.1", "1.1.1", activityCode},
		{"1.1.1.", "1.1.1", activityCode},
		{"(1.1.1)", "1.1.1", activityCode},
		{"Hoạt động 5,4.2", "5.4.2", activityCode},
		{"Kết quả 4.2.1", "4.2.1", activityCode},
		{"'1.1.1", "1.1.1", activityCode},
		{"１．１．１", "1.1.1", activityCode},
		{"1. 1. 1", "1.1.1", activityCode},
		{"1.1.\n1", "1.1.1", activityCode},
		{" 1 . 1 . 1 ", "1.1.1", activityCode},
		{"1-4-1", "1.4.1", activityCode},
		{"1–4–1", "1.4.1", activityCode},
		{"01.04.01", "1.4.1", activityCode},
		{"1.1.12", "1.1.12", activityCode},
		{"\u200b1.1.1\u00a0", "1.1.1", activityCode},

		{"", "", noCode},
		{"1", "", noCode},
		{"(1)", "", noCode},
		{"Hoạt động 1", "", noCode},
		{"1.1.1.1", "", noCode},
		{"1.0.1", "", noCode},
		{"15/6/2018", "", noCode},
		{"1.6.2018", "", noCode},
		{"Tháng 1.1", "", noCode},
		{"1.5tr", "", noCode},
		{"3.6%", "", noCode},
		{"x", "", noCode},
		{"IIII", "", noCode},
		{"IVX", "", noCode},
		{"V/v", "", noCode},
		{"1.1.1 Tổ chức Hội nghị", "", noCode},
		{"Tổng cộng", "", noCode},
		{"Stt", "", noCode},
	} {
		code, kind, ok := parseCode(tt.in)
		if code != tt.code || kind != tt.kind || ok != (tt.kind != noCode) {
			t.Errorf("parseCode(%q): got %q, %d, %t, want %q, %d", tt.in, code, kind, ok, tt.code, tt.kind)
		}
	}
}

func TestSplitCode(t *testing.T) {
	for _, tt := range []struct {
		in   string
		code plan.Code
		kind codeKind
		rest string
	}{
		{"LĨNH VỰC I. CẢI CÁCH THỂ CHẾ", "I", fieldCode, "CẢI CÁCH THỂ CHẾ"},
		{"LĨNH VỰC II: CẢI CÁCH", "II", fieldCode, "CẢI CÁCH"},
		{"III. Cải cách", "III", fieldCode, "Cải cách"},
		{"1.1.1. Tổ chức Hội nghị (PCI)", "1.1.1", activityCode, "Tổ chức Hội nghị (PCI)"},
		{"Kết quả 1.1: 80% người dân", "1.1", resultCode, "80% người dân"},
		{"Kết quả 1.1. 80% người dân", "1.1", resultCode, "80% người dân"},
		{"V/v ban hành", "", noCode, ""},
		{"Tổ chức 1.1.1", "", noCode, ""},
		{"80% trở lên", "", noCode, ""},
	} {
		code, kind, rest, ok := splitCode(tt.in)
		if !ok {
			rest = ""
		}
		if code != tt.code || kind != tt.kind || rest != tt.rest {
			t.Errorf("splitCode(%q): got %q, %d, %q, want %q, %d, %q", tt.in, code, kind, rest, tt.code, tt.kind, tt.rest)
		}
	}
}

func TestCodeParents(t *testing.T) {
	for _, tt := range []struct{ code, field, result plan.Code }{
		{"4.2.1", "IV", "4.2"},
		{"4.2", "IV", ""},
		{"12.3.10", "XII", "12.3"},
		{"IV", "", ""},
	} {
		if got := fieldOf(tt.code); got != tt.field {
			t.Errorf("fieldOf(%q): got %q, want %q", tt.code, got, tt.field)
		}
		if got := resultOf(tt.code); got != tt.result {
			t.Errorf("resultOf(%q): got %q, want %q", tt.code, got, tt.result)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"LĨNH VỰC I", "Hoạt động 5,4.2", "1. 1. 1.", "Kết quả 4.2.1", "１．１", "xx", "99.99.99.99", "\xff1.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, kind, ok := parseCode(s)
		if ok != (kind != noCode) || ok != (code != "") {
			t.Fatalf("parseCode(%q): got %q, %d, %t: they disagree", s, code, kind, ok)
		}
		if !ok {
			return
		}
		if dots := strings.Count(string(code), "."); dots != int(kind)-1 {
			t.Errorf("parseCode(%q): got kind %d for %q", s, kind, code)
		}
		again, kindAgain, _ := parseCode(string(code))
		if again != code || kindAgain != kind {
			t.Errorf("parseCode(%q): got %q, which reads as %q", s, code, again)
		}
	})
}
