package agency_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
)

// merging is a directory in which the agency of planning goes into the one of
// finance on 1 May 2018, a third one is renamed on that day, a fourth is dissolved
// for good, and the last district with it.
func merging(t *testing.T) *agency.Directory {
	t.Helper()
	last, first := agency.NewDay(2018, 4, 30), agency.NewDay(2018, 5, 1)
	d, err := agency.New(agency.Data{
		Agencies: []agency.Agency{
			{ID: "stc", Names: []agency.Name{{Name: "Sở Tài chính", Short: "Sở TC"}}, Symbols: []string{"STC"}, Addresses: []string{"stc@tinh.example"}},
			{ID: "skhdt", Names: []agency.Name{{Name: "Sở Kế hoạch và Đầu tư", Short: "Sở KH&ĐT"}}, Symbols: []string{"SKHĐT"}, Addresses: []string{"skhdt@tinh.example"}, Until: last, Successor: "stc"},
			{ID: "stnmt", Names: []agency.Name{{Name: "Sở Địa chính", Until: last}, {Name: "Sở Tài nguyên và Môi trường", From: first}}},
			{ID: "bqldd", Names: []agency.Name{{Name: "Ban Quản lý Du lịch"}}, Until: last},
			{ID: "tam", Names: []agency.Name{{Name: "UBND huyện Tam Đảo"}}, Until: last},
		},
		Groups: []agency.Group{
			{ID: "g-sbn", Name: "các sở, ban, ngành", Members: []agency.Member{{ID: "skhdt"}, {ID: "stnmt"}, {ID: "bqldd"}}},
			{ID: "g-huyen", Name: "UBND cấp huyện", Members: []agency.Member{{ID: "tam"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDirectoryOfTheDay(t *testing.T) {
	d := merging(t)
	march, june := agency.NewDay(2018, 3, 14), agency.NewDay(2018, 6, 14)
	type day struct {
		Sectors, Districts, Reporting []agency.ID
		Names                         []string
		Named                         []agency.ID
		Sender, Symbol                bool
	}
	look := func(on agency.Day) day {
		_, sender := d.Sender("skhdt@tinh.example", on)
		return day{
			Sectors: d.Members("g-sbn", on), Districts: d.Members("g-huyen", on), Reporting: d.Reporting(on),
			Names: []string{d.Name("skhdt", on), d.Short("skhdt", on), d.Name("stnmt", on)},
			Named: d.Match("Sở Kế hoạch và Đầu tư; Sở Địa chính; UBND cấp huyện", on).IDs, Sender: sender,
			Symbol: len(d.Symbol("12/BC-SKHĐT", on)) > 0,
		}
	}
	want := day{
		Sectors: ids("skhdt", "stnmt", "bqldd"), Districts: ids("tam"), Reporting: ids("stc", "skhdt", "stnmt", "bqldd", "tam"),
		Names: []string{"Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "Sở Địa chính"},
		Named: ids("skhdt", "stnmt", "g-huyen"), Sender: true, Symbol: true,
	}
	if diff := cmp.Diff(want, look(march)); diff != "" {
		t.Errorf("in March (-want +got):\n%s", diff)
	}
	want = day{
		Sectors: ids("stc", "stnmt"), Districts: nil, Reporting: ids("stc", "stnmt"),
		// What is no more keeps its last name, in old reports and in new ones.
		Names: []string{"Sở Kế hoạch và Đầu tư", "Sở KH&ĐT", "Sở Tài nguyên và Môi trường"},
		Named: ids("stnmt", "g-huyen"),
	}
	if diff := cmp.Diff(want, look(june)); diff != "" {
		t.Errorf("in June (-want +got):\n%s", diff)
	}
}

func TestSuccessorMustBeThere(t *testing.T) {
	name := func(s string) []agency.Name { return []agency.Name{{Name: s}} }
	for _, tt := range []struct {
		what      string
		successor agency.Agency
		want      string
	}{
		{"from the next day on", agency.Agency{From: agency.NewDay(2018, 5, 1)}, ""},
		{"a day later", agency.Agency{From: agency.NewDay(2018, 5, 2)}, `agency "a": successor "b" does not exist on 2018-05-01`},
		{"gone before", agency.Agency{Until: agency.NewDay(2018, 1, 31)}, `agency "a": successor "b" does not exist on 2018-05-01`},
	} {
		b := tt.successor
		b.ID, b.Names = "b", name("Hai")
		_, err := agency.New(agency.Data{Agencies: []agency.Agency{
			{ID: "a", Names: name("Một"), Until: agency.NewDay(2018, 4, 30), Successor: "b"}, b,
		}})
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.what, err, tt.want)
		}
	}
}
