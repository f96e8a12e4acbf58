package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"baocao/pipeline/deliver"
)

// LettersByMessageID are our letters among the mails with these Message-IDs,
// without angle brackets, in that order.
func (s *Store) LettersByMessageID(ctx context.Context, ids ...string) ([]deliver.Posting, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := make([]string, len(ids)), []any{s.office}
	for i, id := range ids {
		args = append(args, id)
		marks[i] = fmt.Sprintf("$%d", len(args))
	}
	all, err := s.postings(ctx, s.db, " AND l.message_id IN ("+strings.Join(marks, ", ")+")", args...)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b deliver.Posting) int {
		return slices.Index(ids, a.MessageID) - slices.Index(ids, b.MessageID)
	})
	return all, nil
}

// LettersAbout are the letters whose key is the given kind of key and the hash
// of a mail that begins so, oldest first: LettersAbout(ctx, "receipt", "7f3a91").
// A beginning that is not lower-case hex finds nothing.
func (s *Store) LettersAbout(ctx context.Context, kind, begin string) ([]deliver.Posting, error) {
	if _, err := hex.DecodeString(begin); err != nil || begin == "" || strings.ToLower(begin) != begin {
		return nil, nil
	}
	from := kind + ":" + begin
	return s.postings(ctx, s.db, " AND l.key >= $2 AND l.key < $3", s.office, from, from+"g") // "g" is after every digit
}
