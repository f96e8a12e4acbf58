package collect_test

import (
	"testing"

	"baocao/pipeline/collect/dovecottest"
)

// dovecot is a server with one account in it for each name.
func dovecot(t testing.TB) server {
	t.Helper()
	return server{addr: dovecottest.Start(t, mailPassword)}
}
