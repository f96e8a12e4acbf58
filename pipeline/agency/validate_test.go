package agency_test

import (
	"strings"
	"testing"

	"baocao/pipeline/agency"
)

func TestNewRefuses(t *testing.T) {
	day := agency.NewDay
	one := agency.Agency{ID: "a", Names: []agency.Name{{Name: "Sở Một"}}, Aliases: []string{"SM"}, Addresses: []string{"a@x.example"}}
	with := func(change func(*agency.Agency)) agency.Data {
		a := one
		change(&a)
		return agency.Data{Agencies: []agency.Agency{a}}
	}
	two := func(b agency.Agency) agency.Data {
		if b.Names == nil {
			b.Names = []agency.Name{{Name: "Sở Hai"}}
		}
		return agency.Data{Agencies: []agency.Agency{one, b}}
	}
	group := func(g agency.Group) agency.Data {
		if g.Name == "" {
			g.Name = "các Sở"
		}
		return agency.Data{Agencies: []agency.Agency{one}, Groups: []agency.Group{g}}
	}
	tests := []struct {
		name string
		data agency.Data
		want []string // in the error
	}{
		{"id twice", two(agency.Agency{ID: "a"}), []string{`agency "a": id used twice`}},
		{"id empty", with(func(a *agency.Agency) { a.ID = "" }), []string{`agency "": id must be`}},
		{"id in capitals", with(func(a *agency.Agency) { a.ID = "SNV" }), []string{`agency "SNV": id must be`}},
		{"id of a group", with(func(a *agency.Agency) { a.ID = "g-a" }), []string{`agency "g-a": id must be`}},
		{"no name", with(func(a *agency.Agency) { a.Names = nil }), []string{`agency "a": no name`}},
		{"empty name", with(func(a *agency.Agency) { a.Names = []agency.Name{{}} }), []string{`"a": name "" has no words`}},
		{"empty alias", with(func(a *agency.Agency) { a.Aliases = []string{"các, và"} }), []string{`"a": name "các, và" has no words`}},
		{"names overlap", with(func(a *agency.Agency) {
			a.Names = []agency.Name{{Name: "Cũ", Until: day(2020, 1, 1)}, {Name: "Mới", From: day(2020, 1, 1)}}
		}), []string{`agency "a": names "Cũ" and "Mới" at the same time`}},
		{"name ends first", with(func(a *agency.Agency) {
			a.Names = []agency.Name{{Name: "Cũ", From: day(2020, 1, 2), Until: day(2020, 1, 1)}}
		}), []string{`name "Cũ" ends before it begins`}},
		{"agency ends first", with(func(a *agency.Agency) { a.From, a.Until = day(2020, 1, 2), day(2020, 1, 1) }), []string{`agency "a": ends before it begins`}},
		{"address", with(func(a *agency.Agency) { a.Addresses = []string{"snv"} }), []string{`address "snv" must be`}},
		{"address of a name", with(func(a *agency.Agency) { a.Addresses = []string{"Sở <a@x.example>"} }), []string{`address "Sở <a@x.example>" must be`}},
		{"address of a domain alone", with(func(a *agency.Agency) { a.Addresses = []string{"@"} }), []string{`address "@" must be`}},
		{"answers nobody", with(func(a *agency.Agency) { a.Answers = "b" }), []string{`agency "a": answers "b" is no other agency`}},
		{"answers itself", with(func(a *agency.Agency) { a.Answers = "a" }), []string{`agency "a": answers "a" is no other agency`}},
		{"answers in a chain", agency.Data{Agencies: []agency.Agency{
			{ID: "a", Names: []agency.Name{{Name: "A"}}, Answers: "b"}, {ID: "b", Names: []agency.Name{{Name: "B"}}, Answers: "c"}, {ID: "c", Names: []agency.Name{{Name: "C"}}},
		}}, []string{`agency "a": answers "b", which does not answer for itself`}},
		{"successor is nobody", with(func(a *agency.Agency) { a.Until, a.Successor = day(2020, 1, 1), "b" }), []string{`agency "a": successor "b" is no agency`}},
		{"successor while it exists", two(agency.Agency{ID: "b", Successor: "a"}), []string{`agency "b": successor "a" without until`}},
		{"succeeds itself", with(func(a *agency.Agency) { a.Until, a.Successor = day(2020, 1, 1), "a" }), []string{`agency "a": succeeds itself`}},
		{"succession in a circle", agency.Data{Agencies: []agency.Agency{
			{ID: "a", Names: []agency.Name{{Name: "A"}}, Until: day(2020, 1, 1), Successor: "b"},
			{ID: "b", Names: []agency.Name{{Name: "B"}}, Until: day(2020, 1, 1), Successor: "a"},
		}}, []string{`agency "a": succeeds itself`, `agency "b": succeeds itself`}},
		{"name at two", two(agency.Agency{ID: "b", Names: []agency.Name{{Name: "SỞ MỘT"}}}), []string{`name "SỞ MỘT" stands at "a" and at "b"`}},
		{"alias at two", two(agency.Agency{ID: "b", Aliases: []string{"S.M"}}), []string{`name "S.M" stands at "a" and at "b"`}},
		{"alias of a group", group(agency.Group{ID: "g-a", Aliases: []string{"SM"}}), []string{`name "SM" stands at "a" and at "g-a"`}},
		{"address at two", two(agency.Agency{ID: "b", Addresses: []string{"A@X.example"}}), []string{`address "A@X.example" stands at "a" and at "b"`}},
		{"group id", group(agency.Group{ID: "x"}), []string{`group "x": id must be`}},
		{"group id twice", agency.Data{Groups: []agency.Group{{ID: "g-a", Name: "A"}, {ID: "g-a", Name: "B"}}}, []string{`group "g-a": id used twice`}},
		{"member is nobody", group(agency.Group{ID: "g-a", Members: []agency.Member{{ID: "b"}}}), []string{`group "g-a": member "b" is no agency`}},
		{"member twice", group(agency.Group{ID: "g-a", Members: []agency.Member{{ID: "a"}, {ID: "a"}}}), []string{`group "g-a": member "a" twice at the same time`}},
		{"member ends first", group(agency.Group{ID: "g-a", Members: []agency.Member{{ID: "a", From: day(2020, 1, 2), Until: day(2020, 1, 1)}}}), []string{`member "a" ends before it begins`}},
		{"all at once", agency.Data{Agencies: []agency.Agency{{ID: "A"}, {ID: "B"}}}, []string{`agency "A": id`, `agency "B": id`, `agency "A": no name`}},
	}
	for _, tt := range tests {
		_, err := agency.New(tt.data)
		if err == nil {
			t.Errorf("%s: no error, want %q", tt.name, tt.want)
			continue
		}
		for _, want := range tt.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q, want %q in it", tt.name, err, want)
			}
		}
	}
}

// One name may pass from an agency to the next.
func TestNewAllowsOneAfterTheOther(t *testing.T) {
	day := agency.NewDay
	d, err := agency.New(agency.Data{Agencies: []agency.Agency{
		{ID: "a", Names: []agency.Name{{Name: "Sở Một"}}, Aliases: []string{"SM", "S M"}, Addresses: []string{"so@x.example"}, Until: day(2020, 1, 1), Successor: "b"},
		{ID: "b", Names: []agency.Name{{Name: "Sở Một"}}, Aliases: []string{"SM"}, Addresses: []string{"so@x.example"}, From: day(2020, 1, 2)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for want, on := range map[agency.ID]agency.Day{"a": day(2020, 1, 1), "b": day(2020, 1, 2)} {
		if got, _ := d.One("SM", on); got != want {
			t.Errorf("One on %s = %q, want %q", on, got, want)
		}
		if got, _ := d.Sender("so@x.example", on); got != want {
			t.Errorf("Sender on %s = %q, want %q", on, got, want)
		}
	}
	if got, ok := d.One("SM", agency.Day{}); ok {
		t.Errorf("One on no day = %q, want none of the two", got)
	}
}
