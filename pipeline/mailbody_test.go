package pipeline

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
)

// A mail without a file is answered by what its words say.
func TestMailWithoutFileIsAnswered(t *testing.T) {
	for text, want := range map[string]string{
		"Sở Y tế không phát sinh nội dung báo cáo.":            letterNil,
		"Xin gửi kèm báo cáo. Vướng mắc: không phát sinh.":     letterNothing,
		"Hoạt động 1.3.3 không phát sinh.":                     letterNothing,
		"Phần còn lại không phát sinh, đã hoàn thành việc họp": letterNothing,
		"Nếu không phát sinh thì có phải báo cáo không?":       letterNothing,
		"Kính gửi.": letterNothing,
		strings.Repeat("Kính gửi. ", 200) + "Không phát sinh.":                         letterNothing,
		"Xin cảm ơn.\r\n\r\nOn Thu, A <a@b.example> wrote:\r\n> x\r\nKhông phát sinh.": letterNothing,
	} {
		o := newOffice(t)
		o.receive(t, "a", mailing{from: "syt@daknong.example", subject: "Báo cáo quý I năm 2018", text: text})
		a := o.answerAll(t)
		if len(a.Queued) != 1 || a.Queued[0].Letter != want {
			t.Errorf("%.60q: got %+v, want %s", text, a.Queued, want)
		}
	}
}

// Two agencies that say the same are two that have answered.
func TestSameWordsOfTwoAgencies(t *testing.T) {
	o := newOffice(t)
	for _, who := range []string{"syt", "stp"} {
		o.receive(t, who, mailing{from: who + "@daknong.example", subject: "Báo cáo quý I năm 2018", text: "Không phát sinh."})
	}
	period, err := plan.ParsePeriod("2018-Q1")
	if err != nil {
		t.Fatal(err)
	}
	made, err := o.Statement(context.Background(), period, noon)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, a := range made.Statement.Agencies {
		if a.Agency == "syt" || a.Agency == "stp" {
			got[string(a.Agency)] = string(a.State)
		}
	}
	if diff := cmp.Diff(map[string]string{"syt": "nil", "stp": "nil"}, got); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
}

// A letter of ours that comes back is shown to a clerk, however often the mail
// is met, and is not answered.
func TestBounceFindsItsLetter(t *testing.T) {
	for name, recipient := range map[string]string{
		"as addressed":        "syt@daknong.example",
		"forwarded elsewhere": "ai-do@elsewhere.example",
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			o.receive(t, "a", mailing{from: "syt@daknong.example", subject: "Báo cáo quý I năm 2018", text: "Không phát sinh."})
			o.answerAll(t)
			letters, err := o.Store.Letters(t.Context())
			if err != nil || len(letters) != 1 {
				t.Fatalf("got %v %v, want one letter", letters, err)
			}
			o.inbox["mail/bounce.eml"] = &fstest.MapFile{Data: []byte("From: MAILER-DAEMON@mx.daknong.example\r\nReturn-Path: <>\r\n" +
				"Received: from a by mx.daknong.example; Thu, 15 Mar 2018 12:01:00 +0700\r\n" +
				"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nGone.\r\n" +
				"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\n" +
				"Final-Recipient: rfc822; " + recipient + "\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 unknown\r\n" +
				"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" + letters[0].MessageID + ">\r\n--b--\r\n"), ModTime: noon}
			for range 2 {
				if c, err := o.Collect(t.Context()); err != nil || c.Failed > 0 {
					t.Fatal(c, err)
				}
			}
			letters, err = o.Store.Letters(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got := letters[0].Recipients[0]
			if got.State != deliver.Bounced || got.Answer != "5.1.1 550 unknown" || got.Change != 1 {
				t.Errorf("got %+v, want that it came back, once", got)
			}
			if a := o.answerAll(t); len(a.Queued) > 0 {
				t.Errorf("got %+v, want no answer to a bounce", a.Queued)
			}
		})
	}
}
