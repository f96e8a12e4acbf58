package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// odsType begins the media type of a spreadsheet and of a template for one.
const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// odsReader reads an OpenDocument spreadsheet, OpenDocument 1.3 part 3, §9: as
// a package or as a single file of XML.
type odsReader struct {
	*markup
	bookBuilder
	styles  odsStyles
	columns []string // default cell styles by column
	row     int      // rows so far of the sheet being read
}

// readODS reads all sheets of the package z into book.
func readODS(book *Book, z *archive) ([]finding.Finding, error) {
	const manifest = "META-INF/manifest.xml"
	if z.has(manifest) {
		data, err := z.read(manifest)
		if err != nil {
			return nil, err
		}
		if bytes.Contains(data, []byte("encryption-data")) {
			return nil, &damage{code: string(isEncrypted)}
		}
	}
	data, err := z.read("mimetype")
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(data, []byte(odsType)) {
		return nil, &damage{code: string(isODF)}
	}
	r := odsReader{bookBuilder: bookBuilder{book: book}, styles: newODSStyles()}
	if z.has("styles.xml") {
		if err := r.readCommonStyles(z); err != nil {
			return nil, err
		}
	}
	if data, err = z.read("content.xml"); err != nil {
		return nil, err
	}
	r.markup = newMarkup("content.xml", data)
	err = r.readBody()
	return r.all(), err
}

// readCommonStyles reads the styles that styles.xml has for all sheets. The
// automatic ones beside them belong to page heads, and share their names with
// those of the content.
func (r *odsReader) readCommonStyles(z *archive) error {
	data, err := z.read("styles.xml")
	if err != nil {
		return err
	}
	r.markup = newMarkup("styles.xml", data)
	return r.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "styles":
			return r.readStyles()
		case "font-face-decls":
			return r.readFaces()
		case "document-styles":
			return nil
		}
		return r.skip()
	})
}

// readFlatODS reads a spreadsheet that is a single file of XML.
func readFlatODS(book *Book, text string) ([]finding.Finding, error) {
	r := odsReader{
		markup: newTextMarkup(text), bookBuilder: bookBuilder{book: book}, styles: newODSStyles(),
	}
	err := r.readBody()
	return r.all(), err
}

var errNoSpreadsheet = errors.New("no spreadsheet")

// readBody reads the styles and the sheets. Around them stands what is no
// content, such as deletions that are still remembered, and copies of sheets
// of other documents.
func (r *odsReader) readBody() error {
	found := false
	err := r.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "document":
			if !strings.HasPrefix(attribute(e, "mimetype"), odsType) {
				return &damage{code: string(isODF)}
			}
			return nil
		case "document-content", "body":
			return nil
		case "spreadsheet":
			found = true
			return nil
		case "font-face-decls":
			return r.readFaces()
		case "styles", "automatic-styles":
			return r.readStyles()
		case "table":
			if found {
				return r.readTable(e)
			}
		}
		return r.skip()
	})
	if err == nil && !found {
		return corrupt(r.part, errNoSpreadsheet)
	}
	return err
}

func (r *odsReader) readTable(e xml.StartElement) error {
	if !r.begin(viet.Clean(attribute(e, "name"))) {
		return r.skip()
	}
	r.sheet.Hidden = r.styles.hidden[attribute(e, "style-name")]
	r.row, r.columns = 0, nil
	err := r.readRows(false)
	r.end()
	return err
}
