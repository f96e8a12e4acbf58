package render

import (
	"errors"
	"fmt"
)

// Layout is one decree's idea of a page. Lengths are millimetres, sizes of type
// points; leading is the distance of two lines in sizes of type. The zero Layout
// is not usable: [New] checks it whole.
type Layout struct {
	Name       string       `yaml:"name"` // of the profile: "ND30-2020"
	Font       string       `yaml:"font"` // named in workbooks and pages; a PDF embeds a metric twin of Times New Roman
	Pages      PageLayouts  `yaml:"pages"`
	Number     NumberLayout `yaml:"number"`     // page number
	Footer     FooterLayout `yaml:"footer"`     // Meta.Footer on every page
	Mark       MarkLayout   `yaml:"mark"`       // Meta.Status behind the text
	Letterhead HeadLayout   `yaml:"letterhead"` // quốc hiệu, cơ quan, số, địa danh
	Title      TitleLayout  `yaml:"title"`      // tên loại, trích yếu, kính gửi
	Body       BodyLayout   `yaml:"body"`
	Signature  SignLayout   `yaml:"signature"` // quyền hạn, họ tên, nơi nhận
	Annex      AnnexLayout  `yaml:"annex"`     // head of a phụ lục
	Table      TableLayout  `yaml:"table"`     //
}

// PageLayouts are the margins of the three kinds of A4 pages.
type PageLayouts struct {
	Main      Margins `yaml:"main"`      // main text, portrait
	Portrait  Margins `yaml:"portrait"`  // phụ lục, portrait
	Landscape Margins `yaml:"landscape"` // phụ lục, landscape
}

// Margins are those of a page as it is read, after turning.
type Margins struct {
	Left   float64 `yaml:"left"`
	Right  float64 `yaml:"right"`
	Top    float64 `yaml:"top"`
	Bottom float64 `yaml:"bottom"`
}

// Place is where a page number stands.
type Place string

// The places of a page number.
const (
	TopCenter   Place = "top-center"   // NĐ 30/2020/NĐ-CP, PL I
	BottomRight Place = "bottom-right" // TT 01/2011/TT-BNV
)

// NumberLayout is the page number. It begins at 1 in the main text and again in
// each annex.
type NumberLayout struct {
	Place      Place   `yaml:"place"`
	Size       float64 `yaml:"size"`
	Edge       float64 `yaml:"edge"`        // from the paper's edge to the middle of the digits
	First      bool    `yaml:"first"`       // shown on page 1 of the main text
	AnnexFirst bool    `yaml:"annex_first"` // shown on page 1 of an annex
}

// FooterLayout is the line at the foot of every page.
type FooterLayout struct {
	Size float64 `yaml:"size"`
	Edge float64 `yaml:"edge"` // from the paper's lower edge to the middle of the last line
}

// MarkLayout is the word that lies behind the text of a draft.
type MarkLayout struct {
	Size float64 `yaml:"size"` // at most; a long word is made to fit the page
	Gray int     `yaml:"gray"` // 0 black … 255 white
}

// HeadLayout are the sizes of the letterhead.
type HeadLayout struct {
	Parent float64 `yaml:"parent"`
	Issuer float64 `yaml:"issuer"`
	Symbol float64 `yaml:"symbol"`
	About  float64 `yaml:"about"` // of a công văn
	Nation float64 `yaml:"nation"`
	Motto  float64 `yaml:"motto"`
	Place  float64 `yaml:"place"`
}

// TitleLayout are the sizes of what stands between letterhead and text.
type TitleLayout struct {
	Kind    float64 `yaml:"kind"`
	Subject float64 `yaml:"subject"`
	To      float64 `yaml:"to"`
}

// BodyLayout is the running text.
type BodyLayout struct {
	Size    float64 `yaml:"size"`
	Leading float64 `yaml:"leading"`
	Indent  float64 `yaml:"indent"` // of a paragraph's first line
	Gap     float64 `yaml:"gap"`    // between paragraphs, points
}

// SignLayout are the sizes of the end of the main text.
type SignLayout struct {
	Authority  float64 `yaml:"authority"`
	Name       float64 `yaml:"name"`
	Room       float64 `yaml:"room"`       // left for signature and seal
	Label      float64 `yaml:"label"`      // "Nơi nhận:"
	Recipients float64 `yaml:"recipients"` // the list under it
}

// AnnexLayout are the sizes of an annex's head.
type AnnexLayout struct {
	Label     float64 `yaml:"label"`
	Title     float64 `yaml:"title"`
	Reference float64 `yaml:"reference"`
}

// TableLayout is how tables are set. The size of their type is the largest
// between Max and Min at which no ordinary word has to be broken and a table of
// several pages is at most a tenth longer than at Min. Their heads are a point
// smaller, but not below Head.
type TableLayout struct {
	Max     float64 `yaml:"max"`
	Min     float64 `yaml:"min"`
	Head    float64 `yaml:"head"`
	Leading float64 `yaml:"leading"`
	Pad     float64 `yaml:"pad"`  // between text and rule, points
	Rule    float64 `yaml:"rule"` // thickness of the rules, points
}

// around is the space that a cell has beside its text.
func (l TableLayout) around() float64 { return 2*l.Pad + l.Rule }

// head is the size of the headings of a table.
func (l TableLayout) head(size float64) float64 { return min(size, max(l.Head, size-1)) }

// bound is one number of a layout and what it may be.
type bound struct {
	path      string
	got       float64
	low, high float64
}

// check names every value that cannot be meant, by its path in the file.
func (l Layout) check() error {
	var errs []error
	for _, b := range l.bounds() {
		if b.got < b.low || b.got > b.high {
			errs = append(errs, fmt.Errorf("%s: %v is not between %v and %v", b.path, b.got, b.low, b.high))
		}
	}
	if l.Name == "" {
		errs = append(errs, errors.New("name: missing"))
	}
	if l.Font == "" {
		errs = append(errs, errors.New("font: missing"))
	}
	if l.Number.Place != TopCenter && l.Number.Place != BottomRight {
		errs = append(errs, fmt.Errorf("number.place: %q is neither %q nor %q", l.Number.Place, TopCenter, BottomRight))
	}
	if l.Table.Min > l.Table.Max {
		errs = append(errs, fmt.Errorf("table.min: %v is above table.max %v", l.Table.Min, l.Table.Max))
	}
	return errors.Join(errs...)
}

func (l Layout) bounds() []bound {
	var all []bound
	for _, p := range []struct {
		name string
		Margins
	}{{"main", l.Pages.Main}, {"portrait", l.Pages.Portrait}, {"landscape", l.Pages.Landscape}} {
		at := "pages." + p.name
		all = append(all,
			bound{at + ".left", p.Left, 10, 60}, bound{at + ".right", p.Right, 10, 60},
			bound{at + ".top", p.Top, 10, 60}, bound{at + ".bottom", p.Bottom, 10, 60})
	}
	size := func(path string, got float64) { all = append(all, bound{path, got, 6, 24}) }
	size("number.size", l.Number.Size)
	size("footer.size", l.Footer.Size)
	size("letterhead.parent", l.Letterhead.Parent)
	size("letterhead.issuer", l.Letterhead.Issuer)
	size("letterhead.symbol", l.Letterhead.Symbol)
	if l.Letterhead.About != 0 { // a layout from before has none
		size("letterhead.about", l.Letterhead.About)
	}
	size("letterhead.nation", l.Letterhead.Nation)
	size("letterhead.motto", l.Letterhead.Motto)
	size("letterhead.place", l.Letterhead.Place)
	size("title.kind", l.Title.Kind)
	size("title.subject", l.Title.Subject)
	size("title.to", l.Title.To)
	size("body.size", l.Body.Size)
	size("signature.authority", l.Signature.Authority)
	size("signature.name", l.Signature.Name)
	size("signature.label", l.Signature.Label)
	size("signature.recipients", l.Signature.Recipients)
	size("annex.label", l.Annex.Label)
	size("annex.title", l.Annex.Title)
	size("annex.reference", l.Annex.Reference)
	size("table.max", l.Table.Max)
	size("table.min", l.Table.Min)
	size("table.head", l.Table.Head)
	return append(all,
		bound{"number.edge", l.Number.Edge, 5, 25}, bound{"footer.edge", l.Footer.Edge, 5, 25},
		bound{"mark.size", l.Mark.Size, 20, 200}, bound{"mark.gray", float64(l.Mark.Gray), 128, 250},
		bound{"body.leading", l.Body.Leading, 1, 2}, bound{"body.indent", l.Body.Indent, 0, 30}, bound{"body.gap", l.Body.Gap, 0, 24},
		bound{"signature.room", l.Signature.Room, 10, 60},
		bound{"table.leading", l.Table.Leading, 1, 2}, bound{"table.pad", l.Table.Pad, 0.5, 8}, bound{"table.rule", l.Table.Rule, 0.2, 2})
}
