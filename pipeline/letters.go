package pipeline

import (
	"fmt"
	"io/fs"
	"path"

	"baocao/pipeline/deliver"
	"baocao/pipeline/report"
)

// The letters of templates/letter, by what they tell.
const (
	letterAccepted = "receipt-accepted"
	letterHeld     = "receipt-held"
	letterRejected = "receipt-rejected"
	letterNil      = "receipt-nil"
	letterCheck    = "receipt-check"
	letterNothing  = "receipt-nothing" // there was nothing to read in the mail
	letterFault    = "fault"
	letterOnlyTo   = "only-to" // around a letter that goes to us instead of its recipients
)

// onlyTo are the names that the letter around a redirected one may use.
type onlyTo struct {
	Subject    string
	Recipients []string
	Text       string
}

// readLetters reads the letters and fills each with samples, so that a slip in
// an office's own text is told at the start.
func (p *Pipeline) readLetters() (map[string]*deliver.Text, error) {
	const shared = "letter/shared.txt"
	parts, err := fs.ReadFile(p.Templates, shared)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	letters := map[string]*deliver.Text{}
	for _, name := range []string{
		letterAccepted, letterHeld, letterRejected, letterNil, letterCheck, letterNothing, letterFault, letterOnlyTo,
	} {
		file := path.Join("letter", name+".txt")
		data, err := fs.ReadFile(p.Templates, file)
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		text, err := deliver.ParseText("templates/"+file, string(data), "templates/"+shared, string(parts))
		if err != nil {
			return nil, err
		}
		samples := receiptSamples()
		if name == letterOnlyTo {
			samples = []any{onlyTo{}, onlyTo{"a", []string{"b", "c"}, "d"}}
		}
		if err := text.Check(samples...); err != nil {
			return nil, err
		}
		letters[name] = text
	}
	return letters, nil
}

// receiptSamples have every name of a receipt with a value and without, and
// every outcome, so that no condition hides a name that is not known.
func receiptSamples() []any {
	full := report.ReceiptDocument{
		Number: 1, File: "a.xlsx", Hash: "0", Nothing: true, Period: "a", Ref: "a",
		Read: 1, Accepted: 1, Held: 1, Rejected: 1, Activities: []string{"1.1.1"},
		Body: true, Incomplete: []string{"1.1.1"}, Waiting: []string{"1.1.1"}, Unused: []string{"a"}, Partly: true, Kept: []string{"1.1.1"},
		Version: 2, Before: "a", Previous: "a", MoreChanges: 1,
		Changes: []report.ReceiptChange{{Activity: "1.1.1", What: "a", Before: "a", After: "a"}, {}},
		Errors:  1, Warnings: 1, Notes: 1, MoreFindings: 1, Marked: "a", Attached: []string{"a"},
		Findings: []report.ReceiptFinding{{Level: "a", Text: "a"}},
		Due:      "a", Grace: "a", Lock: "a", Until: "a", Late: true, Locked: true, Closed: "a",
	}
	var samples []any
	for _, outcome := range []string{"", "accepted", "held", "rejected", "nil", "check", "nothing", "fault"} {
		samples = append(samples, report.Receipt{Outcome: outcome})
		for _, of := range []string{"accept", "review", "reject", "ignore"} {
			bare := report.ReceiptDocument{Outcome: of, Lock: "a"}
			d := full
			d.Outcome = of
			open := d
			open.Late, open.Locked, open.Nothing, open.Before, open.Closed = false, false, false, "", ""
			open.Body, open.Partly, open.Changes = false, false, nil
			late := open
			late.Late = true
			for _, document := range []report.ReceiptDocument{bare, d, open, late} {
				samples = append(samples, report.Receipt{
					Outcome: outcome, Number: "a", Token: "[a]", Received: "a", Day: "a", Agency: "a", Sender: "a",
					Subject: "a", Period: "a", Reference: "a", Partly: document.Partly, Documents: []report.ReceiptDocument{document},
				})
			}
		}
	}
	return samples
}
