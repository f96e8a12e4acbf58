package pipeline

import (
	"context"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
)

// SendForms writes one letter with the blank form to each agency that must report
// in a period, once and for all, into the outbox. Nothing is posted, see
// [Pipeline.Deliver]. In a dry run the letters are written to out/dry-run, and
// count as not written.
func (p *Pipeline) SendForms(ctx context.Context, period plan.Period) (Mailed, error) {
	return p.sendForms(ctx, period, nil, p.mailer())
}

// SendFormsOf is [Pipeline.SendForms] to some agencies. With an address the letters
// go there instead, marked as a trial: the agencies get theirs all the same later.
func (p *Pipeline) SendFormsOf(ctx context.Context, period plan.Period, only []agency.ID, toMe string) (Mailed, error) {
	m := p.mailer()
	m.toMe = toMe
	return p.sendForms(ctx, period, only, m)
}

func (p *Pipeline) mailer() *mailer {
	m := &mailer{Pipeline: p, done: Mailed{Letters: []MailedView{}, Skipped: []NotMailed{}}}
	if p.DryRun {
		m.folder = filepath.Join(p.Out, "dry-run")
	}
	return m
}

// formKey is the key of the letter that brings an agency its form.
func formKey(period plan.Period, id agency.ID) string {
	return "form:" + period.String() + ":" + string(id)
}

// formedFor is the period that the key of a form's letter names.
func formedFor(key string) (plan.Period, bool) {
	rest, ok := strings.CutPrefix(unnumbered(key), "form:")
	name, _, _ := strings.Cut(rest, ":")
	period, err := plan.ParsePeriod(name)
	return period, ok && err == nil
}

func (p *Pipeline) sendForms(ctx context.Context, period plan.Period, only []agency.ID, m *mailer) (Mailed, error) {
	if p.Outgoing == nil {
		return m.done, ErrNoPost
	}
	f, err := p.forms(ctx, period)
	if err != nil {
		return m.done, err
	}
	ids := f.agencies()
	for _, id := range only {
		if !slices.Contains(ids, id) {
			return m.done, notAsked(id, period)
		}
	}
	for i, id := range ids {
		p.progress("form", i+1, len(ids))
		if len(only) > 0 && !slices.Contains(only, id) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return m.done, err
		}
		known, err := m.written(ctx, formKey(period, id))
		if err != nil {
			return m.done, err
		}
		if known {
			m.done.Known++
			continue
		}
		if err := m.form(ctx, f, id); err != nil {
			return m.done, err
		}
	}
	return m.done, nil
}

// form writes the letter with an agency's form.
func (m *mailer) form(ctx context.Context, f *forms, id agency.ID) error {
	blank := f.blank(id)
	to, ok := m.addressOf(id, blank.Name)
	if !ok {
		m.done.Skipped = append(m.done.Skipped, NotMailed{id, NoAddress})
		return nil
	}
	data, err := f.fill(blank)
	if err != nil {
		return err
	}
	key, _, err := m.free(ctx, formKey(f.term.Period, id))
	if err != nil {
		return err
	}
	facts := m.facts(f.term, f.plan, id, f.term.Due, f.term.Grace)
	facts.File, facts.Asked, facts.Partner = f.fileName(id), len(blank.Asked), len(blank.Partner)
	return m.write(ctx, id, letterForm, deliver.Letter{
		Kind: kindForm, Key: key, To: []mail.Address{to},
		Attachments: []deliver.Attachment{{Name: facts.File, Type: xlsxType, Data: data}},
	}, facts)
}

// xlsxType is the media type of a workbook.
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// facts is what any letter to an agency may tell.
func (p *Pipeline) facts(t plan.Term, thePlan *plan.Plan, id agency.ID, due, grace agency.Day) letterFacts {
	lock, today := t.Lock, agency.DayOf(p.Now())
	if due.After(lock) {
		lock = due // it may come until then, see tooLate
	}
	l := letterFacts{
		Agency: p.office.directory.Name(id, t.Closes), Period: p.periodName(t.Period), Year: t.Period.Year, Plan: thePlan.Number,
		From: printedDay(t.From), Closes: printedDay(t.Closes), Due: printedDay(due), Grace: printedDay(grace), Lock: printedDay(lock),
		Extended: due.After(t.Due), Reply: p.Outgoing.From.Address,
	}
	l.GraceOver, l.Locked = today.After(grace), today.After(lock)
	l.DaysLeft, l.DaysLate = max(0, today.DaysUntil(due)), max(0, due.DaysUntil(today))
	return l
}
