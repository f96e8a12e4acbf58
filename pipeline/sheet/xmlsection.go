package sheet

import "strings"

// section reads a CDATA section.
func (s *scanner) section() error {
	s.pos += len("<![CDATA[")
	raw, _, ok := strings.Cut(s.src[s.pos:], "]]>")
	if !ok {
		return errCut
	}
	s.pos += len(raw) + len("]]>")
	if !allowed(raw) {
		return errCharacter
	}
	s.chars = newlines(raw)
	return nil
}

// comment passes over a comment.
func (s *scanner) comment() error {
	s.pos += len("<!--")
	end := strings.Index(s.src[s.pos:], "--")
	if end < 0 {
		return errCut
	}
	s.pos += end + len("--")
	if s.peek() != '>' {
		return errComment
	}
	s.pos++
	return nil
}

// instruction passes over a processing instruction; the XML declaration may
// name no other character set than ours.
func (s *scanner) instruction() error {
	body, _, ok := strings.Cut(s.src[s.pos+len("<?"):], "?>")
	if !ok {
		return errCut
	}
	s.pos += len("<?") + len(body) + len("?>")
	if body == "" || !isWord(body[0]) {
		return errTag
	}
	target, body, _ := strings.Cut(body, " ")
	if target != "xml" || s.anySet {
		return nil
	}
	_, set, ok := strings.Cut(body, "encoding")
	if !ok {
		return nil
	}
	set = strings.TrimLeft(set, " \t\r\n=")
	if set == "" || set[0] != '"' && set[0] != '\'' {
		return nil
	}
	set, _, _ = strings.Cut(set[1:], set[:1])
	if !strings.EqualFold(set, "utf-8") && set != "" {
		return errCharset
	}
	return nil
}
