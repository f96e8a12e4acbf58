package pipeline

import (
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Gap is what keeps a period from being issued until it is filled, or waived by
// a person with a reason.
type Gap struct {
	ID       string     `json:"id"` // what waive takes: "cujut", "3f2a91c0", "3f2a91c0:18", "1.1.1/spent-over-budget"
	Kind     GapKind    `json:"kind"`
	Agency   *agency.ID `json:"agency"`
	Activity plan.Code  `json:"activity,omitempty"`
	File     string     `json:"file,omitempty"`
	Message  string     `json:"message"`
	Waived   string     `json:"waived,omitempty"` // the ruling's ID

	ruling reconcile.Ruling // that would waive it, without period, reason and name
}

// GapKind is what is missing.
type GapKind string

// The kinds of gaps.
const (
	GapMissing  GapKind = "missing"  // an agency sent nothing
	GapRejected GapKind = "rejected" // what an agency sent must be mended by it
	GapHeld     GapKind = "held"     // a document or a row waits for a clerk
	GapFault    GapKind = "error"    // a finding of level error stands
)

// Gaps are what the period lacks to be issued, also what was waived.
func (p *Pipeline) Gaps(made *Made) []Gap {
	g := gaps{Pipeline: p, made: made, seen: map[string]bool{}}
	g.agencies()
	g.documents()
	g.rows()
	g.faults()
	return g.all
}

type gaps struct {
	*Pipeline
	made *Made
	seen map[string]bool
	all  []Gap
}

func (g *gaps) add(gap Gap) {
	if g.seen[gap.ID] {
		return
	}
	g.seen[gap.ID] = true
	gap.ruling.Kind = reconcile.WaiveGap
	for _, r := range g.made.Inputs.Rulings {
		if r.Kind == reconcile.WaiveGap && waives(r, gap.ruling) {
			gap.Waived = r.ID
		}
	}
	gap.Agency = idView(gap.ruling.Agency)
	g.all = append(g.all, gap)
}

// waives reports whether a ruling covers the gap that the other one names: the
// waiver of a document covers its rows and faults.
func waives(r, gap reconcile.Ruling) bool {
	switch {
	case r.SHA256 != "":
		return r.SHA256 == gap.SHA256 && (r.Row == 0 || r.Sheet == gap.Sheet && r.Row == gap.Row) && (r.Rule == "" || r.Rule == gap.Rule)
	case r.Activity != "":
		return r.Activity == gap.Activity && r.Rule == gap.Rule
	default:
		return r.Agency == gap.Agency && gap.SHA256 == "" && gap.Activity == ""
	}
}

// agencies that have sent nothing that counts.
func (g *gaps) agencies() {
	for _, a := range g.made.Statement.Agencies {
		kind, said := GapMissing, finding.Finding{Code: "gap-missing"}
		switch a.State {
		case reconcile.StateMissing, reconcile.StateWaived:
		case reconcile.StateRejected:
			kind, said = GapRejected, finding.Finding{Code: "gap-rejected"}
		default:
			continue
		}
		said.Got = g.made.Inputs.Directory.Name(a.Agency, g.made.Statement.Term.Closes)
		g.add(Gap{
			ID: string(a.Agency), Kind: kind, ruling: reconcile.Ruling{Agency: a.Agency},
			Message: g.Say(said),
		})
	}
}

// documents that wait, unless their agency has sent valid ones since that speak
// of the same.
func (g *gaps) documents() {
	for _, s := range g.made.Inputs.Submissions {
		if s.Outcome != form.Review || g.decided(s.SHA256, "", 0) || g.replaced(s) {
			continue
		}
		g.add(Gap{
			ID: g.made.documentID(s.SHA256), Kind: GapHeld, File: s.File,
			ruling:  reconcile.Ruling{SHA256: s.SHA256, Agency: s.Agency},
			Message: g.Say(finding.Finding{Code: "gap-held", Place: finding.Place{File: s.File}}),
		})
	}
}

// decided reports whether a clerk released or set aside a document or a row.
func (g *gaps) decided(sha, sheet string, row int) bool {
	return slices.ContainsFunc(g.made.Inputs.Rulings, func(r reconcile.Ruling) bool {
		return (r.Kind == reconcile.Release || r.Kind == reconcile.SetAside) &&
			r.SHA256 == sha && (r.Row == 0 || r.Sheet == sheet && r.Row == row)
	})
}

// counts reports whether a document's rows may enter the lines: it is valid, or
// a clerk released it, and no clerk left it out.
func (g *gaps) counts(s form.Submission) bool {
	outcome := s.Outcome
	for _, r := range g.made.Inputs.Rulings { // the last one holds
		switch {
		case r.SHA256 != s.SHA256 || r.Row != 0:
		case r.Kind == reconcile.Release && s.Outcome == form.Review:
			outcome = form.Accept
		case r.Kind == reconcile.SetAside:
			outcome = form.Ignore
		}
	}
	return outcome == form.Accept
}

// replaced reports whether the document's agency has sent newer ones that count
// and that speak of all that it speaks of. A supplement about one activity leaves
// the others as they are.
func (g *gaps) replaced(s form.Submission) bool {
	newer := g.newer(s)
	for _, e := range s.Entries {
		if !speaks(newer, e.Activity) {
			return false
		}
	}
	return len(newer) > 0
}

// overtaken reports whether newer documents speak of what a row of s is about;
// empty: it is not certain what.
func (g *gaps) overtaken(s form.Submission, activity plan.Code) bool {
	return g.replaced(s) || activity != "" && speaks(g.newer(s), activity)
}

// newer are the documents of the same agency that count and that came later.
func (g *gaps) newer(s form.Submission) []form.Submission {
	var all []form.Submission
	for _, other := range g.made.Inputs.Submissions {
		if s.Agency != "" && other.Agency == s.Agency && other.Arrived.After(s.Arrived) && g.counts(other) {
			all = append(all, other)
		}
	}
	return all
}

// speaks reports whether one of the documents has a usable row on the activity.
func speaks(all []form.Submission, activity plan.Code) bool {
	return slices.ContainsFunc(all, func(s form.Submission) bool {
		return slices.ContainsFunc(s.Entries, func(e form.Entry) bool { return e.Activity == activity && !e.Held })
	})
}

// waiting are the reasons for which a row is set aside until a person decides.
var waiting = []form.Reason{reconcile.HeldRow, reconcile.HeldByRule, form.Unknown}

// rows that wait in documents that count.
func (g *gaps) rows() {
	for _, a := range g.made.Statement.Control.SetAside {
		s, ok := g.made.submission(a.SHA256)
		if !ok || !g.counts(s) || !slices.Contains(waiting, a.Reason) || g.overtaken(s, a.Activity) {
			continue
		}
		g.add(Gap{
			ID: g.made.rowID(a.SHA256, a.Place), Kind: GapHeld, Activity: a.Activity, File: s.File,
			ruling:  reconcile.Ruling{SHA256: a.SHA256, Sheet: a.Place.Sheet, Row: a.Place.Row, Agency: a.Agency},
			Message: g.Say(finding.Finding{Code: "gap-held-row", Place: a.Place, Activity: string(a.Activity)}),
		})
	}
}

// faults are findings of level error that none of the above stands for.
func (g *gaps) faults() {
	for _, f := range g.made.Statement.Findings {
		if f.Level != finding.Error {
			continue
		}
		gap := Gap{Kind: GapFault, Activity: plan.Code(f.Activity), File: f.Place.File, Message: g.Say(f.Finding)}
		switch s, ok := g.made.submission(f.SHA256); {
		case ok && (!g.counts(s) || g.overtaken(s, plan.Code(f.Activity))):
			continue // the document is a gap itself, its agency is, or it counts no more
		case ok && g.seen[g.made.rowID(f.SHA256, f.Place)]:
			continue // the row is
		case ok:
			gap.ID = fmt.Sprintf("%s/%s", g.made.rowID(f.SHA256, f.Place), f.Code)
			gap.ruling = reconcile.Ruling{SHA256: f.SHA256, Sheet: f.Place.Sheet, Row: f.Place.Row, Rule: f.Code, Agency: f.Agency}
		default:
			gap.ID = fmt.Sprintf("%s/%s", f.Activity, f.Code)
			gap.ruling = reconcile.Ruling{Activity: plan.Code(f.Activity), Rule: f.Code}
		}
		g.add(gap)
	}
}
