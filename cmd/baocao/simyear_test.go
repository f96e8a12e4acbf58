package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jhillyerd/enmime/v2"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
)

// TestSimulatedYear lets the year of 29 agencies run by itself and compares every
// letter that goes out with the table that was written beforehand; half of the year
// where neither CI nor BAOCAO_LONG is set.
func TestSimulatedYear(t *testing.T) {
	t.Parallel()
	o := newSimOffice(t)
	o.tick, o.each = func() { o.once() }, isLong()
	periods := simPeriodsInOrder
	if !isLong() && os.Getenv("CI") == "" {
		periods = periods[:2] // a minute more on a small computer
	}
	o.play("plain", periods...)
	o.checkEnd(periods)
}

// TestSimulatedYearTables makes sure that the tables are those that the oracle
// writes by its rules.
func TestSimulatedYearTables(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("BAOCAO_REQUIRE_TOOLS") != "" {
			t.Fatal("python3 is not installed, and BAOCAO_REQUIRE_TOOLS asks for it")
		}
		t.Skip("python3 is not installed")
	}
	folder := t.TempDir()
	if out, err := exec.Command(python, "-B", filepath.Join(simFolder, "oracle.py"), folder).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	tables, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(tables) != 8 {
		t.Fatalf("tables: %q %v, want 8", tables, err)
	}
	for _, name := range tables {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(simFolder, filepath.Base(name)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the oracle writes, %v", filepath.Base(name), err)
		}
	}
}

// TestSimulatedYearOff has the computer off for a week at a time: over the due day
// of each period, over the day of the forms, and over the lock. Which letters are
// made up for, and which are not, is in a table of its own for each. Without
// BAOCAO_LONG it is off over the due day of one period alone.
func TestSimulatedYearOff(t *testing.T) {
	t.Parallel()
	variants, periods := []string{"off-due"}, []string{"2018-6M"}
	if isLong() {
		variants, periods = []string{"off-due", "off-forms", "off-lock"}, simPeriodsInOrder
	}
	for _, variant := range variants {
		t.Run(variant, func(t *testing.T) {
			t.Parallel()
			o := newSimOffice(t)
			o.tick = func() { o.once() }
			o.play(variant, periods...)
		})
	}
}

// isLong reports whether the long loops are run whole.
func isLong() bool { return os.Getenv("BAOCAO_LONG") != "" }

// simPeriodsInOrder are the periods of the year.
var simPeriodsInOrder = []string{"2018-Q1", "2018-6M", "2018-Q3", "2018"}

// simTerms are the days between which a period's acts and letters lie.
var simTerms = map[string][2]string{
	"2018-Q1": {"2018-01-01", "2018-05-20"}, "2018-6M": {"2018-05-20", "2018-08-20"},
	"2018-Q3": {"2018-08-20", "2018-11-20"}, "2018": {"2018-11-20", "2019-01-15"},
}

// play plays a story through some successive periods, and compares the letters
// with the table.
func (o *simOffice) play(variant string, periods ...string) {
	o.t.Helper()
	o.compare(o.run(variant, periods...))
}

// run is play without a comparison; it gives the lines of the table.
func (o *simOffice) run(variant string, periods ...string) (want []string) {
	o.t.Helper()
	began := time.Now()
	from, until := simDay(o.t, simTerms[periods[0]][0]), simDay(o.t, simTerms[periods[len(periods)-1]][1])
	within := func(a simAct) bool { return !a.at.Before(from) && a.at.Before(until) }
	_, acts := readSimTable(o.t, variant+".story.txt")
	acts = slices.DeleteFunc(acts, func(a simAct) bool { return !within(a) })
	o.live(acts, from, until)
	lines, rows := readSimTable(o.t, variant+".letters.txt")
	for i, line := range lines {
		if within(rows[i]) {
			want = append(want, line)
		}
	}
	o.t.Logf("%s %v: %d acts, %d ticks, %d letters, %v", variant, periods, len(acts), o.step, len(want), time.Since(began).Round(time.Millisecond))
	return want
}

func simDay(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02", s, agency.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// compare holds the letters against the lines of the table.
func (o *simOffice) compare(want []string) {
	o.t.Helper()
	var got []string
	for _, l := range o.post.all() {
		got = append(got, l.String())
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		o.t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// outbox is every letter as the program knows it.
func (o *simOffice) outbox() []pipeline.PostedView {
	o.t.Helper()
	var seen outboxView
	if err := json.Unmarshal([]byte(o.must("deliver", "--list", "--json")), &seen); err != nil {
		o.t.Fatal(err)
	}
	return seen.Letters
}

// compareOnce holds the letters against the lines of the table but for their
// moments: each once. One may have come twice, under its own Message-ID, when the
// program was killed before it heard that the server had it, and knows that it may
// have come twice.
func (o *simOffice) compareOnce(want []string) (twice int) {
	o.t.Helper()
	mayBe := map[string]bool{}
	for _, l := range o.outbox() {
		mayBe[l.ID+l.To] = l.Twice || len(l.Orders) > 0
	}
	sent := map[string]int{}
	var got, once []string
	for _, l := range o.post.all() {
		if sent[l.id+l.to]++; sent[l.id+l.to] == 1 {
			got = append(got, l.said())
			continue
		}
		twice++
		if id, _, _ := strings.Cut(l.id, "@"); !mayBe[id+l.to] {
			o.t.Errorf("%s came %d times, and the program does not know why", l, sent[l.id+l.to])
		}
	}
	for _, line := range want {
		_, said, _ := strings.Cut(line, " | ")
		if !strings.HasPrefix(said, "form ") || !slices.Contains(once, said) { // a clerk sends one form again
			once = append(once, said)
		}
	}
	slices.Sort(got)
	slices.Sort(once)
	if diff := cmp.Diff(once, got); diff != "" {
		o.t.Errorf("letters (-want +got):\n%s", diff)
	}
	return twice
}

// checkEnd looks at what the year leaves: each issue verifies, the audit is whole, no
// letter is stuck, and each form that was filled in came back without a finding.
func (o *simOffice) checkEnd(periods []string) {
	o.t.Helper()
	for _, period := range periods {
		o.must("verify", period)
	}
	o.must("audit", "verify")
	for _, l := range o.outbox() {
		if l.State != deliver.Sent || l.Twice {
			o.t.Errorf("letter %s to %s is left as %+v", l.Key, l.To, l)
		}
	}
	for _, l := range o.post.all() {
		if l.kind != "accepted" || l.to == simAddress("stc") || l.to == simAddress("ptth") { // these two have their own layout
			continue
		}
		e, err := enmime.ReadEnvelope(bytes.NewReader(l.raw))
		if err != nil {
			o.t.Fatal(err)
		}
		if !strings.Contains(e.Text, "được tiếp nhận") || strings.Contains(e.Text, "Nội dung cần rà soát") {
			o.t.Errorf("%s: the form that came back:\n%s", l, e.Text)
		}
	}
}
