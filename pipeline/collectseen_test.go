package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"baocao/pipeline/collect"
)

// again collects once more, and gives the files that were looked into.
func (o *testOffice) again(t testing.TB) []string {
	t.Helper()
	var opened []string
	inner := o.seen.look(o.Store.Holds)
	reader := o.Collector
	reader.Known = inner.known
	for item, err := range reader.Items(o.Inbox) {
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(opened, item.File) {
			opened = append(opened, item.File)
		}
	}
	if _, err := o.Collect(context.Background()); err != nil {
		t.Fatal(err)
	}
	return opened
}

// A file of which everything was kept is not looked into again, as long as its
// bytes are the same, and what was kept of it is there.
func TestCollectLooksIntoAFileOnce(t *testing.T) {
	o := newOffice(t)
	report := workbook(t, "SỞ TƯ PHÁP", quarter, good()...)
	o.receive(t, "a", mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "stp.xlsx", data: report})
	o.inbox["2018-03-14/quyet-dinh.txt"] = &fstest.MapFile{Data: []byte("van ban so 1")}
	want := func(when string, want ...string) {
		t.Helper()
		if got := o.again(t); !slices.Equal(got, want) {
			t.Errorf("%s: looked into %q, want %q", when, got, want)
		}
	}
	want("with a new file", "2018-03-14/quyet-dinh.txt")
	want("with nothing new")

	o.inbox["2018-03-14/quyet-dinh.txt"] = &fstest.MapFile{Data: []byte("van ban so 2")} // the same size and time
	want("with other bytes", "2018-03-14/quyet-dinh.txt")
	o.inbox["mail/a.json"] = &fstest.MapFile{Data: []byte("{}")}
	want("with something new beside the mail", "mail/a.eml")

	kept := hashOf(report)
	found, err := filepath.Glob(filepath.Join(o.Out, "archive", "*", kept+".xlsx"))
	if err != nil || len(found) != 1 {
		t.Fatalf("the original: %v %v", found, err)
	}
	if err := os.Remove(found[0]); err != nil {
		t.Fatal(err)
	}
	want("with an original lost", "mail/a.eml")
	if _, err := os.Stat(found[0]); err != nil {
		t.Errorf("the original was not put back: %v", err)
	}
	want("with nothing new, at the end")
}

// What could not be kept is met again, and so is a mail of which a part could not.
func TestCollectMeetsAgainWhatFailed(t *testing.T) {
	var seen seenFiles
	holds := func(collect.Item) bool { return true }
	first := seen.look(holds)
	for _, file := range []string{"whole.eml", "failed.eml", "waiting.xlsx"} {
		if first.known(file, "1") {
			t.Errorf("%s is known at first", file)
		}
	}
	for _, file := range []string{"whole.eml", "failed.eml"} {
		first.kept(collect.Item{File: file, SHA256: "a"})
		first.kept(collect.Item{File: file, SHA256: "b"})
	}
	first.fail("failed.eml")
	first.end()
	second := seen.look(holds)
	for file, want := range map[string]bool{"whole.eml": true, "failed.eml": false, "waiting.xlsx": false} {
		if got := second.known(file, "1"); got != want {
			t.Errorf("%s: known %v, want %v", file, got, want)
		}
	}
}

// BenchmarkCollectAgain collects an inbox of 500 mails in which nothing is new, as
// a service does every quarter of an hour.
func BenchmarkCollectAgain(b *testing.B) {
	o := newOffice(b)
	report := workbook(b, "SỞ TƯ PHÁP", quarter, good()...)
	for n := range 500 {
		// A comment of three characters at its end makes each archive another one.
		other := append(slices.Clone(report[:len(report)-2]), fmt.Sprintf("\x03\x00%03d", n)...)
		m := mailing{from: "stp@daknong.example", subject: "Báo cáo", name: "stp.xlsx", data: other, at: o.now}
		o.inbox[fmt.Sprintf("mail/%d.eml", n)] = &fstest.MapFile{Data: m.eml(), ModTime: m.at}
	}
	if _, err := o.Collect(context.Background()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := o.Collect(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
