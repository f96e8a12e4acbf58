package collect

import (
	"bytes"
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/finding"
)

// bodyName is the name of the document that the body of a mail is made.
const bodyName = "nội dung thư.html"

// body is the mail's own text as a document, where that is all there is to
// read: its table, which its sender should have sent as a file, or its words,
// which may say that there is nothing to report. The code is of the finding
// that goes with it; it is empty when there is no such document.
func (m *opened) bodyDocument(message *Message) (data []byte, code string) {
	readable := slices.ContainsFunc(m.attachments, func(a attachment) bool { return !isPaper(a.data) })
	if message.AutoReply && !message.List || readable {
		return nil, ""
	}
	page := m.html
	if !forwards.MatchString(message.Subject) {
		page = ownHTML(page)
	}
	if hasTable(page) {
		return document(message, page), codeTableInBody
	}
	words := ownWords(message.Text)
	if len(m.text) == 0 {
		words = ownWords(plainText(ownHTML(m.html)))
	}
	if words == "" || len(m.attachments)+len(m.faults) > 0 || m.link != "" {
		return nil, ""
	}
	return document(message, table(strings.Split(words, "\n"))), codeNoAttachment
}

// document is an HTML page about the mail's subject and a body. What else tells
// the mail from others goes with it unseen, so that the same words of another
// sender are another document.
func document(m *Message, body string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff<!DOCTYPE html>\n")
	for _, meta := range [][2]string{
		{"message-id", cmp.Or(m.ID, m.SHA256)}, {"from", m.From}, {"date", m.Date.Format("2006-01-02T15:04:05Z07:00")},
	} {
		b.WriteString(`<meta name="` + meta[0] + `" content="` + html.EscapeString(meta[1]) + "\">\n")
	}
	if !answers.MatchString(m.Subject) { // else it is in the words of another
		b.WriteString(table([]string{m.Subject}))
	}
	b.WriteString(body)
	return b.Bytes()
}

// table is lines of text as a table of one column.
func table(lines []string) string {
	var b strings.Builder
	b.WriteString("<table>\n")
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<tr><td>" + html.EscapeString(line) + "</td></tr>\n")
		}
	}
	b.WriteString("</table>\n")
	return b.String()
}

// A table of a report has a head and a row, with a code, a name and what became
// of it; what lays out a signature or a letterhead has less.
const (
	leastRows  = 2
	leastCells = 3
)

var (
	htmlRow     = regexp.MustCompile(`(?i)<tr\b`)
	htmlCellTop = regexp.MustCompile(`(?i)<t[dh]\b[^>]*>`)
)

// hasTable reports whether an HTML body shows a table that may be a report's.
func hasTable(body string) bool {
	body = htmlHidden.ReplaceAllString(body, "")
	rows := 0
	for _, row := range htmlRow.Split(body, -1)[min(1, len(htmlRow.FindAllStringIndex(body, 1))):] {
		filled := 0
		for _, cell := range htmlCellTop.Split(row, -1)[1:] {
			if text := html.UnescapeString(htmlTag.ReplaceAllString(cell, "")); strings.Trim(text, " \t\r\n\u00a0") != "" {
				filled++
			}
		}
		if filled >= leastCells {
			rows++
		}
	}
	return rows >= leastRows
}

// isPaper reports whether a file is a page that only people can read: a PDF or
// a picture.
func isPaper(data []byte) bool {
	for _, begin := range []string{
		"%PDF-", "\x89PNG\r\n", "\xff\xd8\xff", "GIF8", "II*\x00", "MM\x00*", "BM",
	} {
		if bytes.HasPrefix(data, []byte(begin)) {
			return true
		}
	}
	return len(data) > 12 && string(data[4:8]) == "ftyp" && bytes.HasPrefix(data[8:], []byte("hei"))
}

// bodyItem is the item of the document that the body is made, if it is made one.
func (m *opened) bodyItem(base Item, place finding.Place) (Item, bool) {
	data, code := m.bodyDocument(base.Message)
	if data == nil || int64(len(data)) > m.limits.File {
		return Item{}, false
	}
	item := base
	item.Name, item.Data, item.SHA256 = bodyName, data, hash(data)
	item.Findings = []finding.Finding{{Code: code, Level: finding.Warning, Place: place, Got: base.Message.Subject}}
	return item, true
}
