package durable_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/durable"
)

func TestPublish(t *testing.T) {
	dir := t.TempDir()
	for i, data := range []string{"first", "second"} {
		f, err := durable.CreateTemp(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(data); err != nil {
			t.Fatal(err)
		}
		err = durable.Publish(f, filepath.Join(dir, "a"))
		if i == 0 && err != nil {
			t.Errorf("first: %v", err)
		}
		if i == 1 && !errors.Is(err, fs.ErrExist) {
			t.Errorf("second: got %v, want %v", err, fs.ErrExist)
		}
		if diff := cmp.Diff(map[string]string{"a": "first"}, files(t, dir)); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
	}
}
