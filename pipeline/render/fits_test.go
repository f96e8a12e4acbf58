package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/report"
)

// A table that was set before is set as a new one, and whatever changes how one is
// set makes it another.
func TestTablesAreRememberedByWhatIsInThem(t *testing.T) {
	r := renderer(t, "TT01-2011")
	for name, change := range map[string]func(t *report.Table){
		"nothing": func(*report.Table) {},
		"text":    func(t *report.Table) { t.Rows[1].Cells[1].Text += " x" },
		"moved":   func(t *report.Table) { c := t.Rows[2].Cells; c[1].Text, c[2].Text = c[2].Text, c[1].Text },
		"kind":    func(t *report.Table) { t.Rows[2].Kind = report.Totals },
		"span":    func(t *report.Table) { c := t.Rows[0].Cells; c[0].Span, c[1].Span = 2, 13 },
		"share":   func(t *report.Table) { t.Columns[1].Width++ },
		"title":   func(t *report.Table) { t.Columns[1].Title += " thực hiện" },
		"group":   func(t *report.Table) { t.Columns[1].Group = "Kế hoạch" },
		"row":     func(t *report.Table) { t.Rows = t.Rows[:len(t.Rows)-1] },
	} {
		table := progressTable(7)
		change(table)
		for _, width := range []float64{714, 500} {
			for range 2 {
				got := r.fit(table, width)
				if diff := cmp.Diff(r.fitAnew(table, width), got, cmp.AllowUnexported(columns{})); diff != "" {
					t.Errorf("%s, %v wide (-anew +got):\n%s", name, width, diff)
				}
				got.widths[0] = 0 // whoever asked may do with it what he likes
			}
		}
	}
	if got, want := len(r.fits.known), 18; got != want {
		t.Errorf("%d settings remembered, want %d", got, want)
	}
}
