package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// pageReader reads one page of HTML, tag by tag, as browsers do: what is open is
// closed by what cannot stand within it.
type pageReader struct {
	tags    *html.Tokenizer
	tables  []*htmlTable            // open, the innermost last; the first is the page itself
	loose   flow                    // text outside of cells
	formats map[string]numberFormat // by class
	faces   map[string]string       // fonts, by class
	looks   map[string]look         // by class
	usual   string                  // the font of cells that name none
	fonts   []htmlFont              // of the elements open in the cell
	unseen  map[string]bool         // classes that are not shown
	skipped string                  // the element that is being passed over
	depth   int                     // how many of its name are open in it, with itself
	inner   int                     // how many tables are open in it
	chosen  bool                    // what is read is the choice of a list
	found   bool                    // a table with content
	cells   int
}

func newPageReader(page string) *pageReader {
	r := &pageReader{
		tags:    html.NewTokenizer(strings.NewReader(page)),
		tables:  []*htmlTable{{}},
		formats: map[string]numberFormat{},
		faces:   map[string]string{},
		looks:   map[string]look{},
		unseen:  map[string]bool{},
	}
	r.tags.SetMaxBuf(maxTag)
	return r
}

var errOpenTable = errors.New("table without end")

func (r *pageReader) read() error {
	for {
		switch {
		case len(r.tables) > maxTables:
			return beyond(codeDepth, "", len(r.tables), maxTables)
		case r.cells > maxCells:
			return &damage{code: codeCells, want: count(maxCells)}
		case len(r.table().rows) > maxRows:
			return rowsBeyond("")
		}
		if err := r.flow().check(""); err != nil {
			return err
		}
		switch r.tags.Next() {
		case html.ErrorToken:
			if err := r.tags.Err(); err != io.EOF {
				return beyondBytes(codeField, "", maxTag+1, maxTag) // all that the buffer may be told
			}
			if len(r.tables) > 1 {
				return corrupt("", errOpenTable) // half a page
			}
			r.endLine()
			return nil
		case html.TextToken:
			if err := r.text(); err != nil {
				return err
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start()
		case html.EndTagToken:
			name, _ := r.tags.TagName()
			r.end(string(name))
		}
	}
}

// text adds the text read last to what it stands in.
func (r *pageReader) text() error {
	switch {
	case r.skipped == "style":
		return r.readStyles(string(r.tags.Text()))
	case r.skipped == "":
		r.flow().add(string(r.tags.Text()))
	}
	return nil
}

// flow is the text that is being read: of a cell, or of the page around tables.
func (r *pageReader) flow() *flow {
	if c := r.table().cell; c != nil {
		return &c.text
	}
	return &r.loose
}

func (r *pageReader) table() *htmlTable { return r.tables[len(r.tables)-1] }

// endLine ends a line: of a cell's text, or of the page's, where each line is a
// row of one cell.
func (r *pageReader) endLine() {
	if c := r.table().cell; c != nil {
		c.text.newline()
		return
	}
	if seen := r.loose.take("", false); seen.text != "" {
		r.cells++
		r.table().line(seen, false)
	}
}

// isHidden reports whether the styles written in a tag keep it from being shown.
func isHidden(style []byte) bool {
	style = bytes.ToLower(bytes.Join(bytes.Fields(style), nil))
	return bytes.Contains(style, []byte("display:none"))
}
