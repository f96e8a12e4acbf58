package sheet

import (
	"bytes"
	"unicode/utf8"
)

// kind is what a document is. The kinds that are not read are named by the
// code of the finding that says so.
type kind string

const (
	isText     kind = "text"
	isZip      kind = "zip"
	isWorkbook kind = "workbook"
	isDocument kind = "document"

	isEmpty     kind = "file-empty"
	isTooLarge  kind = "file-too-large"
	isEncrypted kind = "file-encrypted"
	isCorrupt   kind = "file-corrupt"
	isXLS       kind = "format-xls"
	isXLSB      kind = "format-xlsb"
	isDOC       kind = "format-doc"
	isODF       kind = "format-odf"
	isWeb       kind = "format-html"
	isPDF       kind = "file-is-pdf"
	isImage     kind = "file-is-image"
	isArchive   kind = "file-is-archive"
	isMail      kind = "file-is-mail"
	isNotUTF8   kind = "text-not-utf8"
	isUnknown   kind = "file-unknown"
)

var signatures = []struct {
	start string
	kind  kind
}{
	{"PK\x03\x04", isZip},
	{"PK\x05\x06", isArchive}, // an empty zip
	{"%PDF-", isPDF},
	{"\x89PNG", isImage},
	{"\xff\xd8\xff", isImage},
	{"GIF8", isImage},
	{"II*\x00", isImage},
	{"MM\x00*", isImage},
	{"BM", isImage},
	{"Rar!\x1a\x07", isArchive},
	{"7z\xbc\xaf\x27\x1c", isArchive},
	{"\x1f\x8b", isArchive},
	{"\x78\x9f\x3e\x22", isMail}, // winmail.dat
	{"{\\rtf", isDOC},
	{"\x09\x08", isXLS}, // BIFF without its container
}

const compoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// sniff tells what data is by its first bytes; a compound file by its streams.
func sniff(data []byte) kind {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return isEmpty
	case len(data) > maxFile:
		return isTooLarge
	case bytes.HasPrefix(data, []byte(compoundFile)):
		return sniffCompound(data)
	}
	for _, s := range signatures {
		if bytes.HasPrefix(data, []byte(s.start)) && !(s.kind == isImage && isPlainText(data)) {
			return s.kind
		}
	}
	return isText // if it can be read as such
}

// sniffCompound names an OLE compound file by the streams it holds. A
// workbook within a document of another kind does not count.
func sniffCompound(data []byte) kind {
	doc, _, err := openCompound(data)
	if err != nil {
		return isCorrupt
	}
	found := isUnknown
	for range maxEntries {
		entry, err := doc.Next()
		if err != nil {
			break
		}
		switch entry.Name {
		case "EncryptedPackage":
			return isEncrypted
		case "Workbook", "Book":
			if isWorkbookStream(entry) {
				found = isXLS
			}
		case "WordDocument", "PowerPoint Document":
			if found == isUnknown {
				found = isDOC
			}
		case "__properties_version1.0":
			found = isMail
		}
	}
	return found
}

// isPlainText reports whether data is UTF-8 without control characters that no
// text has.
func isPlainText(data []byte) bool {
	if !utf8.Valid(data) {
		return false
	}
	for _, b := range data {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' {
			return false
		}
	}
	return true
}
