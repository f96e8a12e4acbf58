package collect

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever the bytes, readTNEF gives no more than it got.
func FuzzTNEF(f *testing.F) {
	samples, err := filepath.Glob("testdata/mail/winmail*.eml")
	if err != nil || len(samples) == 0 {
		f.Fatalf("samples: got %v, %v, want some", samples, err)
	}
	for _, name := range samples {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(winmailOf(f, raw))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := readTNEF(data)
		if err == nil && !isTNEF(data) {
			t.Error("anything is taken for a winmail.dat")
		}
		for _, file := range files {
			if len(file.data) > len(data) {
				t.Errorf("%d bytes come out of %d", len(file.data), len(data))
			}
		}
	})
}

// winmailOf is the winmail.dat of a sample.
func winmailOf(f *testing.F, raw []byte) []byte {
	f.Helper()
	root, err := readMail(raw)
	if err != nil {
		f.Fatal(err)
	}
	for section := range split(root.body, root.params["boundary"]) {
		p, err := readPart(section)
		if err != nil {
			f.Fatal(err)
		}
		if data, _ := decodeTransfer(p.header.Get("Content-Transfer-Encoding"), p.body); isTNEF(data) {
			return data
		}
	}
	f.Fatal("there is no winmail.dat")
	return nil
}

// What is signed is found whatever the shape, and nothing else is.
func FuzzCMS(f *testing.F) {
	f.Add([]byte("\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80" +
		"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80\x04\x01a\x04\x01b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, content, err := readCMS(data)
		if err == nil && len(content) > len(data) {
			t.Errorf("%d bytes come out of %d", len(content), len(data))
		}
	})
}

func TestCMSInPieces(t *testing.T) {
	data := "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80" +
		"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80\x04\x01a\x04\x01b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	kind, content, err := readCMS([]byte(data))
	if kind != cmsSigned || string(content) != "ab" || err != nil {
		t.Errorf("got %v %q %v, want the two pieces", kind, content, err)
	}
	for n := range len(data) - 2 {
		if _, _, err := readCMS([]byte(data[:n])); err == nil {
			t.Errorf("cut after %d bytes: got no error", n)
		}
	}
}
