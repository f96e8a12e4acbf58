package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/store"
)

// database opens the database, which looks at every page of it and at its
// schema.
func (d *Doctor) database(ctx context.Context) verdict {
	if d.OpenStore == nil {
		return well("none yet")
	}
	s, err := d.OpenStore(ctx)
	switch {
	case errors.Is(err, store.ErrDatabaseLost):
		return ill(hintDatabaseLost, err)
	case err != nil:
		return ill(hintDatabase, err)
	case s == nil && isFolder(filepath.Join(d.StateDir, "archive")) == nil:
		return ill(hintDatabaseLost, fmt.Errorf("there is none in %q, but an archive", d.StateDir))
	case s == nil:
		return well("none yet")
	}
	v := well("quick check passed, schema up to date")
	v.take = func(d *Doctor) { d.Store = s }
	v.drop = func() { _ = s.Close() } // nothing was written
	return v
}

// unopened is the verdict of checks that need the database.
func (d *Doctor) unopened() verdict {
	if _, err := os.Stat(filepath.Join(d.StateDir, "baocao.db")); err != nil {
		return well("nothing is kept yet")
	}
	return ill(hintDatabase, fmt.Errorf("%w: the database cannot be opened", errUnread))
}

func (d *Doctor) audit(ctx context.Context) verdict {
	if d.Store == nil {
		return d.unopened()
	}
	fault, err := d.Store.VerifyAudit(ctx)
	switch {
	case err != nil:
		return ill(hintAudit, err)
	case fault != nil:
		return ill(hintAudit, errors.New(fault.String()))
	}
	return well("the audit trail is whole")
}

// sampled is how many of the newest originals are read back.
const sampled = 20

// archive reads back the newest originals, and holds each against its hash.
func (d *Doctor) archive(ctx context.Context) verdict {
	if d.Store == nil {
		return d.unopened()
	}
	all, err := d.Store.Originals(ctx)
	if err != nil {
		return ill(hintArchive, err)
	}
	slices.SortFunc(all, func(a, b store.Original) int { return b.Arrival.Seen.Compare(a.Arrival.Seen) })
	newest := all[:min(len(all), sampled)]
	for _, o := range newest {
		if ctx.Err() != nil {
			return ill(hintSlow, context.Cause(ctx))
		}
		if _, err := d.Store.Data(o.SHA256); err != nil {
			return ill(hintArchive, fmt.Errorf("%q: %w", o.Name, err))
		}
	}
	return well("%d of %d documents read back, each with its hash", len(newest), len(all))
}

// The clock is wrong when it is before the first plan that the program may
// have, or before what is known to have happened; a mail server's clock may
// differ a little.
const (
	firstYear  = 2017
	mostBehind = time.Hour
)

// clock holds the computer's clock against the newest moment that the mail
// server or the program itself has written down, and the zone's data against
// what reports are dated by.
func (d *Doctor) clock(ctx context.Context) verdict {
	now := d.Now()
	const shape = "2006-01-02 15:04:05 -07:00"
	if now.In(agency.Zone).Year() < firstYear {
		return ill(hintClock, fmt.Errorf("the clock says %s", now.Format(shape)))
	}
	zone, err := time.LoadLocation(agency.Zone.String())
	if err != nil {
		return ill(hintZone, err)
	}
	if got, want := now.In(zone).Format(shape), now.In(agency.Zone).Format(shape); got != want {
		return ill(hintZone, fmt.Errorf("zone %s: got %s, want %s", zone, got, want))
	}
	var newest time.Time
	if d.Store != nil {
		originals, err := d.Store.Originals(ctx)
		if err != nil {
			return ill(hintDatabase, err)
		}
		newest = newestMoment(originals)
	}
	if now.Before(newest.Add(-mostBehind)) {
		return ill(hintClock, fmt.Errorf("the clock says %s, and a document arrived at %s",
			now.In(agency.Zone).Format(shape), newest.In(agency.Zone).Format(shape)))
	}
	return well("%s, on this computer %s", now.In(agency.Zone).Format(shape), now.Format(shape))
}

// newestMoment is the newest stamp of the mail server or of the program. What a
// clerk says by the name of a folder is no clock's.
func newestMoment(originals []store.Original) (newest time.Time) {
	for _, o := range originals {
		for _, a := range o.Arrivals {
			moments := []time.Time{a.Seen}
			if a.Basis == collect.Received {
				moments = append(moments, a.Arrived)
			}
			for _, t := range moments {
				if t.After(newest) {
					newest = t
				}
			}
		}
	}
	return newest
}

// mostBackupAge is how old the newest backup may be when something came in
// since.
const mostBackupAge = 7 * 24 * time.Hour

// backup looks for backups under the name that baocao backup gives them. One that
// lies elsewhere is not known.
func (d *Doctor) backup(ctx context.Context) verdict {
	if d.Store == nil {
		return d.unopened()
	}
	files, err := filepath.Glob(filepath.Join(d.Backups, "baocao-*.zip"))
	if err != nil {
		return ill(hintBackup, err)
	}
	var newest time.Time
	for _, name := range files {
		at, err := time.ParseInLocation("baocao-20060102-150405.zip", filepath.Base(name), agency.Zone)
		if err == nil && at.After(newest) {
			newest = at
		}
	}
	if newest.IsZero() {
		return well("none in %q; of others nothing is known", d.Backups).with(hintNoBackup)
	}
	originals, err := d.Store.Originals(ctx)
	if err != nil {
		return ill(hintDatabase, err)
	}
	days := int(d.Now().Sub(newest).Hours() / 24)
	if d.Now().Sub(newest) > mostBackupAge && newestMoment(originals).After(newest) {
		return ill(hintBackup, fmt.Errorf("the newest is %d days old, and documents came in since", days))
	}
	return well("the newest is %d days old", days)
}
