package pipeline

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"baocao/pipeline/agency"
	"baocao/pipeline/report"
)

// officialPaper is a report as it is printed, with the document it was made of.
type officialPaper struct {
	*paper
	doc    *report.Document
	layout string
}

// officialPapers are whole reports of the made-up year in both issuers' names and
// in both layouts: as of a day under TT 01/2011/TT-BNV, and of one under
// NĐ 30/2020/NĐ-CP.
func officialPapers(t *testing.T) map[string]officialPaper {
	t.Helper()
	p := withStore(t, samplePipeline(t))
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := map[string]officialPaper{}
	for name, asOf := range map[string]time.Time{"TT01-2011": {}, "ND30-2020": time.Date(2020, 3, 5, 17, 0, 0, 0, agency.Zone)} {
		made, err := p.Statement(t.Context(), period(t, "2018-6M"), asOf)
		if err != nil {
			t.Fatal(err)
		}
		layout, err := p.office.layout(agency.DayOf(made.Statement.AsOf))
		if err != nil {
			t.Fatal(err)
		}
		if layout.name != name {
			t.Errorf("a report as of %s is laid out by %s, want %s", made.Statement.AsOf, layout.name, name)
		}
		signed := documentAs(t, p, made, ReportAs{})
		signed.Signature.Authority, signed.Signature.Name = []string{"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}, "Nguyễn Thị A"
		for as, doc := range map[string]*report.Document{
			"snv": documentAs(t, p, made, ReportAs{}), "signed": signed,
			"ubnd": documentAs(t, p, made, ReportAs{Issuer: "ubnd"}), "agency": documentAs(t, p, made, ReportAs{Agency: "vpubnd"}),
		} {
			var b bytes.Buffer
			if err := layout.renderer.PDF(&b, doc); err != nil {
				t.Fatal(err)
			}
			all[name+"/"+as] = officialPaper{readPaper(t, b.Bytes()), doc, name}
		}
	}
	return all
}

// TestOfficialLayout holds whole reports, as other programs read them, against
// NĐ 30/2020/NĐ-CP, Phụ lục I, and TT 01/2011/TT-BNV.
func TestOfficialLayout(t *testing.T) {
	for name, p := range officialPapers(t) {
		t.Run(name, func(t *testing.T) {
			p.checkPages(t)
			p.checkLetterhead(t)
			p.checkTitle(t)
			p.checkBody(t)
			p.checkSignature(t)
			p.checkAnnexes(t)
		})
	}
}

// letters is how the letters of an element must look; sizes are the least and the
// greatest that the decree allows.
type letters struct {
	least, most  float64
	bold, italic bool
	capitals     bool
}

// holds checks a line against them; its letters are black in any case.
func (f letters) holds(t *testing.T, what string, l paperLine) {
	t.Helper()
	if l.size < f.least || l.size > f.most {
		t.Errorf("%s: size %.1f, want %v to %v", what, l.size, f.least, f.most)
	}
	if l.bold != f.bold || l.italic != f.italic {
		t.Errorf("%s: bold %v and italic %v, want %v and %v", what, l.bold, l.italic, f.bold, f.italic)
	}
	if f.capitals && l.text != strings.ToUpper(l.text) {
		t.Errorf("%s: %q is not in capitals", what, l.text)
	}
	if l.color != "#000000" {
		t.Errorf("%s: colour %s, want black", what, l.color)
	}
}

// The text of every page stands within the margins: 30 mm on the left, 15 on the
// right, 20 above and below, turned pages as upright ones; only the page's number
// and the line at the foot stand outside, and nothing near the paper's edge.
const marginLeft, marginRight, marginTop, marginBottom = 30.0, 15.0, 20.0, 20.0

func (p officialPaper) checkPages(t *testing.T) {
	starts := p.starts(t)
	number, part := 0, -1
	for i, page := range p.pages {
		if number++; part+1 < len(starts) && starts[part+1] == i {
			part, number = part+1, 1
		}
		turned := part > 0 && p.printed()[part-1].Landscape
		wide, tall := 210.0, 297.0
		if turned {
			wide, tall = tall, wide
		}
		if !near(page.width, wide) || !near(page.height, tall) {
			t.Errorf("page %d is %.1f × %.1f mm, want %.0f × %.0f", i+1, page.width, page.height, wide, tall)
		}
		var outside []paperLine
		for _, l := range page.lines {
			switch {
			case l.left < marginLeft-0.5 || l.right > page.width-marginRight+0.5:
				t.Errorf("page %d: %q runs from %.1f to %.1f mm", i+1, l.text, l.left, l.right)
			case l.bottom < marginTop+1 || l.top > page.height-marginBottom-1:
				outside = append(outside, l)
			}
		}
		for _, r := range page.rules {
			if r.left < marginLeft-0.5 || r.right > page.width-marginRight+0.5 || r.top < marginTop-0.5 || r.bottom > page.height-marginBottom+0.5 {
				t.Errorf("page %d: a rule at %+v stands outside the margins", i+1, r)
			}
		}
		p.checkMargins(t, i, number, outside)
	}
	if part != len(starts)-1 {
		t.Errorf("%d parts, want %d", part+1, len(starts))
	}
}

// checkMargins finds a page's number in its place, in the middle of the upper
// margin or on the right of the lower one, none on the first page of a part, and
// the line at the foot.
func (p officialPaper) checkMargins(t *testing.T, i, number int, outside []paperLine) {
	t.Helper()
	var found []string
	for _, l := range outside {
		if l.text == p.doc.Meta.Footer {
			if l.top < p.pages[i].height-marginBottom || l.size > 9 {
				t.Errorf("page %d: the line at the foot is %.1f points at %.1f mm", i+1, l.size, l.top)
			}
			continue
		}
		found = append(found, l.text)
		letters{least: 13, most: 14}.holds(t, fmt.Sprintf("number of page %d", i+1), l)
		width, height := p.pages[i].width, p.pages[i].height
		switch p.layout {
		case "ND30-2020":
			if middle := (marginLeft + width - marginRight) / 2; !near(l.middle(), middle) || l.top < 5 || l.bottom > marginTop {
				t.Errorf("page %d: number at %.1f, %.1f mm, want it in the middle of the upper margin", i+1, l.middle(), l.top)
			}
		default:
			if !near(l.right, width-marginRight) || l.top < height-marginBottom || l.bottom > height-5 {
				t.Errorf("page %d: number ends at %.1f, %.1f mm, want it on the right of the lower margin", i+1, l.right, l.bottom)
			}
		}
	}
	want := ""
	if number > 1 {
		want = fmt.Sprint(number)
	}
	if got := strings.Join(found, "|"); got != want || len(outside)-len(found) != 1 {
		t.Errorf("page %d: in the margins are %q and %d lines at the foot, want %q and 1", i+1, got, len(outside)-len(found), want)
	}
}

// printed are the annexes that are on paper.
func (p officialPaper) printed() []report.Annex {
	var all []report.Annex
	for _, a := range p.doc.Annexes {
		if !a.Workbook {
			all = append(all, a)
		}
	}
	return all
}

// starts are the first pages of the main text and of each annex.
func (p officialPaper) starts(t *testing.T) []int {
	t.Helper()
	starts := []int{0}
	for _, a := range p.printed() {
		for i := starts[len(starts)-1] + 1; i < len(p.pages); i++ {
			if len(p.pages[i].lines) > 0 && p.pages[i].lines[0].text == a.Label {
				starts = append(starts, i)
				break
			}
		}
	}
	if len(starts) != 1+len(p.printed()) {
		t.Fatalf("%d of %d annexes begin a page", len(starts)-1, len(p.printed()))
	}
	return starts
}

// single holds a line right below another at single spacing.
func single(t *testing.T, what string, above, l paperLine) {
	t.Helper()
	if gap := (l.base - above.base) * mm; gap < 1.1*l.size || gap > 1.35*l.size {
		t.Errorf("%s: %q stands %.1f points below the line above", what, l.text, gap)
	}
}

// rule finds the rule under a line, in its middle, between two parts of a length.
func rule(t *testing.T, page *paperPage, what string, l paperLine, length, least, most float64) {
	t.Helper()
	r := page.under(l)
	if r == nil {
		t.Errorf("%s: no rule under %q", what, l.text)
		return
	}
	if part := r.length() / length; part < least || part > most || !near((r.left+r.right)/2, l.middle()) {
		t.Errorf("%s: the rule is %.2f of the text, its middle at %.1f mm; want %.2f to %.2f at %.1f", what, part, (r.left+r.right)/2, least, most, l.middle())
	}
}

func longest(lines []paperLine) float64 {
	long := 0.0
	for _, l := range lines {
		long = max(long, l.width())
	}
	return long
}

// squeezed is a text with single spaces, as a reader gives it.
func squeezed(s string) string { return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ") }
