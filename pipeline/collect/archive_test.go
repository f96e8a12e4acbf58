package collect_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
)

// The documents that testdata/archive/generate.py packs.
const (
	one = "Bao cao cua So Y te\n"
	two = "Bao cao cua So Tu phap\n"
)

// archived is what opening an archive gives.
type archived struct {
	Documents []string // title below the archive, ": ", "one" or "two"
	Faults    []string // codes of the archive's own item
}

func openArchive(t *testing.T, r collect.Reader, name string, data []byte) archived {
	t.Helper()
	var got archived
	for _, i := range r.Open(name, data) {
		if i.File != name {
			t.Errorf("%s: lies at %q, want %q", i.Title(), i.File, name)
		}
		if i.Container == nil || !bytes.Equal(i.Container.Raw, data) {
			t.Errorf("%s: does not hold the archive as it was received", i.Title())
			continue
		}
		if i.Data == nil && i.Container.Inside == "" {
			got.Faults = append(got.Faults, codes(i)...)
			continue
		}
		title := strings.TrimPrefix(i.Title(), filepath.Base(name)+"/")
		switch string(i.Data) {
		case one:
			title += ": one"
		case two:
			title += ": two"
		}
		got.Documents = append(got.Documents, title)
	}
	return got
}

func TestOpenArchives(t *testing.T) {
	both := archived{Documents: []string{"Sở Y tế.xlsx: one", "Quý I/Sở Tư pháp.xlsx: two"}}
	back := archived{Documents: []string{both.Documents[1], both.Documents[0]}}
	only := func(codes ...string) archived { return archived{Faults: codes} }
	good := func(codes ...string) archived { return archived{[]string{"tot.xlsx: two"}, codes} }
	tests := map[string]archived{
		"utf8.zip":         both,
		"info-zip.zip":     back,
		"cp1258.zip":       {Documents: []string{"Sở Y tế.xlsx: one"}},
		"cp437.zip":        {Documents: []string{"Hà Tiên.xlsx: one"}},
		"unicode-path.zip": {Documents: []string{"Sở Y tế.xlsx: one"}},
		"junk.zip":         {Documents: []string{"a/a.xlsx: one"}},
		"nested.zip":       {Documents: []string{"Sở Y tế.xlsx: one", "trong.zip/Sở Tư pháp.xlsx: two"}},
		"mail.zip":         {Documents: []string{"thu.eml/bieu.xlsx: two", "a.xlsx: one"}},
		"only-junk.zip":    only("archive-empty"),
		"empty.zip":        only("archive-empty"),
		"nested-deep.zip":  only("archive-too-deep"),
		"slip.zip":         good("archive-unsafe-name", "archive-unsafe-name", "archive-unsafe-name"),
		"link.zip":         good("archive-link"),
		"twice.zip":        good("archive-duplicate-name"),
		"empty-file.zip":   good("file-empty"),
		"bomb.zip":         good("archive-too-large"),
		"lzma.zip":         only("archive-method"),
		"cut.zip":          only("archive-damaged"),
		"crc.zip":          {[]string{"b.xlsx: two"}, []string{"archive-damaged"}},
		"overlap.zip":      only("archive-overlapping"),
		"encrypted.zip":    only("file-encrypted", "file-encrypted"),
		"aes.zip":          only("file-encrypted", "file-encrypted"),

		"lzma2.7z":           back,
		"lzma.7z":            back,
		"deflate.7z":         back,
		"bzip2.7z":           back,
		"copy.7z":            back,
		"ppmd.7z":            only("archive-method", "archive-method"),
		"encrypted.7z":       only("file-encrypted", "file-encrypted"),
		"encrypted-names.7z": only("file-encrypted"),
		"cut.7z":             only("archive-damaged"),
		"empty.7z":           only("archive-empty"),
		"bao-cao.7z.001":     only("archive-volume"),

		"rar4.rar":             both,
		"rar5.rar":             both,
		"cut4.rar":             {both.Documents[:1], []string{"archive-damaged"}},
		"cut5.rar":             {both.Documents[:1], []string{"archive-damaged"}},
		"crc4.rar":             good("archive-damaged"),
		"encrypted4.rar":       only("file-encrypted"),
		"encrypted5.rar":       only("file-encrypted"),
		"encrypted-names4.rar": only("file-encrypted"),
		"encrypted-names5.rar": only("file-encrypted"),
		"bao-cao.part1.rar":    only("archive-volume"),
		"slip4.rar":            good("archive-unsafe-name"),
		"link4.rar":            good("archive-link"),
		"window5.rar":          only("archive-too-large"),
	}
	samples, err := filepath.Glob(filepath.Join("testdata", "archive", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range samples {
		if _, ok := tests[filepath.Base(file)]; !ok && filepath.Ext(file) != ".py" {
			t.Errorf("%s: is not tested", file)
		}
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", "archive", name))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, openArchive(t, border, name, data)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What could not be taken is told entry by entry, by its name.
func TestEachEntryIsTold(t *testing.T) {
	for name, want := range map[string][]string{
		"slip.zip":      {"slip.zip ../../ngoai.xlsx", "slip.zip /etc/ngoai.xlsx", "slip.zip C:\\ngoai.xlsx"},
		"encrypted.zip": {"encrypted.zip/Quý I/Sở Tư pháp.xlsx", "encrypted.zip/Sở Y tế.xlsx"},
		"ppmd.7z":       {"ppmd.7z Quý I/Sở Tư pháp.xlsx", "ppmd.7z Sở Y tế.xlsx"},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "archive", name))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range border.Open(name, data) {
			for _, f := range i.Findings {
				got = append(got, strings.TrimSpace(f.Place.File+" "+f.Got))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// An archive is the same whether it was dropped or attached, and its documents
// come with the mail.
func TestOpenAttachedArchive(t *testing.T) {
	for _, name := range []string{"nested.zip", "lzma2.7z", "rar5.rar", "mail.zip"} {
		data, err := os.ReadFile(filepath.Join("testdata", "archive", name))
		if err != nil {
			t.Fatal(err)
		}
		raw := "From: a@daknong.example\r\nContent-Type: application/octet-stream; name=" + name +
			"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(data)
		want := openArchive(t, border, name, data).Documents
		var got []string
		for _, i := range border.Open("a.eml", []byte(raw)) {
			if i.Message == nil || i.Container == nil || i.Container.Name != name || !bytes.Equal(i.Container.Raw, data) {
				t.Fatalf("%s: got message %v, container %v", i.Title(), i.Message, i.Container)
			}
			got = append(got, strings.TrimPrefix(i.Title(), name+"/")+": "+map[string]string{one: "one", two: "two"}[string(i.Data)])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// zipped is a zip of the given number of files.
func zipped(t testing.TB, n int, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range n {
		f, err := w.Create(fmt.Sprintf("%d.csv", i))
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestOpenArchiveLimits(t *testing.T) {
	r := collect.Reader{Limits: collect.Limits{File: 200 << 10, Entries: 20, Unpacked: 1000}}
	tests := map[string]struct {
		data      []byte
		documents int
		fault     string
	}{
		"as many as allowed":   {zipped(t, 20, []byte("a")), 20, ""},
		"one more":             {zipped(t, 21, []byte("a")), 0, "archive-too-many-entries"},
		"as much as allowed":   {zipped(t, 10, bytes.Repeat([]byte("a"), 100)), 10, ""},
		"one byte more":        {zipped(t, 11, bytes.Repeat([]byte("a"), 99)), 10, "archive-too-large"},
		"more than its header": {lying(t, zipped(t, 1, bytes.Repeat([]byte("a"), 2000))), 0, "archive-damaged"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := openArchive(t, r, "a.zip", tt.data)
			if len(got.Documents) != tt.documents {
				t.Errorf("got %d documents, want %d", len(got.Documents), tt.documents)
			}
			if strings.Join(got.Faults, " ") != tt.fault {
				t.Errorf("got faults %v, want %q", got.Faults, tt.fault)
			}
		})
	}
	t.Run("a file over its limit", func(t *testing.T) {
		r := collect.Reader{Limits: collect.Limits{File: 2000}}
		got := openArchive(t, r, "a.zip", zipped(t, 2, bytes.Repeat([]byte("a"), 2001)))
		if len(got.Documents) > 0 || strings.Join(got.Faults, " ") != "file-too-large file-too-large" {
			t.Errorf("got %v, want both files told as too large", got)
		}
	})
}

// lying makes a zip's directory say that each file has 10 bytes.
func lying(t testing.TB, data []byte) []byte {
	t.Helper()
	at := bytes.Index(data, []byte("PK\x01\x02"))
	if at < 0 {
		t.Fatal("no directory")
	}
	copy(data[at+24:], []byte{10, 0, 0, 0})
	return data
}

// A workbook is a zip and no archive, also when it is cut short.
func TestOpenWorkbookIsNoArchive(t *testing.T) {
	book, err := os.ReadFile(filepath.Join("..", "..", "inbox", "mau-2018", "2018-03-15", "bao-cao-so-tu-phap-quy-I.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, data := range [][]byte{book, book[:len(book)/2]} {
		got := border.Open("a.xlsx", data)
		if len(got) != 1 || got[0].Container != nil || !bytes.Equal(got[0].Data, data) {
			t.Errorf("%d bytes: got %d items, want the workbook itself", len(data), len(got))
		}
	}
}

// Whatever the bytes, an archive gives at least one item, keeps the limits and
// shows no name that leads out of it.
func FuzzOpenArchive(f *testing.F) {
	samples, err := filepath.Glob(filepath.Join("testdata", "archive", "*.[zr7]*"))
	if err != nil || len(samples) == 0 {
		f.Fatalf("samples: got %v, %v, want some", samples, err)
	}
	for _, name := range samples {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	r := collect.Reader{Limits: collect.Limits{File: 64 << 10, Entries: 30, Unpacked: 128 << 10}}
	f.Fuzz(func(t *testing.T, data []byte) {
		items := r.Open("a.zip", data)
		if len(items) == 0 {
			t.Fatal("got no item")
		}
		total := 0
		for _, i := range items {
			if i.Data == nil && len(i.Findings) == 0 {
				t.Errorf("%q: got neither data nor findings", i.Title())
			}
			if i.Container == nil {
				continue
			}
			total += len(i.Data)
			if strings.ContainsAny(i.Name, `/\`) || strings.Contains("/"+i.Title()+"/", "/../") {
				t.Errorf("name %q of %q is not fit to be shown", i.Name, i.Title())
			}
		}
		if len(items) > 2*r.Limits.Entries || int64(total) > r.Limits.Unpacked {
			t.Errorf("%d items with %d bytes are over the limits", len(items), total)
		}
	})
}

func BenchmarkOpenArchive(b *testing.B) {
	for _, name := range []string{"utf8.zip", "rar5.rar", "lzma2.7z"} {
		data, err := os.ReadFile(filepath.Join("testdata", "archive", name))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				border.Open(name, data)
			}
		})
	}
}

// The list of files of a 7z archive is behind a checksum that no fuzzer finds,
// so here it is given and the checksum computed.
func FuzzOpen7zList(f *testing.F) {
	for _, name := range []string{"lzma.7z", "lzma2.7z", "encrypted-names.7z"} {
		data, err := os.ReadFile(filepath.Join("testdata", "archive", name))
		if err != nil {
			f.Fatal(err)
		}
		at := 32 + int(binary.LittleEndian.Uint64(data[12:]))
		f.Add(data[32:at], data[at:])
	}
	r := collect.Reader{Limits: collect.Limits{File: 64 << 10, Entries: 30, Unpacked: 128 << 10}}
	f.Fuzz(func(t *testing.T, packed, list []byte) {
		data := make([]byte, 32)
		copy(data, "7z\xbc\xaf\x27\x1c\x00\x04")
		binary.LittleEndian.PutUint64(data[12:], uint64(len(packed)))
		binary.LittleEndian.PutUint64(data[20:], uint64(len(list)))
		binary.LittleEndian.PutUint32(data[28:], crc32.ChecksumIEEE(list))
		binary.LittleEndian.PutUint32(data[8:], crc32.ChecksumIEEE(data[12:]))
		total := 0
		for _, i := range r.Open("a.7z", slices.Concat(data, packed, list)) {
			total += len(i.Data)
			if i.Data == nil && len(i.Findings) == 0 {
				t.Errorf("%q: got neither data nor findings", i.Title())
			}
		}
		if int64(total) > r.Limits.Unpacked {
			t.Errorf("%d bytes are over the limit", total)
		}
	})
}
