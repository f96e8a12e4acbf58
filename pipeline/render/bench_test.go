package render

import (
	"io"
	"testing"

	"baocao/pipeline/report"
)

func bench(b *testing.B, rows int, render func(*Renderer, io.Writer, *report.Document) error) {
	r, doc := renderer(b, "TT01-2011"), sample(rows)
	b.ReportAllocs()
	for b.Loop() {
		if err := render(r, io.Discard, doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPDF(b *testing.B)     { bench(b, 52, (*Renderer).PDF) }
func BenchmarkPDF520(b *testing.B)  { bench(b, 520, (*Renderer).PDF) }
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
