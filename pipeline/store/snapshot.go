package store

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"baocao/pipeline/durable"
)

// snapshot is the database as it was at one moment, in a file that nobody else
// knows.
type snapshot struct {
	file   *os.File
	schema int64
	heads  string   // content of archive/audit.json to match
	refers []string // files that a backup must have
}

func (p *snapshot) remove() {
	// It is of no use any more, and swept if it stays.
	_ = p.file.Close()
	_ = os.Remove(p.file.Name())
}

func (s *Store) snapshot(ctx context.Context) (*snapshot, error) {
	heads, err := s.archive.auditHeads() // before the rows: these can only be more
	if err != nil {
		return nil, err
	}
	f, err := durable.CreateTemp(s.dir)
	if err != nil {
		return nil, err
	}
	p := &snapshot{file: f}
	if err := s.fillSnapshot(ctx, p, heads); err != nil {
		p.remove()
		return nil, fmt.Errorf("copy database: %w", err)
	}
	return p, nil
}

func (s *Store) fillSnapshot(ctx context.Context, p *snapshot, heads auditHeads) error {
	// Nobody else knows the new file, and its lock is ours, see Store.fill.
	into, err := fileURL(p.file.Name())
	if err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, "VACUUM INTO $1", into+"?nolock=1"); err != nil {
		return err
	}
	db, err := connect(p.file.Name(), "mode=ro&nolock=1&immutable=1")
	if err != nil {
		return err
	}
	defer db.Close()
	if p.schema, err = checkWhole(ctx, db); err != nil {
		return err
	}
	copied := &Store{db: db, dir: s.dir, archive: s.archive, office: s.office}
	if p.refers, err = copied.referred(ctx); err != nil {
		return err
	}
	for office, mark := range heads {
		copied.office = office
		last, err := copied.lastAudit(ctx, db)
		if err != nil {
			return err
		}
		if last.Seq >= mark.Seq { // else rows were cut off, which must stay to be seen
			heads[office] = auditMark{auditHead: last, Lost: mark.Lost}
		}
	}
	text, err := json.MarshalIndent(heads, "", "  ")
	p.heads = string(text) + "\n"
	return err
}

// referred are the names, in a backup, of the documents, plans and issues' files
// that the database speaks of.
func (s *Store) referred(ctx context.Context) ([]string, error) {
	var names []string
	add := func(a archive, sha, ext string) {
		inside, err := filepath.Rel(s.dir, a.path(sha, ext))
		if err == nil {
			names = append(names, path.Join(BackupState, filepath.ToSlash(inside)))
		}
	}
	rows, err := s.db.QueryContext(ctx, `
		SELECT sha256 FROM original WHERE office = $1 UNION SELECT sha256 FROM plan WHERE office = $1 ORDER BY 1`, s.office)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var sha string
		if err := rows.Scan(&sha); err != nil {
			return nil, err
		}
		if checkHash(sha) != nil {
			continue
		}
		add(s.archive, sha, ".json")
		if side, err := s.archive.sidecar(sha); err == nil && side.Ext != "" {
			add(s.archive, sha, side.Ext)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	issues, err := s.AllIssues(ctx)
	for _, i := range issues {
		for _, p := range i.parts() {
			add(s.archive.frozen(), p.sha, p.ext)
		}
	}
	return names, err
}
