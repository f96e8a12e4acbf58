package deliver

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/template"
)

// subjectMark begins the first line of a letter's text: "Chủ đề: …".
const subjectMark = "Chủ đề:"

// Text is a letter's text as an office writes it: the first line is its
// subject, a blank line follows, then the body. Both may use the names of the
// data that it is filled with.
type Text struct {
	name    string
	subject *template.Template
	body    *template.Template
}

// functions are what a letter's text can do with its values, besides what
// text/template has.
var functions = template.FuncMap{
	"upper": strings.ToUpper,
	"lower": strings.ToLower,
	"join":  func(sep string, list []string) string { return strings.Join(list, sep) },
	"add":   func(a, b int) int { return a + b },
}

// ParseText reads a letter's text. Shared holds parts that several letters
// use, as {{define}} has them; it may be empty. A fault is an error that names
// file and line.
func ParseText(name, source, sharedName, shared string) (*Text, error) {
	source = clean(source)
	first, body, _ := strings.Cut(source, "\n")
	subject, ok := strings.CutPrefix(first, subjectMark)
	if !ok || strings.TrimSpace(subject) == "" {
		return nil, fmt.Errorf("%s:1: want %q and the subject in the first line, got %q", name, subjectMark, first)
	}
	blank, _, _ := strings.Cut(body, "\n")
	if strings.TrimSpace(blank) != "" {
		return nil, fmt.Errorf("%s:2: want a blank line after the subject, got %q", name, blank)
	}
	parts := template.New(sharedName).Option("missingkey=error").Funcs(functions)
	if _, err := parts.Parse(clean(shared)); err != nil {
		return nil, faultOf(err)
	}
	t := &Text{name: name}
	for _, p := range []struct {
		into   **template.Template
		source string
	}{
		{&t.subject, strings.TrimSpace(subject)},
		{&t.body, "\n" + body}, // so that the lines of a fault are those of the file
	} {
		all, err := parts.Clone()
		if err == nil {
			*p.into, err = all.New(name).Parse(p.source)
		}
		if err != nil {
			return nil, faultOf(err)
		}
	}
	return t, nil
}

// Fill is subject and body filled with data. A name that the data do not have
// is an error that names file and line.
func (t *Text) Fill(data any) (subject, body string, err error) {
	var s, b strings.Builder
	if err := errors.Join(t.subject.Execute(&s, data), t.body.Execute(&b, data)); err != nil {
		return "", "", faultOf(err)
	}
	subject = strings.Join(strings.Fields(s.String()), " ")
	return subject, strings.Trim(squeeze(b.String()), "\n") + "\n", nil
}

// Check fills the text with each of the samples, which together have every
// name with a value and without.
func (t *Text) Check(samples ...any) error {
	for _, data := range samples {
		if err := errors.Join(t.subject.Execute(io.Discard, data), t.body.Execute(io.Discard, data)); err != nil {
			return faultOf(err)
		}
	}
	return nil
}

// faultOf is a fault of a text without what says only who found it.
func faultOf(err error) error {
	return errors.New(strings.ReplaceAll(err.Error(), "template: ", ""))
}

// clean is a text file without what an editor adds.
func clean(s string) string {
	return strings.ReplaceAll(strings.TrimPrefix(s, "\uFEFF"), "\r\n", "\n")
}

// squeeze leaves one blank line where conditions that did not hold left
// several, and no blanks at the ends of lines.
func squeeze(s string) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" && len(lines) > 0 && lines[len(lines)-1] == "" {
			continue
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
