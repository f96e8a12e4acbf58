package report

import (
	"fmt"
	"slices"
	"strings"
)

// checkColumns holds the columns of each table against those that it can fill.
func (o *Outline) checkColumns() []error {
	sums := []string{"activities", "done", "in_progress", "not_started", "paused", "not_reported", "overdue", "budget", "spent", "used"}
	with := func(more ...string) []string { return append(more, sums...) }
	compared := []string{"code", "name"}
	for _, key := range sums {
		compared = append(compared, key+"_then", key+"_now")
	}
	rulings := []string{
		"number", "ruling", "kind", "what", "agency", "activity", "before", "after", "source", "reason", "ground",
		"by", "at", "signed", "file", "hash",
	}
	changes := []string{"number", "activity", "agency", "what", "old", "new", "old_source", "source"}
	all := []error{
		keyed("plan_table", o.PlanTable.Results, "text", "standing", "progress", "percent", "spent", "used", "timing", "target", "difficulty", "agency"),
		keyed("statistics_table", o.StatisticsTable.Table.Columns, with("code", "name")...),
		keyed("statistics_table: comparison", o.StatisticsTable.Comparison.Columns, compared...),
		keyed("agencies_table", o.AgenciesTable.Table.Columns, "number", "agency", "state", "due", "received", "late", "reported", "expected"),
		keyed("agencies_table: ranking", o.AgenciesTable.Ranking.Columns, "place", "agency", "timeliness", "completeness", "completion", "points", "grade"),
		keyed("findings_table", o.FindingsTable.Columns, "number", "level", "activity", "agency", "file", "message"),
		keyed("notes: rulings", o.Notes.Rulings.Columns, rulings...),
		keyed("notes: waived", o.Notes.Waived.Columns, "number", "activity", "agency", "message", "ruling", "reason", "by"),
		keyed("notes: changes", o.Notes.Changes.Table.Columns, changes...),
		keyed("results_table", o.ResultsTable.Columns, with("code", "name")...),
		keyed("leads_table", o.LeadsTable.Columns, with("number", "name")...),
		keyed("rulings_table", o.RulingsTable.Columns, rulings...),
		keyed("changes_table", o.ChangesTable.Columns, changes...),
		keyed("sources_table", o.SourcesTable.Table.Columns, "activity", "agency", "role", "what", "value", "file", "sheet", "cell", "note", "hash"),
		keyed("control_table", o.ControlTable.Table.Columns, "what", "rows", "spent", "spent_total"),
		keyed("control_table: by_document", o.ControlTable.ByDocument.Columns, "file", "agency", "read", "used", "aside", "reasons", "hash"),
		keyed("manifest_table", o.ManifestTable.Table.Columns, "what", "value", "at", "hash"),
		keyed("audit_table", o.AuditTable.Table.Columns, "number", "at", "who", "via", "action", "subject", "before", "after", "reason", "hash"),
	}
	all = append(all, o.checkLater()...)
	for key := range o.PlanTable.Columns {
		all = append(all, keyed("plan_table", []outlineColumn{{Key: key}},
			"code", "name", "indicator", "evidence", "budget", "responsibility", "start", "end", "note"))
	}
	return all
}

// checkLater holds the columns of tables that the first outlines did not have: what
// was issued before there were any is verified with its own outline.
func (o *Outline) checkLater() []error {
	var all []error
	for _, t := range []struct {
		name    string
		columns []outlineColumn
		known   []string
	}{
		{"difficulties_table", o.DifficultiesTable.Table.Columns, []string{"number", "activity", "agency", "difficulty", "proposal"}},
		{"figures_table", o.FiguresTable.Table.Columns, []string{"number", "what", "unit", "value", "note"}},
		{"activities_table", o.ActivitiesTable.Columns, []string{
			"field", "result", "code", "name", "leads", "start", "end", "budget",
			"progress", "percent", "spent", "used", "timing", "target", "done", "answered", "expected",
		}},
		{"notes: unprintable", o.Notes.Unprintable.Table.Columns, []string{"number", "character", "code", "printed", "times", "places"}},
	} {
		if len(t.columns) > 0 {
			all = append(all, keyed(t.name, t.columns, t.known...))
		}
	}
	return all
}

// keyed reports a table without columns, or a column that the table cannot fill.
func keyed(table string, columns []outlineColumn, known ...string) error {
	if len(columns) == 0 {
		return fmt.Errorf("%s: no columns", table)
	}
	for _, c := range columns {
		if !slices.Contains(known, c.Key) {
			return fmt.Errorf("%s: unknown column %q, known are %s", table, c.Key, strings.Join(known, " "))
		}
	}
	return nil
}
