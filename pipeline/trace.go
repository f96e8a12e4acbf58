package pipeline

import (
	"context"
	"fmt"
	"slices"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Trace leads from the figures of one activity to where they were read.
type Trace struct {
	Activity plan.Code     `json:"activity"`
	Name     string        `json:"name"`
	Answers  []TraceAnswer `json:"answers"`
}

// TraceAnswer is one agency's answer, and its way here.
type TraceAnswer struct {
	AnswerView
	AgencyName string             `json:"agency_name"`
	Applied    []reconcile.Ruling `json:"applied"` // the rulings that took part
	Mail       *TraceMail         `json:"mail"`    // nil for a dropped file
	Inbox      string             `json:"inbox"`   // where the document lay
	Archive    string             `json:"archive"` // where its original is kept, relative to the store's folder
	From       *TraceCarried      `json:"from"`    // where Used was told, when it is carried over
}

// TraceCarried is the document of an earlier period that money is carried over
// from.
type TraceCarried struct {
	Period  plan.Period `json:"period"`
	SHA256  string      `json:"sha256"`
	File    string      `json:"file"`
	Archive string      `json:"archive"`
}

// TraceMail is the mail that brought a document.
type TraceMail struct {
	From    string `json:"from"`
	Subject string `json:"subject"`
	SHA256  string `json:"sha256"`
	Archive string `json:"archive"`
}

// Trace is the way of every answer on an activity: mail, file, sheet, cell, and
// the clerks' rulings about it.
func (p *Pipeline) Trace(ctx context.Context, made *Made, code plan.Code) (Trace, error) {
	for _, l := range made.Statement.Lines {
		if l.Activity.Code != code {
			continue
		}
		t := Trace{Activity: code, Name: l.Activity.Name, Answers: []TraceAnswer{}}
		for _, a := range slices.Concat(l.Answers, l.Unasked) {
			one, err := p.traceAnswer(ctx, made, code, a)
			if err != nil {
				return t, err
			}
			t.Answers = append(t.Answers, one)
		}
		return t, nil
	}
	return Trace{}, fmt.Errorf("activity %q: not in the plan of %d", code, made.Statement.Period.Year)
}

func (p *Pipeline) traceAnswer(ctx context.Context, made *Made, code plan.Code, a reconcile.Answer) (TraceAnswer, error) {
	t := TraceAnswer{
		AnswerView: answerView(a), AgencyName: made.Inputs.Directory.Name(a.Agency, made.Statement.Term.Closes),
		Applied: []reconcile.Ruling{},
	}
	for _, r := range made.Inputs.Rulings {
		for _, id := range a.Rulings {
			if r.ID == id {
				t.Applied = append(t.Applied, r)
			}
		}
	}
	if a.Carried != nil {
		t.From = p.traceCarried(made, code, a)
	}
	if a.Source == nil {
		return t, nil
	}
	original, err := p.Store.Original(ctx, a.Source.SHA256)
	if err != nil {
		return t, err
	}
	t.Inbox, t.Archive = original.Arrival.File, p.Store.Place(a.Source.SHA256)
	if m := original.Arrival.Message; m != nil {
		t.Mail = &TraceMail{From: m.From, Subject: m.Subject, SHA256: m.SHA256, Archive: p.Store.MailPlace(m.SHA256)}
	}
	return t, nil
}

// traceCarried is where the money of an answer was told in an earlier period;
// nil when that is not known.
func (p *Pipeline) traceCarried(made *Made, code plan.Code, a reconcile.Answer) *TraceCarried {
	for _, f := range made.Inputs.Earlier {
		if f.Kind != reconcile.Previous {
			continue
		}
		for _, past := range f.Answers {
			if past.Activity == code && past.Agency == a.Agency && past.SHA256 != "" {
				return &TraceCarried{past.Period, past.SHA256, past.File, p.Store.Place(past.SHA256)}
			}
		}
	}
	return nil
}
