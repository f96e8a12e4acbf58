package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"unicode/utf8"
)

// AuditFault is the first thing that is wrong with an audit.
type AuditFault struct {
	Seq  int64          `json:"seq"` // of the entry that it is about; 0: there is none
	Kind AuditFaultKind `json:"kind"`
	Last int64          `json:"last"` // of several missing entries the last one; else Seq

	Subject string `json:"subject,omitempty"` // with AuditDiffers: the ruling or the report
}

// AuditFaultKind says what is wrong.
type AuditFaultKind string

// The faults of an audit.
const (
	AuditChanged  AuditFaultKind = "changed"  // the entry is not as it was written
	AuditMissing  AuditFaultKind = "missing"  // the entries Seq to Last are gone
	AuditCut      AuditFaultKind = "cut"      // the same, at the end
	AuditInserted AuditFaultKind = "inserted" // nothing is noted of the entry, or archive/audit.json is an old copy
	AuditNoHead   AuditFaultKind = "no-head"  // archive/audit.json, which tells of the last entry, is gone, or was when Seq was the last
	AuditDiffers  AuditFaultKind = "differs"  // the entries are whole, and a ruling or a report is not as they say
)

func (f *AuditFault) String() string {
	if f.Kind == AuditDiffers {
		return fmt.Sprintf("%s: %s is not as the audit trail says (entry %d)", f.Kind, f.Subject, f.Seq)
	}
	if f.Last > f.Seq {
		return fmt.Sprintf("%s: entries %d to %d", f.Kind, f.Seq, f.Last)
	}
	return fmt.Sprintf("%s: entry %d", f.Kind, f.Seq)
}

// hashedRow is a row as it stands, with the hash that stands in it.
type hashedRow struct {
	auditRow
	hash string
}

// VerifyAudit holds every entry against its hash, against the entry before it,
// and the last one against what is noted of it beside the archive; and then the
// rulings and the issues against what the entries tell of them. It returns the
// first fault, nil when there is none.
//
// Whoever can write to the database and to the archive alike, and knows the way
// hashes are computed, can forge an audit; comparing it with a backup shows it.
func (s *Store) VerifyAudit(ctx context.Context) (*AuditFault, error) {
	var fault *AuditFault
	// Nothing is recorded between the reading of the rows and of the mark.
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		fault, err = s.verifyAudit(ctx, tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("verify audit: %w", err)
	}
	return fault, nil
}

func (s *Store) verifyAudit(ctx context.Context, q querier) (*AuditFault, error) {
	heads, err := s.archive.auditHeads()
	if err != nil {
		return nil, err
	}
	// The rows themselves are read, and not what an index says of them.
	var rows []hashedRow
	err = auditRows(ctx, q, `
		SELECT office, seq, at, who, via, action, subject, was, became, reason, prev, hash FROM audit`, nil,
		func(r auditRow, hash string) error {
			if r.Office == s.office {
				rows = append(rows, hashedRow{r, hash})
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b hashedRow) int { return cmp.Compare(a.Seq, b.Seq) })
	mark, known := heads[s.office]
	fault, err := chainFault(rows)
	if err != nil || fault != nil {
		return fault, err
	}
	if fault := endFault(rows, mark, known); fault != nil {
		return fault, nil
	}
	return s.toldFault(ctx, q, rows)
}

// chainFault is the first fault of the rows among themselves.
func chainFault(rows []hashedRow) (*AuditFault, error) {
	var last hashedRow
	for _, r := range rows {
		hash, err := r.auditRow.hash()
		switch {
		case err != nil:
			return nil, err
		case r.Seq <= last.Seq:
			return &AuditFault{Seq: r.Seq, Kind: AuditInserted, Last: r.Seq}, nil
		case r.Seq > last.Seq+1:
			return &AuditFault{Seq: last.Seq + 1, Kind: AuditMissing, Last: r.Seq - 1}, nil
		case hash != r.hash || !r.valid():
			return &AuditFault{Seq: r.Seq, Kind: AuditChanged, Last: r.Seq}, nil
		case r.Prev != last.hash:
			// Row and hash agree, so this one is as it was written: the one
			// before it was written anew, with a hash to match.
			return &AuditFault{Seq: max(last.Seq, 1), Kind: AuditChanged, Last: max(last.Seq, 1)}, nil
		}
		last = r
	}
	return nil, nil
}

// valid reports whether every text is what JSON can hold: others than those
// that are written would have the same hash.
func (r hashedRow) valid() bool {
	for _, text := range []string{r.At, r.Who, r.Via, r.Action, r.Subject, r.Before, r.After, r.Reason, r.Prev} {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

// endFault is what is wrong at the end of a whole chain, held against the mark.
func endFault(rows []hashedRow, mark auditMark, known bool) *AuditFault {
	var last int64
	if len(rows) > 0 {
		last = rows[len(rows)-1].Seq
	}
	switch {
	case mark.Lost > 0:
		return &AuditFault{Seq: mark.Lost, Kind: AuditNoHead, Last: mark.Lost}
	case !known && last > 0:
		return &AuditFault{Seq: last, Kind: AuditNoHead, Last: last}
	case last < mark.Seq:
		return &AuditFault{Seq: last + 1, Kind: AuditCut, Last: mark.Seq}
	case mark.Seq > 0 && rows[mark.Seq-1].hash != mark.Hash:
		return &AuditFault{Seq: mark.Seq, Kind: AuditChanged, Last: mark.Seq}
	case last == mark.Seq:
		return nil
	case mark.Coming == nil || mark.Coming.Seq <= mark.Seq:
		return &AuditFault{Seq: mark.Seq + 1, Kind: AuditInserted, Last: mark.Seq + 1}
	case last < mark.Coming.Seq: // what comes together stands together
		return &AuditFault{Seq: last + 1, Kind: AuditCut, Last: mark.Coming.Seq}
	case rows[mark.Coming.Seq-1].hash != mark.Coming.Hash:
		return &AuditFault{Seq: mark.Coming.Seq, Kind: AuditChanged, Last: mark.Coming.Seq}
	case last > mark.Coming.Seq:
		return &AuditFault{Seq: mark.Coming.Seq + 1, Kind: AuditInserted, Last: mark.Coming.Seq + 1}
	}
	return nil
}
