package sheet_test

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// FuzzMark puts remarks into workbooks whose parts are anything: what is read
// can be marked, and is then read as before.
func FuzzMark(f *testing.F) {
	for _, name := range []string{"mark/rich.xlsx", "mark/strict.xlsx", "cells-office.xlsx"} {
		z, err := zip.NewReader(bytes.NewReader(sample(f, name)), int64(len(sample(f, name))))
		if err != nil {
			f.Fatal(err)
		}
		get := func(part string) string {
			data, err := fs.ReadFile(z, part)
			if err != nil {
				return "" // not every sample has every part
			}
			return string(data)
		}
		f.Add(get("xl/workbook.xml"), get("xl/worksheets/sheet1.xml"), get("xl/styles.xml"), get("xl/comments1.xml"), get("xl/drawings/vmlDrawing1.vml"))
	}
	const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	f.Add(`<workbook `+main+`><sheets><sheet name="S" xmlns:r="r" r:id="rId1"/></sheets><definedNames/></workbook>`,
		`<worksheet `+main+`><sheetData><row><c><v>1</v></c></row></sheetData><legacyDrawing xmlns:r="r" r:id="rId3"/></worksheet>`,
		`<styleSheet `+main+`><dxfs count="0"/></styleSheet>`,
		`<comments `+main+`><authors/><commentList><comment ref="A1"><text><t>x</t></text></comment></commentList></comments>`, `<xml></xml>`)
	f.Fuzz(func(t *testing.T, workbook, worksheet, styles, comments, vml string) {
		data := pack(t, workbook, worksheet, styles, comments, vml)
		want, _ := sheet.Open("f", data)
		if want == nil || len(want.Sheets) == 0 {
			return
		}
		var remarks []sheet.Remark
		for _, s := range want.Sheets {
			for _, r := range s.Rows {
				remarks = append(remarks, sheet.Remark{Place: want.Place(&s, r.Number, r.Cells[0].Col), Level: finding.Error, Text: "Sai."})
			}
		}
		var b bytes.Buffer
		if err := sheet.Mark(&b, data, want, remarks, front); err != nil {
			t.Fatal(err)
		}
		got, findings := sheet.Open("f", b.Bytes())
		if got == nil {
			t.Fatalf("the marked book is not read: %v", findings)
		}
		if diff := cmp.Diff(want.Sheets, got.Sheets, cmpopts.IgnoreFields(sheet.Cell{}, "Formula", "Font"),
			cmpopts.IgnoreFields(sheet.Sheet{}, "Name"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("cells (-want +got):\n%s", diff)
		}
	})
}

// pack makes a workbook of one sheet of its parts.
func pack(t *testing.T, workbook, worksheet, styles, comments, vml string) []byte {
	t.Helper()
	const rels = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"xl/workbook.xml", workbook},
		{"xl/_rels/workbook.xml.rels", rels + `<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/styles" Target="styles.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", worksheet},
		{"xl/worksheets/_rels/sheet1.xml.rels", rels + `<Relationship Id="rId2" Type="x/comments" Target="../comments1.xml"/><Relationship Id="rId3" Type="x/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`},
		{"xl/styles.xml", styles},
		{"xl/comments1.xml", comments},
		{"xl/drawings/vmlDrawing1.vml", vml},
	} {
		w, err := out.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
