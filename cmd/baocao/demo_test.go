package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// playDemo runs demo --json in a new folder.
func playDemo(t *testing.T) demoView {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := Main(t.Context(), []string{"demo", "--json", "--keep", filepath.Join(t.TempDir(), "new")}, &stdout, &stderr, time.Now); code != exitDone {
		t.Fatalf("demo ended %d: %s", code, stderr.String())
	}
	var v demoView
	if err := json.Unmarshal(stdout.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDemo(t *testing.T) {
	v := playDemo(t)
	nothingRuns(t)
	t.Run("mails", func(t *testing.T) { demoTellsOfEachMail(t, v) })
	t.Run("letters", func(t *testing.T) { demoLettersCarryTheirFiles(t, v) })
	t.Run("nothing left", func(t *testing.T) { demoLeavesNothing(t, v) })
	t.Run("same each time", func(t *testing.T) { demosAreTheSame(t, v, playDemo(t)) })
}

func demoTellsOfEachMail(t *testing.T, v demoView) {
	type became struct{ From, Letter, Reason string }
	var got []became
	for _, m := range v.Mails {
		got = append(got, became{strings.TrimSuffix(m.From, "@daknong.example"), m.Letter, m.Reason})
		if m.About == "" || spoken[m.Letter+m.Reason] == "" {
			t.Errorf("mail from %s: nothing is told of it", m.From)
		}
	}
	want := []became{
		{From: "dakrlap", Letter: "receipt-accepted"},
		{From: "stttt", Letter: "receipt-accepted"},
		{From: "stc", Letter: "receipt-accepted"},
		{From: "stp", Letter: "receipt-accepted"},
		{From: "stttt", Letter: "receipt-accepted"},
		{From: "sxd", Letter: "receipt-accepted"},
		{From: "bdt", Letter: "receipt-nil"},
		{From: "syt", Letter: "receipt-rejected"},
		{From: "krongno", Letter: "receipt-held"},
		{From: "stc", Reason: "unauthenticated"},
		{From: "ca-nhan@mail.example", Reason: "unknown-sender"},
		{From: "cujut", Letter: "receipt-check"},
		{From: "bqlkcn", Letter: "receipt-nothing"},
		{From: "skhcn", Reason: "auto-reply"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
	wantFiles := []string{"bdt", "bqlkcn", "cujut", "dakrlap", "krongno", "lanh-dao", "stc", "stp", "stttt-2", "stttt", "sxd", "syt", "tong-hop"}
	var files []string
	for _, f := range v.Received {
		files = append(files, strings.Replace(strings.TrimSuffix(filepath.Base(f), ".eml"), "@daknong.example", "", 1))
	}
	if diff := cmp.Diff(wantFiles, files); diff != "" {
		t.Errorf("letters received (-want +got):\n%s", diff)
	}
	if got, want := v.Fetched.Stored, len(v.Mails); got != want {
		t.Errorf("mails fetched: got %d, want %d", got, want)
	}
}

func demosAreTheSame(t *testing.T, v, again demoView) {
	files := func(v demoView) map[string][]byte {
		all := map[string][]byte{}
		names := slices.Clone(v.Received)
		for _, f := range v.Report.Files {
			names = append(names, f.Path)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all[filepath.Base(name)] = data
		}
		return all
	}
	one, two := files(v), files(again)
	if len(one) < 15 || one["bao-cao-2018-Q1.pdf"] == nil || one["bao-cao-2018-Q1.xlsx"] == nil {
		t.Errorf("got %d files, want letters and report", len(one))
	}
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("two demos differ:\n%.2000s", diff)
	}
}

// attachments are a letter's files by name.
func attachments(t *testing.T, file string) map[string][]byte {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := mail.ReadMessage(f)
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := r.NextPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if name := part.FileName(); name != "" {
			if all[name], err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, part)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func demoLettersCarryTheirFiles(t *testing.T, v demoView) {
	received := filepath.Join(v.Folder, "received")
	rejected := attachments(t, filepath.Join(received, "syt@daknong.example.eml"))
	marked, err := excelize.OpenReader(bytes.NewReader(rejected["bao-cao-so-y-te-quy-1.ra-soat.xlsx"]))
	if err != nil {
		t.Fatalf("marked workbook: %v", err)
	}
	defer marked.Close()
	if got, want := len(marked.GetSheetList()), 2; got != want {
		t.Errorf("sheets of the marked workbook: got %d, want %d: the report's and that of the remarks", got, want)
	}
	pdfs := 0
	for name, data := range rejected {
		if filepath.Ext(name) == ".pdf" && bytes.HasPrefix(data, []byte("%PDF-")) {
			pdfs++
		}
	}
	if pdfs != 1 {
		t.Errorf("receipts as PDF: got %d, want 1", pdfs)
	}
	report := attachments(t, filepath.Join(received, "lanh-dao@daknong.example.eml"))
	for _, f := range v.Report.Files[:2] {
		data, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(report[filepath.Base(f.Path)], data) {
			t.Errorf("%s in the letter differs from that of the report", filepath.Base(f.Path))
		}
	}
}

func demoLeavesNothing(t *testing.T, v demoView) {
	for _, addr := range []string{v.Mailbox, v.MailServer} {
		host, _, err := net.SplitHostPort(addr)
		if err != nil || !net.ParseIP(host).IsLoopback() {
			t.Errorf("server at %q, want an address of this computer alone", addr)
		}
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			t.Errorf("a server still answers at %s", addr)
		}
	}
	if _, err := os.Stat(filepath.Join(v.Folder, "mailbox-password")); err == nil {
		t.Error("the mailbox's password is still there")
	}
}

// nothingRuns makes sure that no goroutine of a server or of the pipeline is
// left. One that has done its work may still be on its way out.
func nothingRuns(t *testing.T) {
	t.Helper()
	var stacks bytes.Buffer
	for range 1000 {
		stacks.Reset()
		if err := pprof.Lookup("goroutine").WriteTo(&stacks, 1); err != nil {
			t.Fatal(err)
		}
		if s := stacks.String(); !strings.Contains(s, "emersion/go-") && !strings.Contains(s, "baocao/pipeline") {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("still running:\n%s", stacks.String())
}

// endsAfter is a context that somebody ends (Ctrl-C) when it has been asked so
// many times.
type endsAfter struct {
	context.Context
	end  context.CancelFunc
	left atomic.Int64
}

func (c *endsAfter) Err() error {
	if c.left.Add(-1) == 0 {
		c.end()
	}
	return c.Context.Err()
}

func TestDemoInterrupted(t *testing.T) {
	for _, times := range []int64{1, 40, 120} {
		inner, end := context.WithCancel(t.Context())
		ctx := &endsAfter{Context: inner, end: end}
		ctx.left.Store(times)
		folder := filepath.Join(t.TempDir(), "new")
		var stdout, stderr bytes.Buffer
		if code := Main(ctx, []string{"demo", "--keep", folder}, &stdout, &stderr, time.Now); code != exitFailed {
			t.Errorf("asked %d times: ended %d, want %d", times, code, exitFailed)
		}
		if !strings.Contains(stderr.String(), "context canceled; what was made so far lies in "+folder) {
			t.Errorf("asked %d times: got %q", times, stderr.String())
		}
		nothingRuns(t)
		if _, err := os.Stat(filepath.Join(folder, "mailbox-password")); err == nil {
			t.Errorf("asked %d times: the mailbox's password is still there", times)
		}
		end()
	}
}
