package apart

import (
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// Reader opens documents, the large and odd ones in a child of this program. It
// starts the child when the first such document comes and keeps it for the next
// ones, until Close.
type Reader struct {
	Args    []string // that make this program call [Serve] on its standard input and output
	Program string   // the file of the program; empty: of this one
	Log     *slog.Logger

	lock   sync.Mutex // one document at a time
	child  *child     // nil when there is none
	served int        // documents that the child asked last was given
}

// Open reads a document as [sheet.Open] does. A document on which the child
// died, or was too long, gives no Book and one finding that says so. Without a
// child, because none can be started, it is read here.
func (r *Reader) Open(name string, data []byte) (*sheet.Book, []finding.Finding) {
	if IsChild() || !sheet.Heavy(data) {
		return r.here(name, data)
	}
	r.lock.Lock()
	defer r.lock.Unlock()
	a, code, err := r.ask(name, data)
	if err != nil && code != codeSlow && r.served > 1 {
		// It may have been what earlier documents had left in the child.
		a, code, err = r.ask(name, data)
	}
	switch {
	case errors.Is(err, errNoChild):
		return r.here(name, data)
	case err != nil:
		want := allowed(code)
		return nil, []finding.Finding{{Code: code, Level: finding.Error, Place: finding.Place{File: name}, Want: want}}
	}
	if a.Crash != "" {
		r.logCrash(name, a.Crash)
	}
	if r.child.served >= documents {
		r.drop()
	}
	return a.Book, a.Findings
}

// errNoChild says that no child can be started.
var errNoChild = errors.New("no child")

// ask has the child read a document. A child that fails is ended; the code says
// how, and served how many documents it was given.
func (r *Reader) ask(name string, data []byte) (a answer, code string, err error) {
	if r.child == nil {
		c, err := start(r.Program, r.Args)
		if err != nil {
			r.Log.Error("read apart", "file", name, "err", err)
			return answer{}, "", errors.Join(errNoChild, err)
		}
		r.child = c
	}
	a, err = r.child.read(request{name, data})
	r.served = r.child.served
	if err != nil {
		r.child.kill()
		code = r.child.fault()
		r.Log.Error("read apart", "file", name, "err", err, "said", r.child.said())
		r.drop()
	}
	return a, code, err
}

// Close ends the child, if there is one.
func (r *Reader) Close() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.drop()
}

func (r *Reader) drop() error {
	if r.child == nil {
		return nil
	}
	c := r.child
	r.child = nil
	return c.close()
}

// here reads a document in this process.
func (r *Reader) here(name string, data []byte) (*sheet.Book, []finding.Finding) {
	book, findings, err := sheet.Read(name, data)
	var crash *sheet.Crash
	if errors.As(err, &crash) {
		r.logCrash(name, crash.Error()+"\n"+string(crash.Stack))
	}
	return book, findings
}

func (r *Reader) logCrash(name, crash string) {
	value, stack, _ := strings.Cut(crash, "\n")
	r.Log.Error("read document: panic", "file", name, "panic", value, "stack", stack)
}

// The codes of findings about a document that could not be read to its end.
const (
	codeHeavy = "document-too-heavy"
	codeSlow  = "document-too-slow"
	codeDied  = "reader-died"
)

// allowed is the limit that a code names, as a reader sees it.
func allowed(code string) string {
	switch code {
	case codeHeavy:
		return strconv.Itoa(maxMemory>>20) + " MB"
	case codeSlow:
		return strconv.Itoa(int(maxTime.Seconds()))
	}
	return ""
}
