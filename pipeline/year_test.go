package pipeline

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/plan"
)

// yearFolder holds a made-up year with all that happens to a plan, to agencies
// and to documents in it, and the figures that must come of it; its README tells
// how they were made.
const yearFolder = "testdata/year"

// TestYear plays the year day by day: documents come in, clerks decide, periods
// are issued and opened again. Every figure of every issued statement is held
// against the tables that were computed without this program.
func TestYear(t *testing.T) {
	y := newYear(t)
	issued := map[string][]File{}
	for _, day := range y.days(t) {
		y.begin(t, day)
		for _, row := range y.rulings {
			if row["day"] == day {
				y.decide(t, row)
			}
		}
		for _, step := range y.steps {
			if step["day"] != day {
				continue
			}
			switch step["step"] {
			case "plan":
				y.importPlan(t, step)
			case "reopen":
				if err := y.p.Reopen(t.Context(), step.period(t), step["reason"], y.clerk()); err != nil {
					t.Fatal(err)
				}
			case "issue":
				i, files := y.issue(t, step)
				name := step["period"] + "-r" + step["revision"]
				issued[name] = files
				t.Run(name, func(t *testing.T) {
					_, made, err := y.p.asIssued(*i)
					if err != nil {
						t.Fatal(err)
					}
					compareYear(t, made.Statement)
					y.comparePrinted(t, *i)
				})
			}
		}
	}
	y.compareIssued(t, issued)
	y.compareRevisions(t)
	// Nothing came for the first quarter since: at the end of the year, with
	// another plan and another directory, its figures are still those of revision 2.
	made, err := y.p.AsNow(t.Context(), plan.Period{Year: 2018, Part: plan.Q1})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("again/2018-Q1-r2", func(t *testing.T) { compareYear(t, made.Statement) })
	if fault, err := y.p.Store.VerifyAudit(t.Context()); err != nil || fault != nil {
		t.Errorf("the audit trail has the fault %v, %v; want none", fault, err)
	}
}

// compareIssued holds what the store gives back at the end of the year against
// what was issued on the day.
func (y *year) compareIssued(t *testing.T, issued map[string][]File) {
	t.Helper()
	for _, step := range y.steps {
		if step["step"] != "issue" {
			continue
		}
		again, err := y.p.Revision(t.Context(), step.period(t), step.int(t, "revision"))
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, f := range again {
			got = append(got, f.SHA256)
		}
		for _, f := range issued[step["period"]+"-r"+step["revision"]] {
			want = append(want, f.SHA256)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s revision %s is not what was issued (-want +got):\n%s", step["period"], step["revision"], diff)
		}
	}
}

// compareRevisions holds what is said to differ between the two revisions of the
// first quarter against what differs between their tables, and verifies both.
func (y *year) compareRevisions(t *testing.T) {
	t.Helper()
	period := plan.Period{Year: 2018, Part: plan.Q1}
	all, err := y.p.Differences(t.Context(), period, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, d := range all {
		if d.Activity != "" && d.Agency == "" && !slices.Contains(got, string(d.Activity)) {
			got = append(got, string(d.Activity))
		}
	}
	second := readTable(t, "expected-2018-Q1-r2.csv")
	for i, row := range readTable(t, "expected-2018-Q1-r1.csv") {
		if !maps.Equal(row, second[i]) {
			want = append(want, row["code"])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("activities that differ between revisions 1 and 2 (-want +got):\n%s", diff)
	}
	verified, err := y.p.Verify(t.Context(), period)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verified {
		if !v.OK {
			t.Errorf("revision %d does not verify: %+v", v.Revision, v)
		}
	}
	if len(verified) != 2 {
		t.Errorf("%d revisions verified, want 2", len(verified))
	}
}
