package sheet

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"

	"baocao/pipeline/finding"
)

// damage is why a document cannot be read.
type damage struct {
	code  string   // of the finding
	part  string   // which part of the document, if known
	sheet string   // which of its sheets, if known
	at    position // which of its cells, if known
	got   string   // of a limit: what was found, and what is allowed
	want  string
	err   error
}

func (d *damage) Error() string {
	if d.err == nil {
		return fmt.Sprintf("%s %q", d.code, cmp.Or(d.part, d.sheet))
	}
	return fmt.Sprintf("%s %q: %v", d.code, cmp.Or(d.part, d.sheet), d.err)
}

func (d *damage) Unwrap() error { return d.err }

func corrupt(part string, err error) *damage {
	return &damage{code: "file-corrupt", part: part, err: err}
}

// inSheet is err as damage to the sheet of that name: a person knows its name,
// and not that of the part which holds it.
func inSheet(err error, name string) error {
	if d, ok := errors.AsType[*damage](err); ok && d.sheet == "" {
		d.sheet = name
	}
	return err
}

// Open reads the document in data, which a person named name. What it is, is
// told from its content. A document that is no table we can read gives no Book
// and one finding that says what it is; a part of a document that was left out
// gives a finding beside the Book.
//
// Formulas are not evaluated: a cell holds the result that was stored with it.
func Open(name string, data []byte) (*Book, []finding.Finding) {
	book, findings, _ := Read(name, data)
	return book, findings
}

// Read is Open for those who keep a log: a decoder that panicked gives, beside
// the finding that the document could not be read, a [*Crash].
func Read(name string, data []byte) (*Book, []finding.Finding, error) {
	var findings []finding.Finding
	book, refused, err := readSafely(name, func() (book *Book, err error) {
		book, findings, err = read(name, data)
		return book, err
	})
	if book == nil {
		return nil, refused, err
	}
	return book, findings, nil
}

// readSafely calls read, and makes of its error the finding that a document could
// not be read. A panic does not go further than this.
func readSafely(name string, read func() (*Book, error)) (book *Book, refused []finding.Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			book, err = nil, &Crash{r, debug.Stack()}
			refused = []finding.Finding{{Code: "reader-died", Level: finding.Error, Place: finding.Place{File: name}}}
		}
	}()
	if book, err = read(); err == nil {
		return book, nil, nil
	}
	var d *damage
	if !errors.As(err, &d) {
		d = corrupt("", err)
	}
	place := finding.Place{File: name, Sheet: d.sheet, Row: d.at.row}
	if d.at.col > 0 {
		place.Cell = Column(d.at.col) + strconv.Itoa(d.at.row)
	}
	f := finding.Finding{
		Code: d.code, Level: finding.Error, Place: place,
		Got: cmp.Or(d.got, d.part), Want: d.want,
	}
	return nil, []finding.Finding{f}, nil
}

// read opens a document and holds its cells against the limits.
func read(name string, data []byte) (*Book, []finding.Finding, error) {
	book, findings, err := open(&Book{Name: name}, data)
	if err != nil {
		return nil, nil, err
	}
	book.settleDirections()
	findings = append(findings, readOldFonts(book)...)
	findings = append(findings, textsNotRead(book)...)
	for i := range book.Sheets {
		findings = append(findings, underMerges(book, &book.Sheets[i])...)
	}
	cut, err := keepWithin(book)
	if err != nil {
		return nil, nil, err
	}
	book.tidy()
	return book, append(findings, cut...), nil
}

// tidy makes empty lists of b nil, so that two books that hold the same are
// equal.
func (b *Book) tidy() {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if len(s.Rows) == 0 {
			s.Rows = nil
		}
		if len(s.Merges) == 0 {
			s.Merges = nil
		}
	}
}

func open(book *Book, data []byte) (*Book, []finding.Finding, error) {
	switch kind := sniff(data); kind {
	case isText:
		return openText(book, data)
	case isZip:
		return openPackage(book, data)
	case isXLS:
		book.Format = XLS
		findings, err := readXLS(book, data)
		return book, findings, err
	case isTooLarge:
		return nil, nil, beyondBytes(string(kind), "", uint64(len(data)), maxFile)
	default:
		return nil, nil, &damage{code: string(kind)}
	}
}

// openPackage reads the formats that are zip archives.
func openPackage(book *Book, data []byte) (*Book, []finding.Finding, error) {
	z, err := newArchive(data)
	if err != nil {
		return nil, nil, err
	}
	kind := z.kind()
	var notes []finding.Finding
	if z.hasMacros() {
		notes = append(notes, macrosIgnored(book))
	}
	if z.has("encrypted-package") { // OpenDocument, packed once more
		kind = isEncrypted
	}
	switch kind {
	case isWorkbook:
		book.Format = XLSX
		findings, err := readWorkbook(book, z)
		return book, append(findings, notes...), err
	case isDocument:
		book.Format = DOCX
		findings, err := readDocument(book, z)
		return book, append(findings, notes...), err
	case isODF:
		book.Format = ODS
		findings, err := readODS(book, z)
		return book, append(findings, notes...), err
	default:
		return nil, nil, &damage{code: string(kind)}
	}
}

// macrosIgnored says that a document brings a program, which nobody runs here.
func macrosIgnored(book *Book) finding.Finding {
	return finding.Finding{Code: "macros-ignored", Level: finding.Note, Place: finding.Place{File: book.Name}}
}
