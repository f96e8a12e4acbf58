package main

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"

	"baocao/pipeline"
	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
)

// recipientsConfig are addresses that get the issued reports.
type recipientsConfig struct {
	// To are the addresses, with or without names: Văn phòng UBND tỉnh
	// <vpubnd@daknong.example>.
	To []string `yaml:"to"`

	// Parts are the reports that they get: Q1, Q2, 6M, Q3, 9M, Q4, Y. Default: all.
	Parts []string `yaml:"parts"`
}

// knownParts are what parts may name.
var knownParts = []plan.Part{plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year}

// addressees are who is written to by the schedule.
func (c config) addressees() (clerk mail.Address, recipients []pipeline.Recipients, err error) {
	if c.Clerk != "" {
		if clerk, err = parseAddress(c.Clerk); err != nil {
			return clerk, nil, fmt.Errorf("clerk: %w", err)
		}
	}
	for i, r := range c.Recipients {
		var one pipeline.Recipients
		if len(r.To) == 0 {
			return clerk, nil, fmt.Errorf("recipients %d: to names nobody", i+1)
		}
		for _, to := range r.To {
			address, err := parseAddress(to)
			if err != nil {
				return clerk, nil, fmt.Errorf("recipients %d: to: %w", i+1, err)
			}
			one.To = append(one.To, address)
		}
		for _, part := range r.Parts {
			if !slices.Contains(knownParts, plan.Part(part)) {
				return clerk, nil, fmt.Errorf("recipients %d: part %q: want some of %v", i+1, part, knownParts)
			}
			one.Parts = append(one.Parts, plan.Part(part))
		}
		recipients = append(recipients, one)
	}
	if (c.Clerk != "" || len(recipients) > 0) && c.SMTP == nil {
		return clerk, nil, errors.New("clerk and recipients are written to by smtp, which is not configured")
	}
	return clerk, recipients, nil
}

func parseAddress(s string) (mail.Address, error) {
	a, err := mail.ParseAddress(s)
	if err != nil || deliver.CheckAddress(a.Address) != nil {
		return mail.Address{}, fmt.Errorf("%q: want one address, such as Nguyễn Văn A <canbo@daknong.example>", s)
	}
	return *a, nil
}
