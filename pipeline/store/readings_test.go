package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

var quarter = plan.Period{Year: 2018, Part: plan.Q1}

// submission is one with everything in it.
func submission(data string, arrived time.Time) form.Submission {
	spent, zero, percent := plan.Dong(14_500_000), plan.Dong(0), plan.Percent(8050)
	place := finding.Place{File: "a.xlsx", Sheet: "Biểu 1", Cell: "C12", Row: 12}
	return form.Submission{
		SHA256: hash(data), File: "a.xlsx", Sender: "snv@daknong.example", Arrived: arrived,
		Outcome: form.Accept, Agency: "snv", Period: quarter, Ref: "45/BC-SNV",
		RefDate: agency.Day{Year: 2018, Month: 3, Day: 16}, RowsRead: 2,
		Entries: []form.Entry{{
			Activity: "1.1.1", Status: form.InProgress, Percent: &percent, Spent: &spent,
			Text: "đã <họp> & \"ghi\"", DoneOn: agency.Day{Year: 2018, Month: 2, Day: 2}, Place: place,
			Cells: form.Cells{Status: "D12", Spent: "F12"},
		}},
		SetAside: []form.Row{{Place: place, Reason: form.Total, Spent: &zero}},
		Findings: []finding.Finding{{Code: "own-total", Level: finding.Warning, Place: place, Got: "1", Want: "2"}},
	}
}

func TestReading(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, dropped("a.xlsx", "data"), seen)
	want := submission("data", seen)

	get := func(key string) (form.Submission, bool) {
		t.Helper()
		got, ok, err := s.Reading(t.Context(), hash("data"), key)
		if err != nil {
			t.Fatal(err)
		}
		return got, ok
	}
	if got, ok := get("rules 1"); ok {
		t.Errorf("before: got %v, want none", got)
	}
	for range 2 {
		if err := s.SaveReading(t.Context(), "rules 1", want); err != nil {
			t.Fatal(err)
		}
		if got, ok := get("rules 1"); !ok || !cmp.Equal(want, got) {
			t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
		}
	}
	if got, ok := get("rules 2"); ok {
		t.Errorf("under other rules: got %v, want none", got)
	}

	want.Outcome = form.Review
	if err := s.SaveReading(t.Context(), "rules 2", want); err != nil {
		t.Fatal(err)
	}
	if got, ok := get("rules 2"); !ok || !cmp.Equal(want, got) {
		t.Errorf("anew (-want +got):\n%s", cmp.Diff(want, got))
	}
	if got, ok := get("rules 1"); ok {
		t.Errorf("under the old rules: got %v, want none", got)
	}
}

func TestSaveReadingOfUnknown(t *testing.T) {
	s := open(t, t.TempDir())
	err := s.SaveReading(t.Context(), "rules", submission("never kept", seen))
	if err == nil || !strings.Contains(err.Error(), hash("never kept")) {
		t.Errorf("got %v, want an error that names the document", err)
	}
}

func TestSubmissions(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	local := time.FixedZone("", 7*60*60)
	save := func(data string, period plan.Period, arrived time.Time) {
		t.Helper()
		keep(t, s, dropped(data+".xlsx", data), seen)
		sub := submission(data, arrived)
		sub.File, sub.Period = data, period
		if err := s.SaveReading(t.Context(), "rules", sub); err != nil {
			t.Fatal(err)
		}
	}
	save("at noon", quarter, seen)
	save("a bit later", quarter, seen.Add(time.Nanosecond))
	save("a bit earlier", quarter, seen.Add(-time.Nanosecond).In(local))
	save("whole second", quarter, seen.Truncate(time.Second))
	save("other period", plan.Period{Year: 2018, Part: plan.Half}, seen)
	save("no period", plan.Period{}, seen)

	list := func(subs []form.Submission, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, sub := range subs {
			names = append(names, sub.File)
		}
		return strings.Join(names, ", ")
	}
	for i, tt := range []struct{ got, want string }{
		{list(s.Submissions(t.Context(), quarter, seen.In(local))), "whole second, a bit earlier, at noon"},
		{list(s.After(t.Context(), quarter, seen)), "a bit later"},
		{list(s.Submissions(t.Context(), quarter, seen.AddDate(1, 0, 0))), "whole second, a bit earlier, at noon, a bit later"},
		{list(s.Submissions(t.Context(), quarter, seen.AddDate(-1, 0, 0))), ""},
		{list(s.Submissions(t.Context(), plan.Period{}, seen)), "no period"},
	} {
		if tt.got != tt.want {
			t.Errorf("list %d: got %q, want %q", i, tt.got, tt.want)
		}
	}
}

// Documents that arrived together come in the order of their hashes.
func TestSubmissionsTies(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 20 {
		data := fmt.Sprint(i)
		keep(t, s, dropped(data, data), seen)
		if err := s.SaveReading(t.Context(), "rules", submission(data, seen)); err != nil {
			t.Fatal(err)
		}
	}
	subs, err := s.Submissions(t.Context(), quarter, seen)
	if err != nil {
		t.Fatal(err)
	}
	if len(subs) != 20 {
		t.Fatalf("got %d submissions, want 20", len(subs))
	}
	for i := range subs[1:] {
		if subs[i].SHA256 >= subs[i+1].SHA256 {
			t.Errorf("%s stands before %s", subs[i].SHA256, subs[i+1].SHA256)
		}
	}
}

// One office does not see another's.
func TestOffices(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, dropped("a.xlsx", "data"), seen)
	if err := s.SaveReading(t.Context(), "rules", submission("data", seen)); err != nil {
		t.Fatal(err)
	}
	other, err := store.Open(t.Context(), dir, "other")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if got := originals(t, other); len(got) != 0 {
		t.Errorf("originals: got %v, want none", got)
	}
	if _, ok, err := other.Reading(t.Context(), hash("data"), "rules"); ok || err != nil {
		t.Errorf("reading: got %v, %v, want none", ok, err)
	}
}

func BenchmarkKeepAndRead(b *testing.B) {
	s := open(b, b.TempDir())
	sub := submission("", seen)
	for len(sub.Entries) < 20 {
		sub.Entries = append(sub.Entries, sub.Entries[0])
	}
	sheet := strings.Repeat("a workbook of some 16 kB ", 650)
	for i := 0; b.Loop(); i++ {
		item := dropped(fmt.Sprintf("%d.xlsx", i), fmt.Sprint(i, sheet))
		keep(b, s, item, seen)
		sub.SHA256 = item.SHA256
		if err := s.SaveReading(b.Context(), "rules", sub); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKeepAgain(b *testing.B) {
	s := open(b, b.TempDir())
	item := dropped("a.xlsx", "data")
	for b.Loop() {
		keep(b, s, item, seen)
	}
}
