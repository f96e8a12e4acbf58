package collect

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"regexp"
	"strings"

	"github.com/emersion/go-msgauth/authres"
)

// errComment says that a comment or a quotation in a header field never ends.
var errComment = errors.New("unclosed comment or quotation")

// doubt is why nobody vouches for a sender, as a finding says it.
type doubt struct {
	code string // one of those below
	got  string // what was read, in the notation of RFC 8601: "dmarc=fail"
}

// vouched reports whether our own mail server vouches for the domain of from,
// and if not, why not.
//
// Only the topmost Authentication-Results counts, and only when it carries our
// server's name: whatever stands below may have been written by anybody
// (RFC 8601 §5). The domain is vouched for by DMARC; or by a DKIM signature or
// an SPF pass of an aligned domain, see [aligned]. A failed DMARC outweighs
// the other two, because it means that the domain asks for more than we check.
func (r Reader) vouched(from string, fields []string) (ok bool, why doubt) {
	switch {
	case from == "":
		return false, doubt{code: codeSenderNotSingle}
	case r.AuthservID == "" || len(fields) == 0:
		return false, doubt{code: codeVerdictMissing}
	}
	plain, err := plainField(cut(fields[0], maxField))
	if err != nil {
		return false, doubt{code: codeVerdictUnreadable}
	}
	id, results, err := authres.Parse(plain)
	switch {
	case err != nil:
		return false, doubt{code: codeVerdictUnreadable}
	case !strings.EqualFold(id, r.AuthservID):
		return false, doubt{codeVerdictForeign, oneLine(cut(id, maxReason))}
	}
	domain := domainOf(from)
	var said []string
	for _, result := range results {
		method, value, by := verdict(result)
		if method == "" {
			continue
		}
		pass := value == authres.ResultPass && aligned(domain, by)
		if method == "dmarc" {
			// DMARC is itself about the domain in From (RFC 7489 §3.1).
			pass = value == authres.ResultPass && strings.EqualFold(domain, by)
			if value == authres.ResultFail {
				return false, doubt{codeVerdictFailed, "dmarc=fail"}
			}
		}
		ok = ok || pass
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s=%s %s", method, value, by)))
	}
	if !ok && len(said) == 0 {
		return false, doubt{code: codeVerdictMissing}
	}
	return ok, doubt{codeVerdictFailed, oneLine(cut(strings.Join(said, ", "), maxReason))}
}

// verdict is what one result says, and of which domain.
func verdict(result authres.Result) (method string, value authres.ResultValue, domain string) {
	switch r := result.(type) {
	case *authres.DMARCResult:
		return "dmarc", r.Value, r.From
	case *authres.DKIMResult:
		if r.Domain != "" {
			return "dkim", r.Value, r.Domain
		}
		return "dkim", r.Value, domainOf(r.Identifier)
	case *authres.SPFResult:
		return "spf", r.Value, domainOf(r.From)
	}
	return "", "", ""
}

// domainOf is the part of an address, or of a bare domain, after the last @.
func domainOf(address string) string {
	return address[strings.LastIndexByte(address, '@')+1:]
}

// aligned reports whether one of the domains is the other or lies within it.
// It is the relaxed alignment of RFC 7489 §3.1 without a list of public
// suffixes: sister domains, which that would also accept, are not aligned
// here, and a domain of one label never is.
func aligned(from, by string) bool {
	from, by = strings.ToLower(from), strings.ToLower(by)
	if !strings.Contains(from, ".") || !strings.Contains(by, ".") {
		return false
	}
	return from == by || strings.HasSuffix(from, "."+by) || strings.HasSuffix(by, "."+from)
}

var aroundEquals = regexp.MustCompile(`\s*=\s*`)

// plainField is a header field without comments, which may stand anywhere
// (RFC 5322 §3.2.2), and without quotations: their blanks, semicolons and
// equal signs, which somebody outside may have chosen, become "_". Package
// authres knows neither of the two.
func plainField(s string) (string, error) {
	var b strings.Builder
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := c == '\\' && i+1 < len(s) && (quoted || depth > 0)
		if escaped {
			i++
			c = s[i]
		}
		switch {
		case depth > 0:
			if !escaped && c == '(' {
				depth++
			}
			if !escaped && c == ')' {
				depth--
			}
		case !escaped && c == '"':
			quoted = !quoted
		case quoted:
			if strings.IndexByte(" \t\r\n;=()", c) >= 0 {
				c = '_'
			}
			b.WriteByte(c)
		case c == '(':
			depth++
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	if depth > 0 || quoted {
		return "", errComment
	}
	return aroundEquals.ReplaceAllString(b.String(), "="), nil
}

// bareAddress finds addresses in a From field that does not keep to the rules.
var bareAddress = regexp.MustCompile(`[^\s<>()\[\]:;,"@]+@[^\s<>()\[\]:;,"@]+`)

// wholeAddress is what an address in the directory may look like.
var wholeAddress = regexp.MustCompile(`^[^\s<>()\[\]:;,"@]+@[\pL\pN._-]+$`)

// sender is the one address in a mail's From fields, in lower case; empty when
// there is none, or more than one, in one field or in several.
func sender(fields []string) string {
	if len(fields) != 1 || len(fields[0]) > maxField {
		return ""
	}
	// Decoding would let an encoded word forge an address, so only bare 8-bit
	// letters are made UTF-8, which the parser wants.
	field := decodeCharset("", []byte(fields[0]))
	list, err := (&mail.AddressParser{WordDecoder: anyCharset()}).ParseList(field)
	if err != nil {
		found := bareAddress.FindAllString(field, 2)
		if len(found) != 1 || strings.Count(field, "@") != 1 {
			return ""
		}
		return strings.ToLower(found[0])
	}
	// The parser takes an encoded word with an @ in it for an address.
	if len(list) != 1 || !wholeAddress.MatchString(list[0].Address) {
		return ""
	}
	return strings.ToLower(list[0].Address)
}

// anyCharset lets the parser pass over display names in charsets that it does
// not know; they are not used.
func anyCharset() *mime.WordDecoder {
	return &mime.WordDecoder{
		CharsetReader: func(_ string, name io.Reader) (io.Reader, error) { return name, nil },
	}
}
