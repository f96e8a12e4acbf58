package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"maps"
	"mime"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/agency"
)

// mailStamp is how mail writes a time (RFC 5322 §3.3).
const mailStamp = "Mon, 02 Jan 2006 15:04:05 -0700"

// compose is a made-up mail as it lies in the mailbox, the n-th of the story,
// with what the office's own mail server wrote on top of it.
func (s *demoStory) compose(m demoMail, n int) ([]byte, error) {
	var b bytes.Buffer
	at := m.at.In(agency.Zone)
	verdict := m.Verdict
	if verdict == "" {
		verdict = "pass"
	}
	domain := m.From[strings.LastIndexByte(m.From, '@')+1:]
	for _, field := range [][2]string{
		{"Return-Path", "<" + m.From + ">"},
		{"Received", fmt.Sprintf("from mta.%s (mta.%s [192.0.2.%d])\r\n\tby mx.daknong.example with ESMTPS id D%04d\r\n\tfor <%s>; %s",
			domain, domain, n, n, s.Office.Address, at.Format(mailStamp))},
		{"Authentication-Results", fmt.Sprintf("mx.daknong.example;\r\n\tdmarc=%s header.from=%s", verdict, domain)},
		{"From", demoAddress{m.Name, m.From}.written()},
		{"To", s.Office.written()},
		{"Subject", mime.BEncoding.Encode("utf-8", m.Subject)},
		{"Date", at.Add(-5 * time.Second).Format(mailStamp)},
		{"Message-ID", fmt.Sprintf("<demo.%d@%s>", n, domain)},
		{"MIME-Version", "1.0"},
	} {
		fmt.Fprintf(&b, "%s: %s\r\n", field[0], field[1])
	}
	for _, name := range slices.Sorted(maps.Keys(m.Head)) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, m.Head[name])
	}
	if m.Report == nil {
		b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
		b.Write(lines64([]byte(m.Body)))
		return b.Bytes(), nil
	}
	err := s.attach(&b, m, n)
	return b.Bytes(), err
}

func (a demoAddress) written() string {
	address := a.mail()
	return address.String()
}

// attach writes the body with the report beside it.
func (s *demoStory) attach(b *bytes.Buffer, m demoMail, n int) error {
	data, err := s.workbook(m.Report)
	if err != nil {
		return fmt.Errorf("workbook %q: %w", m.File, err)
	}
	name, kind := m.File, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if m.Zip != "" {
		if data, err = zipped(m.File, data); err != nil {
			return fmt.Errorf("archive %q: %w", m.Zip, err)
		}
		name, kind = m.Zip, "application/zip"
	}
	w := multipart.NewWriter(b)
	if err := w.SetBoundary(fmt.Sprintf("demo-%d", n)); err != nil {
		return err
	}
	fmt.Fprintf(b, "Content-Type: multipart/mixed; boundary=%s\r\n\r\n", w.Boundary())
	for _, part := range []struct {
		head textproto.MIMEHeader
		data []byte
	}{
		{textproto.MIMEHeader{"Content-Type": {"text/plain; charset=utf-8"}}, []byte(m.Body)},
		{textproto.MIMEHeader{
			"Content-Type":        {kind},
			"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": name})},
		}, data},
	} {
		part.head.Set("Content-Transfer-Encoding", "base64")
		p, err := w.CreatePart(part.head)
		if err != nil {
			return err
		}
		if _, err := p.Write(lines64(part.data)); err != nil {
			return err
		}
	}
	return w.Close()
}

// zipped is an archive of one file.
func zipped(name string, data []byte) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(data); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// lines64 is base64 in lines that every mail server takes (RFC 2045 §6.8).
func lines64(data []byte) []byte {
	const width = 76
	var b bytes.Buffer
	text := base64.StdEncoding.EncodeToString(data)
	for len(text) > width {
		b.WriteString(text[:width] + "\r\n")
		text = text[width:]
	}
	b.WriteString(text + "\r\n")
	return b.Bytes()
}
