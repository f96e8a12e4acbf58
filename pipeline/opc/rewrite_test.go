package opc_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/opc"
)

// pack is a package with parts in that order, each holding its name.
func pack(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// However the parts were written, the package has the same bytes, and begins with
// its content types.
func TestRewrite(t *testing.T) {
	change := map[string]func([]byte) []byte{"xl/b.xml": bytes.ToUpper, "none": bytes.ToUpper}
	var first, second bytes.Buffer
	if err := opc.Rewrite(&first, pack(t, "xl/b.xml", "[Content_Types].xml", "Z", "_rels/.rels", "xl/a.xml"), change); err != nil {
		t.Fatal(err)
	}
	if err := opc.Rewrite(&second, pack(t, "xl/a.xml", "_rels/.rels", "xl/b.xml", "Z", "[Content_Types].xml"), change); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("parts written in another order give other bytes")
	}
	r, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, f.Name+": "+string(data))
	}
	want := []string{"[Content_Types].xml: [Content_Types].xml", "Z: Z", "_rels/.rels: _rels/.rels", "xl/a.xml: xl/a.xml", "xl/b.xml: XL/B.XML"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	if err := opc.Rewrite(io.Discard, []byte("no package"), nil); err == nil {
		t.Error("what is no package gives no error")
	}
}
