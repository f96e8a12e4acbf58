package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

// The archive that documents were taken out of is kept beside them as it was
// received, is put back when it is lost, and is found from the arrival.
func TestKeepContainer(t *testing.T) {
	dir := t.TempDir()
	archive := collect.Container{SHA256: hash("zip"), Name: "bao-cao.zip", Format: "zip", Raw: []byte("zip")}
	one, faults := dropped("2018-03-16/bao-cao.zip", "one"), dropped("2018-03-16/bao-cao.zip", "")
	inside := archive
	inside.Inside = "Quý I/so-y-te.xlsx"
	one.Name, one.Container = "so-y-te.xlsx", &inside
	faults.SHA256, faults.Data, faults.Container = archive.SHA256, nil, &archive
	s := open(t, dir)
	for range 2 {
		for _, item := range []collect.Item{one, faults} {
			keep(t, s, item, seen)
		}
		var raw []byte
		for _, o := range originals(t, s) {
			if o.Arrival.Container == nil || o.Arrival.Container.Raw != nil {
				t.Fatalf("%s: got container %+v, want it without its bytes", o.Name, o.Arrival.Container)
			}
			var err error
			if raw, err = s.Container(*o.Arrival.Container); err != nil || string(raw) != "zip" {
				t.Errorf("%s: container: got %q, %v, want %q", o.Name, raw, err, "zip")
			}
		}
		if raw == nil {
			t.Fatal("got no originals")
		}
		kept := filepath.Join(dir, "archive", archive.SHA256[:2], archive.SHA256+".zip")
		if err := os.Remove(kept); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Container(archive); err == nil {
			t.Error("a lost archive is found")
		}
	}
	o := keep(t, s, one, seen)
	if diff := cmp.Diff("bao-cao.zip/Quý I/so-y-te.xlsx", o.Arrival.Title()); diff != "" {
		t.Errorf("title (-want +got):\n%s", diff)
	}
	if data, err := s.Data(archive.SHA256); err != nil || data != nil {
		t.Errorf("the archive's own document: got %q, %v, want none", data, err)
	}
}
