package main

import (
	"fmt"

	"baocao/pipeline/agency"
)

// dayFlag is a flag that takes a day: 2018-03-21 or 21/3/2018.
type dayFlag struct{ agency.Day }

func (f *dayFlag) Set(s string) error {
	d, err := agency.ParseDay(s)
	if err != nil {
		var year, month, day int
		if n, _ := fmt.Sscanf(s, "%d/%d/%d", &day, &month, &year); n != 3 {
			return err
		}
		if d, err = agency.ParseDay(fmt.Sprintf("%04d-%02d-%02d", year, month, day)); err != nil {
			return err
		}
	}
	f.Day = d
	return nil
}

func (f *dayFlag) Type() string { return "day" }
