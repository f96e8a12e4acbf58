package sheet

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite what the report's samples are held against")

const (
	report         = "testdata/ods/bao-cao.xlsx"
	expectedReport = "testdata/ods/expected.json"
)

// sheetFacts is what must be the same of a sheet in all formats.
type sheetFacts struct {
	Name       string              `json:"name"`
	Hidden     bool                `json:"hidden"`
	Merges     []string            `json:"merges"`
	HiddenRows []int               `json:"hidden_rows"`
	Cells      map[string]cellFact `json:"cells"`
}

type cellFact struct {
	Kind    Kind   `json:"kind"`
	Text    string `json:"text"`
	Raw     string `json:"raw"`
	Percent bool   `json:"percent,omitempty"`
	Formula bool   `json:"formula,omitempty"`
}

func factsOf(book *Book) []sheetFacts {
	var all []sheetFacts
	for _, s := range book.Sheets {
		f := sheetFacts{Name: s.Name, Hidden: s.Hidden, Merges: []string{}, HiddenRows: []int{}, Cells: map[string]cellFact{}}
		for _, m := range s.Merges {
			f.Merges = append(f.Merges, ref(m.FirstRow, m.FirstCol)+":"+ref(m.LastRow, m.LastCol))
		}
		slices.Sort(f.Merges)
		for _, row := range s.Rows {
			if row.Hidden {
				f.HiddenRows = append(f.HiddenRows, row.Number)
			}
			for _, c := range row.Cells {
				raw := c.Raw
				if x, err := strconv.ParseFloat(raw, 64); err == nil && c.Kind != String {
					raw = strconv.FormatFloat(math.Round(x*1e9)/1e9, 'f', -1, 64) // programs write 15 digits or 17
				}
				f.Cells[ref(row.Number, c.Col)] = cellFact{c.Kind, c.Text, raw, strings.Contains(c.Format, "%"), c.Formula}
			}
		}
		all = append(all, f)
	}
	return all
}

func ref(row, col int) string { return Column(col) + strconv.Itoa(row) }

// TestReport holds what the samples of the report must say against our reading
// of the workbook that they were made of.
func TestReport(t *testing.T) {
	got := factsOf(mustOpen(t, report))
	if *update {
		data, err := json.MarshalIndent(got, "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.FromSlash(expectedReport), append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(reportFacts(t), got); diff != "" {
		t.Error(diff)
	}
}

func reportFacts(t *testing.T) []sheetFacts {
	t.Helper()
	var facts []sheetFacts
	if err := json.Unmarshal(sample(t, expectedReport), &facts); err != nil {
		t.Fatal(err)
	}
	return facts
}

// wantReport holds a sample against the report as but has changed it: what the
// other program wrote differently.
func wantReport(t *testing.T, name string, format Format, but func(facts []sheetFacts) []sheetFacts) {
	t.Helper()
	book := mustOpen(t, name)
	if book.Format != format {
		t.Errorf("%s: got format %q, want %q", name, book.Format, format)
	}
	want := reportFacts(t)
	if but != nil {
		want = but(want)
	}
	if diff := cmp.Diff(want, factsOf(book)); diff != "" {
		t.Errorf("%s:\n%s", name, diff)
	}
	for i := range book.Sheets {
		checkSheet(t, book, &book.Sheets[i])
		if !book.Sheets[i].Grid {
			t.Errorf("%s: got no grid", name)
		}
	}
}

// change changes cells of the first sheet.
func change(facts []sheetFacts, with func(ref string, c cellFact) cellFact) {
	for ref, c := range facts[0].Cells {
		facts[0].Cells[ref] = with(ref, c)
	}
}

// textOnly is the first sheet as formats have it that know text only.
func textOnly(facts []sheetFacts, name string) []sheetFacts {
	change(facts, func(_ string, c cellFact) cellFact { return cellFact{Kind: String, Text: c.Text, Raw: c.Text} })
	facts[0].Name = name
	return facts[:1]
}

// shiftRows moves the rows of a sheet, from the given one on.
func shiftRows(s *sheetFacts, from, by int) {
	moved := map[string]cellFact{}
	for _, at := range slices.Sorted(maps.Keys(s.Cells)) {
		p, _ := parseRef(at)
		if p.row >= from {
			p.row += by
		}
		moved[ref(p.row, p.col)] = s.Cells[at]
	}
	s.Cells = moved
}

// openSheet opens a document that a test wrote, which must have one sheet.
func openSheet(t *testing.T, data []byte) (*Book, []string) {
	t.Helper()
	book, findings := Open("bao-cao.xls", data)
	if book == nil || len(book.Sheets) != 1 {
		t.Fatalf("got %v, findings %v, want one sheet", book, findings)
	}
	checkSheet(t, book, &book.Sheets[0])
	var codes []string
	for _, f := range findings {
		codes = append(codes, f.Code+" "+f.Place.Cell)
	}
	return book, codes
}

// cellLines are the cells of the first sheet with all that is stored.
func cellLines(book *Book) []string {
	var lines []string
	for _, row := range book.Sheets[0].Rows {
		for _, c := range row.Cells {
			line := ref(row.Number, c.Col) + " " + string(c.Kind) + " " + strings.ReplaceAll(c.Text, "\n", "¶")
			if c.Raw != c.Text {
				line += " = " + c.Raw
			}
			for _, mark := range []struct {
				on   bool
				text string
			}{{c.Format != "", " as " + c.Format}, {c.Formula, " formula"}, {c.Stale, " stale"}, {row.Hidden, " hidden"}} {
				if mark.on {
					line += mark.text
				}
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// refusal is the code of the only finding about a document that is not read.
func refusal(t *testing.T, data []byte) string {
	t.Helper()
	book, findings := Open("x", data)
	if book != nil || len(findings) != 1 {
		t.Fatalf("got %v, findings %v, want one finding", book, findings)
	}
	return findings[0].Code
}

// mutate opens name with bytes cut off and changed. Whatever comes of it keeps
// the promises of a sheet; cut off before end, if there is one, it is not read.
func mutate(t *testing.T, name, end string) {
	data := sample(t, name)
	whole := -1
	if end != "" {
		whole = bytes.LastIndex(data, []byte(end))
	}
	step := max(len(data)/300, 1)
	for n := 0; n < len(data); n += step {
		for i, broken := range [][]byte{data[:n], replaced(data, n, data[n]^0x55), replaced(data, n, '<'), replaced(data, n, '"')} {
			book, _ := Open(name, broken)
			if book == nil {
				continue
			}
			if i == 0 && n <= whole {
				t.Errorf("%s cut after %d of %d bytes: got a book, want none", name, n, len(data))
			}
			for i := range book.Sheets {
				checkSheet(t, book, &book.Sheets[i])
			}
		}
	}
}

func replaced(data []byte, at int, b byte) []byte {
	data = slices.Clone(data)
	data[at] = b
	return data
}
