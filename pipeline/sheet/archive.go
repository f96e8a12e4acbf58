package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Limits on a zip archive, before any of it is unpacked. The ratio and the
// number of entries are those of Apache POI's ZipSecureFile.
const (
	maxEntries = 1_000
	maxRatio   = 100
	ratioGrace = 1 << 20 // an entry up to this size may be packed as tightly as it likes
)

// archive is a zip file whose directory has been checked.
type archive struct {
	files map[string]*zip.File // by lower-case slash-separated name
}

// newArchive checks the directory of a zip file: number and size of entries,
// and names, which must be unique, because readers differ in which of two
// entries they take.
func newArchive(data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt("", err)
	}
	if len(r.File) > maxEntries {
		return nil, &damage{code: string(isTooLarge), err: fmt.Errorf("%d entries", len(r.File))}
	}
	z := &archive{files: make(map[string]*zip.File, len(r.File))}
	var total uint64
	for _, f := range r.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if z.files[name] != nil || slices.Contains(strings.Split(name, "/"), "..") || path.IsAbs(name) {
			return nil, corrupt(f.Name, errors.New("name not unique or outside the archive"))
		}
		if f.Flags&1 != 0 {
			return nil, &damage{code: string(isEncrypted), part: f.Name}
		}
		total += f.UncompressedSize64
		tight := f.UncompressedSize64 > ratioGrace && f.UncompressedSize64/maxRatio > f.CompressedSize64
		if f.UncompressedSize64 > maxContent || total > maxContent || tight {
			return nil, &damage{code: string(isTooLarge), part: f.Name}
		}
		z.files[name] = f
	}
	return z, nil
}

// kind tells a workbook from a text document and from any other archive.
func (z *archive) kind() kind {
	switch {
	case z.has("xl/workbook.bin"):
		return isXLSB
	case z.has("xl/workbook.xml"):
		return isWorkbook
	case z.has("word/document.xml"):
		return isDocument
	case z.has("content.xml") && z.has("mimetype"):
		return isODF
	case z.has("[content_types].xml"):
		for name := range z.files {
			switch {
			case strings.HasPrefix(name, "xl/"):
				return isWorkbook
			case strings.HasPrefix(name, "word/"):
				return isDocument
			}
		}
		return isUnknown
	}
	return isArchive
}

func (z *archive) has(name string) bool { return z.files[strings.ToLower(name)] != nil }

// read is the content of the named part. Reading to the end checks its length
// and its checksum, so that a damaged part is never half a part.
func (z *archive) read(name string) ([]byte, error) {
	f := z.files[strings.ToLower(name)]
	if f == nil {
		return nil, corrupt(name, errors.New("no such part"))
	}
	r, err := f.Open()
	if err != nil {
		return nil, corrupt(f.Name, err)
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(f.UncompressedSize64) + bytes.MinRead)
	if _, err := io.Copy(&b, io.LimitReader(r, int64(f.UncompressedSize64)+1)); err != nil {
		return nil, corrupt(f.Name, err)
	}
	return b.Bytes(), nil
}
