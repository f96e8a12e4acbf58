package reconcile

import (
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// target is the number that the activity's indicator names, that of its result
// where the activity has no indicator of its own, and how the answers stand to
// it:
//
//   - met when every one expected told a percentage and all reach it;
//   - not met when one of them told less although it says that it is done, or the
//     last month is over at the cut-off;
//   - else not measurable: work that goes on has not failed yet.
//
// Members to whom nothing occurred are left out.
// A percentage above what "80%" says meets it as well as one above "80% trở lên".
func (r *reckoning) target(l *Line) (*plan.Target, Met) {
	indicator := l.Activity.Indicator
	if plainWords(indicator) == "" {
		indicator = r.Plan.Fields[l.Field].Results[l.Result].Indicator
	}
	t := plan.ParseTarget(indicator)
	if t == nil {
		return nil, ""
	}
	var asked, reached int
	short := false
	deadline := l.Activity.Deadline(r.Plan.Year)
	over := !deadline.IsZero() && r.Term.Closes.After(deadline)
	for _, a := range l.Answers {
		if a.Role == Partner || a.Status == form.Nil {
			continue
		}
		asked++
		switch {
		case a.Percent == nil:
		case *a.Percent >= t.Percent:
			reached++
		default:
			short = short || over || a.Status == form.Done
		}
	}
	switch {
	case short:
		return t, TargetNotMet
	case asked > 0 && reached == asked:
		return t, TargetMet
	}
	return t, NotMeasurable
}
