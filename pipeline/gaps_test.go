package pipeline

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/templates"
)

// A row or a document that waits stays a gap until a newer document of its agency
// speaks of the same activity, and the rows of a document that a clerk released
// are gaps like those of any other.
func TestGapsOfSupersededDocuments(t *testing.T) {
	p := &Pipeline{Templates: templates.FS}
	if err := p.Open(); err != nil {
		t.Fatal(err)
	}
	day := time.Date(2018, 3, 15, 8, 0, 0, 0, agency.Zone)
	document := func(sha string, outcome form.Outcome, after time.Duration, codes ...plan.Code) form.Submission {
		s := form.Submission{SHA256: sha, File: sha + ".xlsx", Agency: "syt", Outcome: outcome, Arrived: day.Add(after)}
		for i, code := range codes {
			s.Entries = append(s.Entries, form.Entry{Activity: code, Place: finding.Place{Sheet: "Biểu", Row: 9 + i}})
		}
		return s
	}
	held := func(s form.Submission) form.Submission {
		s.Entries[0].Held = true
		return s
	}
	ruling := func(kind reconcile.RulingKind) []reconcile.Ruling {
		return []reconcile.Ruling{{ID: "r1", Kind: kind, SHA256: "aaaaaaaa"}}
	}
	for _, c := range []struct {
		name        string
		submissions []form.Submission
		rulings     []reconcile.Ruling
		want        []string
	}{
		{"alone", []form.Submission{held(document("aaaaaaaa", form.Accept, 0, "1.3.4", "7.2.1"))}, nil, []string{"aaaaaaaa:9"}},
		{"supplement about another activity", []form.Submission{
			held(document("aaaaaaaa", form.Accept, 0, "1.3.4", "7.2.1")), document("bbbbbbbb", form.Accept, time.Hour, "7.2.1"),
		}, nil, []string{"aaaaaaaa:9"}},
		{"supplement about it", []form.Submission{
			held(document("aaaaaaaa", form.Accept, 0, "1.3.4", "7.2.1")), document("bbbbbbbb", form.Accept, time.Hour, "1.3.4"),
		}, nil, nil},
		{"held document, supplement", []form.Submission{
			document("aaaaaaaa", form.Review, 0, "1.3.4", "7.2.1"), document("bbbbbbbb", form.Accept, time.Hour, "7.2.1"),
		}, nil, []string{"aaaaaaaa"}},
		{"held document, newer one about all", []form.Submission{
			document("aaaaaaaa", form.Review, 0, "1.3.4"), document("bbbbbbbb", form.Accept, time.Hour, "7.2.1", "1.3.4"),
		}, nil, nil},
		{"released with a held row", []form.Submission{held(document("aaaaaaaa", form.Review, 0, "1.3.4", "7.2.1"))},
			ruling(reconcile.Release), []string{"aaaaaaaa:9"}},
		{"left out with a held row", []form.Submission{held(document("aaaaaaaa", form.Accept, 0, "1.3.4", "7.2.1"))},
			ruling(reconcile.SetAside), nil},
	} {
		m := &Made{Statement: &reconcile.Statement{}, Inputs: reconcile.Inputs{Submissions: c.submissions, Rulings: c.rulings}}
		for _, s := range c.submissions {
			for _, e := range s.Entries {
				if e.Held {
					m.Statement.Control.SetAside = append(m.Statement.Control.SetAside, reconcile.Aside{
						SHA256: s.SHA256, Agency: s.Agency, Activity: e.Activity, Place: e.Place, Reason: reconcile.HeldRow,
					})
				}
			}
		}
		var got []string
		for _, g := range p.Gaps(m) {
			got = append(got, g.ID)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: gaps (-want +got):\n%s", c.name, diff)
		}
	}
}
