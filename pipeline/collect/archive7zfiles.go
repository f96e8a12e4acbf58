package collect

import (
	"encoding/binary"
	"unicode/utf16"
)

// file7z is what an archive says of one file or folder.
type file7z struct {
	name       string
	empty      bool // it has no bytes: a folder, or an empty file
	emptyFile  bool
	attributes uint32
}

// files reads the list of names.
func (h *header7z) files() []file7z {
	files := make([]file7z, h.count(h.most))
	for {
		id := h.byte()
		if id == id7zEnd || h.bad {
			return files
		}
		property := header7z{data: h.take(h.number()), most: h.most, bad: h.bad}
		switch id {
		case id7zEmptyStream:
			for i, empty := range property.bits(len(files)) {
				files[i].empty = empty
			}
		case id7zEmptyFile:
			var empty []*file7z
			for i := range files {
				if files[i].empty {
					empty = append(empty, &files[i])
				}
			}
			for i, file := range property.bits(len(empty)) {
				empty[i].emptyFile = file
			}
		case id7zNames:
			property.names(files)
		case id7zAttributes:
			given := property.optionalBits(len(files))
			property.byte()
			for i := range files {
				if given[i] {
					if b := property.take(4); b != nil {
						files[i].attributes = binary.LittleEndian.Uint32(b)
					}
				}
			}
		}
		if property.bad {
			h.fail()
		}
	}
}

// names reads the names, in UTF-16 and each ended by a zero.
func (h *header7z) names(files []file7z) {
	if h.byte() != 0 { // they stand elsewhere
		h.fail()
	}
	for i := range files {
		var name []uint16
		for {
			b := h.take(2)
			if b == nil {
				return
			}
			c := binary.LittleEndian.Uint16(b)
			if c == 0 {
				break
			}
			name = append(name, c)
		}
		files[i].name = string(utf16.Decode(name))
	}
}
