package pipeline

import (
	"sync"

	"baocao/pipeline/collect"
)

// seenFiles are the files of the inbox whose every document was kept by this
// process: a service looks at its inbox every few minutes, and mostly nothing has
// changed. A file is known by the hash of its bytes, never by its time or size. It
// is looked into again when what was kept of it is no longer there.
type seenFiles struct {
	lock sync.Mutex
	all  map[string]seenFile // by its name in the inbox
}

type seenFile struct {
	hash  string
	items []collect.Item // of each, what names its archived files
}

// seeing is one look at the inbox.
type seeing struct {
	*seenFiles
	holds  func(collect.Item) bool // whether what was kept of an item is still there
	now    map[string]seenFile
	failed map[string]bool
}

func (s *seenFiles) look(holds func(collect.Item) bool) *seeing {
	return &seeing{seenFiles: s, holds: holds, now: map[string]seenFile{}, failed: map[string]bool{}}
}

// known reports whether a file needs no looking into; see [collect.Reader.Known].
func (s *seeing) known(file, hash string) bool {
	s.lock.Lock()
	before, ok := s.all[file]
	s.lock.Unlock()
	if ok && before.hash == hash {
		whole := true
		for _, item := range before.items {
			whole = whole && s.holds(item)
		}
		if whole {
			return true
		}
	}
	s.now[file] = seenFile{hash: hash}
	return false
}

// kept notes that an item of a file was kept, and all that follows from it done.
func (s *seeing) kept(item collect.Item) {
	some := []byte{} // in place of the bytes: they are there
	slim := collect.Item{SHA256: item.SHA256}
	if item.Data != nil {
		slim.Data = some
	}
	if m := item.Message; m != nil && m.Raw != nil {
		slim.Message = &collect.Message{SHA256: m.SHA256, Raw: some}
	}
	if c := item.Container; c != nil && c.Raw != nil {
		slim.Container = &collect.Container{SHA256: c.SHA256, Format: c.Format, Raw: some}
	}
	f := s.now[item.File]
	f.items = append(f.items, slim)
	s.now[item.File] = f
}

// fail notes that something of a file was not done: it is met again.
func (s *seeing) fail(file string) { s.failed[file] = true }

// end remembers the files of which everything was done.
func (s *seeing) end() {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.all == nil {
		s.all = map[string]seenFile{}
	}
	for file, f := range s.now {
		if f.hash != "" && len(f.items) > 0 && !s.failed[file] {
			s.all[file] = f
		}
	}
}
