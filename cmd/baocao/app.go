package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"baocao/pipeline"
	"baocao/pipeline/apart"
	"baocao/pipeline/collect"
	"baocao/pipeline/deliver"
	"baocao/pipeline/durable"
	"baocao/pipeline/store"
	"baocao/templates"
)

// app is what every command shares: where to write, what time it is, and the
// wiring by hand.
type app struct {
	stdout, stderr io.Writer
	now            func() time.Time
	configFile     string
}

// sample is the made-up year that ships in the inbox; an office that has a
// configuration does not want it among its documents.
const sample = "mau-2018"

// memory says what a command needs of the database.
type memory int

const (
	needsStore memory = iota // opened, and made if there is none
	usesStore                // opened if there is one: the command keeps nothing
)

// open reads configuration and templates, and opens inbox and database. The
// returned function closes them.
func (a *app) open(ctx context.Context, need memory) (*pipeline.Pipeline, func(), error) {
	folder, cfg, configured, err := a.config()
	if err != nil {
		return nil, nil, err
	}
	p := a.wired(folder, cfg, configured)
	p.Collector.Verdicts = collect.Verdicts{Dir: filepath.Join(folder, "inbox", "mail"), Now: a.now}
	if configured {
		p.Collector.Skip = []string{sample}
	}
	if p.Outgoing, err = cfg.SMTP.openOutgoing(folder); err != nil {
		return nil, nil, err
	}
	if err := p.Open(); err != nil {
		return nil, nil, err
	}
	reader := &apart.Reader{Args: []string{apartVerb}, Log: p.Log}
	p.OpenDocument = reader.Open
	closers := []io.Closer{reader}
	done := func() {
		for _, c := range closers {
			c.Close()
		}
	}
	state := filepath.Join(folder, cfg.State)
	if filepath.IsAbs(cfg.State) {
		state = cfg.State
	}
	if need == needsStore {
		inbox, err := os.OpenRoot(filepath.Join(folder, "inbox"))
		if err != nil {
			done()
			return nil, nil, err // which says that it is the inbox
		}
		closers = append(closers, inbox)
		p.Inbox = inbox.FS()
		keys, err := newKeyServer(cfg.DKIMDNS)
		if err != nil {
			done()
			return nil, nil, err
		}
		if keys != nil {
			p.Collector.LookupTXT = keys.lookupTXT
		}
	}
	if _, err := os.Stat(filepath.Join(state, "baocao.db")); need == needsStore || err == nil {
		if p.Store, err = store.Open(ctx, state, cfg.Office); err != nil {
			done()
			return nil, nil, err
		}
		closers = append(closers, p.Store)
		if p.Mailbox, err = cfg.Mailbox.openMailbox(folder, p.Store, p.Log); err != nil {
			done()
			return nil, nil, err
		}
	}
	return p, done, nil
}

// wired is the pipeline of an office as its configuration says, with nothing opened
// yet; own says whether its own templates count.
func (a *app) wired(folder string, cfg config, own bool) *pipeline.Pipeline {
	p := &pipeline.Pipeline{
		Templates:  templates.FS,
		Out:        filepath.Join(folder, "out"),
		Collector:  collect.Reader{AuthservID: cfg.Authserv, CheckAddress: cfg.CheckAddress},
		Version:    version,
		AlarmAfter: time.Duration(cfg.AlarmHours) * time.Hour,
		TwoPersons: cfg.Approval == "two",
		Now:        a.now,
		Progress:   a.progress(),
		Log:        slog.New(slog.NewTextHandler(a.stderr, nil)),
	}
	if dir := filepath.Join(folder, "templates"); own && isDir(dir) {
		p.Templates, p.Shipped = pipeline.Overlay{Own: os.DirFS(dir), Shipped: templates.FS}, templates.FS
	}
	return p
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// hintFor says what the person at the terminal can do about an error.
func hintFor(err error) string {
	var missing *fs.PathError
	switch {
	case errors.Is(err, store.ErrDatabaseLost):
		return "put baocao.db back from a backup; deleting it again loses nothing more"
	case errors.Is(err, store.ErrRefused):
		return "the file is left as it is; put a backup in its place, or use the version of baocao that wrote it"
	case errors.Is(err, store.ErrAuditMark):
		return "put archive/audit.json back from the newest backup; without one, move it away: the audit goes on, and audit verify tells from then on that its mark was lost"
	case errors.Is(err, store.ErrClosed):
		return "baocao report PERIOD gives back what was issued; baocao reopen PERIOD --reason opens the period again"
	case errors.Is(err, durable.ErrInUse):
		return "close the file in Excel or the PDF reader and run the command again; if nobody has it open, look whether you may write there"
	case errors.Is(err, store.ErrClock):
		return "set the clock, or start once with baocao serve --trust-clock"
	case errors.Is(err, pipeline.ErrServed):
		return "stop the other baocao serve on this folder first"
	case errors.Is(err, pipeline.ErrNoRecipients):
		return "write who gets the report under recipients: in baocao.yaml"
	case errors.Is(err, store.ErrNoRun):
		return "baocao schedule log lists the runs with their keys"
	case errors.Is(err, store.ErrStale):
		return "somebody else has changed the period meanwhile; look at it again and repeat"
	case errors.Is(err, pipeline.ErrNoRevision), errors.Is(err, store.ErrNotIssued):
		return "baocao issue PERIOD makes a report official; baocao verify PERIOD lists what was issued"
	case errors.Is(err, pipeline.ErrNotIssued):
		return "baocao issue PERIOD makes a report official"
	case errors.Is(err, pipeline.ErrNoGap):
		return "baocao issue PERIOD --dry-run lists the gaps, with their names"
	case errors.Is(err, store.ErrNotPrepared):
		return "baocao issue PERIOD prepares a report, where the configuration asks for two persons"
	case errors.Is(err, store.ErrNoRuling):
		return "baocao audit --action ruling lists the rulings, and baocao audit --action undo those taken back"
	case errors.Is(err, pipeline.ErrUnknownFile):
		return "baocao report PERIOD --revision N gives an issued report back, to compare the file with"
	case errors.Is(err, errNotAsIssued):
		return "baocao report PERIOD --revision N puts issued files back; where what is kept has changed, take it from a backup"
	case errors.Is(err, errAuditBroken):
		return "compare with the newest backup: restore it into an empty folder, and run baocao audit there"
	case errors.Is(err, store.ErrBackup):
		return "the backup is damaged or cut short; use another copy of it"
	case errors.Is(err, store.ErrSamePerson):
		return "let another person approve it, with --user NAME"
	case errors.Is(err, pipeline.ErrNoItem):
		return "baocao held lists what waits, with its names"
	case errors.As(err, new(*pipeline.GapsError)):
		return "fill each gap, or let it stand with a reason: baocao waive PERIOD GAP --reason \"…\""
	case errors.Is(err, pipeline.ErrNotReported):
		return "set reports: true for it in templates/calendar.yaml, if the office reports it"
	case errors.Is(err, pipeline.ErrNoPlan):
		return "import the year's decision first: baocao plan import FILE"
	case errors.Is(err, pipeline.ErrNoPost):
		return "write the office's mail server under smtp: in baocao.yaml"
	case errors.Is(err, errInTheWay):
		return "name another file, or move that one away first; nothing was written"
	case errors.Is(err, store.ErrNoLetter), errors.Is(err, store.ErrNotStuck):
		return "baocao deliver --list shows each letter with its id and state"
	case errors.Is(err, deliver.ErrServer):
		return "check smtp: in baocao.yaml; the letters wait in the outbox, and nothing is lost"
	case errors.Is(err, collect.ErrLoginRefused):
		return "check user and password of the mailbox in baocao.yaml; the next login is tried as soon as the password's file is changed, or after a pause"
	case errors.Is(err, collect.ErrLoginPaused):
		return "correct the password's file, and the next login is tried at once; or wait"
	case errors.Is(err, collect.ErrInsecure):
		return "check server and security of the mailbox in baocao.yaml; a certificate of the office's own is named by ca_file"
	case errors.Is(err, collect.ErrNoFolder):
		return "write the folder of the mailbox in baocao.yaml as the mail program shows it, with / or . between folders as the server has it"
	case errors.Is(err, collect.ErrNoSpace):
		return "make room on the disk; the mail stays on the server until then"
	case errors.As(err, &missing) && errors.Is(err, fs.ErrNotExist) && filepath.Base(missing.Path) == "inbox":
		return "run baocao in the folder that holds inbox/, or name its configuration with --config"
	}
	return ""
}

// printJSON prints one JSON value and nothing else.
func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
