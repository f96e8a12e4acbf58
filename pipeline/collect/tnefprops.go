package collect

import "encoding/binary"

// The types of properties that are not of a fixed size, and the flag of those
// with several values ([MS-OXCDATA] 2.11.1).
const (
	propObject   = 0x000D
	propString8  = 0x001E
	propUnicode  = 0x001F
	propBinary   = 0x0102
	propSeveral  = 0x1000
	propNamed    = 0x8000 // ids from here on have a name
	propNoString = 0      // the kind of a name that is a number
)

// propSizes are the sizes of the other types, rounded up to four bytes.
var propSizes = map[uint16]int{
	0x0001: 0, 0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8,
	0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8, 0x0048: 16,
}

// eachProperty calls found for each value of each of the MAPI properties in
// data ([MS-OXTNEF] 2.1.3.5), and ends with an error where they make no sense.
func eachProperty(data []byte, found func(id, kind uint16, value []byte)) error {
	r := propReader{rest: data}
	for range r.number() {
		tag := r.number()
		id, kind := uint16(tag>>16), uint16(tag)
		if id >= propNamed {
			r.name()
		}
		several := kind&propSeveral != 0
		kind &^= propSeveral
		size, fixed := propSizes[kind]
		if !fixed && kind != propObject && kind != propString8 && kind != propUnicode && kind != propBinary {
			return errTNEF
		}
		values := uint32(1)
		if several || !fixed {
			values = r.number()
		}
		for range values {
			n := size
			if !fixed {
				n = int(r.number())
			}
			value := r.take(n)
			if r.ended || fixed && size == 0 {
				break
			}
			found(id, kind, value)
		}
		if r.ended {
			return errTNEFEnd
		}
	}
	return nil
}

// propReader reads values that stand at multiples of four bytes.
type propReader struct {
	rest  []byte
	ended bool // something was asked for that is not there
}

func (r *propReader) take(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.rest, r.ended = nil, true
		return nil
	}
	value := r.rest[:n]
	r.rest = r.rest[min((n+3)&^3, len(r.rest)):]
	return value
}

// number is the next one, 0 at the end.
func (r *propReader) number() uint32 {
	if b := r.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// name passes over the name of a property.
func (r *propReader) name() {
	r.take(16)
	if r.number() == propNoString {
		r.take(4)
		return
	}
	r.take(int(r.number()))
}
