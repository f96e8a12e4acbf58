package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// Half a document is worse than none: wherever a workbook is cut off, it is
// refused or read as it was.
func TestXLSCut(t *testing.T) {
	for _, name := range []string{"office.xls", "gnumeric-95.xls", "perl.xls"} {
		data := sample(t, xlsSample(name))
		whole := mustOpen(t, xlsSample(name))
		for n := 0; n < len(data); n += 97 {
			book, findings := Open(xlsSample(name), data[:n])
			if book == nil && len(findings) != 1 {
				t.Errorf("%s cut after %d bytes: got findings %v, want one", name, n, findings)
			}
			if book != nil && !gocmp.Equal(whole, book) {
				t.Errorf("%s cut after %d bytes: got another book", name, n)
			}
		}
		_, stream, _, err := workbookStream(data)
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(stream); n += 97 {
			if book, _ := Open(xlsSample(name), stream[:n]); book != nil && !gocmp.Equal(whole.Sheets, book.Sheets) {
				t.Errorf("the records of %s cut after %d bytes: got another book", name, n)
			}
		}
	}
}

// Nothing in a workbook tells that a byte was changed, but whatever is read is
// a sheet, and no change makes the reader itself fail.
func TestXLSChanged(t *testing.T) {
	for _, name := range []string{"office-1904.xls", "gnumeric-both.xls"} {
		data := sample(t, xlsSample(name))
		_, stream, _, err := workbookStream(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, whole := range [][]byte{data, stream} {
			for n := range whole {
				if n >= 300 && n%97 > 0 {
					continue // the first bytes are the header of the file
				}
				broken := bytes.Clone(whole)
				for _, flip := range []byte{0xFF, 0x01} {
					broken[n] = whole[n] ^ flip
					readAll(t, broken)
				}
			}
		}
	}
}

// readAll reads data as a workbook, without the net that catches panics, and
// holds the sheets against what [Sheet] promises.
func readAll(t *testing.T, data []byte) {
	t.Helper()
	book := &Book{Name: "x", Format: XLS}
	if _, err := readXLS(book, data); err != nil {
		return
	}
	for i := range book.Sheets {
		s := &book.Sheets[i]
		checkSheet(t, book, s)
		if n := len(s.Rows); n > 0 && s.Rows[n-1].Number > maxRows {
			t.Errorf("got row %d, want none beyond %d", s.Rows[n-1].Number, maxRows)
		}
	}
}

func TestCompoundInCircles(t *testing.T) {
	const sector, end = 512, -2
	whole := sample(t, xlsSample("office-1904.xls"))
	u32 := func(b []byte, at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }
	put := func(b []byte, at, v int) { binary.LittleEndian.PutUint32(b[at:], uint32(v)) }
	link := func(b []byte, from int) int { return (u32(b, 76)+1)*sector + 4*from } // where the first FAT sector says what follows from
	entry := bytes.Index(whole, []byte(wide("Workbook")))
	first := u32(whole, entry+116)
	for name, change := range map[string]func(b []byte){
		"directory leads to itself": func(b []byte) { put(b, link(b, u32(b, 48)), u32(b, 48)) },
		"stream leads to itself":    func(b []byte) { put(b, link(b, first), first) },
		"stream leads back":         func(b []byte) { put(b, link(b, first+5), first) },
		"stream ends early":         func(b []byte) { put(b, link(b, first+5), end) },
		"stream leads out":          func(b []byte) { put(b, link(b, first+5), 1<<30) },
		"stream of four gigabytes":  func(b []byte) { put(b, entry+120, -1) },
		"no first sector":           func(b []byte) { put(b, entry+116, end) },
		"entry is its own sibling":  func(b []byte) { put(b, entry+72, (entry-(u32(b, 48)+1)*sector)/128) },
		"table sectors unlimited":   func(b []byte) { put(b, 44, 1<<20); put(b, 72, 1<<13); put(b, 68, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			b := bytes.Clone(whole)
			change(b)
			if book, findings := Open("x", b); book != nil || len(findings) != 1 || findings[0].Code != "file-corrupt" {
				t.Errorf("got %v, want file-corrupt", findings)
			}
		})
	}

	// The library follows this one as long as the header says.
	b := compound("Workbook")
	put(b, 44, 8_000)   // sectors of the table, of which there is one
	put(b, 60, 2)       // the table of small sectors
	put(b, 64, 64_000)  // its length
	put(b, sector+8, 2) // where it leads to itself
	put(b, 2*sector+116, 1)
	if _, _, err := openCompound(b); err == nil || !strings.Contains(err.Error(), errChain.Error()) {
		t.Errorf("got %v, want %v", err, errChain)
	}
}

// A workbook within another document is not the document.
func TestEmbeddedWorkbook(t *testing.T) {
	const storage = 2*512 + 2*128 // the directory's entry of ObjectPool
	b := compound("WordDocument", "ObjectPool", "Workbook")
	b[storage+66] = 1 // not a stream
	binary.LittleEndian.PutUint32(b[storage+72:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(b[storage+76:], 3) // Workbook stands in it, not beside it
	if _, findings := Open("x", b); len(findings) != 1 || findings[0].Code != "format-doc" {
		t.Errorf("got %v, want format-doc", findings)
	}
}

func FuzzXLS(f *testing.F) {
	for name := range xlsSamples {
		data := sample(f, xlsSample(name))
		_, stream, _, err := workbookStream(data)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 30_000 {
			f.Add(data)
			f.Add(stream)
		}
	}
	f.Add(biff(biff8, sst(2, "\x06\x00\x00abc")+rec(recContinue, byte(1), wide("đêx"))+rec(recRecalcID, uint32(1)), label(1)+rec(recMulRK, 0, 1, 0, uint32(7), 3)))
	f.Add(biff(biff5, rec(recCodePage, 1258), rec(recLabel, 0, 0, 0, 2, "S\xf5")+formula(2, notNumber, 0)+rec(recString, 1, "a")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.HasPrefix(data, []byte(compoundFile)) {
			Open("x", data) // the library's own panics are caught there
			return
		}
		readAll(t, data)
	})
}

// BenchmarkOpenXLS opens a workbook of 191 rows with long texts;
// BenchmarkOpenRowsXLS one of 1,200 rows.
func BenchmarkOpenXLS(b *testing.B)     { benchmarkOpen(b, xlsSample("office.xls")) }
func BenchmarkOpenRowsXLS(b *testing.B) { benchmarkOpen(b, xlsSample("xlwt.xls")) }
