// Package dovecottest starts the mail server Dovecot for tests. No program of
// ours has it in it.
package dovecottest
