package main

import (
	"time"

	"baocao/pipeline/agency"
)

// dayFlag is a flag that takes a day: 2018-03-21 or 21/3/2018.
type dayFlag struct{ agency.Day }

func (f *dayFlag) Set(s string) (err error) {
	f.Day, err = parseDay(s)
	return err
}

// parseDay reads a day as a program writes it, 2018-03-21, or as a person does,
// 21/3/2018.
func parseDay(s string) (agency.Day, error) {
	d, err := agency.ParseDay(s)
	if err == nil {
		return d, nil
	}
	t, told := time.Parse("2/1/2006", s)
	if told != nil {
		return d, err
	}
	return agency.NewDay(t.Year(), t.Month(), t.Day()), nil
}

func (f *dayFlag) Type() string { return "day" }
