package sheet

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"baocao/pipeline/finding"
)

// Remark is what is to be said about one place of a document. A Place without
// cell, row or sheet is a remark about the sheet or the whole document.
type Remark struct {
	Place    finding.Place
	Level    finding.Level
	Activity string // code, shown as it is
	Text     string // the sentence
}

// Front are the words of the front sheet and of the comments.
type Front struct {
	Sheet   string    // name of the front sheet
	Title   string    // its heading
	Intro   []string  // the lines below
	Columns [6]string // heads: number, level, sheet, cell, activity, text
	Levels  map[finding.Level]string
	Row     string // how a row is spoken of that has no cell: "dòng {row}"
	Whole   string // stands for the cell of a remark about a whole sheet
	File    string // stands for the cell of a remark about the whole document
	None    string // stands in a list of no remarks
	More    string // stands below a list that was cut: "{more}" further remarks
	Comment string // first line of every comment; by it we know ours again
	Author  string // of the comments
}

// What a marked workbook may hold at most.
const (
	maxListed   = 5_000 // remarks on the front sheet
	maxComments = 5_000 // in all sheets
	maxSaid     = 4_000 // bytes of one comment
)

// ErrNotBook is the error of a document that cannot be given back: no table
// was read in it.
var ErrNotBook = errors.New("no workbook to put remarks into")

// errNotEditable is the error of a workbook that is given back as a copy.
var errNotEditable = errors.New("the workbook is not changed in place")

// Mark writes the workbook original, as which book was read, with remarks: a
// front sheet that lists them, and at each cell concerned a colour and a
// comment. All else is as it was, but for macros, which are left out. Earlier
// remarks of ours are replaced. A document of another format is given back as
// a copy with the same cells, as values, at the same places; so is a workbook
// that reaches out of itself: nothing that is given back acts or fetches.
//
// The colour is a conditional format, which lies over the cell: its own style
// is not touched, and with the format the colour is gone again.
//
// The same arguments give the same bytes.
func Mark(w io.Writer, original []byte, book *Book, remarks []Remark, front Front) (err error) {
	if book == nil || len(book.Sheets) == 0 {
		return ErrNotBook
	}
	defer func() {
		if r := recover(); r != nil { // as in open: a fault of a decoder, not of the caller
			err = fmt.Errorf("mark %q: panic: %v", book.Name, r)
		}
	}()
	if book.Format == XLSX {
		e, editErr := markSafely(original, book, remarks, front, true)
		if editErr == nil {
			return e.save(w)
		}
	}
	book = withoutFront(book, front)
	data, err := copyBook(book)
	if err != nil {
		return fmt.Errorf("mark %q: %w", book.Name, err)
	}
	e, err := markSafely(data, book, remarks, front, false)
	if err != nil {
		return fmt.Errorf("mark %q: %w", book.Name, err)
	}
	return e.save(w)
}

// withoutFront is book without our earlier front sheet, where another program
// has saved the workbook in a format in which we know the sheet by its looks.
func withoutFront(book *Book, front Front) *Book {
	ours := func(s Sheet) bool {
		return s.Name == front.Sheet && len(s.Rows) > 0 && s.Rows[0].Cell(1).Text == front.Title
	}
	if len(book.Sheets) < 2 || !slices.ContainsFunc(book.Sheets, ours) {
		return book
	}
	rest := *book
	rest.Sheets = slices.DeleteFunc(slices.Clone(book.Sheets), ours)
	return &rest
}

// markSafely is markPackage for what strangers made: a panic is one more reason
// to give back a copy.
func markSafely(data []byte, book *Book, remarks []Remark, front Front, named bool) (e *editor, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return markPackage(data, book, remarks, front, named)
}

// markPackage puts the remarks into a package whose work sheets are those of
// book, in their order; named tells that they have the same names, too.
func markPackage(data []byte, book *Book, remarks []Remark, front Front, named bool) (*editor, error) {
	e, err := newEditor(data)
	if err != nil {
		return nil, err
	}
	m, err := newMarking(e)
	if err != nil {
		return nil, err
	}
	if named {
		m.agreeOnFront(book)
	}
	if named && !m.lists(book) {
		return nil, errNotEditable
	}
	if err := m.removeFront(); err != nil {
		return nil, err
	}
	m.dropMacros()
	if named {
		if err := m.keepInert(); err != nil {
			return nil, err
		}
	}
	lines, notes := m.place(book, remarks)
	if err := m.setStyles(); err != nil {
		return nil, err
	}
	for i, s := range m.sheets {
		if err := m.markSheet(s, notes[i], front); err != nil {
			return nil, err
		}
	}
	for _, s := range m.charts {
		if err := m.unselectChart(s); err != nil {
			return nil, err
		}
	}
	if err := m.addFront(front, lines); err != nil {
		return nil, err
	}
	return e, e.setTypes(m.types)
}
