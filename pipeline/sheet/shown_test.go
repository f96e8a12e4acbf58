package sheet

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestShown(t *testing.T) {
	for _, tt := range []struct {
		code, value string
		want        Shown
		text        string
	}{
		{"", "15", Shown{}, "15"},
		{"0%", "0.8", Shown{Scale: 2}, "80%"},
		{`0\%`, "80", Shown{}, "80%"},
		{"#,##0,", "15000", Shown{Scale: -3}, "15"},
		{"# ##0.0,,", "15000000", Shown{Scale: -6}, "15.0"},
		{"#,##0_,", "500", Shown{}, "500"},
		{`0.0\,`, "500", Shown{}, "500.0,"},
		{"0;-0;0%", "0.8", Shown{}, "1"},
		{"0;-0;0%", "0", Shown{Scale: 2}, "0%"},
		{"[>=1000]#,##0,;#,##0", "500", Shown{}, "500"},
		{"[>=1000]#,##0,;#,##0", "5000", Shown{Scale: -3}, "5"},
		{"[<=1]0%;0", "0.8", Shown{Scale: 2}, "80%"},
		{"[<=1]0%;0", "80", Shown{}, "80"},
		{"[<1]0%;[>100]#,##0,;0", "5", Shown{}, "5"},
		{"[<1]0%;[>100]#,##0,;0", "5000", Shown{Scale: -3}, "5"},
		{";;;", "5", Shown{Nothing: true}, ""},
		{";;;", "0", Shown{}, ""},
		{`0"0"`, "15", Shown{Another: true}, "150"},
		{`"99%"`, "15", Shown{Another: true}, "99%"},
		{"(#,##0)", "15", Shown{Another: true}, "(15)"},
		{"#,##0;#,##0", "-15", Shown{Another: true}, "15"},
		{"#,##0_);(#,##0)", "-15", Shown{}, "(15)"},
		{`_-* #,##0\ _₫_-;-* #,##0\ _₫_-;_-* "-"\ _₫_-`, "0", Shown{}, "-"},
	} {
		f := parseFormat(tt.code)
		c := Cell{Kind: Number, Raw: tt.value, Format: tt.code, Text: f.show(tt.value)}
		if c.Text != tt.text {
			t.Errorf("%s as %s: text %q, want %q", tt.value, tt.code, c.Text, tt.text)
		}
		if diff := cmp.Diff(tt.want, c.Shown()); diff != "" {
			t.Errorf("%s as %s (-want +got):\n%s", tt.value, tt.code, diff)
		}
	}
	if got := (Cell{Kind: String, Raw: "15", Text: "15", Format: "0%"}).Shown(); got != (Shown{}) {
		t.Errorf("a text: %+v", got)
	}
}

func TestTurnedTexts(t *testing.T) {
	for text, want := range map[string]bool{
		"\u202e51": true, "\u206651\u2069": true, "5\u202a1": true, "51": false, "năm – mốt": false, "\u200e51": false,
	} {
		book, _ := Open("a.csv", []byte("Mã;Số\n1;"+text+"\n2;3\n"))
		if book == nil {
			t.Fatalf("%q is not read", text)
		}
		c := book.Sheets[0].Row(2).Cell(2)
		if c.Turned != want {
			t.Errorf("%q: turned %t, want %t", text, c.Turned, want)
		}
		if want && (c.Text != "51" || c.Raw != "51") {
			t.Errorf("%q: read as %q, stored %q", text, c.Text, c.Raw)
		}
	}
}
