package pipeline

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// markWords are the words of templates/form/mark.yaml.
type markWords struct {
	Sheet    string                   `yaml:"sheet"`
	Title    string                   `yaml:"title"`
	Intro    []string                 `yaml:"intro"`
	Outcomes map[form.Outcome]string  `yaml:"outcomes"`
	Next     map[form.Outcome]string  `yaml:"next"`
	Periods  map[plan.Part]string     `yaml:"periods"`
	Unknown  string                   `yaml:"unknown"`
	Issued   string                   `yaml:"issued"` // a revision
	Levels   map[finding.Level]string `yaml:"levels"`
	Columns  struct {
		Number   string `yaml:"number"`
		Level    string `yaml:"level"`
		Sheet    string `yaml:"sheet"`
		Cell     string `yaml:"cell"`
		Activity string `yaml:"activity"`
		Text     string `yaml:"text"`
	} `yaml:"columns"`
	Row     string `yaml:"row"`
	Whole   string `yaml:"whole"`
	File    string `yaml:"file"`
	None    string `yaml:"none"`
	More    string `yaml:"more"`
	Comment string `yaml:"comment"`
	Author  string `yaml:"author"`
	Check   struct {
		Document string `yaml:"document"`
		Marked   string `yaml:"marked"`
	} `yaml:"check"`
}

// partly is the outcome, for words only, of a document that is accepted but of
// which something cannot be used.
const partly form.Outcome = "partly"

var markName = regexp.MustCompile(`\{[^{}]*\}`)

// check looks for what is missing and for names that are not ours.
func (w *markWords) check() error {
	for _, c := range []struct {
		key, value string
		names      []string
	}{
		{"intro", strings.Join(w.Intro, "\n"), []string{"{file}", "{agency}", "{period}", "{outcome}", "{next}", "{errors}", "{warnings}", "{notes}"}},
		{"sheet", w.Sheet, nil}, {"title", w.Title, nil}, {"whole", w.Whole, nil}, {"file", w.File, nil}, {"none", w.None, nil},
		{"row", w.Row, []string{"{row}"}}, {"more", w.More, []string{"{more}"}},
		{"check: document", w.Check.Document, []string{"{file}", "{agency}", "{period}", "{outcome}", "{activities}"}},
		{"check: marked", w.Check.Marked, nil},
		{"comment", w.Comment, nil}, {"author", w.Author, nil}, {"unknown", w.Unknown, nil},
		{"issued", w.Issued, []string{"{revision}", "{day}"}},
	} {
		if strings.TrimSpace(c.value) == "" {
			return fmt.Errorf("%s: says nothing", c.key)
		}
		for _, n := range markName.FindAllString(c.value, -1) {
			if !slices.Contains(c.names, n) {
				return fmt.Errorf("%s: unknown name %s, known are %q", c.key, n, c.names)
			}
		}
	}
	for _, o := range []form.Outcome{form.Accept, partly, form.Review, form.Reject, form.Ignore} {
		if w.Outcomes[o] == "" || w.Next[o] == "" {
			return fmt.Errorf("outcomes, next: nothing for %q", o)
		}
	}
	for _, part := range []plan.Part{plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year} {
		if w.Periods[part] == "" {
			return fmt.Errorf("periods: nothing for %q", part)
		}
	}
	for _, level := range []finding.Level{finding.Error, finding.Warning, finding.Note} {
		if w.Levels[level] == "" {
			return fmt.Errorf("levels: nothing for %q", level)
		}
	}
	return nil
}

// ErrNothingToMark is the error of a document that cannot be given back with
// remarks in it: there is none, or it is none that has cells.
var ErrNothingToMark = sheet.ErrNotBook

// Mark writes the document that was checked, with what was found put into it:
// a sheet in front that lists it, a colour and a comment at each cell. It is
// always an Excel workbook, see [sheet.Mark].
func (p *Pipeline) Mark(w io.Writer, c Checked) error {
	if c.data == nil {
		return ErrNothingToMark
	}
	book, _ := p.openDocument(c.Submission.File, c.data)
	findings := slices.SortedStableFunc(slices.Values(c.Submission.Findings), finding.Compare)
	findings = slices.DeleteFunc(findings, isOfRemarks) // they are about to be replaced
	remarks := make([]sheet.Remark, len(findings))
	for i, f := range findings {
		remarks[i] = sheet.Remark{Place: f.Place, Level: f.Level, Activity: f.Activity, Text: p.sayHere(f)}
	}
	return sheet.Mark(w, c.data, book, remarks, p.front(c))
}

// isOfRemarks reports whether f says that a sheet holds our own remarks.
func isOfRemarks(f finding.Finding) bool { return f.Code == "sheet-of-remarks" }

// sayHere is the sentence for f without the place that it begins with, for a
// reader who has the place before his eyes.
func (p *Pipeline) sayHere(f finding.Finding) string {
	said := p.Say(f)
	rest, ok := strings.CutPrefix(said, p.office.wording.Place(f.Place)+": ")
	if !ok {
		return said
	}
	return capitalised(rest)
}

// capitalised is a sentence with a capital at its beginning.
func capitalised(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// filled puts what is known of a document into the words of mark.yaml.
func (p *Pipeline) filled(c Checked) *strings.Replacer {
	w, s := p.office.mark, c.Submission
	count := map[finding.Level]int{}
	for _, f := range s.Findings {
		count[f.Level]++
	}
	outcome := s.Outcome
	if outcome == form.Accept && count[finding.Error] > 0 {
		outcome = partly
	}
	agencyName, period := w.Unknown, w.Unknown
	if s.Agency != "" {
		agencyName = p.office.directory.Name(s.Agency, agency.DayOf(s.Arrived))
	}
	if !s.Period.IsZero() {
		period = strings.ReplaceAll(w.Periods[s.Period.Part], "{year}", strconv.Itoa(s.Period.Year))
	}
	return strings.NewReplacer(
		"{file}", cmp.Or(s.File, c.File), "{agency}", agencyName, "{period}", period,
		"{outcome}", w.Outcomes[outcome], "{next}", w.Next[outcome],
		"{errors}", strconv.Itoa(count[finding.Error]),
		"{warnings}", strconv.Itoa(count[finding.Warning]),
		"{notes}", strconv.Itoa(count[finding.Note]),
		"{activities}", strconv.Itoa(len(s.Entries)),
	)
}

// front are the words of the front sheet for one document.
func (p *Pipeline) front(c Checked) sheet.Front {
	w := p.office.mark
	front := sheet.Front{
		Sheet: w.Sheet, Title: w.Title, Levels: w.Levels,
		Columns: [6]string{w.Columns.Number, w.Columns.Level, w.Columns.Sheet, w.Columns.Cell, w.Columns.Activity, w.Columns.Text},
		Row:     w.Row, Whole: w.Whole, File: w.File, None: w.None, More: w.More, Comment: w.Comment, Author: w.Author,
	}
	fill := p.filled(c)
	for _, s := range w.Intro {
		front.Intro = append(front.Intro, fill.Replace(s))
	}
	return front
}
