package sheet

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// rec is a record of a BIFF stream. An int is stored in two bytes, a string as
// it is.
func rec(id int, fields ...any) string {
	var b []byte
	for _, f := range fields {
		switch f := f.(type) {
		case byte:
			b = append(b, f)
		case int:
			b = binary.LittleEndian.AppendUint16(b, uint16(f))
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, f)
		case uint64:
			b = binary.LittleEndian.AppendUint64(b, f)
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
		case string:
			b = append(b, f...)
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, uint16(id))
	return string(binary.LittleEndian.AppendUint16(head, uint16(len(b)))) + string(b)
}

// font is a font in the given version.
func font(version int, name string) string {
	head := strings.Repeat("\x00", 14)
	if version == biff8 {
		return rec(recFont, head, byte(len(name)), byte(0), name)
	}
	return rec(recFont, head, byte(len(name)), name)
}

const (
	biff8 = 0x0600
	biff5 = 0x0500
)

// biff is a stream with one sheet, S.
func biff(version int, globals, cells string) []byte {
	return biffOf(version, globals, []string{cells}, func(offsets []uint32) string {
		name := "S"
		if version == biff8 {
			name = "\x00S"
		}
		return rec(recBoundSheet, offsets[0], byte(0), byte(0), byte(1), name)
	})
}

// biffOf is a stream with sheets that list names, given where they begin.
func biffOf(version int, globals string, sheets []string, list func(offsets []uint32) string) []byte {
	begin := rec(recBOF, version, 0x0005, 0, 0, uint32(0), uint32(0)) + globals
	offsets := make([]uint32, len(sheets))
	at := len(begin) + len(list(offsets)) + len(rec(recEOF))
	for i, cells := range sheets {
		sheets[i] = rec(recBOF, version, 0x0010, 0, 0, uint32(0), uint32(0)) + cells + rec(recEOF)
		offsets[i] = uint32(at)
		at += len(sheets[i])
	}
	return []byte(begin + list(offsets) + rec(recEOF) + strings.Join(sheets, ""))
}

// sst is a table of n shared strings, and label a cell of A with the string of
// its row.
func sst(n int, strings string) string { return rec(recSST, uint32(n), uint32(n), strings) }

func label(row int) string { return rec(recLabelSST, row-1, 0, 0, uint32(row-1)) }

// formula is a formula in A of the row; option is calcOnOpening or 0.
func formula(row int, result uint64, option int) string {
	return rec(recFormula, row-1, 0, 0, result, option, uint32(0), 0)
}

const notNumber = uint64(0xFFFF) << 48

func wide(s string) string {
	var b []byte
	for _, r := range s {
		b = binary.LittleEndian.AppendUint16(b, uint16(r))
	}
	return string(b)
}

func TestXLSRecords(t *testing.T) {
	number := func(row, col int, x float64) string { return rec(recNumber, row-1, col-1, 0, x) }
	percent := rec(recFormat, 0x50, 4, byte(0), "0.0%") + rec(recXF, 0, 0) + rec(recXF, 0, 0x50)
	for _, tt := range []struct {
		name           string
		version        int
		globals, cells string
		want           []string // "A1=text"; "?" behind the text of a stale cell
		cut            string
	}{
		{"strings that go on in another form", biff8,
			sst(3, "\x06\x00\x00abc") + rec(recContinue, byte(1), wide("đêx")+"\x04\x00\x01"+wide("ạ")) +
				rec(recContinue, byte(0), "xyz\x01\x00\x00") + rec(recContinue, byte(0), "q"),
			label(1) + label(2) + label(3), []string{"A1=abcđêx", "A2=ạxyz", "A3=q"}, ""},
		{"font runs and phonetic text over a border", biff8,
			sst(3, "\x02\x00\x0c\x02\x00\x05\x00\x00\x00abRRRR") + rec(recContinue, "RRRRPP") + rec(recContinue, "PPP\x01\x00\x00c\x01\x00\x08\x01\x00") +
				rec(recContinue, byte(1), wide("ệ")+"RRRR"),
			label(1) + label(2) + label(3), []string{"A1=ab", "A2=c", "A3=ệ"}, ""},
		{"surrogates", biff8, sst(2, "\x02\x00\x01\x3d\xd8\x00\xde\x01\x00\x01\x3d\xd8"), label(1) + label(2), []string{"A1=😀", "A2=\ufffd"}, ""},
		{"fewer strings than promised", biff8, sst(9, "\x01\x00\x00a"), label(1), []string{"A1=a"}, ""},
		{"text in the cell", biff8, "",
			rec(recLabel, 0, 0, 0, 2, byte(1), wide("ệx")) + rec(recRString, 1, 0, 0, 1, byte(0), "a", 1, 0, 0), []string{"A1=ệx", "A2=a"}, ""},
		{"Western text", biff5, rec(recCodePage, 1252), rec(recLabel, 0, 0, 0, 5, "S\xeb\x93\xad\x80"), []string{"A1=Së“\u00ad€"}, ""},
		{"Vietnamese text", biff5, rec(recCodePage, 1258), rec(recLabel, 0, 0, 0, 13, "S\xf5\xd2 N\xf4\xf2i v\xf5 \xd0"), []string{"A1=Sở Nội vơ Đ"}, ""},
		{"text over two records", biff5, "", rec(recLabel, 0, 0, 0, 4, "ab") + rec(recContinue, "cd"), []string{"A1=abcd"}, ""},
		{"number formats", biff8, percent, rec(recRK, 0, 0, 1, uint32(0x3FE00000)) + rec(recNumber, 0, 1, 9, 0.5), []string{"A1=50.0%", "B1=0.5"}, ""},
		{"row of numbers", biff8, "", rec(recMulRK, 0, 1, 0, uint32(6), 0, uint32(0xFFFFFFFE), 0, uint32(7), 3), []string{"B1=1", "C1=-1", "D1=0.01"}, ""},
		{"odd numbers", biff8, "", number(1, 1, math.NaN()) + number(1, 2, math.Inf(-1)) + number(1, 3, math.Copysign(0, -1)) + number(1, 4, 1e300) + number(1, 5, 5e-324),
			[]string{"A1=#NUM!", "B1=#NUM!", "C1=0", "D1=1E+300", "E1=5E-324"}, ""},
		{"truth and errors", biff8, "", rec(recBoolErr, 0, 0, 0, byte(0), byte(0)) + rec(recBoolErr, 0, 1, 0, byte(0x17), byte(1)) + rec(recBoolErr, 0, 2, 0, byte(0x99), byte(1)),
			[]string{"A1=FALSE", "B1=#REF!", "C1=#153"}, ""},
		{"results", biff8, rec(recRecalcID, uint32(0x1C1), uint32(1)),
			formula(1, math.Float64bits(2.5), 0) + formula(2, notNumber|1<<16|1, 0) + formula(3, notNumber|0x2A<<16|2, 0) + formula(4, notNumber|3, 0) + formula(5, 0, 0),
			[]string{"A1=2.5", "A2=TRUE", "A3=#N/A", "A5=0"}, ""},
		{"texts as results", biff8, "",
			formula(1, notNumber, 0) + rec(recShared, "…") + rec(recString, 1, byte(0), "a") +
				formula(2, notNumber, 0) + rec(recArray, "…") + rec(recString, 2, byte(0), "b") + rec(recContinue, byte(1), wide("ệ")) +
				formula(3, notNumber, 0) + rec(recTable, "…") + rec(recString, 0, byte(0)) + formula(4, notNumber, 0) + number(5, 1, 1),
			[]string{"A1=a", "A2=bệ", "A4=?", "A5=1"}, ""},
		{"results not known", biff8, "", formula(1, 0, calcOnOpening) + formula(2, notNumber|3, 0) + formula(3, notNumber|3, calcOnOpening) + formula(4, notNumber|7, 0) + formula(5, 0, 1),
			[]string{"A1=?", "A2=?", "A3=?", "A4=?", "A5=0"}, ""},
		{"results of a writer that computes", biff8, "", formula(1, 0, calcOnOpening) + formula(2, notNumber|3, calcOnOpening) + formula(3, math.Float64bits(1), calcOnOpening),
			[]string{"A1=0", "A3=1"}, ""},
		{"not known in a computed template", biff8, rec(recRecalcID, uint32(0), uint32(1)), formula(1, 0, calcOnOpening) + formula(2, math.Float64bits(1), 0), []string{"A1=?", "A2=1"}, ""},
		{"out of order", biff8, "", number(2, 2, 4) + number(2, 1, 3) + number(1, 1, 1) + number(2, 2, 4), []string{"A1=1", "A2=3", "B2=4"}, ""},
		{"chart within the sheet", biff8, "", number(1, 1, 1) + rec(recBOF, biff8, 0x20) + number(2, 1, 2) + rec(recEOF) + number(3, 1, 3), []string{"A1=1", "A3=3"}, ""},
		{"far column", biff8, "", number(1, 1, 1) + number(1, 105, 9), []string{"A1=1"}, "DA1"},
		{"far row", biff8, "", number(1, 1, 1) + number(60000, 1, 9), []string{"A1=1"}, "A60000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x", biff(tt.version, tt.globals, tt.cells))
			if book == nil {
				t.Fatal(findings)
			}
			s := &book.Sheets[0]
			checkSheet(t, book, s)
			if diff := gocmp.Diff(tt.want, withStale(s)); diff != "" {
				t.Error(diff)
			}
			cut := ""
			for _, f := range findings {
				cut += f.Place.Cell
			}
			if cut != tt.cut {
				t.Errorf("left out: got %q, want %q", cut, tt.cut)
			}
		})
	}
}

// withStale are the cells of s as "A1=text", a question mark for a result that
// is not known.
func withStale(s *Sheet) []string {
	var texts []string
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			text := Column(c.Col) + strconv.Itoa(row.Number) + "=" + c.Text
			if c.Stale {
				text += "?"
			}
			texts = append(texts, text)
		}
	}
	return texts
}

// A font is that of the cell's style or of a stretch of its text; the numbers
// of fonts pass over 4.
func TestXLSOldFonts(t *testing.T) {
	const old = ".VnTime"
	globals := func(version int) string {
		names := []string{"Arial", "Arial", "Arial", "Arial", old}
		var b strings.Builder
		for _, name := range names {
			b.WriteString(font(version, name))
		}
		return b.String() + rec(recXF, 0, 0) + rec(recXF, 5, 0) + rec(recXF, 4, 0) + rec(recXF, 99, 0)
	}
	for _, tt := range []struct {
		name           string
		version        int
		globals, cells string
		want           []Cell
	}{
		{"of the cell", biff8, sst(1, "\x02\x00\x00S\xeb"), rec(recLabelSST, 0, 0, 1, uint32(0)) + rec(recMulRK, 0, 1, 1, uint32(6), 1),
			[]Cell{{Col: 1, Kind: String, Text: "Sở", Raw: "Sở", Font: old}, {Col: 2, Kind: Number, Text: "1", Raw: "1", Font: old}}},
		{"of no cell", biff8, sst(1, "\x02\x00\x00S\xeb"),
			rec(recLabelSST, 0, 0, 0, uint32(0)) + rec(recLabelSST, 0, 1, 2, uint32(0)) + rec(recLabelSST, 0, 2, 3, uint32(0)) + rec(recLabelSST, 0, 3, 999, uint32(0)),
			[]Cell{{Col: 1, Kind: String, Text: "Së", Raw: "Së"}, {Col: 2, Kind: String, Text: "Së", Raw: "Së"}, {Col: 3, Kind: String, Text: "Së", Raw: "Së"}, {Col: 4, Kind: String, Text: "Së", Raw: "Së"}}},
		{"of a stretch", biff8, sst(1, "\x06\x00\x08\x02\x00S\xeb (\xeb)\x01\x00\x05\x00\x03\x00\x01\x00"), rec(recLabelSST, 0, 0, 0, uint32(0)),
			[]Cell{{Col: 1, Kind: String, Text: "Sở (ë)", Raw: "Sở (ë)"}}},
		{"of a stretch, in the cell", biff8, "", rec(recRString, 0, 0, 1, 2, byte(0), "\xeb\xeb", 1, 1, 1),
			[]Cell{{Col: 1, Kind: String, Text: "ởë", Raw: "ởë"}}},
		{"of a stretch, in one byte", biff5, "", rec(recRString, 0, 0, 0, 2, "\xeb\xeb", byte(1), byte(1), byte(5)),
			[]Cell{{Col: 1, Kind: String, Text: "ëở", Raw: "ëở"}}},
		{"on a Vietnamese machine", biff5, rec(recCodePage, 1258), rec(recLabel, 0, 0, 1, 2, "M\xec"),
			[]Cell{{Col: 1, Kind: String, Text: "Mỡ", Raw: "Mỡ", Font: old}}},
		{"of a result", biff8, "", rec(recFormula, 0, 0, 1, notNumber, 0, uint32(0)) + rec(recString, 2, byte(0), "S\xeb") + rec(recFormula, 0, 1, 1, notNumber, 0, uint32(0)),
			[]Cell{{Col: 1, Kind: String, Text: "Sở", Raw: "Sở", Font: old, Formula: true}, {Col: 2, Formula: true, Stale: true}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x", biff(tt.version, globals(tt.version)+tt.globals, tt.cells))
			if book == nil {
				t.Fatal(findings)
			}
			if diff := gocmp.Diff(tt.want, book.Sheets[0].Row(1).Cells); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestXLSHiddenAndMerged(t *testing.T) {
	cells := rec(recRow, 1, 0, 9, 255, 0, 0, 0x20, 0) + rec(recRow, 2, 0, 9, 0, 0, 0, 0, 0) + rec(recNumber, 0, 3, 0, 1.0) + rec(recNumber, 1, 3, 0, 2.0) + rec(recNumber, 2, 3, 0, 3.0) +
		rec(recMergeCells, 3, 0, 1, 0, 2, 5, 4, 0, 0, 7, 7, 1, 2)
	s := &mustRead(t, biff(biff8, "", cells)).Sheets[0]
	if s.Rows[0].Hidden || !s.Rows[1].Hidden || !s.Rows[2].Hidden {
		t.Errorf("got rows %+v, want the second hidden and the third of no height", s.Rows)
	}
	if diff := gocmp.Diff([]Range{{1, 1, 2, 3}, {8, 2, 8, 3}}, s.Merges); diff != "" {
		t.Error(diff)
	}
}

// Web sites write a single sheet without anything around it, and no version.
func TestXLSOnlyASheet(t *testing.T) {
	data := rec(recBOF, 0, 0x0010, 0, 0) + rec(recLabel, 0, 0, 0, 2, "ab") + rec(recNumber, 1, 1, 0, 2.0) + rec(recEOF)
	book := mustRead(t, []byte(data))
	if diff := gocmp.Diff([]string{"A1=ab", "B2=2"}, withStale(&book.Sheets[0])); diff != "" {
		t.Error(diff)
	}
}

func mustRead(t *testing.T, data []byte) *Book {
	t.Helper()
	book, findings := Open("x", data)
	if book == nil || len(findings) > 0 {
		t.Fatalf("got %v, want a book without findings", findings)
	}
	return book
}

func TestXLSRefused(t *testing.T) {
	at := func(offset uint32) []byte {
		return biffOf(biff8, "", []string{""}, func([]uint32) string { return rec(recBoundSheet, offset, 0, byte(1), "\x00S") })
	}
	twice := biffOf(biff8, "", []string{rec(recNumber, 0, 0, 0, 1.0)}, func(offsets []uint32) string {
		return rec(recBoundSheet, offsets[0], 0, byte(1), "\x00S") + rec(recBoundSheet, offsets[0], 0, byte(1), "\x00T")
	})
	whole := biff(biff8, "", rec(recNumber, 0, 0, 0, 1.0))
	for _, tt := range []struct {
		name, code, got string
		data            []byte
	}{
		{"password", "file-encrypted", "", biff(biff8, rec(recFilePass, 1), "")},
		{"Excel 4", "format-xls", "", []byte(rec(recBOF, 0x0400, 0x0005, 0, 0))},
		{"not a workbook", "file-corrupt", "", []byte("\x09\x08\x00")},
		{"unknown string", "file-corrupt", "S", biff(biff8, sst(1, "\x01\x00\x00a"), label(2))},
		{"string cut", "file-corrupt", "", biff(biff8, sst(1, "\x05\x00\x00a"), "")},
		{"string cut within a character", "file-corrupt", "", biff(biff8, sst(1, "\x02\x00\x01a\x00b"), "")},
		{"strings without end", "file-corrupt", "", biff(biff8, sst(1<<30, "\x02\x00\x01a\x00b"), "")},
		{"endless phonetic text", "file-corrupt", "", biff(biff8, sst(1, "\x01\x00\x04\xff\xff\xff\xffa"), "")},
		{"cell cut", "file-corrupt", "S", biff(biff8, "", rec(recNumber, 0, 0, 0))},
		{"text cut", "file-corrupt", "S", biff(biff5, "", rec(recLabel, 0, 0, 0, 9, "ab"))},
		{"result cut", "file-corrupt", "S", biff(biff8, "", formula(1, notNumber, 0)+rec(recString, 9, byte(0), "ab"))},
		{"merges cut", "file-corrupt", "S", biff(biff8, "", rec(recMergeCells, 9, 0, 0, 0, 0))},
		{"sheet behind the end", "file-corrupt", "S", at(1 << 31)},
		{"no sheet there", "file-corrupt", "S", at(3)},
		{"sheet within the list", "file-corrupt", "S", at(0)},
		{"one sheet twice", "file-corrupt", "T", twice},
		{"sheet without end", "file-corrupt", "S", whole[:len(whole)-4]},
		{"record without end", "file-corrupt", "S", whole[:len(whole)-5]},
		{"too many cells", "too-many-cells", "", biff(biff8, "", manyNumbers())},
		{"long text in many cells", "too-much-text", "65 MB", biff(biff8, longInFonts(), strings.Repeat(label(1), maxRich/30_000+1))},
		{"too many rows", "too-many-rows-of-sheet", "", biff(biff8, "", rowsTo(maxRows+1))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x.xls", tt.data)
			if book != nil || len(findings) != 1 {
				t.Fatalf("got book %v, findings %v, want one finding", book, findings)
			}
			if f := findings[0]; f.Code != tt.code || f.Got != tt.got {
				t.Errorf("got %s in %q, want %s in %q", f.Code, f.Got, tt.code, tt.got)
			}
		})
	}
}

// manyNumbers are more cells than are read.
func manyNumbers() string {
	var b strings.Builder
	values := strings.Repeat("\x00\x00\x06\x00\x00\x00", maxCols)
	for row := range maxCells/maxCols + 1 {
		b.WriteString(rec(recMulRK, row, 0, values, maxCols-1))
	}
	return b.String()
}

// longInFonts is a string of 30,000 letters in two fonts.
func longInFonts() string {
	return font(biff8, ".VnTime") + font(biff8, "Arial") +
		sst(1, "\x30\x75\x08\x02\x00"+strings.Repeat("x", 30_000)+"\x00\x00\x00\x00\x01\x00\x01\x00")
}

// rowsTo are cells down to the row, close enough to each other.
func rowsTo(row int) string {
	var b strings.Builder
	for n := row % 1000; n <= row; n += 1000 {
		b.WriteString(rec(recRK, n-1, 0, 0, uint32(6)))
	}
	return b.String()
}

func TestXLSSheetsLeftOut(t *testing.T) {
	sheets := make([]string, maxSheets+1)
	book, findings := Open("x", biffOf(biff8, "", sheets, func(offsets []uint32) string {
		var b strings.Builder
		for _, at := range offsets {
			b.WriteString(rec(recBoundSheet, at, 0, byte(1), "\x00S"))
		}
		return b.String()
	}))
	if book == nil || len(book.Sheets) != maxSheets || len(findings) != 1 || findings[0].Code != "sheets-left-out" {
		t.Errorf("got %v, want %d sheets and sheets-left-out", findings, maxSheets)
	}
}

func TestRK(t *testing.T) {
	for bits, want := range map[uint32]float64{
		0x00000002: 0,
		0x00000006: 1,
		0xFFFFFFFE: -1,
		0x7FFFFFFE: 536870911,
		0x80000002: -536870912,
		0x00000007: 0.01,
		0xFFFFECBB: -12.34,
		0x3FF00000: 1,
		0xBFF00000: -1,
		0x40590001: 1,
	} {
		r := record{block: []byte{byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)}}
		if got := r.rk(); math.Abs(got-want) > 1e-12 {
			t.Errorf("%#x: got %v, want %v", bits, got, want)
		}
	}
}
