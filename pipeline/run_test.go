package pipeline

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func withStore(t testing.TB, p *Pipeline) *Pipeline {
	t.Helper()
	s, err := store.Open(context.Background(), p.Out, "local")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	p.Store = s
	return p
}

func period(t testing.TB, s string) plan.Period {
	t.Helper()
	p, err := plan.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, p *Pipeline, name string) *Result {
	t.Helper()
	r, err := p.Run(context.Background(), period(t, name), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestReportsOfTheSampleYear holds the whole text of each report of the made-up
// year against a golden file that a person can read.
func TestReportsOfTheSampleYear(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	for _, name := range []string{"2018-Q1", "2018-6M", "2018-Q3", "2018"} {
		t.Run(name, func(t *testing.T) {
			r := run(t, p, name)
			doc, err := p.Document(r.Made)
			if err != nil {
				t.Fatal(err)
			}
			renderer, err := p.office.renderer(agency.DayOf(r.Made.Statement.AsOf))
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := renderer.Text(&got, doc); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}

// TestWorkbookTotals reads the workbook back: its totals are formulas whose
// stored results are the figures of the statement.
func TestWorkbookTotals(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	r := run(t, p, "2018")
	f, err := excelize.OpenFile(fileOf(t, r, ".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Phụ lục I", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	used := r.Made.Statement.Total.Used.String()
	for i, row := range rows {
		if len(row) == 0 || row[0] != "Tổng cộng" {
			continue
		}
		budgetCell, _ := excelize.CoordinatesToCellName(5, i+1)
		formula, err := f.GetCellFormula("Phụ lục I", budgetCell)
		if err != nil || !strings.HasPrefix(formula, "SUM(") {
			t.Errorf("%s holds formula %q, %v, want a sum", budgetCell, formula, err)
		}
		if row[4] != "720" || !slices.Contains(row, used) {
			t.Errorf("Tổng cộng is %v, want 720 and %s", row, used)
		}
		return
	}
	t.Error("the workbook has no row Tổng cộng")
}

// TestPDFHoldsEveryActivity extracts the PDF's text: no word of the plan is
// lost or cut on paper.
func TestPDFHoldsEveryActivity(t *testing.T) {
	needs(t, "pdftotext")
	p := withStore(t, samplePipeline(t))
	r := run(t, p, "2018-Q1")
	out, err := exec.Command("pdftotext", "-raw", fileOf(t, r, ".pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := squeeze(string(out))
	for a := range r.Made.Inputs.Plan.Activities() {
		for _, cell := range []string{a.Name, a.Indicator, a.Evidence, a.Responsibility, a.Note} {
			// A cell may go on in the next line beside another one, so words are
			// looked for and not whole sentences.
			for word := range strings.FieldsSeq(cell) {
				if !strings.Contains(text, squeeze(word)) {
					t.Errorf("%s: the PDF does not hold %q", a.Code, word)
				}
			}
		}
	}
}

// TestLibreOfficeAgrees recalculates the workbook in another program.
func TestLibreOfficeAgrees(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	needs(t, "soffice")
	p := withStore(t, samplePipeline(t))
	r := run(t, p, "2018")
	dir := t.TempDir()
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,2",
		"--outdir", dir, fileOf(t, r, ".xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("LibreOffice wrote %v, %v, want one sheet", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	want := r.Made.Statement.Total.Used.String()
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "Tổng cộng") || strings.HasPrefix(line, `"Tổng cộng`) {
			if !strings.Contains(line, "720") || !strings.Contains(strings.ReplaceAll(line, ",", "."), want) {
				t.Errorf("LibreOffice has %q, want 720 and %s", line, want)
			}
			return
		}
	}
	t.Errorf("LibreOffice shows no Tổng cộng:\n%.500s", data)
}

// needs skips a test whose program is not installed; where the environment
// asks for all programs, a missing one is a failure.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
		t.Fatalf("%s is not installed, and BAOCAO_REQUIRE_TOOLS asks for it", program)
	}
	t.Skipf("%s is not installed", program)
}

func fileOf(t *testing.T, r *Result, ext string) string {
	t.Helper()
	for _, f := range r.Files {
		if filepath.Ext(f.Path) == ext {
			return f.Path
		}
	}
	t.Fatalf("no %s among %v", ext, r.Files)
	return ""
}

// squeeze is s in one spelling without white space.
func squeeze(s string) string {
	return strings.Join(strings.Fields(viet.Clean(s)), "")
}

func BenchmarkRun(b *testing.B) {
	p := withStore(b, samplePipeline(b))
	run(b, p, "2018-Q1") // keeps and reads the documents
	for b.Loop() {
		run(b, p, "2018-Q1")
	}
}

// BenchmarkRunFirst keeps and reads all documents of the made-up year, as the
// first run in an empty folder does.
func BenchmarkRunFirst(b *testing.B) {
	for b.Loop() {
		run(b, withStore(b, samplePipeline(b)), "2018-Q1")
	}
}

// BenchmarkImportPlan reads the decision that ships.
func BenchmarkImportPlan(b *testing.B) {
	p := samplePipeline(b)
	data, err := os.ReadFile("../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p.ReadPlan("1982-QD-UBND-2017.txt", data)
	}
}
