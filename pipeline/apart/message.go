package apart

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
)

// The child says greeting first, so that nothing else is taken for a child. Then
// request and answer follow each other, as values of encoding/gob.
const greeting = "baocao-reads-apart 1\n"

// request asks for one document to be read.
type request struct {
	Name string
	Data []byte
}

// answer is a book without its rows, and what was found in it. As many messages
// of rows follow as Parts says.
type answer struct {
	Book     *sheet.Book
	Findings []finding.Finding
	Crash    string // the panic of a decoder, with its stack; empty otherwise
	Parts    int
}

// rows is a stretch of the rows of one sheet.
type rows struct {
	Sheet int
	Rows  []sheet.Row
}

// partRows is how many rows one message holds: gob builds each in memory.
const partRows = 1_000

var errNotOurs = errors.New("answers that do not fit")

// send writes a to w.
func send(w *gob.Encoder, a answer) error {
	var parts []rows
	if a.Book != nil {
		book := *a.Book
		book.Sheets = make([]sheet.Sheet, len(a.Book.Sheets))
		for i, s := range a.Book.Sheets {
			for left := s.Rows; len(left) > 0; {
				n := min(partRows, len(left))
				parts = append(parts, rows{i, left[:n]})
				left = left[n:]
			}
			s.Rows = nil
			book.Sheets[i] = s
		}
		a.Book, a.Parts = &book, len(parts)
	}
	if err := w.Encode(a); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	for _, p := range parts {
		if err := w.Encode(p); err != nil {
			return fmt.Errorf("answer: %w", err)
		}
	}
	return nil
}

// receive reads what send wrote.
func receive(r *gob.Decoder) (answer, error) {
	var a answer
	if err := r.Decode(&a); err != nil {
		return answer{}, fmt.Errorf("answer: %w", whole(err))
	}
	for range a.Parts {
		var p rows
		if err := r.Decode(&p); err != nil {
			return answer{}, fmt.Errorf("answer: %w", whole(err))
		}
		if a.Book == nil || p.Sheet < 0 || p.Sheet >= len(a.Book.Sheets) {
			return answer{}, errNotOurs
		}
		s := &a.Book.Sheets[p.Sheet]
		s.Rows = append(s.Rows, p.Rows...)
	}
	return a, nil
}

// whole is err; the end of what is read is no end within an answer.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
