package sheet

import (
	"cmp"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"baocao/pipeline/viet"
)

// xlsSamples are the workbooks of testdata/xls that can be read, with their
// sheets; a hidden one is in brackets.
var xlsSamples = map[string][]string{
	"office.xls":        {"Báo cáo", "(Ẩn)", "Dài"},
	"office-1904.xls":   {"Báo cáo", "(Ẩn)"},
	"gnumeric.xls":      {"Báo cáo", "(Ẩn)", "Dài"},
	"gnumeric-95.xls":   {"Báo cáo", "(?n)", "Dài"}, // BIFF7 has no Vietnamese
	"gnumeric-both.xls": {"Báo cáo", "(Ẩn)"},
	"perl.xls":          {"Báo cáo", "(Ẩn)", "Dài"}, // and a chart
	"xlwt.xls":          {"Nhiều dòng", "(Dài)"},
}

func xlsSample(name string) string { return "testdata/xls/" + name }

func TestXLSSheets(t *testing.T) {
	for name, want := range xlsSamples {
		book := mustOpen(t, xlsSample(name))
		var got []string
		for i := range book.Sheets {
			s := &book.Sheets[i]
			checkSheet(t, book, s)
			if s.Hidden {
				got = append(got, "("+s.Name+")")
			} else {
				got = append(got, s.Name)
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if book.Format != XLS || !book.Sheets[0].Grid {
			t.Errorf("%s: got format %q, grid %t", name, book.Format, book.Sheets[0].Grid)
		}
	}
	book, findings := Open("x.xls", sample(t, xlsSample("password.xls")))
	if book != nil || len(findings) != 1 || findings[0].Code != "file-encrypted" {
		t.Errorf("with a password: got %v, want file-encrypted", findings)
	}
}

func TestXLSCells(t *testing.T) {
	text := func(s string) Cell { return Cell{Kind: String, Text: s, Raw: s} }
	result := func(c Cell) Cell { c.Formula = true; return c }
	stale := Cell{Formula: true, Stale: true}
	office := map[string]Cell{
		"A1":  text("Tổ chức  hội nghị"),
		"A2":  text("Chủ trì:\nSở Nội vụ\nPhối hợp"),
		"A3":  text("Sở Nội vụ tỉnh"),
		"A4":  {},
		"A5":  text("=1+1"),
		"A7":  {Kind: String, Text: "Sở 12/QĐ-UBND", Raw: "Sở 12/QĐ-UBND", Font: ".VnTime"},
		"B1":  {Kind: Number, Text: "25%", Raw: "0.25", Format: "0%"},
		"B2":  {Kind: Number, Text: "80.5%", Raw: "0.805", Format: "0.0%"},
		"B3":  {Kind: Number, Text: "14.5", Raw: "14.5"},
		"B4":  {Kind: Number, Text: "35,200,000", Raw: "35200000", Format: "#,##0"},
		"B7":  {Kind: Number, Text: "-", Raw: "0", Format: `#,##0;\-#,##0;\-`},
		"B16": {Kind: Number, Text: "5368709.11", Raw: "5368709.11", Format: "0.00"},
		"B17": {Kind: Number, Text: "-12.34", Raw: "-12.34"},
		"B18": {Kind: Number, Text: "0.3", Raw: "0.3"},
		"B21": {Kind: Number, Text: "6.02E+23", Raw: "6.02E+23"},
		"C1":  {Kind: Date, Text: "15/06/2018", Raw: "43266", Format: "dd/mm/yyyy"},
		"C5":  {Kind: Number, Text: "5", Raw: "5"},
		"D2":  result(Cell{Kind: Number, Text: "15", Raw: "15"}),
		"D3":  result(text("xong")),
		"D4":  result(Cell{Kind: Failed, Text: "#DIV/0!", Raw: "#DIV/0!"}),
		"D5":  result(Cell{Kind: Bool, Text: "TRUE", Raw: "1"}),
		"D6":  {},
		"D7":  result(text(strings.TrimSpace(strings.Repeat("hành chính ", 900)))),
		"D10": result(Cell{Kind: Failed, Text: "#N/A", Raw: "#N/A"}),
		"D12": result(Cell{Kind: Date, Text: "16/06/2018", Raw: "43267", Format: "dd/mm/yyyy"}),
		"I13": result(Cell{Kind: Number, Text: "1210", Raw: "1210"}),
		"L13": {Kind: Number, Text: "1211", Raw: "1211"},
		"M13": {Kind: Number, Text: "12.12", Raw: "12.12"},
	}
	for name, cells := range map[string]map[string]Cell{
		"office.xls":      office,
		"office-1904.xls": office,
		"perl.xls": {
			"B2": {Kind: Date, Text: "15/06/2018", Raw: "43266", Format: "dd/mm/yyyy"},
			"C1": stale,
			"C2": result(Cell{Kind: Number, Text: "3", Raw: "3"}),
		},
		"xlwt.xls": {
			"C26":  {Kind: Number, Text: "25%", Raw: "0.25", Format: "0%"},
			"C1":   {Kind: Number, Text: "0%", Raw: "0", Format: "0%"},
			"G22":  stale,
			"G23":  stale,
			"G24":  text("Sở Nội vụ"),
			"H21":  {Kind: Failed, Text: "#REF!", Raw: "#REF!"},
			"I21":  {},
			"D880": {Kind: Number, Text: "-879", Raw: "-879"},
		},
		"gnumeric.xls": {"D8": result(text("Tổ chức  hội nghị!")), "B1": office["B1"], "D6": {}},
		"gnumeric-95.xls": {
			"E1": text("ba hàng"), "B17": office["B17"], "A7": office["A7"], "D3": office["D3"], "D6": {},
		},
	} {
		book := mustOpen(t, xlsSample(name))
		for ref, want := range cells {
			p, _ := parseRef(ref)
			want.Col = p.col
			if diff := gocmp.Diff(want, book.Sheets[0].Row(p.row).Cell(p.col)); diff != "" {
				t.Errorf("%s, %s:\n%s", name, ref, diff)
			}
		}
	}
}

// notInTwin are the cells that LibreOffice reads or writes otherwise, and why.
var notInTwin = map[string]string{
	"office.xls!Báo cáo!D8":        "it stores 0 for an array of texts",
	"office.xls!Báo cáo!D9":        "it stores 0 for an array of texts",
	"office-1904.xls!Báo cáo!D8":   "it stores 0 for an array of texts",
	"office-1904.xls!Báo cáo!D9":   "it stores 0 for an array of texts",
	"gnumeric.xls!Báo cáo!D9":      "a cell of an array is no formula in XLSX",
	"gnumeric-95.xls!Báo cáo!D9":   "a cell of an array is no formula in XLSX",
	"gnumeric-both.xls!Báo cáo!D9": "a cell of an array is no formula in XLSX",
	"gnumeric-95.xls!Dài!A1":       "it reads the first record of a long text",
	"gnumeric-95.xls!Dài!A4":       "it reads the first record of a long text",
	"perl.xls!Báo cáo!B3":          "it writes the short date of another country",
	"perl.xls!Báo cáo!C1":          "it computes what has no result",
	"xlwt.xls!Nhiều dòng!G22":      "it computes what has no result",
	"xlwt.xls!Nhiều dòng!G23":      "it computes what has no result",
	"xlwt.xls!Nhiều dòng!H21":      "it makes an error a formula",
}

// LibreOffice has read the same files and written them as XLSX.
func TestXLSSameAsTwin(t *testing.T) {
	for name := range xlsSamples {
		book, twin := mustOpen(t, xlsSample(name)), mustOpen(t, xlsSample("twin/"+name+"x"))
		for i := range book.Sheets {
			s := &book.Sheets[i]
			j := slices.IndexFunc(twin.Sheets, func(t Sheet) bool { return t.Name == nameInTwin(s) })
			if j < 0 {
				t.Errorf("%s: no sheet %q in the twin", name, s.Name)
				continue
			}
			want, got := asInTwin(name, &twin.Sheets[j]), asInTwin(name, s)
			want.Name = s.Name
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s:\n%s", name, s.Name, diff)
			}
		}
	}
}

// nameInTwin is what LibreOffice calls s: it allows no question mark in a name.
func nameInTwin(s *Sheet) string {
	if strings.Contains(s.Name, "?") {
		return "Sheet3"
	}
	return s.Name
}

// asInTwin is s without what LibreOffice changes when it writes a workbook: how
// a format is written, the digits of a number that show nowhere, and whether a
// truth value is a number.
func asInTwin(file string, s *Sheet) Sheet {
	same := *s
	same.Rows = nil
	same.Merges = slices.SortedFunc(slices.Values(s.Merges), func(a, b Range) int {
		return cmp.Or(cmp.Compare(a.FirstRow, b.FirstRow), cmp.Compare(a.FirstCol, b.FirstCol))
	})
	for _, row := range s.Rows {
		cells := []Cell{}
		for _, c := range row.Cells {
			place := file + "!" + s.Name + "!" + Column(c.Col) + strconv.Itoa(row.Number)
			if notInTwin[place] != "" {
				continue
			}
			if c.Kind == Bool {
				c.Kind, c.Text, c.Formula = Number, c.Raw, true
			}
			if x, err := strconv.ParseFloat(c.Raw, 64); err == nil && c.Kind != String {
				c.Raw = strconv.FormatFloat(x, 'g', 14, 64)
			}
			c.Format = ""
			cells = append(cells, c)
		}
		row.Cells = cells
		same.Rows = append(same.Rows, row)
	}
	return same
}

// What a reader sees is what LibreOffice shows.
func TestXLSShownLikeLibreOffice(t *testing.T) {
	if _, err := exec.LookPath("soffice"); err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("soffice is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	args := []string{
		"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile",
		"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1", "--outdir", dir,
	}
	for name := range xlsSamples {
		args = append(args, xlsSample(name))
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("convert: %v\n%s", err, out)
	}
	for name := range xlsSamples {
		book := mustOpen(t, xlsSample(name))
		for i := range book.Sheets {
			s := &book.Sheets[i]
			compareCSV(t, name, s, filepath.Join(dir, strings.TrimSuffix(name, ".xls")+"-"+nameInTwin(s)+".csv"))
		}
	}
}

func compareCSV(t *testing.T, file string, s *Sheet, name string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if n := s.Rows[len(s.Rows)-1].Number; len(rows) < n {
		t.Errorf("%s, %s: got rows up to %d, want no more than %d", file, s.Name, n, len(rows))
	}
	for i, row := range rows {
		for j, want := range row {
			ref := Column(j+1) + strconv.Itoa(i+1)
			if notInTwin[file+"!"+s.Name+"!"+ref] != "" {
				continue
			}
			want = viet.Clean(strings.Replace(want, "E+0", "E+", 1))
			c := s.Row(i + 1).Cell(j + 1)
			want, _ = viet.Decode(c.Font, want)                                  // LibreOffice leaves it to the font
			if got := c.Text; got != want && (c.Kind != Bool || c.Raw != want) { // truth values are shown as numbers
				t.Errorf("%s, %s, %s: got %q, want %q", file, s.Name, ref, got, want)
			}
		}
	}
}

func TestXLSLongTexts(t *testing.T) {
	s := mustOpen(t, xlsSample("office.xls")).Sheets[2]
	for row, length := range map[int]int{1: 9000, 2: 12, 3: 300, 4: 9001} {
		word, other := "cai cach hanh chinh ", "Cải cách thủ tục hành chính, Ủy ban nhân dân "
		if length%3 != 0 {
			word = other
		}
		want := []rune(strings.Repeat(word+strconv.Itoa(length)+"; ", length/10+1))[:length]
		if got := s.Row(row).Cell(1).Text; got != viet.Clean(string(want)) {
			t.Errorf("row %d: got %d bytes %.60q, want %d bytes %.60q", row, len(got), got, len(string(want)), string(want))
		}
	}
}
