package pipeline

import (
	"context"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
)

// mail answers one mail, if it is to be answered.
func (w *answering) mail(ctx context.Context, m arrivedMail) error {
	if known, err := w.Store.HasLetter(ctx, receiptKey(m)); err != nil || known {
		w.done.Known += count(known)
		return err
	}
	sender, reason, err := w.answerable(ctx, m)
	if err != nil {
		return err
	}
	if reason == "" && w.excess[m.SHA256] {
		reason = SkipMany
	}
	if reason != "" {
		w.done.Skipped = append(w.done.Skipped, SkippedView{m.file, m.From, reason})
		return nil
	}
	fault, err := w.Store.Fault(ctx, answerJob(m.SHA256))
	if err != nil {
		return err
	}
	if !fault.Due(w.Now()) {
		letter, err := w.faultLetter(m, sender)
		w.done.Faults = append(w.done.Faults, faultView(letter, m))
		return err
	}
	letter, name, err := w.receiptLetter(ctx, m, sender, w.originals)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return w.fault(ctx, m, sender, err)
	}
	view, err := w.write(letter, name)
	if err != nil {
		return err
	}
	w.done.Queued = append(w.done.Queued, view)
	if fault.Tries > 0 && !w.preview {
		return w.Store.Succeeded(ctx, fault.Job)
	}
	return nil
}

// receiptKey is the key of the letter that answers a mail.
func receiptKey(m arrivedMail) string { return "receipt:" + m.SHA256 }

// answerJob is by what the tries to answer a mail are counted.
func answerJob(sha string) string { return "answer:" + sha }

// fault tells the sender, once, that the fault is ours. The mail stays
// unanswered and is tried again some times; after that it is the clerk's.
func (w *answering) fault(ctx context.Context, m arrivedMail, sender agency.ID, cause error) error {
	w.Log.Error("answer", "ref", faultReference(m.SHA256), "file", m.file, "err", cause)
	if !w.preview {
		if _, err := w.Store.Failed(ctx, answerJob(m.SHA256), cause.Error(), w.Now()); err != nil {
			return err
		}
	}
	letter, err := w.faultLetter(m, sender)
	if err != nil {
		return err
	}
	known, err := w.Store.HasLetter(ctx, letter.Key)
	if err != nil {
		return err
	}
	view := faultView(letter, m)
	if !known {
		written, err := w.write(letter, letterFault)
		if err != nil {
			return err
		}
		view.File = written.File
	}
	w.done.Faults = append(w.done.Faults, view)
	return nil
}

func (p *Pipeline) faultLetter(m arrivedMail, sender agency.ID) (deliver.Letter, error) {
	r := p.receiptHead(m, sender)
	r.Outcome, r.Reference = "fault", faultReference(m.SHA256)
	return p.letterOf(letterFault, deliver.Fault, "fault:"+m.SHA256, m, r, nil)
}

func faultView(l deliver.Letter, m arrivedMail) ReceiptView {
	return ReceiptView{Key: l.Key, To: m.From, Subject: l.Subject, Letter: letterFault, Ref: faultReference(m.SHA256)}
}

// faultReference is by what a fault with a mail is known in letter, log and
// page.
func faultReference(sha string) string { return "LOI-" + strings.ToUpper(sha[:8]) }

// write composes a letter and puts it where it belongs.
func (w *answering) write(l deliver.Letter, name string) (ReceiptView, error) {
	view := ReceiptView{Key: l.Key, To: l.To[0].Address, Subject: l.Subject, Letter: name}
	l, err := w.redirected(l)
	if err != nil {
		return view, err
	}
	eml, err := deliver.Compose(l, w.Now().In(agency.Zone))
	if err != nil {
		return view, err
	}
	view.File, err = w.put(l, eml)
	return view, err
}
