package main

import (
	"fmt"
	"time"
)

// moment is the value of a flag such as --as-of: a time in RFC 3339, or a day,
// which means its last second in Việt Nam.
type moment struct{ time.Time }

// String is the moment in RFC 3339, empty when none was given.
func (m *moment) String() string {
	if m.IsZero() {
		return ""
	}
	return m.Format(time.RFC3339)
}

// Set reads the flag.
func (m *moment) Set(s string) error {
	if day, err := parseDay(s); err == nil {
		m.Time = day.End().Add(-time.Second)
		return nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return fmt.Errorf("want a day (2018-03-20 or 20/3/2018) or a time (2018-03-20T17:00:00+07:00)")
	}
	m.Time = t
	return nil
}

// Type names the flag's value in --help.
func (m *moment) Type() string { return "time" }
