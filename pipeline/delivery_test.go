package pipeline

import (
	"errors"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

const deliveryRules = `
  - {job: draft, when: "lock +1 working days at 07:30"}
  - {job: deliver, when: "issue at 14:00", within: 10d}
`

// The recipients of these tests.
const (
	clerkAddress    = "canbo@daknong.example"
	ubnd, ministry  = "vpubnd@daknong.example", "bnv@moha.example"
	yearlyRecipient = "hdnd@daknong.example"
)

func newDelivery(t testing.TB) (*probe, *mailServer) {
	t.Helper()
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	p := newProbe(t, o, deliveryRules, "2018-03-20")
	p.Recipients = []Recipients{
		{To: []mail.Address{{Name: "Văn phòng UBND tỉnh", Address: ubnd}}},
		{Parts: []plan.Part{plan.Q1}, To: []mail.Address{{Address: ministry}, {Address: strings.ToUpper(ubnd)}}},
		{Parts: []plan.Part{plan.Year}, To: []mail.Address{{Address: yearlyRecipient}}},
	}
	p.tick(t)
	return p, server
}

// issueAll waives every gap of the first quarter and issues it.
func (p *probe) issueAll(t testing.TB) store.Issue {
	t.Helper()
	who := store.Actor{Name: "Nguyễn Thị A", Via: "cli", At: p.now()}
	q1 := period(t, "2018-Q1")
	gaps, err := p.IssueGaps(t.Context(), q1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range gaps {
		ids = append(ids, g.ID)
	}
	if _, err := p.Waive(t.Context(), q1, ids, "Đồng ý phát hành", who); err != nil {
		t.Fatal(err)
	}
	i, _, err := p.Issue(t.Context(), q1, time.Time{}, who)
	if err != nil {
		t.Fatal(err)
	}
	return *i
}

// last is the last letter that an address got.
func (s *mailServer) last(t testing.TB, to string) *enmime.Envelope {
	t.Helper()
	s.Lock()
	defer s.Unlock()
	all := s.got[to]
	if len(all) == 0 {
		t.Fatalf("%s got no letter", to)
	}
	e, err := enmime.ReadEnvelope(strings.NewReader(all[len(all)-1]))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sameFiles makes sure that a letter carries the report's files as they lie in out/.
func (p *probe) sameFiles(t testing.TB, e *enmime.Envelope, names ...string) {
	t.Helper()
	if len(e.Attachments) != len(names) {
		t.Fatalf("attachments: got %d, want %v", len(e.Attachments), names)
	}
	for i, a := range e.Attachments {
		want, err := os.ReadFile(filepath.Join(p.Out, "2018-Q1", names[i]))
		if err != nil {
			t.Fatal(err)
		}
		if a.FileName != names[i] || string(a.Content) != string(want) {
			t.Errorf("attachment %q of %d bytes, want %q as it lies in out/, %d bytes", a.FileName, len(a.Content), names[i], len(want))
		}
	}
}

// The quarter's end: the clerk gets the draft, is told that the report waits to be
// issued, and each recipient gets it once it is.
func TestDraftAndDelivery(t *testing.T) {
	p, server := newDelivery(t)
	p.at(t, "2018-03-21 07:30")
	p.tick(t)
	p.tick(t)
	if diff := cmp.Diff(map[string]int{clerkAddress: 1}, server.count()); diff != "" {
		t.Errorf("the draft (-want +got):\n%s", diff)
	}
	draft := server.last(t, clerkAddress)
	p.sameFiles(t, draft, "bao-cao-2018-Q1.pdf", "bao-cao-2018-Q1.xlsx")
	if subject := draft.GetHeader("Subject"); !strings.HasPrefix(subject, "[DỰ THẢO] ") || !strings.Contains(subject, "0/29") {
		t.Errorf("subject of the draft: got %q, want a draft, 0 of 29 agencies", subject)
	}

	p.at(t, "2018-03-21 14:00")
	p.tick(t)
	p.at(t, "2018-03-21 14:15")
	p.tick(t)
	if diff := cmp.Diff(map[string]int{clerkAddress: 2}, server.count()); diff != "" {
		t.Errorf("while the report waits to be issued (-want +got):\n%s", diff)
	}
	if text := server.last(t, clerkAddress).Text; !strings.Contains(text, "baocao issue") || !strings.Contains(text, "deliver/2018-Q1/issue+0d") {
		t.Errorf("the clerk is told:\n%s\nwant what to do", text)
	}

	p.at(t, "2018-03-21 15:02")
	issue := p.issueAll(t)
	p.tick(t)
	p.at(t, "2018-03-28 09:00")
	p.tick(t)
	if diff := cmp.Diff(map[string]int{clerkAddress: 2, ubnd: 1, ministry: 1}, server.count()); diff != "" {
		t.Errorf("the delivery (-want +got):\n%s", diff)
	}
	got := server.last(t, ubnd)
	p.sameFiles(t, got, "bao-cao-2018-Q1.pdf", "bao-cao-2018-Q1.xlsx")
	for i, a := range got.Attachments {
		frozen, err := p.Store.Frozen(issue.Files[i].SHA256, issue.Files[i].Ext)
		if err != nil || string(frozen) != string(a.Content) {
			t.Errorf("%s is not what was issued: %v", a.FileName, err)
		}
	}
	for _, want := range []string{"Kính gửi: Văn phòng UBND tỉnh", "phải báo cáo: 29; đã báo cáo 0; chưa báo cáo 29", "Hoạt động của Kế hoạch: 52", "720 triệu đồng"} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("summary:\n%s\nwant %q in it", got.Text, want)
		}
	}
	want := []string{"draft/2018-Q1/lock+1w done 1 1 letters sent", "deliver/2018-Q1/issue+0d done 1 2 letters sent"}
	if diff := cmp.Diff(want, p.ledger(t)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
}

// By hand a report goes to new recipients alone, and once more to those whom it
// failed to reach, where that is asked for.
func TestHandOver(t *testing.T) {
	p, server := newDelivery(t)
	q1 := period(t, "2018-Q1")
	if _, err := p.HandOver(t.Context(), q1, HandOver{}); !errors.Is(err, store.ErrNotIssued) {
		t.Errorf("not issued: got %v, want ErrNotIssued", err)
	}
	p.at(t, "2018-03-21 09:00")
	p.issueAll(t)
	if _, err := p.HandOver(t.Context(), period(t, "2018-Q3"), HandOver{}); !errors.Is(err, store.ErrNotIssued) {
		t.Errorf("another period: got %v, want ErrNotIssued", err)
	}
	dry, err := p.HandOver(t.Context(), q1, HandOver{DryRun: true})
	if err != nil || len(dry.Letters) != 2 || len(server.count()) > 0 {
		t.Fatalf("dry run: got %+v %v, sent %v; want 2 letters, none sent", dry, err, server.count())
	}
	if eml, err := os.ReadFile(dry.Letters[0].File); err != nil || !strings.Contains(string(eml), "bao-cao-2018-Q1.pdf") {
		t.Errorf("dry run: the letter: %v", err)
	}

	server.at = func(point, to string) error {
		if point == "rcpt" && to == ministry {
			return said(550)
		}
		return nil
	}
	done, err := p.HandOver(t.Context(), q1, HandOver{})
	if lost := (*LostLettersError)(nil); !errors.As(err, &lost) || len(lost.To) != 1 || lost.To[0] != ministry {
		t.Errorf("one is refused: got %v, want it lost", err)
	}
	states := map[string]deliver.State{}
	for _, l := range done.Letters {
		states[l.To] = l.State
	}
	if diff := cmp.Diff(map[string]deliver.State{ubnd: deliver.Sent, ministry: deliver.Failed}, states); diff != "" {
		t.Errorf("states (-want +got):\n%s", diff)
	}
	server.at = nil
	if _, err := p.HandOver(t.Context(), q1, HandOver{}); err == nil || server.count()[ministry] > 0 {
		t.Errorf("again: got %v, sent %v; want nothing sent anew", err, server.count())
	}
	p.Recipients[0].To = append(p.Recipients[0].To, mail.Address{Address: yearlyRecipient})
	if _, err := p.HandOver(t.Context(), q1, HandOver{Retry: true, By: store.Actor{Name: "Nguyễn Thị A", Via: "cli", At: p.Now()}}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{ubnd: 1, ministry: 1, yearlyRecipient: 1}, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}

	p.Recipients = nil
	if _, err := p.HandOver(t.Context(), q1, HandOver{}); !errors.Is(err, ErrNoRecipients) {
		t.Errorf("nobody: got %v, want ErrNoRecipients", err)
	}
}

// A scheduled delivery is not done while a recipient has no letter.
func TestDeliveryIsDoneWhenDelivered(t *testing.T) {
	p, server := newDelivery(t)
	down := said(451)
	server.at = func(point, to string) error {
		if point == "rcpt" && to == ministry {
			return down
		}
		return nil
	}
	p.at(t, "2018-03-21 07:30")
	p.tick(t)
	p.at(t, "2018-03-21 10:00")
	p.issueAll(t)
	p.at(t, "2018-03-21 14:00")
	p.tick(t)
	if got := p.ledger(t)[1]; !strings.HasPrefix(got, "deliver/2018-Q1/issue+0d waiting 0 letters: 1 sent, 1 wait") {
		t.Errorf("put off: got %q, want it waiting", got)
	}
	down = said(550)
	p.at(t, "2018-03-21 14:06")
	p.tick(t)
	if got := p.ledger(t)[1]; !strings.HasPrefix(got, "deliver/2018-Q1/issue+0d failed 1 letters were refused or came back: "+ministry) {
		t.Errorf("refused: got %q, want it failed", got)
	}
	if text := server.last(t, clerkAddress).Text; !strings.Contains(text, "có nơi nhận từ chối") || !strings.Contains(text, ministry) {
		t.Errorf("the clerk is told:\n%s\nwant who has no letter", text)
	}
	server.at = nil
	if _, err := p.Deliver(t.Context(), DeliverOptions{Retry: true}); err != nil {
		t.Fatal(err)
	}
	if err := p.RetryRun(t.Context(), "deliver/2018-Q1/issue+0d"); err != nil {
		t.Fatal(err)
	}
	p.tick(t)
	if got := p.ledger(t)[1]; got != "deliver/2018-Q1/issue+0d done 1 2 letters sent" {
		t.Errorf("at last: got %q, want it done", got)
	}
	if diff := cmp.Diff(map[string]int{clerkAddress: 2, ubnd: 1, ministry: 1}, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// Each agency gets its form and its reminder once.
func TestFormsAndReminders(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	p := newProbe(t, o, `
  - {job: forms, when: "closes -5 working days at 08:00"}
  - {job: remind, when: "due +1 working days at 08:00"}
`, "2018-03-06")
	p.Extra = nil
	if err := p.Prepare(); err != nil {
		t.Fatal(err)
	}
	p.tick(t)
	for n, moment := range []string{"2018-03-07 08:00", "2018-03-16 08:00"} {
		for range 2 {
			p.at(t, moment)
			p.tick(t)
		}
		got := server.count()
		if len(got) < 20 {
			t.Errorf("%s: %d addresses were written to, want nearly every agency's", moment, len(got))
		}
		for to, letters := range got {
			if letters != n+1 {
				t.Errorf("%s: %s got %d letters, want %d", moment, to, letters, n+1)
			}
		}
	}
	for _, run := range p.ledger(t) {
		if !strings.Contains(run, " done 1 ") {
			t.Errorf("ledger: %q, want it done", run)
		}
	}
}

func TestJobByHand(t *testing.T) {
	o := newOffice(t)
	o.inbox["a.txt"] = &fstest.MapFile{Data: []byte("x"), ModTime: o.now.Add(-time.Hour)}
	p := newProbe(t, o, probeRules, "2018-03-20")
	if _, err := p.Job(t.Context(), "collect", plan.Period{}); err != nil {
		t.Error(err)
	}
	for name, period := range map[string]plan.Period{"collect": period(t, "2018-Q1"), "draft": {}, "dance": {}} {
		if _, err := p.Job(t.Context(), name, period); err == nil {
			t.Errorf("job %s of period %q: got no error", name, period)
		}
	}
	if len(p.ledger(t)) > 0 {
		t.Errorf("ledger: got %v, want nothing of what was done by hand", p.ledger(t))
	}
}
