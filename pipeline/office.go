package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/render"
	"baocao/pipeline/report"
)

// office is what an office's templates say, read and checked once.
type office struct {
	directory *agency.Directory
	calendar  *plan.Calendar
	words     form.Words
	wording   finding.Wording
	mark      markWords
	outline   *report.Outline
	layouts   []layout
	rules     string // hash of what decides how a document is read

	letters map[string]*deliver.Text
	receipt report.ReceiptForm

	attention attentionWords

	rulesTable reconcile.Rules // what the office makes of what a comparison shows

	archive archiveWords

	form     *form.Template // nil: templates frozen before there were forms
	reminder *reminderWords // nil likewise
	board    *boardWords    // nil likewise

	templates string                // hash of everything above: what a report was made with
	files     []report.TemplateFile // those it is the hash of, and the layouts
}

// layout is a decree's page layout and the first day it is in force.
type layout struct {
	name     string // of the profile: "ND30-2020"
	file     report.TemplateFile
	from     agency.Day
	renderer *render.Renderer
}

// Open reads and checks the templates. A fault in one of them is an error with
// its file, line and column; nothing else is done then.
func (p *Pipeline) Open() error {
	o := office{calendar: &plan.Calendar{}, outline: &report.Outline{}}
	rules, all := sha256.New(), sha256.New()
	for _, t := range p.templateUses(&o) {
		data, err := p.template(t.name, t.into)
		if err != nil {
			return err
		}
		if t.use != unhashed {
			fmt.Fprintf(all, "%s %d\n%s\n", t.name, len(data), data)
			o.files = append(o.files, templateFile(t.name, data))
		}
		if t.use == decidesReading {
			fmt.Fprintf(rules, "%s %d\n%s\n", t.name, len(data), data)
		}
		if t.check == nil {
			continue
		}
		if err := t.check(); err != nil {
			return fmt.Errorf("templates/%s: %w", t.name, err)
		}
	}
	fmt.Fprintln(rules, form.Version)
	o.rules, o.templates = hex.EncodeToString(rules.Sum(nil)), hex.EncodeToString(all.Sum(nil))
	if err := p.checkRules(o.rulesTable); err != nil {
		return err
	}
	if err := p.readIssuers(&o); err != nil {
		return err
	}
	var err error
	if o.letters, err = p.readLetters(); err != nil {
		return err
	}
	if err := p.readForms(&o); err != nil {
		return err
	}
	if err := p.readBoard(&o); err != nil {
		return err
	}
	if o.layouts, err = p.layouts(); err != nil {
		return err
	}
	for _, l := range o.layouts {
		o.files = append(o.files, l.file)
	}
	p.office = o
	p.shippedPlans = sync.OnceValues(p.readShipped)
	return nil
}

// templateUse is a file of the templates and what is done with it.
type templateUse struct {
	name  string
	into  any
	use   use
	check func() error // what is wrong with it, beside the templates before it
}

// use is what a template is for, which says in which hashes it is.
type use int

const (
	unhashed       use = iota // how people are spoken to: it decides nothing about a report
	makesReport               // what a report is made with
	decidesReading            // that, and how documents are read
)

// templateUses are the templates that are one file each, in the order in which
// they are read.
func (p *Pipeline) templateUses(o *office) []templateUse {
	var agencies agency.Data
	var findings struct {
		Places    finding.Places    `yaml:"places"`
		Sentences map[string]string `yaml:"findings"`
	}
	return []templateUse{
		{"agencies.yaml", &agencies, decidesReading, func() (err error) {
			o.directory, err = agency.New(agencies)
			return err
		}},
		{"calendar.yaml", o.calendar, decidesReading, func() error { return o.calendar.Check(o.directory) }},
		{"form/words.yaml", &o.words, decidesReading, nil},
		{"findings.yaml", &findings, makesReport, func() (err error) {
			o.wording, err = finding.NewWording(findings.Sentences, findings.Places)
			return err
		}},
		{"rules.yaml", &o.rulesTable, makesReport, nil}, // see checkRules
		{"report/outline.yaml", o.outline, makesReport, o.outline.Check},
		{"archive.yaml", &o.archive, unhashed, func() error { return o.archive.check() }},
		{"form/mark.yaml", &o.mark, unhashed, o.mark.check},
		{"report/receipt.yaml", &o.receipt, unhashed, func() error { return o.receipt.Check() }},
		{"attention.yaml", &o.attention, unhashed, func() error { return o.attention.check() }},
	}
}

// whole are the templates of which an office's own file replaces all that ships:
// data, and not words.
var whole = []string{"agencies.yaml", "calendar.yaml", "demo.yaml"}

// template decodes one file of the templates strictly: an unknown key is an
// error with its line. What a file of an office, or of an older program, does
// not say is as it ships.
func (p *Pipeline) template(name string, into any) ([]byte, error) {
	data, err := fs.ReadFile(p.Templates, name)
	if err != nil && p.Shipped != nil {
		data, err = fs.ReadFile(p.Shipped, name)
	}
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if p.Shipped != nil && !slices.Contains(whole, name) {
		if shipped, err := fs.ReadFile(p.Shipped, name); err == nil && !bytes.Equal(shipped, data) {
			if err := DecodeYAML(shipped, into); err != nil {
				return nil, fmt.Errorf("templates that ship: %s: %w", name, err)
			}
		}
	}
	if err := DecodeYAML(data, into); err != nil {
		return nil, fmt.Errorf("templates/%s: %w", name, err)
	}
	return data, nil
}

func templateFile(name string, data []byte) report.TemplateFile {
	return report.TemplateFile{Name: name, SHA256: hashOf(data)}
}

// mostYAML is the size of the largest file that a person keeps by hand.
const mostYAML = 4 << 20

// DecodeYAML decodes a file that a person writes. Keys that are not known are
// errors with line and column.
func DecodeYAML(data []byte, into any) error {
	if len(data) > mostYAML {
		return fmt.Errorf("%d bytes, at most %d are read", len(data), mostYAML)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // Notepad writes one
	return yaml.UnmarshalWithOptions(data, into, yaml.Strict())
}

// layouts are the decrees' layouts that templates/layout/profiles.yaml names,
// each with the first day it is in force.
func (p *Pipeline) layouts() ([]layout, error) {
	var index struct {
		Profiles []struct {
			Use  string     `yaml:"use"`
			From agency.Day `yaml:"from"`
		} `yaml:"profiles"`
	}
	if _, err := p.template("layout/profiles.yaml", &index); err != nil {
		return nil, err
	}
	var all []layout
	for _, profile := range index.Profiles {
		name := path.Join("layout", profile.Use+".yaml")
		var l render.Layout
		data, err := p.template(name, &l)
		if err != nil {
			return nil, err
		}
		r, err := render.New(l)
		if err != nil {
			return nil, fmt.Errorf("templates/%s: %w", name, err)
		}
		all = append(all, layout{profile.Use, templateFile(name, data), profile.From, r})
	}
	return all, nil
}

// layout is the decree's layout in force on the given day.
func (o *office) layout(on agency.Day) (*layout, error) {
	var best *layout
	for i, l := range o.layouts {
		if !l.from.After(on) && (best == nil || !l.from.Before(best.from)) {
			best = &o.layouts[i]
		}
	}
	if best == nil {
		return nil, fmt.Errorf("templates/layout/profiles.yaml: no layout is in force on %s", on)
	}
	return best, nil
}

// renderer lays pages out as the decree in force on the given day asks.
func (o *office) renderer(on agency.Day) (*render.Renderer, error) {
	l, err := o.layout(on)
	if err != nil {
		return nil, err
	}
	return l.renderer, nil
}

// reader is a reader of documents for the plans of the given years.
func (p *Pipeline) reader(ctx context.Context, years ...int) (*form.Reader, error) {
	plans := map[int]plan.Versions{}
	for _, year := range years {
		known, err := p.knownPlans(ctx, year)
		if err != nil {
			return nil, err
		}
		plans[year] = versionsOf(known)
	}
	return form.NewReader(plans, p.office.directory, p.office.calendar, p.office.words)
}
