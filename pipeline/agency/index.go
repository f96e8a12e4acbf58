package agency

import (
	"errors"
	"slices"

	"baocao/pipeline/viet"
)

// Directory answers questions about a directory's [Data]. It does not change
// and may be used by several goroutines at once.
type Directory struct {
	data      Data
	agencies  map[ID]*Agency
	groups    map[ID]*Group
	exact     map[string][]ID // by the words of a name, see wordsOf
	loose     map[string][]ID // the same without marks
	longest   int             // bytes of the longest key in loose
	addresses map[string][]ID // by address, or "@domain", in ASCII lower case
	symbols   map[string][]ID // by viet.Loose
}

// New is a directory of data, which the caller must not change afterwards. Its
// error holds everything that is wrong with data: ids that are used twice or
// not at all, two official names at once, and names, aliases or addresses that
// stand at two agencies that exist at once.
func New(data Data) (*Directory, error) {
	d := &Directory{
		data:      data,
		agencies:  make(map[ID]*Agency),
		groups:    make(map[ID]*Group),
		exact:     make(map[string][]ID),
		loose:     make(map[string][]ID),
		addresses: make(map[string][]ID),
		symbols:   make(map[string][]ID),
	}
	for i := range data.Agencies {
		d.agencies[data.Agencies[i].ID] = &data.Agencies[i]
	}
	for i := range data.Groups {
		d.groups[data.Groups[i].ID] = &data.Groups[i]
	}
	problems := d.validate()
	if len(problems) == 0 {
		problems = d.index()
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return d, nil
}

// index fills the maps that are looked up and reports what stands at two
// agencies that exist at once.
func (d *Directory) index() []error {
	var problems []error
	for _, a := range d.data.Agencies {
		for _, name := range a.spellings() {
			problems = append(problems, d.addName(a.ID, name)...)
		}
		for _, address := range a.Addresses {
			problems = append(problems, d.claim(d.addresses, asciiLower(address), a.ID, "address", address)...)
		}
		for _, symbol := range a.Symbols {
			key := viet.Loose(symbol)
			d.symbols[key] = append(d.symbols[key], a.ID)
		}
	}
	for _, g := range d.data.Groups {
		for _, name := range append([]string{g.Name}, g.Aliases...) {
			problems = append(problems, d.addName(g.ID, name)...)
		}
	}
	return problems
}

// spellings are all names by which a may be called.
func (a Agency) spellings() []string {
	var all []string
	for _, n := range a.Names {
		all = append(all, n.Name)
		if n.Short != "" {
			all = append(all, n.Short)
		}
	}
	return append(all, a.Aliases...)
}

func (d *Directory) addName(id ID, name string) []error {
	exact, loose := joined(wordsOf(viet.Clean(name)))
	d.longest = max(d.longest, len(loose))
	if ids := d.loose[loose]; !slices.Contains(ids, id) {
		d.loose[loose] = append(ids, id)
	}
	return d.claim(d.exact, exact, id, "name", name)
}

// claim adds id to those that key stands for. Text is what key was made from.
func (d *Directory) claim(index map[string][]ID, key string, id ID, what, text string) []error {
	var problems []error
	for _, other := range index[key] {
		if other == id {
			return nil
		}
		if d.overlap(id, other) {
			problems = append(problems, problemf("%s %q stands at %q and at %q", what, text, other, id))
		}
	}
	index[key] = append(index[key], id)
	return problems
}
