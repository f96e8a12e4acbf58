package render

import (
	"fmt"
	"strings"
	"testing"

	"baocao/pipeline/report"
)

// printedTables are the tables a PDF has, in the order they are numbered in.
func printedTables(d *report.Document) []*report.Table {
	var all []*report.Table
	add := func(blocks []report.Block) {
		for _, b := range blocks {
			if b.Table != nil {
				all = append(all, b.Table)
			}
		}
	}
	add(d.Body)
	for _, a := range d.Annexes {
		if !a.Workbook {
			add(a.Body)
		}
	}
	return all
}

func layOut(t testing.TB, r *Renderer, doc *report.Document) ([]*page, *report.Document) {
	t.Helper()
	d, err := typeset(doc)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := r.pages(d)
	if err != nil {
		t.Fatal(err)
	}
	return pages, mapText(d, r.printable)
}

func everyLayout(t *testing.T, f func(t *testing.T, r *Renderer, doc *report.Document)) {
	for _, name := range []string{"TT01-2011", "ND30-2020"} {
		r := renderer(t, name)
		for kind, doc := range map[string]*report.Document{"52": sample(52), "520": sample(520), "1": sample(1), "torture": torture(), "crowd": crowd()} {
			t.Run(name+"/"+kind, func(t *testing.T) { f(t, r, doc) })
		}
	}
}

// Rows were lost at page breaks in other programs while the page count looked
// right: every cell must be there once, whole and in order.
func TestEveryCellIsSetOnce(t *testing.T) {
	everyLayout(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		pages, d := layOut(t, r, doc)
		got := map[cellID]string{}
		last := cellID{table: -1}
		for _, p := range pages {
			for _, b := range p.boxes {
				if b.role != roleCell {
					continue
				}
				if before(b.cell, last) && !sameRow(b.cell, last) {
					t.Errorf("cell %v stands after %v", b.cell, last)
				}
				last = b.cell
				for _, one := range b.runs {
					got[b.cell] += bare(one.text)
				}
			}
		}
		cells := 0
		for i, table := range printedTables(d) {
			for j, row := range table.Rows {
				for k, c := range row.Cells {
					id := cellID{i, j, k}
					if want := bare(c.Text); got[id] != want {
						t.Errorf("cell %v: got %q, want %q", id, got[id], want)
					}
					delete(got, id)
					cells++
				}
			}
		}
		if len(got) > 0 || cells == 0 {
			t.Errorf("%d cells set that are not in the document of %d", len(got), cells)
		}
	})
}

func before(a, b cellID) bool {
	if a.table != b.table {
		return a.table < b.table
	}
	return a.row < b.row || a.row == b.row && a.cell < b.cell
}

func sameRow(a, b cellID) bool { return a.table == b.table && a.row == b.row }

func TestTextStaysInItsPlace(t *testing.T) {
	everyLayout(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		pages, _ := layOut(t, r, doc)
		for n, p := range pages {
			for i, b := range p.boxes {
				if b.role == roleMargin {
					if b.x < 0 || b.y < 0 || b.x+b.w > p.width || b.y+b.h > p.height {
						t.Errorf("page %d: margin box %v off the paper", n+1, b)
					}
				} else if b.x < p.left-tolerance || b.x+b.w > p.right+tolerance || b.y < p.top-tolerance || b.y+b.h > p.bottom+tolerance {
					t.Errorf("page %d: box %v outside the margins", n+1, b)
				}
				for _, one := range b.runs {
					inside(t, n, b, one)
				}
				for _, other := range p.boxes[:i] {
					if overlap(b, other) {
						t.Errorf("page %d: boxes overlap: %v and %v", n+1, b, other)
					}
				}
			}
		}
	})
}

func inside(t *testing.T, n int, b box, one run) {
	t.Helper()
	wide := one.face.width(one.text)
	if one.stretch > 0 {
		if wide > one.stretch+tolerance {
			t.Errorf("page %d: %q is %.1f wide, stretched to %.1f", n+1, one.text, wide, one.stretch)
		}
		wide = one.stretch
	}
	const hair = 0.5 // the rounding of the font's advances
	if one.x < b.x-hair || one.x+wide > b.x+b.w+hair {
		t.Errorf("page %d: %q runs from %.1f to %.1f out of %.1f–%.1f", n+1, one.text, one.x, one.x+wide, b.x, b.x+b.w)
	}
	if one.y-0.7*one.face.size < b.y || one.y+0.1*one.face.size > b.y+b.h {
		t.Errorf("page %d: %q at %.1f stands out of %.1f–%.1f", n+1, one.text, one.y, b.y, b.y+b.h)
	}
}

func overlap(a, b box) bool {
	return a.x+tolerance < b.x+b.w && b.x+tolerance < a.x+a.w && a.y+tolerance < b.y+b.h && b.y+tolerance < a.y+a.h
}

func TestNoWordIsBroken(t *testing.T) {
	for _, name := range []string{"TT01-2011", "ND30-2020"} {
		pages, d := layOut(t, renderer(t, name), sample(52))
		tables := printedTables(d)
		lines := map[cellID][]string{}
		for _, p := range pages {
			for _, b := range p.boxes {
				for _, one := range b.runs {
					if b.role == roleCell {
						lines[b.cell] = append(lines[b.cell], one.text)
					}
				}
			}
		}
		for id, all := range lines {
			got := strings.Fields(strings.Join(all, " "))
			want := strings.Fields(tables[id.table].Rows[id.row].Cells[id.cell].Text)
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("%s: cell %v: got lines %q, want %q", name, id, all, want)
			}
		}
	}
}

func TestTablesOverPages(t *testing.T) {
	everyLayout(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		pages, d := layOut(t, r, doc)
		tables := printedTables(d)
		parts := map[cellID]int{}
		for n, p := range pages {
			var lastCell *cellID
			heads, cells := 0, 0
			for _, b := range p.boxes {
				switch b.role {
				case roleHead:
					heads++
				case roleRepeat:
					heads++
				case roleCell:
					cells++
					lastCell = &b.cell
					parts[b.cell]++
				}
			}
			if cells > 0 && heads == 0 {
				t.Errorf("page %d: rows without a head", n+1)
			}
			if lastCell == nil {
				continue
			}
			if kind := tables[lastCell.table].Rows[lastCell.row].Kind; (kind == report.Group || kind == report.Sub) && bottom(p) {
				t.Errorf("page %d: ends with a row of kind %q", n+1, kind)
			}
		}
		if d.Annexes[0].Body[0].Table == nil || len(d.Annexes[0].Body[0].Table.Rows) < 50 {
			return
		}
		for id, n := range parts {
			if n < 2 || id.cell > 0 {
				continue
			}
			rows := tables[id.table].Rows
			if rows[id.row].Kind != report.Plain {
				t.Errorf("cell %v: row of kind %q is divided", id, rows[id.row].Kind)
			}
			if hole := holeAt(pages, rows, id); hole <= holeLimit*pages[len(pages)-1].room() {
				t.Errorf("cell %v: row in %d parts though only %.0f points would stay empty before it", id, n, hole)
			}
		}
	})
}

// holeAt is what would stay empty of a page if a row, with the field and result
// rows above it, did not begin there.
func holeAt(pages []*page, rows []report.Row, id cellID) float64 {
	first := id.row
	for first > 0 && (rows[first-1].Kind == report.Group || rows[first-1].Kind == report.Sub) {
		first--
	}
	for _, p := range pages {
		for _, b := range p.boxes {
			if b.role == roleCell && b.cell.table == id.table && b.cell.row >= first {
				return p.bottom - b.y
			}
		}
	}
	return 0
}

// No total stands on a page without a line of what it is the total of.
func TestTotalsAreNeverAlone(t *testing.T) {
	for _, n := range []int{7, 23, 52, 120, 333} {
		pages, d := layOut(t, renderer(t, "ND30-2020"), sample(n))
		tables := printedTables(d)
		for i, p := range pages {
			for _, b := range p.boxes {
				if b.role != roleCell {
					continue
				}
				if tables[b.cell.table].Rows[b.cell.row].Kind == report.Totals {
					t.Errorf("%d activities: page %d begins with a total", n, i+1)
				}
				break
			}
		}
	}
}

// bottom tells whether the last thing on a page is a table's cell.
func bottom(p *page) bool {
	low, role := 0.0, roleText
	for _, b := range p.boxes {
		if b.role != roleMargin && b.y+b.h > low {
			low, role = b.y+b.h, b.role
		}
	}
	return role == roleCell
}

func TestDividedRowSaysItGoesOn(t *testing.T) {
	pages, _ := layOut(t, renderer(t, "ND30-2020"), torture())
	got := 0
	for _, p := range pages {
		for _, b := range p.boxes {
			if b.role == roleRepeat && len(b.runs) > 0 && strings.HasPrefix(b.runs[0].text, "1.1.1") {
				text := ""
				for _, one := range b.runs {
					text += bare(one.text)
				}
				if text != "1.1.1(tiếp)" {
					t.Errorf("got %q, want %q", text, "1.1.1(tiếp)")
				}
				got++
			}
		}
	}
	if got == 0 {
		t.Error("row 1.1.1 of 10,000 characters was not divided")
	}
}

// Wherever the text ends, the signature has at least a line of it above.
func TestSignatureIsNeverAlone(t *testing.T) {
	r := renderer(t, "TT01-2011")
	doc := sample(1)
	doc.Annexes = nil
	for n := 1; n < 60; n++ {
		doc.Body = nil
		for i := range n {
			doc.Body = append(doc.Body, report.Block{Paragraph: fmt.Sprintf("Đoạn %d. %s", i+1, phrases[i%len(phrases)])})
		}
		pages, _ := layOut(t, r, doc)
		p := pages[len(pages)-1]
		above, found := false, false
		for _, b := range p.boxes {
			for _, one := range b.runs {
				switch {
				case one.text == "KT. GIÁM ĐỐC":
					found = true
				case !found && b.role == roleText:
					above = true
				}
			}
		}
		if !found || !above {
			t.Errorf("%d paragraphs: signature on the last page: %v, text above it: %v", n, found, above)
		}
	}
}

// What leads to a list stands on the page of its first item.
func TestLeadStaysWithItsList(t *testing.T) {
	r := renderer(t, "TT01-2011")
	doc := sample(1)
	doc.Annexes = nil
	for n := 1; n < 40; n++ {
		doc.Body = nil
		for i := range n {
			doc.Body = append(doc.Body, report.Block{Paragraph: fmt.Sprintf("Đoạn %d. %s", i+1, phrases[i%len(phrases)])})
		}
		doc.Body = append(doc.Body, report.Block{Paragraph: "Theo phản ánh:"}, report.Block{Item: "một;"}, report.Block{Item: "hai."})
		pages, _ := layOut(t, r, doc)
		lead, item := -1, -2
		for i, p := range pages {
			for _, b := range p.boxes {
				for _, one := range b.runs {
					switch one.text {
					case "Theo phản ánh:":
						lead = i
					case "- một;":
						item = i
					}
				}
			}
		}
		if lead != item {
			t.Errorf("%d paragraphs: the lead is on page %d, its first item on %d", n, lead+1, item+1)
		}
	}
}

func TestPageNumbers(t *testing.T) {
	for name, want := range map[string]func(p *page, b box) bool{
		"TT01-2011": func(p *page, b box) bool { return b.y > p.bottom && b.x+b.w == p.right },
		"ND30-2020": func(p *page, b box) bool { return b.y+b.h < p.top && b.x+b.w/2 == (p.left+p.right)/2 },
	} {
		pages, _ := layOut(t, renderer(t, name), sample(52))
		n := 0
		for i, p := range pages {
			n++
			if p.bookmark != "" {
				n = 1
			}
			var got *box
			for _, b := range p.boxes {
				if b.role == roleMargin && b.w == numberRoom {
					got = &b
				}
			}
			if n == 1 {
				if got != nil {
					t.Errorf("%s: page %d: number %q on the first page of its part", name, i+1, got.runs[0].text)
				}
				continue
			}
			if got == nil || got.runs[0].text != fmt.Sprint(n) || !want(p, *got) {
				t.Errorf("%s: page %d: got number %v, want %d in its place", name, i+1, got, n)
			}
		}
	}
}

func TestHeadTooTallIsAnError(t *testing.T) {
	doc := sample(1)
	doc.Body = []report.Block{{Table: &report.Table{
		Columns: []report.Column{{Title: strings.Repeat("rất dài ", 3000)}, {Title: "b"}},
		Rows:    []report.Row{{Cells: []report.Cell{{Text: "1"}, {Text: "2"}}}},
	}}}
	d, err := typeset(doc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := renderer(t, "ND30-2020").pages(d); err == nil {
		t.Error("got no error for a head taller than the page")
	}
}
