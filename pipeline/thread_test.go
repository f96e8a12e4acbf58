package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/form"
)

// received is how the document of that name was read.
func (o *testOffice) received(t *testing.T, name string) form.Submission {
	t.Helper()
	originals, err := o.Store.Originals(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, original := range originals {
		if original.Name != name {
			continue
		}
		s, ok, err := o.Store.LastReading(context.Background(), original.SHA256)
		if err != nil || !ok {
			t.Fatalf("%s: read %v, %v", name, ok, err)
		}
		return s
	}
	t.Fatalf("%s was not kept", name)
	return form.Submission{}
}

// findingOf is the sentence of a finding; empty when there is none of that code.
func (o *testOffice) findingOf(s form.Submission, code string) string {
	for _, f := range s.Findings {
		if f.Code == code {
			return o.Say(f)
		}
	}
	return ""
}

// answeredOffice is an office that has answered Sở Tư pháp about quý I, and the
// Message-ID and the token of its receipt. It is July now, when nothing but a
// thread can tell that a report is on quý I.
func answeredOffice(t *testing.T) (o *testOffice, id, token string) {
	t.Helper()
	o = newOffice(t)
	o.receive(t, "first", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "lan-1.xlsx",
		data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	a := o.answerAll(t)
	e := read(t, a.Queued[0].File)
	token = tokenForm.FindString(a.Queued[0].Subject)
	o.now = time.Date(2018, 4, 20, 12, 0, 0, 0, agency.Zone)
	return o, strings.Trim(e.GetHeader("Message-Id"), "<>"), token
}

// A reply belongs to the report that our letter was about: the letter says what
// the workbook leaves out, and what it says otherwise is held. Who sent it is
// another question.
func TestReply(t *testing.T) {
	const silent = "Báo cáo kết quả thực hiện Kế hoạch CCHC"
	for _, c := range []struct {
		name    string
		mail    mailing
		who     string
		title   string
		reply   string // "id", "earlier", "token", "typed" or another header or subject
		outcome form.Outcome
		agency  agency.ID
		period  string
		code    string
		say     []string // in the sentence of that code
	}{
		{name: "says all itself", who: "SỞ TƯ PHÁP", title: quarter, reply: "id", outcome: form.Accept, agency: "stp", period: "2018-Q1"},
		{name: "no period, In-Reply-To", who: "SỞ TƯ PHÁP", title: silent, reply: "id", outcome: form.Accept, agency: "stp", period: "2018-Q1",
			code: "period-from-reply", say: []string{"[BC 2018-Q1 STP ", "quý I năm 2018"}},
		{name: "no period, References", who: "SỞ TƯ PHÁP", title: silent, reply: "earlier", outcome: form.Accept, agency: "stp", period: "2018-Q1", code: "period-from-reply"},
		{name: "no period, token", who: "SỞ TƯ PHÁP", title: silent, reply: "token", outcome: form.Accept, agency: "stp", period: "2018-Q1", code: "period-from-reply"},
		{name: "token typed", who: "SỞ TƯ PHÁP", title: silent, reply: "typed", outcome: form.Accept, agency: "stp", period: "2018-Q1", code: "period-from-reply"},
		{name: "no agency either", title: silent, reply: "id", outcome: form.Accept, agency: "stp", period: "2018-Q1", code: "period-from-reply"},
		{name: "no thread", who: "SỞ TƯ PHÁP", title: silent, outcome: form.Review, agency: "stp", code: "period-unknown"},

		{name: "invented token", who: "SỞ TƯ PHÁP", title: silent, reply: "[BC 2018-Q1 STP 000000]", outcome: form.Review, agency: "stp", code: "period-unknown"},
		{name: "our token for another period", who: "SỞ TƯ PHÁP", title: silent, reply: "2018-Q3", outcome: form.Review, agency: "stp", code: "period-unknown"},
		{name: "our token for another agency", mail: mailing{from: "syt@daknong.example"}, title: quarter, reply: "SYT", outcome: form.Accept, agency: "syt", period: "2018-Q1"},
		{name: "a stranger's letter", who: "SỞ TƯ PHÁP", title: silent, reply: "In-Reply-To: <a@x.example>\r\n", outcome: form.Review, agency: "stp", code: "period-unknown"},

		{name: "another period", who: "SỞ TƯ PHÁP", title: "Báo cáo CCHC 6 tháng đầu năm 2018", reply: "id", outcome: form.Review, agency: "stp", period: "2018-6M",
			code: "reply-period-disagrees", say: []string{"6 tháng đầu năm 2018", "quý I năm 2018"}},
		{name: "another agency", mail: mailing{from: "syt@daknong.example"}, who: "SỞ Y TẾ", title: quarter, reply: "id", outcome: form.Review, agency: "syt", period: "2018-Q1",
			code: "reply-agency-disagrees", say: []string{"Sở Y tế", "Sở Tư pháp"}},
		{name: "another sender", mail: mailing{from: "syt@daknong.example"}, title: quarter, reply: "id", outcome: form.Review, agency: "syt", period: "2018-Q1",
			code: "reply-agency-disagrees", say: []string{"Sở Y tế", "Sở Tư pháp"}},

		{name: "forged", mail: mailing{unvouched: true}, title: silent, reply: "id", outcome: form.Review, agency: "stp", period: "2018-Q1", code: "sender-not-authenticated"},
		{name: "unknown sender", mail: mailing{from: "a@elsewhere.example"}, title: silent, reply: "token", outcome: form.Review, agency: "stp", period: "2018-Q1", code: "sender-unknown"},
		{name: "forged, and says who", mail: mailing{unvouched: true}, who: "SỞ TƯ PHÁP", title: quarter, reply: "id", outcome: form.Review, agency: "stp", period: "2018-Q1", code: "sender-not-authenticated"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, id, token := answeredOffice(t)
			m := c.mail
			m.subject, m.name = "Re: gửi lại", "lan-2.xlsx"
			if m.from == "" {
				m.from = "stp@daknong.example"
			}
			switch {
			case c.reply == "id":
				m.header = "In-Reply-To: <" + id + ">\r\n"
			case c.reply == "earlier":
				m.header = "References: <a@x.example> <" + id + ">\r\n <b@x.example>\r\nIn-Reply-To: <b@x.example>\r\n"
			case c.reply == "token":
				m.subject = "Re: " + token + " gửi lại"
			case c.reply == "typed":
				m.subject = strings.ReplaceAll(strings.ToLower(token), " ", "  ")
			case strings.HasPrefix(c.reply, "In-Reply-To"):
				m.header = c.reply
			case strings.HasPrefix(c.reply, "["):
				m.subject = c.reply
			case c.reply == "2018-Q3":
				m.subject = strings.Replace(token, "2018-Q1", c.reply, 1)
			case c.reply == "SYT":
				m.subject = strings.Replace(token, "STP", c.reply, 1)
			}
			m.data = workbook(t, c.who, c.title, [][]any{{"2.1.1", "Đã hoàn thành", "Đã sửa", 100, 16}}...)
			o.receive(t, "second", m)
			s := o.received(t, "lan-2.xlsx")
			if s.Outcome != c.outcome || s.Agency != c.agency || s.Period.String() != c.period {
				t.Errorf("got %s of %q for %q, want %s of %q for %q; %v", s.Outcome, s.Agency, s.Period, c.outcome, c.agency, c.period, s.Findings)
			}
			said := o.findingOf(s, c.code)
			if c.code != "" && said == "" {
				t.Errorf("got %v, want %s", s.Findings, c.code)
			}
			for _, want := range c.say {
				if !strings.Contains(said, want) {
					t.Errorf("%s says %q, want %q in it", c.code, said, want)
				}
			}
			if joined := hasCode(s, "period-from-reply"); joined && len(s.Entries) != 1 {
				t.Errorf("got %d entries of a report whose period the thread tells, want 1", len(s.Entries))
			}
		})
	}
}

// What a receipt says of a reply is what was read of it, and it knows that it is
// a new version.
func TestReceiptOfReply(t *testing.T) {
	o, id, _ := answeredOffice(t)
	o.receive(t, "second", mailing{from: "stp@daknong.example", subject: "Re:", name: "lan-2.xlsx", header: "In-Reply-To: <" + id + ">\r\n",
		data: workbook(t, "", "Báo cáo CCHC", good()...)})
	a := o.answerAll(t)
	if len(a.Queued) != 1 {
		t.Fatalf("got %+v, want one letter", a)
	}
	text := read(t, a.Queued[0].File).Text
	for _, want := range []string{"lần gửi thứ 2 của kỳ này", "Kỳ báo cáo: quý I năm 2018", "gửi trả lời giấy xác nhận [BC 2018-Q1 STP "} {
		if !strings.Contains(text, want) {
			t.Errorf("the receipt does not say %q:\n%s", want, text)
		}
	}
}

// A thread is known also after the database was lost: the outbox knows.
func TestReplyAfterLoss(t *testing.T) {
	o, id, _ := answeredOffice(t)
	m := mailing{from: "stp@daknong.example", subject: "Re:", name: "lan-2.xlsx", header: "In-Reply-To: <" + id + ">\r\n",
		at: o.now.Add(-time.Hour), data: workbook(t, "", "Báo cáo CCHC", good()...)}
	o.receive(t, "second", m)
	want := o.received(t, "lan-2.xlsx")
	lost := newOffice(t)
	lost.inbox, lost.Inbox, lost.now = o.inbox, o.Inbox, o.now
	if err := os.CopyFS(filepath.Join(lost.Out, "outbox"), os.DirFS(o.Store.Outbox())); err != nil {
		t.Fatal(err)
	}
	letters, err := filepath.Glob(filepath.Join(o.Store.Outbox(), "*.json"))
	if err != nil || len(letters) == 0 {
		t.Fatalf("outbox: %v, %v", letters, err)
	}
	if err := lost.Store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"baocao.db", "baocao.db-wal", "baocao.db-shm"} {
		if err := os.Remove(filepath.Join(lost.Out, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	lost.Pipeline = withStore(t, lost.Pipeline)
	if _, err := lost.Collect(context.Background()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, lost.received(t, "lan-2.xlsx")); diff != "" {
		t.Errorf("read after the loss (-before +after):\n%s", diff)
	}
}

// The newest valid document counts, by arrival: not the one that was fetched
// last, and not one that cannot be used.
func TestWhichVersionCounts(t *testing.T) {
	version := func(at time.Duration, name, title, text string) mailing {
		m := mailing{from: "stp@daknong.example", subject: "Báo cáo", at: noon.Add(at), name: name}
		if m.data = []byte(text); !strings.HasPrefix(text, "PK") {
			m.data = workbook(t, "SỞ TƯ PHÁP", title, []any{"2.1.1", "Đã hoàn thành", text, 100, 14})
		}
		return m
	}
	first := version(-5*time.Hour, "lan-1.xlsx", quarter, "một")
	second := version(-3*time.Hour, "lan-2.xlsx", quarter, "hai")
	broken := version(-time.Hour, "hong.xlsx", quarter, "PK\x03\x04 hỏng")
	held := version(-time.Hour, "cho.xlsx", quarter, "ba")
	held.unvouched = true
	for name, c := range map[string]struct {
		mails []mailing // in the order in which they are fetched
		want  string
	}{
		"newer replaces older":       {[]mailing{first, second}, "hai"},
		"older fetched late":         {[]mailing{second, first}, "hai"},
		"broken newer":               {[]mailing{first, broken}, "một"},
		"broken newer fetched first": {[]mailing{broken, first, second}, "hai"},
		"newer of a forged sender":   {[]mailing{first, held}, "một"},
		"same bytes again after a newer": {[]mailing{first, second, func() mailing {
			again := first
			again.at = noon.Add(-2 * time.Hour)
			return again
		}()}, "hai"},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			for i, m := range c.mails {
				o.receive(t, string(rune('a'+i)), m)
			}
			made, err := o.Statement(context.Background(), period(t, "2018-Q1"), noon)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, l := range made.Statement.Lines {
				for _, a := range l.Answers {
					if l.Activity.Code == "2.1.1" && a.Agency == "stp" {
						got = a.Text
					}
				}
			}
			if got != c.want {
				t.Errorf("the statement says %q, want %q", got, c.want)
			}
		})
	}
}

// The number of a version is that of its arrival.
func TestVersionByArrival(t *testing.T) {
	o := newOffice(t)
	mails := []mailing{}
	for i, text := range []string{"một", "hai", "ba"} {
		mails = append(mails, mailing{from: "stp@daknong.example", subject: "Báo cáo", at: noon.Add(time.Duration(i-5) * time.Hour),
			name: "lan.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, []any{"2.1.1", "Đã hoàn thành", text, 100, 14})})
	}
	for _, i := range []int{2, 0, 1} { // as they are fetched
		o.receive(t, string(rune('a'+i)), mails[i])
	}
	var got []string
	for _, letter := range o.answerAll(t).Queued {
		text := read(t, letter.File).Text
		_, version, ok := strings.Cut(text, "Phiên bản: lần gửi ")
		if !ok {
			t.Fatalf("no version in:\n%s", text)
		}
		got = append(got, strings.Join(strings.Fields(version)[:2], " "))
	}
	if want := []string{"đầu tiên", "thứ 2", "thứ 3"}; !slices.Equal(got, want) {
		t.Errorf("got versions %v, want %v", got, want)
	}
}

// What a mail writes into its subject does not become a token by being repeated
// in the subject of our own letter.
func TestTokenRepeated(t *testing.T) {
	l := deliver.Posting{
		Key:     "receipt:7f3a91" + strings.Repeat("0", 58),
		Subject: "Về thư “[BC 2018-Q3 SYT 000000] a”: [BC 2018-Q1 STP 7f3a91]",
	}
	got, ok := tokenOf(l)
	if want := "[BC 2018-Q1 STP 7f3a91]"; !ok || got.String() != want {
		t.Errorf("got %s, %v, want %s", got, ok, want)
	}
	l.Subject = "[BC 2018-Q3 SYT 000000]"
	if got, ok := tokenOf(l); ok {
		t.Errorf("got %s, want none", got)
	}
}
