package collect

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
)

// ErrUnjudged is the error of a mail whose sender cannot be judged now, because
// the domain name system does not answer. It is met again on the next run.
var ErrUnjudged = errors.New("the domain name system gave no answer")

// errNotAsked is the answer about a domain that could not vouch for the sender
// whatever it said: strangers do not choose whom we ask.
var errNotAsked = errors.New("not the sender's domain")

// judged reports whether our own mail server has said what it thinks of the
// sender, or seems to have: then nobody else is asked.
func (r Reader) judged(fields []string) bool {
	if r.AuthservID == "" || len(fields) == 0 {
		return false
	}
	plain, err := plainField(cut(fields[0], maxField))
	if err != nil {
		return true
	}
	id, _, err := authres.Parse(plain)
	return err != nil || strings.EqualFold(id, r.AuthservID)
}

// signed is what the DKIM signatures (RFC 6376) of a mail are worth for its
// sender: as was found when it was first looked at, or else as the domain name
// system says now. It is nil when nothing is known and nobody can be asked. The
// error matches [ErrUnjudged], or says that a verdict could not be kept.
func (r Reader) signed(m *Message) (*dkimVerdict, error) {
	if m.From == "" || !bytes.Contains(bytes.ToLower(m.Raw[:min(len(m.Raw), maxHeader)]), []byte("dkim-signature")) {
		return nil, nil
	}
	known := r.Verdicts.read(m.SHA256)
	switch {
	case known != nil && known.Final():
		return known, nil
	case r.LookupTXT == nil:
		return nil, nil
	}
	found := r.verify(m)
	now := r.Verdicts.now()
	if known != nil && now.Sub(known.At) > patience && !found.Final() {
		found.Result = dkimNone // a domain that has been silent for days vouches for nobody
	}
	if found.asked && (known == nil || found.Final()) {
		found.At = now
		if err := r.Verdicts.write(m.SHA256, found); err != nil {
			return nil, err
		}
	}
	if !found.Final() {
		return nil, fmt.Errorf("%w: %s", ErrUnjudged, found.Said)
	}
	return found, nil
}

// verify checks the signatures of aligned domains, see [aligned], over the mail
// as it lies here. One that holds is enough.
func (r Reader) verify(m *Message) (v *dkimVerdict) {
	v = &dkimVerdict{SHA256: m.SHA256, Result: dkimNone}
	defer func() {
		if e := recover(); e != nil {
			v.Result, v.Said = dkimNone, "dkim=permerror"
		}
	}()
	domain := domainOf(m.From)
	// That there are more signatures than are looked at is an error beside
	// those that were.
	all, _ := dkim.VerifyWithOptions(bytes.NewReader(m.Raw), &dkim.VerifyOptions{
		LookupTXT: func(name string) ([]string, error) {
			_, of, _ := strings.Cut(name, "._domainkey.")
			if !aligned(domain, of) {
				return nil, errNotAsked
			}
			v.asked = true
			return r.LookupTXT(name)
		},
		MaxVerifications: maxSignatures,
	})
	var said []string
	waiting := false
	for _, s := range all {
		switch {
		case s.Err == nil && aligned(domain, s.Domain):
			v.Result, v.Said = dkimPass, "dkim=pass "+s.Domain
			return v
		case dkim.IsTempFail(s.Err):
			waiting = true
			said = append(said, "dkim=temperror "+s.Domain)
		default:
			said = append(said, "dkim=fail "+s.Domain)
		}
	}
	if waiting {
		v.Result = dkimPending
	}
	v.Said = oneLine(cut(strings.Join(said, ", "), maxReason))
	return v
}
