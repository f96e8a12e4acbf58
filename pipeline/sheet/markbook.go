package sheet

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"baocao/pipeline/viet"
)

// frontName is the name that a workbook with our remarks defines for its front
// sheet. By it the sheet is known again, whatever it is called and whichever
// program has saved the workbook since.
const frontName = "_baocao_front"

// marking is a workbook while remarks are put into it.
type marking struct {
	*editor
	main   string       // the workbook's part
	space  string       // its name space: strict or transitional
	rels   string       // the beginning of the kinds of relations, that goes with it
	sheets []*bookSheet // work sheets, but our earlier front sheet
	charts []*bookSheet // sheets of one chart each, and what else has a page
	front  *bookSheet   // our earlier front sheet
	types  map[string]string
	styles markStyles
}

// bookSheet is a sheet as the workbook lists it.
type bookSheet struct {
	name  string
	part  string
	id    string // of its relation
	index int    // among all sheets, charts too
	table bool   // a work sheet
}

const (
	transitionalSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	transitionalRels  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictSpace       = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	strictRels        = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// newMarking reads what sheets a workbook has.
func newMarking(e *editor) (*marking, error) {
	m := &marking{editor: e, types: map[string]string{}, rels: transitionalRels}
	m.main = (&workbook{zip: e.zip}).mainPart()
	data, root, err := m.index()
	if err != nil {
		return nil, err
	}
	m.space = root.space()
	switch m.space {
	case transitionalSpace:
	case strictSpace:
		m.rels = strictRels
	default:
		return nil, errNotEditable
	}
	_, rels, err := m.relations(m.main)
	if err != nil {
		return nil, err
	}
	front := frontOf(data, root)
	for i, ref := range root.child("sheets").all("sheet") {
		s := &bookSheet{name: ref.attr("name"), index: i}
		for _, a := range ref.attrs {
			if a.Name.Local == "id" && a.Name.Space != "" {
				s.id = a.Value
			}
		}
		for _, r := range rels.all("Relationship") {
			if r.attr("Id") != s.id {
				continue
			}
			kind := r.attr("Type")
			if strings.HasSuffix(kind, "acrosheet") { // a sheet of macros of Excel 4
				return nil, errNotEditable
			}
			s.part, s.table = resolve(path.Dir(m.main), r.attr("Target")), strings.HasSuffix(kind, "/worksheet")
		}
		switch {
		case m.front == nil && front != "" && viet.Clean(s.name) == front && s.table:
			m.front = s
		case s.table:
			m.sheets = append(m.sheets, s)
		case m.has(s.part):
			m.charts = append(m.charts, s)
		}
	}
	return m, nil
}

// agreeOnFront takes the sheet that our defined name points to for an ordinary
// one where it was read as such.
func (m *marking) agreeOnFront(book *Book) {
	if m.front == nil || len(book.Sheets) != len(m.sheets)+1 {
		return
	}
	at, _ := slices.BinarySearchFunc(m.sheets, m.front.index, func(s *bookSheet, index int) int { return s.index - index })
	m.sheets, m.front = slices.Insert(m.sheets, at, m.front), nil
}

// lists reports whether the sheets are those that were read, in their order: a
// remark on the wrong sheet would be worse than a copy.
func (m *marking) lists(book *Book) bool {
	for i := range book.Sheets {
		if i >= len(m.sheets) || viet.Clean(m.sheets[i].name) != book.Sheets[i].Name {
			return false
		}
	}
	return true
}

func (m *marking) index() (data []byte, root *element, err error) {
	if data, err = m.read(m.main); err != nil {
		return nil, nil, err
	}
	root, err = outline(m.main, data, 2)
	return data, root, err
}

// frontOf is the name of the sheet that our own defined name points to.
func frontOf(data []byte, root *element) string {
	for _, d := range root.child("definedNames").all("definedName") {
		if d.attr("name") == frontName {
			return viet.Clean(sheetOfRef(plainText(data[d.inner:d.innerEnd])))
		}
	}
	return ""
}

// sheetOfRef is the sheet that a reference such as 'Biểu 1'!$A$1 names.
func sheetOfRef(ref string) string {
	name := ref[:max(strings.LastIndexByte(ref, '!'), 0)]
	if strings.HasPrefix(name, "'") && strings.HasSuffix(name, "'") && len(name) > 1 {
		name = strings.ReplaceAll(name[1:len(name)-1], "''", "'")
	}
	return strings.TrimPrefix(name, "$") // LibreOffice's way
}

// quoted is a sheet's name as references write it.
func quoted(name string) string { return "'" + strings.ReplaceAll(name, "'", "''") + "'" }

// removeFront takes our earlier front sheet out, with all that is about it. Our
// defined name goes also where it points to no such sheet.
func (m *marking) removeFront() error {
	data, root, err := m.index()
	if err != nil {
		return err
	}
	var edits []edit
	gone := -1
	if m.front != nil {
		gone = m.front.index
		edits = append(edits, root.child("sheets").all("sheet")[gone].remove())
	}
	for _, d := range root.child("definedNames").all("definedName") {
		i, err := strconv.Atoi(d.attr("localSheetId"))
		switch {
		case d.attr("name") == frontName || err == nil && i == gone:
			edits = append(edits, d.remove())
		case err == nil && i > gone && gone >= 0:
			edits = append(edits, d.setAttr(data, "localSheetId", strconv.Itoa(i-1)))
		}
	}
	if edits != nil {
		m.write(m.main, apply(data, edits))
	}
	if m.front == nil {
		return nil
	}
	m.drop(m.front.part)
	m.drop(relsOf(m.front.part))
	return m.unrelate(m.main, func(id, _, _ string) bool { return id == m.front.id })
}

// dropMacros leaves out the parts that only macros need, and a signature,
// which would not hold any more. We do not pass on programs.
func (m *marking) dropMacros() {
	gone := func(name string) bool {
		name = strings.ToLower(name)
		base := strings.TrimSuffix(path.Base(name), ".rels")
		return strings.HasPrefix(base, "vbaproject") || strings.HasPrefix(base, "vbadata") ||
			strings.HasPrefix(name, "customui/") || strings.HasPrefix(name, "_xmlsignatures/")
	}
	for _, name := range m.names() {
		if gone(name) {
			m.drop(name)
		}
	}
	for _, part := range []string{"", m.main} {
		// A list of relations that cannot be read was refused before.
		_ = m.unrelate(part, func(_, _, target string) bool { return gone(target) })
	}
}

// addFront puts the front sheet in as the first, and has it shown on opening.
func (m *marking) addFront(front Front, lines []line) error {
	data, root, err := m.index()
	if err != nil {
		return err
	}
	sheets := root.child("sheets")
	if sheets == nil {
		return errNotEditable
	}
	highest, names := 0, []string{}
	for _, s := range sheets.all("sheet") {
		if n, err := strconv.Atoi(s.attr("sheetId")); err == nil {
			highest = max(highest, n)
		}
		names = append(names, s.attr("name"))
	}
	name := sheetName(front.Sheet, names)
	part := m.free(path.Dir(m.main) + "/worksheets/rasoat%d.xml")
	id, err := m.relate(m.main, m.rels, "worksheet", part)
	if err != nil {
		return err
	}
	m.types[part] = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	content, last := m.frontSheet(front, lines)
	m.write(part, content)

	entry := fmt.Sprintf(`<sheet name="%s" sheetId="%d" %s/>`, xmlValue(name), highest+1, m.relation(root, id))
	edits := []edit{{sheets.inner, sheets.inner, prefixed(root.prefix, entry)}}
	if view := root.child("bookViews").all("workbookView"); len(view) > 0 {
		for _, attr := range []string{"activeTab", "firstSheet"} {
			if view[0].attr(attr) != "" {
				edits = append(edits, view[0].setAttr(data, attr, "0"))
			}
		}
	}
	defined := fmt.Sprintf(`<definedName name="%s" hidden="1">%s!$A$1</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">%[2]s!$%d:$%[3]d</definedName>`,
		frontName, xmlText(quoted(name)), last)
	edits = append(edits, m.define(data, root, prefixed(root.prefix, defined))...)
	m.write(m.main, apply(data, edits))
	return nil
}

// relation is the attribute by which an element of the part with the root
// names another part.
func (m *marking) relation(root *element, id string) string {
	for _, a := range root.attrs {
		if a.Name.Space == "xmlns" && a.Value == m.rels {
			return fmt.Sprintf(`%s:id="%s"`, a.Name.Local, id)
		}
	}
	return fmt.Sprintf(`xmlns:r="%s" r:id="%s"`, m.rels, id)
}
