package collect

import (
	"encoding/binary"
	"errors"
	"strconv"
	"strings"
)

// Outlook puts the files of a mail in its own rich text into one part,
// winmail.dat, in the Transport Neutral Encapsulation Format ([MS-OXTNEF]).
// Read are its files and nothing else.

// tnefFile is a file out of it.
type tnefFile struct {
	name  string
	kind  string // MIME type, if told
	data  []byte
	image bool // shown within the text, as a logo is
	mail  bool // a mail in the same format and no file
	whole bool
}

// The attributes that matter ([MS-OXTNEF] 2.1.3), type and name together.
const (
	tnefSignature      = 0x223E9F78
	tnefCodePage       = 0x00069007
	tnefAttachRendData = 0x00069002 // begins a file
	tnefAttachTitle    = 0x00018010
	tnefAttachData     = 0x0006800F
	tnefAttachProps    = 0x00069005 // MAPI properties of a file
)

// The properties that matter ([MS-OXPROPS]).
const (
	propAttachData     = 0x3701
	propAttachName     = 0x3704
	propAttachMethod   = 0x3705
	propAttachLongName = 0x3707
	propAttachMIME     = 0x370E
	propAttachID       = 0x3712

	attachEmbedded = 5 // the method of a mail within the mail
)

var (
	errTNEF    = errors.New("not in the format of winmail.dat")
	errTNEFEnd = errors.New("winmail.dat ends too early")
)

// isTNEF reports whether data begin as such a part does.
func isTNEF(data []byte) bool {
	return len(data) >= 6 && binary.LittleEndian.Uint32(data) == tnefSignature
}

// readTNEF is the files in data. An error stands beside those before it.
func readTNEF(data []byte) ([]tnefFile, error) {
	if !isTNEF(data) {
		return nil, errTNEF
	}
	data = data[6:] // the signature, and a key without meaning
	var files []tnefFile
	codePage := ""
	for len(data) > 0 {
		if len(data) < 9 {
			return files, errTNEFEnd
		}
		id, size := binary.LittleEndian.Uint32(data[1:]), uint64(binary.LittleEndian.Uint32(data[5:]))
		data = data[9:]
		if id == tnefAttachRendData {
			files = append(files, tnefFile{whole: true})
		}
		cutOff := size+2 > uint64(len(data))
		value := data[:min(size, uint64(len(data)))]
		if id == tnefCodePage && len(value) >= 4 {
			codePage = "windows-" + strconv.FormatUint(uint64(binary.LittleEndian.Uint32(value)), 10)
		}
		if len(files) > 0 {
			f := &files[len(files)-1]
			whole := !cutOff && tnefSum(value) == binary.LittleEndian.Uint16(data[size:])
			if err := f.attribute(id, value, codePage); err != nil {
				whole = false
			}
			f.whole = f.whole && whole
		}
		if cutOff {
			return files, errTNEFEnd
		}
		data = data[size+2:]
	}
	return files, nil
}

// tnefSum is the checksum behind an attribute: its bytes added up.
func tnefSum(data []byte) uint16 {
	var sum uint16
	for _, b := range data {
		sum += uint16(b)
	}
	return sum
}

// attribute takes what an attribute says of the file.
func (f *tnefFile) attribute(id uint32, value []byte, codePage string) error {
	switch id {
	case tnefAttachTitle:
		if f.name == "" { // the properties may have given the long name
			f.name = tnefText(codePage, value)
		}
	case tnefAttachData:
		f.data = value
	case tnefAttachProps:
		return f.properties(value, codePage)
	}
	return nil
}

func (f *tnefFile) properties(data []byte, codePage string) error {
	long, contentID := false, false
	err := eachProperty(data, func(id, kind uint16, value []byte) {
		text := func() string {
			if kind == propUnicode {
				return tnefText("utf-16le", value)
			}
			return tnefText(codePage, value)
		}
		switch id {
		case propAttachLongName:
			if name := text(); name != "" {
				f.name, long = name, true
			}
		case propAttachName:
			if name := text(); name != "" && !long {
				f.name = name
			}
		case propAttachMIME:
			f.kind = strings.ToLower(text())
		case propAttachID:
			contentID = text() != ""
		case propAttachMethod:
			f.mail = len(value) >= 4 && binary.LittleEndian.Uint32(value) == attachEmbedded
		case propAttachData:
			if kind == propObject && len(value) >= 16 {
				value = value[16:] // which interface it is read by
			}
			f.data = value
		}
	})
	f.image = contentID && strings.HasPrefix(f.kind, "image/") && len(f.data) <= maxSignature
	return err
}

func tnefText(charset string, value []byte) string {
	return strings.TrimRight(decodeCharset(charset, value), "\x00")
}
