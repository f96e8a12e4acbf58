package render

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// writers are the four renderings.
func writers(r *Renderer) map[string]func(io.Writer, *report.Document) error {
	return map[string]func(io.Writer, *report.Document) error{"PDF": r.PDF, "XLSX": r.XLSX, "HTML": r.HTML, "Text": r.Text}
}

func workbookBytes(t testing.TB, r *Renderer, doc *report.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.XLSX(&b, doc); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openWorkbook(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func part(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func value(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// find gives the row whose first cell holds a text.
func find(t testing.TB, f *excelize.File, sheet, text string) int {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 0 && row[0] == text {
			return i + 1
		}
	}
	t.Fatalf("sheet %q has no row %q", sheet, text)
	return 0
}

func TestWorkbookShape(t *testing.T) {
	r := renderer(t, "ND30-2020")
	data := workbookBytes(t, r, sample(52))
	f := openWorkbook(t, data)
	want := []string{"Báo cáo", "PL I - Tiến độ", "PL II - Chưa gửi", "Nguồn- số liệu-2018"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	sheet := want[1]
	head := find(t, f, sheet, "(1)")
	panes, err := f.GetPanes(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if !panes.Freeze || panes.YSplit != head {
		t.Errorf("panes: got %+v, want frozen under row %d", panes, head)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Scope+"!"+n.Name] = n.RefersTo
	}
	if got := names[sheet+"!_xlnm.Print_Titles"]; got != "'PL I - Tiến độ'!$5:$7" {
		t.Errorf("print titles: got %q of %v", got, names)
	}
	xml := part(t, data, "xl/worksheets/sheet2.xml")
	for _, want := range []string{`<dimension ref="A1:O`, `<autoFilter ref="$A$7:$O$`, `fitToPage="true"`, `<cols><col min="1" max="1"`, `orientation="landscape"`, `paperSize="9"`, `fitToHeight="0"`, "Trang &amp;P/&amp;N", "DỰ THẢO"} {
		if !strings.Contains(xml, want) {
			t.Errorf("sheet lacks %s", want)
		}
	}
	if got, want := value(t, f, sheet, "G5"), "Thời gian thực hiện"; got != want {
		t.Errorf("merged heading: got %q, want %q", got, want)
	}
	merged, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, m := range merged {
		refs = append(refs, m[0])
	}
	for _, want := range []string{"A1:O1", "A5:A6", "G5:H5", "B8:O8", "C9:I9", "J9:O9"} {
		if !strings.Contains(strings.Join(refs, " "), want) {
			t.Errorf("%s is not merged", want)
		}
	}
}

func TestWorkbookNumbersAndTotals(t *testing.T) {
	f := openWorkbook(t, workbookBytes(t, renderer(t, "ND30-2020"), sample(52)))
	const sheet = "PL I - Tiến độ"
	row := find(t, f, sheet, "1.1.2")
	for column, want := range map[string]excelize.CellType{"A": excelize.CellTypeInlineString, "E": excelize.CellTypeUnset, "M": excelize.CellTypeUnset} {
		if got, err := f.GetCellType(sheet, column+itoa(row)); err != nil || got != want {
			t.Errorf("type of %s: got %v, %v, want %v", column, got, err, want)
		}
	}
	if got := value(t, f, sheet, "E"+itoa(row)); got != "5.5" {
		t.Errorf("number: got %q, want 5.5", got)
	}
	if got, err := f.GetCellValue(sheet, "E"+itoa(row)); err != nil || got != "5.5" {
		t.Errorf("shown: got %q, %v, want 5.5", got, err)
	}
	total := find(t, f, sheet, "Tổng")
	formula, err := f.GetCellFormula(sheet, "E"+itoa(total))
	if err != nil || formula != "SUM(E10:E12,E14:E16,E18)" {
		t.Errorf("formula: got %q, %v", formula, err)
	}
	if got, want := value(t, f, sheet, "E"+itoa(total)), "115.5"; got != want {
		t.Errorf("cached: got %q, want %q", got, want)
	}
	if got, err := f.CalcCellValue(sheet, "E"+itoa(total), excelize.Options{RawCellValue: true}); err != nil || got != "115.5" {
		t.Errorf("recalculated: got %q, %v", got, err)
	}
}

func itoa(n int) string { return cellName(1, n)[1:] }

func TestSumFormula(t *testing.T) {
	rows := []int{5, 6, 7, 8, 12, 13, 14}
	var many, at []int
	for i := range 600 {
		many, at = append(many, 2*i), append(at, i+1, i+1)
	}
	for _, c := range []struct {
		name string
		from []int
		row  int
		want string
	}{
		{"run", []int{0, 1, 2}, 5, "SUM(E5:E7)"},
		{"holes", []int{0, 2, 3}, 5, "SUM(E5,E7:E8)"},
		{"continuation between", []int{3, 4}, 5, "SUM(E8:E12)"},
		{"unsorted, twice", []int{2, 0, 0}, 5, "SUM(E5,E7)"},
		{"row below", []int{0, 6}, 5, ""},
	} {
		if got := sumFormula(5, rows, c.from, c.row); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	if got := sumFormula(5, at, many, 2000); strings.Count(got, "SUM(") != 3 || len(got) > maxFormula {
		t.Errorf("600 ranges: got %d sums, %d characters", strings.Count(got, "SUM("), len(got))
	}
}

// A formula that would come to another figure than the one printed is not
// written.
func TestFormulaNeverContradictsTheFigure(t *testing.T) {
	doc := sample(3)
	rows := doc.Annexes[0].Body[0].Table.Rows
	last := &rows[len(rows)-1].Cells[1]
	last.Number, last.Text = number("720"), "720"
	f := openWorkbook(t, workbookBytes(t, renderer(t, "ND30-2020"), doc))
	row := find(t, f, "PL I - Tiến độ", "Tổng cộng")
	if formula, err := f.GetCellFormula("PL I - Tiến độ", "E"+itoa(row)); err != nil || formula != "" {
		t.Errorf("got formula %q, %v", formula, err)
	}
	if got := value(t, f, "PL I - Tiến độ", "E"+itoa(row)); got != "720" {
		t.Errorf("got %q, want 720", got)
	}
}

func TestWorkbookTorture(t *testing.T) {
	doc := torture()
	table := doc.Annexes[len(doc.Annexes)-1].Body[0].Table
	huge := strings.TrimSpace(strings.Repeat("Một ô dài hơn 32.767 ký tự. ", 3000))
	table.Rows[1].Cells[1].Text = huge
	data := workbookBytes(t, renderer(t, "ND30-2020"), doc)
	f := openWorkbook(t, data)
	const sheet = "PL VI"
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	got, repeats := "", 0
	for i, row := range rows {
		for _, c := range row {
			if n := len(utf16.Encode([]rune(c))); n > 32767 {
				t.Errorf("row %d: cell of %d characters", i+1, n)
			}
		}
		if len(row) > 1 && strings.HasPrefix(row[0], "1.1.1") {
			got += bare(row[1])
			repeats++
		}
		if h, err := f.GetRowHeight(sheet, i+1); err != nil || h > 409 {
			t.Errorf("row %d is %v high, %v", i+1, h, err)
		}
	}
	if got != bare(huge) || repeats < 2 {
		t.Errorf("cell of %d characters came back as %d over %d rows", len(bare(huge)), len(got), repeats)
	}
	for text, want := range map[string]string{"@SUM(A1)": "=HYPERLINK(\"http://x\",\"y\")", "1.1.5": ""} {
		if got := value(t, f, sheet, "D"+itoa(find(t, f, sheet, text))); got != want {
			t.Errorf("row %q: got %q, want %q", text, got, want)
		}
	}
	row := itoa(find(t, f, sheet, "1.1.4"))
	if got, want := value(t, f, sheet, "C"+row), "dòng 1\n\ndòng 3 sau tab _x000D_ & < > \" '"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range f.GetSheetList() {
		xml := part(t, data, "xl/worksheets/sheet"+itoa(i+1)+".xml")
		for _, formula := range regexp.MustCompile(`<f>[^<]*`).FindAllString(xml, -1) {
			if !strings.HasPrefix(formula, "<f>SUM(") {
				t.Errorf("sheet %d: formula %q", i+1, formula)
			}
		}
		if strings.Contains(xml, "hyperlink") {
			t.Errorf("sheet %d has a link", i+1)
		}
	}
}

func TestSheetNames(t *testing.T) {
	got := sheetNames([]string{"", "A/B:C*?[x]\\", "a-b-c---x--", "'tên'", strings.Repeat("đ", 40), strings.Repeat("Đ", 40), "History", "😀" + strings.Repeat("x", 30)})
	want := []string{"1", "A-B-C---x--", "a-b-c---x-- (2)", "tên", strings.Repeat("đ", 31), strings.Repeat("Đ", 27) + " (2)", "History (2)", "😀" + strings.Repeat("x", 29)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		table, grid []float64
		want        []int
	}{
		{[]float64{10, 20, 30}, []float64{10, 20, 30}, []int{0, 1, 2, 3}},
		{[]float64{30, 30}, []float64{10, 20, 30}, []int{0, 2, 3}},
		{[]float64{1, 1, 58}, []float64{20, 20, 10, 10}, []int{0, 1, 2, 4}},
		{[]float64{58, 1, 1}, []float64{20, 20, 10, 10}, []int{0, 2, 3, 4}},
		{[]float64{60}, []float64{20, 40}, []int{0, 2}},
	} {
		if diff := cmp.Diff(c.want, bounds(c.table, c.grid)); diff != "" {
			t.Errorf("%v on %v (-want +got):\n%s", c.table, c.grid, diff)
		}
	}
}

func TestMarginText(t *testing.T) {
	b := workbook{meta: report.Meta{Status: "A & B", Footer: strings.Repeat("5&đ ", 100)}, words: report.Words{Page: "Trang"}, font: "Times New Roman"}
	h := b.headerFooter()
	for _, s := range []string{h.OddHeader, h.OddFooter} {
		if n := len(utf16.Encode([]rune(s))); n > maxMargin {
			t.Errorf("%d characters: %q", n, s)
		}
	}
	if !strings.Contains(h.OddHeader, "&12 A && B") || !strings.Contains(h.OddFooter, "&8 5&&đ") || !strings.Contains(h.OddFooter, "…&R") {
		t.Errorf("got %q and %q", h.OddHeader, h.OddFooter)
	}
}

// Another program reads the same cells out of the workbook.
func TestWorkbookOpensElsewhere(t *testing.T) {
	if testing.Short() {
		t.Skip("starts an office program")
	}
	office := tool(t, "soffice")
	dir := t.TempDir()
	doc := sample(52)
	if err := os.WriteFile(filepath.Join(dir, "a.xlsx"), workbookBytes(t, renderer(t, "TT01-2011"), doc), 0o600); err != nil {
		t.Fatal(err)
	}
	output(t, office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "--outdir", dir, filepath.Join(dir, "a.xlsx"))
	found, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(found) != 1 {
		t.Fatalf("converted: got %q, %v", found, err)
	}
	csv, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range doc.Annexes[0].Body[0].Table.Rows {
		for _, c := range row.Cells {
			if !strings.Contains(string(csv), c.Text) { // numbers, too, as they are on paper
				t.Errorf("cell %q is missing", c.Text)
			}
		}
	}
}
