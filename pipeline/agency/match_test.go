package agency_test

import (
	"bufio"
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/agency"
	"baocao/pipeline/viet"
)

func TestMatch(t *testing.T) {
	d := shipped(t)
	tests := []struct {
		text    string
		want    string // ids
		unknown []string
	}{
		// As the decision writes them.
		{"Sở Nội vụ", "snv", nil},
		{"Sở Nội vụ (Thường trực Ban chỉ đạo CCHC)", "snv", nil},
		{"Văn phòng UBND tỉnh", "vpubnd", nil},
		{"Sở Tư pháp.", "stp", nil},
		{"Sở Tư pháp;", "stp", nil},
		{"Sở Tài chính", "stc", nil},
		{"Sở Thông tin - Truyền thông", "stttt", nil},
		{"Đài Phát thanh - Truyền hình tỉnh", "ptth", nil},
		{"Đài Phát thanh và Truyền hình tỉnh Đắk Nông", "ptth", nil},
		{"Báo Đắk Nông", "baodn", nil},
		{"báo Đắk Nông", "baodn", nil},
		{"Tổ tư vấn CCHC", "totuvan", nil},
		{"Tổ tư vấn CCHC cấp tỉnh", "totuvan", nil},
		{"các Sở, Ban, ngành", "g-sbn", nil},
		{"Các Sở, Ban, ngành", "g-sbn", nil},
		{"Các Sở, Ban ngành", "g-sbn", nil},
		{"các Sở, ban, ngành", "g-sbn", nil},
		{"Các Sở, ban, ngành", "g-sbn", nil},
		{"các sở, ban, ngành", "g-sbn", nil},
		{"Các sở, ban, ngành", "g-sbn", nil},
		{"UBND các huyện, thị xã", "g-huyen", nil},
		{"UBND các huyện,thị xã", "g-huyen", nil},
		{"UBND các huyện, thị", "g-huyen", nil},
		{"UBND các huyện, thị;", "g-huyen", nil},
		{"UBND cấp huyện", "g-huyen", nil},
		{"UBND cấp huyện, thị xã", "g-huyen", nil},
		{"UBND cấp huyện, cấp xã", "g-huyen g-xa", nil},
		{"UBND cấp xã", "g-xa", nil},
		{"cấp xã", "g-xa", nil},
		{"Các cơ quan, đơn vị trên địa bàn tỉnh", "g-coquan", nil},
		{"các cơ quan, đơn vị trên địa bàn tỉnh", "g-coquan", nil},
		{"Các cơ quan, đơn vị liên quan", "g-lienquan", nil},
		{"các đơn vị sự nghiệp công lập", "g-dvsn", nil},
		{"Thủ trưởng các Sở, Ban, ngành", "g-sbn", nil},
		{"Chủ tịch UBND các huyện, thị xã", "g-huyen", nil},

		// Lists.
		{"các Sở, ban, ngành, UBND các huyện, thị xã", "g-sbn g-huyen", nil},
		{"Văn phòng UBND tỉnh; các Sở, Ban, ngành và UBND các huyện, thị xã", "vpubnd g-sbn g-huyen", nil},
		{"Các Sở, ban, ngành; UBND cấp huyện, cấp xã", "g-sbn g-huyen g-xa", nil},
		{"Các Sở, ban, ngành; UBND cấp huyện; UBND cấp xã", "g-sbn g-huyen g-xa", nil},
		{"Sở Tài chính, Sở Nội vụ và Sở Tài chính", "stc snv", nil},
		{"- Sở Nội vụ\n- Sở Tài chính", "snv stc", nil},
		{"Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", "svhttdl syt", nil},
		{"UBND huyện Đắk Mil, Đắk Song và thị xã Gia Nghĩa", "dakmil daksong gianghia", nil},
		{"UBND huyện Cư Jút, thị xã Gia Nghĩa", "cujut gianghia", nil},

		// What people type.
		{"so noi vu", "snv", nil},
		{"SO NOI VU", "snv", nil},
		{"SỞ NỘI VỤ", "snv", nil},
		{"Sở  Nội\nvụ", "snv", nil},
		{norm.NFD.String("Sở Nội vụ"), "snv", nil},
		{"Sỡ Nội vụ", "snv", nil},
		{"VP UBND tỉnh", "vpubnd", nil},
		{"VPUBND tỉnh", "vpubnd", nil},
		{"Văn phòng Ủy ban nhân dân tỉnh", "vpubnd", nil},
		{"Văn phòng Uỷ ban nhân dân tỉnh", "vpubnd", nil},
		{"Sở KH và ĐT, Sở NN & PTNT, Sở GD-ĐT", "skhdt snnptnt sgddt", nil},
		{"cac so, ban, nganh; UBND cap huyen, cap xa", "g-sbn g-huyen g-xa", nil},
		{"Ủy ban nhân dân các huyện, thị xã", "g-huyen", nil},
		{"UBND các huyện, TX", "g-huyen", nil},
		{"UBND các huyện và thị xã Gia Nghĩa", "g-huyen", nil},
		{"UBND các xã, phường, thị trấn", "g-xa", nil},
		{"các Sở, ban, ngành liên quan", "g-lienquan", nil},

		// What is not known stays.
		{"", "", nil},
		{" - ; ", "", nil},
		{"UBND tỉnh", "", []string{"UBND tỉnh"}},
		{"Bộ Nội vụ", "", []string{"Bộ Nội vụ"}},
		{"Sở Nội vụ, Bộ ngành và Công an tỉnh", "snv", []string{"Bộ ngành và Công an tỉnh"}},
		{"Kho bạc Nhà nước, Cục Thuế; Sở Tài chính", "stc", []string{"Kho bạc Nhà nước", "Cục Thuế"}},
		{"Chủ trì: Sở Nội vụ", "snv", []string{"Chủ trì"}},
		{"Sở Y tếx", "", []string{"Sở Y tếx"}},
		{"xSở Y tế", "", []string{"xSở Y tế"}},
		{"Sở Nông nghiệp và Môi trường", "snnptnt", []string{"Môi trường"}},
		{"số XD", "", []string{"số XD"}},
		{"sổ TC", "", []string{"sổ TC"}},
		{"huyện Đắk Hà", "", []string{"huyện Đắk Hà"}},
		{"Sở, Nội vụ Sở", "snv", []string{"Sở"}},

		// Brackets.
		{"Các đơn vị (Sở Y tế, Sở Xây dựng)", "", []string{"đơn vị", "Sở Y tế, Sở Xây dựng"}},
		{"Sở Thông tin và Truyền thông (Sở TT&TT)", "stttt", nil},
		{"Sở Nội vụ [chủ trì], Sở Tài chính (phối hợp)", "snv stc", nil},
		{"Sở Nội vụ (Thường trực", "snv", nil},
		{"Sở Nội vụ) Sở Tài chính", "snv stc", nil},
	}
	for _, tt := range tests {
		want := agency.Match{IDs: ids(strings.Fields(tt.want)...), Unknown: tt.unknown}
		if diff := cmp.Diff(want, d.Match(tt.text, in2018)); diff != "" {
			t.Errorf("Match(%q) (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestOne(t *testing.T) {
	d := shipped(t)
	want := map[agency.ID][]string{
		"snv":      {"Sở Nội vụ", "SO NOI VU", "So Noi vu", "Sở NV", "SNV", "UBND TỈNH ĐẮK NÔNG\nSỞ NỘI VỤ", "Báo cáo của Sở Nội vụ tỉnh Đắk Nông về CCHC quý I năm 2018"},
		"stp":      {"Sở TP", "STP"},
		"stc":      {"Sở TC", "sở tài chính"},
		"skhdt":    {"Sở KH&ĐT", "Sở KH và ĐT", "Sở Kế hoạch - Đầu tư", "Sở Kế hoạch & Đầu tư", "Sở KHÐT"},
		"sct":      {"Sở Công Thương", "Sở Công thương", "SCT"},
		"snnptnt":  {"Sở NN&PTNT", "Sở Nông nghiệp & PTNT", "Sở Nông nghiệp và PTNT", "SNN"},
		"sgtvt":    {"Sở GT-VT", "Sở GTVT", "Sở Giao thông - Vận tải"},
		"sxd":      {"SỞ XÂY DỰNG", "Sở XD"},
		"stnmt":    {"Sở TN&MT", "Sở Tài nguyên - Môi trường"},
		"stttt":    {"Sở Thông tin - Truyền thông", "Sở TT&TT", "Sở TTTT", "Sở TT - TT"},
		"sldtbxh":  {"Sở LĐTB&XH", "Sở LĐ-TB&XH", "SLDTBXH", "Sở Lao động, Thương binh và Xã hội", "So LDTBXH"},
		"svhttdl":  {"Sở VH,TT&DL", "Sở VHTT&DL", "Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa"},
		"skhcn":    {"Sở KH&CN"},
		"sgddt":    {"Sở GD&ĐT", "Sở GD-ĐT", "Sở GDĐT"},
		"syt":      {"Sở Y tế", "SO Y TE"},
		"ttt":      {"Thanh tra tỉnh", "Thanh tra Nhà nước tỉnh"},
		"vpubnd":   {"VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh", "VPUB", "UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG"},
		"bdt":      {"Ban Dân tộc", "BAN DÂN TỘC TỈNH"},
		"bqlkcn":   {"BQL các KCN", "BQL KCN", "Ban Quản lý các khu công nghiệp tỉnh"},
		"ptth":     {"Đài PT-TH", "Đài PTTH", "Đài PT&TH", "Đài Phát thanh & Truyền hình"},
		"baodn":    {"Báo Đăk Nông", "BÁO ĐẮK NÔNG"},
		"totuvan":  {"Tổ tư vấn CCHC"},
		"cujut":    {"Cư Jút", "Cư Jut", "Cư Giút", "UBND huyện Cư Jút", "CU JUT"},
		"dakmil":   {"UBND HUYỆN ĐẮK MIL", "UBND H. Đắk Mil", "H. Đăk Mil", "Đak Mil", "Dak Mil", "\u00d0ắk Mil", "Đắc Mil", "Huyện ủy - UBND huyện Đắk Mil", "UBND huyện Đắk Mil - Phòng Nội vụ", "Ủy ban nhân dân huyện Đăk Mil"},
		"krongno":  {"Krông Nô", "huyện Krong No"},
		"daksong":  {"Đăk Song", "UBND HUYỆN ĐĂK SONG"},
		"dakrlap":  {"Đăk R’Lấp", "Đắk R'lấp", "Đắk R'Lấp", "Đắk Rlấp", "Đăk R`lấp", "Đắk RLấp", "ĐẮK R’LẤP", "Dak R'lap", "UBND huyện Đắk R´lấp"},
		"tuyduc":   {"Tuy Đức", "TUY DUC"},
		"dakglong": {"Đắk Glong", "Đắk G'long", "Đăk G’Long"},
		"gianghia": {"TX. Gia Nghĩa", "thị xã Gia Nghĩa", "UBND TX Gia Nghĩa", "TP. Gia Nghĩa", "Gia Nghia"},
	}
	for _, id := range d.Reporting(in2018) {
		if len(want[id]) == 0 {
			t.Errorf("no spelling of %q is tried", id)
		}
	}
	for id, texts := range want {
		for _, text := range texts {
			if got, ok := d.One(text, in2018); !ok || got != id {
				t.Errorf("One(%q) = %q, %v, want %q", text, got, ok, id)
			}
		}
	}
	for _, text := range []string{
		"", "UBND TỈNH ĐẮK NÔNG", "các Sở, ban, ngành", "UBND các huyện, thị xã", "Sở Nội vụ, Sở Y tế", "Bộ Nội vụ", "tỉnh Đắk Nông", "Đắk Nông", "UBND huyện",
		"báo cáo tỉnh Đắk Nông", "Sở",
	} {
		if got, ok := d.One(text, in2018); ok {
			t.Errorf("One(%q) = %q, want none", text, got)
		}
	}
}

// A name counts while the agency exists, whatever it is called by then.
func TestMatchOverTime(t *testing.T) {
	d := shipped(t)
	tests := []struct {
		text string
		on   agency.Day
		want agency.ID
	}{
		{"UBND thị xã Gia Nghĩa", in2020, "gianghia"},
		{"Sở Lao động - Thương binh và Xã hội", in2018, "sldtbxh"},
		{"Sở Lao động - Thương binh và Xã hội", in2025, ""},
		{"Sở Nông nghiệp và Môi trường", in2025, "snnmt"},
		{"Sở Dân tộc và Tôn giáo", in2018, ""},
	}
	for _, tt := range tests {
		if got, _ := d.One(tt.text, tt.on); got != tt.want {
			t.Errorf("One(%q, %s) = %q, want %q", tt.text, tt.on, got, tt.want)
		}
	}
}

// Every name of the directory must lead back to where it stands, in capitals and
// without marks as well.
func TestMatchOwnNames(t *testing.T) {
	d := shipped(t)
	check := func(id agency.ID, on agency.Day, names []string) {
		for _, name := range names {
			for _, text := range []string{name, strings.ToUpper(name), viet.Loose(name), norm.NFD.String(name)} {
				want := agency.Match{IDs: ids(string(id))}
				if diff := cmp.Diff(want, d.Match(text, on)); diff != "" {
					t.Errorf("Match(%q) (-want +got):\n%s", text, diff)
				}
			}
		}
	}
	for _, a := range d.Data().Agencies {
		names := slices.Clone(a.Aliases)
		for _, n := range a.Names {
			names = append(names, n.Name, n.Short)
		}
		on := in2018
		if !a.From.IsZero() {
			on = a.From
		}
		check(a.ID, on, names)
	}
	for _, g := range d.Data().Groups {
		check(g.ID, in2018, append([]string{g.Name}, g.Aliases...))
	}
}

// Every responsibility of the decision must be understood to the last word.
func TestMatchPlan(t *testing.T) {
	d := shipped(t)
	raw, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	label := strings.NewReplacer("Chủ trì thực hiện:", ";", "Chủ trì:", ";", "Phối hợp:", ";")
	var lines int
	for sc := bufio.NewScanner(bytes.NewReader(raw)); sc.Scan(); {
		text := label.Replace(viet.Clean(sc.Text()))
		if text == viet.Clean(sc.Text()) {
			continue
		}
		lines++
		m := d.Match(text, in2018)
		if len(m.IDs) == 0 || len(m.Unknown) > 0 {
			t.Errorf("Match(%q) = %q, unknown %q, want agencies only", text, m.IDs, m.Unknown)
		}
	}
	if lines < 80 {
		t.Errorf("%d lines with responsibilities, want at least 80", lines)
	}
}

func FuzzMatch(f *testing.F) {
	d := shipped(f)
	for _, s := range []string{
		"Văn phòng UBND tỉnh; các Sở, Ban, ngành và UBND các huyện, thị xã", "Sở Nội vụ (Thường trực Ban chỉ đạo CCHC)",
		"((Sở ]) Y tế", "Đăk R’Lấp", "\xff\u0301, và các", "H. TX. VP",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m := d.Match(s, in2018)
		clean := viet.Clean(s)
		for _, u := range m.Unknown {
			if u == "" || !strings.Contains(clean, u) {
				t.Errorf("Match(%q): unknown %q does not stand in the text", s, u)
			}
		}
		for i, id := range m.IDs {
			if slices.Contains(m.IDs[:i], id) {
				t.Errorf("Match(%q): %q twice", s, id)
			}
		}
		if diff := cmp.Diff(m, d.Match(clean, in2018), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("Match of clean text (-of text +of clean):\n%s", diff)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	d := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		d.Match("Văn phòng UBND tỉnh; các Sở, Ban, ngành và UBND các huyện, thị xã", in2018)
	}
}
