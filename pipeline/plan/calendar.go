package plan

import (
	"fmt"
	"time"

	"baocao/pipeline/agency"
)

// Term is when a period's report is made: what it tells about (From–Closes)
// and by when agencies answer (Due, Grace, Lock).
type Term struct {
	Period Period     `json:"period"`
	From   agency.Day `json:"from"`   // first day that the rows tell about
	Closes agency.Day `json:"closes"` // chốt số liệu: last day that the rows tell about; timing is judged at it
	Due    agency.Day `json:"due"`    // thời hạn gửi: a report that arrives later is late
	Grace  agency.Day `json:"grace"`  // late reports are still waited for until the end of this day
	Lock   agency.Day `json:"lock"`   // what arrives after this day is not in the first issue; a holiday does not move it, as it asks nobody to work
	// Whole reports whether the term begins with the reporting year, so that
	// what is spent in the term is what is spent since the year began.
	Whole bool `json:"whole"`
}

// Calendar generates an office's terms for any year.
type Calendar struct {
	Rules     []Rule      `yaml:"terms"`
	Holidays  []Holiday   `yaml:"holidays"`
	Frequency []Frequency `yaml:"frequency"` // who reports less often than the terms ask
}

// Rule is one period's dates in every year, as "MM-DD" and counts of working
// days.
type Rule struct {
	Part      Part   `yaml:"part"`
	From      string `yaml:"from"`       // "12-15"; of the year before when it lies after Closes
	Closes    string `yaml:"closes"`     // "03-14"
	DueAfter  int    `yaml:"due_after"`  // due is the n-th working day after Closes
	GraceDays int    `yaml:"grace_days"` // working days of grace after due
	Lock      string `yaml:"lock"`       // "03-20"
	Reports   bool   `yaml:"reports"`    // the office makes this report; others are known but expected from nobody
}

// Term is the term of p by the calendar's rules.
func (c *Calendar) Term(p Period) (Term, error) {
	for _, r := range c.Rules {
		if r.Part == p.Part {
			return c.term(r, p)
		}
	}
	return Term{}, fmt.Errorf("period %s: the calendar has no rule for part %s", p, p.Part)
}

func (c *Calendar) term(r Rule, p Period) (Term, error) {
	var days [3]agency.Day
	for i, s := range []string{r.From, r.Closes, r.Lock} {
		d, err := agency.ParseDay(fmt.Sprintf("%04d-%s", p.Year, s))
		if err != nil {
			return Term{}, fmt.Errorf("calendar, part %s: want month and day as MM-DD, got %q", r.Part, s)
		}
		days[i] = d
	}
	t := Term{Period: p, From: days[0], Closes: days[1], Lock: days[2]}
	if t.From.After(t.Closes) {
		t.From = agency.NewDay(p.Year-1, t.From.Month, t.From.Day)
	}
	t.Whole = c.begins(r)
	t.Due = c.workingDay(t.Closes, r.DueAfter)
	t.Grace = c.workingDay(t.Due, r.GraceDays)
	if t.Lock.Before(t.Due) {
		return Term{}, fmt.Errorf("calendar, part %s of %d: lock %s lies before due %s", r.Part, p.Year, t.Lock, t.Due)
	}
	return t, nil
}

// begins reports whether r starts on the day that the whole year's term does.
func (c *Calendar) begins(r Rule) bool {
	for _, year := range c.Rules {
		if year.Part == Year {
			return r.From == year.From
		}
	}
	return false
}

// Open are the terms of which the office makes a report and that gather
// reports on the given day: closed on an earlier day and not yet locked.
func (c *Calendar) Open(day agency.Day) ([]Term, error) {
	var open []Term
	for _, year := range []int{day.Year - 1, day.Year} {
		terms, err := c.Terms(year)
		if err != nil {
			return nil, err
		}
		for _, t := range terms {
			if day.After(t.Closes) && !day.After(t.Lock) {
				open = append(open, t)
			}
		}
	}
	return open, nil
}

// Reports reports whether the office makes a report on that part of the year.
func (c *Calendar) Reports(part Part) bool {
	for _, r := range c.Rules {
		if r.Part == part {
			return r.Reports
		}
	}
	return false
}

// Terms are the terms that the office reports in the given year, in the
// calendar's order.
func (c *Calendar) Terms(year int) ([]Term, error) {
	var terms []Term
	for _, r := range c.Rules {
		if !r.Reports {
			continue
		}
		t, err := c.term(r, Period{year, r.Part})
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// workingDay is the n-th working day after day; day itself when n is 0.
func (c *Calendar) workingDay(day agency.Day, n int) agency.Day {
	for n > 0 {
		day = day.AddDays(1)
		if c.Works(day) {
			n--
		}
	}
	return day
}

// Works reports whether offices work on day: no Saturday, Sunday or holiday.
func (c *Calendar) Works(day agency.Day) bool {
	if wd := day.Weekday(); wd == time.Saturday || wd == time.Sunday {
		return false
	}
	for _, h := range c.Holidays {
		if !day.Before(h.From) && !day.After(h.Until) {
			return false
		}
	}
	return true
}

// Holiday is a run of days on which offices are closed.
type Holiday struct {
	Name  string     `yaml:"name"`
	From  agency.Day `yaml:"from"`
	Until agency.Day `yaml:"until"`
}

// firstOf is the first day of month m; month 13 is January of the next year.
func firstOf(year int, m Month) agency.Day {
	return agency.NewDay(year, time.Month(m), 1)
}
