package collect

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/ulikunitz/xz/lzma"
)

const signature7z = "7z\xbc\xaf\x27\x1c"

// The methods of 7z that documents are packed by. What is missing are filters
// for programs, PPMd, and what newer programs add of their own.
const (
	copy7z    = "\x00"
	lzma7z    = "\x03\x01\x01"
	lzma27z   = "\x21"
	deflate7z = "\x04\x01\x08"
	bzip27z   = "\x04\x02\x02"
	aes7z     = "\x06\xF1\x07\x01"
)

// archive7z is a 7z archive whose list of files is known.
type archive7z struct {
	data    []byte // from the end of the first header
	streams streams7z
	files   []file7z
}

// read7z offers the files of a 7z archive. The list of files is read here and
// not by a library, so that no number in it makes more memory than allowed.
func (b *box) read7z(data []byte) error {
	a, err := open7z(data, b.limits.Entries-b.entries)
	if err != nil {
		return err
	}
	folder, stream := 0, 0
	var at uint64 // of the next file, within its folder
	var unpacked []byte
	for _, f := range a.files {
		e := entry{name: f.name, folder: f.empty && !f.emptyFile, link: isLink7z(f.attributes), packed: -1, charged: true}
		if !f.empty {
			for folder < len(a.streams.folders) && stream == len(a.streams.folders[folder].files) {
				folder, stream, at, unpacked = folder+1, 0, 0, nil
			}
			if folder == len(a.streams.folders) {
				return err7z
			}
			in := &a.streams.folders[folder]
			s := in.files[stream]
			e.size = int64(min(s.size, 1<<62))
			e.encrypted = in.uses(aes7z)
			from := at
			e.read = func(int64) ([]byte, error) {
				if unpacked == nil {
					unpacked, err = b.unpackFolder(a, in)
					if err != nil {
						return nil, err
					}
				}
				return s.cut(unpacked, from)
			}
			stream++
			at += s.size
		}
		if err := b.offer(e); err != nil {
			return err
		}
	}
	return nil
}

// isLink7z reports whether the attributes are those of a link: the upper half
// holds the mode of Unix when the program that packed it has one.
func isLink7z(attributes uint32) bool {
	const hasMode, typeMask, symlink, reparse = 0x8000, 0xF000, 0xA000, 0x400
	return attributes&hasMode != 0 && attributes>>16&typeMask == symlink || attributes&reparse != 0
}

// cut is the file that lies at from in its folder.
func (s stream7z) cut(unpacked []byte, from uint64) ([]byte, error) {
	if from+s.size > uint64(len(unpacked)) {
		return nil, io.ErrUnexpectedEOF
	}
	data := bytes.Clone(unpacked[from : from+s.size])
	if s.sum != nil && crc32.ChecksumIEEE(data) != *s.sum {
		return nil, fmt.Errorf("checksum %08x, want %08x", crc32.ChecksumIEEE(data), *s.sum)
	}
	return data, nil
}

// unpackFolder is all bytes of a folder, which count as unpacked whether a
// document is taken out of them or not.
func (b *box) unpackFolder(a *archive7z, f *folder7z) ([]byte, error) {
	if f.size() > uint64(b.limits.Unpacked-b.bytes) {
		return nil, errArchiveTooLarge
	}
	b.bytes += int64(f.size())
	return a.unpack(f)
}

// open7z reads the list of files, which most archives pack as well.
func open7z(data []byte, most int) (*archive7z, error) {
	const first = 32 // bytes of the first header
	if len(data) < first || crc32.ChecksumIEEE(data[12:first]) != binary.LittleEndian.Uint32(data[8:]) {
		return nil, err7z
	}
	at, size := binary.LittleEndian.Uint64(data[12:]), binary.LittleEndian.Uint64(data[20:])
	sum := binary.LittleEndian.Uint32(data[28:])
	a := &archive7z{data: data[first:]}
	if rest := uint64(len(a.data)); at > rest || size > rest-at {
		return nil, io.ErrUnexpectedEOF
	}
	header := a.data[at : at+size]
	if crc32.ChecksumIEEE(header) != sum {
		return nil, err7z
	}
	for range 4 { // a packed list of a packed list …
		if len(header) == 0 {
			return a, nil
		}
		h := &header7z{data: header[1:], most: most}
		switch header[0] {
		case id7zHeader:
			return a, a.list(h)
		case id7zEncodedHeader:
		default:
			return nil, err7z
		}
		var err error
		if header, err = a.encodedHeader(h); err != nil {
			return nil, err
		}
	}
	return nil, err7z
}

// encodedHeader unpacks the list of files.
func (a *archive7z) encodedHeader(h *header7z) ([]byte, error) {
	a.streams = h.streams()
	if h.bad || len(a.streams.folders) != 1 {
		return nil, err7z
	}
	f := &a.streams.folders[0]
	switch {
	case f.uses(aes7z):
		return nil, errArchiveEncrypted
	case f.size() > maxDirectory:
		return nil, errArchiveTooMany
	}
	data, err := a.unpack(f)
	if err == nil && f.sum != nil && crc32.ChecksumIEEE(data) != *f.sum {
		err = err7z
	}
	return data, err
}

// list reads the header proper.
func (a *archive7z) list(h *header7z) error {
	a.streams = streams7z{}
	for id := h.byte(); !h.bad; id = h.byte() {
		switch id {
		case id7zEnd:
			return nil
		case id7zProperties:
			for h.byte() != 0 {
				h.take(h.number())
			}
		case id7zAdditional:
			h.streams()
		case id7zMainStreams:
			a.streams = h.streams()
		case id7zFiles:
			a.files = h.files()
		default:
			h.fail()
		}
	}
	if h.many {
		return errArchiveTooMany
	}
	return err7z
}

// uses reports whether a folder is packed by the method, among others.
func (f *folder7z) uses(id string) bool {
	for _, c := range f.coders {
		if c.id == id {
			return true
		}
	}
	return false
}

// unpack is the unpacked bytes of a folder, whose size has been checked.
func (a *archive7z) unpack(f *folder7z) ([]byte, error) {
	r, err := a.output(f, f.last(), len(f.coders))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, int64(f.size())))
	if err == nil && uint64(len(data)) < f.size() {
		err = io.ErrUnexpectedEOF
	}
	return data, err
}

// output is what the coder number out of a folder gives; depth is how many
// coders may stand before it.
func (a *archive7z) output(f *folder7z, out, depth int) (io.Reader, error) {
	if out < 0 || out >= len(f.coders) || depth == 0 {
		return nil, err7z
	}
	c := f.coders[out]
	if c.in != 1 {
		return nil, errArchiveMethod
	}
	in := 0 // the number of its input
	for _, before := range f.coders[:out] {
		in += before.in
	}
	var source io.Reader
	if from, fed := f.bound[in]; fed {
		var err error
		if source, err = a.output(f, from, depth-1); err != nil {
			return nil, err
		}
	} else {
		data, err := a.packedStream(f, in)
		if err != nil {
			return nil, err
		}
		source = bytes.NewReader(data)
	}
	return decoder7z(c, source, f.sizes[out])
}

// packedStream is the archive's own bytes that feed an input.
func (a *archive7z) packedStream(f *folder7z, in int) ([]byte, error) {
	at := a.streams.at
	for i, size := range a.streams.sizes {
		rest := uint64(len(a.data))
		if at > rest || size > rest-at {
			return nil, io.ErrUnexpectedEOF
		}
		if n := i - f.first; n >= 0 && n < len(f.packed) && f.packed[n] == in {
			return a.data[at : at+size], nil
		}
		at += size
	}
	return nil, err7z
}

// decoder7z undoes one method, which gives size bytes.
func decoder7z(c coder7z, source io.Reader, size uint64) (io.Reader, error) {
	switch c.id {
	case copy7z:
		return source, nil
	case deflate7z:
		return flate.NewReader(source), nil
	case bzip27z:
		return bzip2.NewReader(source), nil
	case lzma7z:
		if len(c.config) != 5 {
			return nil, err7z
		}
		// What an archive looks back at is never more than what it holds.
		header := make([]byte, lzma.HeaderLen)
		header[0] = c.config[0]
		binary.LittleEndian.PutUint32(header[1:], uint32(window7z(uint64(binary.LittleEndian.Uint32(c.config[1:])), size)))
		binary.LittleEndian.PutUint64(header[5:], size)
		return lzma.ReaderConfig{DictCap: maxWindow}.NewReader(io.MultiReader(bytes.NewReader(header), source))
	case lzma27z:
		if len(c.config) != 1 || c.config[0] > 40 {
			return nil, err7z
		}
		told := uint64(2|c.config[0]&1) << (c.config[0]/2 + 11)
		return lzma.Reader2Config{DictCap: window7z(told, size)}.NewReader2(source)
	}
	return nil, errArchiveMethod
}

// window7z is the memory that a method needs to look back, for size bytes.
func window7z(told, size uint64) int {
	return int(min(max(min(told, size), lzma.MinDictCap), maxWindow))
}
