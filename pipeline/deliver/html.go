package deliver

import (
	"html/template"
	"strings"
)

// page is a letter's text for readers that show HTML: the same words, nothing
// from elsewhere.
var page = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body style="font-family:'Times New Roman',Times,serif;font-size:12pt;line-height:1.4;color:#000;background:#fff">
{{range .Blocks}}{{if .Items}}<ul style="margin:0 0 8pt 0;padding-left:20pt">
{{range .Items}}<li>{{.}}</li>
{{end}}</ul>
{{else}}<p style="margin:0 0 8pt 0">{{range $i, $line := .Lines}}{{if $i}}<br>
{{end}}{{if $.Heading $line}}<b>{{$line}}</b>{{else}}{{$line}}{{end}}{{end}}</p>
{{end}}{{end}}</body>
</html>
`))

// htmlLetter is what the page shows.
type htmlLetter struct {
	Title  string
	Blocks []htmlBlock
}

// htmlBlock is a paragraph of lines, or a list of items.
type htmlBlock struct {
	Lines []string
	Items []string
}

// Heading reports whether a line is a heading: one that begins with a Roman
// numeral and a full stop.
func (htmlLetter) Heading(line string) bool {
	first, _, found := strings.Cut(line, ". ")
	return found && first != "" && strings.Trim(first, "IVX") == ""
}

// htmlOf is the HTML alternative of a text: blank lines part its paragraphs,
// and lines that begin with a dash are the items of a list.
func htmlOf(title, text string) (string, error) {
	letter := htmlLetter{Title: title}
	var now htmlBlock
	end := func() {
		if now.Lines != nil || now.Items != nil {
			letter.Blocks = append(letter.Blocks, now)
			now = htmlBlock{}
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		trimmed := strings.TrimSpace(line)
		item, isItem := strings.CutPrefix(trimmed, "- ")
		switch {
		case trimmed == "":
			end()
		case isItem:
			if now.Lines != nil {
				end()
			}
			now.Items = append(now.Items, item)
		case now.Items != nil && line != trimmed: // an indented line goes on with the item
			now.Items[len(now.Items)-1] += " " + trimmed
		default:
			if now.Items != nil {
				end()
			}
			now.Lines = append(now.Lines, trimmed)
		}
	}
	end()
	var b strings.Builder
	if err := page.Execute(&b, letter); err != nil {
		return "", err
	}
	return b.String(), nil
}
