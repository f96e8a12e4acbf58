package reconcile

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// timing judges an activity at the cut-off. The deadline of "Tháng N" is the
// last day of that month of the plan's year, so an activity that ends in June
// is not overdue in the 6-month report, which closes on 14 June.
//
// An activity done on a day that nobody wrote down is on time while its last
// month lasts; afterwards nobody can tell, and its timing is empty. So it is of
// an agency to which nothing occurred. [NoLimit] is for a plan without months.
func timing(p *plan.Plan, a *plan.Activity, status form.Progress, done, closes agency.Day) Timing {
	deadline := a.Deadline(p.Year)
	switch {
	case deadline.IsZero():
		return NoLimit
	case status == form.Nil:
		return ""
	case status == form.Done:
		return timingDone(deadline, done, closes)
	case closes.After(deadline):
		return Overdue
	case closes.Before(a.Begins(p.Year)):
		return NotBegun
	default:
		return Running
	}
}

func timingDone(deadline, done, closes agency.Day) Timing {
	lastMonth := agency.NewDay(deadline.Year, deadline.Month, 1)
	if done.IsZero() {
		switch {
		case closes.Before(lastMonth):
			return Early
		case !closes.After(deadline):
			return OnTime
		default:
			return ""
		}
	}
	switch {
	case done.Before(lastMonth):
		return Early
	case !done.After(deadline):
		return OnTime
	default:
		return Late
	}
}
