package sheet_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

var front = sheet.Front{
	Sheet: "Nội dung cần rà soát", Title: "NỘI DUNG CẦN RÀ SOÁT", Intro: []string{"Sở Xây dựng, quý I năm 2018."},
	Columns: [6]string{"STT", "Mức độ", "Trang tính", "Ô", "Mã hoạt động", "Nội dung"},
	Levels:  map[finding.Level]string{finding.Error: "Cần sửa", finding.Warning: "Cần xem lại", finding.Note: "Lưu ý"},
	Row:     "Dòng {row}", Whole: "Cả trang", File: "Cả tệp", None: "Không có.", More: "Còn {more} nội dung khác.",
	Comment: "Nội dung cần rà soát:", Author: "Sở Nội vụ",
}

func remark(level finding.Level, sheetName, cell string, row int, text string) sheet.Remark {
	return sheet.Remark{Place: finding.Place{File: "f", Sheet: sheetName, Cell: cell, Row: row}, Level: level, Activity: "1.1.1", Text: text}
}

const form1 = "Biểu 1 'quý I' 2018"

var richRemarks = []sheet.Remark{
	remark(finding.Error, form1, "B5", 5, "“3.9.1” không phải là hoạt động của Kế hoạch."),
	remark(finding.Error, form1, "F5", 5, "Không đọc được số tiền “khoảng hai chục triệu”."),
	remark(finding.Warning, form1, "F5", 5, "=HYPERLINK(\"x\") <b>& x"),
	remark(finding.Warning, "Biểu 2", "D40", 40, "Ô trống cần điền."),
	remark(finding.Warning, form1, "", 6, "Dòng chưa điền kết quả."),
	remark(finding.Note, form1, "C1", 1, "Ô nằm trong ô gộp."),
	remark(finding.Note, "Danh mục", "", 0, "Trang tính đang bị ẩn."),
	remark(finding.Note, "", "", 0, "Cả văn bản."),
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mark(t testing.TB, name string, data []byte, remarks []sheet.Remark) []byte {
	t.Helper()
	book, _ := sheet.Open(name, data)
	if book == nil {
		t.Fatalf("%s is not read", name)
	}
	var b bytes.Buffer
	if err := sheet.Mark(&b, data, book, remarks, front); err != nil {
		t.Fatalf("mark %s: %v", name, err)
	}
	return b.Bytes()
}

// comments are all comments of a workbook, as another reader than ours sees
// them, by sheet and cell.
func comments(t *testing.T, data []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := map[string]string{}
	for _, name := range f.GetSheetList() {
		list, err := f.GetComments(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			text := c.Text
			for _, r := range c.Paragraph {
				text += r.Text
			}
			if _, twice := all[name+"!"+c.Cell]; twice {
				t.Errorf("two comments at %s!%s", name, c.Cell)
			}
			all[name+"!"+c.Cell] = text
		}
	}
	return all
}

func TestMarkSaysEveryRemarkAtItsCell(t *testing.T) {
	for _, name := range []string{"mark/rich.xlsx", "mark/macros.xlsm", "mark/strict.xlsx"} {
		t.Run(name, func(t *testing.T) {
			got := comments(t, mark(t, name, sample(t, name), richRemarks))
			want := map[string]string{
				form1 + "!B5": "Nội dung cần rà soát:\n“3.9.1” không phải là hoạt động của Kế hoạch.",
				form1 + "!F5": "Ghi chú của cơ quan: chờ quyết toán\nNội dung cần rà soát:\n" +
					"Không đọc được số tiền “khoảng hai chục triệu”.\n=HYPERLINK(\"x\") <b>& x",
				form1 + "!A6": "Nội dung cần rà soát:\nDòng chưa điền kết quả.",
				form1 + "!A1": "Nội dung cần rà soát:\nÔ nằm trong ô gộp.",
				form1 + "!C4": "Ghi chú khác",
				"Biểu 2!D40":  "Nội dung cần rà soát:\nÔ trống cần điền.",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMarkedBookReadsTheSame(t *testing.T) {
	for _, name := range []string{
		"mark/rich.xlsx", "mark/macros.xlsm", "mark/strict.xlsx", "mark/chart-sheet.xlsx", "mark/bare-prefixed.xlsx",
		"cells.xlsx", "cells-office.xlsx", "date-1904.xlsx", "no-results.xlsx",
	} {
		t.Run(name, func(t *testing.T) {
			data := sample(t, name)
			want, _ := sheet.Open("f", data)
			var remarks []sheet.Remark
			for _, s := range want.Sheets {
				for _, r := range s.Rows {
					remarks = append(remarks, sheet.Remark{Place: want.Place(&s, r.Number, r.Cells[0].Col), Level: finding.Error, Text: "Sai."})
				}
			}
			once := mark(t, "f", data, remarks)
			got, findings := sheet.Open("f", once)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the marked book reads (-want +got), %v:\n%s", findings, diff)
			}
			if twice := mark(t, "f", once, remarks); !bytes.Equal(once, twice) {
				t.Errorf("marked twice is not as marked once: %s", differ(t, once, twice))
			}
			if other := mark(t, "f", mark(t, "f", data, nil), remarks); len(comments(t, other)) != len(comments(t, once)) {
				t.Errorf("comments differ after a marking without remarks")
			}
		})
	}
}

// parts are the parts of a package.
func parts(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		all[f.Name] = string(content)
	}
	return all
}

func differ(t *testing.T, a, b []byte) string { return cmp.Diff(parts(t, a), parts(t, b)) }

// TestMarkTouchesNothingElse takes everything out again that remarks put into
// a sheet, and is left with the sheet as it was.
func TestMarkTouchesNothingElse(t *testing.T) {
	data := sample(t, "mark/rich.xlsx")
	before, after := parts(t, data), parts(t, mark(t, "f", data, richRemarks))
	touched := map[string]bool{
		"[Content_Types].xml": true, "xl/workbook.xml": true, "xl/_rels/workbook.xml.rels": true, "xl/styles.xml": true,
		"xl/comments1.xml": true, "xl/drawings/vmlDrawing1.vml": true,
		"xl/worksheets/sheet1.xml": true, "xl/worksheets/sheet3.xml": true,
	}
	for name, content := range before {
		if !touched[name] && after[name] != content {
			t.Errorf("part %s changed", name)
		}
	}
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"} {
		got := after[name]
		for strings.Contains(got, `"baocao"`) || strings.Contains(got, "&#34;baocao&#34;") {
			end := strings.Index(got, `baocao`)
			start := strings.LastIndex(got[:end], "<conditionalFormatting")
			stop := end + strings.Index(got[end:], "</conditionalFormatting>") + len("</conditionalFormatting>")
			got = got[:start] + got[stop:]
		}
		want := strings.ReplaceAll(before[name], `tabSelected="1"`, `tabSelected="0"`)
		if name == "xl/worksheets/sheet3.xml" {
			start := strings.Index(got, "<legacyDrawing ")
			got = got[:start] + got[start+strings.Index(got[start:], "/>")+2:]
		} else {
			want = strings.NewReplacer(`priority="1"`, `priority="4"`, `priority="2"`, `priority="5"`).Replace(want)
		}
		if got != want {
			t.Errorf("%s differs beyond the marks:\n%s", name, cmp.Diff(want, got))
		}
	}
	if !strings.Contains(after["xl/workbook.xml"], `<definedName name="_xlnm.Print_Area" localSheetId="1">`) {
		t.Errorf("the print area does not belong to the second sheet:\n%s", after["xl/workbook.xml"])
	}
}

func TestMarkedBookHasNoMacros(t *testing.T) {
	got := parts(t, mark(t, "f", sample(t, "mark/macros.xlsm"), richRemarks))
	for name, content := range got {
		if strings.Contains(strings.ToLower(name), "vba") || strings.Contains(content, "vbaProject") || strings.Contains(content, "macroEnabled") {
			t.Errorf("part %s is or names a macro project", name)
		}
	}
}

func TestFrontSheet(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(mark(t, "f", sample(t, "mark/rich.xlsx"), richRemarks)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList()[0]; got != front.Sheet {
		t.Errorf("first sheet %q, want %q", got, front.Sheet)
	}
	rows, err := f.GetRows(front.Sheet)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"NỘI DUNG CẦN RÀ SOÁT"}, {"Sở Xây dựng, quý I năm 2018."}, nil,
		{"STT", "Mức độ", "Trang tính", "Ô", "Mã hoạt động", "Nội dung"},
		{"1", "Cần sửa", form1, "B5", "1.1.1", richRemarks[0].Text},
		{"2", "Cần sửa", form1, "F5", "1.1.1", richRemarks[1].Text},
		{"3", "Cần xem lại", form1, "F5", "1.1.1", "=HYPERLINK(\"x\") <b>& x"},
		{"4", "Cần xem lại", "Biểu 2", "D40", "1.1.1", richRemarks[3].Text},
		{"5", "Cần xem lại", form1, "Dòng 6", "1.1.1", richRemarks[4].Text},
		{"6", "Lưu ý", form1, "A1", "1.1.1", richRemarks[5].Text},
		{"7", "Lưu ý", "Danh mục", "Cả trang", "1.1.1", richRemarks[6].Text},
		{"8", "Lưu ý", "", "Cả tệp", "1.1.1", richRemarks[7].Text},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("front sheet (-want +got):\n%s", diff)
	}
	linked, target, err := f.GetCellHyperLink(front.Sheet, "D6")
	if want := "'Biểu 1 ''quý I'' 2018'!F5"; err != nil || !linked || target != want {
		t.Errorf("link of D6: %t %q %v, want %q", linked, target, err, want)
	}
	if formula, _ := f.GetCellFormula(front.Sheet, "F7"); formula != "" {
		t.Errorf("F7 is a formula: %q", formula)
	}
}

// TestMarkedBookAfterLibreOffice lets another program open and save a marked
// workbook: it is read as before, and marking it again replaces our remarks.
func TestMarkedBookAfterLibreOffice(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("soffice is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("soffice is not installed")
	}
	dir := t.TempDir()
	data := sample(t, "mark/rich.xlsx")
	if err := os.WriteFile(filepath.Join(dir, "rich.xlsx"), mark(t, "f", data, richRemarks), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(soffice, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless",
		"--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, "rich.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	saved, err := os.ReadFile(filepath.Join(dir, "out", "rich.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	original, _ := sheet.Open("f", data)
	again, _ := sheet.Open("f", mark(t, "f", saved, richRemarks[:1]))
	var want, got []string
	for _, b := range []struct {
		book *sheet.Book
		into *[]string
	}{{original, &want}, {again, &got}} {
		for _, s := range b.book.Sheets {
			for _, r := range s.Rows {
				for _, c := range r.Cells {
					*b.into = append(*b.into, b.book.Place(&s, r.Number, c.Col).String()+" "+c.Text)
				}
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	said := comments(t, mark(t, "f", saved, richRemarks[:1]))
	var ours []string
	for place, text := range said {
		if strings.Contains(text, front.Comment) {
			ours = append(ours, place)
		}
	}
	if diff := cmp.Diff([]string{form1 + "!B5"}, ours); diff != "" || len(said) != 3 {
		t.Errorf("our comments after the second marking (-want +got), of %d:\n%s", len(said), diff)
	}
}

func BenchmarkMark(b *testing.B) {
	for _, name := range []string{"mark/rich.xlsx", "xls/office.xls"} {
		b.Run(name, func(b *testing.B) {
			data := sample(b, name)
			book, _ := sheet.Open("f", data)
			for b.Loop() {
				if err := sheet.Mark(io.Discard, data, book, richRemarks, front); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
