package pipeline

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"os"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/collect"
)

// imap logs in to the mailbox and opens the folder to read only, and no more.
func (d *Doctor) imap(ctx context.Context) verdict {
	switch {
	case d.Mailbox == nil && d.ConfigError != nil:
		return ill(hintConfig, fmt.Errorf("%w: the configuration is out of order", errUnread))
	case d.Mailbox == nil:
		return well("no mailbox is configured")
	}
	m := *d.Mailbox
	if _, err := m.Secret.Read(); err != nil {
		return ill(hintSecret, err)
	}
	dir, err := os.MkdirTemp("", "baocao-doctor-")
	if err != nil {
		return ill(hintFolders, err)
	}
	defer os.Remove(dir) // nothing is put into it
	ledger := &knockLedger{}
	if d.Store != nil {
		ledger.kept = d.Store
	}
	m.Ledger, m.Dir, m.MinFree, m.After = ledger, dir, 1, collect.After{}
	m.Response = 20 * time.Second
	_, err = m.Fetch(ctx)
	switch {
	case errors.Is(err, errKnocked):
		return well("folder %q of %s on %s", cmp.Or(m.Folder, "INBOX"), m.User, m.Server)
	case errors.Is(err, collect.ErrLoginRefused), errors.Is(err, collect.ErrLoginPaused):
		return ill(hintIMAPLogin, err)
	case errors.Is(err, collect.ErrNoFolder):
		return ill(hintIMAPFolder, err)
	case errors.Is(err, collect.ErrInsecure):
		return ill(hintIMAPInsecure, err)
	case err == nil:
		err = errors.New("the mailbox was not opened")
	}
	return ill(hintIMAP, err)
}

// errKnocked ends a Fetch as soon as its folder is open.
var errKnocked = errors.New("the folder is open")

// knockLedger is a ledger under which a Fetch ends before it looks at a message.
// Only refused logins are remembered, so that the doctor's count among those
// that must not be too many.
type knockLedger struct {
	collect.Ledger                // nil: a Fetch does not come to ask it anything else
	kept           collect.Ledger // nil: no database
	refusals       int
}

// MailState is what the kept ledger knows.
func (l *knockLedger) MailState(ctx context.Context, at collect.MailPlace) (s collect.MailState, err error) {
	if l.kept != nil {
		s, err = l.kept.MailState(ctx, at)
	}
	l.refusals = s.Refusals
	return s, err
}

// RecordMail keeps how many logins were refused; that the folder was met is the
// end.
func (l *knockLedger) RecordMail(ctx context.Context, at collect.MailPlace, s collect.MailState, _ []collect.MailRow) error {
	if s.Refusals == l.refusals {
		return errKnocked
	}
	l.refusals = s.Refusals
	if l.kept == nil {
		return nil
	}
	now, err := l.kept.MailState(ctx, at) // a fetch may be at work beside
	if err != nil {
		return err
	}
	now.Refusals, now.LoginAt = s.Refusals, s.LoginAt
	return l.kept.RecordMail(ctx, at, now, nil)
}

// DueMail is asked first when the folder is as it was.
func (l *knockLedger) DueMail(context.Context, collect.MailPlace, uint32, time.Time, int) ([]uint32, error) {
	return nil, errKnocked
}

// smtp connects to the mail server and logs in. It sends nothing.
func (d *Doctor) smtp(ctx context.Context) verdict {
	switch {
	case d.Outgoing == nil && d.ConfigError != nil:
		return ill(hintConfig, fmt.Errorf("%w: the configuration is out of order", errUnread))
	case d.Outgoing == nil:
		return well("none is configured: no letters are sent")
	}
	post := d.Outgoing.Post
	post.Step = 20 * time.Second
	secret := ""
	if post.Secret != nil {
		var err error
		if secret, err = post.Secret(); err != nil {
			return ill(hintSecret, err)
		}
	}
	session, err := post.Open(ctx)
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		v := ill(smtpHint(err), err)
		if secret != "" { // some servers repeat what they were told
			v.detail = strings.ReplaceAll(v.detail, secret, "…")
		}
		return v
	}
	session.Close()
	v := well("%s as %s", post.Host, cmp.Or(post.User, "nobody: it asks for no login"))
	if only := d.Outgoing.OnlyTo; only != "" {
		v.detail += "; every letter goes to " + only + " alone"
		v = v.with(hintOnlyTo)
	}
	return v
}

// loginCodes are answers about who logs in (RFC 4954 §6).
var loginCodes = []int{454, 530, 534, 535, 538}

func smtpHint(err error) hint {
	var said *textproto.Error
	var untrusted *tls.CertificateVerificationError
	var name x509.HostnameError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &said) && slices.Contains(loginCodes, said.Code):
		return hintSMTPLogin
	case errors.As(err, &untrusted), errors.As(err, &name), errors.As(err, &plain), strings.Contains(err.Error(), "STARTTLS"):
		return hintSMTPInsecure
	}
	return hintSMTP
}

// attention counts what the program does not get done by itself.
func (d *Doctor) attention(ctx context.Context) verdict {
	switch {
	case !d.opened:
		return unreadTemplates()
	case d.Store == nil:
		return d.unopened()
	}
	all, err := d.Attention(ctx, d.Now())
	if err != nil {
		return ill(hintDatabase, err)
	}
	if len(all) == 0 {
		return well("nothing has waited for a clerk too long; baocao held lists what waits")
	}
	var counts []string
	for _, kind := range attentionKinds {
		n := 0
		for _, a := range all {
			if a.Kind == kind {
				n++
			}
		}
		if n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	return ill(hintAttention, errors.New(strings.Join(counts, ", ")))
}
