package render

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"strings"

	"baocao/pipeline/report"
)

// wordStyleNames are the names that a person sees in the list of styles, a line
// for each: the identifier in the file, then the name.
//
//go:embed docx_styles.txt
var wordStyleNames string

// The identifiers of the styles of a Word document.
const (
	wordParent     = "TenChuQuan"
	wordIssuer     = "TenCoQuan"
	wordSymbol     = "SoKyHieu"
	wordAbout      = "TrichYeuCongVan"
	wordNation     = "QuocHieu"
	wordMotto      = "TieuNgu"
	wordPlace      = "DiaDanh"
	wordRule       = "DuongKe"  // an empty paragraph with a rule under it
	wordNothing    = "KhongChu" // a paragraph that only parts what stands round it
	wordKind       = "TenLoai"
	wordSubject    = "TrichYeu"
	wordTo         = "KinhGui"
	wordBody       = "ThanBai"
	wordItem       = "GachDauDong"
	wordHeading    = "DeMuc"
	wordSubheading = "DeMucNho"
	wordAnnex      = "PhuLuc"
	wordAnnexTitle = "TenPhuLuc"
	wordReference  = "KemTheo"
	wordColumn     = "DauBang"
	wordNumber     = "SoCot"
	wordCell       = "NoiDungBang"
	wordGroup      = "DongLinhVuc"
	wordSub        = "DongKetQua"
	wordTotals     = "DongTong"
	wordNote       = "GhiChuBang"
	wordAuthority  = "QuyenHan"
	wordSigner     = "HoTen"
	wordRecipients = "NoiNhan"
	wordRecipient  = "DanhSachNoiNhan"
	wordHeader     = "DauTrang"
	wordFooter     = "ChanTrang"
	wordTable      = "Bang"
	wordFrame      = "Khung" // a table that only puts things beside each other
)

// wordRowStyle is the style of a row's cells.
func wordRowStyle(kind report.RowKind) string {
	switch kind {
	case report.Group:
		return wordGroup
	case report.Sub:
		return wordSub
	case report.Totals:
		return wordTotals
	}
	return wordCell
}

// justify is running text's alignment, which no cell asks for.
const justify report.Align = "both"

// wordStyle is a style of paragraphs. Points throughout.
type wordStyle struct {
	id      string
	face    style
	size    float64
	align   report.Align
	before  float64
	leading float64
	indent  float64 // of the first line
	keep    bool    // with what follows, and in one piece
	outline int     // level in the navigation, from 1; 0: none
}

// wordStyles are the styles of paragraphs in this layout.
func (l Layout) wordStyles() []wordStyle {
	const middle, head = report.Center, headLeading
	h, t, b, a, g := l.Letterhead, l.Title, l.Body, l.Annex, l.Signature
	indent := b.Indent * mm
	return []wordStyle{
		{id: wordParent, size: h.Parent, align: middle, leading: head},
		{id: wordIssuer, face: bold, size: h.Issuer, align: middle, leading: head},
		{id: wordSymbol, size: h.Symbol, align: middle, leading: head, before: underRule},
		{id: wordAbout, size: h.about(), align: middle, leading: head, before: aboveAbout},
		{id: wordNation, face: bold, size: h.Nation, align: middle, leading: head},
		{id: wordMotto, face: bold, size: h.Motto, align: middle, leading: head},
		{id: wordPlace, face: italic, size: h.Place, align: middle, leading: head, before: underRule},
		{id: wordKind, face: bold, size: t.Kind, align: middle, leading: b.Leading, before: 18, keep: true},
		{id: wordSubject, face: bold, size: t.Subject, align: middle, leading: b.Leading, keep: true},
		{id: wordTo, size: t.To, align: middle, leading: b.Leading, before: 10, keep: true},
		{id: wordBody, size: b.Size, align: justify, leading: b.Leading, before: b.Gap, indent: indent},
		{id: wordItem, size: b.Size, align: justify, leading: b.Leading, before: b.Gap, indent: indent},
		{id: wordHeading, face: bold, size: b.Size, leading: b.Leading, before: b.Gap, indent: indent, keep: true, outline: 1},
		{id: wordSubheading, face: bold, size: b.Size, leading: b.Leading, before: b.Gap, indent: indent, keep: true, outline: 2},
		{id: wordAnnex, face: bold, size: a.Label, align: middle, leading: b.Leading, keep: true, outline: 1},
		{id: wordAnnexTitle, face: bold, size: a.Title, align: middle, leading: b.Leading, keep: true},
		{id: wordReference, face: italic, size: a.Reference, align: middle, leading: b.Leading, keep: true},
		{id: wordColumn, face: bold, size: l.Table.Max, align: middle, leading: l.Table.Leading, keep: true},
		{id: wordNumber, size: l.Table.Max, align: middle, leading: l.Table.Leading, keep: true},
		{id: wordCell, size: l.Table.Max, leading: l.Table.Leading},
		{id: wordGroup, face: rowStyle(report.Group), size: l.Table.Max, leading: l.Table.Leading},
		{id: wordSub, face: rowStyle(report.Sub), size: l.Table.Max, leading: l.Table.Leading},
		{id: wordTotals, face: rowStyle(report.Totals), size: l.Table.Max, leading: l.Table.Leading},
		{id: wordNote, face: italic, size: b.Size - 1, leading: b.Leading, before: 3},
		{id: wordAuthority, face: bold, size: g.Authority, align: middle, leading: head, keep: true},
		{id: wordSigner, face: bold, size: g.Name, align: middle, leading: head, before: g.Room * mm, keep: true},
		{id: wordRecipients, face: boldItalic, size: g.Label, leading: head, before: g.drop(), keep: true},
		{id: wordRecipient, size: g.Recipients, leading: head},
		{id: wordHeader, size: l.Number.Size, leading: lineHeight},
		{id: wordFooter, size: l.Footer.Size, leading: footerLeading},
	}
}

const (
	// lineHeight is what a word processor takes for a line of the face at single
	// spacing, in sizes of type.
	lineHeight = 1.149
	// underRule is the room between a letterhead's rules and what stands below.
	underRule = 6
)

// wordStylePart is the file of styles.
func (r *Renderer) wordStylePart() []byte {
	names := map[string]string{}
	for one := range strings.Lines(wordStyleNames) {
		id, name, _ := strings.Cut(strings.TrimSpace(one), " ")
		names[id] = name
	}
	var b bytes.Buffer
	font, size := escaped(r.layout.Font), halfPoints(r.layout.Body.Size)
	fmt.Fprintf(&b, `%s<w:styles xmlns:w="%s"><w:docDefaults><w:rPrDefault><w:rPr>`+
		`<w:rFonts w:ascii="%[3]s" w:hAnsi="%[3]s" w:eastAsia="%[3]s" w:cs="%[3]s"/><w:sz w:val="%[4]d"/><w:szCs w:val="%[4]d"/>`+
		`<w:lang w:val="%[5]s" w:eastAsia="%[5]s" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`+
		`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		xmlHead, wordSpace, font, size, wordLanguage)
	b.WriteString(wordBuiltins)
	for _, s := range r.layout.wordStyles() {
		s.write(&b, names[s.id])
	}
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>`+
		`<w:pPr><w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="%d" w:space="0" w:color="000000"/></w:pBdr>`+
		`<w:spacing w:line="60" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>`,
		wordRule, names[wordRule], eighths(thin))
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>`+
		`<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>`,
		wordNothing, names[wordNothing])
	l := r.layout.Table
	writeTableStyle(&b, wordTable, names[wordTable], l.Pad, l.Rule)
	writeTableStyle(&b, wordFrame, names[wordFrame], 0, 0)
	b.WriteString(`</w:styles>`)
	return b.Bytes()
}

// wordBuiltins are the styles that every Word document has.
const wordBuiltins = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>` +
	`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>` +
	`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>` +
	`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>` +
	`<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>`

func (s wordStyle) write(b *bytes.Buffer, name string) {
	fmt.Fprintf(b, `<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>`, s.id, name)
	if s.outline > 0 {
		fmt.Fprintf(b, `<w:next w:val="%s"/>`, wordBody)
	}
	b.WriteString(`<w:qFormat/><w:pPr>`)
	if s.keep {
		b.WriteString(`<w:keepNext/><w:keepLines/>`)
	}
	fmt.Fprintf(b, `<w:spacing w:before="%d" w:line="%d" w:lineRule="auto"/>`, twips(s.before), int(math.Round(240*s.leading/lineHeight)))
	if s.indent > 0 {
		fmt.Fprintf(b, `<w:ind w:firstLine="%d"/>`, twips(s.indent))
	}
	fmt.Fprintf(b, `<w:jc w:val="%s"/>`, wordAlign(s.align))
	if s.outline > 0 {
		fmt.Fprintf(b, `<w:outlineLvl w:val="%d"/>`, s.outline-1)
	}
	b.WriteString(`</w:pPr><w:rPr>`)
	if s.face.bold() {
		b.WriteString(`<w:b/><w:bCs/>`)
	}
	if s.face.italic() {
		b.WriteString(`<w:i/><w:iCs/>`)
	}
	b.WriteString(wordSize(s.size))
	b.WriteString(`</w:rPr></w:style>`)
}

func writeTableStyle(b *bytes.Buffer, id, name string, pad, rule float64) {
	fmt.Fprintf(b, `<w:style w:type="table" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="TableNormal"/><w:tblPr>`, id, name)
	if rule > 0 {
		b.WriteString(`<w:tblBorders>`)
		for _, side := range [...]string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			fmt.Fprintf(b, `<w:%s w:val="single" w:sz="%d" w:space="0" w:color="000000"/>`, side, eighths(rule))
		}
		b.WriteString(`</w:tblBorders>`)
	}
	b.WriteString(`<w:tblCellMar>`)
	for _, side := range [...]string{"top", "left", "bottom", "right"} {
		fmt.Fprintf(b, `<w:%s w:w="%d" w:type="dxa"/>`, side, twips(pad))
	}
	b.WriteString(`</w:tblCellMar></w:tblPr></w:style>`)
}

// wordAlign is an alignment in the file's words.
func wordAlign(a report.Align) string {
	if a == report.Left {
		return "left"
	}
	return string(a)
}

// wordSize is a size of type as a property of a run.
func wordSize(points float64) string {
	n := halfPoints(points)
	return fmt.Sprintf(`<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, n, n)
}

// The file measures lengths in twentieths of a point, type in halves and rules
// in eighths of one.
func twips(points float64) int      { return int(math.Round(20 * points)) }
func halfPoints(points float64) int { return int(math.Round(2 * points)) }
func eighths(points float64) int    { return max(2, int(math.Round(8*points))) }
