package collect

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"baocao/pipeline/durable"
)

// Rows are committed in between when this much is on the disk without one: what
// a power failure makes us fetch again.
const (
	mostRows  = 50
	mostBytes = 32 << 20
)

// slack is what may come around a message in the answer to one FETCH: the rest
// of the answer before it, what was read ahead, other clients' flags.
const slack = 1 << 20

// bodies fetches the messages that are wanted, in one streamed FETCH, and takes
// each that is stored off the list. Several FETCHes under way at a time would
// block each other in imapclient.
//
// The error is [errAgain] when the message that broke the connection has been
// set aside.
func (f *fetch) bodies(ctx context.Context, s *session, p *planned) error {
	if len(p.want) == 0 {
		return nil
	}
	var uids []uint32
	for uid := range p.want {
		uids = append(uids, uid)
	}
	b := batch{f: f, ctx: ctx, s: s, planned: p}
	err := s.ask(slack, func() error {
		command := s.client.Fetch(uidSet(uids), &imap.FetchOptions{
			UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}},
		})
		var err error
		for message := command.Next(); message != nil; message = command.Next() {
			s.expect(slack)
			if err = b.message(message); err != nil {
				break
			}
		}
		switch {
		case errors.Is(err, errShort):
			s.abandon()
		case err != nil:
			s.guard.Close() // what else is under way is not waited for
		}
		if errClose := command.Close(); err == nil {
			err = errClose
		}
		return err
	})
	if b.own != nil {
		return b.own
	}
	if errRecord := b.commit(); errRecord != nil {
		return errRecord
	}
	var answer serverError
	switch {
	case err == nil:
		return nil
	case b.refused != nil:
		return f.setAside(ctx, *b.refused, err)
	case b.current.UID != 0 && ctx.Err() == nil:
		return f.setAside(ctx, b.current.failed(err.Error(), f.m.Now()), err)
	case errors.As(err, &answer): // see [fetch.missing] for those that it did not give
		f.warn("fetch messages: %v", err)
		return nil
	}
	return fmt.Errorf("fetch messages: %w", err)
}

// batch is the messages of one FETCH as they come.
type batch struct {
	*planned
	f   *fetch
	ctx context.Context
	s   *session

	current MailRow  // the one that is under way; without UID: none
	refused *MailRow // the one that is not taken, for which the connection was cut
	own     error    // what went wrong here, not on the server
	bytes   int64    // stored since the last commit
}

// message stores one message. An error ends the batch.
func (b *batch) message(message *imapclient.FetchMessageData) error {
	for item := message.Next(); item != nil; item = message.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			b.current = b.want[uint32(item.UID)]
		case imapclient.FetchItemDataBodySection:
			if b.current.UID == 0 || item.Literal == nil || item.Literal.Size() == 0 {
				continue // not asked for, or the server has only an empty message to give
			}
			if err := b.take(item.Literal); err != nil {
				return err
			}
		}
	}
	b.current = MailRow{}
	return nil
}

// take stores the current message and notes its row.
func (b *batch) take(literal imap.LiteralReader) error {
	row := b.current
	if size := literal.Size(); size > b.f.m.MaxSize {
		// The size stays the listed one, by which the message is known again.
		row = row.giveUp(tooLong(size, b.f.m.MaxSize))
		b.refused = &row
		return errors.New(row.Problem)
	}
	b.s.expect(literal.Size() + literal.Size()/8 + slack)
	sha, err := b.f.store(literal, row)
	if err != nil {
		if errors.Is(err, errShort) {
			return err
		}
		b.own = err
		return err
	}
	b.current = MailRow{}
	row.SHA256, row.NextTry, row.Problem = sha, time.Time{}, ""
	b.f.got.Stored++
	delete(b.want, row.UID)
	b.rows, b.toMark = append(b.rows, row), append(b.toMark, row.UID)
	if b.bytes += literal.Size(); len(b.rows) >= mostRows || b.bytes >= mostBytes {
		if b.own = b.commit(); b.own != nil {
			return b.own
		}
	}
	return nil
}

// commit records the rows so far.
func (b *batch) commit() error {
	if len(b.rows) == 0 {
		return nil
	}
	err := b.f.record(b.ctx, b.rows)
	b.rows, b.bytes = nil, 0
	return err
}

// errShort says that a message came only in part.
var errShort = errors.New("the message came only in part")

// store writes a message as it comes into a temporary, and then gives it its
// name. Only what has come whole is believed: the end of a connection looks to
// imapclient's reader like the end of the message.
func (f *fetch) store(literal imap.LiteralReader, row MailRow) (sha string, err error) {
	tmp, err := durable.CreateTemp(f.m.Dir)
	if err != nil {
		return "", err
	}
	published := false
	defer func() {
		if !published {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	sum := sha256.New()
	disk := &watched{w: tmp}
	n, err := io.CopyBuffer(io.MultiWriter(disk, sum), io.LimitReader(literal, f.m.MaxSize+1), make([]byte, 64<<10))
	switch {
	case disk.err != nil:
		return "", fmt.Errorf("store message: %w", disk.err)
	case err != nil:
		return "", fmt.Errorf("%w: %w", errShort, err)
	case n != literal.Size():
		return "", fmt.Errorf("%w: %d of %d bytes", errShort, n, literal.Size())
	}
	if err := tmp.Chmod(0o444); err != nil {
		return "", fmt.Errorf("store message: %w", err)
	}
	sha = hex.EncodeToString(sum.Sum(nil))
	// The sidecar first: whoever finds the mail finds also when it arrived.
	if err := f.noteDelivery(sha, n, row); err != nil {
		return "", err
	}
	there, err := f.stands(sha)
	if err != nil || there {
		return sha, err
	}
	published = true
	return sha, durable.Publish(tmp, f.file(sha, ".eml"))
}

// watched keeps the error of writing apart from that of reading.
type watched struct {
	w   io.Writer
	err error
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.err = err
	return n, err
}
