package sheet_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// TestCopyHasTheSameCells marks every sample that is no XLSX: what is given
// back has the same cells at the same places, with a comment at each.
func TestCopyHasTheSameCells(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.*")
	if err != nil {
		t.Fatal(err)
	}
	copies := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := sheet.Open("f", data)
		switch ext := filepath.Ext(name); {
		case want == nil || want.Format == sheet.XLSX, want.Format == sheet.Text && ext != ".txt":
			continue // unreadable, marked in place, or the samples' own generator
		}
		copies++
		t.Run(name, func(t *testing.T) {
			var remarks []sheet.Remark
			for _, s := range want.Sheets {
				for _, r := range s.Rows {
					remarks = append(remarks, sheet.Remark{Place: want.Place(&s, r.Number, r.Cells[0].Col), Level: finding.Warning, Text: "Xem lại."})
				}
			}
			marked := mark(t, "f", data, remarks)
			got, findings := sheet.Open("f", marked)
			if got == nil {
				t.Fatalf("the copy is not read: %v", findings)
			}
			// What a copy cannot have: a formula, an old font, which has been read,
			// and names and places that a work sheet knows otherwise.
			if diff := cmp.Diff(want.Sheets, got.Sheets,
				cmpopts.IgnoreFields(sheet.Cell{}, "Formula", "Font", "Line"),
				cmpopts.IgnoreFields(sheet.Row{}, "Table", "TableRow"),
				cmpopts.IgnoreFields(sheet.Sheet{}, "Grid", "Name"), cmpopts.EquateEmpty(), minus); diff != "" {
				t.Errorf("cells (-want +got):\n%s", diff)
			}
			if n := len(comments(t, marked)); n == 0 || n > len(remarks) {
				t.Errorf("%d comments for %d remarks", n, len(remarks))
			}
			if again := mark(t, "f", marked, remarks); cmp.Equal(names(want), names(got)) && !bytes.Equal(again, marked) {
				t.Errorf("the copy marked again is not the same: %s", differ(t, marked, again))
			}
		})
	}
	if copies < 15 {
		t.Errorf("%d samples were copied, want at least 15", copies)
	}
}

func names(b *sheet.Book) []string {
	var all []string
	for _, s := range b.Sheets {
		all = append(all, s.Name)
	}
	return all
}

// minus is no difference: Gnumeric's own sign becomes the usual one.
var minus = cmp.Transformer("minus", func(s string) string { return strings.ReplaceAll(s, "\u2212", "-") })

func TestCopyOfNamesThatExcelRefuses(t *testing.T) {
	long := "Kết quả thực hiện Kế hoạch cải cách hành chính quý I năm 2018"
	book := &sheet.Book{Name: "f", Format: sheet.ODS}
	for _, name := range []string{"", "a/b:c", long, long, "A/B:C", "'"} {
		book.Sheets = append(book.Sheets, sheet.Sheet{Name: name, Grid: true, Rows: []sheet.Row{{Number: 1, Cells: []sheet.Cell{
			{Col: 1, Kind: sheet.Failed, Text: "Err:502", Raw: "Err:502"}, {Col: 2, Formula: true, Stale: true},
		}}}})
	}
	var b bytes.Buffer
	if err := sheet.Mark(&b, nil, book, []sheet.Remark{remark(finding.Error, "a/b:c", "A1", 1, "Sai.")}, front); err != nil {
		t.Fatal(err)
	}
	got, _ := sheet.Open("f", b.Bytes())
	for _, s := range got.Sheets {
		if c := s.Row(1).Cell(2); !c.Stale {
			t.Errorf("%q: a formula without result reads %+v", s.Name, c)
		}
		if c := s.Row(1).Cell(1); c.Kind != sheet.Failed {
			t.Errorf("%q: an error value reads %+v", s.Name, c)
		}
	}
	want := []string{"Sheet1", "a_b_c", "Kết quả thực hiện Kế hoạch cải", "Kết quả thực hiện Kế hoạch (2)", "A_B_C (2)", "Sheet"}
	if diff := cmp.Diff(want, names(got)); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if said := comments(t, b.Bytes()); said["a_b_c!A1"] == "" {
		t.Errorf("no comment at a_b_c!A1: %v", said)
	}
}
