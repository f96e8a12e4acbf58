package sheet

import (
	"bytes"
	"errors"
	"strconv"

	"baocao/pipeline/finding"
)

// xlsBook is what the sheets of one XLS file share, [MS-XLS]. Formats and dates
// are those of the workbooks that came after it.
type xlsBook struct {
	workbook
	recordReader
	part         string // the name of the stream
	unicode      bool   // BIFF8; before it, text has one byte a character
	codePage     int
	index        []xlsRef
	formats      map[int]string // number formats that the workbook defines, by number
	fontNames    []string
	fontStruck   []bool
	fontRaised   []bool
	xfs          []int // the number of the format, by cell style
	recalculated bool  // by a program that said so
	macros       bool  // the file has a program in it
	computes     bool  // a formula that is to be computed on opening has a result
}

// xlsRef is a line in the list of sheets.
type xlsRef struct {
	name   string
	hidden bool
	cells  bool   // a work sheet, not a chart or a module
	at     uint32 // where it begins in the stream
}

// readXLS reads the work sheets of an old workbook into book. What lies beyond
// the limits is left out and said in a finding.
func readXLS(book *Book, data []byte) ([]finding.Finding, error) {
	wb := xlsBook{
		workbook:     workbook{rich: map[int]typed{}},
		recordReader: recordReader{stream: data},
		formats:      map[int]string{},
	}
	if bytes.HasPrefix(data, []byte(compoundFile)) {
		var err error
		if wb.part, wb.stream, wb.macros, err = workbookStream(data); err != nil {
			return nil, err
		}
	}
	wb.left = len(wb.stream)
	if err := wb.readGlobals(); err != nil {
		return nil, wb.damaged(wb.part, err)
	}
	wb.makeStyles()
	wb.computes = wb.resultsOnOpening()
	var findings []finding.Finding
	for i, ref := range wb.index {
		if !ref.cells {
			continue
		}
		if i >= maxSheets {
			findings = append(findings, finding.Finding{
				Code: "sheets-left-out", Level: finding.Warning,
				Place: finding.Place{File: book.Name, Sheet: ref.name}, Want: strconv.Itoa(maxSheets),
			})
			break
		}
		s := Sheet{Name: ref.name, Hidden: ref.hidden, Grid: true}
		cut, err := wb.readSheet(&s, ref.at)
		if err != nil {
			return nil, inSheet(wb.damaged(ref.name, err), ref.name)
		}
		book.Sheets = append(book.Sheets, s)
		if cut != (position{}) {
			findings = append(findings, cellsLeftOut(book, &s, cut))
		}
	}
	if wb.macros {
		findings = append(findings, macrosIgnored(book))
	}
	return append(findings, wb.tally.findings(book)...), nil
}

// damaged is err as damage to the named part, unless it is damage already.
func (wb *xlsBook) damaged(part string, err error) error {
	var d *damage
	if errors.As(err, &d) {
		return err
	}
	return corrupt(part, err)
}

// readGlobals reads what stands before the sheets.
func (wb *xlsBook) readGlobals() error {
	rec, err := wb.next()
	if err != nil {
		return err
	}
	switch version := rec.u16() &^ 0xFF; {
	case rec.id != recBOF:
		return errors.New("does not begin with a workbook")
	case version == 0x0600:
		wb.unicode = true
	case version != 0x0500 && version != 0: // web sites that write BIFF5 by hand leave it out
		return &damage{code: string(isXLS), part: wb.part}
	}
	if rec.u16() == 0x0010 {
		wb.index = []xlsRef{{cells: true}} // nothing but one sheet, read once more
		wb.left = len(wb.stream)
		return nil
	}
	for {
		rec, err := wb.next()
		if err != nil {
			return err
		}
		if rec.id == recEOF {
			return nil
		}
		if err := wb.readGlobal(&rec); err != nil {
			return err
		}
		if rec.short {
			return errShort
		}
	}
}

func (wb *xlsBook) readGlobal(rec *record) error {
	switch rec.id {
	case recFilePass:
		return &damage{code: string(isEncrypted), part: wb.part}
	case recCodePage:
		wb.codePage = rec.u16()
	case recDate1904:
		wb.date1904 = rec.u16() == 1
	case recRecalcID:
		wb.recalculated = true
	case recBoundSheet:
		ref := xlsRef{at: rec.u32(), hidden: rec.u8()&3 != 0, cells: rec.u8() == 0}
		ref.name = wb.text(rec, rec.u8())
		if ref.cells && len(wb.index) <= maxSheets { // one more than is read tells that there are more
			wb.index = append(wb.index, ref)
		}
	case recFormat:
		id := rec.u16()
		size := rec.u8()
		if wb.unicode {
			size |= rec.u8() << 8
		}
		wb.formats[id] = wb.text(rec, size)
	case recFont:
		rec.skip(2)
		wb.fontStruck = append(wb.fontStruck, rec.u16()&8 != 0) // [MS-XLS] §2.4.122
		rec.skip(4)
		wb.fontRaised = append(wb.fontRaised, rec.u16() == 1)
		rec.skip(4)
		wb.fontNames = append(wb.fontNames, wb.text(rec, rec.u8()))
	case recXF:
		number := rec.u16()
		font := oldFont(wb.fontName(number))
		wb.struck = append(wb.struck, wb.isFontStruck(number))
		wb.fonts = append(wb.fonts, font)
		wb.oldFonts = wb.oldFonts || font != ""
		wb.xfs = append(wb.xfs, rec.u16())
	case recSST:
		rec.u32() // how often the strings are used
		for n := rec.u32(); n > 0 && rec.turn() && !rec.short; n-- {
			if err := wb.addString(wb.chars(rec, rec.u16())); err != nil {
				return err
			}
		}
	}
	return nil
}
