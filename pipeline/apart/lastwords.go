package apart

import "sync"

// lastWords keeps the beginning of what is written to it, where a dying program says
// why.
type lastWords struct {
	lock sync.Mutex
	kept []byte
}

const maxSaid = 8 << 10

func (t *lastWords) Write(p []byte) (int, error) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.kept = append(t.kept, p[:min(len(p), maxSaid-len(t.kept))]...)
	return len(p), nil
}

func (t *lastWords) String() string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return string(t.kept)
}
