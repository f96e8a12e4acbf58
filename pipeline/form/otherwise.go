package form

import "strings"

// saysOtherwise reports whether a title says of a figure that it is of another time,
// of what is not done or of what is to be done: such a column is not the one of the
// period's results. A title that lists the statuses, or explains itself, names none.
func (d *dictionary) saysOtherwise(means Column, title, text string) bool {
	if hasAny(text, d.offers) {
		return false
	}
	switch means {
	case colPercent:
		return strings.ContainsAny(title, "‰‱") || hasAny(text, d.otherTime) || hasAny(text, d.notDone) || hasAny(text, d.planned)
	case colSpent, colSpentTotal, colDoneOn:
		return hasAny(text, d.otherTime) || hasAny(text, d.notDone) || hasAny(text, d.planned)
	case colBudget:
		return hasAny(text, d.otherTime) || hasAny(text, d.notDone)
	case colStatus:
		_, lists := match(d.statuses, text)
		return hasAny(text, d.otherTime) || hasAny(text, d.planned) && !lists
	}
	return false
}

// saysNothing reports whether a plain text says of the report that there is nothing
// in it: "không phát sinh khó khăn" speaks of something else.
func (d *dictionary) saysNothing(text string) bool {
	for _, words := range d.nothing {
		if _, after, ok := strings.Cut(" "+text+" ", " "+words+" "); ok {
			if after = strings.TrimSpace(after); after == "" || beginsWithAny(after, d.nothingOf) {
				return true
			}
		}
	}
	return false
}
