package render

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"baocao/pipeline/report"
)

// fits remembers how tables were set, by what is in them: the paper, the workbook
// and the Word file of a report have the same tables, and setting one takes as
// long as drawing it.
type fits struct {
	lock  sync.Mutex
	known map[[sha256.Size]byte]columns
}

// mostFits is how many tables are remembered: those of many reports.
const mostFits = 256

// fit is how a table of the width is set: the size of its type and the widths of
// its columns.
func (r *Renderer) fit(t *report.Table, width float64) columns {
	key := fitKey(t, width, r.layout.Table.Pad)
	r.fits.lock.Lock()
	found, ok := r.fits.known[key]
	r.fits.lock.Unlock()
	if !ok {
		found = r.fitAnew(t, width)
		r.fits.lock.Lock()
		if len(r.fits.known) >= mostFits {
			clear(r.fits.known)
		}
		r.fits.known[key] = found
		r.fits.lock.Unlock()
	}
	found.widths = slices.Clone(found.widths)
	return found
}

// fitKey stands for all that a table's setting depends on, of what may differ within
// a renderer: a sheet has another pad, see [Renderer.fitSheet].
func fitKey(t *report.Table, width, pad float64) [sha256.Size]byte {
	sum := sha256.New()
	k := keyer{bufio.NewWriter(sum)}
	k.number(math.Float64bits(width))
	k.number(math.Float64bits(pad))
	k.number(uint64(len(t.Columns)))
	for _, c := range t.Columns {
		k.text(c.Group)
		k.text(c.Title)
		k.number(uint64(c.Width))
	}
	for _, row := range t.Rows {
		k.text(string(row.Kind))
		for _, c := range row.Cells {
			k.number(uint64(span(c)))
			k.text(c.Text)
		}
	}
	k.Flush() // a hash takes all
	return [sha256.Size]byte(sum.Sum(nil))
}

// keyer writes values so that no two rows of them look alike.
type keyer struct{ *bufio.Writer }

func (k keyer) number(n uint64) {
	k.Write(binary.LittleEndian.AppendUint64(k.AvailableBuffer(), n))
}

func (k keyer) text(s string) {
	k.number(uint64(len(s)))
	k.WriteString(s)
}
