package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// What waits is asked for by period: those that documents are about, and of each
// the documents that wait whole.
func TestWaiting(t *testing.T) {
	s := open(t, t.TempDir())
	last := plan.Period{Year: 2017, Part: plan.Year}
	for i, r := range []struct {
		data    string
		period  plan.Period
		outcome form.Outcome
	}{
		{"accepted", quarter, form.Accept},
		{"held", quarter, form.Review},
		{"held too", quarter, form.Review},
		{"unknown", plan.Period{}, form.Review},
		{"mended", plan.Period{Year: 2018, Part: plan.Half}, form.Reject},
		{"no report", last, form.Ignore},
	} {
		sub := submission(r.data, seen.Add(time.Duration(i)*time.Hour))
		sub.Period, sub.Outcome = r.period, r.outcome
		keep(t, s, dropped(r.data+".xlsx", r.data), sub.Arrived)
		if err := s.SaveReading(t.Context(), "rules", sub); err != nil {
			t.Fatal(err)
		}
	}
	periods, err := s.PeriodsRead(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]plan.Period{{}, {Year: 2018, Part: plan.Half}, quarter}, periods); diff != "" {
		t.Errorf("periods (-want +got):\n%s", diff)
	}
	for of, want := range map[plan.Period][]string{
		quarter: {hash("held"), hash("held too")}, {}: {hash("unknown")}, last: nil, {Year: 2018, Part: plan.Half}: nil,
	} {
		waiting, err := s.Waiting(t.Context(), of)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range waiting {
			got = append(got, w.SHA256)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("waiting in %q (-want +got):\n%s", of, diff)
		}
	}
}
