package sheet

import (
	"errors"
	"fmt"

	"baocao/pipeline/finding"
)

// The limits on a document. An ordinary workbook has 20 KB and 60 rows; people
// who format whole columns send 45 MB of XML.
const (
	maxFile    = 40 << 20 // bytes as sent
	maxContent = 64 << 20 // bytes unpacked
	maxRows    = 60_000   // rows read of a sheet
	maxCols    = 100      // columns read of a sheet
	maxGap     = 5_000    // rows without content after which a sheet has ended
	maxCells   = 600_000  // filled cells of a sheet
	maxSheets  = 50
)

// damage is why a document cannot be read.
type damage struct {
	code string // of the finding
	part string // which part of the document, if known
	err  error
}

func (d *damage) Error() string {
	if d.err == nil {
		return fmt.Sprintf("%s %q", d.code, d.part)
	}
	return fmt.Sprintf("%s %q: %v", d.code, d.part, d.err)
}

func (d *damage) Unwrap() error { return d.err }

func corrupt(part string, err error) *damage {
	return &damage{code: "file-corrupt", part: part, err: err}
}

// Open reads the document in data, which a person named name. What it is, is
// told from its content. A document that is no table we can read gives no Book
// and one finding that says what it is; a part of a document that was left out
// gives a finding beside the Book.
//
// Formulas are not evaluated: a cell holds the result that was stored with it.
func Open(name string, data []byte) (*Book, []finding.Finding) {
	file := finding.Place{File: name}
	book, findings, err := open(name, data)
	if err == nil {
		return book, append(findings, readOldFonts(book)...)
	}
	var d *damage
	if !errors.As(err, &d) {
		d = corrupt("", err)
	}
	return nil, []finding.Finding{{Code: d.code, Level: finding.Error, Place: file, Got: d.part}}
}

// open turns a panic of a decoder, which would be its fault and not the
// reader's, into a corrupt document.
func open(name string, data []byte) (book *Book, findings []finding.Finding, err error) {
	defer func() {
		if r := recover(); r != nil {
			book, findings = nil, nil
			err = corrupt("", fmt.Errorf("panic: %v", r))
		}
	}()
	book = &Book{Name: name}
	switch kind := sniff(data); kind {
	case isText:
		return openText(book, data)
	case isZip:
		return openPackage(book, data)
	case isXLS:
		book.Format = XLS
		findings, err := readXLS(book, data)
		return book, findings, err
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
	if z.has("encrypted-package") { // OpenDocument, packed once more
		kind = isEncrypted
	}
	switch kind {
	case isWorkbook:
		book.Format = XLSX
		findings, err := readWorkbook(book, z)
		return book, findings, err
	case isDocument:
		book.Format = DOCX
		sheet, err := readDocument(z)
		book.Sheets = []Sheet{sheet}
		return book, nil, err
	case isODF:
		book.Format = ODS
		findings, err := readODS(book, z)
		return book, findings, err
	default:
		return nil, nil, &damage{code: string(kind)}
	}
}
