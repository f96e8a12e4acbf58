package collect_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

const (
	mailUser     = "baocao@daknong.example"
	mailPassword = "mật-khẩu-1"
)

// clock is the moment at which the tests run.
var clock = time.Date(2018, 3, 16, 8, 0, 0, 0, time.UTC)

// server is a real mail server on loopback, without TLS.
type server struct {
	addr string
	dial func(ctx context.Context, network, addr string) (net.Conn, error) // nil: over TCP
}

// hooks let a memory server misbehave.
type hooks struct {
	caps     imap.CapSet
	tls      *tls.Config // for STARTTLS
	store    error       // to every STORE
	login    func() error
	preAuth  bool
	listener net.Listener
}

// session is one of the memory server, with the hooks.
type session struct {
	imapserver.SessionIMAP4rev2
	h hooks
}

func (s session) Store(w *imapserver.FetchWriter, n imap.NumSet, flags *imap.StoreFlags, o *imap.StoreOptions) error {
	if s.h.store != nil {
		return s.h.store
	}
	return s.SessionIMAP4rev2.Store(w, n, flags, o)
}

func (s session) Login(name, secret string) error {
	if s.h.login != nil {
		return s.h.login()
	}
	return s.SessionIMAP4rev2.Login(name, secret)
}

// memory starts a real server in memory that has one user.
func memory(t testing.TB, h hooks) server {
	t.Helper()
	mem := imapmemserver.New()
	account := imapmemserver.NewUser(mailUser, mailPassword)
	if err := account.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	mem.AddUser(account)
	if h.caps == nil {
		h.caps = imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapIdle: {}}
	}
	s := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return session{mem.NewSession().(imapserver.SessionIMAP4rev2), h}, &imapserver.GreetingData{PreAuth: h.preAuth}, nil
		},
		Caps: h.caps, TLSConfig: h.tls, InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
	})
	l := h.listener
	if l == nil {
		l = listen(t)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(l)
	}()
	t.Cleanup(func() {
		_ = s.Close()
		<-done
	})
	return server{addr: l.Addr().String()}
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// admin is a second client, which does what people do in their mail programs.
type admin struct {
	t testing.TB
	*imapclient.Client
}

func (s server) admin(t testing.TB) admin {
	t.Helper()
	if s.dial == nil {
		s.dial = new(net.Dialer).DialContext
	}
	conn, err := s.dial(context.Background(), "tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	c := imapclient.New(conn, nil)
	t.Cleanup(func() { c.Close() })
	if err := c.Login(mailUser, mailPassword).Wait(); err != nil {
		t.Fatal(err)
	}
	return admin{t, c}
}

func (a admin) check(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// put delivers messages to a folder, a minute apart.
func (a admin) put(folder string, mails ...string) {
	a.t.Helper()
	for i, mail := range mails {
		command := a.Append(folder, int64(len(mail)), &imap.AppendOptions{Time: clock.Add(time.Duration(i) * time.Minute)})
		_, err := io.WriteString(command, mail)
		a.check(err)
		a.check(command.Close())
		_, err = command.Wait()
		a.check(err)
	}
}

// open opens a folder, and returns the number of its messages.
func (a admin) open(folder string) uint32 {
	a.t.Helper()
	data, err := a.Select(folder, nil).Wait()
	a.check(err)
	return data.NumMessages
}

// flags are those of the folder's messages, by UID and without \Recent.
func (a admin) flags(folder string) map[uint32][]string {
	a.t.Helper()
	if a.open(folder) == 0 {
		return nil
	}
	found, err := a.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true}).Collect()
	a.check(err)
	flags := map[uint32][]string{}
	for _, m := range found {
		l := []string{}
		for _, f := range m.Flags {
			if f != `\Recent` {
				l = append(l, strings.ToLower(string(f)))
			}
		}
		slices.Sort(l)
		flags[uint32(m.UID)] = l
	}
	return flags
}

func (a admin) set(uid imap.UID, flag imap.Flag) {
	a.t.Helper()
	a.check(a.Store(imap.UIDSetNum(uid), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{flag}}, nil).Close())
}

// letter is a made-up message, another one for each number.
func letter(n int) string {
	return fmt.Sprintf("From: So Y te <syt@daknong.example>\r\nTo: %s\r\nSubject: Bao cao %d\r\n"+
		"Message-ID: <%d@daknong.example>\r\nDate: Fri, 16 Mar 2018 07:%02d:00 +0700\r\n\r\n%s\r\n",
		mailUser, n, n, n%60, strings.Repeat(fmt.Sprintf("line %d\r\n", n), 40))
}

func letters(from, to int) []string {
	var all []string
	for n := from; n <= to; n++ {
		all = append(all, letter(n))
	}
	return all
}

// office is a mailbox with a ledger of its own, a real database.
type office struct {
	collect.Mailbox
	store *store.Store
	state string
}

func newOffice(t testing.TB, addr string) *office {
	t.Helper()
	dir := t.TempDir()
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(mailPassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := &office{state: filepath.Join(dir, "out")}
	o.Mailbox = collect.Mailbox{
		Server: addr, Security: collect.Plain, User: mailUser, Secret: collect.Secret{File: secret},
		Dir: filepath.Join(dir, "inbox", "mail"), After: collect.After{Keyword: "$BaocaoStored"},
		MinFree: 1, Now: func() time.Time { return clock },
		Response: time.Minute, // the machine may be busy
	}
	o.open(t)
	return o
}

func (o *office) open(t testing.TB) {
	t.Helper()
	s, err := store.Open(context.Background(), o.state, "daknong")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o.store, o.Ledger = s, s
}

// fetch is a Fetch that must succeed.
func (o *office) fetch(t testing.TB) collect.Fetched {
	t.Helper()
	got, err := o.Fetch(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// mails are the stored messages, sorted; each must stand under its hash, and
// nothing but its sidecar beside it.
func (o *office) mails(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(o.Dir)
	if err != nil {
		t.Fatal(err)
	}
	var mails []string
	for _, e := range entries {
		sha, isMail := strings.CutSuffix(e.Name(), ".eml")
		if !isMail {
			if !strings.HasSuffix(e.Name(), ".json") {
				t.Errorf("there is a file %q", e.Name())
			}
			continue
		}
		data, err := os.ReadFile(filepath.Join(o.Dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if got := sumOf(data); got != sha {
			t.Errorf("%s holds bytes with the hash %s", e.Name(), got)
		}
		if _, err := os.Stat(filepath.Join(o.Dir, sha+".json")); err != nil {
			t.Error(err)
		}
		mails = append(mails, string(data))
	}
	slices.Sort(mails)
	return mails
}

// holds checks that exactly these messages are stored.
func (o *office) holds(t testing.TB, want ...string) {
	t.Helper()
	got := o.mails(t)
	want = slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("stored messages: got %d, want %d\ngot  %.300q\nwant %.300q", len(got), len(want), got, want)
	}
}

// authority makes certificates as an office's own authority does.
type authority struct {
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
	pool *x509.CertPool
}

func newAuthority(t testing.TB) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a := authority{key: key, pool: x509.NewCertPool()}
	a.cert = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"},
		NotBefore: clock.AddDate(-1, 0, 0), NotAfter: clock.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, a.cert, a.cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.pool.AddCert(a.cert)
	return a
}

// issue is a TLS configuration of a server with that address or name.
func (a authority) issue(t testing.TB, name string, notAfter time.Time) *tls.Config {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: clock.AddDate(0, -1, 0), NotAfter: notAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &a.key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: a.key}}}
}

// recorder is a listener that keeps all that clients say, before TLS.
type recorder struct {
	net.Listener
	said *transcript
}

// transcript is what several connections said.
type transcript struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *transcript) add(p []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Write(p)
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func (r recorder) Accept() (net.Conn, error) {
	c, err := r.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return recorded{c, r.said}, nil
}

type recorded struct {
	net.Conn
	said *transcript
}

func (r recorded) Read(p []byte) (int, error) {
	n, err := r.Conn.Read(p)
	r.said.add(p[:n])
	return n, err
}

func sumOf(data []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(data))
}
