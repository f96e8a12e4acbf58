package collect

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/durable"
)

// mailSidecar is the .json file beside a fetched mail: what the mail server said
// of it. From it the ledger is rebuilt when the database is lost.
type mailSidecar struct {
	SHA256     string         `json:"sha256"`
	Size       int64          `json:"size"`
	Deliveries []mailDelivery `json:"deliveries"` // in the order of their arrival
}

// mailDelivery is one message of a mailbox that has these bytes. The same mail
// may reach a mailbox twice.
type mailDelivery struct {
	MailPlace
	UIDValidity uint32    `json:"uidvalidity"`
	UID         uint32    `json:"uid"`
	Received    time.Time `json:"received"`
	Size        int64     `json:"size"` // as the server gives it
	MessageID   string    `json:"message_id,omitempty"`
}

func (d mailDelivery) compare(o mailDelivery) int {
	return cmp.Or(d.Received.Compare(o.Received), cmp.Compare(d.Account, o.Account), cmp.Compare(d.Folder, o.Folder),
		cmp.Compare(d.UIDValidity, o.UIDValidity), cmp.Compare(d.UID, o.UID))
}

// file is that of a stored mail. Nothing of it was chosen by a sender.
func (f *fetch) file(sha, ext string) string { return filepath.Join(f.m.Dir, sha+ext) }

// noteDelivery adds a delivery to the sidecar of a mail.
func (f *fetch) noteDelivery(sha string, size int64, row MailRow) error {
	name := f.file(sha, ".json")
	side, err := readMailSidecar(os.DirFS(f.m.Dir), sha)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.warn("%v; it is written anew", err)
	}
	side.SHA256, side.Size = sha, size
	added := mailDelivery{f.m.Place(), row.UIDValidity, row.UID, row.Received, row.Size, row.MessageID}
	side.Deliveries = slices.DeleteFunc(side.Deliveries, func(d mailDelivery) bool {
		return d.MailPlace == added.MailPlace && d.UIDValidity == added.UIDValidity && d.UID == added.UID
	})
	side.Deliveries = append(side.Deliveries, added)
	slices.SortFunc(side.Deliveries, mailDelivery.compare)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(side); err != nil {
		return fmt.Errorf("encode %q: %w", name, err)
	}
	return durable.WriteFile(name, b.Bytes(), 0o644)
}

// maxSidecar is far above what a thousand deliveries of one mail need.
const maxSidecar = 1 << 20

// readMailSidecar is the sidecar of a mail; the zero value beside an error. One
// that speaks of another mail is an error.
func readMailSidecar(fsys fs.FS, name string) (mailSidecar, error) {
	f, err := fsys.Open(name + ".json")
	if err != nil {
		return mailSidecar{}, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxSidecar+1))
	if err != nil {
		return mailSidecar{}, fmt.Errorf("read %q: %w", name+".json", err)
	}
	var side mailSidecar
	if err := json.Unmarshal(data, &side); err != nil {
		return mailSidecar{}, fmt.Errorf("read %q: %w", name+".json", err)
	}
	return side, nil
}

// stands reports whether the mail is durably there already. A file of that name
// with other bytes was damaged; it makes way for the whole one.
func (f *fetch) stands(sha string) (bool, error) {
	name := f.file(sha, ".eml")
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return false, fmt.Errorf("read %q: %w", name, err)
	}
	if hex.EncodeToString(sum.Sum(nil)) == sha {
		return true, durable.SyncDir(f.m.Dir)
	}
	f.warn("%q was changed and is written anew", name)
	return false, os.Remove(name)
}

// adopt fills the ledger of a mailbox that it does not know with what the
// sidecars tell: the database may have been lost.
func (f *fetch) adopt(ctx context.Context) error {
	if f.state.UIDValidity != 0 {
		return nil
	}
	var rows []MailRow
	root := os.DirFS(f.m.Dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		sha, ok := strings.CutSuffix(name, ".json")
		if !ok || d.IsDir() || !f.has(sha) {
			return nil
		}
		side, err := readMailSidecar(root, sha)
		if err != nil || side.SHA256 != sha { // then it is fetched again, which does no harm
			return nil
		}
		for _, d := range side.Deliveries {
			if d.MailPlace == f.m.Place() {
				rows = append(rows, MailRow{
					UIDValidity: d.UIDValidity, UID: d.UID, MessageID: d.MessageID, Size: d.Size, Received: d.Received, SHA256: sha,
				})
			}
		}
		if len(rows) < 500 {
			return nil
		}
		batch := rows
		rows = nil
		return f.m.Ledger.RecordMail(ctx, f.m.Place(), f.state, batch)
	})
	if err == nil && len(rows) > 0 {
		err = f.m.Ledger.RecordMail(ctx, f.m.Place(), f.state, rows)
	}
	if err != nil {
		return fmt.Errorf("read stored mail in %q: %w", f.m.Dir, err)
	}
	return nil
}

// stamped are the items of the mail at name with the moment that the mail server
// gave it, where a sidecar tells.
func stamped(fsys fs.FS, name string, items []Item) []Item {
	if !isMail(name) || len(items) == 0 || items[0].Message == nil {
		return items
	}
	side, err := readMailSidecar(fsys, name[:len(name)-len(".eml")])
	if err != nil || side.SHA256 != items[0].Message.SHA256 {
		return items
	}
	for _, d := range side.Deliveries {
		if d.Received.IsZero() {
			continue
		}
		for i := range items {
			items[i].Arrived, items[i].Basis = d.Received.UTC(), Received
		}
		break
	}
	return items
}
