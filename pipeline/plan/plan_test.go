package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"baocao/pipeline/plan"
)

func TestParsePeriod(t *testing.T) {
	for in, want := range map[string]string{
		"2018-Q1": "2018-Q1", "2018-6M": "2018-6M", "2018-H1": "2018-6M",
		"2018-9M": "2018-9M", "2018-q1": "2018-Q1", "2018-Q4": "2018-Q4", "2018": "2018", "2018-Y": "2018",
	} {
		p, err := plan.ParsePeriod(in)
		if err != nil || p.String() != want {
			t.Errorf("ParsePeriod(%q) = %s, %v, want %s", in, p, err, want)
		}
	}
	for _, in := range []string{"", "2018-Q5", "Q1", "18-Q1", "2018-Q1 ", "../2018"} {
		if p, err := plan.ParsePeriod(in); err == nil {
			t.Errorf("ParsePeriod(%q) = %s, want an error", in, p)
		}
	}
}

func TestDong(t *testing.T) {
	for in, want := range map[string]plan.Dong{
		"15": 15_000_000, "14.5": 14_500_000, "0": 0, "0.000001": 1, "-3": -3_000_000, "100000000": 100_000_000_000_000,
	} {
		got, err := plan.ParseDong(in)
		if err != nil || got != want {
			t.Errorf("ParseDong(%q) = %d, %v, want %d", in, got, err, want)
		}
		if got.String() != in {
			t.Errorf("Dong(%d).String() = %q, want %q", got, got, in)
		}
	}
	for _, in := range []string{"", "15tr", "0.0000001", "100000000.1", "99999999999999999999"} {
		if got, err := plan.ParseDong(in); err == nil {
			t.Errorf("ParseDong(%q) = %d, want an error", in, got)
		}
	}
}

func TestAmountsInJSON(t *testing.T) {
	type amounts struct {
		Money   *plan.Dong
		None    *plan.Dong
		Percent plan.Percent
	}
	money := plan.Dong(14_500_000)
	want := amounts{Money: &money, Percent: plan.PercentOf(decimal.RequireFromString("80.456"))}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(data), `{"Money":"14.5","None":null,"Percent":80.46}`; got != want {
		t.Errorf("JSON = %s, want %s", got, want)
	}
	var got amounts
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read back (-want +got):\n%s", diff)
	}
}
