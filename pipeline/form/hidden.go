package form

import (
	"strconv"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// identitySheet is the name, made plain, of the hidden sheet in which a form that
// was made for one agency and one period says so: a row a fact, the name in
// column A ("agency", "period"), the value in column B ("snv", "2018-Q1"); see
// [formBook.identity].
const identitySheet = "baocao"

// identityRows is how many facts are read at the most.
const identityRows = 60

// identity is for whom and for when a form was made.
type identity struct {
	agency agency.ID
	period plan.Period
	place  finding.Place
	others []agency.ID // that further sheets of the kind name

	plan    int    // version; 0: it does not say
	howTo   string // name of the sheet that explains
	columns []asked
}

// asked is a column that a form was made with.
type asked struct {
	means Column
	title string
}

// hiddenIdentity is what a form says of itself; zero for any other document.
func hiddenIdentity(book *sheet.Book) identity {
	var own identity
	if book == nil {
		return own
	}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		// Some programs lose that it is hidden when they save it.
		if plain(s.Name) != identitySheet || !s.Hidden && s.Row(1).Cell(1).Text != factAgency {
			continue
		}
		own.place = finding.Place{File: book.Name, Sheet: s.Name}
		for _, row := range s.Rows[:min(len(s.Rows), identityRows)] {
			value := strings.TrimSpace(row.Cell(2).Text)
			name := strings.TrimSpace(row.Cell(1).Text)
			if key, ok := strings.CutPrefix(name, factColumn); ok {
				own.columns = append(own.columns, asked{Column(key), value})
			}
			switch name {
			case factPlan:
				own.plan, _ = strconv.Atoi(value) // what is no number says nothing
			case factHowTo:
				own.howTo = value
			case factAgency:
				if own.agency != "" && own.agency != agency.ID(value) {
					own.others = append(own.others, agency.ID(value))
					continue
				}
				own.agency = agency.ID(value)
			case factPeriod:
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
