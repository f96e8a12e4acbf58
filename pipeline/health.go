package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"baocao/pipeline/durable"
	"baocao/pipeline/plan"
)

// Health is how the process that serves a folder does, or did.
type Health struct {
	PID     int        `json:"pid"`
	Version string     `json:"version"`
	Started time.Time  `json:"started"`
	Seen    time.Time  `json:"seen"`              // the last time that it looked at its schedule
	Stopped *time.Time `json:"stopped,omitempty"` // nil: it runs, or was killed
	Error   string     `json:"error,omitempty"`   // of its last look, such as a clock that is wrong

	Next    *NextRun       `json:"next,omitempty"`
	Mailbox *MailboxHealth `json:"mailbox,omitempty"` // nil: it watches none
}

// NextRun is what the schedule has done next.
type NextRun struct {
	Job    string      `json:"job"`
	Period plan.Period `json:"period"`
	At     time.Time   `json:"at"`
}

// MailboxHealth is how the mailbox was found.
type MailboxHealth struct {
	Looked *time.Time `json:"looked"`          // the last look that went well; null: none did
	Error  string     `json:"error,omitempty"` // of the last look
}

// ReadHealth is what is known of the process that serves the folder of reports;
// nil when none ever did. A process that runs was seen within the last minutes,
// unless a long job keeps it.
func ReadHealth(out string) (*Health, error) {
	data, err := os.ReadFile(filepath.Join(out, healthName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var h Health
	if err := json.Unmarshal(data, &h); err != nil {
		return nil, fmt.Errorf("read %s: %w", healthName, err)
	}
	return &h, nil
}

// Served reports whether a process works in the folder of reports now.
func Served(out string) (bool, error) {
	name := filepath.Join(out, serveLockName)
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	unlock, err := lockFile(name)
	switch {
	case errors.Is(err, ErrServed):
		return true, nil
	case err != nil:
		return false, err
	}
	unlock()
	return false, nil
}

// health is the Health of this process, and its file.
type health struct {
	file string
	lock sync.Mutex
	seen Health
	over bool // the process is ending: nothing is written any more
}

func (h *health) write() error {
	data, err := json.MarshalIndent(h.seen, "", "  ")
	if err != nil {
		return err
	}
	return durable.WriteFile(h.file, append(data, '\n'), 0o644)
}

// change changes what is seen. That it cannot be written does not keep the
// process from its work.
func (h *health) change(log *slog.Logger, f func(*Health)) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.over {
		return
	}
	f(&h.seen)
	if err := h.write(); err != nil {
		log.Error("serve", "err", err)
	}
}

func (h *health) ticked(now time.Time, err error, next *NextRun, log *slog.Logger) {
	h.change(log, func(seen *Health) { seen.Seen, seen.Error, seen.Next = now, textOf(err), next })
}

func (h *health) looked(now time.Time, err error, log *slog.Logger) {
	h.change(log, func(seen *Health) {
		seen.Mailbox.Error = textOf(err)
		if err == nil {
			seen.Mailbox.Looked = &now
		}
	})
}

// stop writes the last word.
func (h *health) stop(now time.Time) error {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.over = true
	h.seen.Stopped, h.seen.Seen = &now, now
	return h.write()
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
