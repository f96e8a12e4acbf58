package collect

import (
	"path"
	"strings"
)

// technical are the types of parts that belong to the mail and not to what it
// brings: receipts, signatures, invitations and visiting cards.
var technical = []string{
	"message/disposition-notification", "message/feedback-report",
	"application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
	"application/x-pkcs7-signature", "text/calendar", "application/ics", "text/vcard", "text/x-vcard",
	"text/directory",
}

// isCMS reports whether a part is an S/MIME object that may hold others.
func isCMS(kind, name string) bool {
	return kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime" ||
		strings.EqualFold(path.Ext(name), ".p7m")
}

// isInvitation reports whether a part asks to a meeting, or answers such a mail
// (RFC 6047 §2.4). A calendar that somebody attached does not.
func isInvitation(p part, disposition string) bool {
	return p.kind == "text/calendar" && p.params["method"] != "" && disposition != "attachment"
}

// isBody reports whether a part is text for the reader of the mail and no file.
func isBody(kind, disposition, name string) bool {
	return name == "" && disposition != "attachment" &&
		(kind == "" && disposition == "" || strings.HasPrefix(kind, "text/"))
}

// isSignature reports whether a part is the logo in somebody's signature.
func isSignature(p part, disposition string, data []byte) bool {
	return strings.HasPrefix(p.kind, "image/") && disposition != "attachment" &&
		p.header.Get("Content-Id") != "" && len(data) <= maxSignature
}

// extension is the ending of a file that came without a name.
func extension(kind string) string {
	switch kind {
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return ".xlsx"
	case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return ".docx"
	case "application/vnd.ms-excel":
		return ".xls"
	case "application/vnd.oasis.opendocument.spreadsheet":
		return ".ods"
	case "application/pdf":
		return ".pdf"
	case "application/zip":
		return ".zip"
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return ".dat"
	case "text/csv":
		return ".csv"
	}
	return ""
}
