package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/report"
)

// clean brings text to the form every renderer prints: NFC, "\n" for every kind
// of line end, spaces for tabs, nothing that has no width, and U+FFFD for what
// would steer a reader's program instead of being read (controls, bidi
// overrides, broken UTF-8).
func clean(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return norm.NFC.String(strings.Map(cleanRune, s))
}

// plain is the common case: nothing to clean.
func plain(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || cleanRune(r) != r {
			return false
		}
	}
	return norm.NFC.IsNormalString(s)
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n', r >= ' ' && r < 0x7F:
		return r
	case r == '\t':
		return ' '
	case r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n'
	case r == 0xAD, r >= 0x200B && r <= 0x200D, r == 0x2060, r == 0xFEFF, r >= 0xFE00 && r <= 0xFE0F:
		return -1
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Noncharacter_Code_Point, r), unicode.Is(unicode.Co, r):
		return utf8.RuneError
	}
	return r
}

// mapText copies a document with f applied to everything a person may read in
// it, and leaves the original alone.
func mapText(doc *report.Document, f func(string) string) *report.Document {
	d := *doc
	for _, s := range []*string{
		&d.Meta.Title, &d.Meta.Author, &d.Meta.Subject, &d.Meta.Keywords, &d.Meta.Status, &d.Meta.Edition, &d.Meta.Data, &d.Meta.Footer,
		&d.Letterhead.Parent, &d.Letterhead.Issuer, &d.Letterhead.Symbol, &d.Letterhead.About, &d.Letterhead.Nation, &d.Letterhead.Motto, &d.Letterhead.Place,
		&d.Kind, &d.Subject, &d.Addressee, &d.Signature.Name,
		&d.Words.To, &d.Words.Recipients, &d.Words.Page, &d.Words.Continued, &d.Words.Body,
	} {
		*s = f(*s)
	}
	d.Signature.Authority = mapStrings(d.Signature.Authority, f)
	d.Signature.Recipients = mapStrings(d.Signature.Recipients, f)
	d.Body = mapBlocks(d.Body, f)
	d.Annexes = make([]report.Annex, len(doc.Annexes))
	for i, a := range doc.Annexes {
		a.Label, a.Title, a.Reference, a.Sheet = f(a.Label), f(a.Title), f(a.Reference), f(a.Sheet)
		a.Body = mapBlocks(a.Body, f)
		d.Annexes[i] = a
	}
	return &d
}

func mapStrings(from []string, f func(string) string) []string {
	to := make([]string, len(from))
	for i, s := range from {
		to[i] = f(s)
	}
	return to
}

func mapBlocks(from []report.Block, f func(string) string) []report.Block {
	to := make([]report.Block, len(from))
	for i, b := range from {
		b.Heading, b.Paragraph, b.Item = f(b.Heading), f(b.Paragraph), f(b.Item)
		if b.Table != nil {
			b.Table = mapTable(b.Table, f)
		}
		if b.Chart != nil {
			b.Chart = mapChart(b.Chart, f)
		}
		to[i] = b
	}
	return to
}

func mapTable(from *report.Table, f func(string) string) *report.Table {
	t := *from
	t.Note = f(t.Note)
	t.Columns = make([]report.Column, len(from.Columns))
	for i, c := range from.Columns {
		c.Group, c.Title = f(c.Group), f(c.Title)
		t.Columns[i] = c
	}
	t.Rows = make([]report.Row, len(from.Rows))
	for i, row := range from.Rows {
		cells := make([]report.Cell, len(row.Cells))
		for j, c := range row.Cells {
			c.Text = f(c.Text)
			cells[j] = c
		}
		row.Cells = cells
		t.Rows[i] = row
	}
	return &t
}
