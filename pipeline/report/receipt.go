package report

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Receipt is what an office answers to one mail, in plain words and numbers:
// the names that the letters of templates/letter and the form of
// templates/report/receipt.yaml may use. What is not known is empty or 0.
type Receipt struct {
	Outcome   string // of the whole mail: accepted, held, rejected, nil, check, nothing, fault
	Number    string // of the receipt: "20180314-7f3a91c2"
	Token     string // in the subject, so that an answer joins: "[BC 2018-Q1 STP 7f3a91]"
	Received  string // when the mail arrived: "09 giờ 31 phút, ngày 14/3/2018"
	Day       string // of that: "14 tháng 3 năm 2018"
	Agency    string // whose address the mail came from
	Sender    string // that address
	Subject   string // of the mail
	Period    string // of the first document that tells one: "quý I năm 2018"
	Reference string // of a fault of ours; it stands in the log too
	Partly    bool   // something is accepted, and something else of the same mail is not

	Documents []ReceiptDocument // in the mail's order
}

// ReceiptDocument is one document of a mail.
type ReceiptDocument struct {
	Number  int // from 1
	File    string
	Body    bool   // it is no file but the mail's own text
	Hash    string // first 16 digits of its SHA-256
	Outcome string // accept, review, reject, ignore
	Nothing bool   // it says "không phát sinh"
	Period  string
	Ref     string // the agency's own number: "45/BC-STP"

	Read, Accepted, Held, Rejected int      // rows about activities
	Activities                     []string // codes of those that were accepted
	Incomplete                     []string // of these, those with a figure that is not used
	Waiting                        []string // codes of those that are held
	Unused                         []string // what stands, instead of a code, in rows that are not used
	Partly                         bool     // accepted, but not all that stands in it

	Version     int             // which valid document of the agency and period this is; 0: it is none
	Before      string          // when the same document was received for the first time, if it is not the first
	Previous    string          // when the valid version before was received
	Changes     []ReceiptChange // against that; at most ten
	MoreChanges int
	Kept        []string // codes of activities of that version which this one says nothing about

	Errors, Warnings, Notes int
	Findings                []ReceiptFinding // the most important first; at most twenty
	MoreFindings            int
	Marked                  string // name of the attached workbook with the remarks
	Attached                []string

	Due, Grace, Lock string // days: "15/3/2018"
	Until            string // the first of them that is not over; empty: all are
	Late             bool   // after Due
	Locked           bool   // after Lock
	Closed           string // the sentence of a period that was issued before the mail came; empty: it was not
}

// ReceiptChange is one figure that differs from the version before.
type ReceiptChange struct {
	Activity, What, Before, After string
}

// ReceiptFinding is one remark.
type ReceiptFinding struct {
	Level string // "Cần sửa"
	Text  string // the sentence
}

// ReceiptForm is how a receipt looks on paper: templates/report/receipt.yaml.
type ReceiptForm struct {
	Kind     text   `yaml:"kind"`
	Subject  text   `yaml:"subject"`
	Symbol   text   `yaml:"symbol"`
	Place    text   `yaml:"place"`
	Footer   text   `yaml:"footer"`
	Intro    []text `yaml:"intro"`
	Document struct {
		Heading  text          `yaml:"heading"`
		Changes  text          `yaml:"changes"`  // over the list of changes
		Compared [4]string     `yaml:"compared"` // heads of that list: activity, what, before, now
		Columns  [2]string     `yaml:"columns"`
		Facts    []receiptFact `yaml:"facts"`
		Findings text          `yaml:"findings"` // over the list of remarks
		Heads    [3]string     `yaml:"heads"`    // of that list: number, level, remark
		More     text          `yaml:"more"`
		Was      text          `yaml:"was"` // a figure before, of a change
		Is       text          `yaml:"is"`  // and now
	} `yaml:"document"`
	Unit       string   `yaml:"unit"` // of money: "triệu đồng"
	Closing    []text   `yaml:"closing"`
	Recipients []text   `yaml:"recipients"`
	Authority  []string `yaml:"authority"`
}

// receiptFact is one line about a document; it is left out when its value is
// empty.
type receiptFact struct {
	Label string `yaml:"label"`
	Value text   `yaml:"value"`
}

// Check holds every text of the form against the names that it may use.
func (f *ReceiptForm) Check() error {
	var all []error
	receipt, document := reflect.TypeFor[Receipt](), reflect.TypeFor[ReceiptDocument]()
	for _, t := range append([]text{f.Kind, f.Subject, f.Symbol, f.Place, f.Footer}, append(append(f.Intro, f.Closing...), f.Recipients...)...) {
		all = append(all, t.check(receipt))
	}
	all = append(all, f.Document.Heading.check(document), f.Document.Findings.check(document), f.Document.More.check(document),
		f.Document.Changes.check(document), f.Document.Was.check(reflect.TypeFor[ReceiptChange]()), f.Document.Is.check(reflect.TypeFor[ReceiptChange]()))
	for _, fact := range f.Document.Facts {
		all = append(all, fact.Value.check(document))
	}
	return errors.Join(all...)
}

// Receipt is the receipt as a document for paper, dated at. The same receipt
// gives the same document; the only error is a fault in the texts.
func (o *Outline) Receipt(f *ReceiptForm, r Receipt, at time.Time) (*Document, error) {
	w := receiptWriter{f: f}
	doc := &Document{
		Letterhead: Letterhead{
			Parent: w.say(o.Letterhead.Parent, facts{}), Issuer: w.say(o.Letterhead.Issuer, facts{}),
			Symbol: w.say(f.Symbol, r), Place: w.say(f.Place, r),
			Nation: w.say(o.Letterhead.Nation, facts{}), Motto: w.say(o.Letterhead.Motto, facts{}),
		},
		Kind: w.say(f.Kind, r), Subject: w.say(f.Subject, r), Addressee: r.Agency,
		Signature: Signature{Authority: f.Authority},
		Words: Words{
			To: o.Words.To, Recipients: o.Words.Recipients, Page: o.Words.Page,
			Continued: o.Words.Continued, Body: o.Words.Body,
		},
	}
	for _, t := range f.Recipients {
		doc.Signature.Recipients = append(doc.Signature.Recipients, w.say(t, r))
	}
	w.paragraphs(f.Intro, r)
	for _, d := range r.Documents {
		w.document(d)
	}
	w.paragraphs(f.Closing, r)
	doc.Body = w.blocks
	doc.Meta = Meta{
		Title:  doc.Kind + " " + oneLine(doc.Subject),
		Author: w.say(o.Author, facts{}), Subject: oneLine(doc.Subject), Keywords: r.Number,
		Data: r.Number, AsOf: at, Footer: w.say(f.Footer, r),
	}
	if w.err != nil {
		return nil, fmt.Errorf("write receipt %s: %w", r.Number, w.err)
	}
	return doc, nil
}

// receiptWriter is the state of one Receipt. The first fault of a text stops it.
type receiptWriter struct {
	f      *ReceiptForm
	blocks []Block
	err    error
}

func (w *receiptWriter) say(t text, data any) string {
	s, err := t.with(data)
	if err != nil && w.err == nil {
		w.err = err
	}
	return strings.TrimSpace(s)
}

func (w *receiptWriter) paragraphs(texts []text, r Receipt) {
	for _, t := range texts {
		if s := w.say(t, r); s != "" {
			w.blocks = append(w.blocks, Block{Paragraph: s})
		}
	}
}

// document is what is said of one document: a table of facts, then the remarks.
func (w *receiptWriter) document(d ReceiptDocument) {
	f := w.f.Document
	w.blocks = append(w.blocks, Block{Heading: w.say(f.Heading, d)})
	facts := &Table{Columns: []Column{{Title: f.Columns[0], Width: 34}, {Title: f.Columns[1], Width: 66}}}
	for _, fact := range f.Facts {
		if value := w.say(fact.Value, d); value != "" {
			facts.Rows = append(facts.Rows, Row{Cells: []Cell{{Text: fact.Label}, {Text: value}}})
		}
	}
	w.blocks = append(w.blocks, Block{Table: facts})
	w.changes(d)
	if len(d.Findings) == 0 {
		return
	}
	center := Center
	findings := &Table{Columns: []Column{
		{Title: f.Heads[0], Width: 6, Align: center}, {Title: f.Heads[1], Width: 16, Align: center}, {Title: f.Heads[2], Width: 78},
	}}
	for i, said := range d.Findings {
		findings.Rows = append(findings.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(i + 1)}, {Text: said.Level}, {Text: said.Text},
		}})
	}
	if d.MoreFindings > 0 {
		findings.Note = w.say(f.More, d)
	}
	w.blocks = append(w.blocks, Block{Paragraph: w.say(f.Findings, d)}, Block{Table: findings})
}

// changes is what a later version changes, beside what it replaces.
func (w *receiptWriter) changes(d ReceiptDocument) {
	f := w.f.Document
	if said := w.say(f.Changes, d); said != "" {
		w.blocks = append(w.blocks, Block{Paragraph: said})
	}
	if len(d.Changes) == 0 {
		return
	}
	table := &Table{Columns: []Column{
		{Title: f.Compared[0], Width: 12, Align: Center}, {Title: f.Compared[1], Width: 22},
		{Title: f.Compared[2], Width: 33}, {Title: f.Compared[3], Width: 33},
	}}
	for _, c := range d.Changes {
		table.Rows = append(table.Rows, Row{Cells: []Cell{
			{Text: c.Activity}, {Text: c.What}, {Text: w.say(f.Was, c)}, {Text: w.say(f.Is, c)},
		}})
	}
	w.blocks = append(w.blocks, Block{Table: table})
}
