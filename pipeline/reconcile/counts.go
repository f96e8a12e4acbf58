package reconcile

import (
	"github.com/shopspring/decimal"

	"baocao/pipeline/plan"
)

// Timings counts activities by how they stand against their months. Those that are
// overdue are counted by [Sum].
type Timings struct {
	Early, OnTime, Late, Running, NotBegun, NoLimit int
	Untold                                          int // of which it cannot be told
}

func (n *Timings) count(t Timing) {
	switch t {
	case Early:
		n.Early++
	case OnTime:
		n.OnTime++
	case Late:
		n.Late++
	case Running:
		n.Running++
	case NotBegun:
		n.NotBegun++
	case NoLimit:
		n.NoLimit++
	case "":
		n.Untold++
	}
}

// DonePercent is the part of the activities that is done, rounded to a tenth of a
// per cent; nil where there are none.
func (s Sum) DonePercent() *plan.Percent { return tenths(int64(s.Done), int64(s.Activities)) }

// UsedPercent is UsedPlanned in per cent of Budget, rounded to a tenth; nil where
// either is unsaid or the budget is 0.
func (s Sum) UsedPercent() *plan.Percent {
	if s.UsedPlanned == nil || s.Budget == nil {
		return nil
	}
	return tenths(int64(*s.UsedPlanned), int64(*s.Budget))
}

// tenths is part of whole in per cent, rounded to a tenth; nil of nothing.
func tenths(part, whole int64) *plan.Percent {
	if whole == 0 {
		return nil
	}
	p := plan.PercentOf(decimal.NewFromInt(part).Shift(2).DivRound(decimal.NewFromInt(whole), 1))
	return &p
}
