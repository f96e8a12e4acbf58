package sheet

import (
	"archive/zip"
	"bytes"
)

// What a document may have at most to be ordinary.
const (
	ordinaryZip      = 4 << 20 // bytes as sent
	ordinaryContent  = 4 << 20 // bytes unpacked
	ordinaryEntries  = 200
	ordinaryRatio    = 50
	ordinaryCompound = 1 << 20 // bytes of an old workbook
	ordinaryText     = 1 << 20 // bytes of a format that is text
)

// Heavy reports whether a document is so large, or packed so oddly, that it had
// better be read where it can do no harm. It looks at the container alone, and
// costs next to nothing.
func Heavy(data []byte) bool {
	if len(data) > maxFile {
		return false // refused at once
	}
	for _, s := range signatures {
		if s.kind != isZip && s.kind != isXLS && bytes.HasPrefix(data, []byte(s.start)) {
			return s.kind == isImage && len(data) > ordinaryText && isPlainText(data)
		}
	}
	switch {
	case bytes.HasPrefix(data, []byte("PK")):
		return len(data) > ordinaryZip || heavyZip(data)
	case bytes.HasPrefix(data, []byte(compoundFile)):
		return len(data) > ordinaryCompound
	}
	return len(data) > ordinaryText
}

// heavyZip looks at the directory of a zip file. One that is damaged is not
// unpacked, and so not heavy.
func heavyZip(data []byte) bool {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return false
	}
	if len(r.File) > ordinaryEntries {
		return true
	}
	var total uint64
	for _, f := range r.File {
		size := min(f.UncompressedSize64, 1<<40)
		total += size
		if total > ordinaryContent || size > ratioGrace/4 && size/ordinaryRatio > f.CompressedSize64 {
			return true
		}
	}
	return false
}
