package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"
)

// editor changes some parts of a package and leaves the others byte for byte.
type editor struct {
	zip     *archive
	entries []*zip.File
	changed map[string][]byte // by lower-case name; nil: left out
	added   []string          // names of new parts, in order
}

func newEditor(data []byte) (*editor, error) {
	z, err := newArchive(data)
	if err != nil {
		return nil, err
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt("", err)
	}
	return &editor{zip: z, entries: r.File, changed: map[string][]byte{}}, nil
}

// has reports whether the package holds the part as it is now.
func (e *editor) has(name string) bool {
	data, ok := e.changed[strings.ToLower(name)]
	return ok && data != nil || !ok && e.zip.has(name)
}

// read is the part as it is now.
func (e *editor) read(name string) ([]byte, error) {
	if data, ok := e.changed[strings.ToLower(name)]; ok && data != nil {
		return data, nil
	}
	return e.zip.read(name)
}

// write replaces a part, or adds it.
func (e *editor) write(name string, data []byte) {
	key := strings.ToLower(name)
	if _, known := e.changed[key]; !known && !e.zip.has(name) {
		e.added = append(e.added, name)
	}
	e.changed[key] = data
}

// drop leaves a part out.
func (e *editor) drop(name string) {
	if e.has(name) {
		e.changed[strings.ToLower(name)] = nil
	}
}

// names are those of the parts that the package had, with slashes.
func (e *editor) names() []string {
	var names []string
	for _, f := range e.entries {
		names = append(names, strings.ReplaceAll(f.Name, `\`, "/"))
	}
	return names
}

// free is a name for a new part: pattern with the first number that is free.
func (e *editor) free(pattern string) string {
	for n := 1; ; n++ {
		if name := fmt.Sprintf(pattern, n); !e.has(name) {
			return name
		}
	}
}

// entryTime stands at every part that we write: the same workbook and remarks
// give the same bytes. It is the earliest that a zip file can tell.
var entryTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// save writes the package. Parts that were not changed are copied as they lie
// there packed; entries for folders, which ExcelJS writes, are left out.
func (e *editor) save(w io.Writer) error {
	out := zip.NewWriter(w)
	for _, f := range e.entries {
		data, ok := e.changed[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))]
		switch {
		case strings.HasSuffix(f.Name, "/"): // a folder, which is no part
		case !ok:
			if err := out.Copy(f); err != nil {
				return fmt.Errorf("copy part %q: %w", f.Name, err)
			}
		case data != nil:
			if err := writeEntry(out, f.Name, data); err != nil {
				return err
			}
		}
	}
	for _, name := range e.added {
		if data := e.changed[strings.ToLower(name)]; data != nil {
			if err := writeEntry(out, name, data); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

func writeEntry(out *zip.Writer, name string, data []byte) error {
	f, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: entryTime})
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return fmt.Errorf("write part %q: %w", name, err)
	}
	return nil
}
