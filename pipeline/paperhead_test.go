package pipeline

import (
	"regexp"
	"strings"
	"testing"
)

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
