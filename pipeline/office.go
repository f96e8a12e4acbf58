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

	templates string // hash of everything above: what a report was made with
}

// layout is a decree's page layout and the first day it is in force.
type layout struct {
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
		{"report/outline.yaml", o.outline, false},
	} {
		data, err := p.template(t.name, t.into)
		if err != nil {
			return err
		}
		fmt.Fprintf(whole, "%s %d\n%s\n", t.name, len(data), data)
		if t.rules {
			fmt.Fprintf(rules, "%s %d\n%s\n", t.name, len(data), data)
		}
	}
	fmt.Fprintln(rules, form.Version)
	o.rules, o.templates = hex.EncodeToString(rules.Sum(nil)), hex.EncodeToString(whole.Sum(nil))
	var err error
	if o.directory, err = agency.New(agencies); err != nil {
		return fmt.Errorf("templates/agencies.yaml: %w", err)
	}
	if o.wording, err = finding.NewWording(findings.Sentences, findings.Places); err != nil {
		return fmt.Errorf("templates/findings.yaml: %w", err)
	}
	// How a file is given back decides nothing about a report: it is in no hash.
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
	if o.letters, err = p.readLetters(); err != nil {
		return err
	}
	if err := o.outline.Check(); err != nil {
		return fmt.Errorf("templates/report/outline.yaml: %w", err)
	}
	if o.layouts, err = p.layouts(); err != nil {
		return err
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
		if _, err := p.template(name, &l); err != nil {
			return nil, err
		}
		r, err := render.New(l)
		if err != nil {
			return nil, fmt.Errorf("templates/%s: %w", name, err)
		}
		all = append(all, layout{profile.From, r})
	}
	return all, nil
}

// renderer lays pages out as the decree in force on the given day asks.
func (o *office) renderer(on agency.Day) (*render.Renderer, error) {
	var best *layout
	for i, l := range o.layouts {
		if !l.from.After(on) && (best == nil || !l.from.Before(best.from)) {
			best = &o.layouts[i]
		}
	}
	if best == nil {
		return nil, fmt.Errorf("templates/layout/profiles.yaml: no layout is in force on %s", on)
	}
	return best.renderer, nil
}

// reader is a reader of documents for the plans of the given years.
func (p *Pipeline) reader(ctx context.Context, years ...int) (*form.Reader, error) {
	plans := map[int]*plan.Plan{}
	for _, year := range years {
		thePlan, _, err := p.Plan(ctx, year)
		if err != nil {
			return nil, err
		}
		plans[year] = thePlan
	}
	return form.NewReader(plans, p.office.directory, p.office.calendar, p.office.words)
}
