package store_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

// childDir tells the test program that it is the one to be killed.
const childDir = "BAOCAO_TEST_KEEP_IN"

// inboxOf is documents enough for a kill to fall among them, some of which
// share mails and contents.
func inboxOf() []collect.Item {
	var items []collect.Item
	for i := range 30 {
		data := fmt.Sprint("document ", i%20)
		items = append(items,
			dropped(fmt.Sprintf("%d.xlsx", i), data),
			mailed(fmt.Sprintf("mail/%d.eml", i), "a.xlsx", data, seen, i%2 == 0))
	}
	return items
}

func keepAndRead(t *testing.T, s *store.Store, item collect.Item) {
	t.Helper()
	o := keep(t, s, item, seen)
	sub := submission("", o.Arrived)
	sub.SHA256 = o.SHA256
	if err := s.SaveReading(t.Context(), "rules", sub); err != nil {
		t.Fatal(err)
	}
}

// TestChild is what TestKill runs and kills.
func TestChild(t *testing.T) {
	dir := os.Getenv(childDir)
	if dir == "" {
		t.Skip("it is run by TestKill")
	}
	once(t, dir, func(s *store.Store) {
		for _, item := range inboxOf() {
			keepAndRead(t, s, item)
			fmt.Println("kept")
		}
	})
}

// A process that is killed at any moment leaves what the next one completes.
func TestKill(t *testing.T) {
	whole := t.TempDir()
	once(t, whole, func(s *store.Store) {
		for _, item := range inboxOf() {
			keepAndRead(t, s, item)
		}
	})
	want := withoutTimes(dump(t, whole))

	dir := t.TempDir()
	for _, after := range []int{0, 1, 7, 20, 41} {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
		child.Env = append(os.Environ(), childDir+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range after {
			if !lines.Scan() {
				t.Fatalf("the child ended before it kept %d documents", after)
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
		once(t, dir, func(s *store.Store) {
			for _, o := range originals(t, s) {
				if _, err := s.Data(o.SHA256); err != nil {
					t.Errorf("killed after %d: %v", after, err)
				}
			}
		})
	}
	once(t, dir, func(s *store.Store) {
		for _, item := range inboxOf() {
			keepAndRead(t, s, item)
		}
	})
	if diff := cmp.Diff(want, withoutTimes(dump(t, dir))); diff != "" {
		t.Errorf("completed (-want +got):\n%s", diff)
	}
}
