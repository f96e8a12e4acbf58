package sheet_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"baocao/pipeline/sheet"
)

// rebuilt is the sample with changes: a new part, or old text replaced by new
// in one that is there.
func rebuilt(t *testing.T, changes [][3]string) []byte {
	t.Helper()
	all := parts(t, sample(t, "mark/rich.xlsx"))
	for _, c := range changes {
		if c[1] == "" {
			all[c[0]] = c[2]
			continue
		}
		if !strings.Contains(all[c[0]], c[1]) {
			t.Fatalf("%s does not hold %q", c[0], c[1])
		}
		all[c[0]] = strings.Replace(all[c[0]], c[1], c[2], 1)
	}
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(all[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMarkedBookIsInert builds workbooks that act or fetch: nothing of that is
// in what is given back, and the figures are.
func TestMarkedBookIsInert(t *testing.T) {
	const (
		rel   = `<Relationship Id="rIdEvil" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
		book  = "xl/_rels/workbook.xml.rels"
		first = "xl/worksheets/_rels/sheet1.xml.rels"
		cells = "xl/worksheets/sheet1.xml"
	)
	related := func(part, rest string) [3]string {
		return [3]string{part, "</Relationships>", rel + rest + "</Relationships>"}
	}
	formula := func(text string) [3]string { return [3]string{cells, "SUM(F4:F6)", text} }
	for name, changes := range map[string][][3]string{
		"link to a workbook": {related(book, `externalLink" Target="evil.xml"/>`), {"xl/evil.xml", "", "<evil/>"}},
		"connection":         {related(book, `connections" Target="evil.xml"/>`), {"xl/evil.xml", "", "<evil/>"}},
		"macro sheet":        {related(book, `xlMacrosheet" Target="evil.xml"/>`), {"xl/evil.xml", "", "<evil/>"}},
		"object":             {related(first, `oleObject" Target="../evil.bin"/>`), {"xl/evil.bin", "", "evil"}},
		"ActiveX":            {related(first, `control" Target="../evil.xml"/>`), {"xl/evil.xml", "", "<evil/>"}},
		"query table":        {related(first, `queryTable" Target="../evil.xml"/>`), {"xl/evil.xml", "", "<evil/>"}},
		"remote picture":     {related("xl/drawings/_rels/drawing1.xml.rels", `image" Target="http://evil.example/a.png" TargetMode="External"/>`)},
		"link to a share":    {related(first, `hyperlink" Target="file://evil.example/a" TargetMode="External"/>`)},
		"template":           {related(book, `attachedTemplate" Target="http://evil.example/a" TargetMode="External"/>`)},
		"program":            {{"evil.exe", "", "MZ evil"}, {"xl/_rels/evil.rels", "", "<evil/>"}},
		"own data":           {related(book, `customXml" Target="../customXml/evil.xml"/>`), {"customXml/evil.xml", "", "<evil/>"}},
		"old drawing":        {{"xl/drawings/vmlDrawing1.vml", "<v:fill ", `<v:fill src="http://evil.example/a" `}},
		"macro of others":    {{"xl/drawings/vmlDrawing1.vml", "[0]!Button1_Click", `'\\evil\a.xlsm'!Run`}},
		"type of a part":     {{"[Content_Types].xml", `PartName="/xl/worksheets/sheet3.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"`, `PartName="/xl/worksheets/sheet3.xml" ContentType="application/vnd.ms-excel.evil+xml"`}},
		"DDE":                {formula("evil|'/c calc'!A0")},
		"WEBSERVICE":         {formula(`_xlfn.WEBSERVICE("evil")`)},
		"HYPERLINK":          {formula(`HYPERLINK("evil")`)},
		"other workbook":     {formula(`'[1]evil'!A1`)},
		"defined name":       {{"xl/workbook.xml", `name="TongKinhPhi"`, `name="_xlnm.Auto_Open"`}, {"docProps/evil", "", "evil"}},
	} {
		t.Run(name, func(t *testing.T) {
			data := rebuilt(t, changes)
			want, _ := sheet.Open("f", data)
			if want == nil {
				t.Fatal("the sample is not read")
			}
			marked := mark(t, "f", data, richRemarks)
			for part, content := range parts(t, marked) {
				for _, trace := range []string{"evil", "Auto_Open", "WEBSERVICE"} {
					if strings.Contains(part+content, trace) {
						t.Errorf("part %s of the marked book holds %q", part, trace)
					}
				}
			}
			got, _ := sheet.Open("f", marked)
			if got == nil || len(got.Sheets) != len(want.Sheets) {
				t.Fatalf("the marked book has other sheets than %d", len(want.Sheets))
			}
			if a, b := want.Sheets[0].Row(4).Cell(6).Raw, got.Sheets[0].Row(4).Cell(6).Raw; a != b {
				t.Errorf("F4 is %q, want %q", b, a)
			}
		})
	}
}

// TestFrontByNameAlone holds that a sheet of data is read although the workbook
// calls it our front sheet, and that it is marked as any other.
func TestFrontByNameAlone(t *testing.T) {
	data := rebuilt(t, [][3]string{{"xl/workbook.xml", `name="TongKinhPhi"`, `name="_baocao_front"`}})
	want, _ := sheet.Open("f", sample(t, "mark/rich.xlsx"))
	got, findings := sheet.Open("f", data)
	if got == nil || len(got.Sheets) != len(want.Sheets) {
		t.Fatalf("sheets are missing: %v", findings)
	}
	marked := mark(t, "f", data, richRemarks)
	again, findings := sheet.Open("f", marked)
	if again == nil || len(again.Sheets) != len(want.Sheets) || len(findings) != 1 || findings[0].Code != "sheet-of-remarks" {
		t.Errorf("the marked book reads with %v, want sheet-of-remarks", findings)
	}
	if n := strings.Count(parts(t, marked)["xl/workbook.xml"], "_baocao_front"); n != 1 {
		t.Errorf("our name is defined %d times, want once", n)
	}
}

func TestSheetWithoutItsPart(t *testing.T) {
	for _, kind := range []string{"chartsheet", "xlMacrosheet", "unknown"} {
		data := rebuilt(t, [][3]string{{"xl/_rels/workbook.xml.rels", `worksheet" Target="worksheets/sheet3.xml"`, kind + `" Target="worksheets/sheet3.xml"`}})
		_, findings := sheet.Open("f", data)
		if len(findings) != 1 || findings[0].Code != "sheet-unreadable" || findings[0].Place.Sheet != "Biểu 2" {
			t.Errorf("%s: findings %v, want sheet-unreadable of “Biểu 2”", kind, findings)
		}
	}
}
