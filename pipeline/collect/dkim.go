package collect

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
)

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

// signed reports whether a DKIM signature (RFC 6376) of an aligned domain, see
// [aligned], covers the mail as it lies here, and if not, why not.
func (r Reader) signed(from string, raw []byte) (ok bool, why string) {
	defer func() {
		if e := recover(); e != nil {
			ok, why = false, "dkim="+oneLine(cut(fmt.Sprint(e), maxReason))
		}
	}()
	domain := domainOf(from)
	if domain == "" {
		return false, "no single From"
	}
	// That there are more signatures than are looked at is an error beside
	// those that were.
	all, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{
		LookupTXT: r.LookupTXT, MaxVerifications: maxSignatures,
	})
	var said []string
	for _, v := range all {
		if v.Err == nil && aligned(domain, v.Domain) {
			return true, ""
		}
		said = append(said, fmt.Sprintf("dkim %s: %v", v.Domain, v.Err))
	}
	if len(said) == 0 {
		said = append(said, fmt.Sprintf("dkim: %v", err))
		if err == nil {
			said[0] = "no dkim"
		}
	}
	return false, oneLine(cut(strings.Join(said, ", "), maxReason))
}
