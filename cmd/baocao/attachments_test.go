package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline"
)

// The documents that the tests below send: workbooks of the made-up year, a
// PDF that is nothing but a page to look at, and a picture.
const (
	workbookOfSTP = "2018-03-15/bao-cao-so-tu-phap-quy-I.xlsx"
	workbookOfSNV = "2018-03-14/BC CCHC quy I nam 2018 - SNV.xlsx"
	scan          = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
	picture       = "\x89PNG\r\n\x1a\n"
)

// named is a file with its content.
type named struct{ name, data string }

func sampleFile(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "inbox", "mau-2018", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func zipOf(t *testing.T, files ...named) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		e, err := w.Create(f.name)
		if err == nil {
			_, err = e.Write([]byte(f.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// mailOf is a mail from the agency, for which our mail server vouches.
func mailOf(header string, files ...named) string {
	var b strings.Builder
	b.WriteString("Received: from x by mx.daknong.example; Thu, 15 Mar 2018 09:00:00 +0700\r\n" +
		"Authentication-Results: mx.daknong.example; dmarc=pass header.from=daknong.example\r\n" +
		"From: stp@daknong.example\r\nSubject: Bao cao CCHC quy I nam 2018\r\n" + header +
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n")
	for _, f := range files {
		b.WriteString("--b\r\nContent-Type: application/octet-stream; name*=utf-8''" + strings.ReplaceAll(f.name, " ", "%20") +
			"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(f.data)) + "\r\n")
	}
	return b.String() + "--b--\r\n"
}

// baocao runs the program in the test's folder and gives what it printed.
func baocao(t *testing.T, want int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if got := Main(context.Background(), args, &stdout, &stderr, time.Now); got != want {
		t.Fatalf("baocao %v ended %d, want %d\n%s%s", args, got, want, &stdout, &stderr)
	}
	return stdout.String()
}

func drop(t *testing.T, name, data string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

// judged is what check says of one document, in short.
type judged struct {
	File, Outcome string
	Codes         []string // of errors and of what tells whose attachment it is
	Attachments   []string // kind, file and activity
}

func check(t *testing.T, want int, file string) []judged {
	t.Helper()
	var views []pipeline.CheckView
	if err := json.Unmarshal([]byte(baocao(t, want, "check", "--json", "--as-of", "2018-03-15", file)), &views); err != nil {
		t.Fatal(err)
	}
	var all []judged
	for _, v := range views {
		j := judged{File: v.File, Outcome: string(v.Outcome)}
		for _, f := range v.Findings {
			if f.Level == "error" || strings.HasPrefix(f.Code, "companion") || f.Code == "auto-reply" {
				j.Codes = append(j.Codes, f.Code)
			}
		}
		for _, a := range v.Attachments {
			j.Attachments = append(j.Attachments, strings.TrimSpace(string(a.Kind)+" "+a.File+" "+string(a.Activity)))
		}
		all = append(all, j)
	}
	return all
}

func TestCheckAttachments(t *testing.T) {
	stp := sampleFile(t, workbookOfSTP)
	tests := map[string]struct {
		file named
		ends int
		want []judged
	}{
		"a zip": {
			named{"bao-cao.zip", zipOf(t, named{"Quý I/stp.xlsx", stp}, named{"Quý I/stp (ký).pdf", scan}, named{"__MACOSX/._stp.xlsx", "x"})}, 0,
			[]judged{
				{"bao-cao.zip/Quý I/stp.xlsx", "accept", nil, []string{"signed bao-cao.zip/Quý I/stp (ký).pdf"}},
				{"bao-cao.zip/Quý I/stp (ký).pdf", "ignore", []string{"companion-signed"}, nil},
			},
		},
		"a workbook with its signed copy and its evidence": {
			named{"thu.eml", mailOf("", named{"scan0001.pdf", scan}, named{"bao-cao.xlsx", stp}, named{"HD 2.1.1.png", picture}, named{"anh hoi nghi.png", picture + "2"})}, 0,
			[]judged{
				{"scan0001.pdf", "ignore", []string{"companion-signed"}, nil},
				{"bao-cao.xlsx", "accept", nil, []string{"evidence HD 2.1.1.png 2.1.1", "evidence anh hoi nghi.png", "signed scan0001.pdf"}},
				{"HD 2.1.1.png", "ignore", []string{"companion-evidence"}, nil},
				{"anh hoi nghi.png", "ignore", []string{"companion-evidence"}, nil},
			},
		},
		"a workbook in a zip, its signed copy beside the zip": {
			named{"thu.eml", mailOf("", named{"bieu.zip", zipOf(t, named{"a.xlsx", stp})}, named{"a.pdf", scan})}, 0,
			[]judged{
				{"bieu.zip/a.xlsx", "accept", nil, []string{"signed a.pdf"}},
				{"a.pdf", "ignore", []string{"companion-signed"}, nil},
			},
		},
		"a signed copy alone": {
			named{"thu.eml", mailOf("", named{"bao-cao.pdf", scan})}, 3,
			[]judged{{"bao-cao.pdf", "reject", []string{"file-is-pdf"}, nil}},
		},
		"several agencies": {
			named{"tong-hop.zip", zipOf(t, named{"stp.xlsx", stp}, named{"snv.xlsx", sampleFile(t, workbookOfSNV)}, named{"van ban.pdf", scan}, named{"stp.pdf", scan + "2"})}, 0,
			[]judged{
				{"tong-hop.zip/stp.xlsx", "accept", nil, []string{"signed tong-hop.zip/stp.pdf"}},
				{"tong-hop.zip/snv.xlsx", "accept", nil, nil},
				{"tong-hop.zip/van ban.pdf", "ignore", []string{"companion-of-several"}, nil},
				{"tong-hop.zip/stp.pdf", "ignore", []string{"companion-signed"}, nil},
			},
		},
		"through a mailing list": {
			named{"thu.eml", mailOf("List-Id: <cchc.daknong.example>\r\n", named{"bao-cao.xlsx", stp}, named{"ban-tin.docx", "PK"})}, 3,
			[]judged{
				{"bao-cao.xlsx", "review", []string{"mail-through-list"}, nil},
				{"ban-tin.docx", "ignore", []string{"auto-reply"}, nil},
			},
		},
		"an archive with a password": {
			named{"khoa.rar", sampleArchive(t, "encrypted5.rar")}, 3,
			[]judged{{"khoa.rar", "reject", []string{"file-encrypted"}, nil}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			drop(t, tt.file.name, tt.file.data)
			if diff := cmp.Diff(tt.want, check(t, tt.ends, tt.file.name)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func sampleArchive(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "pipeline", "collect", "testdata", "archive", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// state is how an agency stands in status --json.
func state(t *testing.T, id string) string {
	t.Helper()
	var views []pipeline.AgencyView
	if err := json.Unmarshal([]byte(baocao(t, 0, "status", "--json", "2018-Q1")), &views); err != nil {
		t.Fatal(err)
	}
	for _, v := range views {
		if string(v.Agency) == id {
			return string(v.State)
		}
	}
	t.Fatalf("%s is not on the board", id)
	return ""
}

// A dropped folder with a workbook and its signed copy: the copy is kept and is
// no fault, in whichever order they come; the copy alone is one.
func TestStatusOfDroppedFolder(t *testing.T) {
	stp := sampleFile(t, workbookOfSTP)
	t.Chdir(t.TempDir())
	drop(t, "inbox/2018-03-15/stp/scan.pdf", scan)
	baocao(t, 0, "collect")
	if got := state(t, "stp"); got != "missing" {
		t.Errorf("a scan alone, of nobody knows whom: got %s, want missing", got)
	}
	drop(t, "inbox/2018-03-15/stp/bao-cao.xlsx", stp)
	baocao(t, 0, "collect")
	if got := state(t, "stp"); got != "accepted" {
		t.Errorf("got %s, want accepted", got)
	}
	var view pipeline.StatementView
	if err := json.Unmarshal([]byte(baocao(t, 0, "statement", "--json", "2018-Q1")), &view); err != nil {
		t.Fatal(err)
	}
	if a := view.Attachments; len(a) != 1 || a[0].File != "scan.pdf" || a[0].Kind != "signed" || a[0].Agency != "stp" {
		t.Errorf("got attachments %+v, want the scan as signed by stp", a)
	}
	for _, f := range view.Findings {
		if f.Code == "file-is-pdf" {
			t.Errorf("got finding %q, want none about the signed copy", f.Message)
		}
	}
}

// A mail in which an agency sends only a scan makes it rejected; the workbook in
// a second mail does not need the scan again.
func TestStatusOfScanAlone(t *testing.T) {
	stp := sampleFile(t, workbookOfSTP)
	t.Chdir(t.TempDir())
	drop(t, "inbox/mail/1.eml", mailOf("", named{"bao-cao.pdf", scan}))
	baocao(t, 0, "collect")
	if got := state(t, "stp"); got != "rejected" {
		t.Errorf("got %s, want rejected", got)
	}
	drop(t, "inbox/mail/2.eml", mailOf("", named{"bao-cao.pdf", scan}, named{"bieu.zip", zipOf(t, named{"bieu.xlsx", stp})}))
	baocao(t, 0, "collect")
	if got := state(t, "stp"); got != "accepted" {
		t.Errorf("got %s, want accepted", got)
	}
}
