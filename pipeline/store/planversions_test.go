package store_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

func savePlan(t testing.TB, s *store.Store, p *plan.Plan, source string, effective agency.Day) {
	t.Helper()
	if _, err := s.SavePlan(t.Context(), p, source+".docx", []byte(source), effective, clerk); err != nil {
		t.Fatal(err)
	}
}

// amended is a year whose plan was amended twice: from a day that was said, and
// from the day of signing.
func amended(t testing.TB, s *store.Store) {
	t.Helper()
	savePlan(t, s, &plan.Plan{Number: "1", Year: 2018, Signed: agency.NewDay(2017, 12, 18)}, "first", agency.Day{})
	savePlan(t, s, &plan.Plan{Number: "2", Year: 2018, Signed: agency.NewDay(2018, 6, 20)}, "second", agency.NewDay(2018, 7, 1))
	savePlan(t, s, &plan.Plan{Number: "3", Year: 2018, Signed: agency.NewDay(2018, 9, 3)}, "third", agency.Day{})
}

func planAt(t testing.TB, s *store.Store, on agency.Day) string {
	t.Helper()
	kept, err := s.PlanVersions(t.Context(), 2018)
	if err != nil || len(kept) == 0 {
		t.Fatalf("%s: got %v, %v, want a plan", on, kept, err)
	}
	var versions plan.Versions
	for _, k := range kept {
		versions = append(versions, plan.Version{Plan: k.Plan, From: k.Effective})
	}
	return versions.At(on).Number
}

func TestPlanAt(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		if kept, err := s.PlanVersions(t.Context(), 2018); len(kept) != 0 || err != nil {
			t.Errorf("no plan yet: got %v, %v", kept, err)
		}
		amended(t, s)
	})
	look := func(t *testing.T) {
		s := open(t, dir)
		for _, tt := range []struct {
			on   agency.Day
			want string
		}{
			{agency.NewDay(2017, 11, 1), "1"}, // before every plan: the first
			{agency.NewDay(2018, 3, 14), "1"},
			{agency.NewDay(2018, 6, 30), "1"}, // signed, and not yet in force
			{agency.NewDay(2018, 7, 1), "2"},
			{agency.NewDay(2018, 9, 2), "2"},
			{agency.NewDay(2018, 9, 3), "3"},
			{agency.NewDay(2019, 9, 3), "3"},
			{agency.Day{}, "3"},
		} {
			if got := planAt(t, s, tt.on); got != tt.want {
				t.Errorf("on %s: got plan %s, want %s", tt.on, got, tt.want)
			}
		}
		versions, err := s.PlanVersions(t.Context(), 2018)
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		for i, v := range versions {
			if v.Version != i+1 {
				t.Errorf("version %d stands at %d", v.Version, i+1)
			}
			days = append(days, v.Number+" "+v.Name+" "+v.Effective.String())
		}
		want := []string{"1 first.docx 2018-01-01", "2 second.docx 2018-07-01", "3 third.docx 2018-09-03"}
		if diff := cmp.Diff(want, days); diff != "" {
			t.Errorf("versions (-want +got):\n%s", diff)
		}
		if v := versions[1]; v.Plan.Number != "2" || v.SHA256 != hash("second") {
			t.Errorf("version 2: got plan %v of document %s, want %s", v.Plan, v.SHA256, hash("second"))
		}
		verified(t, s)
	}
	t.Run("kept", look)
	before := dump(t, dir)
	remove(t, dir)
	t.Run("rebuilt", look)
	if diff := cmp.Diff(before, dump(t, dir)); diff != "" {
		t.Errorf("rebuilt (-before +after):\n%s", diff)
	}
}

// Another day for the newest version takes the place of the old one; a better
// reading keeps the day that was said.
func TestPlanEffectiveAgain(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		amended(t, s)
		third := &plan.Plan{Number: "3", Year: 2018, Signed: agency.NewDay(2018, 9, 3)}
		savePlan(t, s, third, "third", agency.NewDay(2018, 10, 1))
		third.Title = "read better"
		savePlan(t, s, third, "third", agency.Day{})
		if got, want := planAt(t, s, agency.NewDay(2018, 9, 30))+planAt(t, s, agency.NewDay(2018, 10, 1)), "23"; got != want {
			t.Errorf("got the plans %s, want %s", got, want)
		}
		before := slices.DeleteFunc(audit(t, s, store.AuditQuery{}), func(e store.AuditEntry) bool { return !strings.HasPrefix(e.Subject, "2018 plan 3") })
		if len(before) != 3 || before[1].Before != "3, third.docx, from 2018-09-03, document "+hash("third") {
			t.Errorf("got %+v, want three entries, the second with the day before", before)
		}
		savePlan(t, s, third, "third", agency.Day{})
		if got := audit(t, s, store.AuditQuery{}); len(got) != 5 {
			t.Errorf("got %d entries, want none more for the same again", len(got))
		}
	})
	before := dump(t, dir)
	remove(t, dir)
	once(t, dir, func(s *store.Store) { verified(t, s) })
	if diff := cmp.Diff(before, dump(t, dir)); diff != "" {
		t.Errorf("rebuilt (-before +after):\n%s", diff)
	}
}
