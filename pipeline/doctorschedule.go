package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"baocao/pipeline/agency"
)

// doctorJob is the schedule's job that examines: it must not find itself ill.
const doctorJob = "doctor"

// How many of the next runs are told, and for how long a run that failed for good
// is.
const (
	nextTold   = 3
	failedTold = 7 * 24 * time.Hour
)

// schedule reads the schedule, tells its next runs, and looks how the process
// that serves the folder does.
func (d *Doctor) schedule(ctx context.Context) verdict {
	if !d.opened {
		return unreadTemplates()
	}
	s := &Service{Pipeline: d.Pipeline, Extra: d.Jobs}
	if err := s.Prepare(); err != nil {
		return ill(hintSchedule, err)
	}
	next, err := s.Next(nextTold)
	if err != nil {
		return ill(hintSchedule, err)
	}
	var told []string
	for _, e := range next {
		told = append(told, strings.TrimSpace(fmt.Sprintf("%s %s %s", e.At.In(agency.Zone).Format("2006-01-02 15:04"), e.Job, e.Period)))
	}
	if err := d.stuckRuns(ctx); err != nil {
		return ill(hintRuns, err)
	}
	serving, err := d.serving()
	if err != nil {
		return ill(hintServe, err)
	}
	return well("%s; next %s", serving, strings.Join(told, ", "))
}

// stuckRuns is an error when jobs failed, and are tried again or were given up
// lately.
func (d *Doctor) stuckRuns(ctx context.Context) error {
	if d.Store == nil {
		return nil
	}
	runs, err := d.Store.StuckRuns(ctx)
	if err != nil {
		return err
	}
	var stuck []string
	for _, r := range runs {
		if r.Job != doctorJob && (!r.NextTry.IsZero() || d.Now().Sub(r.Ended) < failedTold) {
			stuck = append(stuck, fmt.Sprintf("%s: %s", r.Key, r.Detail))
		}
	}
	if len(stuck) > 0 {
		return fmt.Errorf("%d jobs failed: %s", len(stuck), strings.Join(stuck, "; "))
	}
	return nil
}

// serving is how the process that serves the folder does. That there never was
// one is no error: the computer's own schedule may call the program.
func (d *Doctor) serving() (string, error) {
	h, err := ReadHealth(d.Out)
	if err != nil {
		return "", err
	}
	if h == nil {
		return "baocao serve has never run here", nil
	}
	running, err := Served(d.Out)
	switch seen := h.Seen.In(agency.Zone).Format("2006-01-02 15:04"); {
	case err != nil:
		return "", err
	case running && h.Error != "":
		return "", errors.New("baocao serve: " + h.Error)
	case running:
		return "baocao serve is at work, seen " + seen, nil
	case h.Stopped == nil:
		return "", errors.New("baocao serve was cut off, last seen " + seen)
	default:
		return "baocao serve is stopped since " + seen, nil
	}
}
