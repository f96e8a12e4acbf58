package pipeline

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// came is a document and where it came from.
type came struct {
	file   string
	agency agency.ID // of a report; empty: an unread document, or an unknown agency
	code   string    // why it is not read; empty: it is a report
	place  place
}

// A report's rows in these tests are about 1.1.1 and 2.1.1.
func (c came) doc() readDoc {
	s := form.Submission{
		SHA256: c.file, File: c.file, Agency: c.agency, Outcome: form.Accept, RowsRead: 2,
		Arrived: time.Date(2018, 3, 15, 2, 0, 0, 0, time.UTC),
		Entries: []form.Entry{{Activity: "1.1.1", Evidence: "Quyết định phê duyệt.PDF"}, {Activity: "2.1.1"}},
	}
	if c.code != "" {
		s.Outcome, s.RowsRead, s.Entries = form.Reject, 0, nil
		s.Findings = []finding.Finding{{Code: c.code, Level: finding.Error}}
	}
	return readDoc{Submission: s, places: []place{c.place}}
}

func TestCompanions(t *testing.T) {
	mail, other := place{message: "m", title: "Báo cáo"}, place{message: "n"}
	folder := func(name string) place { return place{folder: name} }
	inZip := func(name string) place { return place{archive: "z", folder: name, title: "a.zip"} }
	const pdf, image, doc = "file-is-pdf", "file-is-image", "format-doc"
	type attached struct {
		Report, Kind string
		Activity     plan.Code
	}
	tests := map[string]struct {
		came []came
		want map[string]attached
	}{
		"one mail": {
			[]came{{"a.xlsx", "stp", "", mail}, {"x.pdf", "", pdf, mail}, {"y.jpg", "", image, mail}},
			map[string]attached{"x.pdf": {"a.xlsx", "signed", ""}, "y.jpg": {"a.xlsx", "evidence", ""}},
		},
		"another mail": {
			[]came{{"a.xlsx", "stp", "", mail}, {"x.pdf", "", pdf, other}},
			map[string]attached{},
		},
		"alone": {[]came{{"x.pdf", "", pdf, mail}, {"y.doc", "", doc, mail}}, map[string]attached{}},
		"an activity in the name, an activity whose row names the file": {
			[]came{
				{"a.xlsx", "stp", "", mail}, {"HĐ 2.1.1.pdf", "", pdf, mail},
				{"Quyết định phê duyệt.pdf", "", pdf, mail}, {"15.3.18.pdf", "", pdf, mail},
			},
			map[string]attached{
				"HĐ 2.1.1.pdf": {"a.xlsx", "evidence", "2.1.1"}, "Quyết định phê duyệt.pdf": {"a.xlsx", "evidence", "1.1.1"},
				"15.3.18.pdf": {"a.xlsx", "signed", ""},
			},
		},
		"several papers": {
			[]came{
				{"a.xlsx", "stp", "", mail}, {"BC so 45 (ky).pdf", "", pdf, mail}, {"phu luc anh.pdf", "", pdf, mail},
				{"a_signed.jpg", "", image, mail}, {"to trinh.docx", "", "no-table", mail}, {"Bản ký.pdf", "", pdf, mail}, {"bang.xlsx", "", "no-table", mail},
			},
			map[string]attached{
				"BC so 45 (ky).pdf": {"a.xlsx", "signed", ""}, "phu luc anh.pdf": {"a.xlsx", "evidence", ""},
				"a_signed.jpg": {"a.xlsx", "signed", ""}, "to trinh.docx": {"a.xlsx", "signed", ""},
				"Bản ký.pdf": {"a.xlsx", "signed", ""},
			},
		},
		"a mail with reports of two agencies": {
			[]came{{"a.xlsx", "stp", "", mail}, {"b.xlsx", "snv", "", mail}, {"x.pdf", "", pdf, mail}, {"b - bản ký.pdf", "", pdf, mail}},
			map[string]attached{"x.pdf": {"", "", ""}, "b - bản ký.pdf": {"b.xlsx", "signed", ""}},
		},
		"a folder of one agency": {
			[]came{{"a.xlsx", "stp", "", folder("in")}, {"x.pdf", "", pdf, folder("in")}, {"y.pdf", "", pdf, folder("out")}},
			map[string]attached{"x.pdf": {"a.xlsx", "signed", ""}},
		},
		"a folder of one agency, another's scan": {
			[]came{{"a.xlsx", "stp", "", folder("in")}, {"bao-cao-syt.pdf", "", pdf, folder("in")}, {"Báo cáo Sở Y tế.pdf", "", pdf, folder("in")}},
			map[string]attached{},
		},
		"a folder of two agencies": {
			[]came{
				{"stp.xlsx", "stp", "", folder("in")}, {"b.xlsx", "snv", "", folder("in")},
				{"x.pdf", "", pdf, folder("in")}, {"stp.pdf", "", pdf, folder("in")},
			},
			map[string]attached{"stp.pdf": {"stp.xlsx", "signed", ""}},
		},
		"a folder with a workbook of nobody knows whom": {
			[]came{{"a.xlsx", "", "", folder("in")}, {"x.pdf", "", pdf, folder("in")}, {"a.pdf", "", pdf, folder("in")}},
			map[string]attached{"a.pdf": {"a.xlsx", "signed", ""}},
		},
		"folders of an archive": {
			[]came{
				{"a.zip/stp/bieu.xlsx", "stp", "", inZip("stp")}, {"a.zip/snv/bang.xlsx", "snv", "", inZip("snv")},
				{"a.zip/snv/x.pdf", "", pdf, inZip("snv")}, {"a.zip/y.pdf", "", pdf, inZip(".")},
			},
			map[string]attached{"a.zip/snv/x.pdf": {"a.zip/snv/bang.xlsx", "signed", ""}, "a.zip/y.pdf": {"", "", ""}},
		},
	}
	p := samplePipeline(t)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var docs []readDoc
			for _, c := range tt.came {
				docs = append(docs, c.doc())
			}
			for range 2 { // in whichever order they were read
				got := map[string]attached{}
				for sha, l := range companions(docs, p.namedBy) {
					got[sha] = attached{l.report, string(l.Kind), l.Activity}
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				slices.Reverse(docs)
			}
		})
	}
}

// What is linked is ignored and says to what; the report lists it; nothing else
// changes, nor the slice that was given.
func TestLinked(t *testing.T) {
	mail := place{message: "m"}
	report, scan := came{"a.xlsx", "stp", "", mail}.doc(), came{"x.pdf", "", "file-is-pdf", mail}.doc()
	given := []form.Submission{report.Submission, scan.Submission}
	got := linked(given, companions([]readDoc{report, scan}, func(form.Submission) agency.ID { return "" }))
	if given[1].Outcome != form.Reject || given[0].Attachments != nil {
		t.Errorf("the submissions given were changed: %+v", given)
	}
	want := []form.Attachment{{File: "x.pdf", SHA256: "x.pdf", Kind: form.Signed}}
	if diff := cmp.Diff(want, got[0].Attachments); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
	if s := got[1]; s.Outcome != form.Ignore || len(s.Findings) != 1 || s.Findings[0].Code != "companion-signed" || s.Findings[0].Want != "a.xlsx" {
		t.Errorf("the scan: got %+v, want it ignored and linked to a.xlsx", s)
	}
}

// A folder into which everybody drops everything is the worst case.
func BenchmarkCompanions(b *testing.B) {
	var docs []readDoc
	for i := range 500 {
		name := "bao-cao-" + string(rune('a'+i%26)) + string(rune('a'+i/26))
		in := place{folder: "in"}
		docs = append(docs, came{name + ".xlsx", "stp", "", in}.doc(), came{name + " ký.pdf", "", "file-is-pdf", in}.doc())
	}
	p := samplePipeline(b)
	for b.Loop() {
		if got := companions(docs, p.namedBy); len(got) != 500 {
			b.Fatalf("got %d links, want 500", len(got))
		}
	}
}
