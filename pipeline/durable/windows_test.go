//go:build windows

package durable_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"baocao/pipeline/durable"
)

// A workbook that a clerk has open cannot be replaced: that is said, and the old
// one stays whole.
func TestWriteFileInUse(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bao-cao.xlsx")
	if err := durable.WriteFile(name, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	open, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	err = durable.WriteFile(name, []byte("new"), 0o644)
	if !errors.Is(err, durable.ErrInUse) {
		t.Errorf("got %v, want %v", err, durable.ErrInUse)
	}
	if err := open.Close(); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(name); string(got) != "old" {
		t.Errorf("got %q, want the old bytes", got)
	}
}

// A virus scanner that looks at a file for a moment keeps nobody from his work.
func TestWriteFileScanned(t *testing.T) {
	name := filepath.Join(t.TempDir(), "bao-cao.xlsx")
	if err := durable.WriteFile(name, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	open, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(200*time.Millisecond, func() { _ = open.Close() })
	if err := durable.WriteFile(name, []byte("new"), 0o644); err != nil {
		t.Error(err)
	}
	if got, _ := os.ReadFile(name); string(got) != "new" {
		t.Errorf("got %q, want the new bytes", got)
	}
}
