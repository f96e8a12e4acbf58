//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// killMail is a mail of the kill test.
type killMail struct {
	id        string // Message-ID, without angle brackets
	raw       string
	documents []string // hashes of its attachments
	sender    string
	answered  bool // it is to get a receipt
}

func (m killMail) sha() string { return sumOf(m.raw) }

func sumOf(data string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(data))) }

// killReports are workbooks that agencies sent in the made-up year.
var killReports = []struct{ agency, file string }{
	{"snv", "2018-03-14/BC CCHC quy I nam 2018 - SNV.xlsx"},
	{"syt", "2018-03-15/Báo cáo CCHC quý I - Sở Y tế.xlsx"},
	{"stp", "2018-03-15/bao-cao-so-tu-phap-quy-I.xlsx"},
	{"stnmt", "2018-03-15/stnmt_cchc_q1_2018.xlsx"},
	{"svhttdl", "2018-03-14/BC-CCHC-quy-I-SVHTTDL.xlsx"},
	{"sgtvt", "2018-03-13/Phu luc CCHC quy I - So GTVT.xlsx"},
	{"cujut", "2018-03-14/bao-cao-ubnd-huyen-cu-jut-quy-I.xlsx"},
	{"tuyduc", "2018-03-19/phu luc cchc huyen tuy duc.xlsx"},
}

// killMails are so many different mails: reports with one workbook and with two,
// a large one, a document that came before, nothing to report, nothing at all, and what is
// not to be answered.
func killMails(t *testing.T, many int) []killMail {
	t.Helper()
	var books [][]byte
	for _, r := range killReports {
		data, err := os.ReadFile(filepath.Join("../../inbox/mau-2018", r.file))
		if err != nil {
			t.Fatal(err)
		}
		books = append(books, data)
	}
	var mails []killMail
	for n := range many {
		i := n % len(books)
		m := killMail{
			id: fmt.Sprintf("2018.%04d@daknong.example", n), sender: killReports[i].agency + "@daknong.example", answered: true,
		}
		subject, text, head := "Bao cao CCHC quy I nam 2018", "Kinh gui bao cao.", ""
		var files [][]byte
		switch n % 12 {
		case 0, 1, 2, 5, 9:
			files = [][]byte{numbered(books[i], n)}
		case 6:
			files = [][]byte{numbered(heavy(t, books[i]), n)}
		case 3: // what the mail of the day before brought
			files = [][]byte{numbered(books[i], max(0, n-len(books)))}
		case 4:
			files = [][]byte{numbered(books[i], n), numbered(books[i], many+n)}
		case 7:
			text = "Quy I nam 2018 don vi khong phat sinh."
		case 8:
			subject, text = "Hoi tham", "Xin hoi lich hop."
		case 10:
			head, m.answered = "Auto-Submitted: auto-replied\r\n", false
		case 11:
			m.sender, m.answered = fmt.Sprintf("nguoi-la-%d@elsewhere.example", n), false
			files = [][]byte{numbered(books[i], n)}
		}
		m.raw = killMailText(m, subject, text, head, files)
		for _, f := range files {
			m.documents = append(m.documents, sumOf(string(f)))
		}
		mails = append(mails, m)
	}
	return mails
}

// numbered is a workbook with other bytes and the same content: a zip file may
// end with a comment.
func numbered(book []byte, n int) []byte {
	comment := fmt.Sprintf("ban so %d", n)
	b := bytes.Clone(book[:len(book)-2])
	b = binary.LittleEndian.AppendUint16(b, uint16(len(comment)))
	return append(b, comment...)
}

// heavy is a workbook with so many parts that it is read in a process of its
// own.
func heavy(t *testing.T, book []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 250 {
		if _, err := w.Create(fmt.Sprintf("docProps/%d.xml", n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func killMailText(m killMail, subject, text, head string, files [][]byte) string {
	var b strings.Builder
	domain := m.sender[strings.IndexByte(m.sender, '@')+1:]
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", m.sender)
	fmt.Fprintf(&b, "Authentication-Results: mx.daknong.example;\r\n\tdmarc=pass header.from=%s;\r\n\tspf=pass smtp.mailfrom=%s\r\n", domain, m.sender)
	fmt.Fprintf(&b, "From: <%s>\r\nTo: <cchc@daknong.example>\r\nSubject: %s\r\nMessage-ID: <%s>\r\n", m.sender, subject, m.id)
	fmt.Fprintf(&b, "Date: Wed, 14 Mar 2018 09:31:46 +0700\r\n%sMIME-Version: 1.0\r\n", head)
	b.WriteString("Content-Type: multipart/mixed; boundary=bien\r\n\r\n--bien\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n")
	for n, f := range files {
		fmt.Fprintf(&b, "--bien\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"+
			"Content-Disposition: attachment; filename=\"bao-cao-%d.xlsx\"\r\n\r\n", n+1)
		for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(f)), 76) {
			b.Write(line)
			b.WriteString("\r\n")
		}
	}
	b.WriteString("--bien--\r\n")
	return b.String()
}
