package form

import (
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
)

// ReadPlan reads the table of a decision that issues a yearly plan, and what
// the decision says about itself above the table. The columns are found by
// their headings, in any order and wherever the table stands; agencies are those
// of the directory on the day the decision was signed.
//
// Every cell is kept as written, paragraphs joined by "\n", beside what it was
// understood to mean. The plan may be used only if no finding is an
// [finding.Error]: half a plan is none. The plan is nil when the document holds
// no table.
func ReadPlan(book *sheet.Book, dir *agency.Directory) (*plan.Plan, []finding.Finding) {
	s, head := findPlanTable(book)
	if s == nil {
		return nil, []finding.Finding{{
			Code: "no-table", Level: finding.Error, Place: finding.Place{File: book.Name},
		}}
	}
	r := &planReader{book: book, directory: dir, sheet: s, head: head, plan: &plan.Plan{}}
	r.readFront()
	r.readHeadings()
	items := r.readItems()
	r.build(items)
	r.checkTotals()
	r.summarise()
	slices.SortStableFunc(r.findings, finding.Compare)
	return r.plan, r.findings
}

// planReader reads one decision.
type planReader struct {
	book      *sheet.Book
	directory *agency.Directory
	sheet     *sheet.Sheet
	head      planHead
	plan      *plan.Plan
	findings  []finding.Finding

	fieldAt    []planFieldPlaces // for each field of plan
	totalAt    finding.Place     // of the grand total
	totalAfter int               // how many fields stand above it
	wordsAt    finding.Place
	tall       map[int][]sheet.Range // by row, the merged cells that reach into it from above
	seen       map[plan.Code]bool
	manners    []planManner // small irregularities, summed up at the end
	hidden     bool         // a hidden row has been found
}

// planFieldPlaces is where a field and its total stand.
type planFieldPlaces struct{ field, total finding.Place }

// find adds a finding about the row with the given code.
func (r *planReader) find(code string, level finding.Level, at finding.Place, of plan.Code, got, want string) {
	r.findings = append(r.findings, finding.Finding{
		Code: code, Level: level, Place: at, Activity: string(of), Got: got, Want: want,
	})
}

// findPlanTable is the sheet that holds the table, and its head. Of several,
// the one with the most activities is the plan: others are extracts.
func findPlanTable(book *sheet.Book) (best *sheet.Sheet, head planHead) {
	most := -1
	for i := range book.Sheets {
		s := &book.Sheets[i]
		if s.Hidden {
			continue
		}
		h, ok := findPlanHead(s)
		if !ok {
			continue
		}
		count := 0
		for _, row := range s.Rows[h.next:] {
			for _, c := range row.Cells[:min(2, len(row.Cells))] {
				if _, kind, _ := parseCode(c.Text); kind == activityCode {
					count++
				}
			}
		}
		if count > most {
			best, head, most = s, h, count
		}
	}
	return best, head
}
