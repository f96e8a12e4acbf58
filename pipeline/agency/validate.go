package agency

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

const groupPrefix = "g-"

// validate reports what is wrong with the data by themselves and with the ids
// they refer to.
func (d *Directory) validate() []error {
	var problems []error
	note := func(format string, args ...any) {
		problems = append(problems, problemf(format, args...))
	}
	seen := make(map[ID]bool)
	for _, a := range d.data.Agencies {
		if seen[a.ID] {
			note("agency %q: id used twice", a.ID)
		}
		seen[a.ID] = true
		if !idForm.MatchString(string(a.ID)) || strings.HasPrefix(string(a.ID), groupPrefix) {
			note("agency %q: id must be lower-case letters and digits, without the prefix %q", a.ID, groupPrefix)
		}
		d.checkAgency(a, note)
	}
	for _, g := range d.data.Groups {
		if seen[g.ID] {
			note("group %q: id used twice", g.ID)
		}
		seen[g.ID] = true
		if !idForm.MatchString(string(g.ID)) || !strings.HasPrefix(string(g.ID), groupPrefix) {
			note("group %q: id must be lower-case letters and digits after %q", g.ID, groupPrefix)
		}
		d.checkGroup(g, note)
	}
	return problems
}

func (d *Directory) checkAgency(a Agency, note func(string, ...any)) {
	if len(a.Names) == 0 {
		note("agency %q: no name", a.ID)
	}
	for i, n := range a.Names {
		if !inOrder(n.From, n.Until) {
			note("agency %q: name %q ends before it begins", a.ID, n.Name)
		}
		for _, other := range a.Names[:i] {
			if intersect(n.From, n.Until, other.From, other.Until) {
				note("agency %q: names %q and %q at the same time", a.ID, other.Name, n.Name)
			}
		}
	}
	for _, name := range a.spellings() {
		checkName(a.ID, name, note)
	}
	for _, address := range a.Addresses {
		if !validAddress(address) && (!strings.HasPrefix(address, "@") || !validAddress("x"+address)) {
			note("agency %q: address %q must be name@domain or @domain", a.ID, address)
		}
	}
	d.checkContacts(a, note)
	if !inOrder(a.From, a.Until) {
		note("agency %q: ends before it begins", a.ID)
	}
	if a.Answers != "" {
		if other, ok := d.agencies[a.Answers]; !ok || a.Answers == a.ID {
			note("agency %q: answers %q is no other agency", a.ID, a.Answers)
		} else if other.Answers != "" {
			note("agency %q: answers %q, which does not answer for itself", a.ID, a.Answers)
		}
	}
	d.checkSuccessor(a, note)
}

// checkContacts reports contacts without a known role or an address of their own,
// and addresses that are another agency's: a letter must not go astray.
func (d *Directory) checkContacts(a Agency, note func(string, ...any)) {
	for i, c := range a.Contacts {
		if c.Role != SecondContact && c.Role != Head {
			note("agency %q: contact %q: role %q: want %s or %s", a.ID, c.Address, c.Role, SecondContact, Head)
		}
		if !validAddress(c.Address) {
			note("agency %q: contact %q: want one address such as ten@daknong.example", a.ID, c.Address)
		}
		for _, other := range a.Contacts[:i] {
			if asciiLower(other.Address) == asciiLower(c.Address) {
				note("agency %q: contact %q twice", a.ID, c.Address)
			}
		}
		for _, other := range d.data.Agencies {
			if other.ID != a.ID && intersect(a.From, a.Until, other.From, other.Until) && other.writesFrom(c.Address) {
				note("agency %q: contact %q is an address of %q", a.ID, c.Address, other.ID)
			}
		}
	}
}

// writesFrom reports whether the address is one of a's.
func (a Agency) writesFrom(address string) bool {
	return slices.ContainsFunc(a.Addresses, func(own string) bool { return asciiLower(own) == asciiLower(address) })
}

// checkSuccessor reports a successor that is no agency or does not follow at once,
// one of an agency that still exists, and successions that come back to where they
// began.
func (d *Directory) checkSuccessor(a Agency, note func(string, ...any)) {
	if a.Successor == "" {
		return
	}
	if a.Until.IsZero() {
		note("agency %q: successor %q without until", a.ID, a.Successor)
	} else if next, ok := d.agencies[a.Successor]; ok && !covers(next.From, next.Until, a.Until.AddDays(1)) {
		note("agency %q: successor %q does not exist on %s", a.ID, a.Successor, a.Until.AddDays(1))
	}
	next := a.Successor
	for range d.data.Agencies {
		other, ok := d.agencies[next]
		if !ok {
			note("agency %q: successor %q is no agency", a.ID, next)
			return
		}
		if other.ID == a.ID {
			note("agency %q: succeeds itself", a.ID)
			return
		}
		if next = other.Successor; next == "" {
			return
		}
	}
}

func (d *Directory) checkGroup(g Group, note func(string, ...any)) {
	for _, name := range append([]string{g.Name}, g.Aliases...) {
		checkName(g.ID, name, note)
	}
	for i, m := range g.Members {
		if _, ok := d.agencies[m.ID]; !ok {
			note("group %q: member %q is no agency", g.ID, m.ID)
		}
		if !inOrder(m.From, m.Until) {
			note("group %q: member %q ends before it begins", g.ID, m.ID)
		}
		for _, other := range g.Members[:i] {
			if other.ID == m.ID && intersect(m.From, m.Until, other.From, other.Until) {
				note("group %q: member %q twice at the same time", g.ID, m.ID)
			}
		}
	}
}

// checkName reports a name that no text can be matched with.
func checkName(id ID, name string, note func(string, ...any)) {
	if len(wordsOf(name)) == 0 {
		note("%q: name %q has no words", id, name)
	}
}

func problemf(format string, args ...any) error { return fmt.Errorf(format, args...) }
