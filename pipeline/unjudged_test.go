package pipeline

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"baocao/pipeline/collect"
)

// A mail whose sender cannot be judged now is kept when he can be, as if it had
// been met then for the first time; it never counts as one that nobody vouches
// for.
func TestUnjudgedMailWaits(t *testing.T) {
	o := newOffice(t)
	o.Collector.Verdicts = collect.Verdicts{Dir: t.TempDir(), Now: func() time.Time { return o.now }}
	var answer error = &net.DNSError{Err: "no answer", IsTimeout: true}
	o.Collector.LookupTXT = func(string) ([]string, error) { return nil, answer }
	const signature = "DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=daknong.example; s=s; t=1521000000;\r\n" +
		"\th=From; bh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=AAAA\r\n"
	m := mailing{from: "stp@daknong.example", subject: "Báo cáo", at: noon.Add(-time.Hour), name: "a.xlsx",
		data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)}
	raw := string(m.eml())
	ours := raw[strings.Index(raw, "Authentication-Results"):strings.Index(raw, "From:")]
	o.inbox["mail/a.eml"] = &fstest.MapFile{Data: []byte(strings.Replace(raw, ours, signature, 1)), ModTime: m.at}
	collected := func() Collected {
		t.Helper()
		c, err := o.Collect(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	if c := collected(); c.Unjudged != 1 || c.Documents != 0 || c.Failed != 0 {
		t.Errorf("got %+v, want one mail that waits", c)
	}
	answer = &net.DNSError{Err: "no such host", IsNotFound: true}
	if c := collected(); c.Unjudged != 0 || c.New != 1 {
		t.Errorf("got %+v, want the mail kept", c)
	}
	if s := o.received(t, "a.xlsx"); o.findingOf(s, "sender-signature-failed") == "" {
		t.Errorf("got %v, want it said why nobody vouches for the sender", s.Findings)
	}
}
