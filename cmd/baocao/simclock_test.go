package main

import (
	"testing"
	"time"

	"baocao/pipeline/agency"
)

// TestSimulatedYearClock sets the clock back an hour after each job of the
// schedule, and forward a day, and right again, at moments at which nothing is
// changed by that day: the same letters go out, each once.
func TestSimulatedYearClock(t *testing.T) {
	t.Parallel()
	periods := []string{"2018-Q3"}
	if isLong() {
		periods = simPeriodsInOrder
	}
	o := newSimOffice(t)
	o.also = map[int64]bool{}
	for _, moment := range simForward {
		at, err := time.ParseInLocation("2006-01-02 15:04", moment, agency.Zone)
		if err != nil {
			t.Fatal(err)
		}
		o.also[at.Unix()] = true
	}
	back, ahead := 0, 0
	o.tick = func() {
		at := o.now
		defer func() { o.now = at }()
		if o.also[at.Unix()] {
			ahead++
			for _, later := range []time.Duration{0, quarterHour} {
				o.now = at.Add(24*time.Hour + later)
				o.once()
			}
			o.now = at
		}
		runs := o.once()
		for _, r := range runs {
			if r.Job == "collect" {
				continue
			}
			back++
			for ago := 4 * quarterHour; ago > 0; ago -= quarterHour {
				o.now = at.Add(-ago)
				o.once()
			}
			break
		}
	}
	want := o.run("plain", periods...)
	if twice := o.compareOnce(want); twice > 1 { // one form is sent again by the clerk
		t.Errorf("%d letters came twice", twice)
	}
	if back < 3*len(periods) || ahead < 3*len(periods) {
		t.Errorf("set back %d times, forward %d times", back, ahead)
	}
	t.Logf("set back %d times, forward %d times", back, ahead)
}

// simForward are times of days before one on which something is due, between which
// and the same time of the next day nothing is done that changes who is written to.
var simForward = []string{
	"2018-03-06 12:00", "2018-03-15 17:00", "2018-03-16 14:15",
	"2018-06-15 17:00", "2018-06-18 14:15",
	"2018-09-06 12:00", "2018-09-13 12:00", "2018-09-17 17:00", "2018-09-18 14:15",
	"2018-12-06 12:00", "2018-12-13 12:00", "2018-12-17 17:00", "2018-12-18 14:15",
}
