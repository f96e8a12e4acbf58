package render

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"

	"baocao/pipeline/report"
)

// peerTable is the table that the peers set, as they read it.
type peerTable struct {
	Regular string       `json:"regular"` // the fonts' files
	Bold    string       `json:"bold"`
	Columns []peerColumn `json:"columns"`
	Rows    [][]string   `json:"rows"`
}

type peerColumn struct {
	Title string `json:"title"`
	Width int    `json:"width"` // its share
}

// peerHead is a word of the head that stands in no row, peerNumber what each row
// has one of.
const peerHead = "Stt"

var peerNumber = regexp.MustCompile(`HĐ\d{5}`)

var peerColumns = []peerColumn{
	{peerHead, 6}, {"Nội dung hoạt động", 14}, {"Chỉ số", 9}, {"Phương tiện xác minh", 8}, {"Kinh phí (triệu đồng)", 5},
	{"Trách nhiệm thực hiện", 11}, {"Bắt đầu", 5}, {"Kết thúc", 5}, {"Ghi chú", 5}, {"Kết quả thực hiện", 14},
	{"Mức độ hoàn thành (%)", 6}, {"Tình trạng", 6}, {"Thời hạn", 6}, {"Kinh phí đã dùng", 5}, {"Khó khăn, vướng mắc", 8},
	{"Đơn vị báo cáo", 6},
}

// writePeerTable writes the table's file and the fonts beside it. It holds one row
// at a time: a process starts with its parent's size on its account.
func writePeerTable(b *testing.B, folder string, rows int) string {
	head := peerTable{
		Regular: filepath.Join(folder, "regular.ttf"), Bold: filepath.Join(folder, "bold.ttf"), Columns: peerColumns, Rows: [][]string{},
	}
	for path, font := range map[string][]byte{head.Regular: liberationserifregular.TTF, head.Bold: liberationserifbold.TTF} {
		if err := os.WriteFile(path, font, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	path := filepath.Join(folder, fmt.Sprintf("table-%d.json", rows))
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	begin, err := json.Marshal(head)
	if err != nil {
		b.Fatal(err)
	}
	w.Write(begin[:len(begin)-len("]}")])
	for i := range rows {
		row, err := json.Marshal(peerRow(i))
		if err != nil {
			b.Fatal(err)
		}
		if i > 0 {
			w.WriteByte(',')
		}
		w.Write(row)
	}
	w.WriteString("]}")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func peerRow(n int) []string {
	p := func(i int) string { return phrases[(n+i)%len(phrases)] }
	return []string{
		fmt.Sprintf("HĐ%05d", n), phrases[n%4], phrases[9], phrases[10], fmt.Sprintf("%d,5", n%7*55),
		phrases[7+n%2], "Tháng 1", "Tháng 12", "", p(4),
		fmt.Sprint(n * 7 % 101), "Đang thực hiện", "Trong hạn", fmt.Sprintf("%d,25", n%5*12), phrases[6], "Sở Nội vụ",
	}
}

var (
	peerWhat = flag.String("peer", "", "what BenchmarkPeers wants of this process: report, table or workbook")
	peerFrom = flag.String("peer-table", "", "the table's file")
	peerTo   = flag.String("peer-out", "", "the file to write")
)

// TestPeerProcess is this package's process in BenchmarkPeers.
func TestPeerProcess(t *testing.T) {
	if *peerWhat == "" {
		t.Skip("BenchmarkPeers runs it")
	}
	data, err := os.ReadFile(*peerFrom)
	if err != nil {
		t.Fatal(err)
	}
	var from peerTable
	if err := json.Unmarshal(data, &from); err != nil {
		t.Fatal(err)
	}
	doc := sample(7)
	doc.Annexes[0].Body = []report.Block{{Table: from.table()}}
	if *peerWhat == "table" {
		doc = &report.Document{Meta: report.Meta{AsOf: doc.Meta.AsOf}, Annexes: []report.Annex{{Landscape: true, Body: doc.Annexes[0].Body}}}
	}
	r := renderer(t, "TT01-2011")
	render := r.PDF
	if *peerWhat == "workbook" {
		render = r.XLSX
	}
	f, err := os.Create(*peerTo)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	if err := render(w, doc); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func (p peerTable) table() *report.Table {
	t := &report.Table{Numbers: true}
	for _, c := range p.Columns {
		t.Columns = append(t.Columns, report.Column{Title: c.Title, Width: c.Width})
	}
	for _, row := range p.Rows {
		var cells []report.Cell
		for _, text := range row {
			cells = append(cells, report.Cell{Text: text})
		}
		t.Rows = append(t.Rows, report.Row{Cells: cells})
	}
	return t
}
