package sheet

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

// archive is a zip file whose directory has been checked.
type archive struct {
	files map[string]*zip.File // by lower-case slash-separated name
}

// newArchive checks the directory of a zip file: number and size of entries,
// names, which must be unique, because readers differ in which of two entries
// they take, and that no entry lies in another.
func newArchive(data []byte) (*archive, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, corrupt("", err)
	}
	if len(r.File) > maxEntries {
		return nil, beyond(codeEntries, "", len(r.File), maxEntries)
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
		size := min(f.UncompressedSize64, 1<<40) // of 2^64 bytes the sum would not be
		total += size
		if total > maxContent {
			return nil, beyondBytes(codeUnpacked, f.Name, total, maxContent)
		}
		if size > ratioGrace && size/maxRatio > f.CompressedSize64 {
			return nil, beyond(codeSuspicious, f.Name, int(size/max(f.CompressedSize64, 1)), maxRatio)
		}
		z.files[name] = f
	}
	return z, disjoint(r.File, uint64(len(data)))
}

// disjoint is an error if the packed content of an entry lies in that of another or
// beyond the end of the file: a bomb, of which a few bytes are unpacked many
// times.
func disjoint(files []*zip.File, length uint64) error {
	type span struct{ from, to uint64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil {
			return corrupt(f.Name, err)
		}
		to := uint64(from) + f.CompressedSize64
		if to < uint64(from) || to > length {
			return corrupt(f.Name, io.ErrUnexpectedEOF)
		}
		if to > uint64(from) {
			spans = append(spans, span{uint64(from), to})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return &damage{code: codeSuspicious}
		}
	}
	return nil
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

// hasMacros reports whether the document brings a program of its own.
func (z *archive) hasMacros() bool {
	for name := range z.files {
		if path.Base(name) == "vbaproject.bin" || name == "basic/script-lc.xml" {
			return true
		}
	}
	return false
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
	if uint64(b.Len()) != f.UncompressedSize64 {
		return nil, corrupt(f.Name, zip.ErrFormat)
	}
	return b.Bytes(), longTag(f.Name, b.Bytes())
}

// longTag is an error if a tag of the XML or the text behind it is too long, for
// decoders keep all of it at once. The sign < stands nowhere within either.
func longTag(part string, data []byte) error {
	for len(data) > maxTag {
		n := bytes.LastIndexByte(data[:maxTag], '<')
		if n <= 0 {
			return beyondBytes(codeField, part, maxTag+1, maxTag)
		}
		data = data[n:]
	}
	return nil
}
