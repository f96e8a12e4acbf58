package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/sheet"
	"baocao/pipeline/store"
)

// Collected is what one Collect saw and did.
type Collected struct {
	Documents int      `json:"documents"` // known now
	New       int      `json:"new"`       // kept for the first time
	Read      int      `json:"read"`      // read, or read again because the rules changed
	Failed    int      `json:"failed"`    // files that could not be read; the log says why
	Unjudged  int      `json:"unjudged"`  // mails whose sender could not be judged now; met again next time
	Unplaced  []string `json:"unplaced"`  // documents in no period that a report is made of: a clerk must look
}

// settling is how long a file that lacks its end is taken for one that is still
// being copied.
const settling = 3 * time.Second

// Collect keeps every document that lies in the inbox, and then reads those
// that have not been read under the present rules. The inbox is not changed.
// Reminders that wait, of reports that are there now, are withdrawn.
func (p *Pipeline) Collect(ctx context.Context) (Collected, error) {
	var c Collected
	now := p.Now().Truncate(time.Second)
	collector := p.Collector
	collector.Before = p.Now().Add(-settling)
	seeing := p.seen.look(p.Store.Holds)
	collector.Known = seeing.known
	defer seeing.end()
	for item, err := range collector.Items(p.Inbox) {
		if ctx.Err() != nil {
			seeing.fail(item.File) // there may be more of it
			return c, ctx.Err()
		}
		if errors.Is(err, collect.ErrUnjudged) {
			c.Unjudged++
			p.Log.Warn("collect", "err", err)
			continue
		}
		if err != nil { // one file that cannot be read does not stop the rest
			c.Failed++
			p.Log.Error("collect", "err", err)
			continue
		}
		original, err := p.Store.Keep(ctx, item, now)
		if err != nil { // nor does one that cannot be kept; it is tried again next time
			c.Failed++
			seeing.fail(item.File)
			p.Log.Error("collect", "err", err)
			continue
		}
		if original.New {
			c.New++
		}
		if err := p.noteBounce(ctx, item, original, now); err != nil {
			c.Failed++
			seeing.fail(item.File)
			p.Log.Error("collect", "err", err)
		}
		seeing.kept(item)
		p.progress("collect", c.New, 0)
	}
	if err := p.read(ctx, &c); err != nil {
		return c, err
	}
	_, err := p.withdraw(ctx)
	return c, err
}

// read reads every original whose reading is missing or was made under other
// rules.
func (p *Pipeline) read(ctx context.Context, c *Collected) error {
	originals, err := p.Store.Originals(ctx)
	if err != nil {
		return err
	}
	years, err := p.years(ctx, originals)
	if err != nil {
		return err
	}
	reader, err := p.reader(ctx, years...)
	if err != nil {
		return err
	}
	rules, err := p.rules(ctx, years)
	if err != nil {
		return err
	}
	c.Documents, c.Unplaced = len(originals), []string{}
	tries, err := p.readTries(ctx)
	if err != nil {
		return err
	}
	rulings, err := p.readingRulings(ctx)
	if err != nil {
		return err
	}
	var docs []readDoc
	known := map[string][]thread{} // by the hash of the mail
	for i, original := range originals {
		p.progress("read", i+1, len(originals))
		origin := originOf(original)
		origin.Rulings = rulings.about(origin)
		threads, err := p.threadsOnce(ctx, original.Arrival.Message, known)
		if err != nil {
			return err
		}
		key, err := readingKey(rules, origin, threads)
		if err != nil {
			return err
		}
		submission, ok, err := p.Store.Reading(ctx, original.SHA256, key)
		if err != nil {
			return err
		}
		if !ok {
			if submission, ok, err = tries.waiting(ctx, original, key); err != nil {
				return err
			}
		}
		if !ok {
			data, err := p.Store.Data(original.SHA256)
			if err != nil { // a damaged original does not stop the others
				c.Failed++
				p.Log.Error("read", "err", err)
				continue
			}
			submission = throughList(p.readReply(reader, data, origin, threads), origin.Name)
			if err := tries.count(ctx, original, key, submission); err != nil {
				return err
			}
			if isPassing(submission) {
				key = "" // it is read again some time
			}
			if err := p.Store.SaveReading(ctx, key, submission); err != nil {
				return err
			}
			c.Read++
		}
		docs = append(docs, readDoc{Submission: submission, places: placesOf(original)})
	}
	belonging := companions(docs, p.namedBy)
	for _, d := range docs {
		if _, ok := belonging[d.SHA256]; !ok && d.Outcome != form.Ignore && !p.placed(d.Period, years) {
			c.Unplaced = append(c.Unplaced, d.File)
		}
	}
	return nil
}

// placed reports whether some report takes documents of the period.
func (p *Pipeline) placed(period plan.Period, years []int) bool {
	return p.office.calendar.Reports(period.Part) && slices.Contains(years, period.Year)
}

// readDocument reads one document's bytes.
func (p *Pipeline) readDocument(r *form.Reader, data []byte, o form.Origin) form.Submission {
	if data == nil {
		return p.readSubmission(r, nil, o)
	}
	book, seen := p.openDocument(o.Name, data)
	opened := o
	opened.Findings = append(slices.Clone(o.Findings), seen...)
	s := p.readSubmission(r, book, opened)
	switch {
	case !isBodyText(o.Findings):
		return heldTable(s)
	case s.Outcome != form.Ignore && !saysNothing(s, book):
		return p.readSubmission(r, nil, o)
	}
	return withoutCode(s, codeNoAttachment)
}

// codeReaderDied is the finding of a document that no reader survives.
const codeReaderDied = "reader-died"

// readSubmission reads a document's cells. A panic would be our fault and not
// the document's: it is logged with its stack, the document is set aside with a
// finding, and the others are read.
func (p *Pipeline) readSubmission(r *form.Reader, book *sheet.Book, o form.Origin) (s form.Submission) {
	defer func() {
		if fault := recover(); fault != nil {
			p.Log.Error("read document: panic", "file", o.Name, "panic", fault, "stack", string(debug.Stack()))
			s = form.Submission{SHA256: o.SHA256, File: o.Name, Arrived: o.Arrived, Outcome: form.Reject}
			if o.Mail != nil {
				s.Sender = o.Mail.From
			}
			s.Findings = append(slices.Clone(o.Findings), finding.Finding{
				Code: codeReaderDied, Level: finding.Error, Place: finding.Place{File: o.Name},
			})
		}
	}()
	return r.ReadSubmission(book, o)
}

// isPassing reports whether the document could not be read for a reason that
// may have been the machine's: it was busy, or short of memory.
func isPassing(s form.Submission) bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool {
		return f.Code == codeReaderDied || f.Code == "document-too-slow" || f.Code == "document-too-heavy"
	})
}

func (p *Pipeline) openDocument(name string, data []byte) (*sheet.Book, []finding.Finding) {
	if p.OpenDocument != nil {
		return p.OpenDocument(name, data)
	}
	return sheet.Open(name, data)
}

// originOf is what the arrival that counts says of a document.
func originOf(o store.Original) form.Origin {
	name := cmp.Or(o.Arrival.Title(), shown(path.Base(o.Arrival.File))) // a mail without a document is named itself
	origin := form.Origin{SHA256: o.SHA256, Name: name, Arrived: o.Arrived, Findings: o.Arrival.Findings}
	origin.Mail = mailOf(o.Arrival.Message)
	return origin
}

// shown is a file's name as it may be shown: a name may hold what a terminal
// takes for orders.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, name)
}

func mailOf(m *collect.Message) *form.Mail {
	if m == nil {
		return nil
	}
	return &form.Mail{
		From: m.From, Subject: withoutTokens(m.Subject), Authenticated: m.Authenticated,
		AutoReply: m.AutoReply && !m.List, // what came through a list is read; see throughList
		CheckOnly: m.CheckOnly,
	}
}

// rules is the hash of everything besides the document itself that decides how
// it is read.
func (p *Pipeline) rules(ctx context.Context, years []int) (string, error) {
	h := sha256.New()
	fmt.Fprintln(h, p.office.rules)
	for _, year := range years {
		known, err := p.knownPlans(ctx, year)
		if err != nil {
			return "", err
		}
		for _, k := range known {
			fmt.Fprintln(h, year, k.version.Version, k.version.SHA256, k.from)
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// readingKey names everything that decides how one document is read.
func readingKey(rules string, o form.Origin, threads []thread) (string, error) {
	data, err := json.Marshal(struct {
		form.Origin
		Threads []thread
	}{o, threads})
	if err != nil {
		return "", fmt.Errorf("reading key of %q: %w", o.Name, err)
	}
	h := sha256.New()
	h.Write([]byte(rules))
	h.Write(data)
	return hex.EncodeToString(h.Sum(nil)), nil
}
