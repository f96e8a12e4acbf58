package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"baocao/pipeline/store"
)

// Doctor looks for what would keep the office from its next deadline, before the
// deadline tells. It sends nothing, fetches nothing and counts nothing; opening
// the database brings its schema up to date, as every command does.
type Doctor struct {
	*Pipeline // not opened yet, and without a store: that is part of the examination

	Config      string // the configuration's file; empty: there is none
	ConfigError error  // what is wrong with it
	Secrets     []func() (string, error)

	InboxDir, StateDir string // the folders of documents, and of database and archive
	Backups            string // the folder that backups are looked for in

	// OpenStore opens the database, nil where there is none yet; it makes none.
	OpenStore func(context.Context) (*store.Store, error)

	Jobs map[string]Job // those of the schedule that are made where the program is wired

	opened bool // the templates are read

	// Shipped are the templates that the program brings: where the office's own
	// are out of order, the doctor still has words.
	Shipped fs.FS
}

// Examined is what the doctor found about one thing.
type Examined struct {
	Check  string `json:"check"` // lasting English name
	OK     bool   `json:"ok"`
	Detail string `json:"detail"` // in English, as the log has it
	Hint   string `json:"hint"`   // in Vietnamese: what to do; empty when there is nothing
}

// verdict is what a check found. What it opened is taken over by take, or given
// back by drop when the check's time was over: nobody then looks at what it may
// still be writing.
type verdict struct {
	ok     bool
	detail string
	hint   hint
	take   func(*Doctor)
	drop   func()
}

func well(format string, args ...any) verdict {
	return verdict{ok: true, detail: fmt.Sprintf(format, args...)}
}

// ill is the verdict of a check that found something wrong.
func ill(h hint, err error) verdict { return verdict{detail: detailOf(err), hint: h} }

// with is the verdict with a hint: advice, where nothing is wrong.
func (v verdict) with(h hint) verdict {
	v.hint = h
	return v
}

// examination is one check. Within its time it has an answer, or is left alone
// and counts as failed: a call to a folder on a dead network share never comes
// back.
type examination struct {
	name   string
	within time.Duration
	look   func(*Doctor, context.Context) verdict
}

// examinations are in the order in which later ones use what earlier ones
// opened.
var examinations = []examination{
	{"configuration", 10 * time.Second, (*Doctor).configuration},
	{"templates", 20 * time.Second, (*Doctor).templates},
	{"fonts", 10 * time.Second, (*Doctor).fonts},
	{"folders", 20 * time.Second, (*Doctor).folders},
	{"disk", 10 * time.Second, (*Doctor).disk},
	{"database", 2 * time.Minute, (*Doctor).database},
	{"audit", time.Minute, (*Doctor).audit},
	{"archive", time.Minute, (*Doctor).archive},
	{"clock", 20 * time.Second, (*Doctor).clock},
	{"plan", 20 * time.Second, (*Doctor).plan},
	{"directory", 20 * time.Second, (*Doctor).directory},
	{"imap", 30 * time.Second, (*Doctor).imap},
	{"smtp", 30 * time.Second, (*Doctor).smtp},
	{"schedule", 20 * time.Second, (*Doctor).schedule},
	{"attention", 30 * time.Second, (*Doctor).attention},
	{"backup", 10 * time.Second, (*Doctor).backup},
}

// Examine makes every check, one after the other, whatever the others find. The
// words are those to show them with. The store that it opened stays in the
// Pipeline, for the caller to close.
func (d *Doctor) Examine(ctx context.Context) ([]Examined, DoctorWords, error) {
	words, err := d.words()
	if err != nil {
		return nil, words, err
	}
	var all []Examined
	for i, e := range examinations {
		d.progress("doctor", i, len(examinations))
		v := d.examine(ctx, e)
		if err := ctx.Err(); err != nil {
			return nil, words, err
		}
		all = append(all, Examined{Check: e.name, OK: v.ok, Detail: v.detail, Hint: words.Hints[v.hint]})
	}
	d.progress("doctor", len(examinations), len(examinations))
	return all, words, nil
}

// errNoAnswer ends a check whose time is over.
var errNoAnswer = errors.New("no answer in time")

func (d *Doctor) examine(ctx context.Context, e examination) verdict {
	ctx, cancel := context.WithTimeoutCause(ctx, e.within, errNoAnswer)
	defer cancel()
	found, gone := make(chan verdict), make(chan struct{})
	defer close(gone)
	go func() {
		v := e.look(d, ctx)
		select {
		case found <- v:
		case <-gone:
			if v.drop != nil {
				v.drop()
			}
		}
	}()
	wait := time.NewTimer(e.within + time.Second) // those that heed the context say more
	defer wait.Stop()
	select {
	case v := <-found:
		if v.take != nil {
			v.take(d)
		}
		return v
	case <-wait.C:
		return ill(hintSlow, fmt.Errorf("%w: %s", errNoAnswer, e.within))
	}
}

// snippet begins the lines of a file that an error shows below itself.
var snippet = regexp.MustCompile(`\n>?\s*\d+ \| `)

// mostDetail is how much of an error is shown, in runes.
const mostDetail = 500

// detailOf is an error on one line.
func detailOf(err error) string {
	text := err.Error()
	if at := snippet.FindStringIndex(text); at != nil {
		text = text[:at[0]]
	}
	text = shown(strings.Join(strings.Fields(text), " "))
	if runes := []rune(text); len(runes) > mostDetail {
		return string(runes[:mostDetail]) + "…"
	}
	return text
}

// errUnread is the verdict on what depends on a file that cannot be read.
var errUnread = errors.New("not looked at")

// unreadTemplates is the verdict of checks that need the templates.
func unreadTemplates() verdict {
	return ill(hintTemplates, fmt.Errorf("%w: the templates are out of order", errUnread))
}
