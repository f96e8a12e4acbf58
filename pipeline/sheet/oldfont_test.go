package sheet

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// Workbooks and documents of openpyxl and LibreOffice say what their writers
// meant, whether the font tells it or not.
func TestOldFontSamples(t *testing.T) {
	var files map[string]map[string]map[string]string // file, sheet, cell
	if err := json.Unmarshal(sample(t, "testdata/oldfont/expected.json"), &files); err != nil {
		t.Fatal(err)
	}
	if len(files) < 9 {
		t.Fatalf("%d samples, want more", len(files))
	}
	for name, sheets := range files {
		book, findings := Open(name, sample(t, "testdata/oldfont/"+name))
		if book == nil {
			t.Fatal(findings)
		}
		for i := range book.Sheets {
			s := &book.Sheets[i]
			got := map[string]string{}
			for _, row := range s.Rows {
				for _, c := range row.Cells {
					got[book.Place(s, row.Number, c.Col).Cell] = c.Text
					if c.Kind == String && c.Raw != c.Text {
						t.Errorf("%s, %s, row %d: got the raw text %q beside %q", name, s.Name, row.Number, c.Raw, c.Text)
					}
				}
			}
			if diff := cmp.Diff(sheets[s.Name], got); diff != "" {
				t.Errorf("%s, sheet %q:\n%s", name, s.Name, diff)
			}
		}
		var want []finding.Finding
		if strings.HasPrefix(name, "changed") {
			want = []finding.Finding{oldFontFound(name, "A", viet.TCVN3), oldFontFound(name, "B", viet.VNI)}
		}
		if diff := cmp.Diff(want, findings); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func oldFontFound(file, sheet string, e viet.Encoding) finding.Finding {
	return finding.Finding{Code: "old-font", Level: finding.Note, Place: finding.Place{File: file, Sheet: sheet}, Got: string(e)}
}

func TestFontOfCell(t *testing.T) {
	book := mustOpen(t, "testdata/oldfont/mixed.xlsx")
	s := &book.Sheets[0]
	for ref, want := range map[string]string{
		"A1": "", "A2": ".VnTime", "A3": "VNI-Times", "A4": ".VnTimeH", "A5": "", "A7": "VNI-Times", "B1": ".VnTime",
	} {
		p, _ := parseRef(ref)
		if got := s.Row(p.row).Cell(p.col).Font; got != want {
			t.Errorf("%s: got font %q, want %q", ref, got, want)
		}
	}
	want := Cell{Col: 1, Kind: Number, Text: "15.5 triệu đồng", Raw: "15.5", Format: `0.0 "triệu đồng"`, Font: "VNI-Times"}
	if diff := cmp.Diff(want, s.Row(7).Cell(1)); diff != "" {
		t.Error(diff)
	}
}

// What the fonts leave open, the sheet as a whole decides.
func TestOldFontsWithinSheet(t *testing.T) {
	head := []string{"Néi dung", "T×nh tr¹ng", "KÕt qu¶", "Ghi chó", "Së T\u00ad ph¸p"}
	for _, tt := range []struct {
		name        string
		texts, want []string
		found       bool
	}{
		{"only TCVN3", append(head, "c«ng", "vô"), []string{"Nội dung", "Tình trạng", "Kết quả", "Ghi chú", "Sở Tư pháp", "công", "vụ"}, true},
		{"among Unicode", append(head[:3:3], "T\u00ad ph¸p", "Sở Nội vụ", "Công an", "vô"), []string{"Nội dung", "Tình trạng", "Kết quả", "Tư pháp", "Sở Nội vụ", "Công an", "vô"}, true},
		{"too little to tell", []string{"Së T\u00ad ph¸p", "vô"}, []string{"Së T\u00ad ph¸p", "vô"}, false},
		{"soft hyphens", []string{"triển\u00adkhai hành\u00adchính", "không", "\u00ad"}, []string{"triểnkhai hànhchính", "không", "\u00ad"}, false},
		{"nothing", nil, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var rows strings.Builder
			for _, text := range tt.texts {
				rows.WriteString(`<row><c t="inlineStr"><is><t>` + text + `</t></is></c></row>`)
			}
			book, findings := Open("x", workbookOf(t, `<worksheet><sheetData>`+rows.String()+`</sheetData></worksheet>`))
			if book == nil {
				t.Fatal(findings)
			}
			var got []string
			for _, row := range book.Sheets[0].Rows {
				got = append(got, row.Cells[0].Text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			var want []finding.Finding
			if tt.found {
				want = []finding.Finding{oldFontFound("x", "S", viet.TCVN3)}
			}
			if diff := cmp.Diff(want, findings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOldFontsInText(t *testing.T) {
	book, findings := Open("x.txt", []byte("\tNéi dung\n\tT×nh tr¹ng\n\tKÕt qu¶\n\n\tC«ng khai thñ tôc\n\t®¹t\n\tkÐm\n"))
	if book == nil {
		t.Fatal(findings)
	}
	want := []string{"Nội dung", "Tình trạng", "Kết quả", "Công khai thủ tục", "đạt", "kém"}
	var got []string
	for _, row := range book.Sheets[0].Rows {
		for _, c := range row.Cells {
			got = append(got, c.Text)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]finding.Finding{oldFontFound("x.txt", "", viet.TCVN3)}, findings); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentFonts(t *testing.T) {
	const styles = `<w:styles xmlns:w="w"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/></w:rPr></w:rPrDefault></w:docDefaults>
		<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Head"><w:basedOn w:val="Normal"/><w:pPr><w:rPr/></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Plain"><w:basedOn w:val="Loop"/></w:style>
		<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Plain"/></w:style>
		<w:style w:type="character" w:styleId="Vni"><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr></w:style></w:styles>`
	run := func(properties, text string) string {
		return "<w:r><w:rPr>" + properties + "</w:rPr><w:t>" + text + "</w:t></w:r>"
	}
	for _, tt := range []struct{ name, paragraph, want string }{
		{"usual style", run("", "C«ng v¨n"), "Công văn"},
		{"style based on it", `<w:pPr><w:pStyle w:val="Head"/></w:pPr>` + run("", "C«ng v¨n"), "Công văn"},
		{"styles in a circle", `<w:pPr><w:pStyle w:val="Plain"/></w:pPr>` + run("", "Công an"), "Công an"},
		{"own font", run(`<w:rFonts w:hAnsi="Arial"/>`, "Công an"), "Công an"},
		{"theme font", run(`<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>`, "Công an"), "Công an"},
		{"font for other characters", run(`<w:rFonts w:cs="Arial"/>`, "C«ng v¨n"), "Công văn"},
		{"style of a run", run(`<w:rStyle w:val="Vni"/>`, "Coâng vaên"), "Công văn"},
		{"several fonts", run("", "C«ng v¨n, ") + run(`<w:rFonts w:hAnsi="Arial"/>`, "công an, ") + run(`<w:rStyle w:val="Vni"/>`, "ñaït"), "Công văn, công an, đạt"},
		{"a letter in two runs", run(`<w:rStyle w:val="Vni"/>`, "Coâng va") + run(`<w:b/><w:rStyle w:val="Vni"/>`, "ên"), "Công văn"},
		{"capitals", run(`<w:rFonts w:hAnsi=".VnTimeH"/>`, "c«ng v¨n") + run("", " c«ng v¨n"), "CÔNG VĂN công văn"},
		{"soft hyphen", `<w:r><w:t>T</w:t><w:softHyphen/><w:t> ph¸p</w:t></w:r>`, "Tư pháp"},
		{"soft hyphen in Unicode", run(`<w:rFonts w:hAnsi="Arial"/>`, "triển") + `<w:r><w:rPr><w:rFonts w:hAnsi="Arial"/></w:rPr><w:softHyphen/><w:t>khai</w:t></w:r>`, "triểnkhai"},
		{"font of the paragraph's mark", `<w:pPr><w:rPr><w:rFonts w:hAnsi="VNI-Times"/></w:rPr></w:pPr>` + run("", "C«ng v¨n"), "Công văn"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := `<w:document xmlns:w="w"><w:body><w:p>` + tt.paragraph + `</w:p></w:body></w:document>`
			data := zipped(t, part{"[Content_Types].xml", contentTypes}, part{"word/styles.xml", styles}, part{"word/document.xml", body})
			book, findings := Open("x", data)
			if book == nil || len(findings) > 0 {
				t.Fatal(findings)
			}
			if got := book.Sheets[0].Row(1).Cell(1).Text; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// BenchmarkReadOldFonts is what the look at the fonts adds to opening the plan.
func BenchmarkReadOldFonts(b *testing.B) {
	for _, name := range []string{"../form/testdata/plan/total-351.xlsx", "../form/testdata/plan/1982.xlsx"} {
		book := mustOpen(b, name)
		b.Run(name[strings.LastIndexByte(name, '/')+1:], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				readOldFonts(book)
			}
		})
	}
}
