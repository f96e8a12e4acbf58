package agency

import (
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/viet"
)

// Data is what d was made from. It must not be changed.
func (d *Directory) Data() Data { return d.data }

// IDs are all agencies in the directory's order, whenever they exist.
func (d *Directory) IDs() []ID {
	ids := make([]ID, len(d.data.Agencies))
	for i, a := range d.data.Agencies {
		ids[i] = a.ID
	}
	return ids
}

// Agency is the agency with that id.
func (d *Directory) Agency(id ID) (Agency, bool) {
	if a, ok := d.agencies[id]; ok {
		return *a, true
	}
	return Agency{}, false
}

// Group is the group with that id.
func (d *Directory) Group(id ID) (Group, bool) {
	if g, ok := d.groups[id]; ok {
		return *g, true
	}
	return Group{}, false
}

// Name is the official name of an agency on that day, or a group's name. On a
// day without a name it is the nearest one borne before, else the first; of an
// id that the directory does not have it is the id.
func (d *Directory) Name(id ID, on Day) string {
	return d.nameOn(id, on).Name
}

// Short is the name for narrow columns, under the conditions of
// [Directory.Name]; the whole name where there is no short one.
func (d *Directory) Short(id ID, on Day) string {
	n := d.nameOn(id, on)
	if n.Short == "" {
		return n.Name
	}
	return n.Short
}

func (d *Directory) nameOn(id ID, on Day) Name {
	if g, ok := d.groups[id]; ok {
		return Name{Name: g.Name}
	}
	a, ok := d.agencies[id]
	if !ok {
		return Name{Name: string(id)}
	}
	names := slices.SortedFunc(slices.Values(a.Names), func(a, b Name) int { return a.From.Compare(b.From) })
	best := names[0]
	for _, n := range names {
		if on.IsZero() || n.From.IsZero() || !n.From.After(on) {
			best = n
		}
	}
	return best
}

// Members are the agencies expected to answer for a lead on that day. An agency
// answers for itself, or another answers for it; for a group its members do;
// for one that was dissolved its successor does. Open groups and ids that the
// directory does not have expect nobody.
func (d *Directory) Members(id ID, on Day) []ID {
	g, ok := d.groups[id]
	if !ok {
		if answers, ok := d.answers(id, on); ok {
			return []ID{answers}
		}
		return nil
	}
	var members []ID
	for _, m := range g.Members {
		if !covers(m.From, m.Until, on) {
			continue
		}
		if id, ok := d.answers(m.ID, on); ok && !slices.Contains(members, id) {
			members = append(members, id)
		}
	}
	return members
}

// answers is who answers for id on that day; false before id exists and after
// it was dissolved without a successor.
func (d *Directory) answers(id ID, on Day) (ID, bool) {
	for range d.data.Agencies {
		a, ok := d.agencies[id]
		switch {
		case !ok:
			return "", false
		case covers(a.From, a.Until, on):
			if a.Answers == "" {
				return id, true
			}
			id = a.Answers
		case covers(a.From, Day{}, on):
			id = a.Successor
		default:
			return "", false
		}
	}
	return "", false
}

// Reporting are the agencies that can be expected to report on that day, in the
// directory's order: all that exist and answer for themselves.
func (d *Directory) Reporting(on Day) []ID {
	var ids []ID
	for _, a := range d.data.Agencies {
		if a.Answers == "" && covers(a.From, a.Until, on) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// Sender is the agency that writes from a mail address on that day: by the
// address, else by its whole domain. Upper and lower case are alike in ASCII
// only: outside of it there are letters that look the same and are not.
func (d *Directory) Sender(address string, on Day) (ID, bool) {
	address = asciiLower(strings.TrimSpace(address))
	if !validAddress(address) {
		return "", false
	}
	if id, ok := d.only(d.addresses[address], on); ok {
		return id, true
	}
	return d.only(d.addresses[address[strings.IndexByte(address, '@'):]], on)
}

// validAddress reports whether address has one @ with something before and after
// it, and nothing but visible ASCII. A local part in quotes may hold an @ in
// theory; no office writes from one.
func validAddress(address string) bool {
	for i := 0; i < len(address); i++ {
		if address[i] <= ' ' || address[i] > '~' {
			return false
		}
	}
	local, domain, ok := strings.Cut(address, "@")
	return ok && local != "" && domain != "" && !strings.Contains(domain, "@")
}

func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// symbolPart is the symbol of a document number, what follows the slash, in
// text that went through viet.Loose.
var symbolPart = regexp.MustCompile(`/ ?([a-z][a-z0-9]*(?: ?- ?[a-z][a-z0-9]*)+)`)

// documentTypes are the abbreviations of types of documents, which stand first
// in a symbol (NĐ 30/2020/NĐ-CP, PL III). TTr is also Thanh tra tỉnh's symbol.
var documentTypes = strings.Fields("nq qd ct qc qyd tc tb hd ctr kh pa da bc bb ttr cd bgn btt guq gm ggt gnp pg pc pb")

// Symbol are the agencies whose symbol stands in a document number such as
// 45/BC-SNV: last, or before the unit that drafted it, 45/BC-SNV-CCHC. They are
// several for 45/BC-UBND, which every district signs with.
func (d *Directory) Symbol(ref string, on Day) []ID {
	m := symbolPart.FindStringSubmatch(viet.Loose(ref))
	if m == nil {
		return nil
	}
	groups := strings.Split(strings.ReplaceAll(m[1], " ", ""), "-")
	if slices.Contains(documentTypes, groups[0]) {
		groups = groups[1:]
	}
	for _, symbol := range slices.Backward(groups) {
		var ids []ID
		for _, id := range d.symbols[symbol] {
			if d.exists(id, on) {
				ids = append(ids, id)
			}
		}
		if ids != nil {
			return ids
		}
	}
	return nil
}
