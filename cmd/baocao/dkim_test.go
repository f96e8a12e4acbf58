package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"

	"baocao/pipeline/collect"
)

// The answers of the tests' name server: a text, or one of these.
const (
	noSuchName = "NXDOMAIN"
	noAnswer   = ""
	broken     = "SERVFAIL"
)

// nameServer answers every question for a TXT record on loopback (RFC 1035 §4)
// with what answer holds then. It returns its address, and counts the questions
// that it was asked.
func nameServer(t *testing.T, answer *atomic.Value) (addr string, asked *atomic.Int64) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked = new(atomic.Int64)
	done := make(chan struct{})
	go func() {
		defer close(done)
		packet := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(packet)
			if err != nil {
				return
			}
			asked.Add(1)
			if reply := txtReply(packet[:n], answer.Load().(string)); reply != nil {
				_, _ = conn.WriteTo(reply, from)
			}
		}
	}()
	t.Cleanup(func() {
		_ = conn.Close()
		<-done
	})
	return conn.LocalAddr().String(), asked
}

// txtReply is the reply to a question; nil for silence.
func txtReply(question []byte, answer string) []byte {
	end := bytes.IndexByte(question[12:], 0) + 12 + 1 + 4 // name, type, class
	if answer == noAnswer || end < 17 || end > len(question) {
		return nil
	}
	reply := append([]byte{question[0], question[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[12:end]...)
	switch answer {
	case noSuchName:
		reply[3] |= 3
	case broken:
		reply[3] |= 2
	default:
		reply[7] = 1
		reply = append(reply, 0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, byte(len(answer)+1), byte(len(answer)))
		reply = append(reply, answer...)
	}
	return reply
}

// signedMail is a mail of syt@daknong.example, signed by its domain, and the
// record with the key.
func signedMail(t *testing.T) (mail []byte, record string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	err = dkim.Sign(&b, strings.NewReader("From: syt@daknong.example\r\nSubject: a\r\n\r\nKhong phat sinh.\r\n"), &dkim.SignOptions{
		Domain: "daknong.example", Selector: "s", Signer: private, HeaderKeys: []string{"From", "Subject"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)
}

// With dkim_dns a sender is vouched for by his domain's signature, and the
// verdict is kept: the name server is asked once. Without it nobody is asked.
func TestDKIMByNameServer(t *testing.T) {
	mail, record := signedMail(t)
	var answer atomic.Value
	answer.Store(broken)
	addr, asked := nameServer(t, &answer)
	dir := t.TempDir()
	for name, data := range map[string][]byte{
		"inbox/a.eml": mail, "with.yaml": []byte("dkim_dns: " + addr + "\n"), "without.yaml": []byte("office: local\n"),
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	met := func(config string) (vouched bool, err error) {
		t.Helper()
		a := &app{stdout: t.Output(), stderr: t.Output(), now: time.Now, configFile: filepath.Join(dir, config)}
		p, done, err := a.open(t.Context(), needsStore)
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		n := 0
		for item, failed := range p.Collector.Items(p.Inbox) {
			n++
			vouched, err = item.Message != nil && item.Message.Authenticated, failed
		}
		if n != 1 {
			t.Fatalf("got %d items, want 1", n)
		}
		return vouched, err
	}
	if vouched, err := met("without.yaml"); vouched || err != nil || asked.Load() != 0 {
		t.Errorf("without dkim_dns: vouched for %v, %v, asked %d times", vouched, err, asked.Load())
	}
	if _, err := met("with.yaml"); !errors.Is(err, collect.ErrUnjudged) {
		t.Errorf("with a broken name server: got %v, want ErrUnjudged", err)
	}
	answer.Store(record)
	if vouched, err := met("with.yaml"); !vouched || err != nil {
		t.Errorf("with the key: vouched for %v, %v", vouched, err)
	}
	answer.Store(noSuchName)
	before := asked.Load()
	for _, config := range []string{"with.yaml", "without.yaml"} {
		if vouched, err := met(config); !vouched || err != nil || asked.Load() != before {
			t.Errorf("%s, when the key is gone: vouched for %v, %v, asked %d times more", config, vouched, err, asked.Load()-before)
		}
	}
}

// That there is no key is an answer; no answer is a passing fault, and after a
// few of them nobody is asked for a minute.
func TestKeyServer(t *testing.T) {
	var answer atomic.Value
	addr, asked := nameServer(t, &answer)
	s, err := newKeyServer(addr)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2018, 3, 15, 8, 0, 0, 0, time.UTC)
	s.wait, s.now = 200*time.Millisecond, func() time.Time { return now }
	look := func() (got string) {
		records, err := s.lookupTXT("s._domainkey.daknong.example")
		var said *net.DNSError
		switch {
		case err == nil:
			return fmt.Sprint(records)
		case errors.As(err, &said) && said.IsTemporary:
			return "passing"
		}
		return "none"
	}
	for _, step := range []struct{ answer, want string }{
		{"v=DKIM1", "[v=DKIM1]"}, {noSuchName, "none"}, {broken, "passing"}, {noAnswer, "passing"}, {broken, "passing"},
	} {
		answer.Store(step.answer)
		if got := look(); got != step.want {
			t.Errorf("%q: got %s, want %s", step.answer, got, step.want)
		}
	}
	before := asked.Load()
	answer.Store("v=DKIM1")
	if got := look(); got != "passing" || asked.Load() != before {
		t.Errorf("got %s, asked %d times more, want a server left alone", got, asked.Load()-before)
	}
	now = now.Add(2 * time.Minute)
	if got := look(); got != "[v=DKIM1]" {
		t.Errorf("two minutes later: got %s", got)
	}
}

func TestKeyServerSetting(t *testing.T) {
	for setting, want := range map[string]bool{
		"": true, "system": true, "192.0.2.1": true, "[2001:db8::1]:53": true, "127.0.0.1:5353": true,
		"true": false, "dns.example": false, "192.0.2.1:x": false, "Google": false,
	} {
		if _, err := newKeyServer(setting); (err == nil) != want {
			t.Errorf("%q: got %v, want it accepted: %v", setting, err, want)
		}
	}
}
