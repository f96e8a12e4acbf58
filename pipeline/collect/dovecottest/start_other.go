//go:build !unix

package dovecottest

import "testing"

// Start skips the test: Dovecot does not run here.
func Start(t testing.TB, password string) (addr string) {
	t.Helper()
	t.Skip("Dovecot does not run here")
	return ""
}
