package collect_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"baocao/pipeline/collect"
)

// Where our own server has said nothing, a signature of the sender's domain
// vouches for it, and nothing else.
func TestOwnDKIM(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(mail, domain string) string {
		var b bytes.Buffer
		err := dkim.Sign(&b, strings.NewReader(mail), &dkim.SignOptions{
			Domain: domain, Selector: "s", Signer: private, HeaderKeys: []string{"From", "Subject"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const (
		mail    = "From: snv@daknong.example\r\nSubject: a\r\n\r\nbody\r\n"
		results = "Authentication-Results: mx.daknong.example; dmarc=fail header.from=daknong.example\r\n"
	)
	own := sign(mail, "daknong.example")
	for name, tt := range map[string]struct {
		raw   string
		want  bool
		asked bool
	}{
		"signed":             {own, true, true},
		"by the parent":      {sign(strings.Replace(mail, "@", "@syt.", 1), "daknong.example"), true, true},
		"by another":         {sign(mail, "evil.example"), false, true},
		"by a lookalike":     {sign(mail, "notdaknong.example"), false, true},
		"second of two":      {sign(own, "evil.example"), true, true},
		"changed":            {strings.Replace(own, "body", "Body", 1), false, true},
		"another sender":     {strings.Replace(own, "snv@", "stc@", 1), false, true},
		"a sender on top":    {"From: stc@daknong.example\r\n" + own, false, false},
		"not signed":         {mail, false, false},
		"our server says no": {results + own, false, false},
		"unreadable verdict": {"Authentication-Results: mx.daknong.example; (dmarc\r\n" + own, false, false},
		"a stranger says no": {strings.Replace(results, "mx.", "mx.elsewhere.", 1) + own, true, true},
		"broken":             {strings.Replace(own, "v=1;", "v=;", 1), false, false},
		"key of no use":      {strings.Replace(own, "s=s;", "s=none;", 1), false, true},
	} {
		t.Run(name, func(t *testing.T) {
			asked := false
			r := border
			r.LookupTXT = func(name string) ([]string, error) {
				asked = true
				if !strings.HasPrefix(name, "s._domainkey.") {
					return nil, errors.New("no such host")
				}
				return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
			}
			got := r.Open("a.eml", []byte(tt.raw))[0].Message.Authenticated
			if got != tt.want || asked != tt.asked {
				t.Errorf("authenticated %v, asked for the key %v, want %v and %v", got, asked, tt.want, tt.asked)
			}
			if (collect.Reader{}).Open("a.eml", []byte(tt.raw))[0].Message.Authenticated {
				t.Error("a reader without a way to ask vouches for a sender")
			}
		})
	}
}
