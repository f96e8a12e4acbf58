package reconcile

import (
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// correctedFigures are the figures that findings of a family of codes are
// about.
var correctedFigures = []struct {
	prefix  string
	figures []Figure
}{
	{"money-", []Figure{FigureSpent, FigureSpentTotal}},
	{"formula-without-value", []Figure{FigureSpent, FigureSpentTotal, FigurePercent}},
	{"percent-", []Figure{FigurePercent}},
	{"status-", []Figure{FigureStatus}},
	{"date-", []Figure{FigureDoneOn}},
}

// corrects is the ID of the ruling that gives the figure which a finding says
// is not understood. A document that arrived after it is not settled by it.
func (r *reckoning) corrects(s form.Submission, f finding.Finding) string {
	for _, c := range correctedFigures {
		if f.Activity == "" || !strings.HasPrefix(f.Code, c.prefix) {
			continue
		}
		for _, figure := range c.figures {
			ruling, ok := r.figures[figureKey{key{plan.Code(f.Activity), s.Agency}, figure}]
			if ok && !s.Arrived.After(ruling.At) {
				return ruling.ID
			}
		}
	}
	return ""
}
