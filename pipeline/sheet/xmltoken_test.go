package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"archive/zip"
	"github.com/google/go-cmp/cmp"
)

// scannedTokens is src as a list of tokens, read by our scanner.
func scannedTokens(src string) ([]string, error) {
	s := scanner{src: src}
	var all []string
	for {
		kind, err := s.next()
		switch {
		case err != nil:
			return all, err
		case kind == atEnd:
			return all, nil
		case kind == isStart:
			all = append(all, fmt.Sprintf("start %v %v", s.name, s.attrs))
		case kind == isClose:
			all = append(all, "end")
		case s.chars != "":
			all = append(all, "text "+s.chars)
		}
	}
}

// libraryTokens is the same by encoding/xml, the oracle.
func libraryTokens(src string) ([]string, error) {
	d := xml.NewDecoder(strings.NewReader(src))
	var all []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			all = append(all, fmt.Sprintf("start %v %v", t.Name, t.Attr))
		case xml.EndElement:
			all = append(all, "end")
		case xml.CharData:
			if len(t) > 0 {
				all = append(all, "text "+string(t))
			}
		case xml.Directive:
			return all, errDoctype
		}
	}
}

func TestScannerReadsAsTheLibraryDoes(t *testing.T) {
	for _, src := range []string{
		`<a/>`, `<a></a>`, `<a b="1" c='2'/>`, `<a >x</a >`, `<a><b/>t<c>u</c></a>`,
		`<x:a xmlns:x="u" x:b="1" c="2"><x:d/></x:a>`, `<a xmlns="u"><b xmlns="v"/><c xml:space="preserve"/></a>`,
		`<a xmlns:p="u"><b xmlns:p="v" p:q="1"/><p:c/></a>`, `<p:a/>`, `<:a/>`, `<a:/>`,
		`<a>&lt;&gt;&amp;&apos;&quot;&#65;&#x1EA1;</a>`, "<a b=\"x\r\ny\rz\">x\r\ny\rz</a>",
		`<a><![CDATA[<b>&amp;]]>]]</a>`, `<!-- c --><a/><!-- d -->`, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a/>`,
		`<a>` + strings.Repeat("ư", 3) + `</a>`, "\ufeff<a/>", `<a/><b/>`, ` <a/> `,
		// Not well-formed.
		``, `x`, `<`, `<a`, `<a>`, `<a b>`, `<a b=>`, `<a b=1/>`, `<a b="`, `<a b="<"/>`, `</a>`, `<a></b>`, `<a>]]></a>`,
		`<a>&x;</a>`, `<a>&#0;</a>`, `<a>&#xFFFFFFFFF;</a>`, `<a>&amp</a>`, `<a>` + "\x00" + `</a>`, "<a>\xff</a>", `<1a/>`, `<a:b:c/>`,
		`<!-- a -- b --><a/>`, `<!DOCTYPE a><a/>`, `<a><![CDATA[</a>`, `<?xml version="1.0" encoding="UTF-16"?><a/>`, `<? ?><a/>`,
	} {
		got, gotErr := scannedTokens(src)
		want, wantErr := libraryTokens(src)
		if (gotErr == nil) != (wantErr == nil) {
			t.Errorf("%q: error %v, encoding/xml says %v", src, gotErr, wantErr)
			continue
		}
		if diff := cmp.Diff(want, got); gotErr == nil && diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	}
}

// Every part of every sample reads as by the library.
func TestScannerReadsSamples(t *testing.T) {
	parts := 0
	eachSamplePart(t, func(name, src string) {
		parts++
		got, err := scannedTokens(src)
		want, wantErr := libraryTokens(src)
		if (err == nil) != (wantErr == nil) || !slices.Equal(got, want) {
			t.Errorf("%s: %v, encoding/xml says %v; %d tokens, want %d", name, err, wantErr, len(got), len(want))
		}
	})
	if parts < 50 {
		t.Errorf("%d parts, want those of all samples", parts)
	}
}

// eachSamplePart calls do with every XML part of every packed sample.
func eachSamplePart(t testing.TB, do func(name, src string)) {
	t.Helper()
	for _, pattern := range []string{"*.xlsx", "*/*.xlsx", "*/*/*.xlsx", "*/*.ods", "*/*.docx", "../../form/testdata/plan/*.docx"} {
		names, err := filepath.Glob(filepath.Join("testdata", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			z, err := zip.OpenReader(name)
			if err != nil {
				continue // a damaged sample
			}
			for _, f := range z.File {
				if !strings.HasSuffix(f.Name, ".xml") && !strings.HasSuffix(f.Name, ".rels") {
					continue
				}
				r, err := f.Open()
				if err != nil {
					continue
				}
				if data, err := io.ReadAll(r); err == nil {
					do(name+"!"+f.Name, string(data))
				}
				r.Close()
			}
			z.Close()
		}
	}
}

// What both read as well-formed, they read alike; the scanner may be less
// strict about letters in names and about instructions.
func FuzzScanner(f *testing.F) {
	f.Add(`<?xml version="1.0"?><a xmlns:x="u" x:b="&lt;">t<![CDATA[u]]><!-- c --></a>`)
	if data, err := os.ReadFile("testdata/xml2003/excel.xml"); err == nil {
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, src string) {
		got, gotErr := scannedTokens(src)
		want, wantErr := libraryTokens(src)
		if gotErr != nil || wantErr != nil {
			if wantErr == nil && gotErr != nil {
				t.Logf("stricter than the library: %v", gotErr)
			}
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", src, diff)
		}
	})
}
