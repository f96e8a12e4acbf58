package sheet

import (
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// readCSV reads a table whose cells the separator parts, as RFC 4180 and
// programs beyond it write it. Its rows are numbered as Excel does, which also
// names the sheet after the file; every cell is text, as no program says what
// it meant.
func readCSV(book *Book, text string, separator byte) ([]finding.Finding, error) {
	b := bookBuilder{book: book}
	b.begin(baseName(book.Name))
	p := csvParser{text: text, separator: separator}
	var cells []Cell
	for number := 1; p.more(); number++ {
		p.record()
		cells = cells[:0]
		for i, field := range p.fields {
			cells = append(cells, cellsOf(i+1, clean(constant(field)))...)
		}
		if p.beyond != "" {
			cells = append(cells, cellsOf(p.width, clean(p.beyond))...)
		}
		if err := b.add(Row{Number: number, Cells: cells}); err != nil {
			return nil, err
		}
	}
	b.end()
	return b.all(), nil
}

// constant is the text in ="1.1.1", by which a writer keeps Excel from making
// a date of it.
func constant(field string) string {
	if text, ok := strings.CutPrefix(field, `="`); ok && strings.HasSuffix(text, `"`) && strings.Count(text, `"`) == 1 {
		return strings.TrimSuffix(text, `"`)
	}
	return field
}

// baseName is the last part of a file's name, without what tells its kind.
func baseName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	return viet.Clean(name)
}

// csvParser reads records one by one. It takes everything for some record:
// a quotation mark without its fellow, and one amid a field, are characters.
type csvParser struct {
	text      string
	separator byte
	pos       int

	// Of the record read last.
	fields []string // as many as are read of a row
	width  int      // how many there are, up to and with the first filled one beyond
	beyond string   // that one
	prose  int      // separators with a space behind them, as in a sentence, or at the end of one
	blank  bool     // nothing is in it
}

// more reports whether there is another record.
func (p *csvParser) more() bool { return p.pos < len(p.text) }

// record reads a record. A line without anything is one, too.
func (p *csvParser) record() {
	p.fields, p.width, p.beyond, p.prose, p.blank = p.fields[:0], 0, "", 0, true
	for {
		field := p.field()
		p.blank = p.blank && strings.TrimSpace(field) == ""
		if len(p.fields) < maxCols {
			p.fields = append(p.fields, field)
		} else if p.beyond == "" {
			p.beyond = strings.TrimSpace(field)
		}
		if p.width <= maxCols || p.beyond == "" {
			p.width++
		}
		if !p.more() {
			return
		}
		end := p.text[p.pos]
		p.pos++
		switch {
		case end == p.separator:
			if p.more() && p.text[p.pos] == ' ' {
				p.prose++
			}
			continue
		case end == '\r' && p.more() && p.text[p.pos] == '\n':
			p.pos++
		}
		if p.width == 2 && field == "" {
			p.prose++
		}
		return
	}
}

// field reads up to the separator or the end of the line that follows it.
func (p *csvParser) field() string {
	quoted := ""
	if p.more() && p.text[p.pos] == '"' {
		quoted = p.quoted()
	}
	rest := p.text[p.pos:]
	end := strings.IndexAny(rest, string(p.separator)+"\r\n")
	if end < 0 {
		end = len(rest)
	}
	p.pos += end
	return quoted + rest[:end]
}

// quoted reads a field in quotation marks, in which a mark is written twice and
// lines may break; nothing if the closing one is missing.
func (p *csvParser) quoted() string {
	for i := p.pos + 1; i < len(p.text); i++ {
		if p.text[i] != '"' {
			next := strings.IndexByte(p.text[i:], '"')
			if next < 0 {
				break
			}
			i += next
		}
		if i+1 < len(p.text) && p.text[i+1] == '"' {
			i++
			continue
		}
		inner := p.text[p.pos+1 : i]
		p.pos = i + 1
		return strings.ReplaceAll(inner, `""`, `"`)
	}
	return ""
}
