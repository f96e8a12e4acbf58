package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/pipeline/store"
)

// ReportAs is a report beside the office's own; at most one of its fields is set.
type ReportAs struct {
	Issuer string    // the id of a profile in templates/report/issuers: the same figures in another name
	Agency agency.ID // only this agency's lines
}

func (as ReportAs) name() string {
	if as.Agency != "" {
		return string(as.Agency)
	}
	return as.Issuer
}

// ReportAs renders a statement in another issuer's name, or what of it is one
// agency's, into files of their own: bao-cao-2018-6M.ubnd.pdf,
// bao-cao-2018-6M.syt.pdf. They are drafts also of a period that is issued, for
// they are not what was issued.
func (p *Pipeline) ReportAs(ctx context.Context, made *Made, as ReportAs) ([]File, error) {
	period, edition := made.Statement.Period, report.Edition{Draft: true, Revision: made.Gate.Next()}
	if made.Gate.State == store.GateIssued && !made.Explicit {
		edition.Revision = made.Gate.Revision
	}
	name := revisionName(period, edition.Revision)
	if made.Explicit {
		name = period.String() + ".as-of-" + agency.DayOf(made.Statement.AsOf).String()
	}
	other := *made
	other.As = as
	if as.Agency != "" {
		other.Inputs, other.Statement = reconcile.Own(made.Inputs, made.Statement, as.Agency)
		if len(other.Statement.Lines) == 0 {
			return nil, fmt.Errorf("report %s of %q: the plan has no activity that it leads in this period", period, as.Agency)
		}
	}
	rendered, err := p.renderings(ctx, &other, edition)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, r := range rendered {
		file, err := writeOnce(filepath.Join(p.Out, period.String(), "bao-cao-"+name+"."+as.name()+r.ext), r.data)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// readIssuers reads in whose names reports can be written besides the outline's.
func (p *Pipeline) readIssuers(o *office) error {
	const folder = "report/issuers"
	seen := map[string]bool{}
	for _, from := range []fs.FS{p.Templates, p.shipped()} {
		files, err := fs.Glob(from, folder+"/*.yaml")
		if err != nil {
			return fmt.Errorf("templates/%s: %w", folder, err)
		}
		for _, name := range files {
			if seen[name] || strings.HasPrefix(path.Base(name), ".") {
				continue
			}
			seen[name] = true
			err := o.outline.AddIssuer(func(into any) error {
				_, err := p.template(name, into)
				return err
			})
			if err != nil {
				return fmt.Errorf("templates/%s: %w", name, err)
			}
		}
	}
	return nil
}

// nextTerm is the term that the office reports after a term, by its close.
func (p *Pipeline) nextTerm(t plan.Term) (*plan.Term, error) {
	for _, year := range []int{t.Period.Year, t.Period.Year + 1} {
		terms, err := p.office.calendar.Terms(year)
		if err != nil {
			return nil, err
		}
		var next *plan.Term
		for i, other := range terms {
			if other.Closes.After(t.Closes) && (next == nil || other.Closes.Before(next.Closes)) {
				next = &terms[i]
			}
		}
		if next != nil {
			return next, nil
		}
	}
	return nil, nil
}
