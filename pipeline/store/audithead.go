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

// auditHead names the last entry of an audit.
type auditHead struct {
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// auditHeads is the content of archive/audit.json, by office: the last entry
// that stands, kept apart from the entries, so that those cut off at the end are
// missed.
type auditHeads map[string]auditMark

// auditMark is the last entry known to stand, and the one that was about to:
// whether it does is known to the database alone.
type auditMark struct {
	auditHead
	Coming *auditHead `json:"coming,omitempty"`
}

func (a archive) headFile() string { return filepath.Join(string(a), "audit.json") }

func (a archive) auditHeads() (auditHeads, error) {
	data, err := os.ReadFile(a.headFile())
	if errors.Is(err, fs.ErrNotExist) {
		return auditHeads{}, nil
	}
	heads := auditHeads{}
	if err == nil {
		err = json.Unmarshal(data, &heads)
	}
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", a.headFile(), err)
	}
	return heads, nil
}

// comingHead notes the last entry that stands and the one after it, before that
// one's transaction is committed.
func (a archive) comingHead(office string, stands, coming auditHead) error {
	return a.markHead(office, func(auditMark) auditMark { return auditMark{stands, &coming} })
}

// settleHead notes that an entry stands now, unless a later one is known to.
func (a archive) settleHead(office string, stands auditHead) error {
	return a.markHead(office, func(old auditMark) auditMark {
		if old.Seq >= stands.Seq {
			return old
		}
		m := auditMark{auditHead: stands}
		if old.Coming != nil && old.Coming.Seq > stands.Seq {
			m.Coming = old.Coming
		}
		return m
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
