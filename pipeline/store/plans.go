package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// SavePlan keeps a plan that a clerk imported at that moment from a document of
// that name, and archives the document. The versions of a year count from 1;
// the same document again is the same version, of which at most what was read
// from it changes.
func (s *Store) SavePlan(ctx context.Context, p *plan.Plan, name string, source []byte, at time.Time) (reconcile.PlanVersion, error) {
	return s.savePlan(ctx, p, name, source, func(v reconcile.PlanVersion) error {
		return s.archive.irreplaceable("plan", fmt.Sprintf("%q of %d, version %d", p.Number, p.Year, v.Version), at)
	})
}

// SaveShippedPlan is SavePlan for a plan that ships with the program or stands
// in the office's templates, from which it can be read again if the database
// is lost; unless it follows another version, whose place it would then take.
func (s *Store) SaveShippedPlan(ctx context.Context, p *plan.Plan, name string, source []byte, at time.Time) (reconcile.PlanVersion, error) {
	return s.savePlan(ctx, p, name, source, func(v reconcile.PlanVersion) error {
		if v.Version == 1 {
			return nil
		}
		return s.archive.irreplaceable("plan", fmt.Sprintf("%q of %d, version %d", p.Number, p.Year, v.Version), at)
	})
}

// savePlan saves p; before a new version is committed, note may record that it
// cannot be rebuilt.
func (s *Store) savePlan(ctx context.Context, p *plan.Plan, name string, source []byte, note func(reconcile.PlanVersion) error) (reconcile.PlanVersion, error) {
	sum := sha256.Sum256(source)
	v := reconcile.PlanVersion{SHA256: hex.EncodeToString(sum[:])}
	err := func() error {
		text, err := json.Marshal(p)
		if err != nil {
			return err
		}
		side, err := s.archive.sidecar(v.SHA256)
		if err != nil {
			return err
		}
		ext := side.Ext
		if ext == "" {
			ext = extension(name)
		}
		if err := s.archive.put(v.SHA256, ext, source); err != nil {
			return err
		}
		return s.write(ctx, func(tx *sql.Tx) error {
			known, err := s.planVersion(ctx, tx, p.Year, &v)
			if err != nil {
				return err
			}
			if known {
				_, err := tx.ExecContext(ctx, `
					UPDATE plan SET number = $1, plan = $2 WHERE office = $3 AND year = $4 AND version = $5`,
					p.Number, string(text), s.office, p.Year, v.Version)
				return err
			}
			if err := s.planSidecar(v.SHA256, ext, name, p.Year, len(source)); err != nil {
				return err
			}
			if err := note(v); err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `
				INSERT INTO plan (office, year, version, sha256, number, name, plan)
				VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				s.office, p.Year, v.Version, v.SHA256, p.Number, name, string(text))
			return err
		})
	}()
	if err != nil {
		return reconcile.PlanVersion{}, fmt.Errorf("save plan %q of %d: %w", p.Number, p.Year, err)
	}
	return v, nil
}

// planVersion sets the version of the document that v names: the one it has,
// or the next one of the year.
func (s *Store) planVersion(ctx context.Context, q querier, year int, v *reconcile.PlanVersion) (known bool, err error) {
	err = q.QueryRowContext(ctx, `
		SELECT version FROM plan WHERE office = $1 AND year = $2 AND sha256 = $3`,
		s.office, year, v.SHA256).Scan(&v.Version)
	if !errors.Is(err, sql.ErrNoRows) {
		return err == nil, err
	}
	return false, q.QueryRowContext(ctx, `
		SELECT COALESCE(MAX(version), 0) + 1 FROM plan WHERE office = $1 AND year = $2`,
		s.office, year).Scan(&v.Version)
}

// planSidecar notes beside the document that a plan was read from it.
func (s *Store) planSidecar(sha, ext, name string, year, size int) error {
	side, err := s.archive.sidecar(sha)
	if err != nil {
		return err
	}
	side.Ext, side.Size, side.Plan = ext, int64(size), &decision{name, year}
	return s.archive.putSidecar(side)
}

// Plan is the newest version of a year's plan, and whether there is any.
func (s *Store) Plan(ctx context.Context, year int) (*plan.Plan, reconcile.PlanVersion, bool, error) {
	var v reconcile.PlanVersion
	var text string
	err := s.db.QueryRowContext(ctx, `
		SELECT version, sha256, plan FROM plan WHERE office = $1 AND year = $2
		ORDER BY version DESC LIMIT 1`, s.office, year).Scan(&v.Version, &v.SHA256, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, reconcile.PlanVersion{}, false, nil
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
