package dovecottest

import "testing"

// Server is a running Dovecot.
type Server struct {
	Addr    string // without TLS at first; STARTTLS is offered when it has a certificate
	TLSAddr string // with TLS from the first byte; empty: it has no certificate

	root string // its folder
	uid  int    // of the user that it runs as
	gid  int
}

// Options are what a Server is started with. Every name is an account.
type Options struct {
	Password string // of every account

	// CertFile and KeyFile hold its certificate with the key, in PEM; empty: it
	// has none. It reads them as the user that it runs as.
	CertFile, KeyFile string
}

// Start starts a Dovecot without TLS, and gives its address. See [New].
func Start(t testing.TB, password string) (addr string) {
	t.Helper()
	return New(t, Options{Password: password}).Addr
}
