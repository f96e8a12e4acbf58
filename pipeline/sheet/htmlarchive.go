package sheet

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/viet"
)

// errNotWhole is a page saved with its pictures that ends within a part.
var errNotWhole = errors.New("web archive without end")

// readWebArchive reads the pages in an archive of RFC 2557, as which Excel and
// browsers save pages with all that belongs to them.
func readWebArchive(book *Book, text string) ([]finding.Finding, error) {
	message, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		return nil, corrupt("", err)
	}
	head := textproto.MIMEHeader(message.Header)
	kind, parameters, err := mime.ParseMediaType(head.Get("Content-Type"))
	switch {
	case err != nil:
		return nil, corrupt("", err)
	case kind == "text/html":
		page, err := webPage(head, message.Body)
		if err != nil {
			return nil, err
		}
		return readWebPages(book, page)
	case kind != "multipart/related":
		return nil, &damage{code: string(isWeb)} // a mail
	}
	boundary := parameters["boundary"]
	if boundary == "" || !strings.Contains(text, "--"+boundary+"--") {
		return nil, corrupt("", errNotWhole)
	}
	var pages []string
	parts := multipart.NewReader(message.Body, boundary)
	for left := maxContent; ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return readWebPages(book, pages...)
		}
		if err != nil {
			return nil, corrupt("", errNotWhole)
		}
		if kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind != "text/html" {
			continue
		}
		page, err := webPage(part.Header, part)
		if err != nil {
			return nil, err
		}
		if left -= len(page); left < 0 {
			return nil, beyondBytes(codeUnpacked, "", uint64(maxContent-left), maxContent)
		}
		if len(pages) == maxEntries {
			return nil, beyond(codeEntries, "", maxEntries+1, maxEntries)
		}
		pages = append(pages, page)
	}
}

// webPage is the page in a part of an archive.
func webPage(head textproto.MIMEHeader, body io.Reader) (string, error) {
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	data, err := io.ReadAll(body) // no longer than the file that was read
	if err != nil {
		return "", corrupt("", errNotWhole)
	}
	text, kind := decodeText(data)
	switch kind {
	case isText, isEmpty:
		return text, nil
	case isNotUTF8: // perhaps only the head of the part says what it is
		_, parameters, _ := mime.ParseMediaType(head.Get("Content-Type"))
		if text, ok := viet.DecodeCharset(parameters["charset"], data); ok {
			return text, nil
		}
	}
	return "", &damage{code: string(kind)}
}
