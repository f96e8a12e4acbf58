package form

import (
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// identitySheet is the name, made plain, of the hidden sheet in which a form that
// was made for one agency and one period says so: a row a fact, the name in
// column A ("agency", "period"), the value in column B ("snv", "2018-Q1").
const identitySheet = "baocao"

// identity is for whom and for when a form was made.
type identity struct {
	agency agency.ID
	period plan.Period
	place  finding.Place
	others []agency.ID // that further sheets of the kind name
}

// hiddenIdentity is what a form says of itself; zero for any other document.
func hiddenIdentity(book *sheet.Book) identity {
	var own identity
	if book == nil {
		return own
	}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if !s.Hidden || plain(s.Name) != identitySheet {
			continue
		}
		own.place = finding.Place{File: book.Name, Sheet: s.Name}
		for _, row := range s.Rows[:min(len(s.Rows), letterheadLines)] {
			value := strings.TrimSpace(row.Cell(2).Text)
			switch strings.TrimSpace(row.Cell(1).Text) {
			case "agency":
				if own.agency != "" && own.agency != agency.ID(value) {
					own.others = append(own.others, agency.ID(value))
					continue
				}
				own.agency = agency.ID(value)
			case "period":
				if p, err := plan.ParsePeriod(value); err == nil {
					own.period = p
				}
			}
		}
	}
	return own
}

// signatureRows are how many of the last rows of a sheet a signature may take.
const signatureRows = 12

// signatureLines are the lines below the last table of each sheet.
func signatureLines(book *sheet.Book, tables []*table) []headLine {
	var lines []headLine
	for i, t := range tables {
		if i+1 < len(tables) && tables[i+1].sheet == t.sheet {
			continue
		}
		from := t.end
		for from > t.first && t.end-from < signatureRows && len(t.sheet.Rows[from-1].Cells) < 4 {
			from--
		}
		lines = append(lines, linesOf(book, t.sheet, t.sheet.Rows[from:t.end])...)
	}
	return lines
}
