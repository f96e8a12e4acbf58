package pipeline

import (
	"errors"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/store"
)

// ClosedError is the error of a change to a period that is issued, with the
// sentence that everybody is told: by mail, on the page and at the command
// line.
type ClosedError struct {
	Sentence string // Vietnamese
	err      error
}

func (e *ClosedError) Error() string { return e.err.Error() }

// Unwrap is the store's error, which matches [store.ErrClosed].
func (e *ClosedError) Unwrap() error { return e.err }

// closed gives an error about an issued period its sentence.
func (p *Pipeline) closed(err error) error {
	var c *store.ClosedError
	if !errors.As(err, &c) {
		return err
	}
	return &ClosedError{p.Say(p.closedFinding(c.Issue)), err}
}

// ClosedSentence is what is said of a period that is issued, to everybody
// alike; empty for one that is not.
func (p *Pipeline) ClosedSentence(g store.Gate) string {
	if !g.Closed() {
		return ""
	}
	return p.Say(p.closedFinding(*g.Issue))
}

func (p *Pipeline) closedFinding(i store.Issue) finding.Finding {
	return finding.Finding{
		Code: "period-closed", Level: finding.Warning, Got: p.periodName(i.Period),
		Want: strings.NewReplacer("{revision}", strconv.Itoa(i.Revision), "{day}", printedDay(agency.DayOf(i.ApprovedAt))).Replace(p.office.mark.Issued),
	}
}
