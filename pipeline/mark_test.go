package pipeline

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/sheet"
)

// TestMarkedSampleIsReadTheSame marks every document of the made-up year and
// reads what is given back: the same entries and findings, and at every cell
// that a finding names its sentence.
func TestMarkedSampleIsReadTheSame(t *testing.T) {
	p := samplePipeline(t)
	reader, err := p.reader(context.Background(), 2018)
	if err != nil {
		t.Fatal(err)
	}
	marked, found := 0, 0
	for item, err := range p.Collector.Items(p.Inbox) {
		if err != nil {
			t.Fatal(err)
		}
		origin := form.Origin{SHA256: item.SHA256, Name: item.Name, Arrived: item.Arrived, Mail: mailOf(item.Message)}
		read := func(data []byte) form.Submission {
			book, findings := sheet.Open(item.Name, data)
			o := origin
			o.Findings = findings
			return reader.ReadSubmission(book, o)
		}
		want := read(item.Data)
		var b bytes.Buffer
		err = p.Mark(&b, Checked{File: item.Name, Submission: want, data: item.Data})
		if errors.Is(err, ErrNothingToMark) {
			if book, _ := sheet.Open(item.Name, item.Data); book != nil {
				t.Errorf("%s is read but not given back", item.File)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", item.File, err)
		}
		marked++
		t.Run(item.File+"!"+item.Name, func(t *testing.T) {
			got := read(b.Bytes())
			if i := slices.IndexFunc(got.Findings, isOfRemarks); i < 0 && want.Outcome != form.Ignore && len(got.Entries) > 0 {
				t.Error("the sheet of remarks is not told")
			}
			got.Findings = slices.DeleteFunc(got.Findings, isOfRemarks)
			if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("the marked document is read otherwise (-want +got):\n%s", diff)
			}
			book, _ := sheet.Open(item.Name, item.Data)
			var twice bytes.Buffer
			if err := p.Mark(&twice, Checked{File: item.Name, Submission: got, data: b.Bytes()}); err != nil {
				t.Fatal(err)
			}
			if book.Format == sheet.XLSX && !bytes.Equal(twice.Bytes(), b.Bytes()) {
				t.Error("marked twice is not as marked once")
			}
		})
		found += len(want.Findings)
	}
	if marked < 50 || found < 5 {
		t.Errorf("%d documents with %d findings were marked, want more of the sample", marked, found)
	}
}

// TestMarkSaysNoPlaceTwice: beside the cell a sentence need not name it.
func TestMarkSaysNoPlaceTwice(t *testing.T) {
	p := samplePipeline(t)
	f := finding.Finding{
		Code: "money-negative", Level: finding.Error, Got: "-5", Activity: "1.1.1",
		Place: finding.Place{File: "a.xlsx", Sheet: "Biểu 1", Cell: "F5", Row: 5},
	}
	if got, want := p.sayHere(f), "Số tiền “-5” của hoạt động 1.1.1 là số âm."; !strings.HasPrefix(got, want) {
		t.Errorf("said %q, want it to begin %q", got, want)
	}
}

func TestMarkWordsAreChecked(t *testing.T) {
	for _, c := range []struct {
		spoil func(*markWords)
		want  string
	}{
		{func(w *markWords) { w.Intro = append(slices.Clone(w.Intro), "{agenci}") }, "{agenci}"},
		{func(w *markWords) { w.Comment = " " }, "comment"},
		{func(w *markWords) { w.Outcomes = nil }, "outcomes"},
		{func(w *markWords) { w.Periods = nil }, "periods"},
		{func(w *markWords) { w.Levels = nil }, "levels"},
	} {
		w := samplePipeline(t).office.mark
		c.spoil(&w)
		if err := w.check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("check: %v, want an error that names %s", err, c.want)
		}
	}
}

func BenchmarkMark(b *testing.B) {
	p := samplePipeline(b)
	name := "bao-cao-so-tu-phap-quy-I.xlsx"
	data, err := os.ReadFile(filepath.Join(sampleInbox, "2018-03-15", name))
	if err != nil {
		b.Fatal(err)
	}
	checked, err := p.Check(context.Background(), name, data, CheckOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := p.Mark(io.Discard, checked[0]); err != nil {
			b.Fatal(err)
		}
	}
}

// TestMarkedOddFilesAreReadTheSame marks every odd file, made by many
// programs, and reads the same cells from what is given back in place.
func TestMarkedOddFilesAreReadTheSame(t *testing.T) {
	p := samplePipeline(t)
	files, err := filepath.Glob("form/testdata/odd/*")
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		checked, err := p.Check(context.Background(), filepath.Base(file), data, CheckOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range checked {
			var b bytes.Buffer
			err := p.Mark(&b, c)
			if errors.Is(err, ErrNothingToMark) {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			marked++
			want, _ := sheet.Open("f", c.data)
			got, findings := sheet.Open("f", b.Bytes())
			if got == nil {
				t.Errorf("%s: what is given back is not read: %v", file, findings)
				continue
			}
			if diff := cmp.Diff(want.Sheets, got.Sheets, cmpopts.EquateEmpty()); want.Format == sheet.XLSX && diff != "" {
				t.Errorf("%s: cells (-want +got):\n%s", file, diff)
			}
		}
	}
	if marked < 50 {
		t.Errorf("%d odd files were marked, want at least 50", marked)
	}
}
