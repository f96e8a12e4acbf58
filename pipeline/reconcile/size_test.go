package reconcile_test

import (
	"fmt"
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// provincial are the inputs of one period of a province: 52 activities, of which
// 12 are led by a group of 27, and 29 agencies, every second of which sends an
// amended report as well; with the figures of the period before and rulings.
func provincial(t testing.TB) reconcile.Inputs {
	t.Helper()
	var data agency.Data
	group := agency.Group{ID: "g-all", Name: "các cơ quan"}
	for i := range 29 {
		id := agency.ID(fmt.Sprintf("a%02d", i))
		name := fmt.Sprintf("Cơ quan %d", i)
		data.Agencies = append(data.Agencies, agency.Agency{ID: id, Names: []agency.Name{{Name: name, Short: name}}})
		if i < 27 {
			group.Members = append(group.Members, agency.Member{ID: id})
		}
	}
	data.Groups = []agency.Group{group}
	dir, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	p := &plan.Plan{Year: 2018}
	for n := range 52 {
		if n%8 == 0 {
			p.Fields = append(p.Fields, plan.Field{Code: plan.Code(fmt.Sprint(n/8 + 1)), Results: []plan.Result{{Code: plan.Code(fmt.Sprintf("%d.1", n/8+1))}}})
		}
		lead := data.Agencies[28-n%29].ID
		if n%4 == 0 && n < 48 {
			lead = "g-all"
		}
		result := &p.Fields[len(p.Fields)-1].Results[0]
		result.Activities = append(result.Activities, plan.Activity{
			Code: plan.Code(fmt.Sprintf("%s.%d", result.Code, n%8+1)), Leads: []agency.ID{lead},
			Partners: []agency.ID{data.Agencies[(n+7)%29].ID}, Start: 1, End: plan.Month(n%12 + 1), Budget: million(float64(n * 2)),
			Indicator: "80% trở lên",
		})
	}
	in := reconcile.Inputs{Plan: p, Directory: dir, Term: term(t), AsOf: at(20), Rules: reconcile.Rules{Findings: reconcile.DefaultRules()}}
	past := reconcile.Figures{Kind: reconcile.Previous, Term: plan.Term{Period: plan.Period{Year: 2018, Part: plan.Q4}}}
	for i, a := range data.Agencies {
		s := form.Submission{SHA256: fmt.Sprintf("%064d", i), File: string(a.ID) + ".xlsx", Agency: a.ID, Arrived: at(14 + i%4), Outcome: form.Accept}
		for _, e := range p.Expected(dir, in.Term, nil) {
			if e.Agency == a.ID {
				row := len(s.Entries) + 9
				s.Entries = append(s.Entries, form.Entry{
					Activity: e.Activity.Code, Status: form.InProgress, Spent: million(float64(row)), Text: "Đã thực hiện theo kế hoạch.",
					Place: finding.Place{File: s.File, Sheet: "S", Cell: fmt.Sprintf("B%d", row), Row: row},
				})
				past.Answers = append(past.Answers, reconcile.PastAnswer{Agency: a.ID, Activity: e.Activity.Code, Status: form.NotStarted, Used: million(1)})
			}
		}
		s.RowsRead = len(s.Entries)
		in.Submissions = append(in.Submissions, s)
		if i%2 == 0 {
			s.SHA256, s.Arrived = fmt.Sprintf("%064d", 100+i), at(18)
			in.Submissions = append(in.Submissions, s)
		}
		in.Rulings = append(in.Rulings, reconcile.Ruling{
			ID: fmt.Sprintf("r%d", i+1), Kind: reconcile.Correct, Period: in.Term.Period, Agency: a.ID,
			Activity: s.Entries[0].Activity, Figure: reconcile.FigureSpent, Value: "3.5", At: at(19),
		})
	}
	in.Earlier = []reconcile.Figures{past}
	return in
}

func TestProvincialSize(t *testing.T) {
	s := statement(t, provincial(t))
	if answers := s.Total.InProgress; len(s.Lines) != 52 || len(s.Leads) != 29 || answers != 52 {
		t.Errorf("%d lines, %d agencies, %d activities in progress, want 52, 29 and 52", len(s.Lines), len(s.Leads), answers)
	}
	if len(s.Corrected) != 29 {
		t.Errorf("%d corrections, want one an agency", len(s.Corrected))
	}
}

func BenchmarkReconcile(b *testing.B) {
	in := provincial(b)
	b.ReportAllocs()
	for b.Loop() {
		reconcile.Reconcile(in)
	}
}
