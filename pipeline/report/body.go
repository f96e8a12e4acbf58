package report

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// outlineBlock is one piece of the main text. A Heading, Paragraph or Item is one
// block; the others are as many as there is to say.
type outlineBlock struct {
	Heading   text      `yaml:"heading"`
	Paragraph text      `yaml:"paragraph"` // with List: over the list
	Item      text      `yaml:"item"`      // with List: each item
	Fields    bool      `yaml:"fields"`    // every field that no Field names, with a heading
	Field     plan.Code `yaml:"field"`     // one field, without a heading
	Compared  bool      `yaml:"compared"`  // a paragraph for each earlier period

	List    bodyList `yaml:"list"`
	Most    int      `yaml:"most"`    // items of the list; 0: all
	Longest int      `yaml:"longest"` // letters of what agencies say in an item; 0: whole
	More    text     `yaml:"more"`    // about the items that are left out
	None    text     `yaml:"none"`    // instead of an empty list

	Section string `yaml:"section"` // a clerk may write behind this block
}

// fieldTexts are the sentences about one field.
type fieldTexts struct {
	Heading    text   `yaml:"heading"`
	Paragraphs []text `yaml:"paragraphs"`
	Counts     struct {
		Done        text `yaml:"done"`
		InProgress  text `yaml:"in_progress"`
		NotStarted  text `yaml:"not_started"`
		Paused      text `yaml:"paused"`
		NotReported text `yaml:"not_reported"`
	} `yaml:"counts"` // the parts of a sentence that counts activities
	Named     text `yaml:"named"`      // one activity in a sentence
	MostNamed int  `yaml:"most_named"` // activities in a sentence; 0: all
	Others    text `yaml:"others"`     // the number of those left out
	ShortName int  `yaml:"short_name"` // letters of an activity's name; 0: whole

	Results struct {
		Intro   text `yaml:"intro"`
		Item    text `yaml:"item"`
		Most    int  `yaml:"most"`    // items of a field; 0: none
		Longest int  `yaml:"longest"` // letters of what is said of one; 0: whole
	} `yaml:"results"` // what came of activities that one agency leads, in its own words
}

// body is the main text.
func (w *writer) body() []Block {
	texts := w.Body
	if w.Agency != "" {
		texts = w.Own.Body
	}
	w.unwritten = map[string]reconcile.Paragraph{}
	for _, p := range w.Inputs.Paragraphs {
		w.unwritten[p.Section] = p
	}
	var blocks []Block
	for i := range texts {
		b := &texts[i]
		blocks = append(append(blocks, w.bodyBlock(b, texts)...), w.written(b.Section)...)
	}
	for section := range w.unwritten {
		if w.err == nil {
			w.err = fmt.Errorf("a clerk wrote into section %q, which the outline does not have", section)
		}
	}
	return blocks
}

func (w *writer) bodyBlock(b *outlineBlock, all []outlineBlock) []Block {
	switch {
	case b.Fields:
		return w.otherFields(all)
	case b.Field != "":
		for i, f := range w.Inputs.Plan.Fields {
			if f.Code == b.Field {
				return w.field(i)
			}
		}
		return nil
	case b.Compared:
		var blocks []Block
		for _, c := range w.compared() {
			blocks = append(blocks, paragraphs(w.say(w.Comparison, w.comparedFacts(c)))...)
		}
		return blocks
	case b.List != "":
		return w.list(b)
	case b.Heading.source != "":
		return []Block{{Heading: w.say(b.Heading, w.facts)}}
	case b.Item.source != "":
		if item := w.say(b.Item, w.facts); item != "" {
			return []Block{{Item: item}}
		}
		return nil
	}
	return paragraphs(w.say(b.Paragraph, w.facts))
}

// otherFields are the fields that have no place of their own in the outline.
func (w *writer) otherFields(all []outlineBlock) []Block {
	var blocks []Block
	number := 0
	for i, f := range w.Inputs.Plan.Fields {
		if slices.ContainsFunc(all, func(b outlineBlock) bool { return b.Field == f.Code }) {
			continue
		}
		number++
		said := w.fieldFacts(i)
		said.Number = number
		blocks = append(blocks, Block{Heading: w.say(w.Field.Heading, said)})
		blocks = append(blocks, w.field(i)...)
	}
	return blocks
}

// field is what is said of one field, and what a clerk wrote about it.
func (w *writer) field(i int) []Block {
	said := w.fieldFacts(i)
	var blocks []Block
	for _, t := range w.Field.Paragraphs {
		blocks = append(blocks, paragraphs(w.say(t, said))...)
	}
	return slices.Concat(blocks, w.fieldResults(said, i), w.written(string(said.Code)))
}

// fieldResults are the results of activities of a field, of those done first.
func (w *writer) fieldResults(said fieldFacts, field int) []Block {
	t := w.Field.Results
	var done, open []Block
	for i := range w.Statement.Lines {
		l := &w.Statement.Lines[i]
		if l.Field != field || l.Collective != nil || l.Progress != form.Done && l.Progress != form.InProgress {
			continue
		}
		item := w.item(l)
		if item.Text = shorten(strings.TrimRight(oneLine(w.lineText(l)), " .;,"), t.Longest); item.Text == "" {
			continue
		}
		if b := (Block{Item: w.say(t.Item, item)}); l.Progress == form.Done {
			done = append(done, b)
		} else {
			open = append(open, b)
		}
	}
	items := append(done, open...)
	if items = items[:min(t.Most, len(items))]; len(items) == 0 {
		return nil
	}
	return append(paragraphs(w.say(t.Intro, said)), items...)
}

// written is what a clerk wrote into a section.
func (w *writer) written(section string) []Block {
	p, ok := w.unwritten[section]
	if !ok {
		return nil
	}
	delete(w.unwritten, section)
	var blocks []Block
	for line := range strings.Lines(p.Text) {
		line = strings.TrimSpace(line)
		if item, ok := strings.CutPrefix(line, "- "); ok {
			blocks = append(blocks, Block{Item: item})
			continue
		}
		blocks = append(blocks, paragraphs(line)...)
	}
	return blocks
}

// Sections are those into which a clerk may write, of the outline and of a plan,
// in the order in which they are printed.
func (o *Outline) Sections(p *plan.Plan) []string {
	var all []string
	for _, b := range o.Body {
		switch {
		case b.Field != "":
			if slices.ContainsFunc(p.Fields, func(f plan.Field) bool { return f.Code == b.Field }) {
				all = append(all, string(b.Field))
			}
		case b.Fields:
			for _, f := range p.Fields {
				if !slices.ContainsFunc(o.Body, func(b outlineBlock) bool { return b.Field == f.Code }) {
					all = append(all, string(f.Code))
				}
			}
		}
		if b.Section != "" {
			all = append(all, b.Section)
		}
	}
	return all
}

// checkBody holds the texts of a body against the names that they may use.
func checkBody(body []outlineBlock) error {
	var all []error
	is := reflect.TypeFor[facts]()
	sections := map[string]bool{}
	for _, b := range body {
		switch {
		case b.List == "":
			all = append(all, b.Heading.check(is), b.Paragraph.check(is), b.Item.check(is))
		case !slices.Contains(bodyLists, b.List):
			all = append(all, fmt.Errorf("body: unknown list %q, known are %v", b.List, bodyLists))
		default:
			all = append(all, b.Paragraph.check(reflect.TypeFor[listFacts]()), b.More.check(reflect.TypeFor[listFacts]()),
				b.None.check(is), b.Item.check(reflect.TypeFor[itemFacts]()))
		}
		if b.Section != "" && sections[b.Section] {
			all = append(all, fmt.Errorf("body: section %q stands twice", b.Section))
		}
		sections[b.Section] = true
	}
	return errors.Join(all...)
}

func (t *fieldTexts) check() error {
	is, count := reflect.TypeFor[fieldFacts](), reflect.TypeFor[countFacts]()
	all := []error{t.Heading.check(is), t.Named.check(reflect.TypeFor[itemFacts]()), t.Others.check(reflect.TypeFor[int]()),
		t.Results.Intro.check(is), t.Results.Item.check(reflect.TypeFor[itemFacts]()),
	}
	for _, p := range t.Paragraphs {
		all = append(all, p.check(is))
	}
	c := t.Counts
	for _, p := range []text{c.Done, c.InProgress, c.NotStarted, c.Paused, c.NotReported} {
		all = append(all, p.check(count))
	}
	return errors.Join(all...)
}
