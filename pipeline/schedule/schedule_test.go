package schedule_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/schedule"
)

var jobs = map[string]schedule.About{
	"remind": schedule.AboutPeriod, "draft": schedule.AboutPeriod, "deliver": schedule.AboutPeriod,
	"collect": schedule.AboutOffice, "backup": schedule.AboutOffice,
}

// calendar is that of 2018: quarter, half year and year, with Tết and a holiday
// on the days after a cut-off.
func calendar() *plan.Calendar {
	day := func(s string) agency.Day {
		d, err := agency.ParseDay(s)
		if err != nil {
			panic(err)
		}
		return d
	}
	return &plan.Calendar{
		Rules: []plan.Rule{
			{Part: plan.Q1, From: "12-15", Closes: "03-14", DueAfter: 1, GraceDays: 3, Lock: "03-20", Reports: true},
			{Part: plan.Q2, From: "03-15", Closes: "06-14", DueAfter: 1, GraceDays: 3, Lock: "06-20"},
			{Part: plan.Half, From: "12-15", Closes: "06-14", DueAfter: 1, GraceDays: 3, Lock: "06-20", Reports: true},
			{Part: plan.Q3, From: "06-15", Closes: "09-14", DueAfter: 1, GraceDays: 3, Lock: "09-20", Reports: true},
			{Part: plan.Year, From: "12-15", Closes: "12-14", DueAfter: 1, GraceDays: 3, Lock: "12-20", Reports: true},
		},
		Holidays: []plan.Holiday{
			{Name: "Tết", From: day("2018-02-14"), Until: day("2018-02-20")},
			{Name: "Tết Dương lịch", From: day("2019-01-01"), Until: day("2019-01-01")},
		},
	}
}

func newSchedule(t testing.TB, rules ...schedule.Rule) *schedule.Schedule {
	t.Helper()
	s, err := schedule.New(rules, jobs, calendar())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, agency.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func lines(entries []schedule.Entry) []string {
	all := []string{}
	for _, e := range entries {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.At.Format("2006-01-02 15:04"), e.Job, e.Period)))
	}
	return all
}

// The dates were counted by hand on a wall calendar of 2018.
func TestYearOfEvents(t *testing.T) {
	s := newSchedule(t,
		schedule.Rule{Job: "remind", When: "due -2 working days at 08:00"},
		schedule.Rule{Job: "remind", When: "due +1 working days at 08:00"},
		schedule.Rule{Job: "draft", When: "opens +0 working days at 07:30"},
		schedule.Rule{Job: "draft", When: "grace +1 day at 07:30"},
		schedule.Rule{Job: "deliver", When: "issue at 14:00"},
	)
	want := []string{
		"2018-03-13 08:00 remind 2018-Q1",
		"2018-03-15 07:30 draft 2018-Q1",
		"2018-03-16 08:00 remind 2018-Q1",
		"2018-03-21 07:30 draft 2018-Q1",
		"2018-03-21 14:00 deliver 2018-Q1",
		"2018-06-13 08:00 remind 2018-6M",
		"2018-06-15 07:30 draft 2018-6M",
		"2018-06-18 08:00 remind 2018-6M", // over a week's end
		"2018-06-21 07:30 draft 2018-6M",
		"2018-06-21 14:00 deliver 2018-6M",
		"2018-09-13 08:00 remind 2018-Q3",
		"2018-09-17 07:30 draft 2018-Q3", // the period opens on a Saturday
		"2018-09-18 08:00 remind 2018-Q3",
		"2018-09-21 07:30 draft 2018-Q3",
		"2018-09-21 14:00 deliver 2018-Q3",
		"2018-12-13 08:00 remind 2018",
		"2018-12-17 07:30 draft 2018",
		"2018-12-18 08:00 remind 2018",
		"2018-12-21 07:30 draft 2018",
		"2018-12-21 14:00 deliver 2018",
	}
	got, err := s.Due(at(t, "2018-01-01 00:00"), at(t, "2018-12-31 23:59"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, lines(got)); diff != "" {
		t.Errorf("the year (-want +got):\n%s", diff)
	}
	next, err := s.Next(at(t, "2018-01-01 00:00"), len(want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, next); diff != "" {
		t.Errorf("Next (-Due +Next):\n%s", diff)
	}
}

// A term's events may lie in the year after it, and over holidays.
func TestEventsOverTheYearsEnd(t *testing.T) {
	for _, c := range []struct{ when, want string }{
		{"issue +6 working days at 14:00", "2018-12-31 14:00 deliver 2018"},
		{"issue +7 working days at 14:00", "2019-01-02 14:00 deliver 2018"}, // 1 January is a holiday
		{"issue +11 days at 00:00", "2019-01-01 00:00 deliver 2018"},
		{"closes -30 working days at 08:00", "2018-11-02 08:00 deliver 2018"},
		{"lock +2 days at 23:59", "2018-12-22 23:59 deliver 2018"},
		{"lock + 2 working days at 23:59", "2018-12-24 23:59 deliver 2018"},
	} {
		got, err := newSchedule(t, schedule.Rule{Job: "deliver", When: c.when}).
			Due(at(t, "2018-10-15 00:00"), at(t, "2019-01-15 00:00"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{c.want}, lines(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.when, diff)
		}
	}
}

func TestCron(t *testing.T) {
	for _, c := range []struct {
		cron, after string
		want        []string
	}{
		{"30 7 * * 1-5", "2018-03-16 07:30", []string{"2018-03-19 07:30", "2018-03-20 07:30"}},
		{"*/20 8-9 * * *", "2018-03-16 09:20", []string{"2018-03-16 09:40", "2018-03-17 08:00", "2018-03-17 08:20"}},
		{"0 6 31 * *", "2018-01-31 06:00", []string{"2018-03-31 06:00", "2018-05-31 06:00"}},  // short months
		{"0 0 29 2 *", "2018-01-01 00:00", []string{"2020-02-29 00:00", "2024-02-29 00:00"}},  // leap years
		{"15 12 1 * 1", "2018-03-30 00:00", []string{"2018-04-01 12:15", "2018-04-02 12:15"}}, // either kind of day
		{"0 8 1,15 1-12/6 *", "2018-01-15 08:00", []string{"2018-07-01 08:00", "2018-07-15 08:00"}},
		{"59 23 31 12 *", "2017-12-31 23:58", []string{"2017-12-31 23:59", "2018-12-31 23:59"}},
		{"5/25 0 * * 0", "2018-03-16 00:00", []string{"2018-03-18 00:05", "2018-03-18 00:30", "2018-03-18 00:55"}},
	} {
		got, err := newSchedule(t, schedule.Rule{Job: "collect", Cron: c.cron}).Next(at(t, c.after), len(c.want))
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.want {
			c.want[i] += " collect"
		}
		if diff := cmp.Diff(c.want, lines(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.cron, diff)
		}
	}
}

// The zone of the computer, and its summer time, change nothing.
func TestHostsZoneChangesNothing(t *testing.T) {
	s := newSchedule(t, schedule.Rule{Job: "collect", Cron: "0 8 * * *"}, schedule.Rule{Job: "draft", When: "closes at 00:10"})
	for _, name := range []string{"UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"} {
		there, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Next(at(t, "2018-03-24 09:00").In(there), 3)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"2018-03-25 08:00 collect", "2018-03-26 08:00 collect", "2018-03-27 08:00 collect"}
		if diff := cmp.Diff(want, lines(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if zone, _ := got[0].At.Zone(); zone != "+07" {
			t.Errorf("%s: got zone %q, want Việt Nam's", name, zone)
		}
	}
}

// Of a cron line what was missed is one time, and only within its window.
func TestDueOfACronLine(t *testing.T) {
	s := newSchedule(t, schedule.Rule{Job: "collect", Cron: "*/30 * * * *", Within: "2h"})
	for _, c := range []struct {
		from, to string
		want     []string
	}{
		{"2018-03-16 08:00", "2018-03-16 08:29", []string{}},
		{"2018-03-16 08:00", "2018-03-16 08:30", []string{"2018-03-16 08:30 collect"}},
		{"2018-03-09 08:00", "2018-03-16 08:10", []string{"2018-03-16 08:00 collect"}},
		{"2018-03-16 09:00", "2018-03-16 08:00", []string{}}, // the clock was set back
	} {
		got, err := s.Due(at(t, c.from), at(t, c.to))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, lines(got)); diff != "" {
			t.Errorf("%s to %s (-want +got):\n%s", c.from, c.to, diff)
		}
	}
	got, err := newSchedule(t, schedule.Rule{Job: "backup", Cron: "0 2 * * 1", Within: "1d"}).
		Due(at(t, "2018-03-01 00:00"), at(t, "2018-03-15 00:00"))
	if err != nil || len(got) != 0 {
		t.Errorf("outside of its window: got %v %v, want none", lines(got), err)
	}
}

// A cron line of a job about a period means each period that gathers reports.
func TestCronOfAPeriodsJob(t *testing.T) {
	s := newSchedule(t, schedule.Rule{Job: "remind", Cron: "0 8 * * *"})
	got, err := s.Next(at(t, "2018-03-01 00:00"), 7)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"2018-03-15 08:00 remind 2018-Q1", "2018-03-16 08:00 remind 2018-Q1", "2018-03-17 08:00 remind 2018-Q1",
		"2018-03-18 08:00 remind 2018-Q1", "2018-03-19 08:00 remind 2018-Q1", "2018-03-20 08:00 remind 2018-Q1",
		"2018-06-15 08:00 remind 2018-6M",
	}
	if diff := cmp.Diff(want, lines(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Keys stay the same when only the time of day is changed.
func TestKeys(t *testing.T) {
	key := func(r schedule.Rule) string {
		t.Helper()
		got, err := newSchedule(t, r).Next(at(t, "2018-03-01 00:00"), 1)
		if err != nil || len(got) != 1 {
			t.Fatalf("%+v: got %v %v", r, got, err)
		}
		return got[0].Key
	}
	for _, c := range []struct {
		rule schedule.Rule
		want string
	}{
		{schedule.Rule{Job: "remind", When: "due -2 working days at 08:00"}, "remind/2018-Q1/due-2w"},
		{schedule.Rule{Job: "remind", When: "due -2 working days at 10:15"}, "remind/2018-Q1/due-2w"},
		{schedule.Rule{Job: "remind", When: "due -2 days at 08:00"}, "remind/2018-Q1/due-2d"},
		{schedule.Rule{Job: "collect", Cron: "0 8 * * *"}, "collect//2018-03-01T08:00"},
	} {
		if got := key(c.rule); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.rule, got, c.want)
		}
	}
}

func TestBadRules(t *testing.T) {
	good := schedule.Rule{Job: "draft", When: "lock at 08:00"}
	for _, c := range []struct {
		rule schedule.Rule
		key  string
		says string
	}{
		{schedule.Rule{Job: "dance", When: "due at 08:00"}, "job", "backup, collect, deliver, draft, remind"},
		{schedule.Rule{Job: "draft"}, "job", "neither when nor cron"},
		{schedule.Rule{Job: "draft", When: "due at 08:00", Cron: "0 8 * * *"}, "cron", "either when or cron"},
		{schedule.Rule{Job: "draft", When: "monday at 08:00"}, "when", "opens, closes, due, grace, lock, issue"},
		{schedule.Rule{Job: "draft", When: "due at 8:00"}, "when", "due -2 working days at 08:00"},
		{schedule.Rule{Job: "draft", When: "due at 24:00"}, "when", "00:00 to 23:59"},
		{schedule.Rule{Job: "draft", When: "due - working days at 08:00"}, "when", "due -2 working days at 08:00"},
		{schedule.Rule{Job: "draft", When: "lock +0 days at 09:00"}, "when", "same day"},
		{schedule.Rule{Job: "backup", When: "due at 08:00"}, "when", "about no period"},
		{schedule.Rule{Job: "backup", Cron: "0 8 * *"}, "cron", "got 4 fields"},
		{schedule.Rule{Job: "backup", Cron: "0 0 8 * * *"}, "cron", "got 6 fields"},
		{schedule.Rule{Job: "backup", Cron: "@every 0s"}, "cron", "got 2 fields"},
		{schedule.Rule{Job: "backup", Cron: "TZ=UTC 0 8 * * *"}, "cron", "got 6 fields"},
		{schedule.Rule{Job: "backup", Cron: "60 8 * * *"}, "cron", `minute: want numbers from 0 to 59`},
		{schedule.Rule{Job: "backup", Cron: "0 8 0 * *"}, "cron", "day of the month: want numbers from 1 to 31"},
		{schedule.Rule{Job: "backup", Cron: "0 8 * * 7"}, "cron", "day of the week: want numbers from 0 to 6"},
		{schedule.Rule{Job: "backup", Cron: "*/0 8 * * *"}, "cron", "minute"},
		{schedule.Rule{Job: "backup", Cron: "9-3 8 * * *"}, "cron", "minute"},
		{schedule.Rule{Job: "backup", Cron: "1,,2 8 * * *"}, "cron", "minute"},
		{schedule.Rule{Job: "backup", Cron: "0 0 31 2 *"}, "cron", "never due"},
		{schedule.Rule{Job: "backup", Cron: "0 0 31 4,6,9,11 *"}, "cron", "never due"},
		{schedule.Rule{Job: "draft", When: "due at 08:00", CatchUp: "twice"}, "catch_up", "once or skip"},
		{schedule.Rule{Job: "draft", When: "due at 08:00", Within: "5 days"}, "within", "5d, 12h or 30m"},
		{schedule.Rule{Job: "draft", When: "due at 08:00", Within: "0d"}, "within", "more than nothing"},
		{schedule.Rule{Job: "draft", When: "due at 08:00", Within: "90d"}, "within", "at most 31d"},
	} {
		_, err := schedule.New([]schedule.Rule{good, c.rule}, jobs, calendar())
		var wrong *schedule.RuleError
		if !errors.As(err, &wrong) || wrong.Number != 1 || wrong.Key != c.key || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: got %v, want rule 1, %s: … %s …", c.rule, err, c.key, c.says)
		}
	}
}

// FuzzRules: whatever an office writes is a rule or an error, and a rule comes
// after the moment that was asked for.
func FuzzRules(f *testing.F) {
	for _, s := range []string{"due -2 working days at 08:00", "issue at 14:00", "opens +99 days at 23:59", "", "at", "due at 99:99"} {
		f.Add(s, "0 8 * * *", "5d")
	}
	for _, s := range []string{"*/15 7-18 * * 1-5", "0 0 29 2 *", "0 0 31 2 *", "1-5/2,9 * * * *", "TZ=", "* * * * -1", "*/99999999999999999999 * * * *"} {
		f.Add("due at 08:00", s, "12h")
	}
	f.Fuzz(func(t *testing.T, when, cron, within string) {
		now := at(t, "2018-03-16 08:00")
		for _, r := range []schedule.Rule{{Job: "draft", When: when, Within: within}, {Job: "backup", Cron: cron, Within: within}} {
			s, err := schedule.New([]schedule.Rule{r}, jobs, calendar())
			if err != nil {
				continue
			}
			next, err := s.Next(now, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(next) == 0 {
				t.Errorf("%+v is never due", r)
			}
			for _, e := range next {
				if !e.At.After(now) {
					t.Errorf("%+v: %s is not after %s", r, e.At, now)
				}
			}
		}
	})
}

func BenchmarkDue(b *testing.B) {
	s := newSchedule(b,
		schedule.Rule{Job: "collect", Cron: "*/5 * * * *"}, schedule.Rule{Job: "remind", When: "due -2 working days at 08:00"},
		schedule.Rule{Job: "draft", When: "lock +1 working days at 08:00"}, schedule.Rule{Job: "deliver", When: "issue at 14:00"})
	to := at(b, "2018-12-31 00:00")
	for b.Loop() {
		if _, err := s.Due(to.AddDate(-1, 0, 0), to); err != nil {
			b.Fatal(err)
		}
	}
}
