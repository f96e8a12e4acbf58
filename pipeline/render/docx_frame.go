package render

import (
	"fmt"
	"strings"

	"baocao/pipeline/report"
)

// frame writes a table without rules that puts things beside each other: rows
// of two cells. A row is never parted, nor the rows from what follows if keep.
func (t *wordText) frame(widths [2]float64, rows ...[2][]wordPara) {
	cols := columnTwips(widths[:])
	t.w.WriteString(tableStart(wordFrame, cols))
	for _, row := range rows {
		t.w.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, cell := range row {
			fmt.Fprintf(t.w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, cols[i])
			if len(cell) == 0 {
				cell = []wordPara{{style: wordNothing}}
			}
			for _, p := range cell {
				if i == 0 {
					p.right += gutter
				}
				p.write(t.w)
			}
			t.w.WriteString(`</w:tc>`)
		}
		t.w.WriteString(`</w:tr>`)
	}
	t.w.WriteString(`</w:tbl>`)
}

// letterhead sets the head of page 1: NĐ 30/2020/NĐ-CP, PL I, mục II.
func (t *wordText) letterhead(h report.Letterhead) {
	if h == (report.Letterhead{}) {
		return
	}
	l := t.r.layout.Letterhead
	nation, motto, place := t.r.typeface(bold, l.Nation), t.r.typeface(bold, l.Motto), t.r.typeface(italic, l.Place)
	parent, issuer := t.r.typeface(regular, l.Parent), t.r.typeface(bold, l.Issuer)
	measure := t.paper.measure()
	need := max(nation.width(h.Nation), motto.width(h.Motto), place.width(h.Place))
	right := wordStack{width: min(need+2*wordSlack, 0.64*measure)}
	left := wordStack{width: measure - right.width - gutter}
	widths := [2]float64{left.width + gutter, right.width}

	right.add(wordNation, h.Nation, nation)
	right.rule(right.add(wordMotto, h.Motto, motto))
	left.add(wordParent, h.Parent, parent)
	left.rule(shortRule * left.add(wordIssuer, h.Issuer, issuer))
	under := [2]wordStack{{width: left.width}, {width: right.width}}
	under[0].add(wordSymbol, h.Symbol, t.r.typeface(regular, l.Symbol))
	under[0].add(wordAbout, h.About, t.r.typeface(regular, l.about()))
	under[1].add(wordPlace, h.Place, place)

	t.beginTable(0, false)
	t.frame(widths, [2][]wordPara{left.paras, right.paras}, [2][]wordPara{under[0].paras, under[1].paras})
}

// wordStack is centred text in a part of the page's width.
type wordStack struct {
	width float64
	paras []wordPara
}

// add adds text, with indents that break it where its lines come out even, and
// gives the length of the longest line.
func (k *wordStack) add(style, text string, face typeface) float64 {
	if text == "" {
		return 0
	}
	lines := face.balance(text, k.width-wordSlack)
	long := widest(lines)
	p := wordPara{style: style, text: text}
	if len(lines) > 1 {
		p.left = max(0, (k.width-long-wordSlack)/2)
		p.right = p.left
	}
	k.paras = append(k.paras, p)
	return long
}

// rule adds a rule of a length.
func (k *wordStack) rule(length float64) {
	if length > 0 {
		k.paras = append(k.paras, ruleIn(k.width, length))
	}
}

// signature sets the end of the main text: nơi nhận on the left, level with it
// quyền hạn, room for signature and seal, and the name. It stays in one piece,
// with the last paragraph of the text above it.
func (t *wordText) signature(g report.Signature) {
	if len(g.Authority) == 0 && len(g.Recipients) == 0 && g.Name == "" {
		return
	}
	half := t.paper.measure() / 2
	face := t.r.typeface(regular, t.r.layout.Signature.Recipients)
	var left, right, rest []wordPara
	height := 0.0
	if len(g.Recipients) > 0 {
		left = append(left, wordPara{style: wordRecipients, text: t.words.Recipients})
	}
	for _, one := range g.Recipients {
		p := wordPara{style: wordRecipient, text: dashed(one)}
		height += float64(len(face.wrap(p.text, half-gutter, half-gutter))) * headLeading * face.size
		// A list longer than the block beside it may go on over the page.
		if height > t.paper.room()/2 {
			rest = append(rest, p)
			continue
		}
		p.keep = true
		left = append(left, p)
	}
	if len(g.Authority) > 0 {
		right = append(right, wordPara{style: wordAuthority, text: strings.Join(g.Authority, "\n")})
	}
	right = append(right, wordPara{style: wordSigner, text: g.Name})
	t.beginTable(2*t.r.layout.Body.Gap, true)
	t.frame([2]float64{half, half}, [2][]wordPara{left, right})
	for _, p := range rest {
		t.para(p)
	}
}
