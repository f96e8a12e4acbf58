package collect_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

// signer signs mails as a domain's mail server does, with a key that the record
// publishes.
func signer(t *testing.T) (sign func(mail, domain string) string, record string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return func(mail, domain string) string {
		var b bytes.Buffer
		err := dkim.Sign(&b, strings.NewReader(mail), &dkim.SignOptions{
			Domain: domain, Selector: "s", Signer: private, HeaderKeys: []string{"From", "Subject"},
		})
		if err != nil {
			t.Fatal(err)
		}
		return b.String()
	}, "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
}

// Where our own server has said nothing, a signature of the sender's domain
// vouches for it, and nothing else.
func TestOwnDKIM(t *testing.T) {
	sign, record := signer(t)
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
		"by another":         {sign(mail, "evil.example"), false, false},
		"by a lookalike":     {sign(mail, "notdaknong.example"), false, false},
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
				return []string{record}, nil
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

// What was found is found again years later, when the key is gone: nobody is
// asked a second time.
func TestVerdictIsKept(t *testing.T) {
	sign, record := signer(t)
	for name, tt := range map[string]struct {
		domain string
		record string
		want   bool
	}{
		"good":        {"daknong.example", record, true},
		"another key": {"daknong.example", strings.Replace(record, "p=", "p=AAAA", 1), false},
		"withdrawn":   {"daknong.example", "v=DKIM1; k=ed25519; p=", false},
	} {
		t.Run(name, func(t *testing.T) {
			inbox := fstest.MapFS{"a.eml": {Data: []byte(sign("From: snv@daknong.example\r\nSubject: a\r\n\r\nbody\r\n", tt.domain))}}
			asked := 0
			r := border
			r.Verdicts = collect.Verdicts{Dir: filepath.Join(t.TempDir(), "mail"), Now: time.Now}
			r.LookupTXT = func(string) ([]string, error) { asked++; return []string{tt.record}, nil }
			first := open(t, r, inbox)
			r.LookupTXT = func(string) ([]string, error) { asked++; return nil, &net.DNSError{Err: "gone", IsNotFound: true} }
			second := open(t, r, inbox)
			r.LookupTXT = nil
			third := open(t, r, inbox)
			if first.Message.Authenticated != tt.want || asked != 1 {
				t.Errorf("vouched for %v, asked %d times, want %v and once", first.Message.Authenticated, asked, tt.want)
			}
			for _, again := range []collect.Item{second, third} {
				if diff := cmp.Diff(first, again); diff != "" {
					t.Errorf("read again (-first +again):\n%s", diff)
				}
			}
			// Another mail of that name is another mail.
			inbox["a.eml"] = &fstest.MapFile{Data: append(inbox["a.eml"].Data, "more\r\n"...)}
			if open(t, r, inbox).Message.Authenticated {
				t.Error("a changed mail is vouched for by the verdict on the former")
			}
		})
	}
}

// open is the only item of an inbox.
func open(t *testing.T, r collect.Reader, inbox fs.FS) collect.Item {
	t.Helper()
	var all []collect.Item
	for item, err := range r.Items(inbox) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, item)
	}
	if len(all) != 1 {
		t.Fatalf("got %d items, want 1", len(all))
	}
	return all[0]
}

// A name server that does not answer says nothing about a sender: the mail is
// met again, until it has been silent for days.
func TestNameServerIsDown(t *testing.T) {
	sign, record := signer(t)
	inbox := fstest.MapFS{"a.eml": {Data: []byte(sign("From: snv@daknong.example\r\nSubject: a\r\n\r\nbody\r\n", "daknong.example"))}}
	down := func(string) ([]string, error) { return nil, &net.DNSError{Err: "timeout", IsTimeout: true} }
	now := time.Date(2018, 3, 15, 8, 0, 0, 0, time.UTC)
	r := border
	r.LookupTXT = down
	r.Verdicts = collect.Verdicts{Dir: t.TempDir(), Now: func() time.Time { return now }}
	waits := func() {
		t.Helper()
		n := 0
		for item, err := range r.Items(inbox) {
			if n++; !errors.Is(err, collect.ErrUnjudged) || item.Message != nil || item.File != "a.eml" {
				t.Errorf("got %+v, %v, want the file and ErrUnjudged", item, err)
			}
		}
		if n != 1 {
			t.Errorf("got %d items, want 1", n)
		}
	}
	waits()
	now = now.Add(time.Hour)
	waits()
	t.Run("then it answers", func(t *testing.T) {
		r := r
		r.Verdicts.Dir = t.TempDir()
		r.LookupTXT = func(string) ([]string, error) { return []string{record}, nil }
		if item := open(t, r, inbox); !item.Message.Authenticated {
			t.Errorf("got %v, want it vouched for", item.Findings)
		}
	})
	now = now.Add(4 * 24 * time.Hour)
	item := open(t, r, inbox)
	if item.Message.Authenticated || !strings.Contains(fmt.Sprint(item.Findings), "dkim=temperror daknong.example") {
		t.Errorf("got %+v, want nobody to vouch for it", item.Findings)
	}
	r.LookupTXT = func(string) ([]string, error) { return []string{record}, nil }
	if open(t, r, inbox).Message.Authenticated {
		t.Error("a mail that was given up is judged anew")
	}
}
