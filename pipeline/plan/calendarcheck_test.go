package plan_test

import (
	"strings"
	"testing"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
)

// directory has two agencies and a group of one of them until the end of April.
func directory(t *testing.T) *agency.Directory {
	t.Helper()
	dir, err := agency.New(agency.Data{
		Agencies: []agency.Agency{
			{ID: "snv", Names: []agency.Name{{Name: "Sở Nội vụ"}}},
			{ID: "cujut", Names: []agency.Name{{Name: "UBND huyện Cư Jút"}}},
		},
		Groups: []agency.Group{{ID: "g-huyen", Name: "UBND cấp huyện", Members: []agency.Member{{ID: "cujut", Until: day(t, "2018-04-30")}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCalendarCheck(t *testing.T) {
	if err := calendar(t).Check(directory(t)); err != nil {
		t.Fatalf("a sound calendar: %v", err)
	}
	for _, c := range []struct {
		name string
		harm func(*plan.Calendar)
		want string
	}{
		{"day and month exchanged", func(c *plan.Calendar) { c.Rules[0].Closes = "14-03" }, `part Q1: want month and day as MM-DD, got "14-03"`},
		{"a day that not every year has", func(c *plan.Calendar) { c.Rules[0].Lock = "02-29" }, `got "02-29"`},
		{"a part twice", func(c *plan.Calendar) { c.Rules[1].Part = plan.Q1 }, "part Q1: stands twice"},
		{"an unknown part", func(c *plan.Calendar) { c.Rules[1].Part = "6T" }, "part 6T: known parts are"},
		{"negative days", func(c *plan.Calendar) { c.Rules[1].GraceDays = -1 }, "must not be negative"},
		{"a holiday that ends before it begins", func(c *plan.Calendar) { c.Holidays[0].Until = day(t, "2018-06-01") }, "until 2018-06-01 lies before"},
		{"a holiday without an end", func(c *plan.Calendar) { c.Holidays[0].Until = agency.Day{} }, "want from and until"},
		{"a holiday up to the lock, in the year that it is listed for", func(c *plan.Calendar) { c.Holidays[0].Until = day(t, "2018-06-22") }, "part 6M of 2018: lock 2018-06-20 lies before due 2018-06-25"},
		{"an unknown agency", func(c *plan.Calendar) { c.Frequency = []plan.Frequency{{Agencies: []agency.ID{"snv", "sxyz"}}} }, `frequency 1: agency "sxyz" is not in the directory`},
		{"an unknown part of the frequency", func(c *plan.Calendar) {
			c.Frequency = []plan.Frequency{{Agencies: []agency.ID{"g-huyen"}, Parts: []plan.Part{"T6"}}}
		}, `frequency 1: part "T6"`},
		{"a frequency of everything", func(c *plan.Calendar) { c.Frequency = []plan.Frequency{{Parts: []plan.Part{plan.Half}}} }, "names neither"},
	} {
		cal := calendar(t)
		c.harm(cal)
		if err := cal.Check(directory(t)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Check() = %v, want %q", c.name, err, c.want)
		}
	}
}

func TestCalendarCheckYear(t *testing.T) {
	plans := plan.Versions{
		{Plan: &plan.Plan{Fields: []plan.Field{{Results: []plan.Result{{Activities: []plan.Activity{{Code: "1.1.1"}, {Code: "1.1.2"}}}}}}}},
		{Plan: &plan.Plan{Fields: []plan.Field{{Results: []plan.Result{{Activities: []plan.Activity{{Code: "1.1.1"}, {Code: "1.1.3"}}}}}}}},
	}
	cal := calendar(t)
	cal.Frequency = []plan.Frequency{{Activities: []plan.Code{"1.1.2", "1.1.3"}, Parts: []plan.Part{plan.Year}}}
	if err := cal.CheckYear(2018, plans); err != nil {
		t.Errorf("activities of one version each: %v", err)
	}
	cal.Frequency[0].Activities = []plan.Code{"1.2.1"}
	if err := cal.CheckYear(2018, plans); err == nil || !strings.Contains(err.Error(), `activity "1.2.1" is in no plan of 2018`) {
		t.Errorf("an activity of no version: %v", err)
	}
	cal.Frequency[0].Year = 2019
	if err := cal.CheckYear(2018, plans); err != nil {
		t.Errorf("a line about another year: %v", err)
	}
	cal.Holidays = append(cal.Holidays, plan.Holiday{From: day(t, "2018-09-15"), Until: day(t, "2018-09-23")})
	if err := cal.CheckYear(2018, plans); err == nil || !strings.Contains(err.Error(), "part Q3 of 2018") {
		t.Errorf("a term that locks before it is due: %v", err)
	}
}

func TestAskedNow(t *testing.T) {
	all := []plan.Frequency{
		{Agencies: []agency.ID{"snv"}, Activities: []plan.Code{"1.1.1"}}, // never
		{Activities: []plan.Code{"1.1.1", "1.1.2"}, Parts: []plan.Part{plan.Half, plan.Year}},
		{Agencies: []agency.ID{"g-huyen"}, Parts: []plan.Part{plan.Year}},
		{Agencies: []agency.ID{"snv"}, Activities: []plan.Code{"2.1.1"}, Year: 2019},
	}
	for _, c := range []struct {
		name     string
		id       agency.ID
		activity plan.Code
		period   string
		want     bool
	}{
		{"never", "snv", "1.1.1", "2018", false},
		{"the first line that fits decides", "cujut", "1.1.1", "2018-6M", true},
		{"an activity in half the terms", "cujut", "1.1.2", "2018-Q1", false},
		{"a group's member", "cujut", "3.1.1", "2018-Q1", false},
		{"a group's member in the right part", "cujut", "3.1.1", "2018", true},
		{"no member of the group any more", "cujut", "3.1.1", "2018-6M", true},
		{"nothing is said", "snv", "3.1.1", "2018-Q1", true},
		{"a line about another year's plan", "snv", "2.1.1", "2018-Q1", true},
		{"of its own year", "snv", "2.1.1", "2019-Q1", false},
	} {
		period, err := plan.ParsePeriod(c.period)
		if err != nil {
			t.Fatal(err)
		}
		term, err := calendar(t).Term(period)
		if err != nil {
			t.Fatal(err)
		}
		if c.name == "a group's member in the right part" {
			term.Closes = day(t, "2018-04-30")
		}
		if got := plan.AskedNow(all, directory(t), c.id, c.activity, term); got != c.want {
			t.Errorf("%s: %s on %s in %s asked %t, want %t", c.name, c.id, c.activity, c.period, got, c.want)
		}
	}
}

func TestHolidaysMoveDueAndGraceAndNotTheLock(t *testing.T) {
	cal := calendar(t)
	cal.Holidays = []plan.Holiday{
		{Name: "due falls into it", From: day(t, "2018-03-15"), Until: day(t, "2018-03-15")},
		{Name: "inside the days of grace", From: day(t, "2018-03-19"), Until: day(t, "2018-03-20")},
	}
	got, err := cal.Term(plan.Period{Year: 2018, Part: plan.Q1})
	if err != nil {
		t.Fatal(err)
	}
	// 16 March 2018 is a Friday; grace runs over 21, 22 and 23 March.
	want := [3]agency.Day{day(t, "2018-03-16"), day(t, "2018-03-23"), day(t, "2018-03-20")}
	if dates := [3]agency.Day{got.Due, got.Grace, got.Lock}; dates != want {
		t.Errorf("due, grace, lock = %v, want %v", dates, want)
	}
}
