package collect

// coder7z is one method that a folder is packed by.
type coder7z struct {
	id      string
	in, out int
	config  []byte
}

// folder7z is a run of bytes that files lie in one after the other.
type folder7z struct {
	coders []coder7z
	bound  map[int]int // input → the output that feeds it
	packed []int       // the inputs that are fed by the archive's own bytes
	sizes  []uint64    // of each output
	sum    *uint32
	first  int // of the archive's packed streams
	files  []stream7z
}

// stream7z is one file of a folder.
type stream7z struct {
	size uint64
	sum  *uint32
}

// streams7z are the packed bytes of an archive.
type streams7z struct {
	at      uint64   // where the packed streams begin, from the end of the first header
	sizes   []uint64 // of the packed streams
	folders []folder7z
}

// streams reads where the bytes are.
func (h *header7z) streams() (s streams7z) {
	for id := h.byte(); !h.bad; id = h.byte() {
		switch id {
		case id7zEnd:
			return s
		case id7zPack:
			s.at = h.number()
			n := h.count(h.most + most7z)
			s.sizes = h.packSizes(n)
		case id7zUnpack:
			s.folders = h.folders()
		case id7zSubstreams:
			h.substreams(s.folders)
		default:
			h.fail()
		}
	}
	return s
}

// packSizes are those of n packed streams.
func (h *header7z) packSizes(n int) (sizes []uint64) {
	for id := h.byte(); id != id7zEnd && !h.bad; id = h.byte() {
		switch id {
		case id7zSize:
			for range n {
				sizes = append(sizes, h.number())
			}
		case id7zCRC:
			h.sums(n)
		default:
			h.fail()
		}
	}
	return sizes
}

// folders reads how each run of bytes is packed.
func (h *header7z) folders() []folder7z {
	if h.byte() != id7zFolder {
		h.fail()
	}
	folders := make([]folder7z, h.count(h.most+most7z))
	if h.byte() != 0 { // the folders stand elsewhere
		h.fail()
	}
	stream := 0
	for i := range folders {
		f := &folders[i]
		h.folder(f)
		f.first = stream
		stream += len(f.packed)
	}
	if h.byte() != id7zCodersSize {
		h.fail()
	}
	for i := range folders {
		f := &folders[i]
		for range f.coders { // each has one output
			f.sizes = append(f.sizes, h.number())
		}
	}
	for id := h.byte(); id != id7zEnd && !h.bad; id = h.byte() {
		if id != id7zCRC {
			h.fail()
			break
		}
		for i, sum := range h.sums(len(folders)) {
			folders[i].sum = sum
		}
	}
	for i := range folders { // one file, unless the substreams say otherwise
		f := &folders[i]
		f.files = []stream7z{{f.size(), f.sum}}
	}
	return folders
}

// folder reads how a folder is packed.
func (h *header7z) folder(f *folder7z) {
	n := h.count(most7z)
	inputs := 0
	for range n {
		flags := h.byte()
		c := coder7z{id: string(h.take(uint64(flags & 0x0F))), in: 1, out: 1}
		if flags&0x10 != 0 {
			c.in, c.out = h.count(most7z), h.count(most7z)
		}
		if flags&0x20 != 0 {
			c.config = h.take(h.number())
		}
		if c.out != 1 || flags&0xC0 != 0 {
			h.fail()
		}
		inputs += c.in
		f.coders = append(f.coders, c)
	}
	f.bound = map[int]int{}
	for range n - 1 {
		in := h.count(most7z * most7z)
		f.bound[in] = h.count(most7z)
	}
	free := inputs - (n - 1)
	switch {
	case n < 1 || free < 1:
		h.fail()
	case free == 1:
		for in := range inputs {
			if _, fed := f.bound[in]; !fed {
				f.packed = append(f.packed, in)
			}
		}
	default:
		for range free {
			f.packed = append(f.packed, h.count(most7z*most7z))
		}
	}
}

// last is the output that no input is fed by: the unpacked bytes.
func (f *folder7z) last() int {
	fed := map[int]bool{}
	for _, out := range f.bound {
		fed[out] = true
	}
	for out := range f.coders {
		if !fed[out] {
			return out
		}
	}
	return -1
}

// size is the number of unpacked bytes.
func (f *folder7z) size() uint64 {
	if out := f.last(); out >= 0 && out < len(f.sizes) {
		return f.sizes[out]
	}
	return 0
}

// substreams reads how the bytes of each folder are divided among files.
func (h *header7z) substreams(folders []folder7z) {
	id := h.byte()
	counts := make([]int, len(folders))
	total := 0
	for i := range counts {
		counts[i] = 1
		if id == id7zCount {
			counts[i] = h.count(h.most - min(total, h.most))
		}
		total += counts[i]
	}
	if id == id7zCount {
		id = h.byte()
	}
	sized := id == id7zSize
	for i := range folders {
		f := &folders[i]
		left := f.size()
		f.files = make([]stream7z, counts[i])
		for k := range f.files {
			size := left
			if sized && k < counts[i]-1 {
				size = h.number()
			}
			if size > left {
				h.fail()
				return
			}
			left -= size
			f.files[k].size = size
		}
	}
	if sized {
		id = h.byte()
	}
	if id == id7zCRC {
		h.fileSums(folders)
		id = h.byte()
	}
	if id != id7zEnd {
		h.fail()
	}
}

// fileSums reads the checksums of all files whose folder's is not theirs.
func (h *header7z) fileSums(folders []folder7z) {
	var open []*stream7z
	for i := range folders {
		f := &folders[i]
		if len(f.files) == 1 && f.sum != nil {
			f.files[0].sum = f.sum
			continue
		}
		for k := range f.files {
			open = append(open, &f.files[k])
		}
	}
	for i, sum := range h.sums(len(open)) {
		open[i].sum = sum
	}
}
