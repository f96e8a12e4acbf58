package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// hostile writes a file that a script cannot hold:
//
//	hostile bomb bomb.xlsx        a few bytes that say they are 900 MB
//	hostile padded SAMPLE a.xlsx  a workbook of the sample with so much beside it that it is read apart
func hostile(ts *testscript.TestScript, neg bool, args []string) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	switch {
	case !neg && len(args) == 2 && args[0] == "bomb":
		f, err := w.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", CompressedSize64: 1, UncompressedSize64: 900 << 20})
		ts.Check(err)
		_, err = f.Write([]byte{0})
		ts.Check(err)
	case !neg && len(args) == 3 && args[0] == "padded":
		matches, err := filepath.Glob(args[1])
		ts.Check(err)
		if len(matches) != 1 {
			ts.Fatalf("%q names %d files, want one", args[1], len(matches))
		}
		r, err := zip.OpenReader(matches[0])
		ts.Check(err)
		defer r.Close()
		for _, f := range r.File {
			ts.Check(w.Copy(f))
		}
		f, err := w.Create("xl/theme/padding.xml")
		ts.Check(err)
		_, err = f.Write([]byte(strings.Repeat(" ", 900_000)))
		ts.Check(err)
	default:
		ts.Fatalf("usage: hostile bomb file | hostile padded sample file")
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[len(args)-1]), b.Bytes(), 0o644))
}
