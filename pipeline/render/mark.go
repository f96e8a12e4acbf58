package render

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// markWidth is how much of a page's diagonal the word behind the text takes.
const markWidth = 0.62

// markOutlines is the mark's face, read by a library that turns outlines into
// paths. Most processes print no draft.
var markOutlines = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(liberationserifbold.TTF) })

// mark is the word behind the text of a draft, as the path of its letters. Drawn
// as shapes and not as text, it cannot get between the words of somebody who
// copies or searches them.
func (r *Renderer) mark(word string, p paper) (string, error) {
	if word == "" {
		return "", nil
	}
	face := &r.faces[bold]
	t := typeface{face: face, style: bold, size: r.layout.Mark.Size}
	diagonal := math.Hypot(p.width, p.height)
	if wide := t.width(word); wide > markWidth*diagonal {
		t.size *= markWidth * diagonal / wide
	}
	sin, cos := p.height/diagonal, p.width/diagonal
	shade := float64(r.layout.Mark.Gray) / 255
	var b strings.Builder
	fmt.Fprintf(&b, "q %.3f g %.4f %.4f %.4f %.4f %.2f %.2f cm\n", shade, cos, sin, -sin, cos, p.width/2, p.height/2)
	outlines, err := markOutlines()
	if err != nil {
		return "", fmt.Errorf("outlines of the mark: %w", err)
	}
	var buf sfnt.Buffer
	x, y := -t.width(word)/2, -t.size/3
	for _, c := range word {
		glyph, err := outlines.GlyphIndex(&buf, c)
		if err != nil {
			return "", fmt.Errorf("glyph of %U: %w", c, err)
		}
		segments, err := outlines.LoadGlyph(&buf, glyph, fixed.I(emUnits), nil)
		if err != nil {
			return "", fmt.Errorf("outline of %U: %w", c, err)
		}
		pen := pen{x: x, y: y, scale: t.size / emUnits / 64}
		for _, s := range segments {
			pen.draw(&b, s)
		}
		x += t.width(string(c))
	}
	b.WriteString("f Q")
	return b.String(), nil
}

// pen writes outlines as PDF path operators.
type pen struct {
	x, y, scale float64
	at          point // where the last segment ended
}

type point struct{ x, y float64 }

// point is a point of an outline, whose y grows downwards, on the page, whose y
// grows upwards.
func (p *pen) point(at fixed.Point26_6) point {
	return point{p.x + float64(at.X)*p.scale, p.y - float64(at.Y)*p.scale}
}

func (p *pen) draw(b *strings.Builder, s sfnt.Segment) {
	to := p.point(s.Args[0])
	switch s.Op {
	case sfnt.SegmentOpMoveTo:
		fmt.Fprintf(b, "%.2f %.2f m\n", to.x, to.y)
	case sfnt.SegmentOpLineTo:
		fmt.Fprintf(b, "%.2f %.2f l\n", to.x, to.y)
	case sfnt.SegmentOpQuadTo: // a PDF knows cubic curves only
		control := to
		to = p.point(s.Args[1])
		fmt.Fprintf(b, "%.2f %.2f %.2f %.2f %.2f %.2f c\n",
			p.at.x+2*(control.x-p.at.x)/3, p.at.y+2*(control.y-p.at.y)/3,
			to.x+2*(control.x-to.x)/3, to.y+2*(control.y-to.y)/3, to.x, to.y)
	case sfnt.SegmentOpCubeTo:
		first, second := to, p.point(s.Args[1])
		to = p.point(s.Args[2])
		fmt.Fprintf(b, "%.2f %.2f %.2f %.2f %.2f %.2f c\n", first.x, first.y, second.x, second.y, to.x, to.y)
	}
	p.at = to
}
