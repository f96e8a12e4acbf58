package agency

// covers reports whether on lies in the days from–until, both included, where
// zero days set no limit. The zero day lies in every interval: who does not say
// when means any time.
func covers(from, until, on Day) bool {
	return on.IsZero() || (from.IsZero() || !on.Before(from)) && (until.IsZero() || !on.After(until))
}

// intersect reports whether two such intervals have a day in common.
func intersect(from1, until1, from2, until2 Day) bool {
	return inOrder(from1, until2) && inOrder(from2, until1)
}

// inOrder reports whether until is not before from.
func inOrder(from, until Day) bool {
	return from.IsZero() || until.IsZero() || !until.Before(from)
}

// exists reports whether id, an agency or a group, exists on that day.
func (d *Directory) exists(id ID, on Day) bool {
	if a, ok := d.agencies[id]; ok {
		return covers(a.From, a.Until, on)
	}
	_, ok := d.groups[id]
	return ok
}

// overlap reports whether there is a day on which both exist.
func (d *Directory) overlap(id1, id2 ID) bool {
	var a, b Agency // a group exists always, as the zero Agency does
	if p, ok := d.agencies[id1]; ok {
		a = *p
	}
	if p, ok := d.agencies[id2]; ok {
		b = *p
	}
	return intersect(a.From, a.Until, b.From, b.Until)
}
