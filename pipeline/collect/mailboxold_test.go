package collect_test

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/collect"
	"baocao/pipeline/collect/dovecottest"
)

// A mailbox of many old mails is fetched once: not again the next time, nor
// when the ledger is lost or the server numbers its messages anew. With
// BAOCAO_LONG there are 50,000 mails.
func TestMailboxOld(t *testing.T) {
	many := 2000
	if os.Getenv("BAOCAO_LONG") != "" {
		many = 50_000
	}
	d := dovecottest.New(t, dovecottest.Options{Password: mailPassword})
	d.Fill(t, mailUser, many, func(n int) (string, time.Time) {
		return letter(n), clock.Add(-time.Duration(n) * time.Hour)
	})
	o := newOffice(t, d.Addr)
	o.PerRun = 2 * time.Hour // so that one look is measured as a whole

	got := o.measured(t, "first")
	if want := (collect.Fetched{Stored: many, Warnings: []string{}}); !cmp.Equal(got.Fetched, want) {
		t.Fatalf("first: got %+v, want %+v", got.Fetched, want)
	}
	for _, c := range []struct {
		name     string
		before   func()
		known    int
		warnings int
		most     int64 // bytes from the server
	}{
		{"second", func() {}, 0, 0, 4000},
		{"ledger lost", func() { o.lose(t) }, 0, 0, int64(400*many + 4000)}, // of each the listed header and the mark
		{"numbered anew", func() { d.Renumber(t, mailUser) }, many, 1, int64(400*many + 4000)},
		{"after that", func() {}, 0, 0, 4000},
	} {
		c.before()
		got := o.measured(t, c.name)
		if got.Stored != 0 || got.Known != c.known || got.Failed != 0 || len(got.Warnings) != c.warnings {
			t.Errorf("%s: got %+v, want none stored, %d known and %d warnings", c.name, got.Fetched, c.known, c.warnings)
		}
		if got.bodies > 0 || got.bytes > c.most {
			t.Errorf("%s: %d bodies were asked for and the server sent %d bytes, want none and at most %d",
				c.name, got.bodies, got.bytes, c.most)
		}
	}
	want := make([]string, many)
	for n := range want {
		want[n] = letter(n)
	}
	o.holds(t, want...)
}

// lose deletes the office's database, and opens a new one.
func (o *office) lose(t testing.TB) {
	t.Helper()
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(o.state); err != nil {
		t.Fatal(err)
	}
	o.open(t)
}

// measured is a Fetch with what it cost.
type measuredFetch struct {
	collect.Fetched
	bytes  int64 // that the server sent
	bodies int   // commands that ask for whole messages
}

// measured fetches through a proxy that counts, and logs what it cost.
func (o *office) measured(t *testing.T, name string) measuredFetch {
	t.Helper()
	addr := o.Server
	defer func() { o.Server = addr }()
	var m measuredFetch
	said, sent := new(transcript), new(atomic.Int64)
	p := newProxy(t, addr)
	p.client = func(_ int, chunk []byte) []byte {
		said.add(chunk)
		return chunk
	}
	p.server = func(_ int, chunk []byte) ([]byte, bool) {
		sent.Add(int64(len(chunk)))
		return chunk, false
	}
	o.Server = p.addr()

	debug.FreeOSMemory()
	peakMemory(true)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	m.Fetched = o.fetch(t)
	took := time.Since(begin)
	runtime.ReadMemStats(&after)

	m.bytes, m.bodies = sent.Load(), strings.Count(said.String(), "BODY.PEEK[]")
	t.Logf("%s: %d stored and %d known in %v, %d bytes from the server, peak RSS %d MB, %d MB allocated in all",
		name, m.Stored, m.Known, took.Round(time.Millisecond), m.bytes, peakMemory(false)>>10, (after.TotalAlloc-before.TotalAlloc)>>20)
	return m
}

// peakMemory is the most memory that this process has had since it was last
// begun anew, in kB; 0 where the system does not tell.
func peakMemory(anew bool) (kB int) {
	if anew {
		_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // without it the peak is that of all tests
	}
	data, _ := os.ReadFile("/proc/self/status")
	_, line, _ := strings.Cut(string(data), "VmHWM:")
	_, _ = fmt.Sscan(line, &kB)
	return kB
}
