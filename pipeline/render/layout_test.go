package render

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestShippedLayouts(t *testing.T) {
	for name, place := range map[string]Place{"TT01-2011": BottomRight, "ND30-2020": TopCenter} {
		l := profile(t, name)
		if l.Name != name {
			t.Errorf("layout in %s.yaml: got name %q", name, l.Name)
		}
		if l.Number.Place != place {
			t.Errorf("%s: page number: got %q, want %q", name, l.Number.Place, place)
		}
		if _, err := New(l); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewNamesEveryFault(t *testing.T) {
	if _, err := New(Layout{}); err == nil {
		t.Error("zero layout: got no error")
	}
	l := profile(t, "ND30-2020")
	l.Pages.Landscape.Bottom = 0
	l.Body.Size = 140
	l.Number.Place = "left"
	l.Table.Min = 12.5
	l.Table.Head = 0
	_, err := New(l)
	if err == nil {
		t.Fatal("got no error")
	}
	for _, want := range []string{"ND30-2020", "pages.landscape.bottom", "body.size", "number.place", "table.min", "table.head"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %q, want it to name %s", err, want)
		}
	}
}

func TestUnknownKeyIsRefused(t *testing.T) {
	var l Layout
	err := yaml.UnmarshalWithOptions([]byte("body: {colour: 3}"), &l, yaml.Strict())
	if err == nil || !strings.Contains(err.Error(), "colour") {
		t.Errorf("got %v, want an error naming the key", err)
	}
}
