package collect

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"
)

// Secret is where a password or token is kept: in a file, or in an environment
// variable. It is read anew for each login, so that a program beside this one
// can refresh a token.
type Secret struct {
	File string
	Env  string // the name of the variable
}

// maxSecret is far above the length of a token.
const maxSecret = 64 << 10

func (s Secret) check() error {
	if (s.File == "") == (s.Env == "") {
		return errors.New("want the name of one file or of one environment variable for the password")
	}
	return nil
}

// Read is the secret. No error holds any of it.
func (s Secret) Read() (string, error) {
	if err := s.check(); err != nil {
		return "", err
	}
	var secret, at string
	if s.Env != "" {
		secret, at = os.Getenv(s.Env), fmt.Sprintf("environment variable %q", s.Env)
	} else {
		var err error
		if secret, err = s.readFile(); err != nil {
			return "", fmt.Errorf("read password: %w", err)
		}
		at = fmt.Sprintf("file %q", s.File)
	}
	secret = strings.TrimRight(strings.TrimPrefix(secret, "\uFEFF"), "\r\n")
	switch {
	case secret == "":
		return "", fmt.Errorf("read password: %s is empty", at)
	case strings.ContainsAny(secret, "\r\n\x00"):
		return "", fmt.Errorf("read password: %s holds more than one line", at)
	}
	return secret, nil
}

func (s Secret) readFile() (string, error) {
	f, err := os.Open(s.File)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	// Windows has no such modes.
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("file %q may be read by others (mode %04o): chmod 600", s.File, mode)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxSecret+1))
	if err != nil {
		return "", err
	}
	if len(data) > maxSecret {
		return "", fmt.Errorf("file %q is longer than a password", s.File)
	}
	return string(data), nil
}

// changedAfter reports whether the secret is known to be another one than at
// that moment.
func (s Secret) changedAfter(t time.Time) bool {
	info, err := os.Stat(s.File)
	return s.File != "" && err == nil && info.ModTime().After(t)
}
