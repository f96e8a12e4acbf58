package collect

import (
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// bracketed finds the message ids of a field. Programs that fold long lines
// break some of them in the middle.
var bracketed = regexp.MustCompile(`<([^<>]+)>`)

// threadOf is the mails that a mail says it answers, by their Message-ID and the
// nearest first: In-Reply-To, then References from its end (RFC 5322 §3.6.4).
// Each stands once, and there are at most maxThread.
func threadOf(header textproto.MIMEHeader) []string {
	var ids []string
	add := func(id string) {
		id = strings.Join(strings.Fields(id), "")
		if id == "" || len(id) > maxMessageID || id != oneLine(id) || slices.Contains(ids, id) || len(ids) >= maxThread {
			return
		}
		ids = append(ids, id)
	}
	for _, id := range idsIn(header["In-Reply-To"]) {
		add(id)
	}
	for _, id := range slices.Backward(idsIn(header["References"])) {
		add(id)
	}
	return ids
}

// idsIn are the message ids of fields, without angle brackets. Of a field over
// the limit the end counts, where the nearest mails stand.
func idsIn(fields []string) []string {
	var ids []string
	for _, field := range fields[:min(len(fields), maxThread)] {
		field = field[max(0, len(field)-maxField):]
		for _, m := range bracketed.FindAllStringSubmatch(field, -1) {
			ids = append(ids, m[1])
		}
	}
	return ids
}
