package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Actor is who changes something, and when.
type Actor struct {
	Name string
	Via  string // the way the change came: "cli", "page", "schedule"
	At   time.Time
}

// check makes sure that a change has somebody who answers for it.
func (a Actor) check() error {
	if strings.TrimSpace(a.Name) == "" {
		return errors.New("no person is named who does this")
	}
	if a.At.IsZero() {
		return errors.New("no time is named at which this is done")
	}
	return nil
}

// AuditEntry is one change that somebody made. Entries are added and never
// changed, and each holds the hash of the one before it, so that
// [Store.VerifyAudit] finds one that was changed or taken away.
type AuditEntry struct {
	Seq     int64     `json:"seq"` // 1, 2, 3, …
	At      time.Time `json:"at"`
	Who     string    `json:"who"`
	Via     string    `json:"via"`     // "cli", "page", "schedule"
	Action  string    `json:"action"`  // what was done: see the Action constants
	Subject string    `json:"subject"` // what it was done to: "2018-Q1", "2018-Q1 r7", "2018 plan 2"
	Before  string    `json:"before"`
	After   string    `json:"after"`
	Reason  string    `json:"reason"`
	Prev    string    `json:"prev"` // Hash of the entry before it; empty in the first
	Hash    string    `json:"hash"`
}

// The actions that the store itself records.
const (
	ActionRuling   = "ruling"
	ActionUndo     = "undo"
	ActionPrepare  = "prepare"
	ActionIssue    = "issue"
	ActionWithdraw = "withdraw"
	ActionReopen   = "reopen"
	ActionNumber   = "number"
	ActionSigned   = "signed"
	ActionPlan     = "plan"

	ActionParagraph = "paragraph"

	ActionAgain = "send-again" // of a letter that is stuck
)

// entry is what a does to subject, without its place in the chain.
func (a Actor) entry(action, subject string) AuditEntry {
	return AuditEntry{At: a.At, Who: a.Name, Via: a.Via, Action: action, Subject: subject}
}

// auditRow is what the hash of an entry is computed over: everything of its row
// but the hash.
type auditRow struct {
	Office  string `json:"office"`
	Seq     int64  `json:"seq"`
	At      string `json:"at"` // as the column holds it
	Who     string `json:"who"`
	Via     string `json:"via"`
	Action  string `json:"action"`
	Subject string `json:"subject"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Reason  string `json:"reason"`
	Prev    string `json:"prev"`
}

// hash is SHA-256 over the hash of the row before and the row as JSON.
func (r auditRow) hash() (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(append([]byte(r.Prev+"\n"), text...))
	return hex.EncodeToString(sum[:]), nil
}

// row is the entry's row. Text that is no UTF-8 would read otherwise in JSON.
func (e AuditEntry) row(office string) auditRow {
	valid := func(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
	return auditRow{
		Office: office, Seq: e.Seq, At: stamp(e.At), Who: valid(e.Who), Via: valid(e.Via), Action: valid(e.Action),
		Subject: valid(e.Subject), Before: valid(e.Before), After: valid(e.After), Reason: valid(e.Reason), Prev: e.Prev,
	}
}

// audited runs f, which appends entries, in a transaction, and then notes that the
// last of them, which f gives, stands.
func (s *Store) audited(ctx context.Context, f func(*sql.Tx) (AuditEntry, error)) error {
	var e AuditEntry
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		e, err = f(tx)
		return err
	})
	if err != nil || e.Seq == 0 {
		return err
	}
	// That the entry was coming is noted already, which serves as well, and what
	// f did stands: it must not be taken for undone.
	_ = s.archive.settleHead(s.office, auditHead{Seq: e.Seq, Hash: e.Hash})
	return nil
}

// appendAudit adds e to the chain as the last step of a change but its commit.
func (s *Store) appendAudit(ctx context.Context, tx *sql.Tx, e AuditEntry) (AuditEntry, error) {
	all := []AuditEntry{e}
	err := s.appendAudits(ctx, tx, all)
	return all[0], err
}

// appendAudits is [Store.appendAudit] of entries that stand together or not at all,
// and gives each its place in the chain. There is at least one.
func (s *Store) appendAudits(ctx context.Context, tx *sql.Tx, all []AuditEntry) error {
	last, err := s.lastAudit(ctx, tx)
	if err != nil {
		return err
	}
	heads, err := s.archive.auditHeads()
	if err != nil {
		return err
	}
	if !heads[s.office].knows(last) {
		if err := s.archive.lostHead(s.office, last); err != nil {
			return err
		}
	}
	// Entries that were cut off leave a hole that stays to be seen: the chain
	// goes on from the last one that is known to have stood.
	end := last
	if known := heads[s.office].auditHead; known.Seq >= last.Seq {
		end = known
	}
	stands := end
	for i := range all {
		e := &all[i]
		e.Seq, e.Prev = end.Seq+1, end.Hash
		r := e.row(s.office)
		if e.Hash, err = r.hash(); err != nil {
			return err
		}
		if err := insertAudit(ctx, tx, r, e.Hash); err != nil {
			return err
		}
		end = auditHead{Seq: e.Seq, Hash: e.Hash}
	}
	return s.archive.comingHead(s.office, stands, end)
}

func insertAudit(ctx context.Context, tx *sql.Tx, r auditRow, hash string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO audit (office, seq, at, who, via, action, subject, was, became, reason, prev, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (office, seq) DO NOTHING`,
		r.Office, r.Seq, r.At, r.Who, r.Via, r.Action, r.Subject, r.Before, r.After, r.Reason, r.Prev, hash)
	return err
}

// lastAudit is the newest entry that the database has; of no Seq when none.
func (s *Store) lastAudit(ctx context.Context, q querier) (auditHead, error) {
	var h auditHead
	err := q.QueryRowContext(ctx, `
		SELECT seq, hash FROM audit WHERE office = $1 ORDER BY seq DESC LIMIT 1`, s.office).Scan(&h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return h, err
}

// Record adds an entry about a change that is kept elsewhere. Its place in the
// chain is given by the store; who, when and what must be said.
func (s *Store) Record(ctx context.Context, e AuditEntry) error {
	err := Actor{Name: e.Who, Via: e.Via, At: e.At}.check()
	if err == nil && e.Action == "" {
		err = errors.New("no action is named")
	}
	if err == nil {
		err = s.audited(ctx, func(tx *sql.Tx) (AuditEntry, error) {
			if err := s.archive.irreplaceable("audit", "of "+e.Action+" "+e.Subject+" and everything after it", e.At); err != nil {
				return AuditEntry{}, err
			}
			return s.appendAudit(ctx, tx, e)
		})
	}
	if err != nil {
		return fmt.Errorf("record %s of %q: %w", e.Action, e.Subject, err)
	}
	return nil
}
