package sheet

import (
	"strings"

	"golang.org/x/net/html"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// isMarkup reports whether text is HTML or XML, which web sites send under the
// name of a workbook, or a page with its pictures, which begins like a mail.
func isMarkup(text string) bool {
	start := strings.ToLower(strings.TrimLeft(text[:min(len(text), 1024)], " \t\r\n\ufeff"))
	for _, tag := range []string{"<!doctype", "<html", "<?xml", "<table", "<head", "<body", "<meta", "mime-version:", "from: <saved by"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return strings.HasPrefix(start, "<") && strings.Contains(strings.ToLower(text), "<table")
}

// openMarkup reads HTML and the formats that are XML without an archive.
func openMarkup(book *Book, text string) (*Book, []finding.Finding, error) {
	var findings []finding.Finding
	var err error
	switch rootOf(text) {
	case "":
		book.Format = HTML
		findings, err = readWebArchive(book, text)
	case "workbook":
		book.Format = XML2003
		findings, err = readXML2003(book, text)
	case "document":
		book.Format = ODS
		findings, err = readFlatODS(book, text)
	default:
		book.Format = HTML
		findings, err = readWebPages(book, text)
	}
	return book, findings, err
}

// rootOf is the local name, in small letters, of the first element of text, ""
// if text does not begin with one.
func rootOf(text string) string {
	for {
		text = strings.TrimLeft(text, " \t\r\n\ufeff")
		end := ">"
		switch {
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"), strings.HasPrefix(text, "<!"):
		case strings.HasPrefix(text, "<"):
			name := text[1:min(len(text), 100)]
			if i := strings.IndexAny(name, " \t\r\n/>"); i >= 0 {
				name = name[:i]
			}
			return strings.ToLower(name[strings.IndexByte(name, ':')+1:])
		default:
			return ""
		}
		_, rest, ok := strings.Cut(text, end)
		if !ok {
			return ""
		}
		text = rest
	}
}

// readWebPages reads each page that has a table as a sheet. It is no table if
// none has.
func readWebPages(book *Book, pages ...string) ([]finding.Finding, error) {
	b := bookBuilder{book: book}
	var names []string // that Excel has given to its sheets
	for _, page := range pages {
		names = append(names, sheetNames(page)...)
	}
	found := 0
	for _, page := range pages {
		r := newPageReader(page)
		if err := r.read(); err != nil {
			return nil, err
		}
		if !r.found {
			continue
		}
		name := baseName(book.Name)
		if found < len(names) {
			name = names[found]
		}
		found++
		if !b.begin(name) {
			continue
		}
		for _, row := range r.tables[0].rows {
			if err := b.add(row); err != nil {
				return nil, err
			}
		}
		for _, m := range r.tables[0].merges {
			b.merge(m)
		}
		b.end()
	}
	if found == 0 {
		return nil, &damage{code: string(isWeb)}
	}
	return b.all(), nil
}

// sheetNames are the names of the sheets that Excel saved as the page.
func sheetNames(page string) []string {
	var names []string
	for len(names) < maxSheets {
		_, rest, ok := strings.Cut(page, "<x:Name>")
		if !ok {
			break
		}
		name, rest, _ := strings.Cut(rest, "</x:Name>")
		names = append(names, viet.Clean(html.UnescapeString(name)))
		page = rest
	}
	return names
}
