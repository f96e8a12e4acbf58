package pipeline

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"path/filepath"
	"time"

	"github.com/goccy/go-yaml"

	"baocao/pipeline/deliver"
	"baocao/pipeline/plan"
	"baocao/pipeline/schedule"
)

// Service is an office whose year runs by itself: its Pipeline, and the jobs that
// the schedule has done. The exported fields are set once, by hand, before
// [Service.Prepare].
type Service struct {
	*Pipeline // opened, with a store

	Clerk      mail.Address   // is told what goes wrong, and gets the drafts; zero: nobody is
	Recipients []Recipients   // who gets the issued reports
	Extra      map[string]Job // jobs that are made where the program is wired, by name

	jobs     map[string]Job
	schedule *schedule.Schedule
	names    map[string]string // of the jobs, in Vietnamese
	letters  map[string]*deliver.Text

	owner string        // this process
	place string        // the folder that it works on
	work  chan struct{} // holds a value while a job, or the mailbox, is at work

	watching bool // set before anything is at work: the mailbox is watched beside the jobs
}

// Recipients are addresses that get the issued reports of some parts of the year.
type Recipients struct {
	Parts []plan.Part // none: every part
	To    []mail.Address
}

// scheduleName is the file of the schedule in the templates.
const scheduleName = "schedule.yaml"

// Prepare reads the schedule and the letters of its jobs. A line of the schedule
// that cannot be used, or a job that the program does not have, is an error with
// its file and line.
func (s *Service) Prepare() error {
	s.jobs = s.knownJobs()
	about := map[string]schedule.About{}
	for name, job := range s.jobs {
		about[name] = job.About
	}
	var file struct {
		Names map[string]string `yaml:"names"`
		Jobs  []schedule.Rule   `yaml:"jobs"`
	}
	data, err := s.template(scheduleName, &file)
	if err != nil {
		return err
	}
	if s.schedule, err = schedule.New(file.Jobs, about, s.office.calendar); err != nil {
		return fmt.Errorf("templates/%s:%w", scheduleName, atRule(data, err))
	}
	for _, r := range file.Jobs {
		if file.Names[r.Job] == "" {
			return fmt.Errorf("templates/%s: names: job %q has no name", scheduleName, r.Job)
		}
	}
	s.names = file.Names
	if s.letters, err = s.readJobLetters(); err != nil {
		return err
	}
	if s.place, err = filepath.Abs(s.Out); err != nil {
		return err
	}
	s.owner = rand.Text()
	s.work = make(chan struct{}, 1)
	return nil
}

// atRule puts the line and column of a rule that cannot be used before the error.
func atRule(data []byte, err error) error {
	var wrong *schedule.RuleError
	if !errors.As(err, &wrong) {
		return err
	}
	for _, where := range []string{fmt.Sprintf("$.jobs[%d].%s", wrong.Number, wrong.Key), fmt.Sprintf("$.jobs[%d]", wrong.Number)} {
		path, errPath := yaml.PathString(where)
		if errPath != nil {
			continue
		}
		if node, errNode := path.ReadNode(bytes.NewReader(data)); errNode == nil {
			at := node.GetToken().Position
			return fmt.Errorf("%d:%d: %w", at.Line, at.Column, err)
		}
	}
	return fmt.Errorf(" job %d: %w", wrong.Number+1, err)
}

// now is the present moment, by the clock on the wall alone: what was written down
// by another process is compared with it.
func (s *Service) now() time.Time { return s.Now().Round(0) }

// Next is what the schedule has done next, n times.
func (s *Service) Next(n int) ([]schedule.Entry, error) { return s.schedule.Next(s.now(), n) }

// The letters of the jobs, in templates/letter.
const (
	letterDelivery = "delivery" // an issued report, to its recipients
	letterDraft    = "draft"    // a draft, to the clerk
	letterTrouble  = "job"      // a job that was not done, to the clerk
)

// The kinds of the jobs' letters.
const (
	kindDelivery deliver.Kind = "delivery"
	kindDraft    deliver.Kind = "draft"
	kindTrouble  deliver.Kind = "trouble"
)

func (s *Service) readJobLetters() (map[string]*deliver.Text, error) {
	letters := map[string]*deliver.Text{}
	for _, l := range []struct {
		name    string
		samples []any
	}{{letterDelivery, summarySamples()}, {letterDraft, summarySamples()}, {letterTrouble, troubleSamples()}} {
		file := "letter/" + l.name + ".txt"
		data, err := fs.ReadFile(s.Templates, file)
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		text, err := deliver.ParseText("templates/"+file, string(data), "", "")
		if err != nil {
			return nil, err
		}
		if err := text.Check(l.samples...); err != nil {
			return nil, err
		}
		letters[l.name] = text
	}
	return letters, nil
}
