package collect

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// markRest marks what is stored and committed, but was not marked when the run
// that did so was cut off.
func (f *fetch) markRest(ctx context.Context, s *session) error {
	if f.m.After == (After{}) {
		return nil
	}
	for above := uint32(0); ; {
		uids, err := f.m.Ledger.UnmarkedMail(ctx, f.m.Place(), f.state.UIDValidity, above, f.batch)
		if err != nil || len(uids) == 0 {
			return err
		}
		if err := f.mark(ctx, s, uids); err != nil {
			return err
		}
		if s.unmarkable {
			return nil
		}
		above = uids[len(uids)-1]
	}
}

// mark does with stored and committed messages on the server what the settings
// ask for. What the server refuses is a warning, and no more is tried over this
// connection: the next run does.
func (f *fetch) mark(ctx context.Context, s *session, uids []uint32) error {
	if len(uids) == 0 || s.unmarkable || f.m.After == (After{}) {
		return nil
	}
	slices.Sort(uids)
	err := f.markOn(s, uidSet(uids))
	var answer serverError
	switch {
	case errors.As(err, &answer), errors.Is(err, errNoMove):
		s.unmarkable = true
		f.warn("stored messages cannot be marked in folder %q: %v", f.m.Folder, err)
		return nil
	case errors.Is(err, errNoKeyword):
		s.unmarkable = true
		return nil
	case err != nil:
		return err
	}
	return f.m.Ledger.MarkedMail(ctx, f.m.Place(), f.state.UIDValidity, uids)
}

var (
	errNoMove    = errors.New("the server cannot move messages safely (it has no MOVE)")
	errNoKeyword = errors.New("the server permits no keywords")
)

func (f *fetch) markOn(s *session, uids imap.UIDSet) error {
	var flags []imap.Flag
	if f.m.After.Seen {
		flags = append(flags, imap.FlagSeen)
	}
	if f.m.After.Keyword != "" && s.keeps(imap.Flag(f.m.After.Keyword)) {
		flags = append(flags, imap.Flag(f.m.After.Keyword))
	}
	if len(flags) == 0 && f.m.After.MoveTo == "" {
		return errNoKeyword
	}
	if len(flags) > 0 {
		err := s.ask(most, func() error {
			return s.client.Store(uids, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: flags}, nil).Close()
		})
		if err != nil {
			return err
		}
	}
	if f.m.After.MoveTo == "" {
		return nil
	}
	return s.ask(most, func() error {
		// Without MOVE imapclient would expunge, and with what we moved also
		// what others have marked as deleted.
		if !s.client.Caps().Has(imap.CapMove) {
			return errNoMove
		}
		_, err := s.client.Move(uids, f.m.After.MoveTo).Wait()
		return err
	})
}

// keeps reports whether the flag can be set for good (RFC 9051 §7.1,
// PERMANENTFLAGS). Where the server says nothing, it is tried.
func (s *session) keeps(flag imap.Flag) bool {
	return len(s.flags) == 0 || slices.ContainsFunc(s.flags, func(f imap.Flag) bool {
		return f == imap.FlagWildcard || strings.EqualFold(string(f), string(flag))
	})
}
