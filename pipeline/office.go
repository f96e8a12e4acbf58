package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
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
	var o office
	var agencies agency.Data
	o.calendar, o.outline = &plan.Calendar{}, &report.Outline{}
	var findings struct {
		Places    finding.Places    `yaml:"places"`
		Sentences map[string]string `yaml:"findings"`
	}
	rules, whole := sha256.New(), sha256.New()
	for _, t := range []struct {
		name  string
		into  any
		rules bool
	}{
		{"agencies.yaml", &agencies, true},
		{"calendar.yaml", o.calendar, true},
		{"form/words.yaml", &o.words, true},
		{"findings.yaml", &findings, false},
		{"rules.yaml", &o.rulesTable, false},
		{"report/outline.yaml", o.outline, false},
	} {
		data, err := p.template(t.name, t.into)
		if err != nil {
			return err
		}
		fmt.Fprintf(whole, "%s %d\n%s\n", t.name, len(data), data)
		o.files = append(o.files, templateFile(t.name, data))
		if t.rules {
			fmt.Fprintf(rules, "%s %d\n%s\n", t.name, len(data), data)
		}
	}
	fmt.Fprintln(rules, form.Version)
	o.rules, o.templates = hex.EncodeToString(rules.Sum(nil)), hex.EncodeToString(whole.Sum(nil))
	if err := p.checkRules(o.rulesTable); err != nil {
		return err
	}
	var err error
	if o.directory, err = agency.New(agencies); err != nil {
		return fmt.Errorf("templates/agencies.yaml: %w", err)
	}
	if err := o.calendar.Check(o.directory); err != nil {
		return fmt.Errorf("templates/calendar.yaml: %w", err)
	}
	if o.wording, err = finding.NewWording(findings.Sentences, findings.Places); err != nil {
		return fmt.Errorf("templates/findings.yaml: %w", err)
	}
	// How a file is given back decides nothing about a report: it is in no hash.
	if _, err := p.template("archive.yaml", &o.archive); err != nil {
		return err
	}
	if err := o.archive.check(); err != nil {
		return fmt.Errorf("templates/archive.yaml: %w", err)
	}
	if _, err := p.template("form/mark.yaml", &o.mark); err != nil {
		return err
	}
	if err := o.mark.check(); err != nil {
		return fmt.Errorf("templates/form/mark.yaml: %w", err)
	}
	if _, err := p.template("report/receipt.yaml", &o.receipt); err != nil {
		return err
	}
	if err := o.receipt.Check(); err != nil {
		return fmt.Errorf("templates/report/receipt.yaml: %w", err)
	}
	if _, err := p.template("attention.yaml", &o.attention); err != nil {
		return err
	}
	if err := o.attention.check(); err != nil {
		return fmt.Errorf("templates/attention.yaml: %w", err)
	}
	if o.letters, err = p.readLetters(); err != nil {
		return err
	}
	if err := o.outline.Check(); err != nil {
		return fmt.Errorf("templates/report/outline.yaml: %w", err)
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

// template decodes one file of the templates strictly: an unknown key is an
// error with its line.
func (p *Pipeline) template(name string, into any) ([]byte, error) {
	data, err := fs.ReadFile(p.Templates, name)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if err := DecodeYAML(data, into); err != nil {
		return nil, fmt.Errorf("templates/%s: %w", name, err)
	}
	return data, nil
}

func templateFile(name string, data []byte) report.TemplateFile {
	sum := sha256.Sum256(data)
	return report.TemplateFile{Name: name, SHA256: hex.EncodeToString(sum[:])}
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
