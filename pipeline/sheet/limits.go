package sheet

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"baocao/pipeline/finding"
)

// The limits on one document. An ordinary workbook has 20 KB, 60 rows and 600
// cells; a plan has 60,000 rows at most; people who format whole columns send
// 45 MB of XML. Whatever exceeds a limit is refused, or left out, with a finding
// that says which one, and nothing is cut in silence.
const (
	maxFile       = 20 << 20  // bytes as sent
	maxEntries    = 1_000     // parts of an archive
	maxContent    = 64 << 20  // bytes unpacked, of all parts
	maxRatio      = 100       // how many times longer a part is unpacked
	ratioGrace    = 1 << 20   // bytes up to which a part may be packed as tightly as it likes
	maxTag        = 8 << 20   // bytes of one tag, or of the text between two: pictures stand within tags
	maxDepth      = 256       // elements of XML within each other
	maxElements   = 8_000_000 // elements of XML in one part
	maxNamespaces = 1_000     // name spaces of XML that are declared at one place: each name is looked up among them
	maxTables     = 32        // tables of HTML within each other; web sites go eight deep
	maxSheets     = 50        // sheets that are read
	maxRows       = 60_000    // rows read of a sheet
	maxCols       = 100       // columns read of a sheet
	maxGap        = 5_000     // rows without content after which a sheet has ended
	maxCells      = 600_000   // filled cells, of all sheets
	maxMerges     = 20_000    // blocks of merged cells, of all sheets
	maxStrings    = 1_000_000 // shared strings
	maxStyles     = 100_000   // cell styles, fonts; Excel writes 65,490 at most
	maxFormats    = 10_000    // number formats that the document defines
	maxLetters    = 32_767    // characters of one cell, as in Excel
	maxField      = 1 << 20   // bytes of one cell, before it is known how many characters they are
	maxRuns       = 32_767    // stretches of one text in different fonts
	maxRich       = 64 << 20  // bytes of texts in several fonts, put together for every cell that shows them
	maxBookText   = 64 << 20  // bytes of all that the cells hold
)

// The limits on a number format. What exceeds them shows the number as General
// does.
const (
	maxFormatCode = 255 // bytes, as in Excel
	maxSections   = 4   // for positive and negative numbers, zero and text
	maxDigits     = 30  // placeholders on either side of the decimal point, as in Excel
	maxScale      = 30  // powers of ten by percent signs and commas
	maxLiteral    = 100 // bytes of text around a number
	maxParts      = 24  // parts of a date
)

// beyond is a document that exceeds the limit that code names.
func beyond(code, part string, got, want int) *damage {
	return &damage{code: code, part: part, got: count(got), want: count(want)}
}

// beyondBytes is the same of a limit in bytes.
func beyondBytes(code, part string, got, want uint64) *damage {
	return &damage{code: code, part: part, got: megabytes(got), want: megabytes(want)}
}

// megabytes is n bytes in MB of 2^20 bytes, as file managers count, rounded up.
func megabytes(n uint64) string {
	const mb = 1 << 20
	return count(int(min((n+mb-1)/mb, 1<<40))) + " MB"
}

// count is n as it is written in Vietnamese: 60.000.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// tally counts what all sheets of a document hold. A few bytes of some formats
// stand for a million cells.
type tally struct {
	cells  int
	merges int // also those that were left out
	rich   int // bytes of texts in several fonts
}

// cell counts one more cell with content.
func (t *tally) cell(sheet string) error {
	if t.cells++; t.cells > maxCells {
		return &damage{code: codeCells, sheet: sheet, want: count(maxCells)}
	}
	return nil
}

// merge counts one more block of merged cells, and reports whether it is kept.
func (t *tally) merge() bool {
	t.merges++
	return t.merges <= maxMerges
}

// putTogether counts the bytes of a text in several fonts, and the effort of each
// change of font.
func (t *tally) putTogether(text string, runs int) error {
	if t.rich += len(text) + 32*runs; t.rich > maxRich {
		return beyondBytes(codeText, "", uint64(t.rich), maxRich)
	}
	return nil
}

// findings say what was left out.
func (t *tally) findings(book *Book) []finding.Finding {
	if t.merges <= maxMerges {
		return nil
	}
	return []finding.Finding{{
		Code: "merges-left-out", Level: finding.Warning, Place: finding.Place{File: book.Name},
		Got: count(t.merges), Want: count(maxMerges),
	}}
}

// rowsBeyond is a sheet with more rows than are read of one.
func rowsBeyond(sheet string) *damage {
	return &damage{code: codeRows, sheet: sheet, want: count(maxRows)}
}

// mostCut is how many cut texts of one sheet are named one by one.
const mostCut = 10

// keepWithin cuts the texts of book that are longer than a cell can hold, and
// refuses a book that holds more text than is read. Both are counted as they
// are shown: what stands in many cells counts as often.
func keepWithin(book *Book) ([]finding.Finding, error) {
	var findings []finding.Finding
	total := 0
	for i := range book.Sheets {
		s := &book.Sheets[i]
		cut := 0
		for _, row := range s.Rows {
			for j := range row.Cells {
				c := &row.Cells[j]
				if got := c.shorten(); got > 0 {
					if cut++; cut <= mostCut {
						findings = append(findings, finding.Finding{
							Code: "text-cut", Level: finding.Warning, Place: book.Place(s, row.Number, c.Col),
							Got: count(got), Want: count(maxLetters),
						})
					}
				}
				if total += len(c.Text) + len(c.Raw) + len(c.Format) + len(c.Font); total > maxBookText {
					return nil, beyondBytes(codeText, "", uint64(total), maxBookText)
				}
			}
		}
		if cut > mostCut {
			findings = append(findings, finding.Finding{
				Code: "more-of-the-same", Level: finding.Warning,
				Place: finding.Place{File: book.Name, Sheet: s.Name}, Got: count(cut - mostCut), Want: count(mostCut),
			})
		}
	}
	return findings, nil
}

// shorten cuts the text of c to what a cell can hold, and gives how many
// characters it had; 0 if nothing was cut.
func (c *Cell) shorten() (had int) {
	if len(c.Text) <= maxLetters {
		return 0
	}
	if had = utf8.RuneCountInString(c.Text); had <= maxLetters {
		return 0
	}
	end, n := 0, 0
	for i := range c.Text {
		if n == maxLetters {
			end = i
			break
		}
		n++
	}
	if c.Raw == c.Text {
		c.Raw = c.Text[:end]
	}
	c.Text = c.Text[:end]
	return had
}

// codeMacrosOnly is a workbook without a work sheet, that only brings a program.
const codeMacrosOnly = "macros-only"

// codeTwice is a sheet that stores two values for one cell.
const codeTwice = "cell-twice"

// The codes of findings about a document that exceeds a limit.
const (
	codeSuspicious = "archive-suspicious"
	codeUnpacked   = "unpacked-too-large"
	codeEntries    = "too-many-entries"
	codeDepth      = "nested-too-deep"
	codeElements   = "too-many-elements"
	codeRows       = "too-many-rows-of-sheet"
	codeCells      = "too-many-cells"
	codeStrings    = "too-many-strings"
	codeStyles     = "too-many-styles"
	codeText       = "too-much-text"
	codeField      = "text-too-long"
	codeRuns       = "too-many-runs"
)

// Crash is a panic of a decoder: its fault, and not that of the document.
type Crash struct {
	Value any
	Stack []byte
}

func (c *Crash) Error() string { return fmt.Sprintf("panic: %v", c.Value) }
