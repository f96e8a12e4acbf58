package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
)

// The comment of a backup's zip, its last bytes, is the SHA-256 of everything
// before them, so that whoever opens it sees at once whether it is whole.
var sealPlace = strings.Repeat("0", 2*sha256.Size)

// sealer passes on what is written but the last bytes, whose place it fills.
type sealer struct {
	w    io.Writer
	sum  hash.Hash
	tail []byte
}

func newSealer(w io.Writer) *sealer {
	sum := sha256.New()
	return &sealer{w: io.MultiWriter(w, sum), sum: sum}
}

func (s *sealer) Write(p []byte) (int, error) {
	s.tail = append(s.tail, p...)
	pass := len(s.tail) - len(sealPlace)
	if pass <= 0 {
		return len(p), nil
	}
	if _, err := s.w.Write(s.tail[:pass]); err != nil {
		return 0, err
	}
	s.tail = append(s.tail[:0], s.tail[pass:]...)
	return len(p), nil
}

func (s *sealer) seal() error {
	if !bytes.Equal(s.tail, []byte(sealPlace)) {
		return errors.New("the zip does not end in its comment")
	}
	_, err := io.WriteString(s.w, hex.EncodeToString(s.sum.Sum(nil)))
	return err
}

// checkSeal makes sure that the bytes are a whole backup.
func checkSeal(r io.ReaderAt, size int64) error {
	body := size - int64(len(sealPlace))
	if body < 0 {
		return fmt.Errorf("%w: it is too short", ErrBackup)
	}
	seal := make([]byte, len(sealPlace))
	if _, err := r.ReadAt(seal, body); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(r, 0, body)); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != string(seal) {
		return fmt.Errorf("%w: it is cut off, was changed, or was not made by this program", ErrBackup)
	}
	return nil
}
