package store_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

func TestKeep(t *testing.T) {
	s := open(t, t.TempDir())
	item := dropped("2018-03-16/Báo cáo.xlsx", "data")
	item.Arrived, item.Basis = time.Date(2018, 3, 16, 12, 0, 0, 0, time.FixedZone("", 7*60*60)), collect.Folder

	got := keep(t, s, item, seen)
	arrival := store.Arrival{
		File: "2018-03-16/Báo cáo.xlsx", Name: "Báo cáo.xlsx",
		Arrived: time.Date(2018, 3, 16, 5, 0, 0, 0, time.UTC), Basis: collect.Folder, Seen: seen,
	}
	want := store.Original{
		SHA256: hash("data"), Name: "Báo cáo.xlsx", Arrived: arrival.Arrived,
		Arrival: arrival, Arrivals: []store.Arrival{arrival}, New: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}

	want.New = false
	got = keep(t, s, item, seen.Add(time.Hour))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept again (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.Original{want}, originals(t, s)); diff != "" {
		t.Errorf("originals (-want +got):\n%s", diff)
	}
	data, err := s.Data(hash("data"))
	if err != nil || string(data) != "data" {
		t.Errorf("data: got %q, %v, want %q", data, err, "data")
	}
}

// Running the same inbox three times gives the same rows and files.
func TestKeepIsIdempotent(t *testing.T) {
	dir := t.TempDir()
	inbox := []collect.Item{
		dropped("a.xlsx", "one"),
		dropped("again/a.xlsx", "one"),
		mailed("mail/1.eml", "a.xlsx", "one", seen, true),
		mailed("mail/1.eml", "b.xlsx", "one", seen, true),
		mailed("mail/2.eml", "c.csv", "two", seen, false),
		bare("mail/3.eml"),
	}
	var first string
	for run := range 3 {
		once(t, dir, func(s *store.Store) {
			for _, item := range inbox {
				o := keep(t, s, item, seen.AddDate(0, 0, run))
				if run > 0 && o.New {
					t.Errorf("run %d: %s is new again", run, item.File)
				}
			}
		})
		got := dump(t, dir)
		if run == 0 {
			first = got
		} else if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("run %d (-first +this):\n%s", run, diff)
		}
	}
}

// bare is a mail without attachments.
func bare(file string) collect.Item {
	item := mailed(file, "", "", seen, true)
	item.Data, item.SHA256 = nil, item.Message.SHA256
	return item
}

func TestKeepArchive(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, dropped("Báo cáo.XLSX", "one"), seen)
	keep(t, s, mailed("mail/1.eml", "../../etc/passwd", "two", seen, true), seen)
	keep(t, s, mailed("mail/1.eml", "evil.json", "three", seen, true), seen)
	keep(t, s, bare("mail/2.eml"), seen)

	var got []string
	for _, line := range tree(t, filepath.Join(dir, "archive")) {
		name, mode, _ := strings.Cut(line, " ")
		if !strings.HasSuffix(name, ".json") {
			got = append(got, name+" "+mode[:10])
		}
	}
	file := func(sha, ext string) string { return sha[:2] + "/" + sha + ext + " -r--r--r--" }
	want := []string{
		file(hash("one"), ".xlsx"), file(hash("two"), ".bin"), file(hash("three"), ".bin"),
		file(hash("mail mail/1.eml"), ".eml"), file(hash("mail mail/2.eml"), ".eml"),
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("archive (-want +got):\n%s", diff)
	}

	sidecar, err := os.ReadFile(filepath.Join(dir, "archive", hash("two")[:2], hash("two")+".json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"mail/1.eml"`, `"../../etc/passwd"`, `"snv@daknong.example"`, `"Báo cáo <quý I>"`,
		`"2018-03-17T08:00:00.5Z"`, `"received"`, hash("mail mail/1.eml")} {
		if !strings.Contains(string(sidecar), want) {
			t.Errorf("sidecar: no %s in\n%s", want, sidecar)
		}
	}
}

// Which of several arrivals counts does not depend on the order in which they
// are met.
func TestKeepArrivals(t *testing.T) {
	early, late := seen.AddDate(0, 0, -2), seen.AddDate(0, 0, -1)
	auto := mailed("mail/auto.eml", "a.xlsx", "data", early.Add(-time.Hour), true)
	auto.Message.AutoReply = true
	items := []collect.Item{
		mailed("mail/late.eml", "a.xlsx", "data", late, true),
		mailed("mail/forged.eml", "a.xlsx", "data", early, false),
		dropped("b.xlsx", "data"),
		auto,
	}
	want := []string{"mail/late.eml", "b.xlsx", "mail/forged.eml", "mail/auto.eml"}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
		s := open(t, t.TempDir())
		var o store.Original
		for n, i := range order {
			o = keep(t, s, items[i], seen)
			if o.New != (n == 0) {
				t.Errorf("order %v, item %d: new is %v", order, n, o.New)
			}
		}
		var got []string
		for _, a := range o.Arrivals {
			got = append(got, a.File)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order %v (-want +got):\n%s", order, diff)
		}
		o.New = false
		if diff := cmp.Diff([]store.Original{o}, originals(t, s)); diff != "" {
			t.Errorf("order %v, originals (-kept +read):\n%s", order, diff)
		}
	}
}

func TestOriginalsOrder(t *testing.T) {
	s := open(t, t.TempDir())
	keep(t, s, mailed("1.eml", "", "third", seen.Add(time.Second/2), true), seen)
	keep(t, s, mailed("2.eml", "", "first", seen.Add(-time.Second), true), seen)
	keep(t, s, mailed("3.eml", "", "second", seen, true), seen)
	var got []string
	for _, o := range originals(t, s) {
		got = append(got, o.SHA256)
	}
	if diff := cmp.Diff([]string{hash("first"), hash("second"), hash("third")}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestKeepRefuses(t *testing.T) {
	s := open(t, t.TempDir())
	wrong := dropped("a.xlsx", "data")
	wrong.Data = []byte("other data")
	path := dropped("a.xlsx", "data")
	path.SHA256 = "../../" + path.SHA256[6:]
	for name, item := range map[string]collect.Item{
		"no hash": {File: "a.xlsx"}, "hash of something else": wrong, "hash with a path": path,
	} {
		if _, err := s.Keep(t.Context(), item, seen); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
	if got := originals(t, s); len(got) != 0 {
		t.Errorf("got %v, want nothing kept", got)
	}
}

func TestData(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	keep(t, s, dropped("a.xlsx", "changed"), seen)
	keep(t, s, dropped("b.xlsx", "missing"), seen)
	keep(t, s, bare("mail/1.eml"), seen)
	overLimit := collect.Item{File: "big.iso", Name: "big.iso", SHA256: hash("path and size")}
	keep(t, s, overLimit, seen)

	file := func(data string) string { return filepath.Join(dir, "archive", hash(data)[:2], hash(data)+".xlsx") }
	if err := os.Chmod(file("changed"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file("changed"), []byte("by somebody"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file("missing")); err != nil {
		t.Fatal(err)
	}
	for _, sha := range []string{hash("changed"), hash("missing"), hash("never kept")} {
		if data, err := s.Data(sha); err == nil || !strings.Contains(err.Error(), sha) {
			t.Errorf("got %q, %v, want an error that names %s", data, err, sha)
		}
	}
	if _, err := s.Data("../../baocao"); err == nil {
		t.Error("a path: got no error")
	}
	for _, sha := range []string{hash("mail mail/1.eml"), overLimit.SHA256} {
		if data, err := s.Data(sha); data != nil || err != nil {
			t.Errorf("an original without a document: got %q, %v, want nil, nil", data, err)
		}
	}
	mail, err := s.Mail(hash("mail mail/1.eml"))
	if err != nil || string(mail) != "mail mail/1.eml" {
		t.Errorf("mail: got %q, %v", mail, err)
	}

	// The document lies in the inbox still, so the next run mends the archive.
	keep(t, s, dropped("b.xlsx", "missing"), seen.Add(time.Hour))
	if data, err := s.Data(hash("missing")); err != nil || string(data) != "missing" {
		t.Errorf("after the next Keep: got %q, %v", data, err)
	}
}

// A Keep that was cut off after any of its steps is completed by the next.
func TestKeepAfterKill(t *testing.T) {
	item := mailed("mail/1.eml", "a.xlsx", "data", time.Time{}, true)
	whole := t.TempDir()
	once(t, whole, func(s *store.Store) { keep(t, s, item, seen) })
	want := dump(t, whole)

	var files []string // in the order in which Keep writes them
	for _, name := range []string{hash("mail mail/1.eml") + ".eml", hash("data") + ".xlsx", hash("data") + ".json"} {
		files = append(files, filepath.Join(name[:2], name))
	}
	for n := range len(files) + 1 {
		dir := t.TempDir()
		once(t, dir, func(*store.Store) {}) // a database that knows of nothing
		for _, name := range files[:n] {
			copyFile(t, filepath.Join(whole, "archive", name), filepath.Join(dir, "archive", name))
		}
		once(t, dir, func(s *store.Store) {
			if got := originals(t, s); len(got) != 0 {
				t.Fatalf("killed after %d files: got %v before, want none", n, got)
			}
			// First-seen is what the sidecar says, if it was written.
			at := seen
			if n == len(files) {
				at = seen.AddDate(0, 0, 1)
			}
			if !keep(t, s, item, at).New {
				t.Errorf("killed after %d files: not new", n)
			}
		})
		if diff := cmp.Diff(withoutTimes(want), withoutTimes(dump(t, dir))); diff != "" {
			t.Errorf("killed after %d files (-want +got):\n%s", n, diff)
		}
	}
}

// withoutTimes is a dump without the times of files.
func withoutTimes(dump string) string {
	lines := strings.Split(dump, "\n")
	for i, line := range lines {
		if before, _, ok := strings.Cut(line, " -r"); ok {
			lines[i] = before
		}
	}
	return strings.Join(lines, "\n")
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, info.Mode()&fs.ModePerm); err != nil {
		t.Fatal(err)
	}
}
