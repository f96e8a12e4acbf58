package apart

import (
	"bufio"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"syscall"
	"time"

	"baocao/pipeline/sheet"
)

// How the child ends itself.
const (
	exitHeavy = 75 // it took too much memory
	exitSlow  = 76 // it took too long, and nobody stopped it
)

// IsChild reports whether this program was started to read documents apart.
func IsChild() bool { return os.Getenv(childVariable) != "" }

// Serve is what the child does: it reads the documents that in brings and gives
// their cells to out, until in ends. It ends the whole program when a document
// takes more than it may.
func Serve(in io.Reader, out io.Writer) error {
	// What is meant for the parent reaches the child as well; it goes on until the
	// parent lets it go.
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGPIPE)
	defer clearFolder()
	limitMemory()
	debug.SetMemoryLimit(maxMemory * 3 / 4)
	debug.SetMaxStack(64 << 20)
	go watchMemory()

	if _, err := io.WriteString(out, greeting); err != nil {
		return fmt.Errorf("greet: %w", err)
	}
	w := bufio.NewWriterSize(out, 64<<10)
	requests, answers := gob.NewDecoder(bufio.NewReader(in)), gob.NewEncoder(w)
	for {
		var q request
		if err := requests.Decode(&q); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("request: %w", err)
		}
		deadline := time.AfterFunc(maxTime+maxTime/4, func() { os.Exit(exitSlow) })
		book, findings, err := sheet.Read(q.Name, q.Data)
		q.Data = nil
		a := answer{Book: book, Findings: findings}
		var crash *sheet.Crash
		if errors.As(err, &crash) {
			a.Crash = fmt.Sprintf("%v\n%s", crash.Value, crash.Stack)
		}
		if err := send(answers, a); err != nil {
			return err
		}
		if err := w.Flush(); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
		deadline.Stop()
		book, a = nil, answer{}
		debug.FreeOSMemory()
	}
}

// clearFolder removes the child's folder, for the case that its parent was killed
// and cannot. What such a parent had made before the child was there stays, and
// is empty.
func clearFolder() {
	folder := os.Getenv(childVariable)
	if filepath.IsAbs(folder) && strings.HasPrefix(filepath.Base(folder), folderPrefix) {
		_ = os.RemoveAll(folder) // nobody is there to hear of it
	}
}

// watchMemory ends the program when it has taken nearly all that it may, before
// the system ends it with less to say.
func watchMemory() {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	for range time.Tick(10 * time.Millisecond) {
		metrics.Read(samples)
		if samples[0].Value.Uint64()-samples[1].Value.Uint64() > maxMemory*7/8 {
			os.Exit(exitHeavy)
		}
	}
}
