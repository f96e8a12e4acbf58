package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline/durable"
)

// Verdicts are the DKIM verdicts of mails, a file for each, so that a mail read
// again years later is judged as it was when its keys could still be asked for.
// The zero Verdicts keeps none.
type Verdicts struct {
	Dir string           // the folder of the files, inbox/mail: <hash of the mail>.dkim.json beside the mail
	Now func() time.Time // nil: time stands still, and what is pending stays so
}

// dkimVerdict is one of the files.
type dkimVerdict struct {
	SHA256 string     `json:"sha256"` // of the mail
	Result dkimResult `json:"result"`
	Said   string     `json:"said,omitempty"` // of each signature, in the notation of RFC 8601
	At     time.Time  `json:"at"`             // when it was found; pending, when the mail was first looked at

	asked bool // the domain name system, for it
}

// dkimResult is what the signatures of a mail say of its sender.
type dkimResult string

const (
	dkimPass    dkimResult = "pass"    // his domain vouches for him
	dkimNone    dkimResult = "none"    // it does not
	dkimPending dkimResult = "pending" // it could not be asked
)

// patience is for how long a domain is asked again that does not answer.
const patience = 3 * 24 * time.Hour

// Final reports whether nobody needs to be asked again.
func (v *dkimVerdict) Final() bool { return v.Result == dkimPass || v.Result == dkimNone }

func (v Verdicts) now() time.Time {
	if v.Now == nil {
		return time.Time{}
	}
	return v.Now().UTC()
}

func (v Verdicts) file(sha string) string { return filepath.Join(v.Dir, sha+".dkim.json") }

// maxVerdict is far above what a verdict needs.
const maxVerdict = 16 << 10

// read is the verdict on a mail; nil when there is none, or none to be
// understood: then it is found anew.
func (v Verdicts) read(sha string) *dkimVerdict {
	if v.Dir == "" {
		return nil
	}
	f, err := os.Open(v.file(sha))
	if err != nil {
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxVerdict))
	var found dkimVerdict
	if err != nil || json.Unmarshal(data, &found) != nil || found.SHA256 != sha {
		return nil
	}
	return &found
}

func (v Verdicts) write(sha string, found *dkimVerdict) error {
	if v.Dir == "" {
		return nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(found); err != nil {
		return fmt.Errorf("encode verdict on %s: %w", sha, err)
	}
	if err := durable.MkdirAll(v.Dir); err != nil {
		return fmt.Errorf("keep verdict on %s: %w", sha, err)
	}
	if err := durable.WriteFile(v.file(sha), b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("keep verdict on %s: %w", sha, err)
	}
	return nil
}
