package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/schedule"
	"baocao/pipeline/store"
	"baocao/templates"
)

// withFiles are the shipped templates with some of an office's own.
type withFiles struct{ own fstest.MapFS }

func (w withFiles) Open(name string) (fs.File, error) {
	if _, own := w.own[name]; own {
		return w.own.Open(name)
	}
	return templates.FS.Open(name)
}

// probe is a service with jobs that write down when they were done.
type probe struct {
	*Service
	office *testOffice
	done   []string                   // key and time, in order
	fail   func(schedule.Entry) error // what a job comes to
}

// probeRules are the lines of schedule.yaml of these tests.
const probeRules = `
  - {job: remind, when: "due -2 working days at 08:00", within: 2d}
  - {job: remind, when: "due +1 working days at 08:00", within: 2d}
  - {job: prepare, when: "grace +0 days at 16:00", catch_up: skip}
  - {job: hand, when: "issue at 14:00", within: 10d}
  - {job: tidy, cron: "0 2 1 * *", within: 5d}
`

// newProbe is a service on an office, at noon of the given day.
func newProbe(t testing.TB, o *testOffice, rules, day string) *probe {
	t.Helper()
	p := &probe{office: o, fail: func(schedule.Entry) error { return nil }}
	do := func(_ context.Context, e schedule.Entry) (string, error) {
		if err := p.fail(e); err != nil {
			return "", err
		}
		p.done = append(p.done, e.Key+" "+o.now.In(agency.Zone).Format("2006-01-02 15:04"))
		return "done", nil
	}
	o.Templates = withFiles{fstest.MapFS{scheduleName: {Data: []byte(
		"names: {forms: h, remind: a, prepare: b, hand: c, tidy: d, collect: e, draft: f, deliver: g}\njobs:" + rules)}}}
	p.Service = &Service{
		Pipeline: o.Pipeline, Clerk: mail.Address{Name: "Cán bộ mẫu", Address: "canbo@daknong.example"},
		Extra: map[string]Job{
			"remind": {schedule.AboutPeriod, do}, "prepare": {schedule.AboutPeriod, do}, "hand": {schedule.AboutPeriod, do},
			"tidy": {schedule.AboutOffice, do},
		},
	}
	if err := p.Prepare(); err != nil {
		t.Fatal(err)
	}
	p.at(t, day+" 12:00")
	return p
}

// at sets the clock.
func (p *probe) at(t testing.TB, moment string) {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", moment, agency.Zone)
	if err != nil {
		t.Fatal(err)
	}
	p.office.now = v
}

func (p *probe) tick(t testing.TB) []store.Run {
	t.Helper()
	runs, err := p.Tick(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

// live ticks at each time of the schedule until a day, but not in the nights
// between off days.
func (p *probe) live(t testing.TB, until string, off ...[2]string) {
	t.Helper()
	for {
		next, err := p.Next(1)
		if err != nil || len(next) == 0 {
			t.Fatalf("next: %v %v", next, err)
		}
		day := next[0].At.Format("2006-01-02")
		if day >= until {
			return
		}
		p.office.now = next[0].At
		for _, o := range off {
			if o[0] <= day && day < o[1] {
				p.at(t, o[1]+" 09:30")
			}
		}
		p.tick(t)
	}
}

// ledger is every run that is known, shortly.
func (p *probe) ledger(t testing.TB) []string {
	t.Helper()
	runs, err := p.Ledger(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range runs {
		all = append(all, fmt.Sprintf("%s %s %d %s", r.Key, r.State, r.Attempts, r.Detail))
	}
	return all
}

// firstQuarter is what the schedule of these tests does about the first quarter.
var firstQuarter = []string{
	"remind/2018-Q1/due-2w 2018-03-13 08:00",
	"remind/2018-Q1/due+1w 2018-03-16 08:00",
	"prepare/2018-Q1/grace+0d 2018-03-20 16:00",
	"hand/2018-Q1/issue+0d 2018-03-21 14:00",
}

func TestTickThroughAYear(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-01-15")
	p.tick(t)
	p.live(t, "2019-01-15")
	want := []string{"tidy//2018-02-01T02:00 2018-02-01 02:00", "tidy//2018-03-01T02:00 2018-03-01 02:00"}
	want = append(want, firstQuarter...)
	want = append(want,
		"tidy//2018-04-01T02:00 2018-04-01 02:00", "tidy//2018-05-01T02:00 2018-05-01 02:00", "tidy//2018-06-01T02:00 2018-06-01 02:00",
		"remind/2018-6M/due-2w 2018-06-13 08:00", "remind/2018-6M/due+1w 2018-06-18 08:00",
		"prepare/2018-6M/grace+0d 2018-06-20 16:00", "hand/2018-6M/issue+0d 2018-06-21 14:00",
		"tidy//2018-07-01T02:00 2018-07-01 02:00", "tidy//2018-08-01T02:00 2018-08-01 02:00", "tidy//2018-09-01T02:00 2018-09-01 02:00",
		"remind/2018-Q3/due-2w 2018-09-13 08:00", "remind/2018-Q3/due+1w 2018-09-18 08:00",
		"prepare/2018-Q3/grace+0d 2018-09-20 16:00", "hand/2018-Q3/issue+0d 2018-09-21 14:00",
		"tidy//2018-10-01T02:00 2018-10-01 02:00", "tidy//2018-11-01T02:00 2018-11-01 02:00", "tidy//2018-12-01T02:00 2018-12-01 02:00",
		"remind/2018/due-2w 2018-12-13 08:00", "remind/2018/due+1w 2018-12-18 08:00",
		"prepare/2018/grace+0d 2018-12-20 16:00", "hand/2018/issue+0d 2018-12-21 14:00",
		"tidy//2019-01-01T02:00 2019-01-01 02:00",
	)
	if diff := cmp.Diff(want, p.done); diff != "" {
		t.Errorf("the year (-want +got):\n%s", diff)
	}
}

// What was missed is made up for once by each job's policy, and noted else.
func TestTickAfterAWeekOff(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-02-15")
	p.tick(t)
	p.live(t, "2018-04-01", [2]string{"2018-02-27", "2018-03-03"}, [2]string{"2018-03-12", "2018-03-17"}, [2]string{"2018-03-19", "2018-03-26"})
	want := []string{
		"tidy//2018-03-01T02:00 2018-03-03 09:30",
		"remind/2018-Q1/due+1w 2018-03-17 09:30", // for both of them
		"hand/2018-Q1/issue+0d 2018-03-26 09:30",
	}
	if diff := cmp.Diff(want, p.done); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	noted := []string{
		"tidy//2018-03-01T02:00 done 1 done",
		"remind/2018-Q1/due-2w skipped 0 missed; its later time due+1w stands for it",
		"remind/2018-Q1/due+1w done 1 done",
		"prepare/2018-Q1/grace+0d skipped 0 missed; the schedule says to skip it then",
		"hand/2018-Q1/issue+0d done 1 done",
	}
	if diff := cmp.Diff(noted, p.ledger(t)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
}

// What was missed for longer than its window is told, once.
func TestTickAfterTheWindow(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	p := newProbe(t, o, probeRules, "2018-03-19")
	p.tick(t)
	p.at(t, "2018-04-01 01:00")
	for range 3 {
		p.tick(t)
	}
	if diff := cmp.Diff([]string(nil), p.done); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"canbo@daknong.example": 1}, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
	want := []string{
		"prepare/2018-Q1/grace+0d skipped 0 missed; the schedule says to skip it then",
		"hand/2018-Q1/issue+0d skipped 0 missed; its window ended at 2018-03-31 14:00",
	}
	if diff := cmp.Diff(want, p.ledger(t)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
}

// An office that begins in the middle of a term is not sent what was due before.
func TestFirstTickMakesUpForNothing(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-03-16")
	p.tick(t)
	p.tick(t)
	if len(p.done) > 0 || len(p.ledger(t)) > 0 {
		t.Errorf("done %v, noted %v, want neither", p.done, p.ledger(t))
	}
}

func TestTickWithAClockThatIsSet(t *testing.T) {
	p := newProbe(t, newOffice(t), probeRules, "2018-03-12")
	p.tick(t)
	for _, moment := range []string{
		"2018-03-13 08:00", "2018-03-13 07:00", "2018-03-13 07:59", "2018-03-13 08:00", // set back an hour
		"2018-03-16 08:01", "2018-03-15 08:01", "2018-03-16 08:01", "2018-03-17 08:00", // forward a day, and back
		"2018-03-20 16:00", "2018-03-21 15:00", "2018-03-20 15:00", "2018-03-21 15:00",
	} {
		p.at(t, moment)
		p.tick(t)
	}
	want := slices.Clone(firstQuarter)
	want[1], want[3] = "remind/2018-Q1/due+1w 2018-03-16 08:01", "hand/2018-Q1/issue+0d 2018-03-21 15:00"
	if diff := cmp.Diff(want, p.done); diff != "" {
		t.Errorf("done (-want +got):\n%s", diff)
	}
	p.at(t, "1970-01-01 07:00")
	if _, err := p.Tick(t.Context()); !errors.Is(err, store.ErrClock) {
		t.Errorf("in 1970: got %v, want ErrClock", err)
	}
}

// Two programs on one database, from folders of their own, do each job once.
func TestTwoServicesOnOneDatabase(t *testing.T) {
	o := newOffice(t)
	a := newProbe(t, o, probeRules, "2018-02-15")
	b := newProbe(t, o, probeRules, "2018-02-15")
	b.Service.place = filepath.Join(a.place, "other")
	a.tick(t)
	// b looks again while a is at work, and afterwards.
	a.fail = func(schedule.Entry) error {
		b.tick(t)
		return nil
	}
	for {
		next, err := a.Next(1)
		if err != nil {
			t.Fatal(err)
		}
		if next[0].At.After(time.Date(2018, 3, 31, 0, 0, 0, 0, agency.Zone)) {
			break
		}
		o.now = next[0].At
		a.tick(t)
		b.tick(t)
	}
	if diff := cmp.Diff(append([]string{"tidy//2018-03-01T02:00 2018-03-01 02:00"}, firstQuarter...), a.done); diff != "" {
		t.Errorf("done by the first (-want +got):\n%s", diff)
	}
	if len(b.done) > 0 {
		t.Errorf("done by the second one, too: %v", b.done)
	}
}

// What a killed process was at is done by another one after its lease, and at
// once by the next one on its folder.
func TestTickAfterAKill(t *testing.T) {
	for _, again := range []bool{false, true} {
		o := newOffice(t)
		dead := newProbe(t, o, probeRules, "2018-03-12")
		dead.tick(t)
		dead.at(t, "2018-03-13 08:00")
		runs, err := dead.plan(t.Context())
		if err != nil || len(runs) != 1 {
			t.Fatalf("planned: %v %v, want one", runs, err)
		}
		if _, ours, err := o.Store.ClaimRun(t.Context(), runs[0], store.RunClaim{
			Owner: dead.owner, Place: dead.place, Now: dead.now(), Lease: runLease,
		}); err != nil || !ours {
			t.Fatal(ours, err)
		}
		p := newProbe(t, o, probeRules, "2018-03-13")
		p.at(t, "2018-03-13 08:05")
		if again {
			if _, err := p.TickOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
		} else {
			p.tick(t)
			if len(p.done) > 0 {
				t.Errorf("done within the lease: %v", p.done)
			}
			p.at(t, "2018-03-13 08:11")
			p.tick(t)
		}
		if len(p.done) != 1 || !strings.HasPrefix(p.done[0], "remind/2018-Q1/due-2w ") {
			t.Errorf("on its folder again %v: done %v, want the reminder", again, p.done)
		}
	}
}

// A job that comes to nothing is tried again with pauses, told twice, and left to
// a person, whose word has it done.
func TestJobThatFails(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	p := newProbe(t, o, probeRules, "2018-03-12")
	p.tick(t)
	broken, tries := errors.New("disk full"), 0
	p.fail = func(e schedule.Entry) error {
		if e.Job != "remind" {
			return nil
		}
		if tries++; tries == 2 {
			panic(broken)
		}
		return broken
	}
	p.at(t, "2018-03-13 08:00")
	told := map[int]int{} // letters after each attempt
	var began []string
	for range 60 * 7 {
		for _, r := range p.tick(t) {
			began = append(began, o.now.In(agency.Zone).Format("15:04"))
			told[r.Attempts] = server.count()["canbo@daknong.example"]
		}
		o.now = o.now.Add(time.Minute)
	}
	if diff := cmp.Diff([]string{"08:00", "08:01", "08:06", "08:21", "09:21", "13:21"}, began); diff != "" {
		t.Errorf("attempts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[int]int{1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: 2}, told); diff != "" {
		t.Errorf("letters to the clerk (-want +got):\n%s", diff)
	}
	troubles, err := p.Troubles(t.Context())
	if err != nil || len(troubles) != 1 || troubles[0].Detail != "disk full" || troubles[0].NextTry != nil {
		t.Errorf("troubles: got %+v %v, want the reminder, given up", troubles, err)
	}
	p.fail = func(schedule.Entry) error { return nil }
	p.tick(t)
	if len(p.done) > 0 {
		t.Errorf("done of itself: %v", p.done)
	}
	if err := p.RetryRun(t.Context(), troubles[0].Key); err != nil {
		t.Fatal(err)
	}
	p.tick(t)
	if want := []string{"remind/2018-Q1/due-2w 2018-03-13 15:00"}; !slices.Equal(p.done, want) {
		t.Errorf("on a person's word: got %v, want %v", p.done, want)
	}
}

// A job that waits is looked at again, told once, and over with its window.
func TestJobThatWaits(t *testing.T) {
	o, server := newOffice(t), &mailServer{}
	server.listen(t, o)
	p := newProbe(t, o, probeRules, "2018-03-21")
	p.tick(t)
	p.fail = func(e schedule.Entry) error {
		if e.Job != "hand" {
			return nil
		}
		return &NotYetError{Reason: "not issued", After: 6 * time.Hour, Tell: true}
	}
	p.at(t, "2018-03-21 14:00")
	looks := 0
	for range 24 * 11 {
		for _, r := range p.tick(t) {
			looks += count(r.Job == "hand")
		}
		o.now = o.now.Add(time.Hour)
	}
	if looks != 41 {
		t.Errorf("looks within 10 days: got %d, want one every 6 hours", looks)
	}
	if diff := cmp.Diff([]string{"hand/2018-Q1/issue+0d failed 1 its window ended: not issued"}, p.ledger(t)[:1]); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"canbo@daknong.example": 2}, server.count()); diff != "" {
		t.Errorf("letters (-want +got):\n%s", diff)
	}
}

// A job that is stopped counts as not begun, and is done by the next process.
func TestJobThatIsStopped(t *testing.T) {
	o := newOffice(t)
	p := newProbe(t, o, probeRules, "2018-03-12")
	p.tick(t)
	ctx, stop := context.WithCancel(t.Context())
	p.fail = func(schedule.Entry) error {
		stop()
		return ctx.Err()
	}
	p.at(t, "2018-03-13 08:00")
	if _, err := p.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"remind/2018-Q1/due-2w waiting 0 the program was stopped"}, p.ledger(t)); diff != "" {
		t.Errorf("ledger (-want +got):\n%s", diff)
	}
	next := newProbe(t, o, probeRules, "2018-03-13")
	next.at(t, "2018-03-13 08:01")
	next.tick(t)
	if want := []string{"remind/2018-Q1/due-2w 2018-03-13 08:01"}; !slices.Equal(next.done, want) {
		t.Errorf("by the next process: got %v, want %v", next.done, want)
	}
}

// A line that cannot be used is told with its place before anything is done.
func TestScheduleFileFaults(t *testing.T) {
	for _, c := range []struct{ file, says string }{
		{"names: {collect: a}\njobs:\n  - {job: collect, cron: \"0 8 * * *\"}\n  - {job: dance, cron: \"0 8 * * *\"}\n",
			`templates/schedule.yaml:4:11: job: "dance" is no job of this program, which has collect, deliver, draft`},
		{"names: {collect: a}\njobs:\n  - job: collect\n    cron: \"99 8 * * *\"\n", "templates/schedule.yaml:4:11: cron: minute: want numbers from 0 to 59"},
		{"names: {draft: a}\njobs:\n  - job: draft\n", "templates/schedule.yaml:3:"},
		{"names: {draft: a}\njobs:\n  - job: draft\n    wenn: \"due at 08:00\"\n", "wenn"},
		{"jobs:\n  - {job: collect, cron: \"0 8 * * *\"}\n", `templates/schedule.yaml: names: job "collect" has no name`},
	} {
		o := newOffice(t)
		o.Templates = withFiles{fstest.MapFS{scheduleName: {Data: []byte(c.file)}}}
		if err := (&Service{Pipeline: o.Pipeline}).Prepare(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s\ngot %v, want … %s …", c.file, err, c.says)
		}
	}
}

// What ships can be used, and a slip in a letter of the jobs is told.
func TestShippedScheduleAndLetters(t *testing.T) {
	o := newOffice(t)
	extra := map[string]Job{}
	for _, name := range []string{"backup", "doctor"} {
		extra[name] = Job{About: schedule.AboutOffice}
	}
	s := &Service{Pipeline: o.Pipeline, Extra: extra}
	if err := s.Prepare(); err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(s.letters)) {
		file := "letter/" + name + ".txt"
		data, err := templates.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o.Templates = withFiles{fstest.MapFS{file: {Data: append(slices.Clone(data), "{{.Nobody}}\n"...)}}}
		if err := s.Prepare(); err == nil || !strings.Contains(err.Error(), "templates/"+file+":") {
			t.Errorf("%s with a name that is not known: got %v, want its place", file, err)
		}
	}
}
