package pipeline

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
	"baocao/pipeline/store"
)

// TestClosedPeriod has a period issued, and then comes from everywhere: by mail,
// by folder and by command. All are told the same sentence, and what came is
// kept for the next revision.
func TestClosedPeriod(t *testing.T) {
	ctx, o := context.Background(), newOffice(t)
	who := func() store.Actor { return store.Actor{Name: "Lan", Via: "cli", At: o.now} }
	q1 := plan.Period{Year: 2018, Part: plan.Q1}
	o.receive(t, "first", mailing{from: "stp@daknong.example", subject: "Báo cáo quý I", name: "stp.xlsx",
		data: workbook(t, "Sở Tư pháp", "Báo cáo quý I năm 2018", good()...)})
	gaps, err := o.IssueGaps(ctx, q1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, g := range gaps {
		ids = append(ids, g.ID)
	}
	if _, err := o.Waive(ctx, q1, ids, "chưa gửi", who()); err != nil {
		t.Fatal(err)
	}
	issue, _, err := o.Issue(ctx, q1, time.Time{}, who())
	if err != nil {
		t.Fatal(err)
	}
	gate, err := o.Store.Gate(ctx, q1)
	if err != nil {
		t.Fatal(err)
	}
	want := o.ClosedSentence(gate)
	if !strings.Contains(want, "đã phát hành (lần 1, ngày "+printedDay(agency.DayOf(o.now))+")") {
		t.Fatalf("the sentence is %q", want)
	}

	o.answerAll(t) // the report that came in time
	o.now = o.now.Add(24 * time.Hour)
	o.receive(t, "late", mailing{from: "stc@daknong.example", subject: "Báo cáo quý I", name: "stc.xlsx",
		data: workbook(t, "Sở Tài chính", "Báo cáo quý I năm 2018", []any{"6.1.1", "Đang thực hiện", "Đang làm", 40, 5})})
	answered := o.answerAll(t)
	if len(answered.Queued) != 1 {
		t.Fatalf("%d receipts, want 1: %+v", len(answered.Queued), answered)
	}
	if text := read(t, answered.Queued[0].File).Text; !strings.Contains(strings.Join(strings.Fields(text), " "), want) {
		t.Errorf("the receipt does not say %q:\n%s", want, text)
	}

	late := workbook(t, "Sở Y tế", "Báo cáo quý I năm 2018", []any{"5.1.1", "Đang thực hiện", "Đang làm", 40, nil})
	o.inbox["2018-03-16/syt.xlsx"] = &fstest.MapFile{Data: late, ModTime: o.now.Add(-time.Hour)}
	if _, err := o.Collect(ctx); err != nil {
		t.Fatal(err)
	}
	made, err := o.Statement(ctx, q1, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(made.Inputs.Submissions) != 1 || len(made.Later) != 2 || made.Hash != issue.Data {
		t.Errorf("%d documents in the issued statement and %d that wait, want 1 and 2", len(made.Inputs.Submissions), len(made.Later))
	}
	checked, err := o.Check(ctx, "syt.xlsx", late, CheckOptions{AsOf: o.now})
	if err != nil {
		t.Fatal(err)
	}
	said := false
	for _, f := range checked[0].Submission.Findings {
		said = said || o.Say(finding.Finding{Code: f.Code, Got: f.Got, Want: f.Want}) == want
	}
	if !said {
		t.Errorf("check does not say %q: %+v", want, checked[0].Submission.Findings)
	}

	_, waive := o.Waive(ctx, q1, []string{"snv"}, "x", who())
	_, extend := o.Extend(ctx, q1, "snv", agency.NewDay(2018, 5, 1), "x", who())
	_, decide := o.Decide(ctx, made.documentID(made.Inputs.Submissions[0].SHA256), Decision{SetAside: true, Reason: "x"}, who())
	_, _, again := o.Issue(ctx, q1, time.Time{}, who())
	for name, err := range map[string]error{"waive": waive, "extend": extend, "decide": decide, "issue": again} {
		var closed *ClosedError
		if !errors.As(err, &closed) || closed.Sentence != want {
			t.Errorf("%s: %v, want the sentence %q", name, err, want)
		}
	}

	if err := o.Reopen(ctx, q1, "báo cáo muộn", who()); err != nil {
		t.Fatal(err)
	}
	if made, err = o.Statement(ctx, q1, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if len(made.Inputs.Submissions) != 3 || len(made.Later) != 0 {
		t.Errorf("after opening again %d documents count and %d wait, want 3 and 0", len(made.Inputs.Submissions), len(made.Later))
	}
}
