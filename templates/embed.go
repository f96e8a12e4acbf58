// Package templates holds all that a reader of reports, mails and pages sees in
// Vietnamese, and the data that ship: directory, calendar, plan, word lists.
//
// An office's own templates folder overrides these files one by one.
package templates

import "embed"

// FS holds the templates that ship with the program.
//
//go:embed *.yaml form layout letter plan report
var FS embed.FS
