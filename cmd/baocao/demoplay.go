package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"baocao/pipeline"
	"baocao/pipeline/deliver"
	"baocao/templates"
)

// demo is one play of the story. Its office is a whole one in a folder of its
// own, opened as any other, so that it can be looked at with the other commands
// afterwards.
type demo struct {
	*app
	folder string
	story  *demoStory
	seen   demoView

	pipeline *pipeline.Pipeline
	mails    [][]byte // the story's, as they lie in the mailbox
	user     *imapmemserver.User
}

func (d *demo) path(names ...string) string {
	return filepath.Join(append([]string{d.folder}, names...)...)
}

// play runs the story. When it returns nothing runs any more.
func (d *demo) play(ctx context.Context) error {
	var err error
	if d.story, err = readStory(templates.FS); err != nil {
		return err
	}
	d.seen = demoView{Folder: d.folder, Now: d.story.now, Mails: []demoMailView{}}
	for _, name := range []string{"inbox", "received"} {
		if err := os.MkdirAll(d.path(name), 0o755); err != nil {
			return err
		}
	}
	// It names no server: what is run here later neither fetches nor sends.
	if err := os.WriteFile(d.path(configName), []byte("office: demo\n"), 0o644); err != nil {
		return err
	}
	log, err := os.Create(d.path("log.txt"))
	if err != nil {
		return err
	}
	defer log.Close()
	p, done, err := d.open(ctx, needsStore)
	if err != nil {
		return err
	}
	defer done()
	d.pipeline = p
	p.Log = slog.New(slog.NewTextHandler(log, nil))
	p.Now = func() time.Time { return d.story.now } // it stands still: each demo gives the same letters
	if d.story.plan, _, err = p.Plan(ctx, d.story.Period.Year); err != nil {
		return err
	}
	stop, err := d.connect()
	if err != nil {
		return err
	}
	defer stop()
	return d.work(ctx)
}

// connect starts the two servers and lets the office use them.
func (d *demo) connect() (stop func(), err error) {
	p, office := d.pipeline, d.story.Office
	password := rand.Text()
	secret := d.path("mailbox-password")
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(secret)
		}
	}()
	user, imap, err := demoMailbox(office.Address, password)
	if err != nil {
		return nil, err
	}
	d.user = user
	sink := &demoSink{folder: d.path("received")}
	mailbox, err := serveLoopback(imap.Serve)
	if err != nil {
		return nil, err
	}
	post, err := serveLoopback(sink.server().Serve)
	if err != nil {
		mailbox.stop()
		return nil, err
	}
	stop = func() {
		post.stop()
		mailbox.stop()
		_ = os.Remove(secret) // it opens nothing any more
	}
	d.seen.Mailbox, d.seen.MailServer = mailbox.Addr().String(), post.Addr().String()
	in := &mailboxConfig{Server: d.seen.Mailbox, Security: "plain", User: office.Address,
		Secret: secretConfig{PasswordFile: filepath.Base(secret)}}
	if p.Mailbox, err = in.openMailbox(d.folder, p.Store, p.Log); err == nil {
		p.Mailbox.Now = p.Now
		out := &smtpConfig{Server: d.seen.MailServer, Security: "plain", From: office.written()}
		p.Outgoing, err = out.openOutgoing(d.folder)
	}
	if err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// work is the story itself: each step is what the command of that name does.
func (d *demo) work(ctx context.Context) error {
	p := d.pipeline
	for i, m := range d.story.Mails {
		eml, err := d.story.compose(m, i+1)
		if err == nil {
			err = putIn(d.user, eml, m.at)
		}
		if err != nil {
			return fmt.Errorf("mail from %s: %w", m.From, err)
		}
		d.mails = append(d.mails, eml)
	}
	var err error
	if d.seen.Fetched, err = p.Fetch(ctx); err != nil {
		return err
	}
	if d.seen.Collected, err = p.Collect(ctx); err != nil {
		return err
	}
	if d.seen.Answered, err = p.Answer(ctx); err != nil {
		return err
	}
	if d.seen.Receipts, err = p.Deliver(ctx, pipeline.DeliverOptions{}); err != nil {
		return err
	}
	result, err := p.Run(ctx, d.story.Period, time.Time{})
	if err != nil {
		return err
	}
	d.seen.Report = runView(p, result)
	if err := d.sendReport(ctx, result.Files); err != nil {
		return err
	}
	if d.seen.Reports, err = p.Deliver(ctx, pipeline.DeliverOptions{}); err != nil {
		return err
	}
	return d.look(ctx)
}

// sendReport queues the letter with the report's files.
func (d *demo) sendReport(ctx context.Context, files []pipeline.File) error {
	p := d.pipeline
	var attached []deliver.Attachment
	for _, f := range files {
		kind, ok := map[string]string{
			".pdf":  "application/pdf",
			".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		}[filepath.Ext(f.Path)]
		if !ok { // the manifest stays here
			continue
		}
		data, err := os.ReadFile(f.Path)
		if err != nil {
			return err
		}
		attached = append(attached, deliver.Attachment{Name: filepath.Base(f.Path), Type: kind, Data: data})
	}
	letter, err := d.story.letter(p.Store.Office(), attached)
	if err != nil {
		return err
	}
	eml, err := deliver.Compose(letter, p.Now())
	if err != nil {
		return err
	}
	_, err = p.Store.Queue(ctx, letter, eml, p.Now())
	return err
}
