package viet_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"baocao/pipeline/viet"
)

// The tables of the two encodings as published, letter by letter: TCVN3 with
// the hexadecimal code, VNI-Windows with its characters.
const (
	tcvn3Table = `
	Ă=A1 Â=A2 Ê=A3 Ô=A4 Ơ=A5 Ư=A6 Đ=A7 ă=A8 â=A9 ê=AA ô=AB ơ=AC ư=AD đ=AE à=B5 ả=B6
	ã=B7 á=B8 ạ=B9 ằ=BB ẳ=BC ẵ=BD ắ=BE ặ=C6 ầ=C7 ẩ=C8 ẫ=C9 ấ=CA ậ=CB è=CC ẻ=CE ẽ=CF
	é=D0 ẹ=D1 ề=D2 ể=D3 ễ=D4 ế=D5 ệ=D6 ì=D7 ỉ=D8 ĩ=DC í=DD ị=DE ò=DF ỏ=E1 õ=E2 ó=E3
	ọ=E4 ồ=E5 ổ=E6 ỗ=E7 ố=E8 ộ=E9 ờ=EA ở=EB ỡ=EC ớ=ED ợ=EE ù=EF ủ=F1 ũ=F2 ú=F3 ụ=F4
	ừ=F5 ử=F6 ữ=F7 ứ=F8 ự=F9 ỳ=FA ỷ=FB ỹ=FC ý=FD ỵ=FE`
	vniTable = `
	à=aø á=aù ả=aû ã=aõ ạ=aï â=aâ ầ=aà ấ=aá ẩ=aå ẫ=aã ậ=aä ă=aê
	ằ=aè ắ=aé ẳ=aú ẵ=aü ặ=aë đ=ñ è=eø é=eù ẻ=eû ẽ=eõ ẹ=eï ê=eâ
	ề=eà ế=eá ể=eå ễ=eã ệ=eä ì=ì í=í ỉ=æ ĩ=ó ị=ò ò=oø ó=où
	ỏ=oû õ=oõ ọ=oï ô=oâ ồ=oà ố=oá ổ=oå ỗ=oã ộ=oä ơ=ô ờ=ôø ớ=ôù
	ở=ôû ỡ=ôõ ợ=ôï ù=uø ú=uù ủ=uû ũ=uõ ụ=uï ư=ö ừ=öø ứ=öù ử=öû
	ữ=öõ ự=öï ỳ=yø ý=yù ỷ=yû ỹ=yõ ỵ=î
	À=AØ Á=AÙ Ả=AÛ Ã=AÕ Ạ=AÏ Â=AÂ Ầ=AÀ Ấ=AÁ Ẩ=AÅ Ẫ=AÃ Ậ=AÄ Ă=AÊ
	Ằ=AÈ Ắ=AÉ Ẳ=AÚ Ẵ=AÜ Ặ=AË Đ=Ñ È=EØ É=EÙ Ẻ=EÛ Ẽ=EÕ Ẹ=EÏ Ê=EÂ
	Ề=EÀ Ế=EÁ Ể=EÅ Ễ=EÃ Ệ=EÄ Ì=Ì Í=Í Ỉ=Æ Ĩ=Ó Ị=Ò Ò=OØ Ó=OÙ
	Ỏ=OÛ Õ=OÕ Ọ=OÏ Ô=OÂ Ồ=OÀ Ố=OÁ Ổ=OÅ Ỗ=OÃ Ộ=OÄ Ơ=Ô Ờ=ÔØ Ớ=ÔÙ
	Ở=ÔÛ Ỡ=ÔÕ Ợ=ÔÏ Ù=UØ Ú=UÙ Ủ=UÛ Ũ=UÕ Ụ=UÏ Ư=Ö Ừ=ÖØ Ứ=ÖÙ Ử=ÖÛ
	Ữ=ÖÕ Ự=ÖÏ Ỳ=YØ Ý=YÙ Ỷ=YÛ Ỹ=YÕ Ỵ=Î`
)

// phrases are the same words in Unicode, TCVN3 and VNI.
var phrases = [][3]string{
	{"Sở Nội vụ", "Së Néi vô", "Sôû Noäi vuï"},
	{"Sở Tư pháp", "Së T\u00ad ph¸p", "Sôû Tö phaùp"},
	{"Văn phòng UBND tỉnh", "V¨n phßng UBND tØnh", "Vaên phoøng UBND tænh"},
	{"UBND các huyện, thị xã", "UBND c¸c huyÖn, thÞ x·", "UBND caùc huyeän, thò xaõ"},
	{"Đắk Nông", "§¾k N«ng", "Ñaék Noâng"},
	{"đã hoàn thành 100%", "®· hoµn thµnh 100%", "ñaõ hoaøn thaønh 100%"},
	{"Đang thực hiện, quý II", "§ang thùc hiÖn, quý II", "Ñang thöïc hieän, quyù II"},
	{"Kinh phí: 15 triệu đồng", "Kinh phÝ: 15 triÖu ®ång", "Kinh phí: 15 trieäu ñoàng"},
	{"Thủ tục hành chính được công khai", "Thñ tôc hµnh chÝnh ®\u00adîc c«ng khai", "Thuû tuïc haønh chính ñöôïc coâng khai"},
	{"Kết quả: đạt; tỷ lệ sẵn sàng", "KÕt qu¶: ®¹t; tû lÖ s½n sµng", "Keát quaû: ñaït; tyû leä saün saøng"},
	{"Cư Jút", "C\u00ad Jót", "Cö Juùt"},
	{"Đắk R'lấp", "§¾k R'lÊp", "Ñaék R'laáp"},
}

// table reads letter=code pairs, the code by read.
func table(pairs string, read func(string) string) map[string]string {
	m := map[string]string{}
	for _, pair := range strings.Fields(pairs) {
		letter, code, _ := strings.Cut(pair, "=")
		m[letter] = read(code)
	}
	return m
}

var (
	vniCodes   = table(vniTable, func(s string) string { return s })
	tcvn3Codes = table(tcvn3Table, func(s string) string {
		n, _ := strconv.ParseUint(s, 16, 32)
		return string(rune(n))
	})
)

// encode is a Unicode text as it would have been typed in e. In TCVN3 a capital
// with a tone has the code of the small letter.
func encode(e viet.Encoding, s string) string {
	var b strings.Builder
	for _, r := range s {
		letter := string(r)
		code, ok := "", false
		switch e {
		case viet.TCVN3:
			if code, ok = tcvn3Codes[letter]; !ok {
				code, ok = tcvn3Codes[strings.ToLower(letter)]
			}
		case viet.VNI:
			code, ok = vniCodes[letter]
		case viet.Windows1258:
			code, ok = encode1258(r)
		}
		if !ok {
			code = letter
		}
		b.WriteString(code)
	}
	return b.String()
}

// encode1258 is a letter in windows-1258: one code, or that of the letter
// without its tone and that of the tone.
func encode1258(r rune) (string, bool) {
	if c, ok := charmap.Windows1258.EncodeRune(r); ok {
		return string(rune(c)), true
	}
	base, tone := "", ""
	for _, m := range norm.NFD.String(string(r)) {
		if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", m) {
			tone = string(m)
		} else {
			base += string(m)
		}
	}
	code := ""
	for _, m := range norm.NFC.String(base) + tone {
		c, ok := charmap.Windows1258.EncodeRune(m)
		if !ok {
			return "", false
		}
		code += string(rune(c))
	}
	return code, true
}

var oldEncodings = []viet.Encoding{viet.TCVN3, viet.VNI, viet.Windows1258}

// decisionCells are the texts of the decision's table and of the lines round
// it.
func decisionCells(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../../templates/plan/1982-QD-UBND-2017.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for _, cell := range strings.Split(string(data), "\t") {
		if cell = viet.Clean(cell); cell != "" {
			cells = append(cells, cell)
		}
	}
	if len(cells) < 500 {
		t.Fatalf("%d cells in the decision, want more", len(cells))
	}
	return cells
}

func TestFontEncoding(t *testing.T) {
	for font, want := range map[string]viet.Encoding{
		".VnTime": viet.TCVN3, ".VnTimeH": viet.TCVN3, ".VnArial NarrowH": viet.TCVN3,
		".vntime": viet.TCVN3, " .VnTime ": viet.TCVN3, "ABCDEF+.VnTime": viet.TCVN3,
		"VNI-Times": viet.VNI, "VNI Helve": viet.VNI, "vni-aptima": viet.VNI, "ABCDEF+VNI-Times": viet.VNI,
		"Times New Roman": viet.Unicode, "Arial": viet.Unicode, "": viet.Unicode,
		"UVnTime": viet.Unicode, "UTM Avo": viet.Unicode, "Calibri+VNI": viet.Unicode,
	} {
		if got := viet.FontEncoding(font); got != want {
			t.Errorf("FontEncoding(%q) = %q, want %q", font, got, want)
		}
	}
}

func TestDecodeLetters(t *testing.T) {
	if len(tcvn3Codes) != 74 || len(vniCodes) != 134 {
		t.Fatalf("%d and %d letters in the tables, want 74 and 134", len(tcvn3Codes), len(vniCodes))
	}
	for font, codes := range map[string]map[string]string{".VnTime": tcvn3Codes, "VNI-Times": vniCodes} {
		for want, code := range codes {
			for _, in := range []string{code, "x" + code + "x"} {
				want := strings.ReplaceAll(in, code, want)
				if got, _ := viet.Decode(font, in); got != want {
					t.Errorf("Decode(%q, %q) = %q, want %q", font, in, got, want)
				}
			}
		}
	}
	for letter := range vniCodes {
		if got := viet.Windows1258.Decode(encode(viet.Windows1258, letter)); got != letter {
			t.Errorf("%q in windows-1258: got %q", letter, got)
		}
		small := strings.ToLower(letter)
		if got, _ := viet.Decode(".VnTimeH", encode(viet.TCVN3, small)); got != strings.ToUpper(letter) {
			t.Errorf("%q in .VnTimeH: got %q, want the capital", small, got)
		}
	}
}

func TestDecodePhrases(t *testing.T) {
	for _, p := range phrases {
		for i, font := range []string{"Times New Roman", ".VnTime", "VNI-Times"} {
			got, from := viet.Decode(font, p[i])
			if got != p[0] || from != viet.FontEncoding(font) {
				t.Errorf("Decode(%q, %q) = %q from %q, want %q", font, p[i], got, from, p[0])
			}
		}
	}
}

func TestDecode(t *testing.T) {
	for _, tt := range []struct{ name, font, in, want string }{
		{"capitals by font", ".VnTimeH", "Së néi vô tØnh ®¾k n«ng", "SỞ NỘI VỤ TỈNH ĐẮK NÔNG"},
		{"capitals with small toned letters", ".VnTime", "Së NéI Vô", "Sở NộI Vụ"},
		{"capital with a small mark", "VNI-Times", "Uûy ban ÑAÏT", "Ủy ban ĐẠT"},
		{"a mark on nothing stays", "VNI-Times", "ø iø m\u00f9", "ø iø mù"},
		{"one mark a letter", "VNI-Times", "aùø", "áø"},
		{"after Clean", ".VnTime", viet.Clean("kÐm, thÐp"), "kém, thép"},
		{"Unicode in an old font", ".VnTimeH", "Sở Nội vụ, ông", "Sở Nội vụ, ông"},
		{"decomposed Unicode in an old font", ".VnTime", norm.NFD.String("ô tô đã rà"), norm.NFD.String("ô tô đã rà")},
		{"signs of no encoding", ".VnTime", "±²³°º´ 100% – “a”…", "±²³°º´ 100% – “a”…"},
		{"other font", "Arial", "Së Néi vô", "Së Néi vô"},
		{"nothing", ".VnTime", "", ""},
	} {
		if got, _ := viet.Decode(tt.font, tt.in); got != tt.want {
			t.Errorf("%s: Decode(%q, %q) = %q, want %q", tt.name, tt.font, tt.in, got, tt.want)
		}
	}
}

// Whatever the decision says can be read back from every encoding, before and
// after it is cleaned.
func TestDecodeDecision(t *testing.T) {
	for _, cell := range decisionCells(t) {
		for _, e := range oldEncodings {
			old := encode(e, cell)
			got, cleaned := e.Decode(old), e.Decode(viet.Clean(" "+old+"\u00a0\r\n"))
			if cleaned != got {
				t.Errorf("%s %q: got %q after Clean, want %q", e, old, cleaned, got)
			}
			want := cell
			if e == viet.TCVN3 {
				// Capitals with a tone are told by the font only.
				if viet.Key(got) != viet.Key(cell) {
					t.Errorf("%s %q: got %q, want the key of %q", e, old, got, cell)
				}
				got, _ = viet.Decode(".VnTimeH", old)
				want = strings.ToUpper(cell)
			}
			if got != want {
				t.Errorf("%s %q: got %q, want %q", e, old, got, want)
			}
		}
	}
}

// A text without capitals that have a tone comes back as it was.
func TestDecodeSmallLettersOfTCVN3(t *testing.T) {
	for _, cell := range decisionCells(t) {
		cell = strings.ToLower(cell)
		if got, _ := viet.Decode(".VnTime", encode(viet.TCVN3, cell)); got != cell {
			t.Errorf("got %q, want %q", got, cell)
		}
	}
}

func TestKeyOfDecodedAgency(t *testing.T) {
	for _, name := range []string{"Sở Nội vụ", "Sở Tư pháp", "UBND huyện Đắk R'lấp", "Ủy ban nhân dân thị xã Gia Nghĩa"} {
		for _, typed := range []string{name, strings.ToUpper(name), strings.ToLower(name)} {
			for _, font := range []string{".VnTime", ".VnTimeH", "VNI-Times"} {
				got, _ := viet.Decode(font, encode(viet.FontEncoding(font), typed))
				if viet.Key(got) != viet.Key(name) {
					t.Errorf("%q typed in %s: got %q, whose key differs", typed, font, got)
				}
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, p := range phrases {
		f.Add(".VnTime", p[1])
		f.Add("VNI-Times", p[2])
		f.Add(".VnTimeH", p[0])
	}
	f.Add("ABCDEF+VNI", "a\u0302ø\xff\u00ad")
	f.Fuzz(func(t *testing.T, font, s string) {
		got, from := viet.Decode(font, s)
		switch {
		case from == viet.Unicode && got != s:
			t.Errorf("Decode(%q, %q) = %q from Unicode, want no change", font, s, got)
		case utf8.ValidString(s) && !utf8.ValidString(got):
			t.Errorf("Decode(%q, %q) = %q, which is not UTF-8", font, s, got)
		}
		for _, e := range oldEncodings {
			if once := e.Decode(s); viet.IsUnicode(once) {
				if again, _ := viet.Decode(font, once); again != once {
					t.Errorf("Decode(%q, %q) = %q, want no change", font, once, again)
				}
			}
		}
		if e := viet.Guess(s); e != viet.Unicode && viet.IsUnicode(s) {
			t.Errorf("Guess(%q) = %q, want Unicode", s, e)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	cells := decisionCells(b)
	for _, e := range oldEncodings {
		old := make([]string, len(cells))
		size := 0
		for i, cell := range cells {
			old[i] = encode(e, cell)
			size += len(old[i])
		}
		b.Run(string(e), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				for _, s := range old {
					e.Decode(s)
				}
			}
		})
	}
}
