package pipeline

import (
	"slices"
	"testing"
	"testing/fstest"

	"baocao/templates"
)

// An office's file under a name that nothing reads is told from one that stands
// over a shipped one, and from one whose name is the office's to choose.
func TestOverlayFiles(t *testing.T) {
	own, unread, err := Overlay{Own: fstest.MapFS{
		"report/outline.yaml": {}, "report/outlin.yaml": {}, "outline.yaml": {}, "layout/so-noi-vu.yaml": {}, "report/issuers/snv2.yaml": {},
	}, Shipped: templates.FS}.Files()
	if err != nil {
		t.Fatal(err)
	}
	if len(own) != 5 || !slices.Equal(unread, []string{"outline.yaml", "report/outlin.yaml"}) {
		t.Errorf("own %q, unread %q", own, unread)
	}
}
