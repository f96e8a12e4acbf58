package agency_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
)

var (
	in2018 = agency.NewDay(2018, 3, 14)
	in2020 = agency.NewDay(2020, 3, 14)
	in2025 = agency.NewDay(2025, 3, 14)

	sbn   = strings.Fields("snv stp stc skhdt sct snnptnt sgtvt sxd stnmt stttt sldtbxh svhttdl skhcn sgddt syt ttt vpubnd bdt bqlkcn")
	huyen = strings.Fields("cujut dakmil krongno daksong dakrlap tuyduc dakglong gianghia")
)

// shipped is the directory that ships.
func shipped(t testing.TB) *agency.Directory {
	t.Helper()
	raw, err := os.ReadFile("../../templates/agencies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var data agency.Data
	if err := yaml.UnmarshalWithOptions(raw, &data, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	d, err := agency.New(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ids(names ...string) []agency.ID {
	var out []agency.ID
	for _, n := range names {
		out = append(out, agency.ID(n))
	}
	return out
}

func TestShipped(t *testing.T) {
	d := shipped(t)
	in := func(on agency.Day) []agency.ID {
		return slices.DeleteFunc(d.IDs(), func(id agency.ID) bool { return len(d.Members(id, on)) == 0 })
	}
	want := ids(slices.Concat(sbn, []string{"ptth", "baodn", "totuvan"}, huyen)...)
	if diff := cmp.Diff(want, in(in2018)); diff != "" {
		t.Errorf("agencies of 2018 (-want +got):\n%s", diff)
	}
	want = slices.DeleteFunc(want, func(id agency.ID) bool { return id == "totuvan" })
	if diff := cmp.Diff(want, d.Reporting(in2018)); diff != "" {
		t.Errorf("Reporting in 2018 (-want +got):\n%s", diff)
	}
	for _, id := range d.IDs() {
		a, ok := d.Agency(id)
		if !ok {
			t.Fatalf("Agency(%q) is not there", id)
		}
		if want := []string{string(id) + "@daknong.example"}; !slices.Equal(a.Addresses, want) {
			t.Errorf("%s: addresses %q, want %q", id, a.Addresses, want)
		}
		if n := len([]rune(d.Short(id, in2018))); n == 0 || n > 14 {
			t.Errorf("%s: short name %q has %d characters, want 1 to 14", id, d.Short(id, in2018), n)
		}
	}
	if len(d.Data().Groups) != 6 {
		t.Errorf("%d groups, want 6", len(d.Data().Groups))
	}
}

func TestNames(t *testing.T) {
	d := shipped(t)
	tests := []struct {
		id          agency.ID
		on          agency.Day
		name, short string
	}{
		{"snv", in2018, "Sở Nội vụ", "Sở NV"},
		{"gianghia", in2018, "UBND thị xã Gia Nghĩa", "Gia Nghĩa"},
		{"gianghia", agency.NewDay(2019, 12, 31), "UBND thị xã Gia Nghĩa", "Gia Nghĩa"},
		{"gianghia", agency.NewDay(2020, 1, 1), "UBND thành phố Gia Nghĩa", "Gia Nghĩa"},
		{"gianghia", agency.Day{}, "UBND thành phố Gia Nghĩa", "Gia Nghĩa"},
		{"snnmt", in2018, "Sở Nông nghiệp và Môi trường", "Sở NN&MT"},
		{"g-huyen", in2018, "UBND các huyện, thị xã", "UBND các huyện, thị xã"},
		{"nobody", in2018, "nobody", "nobody"},
	}
	for _, tt := range tests {
		if got := d.Name(tt.id, tt.on); got != tt.name {
			t.Errorf("Name(%q, %s) = %q, want %q", tt.id, tt.on, got, tt.name)
		}
		if got := d.Short(tt.id, tt.on); got != tt.short {
			t.Errorf("Short(%q, %s) = %q, want %q", tt.id, tt.on, got, tt.short)
		}
	}
}

func TestMembers(t *testing.T) {
	d := shipped(t)
	tests := []struct {
		id   agency.ID
		on   agency.Day
		want []agency.ID
	}{
		{"snv", in2018, ids("snv")},
		{"totuvan", in2018, ids("snv")},
		{"g-sbn", in2018, ids(sbn...)},
		{"g-huyen", in2018, ids(huyen...)},
		{"g-huyen", agency.NewDay(2025, 6, 30), ids(huyen...)},
		{"g-huyen", agency.NewDay(2025, 7, 1), nil},
		{"g-xa", in2018, nil},
		{"g-coquan", in2018, nil},
		{"g-lienquan", in2018, nil},
		{"g-dvsn", in2018, nil},
		{"nobody", in2018, nil},
		{"snnmt", in2018, nil},
		{"sldtbxh", agency.NewDay(2025, 2, 28), ids("sldtbxh")},
		{"sldtbxh", in2025, ids("snv")},
		{"g-sbn", in2025, ids("snv", "stp", "stc", "sct", "snnmt", "sxd", "skhcn", "svhttdl", "sgddt", "syt", "ttt", "vpubnd", "sdttg", "bqlkcn")},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, d.Members(tt.id, tt.on)); diff != "" {
			t.Errorf("Members(%q, %s) (-want +got):\n%s", tt.id, tt.on, diff)
		}
	}
}

// Of two who take over from each other one after the other, the last one
// answers, in a group that has changed itself.
func TestMembersOverTime(t *testing.T) {
	day := agency.NewDay
	name := func(s string) []agency.Name { return []agency.Name{{Name: s}} }
	d, err := agency.New(agency.Data{
		Agencies: []agency.Agency{
			{ID: "a", Names: name("Một"), Until: day(2019, 12, 31), Successor: "b"},
			{ID: "b", Names: name("Hai"), From: day(2020, 1, 1), Until: day(2020, 12, 31), Successor: "c"},
			{ID: "c", Names: name("Ba"), From: day(2021, 1, 1)},
			{ID: "d", Names: name("Bốn"), Until: day(2019, 12, 31)},
			{ID: "e", Names: name("Năm")},
		},
		Groups: []agency.Group{{ID: "g-x", Name: "Nhóm", Members: []agency.Member{
			{ID: "a"}, {ID: "b"}, {ID: "d"}, {ID: "e", From: day(2021, 1, 1)},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for year, want := range map[int][]agency.ID{
		2019: ids("a", "d"),
		2020: ids("b"),
		2021: ids("c", "e"),
	} {
		if diff := cmp.Diff(want, d.Members("g-x", day(year, 6, 1))); diff != "" {
			t.Errorf("members in %d (-want +got):\n%s", year, diff)
		}
	}
}

func TestSender(t *testing.T) {
	d := shipped(t)
	for _, id := range d.IDs() {
		a, _ := d.Agency(id)
		on := in2018
		if !a.From.IsZero() {
			on = a.From
		}
		if got, ok := d.Sender(a.Addresses[0], on); !ok || got != id {
			t.Errorf("Sender(%q) = %q, %v, want %q", a.Addresses[0], got, ok, id)
		}
	}
	if got, ok := d.Sender(" SNV@DakNong.Example ", in2018); !ok || got != "snv" {
		t.Errorf("Sender in upper case = %q, %v, want snv", got, ok)
	}
	if got, ok := d.Sender("snnmt@daknong.example", in2018); ok {
		t.Errorf("Sender of an agency that does not exist yet = %q, want none", got)
	}
	refused := []string{
		"", "snv", "@daknong.example", "snv@", "nobody@daknong.example",
		"snv@daknong.example.evil.test", "snv@evil-daknong.example", "xsnv@daknong.example", "snv@daknong.example@evil.test",
		"snv@daknong.example\r\nBcc: x@y", "snv@da\u212anong.example", "snv@d\u0430knong.example", "s nv@daknong.example",
		"Sở Nội vụ <snv@daknong.example>", "snv@daknong.example\x00",
	}
	for _, address := range refused {
		if got, ok := d.Sender(address, in2018); ok {
			t.Errorf("Sender(%q) = %q, want none", address, got)
		}
	}
}

func TestSenderDomain(t *testing.T) {
	d, err := agency.New(agency.Data{Agencies: []agency.Agency{
		{ID: "a", Names: []agency.Name{{Name: "Một"}}, Addresses: []string{"@So.example", "vanthu@tinh.example"}},
		{ID: "b", Names: []agency.Name{{Name: "Hai"}}, Addresses: []string{"hai@so.example", "@tinh.example"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]agency.ID{
		"ai@so.example":           "a",
		"AI@SO.EXAMPLE":           "a",
		"hai@so.example":          "b",
		"vanthu@tinh.example":     "a",
		"ai@tinh.example":         "b",
		"ai@sub.so.example":       "",
		"ai@so.example.evil.test": "",
		"ai@xso.example":          "",
		"@so.example":             "",
		"a@b@so.example":          "",
	} {
		if got, _ := d.Sender(address, in2018); got != want {
			t.Errorf("Sender(%q) = %q, want %q", address, got, want)
		}
	}
}

// A directory kept with a report must answer as it did.
func TestDirectoryJSON(t *testing.T) {
	d := shipped(t)
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var kept agency.Directory
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d.Data(), kept.Data()); diff != "" {
		t.Errorf("data (-made +kept):\n%s", diff)
	}
	if got, ok := kept.One("Sở TT&TT", in2018); !ok || got != "stttt" {
		t.Errorf("One of the kept directory = %q, %v, want stttt", got, ok)
	}
	if err := json.Unmarshal([]byte(`{"Agencies":[{"ID":"A"}]}`), &kept); err == nil {
		t.Error("no error for a directory that is wrong")
	}
}

func TestSymbol(t *testing.T) {
	d := shipped(t)
	tests := []struct {
		ref  string
		want []agency.ID
	}{
		{"45/BC-SNV", ids("snv")},
		{"Số: 45/BC-SNV", ids("snv")},
		{"Số:      /BC-SNV", ids("snv")},
		{"45/bc - snv", ids("snv")},
		{"45/BC–SNV ngày 15/3/2018", ids("snv")},
		{"45/2018/BC-SNV", ids("snv")},
		{"45/BC-SNV-CCHC", ids("snv")},
		{"45/SNV-CCHC", ids("snv")},
		{"12/BC-SKHĐT", ids("skhdt")},
		{"12/BC-SKHÐT", ids("skhdt")},
		{"12/BC-SKHDT", ids("skhdt")},
		{"12/BC-SKH", ids("skhdt")},
		{"7/BC-SLDTBXH", ids("sldtbxh")},
		{"7/BC-TTr", ids("ttt")},
		{"7/BC-TTT", ids("ttt")},
		{"7/TTr-STP", ids("stp")},
		{"7/TTr-CCHC", nil},
		{"9/BC-UBND", ids(huyen...)},
		{"9/BC-VPUBND", ids("vpubnd")},
		{"9/BC-XSNV", nil},
		{"9/BC-ABC", nil},
		{"9/BC-SNNMT", nil},
		{"BC-SNV", nil},
		{"15/3/2018", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, d.Symbol(tt.ref, in2018)); diff != "" {
			t.Errorf("Symbol(%q) (-want +got):\n%s", tt.ref, diff)
		}
	}
	// Every symbol stands for its agency.
	for _, a := range d.Data().Agencies {
		for _, s := range a.Symbols {
			if got := d.Symbol("1/BC-"+s, a.From); !slices.Contains(got, a.ID) {
				t.Errorf("Symbol(%q) = %q, want %q among them", "1/BC-"+s, got, a.ID)
			}
		}
	}
}
