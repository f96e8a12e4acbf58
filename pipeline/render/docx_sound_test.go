package render

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"baocao/pipeline/report"
)

// xmlNode is an element of a part.
type xmlNode struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []*xmlNode `xml:",any"`
}

func (n *xmlNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements of a name within the node, in order.
func (n *xmlNode) all(name string) []*xmlNode {
	var found []*xmlNode
	n.walk(func(n, _ *xmlNode) {
		if n.XMLName.Local == name {
			found = append(found, n)
		}
	})
	return found
}

func (n *xmlNode) walk(f func(n, parent *xmlNode)) {
	for _, kid := range n.Kids {
		f(kid, n)
		kid.walk(f)
	}
}

func (n *xmlNode) text() string {
	var b strings.Builder
	for _, t := range n.all("t") {
		b.WriteString(t.Text)
	}
	return b.String()
}

func parsed(t testing.TB, data []byte, name string) *xmlNode {
	t.Helper()
	var n xmlNode
	if err := xml.Unmarshal([]byte(part(t, data, name)), &n); err != nil {
		t.Fatalf("part %s: %v", name, err)
	}
	return &n
}

func wordMain(t testing.TB, data []byte) *xmlNode {
	t.Helper()
	return parsed(t, data, "word/document.xml").Kids[0]
}

// wordLines are the texts of a body: a line for each paragraph that has text and
// each row of a table, its cells parted by " | ".
func wordLines(body *xmlNode) []string {
	var all []string
	for _, n := range body.Kids {
		switch n.XMLName.Local {
		case "p":
			if text := n.text(); text != "" {
				all = append(all, text)
			}
		case "tbl":
			for _, row := range n.all("tr") {
				var cells []string
				frame := n.all("tblStyle")[0].attr("val") == wordFrame
				for _, c := range row.all("tc") {
					var lines []string
					for _, p := range c.all("p") {
						if text := p.text(); text != "" || !frame {
							lines = append(lines, text)
						}
					}
					cells = append(cells, strings.Join(lines, "\n"))
				}
				if line := strings.Join(cells, " | "); strings.Join(cells, "") != "" {
					all = append(all, line)
				}
			}
		}
	}
	return all
}

// wordRelations are the parts that the main part names, by number.
func wordRelations(t testing.TB, data []byte) map[string]string {
	t.Helper()
	targets := map[string]string{}
	for _, r := range parsed(t, data, "word/_rels/document.xml.rels").all("Relationship") {
		targets[r.attr("Id")] = r.attr("Target")
	}
	return targets
}

// wordOrder is the order in which ECMA-376, part 1, annex A has the children of
// the elements that are used. A program refuses a file with another order.
var wordOrder = map[string][]string{
	"pPr": {"pStyle", "keepNext", "keepLines", "widowControl", "pBdr", "tabs", "spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"},
	"rPr": {"rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "lang"},
	"style": {"name", "basedOn", "next", "uiPriority", "semiHidden", "unhideWhenUsed", "qFormat",
		"pPr", "rPr", "tblPr"},
	"tblPr":       {"tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"},
	"tblBorders":  {"top", "left", "bottom", "right", "insideH", "insideV"},
	"tblCellMar":  {"top", "left", "bottom", "right"},
	"tbl":         {"tblPr", "tblGrid", "tr"},
	"tr":          {"trPr", "tc"},
	"trPr":        {"cantSplit", "trHeight", "tblHeader"},
	"tc":          {"tcPr", "p"},
	"tcPr":        {"tcW", "gridSpan", "vMerge", "vAlign"},
	"p":           {"pPr", "r|fldSimple"},
	"r":           {"rPr", "t|tab"},
	"sectPr":      {"headerReference|footerReference", "type", "pgSz", "pgMar", "pgNumType", "titlePg"},
	"settings":    {"zoom", "defaultTabStop", "characterSpacingControl", "compat", "themeFontLang", "decimalSymbol", "listSeparator"},
	"styles":      {"docDefaults", "style"},
	"docDefaults": {"rPrDefault", "pPrDefault"},
}

// The package holds together: every part is well-formed and has its type, every
// name leads somewhere, elements stand in their order, rows fill their grid.
func TestWordIsSound(t *testing.T) {
	everyWord(t, func(t *testing.T, r *Renderer, doc *report.Document) {
		data := wordBytes(t, r, doc)
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			checkXML(t, f.Name, part(t, data, f.Name))
		}
		if names[0] != "[Content_Types].xml" {
			t.Errorf("first part: got %q", names[0])
		}
		checkTypes(t, parsed(t, data, "[Content_Types].xml"), names)
		for rels, base := range map[string]string{"_rels/.rels": "", "word/_rels/document.xml.rels": "word"} {
			for _, one := range parsed(t, data, rels).all("Relationship") {
				if target := path.Join(base, one.attr("Target")); !slices.Contains(names, target) {
					t.Errorf("%s names %q, which is not there", rels, target)
				}
			}
		}
		checkReferences(t, data)
		for _, name := range names {
			if strings.HasPrefix(name, "word/") && !strings.HasSuffix(name, ".rels") {
				checkOrder(t, name, parsed(t, data, name))
				checkTables(t, name, parsed(t, data, name))
			}
		}
	})
}

// checkXML reads a part strictly: the decoder refuses what XML cannot hold.
func checkXML(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("part %s: %v", name, err)
		}
	}
}

func checkTypes(t *testing.T, types *xmlNode, names []string) {
	t.Helper()
	var typed []string
	for _, o := range types.all("Override") {
		typed = append(typed, strings.TrimPrefix(o.attr("PartName"), "/"))
		if o.attr("ContentType") == "" {
			t.Errorf("part %s has no type", o.attr("PartName"))
		}
	}
	for _, name := range names {
		if name != "[Content_Types].xml" && !strings.HasSuffix(name, ".rels") && !slices.Contains(typed, name) {
			t.Errorf("part %s has no type of its own", name)
		}
	}
	for _, name := range typed {
		if !slices.Contains(names, name) {
			t.Errorf("a type is given to %s, which is not there", name)
		}
	}
}

// checkReferences follows what the main part names: other parts by number, and
// styles.
func checkReferences(t *testing.T, data []byte) {
	t.Helper()
	targets := wordRelations(t, data)
	styles := map[string]bool{}
	for _, s := range parsed(t, data, "word/styles.xml").all("style") {
		if name := s.all("name")[0].attr("val"); name == "" || strings.Contains(name, ",") {
			t.Errorf("style %s: name %q", s.attr("styleId"), name)
		}
		if styles[s.attr("styleId")] {
			t.Errorf("style %s stands twice", s.attr("styleId"))
		}
		styles[s.attr("styleId")] = true
	}
	used := map[string]bool{}
	main := parsed(t, data, "word/document.xml")
	main.walk(func(n, _ *xmlNode) {
		switch n.XMLName.Local {
		case "pStyle", "tblStyle", "basedOn", "next":
			if !styles[n.attr("val")] {
				t.Errorf("style %q is not there", n.attr("val"))
			}
		case "headerReference", "footerReference":
			target := targets[n.attr("id")]
			used[target] = true
			if kind := strings.TrimSuffix(n.XMLName.Local, "Reference"); !strings.HasPrefix(target, kind) {
				t.Errorf("%s leads to %q", n.XMLName.Local, target)
			}
		}
	})
	for _, target := range targets {
		if (strings.HasPrefix(target, "header") || strings.HasPrefix(target, "footer")) && !used[target] {
			t.Errorf("no section has %s", target)
		}
	}
}

func checkOrder(t *testing.T, name string, root *xmlNode) {
	t.Helper()
	check := func(n, _ *xmlNode) {
		order, ok := wordOrder[n.XMLName.Local]
		if !ok {
			return
		}
		at := 0
		for _, kid := range n.Kids {
			place := slices.IndexFunc(order, func(names string) bool {
				return slices.Contains(strings.Split(names, "|"), kid.XMLName.Local)
			})
			if place < at {
				t.Errorf("%s: %s has %s out of its place", name, n.XMLName.Local, kid.XMLName.Local)
			}
			at = max(at, place)
		}
	}
	check(root, nil)
	root.walk(check)
	for _, text := range root.all("t") {
		if text.attr("space") != "preserve" && strings.TrimSpace(text.Text) != text.Text {
			t.Errorf("%s: spaces of %q would be lost", name, text.Text)
		}
	}
}

// checkTables holds rows against their grid, ends cells in a paragraph, and finds
// tables that would flow together.
func checkTables(t *testing.T, name string, root *xmlNode) {
	t.Helper()
	for _, table := range root.all("tbl") {
		grid := table.all("gridCol")
		for i, row := range table.all("tr") {
			covered := 0
			for _, c := range row.all("tc") {
				span := 1
				if s := c.all("gridSpan"); len(s) > 0 {
					span, _ = strconv.Atoi(s[0].attr("val"))
				}
				width := 0
				for _, col := range grid[covered:min(len(grid), covered+span)] {
					w, _ := strconv.Atoi(col.attr("w"))
					width += w
				}
				if got := c.all("tcW")[0].attr("w"); got != strconv.Itoa(width) {
					t.Errorf("%s: row %d: cell is %s wide, its columns %d", name, i+1, got, width)
				}
				covered += span
				if last := c.Kids[len(c.Kids)-1]; last.XMLName.Local != "p" {
					t.Errorf("%s: row %d: a cell ends in %s", name, i+1, last.XMLName.Local)
				}
			}
			if covered != len(grid) {
				t.Errorf("%s: row %d covers %d of %d columns", name, i+1, covered, len(grid))
			}
		}
	}
	root.walk(func(n, parent *xmlNode) {
		for i, kid := range parent.Kids {
			if i > 0 && kid.XMLName.Local == "tbl" && parent.Kids[i-1].XMLName.Local == "tbl" {
				t.Errorf("%s: two tables touch", name)
			}
		}
	})
}

func TestWordProperties(t *testing.T) {
	core := parsed(t, wordBytes(t, renderer(t, "ND30-2020"), sample(1)), "docProps/core.xml")
	for name, want := range map[string]string{
		"title": "Báo cáo kết quả cải cách hành chính quý I năm 2018", "creator": "Sở Nội vụ tỉnh Đắk Nông",
		"subject": "Cải cách hành chính", "keywords": "CCHC, quý I, 2018", "language": "vi-VN", "contentStatus": "DỰ THẢO",
		"identifier": "1a2b3c4d", "created": "2018-03-20T10:00:00Z", "modified": "2018-03-20T10:00:00Z",
	} {
		if found := core.all(name); len(found) != 1 || found[0].Text != want {
			t.Errorf("%s: got %v, want %q", name, found, want)
		}
	}
}

// Every piece of text says that it is Vietnamese, so that no speller marks it.
func TestWordLanguage(t *testing.T) {
	for _, run := range wordMain(t, wordBytes(t, renderer(t, "ND30-2020"), sample(3))).all("r") {
		if lang := run.all("lang"); len(lang) != 1 || lang[0].attr("val") != "vi-VN" {
			t.Fatalf("run %q: got language %v", run.text(), lang)
		}
	}
}
