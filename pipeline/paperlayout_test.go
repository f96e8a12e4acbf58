package pipeline

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
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

// checkLetterhead holds boxes 1 to 4: Quốc hiệu and Tiêu ngữ on the right, the
// agency on the left, under them number and date in one line.
func (p officialPaper) checkLetterhead(t *testing.T) {
	page, h := p.pages[0], p.doc.Letterhead
	nation, motto := page.line(t, h.Nation), page.line(t, h.Motto)
	letters{12, 13, true, false, true}.holds(t, "Quốc hiệu", nation)
	letters{least: 13, most: 14, bold: true}.holds(t, "Tiêu ngữ", motto)
	if h.Nation != "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" || h.Motto != "Độc lập - Tự do - Hạnh phúc" {
		t.Errorf("Quốc hiệu %q, Tiêu ngữ %q", h.Nation, h.Motto)
	}
	if !near(nation.top, marginTop) || !near(nation.right, page.width-marginRight) || !near(motto.middle(), nation.middle()) {
		t.Errorf("Quốc hiệu at %.1f mm ends at %.1f, its middle is %.1f, Tiêu ngữ's %.1f", nation.top, nation.right, nation.middle(), motto.middle())
	}
	single(t, "Tiêu ngữ", nation, motto)
	rule(t, page, "Tiêu ngữ", motto, motto.width(), 0.99, 1.01)

	var names []paperLine
	for _, text := range strings.Split(h.Issuer, "\n") {
		names = append(names, page.line(t, text))
	}
	first := names[0]
	if h.Parent != "" {
		first = page.line(t, h.Parent)
		letters{12, 13, false, false, true}.holds(t, "tên cơ quan chủ quản", first)
		single(t, "tên cơ quan ban hành", first, names[0])
	}
	if !near(first.top, nation.top) {
		t.Errorf("the agency stands at %.1f mm, Quốc hiệu at %.1f", first.top, nation.top)
	}
	for _, l := range append(names, first) {
		if !near(l.middle(), first.middle()) || l.left < marginLeft-0.5 || l.right > nation.left-1 {
			t.Errorf("%q runs from %.1f to %.1f mm", l.text, l.left, l.right)
		}
	}
	for _, l := range names {
		letters{12, 13, true, false, true}.holds(t, "tên cơ quan ban hành", l)
	}
	last := names[len(names)-1]
	rule(t, page, "tên cơ quan ban hành", last, longest(names), 1.0/3, 1.0/2)
	p.checkNumberAndDate(t, last, motto)
}

// checkNumberAndDate holds boxes 3 and 4, with room to write a number, a day and
// a month by hand.
func (p officialPaper) checkNumberAndDate(t *testing.T, above, right paperLine) {
	t.Helper()
	page, h := p.pages[0], p.doc.Letterhead
	symbol, place := page.line(t, squeezed(h.Symbol)), page.line(t, squeezed(h.Place))
	letters{least: 13, most: 13}.holds(t, "số, ký hiệu", symbol)
	letters{least: 13, most: 14, italic: true}.holds(t, "địa danh, ngày tháng", place)
	if !near(symbol.base, place.base) || !near(symbol.middle(), above.middle()) || !near(place.middle(), right.middle()) {
		t.Errorf("số at %.1f, %.1f mm under %.1f, ngày at %.1f, %.1f under %.1f", symbol.middle(), symbol.base, above.middle(), place.middle(), place.base, right.middle())
	}
	if symbol.top < page.under(right).bottom {
		t.Errorf("số at %.1f mm stands on the rule", symbol.top)
	}
	if !regexp.MustCompile(`^Số: /BC-[A-ZĐ]+$`).MatchString(symbol.text) || !regexp.MustCompile(`^Đắk Nông, ngày tháng năm \d{4}$`).MatchString(place.text) {
		t.Errorf("%q, %q: want room for number, day and month", symbol.text, place.text)
	}
	const space = 0.25 // of the size
	for _, gap := range []struct {
		text, before string
		size, least  float64
	}{{h.Symbol, "Số:", symbol.size, 8}, {h.Place, "ngày", place.size, 6}, {h.Place, "tháng", place.size, 6}} {
		_, rest, _ := strings.Cut(gap.text, gap.before)
		if got := float64(len(rest)-len(strings.TrimLeft(rest, " "))) * space * gap.size / mm; got < gap.least {
			t.Errorf("%.1f mm are left behind %q, want %v", got, gap.before, gap.least)
		}
	}
}

// checkTitle holds box 5a, tên loại and trích yếu, and box 9a, Kính gửi.
func (p officialPaper) checkTitle(t *testing.T) {
	page := p.pages[0]
	middle := (marginLeft + page.width - marginRight) / 2
	kind := page.line(t, p.doc.Kind)
	letters{13, 14, true, false, true}.holds(t, "tên loại", kind)
	if kind.top < page.line(t, squeezed(p.doc.Letterhead.Place)).bottom+3 {
		t.Errorf("tên loại at %.1f mm touches the letterhead", kind.top)
	}
	above, subject := kind, []paperLine{}
	for _, text := range strings.Split(p.doc.Subject, "\n") {
		l := page.line(t, text)
		letters{least: 13, most: 14, bold: true}.holds(t, "trích yếu", l)
		if l.text == strings.ToUpper(l.text) {
			t.Errorf("trích yếu %q is in capitals", l.text)
		}
		single(t, "trích yếu", above, l)
		above, subject = l, append(subject, l)
	}
	rule(t, page, "trích yếu", above, longest(subject), 1.0/3, 1.0/2)
	to := page.line(t, "Kính gửi: "+p.doc.Addressee)
	letters{least: 13, most: 14}.holds(t, "kính gửi", to)
	for _, l := range append(subject, kind, to) {
		if !near(l.middle(), middle) {
			t.Errorf("%q: its middle is at %.1f mm, want %.1f", l.text, l.middle(), middle)
		}
	}
	if !strings.HasSuffix(p.doc.Addressee, ".") {
		t.Errorf("Kính gửi %q does not end in a full stop", p.doc.Addressee)
	}
}

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
