package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
	"baocao/pipeline/finding"
	"baocao/pipeline/sheet"
	"baocao/pipeline/store"
	"baocao/templates"
)

func (o *testOffice) attentionOf(t testing.TB) []Attention {
	t.Helper()
	all, err := o.Attention(context.Background(), o.now)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Message == "" || a.Advice == "" || strings.ContainsAny(a.Message+a.Advice, "{}") || strings.Contains(a.Message+a.Advice, "[[") {
			t.Errorf("%s: says %q %q", a.Kind, a.Message, a.Advice)
		}
	}
	return all
}

// listed is what a clerk is shown, in short.
func listed(all []Attention) []string {
	var short []string
	for _, a := range all {
		short = append(short, fmt.Sprintf("%s %s %d %v", a.Kind, a.Who, a.Tries, a.Alarm))
	}
	return short
}

// A program at the other end that answers each of our answers is answered so
// often and no more; the clerk is told, and others get theirs.
func TestMailLoopEnds(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	o.Outgoing.PerHour, o.Outgoing.PerDay = 3, 8
	n, heard := 0, 0
	send := func(from string) {
		n++
		o.receive(t, fmt.Sprint(n), mailing{from: from, subject: "Re: a", text: fmt.Sprint("thư ", n), at: o.now.Add(-time.Second)})
	}
	send("stp@daknong.example")
	for range 40 { // far longer than the limits last
		o.answerAll(t)
		o.deliverAll(t)
		for ; heard < server.count()["stp@daknong.example"]; heard++ {
			send("STP@daknong.example")
		}
		o.now = o.now.Add(20 * time.Minute)
	}
	if heard != 8 {
		t.Errorf("the program got %d answers, want 8", heard)
	}
	if diff := cmp.Diff([]string{"too-many-mails stp@daknong.example 1 false"}, listed(o.attentionOf(t))); diff != "" {
		t.Errorf("attention (-want +got):\n%s", diff)
	}
	send("stc@daknong.example")
	a := o.answerAll(t)
	if len(a.Queued) != 1 || len(a.Skipped) != 1 || a.Skipped[0].Reason != SkipMany {
		t.Errorf("got %+v, want an answer to the other agency", a)
	}
	o.now = o.now.Add(24 * time.Hour)
	send("stp@daknong.example")
	if a := o.answerAll(t); len(a.Queued) != 1 {
		t.Errorf("a day later: %+v, want an answer", a)
	}
}

// What became of letters that did not arrive is listed, and letters that wait
// for long raise an alarm.
func TestLettersNeedAttention(t *testing.T) {
	o, server := withReceipts(t)
	server.at = func(point, to string) error {
		switch {
		case point == "rcpt" && to == senders[0]:
			return &smtp.SMTPError{Code: 550, Message: "no such user"}
		case point == "dot" && to == senders[1]:
			return errDrop
		case point == "rcpt" && to == senders[2]:
			return &smtp.SMTPError{Code: 451, Message: "later"}
		}
		return nil
	}
	o.deliverAll(t)
	if diff := cmp.Diff([]string{"letter-failed " + senders[0] + " 1 false"}, listed(o.attentionOf(t))); diff != "" {
		t.Errorf("at once (-want +got):\n%s", diff)
	}
	o.now = o.now.Add(2 * time.Minute)
	o.deliverAll(t)
	o.now = o.now.Add(25 * time.Hour)
	want := []string{
		"letter-failed " + senders[0] + " 1 true", "letter-maybe-sent " + senders[1] + " 2 true", "letter-not-sent " + senders[2] + " 2 true",
	}
	all := o.attentionOf(t)
	if diff := cmp.Diff(want, listed(all)); diff != "" {
		t.Errorf("a day later (-want +got):\n%s", diff)
	}

	// The clerk's word sends the second once more, under its Message-ID.
	server.at = nil
	d, err := o.Deliver(t.Context(), DeliverOptions{Again: all[1].Reference, By: store.Actor{Name: "clerk", Via: "cli", At: o.now}})
	if err != nil {
		t.Fatal(err)
	}
	if got := server.count()[senders[1]]; got != 3 {
		t.Errorf("%s got %d letters, want 3: two that were lost, and one on the clerk's word", senders[1], got)
	}
	i := slices.IndexFunc(d.Letters, func(l PostedView) bool { return l.To == senders[1] })
	if i < 0 || d.Letters[i].State != deliver.Sent || !d.Letters[i].Twice || len(d.Letters[i].Orders) != 1 || d.Letters[i].Orders[0].By != "clerk" {
		t.Errorf("got %+v", d.Letters)
	}
	trail, err := o.Audit(t.Context(), AuditQuery{Action: store.ActionAgain, Who: "clerk"})
	if err != nil || len(trail) != 1 || !strings.Contains(trail[0].Before, senders[1]+": maybe-sent") {
		t.Errorf("audit: %+v %v, want the clerk's word", trail, err)
	}
	ids := map[string]bool{}
	for _, letter := range server.got[senders[1]] {
		_, rest, _ := strings.Cut(letter, "Message-Id: ")
		id, _, _ := strings.Cut(rest, "\r\n")
		ids[id] = true
	}
	if len(ids) != 1 {
		t.Errorf("Message-IDs: %v, want one", ids)
	}
	if diff := cmp.Diff([]string{"letter-failed " + senders[0] + " 1 true"}, listed(o.attentionOf(t))); diff != "" {
		t.Errorf("in the end (-want +got):\n%s", diff)
	}
}

// A mail that nobody answers raises an alarm.
func TestMailNotAnswered(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "1", mailing{from: senders[0], subject: "a", text: "a"})
	if got := listed(o.attentionOf(t)); got != nil {
		t.Errorf("at once: %v", got)
	}
	o.now = o.now.Add(24 * time.Hour)
	if diff := cmp.Diff([]string{"mail-not-answered " + senders[0] + " 0 true"}, listed(o.attentionOf(t))); diff != "" {
		t.Errorf("a day later (-want +got):\n%s", diff)
	}
	o.AlarmAfter = 48 * time.Hour
	if got := listed(o.attentionOf(t)); got != nil {
		t.Errorf("with more patience: %v", got)
	}
}

// A document that our reader breaks down over is tried some times, ever later;
// its sender is told that the fault is ours.
func TestDocumentIsGivenUp(t *testing.T) {
	o, reads := newOffice(t), 0
	o.OpenDocument = func(name string, data []byte) (*sheet.Book, []finding.Finding) {
		if name != "a.xlsx" { // the plan
			return sheet.Open(name, data)
		}
		reads++
		return nil, []finding.Finding{{Code: codeReaderDied, Level: finding.Error, Place: finding.Place{File: name}}}
	}
	o.receive(t, "1", mailing{from: senders[0], subject: "a", name: "a.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	collect := func() {
		t.Helper()
		if _, err := o.Collect(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	collect()
	if reads != 1 {
		t.Errorf("read %d times at once, want once", reads)
	}
	for range 30 {
		o.now = o.now.Add(time.Hour)
		collect()
	}
	if reads != 6 {
		t.Errorf("read %d times, want 6 and then no more", reads)
	}
	a := o.answerAll(t)
	if len(a.Queued) != 0 || len(a.Faults) != 1 {
		t.Errorf("got %+v, want a letter about the fault", a)
	}
	want := []string{"fault-of-ours " + senders[0] + " 1 true", "document-not-read " + senders[0] + " 6 true"}
	if diff := cmp.Diff(want, listed(o.attentionOf(t))); diff != "" {
		t.Errorf("attention (-want +got):\n%s", diff)
	}
	o.OpenDocument = nil
	if err := o.Retry(t.Context()); err != nil {
		t.Fatal(err)
	}
	collect()
	if a := o.answerAll(t); len(a.Queued) != 1 || a.Queued[0].Letter != letterAccepted {
		t.Errorf("got %+v, want the receipt", a)
	}
	if got := listed(o.attentionOf(t)); got != nil {
		t.Errorf("in the end: %v", got)
	}
}

// Who orders a letter that does not exist is told so, and nothing is sent.
func TestAgainWithoutALetter(t *testing.T) {
	o, server := withReceipts(t)
	for _, dry := range []bool{true, false} {
		if _, err := o.Deliver(t.Context(), DeliverOptions{Again: "ffffffff", DryRun: dry}); err == nil || errors.Is(err, deliver.ErrServer) {
			t.Errorf("dry %v: got %v", dry, err)
		}
	}
	if got := server.count(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

// A slip in an office's own sentences is told at the start.
func TestAttentionWithAnUnknownName(t *testing.T) {
	data, err := templates.FS.ReadFile("attention.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for what, text := range map[string]string{
		"{nobody}":     strings.Replace(string(data), "của {who}", "của {nobody}", 1),
		"no such kind": string(data) + "letter-eaten: {message: a, advice: b}\n",
	} {
		p := samplePipeline(t)
		p.Templates = overFS{fstest.MapFS{"attention.yaml": &fstest.MapFile{Data: []byte(text)}}, "attention.yaml"}
		if err := p.Open(); err == nil || !strings.Contains(err.Error(), "templates/attention.yaml") || !strings.Contains(err.Error(), what) {
			t.Errorf("got %v, want %s", err, what)
		}
	}
}
