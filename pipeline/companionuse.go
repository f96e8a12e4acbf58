package pipeline

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/viet"
)

// linked is the submissions with what companions found: a document that belongs
// to another is ignored and says to which, and that one lists it.
func linked(submissions []form.Submission, links map[string]link) []form.Submission {
	if len(links) == 0 {
		return submissions
	}
	attached := map[string][]form.Attachment{}
	for _, l := range links {
		if l.report != "" {
			attached[l.report] = append(attached[l.report], l.Attachment)
		}
	}
	submissions = slices.Clone(submissions)
	for i := range submissions {
		s := &submissions[i]
		if l, ok := links[s.SHA256]; ok {
			s.Outcome = form.Ignore
			s.Findings = append([]finding.Finding{l.note}, saidOfArrival(s.Findings)...)
		}
		if all := attached[s.SHA256]; len(all) > 0 {
			s.Attachments = slices.SortedFunc(slices.Values(all), func(a, b form.Attachment) int {
				return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.SHA256, b.SHA256))
			})
		}
	}
	return submissions
}

// keptDocs are the documents that are kept, by arrival, with where they came from:
// loaded once for all that a statement asks of them.
type keptDocs []keptDoc

type keptDoc struct {
	sha     string
	arrived time.Time
	places  []place
}

func (p *Pipeline) kept(ctx context.Context) (keptDocs, error) {
	originals, err := p.Store.Originals(ctx)
	if err != nil {
		return nil, err
	}
	docs := make(keptDocs, len(originals))
	for i, o := range originals {
		docs[i] = keptDoc{o.SHA256, o.Arrived, placesOf(o)}
	}
	return docs, nil
}

// names are the documents' hashes, from which they are named.
func (k keptDocs) names() shortNames {
	all := make(shortNames, len(k))
	for i, d := range k {
		all[i] = d.sha
	}
	slices.Sort(all)
	return all
}

// withCompanions is the submissions of a period with what came together with
// them, of any period, and arrived by then; the zero time means at any time.
func (p *Pipeline) withCompanions(ctx context.Context, kept keptDocs, submissions []form.Submission, until time.Time) ([]form.Submission, error) {
	known, together := map[string]form.Submission{}, map[string]bool{}
	for _, s := range submissions {
		known[s.SHA256] = s
	}
	for _, d := range kept {
		if _, ok := known[d.sha]; ok {
			for _, at := range d.places {
				together[at.group()] = true
			}
		}
	}
	var docs []readDoc
	for _, d := range kept {
		if !until.IsZero() && d.arrived.After(until) ||
			!slices.ContainsFunc(d.places, func(at place) bool { return together[at.group()] }) {
			continue
		}
		s, ok := known[d.sha]
		if !ok {
			var err error
			if s, ok, err = p.Store.LastReading(ctx, d.sha); err != nil {
				return nil, err
			}
		}
		if ok {
			docs = append(docs, readDoc{Submission: s, places: d.places})
		}
	}
	return linked(submissions, companions(docs, p.namedBy)), nil
}

// namedBy is the agency that a document's file name tells, empty when it tells
// none or several.
func (p *Pipeline) namedBy(s form.Submission) agency.ID {
	words := strings.FieldsFunc(viet.Loose(stem(s.File)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	for _, word := range words {
		if _, ok := p.office.directory.Agency(agency.ID(word)); ok {
			return agency.ID(word)
		}
	}
	id, _ := p.office.directory.One(strings.Join(words, " "), agency.DayOf(s.Arrived))
	return id
}

// saidOfArrival are the findings about how a document came here, which being a
// companion does not make good; that it was not read is no fault of it.
func saidOfArrival(findings []finding.Finding) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f finding.Finding) bool {
		return !slices.Contains([]string{"attachment-damaged", "attachment-forwarded", "sender-not-authenticated", "archive-damaged"}, f.Code)
	})
}
