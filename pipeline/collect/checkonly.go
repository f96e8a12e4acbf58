package collect

import (
	"net/mail"
	"net/textproto"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// checkMark in a subject asks to look at the documents and to count none of
// them; it is found whatever its marks and its case: "[Kiểm tra]".
const checkMark = "[kiem tra]"

// checkOnly reports whether a mail asks to check its documents and to count
// none of them: by its subject, or because it went to the office's address for
// that and to no other address of the office.
func (r Reader) checkOnly(header textproto.MIMEHeader, subject string) bool {
	if strings.Contains(withoutMarks(subject), checkMark) {
		return true
	}
	address := strings.ToLower(r.CheckAddress)
	if address == "" {
		return false
	}
	there := false
	for _, field := range header.Values("To") {
		list, err := (&mail.AddressParser{WordDecoder: anyCharset()}).ParseList(decodeCharset("", []byte(cut(field, maxField))))
		if err != nil {
			return false
		}
		for _, to := range list {
			switch to := strings.ToLower(to.Address); {
			case to == address:
				there = true
			case domainOf(to) == domainOf(address):
				return false
			}
		}
	}
	return there
}

// withoutMarks is s in lower case, without marks and with single blanks.
func withoutMarks(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ' || r == 'Đ':
			return 'd'
		case unicode.IsSpace(r):
			return ' '
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer("[ ", "[", " ]", "]").Replace(s)
}
