package render

import (
	"crypto/sha256"
	"fmt"

	"baocao/pipeline/report"
)

// Renderer renders documents in one layout. It is made by [New] and is safe for
// use by several goroutines at once.
//
// Each of its methods checks the document first and gives an error naming the
// table and row if a row does not cover its columns; nothing is written then.
// The same document gives the same bytes.
type Renderer struct {
	layout Layout
	faces  *[styles]face
	fits   *fits
}

// New gives a renderer for a layout, or an error that names every value of it
// that cannot be meant.
func New(layout Layout) (*Renderer, error) {
	if err := layout.check(); err != nil {
		return nil, fmt.Errorf("layout %q: %w", layout.Name, err)
	}
	faces, err := loadFaces()
	if err != nil {
		return nil, err
	}
	return &Renderer{layout: layout, faces: faces, fits: &fits{known: map[[sha256.Size]byte]columns{}}}, nil
}

// Layout is the layout the renderer was made with.
func (r *Renderer) Layout() Layout { return r.layout }

// prepare checks a document and gives a cleaned copy of it.
func prepare(doc *report.Document) (*report.Document, error) {
	if err := checkDocument(doc); err != nil {
		return nil, err
	}
	return mapText(doc, clean), nil
}
