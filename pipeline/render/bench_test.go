package render

import (
	"errors"
	"io"
	"os"
	"strconv"
	"testing"

	"baocao/pipeline/report"
)

func bench(b *testing.B, rows int, render func(*Renderer, io.Writer, *report.Document) error) {
	layout, doc := profile(b, "TT01-2011"), sample(rows)
	b.ReportAllocs()
	for b.Loop() {
		r, err := New(layout) // a renderer remembers how it set a table
		if err != nil {
			b.Fatal(err)
		}
		if err := render(r, io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFormats is what a run makes of a report: the same renderer writes it in
// each format.
func BenchmarkFormats(b *testing.B) {
	bench(b, 52, func(r *Renderer, w io.Writer, doc *report.Document) error {
		return errors.Join(r.PDF(w, doc), r.XLSX(w, doc), r.DOCX(w, doc), r.Text(w, doc))
	})
}

func BenchmarkPDF(b *testing.B)     { bench(b, 52, (*Renderer).PDF) }
func BenchmarkPDF520(b *testing.B)  { bench(b, 520, (*Renderer).PDF) }
func BenchmarkPDF5200(b *testing.B) { bench(b, 5200, (*Renderer).PDF) }

// A plan of 52,000 activities is nobody's; it shows that the time grows with the
// rows.
func BenchmarkPDF52000(b *testing.B) {
	if os.Getenv("BAOCAO_LONG") == "" {
		b.Skip("BAOCAO_LONG is not set")
	}
	bench(b, 52000, (*Renderer).PDF)
}

func BenchmarkFit(b *testing.B) {
	for _, rows := range []int{52, 520, 5200} {
		b.Run(strconv.Itoa(rows), func(b *testing.B) {
			r, table := renderer(b, "TT01-2011"), progressTable(rows)
			b.ReportAllocs()
			for b.Loop() {
				r.fitAnew(table, 714)
			}
		})
	}
}

func BenchmarkXLSX(b *testing.B)    { bench(b, 52, (*Renderer).XLSX) }
func BenchmarkXLSX520(b *testing.B) { bench(b, 520, (*Renderer).XLSX) }
func BenchmarkHTML(b *testing.B)    { bench(b, 52, (*Renderer).HTML) }
func BenchmarkText(b *testing.B)    { bench(b, 52, (*Renderer).Text) }

func BenchmarkLayout(b *testing.B) {
	bench(b, 52, func(r *Renderer, _ io.Writer, doc *report.Document) error {
		_, err := r.pages(doc)
		return err
	})
}
