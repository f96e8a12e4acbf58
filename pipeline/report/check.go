package report

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
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
	var all []error
	texts := func(data any, texts ...text) {
		for _, t := range texts {
			all = append(all, t.check(reflect.TypeOf(data)))
		}
	}
	head := o.Letterhead
	texts(facts{},
		head.Parent, head.Issuer, head.Symbol, head.Nation, head.Motto, head.Place,
		o.Kind, o.Subject, o.Addressee, o.Author, o.DraftMark, o.Footer, o.PlanTable.Title, o.PlanTable.Reference,
	)
	for _, t := range []plainTable{o.AgenciesTable, o.FindingsTable, o.SourcesTable, o.ControlTable.Table} {
		texts(facts{}, t.Title, t.Reference, t.Intro, t.None)
	}
	for _, b := range o.Body {
		texts(facts{}, b.Heading, b.Paragraph, b.Item)
	}
	for _, t := range o.Periods {
		texts(facts{}, t)
	}
	texts(fieldFacts{}, o.Field)
	texts(reconcile.Collective{}, o.Together.Done, o.Together.Answered)
	texts(reconcile.Sum{}, o.Together.Sum)
	texts(said{}, o.Said)
	texts("", o.Together.Missing, o.PlanTable.Words, o.ControlTable.Aside)
	texts(0, o.Together.More)

	all = append(all,
		named("progress", o.Progress, "", form.Done, form.InProgress, form.NotStarted, form.Paused, form.Nil),
		named("timing", o.Timing, "", reconcile.Early, reconcile.OnTime, reconcile.Late, reconcile.Running,
			reconcile.Overdue, reconcile.NotBegun, reconcile.NoLimit),
		named("state", o.State, reconcile.StateAccepted, reconcile.StateNothing, reconcile.StateHeld,
			reconcile.StateRejected, reconcile.StateMissing),
		named("role", o.Role, reconcile.Lead, reconcile.Member, reconcile.Partner),
		named("periods", o.Periods, plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year),
		named("reason", o.Reason, form.Heading, form.Total, form.Remark, form.Unknown, form.Duplicate, form.Unfilled, form.Hidden,
			reconcile.Superseded, reconcile.NotExpected, reconcile.Beside, reconcile.HeldRow,
			reconcile.HeldDocument, reconcile.Rejected),
	)
	all = append(all,
		named("level", o.Level, finding.Error, finding.Warning, finding.Note),
		named("figure", o.Figure, "status", "percent", "spent", "spent_total", "text", "difficulty", "proposal", "evidence"),
		keyed("plan_table", o.PlanTable.Results, "text", "progress", "percent", "spent", "used", "timing", "difficulty", "agency"),
		keyed("agencies_table", o.AgenciesTable.Columns, "number", "agency", "state", "received", "late", "reported", "expected"),
		keyed("findings_table", o.FindingsTable.Columns, "number", "level", "activity", "agency", "file", "message"),
		keyed("sources_table", o.SourcesTable.Columns, "activity", "agency", "role", "what", "value", "file", "sheet", "cell", "hash"),
		keyed("control_table", o.ControlTable.Table.Columns, "what", "rows", "spent", "spent_total"),
	)
	for key := range o.PlanTable.Columns {
		all = append(all, keyed("plan_table", []outlineColumn{{Key: key}},
			"code", "name", "indicator", "evidence", "budget", "responsibility", "start", "end", "note"))
	}
	return errors.Join(all...)
}

// keyed reports a column that the table cannot fill.
func keyed(table string, columns []outlineColumn, known ...string) error {
	for _, c := range columns {
		if !slices.Contains(known, c.Key) {
			return fmt.Errorf("%s: unknown column %q, known are %s", table, c.Key, strings.Join(known, " "))
		}
	}
	return nil
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
