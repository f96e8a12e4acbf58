package render

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

func wordBytes(t testing.TB, r *Renderer, doc *report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.DOCX(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordDocuments are what every rule about the file holds for.
func wordDocuments() map[string]*report.Document {
	hostile := mapText(sample(3), func(s string) string {
		if s == "" {
			return ""
		}
		return s + "</w:t></w:p>]]>&amp;\x00\x0b\ufffe<w:p>\"'" + s
	})
	empty := &report.Document{Meta: report.Meta{AsOf: time.Date(2018, 3, 20, 17, 0, 0, 0, hanoi)}}
	touching := sample(1)
	touching.Body = []report.Block{{Table: missingTable()}, {Table: missingTable()}}
	touching.Annexes[1].Body = append(touching.Annexes[1].Body, report.Block{Table: missingTable()})
	return map[string]*report.Document{"report": sample(52), "torture": torture(), "hostile": hostile, "empty": empty, "touching": touching}
}

func everyWord(t *testing.T, f func(t *testing.T, r *Renderer, doc *report.Document)) {
	for _, name := range []string{"TT01-2011", "ND30-2020"} {
		r := renderer(t, name)
		for kind, doc := range wordDocuments() {
			t.Run(name+"/"+kind, func(t *testing.T) { f(t, r, doc) })
		}
	}
}

// What stands in the file is the document's text, whole and in order: a line for
// each paragraph, and one for each row of a table.
func TestWordSaysTheDocument(t *testing.T) {
	everyWord(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		d, err := typeset(doc)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(wantedWords(d), wordLines(wordMain(t, wordBytes(t, r, doc)))); diff != "" {
			t.Errorf("text (-want +got):\n%s", diff)
		}
	})
}

// wantedWords are the lines that a Word document should hold.
func wantedWords(d *report.Document) []string {
	var all []string
	text := func(texts ...string) {
		for _, one := range texts {
			for line := range strings.SplitSeq(one, "\n") {
				if line != "" {
					all = append(all, line)
				}
			}
		}
	}
	row := func(cells ...string) {
		if strings.Join(cells, "") != "" {
			all = append(all, strings.Join(cells, " | "))
		}
	}
	h, g := d.Letterhead, d.Signature
	row(stacked(h.Parent, h.Issuer), stacked(h.Nation, h.Motto))
	row(h.Symbol, h.Place)
	text(d.Kind, d.Subject)
	if d.Addressee != "" {
		text(d.Words.To + " " + d.Addressee)
	}
	blocks := func(blocks []report.Block) {
		for _, b := range blocks {
			text(b.Heading, b.Paragraph)
			if b.Item != "" {
				text(dashed(b.Item))
			}
			if b.Table == nil {
				continue
			}
			for _, one := range wantedRows(b.Table) {
				row(one...)
			}
			text(b.Table.Note)
		}
	}
	blocks(d.Body)
	left := []string{d.Words.Recipients}
	for _, one := range g.Recipients {
		left = append(left, dashed(one))
	}
	row(stacked(left...), stacked(append(slices.Clone(g.Authority), g.Name)...))
	for _, a := range d.Annexes {
		if a.Workbook {
			continue
		}
		text(a.Label, a.Title, a.Reference)
		blocks(a.Body)
	}
	return all
}

func stacked(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), "\n")
}

// wantedRows are the texts of a table's cells: the headings as they stand in two
// rows, the numbers, the rows.
func wantedRows(table *report.Table) [][]string {
	var top, under, numbers []string
	for i, c := range table.Columns {
		numbers = append(numbers, fmt.Sprintf("(%d)", i+1))
		if c.Group == "" {
			top, under = append(top, c.Title), append(under, "")
			continue
		}
		under = append(under, c.Title)
		if i == 0 || table.Columns[i-1].Group != c.Group {
			top = append(top, c.Group)
		}
	}
	rows := [][]string{top}
	if len(groups(table.Columns)) > 0 {
		rows = append(rows, under)
	}
	if table.Numbers {
		rows = append(rows, numbers)
	}
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		rows = append(rows, cells)
	}
	return rows
}

// What stands in the workbook only is in no draft.
func TestWordLeavesOutTheWorkbook(t *testing.T) {
	text := strings.Join(wordLines(wordMain(t, wordBytes(t, renderer(t, "ND30-2020"), sample(3)))), "\n")
	if strings.Contains(text, "NGUỒN SỐ LIỆU") || strings.Contains(text, "Biểu 1!E9") {
		t.Error("the annex of sources is in the document")
	}
}

// Numbers are aligned as the document says, also where a cell says other than
// its column.
func TestWordAlignment(t *testing.T) {
	body := wordMain(t, wordBytes(t, renderer(t, "ND30-2020"), sample(3)))
	table := body.all("tbl")[1] // after the letterhead
	rows := table.all("tr")
	for _, want := range []struct {
		row, cell int
		align     string
	}{{3, 0, "center"}, {3, 1, ""}, {3, 2, "right"}, {10, 0, "center"}, {10, 1, "right"}} {
		got := ""
		if jc := rows[want.row].all("tc")[want.cell].all("jc"); len(jc) > 0 {
			got = jc[0].attr("val")
		}
		if got != want.align {
			t.Errorf("row %d, cell %d: got alignment %q, want %q", want.row, want.cell, got, want.align)
		}
	}
}

// The head of a table is repeated, columns stand under merged headings, and rows
// stay whole, but for one that no page can hold.
func TestWordTables(t *testing.T) {
	tables := wordMain(t, wordBytes(t, renderer(t, "TT01-2011"), torture())).all("tbl")
	progress := tables[3]
	rows := progress.all("tr")
	for i, row := range rows {
		if got, want := len(row.all("tblHeader")) == 1, i < 3; got != want {
			t.Errorf("row %d: repeated: got %v, want %v", i, got, want)
		}
		if len(row.all("cantSplit")) != 1 {
			t.Errorf("row %d may be split", i)
		}
	}
	if got := rows[0].all("tc")[6].all("gridSpan")[0].attr("val"); got != "2" {
		t.Errorf("merged heading covers %s columns, want 2", got)
	}
	for i, want := range map[int]string{0: "restart", 1: "continue"} {
		if got := rows[i].all("tc")[0].all("vMerge")[0].attr("val"); got != want {
			t.Errorf("first heading in row %d: got %q, want %q", i, got, want)
		}
	}
	if got := rows[3].all("tc")[1].all("gridSpan")[0].attr("val"); got != "14" {
		t.Errorf("field covers %s columns, want 14", got)
	}
	heights := 0
	for _, row := range rows[:2] {
		n, _ := strconv.Atoi(row.all("trHeight")[0].attr("val"))
		heights += n
	}
	// "Mức độ hoàn thành (%)" takes four lines of 9.5 × 1.18 points in its column.
	if least := 897; heights < least {
		t.Errorf("head: got %d twips, want %d at least", heights, least)
	}
	long := tables[len(tables)-1].all("tr")
	for i, row := range long {
		if got, want := len(row.all("cantSplit")) == 1, i != 3; got != want {
			t.Errorf("long table, row %d: whole: got %v, want %v", i, got, want)
		}
	}
}

// A title of a group of rows does not stand alone at the foot of a page, nor a
// sum at the head of one.
func TestWordKeepsRowsTogether(t *testing.T) {
	rows := wordMain(t, wordBytes(t, renderer(t, "TT01-2011"), sample(52))).all("tbl")[3].all("tr")[3:]
	for i, row := range rows {
		text := row.text()
		want := strings.HasPrefix(text, "LĨNH VỰC") || strings.HasPrefix(text, "Kết quả ") ||
			i == len(rows)-1 || strings.HasPrefix(rows[i+1].text(), "Tổng")
		if got := len(row.all("keepNext")) > 0; got != want {
			t.Errorf("row %d %.20q: kept with the next: got %v, want %v", i, text, got, want)
		}
	}
}

// Each annex is a section that numbers its own pages, landscape where the annex
// is; the number is where the layout has it, and not on a first page.
func TestWordSections(t *testing.T) {
	for name, numberIn := range map[string]string{"ND30-2020": "header", "TT01-2011": "footer"} {
		t.Run(name, func(t *testing.T) {
			data := wordBytes(t, renderer(t, name), sample(3))
			sections := wordMain(t, data).all("sectPr")
			if got, want := len(sections), 3; got != want {
				t.Fatalf("got %d sections, want %d", got, want)
			}
			targets := wordRelations(t, data)
			for i, s := range sections {
				if got, want := s.all("pgSz")[0].attr("orient") == "landscape", i == 1; got != want {
					t.Errorf("section %d: landscape: got %v, want %v", i, got, want)
				}
				if got := s.all("pgNumType")[0].attr("start"); got != "1" || len(s.all("titlePg")) != 1 {
					t.Errorf("section %d: pages from %q", i, got)
				}
				for _, kind := range []string{"header", "footer"} {
					for _, ref := range s.all(kind + "Reference") {
						text := part(t, data, "word/"+targets[ref.attr("id")])
						want := kind == numberIn && ref.attr("type") == "default"
						if got := strings.Contains(text, " PAGE "); got != want {
							t.Errorf("section %d, %s of %s pages: number: got %v, want %v", i, kind, ref.attr("type"), got, want)
						}
						says := map[string]string{"header": "DỰ THẢO", "footer": "Mã số liệu 1a2b3c4d"}[kind]
						if !strings.Contains(text, says) {
							t.Errorf("section %d, %s of %s pages lacks %q", i, kind, ref.attr("type"), says)
						}
					}
				}
			}
		})
	}
}

// Margins and sizes are the layout's.
func TestWordMeasures(t *testing.T) {
	l := profile(t, "ND30-2020")
	l.Pages.Main = Margins{Left: 35, Right: 20, Top: 25, Bottom: 22}
	l.Letterhead.Motto, l.Body.Size, l.Body.Indent = 14, 13, 10
	r, err := New(l)
	if err != nil {
		t.Fatal(err)
	}
	data := wordBytes(t, r, sample(3))
	margins := wordMain(t, data).all("pgMar")[0]
	for side, mm := range map[string]float64{"left": 35, "right": 20, "top": 25, "bottom": 22} {
		if got, want := margins.attr(side), fmt.Sprint(int(math.Round(mm*1440/25.4))); got != want {
			t.Errorf("%s margin: got %s, want %s", side, got, want)
		}
	}
	styles := map[string]*xmlNode{}
	for _, s := range parsed(t, data, "word/styles.xml").all("style") {
		styles[s.attr("styleId")] = s
	}
	if got := styles[wordMotto].all("sz")[0].attr("val"); got != "28" {
		t.Errorf("tiêu ngữ: got size %s, want 28 halves of a point", got)
	}
	body := styles[wordBody]
	if got, want := body.all("ind")[0].attr("firstLine"), "567"; got != want || body.all("sz")[0].attr("val") != "26" || body.all("jc")[0].attr("val") != "both" {
		t.Errorf("body: got indent %s, want %s; %v", got, want, body)
	}
	if got, want := styles[wordNation].all("name")[0].attr("val"), "Quốc hiệu"; got != want {
		t.Errorf("got style %q, want %q", got, want)
	}
	if got := parsed(t, data, "word/styles.xml").all("rFonts")[0].attr("ascii"); got != "Times New Roman" {
		t.Errorf("got font %q", got)
	}
}

// The signature is one row that cannot be split, and the last paragraph of the
// text stays with it.
func TestWordSignatureStaysWithTheText(t *testing.T) {
	body := wordMain(t, wordBytes(t, renderer(t, "ND30-2020"), sample(3)))
	for i, n := range body.Kids {
		if n.XMLName.Local != "tbl" || !strings.Contains(n.text(), "Nơi nhận:") {
			continue
		}
		if rows := n.all("tr"); len(rows) != 1 || len(rows[0].all("cantSplit")) != 1 {
			t.Error("the signature may be split")
		}
		if got, want := len(n.all("keepNext")), 4; got != want {
			t.Errorf("of nơi nhận %d lines are kept with what follows, want %d", got, want)
		}
		if before := body.Kids[i-1]; len(before.all("keepNext")) != 1 || !strings.HasSuffix(before.text(), "./.") {
			t.Errorf("before the signature: %q may stay behind", before.text())
		}
		return
	}
	t.Error("there is no signature")
}

func TestWordSameBytes(t *testing.T) {
	everyWord(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		first := wordBytes(t, r, doc)
		if second := wordBytes(t, renderer(t, r.layout.Name), doc); !bytes.Equal(first, second) {
			t.Error("bytes differ between two renderings")
		}
		z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if !f.Modified.Equal(doc.Meta.AsOf) {
				t.Errorf("part %s is dated %v, want %v", f.Name, f.Modified, doc.Meta.AsOf)
			}
		}
	})
}

func TestWordNeedsItsMoment(t *testing.T) {
	doc := sample(1)
	doc.Meta.AsOf = time.Time{}
	var b bytes.Buffer
	if err := renderer(t, "ND30-2020").DOCX(&b, doc); err == nil || b.Len() > 0 {
		t.Errorf("got %d bytes and error %v for a document without a moment", b.Len(), err)
	}
}

func BenchmarkDOCX(b *testing.B)    { bench(b, 52, (*Renderer).DOCX) }
func BenchmarkDOCX520(b *testing.B) { bench(b, 520, (*Renderer).DOCX) }

// A writer that fails is an error, not a file cut short.
func TestWordWriterFails(t *testing.T) {
	r := renderer(t, "ND30-2020")
	whole := len(wordBytes(t, r, sample(3)))
	for _, room := range []int{0, 100, whole / 2, whole - 1} {
		if err := r.DOCX(&shortWriter{room: room}, sample(3)); err == nil {
			t.Errorf("room for %d of %d bytes: got no error", room, whole)
		}
	}
}

// shortWriter takes some bytes and no more.
type shortWriter struct{ room int }

func (w *shortWriter) Write(p []byte) (int, error) {
	if len(p) > w.room {
		n := w.room
		w.room = 0
		return n, io.ErrShortWrite
	}
	w.room -= len(p)
	return len(p), nil
}
