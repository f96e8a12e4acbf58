package collect_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

func TestItems(t *testing.T) {
	inbox := fstest.MapFS{
		"README":                          file("read me"),
		"README.md":                       file("read me"),
		".gitignore":                      file("*"),
		".hidden/a.xlsx":                  file("hidden"),
		"2018-03-16/Sở Y tế.xlsx":         file("one"),
		"2018-03-16/~$Sở Y tế.xlsx":       file("lock"),
		"2018-03-16/.~lock.a.ods#":        file("lock"),
		"2018-03-16/lần 2/Báo cáo.XLSX":   file("two"),
		"2018-02-30/no such day.xlsx":     file("three"),
		"b.xlsx":                          file("four"),
		"b.xlsx.part":                     file("half"),
		"c.TMP":                           file("half"),
		"c.xlsx":                          file(""),
		"Thumbs.db":                       file("picture"),
		"sub/desktop.ini":                 file("icon"),
		"sub/__MACOSX/._b.xlsx":           file("resource"),
		"mail/1.json":                     file("{}"),
		"x/2018-03-16/2018-03-17/d.xlsx":  file("five"),
		"x/2018-03-16.xlsx":               file("six"),
		"y":                               {Mode: fs.ModeDir | 0o755},
		"z.xlsx":                          {Data: []byte("a pipe"), Mode: fs.ModeNamedPipe},
		"report 2018-03-16/no folder.txt": file("seven"),
	}
	type item struct{ File, Name, Data, Arrived, Basis string }
	want := []item{
		{"2018-02-30/no such day.xlsx", "no such day.xlsx", "three", "", ""},
		{"2018-03-16/Sở Y tế.xlsx", "Sở Y tế.xlsx", "one", "2018-03-16T05:00:00Z", "folder"},
		{"2018-03-16/lần 2/Báo cáo.XLSX", "Báo cáo.XLSX", "two", "2018-03-16T05:00:00Z", "folder"},
		{"b.xlsx", "b.xlsx", "four", "", ""},
		{"report 2018-03-16/no folder.txt", "no folder.txt", "seven", "", ""},
		{"x/2018-03-16/2018-03-17/d.xlsx", "d.xlsx", "five", "2018-03-17T05:00:00Z", "folder"},
		{"x/2018-03-16.xlsx", "2018-03-16.xlsx", "six", "", ""},
	}
	var got []item
	for i := range items(t, collect.Reader{}, inbox) {
		arrived := ""
		if !i.Arrived.IsZero() {
			arrived = i.Arrived.Format(time.RFC3339)
		}
		if i.Message != nil || len(i.Findings) > 0 {
			t.Errorf("%s: got message %v and findings %v, want none", i.File, i.Message, i.Findings)
		}
		got = append(got, item{i.File, i.Name, string(i.Data), arrived, string(i.Basis)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

func TestItemsSkip(t *testing.T) {
	inbox := fstest.MapFS{
		"mau-2018/a.xlsx": file("a"), "b/mau-2018/b.xlsx": file("b"), "c.xlsx": file("c"), "d/c.xlsx": file("d"),
	}
	var got []string
	for i := range items(t, collect.Reader{Skip: []string{"mau-2018", "c.xlsx"}}, inbox) {
		got = append(got, i.File)
	}
	if diff := cmp.Diff([]string{"b/mau-2018/b.xlsx", "d/c.xlsx"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestItemsHash(t *testing.T) {
	inbox := fstest.MapFS{"a.xlsx": file("abc"), "b/a.xlsx": file("abc")}
	// FIPS 180-2, B.1.
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	n := 0
	for i := range items(t, collect.Reader{}, inbox) {
		n++
		if i.SHA256 != want {
			t.Errorf("%s: got hash %s, want %s", i.File, i.SHA256, want)
		}
	}
	if n != 2 {
		t.Errorf("got %d items, want 2", n)
	}
}

func TestItemsOverLimit(t *testing.T) {
	r := collect.Reader{Limits: collect.Limits{File: 3, Message: 5}}
	inbox := fstest.MapFS{
		"2018-03-16/big.xlsx": file("four"),
		"big.eml":             file("sixsix"),
		"ok.xlsx":             file("abc"),
	}
	got := map[string][]string{}
	for i := range items(t, r, inbox) {
		got[i.File] = append(codes(i), string(i.Data))
	}
	want := map[string][]string{
		"2018-03-16/big.xlsx": {"file-too-large", ""},
		"big.eml":             {"file-too-large", ""},
		"ok.xlsx":             {"abc"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
}

// A file that is still being copied waits for the next run.
func TestItemsUnsettled(t *testing.T) {
	now := time.Date(2018, 3, 16, 9, 0, 0, 0, time.UTC)
	r := collect.Reader{Before: now.Add(-5 * time.Second)}
	inbox := fstest.MapFS{
		"old.xlsx":  {Data: half("PK\x03\x04", 600), ModTime: now.Add(-time.Minute)},
		"new.xlsx":  {Data: half("PK\x03\x04", 600), ModTime: now.Add(-time.Second)},
		"new.pdf":   {Data: half("%PDF-1.4", 600), ModTime: now.Add(-time.Second)},
		"new.xls":   {Data: half("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 300), ModTime: now.Add(-time.Second)},
		"new.eml":   {Data: []byte("From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhalf"), ModTime: now},
		"new.rar":   {Data: []byte("Rar!\x1a\x07\x00half"), ModTime: now},
		"whole.pdf": {Data: append(half("%PDF-1.4", 600), "%%EOF\n"...), ModTime: now},
		"whole.zip": {Data: zipped(t, 1, []byte("a")), ModTime: now},
		"whole.csv": {Data: []byte("a;b\n"), ModTime: now},
	}
	var got []string
	for i := range items(t, r, inbox) {
		got = append(got, i.File)
	}
	if diff := cmp.Diff([]string{"old.xlsx", "whole.csv", "whole.pdf", "whole.zip"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}

	got = nil
	for i := range items(t, collect.Reader{}, growing{fstest.MapFS{"a.xlsx": file("half"), "b.xlsx": file("whole")}}) {
		got = append(got, i.File)
	}
	if diff := cmp.Diff([]string{"b.xlsx"}, got); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// half is the beginning of a document.
func half(signature string, n int) []byte { return append([]byte(signature), make([]byte, n)...) }

// growing is a folder whose file a.xlsx is longer each time one looks.
type growing struct{ fstest.MapFS }

func (g growing) Open(name string) (fs.File, error) {
	f, err := g.MapFS.Open(name)
	if name == "a.xlsx" {
		f = &growingFile{File: f}
	}
	return f, err
}

type growingFile struct {
	fs.File
	looked int64
}

type size struct {
	fs.FileInfo
	bytes int64
}

func (f *growingFile) Stat() (fs.FileInfo, error) {
	info, err := f.File.Stat()
	f.looked++
	return size{info, info.Size() + f.looked - 1}, err
}

func (s size) Size() int64 { return s.bytes }

// What cannot be read is told, what has vanished is not, and all the rest is
// read.
func TestItemsErrors(t *testing.T) {
	denied := errors.New("denied")
	inbox := failing{
		MapFS: fstest.MapFS{
			"a.xlsx": file("a"), "b.xlsx": file("b"), "c/d.xlsx": file("d"), "e.xlsx": file("e"),
		},
		errs: map[string]error{"a.xlsx": denied, "b.xlsx": fs.ErrNotExist, "c": denied},
	}
	var got []string
	for i, err := range (collect.Reader{}).Items(inbox) {
		line := i.File
		if err != nil {
			line += ": error"
			if !errors.Is(err, denied) {
				t.Errorf("%s: got %v, want %v", i.File, err, denied)
			}
		}
		got = append(got, line)
	}
	if diff := cmp.Diff([]string{"a.xlsx: error", "c: error", "e.xlsx"}, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}

	for i, err := range (collect.Reader{}).Items(os.DirFS(filepath.Join(t.TempDir(), "missing"))) {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("missing inbox: got %v, %v, want an error", i, err)
		}
	}
}

type failing struct {
	fstest.MapFS
	errs map[string]error
}

func (f failing) Open(name string) (fs.File, error) {
	if err := f.errs[name]; err != nil {
		return nil, err
	}
	return f.MapFS.Open(name)
}

func (f failing) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.errs[name]; err != nil {
		return nil, err
	}
	return f.MapFS.ReadDir(name)
}

func TestItemsStop(t *testing.T) {
	inbox := fstest.MapFS{"a/a.xlsx": file("a"), "b.xlsx": file("b")}
	n := 0
	for range (collect.Reader{}).Items(inbox) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("got %d items after a break, want 1", n)
	}
}

func file(data string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(data)} }

// items is all items of the inbox; any error ends the test.
func items(t *testing.T, r collect.Reader, inbox fs.FS) func(func(collect.Item) bool) {
	return func(yield func(collect.Item) bool) {
		for i, err := range r.Items(inbox) {
			if err != nil {
				t.Fatalf("%s: %v", i.File, err)
			}
			if !yield(i) {
				return
			}
		}
	}
}

// codes is the codes of the item's findings, in order.
func codes(i collect.Item) []string {
	var codes []string
	for _, f := range i.Findings {
		codes = append(codes, f.Code)
	}
	return codes
}
