package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"baocao/pipeline/agency"
)

// told is what the entries tell of one ruling or issue in the end.
type told struct {
	seq    int64  // of the entry that told it last
	text   string // JSON of the ruling, or of the issue but for what was learnt later
	undone string // of a ruling: who undid it, and why
	number string // of an issue
	signed string // of an issue: hash and ending of the copy
}

// toldFault is the first ruling or issue that is not as the entries, which are
// whole, tell of it: one that was changed, added or taken away by hand.
func (s *Store) toldFault(ctx context.Context, q querier, rows []hashedRow) (*AuditFault, error) {
	says, err := tellings(rows)
	if err != nil {
		return nil, err
	}
	stands, err := s.standing(ctx, q)
	if err != nil {
		return nil, err
	}
	var subjects []string
	for subject := range says {
		subjects = append(subjects, subject)
	}
	for subject := range stands {
		if _, known := says[subject]; !known {
			subjects = append(subjects, subject)
		}
	}
	slices.Sort(subjects)
	for _, subject := range subjects {
		said, stood := says[subject], stands[subject]
		if stood.seq = said.seq; said != stood {
			return &AuditFault{Seq: said.seq, Kind: AuditDiffers, Last: said.seq, Subject: subject}, nil
		}
	}
	return nil, nil
}

// tellings is what the entries come to, by subject.
func tellings(rows []hashedRow) (map[string]told, error) {
	all := map[string]told{}
	for _, r := range rows {
		now := all[r.Subject]
		now.seq = r.Seq
		switch r.Action {
		case ActionRuling:
			now.text = r.After
		case ActionUndo:
			now.undone = r.Who + "\n" + r.Reason
		case ActionPrepare, ActionIssue, ActionReopen:
			var i Issue
			if err := json.Unmarshal([]byte(r.After), &i); err != nil {
				return nil, err
			}
			now = i.told()
			now.seq = r.Seq
		case ActionNumber:
			now.number = r.After
		case ActionSigned:
			now.signed = r.After
		case ActionWithdraw:
			delete(all, r.Subject)
			continue
		default:
			continue
		}
		all[r.Subject] = now
	}
	return all, nil
}

// told is the issue as entries tell of it.
func (i Issue) told() told {
	t := told{number: strings.TrimSpace(i.Number + " " + i.NumberDate.String()), signed: i.Signed + i.SignedExt}
	i.Number, i.NumberDate, i.Signed, i.SignedExt = "", agency.Day{}, "", ""
	t.text = i.text()
	return t
}

// standing are the rulings and issues that the database has, by their subjects
// in the audit.
func (s *Store) standing(ctx context.Context, q querier) (map[string]told, error) {
	all := map[string]told{}
	rows, err := q.QueryContext(ctx, `
		SELECT ruling, number, undone, undone_by, undone_why FROM ruling WHERE office = $1`, s.office)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k KeptRuling
		var number int
		var text, undone, by, why string
		if err := rows.Scan(&text, &number, &undone, &by, &why); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &k.Ruling); err != nil {
			k.ID = rulingID(number)
		}
		t := told{text: text}
		if undone != "" {
			t.undone = strings.ToValidUTF8(by+"\n"+why, "\uFFFD")
		}
		all[rulingSubject(k.Ruling)] = t
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	issues, err := readIssues(ctx, q, `
		SELECT facts FROM issue WHERE office = $1 ORDER BY period, revision`, s.office)
	for _, i := range issues {
		all[issueSubject(i.Period, i.Revision)] = i.told()
	}
	return all, err
}
