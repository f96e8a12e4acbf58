package pipeline

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

// AuditQuery says which entries of the audit trail are asked for; what is
// empty asks for all. Text is found with or without Vietnamese marks.
type AuditQuery struct {
	Who, Action, Subject, Text string
	From, Until                agency.Day
}

// Audit are the entries that fit, in the order in which things were done.
func (p *Pipeline) Audit(ctx context.Context, q AuditQuery) ([]store.AuditEntry, error) {
	asked := store.AuditQuery{Action: q.Action}
	if !q.From.IsZero() {
		asked.From = q.From.Start()
	}
	if !q.Until.IsZero() {
		asked.Until = q.Until.End().Add(-time.Nanosecond)
	}
	all, err := p.Store.Audit(ctx, asked)
	if err != nil {
		return nil, err
	}
	holds := func(text, part string) bool {
		return strings.Contains(viet.Loose(text), viet.Loose(part))
	}
	return list(slices.DeleteFunc(all, func(e store.AuditEntry) bool {
		return !holds(e.Who, q.Who) || !holds(e.Subject, q.Subject) ||
			!holds(strings.Join([]string{e.Who, e.Action, e.Subject, e.Before, e.After, e.Reason}, "\n"), q.Text)
	})), nil
}

// AuditWorkbook writes entries of the audit trail as a workbook. The same
// entries give the same bytes, but for none at all.
func (p *Pipeline) AuditWorkbook(w io.Writer, entries []store.AuditEntry) error {
	at := p.Now()
	rows := make([]report.AuditRow, len(entries))
	for i, e := range entries {
		rows[i] = report.AuditRow{
			Number: int(e.Seq), At: e.At, Who: e.Who, Via: e.Via, Action: e.Action, Subject: e.Subject,
			Before: e.Before, After: e.After, Reason: e.Reason, Hash: e.Hash,
		}
		at = e.At
	}
	doc, err := p.office.outline.Audit(rows, at)
	if err != nil {
		return err
	}
	renderer, err := p.office.renderer(agency.DayOf(at))
	if err != nil {
		return err
	}
	if err := renderer.XLSX(w, doc); err != nil {
		return fmt.Errorf("audit trail: %w", err)
	}
	return nil
}
