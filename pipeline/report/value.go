package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/viet"
)

// value is a figure that is written as in JSON, in words that a person reads.
// What is the name of the figure: of a correction, or of what differs.
func (w *writer) value(what, written string) string {
	switch what {
	case string(reconcile.FigureStatus), string(reconcile.CompareProgress):
		return w.Progress[form.Progress(written)]
	case string(reconcile.CompareTiming):
		return w.Timing[reconcile.Timing(written)]
	case string(reconcile.CompareState):
		return w.State[reconcile.State(written)]
	case string(reconcile.FigureDoneOn):
		if d, err := agency.ParseDay(written); err == nil && written != "" {
			return day{d}.String()
		}
	case string(reconcile.FigurePercent):
		if d, err := decimal.NewFromString(written); err == nil {
			return viet.FormatNumber(d) + "%"
		}
	case string(reconcile.FigureSpent), string(reconcile.FigureSpentTotal), string(reconcile.CompareUsed), string(reconcile.CompareBudget):
		if d, err := plan.ParseDong(written); err == nil && written != "" {
			return viet.FormatNumber(d.Millions())
		}
	case string(reconcile.CompareCollective):
		return w.collective(written)
	}
	return written
}

// collective is "2/3/8" in words: done, answered, expected.
func (w *writer) collective(written string) string {
	parts := strings.Split(written, "/")
	if len(parts) != 3 {
		return written
	}
	var c reconcile.Collective
	for i, into := range []*int{&c.Done, &c.Answered, &c.Expected} {
		n, err := strconv.Atoi(parts[i])
		if err != nil {
			return written
		}
		*into = n
	}
	return w.say(w.Together.Done, c) + "; " + w.say(w.Together.Answered, c)
}

// shorten cuts a text behind a word, so that it has at most so many letters and
// says that it goes on; 0 leaves it whole.
func shorten(s string, most int) string {
	if most <= 0 || utf8.RuneCountInString(s) <= most {
		return s
	}
	short := string([]rune(s)[:most-1])
	if at := strings.LastIndexAny(short, " \n"); at > len(short)/2 {
		short = short[:at]
	}
	if at := strings.LastIndex(short, "("); at > len(short)/2 && !strings.Contains(short[at:], ")") {
		short = short[:at] // half a bracket says nothing
	}
	return strings.TrimRight(short, " \n,;.") + "…"
}
