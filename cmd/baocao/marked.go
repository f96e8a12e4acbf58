package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"baocao/pipeline"
	"baocao/pipeline/durable"
)

// markedEnd ends the name of a workbook given back with remarks in it.
const markedEnd = ".ra-soat"

// mostMarked is how many workbooks of one name a folder is given.
const mostMarked = 1_000

// writeMarked writes the checked document with its remarks to the folder and
// gives the path, "" for a document that has no cells to put remarks into. No
// file is overwritten: where the same bytes lie already, nothing is written,
// and where other bytes lie, the next free number is taken.
func writeMarked(p *pipeline.Pipeline, folder, document string, c pipeline.Checked) (string, error) {
	var b bytes.Buffer
	err := p.Mark(&b, c)
	if errors.Is(err, pipeline.ErrNothingToMark) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if err := durable.MkdirAll(folder); err != nil {
		return "", fmt.Errorf("mark: %w", err)
	}
	base := markedName(document)
	for n := 1; n <= mostMarked; n++ {
		name := base + ".xlsx"
		if n > 1 {
			name = fmt.Sprintf("%s (%d).xlsx", base, n)
		}
		name = filepath.Join(folder, name)
		err := publishNew(name, b.Bytes())
		if err == nil || errors.Is(err, fs.ErrExist) && holds(name, b.Bytes()) {
			return name, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", err
		}
	}
	return "", fmt.Errorf("mark %q: the folder %q holds %d of that name", document, folder, mostMarked)
}

// markedName is the name without its end for the marked copy of a document. A
// document's name comes from outside: it becomes one name that every system
// takes, never a path.
func markedName(document string) string {
	name := path.Base(strings.ReplaceAll(document, `\`, "/"))
	name = strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), markedEnd)
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	for len(name) > 150 {
		name = strings.ToValidUTF8(name[:150], "")
	}
	if name = strings.Trim(name, " ."); name == "" {
		name = "tai-lieu"
	}
	if isDevice(name) {
		name = "_" + name
	}
	return name + markedEnd
}

// isDevice reports whether Windows takes the name for a device of its own, which
// it does whatever follows the first dot.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	switch name = strings.ToUpper(strings.TrimSpace(name)); name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(name, "COM")
	if !ok {
		port, ok = strings.CutPrefix(name, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}
