package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
)

func TestPlan(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if kept, err := s.PlanVersions(t.Context(), 2018); len(kept) != 0 || err != nil {
		t.Fatalf("before: got %v, %v, want none", kept, err)
	}
	budget := plan.Dong(15_500_000)
	first := &plan.Plan{
		Number: "1982/QĐ-UBND", Year: 2018, Title: "KẾ HOẠCH",
		Fields: []plan.Field{{Code: "I", Results: []plan.Result{{Code: "1.1", Activities: []plan.Activity{
			{Code: "1.1.1", Name: "Ban hành kế hoạch", Budget: &budget, Start: 1, End: 2}, {Code: "1.1.2"},
		}}}}},
	}
	second := &plan.Plan{Number: "77/QĐ-UBND", Year: 2018}
	next := &plan.Plan{Number: "1/QĐ-UBND", Year: 2019}
	reread := &plan.Plan{Number: "77/QĐ-UBND", Year: 2018, Title: "read better"}

	for i, tt := range []struct {
		plan    *plan.Plan
		source  string
		version int
		newest  *plan.Plan
	}{
		{first, "first", 1, first},
		{second, "second", 2, second},
		{next, "first", 1, second},   // the same document may hold the plans of two years
		{second, "third", 2, second}, // reads the same
		{first, "first", 3, first},   // in force again
		{second, "second", 4, second},
		{reread, "second", 4, reread},
	} {
		want := reconcile.PlanVersion{Version: tt.version, SHA256: hash(tt.source)}
		if tt.source == "third" {
			want.SHA256 = hash("second")
		}
		got, err := s.SavePlan(t.Context(), tt.plan, "qd.docx", []byte(tt.source), agency.Day{}, clerk)
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%d: got version %v, want %v", i, got, want)
		}
		kept, err := s.PlanVersions(t.Context(), 2018)
		if err != nil || len(kept) == 0 {
			t.Fatalf("%d: got %v, %v, want a plan", i, kept, err)
		}
		newest := kept[len(kept)-1]
		if diff := cmp.Diff(tt.newest, newest.Plan); diff != "" {
			t.Errorf("%d: newest (-want +got):\n%s", i, diff)
		}
		if tt.newest == tt.plan && newest.PlanVersion != want {
			t.Errorf("%d: newest version: got %v, want %v", i, newest.PlanVersion, want)
		}
	}
	years, err := s.PlanYears(t.Context())
	if diff := cmp.Diff([]int{2018, 2019}, years); diff != "" || err != nil {
		t.Errorf("years: %v (-want +got):\n%s", err, diff)
	}
	if data, err := s.Data(hash("first")); err != nil || string(data) != "first" {
		t.Errorf("source: got %q, %v", data, err)
	}
	if got := originals(t, s); len(got) != 0 {
		t.Errorf("originals: got %v, want none: a decision is no report", got)
	}
}

func TestPlanIsIdempotent(t *testing.T) {
	dir := t.TempDir()
	var first string
	for run := range 3 {
		s := open(t, dir)
		if _, err := s.SavePlan(t.Context(), &plan.Plan{Number: "1", Year: 2018}, "a.docx", []byte("a"), agency.Day{}, clerk); err != nil {
			t.Fatal(err)
		}
		got := dump(t, dir)
		if run == 0 {
			first = got
		} else if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("run %d (-first +this):\n%s", run, diff)
		}
	}
}

// A lost database is rebuilt with all versions of its plans.
func TestPlansAreRebuilt(t *testing.T) {
	dir := t.TempDir()
	once(t, dir, func(s *store.Store) {
		for _, title := range []string{"a", "b", "a"} {
			if _, err := s.SavePlan(t.Context(), &plan.Plan{Year: 2018, Title: title}, title+".docx", []byte(title), agency.Day{}, clerk); err != nil {
				t.Fatal(err)
			}
		}
	})
	before := dump(t, dir)
	remove(t, dir)
	once(t, dir, func(*store.Store) {})
	if diff := cmp.Diff(before, dump(t, dir)); diff != "" {
		t.Errorf("rebuilt (-before +after):\n%s", diff)
	}
}
