package sheet_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/sheet"
)

// ordinaryWorkbooks is how many workbooks BenchmarkPeers reads.
const ordinaryWorkbooks = 500

// BenchmarkPeers reads 500 ordinary workbooks with this package, with
// excelize's GetRows, with openpyxl and with SheetJS, in one run. The last two
// are whole processes, start included, and are skipped where they are not
// installed; NODE_PATH tells where SheetJS is. It fails if they do not find the
// same number of cells.
func BenchmarkPeers(b *testing.B) {
	folder := b.TempDir()
	want := writeOrdinary(b, folder)
	check := func(b *testing.B, got int) {
		if got != want {
			b.Fatalf("%d cells, want %d", got, want)
		}
	}
	b.Run("baocao", func(b *testing.B) {
		for b.Loop() {
			check(b, eachWorkbook(b, folder, cellsOpened))
		}
	})
	b.Run("excelize", func(b *testing.B) {
		for b.Loop() {
			check(b, eachWorkbook(b, folder, cellsByExcelize))
		}
	})
	for _, peer := range []struct{ name, program, script string }{
		{"openpyxl", "python3", "read.py"},
		{"sheetjs", "node", "read.js"},
	} {
		b.Run(peer.name, func(b *testing.B) {
			for b.Loop() {
				check(b, cellsByPeer(b, peer.program, peer.script, folder))
			}
		})
	}
}

func eachWorkbook(b *testing.B, folder string, read func(*testing.B, string, []byte) int) int {
	names, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	if err != nil || len(names) != ordinaryWorkbooks {
		b.Fatalf("%d workbooks, %v", len(names), err)
	}
	cells := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		cells += read(b, name, data)
	}
	return cells
}

func cellsOpened(b *testing.B, name string, data []byte) int {
	book, findings := sheet.Open(name, data)
	if book == nil {
		b.Fatalf("%s: %v", name, findings)
	}
	cells := 0
	for _, s := range book.Sheets {
		for _, row := range s.Rows {
			cells += len(row.Cells)
		}
	}
	return cells
}

func cellsByExcelize(b *testing.B, name string, data []byte) int {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	defer f.Close()
	cells := 0
	for _, s := range f.GetSheetList() {
		rows, err := f.GetRows(s)
		if err != nil {
			b.Fatalf("%s: %v", name, err)
		}
		for _, row := range rows {
			for _, text := range row {
				if text != "" {
					cells++
				}
			}
		}
	}
	return cells
}

func cellsByPeer(b *testing.B, program, script, folder string) int {
	if _, err := exec.LookPath(program); err != nil {
		b.Skipf("no %s here", program)
	}
	cmd := exec.Command(program, filepath.Join("testdata", "peers", script), folder)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		b.Skipf("%s %s: %v: %.200s", program, script, err, stderr.String())
	}
	cells, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		b.Fatal(err)
	}
	return cells
}

// writeOrdinary writes workbooks as agencies send them, of 20 to 60 rows of ten
// columns below a letterhead, and returns how many cells hold something.
func writeOrdinary(b *testing.B, folder string) (cells int) {
	rng := rand.New(rand.NewPCG(2018, 1))
	for i := range ordinaryWorkbooks {
		f := excelize.NewFile()
		set := func(cell string, v any) {
			if err := f.SetCellValue("Sheet1", cell, v); err != nil {
				b.Fatal(err)
			}
			cells++
		}
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 9})
		if err != nil {
			b.Fatal(err)
		}
		set("A1", "ỦY BAN NHÂN DÂN TỈNH")
		set("A2", fmt.Sprintf("ĐƠN VỊ SỐ %d", i))
		set("A4", "BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2018")
		if err := f.MergeCell("Sheet1", "A4", "J4"); err != nil {
			b.Fatal(err)
		}
		for col, title := range []string{
			"Stt", "Nội dung hoạt động", "Chỉ số", "Kinh phí", "Chủ trì", "Tình trạng", "Tỷ lệ", "Kinh phí đã thực hiện", "Kết quả", "Ghi chú",
		} {
			set(sheet.Column(col+1)+"6", title)
		}
		for r := 7; r < 27+rng.IntN(40); r++ {
			row := strconv.Itoa(r)
			set("A"+row, fmt.Sprintf("%d.%d.%d", 1+rng.IntN(7), 1+rng.IntN(5), 1+rng.IntN(4)))
			set("B"+row, strings.Repeat("Tổ chức thực hiện nhiệm vụ cải cách hành chính; ", 1+rng.IntN(4)))
			set("D"+row, rng.IntN(400))
			set("E"+row, "Sở Nội vụ")
			set("F"+row, "Đang thực hiện")
			set("G"+row, float64(rng.IntN(100))/100)
			set("H"+row, float64(rng.IntN(1000))/10)
			if err := f.SetCellStyle("Sheet1", "G"+row, "G"+row, percent); err != nil {
				b.Fatal(err)
			}
			set("I"+row, fmt.Sprintf("Đã ban hành %d văn bản", rng.IntN(20)))
		}
		if err := f.SetSheetDimension("Sheet1", fmt.Sprintf("A1:J%d", 70)); err != nil { // openpyxl believes it
			b.Fatal(err)
		}
		if err := f.SaveAs(filepath.Join(folder, fmt.Sprintf("bao-cao-%03d.xlsx", i))); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return cells
}
