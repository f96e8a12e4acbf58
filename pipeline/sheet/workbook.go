package sheet

import (
	"encoding/xml"
	"errors"
	"path"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// workbook is what the sheets of one XLSX file share, ECMA-376 part 1, §18.
type workbook struct {
	zip       *archive
	date1904  bool
	sheets    []sheetRef
	front     string            // name of the sheet that lists our own earlier remarks
	parts     map[string]string // part by relation id
	tableless map[string]string // likewise, of charts, dialogs and macros that stand among the sheets
	sst, css  string            // parts of shared strings and styles, empty when there are none
	strings   []string
	rich      map[int]typed  // of the strings, those whose runs name fonts that matter, or are struck through
	styles    []numberFormat // by cell style
	fonts     []string       // old Vietnamese fonts by cell style
	oldFonts  bool           // one of them is not empty
	struck    []bool         // by cell style; nil: none is struck through
	tally
}

type sheetRef struct {
	name   string
	hidden bool
	id     string // relation
}

// readWorkbook reads all work sheets into book. What lies beyond the limits is
// left out and said in a finding.
func readWorkbook(book *Book, z *archive) ([]finding.Finding, error) {
	wb := &workbook{zip: z}
	main := wb.mainPart()
	if err := wb.readIndex(main); err != nil {
		return nil, err
	}
	if err := wb.readRelations(main); err != nil {
		return nil, err
	}
	if err := wb.readStyles(); err != nil {
		return nil, err
	}
	if err := wb.readStrings(); err != nil {
		return nil, err
	}
	var findings []finding.Finding
	taken := map[string]bool{}
	for i, ref := range wb.sheets {
		part, ok := wb.parts[ref.id]
		if !ok {
			if !wb.isTableless(wb.tableless[ref.id]) {
				findings = append(findings, finding.Finding{
					Code: "sheet-unreadable", Level: finding.Error, Place: finding.Place{File: book.Name, Sheet: ref.name},
				})
			}
			continue
		}
		if taken[part] {
			return nil, corrupt(part, errors.New("one part for two sheets"))
		}
		taken[part] = true
		if i >= maxSheets {
			findings = append(findings, finding.Finding{
				Code: "sheets-left-out", Level: finding.Warning,
				Place: finding.Place{File: book.Name, Sheet: ref.name}, Want: strconv.Itoa(maxSheets),
			})
			break
		}
		s := Sheet{Name: ref.name, Hidden: ref.hidden, Grid: true}
		cut, err := wb.readSheet(&s, part)
		if err != nil {
			return nil, inSheet(err, ref.name)
		}
		if wb.front != "" && ref.name == wb.front {
			wb.front = "" // of two sheets with that name, the second is none of ours
			if isFront(&s) {
				findings = append(findings, finding.Finding{
					Code: "sheet-of-remarks", Level: finding.Note, Place: finding.Place{File: book.Name, Sheet: ref.name},
				})
				continue
			}
		}
		book.Sheets = append(book.Sheets, s)
		if cut != (position{}) {
			findings = append(findings, cellsLeftOut(book, &s, cut))
		}
	}
	if len(book.Sheets) == 0 && z.hasMacros() {
		return nil, &damage{code: codeMacrosOnly}
	}
	return append(findings, wb.tally.findings(book)...), nil
}

// isTableless reports whether the part is there and is no work sheet, whatever
// the relation to it says.
func (wb *workbook) isTableless(part string) bool {
	data, err := wb.zip.read(part)
	if err != nil {
		return false
	}
	m := newMarkup(part, data)
	for {
		switch kind, err := m.next(); {
		case err != nil || kind == atEnd:
			return false
		case kind == isStart:
			return m.name.Local != "worksheet"
		}
	}
}

// mainPart is the part that the package names as its document.
func (wb *workbook) mainPart() string {
	main := "xl/workbook.xml"
	if !wb.zip.has("_rels/.rels") {
		return main
	}
	data, err := wb.zip.read("_rels/.rels")
	if err != nil {
		return main
	}
	_ = newMarkup("_rels/.rels", data).each(func(e xml.StartElement) error {
		if target := resolve("", attribute(e, "Target")); strings.HasSuffix(attribute(e, "Type"), "/officeDocument") && wb.zip.has(target) {
			main = target
		}
		return nil
	})
	return main
}

// readIndex reads the list of sheets.
func (wb *workbook) readIndex(main string) error {
	data, err := wb.zip.read(main)
	if err != nil {
		return err
	}
	m := newMarkup(main, data)
	return m.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			wb.date1904 = isOn(attribute(e, "date1904"))
		case "definedName":
			if attribute(e, "name") == frontName {
				ref, err := m.text()
				wb.front = viet.Clean(sheetOfRef(ref))
				return err
			}
		case "sheet":
			if len(wb.sheets) > maxEntries { // each has a part of its own
				return beyond(codeEntries, main, len(wb.sheets)+1, maxEntries)
			}
			state := attribute(e, "state")
			wb.sheets = append(wb.sheets, sheetRef{
				name:   viet.Clean(attribute(e, "name")),
				hidden: state == "hidden" || state == "veryHidden",
				id:     relation(e),
			})
		}
		return nil
	})
}

// readRelations finds the parts of the sheets, the strings and the styles.
func (wb *workbook) readRelations(main string) error {
	dir, base := path.Split(main)
	part := dir + "_rels/" + base + ".rels"
	data, err := wb.zip.read(part)
	if err != nil {
		return err
	}
	wb.parts, wb.tableless = map[string]string{}, map[string]string{}
	return newMarkup(part, data).each(func(e xml.StartElement) error {
		target := resolve(dir, attribute(e, "Target"))
		switch kind := attribute(e, "Type"); {
		case strings.HasSuffix(kind, "/worksheet"):
			wb.parts[attribute(e, "Id")] = target
		case strings.HasSuffix(kind, "/chartsheet"), strings.HasSuffix(kind, "/dialogsheet"), strings.HasSuffix(kind, "acrosheet"):
			wb.tableless[attribute(e, "Id")] = target
		case strings.HasSuffix(kind, "/sharedStrings"):
			wb.sst = target
		case strings.HasSuffix(kind, "/styles"):
			wb.css = target
		}
		return nil
	})
}

// resolve is the name of the part that target names from within dir.
func resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return path.Join(dir, target)
}
