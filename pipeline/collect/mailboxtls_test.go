package collect_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/collect/dovecottest"
)

// Dovecot with a certificate of the office's own is believed by who knows the
// authority, over IMAPS and STARTTLS; a certificate that is wrong in any way is
// refused before the login, and the mail comes when it is right again.
func TestMailboxDovecotTLS(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	certFile, keyFile := pemFiles(t, ours.issue(t, "127.0.0.1", clock.AddDate(0, 1, 0)))
	d := dovecottest.New(t, dovecottest.Options{Password: mailPassword, CertFile: certFile, KeyFile: keyFile})
	d.Fill(t, mailUser, 3, func(n int) (string, time.Time) { return letter(n), clock })
	for _, security := range []collect.Security{collect.TLS, collect.StartTLS} {
		t.Run(string(security), func(t *testing.T) {
			addr := d.TLSAddr
			if security == collect.StartTLS {
				addr = d.Addr
			}
			_, port, err := net.SplitHostPort(addr)
			if err != nil {
				t.Fatal(err)
			}
			o := newOffice(t, addr)
			o.Security = security
			for _, c := range []struct {
				name   string
				server string
				roots  *x509.CertPool
				now    time.Time
				want   string // in the error
			}{
				{"unknown authority", addr, theirs.pool, clock, "unknown authority"},
				{"the system's authorities", addr, nil, clock, "unknown authority"},
				{"another host's", "localhost:" + port, ours.pool, clock, "localhost"},
				{"expired", addr, ours.pool, clock.AddDate(0, 2, 0), "expired"},
				{"not valid yet", addr, ours.pool, clock.AddDate(0, -2, 0), "not yet valid"},
			} {
				o.Server, o.RootCAs, o.Now = c.server, c.roots, func() time.Time { return c.now }
				_, err := o.Fetch(context.Background())
				if !errors.Is(err, collect.ErrInsecure) || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%s: got error %v, want %v with %q", c.name, err, collect.ErrInsecure, c.want)
				}
			}
			o.holds(t)
			said := new(transcript)
			p := newProxy(t, addr)
			p.client = func(_ int, chunk []byte) []byte {
				said.add(chunk)
				return chunk
			}
			o.Server, o.RootCAs, o.Now = p.addr(), ours.pool, func() time.Time { return clock }
			if got := o.fetch(t); got.Stored != 3 || len(got.Warnings) > 0 {
				t.Errorf("with the right certificate: got %+v, want 3 stored", got)
			}
			o.holds(t, letters(0, 2)...)
			if s := said.String(); strings.Contains(s, "AUTHENTICATE") || strings.Contains(s, "SELECT") {
				t.Errorf("it talks without encryption: %.300q", s)
			}
		})
	}
}

// pemFiles are the certificate and the key of a server, as files.
func pemFiles(t *testing.T, c *tls.Config) (certFile, keyFile string) {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(c.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert"), filepath.Join(dir, "key")
	for name, block := range map[string]*pem.Block{
		certFile: {Type: "CERTIFICATE", Bytes: c.Certificates[0].Certificate[0]},
		keyFile:  {Type: "PRIVATE KEY", Bytes: key},
	} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}
