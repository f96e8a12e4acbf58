package pipeline

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// yearRow is one row of a table, by the names of its columns.
type yearRow map[string]string

func readTable(t *testing.T, name string) []yearRow {
	t.Helper()
	f, err := os.Open(path.Join(yearFolder, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var rows []yearRow
	for _, cells := range all[1:] {
		row := yearRow{}
		for i, name := range all[0] {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func (r yearRow) period(t *testing.T) plan.Period {
	t.Helper()
	p, err := plan.ParsePeriod(r["period"])
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (r yearRow) day(t *testing.T, column string) agency.Day {
	t.Helper()
	d, err := agency.ParseDay(r[column])
	if err != nil {
		t.Fatalf("%s: %v", column, err)
	}
	return d
}

func (r yearRow) int(t *testing.T, column string) int {
	t.Helper()
	n, err := strconv.Atoi(r[column])
	if err != nil {
		t.Fatalf("%s: %v", column, err)
	}
	return n
}

// compareYear holds a statement against the tables of its period and revision,
// which are named as the test is.
func compareYear(t *testing.T, s *reconcile.Statement) {
	name := t.Name()[strings.LastIndex(t.Name(), "/")+1:]
	compareTable(t, "expected-"+name, yearLines(s), "code")
	compareTable(t, "fields-"+name, yearSums(append(append([]reconcile.Sum{}, s.Fields...), s.Total)), "code")
	compareTable(t, "results-"+name, yearSums(s.Results), "code")
	compareTable(t, "leads-"+name, yearLeads(s), "code")
	compareTable(t, "agencies-"+name, yearAgencies(s), "agency")
	compareTable(t, "ranks-"+name, yearRanks(s), "agency")
	compareTable(t, "control-"+name, yearControl(s), "what")
	compareTable(t, "carried-"+name, yearCarried(s), "agency")
	compareFindings(t, "findings-"+name, s)
	if err := s.Control.Check(); err != nil {
		t.Error(err)
	}
}

// compareTable names each cell that differs.
func compareTable(t *testing.T, name string, got []yearRow, key string) {
	t.Helper()
	want := readTable(t, name+".csv")
	if len(got) != len(want) {
		t.Errorf("%s: %d rows, want %d", name, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if diff := cmp.Diff(want[i], got[i]); diff != "" {
			t.Errorf("%s, row %d, %s (-want +got):\n%s", name, i+1, want[i][key], diff)
		}
	}
}

func yearLines(s *reconcile.Statement) []yearRow {
	var rows []yearRow
	for _, l := range s.Lines {
		row := yearRow{
			"code": string(l.Activity.Code), "progress": string(l.Progress), "timing": string(l.Timing), "met": string(l.Met), "percent": "",
			"spent": money(l.Spent), "total": money(l.SpentTotal), "used": money(l.Used), "budget": money(l.Activity.Budget),
			"done": "", "answered": "", "expected": "", "target": "",
		}
		if l.Target != nil {
			row["target"] = l.Target.Percent.String()
		}
		if l.Percent != nil {
			row["percent"] = l.Percent.String()
		}
		if c := l.Collective; c != nil {
			row["done"], row["answered"], row["expected"] = strconv.Itoa(c.Done), strconv.Itoa(c.Answered), strconv.Itoa(c.Expected)
		}
		rows = append(rows, row)
	}
	return rows
}

func yearSum(code string, s reconcile.Sum) yearRow {
	if code == "" {
		code = "total"
	}
	n := strconv.Itoa
	return yearRow{
		"code": code, "activities": n(s.Activities), "done": n(s.Done), "in_progress": n(s.InProgress), "not_started": n(s.NotStarted),
		"paused": n(s.Paused), "not_reported": n(s.NotReported), "overdue": n(s.Overdue), "budget": money(s.Budget),
		"spent": money(s.Spent), "spent_total": money(s.SpentTotal), "used": money(s.Used), "used_planned": money(s.UsedPlanned),
	}
}

func yearSums(sums []reconcile.Sum) []yearRow {
	var rows []yearRow
	for _, s := range sums {
		rows = append(rows, yearSum(string(s.Code), s))
	}
	return rows
}

func yearLeads(s *reconcile.Statement) []yearRow {
	var rows []yearRow
	for _, l := range s.Leads {
		rows = append(rows, yearSum(string(l.Agency), l.Sum))
	}
	return rows
}

func yearAgencies(s *reconcile.Statement) []yearRow {
	var rows []yearRow
	for _, a := range s.Agencies {
		rows = append(rows, yearRow{
			"agency": string(a.Agency), "state": string(a.State), "late": yesNo(a.Late), "days_late": strconv.Itoa(a.DaysLate),
			"version": strconv.Itoa(a.Version), "expected": strconv.Itoa(a.ActivitiesExpected),
			"reported": strconv.Itoa(a.ActivitiesReported), "due": a.Due.String(),
		})
	}
	return rows
}

func yearRanks(s *reconcile.Statement) []yearRow {
	points := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	var rows []yearRow
	for _, r := range s.Rankings {
		rows = append(rows, yearRow{
			"agency": string(r.Agency), "timeliness": points(r.Timeliness), "completeness": points(r.Completeness),
			"completion": points(r.Completion), "points": points(r.Points), "grade": r.Grade, "place": strconv.Itoa(r.Place),
		})
	}
	return rows
}

func yearControl(s *reconcile.Statement) []yearRow {
	rows := []yearRow{}
	say := func(what string, value any) { rows = append(rows, yearRow{"what": what, "value": fmt.Sprint(value)}) }
	say("documents", s.Control.Documents)
	say("rows_read", s.Control.RowsRead)
	say("rows_used", s.Control.RowsUsed)
	reasons := map[string]int{}
	for _, a := range s.Control.SetAside {
		reasons["aside:"+string(a.Reason)]++
	}
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		say(reason, reasons[reason])
	}
	for _, column := range []struct {
		name string
		reconcile.Balance
	}{{"spent", s.Control.Spent}, {"total", s.Control.SpentTotal}} {
		say(column.name+"_in", money(&column.In))
		say(column.name+"_corrected", money(&column.Corrected))
		say(column.name+"_aside", money(&column.SetAside))
		say(column.name+"_used", money(&column.Used))
	}
	carried := 0
	for _, c := range s.Compared {
		carried += c.Carried
	}
	say("carried", carried)
	say("corrected", len(s.Corrected))
	say("expected", s.Reporting.Expected)
	say("received", s.Reporting.Received)
	say("late", s.Reporting.Late)
	say("missing", s.Reporting.Missing)
	return rows
}

func yearCarried(s *reconcile.Statement) []yearRow {
	var rows []yearRow
	for _, l := range s.Lines {
		for _, a := range l.Answers {
			if a.Carried != nil {
				rows = append(rows, yearRow{"agency": string(a.Agency), "activity": string(l.Activity.Code), "used": money(a.Used), "period": a.Carried.String()})
			}
		}
	}
	return rows
}

// told are the findings of a statement by code, agency and activity, each also
// without its agency.
func told(s *reconcile.Statement) map[[3]string]bool {
	all := map[[3]string]bool{}
	for _, n := range s.Findings {
		all[keyOf(n)] = true
		all[[3]string{n.Code, "", string(activityOf(n.Finding))}] = true
	}
	return all
}

func compareFindings(t *testing.T, name string, s *reconcile.Statement) {
	t.Helper()
	found, silenced := told(s), map[[3]string]bool{}
	for _, w := range s.Waived {
		silenced[keyOf(w.Noted)] = true
	}
	for _, row := range readTable(t, name+".csv") {
		key := [3]string{row["code"], row["agency"], row["activity"]}
		switch got := found[key]; row["want"] {
		case "must":
			if !got {
				t.Errorf("%s: no finding %v", name, key)
			}
		case "must-not":
			if got {
				t.Errorf("%s: finding %v, want none", name, key)
			}
		case "waived":
			if !silenced[key] {
				t.Errorf("%s: finding %v is not among the silenced", name, key)
			}
		}
	}
}

func keyOf(n reconcile.Noted) [3]string {
	return [3]string{n.Code, string(n.Agency), string(activityOf(n.Finding))}
}

func activityOf(f finding.Finding) plan.Code { return plan.Code(f.Activity) }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
