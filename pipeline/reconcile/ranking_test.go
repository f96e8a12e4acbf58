package reconcile

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

var weights = Ranking{
	Timeliness: 30, Completeness: 30, Completion: 40, InGrace: 50, AfterGrace: 20,
	Grades: []Grade{{"Tốt", 80}, {"Khá", 65}, {"Yếu", 0}},
}

// rankTerm closes on 14 March 2018; reports are due on the 15th and waited for
// until the 20th.
var rankTerm = plan.Term{
	Period: plan.Period{Year: 2018, Part: plan.Q1},
	Closes: agency.NewDay(2018, 3, 14), Due: agency.NewDay(2018, 3, 15), Grace: agency.NewDay(2018, 3, 20),
}

// ranked is the ranking of agencies that answer on an activity that fell due in
// February, and on one that ends with the year.
func ranked(w Ranking, states []AgencyState, statuses map[agency.ID]form.Progress) []string {
	due, running := Line{Activity: &plan.Activity{Code: "1.1.1", Start: 1, End: 2}}, Line{Activity: &plan.Activity{Code: "1.1.2", Start: 1, End: 12}}
	for _, s := range states {
		if status, ok := statuses[s.Agency]; ok {
			due.Answers = append(due.Answers, Answer{Agency: s.Agency, Role: Member, Status: status})
		}
		running.Answers = append(running.Answers, Answer{Agency: s.Agency, Role: Member, Status: form.NotStarted})
	}
	due.Answers = append(due.Answers, Answer{Agency: "snv", Role: Partner, Status: form.Done})
	in := Inputs{Plan: &plan.Plan{Year: 2018}, Term: rankTerm, Rules: Rules{Ranking: w}}
	var said []string
	for _, r := range rank(in, &Statement{Term: rankTerm, Agencies: states, Lines: []Line{due, running}}) {
		part := func(p *int) string {
			if p == nil {
				return "-"
			}
			return fmt.Sprint(*p)
		}
		said = append(said, fmt.Sprintf("%d %s %s %s %s = %s %s",
			r.Place, r.Agency, part(r.Timeliness), part(r.Completeness), part(r.Completion), part(r.Points), r.Grade))
	}
	return said
}

func accepted(id agency.ID, day, told, expected int) AgencyState {
	return AgencyState{
		Agency: id, State: StateAccepted, Received: time.Date(2018, 3, day, 3, 0, 0, 0, time.UTC),
		Due: rankTerm.Due, Grace: rankTerm.Grace, ActivitiesReported: told, ActivitiesExpected: expected,
	}
}

func TestRank(t *testing.T) {
	extended := accepted("sxd", 19, 3, 3)
	extended.Due, extended.Grace = agency.NewDay(2018, 3, 19), agency.NewDay(2018, 3, 19)
	held := accepted("stc", 14, 0, 3)
	held.State = StateHeld
	done := map[agency.ID]form.Progress{
		"snv": form.Done, "stp": form.Done, "svhttdl": form.Done, "syt": form.InProgress, "sct": "", "sgtvt": form.Nil, "sxd": form.Done, "stc": "",
	}
	got := ranked(weights, []AgencyState{
		accepted("snv", 15, 3, 3),
		accepted("stp", 16, 3, 3),     // within the grace days
		accepted("svhttdl", 20, 3, 3), // on the last of them
		accepted("syt", 21, 1, 3),     // after them: 20*30 + 33*30 = 1590
		{Agency: "sct", State: StateMissing, ActivitiesExpected: 3},
		accepted("sgtvt", 15, 2, 3), // nothing occurred: (100*30 + 67*30) / 60 = 83,5
		extended,
		held,
		{Agency: "ttt", State: StateMissing}, // nothing is expected of it and it sent nothing
	}, done)
	want := []string{
		"1 snv 100 100 100 = 100 Tốt",
		"1 sxd 100 100 100 = 100 Tốt",
		"3 stp 50 100 100 = 85 Tốt",
		"3 svhttdl 50 100 100 = 85 Tốt",
		"5 sgtvt 100 67 - = 84 Tốt",
		"6 syt 20 33 0 = 16 Yếu",
		"7 sct 0 0 0 = 0 Yếu",
		"7 stc 0 0 0 = 0 Yếu",
		"7 ttt 0 - - = 0 Yếu",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ranks (-want +got):\n%s", diff)
	}
}

func TestRankLeavesOutWhatCannotBeTold(t *testing.T) {
	states := []AgencyState{
		{Agency: "ttt", State: StateWaived},
		{Agency: "snv", State: StateWaived, ActivitiesExpected: 3},
		{Agency: "stp", State: StateNothing, Received: time.Date(2018, 3, 15, 16, 59, 0, 0, time.UTC), ActivitiesExpected: 1, ActivitiesReported: 1},
		{Agency: "syt", State: StateNothing, Received: time.Date(2018, 3, 15, 17, 0, 0, 0, time.UTC), ActivitiesExpected: 1, ActivitiesReported: 1},
	}
	want := []string{
		"1 stp 100 100 - = 100 Tốt", // 23:59 in Việt Nam on the due day; without days of its own the term's hold
		"2 syt 50 100 - = 75 Khá",   // 0:00 on the next
		"3 snv - 0 - = 0 Yếu",
		"0 ttt - - - = - ",
	}
	if diff := cmp.Diff(want, ranked(weights, states, nil)); diff != "" {
		t.Errorf("ranks (-want +got):\n%s", diff)
	}
	if got := ranked(Ranking{}, states, nil); got != nil {
		t.Errorf("without weights the agencies are ranked %v", got)
	}
}

// TestFallenDue holds that a deadline on the cut-off's own day has come.
func TestFallenDue(t *testing.T) {
	for day, want := range map[int]int{27: 0, 28: 1} {
		in := Inputs{Plan: &plan.Plan{Year: 2018}}
		s := &Statement{Term: plan.Term{Closes: agency.NewDay(2018, 2, day)}, Lines: []Line{
			{Activity: &plan.Activity{Start: 1, End: 2}, Answers: []Answer{{Agency: "snv", Role: Lead, Status: form.Done}}},
			{Activity: &plan.Activity{}, Answers: []Answer{{Agency: "snv", Role: Lead, Status: form.Done}}},
		}}
		if got := fallenDue(in, s)["snv"]; got.all != want || got.done != want {
			t.Errorf("at a cut-off on %d February %+v fell due, want %d", day, got, want)
		}
	}
}

func TestHalfUp(t *testing.T) {
	for _, c := range []struct{ a, b, want int }{{0, 3, 0}, {1, 3, 0}, {1, 2, 1}, {2, 3, 1}, {199, 2, 100}, {8350, 100, 84}, {8349, 100, 83}} {
		if got := halfUp(c.a, c.b); got != c.want {
			t.Errorf("%d/%d is %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
