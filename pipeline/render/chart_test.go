package render

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// progressChart is a stacked chart of the given number of names.
func progressChart(names int) *report.Chart {
	c := &report.Chart{
		Title: "Tiến độ thực hiện theo lĩnh vực (số hoạt động)", Label: "Lĩnh vực", Stacked: true,
		Series: []string{"Đã hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Tạm dừng, không phát sinh", "Chưa báo cáo"},
	}
	for i := range names {
		name := fields[i%len(fields)].name
		if i >= len(fields) {
			name = fmt.Sprintf("Ủy ban nhân dân xã %d", i)
		}
		c.Bars = append(c.Bars, report.Bar{Name: name, Figures: []report.Cell{
			figure(fmt.Sprint(i % 7)), figure(fmt.Sprint(3 + i%4)), figure(fmt.Sprint(i % 3)), figure(fmt.Sprint((i + 1) % 2)), figure("1"),
		}})
	}
	return c
}

func moneyChart() *report.Chart {
	return &report.Chart{
		Title: "Kinh phí đã thực hiện so với Kế hoạch (triệu đồng)", Label: "Lĩnh vực", Note: "Không gồm hoạt động lồng ghép.",
		Series: []string{"Kinh phí theo Kế hoạch", "Đã thực hiện (hoạt động có kinh phí theo Kế hoạch)"},
		Bars: []report.Bar{
			{Name: fields[0].name, Figures: []report.Cell{figure("1720.5"), figure("845.25")}},
			{Name: fields[4].name, Figures: []report.Cell{figure("0"), cell("–")}},
			{Name: "<b>Cải cách & thể chế</b>", Figures: []report.Cell{figure("50"), figure("99.125")}},
		},
	}
}

// charted is a report with the charts and a table beside them.
func charted() *report.Document {
	doc := sample(3)
	nothing := progressChart(1)
	nothing.Title = "Không có số liệu"
	for i := range nothing.Bars[0].Figures {
		nothing.Bars[0].Figures[i] = figure("0")
	}
	doc.Annexes = append(doc.Annexes, report.Annex{
		Label: "Phụ lục V", Title: "SỐ LIỆU TỔNG HỢP", Sheet: "Số liệu 'tổng hợp'",
		Body: []report.Block{{Table: fieldTable()}, {Chart: progressChart(7)}, {Chart: moneyChart()}, {Chart: nothing}},
	}, report.Annex{
		Label: "Phụ lục VI", Title: "BIỂU ĐỒ", Sheet: "Biểu đồ", Body: []report.Block{{Chart: progressChart(100)}},
	})
	return doc
}

// chartFigures are the names and figures of all charts, bar by bar.
func chartFigures(doc *report.Document) []string {
	var all []string
	for _, a := range doc.Annexes {
		for _, b := range a.Body {
			if b.Chart == nil {
				continue
			}
			for _, bar := range b.Chart.Bars {
				all = append(all, bare(bar.Name))
				for _, f := range bar.Figures {
					all = append(all, bare(f.Text))
				}
			}
		}
	}
	return all
}

// TestChartsSayTheSame reads the names and figures of all bars back from every
// rendering.
func TestChartsSayTheSame(t *testing.T) {
	r, doc := renderer(t, "ND30-2020"), charted()
	want := chartFigures(doc)
	for name, got := range map[string][]string{
		"PDF":  paperChart(t, r, doc),
		"HTML": pageChart(t, r, doc),
		"Text": textChart(t, r, doc),
		"DOCX": wordChart(t, r, doc),
		"XLSX": workbookChart(t, r, doc),
	} {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// inSeries are texts, in the order of a drawing, without those of the legends.
func inSeries(doc *report.Document, drawn []string) []string {
	text := strings.Join(drawn, "\x00")
	var all []string
	for _, want := range chartFigures(doc) {
		var found strings.Builder
		for text != "" && found.String() != want {
			var one string
			one, text, _ = strings.Cut(text, "\x00")
			if found.WriteString(one); !strings.HasPrefix(want, found.String()) {
				found.Reset()
			}
		}
		all = append(all, found.String())
	}
	if text != "" {
		all = append(all, text)
	}
	return all
}

func paperChart(t *testing.T, r *Renderer, doc *report.Document) []string {
	pages, _ := layOut(t, r, doc)
	var drawn []string
	for _, p := range pages {
		for _, b := range p.boxes {
			if b.role == roleChart {
				for _, one := range b.runs {
					drawn = append(drawn, bare(one.text))
				}
			}
			if b.x < p.left-tolerance || b.x+b.w > p.right+tolerance {
				t.Errorf("box of %v stands outside the text", b.runs)
			}
		}
	}
	return inSeries(doc, drawn)
}

var svgText = regexp.MustCompile(`<text [^>]*>([^<]*)</text>`)

func pageChart(t *testing.T, r *Renderer, doc *report.Document) []string {
	var b bytes.Buffer
	if err := r.HTML(&b, doc); err != nil {
		t.Fatal(err)
	}
	var drawn []string
	for _, m := range svgText.FindAllStringSubmatch(b.String(), -1) {
		drawn = append(drawn, bare(html.UnescapeString(m[1])))
	}
	return inSeries(doc, drawn)
}

// chartRows gives the rows below a chart's title and head in a rendering that
// shows the figures as a table.
func chartRows(doc *report.Document, row func(title string, index, columns int) []string) []string {
	var all []string
	for _, a := range doc.Annexes {
		for _, b := range a.Body {
			if b.Chart != nil {
				for i := range b.Chart.Bars {
					for _, text := range row(b.Chart.Title, i, len(b.Chart.Series)+1) {
						all = append(all, bare(text))
					}
				}
			}
		}
	}
	return all
}

func textChart(t *testing.T, r *Renderer, doc *report.Document) []string {
	var b bytes.Buffer
	if err := r.Text(&b, doc); err != nil {
		t.Fatal(err)
	}
	lines, at := strings.Split(b.String(), "\n"), 0
	return chartRows(doc, func(title string, index, columns int) []string {
		if index == 0 {
			for lines[at] != title {
				at++
			}
			at++
		}
		at++
		return strings.Split(lines[at], " | ")
	})
}

var (
	wordTableOf = regexp.MustCompile(`(?s)<w:tbl>.*?</w:tbl>`)
	wordCellOf  = regexp.MustCompile(`(?s)<w:tc>.*?</w:tc>`)
	wordTextOf  = regexp.MustCompile(`<w:t [^>]*>([^<]*)</w:t>`)
)

func wordChart(t *testing.T, r *Renderer, doc *report.Document) []string {
	var b bytes.Buffer
	if err := r.DOCX(&b, doc); err != nil {
		t.Fatal(err)
	}
	text := part(t, b.Bytes(), "word/document.xml")
	var cells []string
	return chartRows(doc, func(title string, index, columns int) []string {
		if index == 0 {
			text = text[strings.Index(text, title):]
			cells = nil
			for _, c := range wordCellOf.FindAllString(wordTableOf.FindString(text), -1) {
				var said strings.Builder
				for _, m := range wordTextOf.FindAllStringSubmatch(c, -1) {
					said.WriteString(html.UnescapeString(m[1]))
				}
				cells = append(cells, said.String())
			}
			text = text[1:]
		}
		return cells[(index+1)*columns : (index+2)*columns]
	})
}

// TestPageChartsPutNothingOnTop finds two texts of a drawing in one place.
func TestPageChartsPutNothingOnTop(t *testing.T) {
	drawn := renderer(t, "ND30-2020").htmlChart(progressChart(20))
	known := map[string]string{}
	for _, one := range drawn.Texts {
		at := one.X + " " + one.Y
		if other, ok := known[at]; ok {
			t.Errorf("%q stands over %q", one.Text, other)
		}
		known[at] = one.Text
	}
}

var chartRange = regexp.MustCompile(`<f>([^<]*)</f>`)

// workbookChart reads the cells that the charts themselves point to.
func workbookChart(t *testing.T, r *Renderer, doc *report.Document) []string {
	made := workbookBytes(t, r, doc)
	f := openWorkbook(t, made)
	number := 0
	var columns [][]string
	return chartRows(doc, func(title string, index, wanted int) []string {
		if index == 0 {
			number++
			columns = nil
			refs := chartRange.FindAllStringSubmatch(part(t, made, fmt.Sprintf("xl/charts/chart%d.xml", number)), -1)
			if len(refs) != 3*(wanted-1) {
				t.Fatalf("chart %q points to %d ranges, want %d", title, len(refs), 3*(wanted-1))
			}
			columns = append(columns, rangeCells(t, f, html.UnescapeString(refs[1][1])))
			for i := 2; i < len(refs); i += 3 {
				columns = append(columns, rangeCells(t, f, html.UnescapeString(refs[i][1])))
			}
		}
		var row []string
		for _, c := range columns {
			row = append(row, c[index])
		}
		return row
	})
}

// rangeCells are the cells of one column, numbers as Vietnamese writes them.
func rangeCells(t *testing.T, f *excelize.File, ref string) []string {
	t.Helper()
	at := strings.LastIndex(ref, "!")
	sheet := strings.ReplaceAll(strings.Trim(ref[:at], "'"), "''", "'")
	first, last, more := strings.Cut(strings.ReplaceAll(ref[at+1:], "$", ""), ":")
	if !more {
		last = first
	}
	column, from, err := excelize.CellNameToCoordinates(first)
	_, to, err2 := excelize.CellNameToCoordinates(last)
	if err != nil || err2 != nil {
		t.Fatalf("range %q: %v %v", ref, err, err2)
	}
	var all []string
	for row := from; row <= to; row++ {
		text, err := f.GetCellValue(sheet, cellName(column, row), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.ReplaceAll(text, ".", ","))
	}
	return all
}

// TestChartBytesRepeat renders the same charts twice.
func TestChartBytesRepeat(t *testing.T) {
	r := renderer(t, "TT01-2011")
	all := writers(r)
	all["DOCX"] = r.DOCX
	for name, write := range all {
		var once, again bytes.Buffer
		if err := write(&once, charted()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := write(&again, charted()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.Equal(once.Bytes(), again.Bytes()) {
			t.Errorf("%s: the same document gave other bytes", name)
		}
	}
}

// TestChartsStandInTheirRoom holds every box and rule of the charts against the
// page, and the boxes of a page against each other.
func TestChartsStandInTheirRoom(t *testing.T) {
	r, doc := renderer(t, "ND30-2020"), charted()
	chart := moneyChart()
	chart.Bars = append(chart.Bars,
		report.Bar{Name: strings.Repeat("tên rất dài ", 2000), Figures: []report.Cell{figure("123456789012.125"), figure("0.001")}},
		report.Bar{Name: strings.Repeat("x", 300), Figures: []report.Cell{figure("-5"), cell("")}})
	chart.Series[0] = strings.Repeat("chú giải dài ", 30)
	doc.Annexes = append(doc.Annexes, report.Annex{Label: "Phụ lục VII", Landscape: true, Body: []report.Block{{Chart: chart}}})
	pages, _ := layOut(t, r, doc)
	for n, p := range pages {
		var boxes []box
		for _, b := range p.boxes {
			if b.role == roleChart || b.role == roleRepeat {
				boxes = append(boxes, b)
			}
		}
		for i, a := range boxes {
			if a.x < p.left-tolerance || a.x+a.w > p.right+tolerance || a.y+a.h > p.bottom+tolerance {
				t.Errorf("page %d: %v stands outside the text", n+1, a.runs)
			}
			for _, b := range boxes[:i] {
				if a.x < b.x+b.w-tolerance && b.x < a.x+a.w-tolerance && a.y < b.y+b.h-tolerance && b.y < a.y+a.h-tolerance {
					t.Errorf("page %d: %v stands over %v", n+1, a.runs, b.runs)
				}
			}
		}
		said := ""
		for _, b := range boxes {
			for _, one := range b.runs {
				said += one.text + "\n"
			}
		}
		if strings.Contains(said, "nhân dân xã") && !strings.Contains(said, "Chưa báo cáo") {
			t.Errorf("page %d: bars without a legend", n+1)
		}
		for _, k := range p.strokes {
			if min(k.x1, k.x2) < p.left-1 || max(k.x1, k.x2) > p.right+1 {
				t.Errorf("page %d: a rule from %.0f to %.0f leaves the text", n+1, k.x1, k.x2)
			}
		}
	}
}

// TestChartWithoutAFigure is a fault of who made the document.
func TestChartWithoutAFigure(t *testing.T) {
	doc := charted()
	doc.Body = []report.Block{{Chart: &report.Chart{Series: []string{"a", "b"}, Bars: []report.Bar{{Name: "x", Figures: []report.Cell{figure("1")}}}}}}
	if err := renderer(t, "ND30-2020").PDF(&bytes.Buffer{}, doc); err == nil || !strings.Contains(err.Error(), "1 figures for 2 series") {
		t.Errorf("error %v, want one that names the figures and the series", err)
	}
}
