package pipeline

import (
	"context"
	"net/mail"
	"path/filepath"
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
)

// The kinds of letters that begin a correspondence.
const (
	kindForm     deliver.Kind = "form"
	kindReminder deliver.Kind = "reminder"
	kindTrial    deliver.Kind = "trial" // of any of them, to a clerk himself
)

// Mailed is what was written to agencies.
type Mailed struct {
	Letters []MailedView `json:"letters"` // written now
	Known   int          `json:"known"`   // written before
	Skipped []NotMailed  `json:"skipped"` // agencies that should get a letter, and get none
	Closed  bool         `json:"closed"`  // the period is issued: nobody is reminded
}

// MailedView is one letter.
type MailedView struct {
	Agency  agency.ID `json:"agency"`
	Key     string    `json:"key"`
	To      []string  `json:"to"`
	Subject string    `json:"subject"`
	File    string    `json:"file"` // where the .eml lies
}

// NotMailed is an agency that gets no letter.
type NotMailed struct {
	Agency agency.ID  `json:"agency"`
	Reason MailReason `json:"reason"`
}

// MailReason says why an agency gets no letter.
type MailReason string

// The reasons.
const (
	NoAddress  MailReason = "no-address"  // the directory has no address of it to which mail can go
	NoContacts MailReason = "no-contacts" // the directory has nobody above to turn to
)

// mailer writes letters to agencies, each once.
type mailer struct {
	*Pipeline
	folder string // letters are written there, and not sent; empty: they are queued
	toMe   string // letters go to this address, and do not count; empty: they go to the agencies
	done   Mailed
}

// written reports whether the letter of that key was written before, and stands.
func (m *mailer) written(ctx context.Context, key string) (bool, error) {
	_, known, err := m.free(ctx, key)
	return known, err
}

// free is the key under which a letter is to be written. One that was withdrawn
// counts as none when there is reason for it again: the next is another letter, by
// a number behind the key.
func (m *mailer) free(ctx context.Context, key string) (free string, known bool, err error) {
	if m.toMe != "" {
		return key, false, nil
	}
	free = key
	for n := 2; ; n++ {
		if known, err = m.Store.HasLetter(ctx, free); err != nil || !known {
			return free, known, err
		}
		if gone, err := m.Store.LetterWithdrawn(ctx, free); err != nil || !gone {
			return free, true, err
		}
		free = key + againMark + strconv.Itoa(n)
	}
}

// againMark stands between the key of a letter and its number, where those before
// it were withdrawn.
const againMark = "#"

// unnumbered is a letter's key without that number.
func unnumbered(key string) string {
	key, _, _ = strings.Cut(key, againMark)
	return key
}

// write composes a letter in the words of a template and puts it where it belongs.
func (m *mailer) write(ctx context.Context, id agency.ID, template string, l deliver.Letter, facts letterFacts) error {
	var err error
	if l.Subject, l.Text, err = m.office.letters[template].Fill(facts); err != nil {
		return err
	}
	l.Office, l.From = m.Store.Office(), m.Outgoing.From
	view := MailedView{Agency: id, Key: l.Key, Subject: l.Subject}
	for _, to := range l.To {
		view.To = append(view.To, to.Address)
	}
	if m.toMe != "" {
		l, err = m.trial(l, view.To)
	} else {
		l, err = m.redirected(l)
	}
	if err != nil {
		return err
	}
	eml, err := deliver.Compose(l, m.Now().In(agency.Zone))
	if err != nil {
		return err
	}
	view.Subject = l.Subject
	if m.folder != "" {
		view.File = filepath.Join(m.folder, l.ID()+".eml")
		err = durable.WriteFile(view.File, eml, 0o644)
	} else {
		view.File = filepath.Join(m.Store.Outbox(), l.ID()+".eml")
		_, err = m.Store.Queue(ctx, l, eml, m.Now())
	}
	if err == nil {
		m.done.Letters = append(m.done.Letters, view)
	}
	return err
}

// trial is the letter as a clerk gets it himself. Each is another letter, so that
// it can be looked at again, and is none that counts.
func (m *mailer) trial(l deliver.Letter, real []string) (deliver.Letter, error) {
	var err error
	l.Subject, l.Text, err = m.office.letters[letterToMe].Fill(onlyTo{Subject: l.Subject, Recipients: real, Text: l.Text})
	l.Kind, l.Key = kindTrial, "trial:"+m.Now().UTC().Format("20060102T150405.000000")+":"+l.Key
	l.To = []mail.Address{{Address: m.toMe}}
	return l, err
}

// addressOf is the first address of an agency to which mail can go: a whole domain
// is none.
func (p *Pipeline) addressOf(id agency.ID, name string) (mail.Address, bool) {
	a, _ := p.office.directory.Agency(id)
	for _, address := range a.Addresses {
		if !strings.HasPrefix(address, "@") && deliver.CheckAddress(address) == nil {
			return mail.Address{Name: name, Address: address}, true
		}
	}
	return mail.Address{}, false
}
