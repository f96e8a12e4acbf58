package pipeline

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// at moves an office to a day of 2018, at nine.
func (o *testOffice) at(month time.Month, day int) {
	o.now = time.Date(2018, month, day, 9, 0, 0, 0, agency.Zone)
}

func TestMakeForms(t *testing.T) {
	o := newOffice(t)
	o.at(3, 1)
	folder := t.TempDir()
	made, err := o.MakeForms(context.Background(), period(t, "2018-Q1"), nil, folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != 29 {
		t.Errorf("%d forms, want 29", len(made))
	}
	for _, f := range made {
		if !f.Changed || f.Activities == 0 || filepath.Base(f.Path) != "bieu-bao-cao-2018-Q1-"+string(f.Agency)+".xlsx" {
			t.Errorf("%+v", f)
		}
	}
	again, err := o.MakeForms(context.Background(), period(t, "2018-Q1"), []agency.ID{"stp"}, folder)
	if err != nil || len(again) != 1 || again[0].Changed {
		t.Errorf("made again: %+v, %v, want one that did not change", again, err)
	}
	if _, err := o.MakeForms(context.Background(), period(t, "2018-Q1"), []agency.ID{"nobody"}, folder); !errors.Is(err, ErrNotAsked) {
		t.Errorf("of an unknown agency: %v", err)
	}
	if _, err := o.MakeForms(context.Background(), plan.Period{Year: 2018, Part: plan.Q2}, nil, folder); !errors.Is(err, ErrNotReported) {
		t.Errorf("of a period that is not reported: %v", err)
	}
}

// What an agency reported stands beside in the next period's form.
func TestFormShowsThePeriodBefore(t *testing.T) {
	o := newOffice(t)
	o.receive(t, "a", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "stp.xlsx", data: workbook(t, "SỞ TƯ PHÁP", quarter, good()...)})
	o.at(6, 1)
	made, err := o.MakeForms(context.Background(), plan.Period{Year: 2018, Part: plan.Half}, []agency.ID{"stp"}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(made[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	col, found := -1, map[string]string{}
	for _, row := range rows {
		if i := slices.Index(row, "Đã báo cáo quý I năm 2018"); i >= 0 {
			col = i
		}
		if col > 0 && len(row) > col && strings.HasPrefix(row[0], "2.1.") {
			found[row[0]] = row[col]
		}
	}
	want := map[string]string{
		"2.1.1": "Đã hoàn thành, 100%\nKinh phí lũy kế: 14,5 triệu đồng\nĐã ban hành kế hoạch",
		"2.1.2": "Đang thực hiện, 40%\nKinh phí lũy kế: 5 triệu đồng\nĐang rà soát văn bản",
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("what was reported before (-want +got):\n%s", diff)
	}
}

func TestSendForms(t *testing.T) {
	o := newOffice(t)
	o.at(3, 1)
	ctx := context.Background()
	o.Pipeline.DryRun = true
	dry, err := o.SendForms(ctx, period(t, "2018-Q1"))
	if err != nil || len(dry.Letters) != 29 {
		t.Fatalf("dry run: %d letters, %v", len(dry.Letters), err)
	}
	o.Pipeline.DryRun = false
	mine, err := o.SendFormsOf(ctx, period(t, "2018-Q1"), []agency.ID{"stp"}, "canbo@daknong.example")
	if err != nil || len(mine.Letters) != 1 {
		t.Fatalf("to the clerk: %+v, %v", mine, err)
	}
	if e := read(t, mine.Letters[0].File); e.GetHeader("To") != "<canbo@daknong.example>" ||
		!strings.HasPrefix(e.GetHeader("Subject"), "[XEM TRƯỚC] Biểu báo cáo") || !strings.Contains(e.Text, "gửi đến: stp@daknong.example") || len(e.Attachments) != 1 {
		t.Errorf("to the clerk: %s, %s\n%s", e.GetHeader("To"), e.GetHeader("Subject"), e.Text)
	}
	sent, err := o.SendForms(ctx, period(t, "2018-Q1"))
	if err != nil || len(sent.Letters) != 29 || sent.Known != 0 {
		t.Fatalf("%d letters, %d known, %v, want 29 new ones", len(sent.Letters), sent.Known, err)
	}
	again, err := o.SendForms(ctx, period(t, "2018-Q1"))
	if err != nil || len(again.Letters) != 0 || again.Known != 29 {
		t.Errorf("again: %d letters, %d known, %v, want all known", len(again.Letters), again.Known, err)
	}
	i := slices.IndexFunc(sent.Letters, func(l MailedView) bool { return l.Agency == "stp" })
	e := read(t, sent.Letters[i].File)
	golden(t, "form.txt", e.Text)
	files, err := o.MakeForms(ctx, period(t, "2018-Q1"), []agency.ID{"stp"}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if sum := hashOf(e.Attachments[0].Content); sum != files[0].SHA256 {
		t.Errorf("the form that was sent has the hash %s, the one that is made %s", sum, files[0].SHA256)
	}
}

// An agency without an address is told, and keeps no other from its form.
func TestFormsWithoutAnAddress(t *testing.T) {
	o := newOffice(t)
	o.at(3, 1)
	data := o.office.directory.Data()
	data.Agencies = slices.Clone(data.Agencies)
	for i := range data.Agencies {
		switch data.Agencies[i].ID {
		case "stp":
			data.Agencies[i].Addresses = nil
		case "stc":
			data.Agencies[i].Addresses = []string{"@stc.example"}
		}
	}
	dir, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	o.office.directory = dir
	sent, err := o.SendForms(context.Background(), period(t, "2018-Q1"))
	want := []NotMailed{{"stp", NoAddress}, {"stc", NoAddress}}
	if diff := cmp.Diff(want, sent.Skipped); diff != "" || err != nil || len(sent.Letters) != 27 {
		t.Errorf("%d letters, %v, skipped (-want +got):\n%s", len(sent.Letters), err, diff)
	}
}

func TestNoFormsWithoutPost(t *testing.T) {
	o := newOffice(t)
	o.Outgoing = nil
	if _, err := o.SendForms(context.Background(), period(t, "2018-Q1")); !errors.Is(err, ErrNoPost) {
		t.Errorf("send forms: %v, want %v", err, ErrNoPost)
	}
	if _, err := o.Remind(context.Background(), period(t, "2018-Q1"), RemindBefore); !errors.Is(err, ErrNoPost) {
		t.Errorf("remind: %v, want %v", err, ErrNoPost)
	}
}

// A form that was mailed, filled in and mailed back is accepted without a finding,
// also the next one, which shows beside what the first one said; and who has sent
// it is not reminded.
func TestFormComesBack(t *testing.T) {
	o := newOffice(t)
	ctx := context.Background()
	for _, tt := range []struct {
		period     string
		month, due int
		money      string
		amount     float64
	}{
		{"2018-Q1", 3, 15, "Kinh phí đã thực hiện (triệu đồng)", 2.5},
		{"2018-6M", 6, 15, "Kinh phí đã thực hiện lũy kế từ đầu năm (triệu đồng)", 4},
	} {
		o.at(time.Month(tt.month), 1)
		sent, err := o.SendForms(ctx, period(t, tt.period))
		if err != nil {
			t.Fatal(err)
		}
		form := read(t, letterTo(t, sent, "stp").File).Attachments[0]
		o.at(time.Month(tt.month), tt.due)
		o.receive(t, tt.period, mailing{
			from: "stp@daknong.example", subject: "Re: Biểu báo cáo", text: "Kính gửi Sở Nội vụ.", name: form.FileName,
			data: answered(t, form.Content, map[string]any{"Kết quả thực hiện": "Đang triển khai", "Tình trạng": "Đang thực hiện", "Tỷ lệ hoàn thành (%)": 50, tt.money: tt.amount}),
		})
		made, err := o.Statement(ctx, period(t, tt.period), o.now)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(made.Inputs.Submissions); n != 1 {
			t.Fatalf("%s: %d submissions, want 1", tt.period, n)
		}
		s := made.Inputs.Submissions[0]
		if s.Agency != "stp" || s.Outcome != "accept" || len(s.Findings) > 0 || len(s.Entries) != 18 {
			t.Errorf("%s: %s of %q, %d entries, findings %v", tt.period, s.Outcome, s.Agency, len(s.Entries), s.Findings)
		}
		m, err := o.Remind(ctx, period(t, tt.period), "")
		if err != nil || len(m.Letters) != 28 || slices.Contains(remindedIDs(m), "stp") {
			t.Errorf("%s: %d reminders, %v, want 28 without stp", tt.period, len(m.Letters), err)
		}
	}
}

// answered is a form with the same answer in each row of its first sheet.
func answered(t *testing.T, data []byte, values map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Báo cáo")
	if err != nil {
		t.Fatal(err)
	}
	columns, filled := map[int]any{}, 0
	for i, row := range rows {
		if len(row) > 0 && row[0] == "Mã hoạt động" {
			for c, title := range row {
				if v, ok := values[title]; ok {
					columns[c+1] = v
				}
			}
		}
		if len(row) == 0 || strings.Count(row[0], ".") != 2 {
			continue
		}
		for c, v := range columns {
			cell, err := excelize.CoordinatesToCellName(c, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellValue("Báo cáo", cell, v); err != nil {
				t.Fatal(err)
			}
			filled++
		}
	}
	if len(columns) != len(values) || filled == 0 {
		t.Fatalf("the form has %d of the columns %v", len(columns), values)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
