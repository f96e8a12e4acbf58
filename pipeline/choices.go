package pipeline

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// Target is a document or one of its rows.
type Target struct {
	SHA256 string
	Sheet  string
	Row    int // 0: the whole document
}

// Choice is one reading that a clerk can choose.
type Choice struct {
	Number int    `json:"number"`
	Text   string `json:"text"`

	rulings []reconcile.Ruling // what choosing it rules, without period, reason and name
}

// choices are the readings between which a clerk decides, as far as the
// findings tell them.
func (p *Pipeline) choices(ctx context.Context, s form.Submission, at Target, about []finding.Finding) []Choice {
	c := chooser{Pipeline: p, sub: s, at: at, all: []Choice{}}
	if term, err := p.office.calendar.Term(s.Period); err == nil {
		c.plan, _, _ = p.PlanAt(ctx, s.Period.Year, term.Closes) // without one no row is read
	}
	for _, f := range about {
		if f.Level != finding.Error && at.Row == 0 {
			continue
		}
		switch f.Code {
		case "agency-disagrees", "agency-unknown", "sender-disagrees", "reply-agency-disagrees", "agency-subordinate":
			c.agency(f.Got)
			c.agency(f.Want)
		case "period-disagrees", "reply-period-disagrees", "period-unknown", "period-outdated":
			c.period(f.Got)
			c.period(f.Want)
		case "unknown-activity", "code-text-disagree", "row-without-activity":
			c.activity(f.Want)
			c.activity(f.Got)
		case "money-ambiguous", "money-beyond-plan":
			c.money(f)
		case "status-unclear", "status-missing", "status-several":
			c.status(f)
		}
	}
	return c.all
}

type chooser struct {
	*Pipeline
	sub form.Submission
	at  Target

	plan *plan.Plan
	all  []Choice
}

// add offers what the rulings say, in the sentence of that code; a sentence is
// offered once.
func (c *chooser) add(said finding.Finding, rulings ...reconcile.Ruling) {
	text := c.Say(said)
	if slices.ContainsFunc(c.all, func(other Choice) bool { return other.Text == text }) {
		return
	}
	for i := range rulings {
		r := &rulings[i]
		r.SHA256 = c.at.SHA256
		if r.Kind != reconcile.Assign || r.Activity != "" {
			r.Sheet, r.Row = c.at.Sheet, c.at.Row
		}
		if r.Kind == reconcile.Correct {
			r.Agency = c.sub.Agency
		}
	}
	c.all = append(c.all, Choice{Number: len(c.all) + 1, Text: text, rulings: rulings})
}

func (c *chooser) agency(name string) {
	on := agency.DayOf(c.sub.Arrived)
	if id, ok := c.office.directory.One(name, on); ok {
		c.add(finding.Finding{Code: "choice-agency", Got: c.office.directory.Name(id, on)}, reconcile.Ruling{Kind: reconcile.Assign, Agency: id})
	}
}

// period takes the name of a period as the findings print it.
func (c *chooser) period(name string) {
	for year := agency.DayOf(c.sub.Arrived).Year - 1; year <= agency.DayOf(c.sub.Arrived).Year+1; year++ {
		for _, part := range []plan.Part{plan.Q1, plan.Q2, plan.Half, plan.Q3, plan.Nine, plan.Q4, plan.Year} {
			of := plan.Period{Year: year, Part: part}
			if strings.EqualFold(c.periodName(of), strings.TrimSpace(name)) && c.office.calendar.Reports(part) {
				c.add(finding.Finding{Code: "choice-period", Got: c.periodName(of)}, reconcile.Ruling{Kind: reconcile.Assign, Meant: of})
			}
		}
	}
}

var activityCode = regexp.MustCompile(`\b\d{1,2}\.\d{1,2}\.\d{1,2}\b`)

func (c *chooser) activity(said string) {
	for _, code := range activityCode.FindAllString(said, -1) {
		if c.plan == nil || c.plan.Activity(plan.Code(code)) == nil {
			continue
		}
		c.add(finding.Finding{Code: "choice-activity", Activity: code}, reconcile.Ruling{Kind: reconcile.Assign, Activity: plan.Code(code)})
	}
}

// money offers the readings that the finding names, in million đồng.
func (c *chooser) money(f finding.Finding) {
	figure := reconcile.FigureSpent
	for _, e := range c.sub.Entries {
		if e.Cells.SpentTotal != "" && columnOf(e.Cells.SpentTotal) == columnOf(f.Place.Cell) {
			figure = reconcile.FigureSpentTotal
		}
	}
	var readings []plan.Dong
	for said := range strings.SplitSeq(f.Want, " / ") {
		if d, ok := printedDong(said); ok && f.Code == "money-ambiguous" {
			readings = append(readings, d)
		}
	}
	if d, ok := printedDong(f.Got); ok && f.Code == "money-beyond-plan" {
		readings = append(readings, d, d/1000, d/1_000_000)
	}
	for _, d := range readings {
		if d > 0 {
			c.add(finding.Finding{Code: "choice-money", Got: d.String(), Activity: f.Activity},
				reconcile.Ruling{Kind: reconcile.Correct, Activity: plan.Code(f.Activity), Figure: figure, Value: d.String()})
		}
	}
}

// printedDong reads an amount in million đồng as findings print it.
func printedDong(s string) (plan.Dong, bool) {
	d, err := plan.ParseDong(strings.NewReplacer(".", "", ",", ".").Replace(strings.TrimSpace(s)))
	return d, err == nil
}

func columnOf(cell string) string { return strings.TrimRight(cell, "0123456789") }

// status offers the closed set of what an agency can say.
func (c *chooser) status(f finding.Finding) {
	for _, s := range []form.Progress{form.Done, form.InProgress, form.NotStarted, form.Paused} {
		c.add(finding.Finding{Code: "choice-status", Want: c.office.outline.Progress[s], Activity: f.Activity},
			reconcile.Ruling{Kind: reconcile.Correct, Activity: plan.Code(f.Activity), Figure: reconcile.FigureStatus, Value: string(s)},
			reconcile.Ruling{Kind: reconcile.Release})
	}
}
