package pipeline

import (
	"context"
	"fmt"
	"strings"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/report"
)

// receiptVersion tells which valid document of its agency and period this one
// is, and what it changes.
func (p *Pipeline) receiptVersion(ctx context.Context, d *report.ReceiptDocument, s form.Submission) error {
	all, err := p.Store.Submissions(ctx, s.Period, s.Arrived)
	if err != nil {
		return err
	}
	d.Version = 1
	var before *form.Submission
	for i, other := range all {
		if other.Agency == s.Agency && other.Outcome == form.Accept && other.SHA256 != s.SHA256 {
			d.Version++
			before = &all[i]
		}
	}
	if before == nil {
		return nil
	}
	d.Previous = printedTime(before.Arrived)
	changes, kept := p.changes(*before, s)
	d.Kept = kept
	d.MoreChanges = max(0, len(changes)-mostChanges)
	d.Changes = changes[:len(changes)-d.MoreChanges]
	return nil
}

// changes are what the newer of two submissions changes, in its order. An
// activity that it says nothing about keeps what the older one says: kept.
func (p *Pipeline) changes(before, after form.Submission) (all []report.ReceiptChange, kept []string) {
	old, named := map[plan.Code]form.Entry{}, map[plan.Code]bool{}
	for _, e := range before.Entries {
		if !e.Held {
			old[e.Activity] = e
		}
	}
	for _, e := range after.Entries {
		named[e.Activity] = true
		if !e.Held {
			all = append(all, p.entryChanges(e.Activity, old[e.Activity], e)...)
		}
	}
	for _, e := range before.Entries {
		if !e.Held && !named[e.Activity] {
			named[e.Activity] = true
			kept = append(kept, string(e.Activity))
		}
	}
	return all, kept
}

func (p *Pipeline) entryChanges(code plan.Code, was, is form.Entry) []report.ReceiptChange {
	millions := " " + p.office.receipt.Unit
	var all []report.ReceiptChange
	for _, f := range []struct{ key, before, after string }{
		{"status", p.progressWord(was.Status), p.progressWord(is.Status)},
		{"percent", figure(was.Percent, ""), figure(is.Percent, "")},
		{"spent", figure(was.Spent, millions), figure(is.Spent, millions)},
		{"spent_total", figure(was.SpentTotal, millions), figure(is.SpentTotal, millions)},
		{"text", oneLine(was.Text), oneLine(is.Text)},
		{"difficulty", oneLine(was.Difficulty), oneLine(is.Difficulty)},
		{"proposal", oneLine(was.Proposal), oneLine(is.Proposal)},
		{"evidence", oneLine(was.Evidence), oneLine(is.Evidence)},
	} {
		if f.before != f.after {
			before, after := shortened(f.before, f.after)
			all = append(all, report.ReceiptChange{
				Activity: string(code), What: p.office.outline.Figure[f.key], Before: before, After: after,
			})
		}
	}
	return all
}

// oneLine is what an agency wrote, on one line.
func oneLine(s string) string {
	return strings.Join(strings.Fields(shown(strings.ReplaceAll(s, "\n", " "))), " ")
}

// mostCompared is how many letters of a text are shown beside the text that it
// replaces.
const mostCompared = 120

// shortened are two texts that differ, cut so that one sees where: the beginning
// that they share is left out when it is long.
func shortened(a, b string) (string, string) {
	was, is := []rune(a), []rune(b)
	if len(was) <= mostCompared && len(is) <= mostCompared {
		return a, b
	}
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	from := max(0, same-mostCompared/4)
	cut := func(r []rune) string {
		s, lead := r[min(from, len(r)):], ""
		if from > 0 {
			lead = "…"
		}
		if len(s) > mostCompared {
			return lead + string(s[:mostCompared]) + "…"
		}
		return lead + string(s)
	}
	return cut(was), cut(is)
}

func (p *Pipeline) progressWord(s form.Progress) string {
	if s == "" {
		return ""
	}
	return p.office.outline.Progress[s]
}

// figure is a figure as it is written in Vietnamese, empty when there is none.
func figure[T fmt.Stringer](v *T, unit string) string {
	if v == nil {
		return ""
	}
	return strings.ReplaceAll((*v).String(), ".", ",") + unit
}
