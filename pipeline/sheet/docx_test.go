package sheet

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// documentOf is a document whose body has the given XML.
func documentOf(t testing.TB, body string) []byte {
	t.Helper()
	return zipped(t,
		part{"[Content_Types].xml", contentTypes},
		part{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="m"><w:body>` + body + `</w:body></w:document>`})
}

func para(text string) string { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>" }

func cell(properties string, content ...string) string {
	return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + strings.Join(content, "") + "</w:tc>"
}

func tableRow(cells ...string) string { return "<w:tr>" + strings.Join(cells, "") + "</w:tr>" }

func table(rows ...string) string {
	return `<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>` + strings.Join(rows, "") + "</w:tbl>"
}

// shown is the sheet as lines "number: A=text B=text".
func shown(book *Book, s *Sheet) []string {
	var lines []string
	for _, row := range s.Rows {
		var texts []string
		for _, c := range row.Cells {
			texts = append(texts, strings.Trim(book.Place(s, row.Number, c.Col).Cell+"="+strings.ReplaceAll(c.Text, "\n", "¶"), "="))
		}
		lines = append(lines, strings.Join(texts, " "))
	}
	return lines
}

func TestDocument(t *testing.T) {
	const (
		span2     = `<w:gridSpan w:val="2"/>`
		starts    = `<w:vMerge w:val="restart"/>`
		continues = `<w:vMerge/>`
	)
	for _, tt := range []struct {
		name, body string
		want       []string
		merges     []Range
	}{
		{"paragraphs and a table in order",
			para("Số: 1982/QĐ-UBND") + para("") + table(tableRow(cell("", para("1")), cell("", para("a")))) + para("sau"),
			[]string{"A1=Số: 1982/QĐ-UBND", "A3=1 B3=a", "A4=sau"}, nil},
		{"runs, tabs and breaks",
			`<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Chủ </w:t></w:r><w:r><w:t>trì</w:t><w:tab/><w:t>X</w:t><w:br/><w:t>R</w:t><w:noBreakHyphen/><w:t>l</w:t></w:r></w:p>`,
			[]string{"A1=Chủ trì X¶R-l"}, nil},
		{"columns of the grid",
			table(
				tableRow(cell(span2, para("ab")), cell("", para("c"))),
				`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>`+cell("", para("b"))+cell("", para("c"))+`</w:tr>`),
			[]string{"A1=ab C1=c", "B2=b C2=c"}, []Range{{1, 1, 1, 2}}},
		{"vertical merges",
			table(
				tableRow(cell(starts, para("x")), cell("", para("1"))),
				tableRow(cell(continues, para("")), cell(starts+span2, para("2"))),
				tableRow(cell("", para("y")), cell(continues+span2, para("2"))),
				tableRow(cell(starts, para("z")), cell("", para("4")))),
			[]string{"A1=x B1=1", "B2=2", "A3=y", "A4=z B4=4"},
			[]Range{{1, 1, 2, 1}, {2, 2, 3, 3}}},
		{"several paragraphs in a cell",
			table(tableRow(cell("", para("- Chủ trì: A"), para(""), para("- Phối hợp: B")))),
			[]string{"A1=- Chủ trì: A¶- Phối hợp: B"}, nil},
		{"proposed changes",
			`<w:p><w:del><w:r><w:delText>cũ</w:delText><w:t>cũ</w:t></w:r></w:del><w:ins><w:r><w:t>mới</w:t></w:r></w:ins></w:p>` +
				table(`<w:tr><w:trPr><w:del/></w:trPr>`+cell("", para("bỏ"))+`</w:tr>`, tableRow(cell("", para("giữ")))),
			[]string{"A1=mới", "A3=giữ"}, nil},
		{"table within a cell",
			table(tableRow(cell("", para("ngoài"), table(tableRow(cell(span2, para("trong")), cell("", para("nữa"))))), cell("", para("b")))),
			[]string{"A1=ngoài¶trong¶nữa B1=b"}, nil},
		{"content controls and drawings",
			`<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>` + para("trong") + `</w:sdtContent></w:sdt>` +
				`<w:p><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("hộp") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("hộp") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:p>`,
			[]string{"A1=trong", "A2=hộp"}, nil},
		{"impossible span", table(tableRow(cell(`<w:gridSpan w:val="999999999"/>`, para("a")), cell("", para("b")))),
			[]string{"A1=a B1=b"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			book, findings := Open("x.docx", documentOf(t, tt.body))
			if book == nil || len(findings) > 0 {
				t.Fatal(findings)
			}
			s := &book.Sheets[0]
			if diff := cmp.Diff(tt.want, shown(book, s)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(append([]Range{}, tt.merges...), append([]Range{}, s.Merges...)); diff != "" {
				t.Error(diff)
			}
			if book.Format != DOCX || !s.Grid {
				t.Errorf("got format %q, grid %t", book.Format, s.Grid)
			}
		})
	}
}
