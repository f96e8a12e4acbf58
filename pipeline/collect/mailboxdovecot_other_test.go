//go:build !unix

package collect_test

import "testing"

func dovecot(t testing.TB) server {
	t.Helper()
	t.Skip("there is no Dovecot for this system")
	return server{}
}
