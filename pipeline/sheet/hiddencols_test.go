package sheet

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHiddenColumns(t *testing.T) {
	const cells = `<sheetData><row><c><v>1</v></c></row></sheetData>`
	xlsx := func(cols string) []byte {
		return workbookOf(t, `<worksheet><cols>`+cols+`</cols>`+cells+`</worksheet>`)
	}
	ods := func(columns string) []byte {
		return []byte(flatODS(`<table:table table:name="S">` + columns + `<table:table-row>` + odsText("a", "") + `</table:table-row></table:table>`))
	}
	number := rec(recNumber, 0, 0, 0, 1.0)
	row2003 := `<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>`
	for _, tt := range []struct {
		name string
		data []byte
		want []Columns
	}{
		{"none", xlsx(`<col min="1" max="3" width="9"/>`), nil},
		{"attribute", xlsx(`<col min="2" max="3" width="9" hidden="1"/><col min="5" max="5" hidden="true"/>`), []Columns{{2, 3}, {5, 5}}},
		{"no width", xlsx(`<col min="2" max="2" width="0" customWidth="1"/>`), []Columns{{2, 2}}},
		{"neighbours", xlsx(`<col min="2" max="2" hidden="1"/><col min="3" max="4" hidden="1"/>`), []Columns{{2, 4}}},
		{"all to the right", xlsx(`<col min="3" max="16384" hidden="1"/>`), []Columns{{3, maxCols}}},
		{"absurd numbers", xlsx(`<col min="-5" max="2" hidden="1"/><col min="9" max="8" hidden="1"/><col min="x" max="4" hidden="1"/>`), []Columns{{1, 2}}},
		{"BIFF", biff(biff8, "", rec(recColInfo, 1, 2, 2000, 0, 1, 0)+rec(recColInfo, 4, 4, 2000, 0, 0, 0)+rec(recColInfo, 5, 5, 0, 0, 0, 0)+number),
			[]Columns{{2, 3}, {6, 6}}},
		{"ODS", ods(`<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:visibility="filter" table:number-columns-repeated="3"/>`),
			[]Columns{{3, 6}}},
		{"ODS, folded away", ods(`<table:table-column/><table:table-column-group table:display="false"><table:table-column table:number-columns-repeated="2"/></table:table-column-group><table:table-column/>`),
			[]Columns{{2, 3}}},
		{"XML", rows2003(`<Column/><Column ss:Hidden="1" ss:Span="1"/><Column ss:Index="6" ss:Width="0"/>` + row2003), []Columns{{2, 3}, {6, 6}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x", tt.data)
			if book == nil {
				t.Fatal(findings)
			}
			s := &book.Sheets[0]
			if diff := cmp.Diff(tt.want, s.HiddenCols); diff != "" {
				t.Errorf("hidden columns (-want +got):\n%s", diff)
			}
			for col := 1; col <= 8; col++ {
				want := false
				for _, c := range tt.want {
					want = want || c.First <= col && col <= c.Last
				}
				if got := s.HiddenCol(col); got != want {
					t.Errorf("column %d: got hidden %t, want %t", col, got, want)
				}
			}
		})
	}
}

// A copy that is given back hides what its sender hid.
func TestMarkedCopyHidesColumns(t *testing.T) {
	data := rows2003(`<Column ss:Index="2" ss:Hidden="1"/><Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="Number">2</Data></Cell></Row>`)
	original, findings := Open("x", data)
	if original == nil {
		t.Fatal(findings)
	}
	var marked bytes.Buffer
	if err := Mark(&marked, data, original, nil, Front{Sheet: "Nội dung", Title: "Nội dung", Columns: [6]string{"1", "2", "3", "4", "5", "6"}}); err != nil {
		t.Fatal(err)
	}
	book, findings := Open("x", marked.Bytes())
	if book == nil {
		t.Fatal(findings)
	}
	if diff := cmp.Diff([]Columns{{2, 2}}, book.Sheets[0].HiddenCols); diff != "" {
		t.Errorf("hidden columns (-want +got):\n%s", diff)
	}
}

func TestCellOfAWideRow(t *testing.T) {
	var row Row
	for col := 2; col <= 80; col += 2 {
		row.Cells = append(row.Cells, Cell{Col: col, Kind: Number, Text: Column(col)})
		for want := 1; want <= 82; want++ {
			got := row.Cell(want)
			there := want%2 == 0 && want <= col
			if got.Col != want || (got.Text != "") != there {
				t.Fatalf("%d cells, column %d: got %+v, want something there: %t", len(row.Cells), want, got, there)
			}
		}
	}
}
