package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// ErrDatabaseLost says that the database is missing and that it held what
// cannot be rebuilt from the archive. Only a backup brings it back.
var ErrDatabaseLost = errors.New("database lost")

// loss is one thing that stands in the database and nowhere else.
type loss struct {
	Kind string    `json:"kind"`
	What string    `json:"what"`
	When time.Time `json:"when"`
}

// losses is the content of archive/irreplaceable.json.
type losses struct {
	Entries []loss `json:"entries"`
}

func (a archive) lossFile() string { return filepath.Join(string(a), "irreplaceable.json") }

// losses is what the database holds, or is about to hold, that cannot be
// rebuilt.
func (a archive) losses() (losses, error) {
	data, err := os.ReadFile(a.lossFile())
	if errors.Is(err, fs.ErrNotExist) {
		return losses{}, nil
	}
	var l losses
	if err == nil {
		err = json.Unmarshal(data, &l)
	}
	if err != nil {
		return losses{}, fmt.Errorf("read %q: %w", a.lossFile(), err)
	}
	return l, nil
}

// irreplaceable notes, durably, that something is about to be stored that
// cannot be rebuilt, the first time that there is something of its kind. It is
// called in the transaction that stores it, before the commit: the lock keeps two
// processes from overwriting each other's note, and a note too many does no harm.
func (a archive) irreplaceable(kind, what string, when time.Time) error {
	l, err := a.losses()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(l.Entries, func(e loss) bool { return e.Kind == kind }) {
		return nil
	}
	l.Entries = append(l.Entries, loss{kind, what, when.UTC()})
	return writeJSON(a.lossFile(), l)
}

// checkLost is [ErrDatabaseLost] if a database that is missing held what
// cannot be rebuilt.
func (a archive) checkLost(file string) error {
	l, err := a.losses()
	if err != nil || len(l.Entries) == 0 {
		return err
	}
	var what []string
	for _, e := range l.Entries {
		what = append(what, fmt.Sprintf("%s %s (%s)", e.Kind, e.What, e.When.Format(time.DateOnly)))
	}
	return fmt.Errorf("%w: %q is missing, and with it %s", ErrDatabaseLost, file, strings.Join(what, "; "))
}
