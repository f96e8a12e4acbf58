package collect_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"baocao/pipeline/collect"
)

// Whatever the bytes, Open answers with at least one item, keeps the limits
// and shows no name that could be a path.
func FuzzOpen(f *testing.F) {
	samples, err := filepath.Glob(filepath.Join("testdata", "*.eml"))
	if err != nil || len(samples) == 0 {
		f.Fatalf("samples: got %v, %v, want some", samples, err)
	}
	odd, err := filepath.Glob(filepath.Join(oddMails, "*.eml"))
	if err != nil || len(odd) == 0 {
		f.Fatalf("odd mails: got %v, %v, want some", odd, err)
	}
	for _, name := range append(samples, odd...) {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	r := border
	r.LookupTXT = func(string) ([]string, error) { return []string{"v=DKIM1; p="}, nil }
	r.Limits = collect.Limits{Message: 64 << 10, File: 4 << 10, Attachments: 5, Parts: 30, Nesting: 5}
	f.Fuzz(func(t *testing.T, raw []byte) {
		items := r.Open("2018-03-16/a.eml", raw)
		if len(items) == 0 {
			t.Fatal("got no item")
		}
		attachments := 0
		for _, i := range items {
			if i.Arrived.IsZero() {
				t.Error("the day folder is forgotten")
			}
			if strings.ContainsAny(i.Name, `/\`) || strings.ContainsFunc(i.Name, unicode.IsControl) || !utf8.ValidString(i.Name) {
				t.Errorf("name %q is not fit to be shown", i.Name)
			}
			if i.Data == nil {
				if len(i.Findings) == 0 || i.SHA256 == "" {
					t.Errorf("an item without data: got findings %v, hash %q, want both", i.Findings, i.SHA256)
				}
				continue
			}
			if i.Name != "nội dung thư.html" {
				attachments++
			}
			if sum := sha256.Sum256(i.Data); i.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("hash: got %s, want %x", i.SHA256, sum)
			}
			if int64(len(i.Data)) > r.Limits.File {
				t.Errorf("%d bytes are over the limit", len(i.Data))
			}
		}
		if attachments > r.Limits.Attachments {
			t.Errorf("%d attachments are over the limit", attachments)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join("testdata", "plain.eml"))
	if err != nil {
		b.Fatal(err)
	}
	b.Run("small", func(b *testing.B) {
		for b.Loop() {
			border.Open("a.eml", raw)
		}
	})
	big := strings.Replace(string(raw), "UEsDB", strings.Repeat(strings.Repeat("AAAA", 19)+"\r\n", 20_000)+"UEsDB", 1)
	b.Run("1.5 MB", func(b *testing.B) {
		b.SetBytes(int64(len(big)))
		for b.Loop() {
			border.Open("a.eml", []byte(big))
		}
	})
}
