package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/collect"
)

// A Store is the ledger of every mailbox of its office.
var _ collect.Ledger = (*Store)(nil)

// MailState is what is known of a mailbox, the zero value of a new one.
func (s *Store) MailState(ctx context.Context, at collect.MailPlace) (collect.MailState, error) {
	var state collect.MailState
	var loginAt string
	err := s.db.QueryRowContext(ctx, `
		SELECT uidvalidity, highest, refusals, login_at FROM mailbox
		WHERE office = $1 AND account = $2 AND folder = $3`, s.office, at.Account, at.Folder).
		Scan(&state.UIDValidity, &state.Highest, &state.Refusals, &loginAt)
	if errors.Is(err, sql.ErrNoRows) {
		return collect.MailState{}, nil
	}
	if err == nil {
		state.LoginAt, err = unstamp(loginAt)
	}
	if err != nil {
		return collect.MailState{}, fmt.Errorf("read mailbox %q of %q: %w", at.Folder, at.Account, err)
	}
	return state, nil
}

// RecordMail adds rows, or replaces those of the same UIDVALIDITY and UID, and
// sets the state, all or nothing. A message that is marked on the server stays
// so as long as its bytes are the same.
func (s *Store) RecordMail(ctx context.Context, at collect.MailPlace, state collect.MailState, rows []collect.MailRow) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO mailbox (office, account, folder, uidvalidity, highest, refusals, login_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (office, account, folder) DO UPDATE SET
				uidvalidity = excluded.uidvalidity, highest = excluded.highest,
				refusals = excluded.refusals, login_at = excluded.login_at`,
			s.office, at.Account, at.Folder, state.UIDValidity, state.Highest, state.Refusals, stampOrNone(state.LoginAt)); err != nil {
			return err
		}
		insert, err := tx.PrepareContext(ctx, `
			INSERT INTO mail (office, account, folder, uidvalidity, uid, message_id, size, received, sender, subject,
				sha256, marked, attempts, next_try, attention, problem)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
			ON CONFLICT (office, account, folder, uidvalidity, uid) DO UPDATE SET
				message_id = excluded.message_id, size = excluded.size, received = excluded.received,
				sender = excluded.sender, subject = excluded.subject,
				marked = CASE WHEN mail.sha256 = excluded.sha256 AND mail.marked = 1 THEN 1 ELSE excluded.marked END,
				sha256 = excluded.sha256, attempts = excluded.attempts, next_try = excluded.next_try,
				attention = excluded.attention, problem = excluded.problem`)
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, r := range rows {
			if r.SHA256 != "" {
				if err := checkHash(r.SHA256); err != nil {
					return err
				}
			}
			if _, err := insert.ExecContext(ctx, s.office, at.Account, at.Folder, r.UIDValidity, r.UID, r.MessageID,
				r.Size, stampOrNone(r.Received), r.From, r.Subject, r.SHA256, oneIf(r.Marked), r.Attempts,
				stampOrNone(r.NextTry), oneIf(r.Attention), r.Problem); err != nil {
				return fmt.Errorf("message %d: %w", r.UID, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("record mail of %q in %q: %w", at.Account, at.Folder, err)
	}
	return nil
}

// mailColumns are what scanMail reads.
const mailColumns = `mail.uidvalidity, mail.uid, mail.message_id, mail.size, mail.received, mail.sender, mail.subject,
	mail.sha256, mail.marked, mail.attempts, mail.next_try, mail.attention, mail.problem`

func scanMail(scan func(...any) error) (collect.MailRow, error) {
	var r collect.MailRow
	var received, next string
	err := scan(&r.UIDValidity, &r.UID, &r.MessageID, &r.Size, &received, &r.From, &r.Subject,
		&r.SHA256, &r.Marked, &r.Attempts, &next, &r.Attention, &r.Problem)
	if err != nil {
		return collect.MailRow{}, err
	}
	if r.Received, err = unstamp(received); err == nil {
		r.NextTry, err = unstamp(next)
	}
	return r, err
}

// MailAt is one message of a mailbox, and whether it is known.
func (s *Store) MailAt(ctx context.Context, at collect.MailPlace, uidValidity, uid uint32) (collect.MailRow, bool, error) {
	row, err := scanMail(s.db.QueryRowContext(ctx, `
		SELECT `+mailColumns+` FROM mail
		WHERE office = $1 AND account = $2 AND folder = $3 AND uidvalidity = $4 AND uid = $5`,
		s.office, at.Account, at.Folder, uidValidity, uid).Scan)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return collect.MailRow{}, false, nil
	case err != nil:
		return collect.MailRow{}, false, fmt.Errorf("read message %d of %q in %q: %w", uid, at.Account, at.Folder, err)
	}
	return row, true, nil
}

// SameMail is the file of the one message stored under another UIDVALIDITY that
// has the Message-ID, size and arrival of row; empty when there is none, or
// when two differ.
func (s *Store) SameMail(ctx context.Context, at collect.MailPlace, row collect.MailRow) (string, error) {
	if row.MessageID == "" || row.Received.IsZero() {
		return "", nil
	}
	var files int
	var sha sql.NullString
	err := s.db.QueryRowContext(ctx, `
		SELECT COUNT(DISTINCT sha256), MIN(sha256) FROM mail
		WHERE office = $1 AND account = $2 AND folder = $3 AND message_id = $4 AND size = $5 AND received = $6
			AND uidvalidity <> $7 AND sha256 <> ''`,
		s.office, at.Account, at.Folder, row.MessageID, row.Size, stampOrNone(row.Received), row.UIDValidity).Scan(&files, &sha)
	if err != nil {
		return "", fmt.Errorf("find message %q of %q: %w", row.MessageID, at.Account, err)
	}
	if files != 1 {
		return "", nil
	}
	return sha.String, nil
}

// DueMail is the UIDs of at most limit messages whose next try is not after
// that moment.
func (s *Store) DueMail(ctx context.Context, at collect.MailPlace, uidValidity uint32, now time.Time, limit int) ([]uint32, error) {
	return s.uids(ctx, `
		SELECT uid FROM mail
		WHERE office = $1 AND account = $2 AND folder = $3 AND uidvalidity = $4 AND next_try <> '' AND next_try <= $5
		ORDER BY uid LIMIT $6`, s.office, at.Account, at.Folder, uidValidity, stamp(now), limit)
}

// UnmarkedMail is the UIDs of at most limit messages above a UID that are stored
// and not marked on the server yet, in order.
func (s *Store) UnmarkedMail(ctx context.Context, at collect.MailPlace, uidValidity, above uint32, limit int) ([]uint32, error) {
	return s.uids(ctx, `
		SELECT uid FROM mail
		WHERE office = $1 AND account = $2 AND folder = $3 AND uidvalidity = $4 AND uid > $5 AND marked = 0 AND sha256 <> ''
		ORDER BY uid LIMIT $6`, s.office, at.Account, at.Folder, uidValidity, above, limit)
}

func (s *Store) uids(ctx context.Context, query string, args ...any) ([]uint32, error) {
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	defer rows.Close()
	var uids []uint32
	for rows.Next() {
		var uid uint32
		if err := rows.Scan(&uid); err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		uids = append(uids, uid)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	return uids, nil
}

// MarkedMail notes that messages are marked on the server.
func (s *Store) MarkedMail(ctx context.Context, at collect.MailPlace, uidValidity uint32, uids []uint32) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		for _, uid := range uids {
			if _, err := tx.ExecContext(ctx, `
				UPDATE mail SET marked = 1
				WHERE office = $1 AND account = $2 AND folder = $3 AND uidvalidity = $4 AND uid = $5`,
				s.office, at.Account, at.Folder, uidValidity, uid); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note marked mail of %q in %q: %w", at.Account, at.Folder, err)
	}
	return nil
}

// AttentionMail is the messages that a clerk must look at on the mail server,
// because they could not be fetched: at most limit, by arrival.
func (s *Store) AttentionMail(ctx context.Context, at collect.MailPlace, limit int) ([]collect.MailRow, error) {
	rows, err := s.db.QueryContext(ctx, `
		SELECT `+mailColumns+` FROM mail JOIN mailbox
			ON mailbox.office = mail.office AND mailbox.account = mail.account AND mailbox.folder = mail.folder
			AND mailbox.uidvalidity = mail.uidvalidity
		WHERE mail.office = $1 AND mail.account = $2 AND mail.folder = $3 AND mail.attention = 1
		ORDER BY mail.received, mail.uid LIMIT $4`, s.office, at.Account, at.Folder, limit)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	defer rows.Close()
	var all []collect.MailRow
	for rows.Next() {
		row, err := scanMail(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read mail: %w", err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	return all, nil
}

// unstamp is the time that a column holds, zero when it is empty.
func unstamp(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339Nano, s)
}

// oneIf is how the columns hold a yes.
func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
