package collect

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
)

// isPackage reports whether a zip is a document in itself, as Office and
// OpenDocument files are; one that cannot be read is, unless its name says
// otherwise.
func isPackage(name string, data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		name = strings.ToLower(name)
		return !strings.HasSuffix(name, ".zip") && !isVolume(name)
	}
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		folder, _, _ := strings.Cut(name, "/")
		switch {
		case name == "[content_types].xml", name == "mimetype", name == "encrypted-package",
			name == "content.xml", name == "xl/workbook.xml", name == "xl/workbook.bin", name == "word/document.xml",
			folder == "_rels", folder == "meta-inf":
			return true
		}
	}
	return false
}

// What the flags of a zip entry say (APPNOTE.TXT 4.4.4). Both ways of
// encryption, the old one and that of AES (method 99), set the first.
const (
	zipEncrypted = 1<<0 | 1<<6 | 1<<13
	zipUTF8      = 1 << 11
)

// readZip offers the entries of a zip. The list of files at its end counts,
// and not what stands before each file.
func (b *box) readZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return err
	}
	if len(z.File) > b.limits.Entries-b.entries {
		return errArchiveTooMany
	}
	if overlapping(z.File) {
		return errArchiveOverlap
	}
	for _, f := range z.File {
		mode := f.Mode()
		name := zipName(f)
		e := entry{
			name:      name,
			folder:    mode.IsDir() || strings.HasSuffix(name, `\`),
			link:      mode&(fs.ModeType&^fs.ModeDir) != 0,
			encrypted: f.Flags&zipEncrypted != 0,
			size:      int64(min(f.UncompressedSize64, math.MaxInt64)),
			packed:    int64(min(f.CompressedSize64, math.MaxInt64)),
			read: func(max int64) ([]byte, error) {
				r, err := f.Open()
				if errors.Is(err, zip.ErrAlgorithm) {
					return nil, errArchiveMethod
				}
				if err != nil {
					return nil, err
				}
				defer r.Close()
				return readMost(r, max)
			},
		}
		if err := b.offer(e); err != nil {
			return err
		}
	}
	return nil
}

// readMost reads r to its end, which must come within max bytes.
func readMost(r io.Reader, max int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, max+1))
	if int64(len(data)) > max {
		return nil, errArchiveTooLarge
	}
	return data, err
}

// localHeader is the least number of bytes between two files of a zip.
const localHeader = 30

// overlapping reports whether two entries share bytes, by which a small
// archive is made to unpack without end.
func overlapping(files []*zip.File) bool {
	type span struct{ from, to int64 }
	var spans []span
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil {
			continue // its header is damaged, and opening it will say so
		}
		spans = append(spans, span{from - localHeader, from + int64(min(f.CompressedSize64, math.MaxInt32))})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return true
		}
	}
	return false
}

// zipName is an entry's name as its maker meant it.
func zipName(f *zip.File) string {
	switch {
	case f.Flags&zipUTF8 != 0:
		return f.Name
	case unicodePath(f) != "":
		return unicodePath(f)
	}
	return entryName(f.Name)
}

// unicodePath is the name in UTF-8 that Info-ZIP writes beside one in another
// code page (APPNOTE.TXT 4.6.9), if it belongs to that.
func unicodePath(f *zip.File) string {
	const id = 0x7075
	for extra := f.Extra; len(extra) >= 4; {
		size := int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra)-4 {
			break
		}
		field := extra[4 : 4+size]
		if binary.LittleEndian.Uint16(extra) == id && size > 5 && field[0] == 1 &&
			binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) {
			return string(field[5:])
		}
		extra = extra[4+size:]
	}
	return ""
}
