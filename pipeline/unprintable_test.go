package pipeline

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// TestReplacedCharactersAreNoted holds that a report says which characters its
// paper shows another sign for, and where, in all renderings alike; and that it
// says nothing if there is none.
func TestReplacedCharactersAreNoted(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	made, err := p.Statement(t.Context(), period(t, "2018-6M"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if rows := unprintableRows(documentAs(t, p, made, ReportAs{})); rows != nil {
		t.Errorf("the made-up year has characters that cannot be printed: %q", rows)
	}
	other := *made
	other.Inputs.Submissions = slices.Clone(made.Inputs.Submissions)
	said := func(code plan.Code, text string) {
		for i, s := range other.Inputs.Submissions {
			at := slices.IndexFunc(s.Entries, func(e form.Entry) bool { return e.Activity == code })
			if s.Agency == "snv" && s.Outcome == form.Accept && s.Period == made.Statement.Period && at >= 0 {
				s.Entries = slices.Clone(s.Entries)
				s.Entries[at].Text = text
				other.Inputs.Submissions[i] = s
				return
			}
		}
		t.Fatalf("Sở Nội vụ says nothing about %s", code)
	}
	said("1.1.1", "Đã tổ chức 😀😀, ☑ đạt")
	said("1.1.3", "02 phiên họp 😀")
	other.Inputs.Paragraphs = []reconcile.Paragraph{{Section: "kien-nghi", Text: "Đề nghị 中 xem xét."}}
	other.Statement = reconcile.Reconcile(other.Inputs)
	doc := documentAs(t, p, &other, ReportAs{})
	const body = "Báo cáo, mục “1. Thực hiện nhiệm vụ chỉ đạo, điều hành”; Phụ lục I, Hoạt động 1.1.1, cột “Kết quả thực hiện”"
	want := [][]string{
		{"1", "😀", "U+1F600", "□", "6", body + "; Phụ lục I, Hoạt động 1.1.3, cột “Kết quả thực hiện”"},
		{"2", "☑", "U+2611", "√", "2", body},
		{"3", "中", "U+4E2D", "□", "1", "Báo cáo, mục “V. KIẾN NGHỊ, ĐỀ XUẤT”"},
	}
	if diff := cmp.Diff(want, unprintableRows(doc)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if notes := doc.Annexes[slices.IndexFunc(doc.Annexes, func(a report.Annex) bool { return a.Label == "Phụ lục VI" })]; !notes.Landscape {
		t.Error("the notes have a wide table, and stand upright")
	}
	said("1.1.3", farScript(500))
	other.Statement = reconcile.Reconcile(other.Inputs)
	if rows := unprintableRows(documentAs(t, p, &other, ReportAs{})); len(rows) != 61 || rows[60][5] != "và 443 ký tự khác" {
		t.Errorf("of 503 characters %d rows, the last %q, want 60 and one that says how many more", len(rows), rows[len(rows)-1])
	}
	renderer, err := p.office.renderer(agency.DayOf(other.Statement.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	for format, render := range map[string]func(io.Writer, *report.Document) error{
		"pdf": renderer.PDF, "xlsx": renderer.XLSX, "docx": renderer.DOCX, "html": renderer.HTML,
	} {
		var b bytes.Buffer
		if err := render(&b, doc); err != nil {
			t.Fatal(err)
		}
		var got readText
		wanted := documentText(doc, format)
		if format == "pdf" {
			got = paperText(t, b.Bytes(), doc.Words.Continued)
			for _, row := range wanted.rows {
				for i := range row {
					row[i] = strings.NewReplacer("😀", "□", "☑", "√", "中", "□").Replace(row[i])
				}
			}
		} else {
			got = fileText(t, format, b.Bytes(), doc)
		}
		if diff := cmp.Diff(wanted.rows, got.rows); diff != "" {
			t.Errorf("%s: rows (-want +got):\n%s", format, diff)
		}
	}
}

// farScript is a text of so many letters that nobody prints here.
func farScript(letters int) string {
	var b strings.Builder
	for i := range letters {
		b.WriteRune(0xAC00 + rune(i))
	}
	return b.String()
}

// unprintableRows are the rows of the table that names replaced characters.
func unprintableRows(d *report.Document) [][]string {
	var rows [][]string
	for _, a := range d.Annexes {
		for _, b := range a.Body {
			if b.Table == nil || len(b.Table.Columns) < 3 || b.Table.Columns[2].Title != "Mã Unicode" {
				continue
			}
			for _, row := range b.Table.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, c.Text)
				}
				rows = append(rows, cells)
			}
		}
	}
	return rows
}
