package collect_test

import (
	"runtime"
	"testing"
	"time"
)

// BenchmarkMailboxFetch fetches a thousand mails of 40 kB, each durable on the
// disk, from Dovecot.
func BenchmarkMailboxFetch(b *testing.B) {
	s := dovecot(b)
	a := s.admin(b)
	const many = 1000
	pad := make([]byte, 40_000)
	for i := range pad {
		if pad[i] = 'x'; i%76 == 75 {
			pad[i] = '\n'
		}
	}
	for n := range many {
		a.put("INBOX", letter(n)+string(pad))
	}
	var peak uint64
	for b.Loop() {
		o := newOffice(b, s.addr)
		begin := time.Now()
		if got := o.fetch(b); got.Stored != many {
			b.Fatalf("got %+v, want %d stored", got, many)
		}
		b.ReportMetric(many/time.Since(begin).Seconds(), "mails/s")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapSys)
	}
	b.ReportMetric(float64(peak)/(1<<20), "MB-heap")
}
