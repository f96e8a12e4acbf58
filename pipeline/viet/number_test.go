package viet_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"baocao/pipeline/viet"
)

// number is what a number must be, with decimals in machine form.
type number struct {
	Value, Other string
	Unit         viet.Unit
}

func shown(n viet.Number) number {
	got := number{Value: n.Value.String(), Unit: n.Unit}
	if n.Other != nil {
		got.Other = n.Other.String()
	}
	return got
}

func TestParseNumber(t *testing.T) {
	const (
		none     = viet.NoUnit
		dong     = viet.DongUnit
		thousand = viet.Thousand
		million  = viet.Million
		billion  = viet.Billion
		percent  = viet.PercentUnit
	)
	tests := []struct {
		text string
		want number
	}{
		// Separators.
		{"0", number{"0", "", none}},
		{"15", number{"15", "", none}},
		{"  15\n", number{"15", "", none}},
		{"15,0", number{"15", "", none}},
		{"1.234,5", number{"1234.5", "", none}},
		{"1,234.5", number{"1234.5", "", none}},
		{"1 234,5", number{"1234.5", "", none}},
		{"1\u00a0234,5", number{"1234.5", "", none}},
		{"1\u202f234\u202f567", number{"1234567", "", none}},
		{"1 234.567", number{"1234.567", "", none}},
		{"15 000", number{"15000", "", none}},
		{"1.234.567", number{"1234567", "", none}},
		{"1,234,567", number{"1234567", "", none}},
		{"1.234.567,125", number{"1234567.125", "", none}},
		{"1,234,567.89", number{"1234567.89", "", none}},
		{"1.234,567", number{"1234.567", "", none}},
		{"14.5", number{"14.5", "", none}},
		{"0,8", number{"0.8", "", none}},
		{"0.125", number{"0.125", "", none}},
		{"0,000", number{"0", "", none}},
		{"1234.567", number{"1234.567", "", none}},
		{"012.500", number{"12.5", "", none}},
		{",5", number{"0.5", "", none}},
		{"12,", number{"12", "", none}},
		{"12.", number{"12", "", none}},
		{"05", number{"5", "", none}},
		{"１５，５", number{"15.5", "", none}},
		{"８０％", number{"80", "", percent}},

		// Two readings.
		{"15.000", number{"15000", "15", none}},
		{"15,000", number{"15000", "15", none}},
		{"1.500 triệu", number{"1500", "1.5", million}},
		{"15.000 nghìn đồng", number{"15000", "15", thousand}},
		{"(15.250)", number{"-15250", "-15.25", none}},
		{"15.000 đồng", number{"15000", "", dong}},

		// Signs.
		{"-5", number{"-5", "", none}},
		{"−5,5", number{"-5.5", "", none}},
		{"–5", number{"-5", "", none}},
		{"+5", number{"5", "", none}},
		{"(15)", number{"-15", "", none}},
		{"(1.234,5) triệu đồng", number{"-1234.5", "", million}},
		{"-0,5%", number{"-0.5", "", percent}},

		// What machines print.
		{"14.500000000000002", number{"14.5", "", none}},
		{"0.28999999999999998", number{"0.29", "", none}},
		{"14.999999", number{"14.999999", "", none}},
		{"-1.1102230246251565E-16", number{"-0.000000000000000111022302462516", "", none}},
		{"1.45E+01", number{"14.5", "", none}},
		{"1,45E+01", number{"14.5", "", none}},
		{"1.234E+03", number{"1234", "", none}},
		{"1e6", number{"1000000", "", none}},
		{"3.5200000000000003E+7", number{"35200000", "", none}},

		// Money.
		{"15 triệu", number{"15", "", million}},
		{"15triệu", number{"15", "", million}},
		{"15 triệu đồng", number{"15", "", million}},
		{"15 TRIỆU ĐỒNG", number{"15", "", million}},
		{"15 trieu dong", number{"15", "", million}},
		{"15tr", number{"15", "", million}},
		{"15 tr.", number{"15", "", million}},
		{"15 tr.đ", number{"15", "", million}},
		{"15 tr.đồng", number{"15", "", million}},
		{"15 trđ", number{"15", "", million}},
		{"15 trÐ", number{"15", "", million}},
		{"15 (triệu đồng)", number{"15", "", million}},
		{"12,5 triệu đồng.", number{"12.5", "", million}},
		{"0,015 tỷ", number{"0.015", "", billion}},
		{"0,015 tỉ đồng", number{"0.015", "", billion}},
		{"2 ty", number{"2", "", billion}},
		{"1,2 nghìn tỷ đồng", number{"1200", "", billion}},
		{"15.000.000đ", number{"15000000", "", dong}},
		{"15.000.000 VNĐ", number{"15000000", "", dong}},
		{"35.200.000 đồng", number{"35200000", "", dong}},
		{"35.200.000 đồng chẵn./.", number{"35200000", "", dong}},
		{"15 000 000 đ", number{"15000000", "", dong}},
		{"500 nghìn", number{"500", "", thousand}},
		{"500 ngàn đồng", number{"500", "", thousand}},
		{"500 ng.đ", number{"500", "", thousand}},
		{"500 ng.đồng", number{"500", "", thousand}},
		{"Kinh phí: 15 triệu đồng", number{"15", "", million}},
		{"KP 15tr", number{"15", "", million}},

		// Amounts in parts.
		{"2 tỷ 150 triệu", number{"2150", "", million}},
		{"2 tỷ, 150 triệu đồng", number{"2150", "", million}},
		{"2 tỷ và 150,5 triệu", number{"2150.5", "", million}},
		{"1 triệu 500.000 đồng", number{"1500000", "", dong}},
		{"1 tỷ 200 triệu 500 nghìn đồng", number{"1200500", "", thousand}},
		{"1.500 tỷ 200 triệu", number{"1500200", "", million}},

		// Percent.
		{"80%", number{"80", "", percent}},
		{"80 %", number{"80", "", percent}},
		{"80,5%", number{"80.5", "", percent}},
		{"đạt 80%", number{"80", "", percent}},
		{"Đã đạt 80 %.", number{"80", "", percent}},
		{"hoàn thành 100%", number{"100", "", percent}},
		{"100% KH", number{"100", "", percent}},
		{"100%KH", number{"100", "", percent}},
		{"đạt 95% so với kế hoạch năm", number{"95", "", percent}},
		{"80/100", number{"80", "", percent}},
		{"80 phần trăm", number{"80", "", percent}},
		{"đạt 80", number{"80", "", none}},

		// Words.
		{"tám mươi phần trăm", number{"80", "", percent}},
		{"Một trăm phần trăm", number{"100", "", percent}},
		{"mười lăm triệu đồng", number{"15000000", "", dong}},
		{"Bảy trăm hai mươi triệu đồng chẵn./.", number{"720000000", "", dong}},
		{"(Bằng chữ: Bảy trăm hai mươi triệu đồng)", number{"720000000", "", dong}},
		{"hai tỉ một trăm năm mươi triệu", number{"2150000000", "", dong}},
		{"không đồng", number{"0", "", dong}},
	}
	for _, tt := range tests {
		n, err := viet.ParseNumber(tt.text)
		if err != nil {
			t.Errorf("ParseNumber(%q): %v", tt.text, err)
			continue
		}
		if diff := cmp.Diff(tt.want, shown(n)); diff != "" {
			t.Errorf("ParseNumber(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	tests := map[error][]string{
		viet.ErrEmpty: {"", " ", "\n\t\u00a0", "\u200b\ufeff"},
		viet.ErrNoNumber: {
			"-", "–", "—", "…", "x", "✓", "không", "Không", "KP thường xuyên", "lồng ghép",
			"#REF!", "%", "triệu đồng", "đ", "năm", "Một", "năm nghìn một triệu đồng", "hai mươi triệu năm", "một phẩy năm triệu đồng",
		},
		viet.ErrUnclear: {
			"15 hoặc 20", "15-20", "80-90%", "15/6", "15/6/2018", "15.6.18", "1.1.1", "5,4.2", "80/90",
			"khoảng 15 triệu", "gần 80%", "chưa hoàn thành 100%", "không đạt 80%", "trên 15 triệu", "< 15",
			"15 triệu (đã giải ngân)", "(15 triệu)", "(-15)", "- 15", "--5", "15 người", "15 ng", "15 trang", "15 tin", "15 dự án",
			"2 tỷ 150", "150 triệu 2 tỷ", "2 tỷ 3 tỷ", "2 tỷ 1500 triệu", "2 tỷ 1.500 nghìn", "2 tỷ -150 triệu", "1,5 tỷ 200 triệu", "15 triệu 5%", "2 150 triệu 5",
			"1.2345.678", "1.23,456,7", "0.123,4", "1,234.567.890", "1 2345", "15 20", "12 34 567", "1..5", "1.,5",
			"1e400", "1.5E+31", "45/BC-SNV", "Quý 2", "T6", "15 triệu/năm", "½", "٣", "15²",
			strings.Repeat("9", 100), strings.Repeat("1.", 100),
		},
	}
	for want, texts := range tests {
		for _, text := range texts {
			if n, err := viet.ParseNumber(text); !errors.Is(err, want) {
				t.Errorf("ParseNumber(%q) = %v, error %v, want %v", text, shown(n), err, want)
			}
		}
	}
}

func TestUnitInDong(t *testing.T) {
	tests := []struct {
		unit viet.Unit
		want string
		ok   bool
	}{
		{viet.DongUnit, "1", true},
		{viet.Thousand, "1000", true},
		{viet.Million, "1000000", true},
		{viet.Billion, "1000000000", true},
		{viet.NoUnit, "0", false},
		{viet.PercentUnit, "0", false},
	}
	for _, tt := range tests {
		if got, ok := tt.unit.InDong(); got.String() != tt.want || ok != tt.ok {
			t.Errorf("%q in đồng = %s, %v, want %s, %v", tt.unit, got, ok, tt.want, tt.ok)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	tests := []struct{ in, want string }{
		{"0", "0"},
		{"720", "720"},
		{"1000", "1.000"},
		{"1234567.890", "1.234.567,89"},
		{"-1234.5", "-1.234,5"},
		{"0.000001", "0,000001"},
		{"1e6", "1.000.000"},
		{"-0.50", "-0,5"},
	}
	for _, tt := range tests {
		if got := viet.FormatNumber(decimal.RequireFromString(tt.in)); got != tt.want {
			t.Errorf("FormatNumber(%s) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// What is written must be read back: as the one reading or as one of the two.
func TestNumberRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		d := decimal.New(rnd.Int64()>>rnd.IntN(63), -rnd.Int32N(7))
		if rnd.IntN(4) == 0 {
			d = d.Neg()
		}
		text := viet.FormatNumber(d) + " triệu"
		n, err := viet.ParseNumber(text)
		if err != nil {
			t.Fatal(err)
		}
		if n.Unit != viet.Million || !n.Value.Equal(d) && (n.Other == nil || !n.Other.Equal(d)) {
			t.Fatalf("ParseNumber(%q) = %v, want %s", text, shown(n), d)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{
		"1.234,5", "1,234.5", "15.000", "2 tỷ 150 triệu", "(15)", "-", "80/100", "đạt 80%", "100% KH", "１５，５",
		"1.45E+01", "14.500000000000002", "bảy trăm hai mươi triệu đồng", "15 hoặc 20", "1e999999999", "9 tỷ tỷ",
		"1 234 567,8 tr.đ", "\xff15", "\u00d015",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := viet.ParseNumber(s)
		if err != nil {
			if n.Other != nil || !n.Value.IsZero() || n.Unit != viet.NoUnit {
				t.Errorf("ParseNumber(%q) = %v beside the error %v", s, shown(n), err)
			}
			return
		}
		readings := []decimal.Decimal{n.Value}
		if n.Other != nil {
			readings = append(readings, *n.Other)
		}
		for _, d := range readings {
			if e := d.Exponent(); e < -100 || e > 100 || d.NumDigits() > 100 {
				t.Errorf("ParseNumber(%q): %d digits, exponent %d", s, d.NumDigits(), e)
			}
			d = d.Round(9)
			text := viet.FormatNumber(d) + " triệu"
			back, err := viet.ParseNumber(text)
			if err != nil && d.NumDigits() <= 30 && d.Exponent() <= 0 {
				t.Fatal(err)
			}
			if err == nil && !back.Value.Equal(d) && (back.Other == nil || !back.Other.Equal(d)) {
				t.Errorf("ParseNumber(%q) = %v, want %s", text, shown(back), d)
			}
		}
	})
}

func BenchmarkParseNumber(b *testing.B) {
	for _, s := range []string{"14.5", "1.234,5 triệu đồng", "KP thường xuyên"} {
		b.Run(fmt.Sprintf("%q", s), func(b *testing.B) {
			for b.Loop() {
				_, _ = viet.ParseNumber(s)
			}
		})
	}
}
