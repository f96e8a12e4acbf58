package pipeline

import (
	"context"
	"net/mail"
	"os"
	"path/filepath"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

// attachmentTypes are the files of a report that are mailed, by ending.
var attachmentTypes = map[string]string{
	".pdf":  "application/pdf",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// summary are the names that the letters with a report may use.
type summary struct {
	To       string // the recipient's name; empty: none is known
	Period   string
	Revision int    // of a draft, the one it is to become
	Number   string // empty: none was given yet
	Date     string // of the number
	AsOf     string
	Files    []string

	Agencies, Reported, Late, Held int
	Missing                        []string // names of agencies

	Activities, Done, InProgress, NotStarted, Paused, NotReported, Overdue int
	Budget, Used                                                           string // million đồng; empty: nobody states any
}

func (p *Pipeline) summary(made *Made) summary {
	st := made.Statement
	t := st.Total
	s := summary{
		Period: p.periodName(st.Period), Revision: made.Gate.Next(), AsOf: printedTime(st.AsOf), Agencies: len(st.Agencies),
		Activities: t.Activities, Done: t.Done, InProgress: t.InProgress, NotStarted: t.NotStarted, Paused: t.Paused,
		NotReported: t.NotReported, Overdue: t.Overdue, Budget: millions(t.Budget), Used: millions(t.Used),
	}
	for _, a := range st.Agencies {
		switch a.State {
		case reconcile.StateMissing, reconcile.StateWaived:
			s.Missing = append(s.Missing, made.Inputs.Directory.Name(a.Agency, st.Term.Closes))
			continue
		case reconcile.StateHeld, reconcile.StateRejected:
			s.Held++
		default:
			s.Reported++
		}
		if a.Late {
			s.Late++
		}
	}
	return s
}

func millions(d *plan.Dong) string {
	if d == nil {
		return ""
	}
	return viet.FormatNumber(d.Millions())
}

func summarySamples() []any {
	full := summary{
		To: "a", Period: "a", Revision: 2, Number: "a", Date: "a", AsOf: "a", Files: []string{"a"}, Agencies: 1, Reported: 1, Late: 1,
		Held: 1, Missing: []string{"a"}, Activities: 1, Done: 1, InProgress: 1, NotStarted: 1, Paused: 1, NotReported: 1, Overdue: 1,
		Budget: "a", Used: "a",
	}
	return []any{full, summary{}, summary{Revision: 1, Number: "a"}}
}

// queueDraft puts the letter with a draft into the outbox.
func (s *Service) queueDraft(ctx context.Context, key string, made *Made, written []File) error {
	sum := s.summary(made)
	sum.To = s.Clerk.Name
	var files []deliver.Attachment
	for _, f := range written {
		kind, sent := attachmentTypes[filepath.Ext(f.Path)]
		if !sent {
			continue
		}
		data, err := os.ReadFile(f.Path)
		if err != nil {
			return err
		}
		name := filepath.Base(f.Path)
		files = append(files, deliver.Attachment{Name: name, Type: kind, Data: data})
		sum.Files = append(sum.Files, name)
	}
	subject, text, err := s.letters[letterDraft].Fill(sum)
	if err != nil {
		return err
	}
	return s.queue(ctx, deliver.Letter{
		Office: s.Store.Office(), Kind: kindDraft, Key: key, From: s.Outgoing.From, To: []mail.Address{s.Clerk},
		Subject: subject, Text: text, Attachments: files,
	})
}

// queue composes a letter and puts it into the outbox.
func (s *Service) queue(ctx context.Context, l deliver.Letter) error {
	eml, l, err := s.composed(l)
	if err != nil {
		return err
	}
	_, err = s.Store.Queue(ctx, l, eml, s.now())
	return err
}

// write composes a letter into a file.
func (s *Service) write(l deliver.Letter, file string) error {
	eml, _, err := s.composed(l)
	if err != nil {
		return err
	}
	return durable.WriteFile(file, eml, 0o644)
}

func (s *Service) composed(l deliver.Letter) ([]byte, deliver.Letter, error) {
	l, err := s.redirected(l)
	if err != nil {
		return nil, l, err
	}
	eml, err := deliver.Compose(l, s.now().In(agency.Zone))
	return eml, l, err
}

// The troubles with a job that the clerk is told.
const (
	troubleAgain   = "again"   // it came to nothing some times, and is tried again
	troubleFailed  = "failed"  // it is given up
	troubleLetters = "letters" // somebody has not got its letter
	troubleMissed  = "missed"  // the program was off for too long
	troubleWaiting = "waiting" // it waits for something that a person must do
)

// trouble are the names that the letter about a job may use.
type trouble struct {
	What     string // again, failed, letters, missed, waiting
	Job      string // its name in Vietnamese
	Key      string // by which schedule log and schedule retry know it
	Period   string // empty: it is about none
	Planned  string
	Until    string
	Attempts int
	Next     string // empty: not of itself
	Detail   string // in English, as the log has it
}

func troubleSamples() []any {
	var samples []any
	for _, what := range []string{"", troubleAgain, troubleFailed, troubleLetters, troubleMissed, troubleWaiting} {
		samples = append(samples, trouble{What: what}, trouble{
			What: what, Job: "a", Key: "a", Period: "a", Planned: "a", Until: "a", Attempts: 1, Next: "a", Detail: "a",
		})
	}
	return samples
}

// tell writes to the clerk, once for each kind of trouble with a run, and posts
// that. That it cannot is logged: the ledger has the trouble in any case.
func (s *Service) tell(ctx context.Context, r store.Run, what string) {
	if s.Clerk.Address == "" || s.Outgoing == nil {
		return
	}
	t := trouble{
		What: what, Job: s.names[r.Job], Key: r.Key, Planned: printedTime(r.Planned), Until: printedTime(r.Until),
		Attempts: r.Attempts, Detail: shown(r.Detail),
	}
	if !r.Period.IsZero() {
		t.Period = s.periodName(r.Period)
	}
	if !r.NextTry.IsZero() {
		t.Next = printedTime(r.NextTry)
	}
	if err := s.tellClerk(ctx, "trouble:"+what+":"+r.Key, t); err != nil {
		s.Log.Error("schedule", "job", r.Key, "tell", what, "err", err)
	}
}

func (s *Service) tellClerk(ctx context.Context, key string, t trouble) error {
	subject, text, err := s.letters[letterTrouble].Fill(t)
	if err != nil {
		return err
	}
	err = s.queue(ctx, deliver.Letter{
		Office: s.Store.Office(), Kind: kindTrouble, Key: key, From: s.Outgoing.From, To: []mail.Address{s.Clerk},
		Subject: subject, Text: text,
	})
	if err != nil {
		return err
	}
	_, err = s.Deliver(ctx, DeliverOptions{})
	return err
}
