package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/durable"
)

// archive is the folder of the originals:
//
//	ab/ab12….xlsx  a document, read-only
//	ab/ab12….json  its sidecar: where it came from
//	cd/cd34….eml   a mail that brought a document, or has none
//	ef/ef56….zip   an archive that documents were taken out of
//	issued/…       what issues are made up of, see [Store.Freeze]
//
// A file is durable before anything refers to it: document, then sidecar, then
// database.
type archive string

// sidecar is what is known of a document besides its bytes: enough to rebuild
// the database.
type sidecar struct {
	SHA256   string     `json:"sha256"`
	Ext      string     `json:"ext"` // of the document's file; empty when there is no document
	Size     int64      `json:"size"`
	Arrivals []Arrival  `json:"arrivals,omitempty"`
	Plans    []decision `json:"plans,omitempty"`
}

// decision is a plan that was read from a document, which may hold those of
// several years.
type decision struct {
	Name    string          `json:"name"` // of the document
	Year    int             `json:"year"`
	Version int             `json:"version"`
	Number  string          `json:"number"`
	Plan    json.RawMessage `json:"plan"` // plan.Plan

	Effective agency.Day   `json:"effective,omitzero"` // as it was said; see [PlanKept]
	Audit     []AuditEntry `json:"audit,omitempty"`    // of its saving, and of each better reading
}

// path is the file of a document. Nothing of it was chosen by a sender: sha is
// checked, and ext comes from [extension].
func (a archive) path(sha, ext string) string {
	return filepath.Join(string(a), sha[:2], sha+ext)
}

// extension is the ending under which a document of that name is kept, so that
// a person can open it. The endings of mails and sidecars are theirs alone.
func extension(name string) string {
	ext := strings.ToLower(path.Ext(name))
	if len(ext) < 2 || len(ext) > 6 || ext == ".json" || ext == ".eml" ||
		strings.Trim(ext[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ".bin"
	}
	return ext
}

// containerExt is the ending under which an archive of documents is kept, by
// its content and not by its name.
func containerExt(c collect.Container) string {
	return extension("x." + c.Format)
}

// checkHash makes sure that sha is a hash, before it becomes part of a path.
func checkHash(sha string) error {
	if _, err := hex.DecodeString(sha); err != nil || len(sha) != 2*sha256.Size || strings.ToLower(sha) != sha {
		return fmt.Errorf("%q is not a SHA-256 in lower-case hex", sha)
	}
	return nil
}

// put makes sure that the archive holds data under its hash. A file that is
// there is believed only if it holds the same.
func (a archive) put(sha, ext string, data []byte) error {
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return fmt.Errorf("original %s: its bytes have the hash %x", sha, sum)
	}
	file := a.path(sha, ext)
	return writeOnce(file, data, 0o444)
}

// get is the bytes kept under that hash, which they are checked against.
func (a archive) get(sha, ext string) ([]byte, error) {
	data, err := os.ReadFile(a.path(sha, ext))
	if err != nil {
		return nil, fmt.Errorf("original %s: %w", sha, err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != sha {
		return nil, fmt.Errorf("original %s: its file in the archive was changed, it now has the hash %x", sha, sum)
	}
	return data, nil
}

// sidecar is that of the document; a new one when there is none yet.
func (a archive) sidecar(sha string) (sidecar, error) {
	data, err := os.ReadFile(a.path(sha, ".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return sidecar{SHA256: sha}, nil
	}
	if err != nil {
		return sidecar{}, fmt.Errorf("sidecar of %s: %w", sha, err)
	}
	var c sidecar
	if err := json.Unmarshal(data, &c); err != nil {
		return sidecar{}, fmt.Errorf("sidecar of %s: %w", sha, err)
	}
	if c.SHA256 != sha || c.Ext != "" && c.Ext != extension("x"+c.Ext) {
		return sidecar{}, fmt.Errorf("sidecar of %s: it speaks of %q with the ending %q", sha, c.SHA256, c.Ext)
	}
	return c, nil
}

// putSidecar writes c unless it stands there already.
func (a archive) putSidecar(c sidecar) error {
	file := a.path(c.SHA256, ".json")
	if err := writeJSON(file, c); err != nil {
		return fmt.Errorf("sidecar of %s: %w", c.SHA256, err)
	}
	return nil
}

// writeJSON writes v for a person to read, unless the file holds it already.
func writeJSON(file string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return writeOnce(file, b.Bytes(), 0o644)
}

// writeOnce makes sure that the file durably holds data.
func writeOnce(file string, data []byte, perm fs.FileMode) error {
	if there, err := os.ReadFile(file); err == nil && bytes.Equal(there, data) {
		// Whoever wrote it may have been killed before its name was durable.
		return durable.SyncDir(filepath.Dir(file))
	}
	return durable.WriteFile(file, data, perm)
}
