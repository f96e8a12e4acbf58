package pipeline

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// ErrNoRecipients is the error of a report that the configuration names nobody
// for.
var ErrNoRecipients = errors.New("the configuration names no recipients of this report")

// HandOver is how the delivery of an issued report is asked for.
type HandOver struct {
	DryRun bool        // nothing is queued or sent; the letters are written to out/dry-run
	Retry  bool        // also to those whom it did not, or may not, have reached
	By     store.Actor // who says so; with Retry alone
}

// HandedOver is how far the delivery of an issued report has come.
type HandedOver struct {
	Period   plan.Period  `json:"period"`
	Revision int          `json:"revision"`
	Letters  []PostedView `json:"letters"` // one for each recipient
}

// HandOver sends the period's issued report to its recipients, each a letter of
// his own with the very files that were issued. Each gets a revision once: done
// again it sends to those alone who are new, or whom it failed to reach where
// that is asked for. A report that is not issued matches [store.ErrNotIssued].
func (s *Service) HandOver(ctx context.Context, period plan.Period, o HandOver) (HandedOver, error) {
	done := HandedOver{Period: period, Letters: []PostedView{}}
	switch {
	case len(s.recipients(period)) == 0:
		return done, fmt.Errorf("deliver %s: %w", period, ErrNoRecipients)
	case s.Outgoing == nil:
		return done, ErrNoPost
	}
	gate, err := s.Store.Gate(ctx, period)
	switch {
	case err != nil:
		return done, err
	case !gate.Closed():
		return done, fmt.Errorf("deliver %s: %w", period, store.ErrNotIssued)
	}
	done.Revision = gate.Issue.Revision
	if o.DryRun {
		done.Letters, err = s.wouldHandOver(ctx, *gate.Issue)
		return done, err
	}
	keys, err := s.queueDelivery(ctx, *gate.Issue)
	if err != nil {
		return done, err
	}
	if o.Retry {
		if err := s.orderAgain(ctx, keys, o.By); err != nil {
			return done, err
		}
	}
	_, errPost := s.Posted(ctx, keys...)
	letters, err := s.Store.Letters(ctx)
	for _, l := range letters {
		if slices.Contains(keys, l.Key) {
			for _, r := range l.Recipients {
				done.Letters = append(done.Letters, s.postedView(l, r))
			}
		}
	}
	return done, errors.Join(errPost, err)
}

// recipients are who gets the report of a period, each address once.
func (s *Service) recipients(period plan.Period) []mail.Address {
	var all []mail.Address
	for _, r := range s.Recipients {
		if len(r.Parts) > 0 && !slices.Contains(r.Parts, period.Part) {
			continue
		}
		for _, to := range r.To {
			if !slices.ContainsFunc(all, func(a mail.Address) bool { return strings.EqualFold(a.Address, to.Address) }) {
				all = append(all, to)
			}
		}
	}
	return all
}

// deliveryKey is the key of the letter that brings a revision to an address.
func deliveryKey(i store.Issue, address string) string {
	return fmt.Sprintf("deliver:%s:r%d:%s", i.Period, i.Revision, strings.ToLower(address))
}

// queueDelivery puts a letter for each recipient who has none yet into the outbox.
func (s *Service) queueDelivery(ctx context.Context, i store.Issue) (keys []string, err error) {
	var body *issuedBody // made for the first one that needs it
	for _, to := range s.recipients(i.Period) {
		key := deliveryKey(i, to.Address)
		keys = append(keys, key)
		known, err := s.Store.HasLetter(ctx, key)
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		if body == nil {
			if body, err = s.issuedBody(i); err != nil {
				return nil, err
			}
		}
		letter, err := s.deliveryLetter(i, *body, to)
		if err != nil {
			return nil, err
		}
		if err := s.queue(ctx, letter); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// wouldHandOver writes the letters that would be queued to a folder.
func (s *Service) wouldHandOver(ctx context.Context, i store.Issue) ([]PostedView, error) {
	views := []PostedView{}
	body, err := s.issuedBody(i)
	if err != nil {
		return nil, err
	}
	for _, to := range s.recipients(i.Period) {
		known, err := s.Store.HasLetter(ctx, deliveryKey(i, to.Address))
		if err != nil {
			return nil, err
		}
		if known {
			continue
		}
		letter, err := s.deliveryLetter(i, *body, to)
		if err != nil {
			return nil, err
		}
		file := filepath.Join(s.Out, "dry-run", letter.ID()+".eml")
		if err := s.write(letter, file); err != nil {
			return nil, err
		}
		views = append(views, PostedView{
			ID: letter.ID(), Key: letter.Key, Kind: letter.Kind, To: to.Address, Subject: letter.Subject,
			State: deliver.Queued, File: file, Queued: s.now().In(agency.Zone), Orders: []deliver.Order{},
		})
	}
	return views, nil
}

// orderAgain has the letters go out once more to those whom they did not, or may
// not, have reached.
func (s *Service) orderAgain(ctx context.Context, keys []string, by store.Actor) error {
	letters, err := s.Store.Letters(ctx, deliver.Failed, deliver.Bounced, deliver.MaybeSent)
	if err != nil {
		return err
	}
	for _, l := range letters {
		if !slices.Contains(keys, l.Key) {
			continue
		}
		if _, err := s.Store.Order(ctx, l.ID, by); err != nil && !errors.Is(err, store.ErrNotStuck) {
			return err
		}
	}
	return nil
}

// issuedBody is what the letters of a revision have in common.
type issuedBody struct {
	summary summary
	files   []deliver.Attachment
}

// issuedBody computes the summary from what was frozen, and takes the files as
// they were issued. It puts them into out/, too: what is mailed is what lies there.
func (s *Service) issuedBody(i store.Issue) (*issuedBody, error) {
	made := &Made{}
	var err error
	if made.Inputs, err = s.frozenInputs(i); err != nil {
		return nil, err
	}
	if err := made.reconcile(); err != nil {
		return nil, err
	}
	if _, err := s.Restore(i); err != nil {
		return nil, err
	}
	body := &issuedBody{summary: s.summary(made)}
	body.summary.Revision, body.summary.Number = i.Revision, i.Number
	if !i.NumberDate.IsZero() {
		body.summary.Date = printedDay(i.NumberDate)
	}
	for _, f := range i.Files {
		kind, sent := attachmentTypes[f.Ext]
		if !sent {
			continue
		}
		data, err := s.Store.Frozen(f.SHA256, f.Ext)
		if err != nil {
			return nil, fmt.Errorf("deliver %s, revision %d: %w", i.Period, i.Revision, err)
		}
		body.files = append(body.files, deliver.Attachment{Name: f.Name, Type: kind, Data: data})
		body.summary.Files = append(body.summary.Files, f.Name)
	}
	return body, nil
}

func (s *Service) deliveryLetter(i store.Issue, body issuedBody, to mail.Address) (deliver.Letter, error) {
	body.summary.To = to.Name
	subject, text, err := s.letters[letterDelivery].Fill(body.summary)
	return deliver.Letter{
		Office: s.Store.Office(), Kind: kindDelivery, Key: deliveryKey(i, to.Address),
		From: s.Outgoing.From, To: []mail.Address{to}, Subject: subject, Text: text, Attachments: body.files,
	}, err
}
