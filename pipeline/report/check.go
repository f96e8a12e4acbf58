package report

import (
	"errors"
	"fmt"
	"reflect"
	"text/template/parse"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Check holds every text of the outline against the names that it may use, and
// the lists of names against the values that must have one, so that a slip in
// an office's own outline is told at the start and not on the day of a report.
func (o *Outline) Check() error {
	all := append(o.checkTexts(), o.checkNames()...)
	return errors.Join(append(all, o.checkColumns()...)...)
}

// checkTexts holds every text against the names that it may use.
func (o *Outline) checkTexts() []error {
	var all []error
	texts := func(data any, texts ...text) {
		for _, t := range texts {
			all = append(all, t.check(reflect.TypeOf(data)))
		}
	}
	all = append(all, o.Profile.check(), checkBody(o.Body), checkBody(o.Own.Body), o.Field.check())
	texts(facts{}, o.Kind, o.Subject, o.Own.Subject, o.Own.Addressee, o.DraftMark, o.Issued, o.Footer, o.PlanTable.Title, o.PlanTable.Reference)
	for _, t := range o.plainTables() {
		texts(facts{}, t.Title, t.Reference, t.Intro, t.None)
	}
	for _, t := range o.Periods {
		texts(facts{}, t)
	}
	texts(momentFacts{}, o.Moment)
	texts(targetFacts{}, o.PlanTable.Target)
	texts(standingFacts{}, o.PlanTable.Standing)
	texts(activityFacts{}, o.DifficultiesTable.Activity)
	texts(comparedFacts{}, o.Comparison, o.StatisticsTable.Comparison.Intro, o.StatisticsTable.Comparison.None, o.ManifestTable.Compared)
	texts(rankingFacts{}, o.AgenciesTable.Ranking.Intro, o.AgenciesTable.Ranking.None)
	texts(reconcile.Grade{}, o.AgenciesTable.Grade)
	texts(reconcile.Collective{}, o.Together.Done, o.Together.Answered)
	texts(reconcile.Sum{}, o.Together.Sum)
	texts(said{}, o.Said)
	texts("", o.Together.Missing, o.PlanTable.Words, o.ControlTable.Aside)
	texts(0, o.Together.More, o.Notes.Changes.More, o.Notes.Unprintable.More, o.Notes.Unprintable.Others)

	n, s, m := o.Notes, o.SourcesTable, o.ManifestTable
	texts(facts{}, n.Title, n.Reference, n.Plan, n.Rule, n.NothingCarried, n.Persons, n.Reason, m.Version)
	texts(unprintablePlace{}, n.Unprintable.At)
	for _, t := range []innerTable{n.Rulings, n.Waived, n.Changes.Table, n.Unprintable.Table, o.ControlTable.ByDocument} {
		texts(facts{}, t.Intro, t.None)
	}
	texts(carriedFacts{}, n.Carried, o.PlanTable.Carried)
	texts(addedFacts{}, n.Changes.AddedText)
	texts(rulingFacts{}, n.Ground, n.Signed, s.Corrected)
	for _, kind := range o.RulingKind {
		texts(rulingFacts{}, kind.Text)
	}
	texts(reconcile.Source{}, n.Place)
	texts(usedFacts{}, s.Told, s.Term, s.Added, s.Carried)
	texts(documentFacts{}, m.Document)
	texts(auditFacts{}, o.AuditTable.Title, o.AuditTable.Footer, o.AuditTable.Table.Intro, o.AuditTable.Table.None)
	return append(append(all, o.FiguresTable.check()), o.Charts.check()...)
}

// plainTables are the annexes with one table.
func (o *Outline) plainTables() []plainTable {
	return []plainTable{
		o.StatisticsTable.Table, o.AgenciesTable.Table, o.DifficultiesTable.Table, o.FindingsTable, o.FiguresTable.Table, o.ActivitiesTable, o.ResultsTable, o.LeadsTable,
		o.SourcesTable.Table, o.ControlTable.Table, o.RulingsTable, o.ChangesTable, o.ManifestTable.Table,
	}
}

// checkNames holds the lists of names against the values that must have one.
func (o *Outline) checkNames() []error {
	all := []error{
		named("progress", o.Progress, "", form.Done, form.InProgress, form.NotStarted, form.Paused, form.Nil),
		named("timing", o.Timing, "", reconcile.Early, reconcile.OnTime, reconcile.Late, reconcile.Running,
			reconcile.Overdue, reconcile.NotBegun, reconcile.NoLimit),
		named("state", o.State, reconcile.StateAccepted, reconcile.StateNothing, reconcile.StateHeld,
			reconcile.StateRejected, reconcile.StateMissing, reconcile.StateWaived),
		named("role", o.Role, reconcile.Lead, reconcile.Member, reconcile.Partner),
		named("periods", o.Periods, plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year),
		named("reason", o.Reason, form.Heading, form.Total, form.Remark, form.Unknown, form.Duplicate, form.Unfilled, form.Hidden,
			reconcile.Superseded, reconcile.NotExpected, reconcile.Beside, reconcile.HeldRow,
			reconcile.HeldDocument, reconcile.Rejected, reconcile.Ruled, reconcile.HeldByRule),
		named("level", o.Level, finding.Error, finding.Warning, finding.Note),
		named("figure", o.Figure, "status", "percent", "spent", "spent_total", "used", "text", "difficulty", "proposal", "evidence", "done_on"),
		named("differs", o.Differs, reconcile.CompareProgress, reconcile.CompareTiming, reconcile.ComparePercent,
			reconcile.CompareSpent, reconcile.CompareUsed, reconcile.CompareBudget, reconcile.CompareCollective,
			reconcile.CompareDone, reconcile.CompareText, reconcile.CompareState, reconcile.CompareActivity),
		named("ruling_kind", o.RulingKind, rulingKinds...),
		named("manifest_table: outcome", o.ManifestTable.Outcome, form.Accept, form.Review, form.Reject, form.Ignore),
	}
	for _, r := range reconcile.DefaultRules() {
		all = append(all, named("rules", o.Rules, r.Code))
	}
	return all
}

// said are the names that the text for agencies' own words may use.
type said struct{ Names, Text string }

// named reports a value that the outline has no name for.
func named[K ~string, V any](list string, names map[K]V, values ...K) error {
	for _, v := range values {
		if _, ok := names[v]; !ok {
			return fmt.Errorf("%s: no name for %q", list, v)
		}
	}
	return nil
}

// check walks through all branches of the text, also those that a given report
// would not take. Of what templates can do, texts have names, functions and if.
func (t text) check(data reflect.Type) error {
	if t.tmpl == nil || t.tmpl.Tree == nil {
		return nil
	}
	var unknown string
	var walk func(n parse.Node)
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, child := range n.Nodes {
					walk(child)
				}
			}
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				walk(c)
			}
		case *parse.CommandNode:
			for _, arg := range n.Args {
				walk(arg)
			}
		case *parse.IfNode:
			walk(n.Pipe)
			walk(n.List)
			walk(n.ElseList)
		case *parse.RangeNode, *parse.WithNode, *parse.TemplateNode:
			unknown = n.String() // they change what a name means
		case *parse.FieldNode:
			if !has(data, n.Ident) {
				unknown = n.String()
			}
		}
	}
	walk(t.tmpl.Root)
	if unknown != "" {
		return fmt.Errorf("text %q: unknown name %s", t.source, unknown)
	}
	return nil
}

// has reports whether the path of names leads to a field or method of data.
func has(data reflect.Type, path []string) bool {
	for _, name := range path {
		if data.Kind() == reflect.Struct {
			if f, ok := data.FieldByName(name); ok {
				data = f.Type
				continue
			}
		}
		m, ok := data.MethodByName(name)
		if !ok {
			return false
		}
		data = m.Type.Out(0)
	}
	return true
}
