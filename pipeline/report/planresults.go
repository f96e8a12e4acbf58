package report

import (
	"slices"
	"strings"

	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// sourceOf is what the sources call the figure of a column.
func sourceOf(key string) string {
	if key == "progress" || key == "standing" {
		return "status"
	}
	return key
}

func (w *writer) resultCell(key string, l *reconcile.Line) Cell {
	switch key {
	case "text":
		return Cell{Text: w.lineText(l)}
	case "progress":
		return Cell{Text: w.progress(l)}
	case "standing":
		return Cell{Text: w.standing(l)}
	case "percent":
		return percentCell(l.Percent)
	case "spent":
		return amountCell(l.Spent)
	case "used":
		return amountCell(l.Used)
	case "timing":
		return Cell{Text: w.timing(l)}
	case "target":
		return Cell{Text: w.target(l)}
	case "difficulty":
		return Cell{Text: w.difficulties(l)}
	case "agency":
		return Cell{Text: w.answerers(l)}
	}
	return Cell{}
}

// hasResult reports whether the table of activities has a column of results.
func (w *writer) hasResult(key string) bool {
	return slices.ContainsFunc(w.PlanTable.Results, func(c outlineColumn) bool { return c.Key == key && w.shown(c) })
}

// progress is what is said of an activity, or that it waits for a clerk.
func (w *writer) progress(l *reconcile.Line) string {
	if l.Progress == "" && waits(l) {
		return w.Waiting
	}
	return w.Progress[l.Progress]
}

// standingFacts are the names that the text about how an activity stands may use.
type standingFacts struct {
	Progress, Timing string
	Percent          string // empty where nobody states one
	Target           string // against its indicator; empty where it has a column of its own, or cannot be told yet
}

// standing is progress, per cent and timing in one cell.
func (w *writer) standing(l *reconcile.Line) string {
	return w.say(w.PlanTable.Standing, standingFacts{
		Progress: w.progress(l), Timing: w.Timing[l.Timing], Percent: percentCell(l.Percent).Text, Target: w.targetBeside(l),
	})
}

// timing is how an activity stands against its months, and under it against its
// indicator.
func (w *writer) timing(l *reconcile.Line) string {
	if target := w.targetBeside(l); target != "" {
		return w.Timing[l.Timing] + "\n" + target
	}
	return w.Timing[l.Timing]
}

// targetBeside is what a column about something else says of the indicator:
// nothing where it has a column of its own, or where it cannot be told yet.
func (w *writer) targetBeside(l *reconcile.Line) string {
	if w.hasResult("target") || l.Met == reconcile.NotMeasurable {
		return ""
	}
	return w.target(l)
}

// targetFacts are the names that the text about an indicator's number may use.
type targetFacts struct {
	Percent string
	AtLeast bool
	Met     reconcile.Met
}

// target is how an activity stands to the number that its indicator names; empty
// where it names none, or nobody said anything yet.
func (w *writer) target(l *reconcile.Line) string {
	if l.Target == nil || l.Progress == "" {
		return ""
	}
	return w.say(w.PlanTable.Target, targetFacts{viet.FormatNumber(l.Target.Percent.Decimal()), l.Target.AtLeast, l.Met})
}

// expected are the answers that count towards a line, without the partners'.
func expected(l *reconcile.Line) []reconcile.Answer {
	return slices.DeleteFunc(slices.Clone(l.Answers), func(a reconcile.Answer) bool {
		return a.Role == reconcile.Partner
	})
}

// lineText is what came of an activity: the agency's own words, or how many of
// the agencies that lead it together have done it and, unless that has a column of
// its own, have answered, and who is silent.
func (w *writer) lineText(l *reconcile.Line) string {
	answers := expected(l)
	if l.Collective == nil {
		if len(answers) != 1 {
			return ""
		}
		if a := answers[0]; a.Text == "" && l.Progress == "" && a.Carried != nil {
			return w.say(w.PlanTable.Carried, carriedFacts{Period: w.period(*a.Carried)})
		}
		return answers[0].Text
	}
	lines := []string{w.say(w.Together.Done, l.Collective)}
	if !w.hasResult("agency") {
		lines = append(lines, w.say(w.Together.Answered, l.Collective))
	}
	var silent []string
	for _, a := range answers {
		if a.Status == "" && !a.Waiting {
			silent = append(silent, w.short(a.Agency))
		}
	}
	if n := len(silent); n > 0 && l.Collective.Answered > 0 {
		names := strings.Join(silent, ", ")
		if n > w.Together.MostMissing {
			names = w.say(w.Together.More, n)
		}
		lines = append(lines, w.say(w.Together.Missing, names))
	}
	return strings.Join(lines, "\n")
}

// difficulties are the difficulties and proposals of those expected to answer.
// Of several agencies, those that say the same are named together.
func (w *writer) difficulties(l *reconcile.Line) string {
	var texts []string
	for _, r := range remarks(l) {
		text := strings.Trim(r.difficulty+"\n"+r.proposal, "\n")
		if l.Collective != nil {
			text = w.say(w.Said, said{w.shorts(r.by), text})
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n")
}

func (w *writer) answerers(l *reconcile.Line) string {
	answers := expected(l)
	switch {
	case l.Collective != nil:
		return w.say(w.Together.Answered, l.Collective)
	case len(answers) == 1 && answers[0].Status != "":
		return w.short(answers[0].Agency)
	}
	return ""
}
