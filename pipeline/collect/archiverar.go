package collect

import (
	"bytes"
	"errors"
	"io"
	"time"

	"github.com/nwaples/rardecode/v2"
)

// readRar offers the files of a rar archive of version 4 or 5, which are read
// one after the other.
func (b *box) readRar(data []byte) error {
	source := &impatient{bytes.NewReader(data), time.Now().Add(b.limits.Time)}
	r, err := rardecode.NewReader(source, rardecode.MaxDictionarySize(maxWindow))
	if err != nil {
		return rarError(err)
	}
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return rarError(err)
		}
		e := entry{
			name: h.Name, folder: h.IsDir, encrypted: h.Encrypted || h.HeaderEncrypted,
			link: h.LinkType != rardecode.LinkTypeNone || !h.IsDir && !h.Mode().IsRegular(),
			size: h.UnPackedSize, packed: h.PackedSize,
			read: func(max int64) ([]byte, error) {
				data, err := readMost(r, max)
				return data, rarError(err)
			},
		}
		if h.UnKnownSize {
			e.size = -1
		}
		if h.Solid { // its packed bytes refer to the files before
			e.packed = -1
		}
		if err := b.offer(e); err != nil {
			return err
		}
	}
}

// rarError is what an error of the library means.
func rarError(err error) error {
	for _, known := range []struct{ is, means error }{
		{rardecode.ErrArchiveEncrypted, errArchiveEncrypted},
		{rardecode.ErrArchivedFileEncrypted, errArchiveEncrypted},
		{rardecode.ErrBadPassword, errArchiveEncrypted},
		{rardecode.ErrMultiVolume, errArchiveVolume},
		{rardecode.ErrBadVolumeNumber, errArchiveVolume},
		{rardecode.ErrDictionaryTooLarge, errArchiveTooLarge},
		{rardecode.ErrUnknownVersion, errArchiveMethod},
		{rardecode.ErrUnknownDecoder, errArchiveMethod},
		{rardecode.ErrUnsupportedDecoder, errArchiveMethod},
	} {
		if errors.Is(err, known.is) {
			return known.means
		}
	}
	return err
}

// impatient ends when the time is over. A rar may hold programs that the
// library runs while it reads (the filters of version 3), and an archive of one
// file after the other is unpacked to get at the next.
type impatient struct {
	r     *bytes.Reader
	until time.Time
}

func (i *impatient) Read(p []byte) (int, error) {
	if time.Now().After(i.until) {
		return 0, errArchiveTooLarge
	}
	return i.r.Read(p)
}
