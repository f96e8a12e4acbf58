package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Reader reads documents as they came in. The zero Reader works, but vouches
// for no sender.
type Reader struct {
	// AuthservID is the name with which our own mail server signs its
	// Authentication-Results (RFC 8601 §2.5), such as "mx.daknong.example".
	// Empty: no sender is vouched for.
	AuthservID string

	// CheckAddress is the office's address for documents that are only to be
	// looked at; empty: it has none. A mark in the subject asks for the same.
	CheckAddress string

	// LookupTXT, when not nil, asks the domain name system for the TXT records
	// of a name, so that the DKIM signatures of a mail are checked on which our
	// own mail server has said nothing. It is the only way in which this
	// package ever reaches the network. Only names below the sender's domain,
	// or one that it lies in, are asked for. An error that is temporary, as
	// [net.Error] has it, says nothing about the sender: see [ErrUnjudged].
	LookupTXT func(name string) ([]string, error)

	// Verdicts are what was found by it; they count without it too.
	Verdicts Verdicts

	Limits Limits

	// Skip names files and folders of the inbox, relative to it, that are
	// passed over with all they hold.
	Skip []string

	// Known, when not nil, is asked about each file before it is looked into: hash is
	// the SHA-256 of its bytes and of what lies beside a mail. A file that it knows is
	// passed over.
	Known func(file, hash string) bool

	// Before, when not zero, lets dropped files wait that were changed at this
	// moment or later and lack their end, because they are likely to be still
	// being copied: a few seconds before now. Of text one cannot tell.
	Before time.Time
}

// Items yields the documents of the inbox in lexical order: every dropped
// file, and every attachment of every .eml. It skips what is no document
// (README, hidden and temporary files, lock files of office programs, .json
// files beside mails) and what is not whole yet: empty files, files that are
// open for writing or being copied. These are met again on the next run, and
// so is a file that vanishes while it is being read.
//
// A document over the limits is an Item without Data. A folder or file that
// cannot be read, or a mail of [ErrUnjudged], is an error beside an Item that
// holds only its File, and the sequence goes on after it.
func (r Reader) Items(fsys fs.FS) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		// The function below returns nil or one of fs.SkipDir and fs.SkipAll:
		// there is no error left to report.
		_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) && name != ".":
				return nil
			case err != nil:
				if !yield(Item{File: name}, fmt.Errorf("read inbox: %w", err)) {
					return fs.SkipAll
				}
				return nil
			case d.IsDir():
				if name != "." && (skipped(d.Name()) || slices.Contains(r.Skip, name)) {
					return fs.SkipDir
				}
				return nil
			case skipped(d.Name()) || !d.Type().IsRegular() || slices.Contains(r.Skip, name):
				return nil
			}
			for item, err := range r.file(fsys, name) {
				if !yield(item, err) {
					return fs.SkipAll
				}
			}
			return nil
		})
	}
}

// skipped reports whether name is that of a file or folder that is no
// document.
func skipped(name string) bool {
	name = strings.ToLower(name)
	for _, prefix := range []string{".", "~$", "readme"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	for _, suffix := range []string{".tmp", ".part", ".json"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	switch name {
	case "thumbs.db", "desktop.ini", "__macosx":
		return true
	}
	return false
}

// file yields the items of the one file name.
func (r Reader) file(fsys fs.FS, name string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		data, info, err := r.read(fsys, name)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, errUnsettled), locked(err):
			return
		case err != nil:
			yield(Item{File: name}, fmt.Errorf("read %q: %w", name, err))
			return
		case data == nil:
			yield(r.tooLarge(name, info.Size()), nil)
			return
		}
		if r.Known != nil && r.Known(name, digest(fsys, name, data)) {
			return
		}
		items := stamped(fsys, name, r.Open(name, data))
		if err := unjudged(items); err != nil {
			yield(Item{File: name}, fmt.Errorf("judge the sender of %q: %w", name, err))
			return
		}
		if young := !r.Before.IsZero() && !info.ModTime().Before(r.Before); young && lacksEnd(data, items) {
			return
		}
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// digest is the hash of all that the items of a file come from.
func digest(fsys fs.FS, name string, data []byte) string {
	h := sha256.New()
	h.Write(data)
	if isMail(name) {
		fmt.Fprintf(h, "%d", len(data))
		if side, err := fs.ReadFile(fsys, name[:len(name)-len(".eml")]+".json"); err == nil {
			h.Write(side)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// unjudged is the first error of a mail among the items whose sender cannot be
// judged.
func unjudged(items []Item) error {
	for _, i := range items {
		if i.Message != nil && i.Message.Unjudged != nil {
			return i.Message.Unjudged
		}
	}
	return nil
}

// errUnsettled says that a file is not, or perhaps not, whole yet.
var errUnsettled = errors.New("still being written")

// read is what the file holds, nil when its size is over the limit.
func (r Reader) read(fsys fs.FS, name string) (data []byte, before fs.FileInfo, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	before, err = f.Stat()
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !before.Mode().IsRegular():
		return nil, nil, fmt.Errorf("not a regular file: %v", before.Mode())
	case before.Size() == 0:
		return nil, nil, errUnsettled
	case before.Size() > r.limit(name):
		return nil, before, nil
	}
	data, err = io.ReadAll(io.LimitReader(f, before.Size()+1))
	if err != nil {
		return nil, nil, err
	}
	after, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if int64(len(data)) != before.Size() || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return nil, nil, errUnsettled
	}
	return data, before, nil
}

// limit is the largest size at which a file of that name is read.
func (r Reader) limit(name string) int64 {
	if isMail(name) {
		return r.Limits.orDefault().Message
	}
	return r.Limits.orDefault().File
}

// locked reports whether err says that another program has the file open for
// itself, as Excel does on Windows (ERROR_SHARING_VIOLATION 32,
// ERROR_LOCK_VIOLATION 33).
func locked(err error) bool {
	return runtime.GOOS == "windows" &&
		(errors.Is(err, syscall.Errno(32)) || errors.Is(err, syscall.Errno(33)))
}

// isMail reports whether a file of that name is read as a mail.
func isMail(name string) bool {
	return strings.EqualFold(path.Ext(name), ".eml")
}
