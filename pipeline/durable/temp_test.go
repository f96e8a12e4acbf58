package durable_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/durable"
)

// A killed process leaves a closed temporary; a living one has it open.
func TestSweepTemp(t *testing.T) {
	dir := t.TempDir()
	sub := filepath.Join(dir, "archive", "ab")
	put(t, filepath.Join(dir, "kept.pdf"), "kept")
	put(t, filepath.Join(sub, ".kept"), "kept")

	for _, in := range []string{dir, sub} {
		dead, err := durable.CreateTemp(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := dead.Chmod(0o444); err != nil {
			t.Fatal(err)
		}
		if err := dead.Close(); err != nil {
			t.Fatal(err)
		}
	}
	alive, err := durable.CreateTemp(sub)
	if err != nil {
		t.Fatal(err)
	}

	if err := durable.SweepTemp(dir); err != nil {
		t.Fatal(err)
	}
	living := "archive/ab/" + filepath.Base(alive.Name())
	want := map[string]string{"kept.pdf": "kept", "archive/ab/.kept": "kept", living: ""}
	if diff := cmp.Diff(want, files(t, dir)); diff != "" {
		t.Errorf("files after the first sweep (-want +got):\n%s", diff)
	}

	if err := alive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := durable.SweepTemp(dir); err != nil {
		t.Fatal(err)
	}
	delete(want, living)
	if diff := cmp.Diff(want, files(t, dir)); diff != "" {
		t.Errorf("files after the second sweep (-want +got):\n%s", diff)
	}
}

func TestSweepTempOfNothing(t *testing.T) {
	if err := durable.SweepTemp(filepath.Join(t.TempDir(), "missing")); err != nil {
		t.Error(err)
	}
}

// Sweeps beside writers never take a file from under a writer.
func TestSweepTempWhileWriting(t *testing.T) {
	dir := t.TempDir()
	done := make(chan struct{})
	var sweeper, writers sync.WaitGroup
	sweeper.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if err := durable.SweepTemp(dir); err != nil {
				t.Error(err)
				return
			}
		}
	})
	want := map[string]string{}
	for _, name := range []string{"a", "b", "c"} {
		want[name] = name
		writers.Go(func() {
			for range 100 {
				if err := durable.WriteFile(filepath.Join(dir, name), []byte(name), 0o644); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writers.Wait()
	close(done)
	sweeper.Wait()
	if diff := cmp.Diff(want, files(t, dir)); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestCreateTempWithoutFolder(t *testing.T) {
	_, err := durable.CreateTemp(filepath.Join(t.TempDir(), "missing"))
	if !os.IsNotExist(err) {
		t.Errorf("got %v, want one that says the folder does not exist", err)
	}
}
