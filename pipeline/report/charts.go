package report

import (
	"fmt"
	"reflect"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/reconcile"
)

// charts is how the charts beside the sums of the fields are called. A chart
// without a title is left out.
type charts struct {
	Names      map[string]string `yaml:"names"`  // of the figures
	Unsaid     string            `yaml:"unsaid"` // in place of money that nobody states
	Fields     chartText         `yaml:"fields"`
	Agencies   chartText         `yaml:"agencies"`
	Most       int               `yaml:"most"` // of agencies in a chart; 0: all
	More       text              `yaml:"more"` // under a chart that does not show all
	Money      chartText         `yaml:"money"`
	Comparison struct {
		Chart chartText `yaml:",inline"`
		Then  text      `yaml:"then"`
		Now   text      `yaml:"now"`
	} `yaml:"comparison"`
}

// chartText is the title of a chart and what its names are.
type chartText struct {
	Title text   `yaml:"title"`
	Label string `yaml:"label"`
}

// shownFacts are the names that the text under a cut chart may use.
type shownFacts struct{ Shown, All int }

var (
	progressKeys = []string{"done", "in_progress", "not_started", "paused", "not_reported"}
	moneyKeys    = []string{"budget", "used_planned"}
	trendKeys    = append(slices.Clone(progressKeys), "overdue")
)

// check holds the texts against the names that they may use.
func (c charts) check() []error {
	var all []error
	for _, t := range []text{c.Fields.Title, c.Agencies.Title, c.Money.Title} {
		all = append(all, t.check(reflect.TypeFor[facts]()))
	}
	for _, t := range []text{c.Comparison.Chart.Title, c.Comparison.Then, c.Comparison.Now} {
		all = append(all, t.check(reflect.TypeFor[comparedFacts]()))
	}
	all = append(all, c.More.check(reflect.TypeFor[shownFacts]()))
	if c.Most < 0 {
		all = append(all, fmt.Errorf("charts: most: %d is below 0", c.Most))
	}
	if c.Fields.Title.source+c.Agencies.Title.source+c.Money.Title.source+c.Comparison.Chart.Title.source == "" {
		return all
	}
	return append(all, named("charts: names", c.Names, slices.Concat(trendKeys, moneyKeys)...))
}

// charts are the sums of the fields, the agencies' answers and, of the fields of
// which any is said, the money as bars.
func (w *writer) charts() []Block {
	fields, money := make([]Bar, len(w.Statement.Fields)), make([]Bar, len(w.Statement.Fields))
	for i, s := range w.Statement.Fields {
		fields[i] = w.bar(w.fieldName(s.Code), s, progressKeys)
		money[i] = w.bar(w.fieldName(s.Code), s, moneyKeys)
	}
	money = slices.DeleteFunc(money, func(b Bar) bool { return !b.told() })
	byField := w.chart(w.Charts.Fields, w.facts, progressKeys, fields)
	byField.Stacked = true
	agencies, note := w.agencyBars()
	byAgency := w.chart(w.Charts.Agencies, w.facts, progressKeys, agencies)
	byAgency.Stacked, byAgency.Note = true, note
	return drawn(byField, byAgency, w.chart(w.Charts.Money, w.facts, moneyKeys, money))
}

// agencyBars are the agencies in the directory's order. Where there are more than
// a chart can show, the best ranked are left out: the chart is there to see who is
// behind. One agency alone is the whole.
func (w *writer) agencyBars() ([]Bar, string) {
	if len(w.Statement.Leads) < 2 {
		return nil, ""
	}
	leads, note := w.Statement.Leads, ""
	if most := w.Charts.Most; most > 0 && len(leads) > most {
		note = w.say(w.Charts.More, shownFacts{most, len(leads)})
		leads = w.behind(most)
	}
	bars := make([]Bar, len(leads))
	for i, s := range leads {
		bars[i] = w.bar(w.name(s.Agency), s.Sum, progressKeys)
	}
	return bars, note
}

// behind are so many agencies, those ranked last, in the directory's order.
func (w *writer) behind(most int) []reconcile.AgencySum {
	place := map[agency.ID]int{}
	for i, r := range w.Statement.Rankings {
		place[r.Agency] = i
	}
	all := slices.Clone(w.Statement.Leads)
	slices.SortStableFunc(all, func(a, b reconcile.AgencySum) int { return place[a.Agency] - place[b.Agency] })
	best := map[agency.ID]bool{}
	for _, s := range all[:len(all)-most] {
		best[s.Agency] = true
	}
	return slices.DeleteFunc(slices.Clone(w.Statement.Leads), func(s reconcile.AgencySum) bool { return best[s.Agency] })
}

// comparedChart is the whole then and now, without what was and is nothing.
func (w *writer) comparedChart(c reconcile.Comparison) []Block {
	t, said := w.Charts.Comparison, w.comparedFacts(c)
	then, now := w.bar("", c.Total.Then, trendKeys), w.bar("", c.Total.Now, trendKeys)
	var bars []Bar
	for i, key := range trendKeys {
		if a, b := then.Figures[i], now.Figures[i]; !a.Number.IsZero() || !b.Number.IsZero() {
			bars = append(bars, Bar{Name: w.Charts.Names[key], Figures: []Cell{a, b}})
		}
	}
	chart := w.chart(t.Chart, said, nil, bars)
	chart.Series = []string{w.say(t.Then, said), w.say(t.Now, said)}
	return drawn(chart)
}

// bar is a sum's figures of the given names.
func (w *writer) bar(name string, s reconcile.Sum, keys []string) Bar {
	cells := sumCells(s)
	cells["used_planned"] = amountCell(s.UsedPlanned)
	b := Bar{Name: name}
	for _, key := range keys {
		c := cells[key]
		if c.Number == nil {
			c = textCell(w.Charts.Unsaid)
		}
		b.Figures = append(b.Figures, c)
	}
	return b
}

func (w *writer) chart(t chartText, said any, keys []string, bars []Bar) *Chart {
	c := &Chart{Title: w.say(t.Title, said), Label: t.Label, Bars: bars}
	for _, key := range keys {
		c.Series = append(c.Series, w.Charts.Names[key])
	}
	return c
}

// drawn are the charts that the outline wants and that have a figure.
func drawn(all ...*Chart) []Block {
	var blocks []Block
	for _, c := range all {
		if c.Title != "" && slices.ContainsFunc(c.Bars, Bar.told) {
			blocks = append(blocks, Block{Chart: c})
		}
	}
	return blocks
}
