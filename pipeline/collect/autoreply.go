package collect

import (
	"net/textproto"
	"strings"
)

// autoReply reports whether a program sent the mail of its own accord: an
// out-of-office note, a bounce, a receipt. Such a mail is no report and must
// not be answered (RFC 3834 §2, RFC 5230 §4.6).
func autoReply(header textproto.MIMEHeader, contentType, from string) bool {
	if v := keyword(header, "Auto-Submitted"); v != "" && v != "no" {
		return true
	}
	if path := header.Values("Return-Path"); len(path) > 0 && strings.TrimSpace(path[0]) == "<>" {
		return true
	}
	if keyword(header, "Precedence") == "auto_reply" {
		return true
	}
	for _, name := range []string{
		"X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Autoresponder",
		"X-Mail-Autoreply", "X-Failed-Recipients",
	} {
		if v := keyword(header, name); v != "" && v != "no" {
			return true
		}
	}
	local, _, _ := strings.Cut(from, "@")
	return contentType == "multipart/report" || local == "mailer-daemon"
}

// throughList reports whether a mail came through a mailing list, or was sent
// to many at once. It must not be answered either (RFC 3834 §2), but a person
// may have attached a report to it.
func throughList(header textproto.MIMEHeader) bool {
	switch keyword(header, "Precedence") {
	case "bulk", "list", "junk":
		return true
	}
	// RFC 2369, RFC 2919.
	for _, name := range []string{
		"List-Id", "List-Help", "List-Subscribe", "List-Unsubscribe",
		"List-Post", "List-Owner", "List-Archive",
	} {
		if len(header.Values(name)) > 0 {
			return true
		}
	}
	return false
}

// keyword is the first word of a header field in lower case.
func keyword(header textproto.MIMEHeader, name string) string {
	words := strings.FieldsFunc(strings.ToLower(cut(header.Get(name), maxField)), func(r rune) bool {
		return r == ' ' || r == '\t' || r == ';' || r == '('
	})
	if len(words) == 0 {
		return ""
	}
	return words[0]
}
