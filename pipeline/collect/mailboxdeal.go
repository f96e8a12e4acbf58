package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// deal deals with the messages of these UIDs: lists them, fetches those that
// are new, commits them and marks them on the server. The UIDs ascend; unless
// they are met again, all below the last are dealt with after that.
func (f *fetch) deal(ctx context.Context, s *session, uids []uint32, again bool) error {
	listed, err := f.list(s, uids)
	if err != nil {
		return f.blame(ctx, uids, again, fmt.Errorf("list messages: %w", err))
	}
	p, err := f.plan(ctx, listed, again)
	if err != nil {
		return err
	}
	if err := f.bodies(ctx, s, p); err != nil {
		if errors.Is(err, errAgain) || !errors.Is(err, errLost) {
			return err
		}
		return f.blame(ctx, uids, again, err)
	}
	if err := f.missing(ctx, s, uids, listed, p, again); err != nil {
		return err
	}
	if !again {
		f.state.Highest = uids[len(uids)-1]
	}
	if err := f.record(ctx, p.rows); err != nil {
		return err
	}
	f.batch = min(2*f.batch, f.m.Batch)
	return f.mark(ctx, s, p.toMark)
}

// mostSilences is how often one run waits for a server that does not answer.
const mostSilences = 3

// blame makes of a broken connection that no message in particular is known to
// have broken a reason to ask for fewer messages, down to one: that one waits.
func (f *fetch) blame(ctx context.Context, uids []uint32, again bool, err error) error {
	if !errors.Is(err, errLost) || ctx.Err() != nil {
		return err
	}
	if f.silences++; !errors.Is(err, errSilent) {
		f.silences = 0
	}
	switch {
	case f.silences > mostSilences:
		return err
	case f.silences > 0:
		f.batch = 1 // each try costs a wait
	default:
		f.batch = len(uids) / 2
	}
	if len(uids) > 1 {
		return fmt.Errorf("%w: %w", errAgain, err)
	}
	f.batch = 1
	row, _, errRow := f.m.Ledger.MailAt(ctx, f.m.Place(), f.state.UIDValidity, uids[0])
	if errRow != nil {
		return errRow
	}
	row.UIDValidity, row.UID = f.state.UIDValidity, uids[0]
	if !again {
		f.state.Highest = uids[0]
	}
	return f.setAside(ctx, row.failed(err.Error(), f.m.Now()), err)
}

// setAside records a message that broke the connection, so that the others go
// on without it.
func (f *fetch) setAside(ctx context.Context, row MailRow, err error) error {
	f.got.Failed++
	f.m.Log.Warn("mailbox: message waits", "account", f.m.User, "uid", row.UID, "err", err)
	if err := f.record(ctx, []MailRow{row}); err != nil {
		return err
	}
	return fmt.Errorf("%w: %w", errAgain, err)
}

// listed are rows by UID.
type listed map[uint32]MailRow

// mostHeader is how much of the listed header fields of one message is read.
const mostHeader = 64 << 10

// list asks for size, arrival and a few header fields. The header is asked for
// as it stands, not as ENVELOPE: what imapclient cannot parse there would cost
// the connection, and with it all messages beside the one.
func (f *fetch) list(s *session, uids []uint32) (listed, error) {
	rows := listed{}
	header := &imap.FetchItemBodySection{
		Peek: true, Specifier: imap.PartSpecifierHeader, HeaderFields: []string{"Message-Id", "From", "Subject"},
	}
	err := s.ask(most, func() error {
		command := s.client.Fetch(uidSet(uids), &imap.FetchOptions{
			UID: true, RFC822Size: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{header},
		})
		for message := command.Next(); message != nil; message = command.Next() {
			row, err := f.listOne(message)
			if err != nil {
				s.abandon()
				_ = command.Close()
				return err
			}
			if slices.Contains(uids, row.UID) {
				rows[row.UID] = row
			}
		}
		return command.Close()
	})
	var answer serverError
	if errors.As(err, &answer) { // some servers end with NO when one message is damaged
		f.warn("list messages: %v", err)
		return rows, nil
	}
	return rows, err
}

// listOne is the row of one message. The error is [errShort].
func (f *fetch) listOne(message *imapclient.FetchMessageData) (MailRow, error) {
	row := MailRow{UIDValidity: f.state.UIDValidity}
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			row.UID = uint32(item.UID)
		case imapclient.FetchItemDataRFC822Size:
			row.Size = item.Size
		case imapclient.FetchItemDataInternalDate:
			row.Received = item.Time.UTC()
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil {
				continue
			}
			raw, err := io.ReadAll(io.LimitReader(item.Literal, mostHeader))
			if err != nil || int64(len(raw)) < min(item.Literal.Size(), mostHeader) {
				return row, errShort
			}
			// What cannot be read only makes the message harder to know again.
			if p, err := readPart(raw); err == nil {
				var m Message
				(Reader{}).describe(&m, p)
				row.MessageID, row.From, row.Subject = cut(m.ID, maxField), m.From, m.Subject
			}
		}
	}
	return row, nil
}

// planned is what is to be done with the messages of a batch.
type planned struct {
	want   listed    // to be fetched
	rows   []MailRow // to be committed
	toMark []uint32  // stored, and committed with rows at the latest
}

// plan compares what is listed with the ledger.
func (f *fetch) plan(ctx context.Context, all listed, again bool) (*planned, error) {
	p := &planned{want: listed{}}
	for uid, row := range all {
		known, there, err := f.m.Ledger.MailAt(ctx, f.m.Place(), row.UIDValidity, uid)
		if err != nil {
			return nil, err
		}
		unlisted := known.Size == 0 && known.Received.IsZero() // it never got so far
		if there = there && (known.same(row) || unlisted); there {
			row.Attempts = known.Attempts
		}
		switch {
		case there && (known.SHA256 != "" || !again):
			continue // stored, or it has its time
		case row.Size > f.m.MaxSize:
			f.got.Failed++
			p.rows = append(p.rows, row.giveUp(tooLong(row.Size, f.m.MaxSize)))
			continue
		}
		sha, err := f.m.Ledger.SameMail(ctx, f.m.Place(), row)
		if err != nil {
			return nil, err
		}
		if sha != "" && f.has(sha) {
			row.SHA256 = sha
			f.got.Known++
			p.rows, p.toMark = append(p.rows, row), append(p.toMark, uid)
			continue
		}
		p.want[uid] = row
	}
	return p, nil
}

func tooLong(size, most int64) string {
	return fmt.Sprintf("the message has %d bytes, and at most %d are fetched", size, most)
}

// has reports whether the file of a stored message is there.
func (f *fetch) has(sha string) bool {
	_, err := os.Stat(filepath.Join(f.m.Dir, sha+".eml"))
	return err == nil
}

// missing deals with messages that the server found and then did not give.
// Most have been removed meanwhile, which is nobody's fault.
func (f *fetch) missing(ctx context.Context, s *session, uids []uint32, all listed, p *planned, again bool) error {
	var gone []uint32
	for _, uid := range uids {
		if _, ok := all[uid]; !ok {
			gone = append(gone, uid)
		} else if _, ok := p.want[uid]; ok { // bodies has removed those that it stored
			gone = append(gone, uid)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	there, err := s.search(&imap.SearchCriteria{UID: []imap.UIDSet{uidSet(gone)}})
	if err != nil {
		return fmt.Errorf("search messages that were not given: %w", err)
	}
	for _, uid := range gone {
		row, ok := p.want[uid]
		if !ok {
			if row, _, err = f.m.Ledger.MailAt(ctx, f.m.Place(), f.state.UIDValidity, uid); err != nil {
				return err
			}
			if row.SHA256 != "" {
				continue
			}
			row.UIDValidity, row.UID = f.state.UIDValidity, uid
		}
		switch {
		case slices.Contains(there, uid):
			f.got.Failed++
			p.rows = append(p.rows, row.failed("the server does not give the message", f.m.Now()))
		case again: // its row must no longer ask for a try
			p.rows = append(p.rows, row.vanished())
		}
	}
	return nil
}

// vanished is the row of a message that is no longer on the server.
func (r MailRow) vanished() MailRow {
	return MailRow{
		UIDValidity: r.UIDValidity, UID: r.UID, MessageID: r.MessageID, Size: r.Size, Received: r.Received,
		From: r.From, Subject: r.Subject, Attempts: r.Attempts, Problem: "removed from the server before it was fetched",
	}
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
