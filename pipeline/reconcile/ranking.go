package reconcile

import (
	"cmp"
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// rank scores the agencies by the office's weights (xếp loại), best first. All
// parts are whole points, rounded half up, and the sum is reckoned from the
// rounded parts, so that a reader can reckon it again from what is printed.
// Parts that cannot be told are left out, and so are their weights. Agencies
// with the same points share a place and the next place is left out: 1, 1, 3.
// One without points stands at the end and has no place. An office without
// weights ranks nobody.
func rank(in Inputs, s *Statement) []Rank {
	w := in.Rules.Ranking
	if w.Timeliness+w.Completeness+w.Completion == 0 {
		return nil
	}
	due := fallenDue(in, s)
	var all []Rank
	for _, a := range s.Agencies {
		r := Rank{Agency: a.Agency, Timeliness: w.timeliness(in.Term, a)}
		if a.ActivitiesExpected > 0 {
			r.Completeness = share(a.ActivitiesReported, a.ActivitiesExpected)
		}
		if d := due[a.Agency]; d.all > 0 {
			r.Completion = share(d.done, d.all)
		}
		r.Points = w.points(r)
		if r.Points != nil {
			r.Grade = w.grade(*r.Points)
		}
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b Rank) int { return cmp.Compare(order(b), order(a)) })
	for i := range all {
		switch {
		case all[i].Points == nil:
		case i > 0 && order(all[i-1]) == order(all[i]):
			all[i].Place = all[i-1].Place
		default:
			all[i].Place = i + 1
		}
	}
	return all
}

func order(r Rank) int {
	if r.Points == nil {
		return -1
	}
	return *r.Points
}

// timeliness scores the arrival of the first valid document against the agency's
// own days. An agency without a valid document has 0; of one that the period may
// be issued without it cannot be told.
func (w Ranking) timeliness(term plan.Term, a AgencyState) *int {
	due, grace := a.Due, a.Grace
	if due.IsZero() {
		due = term.Due
	}
	if grace.IsZero() {
		grace = term.Grace
	}
	points := 0
	switch on := agency.DayOf(a.Received); {
	case a.State == StateWaived:
		return nil
	case a.State != StateAccepted && a.State != StateNothing:
	case !on.After(due):
		points = 100
	case !on.After(grace):
		points = w.InGrace
	default:
		points = w.AfterGrace
	}
	return &points
}

// fell counts an agency's activities that fell due, and those of them done.
type fell struct{ done, all int }

// fallenDue are the activities expected of each agency whose last month ended on
// or before the cut-off. Done late is done; what did not occur fell due for
// nobody.
func fallenDue(in Inputs, s *Statement) map[agency.ID]fell {
	due := map[agency.ID]fell{}
	for _, l := range s.Lines {
		deadline := l.Activity.Deadline(in.Plan.Year)
		if deadline.IsZero() || deadline.After(s.Term.Closes) {
			continue
		}
		for _, a := range l.Answers {
			if a.Role == Partner || a.Status == form.Nil {
				continue
			}
			d := due[a.Agency]
			d.all++
			if a.Status == form.Done {
				d.done++
			}
			due[a.Agency] = d
		}
	}
	return due
}

// points is the weighed mean of the parts that can be told, nil when none of
// those has a weight.
func (w Ranking) points(r Rank) *int {
	sum, weights := 0, 0
	for _, part := range []struct {
		points *int
		weight int
	}{{r.Timeliness, w.Timeliness}, {r.Completeness, w.Completeness}, {r.Completion, w.Completion}} {
		if part.points != nil {
			sum += *part.points * part.weight
			weights += part.weight
		}
	}
	if weights == 0 {
		return nil
	}
	p := halfUp(sum, weights)
	return &p
}

func (w Ranking) grade(points int) string {
	for _, g := range w.Grades {
		if points >= g.From {
			return g.Name
		}
	}
	return ""
}

// share is n of all in points.
func share(n, all int) *int {
	p := halfUp(n*100, all)
	return &p
}

// halfUp is a/b rounded, halves upwards; neither is below 0.
func halfUp(a, b int) int { return (2*a + b) / (2 * b) }

func (w Ranking) check() error {
	fault := func(key, reason string) error { return &RulesFault{"ranking." + key, reason} }
	for _, p := range []struct {
		key    string
		points int
	}{
		{"timeliness", w.Timeliness}, {"completeness", w.Completeness}, {"completion", w.Completion},
		{"in_grace", w.InGrace}, {"after_grace", w.AfterGrace},
	} {
		if p.points < 0 || p.points > 100 {
			return fault(p.key, "want a number from 0 to 100")
		}
	}
	switch {
	case w.Timeliness+w.Completeness+w.Completion != 100:
		return fault("timeliness", "the weights timeliness, completeness and completion do not add up to 100")
	case w.AfterGrace > w.InGrace:
		return fault("after_grace", "more points than in_grace")
	case len(w.Grades) == 0:
		return fault("grades", "no grades")
	case w.Grades[len(w.Grades)-1].From != 0:
		return fault(gradeKey(len(w.Grades)-1, "from"), "the last grade must begin at 0")
	}
	for i, g := range w.Grades {
		switch {
		case g.Name == "":
			return fault(gradeKey(i, "name"), "a grade without a name")
		case g.From > 100 || i > 0 && g.From >= w.Grades[i-1].From:
			return fault(gradeKey(i, "from"), "want grades from the best down, each with fewer points than the one above, at most 100")
		}
	}
	return nil
}

func gradeKey(i int, key string) string { return fmt.Sprintf("grades[%d].%s", i, key) }
