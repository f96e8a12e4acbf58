package render

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

// empty is a document of nothing.
func empty() *report.Document {
	return &report.Document{Meta: report.Meta{AsOf: time.Date(2018, 3, 20, 17, 0, 0, 0, hanoi)}}
}

// hollow is a report in which nobody said anything.
func hollow() *report.Document {
	d := mapText(sample(3), func(string) string { return "" })
	d.Annexes[0].Body = append(d.Annexes[0].Body, report.Block{Table: &report.Table{Columns: make([]report.Column, 3), Numbers: true}})
	return d
}

// Every text outside of tables and charts is set once, whole and in order: what
// is lost there is missed by nobody who counts rows.
func TestEveryTextIsSetOnce(t *testing.T) {
	docs := map[string]*report.Document{
		"52": sample(52), "torture": torture(), "crowd": crowd(), "charts": charted(), "several": severalTables(),
		"long list": longList(), "empty": empty(), "hollow": hollow(),
	}
	for _, name := range []string{"TT01-2011", "ND30-2020"} {
		r := renderer(t, name)
		for kind, doc := range docs {
			pages, d := layOut(t, r, doc)
			var got strings.Builder
			for _, p := range pages {
				for _, b := range p.boxes {
					for _, one := range b.runs {
						if b.role == roleText {
							got.WriteString(bare(one.text))
						}
					}
				}
			}
			if diff := cmp.Diff(wantedProse(d), got.String()); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", name, kind, diff)
			}
		}
	}
}

// wantedProse is what a document says outside of tables and charts, in the order
// in which a page has it.
func wantedProse(d *report.Document) string {
	var b strings.Builder
	text := func(texts ...string) {
		for _, one := range texts {
			b.WriteString(bare(one))
		}
	}
	blocks := func(blocks []report.Block) {
		for _, b := range blocks {
			text(b.Heading, b.Paragraph)
			switch {
			case b.Item != "":
				text(dashed(b.Item))
			case b.Table != nil:
				text(b.Table.Note)
			case b.Chart != nil:
				text(b.Chart.Title, b.Chart.Note)
			}
		}
	}
	h, g := d.Letterhead, d.Signature
	text(h.Parent, h.Issuer, h.Symbol, h.Nation, h.Motto, h.Place, d.Kind, d.Subject)
	if d.Addressee != "" {
		text(d.Words.To, d.Addressee)
	}
	blocks(d.Body)
	text(g.Authority...)
	text(g.Name)
	if len(g.Recipients) > 0 {
		text(d.Words.Recipients)
	}
	for _, one := range g.Recipients {
		text(dashed(one))
	}
	for _, a := range d.Annexes {
		if !a.Workbook {
			text(a.Label, a.Title, a.Reference)
			blocks(a.Body)
		}
	}
	return b.String()
}

// longList is a report to more recipients than a page takes.
func longList() *report.Document {
	d := sample(1)
	d.Signature.Recipients = nil
	for i := range 120 {
		d.Signature.Recipients = append(d.Signature.Recipients, phrases[i%len(phrases)])
	}
	return d
}

// Every rendering takes a document of nothing, and gives a file that says so.
func TestNothingIsRendered(t *testing.T) {
	r := renderer(t, "ND30-2020")
	for kind, doc := range map[string]*report.Document{"empty": empty(), "hollow": hollow()} {
		for name, render := range writers(r) {
			var b bytes.Buffer
			if err := render(&b, doc); err != nil {
				t.Errorf("%s: %s: %v", kind, name, err)
			}
		}
		if out := output(t, "qpdf", "--check", pdfFile(t, r, doc)); strings.Contains(strings.ToLower(out), "warning") {
			t.Errorf("%s: qpdf: %s", kind, out)
		}
	}
}

// A plan a hundred times as long as the province's, with BAOCAO_LONG, loses no
// letter: what another program reads out of the file is what the document says.
func TestHugePlanIsWhole(t *testing.T) {
	activities := 1040
	if os.Getenv("BAOCAO_LONG") != "" {
		activities = 5200
	}
	r, doc := renderer(t, "TT01-2011"), sample(activities)
	pages, d := layOut(t, r, doc)
	cells := map[cellID]*strings.Builder{}
	var set strings.Builder
	for _, p := range pages {
		for _, b := range p.boxes {
			for _, one := range b.runs {
				set.WriteString(bare(one.text))
				if b.role == roleCell {
					if cells[b.cell] == nil {
						cells[b.cell] = &strings.Builder{}
					}
					cells[b.cell].WriteString(bare(one.text))
				}
			}
		}
	}
	for i, table := range printedTables(d) {
		for j, row := range table.Rows {
			for k, c := range row.Cells {
				got := ""
				if b := cells[cellID{i, j, k}]; b != nil {
					got = b.String()
				}
				if want := bare(c.Text); got != want {
					t.Fatalf("cell %v: got %q, want %q", cellID{i, j, k}, got, want)
				}
			}
		}
	}
	read := bare(output(t, "pdftotext", "-raw", "-enc", "UTF-8", pdfFile(t, r, doc), "-"))
	if read != set.String() {
		t.Errorf("%d bytes read, %d set", len(read), set.Len())
	}
}
