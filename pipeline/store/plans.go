package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// SavePlan keeps p, read from source, as the next version of its year's plan.
// The newest document again, or another one that reads the same, is the newest
// version; a better reading of it takes the place of the old one. Everything is written beside the archived document
// too, so that a lost database is rebuilt with its plans.
func (s *Store) SavePlan(ctx context.Context, p *plan.Plan, name string, source []byte) (reconcile.PlanVersion, error) {
	text, err := json.Marshal(p)
	if err == nil {
		sum := sha256.Sum256(source)
		v := reconcile.PlanVersion{SHA256: hex.EncodeToString(sum[:])}
		err = s.write(ctx, func(tx *sql.Tx) error {
			v, err = s.savePlan(ctx, tx, v, decision{Name: name, Year: p.Year, Number: p.Number, Plan: text}, source)
			return err
		})
		if err == nil {
			return v, nil
		}
	}
	return reconcile.PlanVersion{}, fmt.Errorf("save plan %q of %d: %w", p.Number, p.Year, err)
}

func (s *Store) savePlan(ctx context.Context, tx *sql.Tx, v reconcile.PlanVersion, d decision, source []byte) (reconcile.PlanVersion, error) {
	newest, text, err := s.newestPlan(ctx, tx, d.Year)
	switch {
	case err != nil:
		return v, err
	case text == string(d.Plan):
		return newest, nil
	}
	v.Version = newest.Version
	if newest.SHA256 != v.SHA256 {
		v.Version++ // also of a document that was the plan before: it is in force again
	}
	d.Version = v.Version
	if err := s.archivePlan(v.SHA256, d, source); err != nil {
		return v, err
	}
	return v, insertPlan(ctx, tx, s.office, v.SHA256, d)
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
	side.Plans = slices.DeleteFunc(side.Plans, func(old decision) bool { return old.Year == d.Year && old.Version == d.Version })
	side.Plans = append(side.Plans, d)
	return s.archive.putSidecar(side)
}

func insertPlan(ctx context.Context, tx *sql.Tx, office, sha string, d decision) error {
	var text bytes.Buffer // as it was marshalled: a sidecar is indented for people
	if err := json.Compact(&text, d.Plan); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO plan (office, year, version, sha256, number, name, plan)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (office, year, version) DO UPDATE SET number = excluded.number, plan = excluded.plan`,
		office, d.Year, d.Version, sha, d.Number, d.Name, text.String())
	return err
}

// newestPlan is the newest version of a year's plan as JSON; no version is 0.
func (s *Store) newestPlan(ctx context.Context, q querier, year int) (v reconcile.PlanVersion, text string, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT version, sha256, plan FROM plan WHERE office = $1 AND year = $2
		ORDER BY version DESC LIMIT 1`, s.office, year).Scan(&v.Version, &v.SHA256, &text)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v, text, err
}

// Plan is the newest version of a year's plan, and whether there is any.
func (s *Store) Plan(ctx context.Context, year int) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	v, text, err := s.newestPlan(ctx, s.db, year)
	if err == nil && v.Version == 0 {
		return nil, v, false, nil
	}
	p := new(plan.Plan)
	if err == nil {
		err = json.Unmarshal([]byte(text), p)
	}
	if err != nil {
		return nil, reconcile.PlanVersion{}, false, fmt.Errorf("read plan of %d: %w", year, err)
	}
	return p, v, true, nil
}
