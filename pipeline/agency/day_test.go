package agency_test

import (
	"encoding/json"
	"testing"
	"time"

	"baocao/pipeline/agency"
)

func TestParseDay(t *testing.T) {
	tests := []struct {
		text string
		want agency.Day
		ok   bool
	}{
		{"2018-06-15", agency.Day{Year: 2018, Month: time.June, Day: 15}, true},
		{"2020-02-29", agency.Day{Year: 2020, Month: time.February, Day: 29}, true},
		{"2018-02-29", agency.Day{}, false},
		{"15/6/2018", agency.Day{}, false},
		{"2018-6-15", agency.Day{}, false},
		{"", agency.Day{}, false},
	}
	for _, tt := range tests {
		got, err := agency.ParseDay(tt.text)
		if got != tt.want || (err == nil) != tt.ok {
			t.Errorf("ParseDay(%q) = %v, error %v, want %v, ok %v", tt.text, got, err, tt.want, tt.ok)
		}
	}
}

func TestDayOf(t *testing.T) {
	midnight := time.Date(2018, 3, 14, 17, 0, 0, 0, time.UTC) // 15 March in Việt Nam
	if got, want := agency.DayOf(midnight), agency.NewDay(2018, 3, 15); got != want {
		t.Errorf("DayOf(%s) = %s, want %s", midnight, got, want)
	}
	if got, want := agency.DayOf(midnight.Add(-1)), agency.NewDay(2018, 3, 14); got != want {
		t.Errorf("DayOf just before = %s, want %s", got, want)
	}
	if got := agency.DayOf(time.Time{}); !got.IsZero() {
		t.Errorf("DayOf of the zero time = %s, want the zero day", got)
	}
	if d := agency.NewDay(2018, 3, 15); !d.Start().Equal(midnight) || !d.End().Equal(midnight.Add(24*time.Hour)) {
		t.Errorf("%s is from %s to %s", d, d.Start(), d.End())
	}
}

func TestDayArithmetic(t *testing.T) {
	d := agency.NewDay(2018, 2, 29)
	if want := agency.NewDay(2018, 3, 1); d != want {
		t.Errorf("29 February 2018 = %s, want %s", d, want)
	}
	if got, want := d.AddDays(-1), agency.NewDay(2018, 2, 28); got != want {
		t.Errorf("day before = %s, want %s", got, want)
	}
	if got, want := agency.NewDay(2017, 12, 15).DaysUntil(agency.NewDay(2018, 3, 14)), 89; got != want {
		t.Errorf("days from 15/12 to 14/3 = %d, want %d", got, want)
	}
	if got, want := d.DaysUntil(d.AddDays(-400)), -400; got != want {
		t.Errorf("days back = %d, want %d", got, want)
	}
	if next := d.AddDays(1); !d.Before(next) || !next.After(d) || d.Before(d) || d.After(d) {
		t.Errorf("%s and %s are in the wrong order", d, next)
	}
	if got := agency.NewDay(2018, 3, 14).Weekday(); got != time.Wednesday {
		t.Errorf("14/3/2018 is a %s, want Wednesday", got)
	}
}

func TestDayText(t *testing.T) {
	type data struct{ A, B agency.Day }
	in := data{A: agency.NewDay(2018, 3, 5)}
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(text), `{"A":"2018-03-05","B":""}`; got != want {
		t.Errorf("JSON %s, want %s", got, want)
	}
	var out data
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("read back %v, error %v, want %v", out, err, in)
	}
	if err := json.Unmarshal([]byte(`{"A":"hôm nay"}`), &out); err == nil {
		t.Error("no error for a day in words")
	}
}
