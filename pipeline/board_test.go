package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/store"
)

// remindedOffice is an office whose letters after the due day came to every end.
func remindedOffice(t testing.TB) (*testOffice, *Made) {
	t.Helper()
	o, server, ctx := newOffice(t), &mailServer{}, context.Background()
	server.listen(t, o)
	o.at(3, 13)
	o.remindAll(t, RemindBefore)
	o.deliverAll(t)
	o.receive(t, "good", reportOf(t, "stp", "SỞ TƯ PHÁP", good()...))
	o.at(3, 16)
	server.at = func(at, to string) error {
		switch {
		case at == "rcpt" && to == "sct@daknong.example":
			return said(550)
		case at == "rcpt" && to == "sxd@daknong.example":
			return said(451)
		case at == "dot" && to == "syt@daknong.example":
			return errDrop
		}
		return nil
	}
	m := o.remindAll(t, RemindAfter)
	o.receive(t, "late", reportOf(t, "bdt", "BAN DÂN TỘC", []any{"Không phát sinh"}))
	if _, err := o.Extend(ctx, period(t, "2018-Q1"), "cujut", agency.NewDay(2018, 3, 22), "Bão", store.Actor{Name: "canbo", Via: "cli", At: o.now}); err != nil {
		t.Fatal(err)
	}
	o.deliverAll(t)
	letter := letterTo(t, m, "gianghia")
	if found, err := o.Store.Bounced(ctx, strings.Trim(read(t, letter.File).GetHeader("Message-ID"), "<>"), "", "5.1.1 unknown", o.now, o.now); err != nil || !found {
		t.Fatal(found, err)
	}
	made, err := o.Statement(ctx, period(t, "2018-Q1"), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return o, made
}

// The board tells who was reminded when, and what became of the letter.
func TestBoard(t *testing.T) {
	o, made := remindedOffice(t)
	rows, err := o.Board(context.Background(), made)
	if err != nil {
		t.Fatal(err)
	}
	got := map[agency.ID]string{}
	for _, r := range rows {
		if r.Reminder == nil {
			t.Fatalf("%s was never reminded", r.Agency)
		}
		got[r.Agency] = fmt.Sprintf("%s, %s: %d, %s %s %s", r.Group, r.State, r.Reminders, r.Reminder.Step, agency.DayOf(r.Reminder.At), r.Reminder.State)
	}
	want := map[agency.ID]string{
		"stp":      "Các Sở, ban, ngành, accepted: 1, before 2018-03-13 sent",
		"stc":      "Các Sở, ban, ngành, missing: 2, after 2018-03-16 sent",
		"sct":      "Các Sở, ban, ngành, missing: 2, after 2018-03-16 failed",
		"sxd":      "Các Sở, ban, ngành, missing: 2, after 2018-03-16 queued",
		"syt":      "Các Sở, ban, ngành, missing: 2, after 2018-03-16 maybe-sent",
		"cujut":    "UBND các huyện, thị xã, missing: 1, before 2018-03-13 sent", // the later one was withdrawn
		"gianghia": "UBND các huyện, thị xã, missing: 2, after 2018-03-16 bounced",
		"baodn":    ", missing: 2, after 2018-03-16 sent",
	}
	for id := range got {
		if _, asked := want[id]; !asked {
			delete(got, id)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("board (-want +got):\n%s", diff)
	}
}

// The board as a workbook: days are days and counts numbers, with filters and a
// head that stays; the reminders stand on a sheet of their own.
func TestBoardWorkbook(t *testing.T) {
	o, made := remindedOffice(t)
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := o.BoardWorkbook(context.Background(), b, made); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same board gives other bytes")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"Theo dõi", "Đôn đốc"}) {
		t.Errorf("sheets %q", got)
	}
	shown, raw := rowOf(t, f, "Theo dõi", "UBND huyện Cư Jút")
	want := []string{"UBND huyện Cư Jút", "UBND các huyện, thị xã", "Chưa báo cáo", "22/3/2018", "", "", "", "12", "0", "1", "Trước hạn", "13/3/2018", "Đã gửi"}
	if diff := cmp.Diff(want, shown[1:]); diff != "" {
		t.Errorf("a row (-want +got):\n%s", diff)
	}
	if raw[4] != "43181" { // 22 March 2018
		t.Errorf("its due day is %q, want the day 43181", raw[4])
	}
	shown, _ = rowOf(t, f, "Đôn đốc", "UBND huyện Cư Jút")
	if want := []string{"Trước hạn", "13/3/2018", "09:00", "cujut@daknong.example", "Đã gửi"}; !slices.Equal(shown[2:7], want) {
		t.Errorf("a reminder %q, want %q", shown[2:7], want)
	}
	if all := sheetText(t, f, "Đôn đốc"); !strings.Contains(all, "Không cần gửi nữa") || !strings.Contains(all, "Thời hạn của cơ quan đã thay đổi") {
		t.Error("the one that was withdrawn is not told of")
	}
	for _, sheet := range f.GetSheetList() {
		if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze {
			t.Errorf("%s: panes %+v %v, want the head frozen", sheet, panes, err)
		}
		if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
			return n.Scope == sheet && strings.HasSuffix(n.Name, "_FilterDatabase")
		}) {
			t.Errorf("%s has no filter", sheet)
		}
	}
}

// rowOf is the first row with that name in its second column, as shown and as kept.
func rowOf(t testing.TB, f *excelize.File, sheet, name string) (shown, raw []string) {
	t.Helper()
	var all [2][][]string
	for i, options := range []excelize.Options{{}, {RawCellValue: true}} {
		var err error
		if all[i], err = f.GetRows(sheet, options); err != nil {
			t.Fatal(err)
		}
	}
	i := slices.IndexFunc(all[0], func(row []string) bool { return len(row) > 1 && row[1] == name })
	if i < 0 {
		t.Fatalf("%s: no row of %s", sheet, name)
	}
	return all[0][i], all[1][i]
}
