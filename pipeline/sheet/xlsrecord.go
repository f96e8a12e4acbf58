package sheet

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// The records that are read, [MS-XLS] §2.3; all others are passed over.
const (
	recFormula    = 0x0006
	recEOF        = 0x000A
	recDate1904   = 0x0022
	recFilePass   = 0x002F
	recFont       = 0x0031
	recContinue   = 0x003C
	recCodePage   = 0x0042
	recBoundSheet = 0x0085
	recColInfo    = 0x007D
	recMulRK      = 0x00BD
	recOldShared  = 0x00BC // a shared formula, before BIFF8
	recRString    = 0x00D6
	recXF         = 0x00E0
	recMergeCells = 0x00E5
	recSST        = 0x00FC
	recLabelSST   = 0x00FD
	recRecalcID   = 0x01C1
	recNumber     = 0x0203
	recLabel      = 0x0204
	recBoolErr    = 0x0205
	recString     = 0x0207
	recRow        = 0x0208
	recArray      = 0x0221
	recTable      = 0x0236
	recRK         = 0x027E
	recFormat     = 0x041E
	recShared     = 0x04BC
	recBOF        = 0x0809
)

var (
	errShort   = errors.New("record too short")
	errOverlap = errors.New("sheets lie in each other")
)

// recordReader reads the records of a stream. Each of them is a number, a
// length and as many bytes.
type recordReader struct {
	stream []byte
	at     int // where the next record begins
	left   int // bytes that may still be read, so that nothing is read twice
}

// peek is the number of the next record, 0 at the end of the stream.
func (r *recordReader) peek() uint16 {
	if len(r.stream)-r.at < 4 {
		return 0
	}
	return binary.LittleEndian.Uint16(r.stream[r.at:])
}

// next is the next record together with those that continue it.
func (r *recordReader) next() (record, error) {
	id := r.peek()
	block, err := r.content()
	start := r.at
	for err == nil && r.peek() == recContinue {
		_, err = r.content()
	}
	return record{id: id, block: block, more: r.stream[start:r.at]}, err
}

// content is what the record that begins here holds.
func (r *recordReader) content() ([]byte, error) {
	rest := r.stream[r.at:]
	if len(rest) < 4 {
		return nil, io.ErrUnexpectedEOF
	}
	size := 4 + int(binary.LittleEndian.Uint16(rest[2:]))
	if len(rest) < size {
		return nil, io.ErrUnexpectedEOF
	}
	r.at += size
	if r.left -= size; r.left < 0 {
		return nil, errOverlap
	}
	return rest[4:size], nil
}

// record is what is left to read of one record. Beyond its end it gives zeros
// and says so in short, so that one question after the last field is enough.
type record struct {
	id    uint16
	block []byte
	more  []byte // the records that continue it, as they stand in the stream
	short bool
}

// turn goes on to the record that continues this one.
func (r *record) turn() bool {
	for len(r.block) == 0 && len(r.more) > 0 {
		size := 4 + int(binary.LittleEndian.Uint16(r.more[2:]))
		r.block, r.more = r.more[4:size], r.more[size:]
	}
	return len(r.block) > 0
}

// take is the next n bytes of the block at hand, fewer where it ends.
func (r *record) take(n int) []byte {
	if !r.turn() {
		r.short = r.short || n > 0
		return nil
	}
	n = min(n, len(r.block))
	b := r.block[:n]
	r.block = r.block[n:]
	return b
}

// skip passes over n bytes.
func (r *record) skip(n int) {
	for n > 0 && !r.short {
		n -= len(r.take(n))
	}
}

// number reads n bytes, the lowest first.
func (r *record) number(n int) (x uint64) {
	for i := 0; i < n && !r.short; {
		for _, b := range r.take(n - i) {
			x |= uint64(b) << (8 * i)
			i++
		}
	}
	return x
}

func (r *record) u8() int       { return int(r.number(1)) }
func (r *record) u16() int      { return int(r.number(2)) }
func (r *record) u32() uint32   { return uint32(r.number(4)) }
func (r *record) real() float64 { return math.Float64frombits(r.number(8)) }

// rk reads a number of four bytes, [MS-XLS] §2.5.217: an integer of 30 bits or
// the upper half of a real, of which a hundredth may be meant.
func (r *record) rk() float64 {
	bits := r.u32()
	x := math.Float64frombits(uint64(bits&^3) << 32)
	if bits&2 != 0 {
		x = float64(int32(bits) >> 2)
	}
	if bits&1 != 0 {
		x /= 100
	}
	return x
}
