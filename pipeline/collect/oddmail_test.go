package collect_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/collect"
)

// oddMails holds mails by their oddity, each beside a .json of what must be
// read of it; its generator writes both.
const oddMails = "testdata/mail"

// oddMail is what the generator put into a mail.
type oddMail struct {
	Oddity        string          `json:"oddity"`
	MadeBy        string          `json:"made_by"`
	From          string          `json:"from"`
	Subject       *string         `json:"subject"` // nil: does not matter
	Text          *string         `json:"text"`    // nil: does not matter
	Authenticated bool            `json:"authenticated"`
	AutoReply     bool            `json:"auto_reply"`
	List          bool            `json:"list"`
	Bounce        *collect.Bounce `json:"bounce"`
	Items         []oddItem       `json:"items"`
	Documents     json.RawMessage `json:"documents"` // for the test of the whole pipeline
}

type oddItem struct {
	Name     string   `json:"name"`
	SHA256   string   `json:"sha256"`   // of the document; empty: there is none, or it is the mail's own text
	Size     int      `json:"size"`     // likewise
	Contains []string `json:"contains"` // words of the mail's own text
	Findings []string `json:"findings"`
}

func TestOddMessages(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(oddMails, "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 40 {
		t.Errorf("%d mails, want at least 40", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want := readOddMail(t, file+".json")
			if diff := cmp.Diff(want, oddOf(border.Open(file, raw), want), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s, made by %s (-want +got):\n%s", want.Oddity, want.MadeBy, diff)
			}
		})
	}
}

func readOddMail(t *testing.T, file string) oddMail {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want oddMail
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	want.Documents = nil
	return want
}

// oddOf is items as want looks at them.
func oddOf(items []collect.Item, want oddMail) oddMail {
	got := oddMail{Oddity: want.Oddity, MadeBy: want.MadeBy}
	for n, i := range items {
		m := i.Message
		got.From, got.Authenticated, got.AutoReply, got.List, got.Bounce = m.From, m.Authenticated, m.AutoReply, m.List, m.Bounce
		if want.Subject != nil {
			got.Subject = &m.Subject
		}
		if want.Text != nil {
			got.Text = &m.Text
		}
		item := oddItem{Name: i.Name, Findings: codes(i)}
		slices.Sort(item.Findings)
		var of oddItem
		if n < len(want.Items) {
			of = want.Items[n]
		}
		if i.Data != nil && of.Contains == nil {
			sum := sha256.Sum256(i.Data)
			item.SHA256, item.Size = hex.EncodeToString(sum[:]), len(i.Data)
		}
		for _, words := range of.Contains {
			if strings.Contains(string(i.Data), words) {
				item.Contains = append(item.Contains, words)
			}
		}
		got.Items = append(got.Items, item)
	}
	return got
}
