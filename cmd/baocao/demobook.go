package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// demoForm is what stands in every workbook of the story. {ref} and {agency}
// are filled in.
type demoForm struct {
	Sheet   string       `yaml:"sheet"`
	Ref     string       `yaml:"ref"`
	Title   string       `yaml:"title"`
	Agency  string       `yaml:"agency"`
	Period  string       `yaml:"period"`
	Columns []demoColumn `yaml:"columns"` // code, name, text, status, percent, money
}

type demoColumn struct {
	Head   string  `yaml:"head"`
	Width  float64 `yaml:"width"`
	Center bool    `yaml:"center"`
}

// workbook is an agency's report as a file of Excel. The same report gives the
// same bytes.
func (s *demoStory) workbook(r *demoReport) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	sheet := s.Workbook.Sheet
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	name := s.directory.Name(r.Agency, agency.DayOf(s.now))
	rows := [][]any{
		{strings.ToUpper(name)}, {}, {s.Workbook.Title},
		{strings.ReplaceAll(s.Workbook.Agency, "{agency}", name)}, {s.Workbook.Period}, {}, {},
	}
	if r.Ref != "" {
		rows[1] = []any{strings.ReplaceAll(s.Workbook.Ref, "{ref}", r.Ref)}
	}
	for _, c := range s.Workbook.Columns {
		rows[len(rows)-1] = append(rows[len(rows)-1], c.Head)
	}
	head := len(rows)
	rows = append(rows, s.rows(r)...)
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return nil, err
		}
	}
	if err := s.style(f, head, rows); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err := f.Write(&b)
	return b.Bytes(), err
}

// rows are the report's answers to what its agency is asked, in the plan's
// order.
func (s *demoStory) rows(r *demoReport) [][]any {
	if r.Nothing != "" {
		return [][]any{{nil, r.Nothing}}
	}
	var rows [][]any
	for _, e := range s.plan.Expected(s.directory, plan.Term{Closes: agency.DayOf(s.now)}, nil) {
		code := e.Activity.Code
		answer, known := s.Answers[code]
		change := r.Change[code]
		if e.Agency != r.Agency || !known || change.Absent {
			continue
		}
		row := []any{string(code), e.Activity.Name}
		if !r.Blank {
			row = append(row, filled(&row[0], answer, change)...)
		}
		rows = append(rows, row)
	}
	return rows
}

// filled is the answer's part of a row, changed; code is the cell of its code.
func filled(code *any, a demoAnswer, c demoChange) []any {
	if c.Code != "" {
		*code = c.Code
	}
	if c.Status != "" {
		a.Status = c.Status
	}
	if c.Percent != nil {
		a.Percent = c.Percent
	}
	if c.Spent != "" {
		a.Spent = c.Spent
	}
	row := []any{a.Text, a.Status, nil, nil}
	if a.Percent != nil {
		row[2] = *a.Percent
	}
	if n, err := strconv.ParseFloat(a.Spent, 64); err == nil {
		row[3] = n
	} else if a.Spent != "" {
		row[3] = a.Spent
	}
	return row
}
