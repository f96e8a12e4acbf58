package collect

import (
	"cmp"
	"time"
)

// Limits are the sizes up to which a document is read. A field that is zero
// means the value of [DefaultLimits].
type Limits struct {
	Message     int64 // bytes of a whole mail
	File        int64 // bytes of a dropped file or of one attachment, decoded
	Attachments int   // attachments of one mail
	Parts       int   // MIME parts of one mail, those of the mails attached to it included
	Nesting     int   // sections within sections, and mails attached to mails

	// Of the archives that one dropped file or one mail holds, together.
	Entries  int           // files and folders listed in them
	Unpacked int64         // bytes of what is taken out of them
	Ratio    int           // how many times larger than its packed bytes a file beyond 1 MB may be
	Archives int           // archives within archives: 1 allows none, 2 one in another
	Time     time.Duration // after which reading a .rar is given up: its format can hold programs
}

// DefaultLimits are far above what an agency sends and well below what hurts:
// a mail of 40 MB with 20 attachments of 20 MB, 200 parts, nested 20 deep;
// archives of 1,000 entries and 64 MB, one within another.
func DefaultLimits() Limits {
	return Limits{
		Message:     40 << 20,
		File:        20 << 20,
		Attachments: 20,
		Parts:       200,
		Nesting:     20,
		Entries:     1_000,
		Unpacked:    64 << 20,
		Ratio:       100,
		Archives:    2,
		Time:        20 * time.Second,
	}
}

// orDefault is l with the default for every field that is zero.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	return Limits{
		Message:     cmp.Or(l.Message, d.Message),
		File:        cmp.Or(l.File, d.File),
		Attachments: cmp.Or(l.Attachments, d.Attachments),
		Parts:       cmp.Or(l.Parts, d.Parts),
		Nesting:     cmp.Or(l.Nesting, d.Nesting),
		Entries:     cmp.Or(l.Entries, d.Entries),
		Unpacked:    cmp.Or(l.Unpacked, d.Unpacked),
		Ratio:       cmp.Or(l.Ratio, d.Ratio),
		Archives:    cmp.Or(l.Archives, d.Archives),
		Time:        cmp.Or(l.Time, d.Time),
	}
}

// Limits that no office has a reason to change.
const (
	maxHeader     = 1 << 20   // bytes of the header of one mail
	maxField      = 64 << 10  // bytes of one header field
	maxMedia      = 8 << 10   // bytes of a Content-Type or Content-Disposition
	maxText       = 1 << 20   // bytes of the plain body that is kept
	maxName       = 200       // runes of a file name that is shown
	maxSubject    = 500       // runes of a subject that is shown
	maxReason     = 200       // bytes of what the mail server said, in a finding
	ratioGrace    = 1 << 20   // bytes up to which a packed file may be packed as tightly as it likes
	maxWindow     = 64 << 20  // bytes of memory for what an archive's method looks back at
	maxDirectory  = 4 << 20   // bytes of a 7z archive's unpacked list of files
	maxThread     = 20        // mails that a mail may answer
	maxMessageID  = 300       // bytes of the id of one of them
	maxSignatures = 5         // DKIM signatures that are looked at
	maxRecipients = 200       // recipients that a bounce may speak of
	maxASN        = 20        // elements within elements of an S/MIME object
	maxFieldsASN  = 50        // elements of one element of it that are looked at
	maxSignature  = 200 << 10 // bytes up to which an image inside the body is taken for a signature's
)
