// Package schedule says when jobs are due: at the events of the office's
// calendar, and by cron lines, in Việt Nam's time.
//
// It is pure: it neither waits nor runs anything, knows no clock, and does not
// remember what was done.
package schedule

import (
	"time"
	_ "time/tzdata" // a computer without a zone database, such as a Windows PC, has the zone too
)

// ZoneName is the zone of every time that a rule names.
const ZoneName = "Asia/Ho_Chi_Minh"

func zone() (*time.Location, error) { return time.LoadLocation(ZoneName) }
