package pipeline

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"baocao/pipeline/report"
)

var (
	partHeading = regexp.MustCompile(`^[IVX]+\. `)
	itemHeading = regexp.MustCompile(`^\d+\. `)
)

// checkBody holds the text: 13 to 14 upright, justified, first lines 10 to
// 12,7 mm in, at least 6 points between paragraphs, lines single to one and a
// half apart.
func (p officialPaper) checkBody(t *testing.T) {
	var said, want strings.Builder
	heading := false
	for i, page := range p.pages[:p.starts(t)[1]] {
		var before *paperLine
		body := p.bodyOf(t, i)
		for j, l := range body {
			indent := l.left - marginLeft
			begins := indent > 1
			if begins {
				heading = partHeading.MatchString(l.text) || itemHeading.MatchString(l.text)
			}
			letters{13, 14, heading, false, begins && partHeading.MatchString(l.text)}.holds(t, fmt.Sprintf("%.40q", l.text), l)
			if begins && (indent < 9.7 || indent > 13) || !begins && !near(indent, 0) {
				t.Errorf("page %d: %.40q is %.1f mm in", i+1, l.text, indent)
			}
			if before != nil {
				gap := (l.base - before.base) * mm // points
				if single := 1.149 * l.size; !begins && (gap < single-0.4 || gap > 1.5*single+0.4) {
					t.Errorf("page %d: %.40q stands %.1f points below the line before", i+1, l.text, gap)
				} else if begins && gap < single+6-0.4 {
					t.Errorf("page %d: paragraph %.40q stands %.1f points below the one before", i+1, l.text, gap)
				}
			}
			goesOn := j+1 < len(body) && body[j+1].left-marginLeft < 1
			if goesOn && !heading && !near(l.right, page.width-marginRight) {
				t.Errorf("page %d: %.40q is not justified: it ends at %.1f mm", i+1, l.text, l.right)
			}
			before = &body[j]
			said.WriteString(squeeze(l.text))
		}
	}
	for _, b := range p.doc.Body {
		text := b.Heading + b.Paragraph
		if b.Item != "" {
			text = "- " + b.Item
		}
		want.WriteString(squeeze(text))
	}
	if got := said.String(); got != want.String() {
		t.Errorf("the text is %d letters long, want %d", len(got), want.Len())
	}
	if !strings.HasSuffix(said.String(), "./.") || strings.Count(said.String(), "./.") != 1 {
		t.Errorf("the text does not end in ./. once")
	}
	for _, a := range p.printed() {
		if !strings.Contains(said.String(), squeeze(a.Label)) {
			t.Errorf("the text does not refer to %s", a.Label)
		}
	}
}

// bodyOf are the lines of running text on a page of the main text: between the
// addressee and the signature.
func (p officialPaper) bodyOf(t *testing.T, i int) []paperLine {
	t.Helper()
	page := p.pages[i]
	top, bottom := marginTop-1, page.height-marginBottom+1
	if i == 0 {
		top = page.line(t, "Kính gửi: "+p.doc.Addressee).bottom
	}
	var all []paperLine
	for _, l := range page.lines {
		if l.text == p.doc.Signature.Authority[0] || l.text == "Nơi nhận:" {
			bottom = min(bottom, l.top)
		}
	}
	for _, l := range page.lines {
		if l.top > top && l.top < bottom && l.text != p.doc.Meta.Footer && l.bottom > marginTop+1 {
			all = append(all, l)
		}
	}
	return all
}

// checkSignature holds boxes 7a to 7c and 9b. They stand on one page, with a line
// of the text above them.
func (p officialPaper) checkSignature(t *testing.T) {
	last := p.starts(t)[1] - 1
	page, s := p.pages[last], p.doc.Signature
	middle := page.width / 2
	var above *paperLine
	for i, text := range s.Authority {
		l := page.line(t, text)
		letters{13, 14, true, false, true}.holds(t, "quyền hạn, chức vụ", l)
		if l.left < middle || above != nil && !near(l.middle(), above.middle()) {
			t.Errorf("%q stands at %.1f mm", l.text, l.left)
		}
		if i > 0 {
			single(t, text, *above, l)
		}
		above = &l
	}
	label, first := page.line(t, "Nơi nhận:"), page.line(t, s.Authority[0])
	letters{12, 12, true, true, false}.holds(t, "Nơi nhận", label)
	if !near(label.left, marginLeft) || math.Abs(label.base-first.base) > 0.5 {
		t.Errorf("Nơi nhận stands at %.1f mm, %.1f below; chức vụ %.1f", label.left, label.base, first.base)
	}
	for i, text := range s.Recipients {
		l := page.line(t, text)
		letters{least: 11, most: 11}.holds(t, "nơi nhận", l)
		end := ";"
		if i == len(s.Recipients)-1 {
			end = "."
		}
		if !near(l.left, marginLeft) || !strings.HasPrefix(text, "- ") || !strings.HasSuffix(text, end) {
			t.Errorf("nơi nhận %q at %.1f mm", text, l.left)
		}
	}
	if s.Recipients[0] != "- Như trên;" || !strings.HasPrefix(s.Recipients[len(s.Recipients)-1], "- Lưu: VT, ") {
		t.Errorf("nơi nhận %q", s.Recipients)
	}
	if body := p.bodyOf(t, last); len(body) == 0 || body[len(body)-1].bottom > label.top {
		t.Error("the signature stands alone on its page")
	}
	const room = 25 // for signature and seal
	if s.Name != "" {
		name := page.line(t, s.Name)
		letters{least: 13, most: 14, bold: true}.holds(t, "họ tên", name)
		if !near(name.middle(), above.middle()) || name.top-above.bottom < room {
			t.Errorf("%q stands at %.1f mm, %.1f below %q at %.1f", name.text, name.middle(), name.top-above.bottom, above.text, above.middle())
		}
	} else if page.height-marginBottom-above.bottom < room {
		t.Errorf("%.0f mm are left below %q", page.height-marginBottom-above.bottom, above.text)
	}
}

var attached = regexp.MustCompile(`^\(Kèm theo Báo cáo số /BC-[A-ZĐ]+ ngày tháng năm \d{4} của .+\)$`)

// checkAnnexes holds the head of each Phụ lục, and of each of its tables the head
// on every page.
func (p officialPaper) checkAnnexes(t *testing.T) {
	starts := append(p.starts(t), len(p.pages))
	for i, a := range p.printed() {
		page := p.pages[starts[i+1]]
		middle := (marginLeft + page.width - marginRight) / 2
		label, reference := page.line(t, a.Label), page.wrapped(t, squeezed(a.Reference))
		letters{least: 14, most: 14, bold: true}.holds(t, a.Label, label)
		if !near(label.top, marginTop) || !strings.HasPrefix(label.text, "Phụ lục ") || !attached.MatchString(squeezed(a.Reference)) {
			t.Errorf("%s at %.1f mm, %q", label.text, label.top, a.Reference)
		}
		for _, l := range reference {
			letters{least: 13, most: 14, italic: true}.holds(t, a.Label+": kèm theo", l)
			if strings.HasSuffix(l.text, "ngày") || strings.HasSuffix(l.text, "tháng") || strings.HasSuffix(l.text, "số") {
				t.Errorf("%s: the room behind %q is lost at the line's end", a.Label, l.text)
			}
		}
		all := []paperLine{label}
		for _, text := range strings.Split(a.Title, "\n") {
			l := page.line(t, text)
			letters{13, 14, true, false, true}.holds(t, a.Label+": tên", l)
			all = append(all, l)
		}
		for _, l := range append(all, reference...) {
			if !near(l.middle(), middle) {
				t.Errorf("%q: its middle is at %.1f mm, want %.1f", l.text, l.middle(), middle)
			}
		}
		rule(t, page, a.Label, reference[len(reference)-1], longest(reference), 1.0/3, 1.0/2)
		p.checkTableHeads(t, a, starts[i+1], starts[i+2])
	}
}

// checkTableHeads finds the row of column numbers of an annex's only table on
// each of its pages, and the table as wide as the text.
func (p officialPaper) checkTableHeads(t *testing.T, a report.Annex, from, to int) {
	t.Helper()
	if len(a.Body) != 1 || a.Body[0].Table == nil || !a.Body[0].Table.Numbers {
		return
	}
	last := fmt.Sprintf("(%d)", len(a.Body[0].Table.Columns))
	for i := from; i < to; i++ {
		page := p.pages[i]
		first, end := page.line(t, "(1)"), page.line(t, last)
		left, right := page.width, 0.0
		for _, r := range page.rules {
			if r.level() && r.length() > 150 {
				left, right = min(left, r.left), max(right, r.right)
			}
		}
		if !near(left, marginLeft) || !near(right, page.width-marginRight) || first.left < left || end.right > right || !near(first.base, end.base) {
			t.Errorf("page %d: the table stands at %.1f to %.1f mm", i+1, left, right)
		}
	}
}
