package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"baocao/pipeline/durable"
)

// ErrAuditMark says that the file which tells of the last entry of the audit cannot
// be read: nothing that the audit would tell of is done until it can, or is gone.
var ErrAuditMark = errors.New("the mark of the last audit entry is damaged")

// auditHead names the last entry of an audit.
type auditHead struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// auditHeads is the content of archive/audit.json, by office: the last entry
// that stands, kept apart from the entries, so that those cut off at the end are
// missed.
type auditHeads map[string]auditMark

// auditMark is the last entry known to stand, and the last of those that were about
// to, together: whether they do is known to the database alone.
type auditMark struct {
	auditHead
	Coming *auditHead `json:"coming,omitempty"`

	// Lost is the last entry that the database had when, before another was
	// added, this mark was found to be gone or an old copy: whether there had
	// been more is not known any more. 0: that never was so.
	Lost int64 `json:"lost,omitempty"`
}

// knows reports whether the mark tells of the last entry of the database, or of
// later ones, which are missed then.
func (m auditMark) knows(last auditHead) bool {
	return m.Seq > last.Seq || m.auditHead == last || m.Coming != nil && *m.Coming == last
}

func (a archive) headFile() string { return filepath.Join(string(a), "audit.json") }

func (a archive) auditHeads() (auditHeads, error) {
	data, err := os.ReadFile(a.headFile())
	if errors.Is(err, fs.ErrNotExist) {
		return auditHeads{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("audit mark: %w", err)
	}
	heads := auditHeads{}
	if err := json.Unmarshal(data, &heads); err != nil {
		return nil, fmt.Errorf("%w: %q, %d bytes: %w", ErrAuditMark, a.headFile(), len(data), err)
	}
	if heads == nil { // "null"
		heads = auditHeads{}
	}
	return heads, nil
}

// comingHead notes the last entry that stands and the last of those after it,
// before their transaction is committed.
func (a archive) comingHead(office string, stands, coming auditHead) error {
	return a.markHead(office, func(old auditMark) auditMark {
		return auditMark{auditHead: stands, Coming: &coming, Lost: old.Lost}
	})
}

// settleHead notes that an entry stands now, unless a later one is known to.
func (a archive) settleHead(office string, stands auditHead) error {
	return a.markHead(office, func(old auditMark) auditMark {
		if old.Seq >= stands.Seq {
			return old
		}
		m := auditMark{auditHead: stands, Lost: old.Lost}
		if old.Coming != nil && old.Coming.Seq > stands.Seq {
			m.Coming = old.Coming
		}
		return m
	})
}

// lostHead notes that the mark does not tell of the last entry.
func (a archive) lostHead(office string, last auditHead) error {
	return a.markHead(office, func(old auditMark) auditMark {
		if old.Lost == 0 {
			old.Lost = last.Seq
		}
		return old
	})
}

func (a archive) markHead(office string, f func(auditMark) auditMark) error {
	if err := durable.MkdirAll(string(a)); err != nil {
		return err
	}
	// Settling is done outside a transaction, which would be lock enough.
	unlock, err := durable.LockDir(string(a))
	if err != nil {
		return err
	}
	defer unlock()
	heads, err := a.auditHeads()
	if err != nil {
		return err
	}
	heads[office] = f(heads[office])
	return writeJSON(a.headFile(), heads)
}
