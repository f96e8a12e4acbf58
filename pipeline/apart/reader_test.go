package apart

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// The program of the tests reads documents apart as baocao does. Some orders make
// it behave as no child should.
func TestMain(m *testing.M) {
	if !IsChild() {
		os.Exit(m.Run())
	}
	order := ""
	if len(os.Args) > 1 {
		order = os.Args[1]
	}
	switch order {
	case "babbles":
		fmt.Print("usage: something else")
	case "dies":
		fmt.Print(greeting)
		_, _ = os.Stdin.Read(make([]byte, 1))
		fmt.Fprintln(os.Stderr, "last words")
		os.Exit(9)
	case "greedy":
		fmt.Print(greeting)
		_, _ = os.Stdin.Read(make([]byte, 1))
		limitMemory()
		go watchMemory()
		for held := [][]byte{}; len(held) < 64; { // a gigabyte in all
			held = append(held, bytes.Repeat([]byte{1}, 16<<20))
		}
	default:
		if err := Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(0)
}

func newReader(t *testing.T, args ...string) (*Reader, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	r := &Reader{Args: args, Log: slog.New(slog.NewTextHandler(&log, nil))}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("TMPDIR", t.TempDir())
	return r, &log
}

// workbook is a workbook with the given rows, packed so tightly that it is read
// apart.
func workbook(t testing.TB, rows string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types/>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="sheet1.xml"/></Relationships>`},
		{"xl/sheet1.xml", `<worksheet>` + strings.Repeat(" ", 500_000) + `<sheetData>` + rows + `</sheetData></worksheet>`},
	} {
		f, err := w.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if !sheet.Heavy(b.Bytes()) {
		t.Fatal("got an ordinary workbook, want one that is read apart")
	}
	return b.Bytes()
}

const oneCell = `<row r="1"><c r="A1" t="str"><v>Số liệu</v></c></row>`

// A document gives the same cells and findings wherever it is read.
func TestSameAsHere(t *testing.T) {
	documents := map[string][]byte{
		"one cell":  workbook(t, oneCell),
		"rows":      workbook(t, strings.Repeat(`<row><c t="str"><v>a</v></c><c/><c><f>A1</f></c><c><v>0.5</v></c></row>`, 2*partRows+1)),
		"far":       workbook(t, oneCell+`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
		"nothing":   workbook(t, ``),
		"corrupt":   workbook(t, `<row r="-1"/>`),
		"text":      []byte(strings.Repeat("\tô\n\t"+strings.Repeat(" ", 100)+"\n\n", 20_000)),
		"csv":       []byte(strings.Repeat("một;hai;3\n", 5_000) + strings.Repeat("\n", 1<<20)),
		"too large": make([]byte, 21<<20),
	}
	for _, folder := range []string{"xls", "ods", "html", "xml2003", "oldfont", "csv"} {
		names, err := filepath.Glob("../sheet/testdata/" + folder + "/*.*")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if documents[name], err = os.ReadFile(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, log := newReader(t)
	c, err := start("", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	for name, data := range documents {
		here, said := sheet.Open(name, data)
		book, findings := r.Open(name, data)
		compare(t, name, here, book, said, findings)
		a, err := c.read(request{name, data})
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, c.said())
		}
		compare(t, name+" in a child", here, a.Book, said, a.Findings)
	}
	if log.Len() > 0 {
		t.Errorf("logged %s", log)
	}
}

func compare(t *testing.T, name string, wantBook, gotBook *sheet.Book, want, got []finding.Finding) {
	t.Helper()
	if diff := cmp.Diff(wantBook, gotBook); diff != "" {
		t.Errorf("%s: book (-here +apart):\n%.2000s", name, diff)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: findings (-here +apart):\n%s", name, diff)
	}
}

// One child reads a batch, and is replaced in time; nothing is left behind.
func TestBatch(t *testing.T) {
	r, _ := newReader(t)
	heavy := workbook(t, oneCell)
	var first *child
	for range documents {
		if book, findings := r.Open("x", heavy); book == nil || len(findings) > 0 {
			t.Fatal(findings)
		}
		if first == nil {
			first = r.child
		}
		if r.child != nil && r.child != first {
			t.Fatal("got another child within the batch, want one")
		}
	}
	if r.child != nil {
		t.Errorf("the child read %d documents, want it to end after %d", r.child.served, documents)
	}
	if book, _ := r.Open("x", heavy); book == nil || r.child == first {
		t.Error("got no new child after the batch")
	}
	folder := r.child.folder
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("the child's folder holds %v, %v, want nothing", left, err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*child{first} {
		if c.cmd.ProcessState == nil || !c.cmd.ProcessState.Success() {
			t.Errorf("the child ended with %v, want success", c.cmd.ProcessState)
		}
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the child's folder is still there: %v", err)
	}
}

// An ordinary document starts no child.
func TestOrdinaryIsReadHere(t *testing.T) {
	r, _ := newReader(t, "babbles")
	if book, _ := r.Open("x.csv", []byte("a;b;c\n1;2;3\n")); book == nil || r.child != nil {
		t.Errorf("got %v and a child %v, want a book and none", book, r.child)
	}
}

// A child that dies marks its document, and the next one is read.
func TestDeath(t *testing.T) {
	r, log := newReader(t, "dies")
	heavy := workbook(t, oneCell)
	book, findings := r.Open("x", heavy)
	want := []finding.Finding{{Code: codeDied, Level: finding.Error, Place: finding.Place{File: "x"}}}
	if diff := cmp.Diff(want, findings); book != nil || diff != "" {
		t.Error(book, diff)
	}
	if !strings.Contains(log.String(), "last words") {
		t.Errorf("logged %s, want the child's last words", log)
	}
	r.Args = nil
	if book, findings := r.Open("x", heavy); book == nil || len(findings) > 0 {
		t.Errorf("after the death: got %v, want a book", findings)
	}
}

// A child that takes more memory than it may is stopped, by itself or by the
// system.
func TestTooMuchMemory(t *testing.T) {
	r, log := newReader(t, "greedy")
	_, findings := r.Open("x", workbook(t, oneCell))
	want := []finding.Finding{{Code: codeHeavy, Level: finding.Error, Place: finding.Place{File: "x"}, Want: "512 MB"}}
	if diff := cmp.Diff(want, findings); diff != "" {
		t.Errorf("%s\n%s", diff, log)
	}
}

// A child that cannot be had is no reason not to read.
func TestWithoutChild(t *testing.T) {
	heavy := workbook(t, oneCell)
	for name, r := range map[string]*Reader{
		"no program":      {Program: filepath.Join(t.TempDir(), "gone")},
		"another program": {Args: []string{"babbles"}},
	} {
		var log bytes.Buffer
		r.Log = slog.New(slog.NewTextHandler(&log, nil))
		if book, findings := r.Open("x", heavy); book == nil || len(findings) > 0 {
			t.Errorf("%s: got %v, want a book", name, findings)
		}
		if log.Len() == 0 {
			t.Errorf("%s: nothing was logged", name)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// The faults of a child are told apart.
func TestFault(t *testing.T) {
	for _, tt := range []struct {
		name       string
		program    string
		args       []string
		late       bool
		code, want string
	}{
		{"too much memory", "/bin/sh", []string{"sh", "-c", "exit 75"}, false, codeHeavy, "512 MB"},
		{"refused memory", "/bin/sh", []string{"sh", "-c", "echo 'fatal error: runtime: out of memory' >&2; exit 2"}, false, codeHeavy, "512 MB"},
		{"too long", "/bin/sh", []string{"sh", "-c", "exit 76"}, false, codeSlow, "20"},
		{"killed as too long", "/bin/sh", []string{"sh", "-c", "kill -9 $$"}, true, codeSlow, "20"},
		{"killed by another", "/bin/sh", []string{"sh", "-c", "kill -9 $$"}, false, codeDied, ""},
	} {
		c := commandChild(tt.program, tt.args)
		if err := c.cmd.Run(); err == nil {
			t.Errorf("%s: ended well", tt.name)
		}
		c.late.Store(tt.late)
		if code := c.fault(); code != tt.code || allowed(code) != tt.want {
			t.Errorf("%s: got %s %q, want %s %q", tt.name, code, allowed(code), tt.code, tt.want)
		}
	}
}

func TestKilledInTime(t *testing.T) {
	c, err := start("", nil)
	if err != nil {
		t.Fatal(err)
	}
	c.within(0)
	if _, err := receive(c.answers); err == nil {
		t.Error("got an answer, want none")
	}
	c.kill()
	if code := c.fault(); code != codeSlow {
		t.Errorf("got %s, want %s", code, codeSlow)
	}
	if err := c.close(); err != nil {
		t.Error(err)
	}
}

// commandChild is a child that is another program.
func commandChild(program string, args []string) *child {
	c := &child{errors: &lastWords{}}
	c.cmd = &exec.Cmd{Path: program, Args: args, Stderr: c.errors}
	return c
}
