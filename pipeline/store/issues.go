package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// Prepare keeps a report as the period's next revision, waiting to be approved
// by another person, in place of one that waits already. Its Inputs and Templates
// must have been frozen; Files and Manifest may follow when it is issued. Revision
// is given by the store; one that is set must be the next, else the error matches
// [ErrStale]. For a period that is issued it is a [*ClosedError].
func (s *Store) Prepare(ctx context.Context, i Issue, a Actor) (Issue, error) {
	return s.changeIssue(ctx, "prepare report", i.Period, a, func(tx *sql.Tx, g Gate) (*Issue, AuditEntry, error) {
		if err := s.checkNext(i, g, false); err != nil {
			return nil, AuditEntry{}, err
		}
		i = i.anew(Prepared, g.Next())
		i.PreparedBy, i.PreparedAt = a.Name, a.At.UTC()
		e := a.entry(ActionPrepare, "")
		if g.State == GatePrepared {
			e.Before = g.Issue.text()
		}
		return &i, e, nil
	})
}

// Issue closes the period with this report as its next revision. Where two
// persons are asked for it must be the one that was prepared by somebody else
// than a, of the same Revision, Data, Inputs and Templates, and of the same
// Manifest if that was made already: else the error matches [ErrNotPrepared],
// [ErrStale] or [ErrSamePerson]. Where one person is enough, what was prepared is
// replaced. All its files must have been frozen. Of two that issue at once the
// second one gets a [*ClosedError].
func (s *Store) Issue(ctx context.Context, i Issue, two bool, a Actor) (Issue, error) {
	return s.changeIssue(ctx, "issue report", i.Period, a, func(tx *sql.Tx, g Gate) (*Issue, AuditEntry, error) {
		if g.State != GateIssued && two {
			switch {
			case g.State != GatePrepared:
				return nil, AuditEntry{}, ErrNotPrepared
			case i.Revision != g.Issue.Revision || !i.continues(*g.Issue):
				return nil, AuditEntry{}, ErrStale
			case strings.EqualFold(strings.TrimSpace(g.Issue.PreparedBy), strings.TrimSpace(a.Name)):
				return nil, AuditEntry{}, ErrSamePerson
			}
			i.AsOf, i.PlanVersion = g.Issue.AsOf, g.Issue.PlanVersion
		}
		if err := s.checkNext(i, g, true); err != nil {
			return nil, AuditEntry{}, err
		}
		e := a.entry(ActionIssue, "")
		by, at := a.Name, a.At.UTC()
		if g.State == GatePrepared {
			e.Before = g.Issue.text()
			if i.continues(*g.Issue) {
				by, at = g.Issue.PreparedBy, g.Issue.PreparedAt
			}
		}
		i = i.anew(Issued, g.Next())
		i.PreparedBy, i.PreparedAt = by, at
		i.ApprovedBy, i.ApprovedAt = a.Name, a.At.UTC()
		return &i, e, nil
	})
}

// continues reports whether i is made from what was prepared.
func (i Issue) continues(prepared Issue) bool {
	return i.Data == prepared.Data && i.Inputs == prepared.Inputs && i.Templates == prepared.Templates &&
		(prepared.Manifest == "" || i.Manifest == prepared.Manifest)
}

// anew is the issue without what came of an earlier revision.
func (i Issue) anew(state IssueState, revision int) Issue {
	return Issue{
		Period: i.Period, Revision: revision, State: state, AsOf: i.AsOf.UTC(), Data: i.Data, Program: i.Program,
		PlanVersion: i.PlanVersion, Files: i.Files, Inputs: i.Inputs, Templates: i.Templates, Manifest: i.Manifest,
	}
}

// text is the issue as the audit shows it. Marshalling it cannot go wrong.
func (i Issue) text() string {
	data, _ := json.Marshal(i)
	return string(data)
}

// checkNext makes sure that i may become the period's next revision, with its
// manifest made.
func (s *Store) checkNext(i Issue, g Gate, whole bool) error {
	if g.Closed() {
		return &ClosedError{*g.Issue}
	}
	if i.Revision != 0 && i.Revision != g.Next() {
		return fmt.Errorf("%w: it was made as revision %d, the next one is %d", ErrStale, i.Revision, g.Next())
	}
	if i.Moves != 0 && i.Moves != g.Moves {
		return fmt.Errorf("%w: a clerk has ruled on it", ErrStale)
	}
	if whole && i.Manifest == "" {
		return errors.New("it has no manifest")
	}
	return s.archive.checkFrozen(i)
}

// Withdraw takes back a report that was prepared, for a reason.
func (s *Store) Withdraw(ctx context.Context, period plan.Period, reason string, a Actor) error {
	_, err := s.changeIssue(ctx, "withdraw report", period, a, func(tx *sql.Tx, g Gate) (*Issue, AuditEntry, error) {
		if g.State != GatePrepared {
			return nil, AuditEntry{}, ErrNotPrepared
		}
		if err := needReason(reason); err != nil {
			return nil, AuditEntry{}, err
		}
		e := a.entry(ActionWithdraw, issueSubject(period, g.Issue.Revision))
		e.Before, e.Reason = g.Issue.text(), reason
		_, err := tx.ExecContext(ctx, `
			DELETE FROM issue WHERE office = $1 AND period = $2 AND revision = $3`,
			s.office, period.String(), g.Issue.Revision)
		return nil, e, err
	})
	return err
}

// Reopen makes an issued period take changes again, for a reason. Its revisions
// stay as they are.
func (s *Store) Reopen(ctx context.Context, period plan.Period, reason string, a Actor) error {
	_, err := s.changeIssue(ctx, "reopen report", period, a, func(tx *sql.Tx, g Gate) (*Issue, AuditEntry, error) {
		if g.State != GateIssued {
			return nil, AuditEntry{}, ErrNotIssued
		}
		i := *g.Issue
		i.State, i.ReopenedBy, i.ReopenReason, i.ReopenedAt = Reopened, a.Name, reason, a.At.UTC()
		e := a.entry(ActionReopen, "")
		e.Before, e.Reason = g.Issue.text(), reason
		return &i, e, needReason(reason)
	})
	return err
}

// NumberIssue records the number and the date that a report was given when it
// was signed. Another number takes the place of the former one; the audit has
// both.
func (s *Store) NumberIssue(ctx context.Context, period plan.Period, revision int, number string, date agency.Day, a Actor) error {
	return s.amendIssue(ctx, "number report", ActionNumber, period, revision, a, func(i *Issue) (before, after string, err error) {
		if strings.TrimSpace(number) == "" {
			return "", "", errors.New("no number is given")
		}
		before = strings.TrimSpace(i.Number + " " + i.NumberDate.String())
		i.Number, i.NumberDate = number, date
		return before, strings.TrimSpace(number + " " + date.String()), nil
	})
}

// SignedIssue records the signed copy of a report, which must have been frozen.
func (s *Store) SignedIssue(ctx context.Context, period plan.Period, revision int, sha, ext string, a Actor) error {
	return s.amendIssue(ctx, "keep signed report", ActionSigned, period, revision, a, func(i *Issue) (before, after string, err error) {
		before = i.Signed + i.SignedExt
		i.Signed, i.SignedExt = sha, ext
		return before, sha + ext, s.archive.standsFrozen(sha, ext)
	})
}

// amendIssue adds to an issued revision what was learnt later.
func (s *Store) amendIssue(ctx context.Context, what, action string, period plan.Period, revision int, a Actor,
	f func(*Issue) (before, after string, err error)) error {
	_, err := s.changeIssue(ctx, what, period, a, func(tx *sql.Tx, _ Gate) (*Issue, AuditEntry, error) {
		all, err := s.issues(ctx, tx, period)
		if err != nil {
			return nil, AuditEntry{}, err
		}
		for _, i := range all {
			if i.Revision == revision && i.State != Prepared {
				e := a.entry(action, "")
				e.Before, e.After, err = f(&i)
				return &i, e, err
			}
		}
		return nil, AuditEntry{}, fmt.Errorf("revision %d: %w", revision, ErrNotIssued)
	})
	return err
}

// changeIssue runs f on the period's gate, and keeps the issue and the audit
// entry that it returns, in one transaction. An entry without Subject is about
// that issue, one without After shows it.
func (s *Store) changeIssue(ctx context.Context, what string, period plan.Period, a Actor,
	f func(*sql.Tx, Gate) (*Issue, AuditEntry, error)) (Issue, error) {
	var kept Issue
	err := a.check()
	if err == nil && period.IsZero() {
		err = errors.New("no period is named")
	}
	if err == nil {
		err = s.audited(ctx, func(tx *sql.Tx) (AuditEntry, error) {
			g, err := s.gate(ctx, tx, period)
			if err != nil {
				return AuditEntry{}, err
			}
			i, e, err := f(tx, g)
			if err != nil {
				return e, err
			}
			if i != nil {
				kept = *i
				if e.Subject = issueSubject(period, i.Revision); e.After == "" {
					e.After = i.text()
				}
				if err := s.putIssue(ctx, tx, *i, a.At); err != nil {
					return e, err
				}
			}
			return s.appendAudit(ctx, tx, e)
		})
	}
	if err != nil {
		return Issue{}, fmt.Errorf("%s %s: %w", what, period, err)
	}
	return kept, nil
}

// issueSubject is a revision's name in the audit.
func issueSubject(period plan.Period, revision int) string {
	return fmt.Sprintf("%s revision %d", period, revision)
}

func (s *Store) putIssue(ctx context.Context, tx *sql.Tx, i Issue, now time.Time) error {
	if err := s.archive.irreplaceable("issue", fmt.Sprintf("%s r%d and all later ones", i.Period, i.Revision), now); err != nil {
		return err
	}
	facts, err := json.Marshal(i)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO issue (office, period, revision, state, facts) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (office, period, revision) DO UPDATE SET state = excluded.state, facts = excluded.facts`,
		s.office, i.Period.String(), i.Revision, string(i.State), string(facts))
	return err
}
