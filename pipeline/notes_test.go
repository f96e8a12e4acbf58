package pipeline

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/render"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// TestDecidedQuarter plays a quarter in which clerks decide, issues it twice, and
// reads what is said of it.
func TestDecidedQuarter(t *testing.T) {
	p := decided(t)
	t.Run("notes of a revision", func(t *testing.T) { notesOfARevision(t, p) })
	made := run(t, p, "2018-6M").Made
	t.Run("comparison", func(t *testing.T) { comparisonWithAnIssue(t, p, made) })
	t.Run("trace", func(t *testing.T) { traceCarried(t, p, made) })
	t.Run("audit workbook", func(t *testing.T) { auditWorkbook(t, p) })
	t.Run("archive moved", func(t *testing.T) { archiveMoved(t, p) })
}

// archiveMoved verifies what was issued after reports and archive were parted: the
// links that a fresh rendering has are those of the day of issue.
func archiveMoved(t *testing.T, p *Pipeline) {
	was := p.Out
	defer func() { p.Out = was }()
	p.Out = filepath.Join(t.TempDir(), "out")
	if p.originals() == besideReports {
		t.Fatal("the archive is still beside the reports")
	}
	verified, err := p.Verify(t.Context(), period(t, "2018-Q1"))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range verified {
		for _, f := range v.Fresh {
			if f.Result != VerifySame {
				t.Errorf("revision %d: %s is %s: %s", v.Revision, f.Name, f.Result, f.Detail)
			}
		}
	}
}

// decided is the sample year's first quarter, in which clerks decided about
// everything that was in the way, issued twice: the second time after a figure
// was corrected.
func decided(t *testing.T) *Pipeline {
	t.Helper()
	p := withStore(t, samplePipeline(t))
	p.TwoPersons = true
	who := func(name string) store.Actor { return store.Actor{Name: name, Via: "cli", At: p.Now()} }
	made := run(t, p, "2018-Q1").Made
	q1 := period(t, "2018-Q1")
	rule := func(r reconcile.Ruling) {
		t.Helper()
		r.Period, r.By, r.At = q1, "Nguyễn Thị A", p.Now()
		if _, err := p.Store.AddRuling(t.Context(), r, who("Nguyễn Thị A")); err != nil {
			t.Fatal(err)
		}
	}
	rule(reconcile.Ruling{
		Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "20", Before: "14.5",
		Source: "Công văn 12/SNV-VP", Reason: "Ghi nhầm",
	})
	rule(reconcile.Ruling{
		Kind: reconcile.Correct, Agency: "snv", Activity: "9.9.9", Figure: reconcile.FigureSpent, Value: "77777", Reason: "Không có hoạt động này",
	})
	rule(reconcile.Ruling{Kind: reconcile.Extend, Agency: "krongno", Until: agency.NewDay(2018, 4, 10), Reason: "Bão, mất điện"})
	for _, g := range p.Gaps(made) {
		r := g.ruling
		r.Kind, r.Reason = reconcile.WaiveGap, "Đồng ý phát hành"
		rule(r)
	}
	issue := func() {
		t.Helper()
		if _, _, err := p.Issue(t.Context(), q1, time.Time{}, who("Nguyễn Thị A")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := p.Approve(t.Context(), q1, who("Trần Văn B")); err != nil {
			t.Fatal(err)
		}
	}
	issue()
	if err := p.Reopen(t.Context(), q1, "Sở Nội vụ đính chính lần hai", who("Trần Văn B")); err != nil {
		t.Fatal(err)
	}
	rule(reconcile.Ruling{
		Kind: reconcile.Correct, Agency: "snv", Activity: "1.1.1", Figure: reconcile.FigureSpent, Value: "21.5", Before: "14.5",
		Source: "Công văn 15/SNV-VP", Reason: "Ghi nhầm lần nữa",
	})
	again, err := p.Statement(t.Context(), q1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range p.Gaps(again) { // what came late makes new ones
		if g.Waived == "" {
			r := g.ruling
			r.Kind, r.Reason = reconcile.WaiveGap, "Đồng ý phát hành"
			rule(r)
		}
	}
	issue()
	return p
}

// notesOfARevision reads in the second issue of a quarter why it was opened
// again, what changed, who decided what, and who signed for it.
func notesOfARevision(t *testing.T, p *Pipeline) {
	i, err := p.issue(t.Context(), period(t, "2018-Q1"), 2)
	if err != nil {
		t.Fatal(err)
	}
	then, made, err := p.asIssued(i)
	if err != nil {
		t.Fatal(err)
	}
	rendered, err := then.renderIssue(t.Context(), i, made)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, r := range rendered {
		files[r.ext] = r.data
	}
	text := string(files[".txt"])
	for _, want := range []string{
		"Bản phát hành lần 2 – Số liệu đến hết ngày",
		"Lý do mở lại kỳ báo cáo: Sở Nội vụ đính chính lần hai",
		"Người lập: Nguyễn Thị A, ", "Người phê duyệt: Trần Văn B, ",
		"Quyết định số 1982/QĐ-UBND ngày 18/12/2017. Số liệu chốt",
		" | 1.1.1 |  | Kinh phí trong kỳ (triệu đồng) | 20 | 21,5 |",
		"Kinh phí trong kỳ (triệu đồng) của hoạt động 1.1.1 (Sở Nội vụ) | 14,5 | 21,5 | Công văn 15/SNV-VP. Ghi nhầm lần nữa | Nguyễn Thị A, ",
		"UBND huyện Krông Nô: đến ngày 10/4/2018",
		"điểm = đúng hạn × 30% + đầy đủ × 30% + hoàn thành × 40%",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	for _, never := range []string{"DỰ THẢO", "77.777", "<no value>", "Chỉ tiêu 100%"} {
		if strings.Contains(text, never) {
			t.Errorf("the report says %q", never)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(files[".xlsx"]))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	notesWorkbook(t, f, made, i)
}

// notesWorkbook reads what stands in the workbook only.
func notesWorkbook(t *testing.T, f *excelize.File, made *Made, i store.Issue) {
	t.Helper()
	want := []string{
		"Báo cáo", "Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV", "Phụ lục V", "Phụ lục VI",
		"Số liệu", "Số liệu hoạt động", "Theo kết quả", "Theo cơ quan",
		"Nguồn số liệu", "Đối chiếu", "Quyết định", "Thay đổi", "Manifest",
	}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	props, err := f.GetDocProps()
	if err != nil || props.ContentStatus != "Bản phát hành" || props.Version != "2" || props.Identifier != i.Data[:8] {
		t.Errorf("properties: %+v, %v", props, err)
	}
	manifest := sheetText(t, f, "Manifest")
	for _, s := range made.Inputs.Submissions {
		if !strings.Contains(manifest, s.SHA256) {
			t.Errorf("the manifest does not name %s", s.File)
		}
	}
	for _, file := range i.Files {
		if strings.Contains(manifest, file.SHA256) {
			t.Errorf("the manifest holds the hash of %s", file.Name)
		}
	}
	if said := sheetText(t, f, "Nguồn số liệu"); !strings.Contains(said, "14,5 → 21,5; Công văn 15/SNV-VP") {
		t.Error("the sources do not tell of the correction")
	}
	balanceDocuments(t, f, made)
	for _, l := range made.Statement.Results {
		if row := sheetRow(t, f, "Theo kết quả", 0, string(l.Code)); row[2] != countText(l.Activities) || row[3] != countText(l.Done) {
			t.Errorf("result %s: %v, want %d activities, %d done", l.Code, row, l.Activities, l.Done)
		}
	}
	leadsToSource(t, f)
}

// balanceDocuments holds each document's line in the control sheet: what was
// read is what is used and what is set aside, and their sums are the whole's.
func balanceDocuments(t *testing.T, f *excelize.File, made *Made) {
	t.Helper()
	read, used := 0, 0
	for _, s := range made.Inputs.Submissions {
		row := sheetRow(t, f, "Đối chiếu", 6, s.SHA256)
		if got := number(t, row[3]) + number(t, row[4]); got != s.RowsRead || number(t, row[2]) != s.RowsRead {
			t.Errorf("%s: %v, want %d rows read = used + set aside", s.File, row, s.RowsRead)
		}
		read, used = read+number(t, row[2]), used+number(t, row[3])
	}
	c := made.Statement.Control
	if read != c.RowsRead || used != c.RowsUsed {
		t.Errorf("documents add up to %d rows read, %d used, want %d, %d", read, used, c.RowsRead, c.RowsUsed)
	}
}

// leadsToSource follows a figure of the decision's table to its source, and from
// there to the archive.
func leadsToSource(t *testing.T, f *excelize.File) {
	t.Helper()
	rows, err := f.GetRows("Phụ lục I")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(r []string) bool { return len(r) > 9 && strings.HasSuffix(r[0], "1.1.1") })
	name, _ := excelize.CoordinatesToCellName(slices.Index(rows[at], "21.5")+1, at+1)
	_, link, err := f.GetCellHyperLink("Phụ lục I", name)
	sheet, cell, ok := strings.Cut(link, "!")
	if err != nil || !ok || sheet != "'Nguồn số liệu'" {
		t.Fatalf("%s leads to %q, %v", name, link, err)
	}
	_, row, err := excelize.CellNameToCoordinates(cell)
	if err != nil {
		t.Fatal(err)
	}
	source, err := f.GetRows("Nguồn số liệu")
	if err != nil {
		t.Fatal(err)
	}
	if got := source[row-1]; got[0] != "1.1.1" || got[4] != "21.5" {
		t.Errorf("the source of 21.5 is %v", got)
	}
	file, _ := excelize.CoordinatesToCellName(8, row) // Ô; the name of the file, of two lines, is no link
	sha := source[row-1][9]
	_, link, err = f.GetCellHyperLink("Nguồn số liệu", file)
	if want := "../archive/" + sha[:2] + "/" + sha + ".xlsx"; err != nil || link != want {
		t.Errorf("%s leads to %q, %v, want %q", file, link, err, want)
	}
}

// comparisonWithAnIssue reads in the half-year's report how it stands to the
// quarter that was issued, and what is carried over from it.
func comparisonWithAnIssue(t *testing.T, p *Pipeline, made *Made) {
	doc, err := p.Document(made)
	if err != nil {
		t.Fatal(err)
	}
	layout, err := p.office.renderer(agency.DayOf(made.Statement.AsOf))
	if err != nil {
		t.Fatal(err)
	}
	carried := 0
	for _, l := range made.Statement.Lines {
		for _, a := range l.Answers {
			if a.Carried != nil && a.Role != reconcile.Partner {
				carried++
			}
		}
	}
	then, now := made.Statement.Compared[0].Total.Then, made.Statement.Compared[0].Total.Now
	for name, text := range map[string]string{"text": plainText(t, layout, doc), "page": page(t, layout, doc)} {
		for _, want := range []string{
			"So với quý I năm 2018: số hoạt động đã hoàn thành tăng " + twoDigits(now.Done-then.Done) +
				" (từ " + twoDigits(then.Done) + " lên " + twoDigits(now.Done) + ")",
			"So sánh với quý I năm 2018 theo báo cáo đã phát hành lần 2:",
			"Chuyển từ quý I năm 2018: số lũy kế kinh phí tại " + twoDigits(carried) + " nội dung",
			"DỰ THẢO – Số liệu đến hết ngày",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("the %s does not say %q", name, want)
			}
		}
	}
	withTarget(t, p, made, layout)
	view := p.StatementView(made)
	if view.State != "open" || len(view.Compared) != 1 || view.Compared[0].Revision != 2 || len(view.Rankings) == 0 {
		t.Errorf("view: state %q, %d comparisons, %d rankings", view.State, len(view.Compared), len(view.Rankings))
	}
}

// withTarget writes the report of an office that wants to say how activities stand
// to their indicators; the one that ships says nothing of it.
func withTarget(t *testing.T, p *Pipeline, made *Made, layout *render.Renderer) {
	t.Helper()
	outline := *p.office.outline
	if err := yaml.Unmarshal([]byte("'Chỉ tiêu {{.Percent}}%: {{.Met}}'"), &outline.PlanTable.Target); err != nil {
		t.Fatal(err)
	}
	doc, err := outline.Write(report.Source{Inputs: made.Inputs, Statement: made.Statement, Wording: p.office.wording, Data: made.Hash})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plainText(t, layout, doc), "Chỉ tiêu 100%: met") {
		t.Error("the report does not say what the outline asks for")
	}
}

// auditWorkbook writes the trail of all that twice: the same bytes, and every
// entry in it.
func auditWorkbook(t *testing.T, p *Pipeline) {
	entries, err := p.Audit(t.Context(), AuditQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := p.AuditWorkbook(b, entries); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same entries give other bytes")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	said := sheetText(t, f, "Nhật ký")
	for _, e := range entries {
		if !strings.Contains(said, e.Hash) {
			t.Errorf("entry %d is not in the workbook", e.Seq)
		}
	}
	if len(entries) < 10 {
		t.Errorf("%d entries, want those of all that was done", len(entries))
	}
}

// traceCarried leads from money that is carried over to the document in
// which it was told.
func traceCarried(t *testing.T, p *Pipeline, made *Made) {
	for _, l := range made.Statement.Lines {
		for _, a := range l.Answers {
			if a.Carried == nil {
				continue
			}
			trace, err := p.Trace(t.Context(), made, l.Activity.Code)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(trace.Answers, func(t TraceAnswer) bool { return t.Agency == a.Agency })
			from := trace.Answers[at].From
			if from == nil || from.Period != *a.Carried || filepath.Base(from.Archive) != from.SHA256+filepath.Ext(from.File) {
				t.Errorf("%s of %s: carried from %+v, want its document of %s", l.Activity.Code, a.Agency, from, a.Carried)
			}
			return
		}
	}
	t.Error("nothing is carried over")
}

func plainText(t *testing.T, r *render.Renderer, doc *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Text(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func page(t *testing.T, r *render.Renderer, doc *report.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.HTML(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sheetText(t *testing.T, f *excelize.File, sheet string) string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(strings.Join(row, " | ") + "\n")
	}
	return b.String()
}

// sheetRow is the row that holds a text in one of its columns.
func sheetRow(t *testing.T, f *excelize.File, sheet string, column int, text string) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if len(row) > column && row[column] == text {
			return row
		}
	}
	t.Fatalf("%s: no row with %q", sheet, text)
	return nil
}

func countText(n int) string { return strconv.Itoa(n) }

// twoDigits is a count as official sentences write it.
func twoDigits(n int) string { return fmt.Sprintf("%02d", n) }

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Error(err)
	}
	return n
}
