package report

import (
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// bodyList names what the items of a list in the main text are about.
type bodyList string

// The lists. Activities are in the plan's order; what agencies say comes with
// those that say the same, that of the most agencies first.
const (
	listEarly    bodyList = "early"    // done before their last month
	listLate     bodyList = "late"     // done after their last month
	listOverdue  bodyList = "overdue"  // not done, and their last month is over
	listSilent   bodyList = "silent"   // of who was asked nobody's report is in
	listWaits    bodyList = "waits"    // nothing can be told yet: what was reported waits for a clerk
	listDue      bodyList = "due"      // not done, and falling due by the end of the month in which the next period closes
	listBegins   bodyList = "begins"   // not done, and beginning by then, without those that are due
	listCauses   bodyList = "causes"   // difficulties reported
	listProposed bodyList = "proposed" // proposals reported
)

var bodyLists = []bodyList{listEarly, listLate, listOverdue, listSilent, listWaits, listDue, listBegins, listCauses, listProposed}

// itemFacts are the names that the text of an item may use.
type itemFacts struct {
	Code     plan.Code
	Name     string // shortened
	Leads    string // as the plan writes them
	Month    int    // in which it must be done; 0: the plan names none
	Text     string // what agencies say
	Agencies string // who says it
	Together string // how many of those that lead it have done it; empty where one leads
}

// listFacts are the names that the texts over and under a list may use.
type listFacts struct {
	facts
	Items, Left int // of the list; of these, not printed
}

// list is a list with the paragraph over it.
func (w *writer) list(b *outlineBlock) []Block {
	items := w.items(b)
	if len(items) == 0 {
		return paragraphs(w.say(b.None, w.facts))
	}
	said := listFacts{facts: w.facts, Items: len(items)}
	if b.Most > 0 && len(items) > b.Most {
		said.Left = len(items) - b.Most
		items = items[:b.Most]
	}
	blocks := paragraphs(w.say(b.Paragraph, said))
	for _, item := range items {
		blocks = append(blocks, Block{Item: w.say(b.Item, item)})
	}
	if said.Left > 0 {
		blocks = append(blocks, paragraphs(w.say(b.More, said))...)
	}
	return blocks
}

func (w *writer) items(b *outlineBlock) []itemFacts {
	switch b.List {
	case listCauses:
		return w.saidAlike(b.Longest, func(a reconcile.Answer) string { return a.Difficulty })
	case listProposed:
		return w.saidAlike(b.Longest, func(a reconcile.Answer) string { return a.Proposal })
	}
	var items []itemFacts
	for i := range w.Statement.Lines {
		if l := &w.Statement.Lines[i]; w.isIn(b.List, l) {
			items = append(items, w.item(l))
		}
	}
	return items
}

// isIn reports whether an activity belongs into a list.
func (w *writer) isIn(list bodyList, l *reconcile.Line) bool {
	year := w.Inputs.Plan.Year
	deadline, begins := l.Activity.Deadline(year), l.Activity.Begins(year)
	open := l.Progress != form.Done && l.Progress != form.Nil && l.Timing != reconcile.Overdue && !deadline.IsZero()
	until := agency.Day{}
	if w.Next != nil {
		until = lastOfMonth(w.Next.Closes)
	}
	due := open && !deadline.After(until)
	switch list {
	case listEarly:
		return l.Timing == reconcile.Early
	case listLate:
		return l.Timing == reconcile.Late
	case listOverdue:
		return l.Timing == reconcile.Overdue
	case listSilent:
		return l.Progress == "" && !l.NotAsked && !waits(l) && (l.Collective == nil || l.Collective.Answered == 0)
	case listWaits:
		return l.Progress == "" && !l.NotAsked && waits(l)
	case listDue:
		return due
	case listBegins:
		return open && !due && begins.After(w.Statement.Term.Closes) && !begins.After(until)
	}
	return false
}

// lastOfMonth is the last day of a day's month: a plan's months are due then, though
// a period closes in the middle of one.
func lastOfMonth(d agency.Day) agency.Day { return agency.NewDay(d.Year, d.Month+1, 0) }

// waits reports whether an answer waits for a clerk or its sender.
func waits(l *reconcile.Line) bool {
	return slices.ContainsFunc(l.Answers, func(a reconcile.Answer) bool { return a.Waiting })
}

func (w *writer) item(l *reconcile.Line) itemFacts {
	together := ""
	if l.Collective != nil {
		together = w.say(w.Together.Done, l.Collective)
	}
	return itemFacts{
		Together: together,
		Code:     l.Activity.Code, Name: shorten(strings.TrimRight(oneLine(l.Activity.Name), " .;,:"), w.Field.ShortName),
		Leads: strings.TrimRight(oneLine(l.Activity.LeadText), " .;,"), Month: int(l.Activity.End),
	}
}

// named are activities in a sentence: "Tên (1.1.1); Tên (1.1.2) và 03 hoạt động
// khác".
func (w *writer) named(lines []*reconcile.Line) string {
	names := make([]string, 0, len(lines))
	for i, l := range lines {
		if most := w.Field.MostNamed; most > 0 && i == most && len(lines) > most+1 {
			return strings.Join(names, "; ") + w.say(w.Field.Others, len(lines)-i)
		}
		names = append(names, w.say(w.Field.Named, w.item(l)))
	}
	return strings.Join(names, "; ")
}

// saidAlike are what those expected to answer say, with the names of all who say
// the same of any activity.
func (w *writer) saidAlike(longest int, of func(reconcile.Answer) string) []itemFacts {
	type alike struct {
		text string
		by   []agency.ID
	}
	var all []*alike
	known := map[string]*alike{}
	for i := range w.Statement.Lines {
		for _, a := range expected(&w.Statement.Lines[i]) {
			text := strings.TrimRight(oneLine(of(a)), " .;,")
			if text == "" {
				continue
			}
			if known[text] == nil {
				known[text] = &alike{text: text}
				all = append(all, known[text])
			}
			if !slices.Contains(known[text].by, a.Agency) {
				known[text].by = append(known[text].by, a.Agency)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *alike) int { return len(b.by) - len(a.by) })
	items := make([]itemFacts, len(all))
	for i, one := range all {
		items[i] = itemFacts{Text: shorten(one.text, longest), Agencies: w.together(one.by)}
	}
	return items
}

// together are the names of agencies, or how many they are where they are many.
func (w *writer) together(ids []agency.ID) string {
	if len(ids) > w.Together.MostMissing {
		return w.say(w.Together.More, len(ids))
	}
	return w.shorts(ids)
}

// shorts are the short names of agencies in the directory's order.
func (w *writer) shorts(ids []agency.ID) string {
	names := make([]string, 0, len(ids))
	for _, id := range w.Inputs.Directory.IDs() {
		if slices.Contains(ids, id) {
			names = append(names, w.short(id))
		}
	}
	return strings.Join(names, ", ")
}
