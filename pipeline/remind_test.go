package pipeline

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/deliver"
	"baocao/pipeline/store"
)

// remindAll takes a step of the first quarter of 2018.
func (o *testOffice) remindAll(t testing.TB, step RemindStep) Mailed {
	t.Helper()
	m, err := o.Remind(context.Background(), period(t, "2018-Q1"), step)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func remindedIDs(m Mailed) []agency.ID {
	ids := []agency.ID{}
	for _, l := range m.Letters {
		ids = append(ids, l.Agency)
	}
	slices.Sort(ids)
	return ids
}

// letterTo is the letter of an agency among those that were written.
func letterTo(t testing.TB, m Mailed, id agency.ID) MailedView {
	t.Helper()
	i := slices.IndexFunc(m.Letters, func(l MailedView) bool { return l.Agency == id })
	if i < 0 {
		t.Fatalf("no letter to %s", id)
	}
	return m.Letters[i]
}

// The first quarter of 2018 closes on 14 March, is due on the 15th, with grace
// until the 20th.
func TestReminders(t *testing.T) {
	o := newOffice(t)
	o.at(3, 13)
	if m := o.remindAll(t, RemindDue); len(m.Letters) != 0 {
		t.Errorf("%d letters before the due day came", len(m.Letters))
	}
	before := o.remindAll(t, RemindBefore)
	if len(before.Letters) != 29 {
		t.Errorf("%d letters before the due day, want 29: nobody has reported", len(before.Letters))
	}
	golden(t, "remind-before.txt", read(t, letterTo(t, before, "baodn").File).Text)
	if m := o.remindAll(t, RemindBefore); len(m.Letters) != 0 || m.Known != 29 {
		t.Errorf("again: %d letters, %d known, want each once", len(m.Letters), m.Known)
	}

	// One reports, one sends what cannot be used, one says that there is nothing.
	o.at(3, 15)
	o.receive(t, "good", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "stp.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	o.receive(t, "bad", mailing{from: "stc@daknong.example", subject: "Báo cáo quý I năm 2018", name: "stc.xlsx", data: workbook(t, "SỞ TÀI CHÍNH", quarter, []any{"6.1.1"})})
	due := o.remindAll(t, RemindDue)
	if ids := remindedIDs(due); len(ids) != 28 || slices.Contains(ids, "stp") || !slices.Contains(ids, "stc") {
		t.Errorf("on the due day %v are reminded, want all but stp", ids)
	}
	golden(t, "remind-due.txt", read(t, letterTo(t, due, "stc").File).Text)

	o.at(3, 16)
	o.receive(t, "mended", mailing{from: "stc@daknong.example", subject: "Báo cáo quý I năm 2018", name: "stc.xlsx", data: workbook(t, "SỞ TÀI CHÍNH", quarter, []any{"6.1.1", "Đang thực hiện", "Đang làm", 40, 5})})
	after := o.remindAll(t, RemindAfter)
	if ids := remindedIDs(after); len(ids) != 27 || slices.Contains(ids, "stc") {
		t.Errorf("after the due day %v are reminded, want neither stp nor stc", ids)
	}
	golden(t, "remind-after.txt", read(t, letterTo(t, after, "baodn").File).Text)
	if m := o.remindAll(t, RemindDue); len(m.Letters) != 0 {
		t.Errorf("%d letters of an earlier step after a later one", len(m.Letters))
	}
	if m := o.remindAll(t, Escalate); len(m.Letters) != 0 || len(m.Skipped) != 0 {
		t.Errorf("%d letters to those above on the day of the reminder", len(m.Letters))
	}
	o.at(3, 19)
	if m := o.remindAll(t, Escalate); len(m.Letters) != 0 || len(m.Skipped) != 27 || m.Skipped[0].Reason != NoContacts {
		t.Errorf("%d letters, skipped %v: the directory has nobody above", len(m.Letters), m.Skipped)
	}

	log, err := o.Reminders(context.Background(), period(t, "2018-Q1"))
	if err != nil || len(log) != 29+28+27 {
		t.Errorf("%d reminders on the board, %v, want %d", len(log), err, 29+28+27)
	}
	want := Reminder{Agency: "snv", Step: RemindBefore, At: o.now.AddDate(0, 0, -6), To: "snv@daknong.example", State: deliver.Queued, Letter: log[0].Letter}
	if diff := cmp.Diff(want, log[0]); diff != "" {
		t.Errorf("the first of them (-want +got):\n%s", diff)
	}
}

// Who was given more time is reminded by its own day, and who is waived is not.
func TestReminderOfTheExtended(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	o.at(3, 12)
	by := store.Actor{Name: "canbo", At: o.now}
	if _, err := o.Extend(ctx, period(t, "2018-Q1"), "cujut", agency.NewDay(2018, 3, 22), "Bão", by); err != nil {
		t.Fatal(err)
	}
	if ids := remindedIDs(o.remindAll(t, RemindBefore)); len(ids) != 28 || slices.Contains(ids, "cujut") {
		t.Errorf("before the common day %v, want all but the one with more time", ids)
	}
	o.at(3, 20)
	if m := o.remindAll(t, RemindAfter); slices.Contains(remindedIDs(m), "cujut") {
		t.Error("it is told that it is late, and is not")
	}
	m := o.remindAll(t, RemindBefore)
	if ids := remindedIDs(m); !slices.Equal(ids, []agency.ID{"cujut"}) {
		t.Errorf("before its own day %v, want cujut", ids)
	}
	if text := read(t, m.Letters[0].File).Text; !strings.Contains(text, "hết ngày 22/3/2018 (đã được gia hạn), còn 2 ngày") {
		t.Errorf("its letter:\n%s", text)
	}
	if _, err := o.Waive(ctx, period(t, "2018-Q1"), []string{"tuyduc"}, "Đã đồng ý", by); err != nil {
		t.Fatal(err)
	}
	o.at(3, 21)
	for _, n := range o.remindAll(t, Escalate).Skipped {
		if n.Agency == "tuyduc" || n.Agency == "cujut" {
			t.Errorf("%s is to be escalated", n.Agency)
		}
	}
}

func TestEscalation(t *testing.T) {
	o := newOffice(t)
	data := o.office.directory.Data()
	data.Agencies = slices.Clone(data.Agencies)
	for i := range data.Agencies {
		if data.Agencies[i].ID == "syt" {
			data.Agencies[i].Contacts = []agency.Contact{
				{Role: agency.SecondContact, Address: "vanthu.syt@daknong.example"},
				{Role: agency.Head, Address: "giamdoc.syt@daknong.example", Name: "Giám đốc Sở Y tế"},
			}
		}
	}
	var err error
	if o.office.directory, err = agency.New(data); err != nil {
		t.Fatal(err)
	}
	o.at(3, 16)
	o.remindAll(t, "")
	o.at(3, 19)
	m := o.remindAll(t, "")
	if ids := remindedIDs(m); !slices.Equal(ids, []agency.ID{"syt"}) {
		t.Fatalf("escalated to %v, want syt", ids)
	}
	want := []string{"syt@daknong.example", "vanthu.syt@daknong.example", "giamdoc.syt@daknong.example"}
	if diff := cmp.Diff(want, m.Letters[0].To); diff != "" {
		t.Errorf("recipients (-want +got):\n%s", diff)
	}
	e := read(t, m.Letters[0].File)
	golden(t, "escalate.txt", e.GetHeader("Subject")+"\n\n"+e.Text)
}

// Nobody is reminded of a period that was issued, nor while the mailbox cannot be
// read: his report may lie there.
func TestNobodyIsReminded(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	o.at(3, 16)
	o.Mailbox = &collect.Mailbox{Server: "127.0.0.1:1", Security: collect.Plain, User: "snv", Secret: collect.Secret{Env: "PATH"}, Dir: t.TempDir(), Ledger: o.Store}
	if m, err := o.Remind(ctx, period(t, "2018-Q1"), ""); err == nil || len(m.Letters) > 0 {
		t.Errorf("without the mailbox: %d letters, %v", len(m.Letters), err)
	}
	o.Mailbox = nil
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
	if m := o.remindAll(t, ""); len(m.Letters) > 0 || !m.Closed {
		t.Errorf("of an issued period: %d letters, closed %v", len(m.Letters), m.Closed)
	}
}

// A trial and a dry run count for nothing.
func TestRemindersThatAreNotSent(t *testing.T) {
	o := newOffice(t)
	o.at(3, 16)
	m, err := o.RemindToMe(context.Background(), period(t, "2018-Q1"), RemindAfter, "canbo@daknong.example")
	if err != nil || len(m.Letters) != 29 {
		t.Fatalf("to the clerk: %d letters, %v", len(m.Letters), err)
	}
	if e := read(t, m.Letters[0].File); e.GetHeader("To") != "<canbo@daknong.example>" || !strings.HasPrefix(e.GetHeader("Subject"), "[XEM TRƯỚC] Đôn đốc") {
		t.Errorf("to the clerk: %s, %s", e.GetHeader("To"), e.GetHeader("Subject"))
	}
	o.DryRun = true
	if m := o.remindAll(t, RemindAfter); len(m.Letters) != 29 {
		t.Errorf("dry run: %d letters, want 29", len(m.Letters))
	}
	o.DryRun = false
	if log, err := o.Reminders(context.Background(), period(t, "2018-Q1")); err != nil || len(log) != 0 {
		t.Errorf("%d reminders on the board, %v, want none", len(log), err)
	}
	if m := o.remindAll(t, RemindAfter); len(m.Letters) != 29 {
		t.Errorf("%d letters, want 29", len(m.Letters))
	}
}

func TestReminderLetter(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	o.at(3, 15)
	if _, err := o.ReminderLetter(ctx, period(t, "2018-Q1"), ".pdf"); !errors.Is(err, ErrNobodyLate) {
		t.Errorf("on the due day: %v, want %v", err, ErrNobodyLate)
	}
	o.receive(t, "good", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "stp.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	o.at(3, 16)
	o.remindAll(t, RemindAfter)
	o.at(3, 19)
	pdf, err := o.ReminderLetter(ctx, period(t, "2018-Q1"), ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, pdf)
	for _, want := range []string{
		"V/v đôn đốc gửi báo cáo", "Kính gửi: Các cơ quan, đơn vị", "còn 28/29 cơ quan", "trước khi hết ngày 20/3/2018",
		"DANH SÁCH CƠ QUAN, ĐƠN VỊ CHƯA GỬI BÁO CÁO", "UBND huyện Cư Jút", "16/3/2018", "GIÁM ĐỐC",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Sở Tư pháp") {
		t.Error("the letter names an agency that has reported")
	}
	again, err := o.ReminderLetter(ctx, period(t, "2018-Q1"), ".pdf")
	if err != nil || string(again) != string(pdf) {
		t.Errorf("made again it has other bytes, %v", err)
	}
	word, err := o.ReminderLetter(ctx, period(t, "2018-Q1"), ".docx")
	if err != nil || !bytes.HasPrefix(word, []byte("PK")) {
		t.Errorf("as Word: %d bytes, %v", len(word), err)
	}
	o.at(3, 21)
	late, err := o.ReminderLetter(ctx, period(t, "2018-Q1"), ".pdf")
	if err != nil {
		t.Fatal(err)
	}
	if text := pdfText(t, late); !strings.Contains(text, "trong thời hạn 03 ngày làm việc") || strings.Contains(text, "20/3/2018") {
		t.Errorf("after the lock the letter asks for what is past:\n%s", text)
	}
}

// pdfText is what a PDF says, each run of white space as one blank.
func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	needs(t, "pdftotext")
	cmd := exec.Command("pdftotext", "-raw", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}
