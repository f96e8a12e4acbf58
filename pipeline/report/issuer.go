package report

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Profile is in whose name a report is written, and to whom: the head and the end
// of its main text. The outline's own is the office's;
// templates/report/issuers holds others.
type Profile struct {
	Issuer     Issuer `yaml:"issuer"`
	Letterhead struct {
		Parent text `yaml:"parent"`
		Issuer text `yaml:"issuer"`
		Symbol text `yaml:"symbol"`
		Nation text `yaml:"nation"`
		Motto  text `yaml:"motto"`
		Place  text `yaml:"place"`
	} `yaml:"letterhead"`
	Addressee text `yaml:"addressee"`
	Author    text `yaml:"author"`
	Signature struct {
		Authority  []string `yaml:"authority"`
		Name       string   `yaml:"name"`
		Recipients []string `yaml:"recipients"`
	} `yaml:"signature"`
}

// Issuer is how sentences call who reports, and to whom.
type Issuer struct {
	ID       string `yaml:"id"`       // on the command line and in file names: "snv"
	Name     string `yaml:"name"`     // "Sở Nội vụ"
	Superior string `yaml:"superior"` // "Ủy ban nhân dân tỉnh"
	Symbol   string `yaml:"symbol"`   // "BC-SNV"
}

// AddIssuer adds another issuer's profile. What decode leaves as it is stays as
// the outline's own says.
func (o *Outline) AddIssuer(decode func(into any) error) error {
	p := o.Profile
	p.Issuer = Issuer{}
	if err := decode(&p); err != nil {
		return err
	}
	i := p.Issuer
	switch _, known := o.issuers[i.ID]; {
	case i.ID == "" || strings.Trim(i.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "":
		return fmt.Errorf("issuer: id %q: want small letters, digits and hyphens", i.ID)
	case known || i.ID == o.Issuer.ID:
		return fmt.Errorf("issuer: id %q is another issuer's", i.ID)
	}
	if err := p.check(); err != nil {
		return err
	}
	if o.issuers == nil {
		o.issuers = map[string]Profile{}
	}
	o.issuers[i.ID] = p
	return nil
}

func (p *Profile) check() error {
	var all []error
	h := p.Letterhead
	for _, t := range []text{h.Parent, h.Issuer, h.Symbol, h.Nation, h.Motto, h.Place, p.Addressee, p.Author} {
		all = append(all, t.check(reflect.TypeFor[facts]()))
	}
	for _, word := range []struct{ key, value string }{
		{"id", p.Issuer.ID}, {"name", p.Issuer.Name}, {"superior", p.Issuer.Superior}, {"symbol", p.Issuer.Symbol},
	} {
		if word.value == "" {
			all = append(all, fmt.Errorf("issuer: no %s", word.key))
		}
	}
	return errors.Join(all...)
}

// As is the outline in the name of another issuer; the empty id, and that of the
// outline's own, change nothing.
func (o *Outline) As(id string) (*Outline, error) {
	if id == "" || id == o.Issuer.ID {
		return o, nil
	}
	p, ok := o.issuers[id]
	if !ok {
		known := append([]string{o.Issuer.ID}, slices.Sorted(maps.Keys(o.issuers))...)
		return nil, fmt.Errorf("issuer %q: known are %s", id, strings.Join(known, ", "))
	}
	as := *o
	as.Profile = p
	return &as, nil
}
