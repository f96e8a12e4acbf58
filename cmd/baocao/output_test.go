package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

// full is a disk, or a reader that has gone.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// What could not be told is not done.
func TestOutputIsLost(t *testing.T) {
	for _, args := range [][]string{{"--version"}, {"schedule", "next", "--help"}} {
		var said bytes.Buffer
		if code := Main(t.Context(), args, full{}, &said, time.Now); code != exitFailed || !strings.Contains(said.String(), "no space left") {
			t.Errorf("%q: exit %d, %q, want %d and why", args, code, said.String(), exitFailed)
		}
	}
}
