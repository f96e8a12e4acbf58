package pipeline

import (
	"context"
	"testing"
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/store"
)

// A reminder was withdrawn, and what it was withdrawn for comes to nothing: the
// agency is reminded after all, once. A stranger who writes in its name does not
// silence it.
func TestRemindedAfterWithdrawal(t *testing.T) {
	ctx, quarterOne := context.Background(), period(t, "2018-Q1")
	for name, c := range map[string]struct {
		cause, undo func(t *testing.T, o *testOffice, by store.Actor)
	}{
		"a forged report is set aside": {
			cause: func(t *testing.T, o *testOffice, _ store.Actor) {
				o.receive(t, "forged", mailing{
					from: "stc@daknong.example", subject: "Báo cáo quý I năm 2018", name: "stc.xlsx", unvouched: true,
					data: workbook(t, "SỞ TÀI CHÍNH", quarter, []any{"6.1.1", "Đang thực hiện", "Đang làm", 40, 5}),
				})
			},
			undo: func(t *testing.T, o *testOffice, by store.Actor) {
				made, err := o.Statement(ctx, quarterOne, lastSecond(agency.DayOf(o.Now())))
				if err != nil {
					t.Fatal(err)
				}
				id := made.documentID(made.Inputs.Submissions[0].SHA256)
				if _, err := o.Decide(ctx, id, Decision{SetAside: true, Reason: "Giả mạo"}, by); err != nil {
					t.Fatal(err)
				}
			},
		},
		"a waiver is taken back": {
			cause: func(t *testing.T, o *testOffice, by store.Actor) {
				if _, err := o.Waive(ctx, quarterOne, []string{"stc"}, "Nhầm", by); err != nil {
					t.Fatal(err)
				}
			},
			undo: undoLast,
		},
		"more time is taken back": {
			cause: func(t *testing.T, o *testOffice, by store.Actor) {
				if _, err := o.Extend(ctx, quarterOne, "stc", agency.NewDay(2018, 3, 22), "Nhầm", by); err != nil {
					t.Fatal(err)
				}
			},
			undo: undoLast,
		},
	} {
		t.Run(name, func(t *testing.T) {
			o, server := newOffice(t), &mailServer{}
			server.listen(t, o)
			o.at(3, 16)
			by := store.Actor{Name: "canbo", Via: "cli", At: o.now}
			o.remindAll(t, "")
			c.cause(t, o, by)
			if _, err := o.Collect(ctx); err != nil {
				t.Fatal(err)
			}
			o.deliverAll(t)
			if got := server.count(); len(got) != 28 || got["stc@daknong.example"] != 0 {
				t.Fatalf("%d agencies got letters, stc %d, want all but stc", len(got), got["stc@daknong.example"])
			}
			c.undo(t, o, by)
			o.now = o.now.Add(2 * time.Hour)
			if m := o.remindAll(t, ""); len(m.Letters) != 1 || m.Letters[0].Agency != "stc" {
				t.Errorf("written again: %v, want one letter, to stc", remindedIDs(m))
			}
			o.deliverAll(t)
			if m := o.remindAll(t, ""); len(m.Letters) != 0 {
				t.Errorf("written a third time: %v", remindedIDs(m))
			}
			if got := server.count()["stc@daknong.example"]; got != 1 {
				t.Errorf("stc got %d letters, want 1", got)
			}
		})
	}
}

// undoLast takes the last ruling back.
func undoLast(t *testing.T, o *testOffice, by store.Actor) {
	t.Helper()
	if _, err := o.Undo(context.Background(), "r1", "Nhầm", by); err != nil {
		t.Fatal(err)
	}
}
