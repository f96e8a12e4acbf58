package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
)

// outboxView is deliver --list --json.
type outboxView struct {
	Letters   []pipeline.PostedView `json:"letters"` // one for each recipient, in the order of the queue
	Attention []pipeline.Attention  `json:"attention"`
}

// stateOrder is the states as they are listed: what needs a clerk first.
var stateOrder = []deliver.State{
	deliver.Failed, deliver.Bounced, deliver.MaybeSent, deliver.Sending, deliver.Queued, deliver.Withdrawn, deliver.Sent,
}

// mostListed is how many sent letters the table shows; --json has them all.
const mostListed = 50

// listLetters shows the outbox and what a clerk must look at. It changes
// nothing, and needs no mail server.
func (a *app) listLetters(ctx context.Context, p *pipeline.Pipeline, asJSON bool) error {
	v := outboxView{Letters: []pipeline.PostedView{}, Attention: []pipeline.Attention{}}
	if p.Store != nil {
		var err error
		if v.Letters, err = p.Letters(ctx); err != nil {
			return err
		}
		if v.Attention, err = p.Attention(ctx, p.Now()); err != nil {
			return err
		}
	}
	if asJSON {
		return a.printJSON(v)
	}
	if err := a.printLetters(v.Letters); err != nil {
		return err
	}
	a.printNeeds(v.Attention)
	return nil
}

// printLetters prints a table of the letters by state; of those that were sent
// the last ones.
func (a *app) printLetters(letters []pipeline.PostedView) error {
	counts := map[deliver.State]int{}
	for _, l := range letters {
		counts[l.State]++
	}
	fmt.Fprint(a.stdout, "Letters:")
	for i, state := range stateOrder {
		fmt.Fprintf(a.stdout, "%s %d %s", map[bool]string{true: ",", false: ""}[i > 0], counts[state], state)
	}
	fmt.Fprintln(a.stdout)
	if len(letters) == 0 {
		return nil
	}
	sorted := slices.SortedStableFunc(slices.Values(letters), func(a, b pipeline.PostedView) int {
		return cmp.Compare(slices.Index(stateOrder, a.State), slices.Index(stateOrder, b.State))
	})
	first := max(0, counts[deliver.Sent]-mostListed)
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tSTATE\tTO\tQUEUED\tSENT\tTRIES\tNEXT TRY\tSUBJECT\tANSWER")
	for i, l := range sorted {
		if i >= len(sorted)-counts[deliver.Sent] && i < len(sorted)-counts[deliver.Sent]+first {
			continue
		}
		state := string(l.State)
		if l.Twice {
			state += " (maybe twice)"
		}
		if l.WithdrawnFor != "" {
			state += " (" + l.WithdrawnFor + ")"
		}
		fmt.Fprintf(w, "%.12s\t%s\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n",
			l.ID, state, l.To, minute(&l.Queued), minute(l.Sent), l.Attempts, minute(l.NextTry), l.Subject, l.Answer)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if first > 0 {
		fmt.Fprintf(a.stdout, "and %d sent before\n", first)
	}
	return nil
}

// minute is a time as a table shows it, empty for none.
func minute(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.In(agency.Zone).Format("2006-01-02 15:04")
}

// printNeeds prints what a clerk must look at.
func (a *app) printNeeds(all []pipeline.Attention) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(a.stdout, "\nNeed attention: %d\n", len(all))
	for _, n := range all {
		fmt.Fprintf(a.stdout, "  %s\n    %s\n", n.Message, n.Advice)
	}
}

// alarm logs what lies for too long or was given up, one line each, where a
// person or a watching program sees it.
func (a *app) alarm(ctx context.Context, p *pipeline.Pipeline) error {
	if p.Store == nil {
		return nil
	}
	all, err := p.Attention(ctx, p.Now())
	if err != nil {
		return err
	}
	for _, n := range all {
		p.Log.Warn("attention", "kind", n.Kind, "ref", n.Reference, "since", n.Since.Format(time.RFC3339),
			"alarm", n.Alarm, "who", n.Who, "message", n.Message)
	}
	return nil
}
