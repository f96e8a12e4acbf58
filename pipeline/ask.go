package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/store"
)

// letterCorrection asks an agency to look at something in its report again.
const (
	letterCorrection              = "correction"
	kindCorrection   deliver.Kind = "correction"
)

// ActionAsk is the audit's name for asking an agency for a correction.
const ActionAsk = "ask"

// ErrNoAddressee is the error of an agency that cannot be written to.
var ErrNoAddressee = errors.New("the directory has no address to write to")

// Ask writes to the agency of a document or of one of its rows, as
// [Pipeline.Held] or a statement names it, and asks for a correction in the
// clerk's words. The same question about the same place is asked once. What was
// asked stands in the audit; the answer arrives as the next version, and the
// receipt and diff show old and new.
func (p *Pipeline) Ask(ctx context.Context, item, question, toMe string, who store.Actor) (Mailed, error) {
	m := mailer{Pipeline: p, toMe: toMe, done: Mailed{Letters: []MailedView{}, Skipped: []NotMailed{}}}
	if p.Outgoing == nil {
		return m.done, ErrNoPost
	}
	if strings.TrimSpace(question) == "" {
		return m.done, errors.New("a question needs words: what the agency is to look at")
	}
	if p.DryRun {
		m.folder = filepath.Join(p.Out, "dry-run")
	}
	s, at, err := p.find(ctx, item)
	if err != nil {
		return m.done, err
	}
	if s.Agency == "" {
		return m.done, fmt.Errorf("ask about %s: it is not known whose the document is; assign an agency to it", item)
	}
	name := p.office.directory.Name(s.Agency, agency.DayOf(p.Now()))
	to, ok := p.addressOf(s.Agency, name)
	if !ok {
		return m.done, fmt.Errorf("ask about %s: %s: %w", item, s.Agency, ErrNoAddressee)
	}
	asked := sha256.Sum256([]byte(strings.Join(strings.Fields(question), " ")))
	key := fmt.Sprintf("ask:%s:%s:%d:%x", s.SHA256[:16], at.Sheet, at.Row, asked[:6])
	if known, err := m.written(ctx, key); err != nil || known {
		m.done.Known += count(known)
		return m.done, err
	}
	facts := letterFacts{
		Agency: name, Period: p.periodName(s.Period), File: s.File, Question: strings.TrimSpace(question),
		Reply: p.Outgoing.From.Address, Place: p.rowPlace(at), Found: p.foundAt(s, at),
	}
	err = m.write(ctx, s.Agency, letterCorrection, deliver.Letter{Kind: kindCorrection, Key: key, To: []mail.Address{to}}, facts)
	if err != nil || m.folder != "" || toMe != "" {
		return m.done, err
	}
	return m.done, p.Store.Record(ctx, store.AuditEntry{
		At: who.At, Who: who.Name, Via: who.Via, Action: ActionAsk, Subject: strings.TrimSpace(s.Period.String() + " " + item),
		Before: strings.Join(facts.Found, "\n"), After: to.Address, Reason: facts.Question,
	})
}

// rowPlace is a row as a reader finds it; empty for a whole document.
func (p *Pipeline) rowPlace(at Target) string {
	if at.Row == 0 {
		return ""
	}
	said := p.Say(finding.Finding{Code: "row-asked", Place: finding.Place{Sheet: at.Sheet, Row: at.Row}, Got: fmt.Sprint(at.Row), Want: at.Sheet})
	return strings.TrimSuffix(said, ".")
}

// foundAt are the sentences about a row, or about a whole document.
func (p *Pipeline) foundAt(s form.Submission, at Target) []string {
	var said []string
	for _, f := range slices.SortedStableFunc(slices.Values(s.Findings), finding.Compare) {
		if f.Level == finding.Note || at.Row != 0 && (f.Place.Sheet != at.Sheet || f.Place.Row != at.Row) {
			continue
		}
		if len(said) < mostSaid {
			said = append(said, strings.Join(strings.Fields(p.Say(f)), " "))
		}
	}
	return said
}
