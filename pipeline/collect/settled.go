package collect

import (
	"bytes"
	"encoding/binary"
	"slices"

	"baocao/pipeline/finding"
)

// lacksEnd reports whether one sees that the end of a document is missing, as
// it is while somebody copies the file.
func lacksEnd(data []byte, items []Item) bool {
	tail := func(n int) []byte { return data[max(0, len(data)-n):] }
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")): // the list of files stands last, before a comment
		return !bytes.Contains(tail(22+1<<16), []byte("PK\x05\x06"))
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return !bytes.Contains(tail(2<<10), []byte("%%EOF"))
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compoundLacksEnd(data)
	}
	return slices.ContainsFunc(items, func(i Item) bool {
		return slices.ContainsFunc(i.Findings, func(f finding.Finding) bool {
			return f.Code == codeMailCutShort || f.Code == codeArchiveDamaged
		})
	})
}

// compoundLacksEnd reports whether a compound file, such as an .xls, ends
// before a sector of its own tables does ([MS-CFB] 2.2).
func compoundLacksEnd(data []byte) bool {
	const header, tables, none = 512, 76, 0xFFFFFFFA
	if len(data) < header {
		return true
	}
	shift := binary.LittleEndian.Uint16(data[30:])
	if shift != 9 && shift != 12 {
		return false // damaged in another way
	}
	sectors := uint64(len(data)) >> shift
	for at := tables; at < header; at += 4 {
		// Sector 0 follows the header, which takes a sector itself.
		if n := binary.LittleEndian.Uint32(data[at:]); n < none && uint64(n)+2 > sectors {
			return true
		}
	}
	return uint64(binary.LittleEndian.Uint32(data[48:]))+2 > sectors // the directory's first
}
