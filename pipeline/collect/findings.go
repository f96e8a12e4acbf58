package collect

import (
	"strconv"

	"baocao/pipeline/finding"
)

// The codes of the findings raised here.
const (
	codeFileTooLarge   = "file-too-large"
	codeFileEmpty      = "file-empty"
	codeMailUnreadable = "mail-unreadable"
	codeMailCutShort   = "mail-cut-short"
	codeNoAttachment   = "mail-without-attachment"
	codeTooManyParts   = "mail-too-many-parts"
	codeTooDeep        = "mail-too-deep"
	codeTooManyFiles   = "mail-too-many-attachments"
	codePartUnreadable = "mail-part-unreadable"
	codeDamaged        = "attachment-damaged"
	codeForwarded      = "attachment-forwarded"
	codeNotVouched     = "sender-not-authenticated"

	// Why: beside the former.
	codeSenderNotSingle   = "sender-not-single"
	codeVerdictMissing    = "sender-verdict-missing"
	codeVerdictForeign    = "sender-verdict-foreign"
	codeVerdictUnreadable = "sender-verdict-unreadable"
	codeVerdictFailed     = "sender-verdict-failed"
	codeSignatureFailed   = "sender-signature-failed"

	codeThroughList = "mail-through-list"
	codeTableInBody = "table-in-body"
	codeWithLink    = "mail-with-link"
	codeSigned      = "mail-signed"
	codeEncrypted   = "mail-encrypted"

	codeArchiveEmpty       = "archive-empty"
	codeArchiveDamaged     = "archive-damaged"
	codeArchiveEncrypted   = "file-encrypted"
	codeArchiveVolume      = "archive-volume"
	codeArchiveMethod      = "archive-method"
	codeArchiveTooLarge    = "archive-too-large"
	codeArchiveTooMany     = "archive-too-many-entries"
	codeArchiveTooDeep     = "archive-too-deep"
	codeArchiveUnsafeName  = "archive-unsafe-name"
	codeArchiveLink        = "archive-link"
	codeArchiveDuplicate   = "archive-duplicate-name"
	codeArchiveOverlapping = "archive-overlapping"
)

// tooLarge is the finding for a document of size bytes where max are allowed,
// both told in MB (of 2^20 bytes, as file managers count) rounded up.
func tooLarge(name string, size, max int64) finding.Finding {
	return finding.Finding{
		Code:  codeFileTooLarge,
		Level: finding.Error,
		Place: finding.Place{File: name},
		Got:   megabytes(size),
		Want:  megabytes(max),
	}
}

func megabytes(n int64) string {
	const mb = 1 << 20
	return strconv.FormatInt((n+mb-1)/mb, 10) + " MB"
}
