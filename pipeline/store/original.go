package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
)

// Original is a document as it came, known by its content, with every place
// that it came from.
type Original struct {
	SHA256   string
	Name     string    // of the arrival that counts; empty for a mail itself
	Arrived  time.Time // of the arrival that counts
	Arrival  Arrival   // the one that counts, see [Original.Arrivals]
	Arrivals []Arrival // all of them, the one that counts first

	// New reports, after Keep, that the document was not known before.
	New bool
}

// Arrival is one way in which a document reached the office.
type Arrival struct {
	File     string            `json:"file"`           // in the inbox; for an attachment the .eml
	Name     string            `json:"name,omitempty"` // as the sender named the document
	Sender   string            `json:"sender,omitempty"`
	Arrived  time.Time         `json:"arrived"`           // Seen, when nothing better is known
	Basis    collect.Basis     `json:"basis"`             // how Arrived is known
	Seen     time.Time         `json:"seen"`              // when the program first met it there; never changes
	Message  *collect.Message  `json:"message,omitempty"` // without Text and Raw, see [Store.Mail]
	Findings []finding.Finding `json:"findings,omitempty"`

	// Container is the archive that the document was taken out of, without Raw;
	// nil for a document that came by itself. See [Store.Container].
	Container *collect.Container `json:"container,omitempty"`
}

// Title is the document's name with the archive that it was taken out of, to
// show.
func (a Arrival) Title() string {
	return collect.Item{Name: a.Name, Container: a.Container}.Title()
}

// arrivalOf is the arrival of an item first seen at that moment.
func arrivalOf(item collect.Item, seen time.Time) Arrival {
	a := Arrival{
		File: item.File, Name: item.Name, Findings: item.Findings,
		Arrived: item.Arrived.UTC(), Basis: item.Basis, Seen: seen.UTC(),
	}
	if item.Message != nil {
		facts := *item.Message
		facts.Text, facts.Raw = "", nil
		a.Message, a.Sender = &facts, facts.From
	}
	if item.Container != nil {
		facts := *item.Container
		facts.Raw = nil
		a.Container = &facts
	}
	if a.Arrived.IsZero() {
		a.Arrived, a.Basis = a.Seen, collect.FirstSeen
	}
	return a
}

// samePlace reports whether two arrivals of one document are the same one, met
// again: the same file under the same name, from the same mail.
func (a Arrival) samePlace(b Arrival) bool {
	return a.File == b.File && a.Name == b.Name && a.message() == b.message()
}

// message is the hash of the mail, empty for a dropped file.
func (a Arrival) message() string {
	if a.Message == nil {
		return ""
	}
	return a.Message.SHA256
}

// rank says which arrivals count before which: those that somebody vouches
// for, the mail server or the clerk who dropped the file; then the others;
// then what a program sent back to us of its own accord, or was only to be
// looked at.
func (a Arrival) rank() int {
	switch {
	case a.Message == nil:
		return 0
	case a.Message.AutoReply || a.Message.CheckOnly:
		return 2
	case a.Message.Authenticated:
		return 0
	}
	return 1
}

// compare orders the arrivals of one document: the one that counts is the
// first.
func (a Arrival) compare(b Arrival) int {
	return cmp.Or(
		cmp.Compare(a.rank(), b.rank()),
		a.Arrived.Compare(b.Arrived),
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.message(), b.message()),
	)
}

// Container is the whole archive that a document was taken out of, which its
// bytes are checked against.
func (s *Store) Container(c collect.Container) ([]byte, error) {
	if err := checkHash(c.SHA256); err != nil {
		return nil, err
	}
	return s.archive.get(c.SHA256, containerExt(c))
}

// original is the document with these arrivals, of which there is at least one.
func original(sha string, arrivals []Arrival) Original {
	slices.SortFunc(arrivals, Arrival.compare)
	first := arrivals[0]
	return Original{SHA256: sha, Name: first.Name, Arrived: first.Arrived, Arrival: first, Arrivals: arrivals}
}

// Originals are all documents kept, by arrival and then by hash.
func (s *Store) Originals(ctx context.Context) ([]Original, error) {
	bySHA, err := arrivals(ctx, s.db, `
		SELECT sha256, facts FROM arrival WHERE office = $1`, s.office)
	if err != nil {
		return nil, fmt.Errorf("read originals: %w", err)
	}
	originals := make([]Original, 0, len(bySHA))
	for sha, found := range bySHA {
		originals = append(originals, original(sha, found))
	}
	slices.SortFunc(originals, func(a, b Original) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.SHA256, b.SHA256))
	})
	return originals, nil
}

// arrivalsOf are those of one document, none when it is not known.
func (s *Store) arrivalsOf(ctx context.Context, q querier, sha string) ([]Arrival, error) {
	bySHA, err := arrivals(ctx, q, `
		SELECT sha256, facts FROM arrival WHERE office = $1 AND sha256 = $2`, s.office, sha)
	return bySHA[sha], err
}

// arrivals runs a query for hashes and facts.
func arrivals(ctx context.Context, q querier, query string, args ...any) (map[string][]Arrival, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	bySHA := map[string][]Arrival{}
	for rows.Next() {
		var sha, facts string
		if err := rows.Scan(&sha, &facts); err != nil {
			return nil, err
		}
		var a Arrival
		if err := json.Unmarshal([]byte(facts), &a); err != nil {
			return nil, fmt.Errorf("arrival of %s: %w", sha, err)
		}
		bySHA[sha] = append(bySHA[sha], a)
	}
	return bySHA, rows.Err()
}
