package render

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

// readInPython gives what python-docx finds in a document: its lines as
// wordLines has them, its styles, sections and properties.
const readInPython = `
import docx, json, sys
from docx.table import _Cell, Table
from docx.text.paragraph import Paragraph
d = docx.Document(sys.argv[1])
lines = []
for e in d.element.body.iterchildren():
    if e.tag.endswith('}p'):
        text = Paragraph(e, d).text
        if text:
            lines.append(text)
    elif e.tag.endswith('}tbl'):
        table = Table(e, d)
        frame = table.style.style_id == 'Khung'
        for row in e.tr_lst:
            cells = []
            for tc in row.tc_lst:
                texts = [p.text for p in _Cell(tc, table).paragraphs]
                cells.append('\n'.join(t for t in texts if t or not frame))
            if any(cells):
                lines.append(' | '.join(cells))
json.dump({
    'lines': lines,
    'styles': [s.name for s in d.styles],
    'landscape': [s.page_width > s.page_height for s in d.sections],
    'title': d.core_properties.title, 'author': d.core_properties.author, 'language': d.core_properties.language,
    'modified': d.core_properties.modified.isoformat(),
}, sys.stdout)
`

// python finds a Python that has python-docx. There may be several Pythons, and
// the first need not be the one that the system's libraries are for.
func python(t *testing.T) string {
	t.Helper()
	tool(t, "python3")
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(dir, "python3")
		if exec.Command(path, "-c", "import docx").Run() == nil {
			return path
		}
	}
	if os.Getenv("BAOCAO_REQUIRE_TOOLS") == "1" {
		t.Fatal("python-docx is required and missing")
	}
	t.Skip("python-docx is not installed")
	return ""
}

func TestWordIsReadByPython(t *testing.T) {
	program := python(t)
	r := renderer(t, "ND30-2020")
	for kind, doc := range wordDocuments() {
		t.Run(kind, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.docx")
			if err := os.WriteFile(path, wordBytes(t, r, doc), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(program, "-c", readInPython, path).Output()
			if err != nil {
				t.Fatal(err)
			}
			var got struct {
				Lines, Styles                     []string
				Landscape                         []bool
				Title, Author, Language, Modified string
			}
			if err := json.Unmarshal(out, &got); err != nil {
				t.Fatal(err)
			}
			d, err := typeset(doc)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(wantedWords(d), append([]string(nil), got.Lines...)); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
			for _, want := range []string{"Quốc hiệu", "Tiêu ngữ", "Tên cơ quan", "Tên loại", "Trích yếu", "Thân bài", "Đề mục", "Bảng", "Nơi nhận"} {
				if !strings.Contains(strings.Join(got.Styles, "\n")+"\n", want+"\n") {
					t.Errorf("style %q is not there", want)
				}
			}
			if got.Title != d.Meta.Title || got.Author != d.Meta.Author || got.Language != "vi-VN" || got.Modified != "2018-03-20T10:00:00" {
				t.Errorf("properties: got %q, %q, %q, %q", got.Title, got.Author, got.Language, got.Modified)
			}
			for i, landscape := range wantedLandscape(d) {
				if i >= len(got.Landscape) || got.Landscape[i] != landscape {
					t.Errorf("landscape: got %v, want section %d %v", got.Landscape, i, landscape)
				}
			}
		})
	}
}

func wantedLandscape(d *report.Document) []bool {
	all := []bool{false}
	for _, a := range d.Annexes {
		if !a.Workbook {
			all = append(all, a.Landscape)
		}
	}
	return all
}

// LibreOffice opens every document, also the ones that nobody should write, and
// prints what the document says, character by character: every page without its
// margins and without the heads that it repeats.
func TestWordIsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts an office program")
	}
	office := tool(t, "soffice")
	tool(t, "pdftotext")
	dir := t.TempDir()
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "pdf", "--outdir", dir}
	everyWord(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		path := filepath.Join(dir, strings.ReplaceAll(t.Name(), "/", "-")+".docx")
		if err := os.WriteFile(path, wordBytes(t, r, doc), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	})
	output(t, office, args...)
	everyWord(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		name, _, _ := strings.Cut(t.Name(), "#")
		path := filepath.Join(dir, strings.ReplaceAll(name, "/", "-")+".pdf")
		pages := printedPages(t, path)
		kind := filepath.Base(name)
		for i, p := range pages {
			if p.body == "" && kind != "empty" {
				t.Errorf("page %d is empty", i+1)
			}
		}
		if kind != "report" && kind != "touching" {
			return // another font would draw what ours lacks, in an order of its own
		}
		d, err := typeset(doc)
		if err != nil {
			t.Fatal(err)
		}
		want := bare(strings.ReplaceAll(strings.Join(wantedWords(d), "\n"), " | ", "\n"))
		if diff := cmp.Diff(want, printedOnce(pages, d, want)); diff != "" {
			t.Errorf("text (-want +got):\n%s", diff)
		}
		checkNumbers(t, r, pages)
	})
}

// printedPage is what a program printed on a page.
type printedPage struct {
	body string
	area func(x, y, w, h int) string // the text in a part of it, in points
	w, h int
}

func printedPages(t *testing.T, path string) []printedPage {
	t.Helper()
	var pages []printedPage
	for i, size := range pageSizes(t, path) {
		n := strconv.Itoa(i + 1)
		p := printedPage{w: size[0], h: size[1]}
		p.area = func(x, y, w, h int) string {
			return bare(output(t, "pdftotext", "-raw", "-f", n, "-l", n, "-x", strconv.Itoa(x), "-y", strconv.Itoa(y),
				"-W", strconv.Itoa(w), "-H", strconv.Itoa(h), path, "-"))
		}
		p.body = p.area(0, 50, p.w, p.h-100)
		pages = append(pages, p)
	}
	return pages
}

// checkNumbers finds each page's number where the layout has it, and none on the
// first page of the main text and of an annex.
func checkNumbers(t *testing.T, r *Renderer, pages []printedPage) {
	t.Helper()
	number := 0
	for i, p := range pages {
		if number++; strings.HasPrefix(p.body, "Phụlục") || i == 0 {
			number = 1
		}
		want := ""
		if number > 1 {
			want = strconv.Itoa(number)
		}
		x, y := p.w/2-50, 20
		if r.layout.Number.Place == BottomRight {
			x, y = p.w-42-60, p.h-45
		}
		if got := p.area(x, y, 100, 28); got != want {
			t.Errorf("page %d of the file: got number %q, want %q", i+1, got, want)
		}
	}
}

// printedOnce is the text of the pages without the heads that they repeat.
func printedOnce(pages []printedPage, d *report.Document, want string) string {
	var heads []string
	for _, table := range printedTables(d) {
		rows := wantedRows(table)
		head := ""
		for _, row := range rows[:len(rows)-len(table.Rows)] {
			head += bare(strings.Join(row, ""))
		}
		heads = append(heads, head)
	}
	var got strings.Builder
	for _, p := range pages {
		text := p.body
		for _, head := range heads {
			rest, repeated := strings.CutPrefix(text, head)
			if repeated && !strings.HasPrefix(want[min(got.Len(), len(want)):], text[:min(len(text), len(head)+20)]) {
				text = rest
				break
			}
		}
		got.WriteString(text)
	}
	return got.String()
}

var pageSize = regexp.MustCompile(`Page +\d+ size: +([\d.]+) x ([\d.]+)`)

// pageSizes are the widths and heights of a PDF's pages, in points.
func pageSizes(t *testing.T, path string) [][2]int {
	t.Helper()
	var sizes [][2]int
	for _, m := range pageSize.FindAllStringSubmatch(output(t, "pdfinfo", "-f", "1", "-l", "9999", path), -1) {
		w, errW := strconv.ParseFloat(m[1], 64)
		h, errH := strconv.ParseFloat(m[2], 64)
		if errW != nil || errH != nil {
			t.Fatalf("page size %q", m[0])
		}
		sizes = append(sizes, [2]int{int(w), int(h)})
	}
	if len(sizes) == 0 {
		t.Fatal("no pages")
	}
	return sizes
}
