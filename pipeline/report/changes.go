package report

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// changeList are the rows that tell what a revision changes: the province's
// figures first, then each agency's, then how the agencies' reporting stands.
type changeList struct {
	*writer
	most    int  // rows
	longest int  // letters of a text; 0: whole
	joined  bool // what an agency says of activities that it was silent on stands in one row

	count, left int
	rows        []entry
	added       map[addedKey]bool         // answers that were not there before
	codes       map[agency.ID][]plan.Code // of these, in the plan's order
}

type addedKey struct {
	agency   agency.ID
	activity plan.Code
}

func (c *changeList) entries() []entry {
	c.added, c.codes = map[addedKey]bool{}, map[agency.ID][]plan.Code{}
	for _, d := range c.Edition.Changes {
		if c.joined && d.What == reconcile.CompareProgress && d.Agency != "" && d.Old == "" {
			c.added[addedKey{d.Agency, d.Activity}] = true
			c.codes[d.Agency] = append(c.codes[d.Agency], d.Activity)
		}
	}
	groups := c.Notes.Changes.Groups
	c.group(groups.Province, func(d reconcile.Difference) bool { return d.Activity != "" && d.Agency == "" })
	c.group(groups.Agencies, func(d reconcile.Difference) bool { return d.Activity != "" && d.Agency != "" })
	c.group(groups.Reporting, func(d reconcile.Difference) bool { return d.Activity == "" })
	return c.rows
}

func (c *changeList) group(label string, of func(reconcile.Difference) bool) {
	headed := false
	for _, d := range c.Edition.Changes {
		joined := c.added[addedKey{d.Agency, d.Activity}]
		codes := c.codes[d.Agency]
		switch {
		case !of(d), joined && len(codes) == 0: // of the latter a row tells already
			continue
		case c.count >= c.most:
			c.left++
			continue
		case !headed:
			c.rows, headed = append(c.rows, entry{kind: Group, label: label}), true
		}
		c.count++
		if joined {
			c.rows = append(c.rows, c.joinedEntry(d, codes))
			delete(c.codes, d.Agency)
			continue
		}
		c.rows = append(c.rows, c.entry(d))
	}
}

func (c *changeList) entry(d reconcile.Difference) entry {
	cells := map[string]Cell{
		"number": CountCell(c.count), "activity": textCell(string(d.Activity)), "agency": textCell(c.short(d.Agency)),
		"what": textCell(c.Differs[d.What]),
		"old":  textCell(shorten(c.value(string(d.What), d.Old), c.longest)),
		"new":  textCell(shorten(c.value(string(d.What), d.New), c.longest)),
	}
	for key, at := range map[string]*reconcile.Source{"old_source": d.From, "source": d.To} {
		if at != nil {
			cells[key] = textCell(c.say(c.Notes.Place, at))
		}
	}
	return entry{cells: cells}
}

// addedFacts are the names that the text about an agency's new answers may use.
type addedFacts struct {
	Activities int
	Codes      []plan.Code
}

// joinedEntry is one row for all activities that an agency was silent on before.
func (c *changeList) joinedEntry(d reconcile.Difference, codes []plan.Code) entry {
	cells := map[string]Cell{
		"number": CountCell(c.count), "agency": textCell(c.short(d.Agency)), "what": textCell(c.Notes.Changes.Added),
		"old": textCell(c.Progress[""]), "new": textCell(c.say(c.Notes.Changes.AddedText, addedFacts{len(codes), codes})),
	}
	if d.To != nil {
		cells["source"] = textCell(d.To.File)
	}
	return entry{cells: cells}
}
