package pipeline

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

var writer = store.Actor{Name: "Cán bộ tổng hợp", Via: "cli", At: time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)}

// mainText is all that stands in the main text of a document.
func mainText(d *report.Document) string {
	var b strings.Builder
	for _, block := range d.Body {
		b.WriteString(block.Heading + block.Paragraph + block.Item + "\n")
	}
	return b.String()
}

func documentAs(t *testing.T, p *Pipeline, made *Made, as ReportAs) *report.Document {
	t.Helper()
	other := *made
	other.As = as
	if as.Agency != "" {
		other.Inputs, other.Statement = reconcile.Own(made.Inputs, made.Statement, as.Agency)
	}
	d, err := p.Document(&other)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReportInAnotherName holds what an issuer changes, and that it changes
// nothing else: head, end and the sentences that name it.
func TestReportInAnotherName(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	made, err := p.Statement(t.Context(), period(t, "2018-6M"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	own, d := documentAs(t, p, made, ReportAs{}), documentAs(t, p, made, ReportAs{Issuer: "ubnd"})
	for _, c := range []struct{ what, got, want string }{
		{"parent", d.Letterhead.Parent, ""},
		{"issuer", d.Letterhead.Issuer, "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK NÔNG"},
		{"symbol", d.Letterhead.Symbol, "Số:        /BC-UBND"},
		{"addressee", d.Addressee, "Bộ Nội vụ."},
		{"authority", strings.Join(d.Signature.Authority, "|"), "TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH"},
		{"annex", d.Annexes[0].Reference, "(Kèm theo Báo cáo số        /BC-UBND ngày      tháng      năm 2018 của Ủy ban nhân dân tỉnh Đắk Nông)"},
		{"nation", d.Letterhead.Nation, own.Letterhead.Nation},
		{"symbol of the office", own.Letterhead.Symbol, "Số:        /BC-SNV"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	body := mainText(d)
	if strings.Contains(body, "Sở Nội vụ báo cáo") || !strings.Contains(body, "Ủy ban nhân dân tỉnh Đắk Nông kính báo cáo Bộ Nội vụ./.") {
		t.Errorf("the text names another issuer:\n%s", body)
	}
	if got, want := strings.Count(body, "\n"), strings.Count(mainText(own), "\n"); got != want {
		t.Errorf("%d blocks of text, want %d", got, want)
	}
	if _, err := p.ReportAs(t.Context(), made, ReportAs{Issuer: "bnv"}); err == nil || !strings.Contains(err.Error(), "snv, ubnd") {
		t.Errorf("an unknown issuer: %v, want an error that names those known", err)
	}
}

// TestReportOfAnAgency holds an agency's report to its own answers: every figure
// of it is found in what the agency said, and nobody else's.
func TestReportOfAnAgency(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	made, err := p.Statement(t.Context(), period(t, "2018-6M"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []agency.ID{"syt", "snv", "cujut"} {
		in, own := reconcile.Own(made.Inputs, made.Statement, id)
		i := slices.IndexFunc(made.Statement.Leads, func(s reconcile.AgencySum) bool { return s.Agency == id })
		want := made.Statement.Leads[i].Sum
		want.Code = own.Total.Code
		if got := own.Total; got.Activities != want.Activities || got.Done != want.Done || got.NotReported != want.NotReported ||
			money(got.Used) != money(want.Used) || money(got.Budget) != money(want.Budget) {
			t.Errorf("%s: total %+v, want %+v", id, got, want)
		}
		for _, l := range own.Lines {
			if len(l.Answers)+len(l.Unasked) != 1 || l.Collective != nil || len(l.Answers) == 1 && l.Answers[0].Agency != id {
				t.Errorf("%s: %s has the answers %+v, want its own", id, l.Activity.Code, l.Answers)
			}
		}
		for _, s := range in.Submissions {
			if s.Agency != id {
				t.Errorf("%s: the inputs hold a document of %s", id, s.Agency)
			}
		}
		for _, f := range own.Findings {
			if f.Agency != id {
				t.Errorf("%s: a finding is about %q", id, f.Agency)
			}
		}
		name := made.Inputs.Directory.Name(id, made.Statement.Term.Closes)
		d := documentAs(t, p, made, ReportAs{Agency: id})
		if !strings.HasSuffix(d.Subject, "của "+name) || d.Addressee != name+"." {
			t.Errorf("%s: title %q to %q, want ones that name %s", id, d.Subject, d.Addressee, name)
		}
		if strings.Contains(mainText(d), "52 hoạt động") {
			t.Errorf("%s: the text has the province's figures:\n%s", id, mainText(d))
		}
	}
	files, err := p.ReportAs(t.Context(), made, ReportAs{Agency: "syt"})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f.Path))
	}
	if got, want := strings.Join(names, " "), "bao-cao-2018-6M.syt.pdf bao-cao-2018-6M.syt.xlsx bao-cao-2018-6M.syt.docx"; got != want {
		t.Errorf("files %s, want %s", got, want)
	}
	if _, err := p.ReportAs(t.Context(), made, ReportAs{Agency: "g-xa"}); err == nil {
		t.Error("a group without activities has a report")
	}
}

// TestParagraphsOfAClerk holds that a clerk's words stand in their section, are
// part of what the data number is of, and are refused once the report is issued.
func TestParagraphsOfAClerk(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	q := period(t, "2018-6M")
	write := func(section, text string) error { return p.Write(t.Context(), q, section, text, writer) }
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	before, err := p.Statement(t.Context(), q, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if err := write("II", "Sở Tư pháp chủ động tham mưu.\r\n- Một;\r\n- Hai."); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ section, text, want string }{
		{"viii", "x", "known are"}, {"II", "a\xff", "UTF-8"}, {"II", strings.Repeat("a", mostParagraph+1), "at most"},
	} {
		if err := write(c.section, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("section %s: error %v, want one with %q", c.section, err, c.want)
		}
	}
	made, err := p.Statement(t.Context(), q, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if made.Hash == before.Hash {
		t.Error("the data number does not tell of the paragraph")
	}
	body := mainText(documentAs(t, p, made, ReportAs{}))
	at, next := strings.Index(body, "Sở Tư pháp chủ động tham mưu.\nMột;\nHai.\n2. Cải cách thủ tục"), strings.Index(body, "1. Cải cách thể chế")
	if at < next || next < 0 {
		t.Errorf("the paragraph does not end its section:\n%s", body)
	}
	gaps, err := p.IssueGaps(t.Context(), q, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range gaps {
		ids = append(ids, g.ID)
	}
	if _, err := p.Waive(t.Context(), q, ids, "Đã thống nhất", writer); err != nil {
		t.Fatal(err)
	}
	i, _, err := p.Issue(t.Context(), q, time.Time{}, writer)
	if err != nil {
		t.Fatal(err)
	}
	var closed *ClosedError
	if err := write("II", ""); !errors.As(err, &closed) {
		t.Errorf("after the issue: %v, want a *ClosedError", err)
	}
	in, err := p.frozenInputs(*i)
	if err != nil || len(in.Paragraphs) != 1 {
		t.Errorf("the issue froze %v, %v; want the paragraph", in.Paragraphs, err)
	}
}
