package collect

import (
	"encoding/binary"
	"errors"
	"math/bits"
)

// The identifiers of the blocks of a 7z header (7zFormat.txt in the 7-Zip
// sources).
const (
	id7zEnd           = 0x00
	id7zHeader        = 0x01
	id7zProperties    = 0x02
	id7zAdditional    = 0x03
	id7zMainStreams   = 0x04
	id7zFiles         = 0x05
	id7zPack          = 0x06
	id7zUnpack        = 0x07
	id7zSubstreams    = 0x08
	id7zSize          = 0x09
	id7zCRC           = 0x0A
	id7zFolder        = 0x0B
	id7zCodersSize    = 0x0C
	id7zCount         = 0x0D
	id7zEmptyStream   = 0x0E
	id7zEmptyFile     = 0x0F
	id7zNames         = 0x11
	id7zAttributes    = 0x15
	id7zEncodedHeader = 0x17
)

var err7z = errors.New("7z header: not as it should be")

// most7z is how many folders, coders or streams a header may list beyond its
// files, so that no number in it makes much memory.
const most7z = 32

// header7z reads the list of files of a 7z archive. After something that is
// not as it should be, bad is true and all numbers are 0.
type header7z struct {
	data []byte
	most int // files, folders and streams
	many bool
	bad  bool
}

func (h *header7z) fail() {
	h.bad, h.data = true, nil
}

func (h *header7z) take(n uint64) []byte {
	if n > uint64(len(h.data)) {
		h.fail()
		return nil
	}
	taken := h.data[:n]
	h.data = h.data[n:]
	return taken
}

func (h *header7z) byte() byte {
	if b := h.take(1); b != nil {
		return b[0]
	}
	return 0
}

// number is a number of 7z: as many leading ones in the first byte as bytes
// follow, lowest first.
func (h *header7z) number() uint64 {
	first := h.byte()
	n := bits.LeadingZeros8(^first)
	var value uint64
	for i, b := range h.take(uint64(n)) {
		value |= uint64(b) << (8 * i)
	}
	if n < 7 {
		value |= uint64(first&(1<<(7-n)-1)) << (8 * n)
	}
	return value
}

// count is a number of things that each take memory.
func (h *header7z) count(most int) int {
	n := h.number()
	if n > uint64(most) {
		h.many = true
		h.fail()
		return 0
	}
	return int(n)
}

// bits are n marks, the first in the highest bit of the first byte.
func (h *header7z) bits(n int) []bool {
	data := h.take(uint64((n + 7) / 8))
	marks := make([]bool, n)
	for i := range marks {
		marks[i] = data != nil && data[i/8]&(0x80>>(i%8)) != 0
	}
	return marks
}

// optionalBits are n marks; a byte before them that is not zero says that all
// are set.
func (h *header7z) optionalBits(n int) []bool {
	if h.byte() == 0 {
		return h.bits(n)
	}
	marks := make([]bool, n)
	for i := range marks {
		marks[i] = true
	}
	return marks
}

// sums are n checksums, nil where none is given.
func (h *header7z) sums(n int) []*uint32 {
	sums := make([]*uint32, n)
	for i, given := range h.optionalBits(n) {
		if given {
			if b := h.take(4); b != nil {
				sum := binary.LittleEndian.Uint32(b)
				sums[i] = &sum
			}
		}
	}
	return sums
}
