package sheet

import (
	"cmp"
	"encoding/xml"
	"strconv"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// xml2003 is the name space of a workbook as one file of XML.
const xml2003 = "urn:schemas-microsoft-com:office:spreadsheet"

// xmlReader reads such a workbook, which Excel 2003 calls an XML spreadsheet
// and web sites send under the name of an .xls, Microsoft's XML Spreadsheet
// Reference.
type xmlReader struct {
	*markup
	bookBuilder
	date1904 bool
	formats  map[string]string // format code by style
	faces    map[string]string // font by style, as [fontOf] gives it
	struck   map[string]bool   // by style that says so
	parents  map[string]string // style by style
	known    map[string]numberFormat
	columns  []string // styles by column
	tall     []Range  // rows and columns that cells above take of rows to come, by column
}

// newTextMarkup reads XML that has been decoded, whatever it says of its
// character set.
func newTextMarkup(text string) *markup {
	m := newMarkup("", []byte(text))
	m.anySet = true
	return m
}

// readXML2003 reads all work sheets into book.
func readXML2003(book *Book, text string) ([]finding.Finding, error) {
	r := xmlReader{
		markup: newTextMarkup(text), bookBuilder: bookBuilder{book: book},
		formats: map[string]string{}, faces: map[string]string{}, struck: map[string]bool{}, parents: map[string]string{}, known: map[string]numberFormat{},
	}
	err := r.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "Workbook":
			if e.Name.Space != xml2003 {
				return &damage{code: string(isWeb)}
			}
			return nil
		case "ExcelWorkbook", "Styles":
			return nil
		case "Date1904":
			r.date1904 = true
		case "Style":
			return r.readStyle(e)
		case "Worksheet":
			return r.readWorksheet(e)
		}
		return r.skip()
	})
	return r.all(), err
}

func (r *xmlReader) readStyle(e xml.StartElement) error {
	if len(r.parents) > maxFormats {
		return beyond(codeStyles, "", len(r.parents), maxFormats)
	}
	id := attribute(e, "ID")
	r.parents[id] = attribute(e, "Parent")
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "NumberFormat":
			r.formats[id] = officeFormat(attribute(e, "Format"))
		case "Font":
			if font := fontOf(attribute(e, "FontName")); font != "" {
				r.faces[id] = font
			}
			if line := attribute(e, "StrikeThrough"); line != "" {
				r.struck[id] = isOn(line)
			}
		}
		return r.skip()
	})
}

// format is the number format of cells of the first style that is named; cells
// without any have the style Default.
func (r *xmlReader) format(styles ...string) numberFormat {
	style := cmp.Or(cmp.Or(styles...), defaultStyle)
	f, ok := r.known[style]
	if ok {
		return f
	}
	for name, left := style, 16; left > 0; left-- { // a style may be its own parent
		if code, ok := r.formats[name]; ok {
			f = parseFormat(code)
			break
		}
		name = cmp.Or(r.parents[name], defaultStyle)
	}
	r.known[style] = f
	return f
}

// defaultStyle is the style of cells without any, and the parent of all others.
const defaultStyle = "Default"

// font is the font of cells of the first style that is named.
func (r *xmlReader) font(styles ...string) string {
	name := cmp.Or(cmp.Or(styles...), defaultStyle)
	for range 16 { // a style may be its own parent
		if font, ok := r.faces[name]; ok {
			return font
		}
		name = cmp.Or(r.parents[name], defaultStyle)
	}
	return ""
}

// isStruck reports whether cells of the first style that is named are struck
// through.
func (r *xmlReader) isStruck(styles ...string) bool {
	name := cmp.Or(cmp.Or(styles...), defaultStyle)
	for range 16 { // a style may be its own parent
		if line, ok := r.struck[name]; ok {
			return line
		}
		name = cmp.Or(r.parents[name], defaultStyle)
	}
	return false
}

// officeFormats are the number formats that Excel has names for in text, by
// their codes. Dates follow the reader's country: ours writes the day first.
var officeFormats = map[string]string{
	"General Number": "", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
	"Currency": "#,##0.00", "Euro Currency": "€ #,##0.00",
	"General Date": "dd/mm/yyyy hh:mm", "Short Date": "dd/mm/yyyy", "Medium Date": "dd-mmm-yy", "Long Date": "dd mmmm yyyy",
	"Short Time": "hh:mm", "Medium Time": "hh:mm AM/PM", "Long Time": "hh:mm:ss",
}

// officeFormat is the format code with that name, or the code itself.
func officeFormat(name string) string {
	if code, ok := officeFormats[name]; ok {
		return code
	}
	return name
}

func (r *xmlReader) readWorksheet(e xml.StartElement) error {
	if !r.begin(viet.Clean(attribute(e, "Name"))) {
		return r.skip()
	}
	r.columns, r.tall = nil, nil
	row := 0 // the last one that was read
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "Table", "WorksheetOptions":
			return nil
		case "Column":
			r.column(e)
		case "Row":
			return r.readRow(e, &row)
		case "Visible":
			state, err := r.text()
			r.sheet.Hidden = state == "SheetHidden" || state == "SheetVeryHidden"
			return err
		}
		return r.skip()
	})
	r.end()
	return err
}

// column keeps the style of the columns.
func (r *xmlReader) column(e xml.StartElement) {
	first, err := strconv.Atoi(attribute(e, "Index"))
	if err != nil {
		first = len(r.columns) + 1
	}
	span, _ := strconv.Atoi(attribute(e, "Span")) // how many more
	if isOn(attribute(e, "Hidden")) || attribute(e, "Width") == "0" {
		r.sheet.hideCols(first, min(first, maxCols)+min(max(span, 0), maxCols))
	}
	for len(r.columns) < min(first+max(span, 0), maxCols) {
		style := ""
		if len(r.columns) >= first-1 {
			style = attribute(e, "StyleID")
		}
		r.columns = append(r.columns, style)
	}
}
