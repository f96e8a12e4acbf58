package collect

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"baocao/pipeline/finding"
)

// The formats of archives that are opened.
const (
	formatZip = "zip"
	formatRar = "rar"
	format7z  = "7z"
)

// archiveFormat tells an archive of documents from its content; it is empty for
// all else. A workbook, which is a zip as well, is none; a zip that cannot be
// read is taken for what its name says.
func archiveFormat(name string, data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("Rar!\x1a\x07")):
		return formatRar
	case bytes.HasPrefix(data, []byte(signature7z)):
		return format7z
	case bytes.HasPrefix(data, []byte("PK\x05\x06")), // an empty one
		bytes.HasPrefix(data, []byte("PK\x07\x08")), // one made for several disks
		bytes.HasPrefix(data, []byte("PK\x03\x04")) && !isPackage(name, data):
		return formatZip
	}
	return ""
}

// The reasons why an entry, or the rest of an archive, cannot be taken.
var (
	errArchiveEncrypted = errors.New("encrypted")
	errArchiveMethod    = errors.New("packed by a method that is not read")
	errArchiveTooLarge  = errors.New("more bytes than allowed")
	errArchiveTooMany   = errors.New("more entries than allowed")
	errArchiveVolume    = errors.New("a part of an archive in several files")
	errArchiveOverlap   = errors.New("entries share their bytes")
)

// packed is a document taken out of an archive.
type packed struct {
	inside string // the names that lead to it, with slashes
	data   []byte
}

// name is the document's own name.
func (p packed) name() string { return cleanName(p.inside) }

// unpacker takes documents out of the archives of one dropped file or one
// mail, which share what is allowed.
type unpacker struct {
	limits  Limits
	entries int   // seen so far
	bytes   int64 // unpacked so far
	faults  []finding.Finding
}

// unpack is the documents of the archive data, which is spoken of as title and
// stands depth archives deep. What could not be taken is told by the faults.
// Nothing is written to any disk.
func (u *unpacker) unpack(title string, data []byte, depth int) []packed {
	if depth > u.limits.Archives {
		u.fault(codeArchiveTooDeep, title, "", strconv.Itoa(u.limits.Archives))
		return nil
	}
	before := len(u.faults)
	b := &box{unpacker: u, title: title, places: map[string]int{}}
	if err := b.read(archiveFormat(title, data), data); err != nil {
		u.faultOf(err, title, "")
	}
	var all []packed
	for _, f := range b.files {
		if !f.unique {
			continue
		}
		if archiveFormat(f.inside, f.data) == "" {
			all = append(all, f.packed)
			continue
		}
		for _, inner := range u.unpack(title+"/"+f.inside, f.data, depth+1) {
			all = append(all, packed{f.inside + "/" + inner.inside, inner.data})
		}
	}
	if len(all) == 0 && len(u.faults) == before {
		u.fault(codeArchiveEmpty, title, "", "")
	}
	return all
}

// fault remembers what could not be taken, each entry once for each kind of
// fault. There are no more of them than entries.
func (u *unpacker) fault(code, title, got, want string) {
	for _, f := range u.faults {
		if f.Code == code && f.Place.File == title && f.Got == got {
			return
		}
	}
	u.faults = append(u.faults, finding.Finding{
		Code: code, Level: finding.Error, Place: finding.Place{File: title}, Got: got, Want: want,
	})
}

// faultOf is fault for an error; inside is the entry that it is about, if any.
func (u *unpacker) faultOf(err error, title, inside string) {
	switch {
	case errors.Is(err, errArchiveEncrypted):
		u.fault(codeArchiveEncrypted, path.Join(title, inside), "", "")
	case errors.Is(err, errArchiveMethod):
		u.fault(codeArchiveMethod, title, inside, "")
	case errors.Is(err, errArchiveTooLarge):
		u.fault(codeArchiveTooLarge, title, inside, megabytes(u.limits.Unpacked))
	case errors.Is(err, errArchiveTooMany):
		u.fault(codeArchiveTooMany, title, "", strconv.Itoa(u.limits.Entries))
	case errors.Is(err, errArchiveVolume), isVolume(title):
		u.fault(codeArchiveVolume, title, "", "")
	case errors.Is(err, errArchiveOverlap):
		u.fault(codeArchiveOverlapping, title, "", "")
	default:
		u.fault(codeArchiveDamaged, title, inside, "")
	}
}

// box is one archive that is being read.
type box struct {
	*unpacker
	title  string
	files  []boxed
	places map[string]int // of the files, by their names in lower case; -1 for one that was not taken
}

type boxed struct {
	packed
	unique bool // no other entry has its name
}

// read offers every entry of the archive. The libraries read what strangers
// wrote: a panic of theirs is a damaged archive.
func (b *box) read(format string, data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("read archive %q: panic: %v", b.title, r)
		}
	}()
	switch format {
	case formatZip:
		return b.readZip(data)
	case formatRar:
		return b.readRar(data)
	}
	return b.read7z(data)
}

// entry is one file or folder that an archive lists.
type entry struct {
	name      string
	folder    bool
	link      bool // or anything else that is neither file nor folder
	encrypted bool
	size      int64                           // unpacked, as the archive says; negative: not known
	packed    int64                           // bytes in the archive; negative: not known for this entry alone
	read      func(max int64) ([]byte, error) // the content; errArchiveTooLarge when there is more
	charged   bool                            // read takes from what is allowed by itself
}

// offer takes an entry if it is a document. The error ends the archive.
func (b *box) offer(e entry) error {
	if b.entries++; b.entries > b.limits.Entries {
		return errArchiveTooMany
	}
	inside, safe := insidePath(e.name)
	key := strings.ToLower(inside)
	switch {
	case !safe:
		b.fault(codeArchiveUnsafeName, b.title, oneLine(cut(e.name, maxReason)), "")
		return nil
	case e.folder, skippedInside(inside):
		return nil
	case b.twice(key):
		b.fault(codeArchiveDuplicate, b.title, inside, "")
		return nil
	}
	b.places[key] = -1
	switch {
	case e.link:
		b.fault(codeArchiveLink, b.title, inside, "")
	case e.encrypted:
		b.faultOf(errArchiveEncrypted, b.title, inside)
	case e.size == 0:
		b.faults = append(b.faults, empty(b.title+"/"+inside))
	case e.size > b.limits.File:
		b.faults = append(b.faults, tooLarge(b.title+"/"+inside, e.size, b.limits.File))
	case e.packed >= 0 && e.size > ratioGrace && e.size/int64(b.limits.Ratio) > e.packed:
		b.faultOf(errArchiveTooLarge, b.title, inside)
	case !e.charged && e.size > b.limits.Unpacked-b.bytes:
		return errArchiveTooLarge
	default:
		b.take(key, inside, e)
	}
	return nil
}

// twice reports whether an entry of that name was met before. Programs differ
// in which of the two they take, so neither is.
func (b *box) twice(key string) bool {
	at, met := b.places[key]
	if met && at >= 0 {
		b.files[at].unique = false
	}
	return met
}

// take reads an entry.
func (b *box) take(key, inside string, e entry) {
	data, err := e.read(min(b.limits.File, b.limits.Unpacked-b.bytes))
	switch {
	case errors.Is(err, errArchiveTooLarge) && !e.charged && b.limits.File < b.limits.Unpacked-b.bytes:
		b.faults = append(b.faults, tooLarge(b.title+"/"+inside, b.limits.File+1, b.limits.File))
	case err != nil:
		b.faultOf(err, b.title, inside)
	case len(data) == 0:
		b.faults = append(b.faults, empty(b.title+"/"+inside))
	default:
		if !e.charged {
			b.bytes += int64(len(data))
		}
		b.places[key] = len(b.files)
		b.files = append(b.files, boxed{packed{inside, data}, true})
	}
}

// openArchive is the documents of the archive that lies at file, and the
// archive itself where not all of it could be taken.
func (r Reader) openArchive(file, format string, data []byte) []Item {
	base := dropped(file)
	u := &unpacker{limits: r.Limits.orDefault()}
	container := Container{SHA256: hash(data), Name: base.Name, Format: format, Raw: data}
	var items []Item
	for _, p := range u.unpack(base.Name, data, 1) {
		if !isMail(p.inside) {
			item := base
			item.Name, item.Data, item.SHA256 = p.name(), p.data, hash(p.data)
			item.Container = container.at(p.inside)
			items = append(items, item)
			continue
		}
		for _, item := range r.openMail(file, p.data, u, 1) {
			inside := p.inside
			switch {
			case item.Container != nil: // of an archive that is attached to the mail
				inside += "/" + item.Container.Title()
			case item.Name != "":
				inside += "/" + item.Name
			}
			item.Container = container.at(inside)
			items = append(items, item)
		}
	}
	if len(u.faults) > 0 {
		base.SHA256, base.Container, base.Findings = container.SHA256, container.at(""), u.faults
		items = append(items, base)
	}
	return items
}

// at is the container of the document that lies at inside.
func (c Container) at(inside string) *Container {
	c.Inside = inside
	return &c
}

// skippedInside reports whether a file of an archive is no document.
func skippedInside(inside string) bool {
	for name := range strings.SplitSeq(inside, "/") {
		if skipped(name) {
			return true
		}
	}
	return path.Base(inside) == "."
}
