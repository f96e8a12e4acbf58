package pipeline

import (
	"fmt"
	"io/fs"
	"slices"
)

// hint names a sentence of templates/doctor.yaml.
type hint string

// The hints: what a clerk can do.
const (
	hintSlow         hint = "slow"
	hintConfig       hint = "configuration"
	hintSecret       hint = "secret"
	hintTemplates    hint = "templates"
	hintUnread       hint = "unread-templates"
	hintFonts        hint = "fonts"
	hintFolders      hint = "folders"
	hintDisk         hint = "disk"
	hintDatabase     hint = "database"
	hintDatabaseLost hint = "database-lost"
	hintAudit        hint = "audit"
	hintArchive      hint = "archive"
	hintClock        hint = "clock"
	hintZone         hint = "zone"
	hintPlan         hint = "plan"
	hintNoPlan       hint = "no-plan"
	hintAddresses    hint = "addresses"
	hintExample      hint = "example-addresses"
	hintIMAP         hint = "imap"
	hintIMAPLogin    hint = "imap-login"
	hintIMAPFolder   hint = "imap-folder"
	hintIMAPInsecure hint = "imap-insecure"
	hintSMTP         hint = "smtp"
	hintSMTPLogin    hint = "smtp-login"
	hintSMTPInsecure hint = "smtp-insecure"
	hintOnlyTo       hint = "only-to"
	hintSchedule     hint = "schedule"
	hintRuns         hint = "runs"
	hintServe        hint = "serve"
	hintAttention    hint = "attention"
	hintBackup       hint = "backup"
	hintNoBackup     hint = "no-backup"
)

var hints = []hint{
	hintSlow, hintConfig, hintSecret, hintTemplates, hintUnread, hintFonts, hintFolders, hintDisk, hintDatabase, hintDatabaseLost,
	hintAudit, hintArchive, hintClock, hintZone, hintPlan, hintNoPlan, hintAddresses, hintExample, hintIMAP,
	hintIMAPLogin, hintIMAPFolder, hintIMAPInsecure, hintSMTP, hintSMTPLogin, hintSMTPInsecure, hintOnlyTo,
	hintSchedule, hintRuns, hintServe, hintAttention, hintBackup, hintNoBackup,
}

// DoctorWords are templates/doctor.yaml.
type DoctorWords struct {
	OK     string          `yaml:"ok"`
	Failed string          `yaml:"failed"`
	Head   []string        `yaml:"head"`  // of the table's three columns
	Whole  string          `yaml:"whole"` // nothing failed
	Sum    string          `yaml:"sum"`   // {failed} of {all} did
	Hints  map[hint]string `yaml:"hints"`
}

// check looks for what is missing and for names that are not ours.
func (w DoctorWords) check() error {
	if w.OK == "" || w.Failed == "" || len(w.Head) != 3 || w.Whole == "" || w.Sum == "" {
		return fmt.Errorf("want ok, failed, whole, sum and a head of 3 columns")
	}
	for _, h := range hints {
		if w.Hints[h] == "" {
			return fmt.Errorf("hint %q says nothing", h)
		}
	}
	for h := range w.Hints {
		if !slices.Contains(hints, h) {
			return fmt.Errorf("hint %q: no such hint, known are %q", h, hints)
		}
	}
	return nil
}

// words are the office's, or those that ship where these cannot be used; the
// check of the templates tells why.
func (d *Doctor) words() (DoctorWords, error) {
	words, err := readDoctorWords(d.Templates)
	if err != nil && d.Shipped != nil {
		return readDoctorWords(d.Shipped)
	}
	return words, err
}

func readDoctorWords(from fs.FS) (w DoctorWords, err error) {
	p := Pipeline{Templates: from}
	if _, err := p.template("doctor.yaml", &w); err != nil {
		return w, err
	}
	if err := w.check(); err != nil {
		return w, fmt.Errorf("templates/doctor.yaml: %w", err)
	}
	return w, nil
}
