package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// issuedFolder is where, in the archive, the files of issues lie:
//
//	issued/ab/ab12….pdf  read-only
//
// apart from the originals, whose sidecars end in .json too.
const issuedFolder = "issued"

func (a archive) frozen() archive { return archive(filepath.Join(string(a), issuedFolder)) }

// Freeze keeps data for ever under its hash and the ending ext, ".pdf". The file
// is durable when it returns, so that whatever refers to it may be written then.
func (s *Store) Freeze(data []byte, ext string) (sha256hex string, err error) {
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	if err := CheckExt(ext); err != nil {
		return "", fmt.Errorf("freeze: %w", err)
	}
	if err := s.archive.frozen().put(sha, ext, data); err != nil {
		return "", fmt.Errorf("freeze: %w", err)
	}
	return sha, nil
}

// Frozen is what was frozen under that hash, which its bytes are checked
// against, and ending.
func (s *Store) Frozen(sha, ext string) ([]byte, error) {
	if err := checkFrozenName(sha, ext); err != nil {
		return nil, err
	}
	return s.archive.frozen().get(sha, ext)
}

func checkFrozenName(sha, ext string) error {
	if err := checkHash(sha); err != nil {
		return err
	}
	return CheckExt(ext)
}

// CheckExt makes sure that ext is an ending, ".pdf", before it becomes part of a
// path.
func CheckExt(ext string) error {
	if name, ok := strings.CutPrefix(ext, "."); !ok || name == "" || len(name) > 5 ||
		strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return fmt.Errorf("%q is no ending of a file", ext)
	}
	return nil
}

// standsFrozen makes sure that there is such a file.
func (a archive) standsFrozen(sha, ext string) error {
	if err := checkFrozenName(sha, ext); err != nil {
		return err
	}
	_, err := os.Stat(a.frozen().path(sha, ext))
	return err
}

// issuePart is a frozen file of an issue.
type issuePart struct{ what, sha, ext string }

// parts is everything that the issue is made up of; one that is prepared may
// have neither manifest nor files.
func (i Issue) parts() []issuePart {
	parts := []issuePart{{"inputs", i.Inputs, InputsExt}, {"templates", i.Templates, TemplatesExt}}
	if i.Manifest != "" {
		parts = append(parts, issuePart{"manifest", i.Manifest, ManifestExt})
	}
	for _, f := range i.Files {
		parts = append(parts, issuePart{f.Name, f.SHA256, f.Ext})
	}
	if i.Signed != "" {
		parts = append(parts, issuePart{"signed copy", i.Signed, i.SignedExt})
	}
	return parts
}

// checkFrozen makes sure that all of the issue stands.
func (a archive) checkFrozen(i Issue) error {
	for _, p := range i.parts() {
		if err := a.standsFrozen(p.sha, p.ext); err != nil {
			return fmt.Errorf("%s is not frozen: %w", p.what, err)
		}
	}
	return nil
}
