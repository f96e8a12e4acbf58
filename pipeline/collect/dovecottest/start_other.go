//go:build !unix

package dovecottest

import (
	"testing"
	"time"
)

// New skips the test: Dovecot does not run here.
func New(t testing.TB, _ Options) *Server {
	t.Helper()
	t.Skip("Dovecot does not run here")
	return nil
}

// Fill is of no use where there is no server.
func (s *Server) Fill(testing.TB, string, int, func(n int) (mail string, at time.Time)) {}

// Renumber is of no use where there is no server.
func (s *Server) Renumber(testing.TB, string) {}
