package collect

import (
	"html"
	"regexp"
	"strings"
)

var (
	htmlHidden = regexp.MustCompile(`(?is)<(style|script|head|title)\b.*?</(style|script|head|title)\s*>|<!--.*?-->`)
	htmlBreak  = regexp.MustCompile(`(?i)<(br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>`)
	htmlCell   = regexp.MustCompile(`(?i)</t[dh]\b[^>]*>`)
	htmlTag    = regexp.MustCompile(`(?s)<[a-zA-Z/!][^>]*>`)
	blankLines = regexp.MustCompile(`\n[ \t\n]*\n`)
)

// plainText is what a reader of the HTML body sees, line by line, with a tab
// between the cells of a table. It is made for reading a word of answer, not
// for showing, and is not safe to put into a page.
func plainText(body string) string {
	body = strings.Join(strings.Fields(body), " ") // line ends mean nothing in HTML
	body = htmlHidden.ReplaceAllString(body, "")
	body = htmlBreak.ReplaceAllString(body, "\n")
	body = htmlCell.ReplaceAllString(body, "\t")
	body = html.UnescapeString(htmlTag.ReplaceAllString(body, ""))
	body = strings.ReplaceAll(body, "\u00a0", " ")
	return strings.TrimSpace(blankLines.ReplaceAllString(body, "\n\n"))
}
