package reconcile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

func TestTermOf(t *testing.T) {
	period := plan.Period{Year: 2018, Part: plan.Q1}
	day := func(d int) agency.Day { return agency.NewDay(2018, 3, d) }
	extend := func(id string, of plan.Period, to agency.ID, until agency.Day) reconcile.Ruling {
		return reconcile.Ruling{ID: id, Kind: reconcile.Extend, Period: of, Agency: to, Until: until}
	}
	for name, tt := range map[string]struct {
		rulings          []reconcile.Ruling
		due, grace, lock agency.Day
	}{
		"none":                {nil, day(15), day(19), day(22)},
		"another agency":      {[]reconcile.Ruling{extend("r1", period, "stp", day(26))}, day(15), day(19), day(22)},
		"another period":      {[]reconcile.Ruling{extend("r1", plan.Period{Year: 2018, Part: plan.Half}, "syt", day(26))}, day(15), day(19), day(22)},
		"within the grace":    {[]reconcile.Ruling{extend("r1", period, "syt", day(16))}, day(16), day(19), day(22)},
		"after the lock":      {[]reconcile.Ruling{extend("r1", period, "syt", day(26))}, day(26), day(26), day(26)},
		"takes no days away":  {[]reconcile.Ruling{extend("r1", period, "syt", day(1))}, day(15), day(19), day(22)},
		"the last one counts": {[]reconcile.Ruling{extend("r10", period, "syt", day(20)), extend("r9", period, "syt", day(26))}, day(20), day(20), day(22)},
	} {
		t.Run(name, func(t *testing.T) {
			term := plan.Term{Period: period, From: agency.NewDay(2018, 1, 1), Closes: day(14), Due: day(15), Grace: day(19), Lock: day(22)}
			want := term
			want.Due, want.Grace, want.Lock = tt.due, tt.grace, tt.lock
			if diff := cmp.Diff(want, reconcile.TermOf(term, tt.rulings, "syt")); diff != "" {
				t.Errorf("term (-want +got):\n%s", diff)
			}
		})
	}
}
