package form

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

func shippedTemplate(t testing.TB) *Template {
	t.Helper()
	var tmpl Template
	decode(t, "form/form.yaml", &tmpl)
	return &tmpl
}

func period(t testing.TB, name string) plan.Period {
	t.Helper()
	p, err := plan.ParsePeriod(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// blankFor is the form of an agency for a period, by the plan that ships.
func blankFor(t testing.TB, r *Reader, id agency.ID, name string) Blank {
	t.Helper()
	term, err := r.calendar.Term(period(t, name))
	if err != nil {
		t.Fatal(err)
	}
	year, err := r.calendar.Term(plan.Period{Year: term.Period.Year, Part: plan.Year})
	if err != nil {
		t.Fatal(err)
	}
	p := r.plans[2018][0].Plan
	a, _ := r.directory.Agency(id)
	b := Blank{
		Agency: id, Name: r.directory.Name(id, term.Closes), Short: r.directory.Short(id, term.Closes), Parent: "UBND TỈNH ĐẮK NÔNG", Place: "Đắk Nông",
		Plan: p, PlanVersion: 1, Term: term, Year: year, PeriodName: r.words.sayPeriod(term.Period), ReplyTo: "snv@daknong.example",
	}
	if len(a.Symbols) > 0 {
		b.Symbol = a.Symbols[0]
	}
	for _, e := range p.Expected(r.directory, term, nil) {
		if e.Agency == id {
			b.Asked = append(b.Asked, Asked{Activity: e.Activity})
		}
	}
	for a := range p.Activities() {
		if slices.ContainsFunc(a.Partners, func(partner agency.ID) bool { return slices.Contains(r.directory.Members(partner, term.Closes), id) }) &&
			!slices.ContainsFunc(b.Asked, func(asked Asked) bool { return asked.Activity == a }) {
			b.Partner = append(b.Partner, Asked{Activity: a})
		}
	}
	return b
}

func filled(t testing.TB, b Blank) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Fill(&out, shippedTemplate(t), b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func edited(t testing.TB, data []byte, edit func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	edit(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// formColumns are the columns of the first sheet, by the head that they have, and
// the rows of the activities, by code.
func formColumns(t testing.TB, f *excelize.File, name string) (columns map[string]string, rows map[string]int) {
	t.Helper()
	all, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	columns, rows = map[string]string{}, map[string]int{}
	for i, row := range all {
		if len(row) > 3 && row[0] == "Mã hoạt động" {
			for c, title := range row {
				columns[title] = sheetColumn(c + 1)
			}
		}
		if len(row) > 0 && strings.Count(row[0], ".") == 2 {
			rows[row[0]] = i + 1
		}
	}
	return columns, rows
}

// answer fills in every row of the first sheet as a person would.
func answer(t testing.TB, f *excelize.File) {
	t.Helper()
	columns, rows := formColumns(t, f, "Báo cáo")
	for code, row := range rows {
		for title, value := range map[string]any{
			"Kết quả thực hiện": "Đang triển khai theo kế hoạch của hoạt động " + code, "Tình trạng": "Đang thực hiện",
			"Tỷ lệ hoàn thành (%)": 50, "Kinh phí đã thực hiện (triệu đồng)": 2.5,
		} {
			if err := f.SetCellValue("Báo cáo", columns[title]+itoa(row), value); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func itoa(n int) string { return cellAt(1, n)[1:] }

func open(t testing.TB, name string, data []byte) *sheet.Book {
	t.Helper()
	book, findings := sheet.Open(name, data)
	if book == nil {
		t.Fatalf("%s is not opened: %v", name, findings)
	}
	return book
}

var mailed = Origin{Arrived: time.Date(2018, 3, 15, 3, 0, 0, 0, time.UTC)}

// read reads a form as it comes back by mail.
func (r *Reader) back(t testing.TB, id agency.ID, name string, data []byte) Submission {
	t.Helper()
	o := mailed
	o.Name, o.Mail = name, &Mail{From: string(id) + "@daknong.example", Subject: "Báo cáo", Authenticated: true}
	return r.ReadSubmission(open(t, name, data), o)
}

// Every agency's form, filled in, is accepted as its own, without a finding, and
// asks for just what the agency must answer for.
func TestFormsOfAllAgencies(t *testing.T) {
	r := shippedReader(t)
	term, err := r.calendar.Term(period(t, "2018-Q1"))
	if err != nil {
		t.Fatal(err)
	}
	made := 0
	for _, id := range r.directory.IDs() {
		b := blankFor(t, r, id, "2018-Q1")
		if len(b.Asked) == 0 {
			continue
		}
		made++
		blank := filled(t, b)
		if id == "snv" && !bytes.Equal(blank, filled(t, b)) {
			t.Errorf("%s: the form made again has other bytes", id)
		}
		if s := r.back(t, id, "blank.xlsx", blank); s.Outcome != Reject || !slices.Contains(codesOnly(s), "form-unfilled") || s.Agency != id || s.Period != term.Period {
			t.Errorf("%s, not filled in: %s of %q for %s, findings %v, want it rejected as form-unfilled", id, s.Outcome, s.Agency, s.Period, codes(s))
		}
		s := r.back(t, id, "filled.xlsx", edited(t, blank, func(f *excelize.File) { answer(t, f) }))
		var got []plan.Code
		for _, e := range s.Entries {
			got = append(got, e.Activity)
		}
		var want []plan.Code
		for _, a := range b.Asked {
			want = append(want, a.Activity.Code)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: activities read (-want +got):\n%s", id, diff)
		}
		if s.Outcome != Accept || s.Agency != id || s.Period != term.Period || len(s.Findings) > 0 {
			t.Errorf("%s: %s of %q for %s, findings %v, want it accepted without any", id, s.Outcome, s.Agency, s.Period, s.Findings)
		}
	}
	if made != 29 {
		t.Errorf("%d forms were made, want 29", made)
	}
}

func codesOnly(s Submission) []string {
	var all []string
	for _, f := range s.Findings {
		all = append(all, f.Code)
	}
	return all
}

func TestShippedFormTemplate(t *testing.T) {
	if err := shippedTemplate(t).Check(shippedWords(t)); err != nil {
		t.Error(err)
	}
}

func BenchmarkFill(b *testing.B) {
	r := shippedReader(b)
	tmpl, blank := shippedTemplate(b), blankFor(b, r, "snv", "2018-Q1")
	for b.Loop() {
		if err := Fill(&bytes.Buffer{}, tmpl, blank); err != nil {
			b.Fatal(err)
		}
	}
}

// What an office writes wrongly into its template is told.
func TestFormTemplateFaults(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*Template)
		want  string
	}{
		"unknown name":            {func(f *Template) { f.Titles.Asked = "{kỳ}" }, "titles: asked: unknown name {kỳ}"},
		"nothing said":            {func(f *Template) { f.Letterhead.Motto = " " }, "letterhead: motto: says nothing"},
		"column of another sense": {func(f *Template) { f.column("text").Title = "Dự kiến" }, `columns: text in a form of part Q1: "Dự kiến" is read as ""`},
		"two of one sense":        {func(f *Template) { f.column("difficulty").Title = "Kết quả đạt được" }, "columns: difficulty"},
		"unknown column":          {func(f *Template) { f.column("text").Key = "result" }, `unknown key "result"`},
		"column without a title":  {func(f *Template) { f.column("before").Title = "" }, "before: no title"},
		"no status":               {func(f *Template) { f.column("status").Key = "text" }, "no status"},
		"status that is not read": {func(f *Template) { f.Statuses[Done] = "Ổn" }, `statuses: done: "Ổn" is not read`},
		"status with a comma":     {func(f *Template) { f.Statuses[Done] = "Đã xong, tốt" }, "words without comma"},
		"sheet that is not read":  {func(f *Template) { f.Sheets.HowTo = "Trang 3" }, `"Trang 3" is not read as a sheet that explains`},
		"twice the same sheet":    {func(f *Template) { f.Sheets.Partner = f.Sheets.Asked }, "four different names"},
		"long message":            {func(f *Template) { f.Inputs[colSpent] = Input{Help: strings.Repeat("x", 256)} }, "inputs: spent"},
		"authority of some only":  {func(f *Template) { f.Letterhead.Parents = f.Letterhead.Parents[:1] }, "letterhead: parents"},
	} {
		tmpl := shippedTemplate(t)
		tt.spoil(tmpl)
		if err := tmpl.Check(shippedWords(t)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q in it", name, err, tt.want)
		}
	}
}

func (t *Template) column(key Column) *FormColumn {
	i := slices.IndexFunc(t.Columns, func(c FormColumn) bool { return c.Key == key })
	return &t.Columns[i]
}

// What people do to a form is told by its name, and what can be used is used.
func TestSpoiledForms(t *testing.T) {
	r := shippedReader(t)
	blank := filled(t, blankFor(t, r, "snv", "2018-Q1"))
	for name, tt := range map[string]struct {
		spoil   func(f *excelize.File, columns map[string]string, rows map[string]int)
		want    []string
		outcome Outcome
	}{
		"nothing": {func(*excelize.File, map[string]string, map[string]int) {}, nil, Accept},
		"a column deleted": {func(f *excelize.File, columns map[string]string, _ map[string]int) {
			check(t, f.RemoveCol("Báo cáo", columns["Khó khăn, vướng mắc; kiến nghị"]))
		}, []string{"form-column-removed"}, Accept},
		"a row deleted": {func(f *excelize.File, _ map[string]string, rows map[string]int) {
			check(t, f.RemoveRow("Báo cáo", rows["1.1.3"]))
		}, []string{"activity-missing"}, Accept},
		"a code typed over": {func(f *excelize.File, _ map[string]string, rows map[string]int) {
			check(t, f.SetCellStr("Báo cáo", "A"+itoa(rows["1.1.3"]), "1.3.1"))
		}, []string{"code-text-disagree", "activity-missing"}, Accept},
		"a budget typed over": {func(f *excelize.File, columns map[string]string, rows map[string]int) {
			check(t, f.SetCellValue("Báo cáo", columns["Kinh phí (triệu đồng)"]+itoa(rows["1.1.1"]), 40))
		}, []string{"plan-cell-changed"}, Accept},
		"the plan amended since": {func(f *excelize.File, _ map[string]string, _ map[string]int) {
			check(t, f.SetCellStr(identitySheet, "B3", "2"))
		}, []string{"form-other-plan"}, Accept},
		"the hidden sheet shown": {func(f *excelize.File, _ map[string]string, _ map[string]int) {
			check(t, f.SetSheetVisible(identitySheet, true))
		}, nil, Accept},
		"of another agency": {func(f *excelize.File, _ map[string]string, _ map[string]int) {
			check(t, f.SetCellStr(identitySheet, "B1", "stp"))
		}, []string{"agency-disagrees"}, Review},
	} {
		s := r.back(t, "snv", "bieu.xlsx", edited(t, blank, func(f *excelize.File) {
			answer(t, f)
			columns, rows := formColumns(t, f, "Báo cáo")
			tt.spoil(f, columns, rows)
		}))
		for _, code := range tt.want {
			if !slices.Contains(codesOnly(s), code) {
				t.Errorf("%s: findings %v, want %s among them", name, codes(s), code)
			}
		}
		if s.Outcome != tt.outcome || len(tt.want) == 0 && len(s.Findings) > 0 {
			t.Errorf("%s: %s, findings %v, want %s", name, s.Outcome, codes(s), tt.outcome)
		}
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A sheet that only explains does not say that there is nothing to report.
func TestGuidanceSaysNothing(t *testing.T) {
	book := grid(head + "1|1.1.1|||||")
	book.Sheets = append(book.Sheets, sheet.Sheet{Name: "Hướng dẫn", Grid: true, Rows: []sheet.Row{
		{Number: 1, Cells: []sheet.Cell{{Col: 1, Kind: sheet.String, Text: "Không phát sinh nội dung báo cáo"}}},
	}})
	s := shippedReader(t).ReadSubmission(book, mailed)
	if s.Nothing || s.Outcome == Accept {
		t.Errorf("%s, nothing %v: a sheet that explains was taken for an answer", s.Outcome, s.Nothing)
	}
}

// Where a form goes back to is said whether or not an address is known.
func TestFormSaysWhereTo(t *testing.T) {
	r := shippedReader(t)
	for address, want := range map[string]string{"cchc@snv.example": "địa chỉ cchc@snv.example trước", "": "địa chỉ thư công vụ của Sở Nội vụ trước"} {
		b := blankFor(t, r, "syt", "2018-Q1")
		b.ReplyTo = address
		f, err := excelize.OpenReader(bytes.NewReader(filled(t, b)))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := f.GetRows("Hướng dẫn")
		if err != nil {
			t.Fatal(err)
		}
		if said := fmt.Sprint(rows); !strings.Contains(said, want) {
			t.Errorf("reply to %q: %q is not in %s", address, want, said)
		}
	}
}
