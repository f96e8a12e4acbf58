package pipeline

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
	"baocao/pipeline/store"
)

// reportOf is a good report of the first quarter, by mail.
func reportOf(t testing.TB, id, name string, rows ...[]any) mailing {
	return mailing{
		from: id + "@daknong.example", subject: "Báo cáo quý I năm 2018", name: id + ".xlsx",
		data: workbook(t, name, quarter, rows...),
	}
}

// withdrawn are the letters that were withdrawn, by recipient, with the reasons.
func (o *testOffice) withdrawn(t testing.TB) map[string]string {
	t.Helper()
	letters, err := o.Letters(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, l := range letters {
		if l.State == deliver.Withdrawn {
			all[l.To] = l.WithdrawnFor
		}
	}
	return all
}

// Reminders wait while the mail server is down. When it is up again, those alone
// are reminded whose report is still to come, by a day that is still theirs.
func TestOvertakenReminders(t *testing.T) {
	o, server, ctx := newOffice(t), &mailServer{}, context.Background()
	server.listen(t, o)
	q1, by := period(t, "2018-Q1"), store.Actor{Name: "canbo", Via: "cli", At: noon}
	o.at(3, 16)
	if m := o.remindAll(t, RemindAfter); len(m.Letters) != 29 {
		t.Fatalf("%d letters, want 29", len(m.Letters))
	}

	o.receive(t, "good", reportOf(t, "stp", "SỞ TƯ PHÁP", good()...))
	o.receive(t, "nil", mailing{from: "bdt@daknong.example", subject: "Báo cáo quý I năm 2018", text: "Không phát sinh"})
	o.receive(t, "forged", mailing{
		from: "stc@daknong.example", subject: "Báo cáo quý I năm 2018", name: "stc.xlsx", unvouched: true,
		data: workbook(t, "SỞ TÀI CHÍNH", quarter, []any{"6.1.1", "Đang thực hiện", "Đang làm", 40, 5}),
	})
	o.receive(t, "bad", mailing{from: "syt@daknong.example", subject: "Báo cáo quý I năm 2018", name: "syt.xlsx", data: workbook(t, "SỞ Y TẾ", quarter, []any{"6.1.1"})})
	if _, err := o.Collect(ctx); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"stp@daknong.example": WithdrawnReceived, "bdt@daknong.example": WithdrawnReceived, "stc@daknong.example": WithdrawnReceived,
	}
	if diff := cmp.Diff(want, o.withdrawn(t)); diff != "" {
		t.Errorf("withdrawn when they were read (-want +got):\n%s", diff)
	}
	if _, err := o.Extend(ctx, q1, "cujut", agency.NewDay(2018, 3, 22), "Bão", by); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Waive(ctx, q1, []string{"tuyduc"}, "Đã đồng ý", by); err != nil {
		t.Fatal(err)
	}
	want["cujut@daknong.example"], want["tuyduc@daknong.example"] = WithdrawnMoved, WithdrawnWaived

	would, err := o.Deliver(ctx, DeliverOptions{DryRun: true})
	if err != nil || len(would.Letters) != 26 || len(o.withdrawn(t)) != 3 {
		t.Errorf("a dry run lists %d letters, %v, and leaves %d withdrawn; want 26 and 3", len(would.Letters), err, len(o.withdrawn(t)))
	}
	d := o.deliverAll(t)
	if d.Sent != 24 || d.Withdrawn != 2 || d.Waiting != 0 {
		t.Errorf("sent %d, withdrawn %d, waiting %d; want 24, 2, 0", d.Sent, d.Withdrawn, d.Waiting)
	}
	if diff := cmp.Diff(want, o.withdrawn(t)); diff != "" {
		t.Errorf("withdrawn before they were sent (-want +got):\n%s", diff)
	}
	got := server.count()
	for to := range want {
		if got[to] != 0 {
			t.Errorf("%s is reminded all the same", to)
		}
	}
	if len(got) != 24 || got["syt@daknong.example"] != 1 {
		t.Errorf("%d are reminded, want 24, and who sent what cannot be used among them: %v", len(got), got)
	}
	if all, err := o.Attention(ctx, o.now.AddDate(0, 0, 3)); err != nil || slices.ContainsFunc(all, func(a Attention) bool { return a.Kind == AttentionNotSent }) {
		t.Errorf("needs attention: %+v %v", all, err)
	}
	o.stepIsNotTakenAgain(t, server)
}

// stepIsNotTakenAgain: what was withdrawn is not written again, and who was given
// more time is reminded by his own day.
func (o *testOffice) stepIsNotTakenAgain(t *testing.T, server *mailServer) {
	t.Helper()
	if m := o.remindAll(t, RemindAfter); len(m.Letters) != 0 {
		t.Errorf("written again: %v", remindedIDs(m))
	}
	o.at(3, 22)
	if m := o.remindAll(t, RemindDue); !slices.Equal(remindedIDs(m), []agency.ID{"cujut"}) {
		t.Errorf("on its own day %v, want cujut", remindedIDs(m))
	}
	o.deliverAll(t)
	o.at(3, 23)
	if m := o.remindAll(t, RemindAfter); !slices.Equal(remindedIDs(m), []agency.ID{"cujut"}) {
		t.Errorf("after its own day %v, want cujut", remindedIDs(m))
	}
	o.deliverAll(t)
	if n := server.count()["cujut@daknong.example"]; n != 2 {
		t.Errorf("cujut got %d letters, want the two by its own day", n)
	}
	log, err := o.Reminders(t.Context(), period(t, "2018-Q1"))
	if err != nil {
		t.Fatal(err)
	}
	if days := remindedOn(log, "cujut"); !slices.Equal(days, []string{"22/3/2018", "23/3/2018"}) {
		t.Errorf("it was reminded on %v; a letter that was withdrawn tells of no day", days)
	}
}

// A letter is judged when its turn comes, not when the run began.
func TestOvertakenWhileOthersAreSent(t *testing.T) {
	o, server, ctx := newOffice(t), &mailServer{}, context.Background()
	server.listen(t, o)
	o.at(3, 16)
	o.remindAll(t, RemindAfter)
	by := store.Actor{Name: "canbo", Via: "cli", At: o.now}
	sent := 0
	server.at = func(at, _ string) error {
		if sent++; at == "dot" && sent > 3 {
			server.at = nil
			_, err := o.Extend(ctx, period(t, "2018-Q1"), "gianghia", agency.NewDay(2018, 3, 22), "Bão", by)
			return err
		}
		return nil
	}
	if d := o.deliverAll(t); d.Withdrawn != 1 || d.Sent != 28 || len(d.Letters) != 29 {
		t.Errorf("withdrawn %d, sent %d, want 1 and 28", d.Withdrawn, d.Sent)
	}
	if got := server.count()["gianghia@daknong.example"]; got != 0 {
		t.Error("it is sent all the same")
	}
}

// Whether a letter was sent whose last answer was lost nobody knows: it stays so,
// and goes out no second time when the report is there.
func TestOvertakenInDoubt(t *testing.T) {
	o, server, ctx := newOffice(t), &mailServer{}, context.Background()
	server.listen(t, o)
	o.at(3, 16)
	o.remindAll(t, RemindAfter)
	server.at = func(at, to string) error {
		if at == "dot" && to == "stp@daknong.example" {
			return errDrop
		}
		return nil
	}
	if d := o.deliverAll(t); d.MaybeSent != 1 {
		t.Fatalf("%+v, want one in doubt", d)
	}
	server.at = nil
	o.receive(t, "good", reportOf(t, "stp", "SỞ TƯ PHÁP", good()...))
	if _, err := o.Collect(ctx); err != nil {
		t.Fatal(err)
	}
	o.now = o.now.Add(time.Hour)
	if d := o.deliverAll(t); d.Sent+d.MaybeSent+d.Later != 0 || len(d.Attention) != 0 {
		t.Errorf("%+v, want nothing sent and nothing to look at", d)
	}
	letters, err := o.Letters(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(letters, func(l PostedView) bool { return l.To == "stp@daknong.example" })
	if l := letters[i]; l.State != deliver.MaybeSent || l.WithdrawnFor != WithdrawnReceived {
		t.Errorf("it is %s, %q; want maybe-sent, and why it is not tried again", l.State, l.WithdrawnFor)
	}
	if _, err := o.Deliver(ctx, DeliverOptions{Retry: true}); err != nil || server.count()["stp@daknong.example"] > 1 {
		t.Errorf("retried it is sent again, %v", err)
	}
}

// When the period is issued, nobody needs its form or a reminder any more.
func TestOvertakenByTheIssue(t *testing.T) {
	o, server, ctx := newOffice(t), &mailServer{}, context.Background()
	server.listen(t, o)
	o.at(3, 16)
	if _, err := o.SendFormsOf(ctx, period(t, "2018-Q1"), []agency.ID{"stp", "syt"}, ""); err != nil {
		t.Fatal(err)
	}
	o.remindAll(t, RemindAfter)
	by := store.Actor{Name: "canbo", Via: "cli", At: o.now}
	gaps, err := o.IssueGaps(ctx, period(t, "2018-Q1"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range gaps {
		ids = append(ids, g.ID)
	}
	if _, err := o.Waive(ctx, period(t, "2018-Q1"), ids, "chưa gửi", by); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Issue(ctx, period(t, "2018-Q1"), time.Time{}, by); err != nil {
		t.Fatal(err)
	}
	if d := o.deliverAll(t); d.Withdrawn != 31 || len(server.count()) != 0 {
		t.Errorf("withdrawn %d, sent %v; want 31 and none", d.Withdrawn, server.count())
	}
	if got := slices.Compact(slices.Sorted(maps.Values(o.withdrawn(t)))); !slices.Equal(got, []string{WithdrawnClosed}) {
		t.Errorf("for %v, want %s", got, WithdrawnClosed)
	}
}
