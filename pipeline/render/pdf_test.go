package render

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baocao/pipeline/report"
)

// tool finds a program the test reads a file back with. Without it the test is
// skipped, or fails where BAOCAO_REQUIRE_TOOLS=1 says that it must be there.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("BAOCAO_REQUIRE_TOOLS") == "1" {
		t.Fatalf("%s is required and missing: %v", name, err)
	}
	t.Skipf("%s is not installed", name)
	return ""
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(tool(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func pdfFile(t *testing.T, r *Renderer, doc *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.PDF(&b, doc); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What another program reads out of the file is, character by character, what
// was laid out; and that holds every cell.
func TestPDFTextReadsBack(t *testing.T) {
	everyLayout(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		path := pdfFile(t, r, doc)
		got := bare(output(t, "pdftotext", "-raw", "-enc", "UTF-8", path, "-"))
		pages, d := layOut(t, r, doc)
		var want strings.Builder
		for _, p := range pages {
			for _, b := range p.boxes {
				for _, one := range b.runs {
					want.WriteString(bare(one.text))
				}
			}
		}
		if got != want.String() {
			at := 0
			for at < len(got) && at < want.Len() && got[at] == want.String()[at] {
				at++
			}
			t.Errorf("%d bytes read, %d set; they differ at %d: got %.80q, want %.80q", len(got), want.Len(), at, got[at:], want.String()[at:])
		}
		if strings.Contains(got, bare(d.Words.Continued)) {
			return // a divided cell is not in one piece
		}
		for _, table := range printedTables(d) {
			for _, row := range table.Rows {
				for _, c := range row.Cells {
					if !strings.Contains(got, bare(c.Text)) {
						t.Errorf("cell %q is not in the file", c.Text)
					}
				}
			}
		}
	})
}

func TestPDFIsSound(t *testing.T) {
	for kind, doc := range map[string]*report.Document{"report": sample(52), "torture": torture()} {
		path := pdfFile(t, renderer(t, "ND30-2020"), doc)
		if out := output(t, "qpdf", "--check", path); strings.Contains(strings.ToLower(out), "warning") {
			t.Errorf("%s: qpdf: %s", kind, out)
		}
		fonts := strings.Split(strings.TrimSpace(output(t, "pdffonts", path)), "\n")[2:]
		if len(fonts) == 0 || len(fonts) > int(styles) {
			t.Errorf("%s: got %d fonts", kind, len(fonts))
		}
		for _, f := range fonts {
			if !strings.Contains(f, "yes yes yes") && !strings.Contains(f, "yes no  yes") {
				t.Errorf("%s: font neither embedded nor readable: %s", kind, f)
			}
		}
	}
}

func TestPDFProperties(t *testing.T) {
	path := pdfFile(t, renderer(t, "ND30-2020"), sample(3))
	info := output(t, "pdfinfo", path)
	for _, want := range []string{"Báo cáo kết quả cải cách hành chính quý I năm 2018", "Sở Nội vụ tỉnh Đắk Nông", "CCHC, quý I, 2018", "Mar 20 17:00:00 2018"} {
		if !strings.Contains(info, want) {
			t.Errorf("properties lack %q:\n%s", want, info)
		}
	}
}

// The word behind a draft is drawn, not written: it must not get into the text.
func TestMarkIsNotText(t *testing.T) {
	doc := sample(3)
	doc.Meta.Footer = ""
	got := output(t, "pdftotext", pdfFile(t, renderer(t, "ND30-2020"), doc), "-")
	if strings.Contains(got, doc.Meta.Status) {
		t.Error("the mark is in the text")
	}
	var draft, final bytes.Buffer
	r := renderer(t, "ND30-2020")
	if err := r.PDF(&draft, doc); err != nil {
		t.Fatal(err)
	}
	doc.Meta.Status = ""
	if err := r.PDF(&final, doc); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(draft.Bytes(), final.Bytes()) {
		t.Error("a draft looks like an issued report")
	}
}

func TestSameDocumentSameBytes(t *testing.T) {
	r := renderer(t, "TT01-2011")
	doc := torture()
	for name, render := range writers(r) {
		var want bytes.Buffer
		if err := render(&want, doc); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				var got bytes.Buffer
				if err := render(&got, doc); err != nil {
					t.Error(err)
				}
				if !bytes.Equal(got.Bytes(), want.Bytes()) {
					t.Errorf("%s: bytes differ between two renderings", name)
				}
			})
		}
		wg.Wait()
	}
}

func TestFilesNeedTheirMoment(t *testing.T) {
	r := renderer(t, "ND30-2020")
	zero := sample(1)
	zero.Meta.AsOf = time.Time{}
	for name, render := range map[string]func() error{
		"PDF":  func() error { return r.PDF(&bytes.Buffer{}, zero) },
		"XLSX": func() error { return r.XLSX(&bytes.Buffer{}, zero) },
	} {
		if err := render(); err == nil {
			t.Errorf("%s: got no error for a document without a moment", name)
		}
	}
}
