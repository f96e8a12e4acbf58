package sheet

import (
	"strconv"
	"testing"
)

func TestShow(t *testing.T) {
	for _, tt := range []struct{ code, value, want string }{
		{"", "14.500000000000002", "14.5"},
		{"", "1E+25", "1E+25"},
		{"", "43266", "43266"},
		{"General", "1.10", "1.1"},
		{"@", "1.1", "1.1"},
		{"0%", "0.28999999999999998", "29%"},
		{"0%", "0.285", "29%"},
		{"0.00%", "0.1", "10.00%"},
		{"0.##", "15", "15"},
		{"#,##0", "1234567", "1,234,567"},
		{"#,##0", "-1234567", "-1,234,567"},
		{"#,##0", "-0.4", "0"},
		{"000", "7", "007"},
		{"#", "0", ""},
		{"#,##0,", "35200000", "35,200"},
		{`0.0"tr"`, "15", "15.0tr"},
		{`0\đ`, "15", "15đ"},
		{`[$₫-42A]#,##0`, "1500", "₫1,500"},
		{`_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)`, "1500", "1,500"},
		{`_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)`, "-1500", "(1,500)"},
		{`_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)`, "0", "-"},
		{";;;", "5", ""},
		{`General" đ"`, "15", "15 đ"},
		{`"có"`, "1", "có"},
		{"# ?/?", "0.5", "0.5"},
		{"0.00E+00", "1500", "1500"},
		{"[>100]0.0;0", "15", "15"},
		{"dd/mm/yyyy", "43266", "15/06/2018"},
		{"d.m.yy", "43266", "15.6.18"},
		{"d/m/yyyy;@", "43266", "15/6/2018"},
		{"mmm-yy", "43266", "Jun-18"},
		{"dddd, d mmmm yyyy", "43266", "Friday, 15 June 2018"},
		{"dd/mm/yyyy h:mm AM/PM", "43266.75", "15/06/2018 6:00 PM"},
		{"hh:mm:ss", "0.5", "12:00:00"},
		{"mm:ss", "0.5", "00:00"},
		{"dd/mm/yyyy", "1", "01/01/1900"},
		{"dd/mm/yyyy", "61", "01/03/1900"},
		{"dd/mm/yyyy", "-5", "-5"},
		{"dd/mm/yyyy", "99999999", "99999999"},
		{"[h]:mm", "1.5", "1.5"},
	} {
		if got := parseFormat(tt.code).show(tt.value); got != tt.want {
			t.Errorf("%q as %q: got %q, want %q", tt.value, tt.code, got, tt.want)
		}
	}
}

func TestIsDate(t *testing.T) {
	for code, want := range map[string]bool{
		"": false, "@": false, "0": false, "0%": false, "#,##0.00": false, ";;;": false, `"ngày"`: false,
		`0 "days"`: false, "[Red]0": false, "General": false, "0.00E+00": false, "[h]:mm": false,
		"dd/mm/yyyy": true, "d-mmm": true, "[$-409]d/m/yy;@": true, "h:mm": true,
		`"ngày" d`: true, `yyyy\-mm\-dd`: true,
	} {
		if got := parseFormat(code).isDate(); got != want {
			t.Errorf("%q: got %t, want %t", code, got, want)
		}
	}
}

func FuzzFormat(f *testing.F) {
	for _, code := range []string{"0%", "#,##0.00_);[Red](#,##0.00)", `"a"d/m;@`, `\`, `_`, `[`, `"`, "hh:mm:ss.000"} {
		f.Add(code, 43266.5)
	}
	f.Fuzz(func(t *testing.T, code string, x float64) {
		parseFormat(code).show(strconv.FormatFloat(x, 'g', -1, 64))
	})
}
