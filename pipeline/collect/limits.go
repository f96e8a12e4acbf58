package collect

// Limits are the sizes up to which a document is read. A field that is zero
// means the value of [DefaultLimits].
type Limits struct {
	Message     int64 // bytes of a whole mail
	File        int64 // bytes of a dropped file or of one attachment, decoded
	Attachments int   // attachments of one mail
	Parts       int   // MIME parts of one mail, those of the mails attached to it included
	Nesting     int   // sections within sections, and mails attached to mails
}

// DefaultLimits are far above what an agency sends and well below what hurts:
// a mail of 40 MB with 20 attachments of 20 MB, 200 parts, nested 20 deep.
func DefaultLimits() Limits {
	return Limits{
		Message:     40 << 20,
		File:        20 << 20,
		Attachments: 20,
		Parts:       200,
		Nesting:     20,
	}
}

// orDefault is l with the default for every field that is zero.
func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.Message == 0 {
		l.Message = d.Message
	}
	if l.File == 0 {
		l.File = d.File
	}
	if l.Attachments == 0 {
		l.Attachments = d.Attachments
	}
	if l.Parts == 0 {
		l.Parts = d.Parts
	}
	if l.Nesting == 0 {
		l.Nesting = d.Nesting
	}
	return l
}

// Limits that no office has a reason to change.
const (
	maxHeader    = 1 << 20   // bytes of the header of one mail
	maxField     = 64 << 10  // bytes of one header field
	maxMedia     = 8 << 10   // bytes of a Content-Type or Content-Disposition
	maxText      = 1 << 20   // bytes of the plain body that is kept
	maxName      = 200       // runes of a file name that is shown
	maxSubject   = 500       // runes of a subject that is shown
	maxReason    = 200       // bytes of what the mail server said, in a finding
	maxSignature = 200 << 10 // bytes up to which an image inside the body is taken for a signature's
)
