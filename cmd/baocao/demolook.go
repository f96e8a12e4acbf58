package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/deliver"
)

// demoView is demo --json.
type demoView struct {
	Folder     string    `json:"folder"`
	NotRead    string    `json:"not_read,omitempty"` // the configuration that would be read by other commands
	Now        time.Time `json:"now"`                // the moment at which the story plays
	Mailbox    string    `json:"mailbox"`            // where the mailbox was, while demo ran
	MailServer string    `json:"mail_server"`        // and the server that letters went to
	Seconds    float64   `json:"seconds"`

	Mails     []demoMailView     `json:"mails"`
	Fetched   *pipeline.Fetched  `json:"fetched"`
	Collected pipeline.Collected `json:"collected"`
	Outcomes  map[string]int     `json:"documents"` // by what became of them; "nothing" is a nil answer
	Answered  pipeline.Answered  `json:"answered"`
	Receipts  pipeline.Delivered `json:"receipts"`
	Report    runSummary         `json:"report"`
	Reports   pipeline.Delivered `json:"reports"`
	Received  []string           `json:"received"` // the letters as .eml files, as the recipients got them
}

// demoMailView is one mail of the story.
type demoMailView struct {
	From   string `json:"from"`
	About  string `json:"about"`            // what is special about it
	Letter string `json:"letter,omitempty"` // the template of its answer
	Reason string `json:"reason,omitempty"` // why it got none
}

// look fills in what became of each mail, of the documents and of the letters.
func (d *demo) look(ctx context.Context) error {
	originals, err := d.pipeline.Store.Originals(ctx)
	if err != nil {
		return err
	}
	d.seen.Outcomes = map[string]int{}
	file := map[string]string{} // of a mail, by its hash
	for _, o := range originals {
		for _, a := range o.Arrivals {
			if a.Message != nil {
				file[a.Message.SHA256] = a.File
			}
		}
		s, read, err := d.pipeline.Store.LastReading(ctx, o.SHA256)
		switch {
		case err != nil:
			return err
		case read && s.Nothing:
			d.seen.Outcomes["nothing"]++
		case read:
			d.seen.Outcomes[string(s.Outcome)]++
		}
	}
	for i, m := range d.story.Mails {
		sum := sha256.Sum256(d.mails[i])
		d.seen.Mails = append(d.seen.Mails, d.became(m, hex.EncodeToString(sum[:]), file))
	}
	d.seen.Received, err = filepath.Glob(filepath.Join(d.folder, "received", "*.eml"))
	return err
}

// became tells what became of a mail.
func (d *demo) became(m demoMail, sha string, file map[string]string) demoMailView {
	v := demoMailView{From: m.From, About: m.About}
	for _, r := range slices.Concat(d.seen.Answered.Queued, d.seen.Answered.Faults) {
		if strings.HasSuffix(r.Key, sha) {
			v.Letter = r.Letter
		}
	}
	for _, s := range d.seen.Answered.Skipped {
		if s.File == file[sha] {
			v.Reason = string(s.Reason)
		}
	}
	return v
}

// spoken are the answers, and the reasons for none, in English.
var spoken = map[string]string{
	"receipt-accepted": "accepted",
	"receipt-held":     "held for a clerk",
	"receipt-rejected": "rejected, with the workbook marked",
	"receipt-nil":      "nothing to report: taken down",
	"receipt-check":    "checked, not counted",
	"receipt-nothing":  "no report in it: asked for one",
	"fault":            "a fault of ours: see log.txt",

	string(pipeline.SkipAuto):            "ignored, no answer: a program sent it",
	string(pipeline.SkipUnauthenticated): "held, no answer: the mail server does not vouch for the sender",
	string(pipeline.SkipUnknown):         "held, no answer: the sender is not in the directory",
}

// print tells the story.
func (d *demo) print() {
	v := &d.seen
	out := d.stdout
	fmt.Fprintf(out, "Made-up mail; in the story it is %s. Nothing left this computer: mailbox\n", v.Now.In(agency.Zone).Format("2006-01-02 15:04"))
	fmt.Fprintf(out, "%s and mail server %s were inside demo, and are closed.\n", v.Mailbox, v.MailServer)
	if v.NotRead != "" {
		fmt.Fprintf(out, "Not read, and none of its servers spoken to: %s\n", v.NotRead)
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "MAIL FROM\tWHAT IT IS\tWHAT BECAME OF IT")
	for _, m := range v.Mails {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.From, m.About, spoken[m.Letter+m.Reason])
	}
	_ = w.Flush() // as for any other line, nobody is there to tell
	n := v.Outcomes
	fmt.Fprintf(out, "\nMail: %d fetched\n", v.Fetched.Stored)
	fmt.Fprintf(out, "Documents: %d read; accepted %d, nothing to report %d, held %d, rejected %d, ignored or only checked %d\n",
		v.Collected.Read, n["accept"], n["nothing"], n["review"], n["reject"], n["ignore"])
	fmt.Fprintf(out, "Receipts: %d posted, %d mails not to be answered\n", v.Receipts.Sent, len(v.Answered.Skipped))
	for _, l := range v.Receipts.Letters {
		fmt.Fprintf(out, "  to %s: %s\n", l.To, l.Subject)
	}
	d.printReport()
	d.printPlaces()
}

func (d *demo) printReport() {
	r := &d.seen.Report
	states := r.Agencies
	fmt.Fprintf(d.stdout, "Report %s: agencies accepted %d, nothing to report %d, held %d, rejected %d, missing %d\n",
		r.Period, states["accepted"], states["nil"], states["held"], states["rejected"], states["missing"])
	var to []string
	for _, l := range d.seen.Reports.Letters {
		if l.State == deliver.Sent {
			to = append(to, l.To)
		}
	}
	slices.Sort(to)
	fmt.Fprintf(d.stdout, "Delivery: PDF and workbook sent to %s\n", strings.Join(to, ", "))
}

// printPlaces says where to look.
func (d *demo) printPlaces() {
	v := &d.seen
	fmt.Fprintf(d.stdout, "\nLook at the report, and at the letters as their recipients got them:\n")
	for _, f := range v.Report.Files {
		fmt.Fprintf(d.stdout, "  %s\n", f.Path)
	}
	for _, f := range v.Received {
		fmt.Fprintf(d.stdout, "  %s\n", f)
	}
	fmt.Fprintf(d.stdout, "or go on with the other commands:\n  baocao --config %s status %s\n", quoted(d.configFile), d.story.Period)
	fmt.Fprintf(d.stdout, "\nDone in %.1f s, and nothing is left running. Delete %s when you have seen enough.\n", v.Seconds, d.folder)
}

// quoted is a path as it is typed at a prompt.
func quoted(path string) string {
	if strings.ContainsRune(path, ' ') {
		return `"` + path + `"`
	}
	return path
}
