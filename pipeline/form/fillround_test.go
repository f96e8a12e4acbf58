package form

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// libreOffice lets LibreOffice open files and save them in a format, and gives their
// new names, by the old ones without their ending.
func libreOffice(t *testing.T, dir, format string, files map[string][]byte) map[string][]byte {
	t.Helper()
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("soffice is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("soffice is not installed")
	}
	in, err := os.MkdirTemp(dir, "in")
	check(t, err)
	out, err := os.MkdirTemp(dir, "out")
	check(t, err)
	args := []string{"-env:UserInstallation=file://" + filepath.ToSlash(dir) + "/profile", "--headless", "--convert-to", format, "--outdir", out}
	for name, data := range files {
		file := filepath.Join(in, name+".xlsx")
		check(t, os.WriteFile(file, data, 0o644))
		args = append(args, file)
	}
	if said, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	saved := map[string][]byte{}
	for name := range files {
		data, err := os.ReadFile(filepath.Join(out, name+"."+format))
		check(t, err)
		saved[name] = data
	}
	return saved
}

// answerFully fills in a form as a careful person does.
func answerFully(t testing.TB, f *excelize.File) {
	t.Helper()
	columns, rows := formColumns(t, f, "Báo cáo")
	for code, row := range rows {
		values := map[string]any{
			"Kết quả thực hiện": "Đã ban hành văn bản và đang triển khai", "Tình trạng": "Đang thực hiện", "Tỷ lệ hoàn thành (%)": 50,
			"Kinh phí đã thực hiện (triệu đồng)": 2.5, "Khó khăn, vướng mắc; kiến nghị": "Thiếu nhân lực",
		}
		switch code {
		case "1.1.1":
			values["Tình trạng"], values["Tỷ lệ hoàn thành (%)"], values["Ngày hoàn thành"] = "Đã hoàn thành", 100, "5/2/2018"
			values["Tài liệu kiểm chứng"], values["Kết quả thực hiện"] = "Báo cáo số 12/BC-SNV ngày 05/02/2018", "Đã tổ chức Hội nghị tổng kết"
		case "1.2.1":
			values = map[string]any{"Tình trạng": "Chưa thực hiện", "Tỷ lệ hoàn thành (%)": 0, "Kinh phí đã thực hiện (triệu đồng)": 0}
		}
		for title, value := range values {
			check(t, f.SetCellValue("Báo cáo", columns[title]+itoa(row), value))
		}
	}
	_, partner := formColumns(t, f, "Phối hợp")
	if row := partner["3.3.1"]; row > 0 {
		t.Fatal("an activity that the agency leads stands on the sheet of those in which it cooperates")
	}
}

// A form that LibreOffice opened, saved, and saved again after it was filled in,
// in its three formats, is what it was: accepted without a finding.
func TestFormsThroughLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	r := shippedReader(t)
	dir := t.TempDir()
	blank := blankFor(t, r, "snv", "2018-Q1")
	opened := libreOffice(t, dir, "xlsx", map[string][]byte{"form": filled(t, blank)})["form"]
	checkKept(t, opened)
	answered := edited(t, opened, func(f *excelize.File) { answerFully(t, f) })
	want := wantedEntries(blank)
	for _, format := range []string{"xlsx", "xls", "ods"} {
		saved := libreOffice(t, dir, format, map[string][]byte{"form": answered})["form"]
		s := r.back(t, "snv", "form."+format, saved)
		if s.Outcome != Accept || s.Agency != "snv" || s.Period != blank.Term.Period || len(s.Findings) > 0 {
			t.Errorf("%s: %s of %q for %s, findings %v, want it accepted without any", format, s.Outcome, s.Agency, s.Period, s.Findings)
		}
		got := map[plan.Code]string{}
		for _, e := range s.Entries {
			got[e.Activity] = e.figures(map[Progress]string{Done: "D", InProgress: "I", NotStarted: "N"}) + " " + e.DoneOn.String()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: answers (-want +got):\n%s", format, diff)
		}
	}
}

func wantedEntries(b Blank) map[plan.Code]string {
	want := map[plan.Code]string{}
	for _, a := range b.Asked {
		switch a.Activity.Code {
		case "1.1.1":
			want["1.1.1"] = "D, 100%, 2,5 " + agency.NewDay(2018, 2, 5).String()
		case "1.2.1":
			want["1.2.1"] = "N, 0%, 0 "
		default:
			want[a.Activity.Code] = "I, 50%, 2,5 "
		}
	}
	return want
}

// checkKept looks whether what protects a form and helps to fill it in was kept.
func checkKept(t *testing.T, data []byte) {
	t.Helper()
	edited(t, data, func(f *excelize.File) {
		if visible, err := f.GetSheetVisible(identitySheet); err != nil || visible {
			t.Errorf("the hidden sheet is seen: %v", err)
		}
		protection, err := f.GetSheetProtection("Báo cáo")
		if err != nil || !protection.SelectUnlockedCells {
			t.Errorf("protection %+v, %v", protection, err)
		}
		columns, rows := formColumns(t, f, "Báo cáo")
		for title, locked := range map[string]bool{"Nội dung": true, "Kết quả thực hiện": false, "Tình trạng": false} {
			id, err := f.GetCellStyle("Báo cáo", columns[title]+itoa(rows["1.1.1"]))
			check(t, err)
			style, err := f.GetStyle(id)
			check(t, err)
			if got := style.Protection == nil || style.Protection.Locked; got != locked {
				t.Errorf("%s: locked %v, want %v", title, got, locked)
			}
		}
		validations, err := f.GetDataValidations("Báo cáo")
		check(t, err)
		if !slices.ContainsFunc(validations, func(v *excelize.DataValidation) bool {
			return v.Type == "list" && strings.Contains(v.Formula1, "Không phát sinh")
		}) {
			t.Error("there is no list of statuses any more")
		}
	})
}

// What people do to a form is told by its name also when LibreOffice saved it.
func TestSpoiledFormsThroughLibreOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	r := shippedReader(t)
	blank := edited(t, filled(t, blankFor(t, r, "snv", "2018-Q1")), func(f *excelize.File) { answerFully(t, f) })
	spoiled := map[string][]byte{}
	want := map[string][]string{
		"column":   {"form-column-removed"},
		"row":      {"activity-missing", "code-text-disagree"},
		"plancell": {"plan-cell-changed"},
	}
	for name := range want {
		spoiled[name] = edited(t, blank, func(f *excelize.File) {
			columns, rows := formColumns(t, f, "Báo cáo")
			switch name {
			case "column":
				check(t, f.RemoveCol("Báo cáo", columns["Kết quả thực hiện"]))
			case "row": // one is deleted, and another gets its code
				check(t, f.SetCellStr("Báo cáo", "A"+itoa(rows["1.4.1"]), "1.1.3"))
				check(t, f.RemoveRow("Báo cáo", rows["1.1.3"]))
			case "plancell":
				check(t, f.SetCellValue("Báo cáo", columns["Kinh phí (triệu đồng)"]+itoa(rows["1.1.1"]), 40))
			}
		})
	}
	for _, format := range []string{"xlsx", "ods"} {
		for name, data := range libreOffice(t, t.TempDir(), format, spoiled) {
			s := r.back(t, "snv", name+"."+format, data)
			for _, code := range want[name] {
				if !slices.Contains(codesOnly(s), code) {
					t.Errorf("%s.%s: findings %v, want %s among them", name, format, codes(s), code)
				}
			}
			if s.Agency != "snv" || s.Outcome != Accept {
				t.Errorf("%s.%s: %s of %q, findings %v", name, format, s.Outcome, s.Agency, codes(s))
			}
		}
	}
}
