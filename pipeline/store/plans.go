package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// SavePlan keeps p, read from source, as the next version of its year's plan, in
// force from the day effective on; the zero day says what [PlanKept].Effective
// says. The newest document again, or another one that reads the same, is the
// newest version; a better reading of it, or another day, takes the place of the
// old one. Everything is written beside the archived document too, so that a
// lost database is rebuilt with its plans.
func (s *Store) SavePlan(ctx context.Context, p *plan.Plan, name string, source []byte, effective agency.Day, a Actor) (reconcile.PlanVersion, error) {
	sum := sha256.Sum256(source)
	v := reconcile.PlanVersion{SHA256: hex.EncodeToString(sum[:])}
	text, err := json.Marshal(p)
	if err == nil {
		err = a.check()
	}
	if err == nil {
		d := decision{Name: name, Year: p.Year, Number: p.Number, Plan: text, Effective: effective}
		err = s.audited(ctx, func(tx *sql.Tx) (e AuditEntry, err error) {
			v, e, err = s.savePlan(ctx, tx, v, d, source, a)
			return e, err
		})
	}
	if err != nil {
		return reconcile.PlanVersion{}, fmt.Errorf("save plan %q of %d: %w", p.Number, p.Year, err)
	}
	return v, nil
}

// savePlan gives no entry when nothing changes.
func (s *Store) savePlan(ctx context.Context, tx *sql.Tx, v reconcile.PlanVersion, d decision, source []byte, a Actor) (reconcile.PlanVersion, AuditEntry, error) {
	kept, err := s.keptPlans(ctx, tx, d.Year)
	if err != nil {
		return v, AuditEntry{}, err
	}
	var newest keptPlan
	if len(kept) > 0 {
		newest = kept[len(kept)-1]
	}
	v.Version = newest.Version
	if newest.text == string(d.Plan) && newest.Version > 0 {
		if d.Effective.IsZero() || d.Effective == newest.Effective {
			return newest.PlanVersion, AuditEntry{}, nil
		}
		v, d.Name = newest.PlanVersion, newest.Name // the day alone is another
		if source, err = s.Data(v.SHA256); err != nil {
			return v, AuditEntry{}, err
		}
	} else if newest.SHA256 != v.SHA256 {
		v.Version++ // also of a document that was the plan before: it is in force again
	}
	e := a.entry(ActionPlan, fmt.Sprintf("%d plan %d", d.Year, v.Version))
	if d.Version = v.Version; d.Version == newest.Version {
		e.Before = newest.fact()
		if d.Effective.IsZero() {
			d.Effective = newest.said
		}
	}
	next := keptPlan{PlanKept: PlanKept{PlanVersion: v, Number: d.Number, Name: d.Name}, said: d.Effective, text: string(d.Plan)}
	if err := next.understand(d.Year); err != nil {
		return v, AuditEntry{}, err
	}
	e.After = next.fact()
	if e, err = s.appendAudit(ctx, tx, e); err != nil {
		return v, e, err
	}
	d.Audit = []AuditEntry{e}
	if err := s.archivePlan(v.SHA256, d, source); err != nil {
		return v, e, err
	}
	return v, e, insertPlan(ctx, tx, s.office, v.SHA256, d)
}

// archivePlan keeps the document, and beside it what was read from it.
func (s *Store) archivePlan(sha string, d decision, source []byte) error {
	side, err := s.archive.sidecar(sha)
	if err != nil {
		return err
	}
	if side.Ext == "" {
		side.Ext, side.Size = extension(d.Name), int64(len(source))
	}
	if err := s.archive.put(sha, side.Ext, source); err != nil {
		return err
	}
	side.Plans = slices.DeleteFunc(side.Plans, func(old decision) bool {
		same := old.Year == d.Year && old.Version == d.Version
		if same {
			// One that a cut-off SavePlan left has the place of the new one.
			d.Audit = append(slices.DeleteFunc(old.Audit, func(e AuditEntry) bool { return e.Seq >= d.Audit[0].Seq }), d.Audit...)
		}
		return same
	})
	side.Plans = append(side.Plans, d)
	return s.archive.putSidecar(side)
}

// insertPlan adds a version with its audit, or replaces what it was read as.
func insertPlan(ctx context.Context, tx *sql.Tx, office, sha string, d decision) error {
	var text bytes.Buffer // as it was marshalled: a sidecar is indented for people
	if err := json.Compact(&text, d.Plan); err != nil {
		return err
	}
	for _, e := range d.Audit {
		if err := insertAudit(ctx, tx, e.row(office), e.Hash); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO plan (office, year, version, sha256, number, name, effective, plan)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (office, year, version) DO UPDATE SET
			number = excluded.number, effective = excluded.effective, plan = excluded.plan`,
		office, d.Year, d.Version, sha, d.Number, d.Name, d.Effective.String(), text.String())
	return err
}
