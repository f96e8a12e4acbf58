package pipeline

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/store"
	"baocao/templates"
)

// year is the folder being played.
type year struct {
	p              *Pipeline
	now            time.Time
	inbox          string
	rulings, steps []yearRow
	ids            map[string]string // of the rulings that were kept, by number
}

func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{
		inbox: t.TempDir(), ids: map[string]string{},
		rulings: readTable(t, "rulings.csv"), steps: readTable(t, "issues.csv"),
	}
	out := t.TempDir()
	s, err := store.Open(t.Context(), out, "year")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	y.p = &Pipeline{
		Inbox: os.DirFS(y.inbox), Templates: Overlay{os.DirFS(filepath.Join(yearFolder, "templates")), templates.FS},
		Out: out, Store: s, Collector: collect.Reader{AuthservID: "mx.daknong.example"},
		Version: "test", Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return y.now },
	}
	if err := y.p.Open(); err != nil {
		t.Fatal(err)
	}
	return y
}

// days are those on which something happens.
func (y *year) days(t *testing.T) []string {
	t.Helper()
	arrivals, err := os.ReadDir(filepath.Join(yearFolder, "inbox"))
	if err != nil {
		t.Fatal(err)
	}
	var days []string
	for _, folder := range arrivals {
		days = append(days, folder.Name())
	}
	for _, row := range slices.Concat(y.rulings, y.steps) {
		days = append(days, row["day"])
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// begin makes it four in the afternoon of a day on which its documents have come.
func (y *year) begin(t *testing.T, day string) {
	t.Helper()
	d := yearRow{"day": day}.day(t, "day")
	y.now = d.End().Add(-8 * time.Hour)
	if folder := filepath.Join(yearFolder, "inbox", day); exists(folder) {
		if err := os.CopyFS(filepath.Join(y.inbox, day), os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
	}
	y.collect(t)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func (y *year) collect(t *testing.T) {
	t.Helper()
	if _, err := y.p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (y *year) clerk() store.Actor {
	return store.Actor{Name: "Cán bộ tổng hợp", Via: "cli", At: y.now}
}

// decide does what a row of the table of rulings says.
func (y *year) decide(t *testing.T, row yearRow) {
	t.Helper()
	ctx, who, reason := t.Context(), y.clerk(), row["reason"]
	on := func(d Decision) ([]reconcile.Ruling, error) {
		d.Reason = reason
		return y.p.Decide(ctx, y.item(t, row), d, who)
	}
	var kept []reconcile.Ruling
	var err error
	switch reconcile.RulingKind(row["kind"]) {
	case reconcile.Release:
		kept, err = on(Decision{Release: true})
	case reconcile.SetAside:
		kept, err = on(Decision{SetAside: true})
	case reconcile.Assign:
		kept, err = on(Decision{Assign: &Assignment{Activity: plan.Code(row["activity"])}})
	case reconcile.Correct:
		kept, err = on(Decision{Correct: &Correction{Figure: reconcile.Figure(row["figure"]), Value: row["value"], Source: row["source"]}})
		if err == nil && kept[0].Before != row["before"] {
			t.Errorf("ruling %s corrects %q, want %q", row["number"], kept[0].Before, row["before"])
		}
	case reconcile.WaiveGap:
		kept, err = y.p.Waive(ctx, row.period(t), []string{row["agency"]}, reason, who)
	case reconcile.WaiveRule:
		_, err = y.p.WaiveRule(ctx, reconcile.Ruling{
			Period: row.period(t), Agency: agency.ID(row["agency"]), Activity: plan.Code(row["activity"]),
			Rule: row["rule"], Until: row.day(t, "until"), Reason: reason,
		}, who)
	case reconcile.Extend:
		_, err = y.p.Extend(ctx, row.period(t), agency.ID(row["agency"]), row.day(t, "until"), reason, who)
	case "undo":
		_, err = y.p.Undo(ctx, y.ids[row["undoes"]], reason, who)
	default:
		t.Fatalf("ruling %s: kind %q", row["number"], row["kind"])
	}
	if err != nil {
		t.Fatalf("ruling %s, %s: %v", row["number"], row["kind"], err)
	}
	if len(kept) > 0 {
		y.ids[row["number"]] = kept[0].ID
	}
	y.collect(t)
}

// item is how a clerk names the document of a row of the table, or a row of it.
func (y *year) item(t *testing.T, row yearRow) string {
	t.Helper()
	all, err := y.p.Store.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(o store.Original) bool { return o.Arrival.Name == row["document"] })
	if i < 0 {
		t.Fatalf("ruling %s: no document %q has come", row["number"], row["document"])
	}
	return strings.TrimSuffix(all[i].SHA256[:8]+":"+row["row"], ":")
}

func (y *year) importPlan(t *testing.T, step yearRow) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(yearFolder, step["reason"]))
	if err != nil {
		t.Fatal(err)
	}
	made, err := y.p.ImportPlan(t.Context(), step["reason"], data, PlanImport{Effective: step.day(t, "day"), Replace: true, By: y.clerk()})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := made.Version.Version, step.int(t, "revision"); got != want {
		t.Fatalf("%s became version %d, want %d: %v", step["reason"], got, want, made.Findings)
	}
}

// issue issues a period, in which no gap is left that nobody waived.
func (y *year) issue(t *testing.T, step yearRow) (*store.Issue, []File) {
	t.Helper()
	gaps, err := y.p.IssueGaps(t.Context(), step.period(t), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range gaps {
		if g.Waived == "" {
			t.Errorf("issue %s: gap %s: %s", step["period"], g.ID, g.Message)
		}
	}
	issued, files, err := y.p.Issue(t.Context(), step.period(t), time.Time{}, y.clerk())
	if err != nil {
		t.Fatal(err)
	}
	version := 1
	if step["day"] > "2018-07-01" {
		version = 2
	}
	if issued.Revision != step.int(t, "revision") || issued.PlanVersion.Version != version || agency.DayOf(issued.AsOf) != step.day(t, "as_of") {
		t.Errorf("%s: revision %d under plan %d as of %s, want %s, %d, %s", step["period"], issued.Revision,
			issued.PlanVersion.Version, agency.DayOf(issued.AsOf), step["revision"], version, step["as_of"])
	}
	until := agency.DayOf(y.now)
	if _, err := y.p.Extend(t.Context(), step.period(t), "snv", until, "Quá muộn", y.clerk()); !errors.Is(err, store.ErrClosed) {
		t.Errorf("a ruling on %s after its issue: %v, want %v", step["period"], err, store.ErrClosed)
	}
	return issued, files
}

// money is an amount as the tables write it; empty where none is said.
func money(d *plan.Dong) string {
	if d == nil {
		return ""
	}
	return decimal.New(int64(*d), -6).String()
}
