package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// statements is how many random statements each property is tried on.
const statements = 1500

var (
	codes    = []plan.Code{"1.1.1", "1.1.2", "2.1.1"}
	ids      = []agency.ID{"snv", "stp", "syt", ""}
	statuses = []form.Progress{form.Done, form.Done, form.InProgress, form.NotStarted, form.Paused, form.Nil, ""}
)

func pick[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

// maybe is an amount, 0 or nothing.
func maybe(r *rand.Rand) *plan.Dong {
	if r.IntN(3) == 0 {
		return nil
	}
	return million(float64(r.IntN(100)) / 4)
}

// randomInputs are documents good and bad, an earlier period and rulings, of
// which some are about nothing that is there.
func randomInputs(t testing.TB, seed uint64) (reconcile.Inputs, *rand.Rand) {
	r := rand.New(rand.NewPCG(seed, 1))
	var subs []form.Submission
	for range r.IntN(8) {
		subs = append(subs, randomSubmission(r))
	}
	in := inputs(t, subs...)
	in.Term.Whole = r.IntN(2) == 0
	if r.IntN(2) == 0 {
		in.Earlier = []reconcile.Figures{randomFigures(r)}
	}
	if r.IntN(4) == 0 {
		in.Frequency = []plan.Frequency{{Agencies: []agency.ID{pick(r, ids[:3]...)}, Activities: []plan.Code{pick(r, codes...)}}}
	}
	for i := range r.IntN(6) {
		in.Rulings = append(in.Rulings, randomRuling(r, i+1, in))
	}
	return in, r
}

func randomSubmission(r *rand.Rand) form.Submission {
	s := form.Submission{
		SHA256: fmt.Sprintf("%064x", r.Uint64()), Arrived: at(10 + r.IntN(9)),
		Outcome: pick(r, form.Accept, form.Accept, form.Accept, form.Review, form.Reject, form.Ignore),
		Agency:  pick(r, ids...), Nothing: r.IntN(6) == 0,
	}
	s.File = s.SHA256[56:] + ".xlsx"
	row := 5
	place := func() finding.Place {
		row++
		return finding.Place{File: s.File, Sheet: "S", Cell: fmt.Sprintf("B%d", row), Row: row}
	}
	for range r.IntN(5) {
		e := form.Entry{
			Activity: pick(r, codes...), Status: pick(r, statuses...), Held: r.IntN(5) == 0,
			Spent: maybe(r), SpentTotal: maybe(r), Place: place(),
		}
		if e.Status == form.Done && r.IntN(2) == 0 {
			e.DoneOn = agency.NewDay(2018, time.Month(1+r.IntN(4)), 1+r.IntN(28))
		}
		s.Entries = append(s.Entries, e)
		if e.Held {
			s.Findings = append(s.Findings, finding.Finding{Code: "status-unclear", Level: finding.Error, Place: e.Place, Activity: string(e.Activity)})
		}
	}
	for range r.IntN(3) {
		s.SetAside = append(s.SetAside, form.Row{Place: place(), Reason: form.Unknown, Spent: maybe(r)})
	}
	return s
}

// randomFigures are those of the months before, of the same year.
func randomFigures(r *rand.Rand) reconcile.Figures {
	f := reconcile.Figures{Kind: reconcile.Previous, Term: plan.Term{
		Period: plan.Period{Year: 2018, Part: plan.Q4}, Closes: agency.NewDay(2017, 12, 13+r.IntN(2)),
	}}
	for _, code := range codes {
		for _, id := range ids[:3] {
			if r.IntN(2) == 0 {
				f.Answers = append(f.Answers, reconcile.PastAnswer{Agency: id, Activity: code, Status: pick(r, statuses...), Used: maybe(r)})
			}
		}
	}
	return f
}

func randomRuling(r *rand.Rand, n int, in reconcile.Inputs) reconcile.Ruling {
	ruling := reconcile.Ruling{
		ID: fmt.Sprintf("r%d", n), Period: in.Term.Period, At: at(10 + r.IntN(9)), Reason: "x",
		Kind: pick(r, reconcile.Release, reconcile.Release, reconcile.SetAside, reconcile.Correct, reconcile.Correct,
			reconcile.Extend, reconcile.WaiveGap, reconcile.Assign, reconcile.WaiveRule),
	}
	switch ruling.Kind {
	case reconcile.Release, reconcile.SetAside, reconcile.Assign:
		ruling.SHA256 = "none"
		if len(in.Submissions) > 0 {
			ruling.SHA256 = pick(r, in.Submissions...).SHA256
		}
		if r.IntN(2) == 0 {
			ruling.Sheet, ruling.Row = "S", 6+r.IntN(6)
		}
	case reconcile.Correct:
		ruling.Agency, ruling.Activity = pick(r, ids[:3]...), pick(r, codes...)
		ruling.Figure = pick(r, reconcile.FigureSpent, reconcile.FigureSpentTotal, reconcile.FigureStatus, reconcile.FigureDoneOn)
		ruling.Value = map[reconcile.Figure][]string{
			reconcile.FigureSpent: {"", "0", "7.5", "-1"}, reconcile.FigureSpentTotal: {"", "0", "99.25", "x"},
			reconcile.FigureStatus: {"done", "in_progress", "nil"}, reconcile.FigureDoneOn: {"2018-02-02", "2018-03-15", ""},
		}[ruling.Figure][r.IntN(3)]
	default:
		ruling.Agency, ruling.Until, ruling.Rule = pick(r, ids[:3]...), agency.NewDay(2018, 3, 10+r.IntN(15)), "not-expected"
	}
	return ruling
}

// same fails unless two statements are the same to the last finding.
func same(t *testing.T, seed uint64, what string, was, is *reconcile.Statement) {
	t.Helper()
	if reflect.DeepEqual(was, is) {
		return
	}
	if diff := cmp.Diff(was, is, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("seed %d: %s (-was +is):\n%s", seed, what, diff)
	}
}

func hash(t *testing.T, in reconcile.Inputs) string {
	t.Helper()
	h, err := in.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestOrderDoesNotMatter(t *testing.T) {
	for seed := range uint64(statements) {
		in, r := randomInputs(t, seed)
		was, data := reconcile.Reconcile(in), hash(t, in)
		in.Submissions, in.Rulings = slices.Clone(in.Submissions), slices.Clone(in.Rulings)
		r.Shuffle(len(in.Submissions), func(i, j int) {
			in.Submissions[i], in.Submissions[j] = in.Submissions[j], in.Submissions[i]
		})
		r.Shuffle(len(in.Rulings), func(i, j int) { in.Rulings[i], in.Rulings[j] = in.Rulings[j], in.Rulings[i] })
		same(t, seed, "another order of documents and rulings changes the statement", was, reconcile.Reconcile(in))
		if again := hash(t, in); again != data {
			t.Fatalf("seed %d: another order changes the hash %s into %s", seed, data, again)
		}
	}
}

func TestADocumentCountsOnce(t *testing.T) {
	for seed := range uint64(statements) {
		in, r := randomInputs(t, seed)
		if len(in.Submissions) == 0 {
			continue
		}
		was, data := reconcile.Reconcile(in), hash(t, in)
		again := pick(r, in.Submissions...)
		again.Arrived = again.Arrived.Add(time.Duration(r.IntN(99)) * time.Hour)
		in.Submissions = append(slices.Clone(in.Submissions), again)
		same(t, seed, "a document given twice changes the statement", was, reconcile.Reconcile(in))
		if h := hash(t, in); h != data {
			t.Fatalf("seed %d: a document given twice changes the hash %s into %s", seed, data, h)
		}
	}
}

// TestSumsAgree holds that nothing is lost between the lines, the results, the
// fields and the whole, and that control totals balance whatever was ruled.
func TestSumsAgree(t *testing.T) {
	for seed := range uint64(statements) {
		in, _ := randomInputs(t, seed)
		s := reconcile.Reconcile(in)
		if err := s.Control.Check(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var lines reconcile.Sum
		for _, l := range s.Lines {
			plus(&lines.Spent, l.Spent)
			plus(&lines.SpentTotal, l.SpentTotal)
			plus(&lines.Used, l.Used)
		}
		if !reflect.DeepEqual([]*plan.Dong{lines.Spent, lines.SpentTotal, lines.Used}, []*plan.Dong{s.Total.Spent, s.Total.SpentTotal, s.Total.Used}) {
			t.Fatalf("seed %d: the lines add up to %v, the total is %v", seed, lines, s.Total)
		}
		if n := s.Total.Timings; n.Early+n.OnTime+n.Late+n.Running+n.NotBegun+n.NoLimit+n.Untold+s.Total.Overdue != s.Total.Activities {
			t.Fatalf("seed %d: timings %+v and %d overdue, want them to be all %d activities", seed, n, s.Total.Overdue, s.Total.Activities)
		}
		for what, parts := range map[string][]reconcile.Sum{"fields": s.Fields, "results": s.Results} {
			if sum := together(parts); !reflect.DeepEqual(s.Total, sum) {
				t.Fatalf("seed %d: the %s do not add up to the total (-total +sum):\n%s", seed, what, cmp.Diff(s.Total, sum))
			}
		}
		var leads []reconcile.Sum
		for _, l := range s.Leads {
			leads = append(leads, l.Sum)
		}
		if diff := cmp.Diff(s.Total.Used, together(leads).Used); diff != "" {
			t.Fatalf("seed %d: the agencies' money does not add up (-total +sum):\n%s", seed, diff)
		}
	}
}

func plus(sum **plan.Dong, d *plan.Dong) {
	if d == nil {
		return
	}
	if *sum == nil {
		*sum = new(plan.Dong)
	}
	**sum += *d
}

func together(parts []reconcile.Sum) reconcile.Sum {
	var all reconcile.Sum
	for _, p := range parts {
		all.Activities += p.Activities
		all.Done += p.Done
		all.InProgress += p.InProgress
		all.NotStarted += p.NotStarted
		all.Paused += p.Paused
		all.NotReported += p.NotReported
		all.NotAsked += p.NotAsked
		all.Overdue += p.Overdue
		all.Timings.Early += p.Timings.Early
		all.Timings.OnTime += p.Timings.OnTime
		all.Timings.Late += p.Timings.Late
		all.Timings.Running += p.Timings.Running
		all.Timings.NotBegun += p.Timings.NotBegun
		all.Timings.NoLimit += p.Timings.NoLimit
		all.Timings.Untold += p.Timings.Untold
		plus(&all.Budget, p.Budget)
		plus(&all.Spent, p.Spent)
		plus(&all.SpentTotal, p.SpentTotal)
		plus(&all.Used, p.Used)
		plus(&all.UsedPlanned, p.UsedPlanned)
		plus(&all.UsedCarried, p.UsedCarried)
	}
	return all
}

// TestAnAnswerTouchesItsLineOnly takes away all that one agency says of one
// activity.
func TestAnAnswerTouchesItsLineOnly(t *testing.T) {
	for seed := range uint64(statements) {
		in, r := randomInputs(t, seed)
		was := reconcile.Reconcile(in)
		id, code := pick(r, ids[:3]...), pick(r, codes...)
		in.Submissions = slices.Clone(in.Submissions)
		for i := range in.Submissions {
			s := &in.Submissions[i]
			if s.Agency == id {
				s.Entries = slices.DeleteFunc(slices.Clone(s.Entries), func(e form.Entry) bool { return e.Activity == code })
				s.RowsRead = len(s.Entries) + len(s.SetAside)
			}
		}
		is := reconcile.Reconcile(in)
		for i, l := range is.Lines {
			if l.Activity.Code == code {
				continue
			}
			if !reflect.DeepEqual(was.Lines[i], l) {
				t.Fatalf("seed %d: without %s on %s, %s changes:\n%s", seed, id, code, l.Activity.Code, cmp.Diff(was.Lines[i], l))
			}
		}
		others := func(s *reconcile.Statement) []reconcile.AgencySum {
			return slices.DeleteFunc(slices.Clone(s.Leads), func(l reconcile.AgencySum) bool { return l.Agency == id })
		}
		if !reflect.DeepEqual(others(was), others(is)) {
			t.Fatalf("seed %d: without %s on %s, the sums of others change:\n%s", seed, id, code, cmp.Diff(others(was), others(is)))
		}
	}
}

// TestUndoneRulingsLeaveNothing holds that a ruling stands beside what was read:
// the inputs are not changed, and without it everything is as before.
func TestUndoneRulingsLeaveNothing(t *testing.T) {
	changed := 0
	for seed := range uint64(statements) {
		in, _ := randomInputs(t, seed)
		ruled := in
		in.Rulings = nil
		was, data := reconcile.Reconcile(in), hash(t, ruled)
		is := reconcile.Reconcile(ruled)
		if h := hash(t, ruled); h != data {
			t.Fatalf("seed %d: Reconcile changes its inputs", seed)
		}
		if !reflect.DeepEqual(was, is) {
			changed++
		}
		same(t, seed, "rulings undone leave traces", was, reconcile.Reconcile(in))
		other := ruled
		other.Rulings = slices.Clone(ruled.Rulings)
		for i := range other.Rulings {
			other.Rulings[i].Period = plan.Period{Year: 2018, Part: plan.Q3}
		}
		same(t, seed, "rulings of another period count", was, reconcile.Reconcile(other))
	}
	if changed < statements/4 {
		t.Errorf("rulings changed %d of %d statements: too few to prove anything", changed, statements)
	}
}
