package form

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// Check looks for what is missing, for names and columns that are not known, and
// for what the reader would take for something else: its columns must mean to it,
// in every part of a year, what the template says they are.
func (t *Template) Check(words Words) error {
	problems := append(t.checkTexts(), t.checkColumns()...)
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	d, err := words.compile()
	if err != nil {
		return err
	}
	for p, said := range t.Statuses {
		if got, ok := d.status(said); !ok || got != p {
			problems = append(problems, fmt.Errorf("statuses: %s: %q is not read as that status; words.yaml lists what is", p, said))
		}
	}
	if !hasAny(plain(t.Sheets.HowTo), d.guidance) {
		problems = append(problems, fmt.Errorf("sheets: how_to: %q is not read as a sheet that explains; words.yaml lists under guidance what is", t.Sheets.HowTo))
	}
	for _, part := range []plan.Part{plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year} {
		problems = append(problems, t.checkRead(d, part)...)
	}
	return errors.Join(problems...)
}

func (t *Template) checkTexts() []error {
	var problems []error
	note := func(key, format string, args ...any) {
		problems = append(problems, fmt.Errorf("%s: %w", key, fmt.Errorf(format, args...)))
	}
	l, s := t.Letterhead, t.Signature
	for _, c := range []struct{ key, text string }{
		{"font", t.Font}, {"author", t.Author}, {"no_reply", t.NoReply}, {"sheets: asked", t.Sheets.Asked}, {"sheets: partner", t.Sheets.Partner}, {"sheets: how_to", t.Sheets.HowTo},
		{"letterhead: symbol", l.Symbol}, {"letterhead: nation", l.Nation}, {"letterhead: motto", l.Motto}, {"letterhead: dated", l.Dated},
		{"titles: kind", t.Titles.Kind}, {"titles: asked", t.Titles.Asked}, {"titles: partner", t.Titles.Partner}, {"titles: plan", t.Titles.Plan},
		{"titles: note", t.Titles.Note}, {"titles: file", t.Titles.File}, {"result", t.Result}, {"before_money", t.BeforeMoney},
		{"footer", t.Footer}, {"how_to: title", t.HowTo.Title}, {"how_to: intro", t.HowTo.Intro}, {"how_to: steps", strings.Join(t.HowTo.Steps, "\n")},
		{"mail: file", t.Mail.File}, {"how_to: rows", t.exampleTexts()}, {"signature", strings.Join(append(slices.Clone(s.Left), s.Right...), "\n")},
	} {
		if strings.TrimSpace(c.text) == "" {
			note(c.key, "says nothing")
		}
		own := map[string][]string{"result": {"{name}", "{indicator}"}, "before_money": {"{money}"}, "mail: file": {"{id}", "{term}"}}[c.key]
		for _, n := range templateName.FindAllString(c.text, -1) {
			if known := append(slices.Clone(own), templateNames...); !slices.Contains(known, n) {
				note(c.key, "unknown name %s, known are %q", n, known)
			}
		}
	}
	names := []string{t.Sheets.Asked, t.Sheets.Partner, t.Sheets.HowTo, identitySheet}
	for i, name := range names {
		if len([]rune(name)) > longestSheetName || strings.ContainsAny(name, `:\/?*[]'`) || slices.Contains(names[:i], name) {
			note("sheets", "%q: want four different names of at most %d letters without : \\ / ? * [ ] '", name, longestSheetName)
		}
	}
	if len(l.Parents) == 0 || len(l.Parents[len(l.Parents)-1].Agencies) > 0 {
		note("letterhead: parents", "the last one must have no agencies: it is for all others")
	}
	list := 0
	for _, p := range []Progress{Done, InProgress, NotStarted, Paused, Nil} {
		list += len([]rune(t.Statuses[p])) + 1
		if t.Statuses[p] == "" || strings.ContainsAny(t.Statuses[p], `,"`) {
			note("statuses", "%s: want words without comma and quotation mark, got %q", p, t.Statuses[p])
		}
	}
	if list > longestList {
		note("statuses", "together they have %d letters, a list to choose from takes %d", list, longestList)
	}
	if f := t.Mail.File; !strings.Contains(f, "{id}") || !strings.HasSuffix(f, ".xlsx") || strings.ContainsAny(f, `/\:*?"<>|`) {
		note("mail: file", "want the name of a file with {id} in it that ends in .xlsx, got %q", f)
	}
	if t.Size < 8 || t.Size > 16 {
		note("size", "want 8 to 16 points, got %g", t.Size)
	}
	return problems
}

// exampleTexts are all texts of the example.
func (t *Template) exampleTexts() string {
	var all []string
	for _, row := range t.HowTo.Rows {
		all = slices.AppendSeq(all, maps.Values(row))
	}
	return strings.Join(all, "\n")
}

// What a program for workbooks takes.
const (
	longestSheetName = 31
	longestList      = 255 // of a list to choose from
	longestInputName = 32  // of the title of a message
	longestInput     = 255 // of a message
)

func (t *Template) checkColumns() []error {
	var problems []error
	has := map[Column]bool{}
	for i, c := range t.Columns {
		known := append(append([]Column{colBefore}, planKeys...), inputKeys...)
		switch {
		case !slices.Contains(known, c.Key):
			problems = append(problems, fmt.Errorf("columns: %d: unknown key %q, known are %q", i+1, c.Key, known))
		case c.Title == "" && (c.Key == colCode || c.Key == colName || !slices.Contains(planKeys, c.Key)):
			problems = append(problems, fmt.Errorf("columns: %d: %s: no title", i+1, c.Key))
		case c.Width < 5 || c.Width > 120:
			problems = append(problems, fmt.Errorf("columns: %d: %s: want a width of 5 to 120 mm, got %g", i+1, c.Key, c.Width))
		case c.Where != "" && c.Where != "asked" && c.Where != "partner":
			problems = append(problems, fmt.Errorf("columns: %d: %s: where %q: want asked or partner", i+1, c.Key, c.Where))
		}
		for _, n := range templateName.FindAllString(c.Title+c.Group, -1) {
			if !slices.Contains(templateNames, n) {
				problems = append(problems, fmt.Errorf("columns: %d: unknown name %s, known are %q", i+1, n, templateNames))
			}
		}
		has[c.Key] = true
	}
	for _, key := range []Column{colCode, colName, colStatus} {
		if !has[key] {
			problems = append(problems, fmt.Errorf("columns: no %s, without which an answer is not understood", key))
		}
	}
	for key, in := range t.Inputs {
		if !slices.Contains(inputKeys, key) {
			problems = append(problems, fmt.Errorf("inputs: unknown key %q, known are %q", key, inputKeys))
		}
		if len([]rune(in.Title)) > longestInputName || len([]rune(in.Help)) > longestInput || len([]rune(in.Error)) > longestInput {
			problems = append(problems, fmt.Errorf("inputs: %s: want a title of at most %d letters, help and error of at most %d", key, longestInputName, longestInput))
		}
	}
	return problems
}

// checkRead looks at the heads of a form of a made-up plan as the reader does.
func (t *Template) checkRead(d *dictionary, part plan.Part) []error {
	var problems []error
	blank := sampleBlank(part)
	for _, where := range []string{"asked", "partner"} {
		columns := t.shown(blank, where)
		tables := d.findTables(headOf(columns))
		if len(tables) != 1 {
			problems = append(problems, fmt.Errorf("columns: the head of sheet %s in a form of part %s is not recognised", where, part))
			continue
		}
		for i, c := range columns {
			got := Column("")
			for means, col := range tables[0].columns {
				if col == i+1 {
					got = means
				}
			}
			if got != c.Key && !(c.Key == colBefore && got == "") && !(c.Key == colCode && got == colNumber) {
				problems = append(problems, fmt.Errorf("columns: %s in a form of part %s: %q is read as %q; words.yaml lists what each column is called", c.Key, part, c.Title, got))
			}
		}
	}
	return problems
}

// headOf is a sheet with the head of a form, as the reader meets it.
func headOf(columns []FormColumn) *sheet.Sheet {
	s := &sheet.Sheet{Grid: true}
	upper, lower := sheet.Row{Number: 1}, sheet.Row{Number: 2}
	for i, c := range columns {
		col, row := i+1, &upper
		switch {
		case c.Group == "":
			s.Merges = append(s.Merges, sheet.Range{FirstRow: 1, FirstCol: col, LastRow: 2, LastCol: col})
		case i == 0 || columns[i-1].Group != c.Group:
			last := i
			for last+1 < len(columns) && columns[last+1].Group == c.Group {
				last++
			}
			upper.Cells = append(upper.Cells, sheet.Cell{Col: col, Kind: sheet.String, Text: c.Group, Raw: c.Group})
			if last > i {
				s.Merges = append(s.Merges, sheet.Range{FirstRow: 1, FirstCol: col, LastRow: 1, LastCol: last + 1})
			}
			row = &lower
		default:
			row = &lower
		}
		row.Cells = append(row.Cells, sheet.Cell{Col: col, Kind: sheet.String, Text: c.Title, Raw: c.Title})
	}
	s.Rows = append(s.Rows, upper)
	if len(lower.Cells) > 0 {
		s.Rows = append(s.Rows, lower)
	}
	return s
}

// sampleBlank is a form of a made-up plan.
func sampleBlank(part plan.Part) Blank {
	budget := 15 * plan.Million
	a := &plan.Activity{
		Code: "1.1.1", Name: "A", Indicator: "B", Evidence: "C", Budget: &budget, BudgetText: "15",
		Responsibility: "D", StartText: "Tháng 1", EndText: "Tháng 2", Note: "E",
	}
	p := &plan.Plan{
		Number: "1/QĐ-UBND", Year: 2018, Unit: plan.Million,
		Columns: plan.Columns{
			Code: "Stt", Name: "Nội dung", Indicator: "Chỉ số", Evidence: "Phương tiện xác minh", Budget: "Kinh phí (triệu đồng)",
			Responsibility: "Trách nhiệm thực hiện", Time: "Thời gian thực hiện", Start: "Bắt đầu", End: "Kết thúc", Note: "Ghi chú",
		},
		Fields: []plan.Field{{Code: "I", Name: "F", Results: []plan.Result{{Code: "1.1", Name: "R", Activities: []plan.Activity{*a}}}}},
	}
	year := plan.Term{From: agency.NewDay(2017, 12, 15), Closes: agency.NewDay(2018, 12, 14)}
	return Blank{
		Agency: "x", Name: "X", Plan: p, PlanVersion: 1, Year: year, PeriodName: "Y", Previous: "Z",
		Term:  plan.Term{Period: plan.Period{Year: 2018, Part: part}, From: year.From, Closes: agency.NewDay(2018, 3, 14), Due: agency.NewDay(2018, 3, 15)},
		Asked: []Asked{{Activity: a, Status: Done, Used: &budget}}, Partner: []Asked{{Activity: a}},
	}
}
