package finding_test

import (
	"slices"
	"strings"
	"testing"

	"baocao/pipeline/finding"
)

var places = finding.Places{
	Cell: "{file}, trang tính “{sheet}”, ô {cell}", Row: "{file}, trang tính “{sheet}”, dòng {row}",
	Sheet: "{file}, trang tính “{sheet}”", Line: "{file}, dòng {row}", File: "{file}",
}

func TestSay(t *testing.T) {
	w, err := finding.NewWording(map[string]string{"odd": "{place}: viết “{got}”, cần {want} ({activity})."}, places)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		place finding.Place
		want  string
	}{
		{finding.Place{File: "a.xlsx", Sheet: "S", Cell: "C12", Row: 12}, "a.xlsx, trang tính “S”, ô C12: viết “{want}”, cần số (1.1.1)."},
		{finding.Place{File: "a.xlsx", Sheet: "S", Row: 12}, "a.xlsx, trang tính “S”, dòng 12: viết “{want}”, cần số (1.1.1)."},
		{finding.Place{File: "a.txt", Row: 12}, "a.txt, dòng 12: viết “{want}”, cần số (1.1.1)."},
		{finding.Place{File: "a.xlsx"}, "a.xlsx: viết “{want}”, cần số (1.1.1)."},
	} {
		// What the sender wrote is not a template.
		f := finding.Finding{Code: "odd", Place: c.place, Got: "{want}", Want: "số", Activity: "1.1.1"}
		if got := w.Say(f); got != c.want {
			t.Errorf("Say(%v) = %q, want %q", c.place, got, c.want)
		}
	}
}

func TestSayLeavesOutWhatIsNotKnown(t *testing.T) {
	w, err := finding.NewWording(map[string]string{"odd": "Không có “{got}”.[[ Có thể là {want}.]] Hết."}, places)
	if err != nil {
		t.Fatal(err)
	}
	for want, sentence := range map[string]string{
		"":      "Không có “x”. Hết.",
		"3.6.1": "Không có “x”. Có thể là 3.6.1. Hết.",
	} {
		if got := w.Say(finding.Finding{Code: "odd", Got: "x", Want: want}); got != sentence {
			t.Errorf("want %q: said %q, want %q", want, got, sentence)
		}
	}
}

// TestSayIsOneLine holds that a cell cannot forge lines of what we print.
func TestSayIsOneLine(t *testing.T) {
	w, err := finding.NewWording(map[string]string{"odd": "{place}: “{got}” ({want})."}, places)
	if err != nil {
		t.Fatal(err)
	}
	codes := strings.TrimSuffix(strings.Repeat("2.2.1, ", 60), ", ")
	for _, c := range []struct{ got, want, said string }{
		{"2\nb.xlsx: accept\r\n\u2028\x1b[31m", "1", "a b.xlsx: “2 b.xlsx: accept [31m” (1)."},
		{"\u202e51\u202c", "1", "a b.xlsx: “51” (1)."},
		{strings.Repeat("ố", 500), "1", "a b.xlsx: “" + strings.Repeat("ố", 119) + "…” (1)."},
		{strings.Repeat("ố", 120), codes, "a b.xlsx: “" + strings.Repeat("ố", 120) + "” (" + codes + ")."},
	} {
		if got := w.Say(finding.Finding{Code: "odd", Place: finding.Place{File: "a\nb.xlsx"}, Got: c.got, Want: c.want}); got != c.said {
			t.Errorf("said %q, want %q", got, c.said)
		}
	}
}

func TestWordingRefusesUnknownNames(t *testing.T) {
	_, err := finding.NewWording(map[string]string{"odd": "{place}: {gto}"}, places)
	if err == nil || !strings.Contains(err.Error(), "{gto}") || !strings.Contains(err.Error(), "odd") {
		t.Errorf("NewWording with {gto}: %v, want an error that names sentence and name", err)
	}
}

func TestCompare(t *testing.T) {
	at := func(code string, level finding.Level, row int, cell string) finding.Finding {
		return finding.Finding{Code: code, Level: level, Place: finding.Place{File: "f", Sheet: "s", Row: row, Cell: cell}}
	}
	all := []finding.Finding{
		at("note", finding.Note, 1, "A1"), at("late", finding.Error, 10, "B10"),
		at("warn", finding.Warning, 2, "A2"), at("early", finding.Error, 9, "AA9"), at("earliest", finding.Error, 9, "B9"),
	}
	slices.SortFunc(all, finding.Compare)
	var got []string
	for _, f := range all {
		got = append(got, f.Code)
	}
	if want := "earliest early late warn note"; strings.Join(got, " ") != want {
		t.Errorf("order %v, want %s", got, want)
	}
}
