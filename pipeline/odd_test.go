package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// oddSamples holds files by their oddity, each beside a .json of what must be
// read of it; its generator writes both.
const oddSamples = "form/testdata/odd"

// oddSample is what the generator put into one file.
type oddSample struct {
	Oddity    string        `json:"oddity"`
	MadeBy    string        `json:"made_by"`
	Sender    string        `json:"sender"` // the address it is sent from, if that matters
	Documents []oddDocument `json:"documents"`
}

// oddDocument is what `check --json` says of a document, reduced to what its
// oddity bears on.
type oddDocument struct {
	Outcome  form.Outcome `json:"outcome"`
	Agency   agency.ID    `json:"agency"`
	Period   plan.Period  `json:"period"`
	Ref      *string      `json:"ref"`      // nil: does not matter
	RefDate  agency.Day   `json:"ref_date"` // zero: does not matter
	Nothing  bool         `json:"nothing"`
	Entries  []oddEntry   `json:"entries"`
	Findings []oddFinding `json:"findings"`
}

type oddEntry struct {
	Activity   plan.Code     `json:"activity"`
	Status     form.Progress `json:"status"`
	Percent    *plan.Percent `json:"percent"`
	Spent      *plan.Dong    `json:"spent"`
	SpentTotal *plan.Dong    `json:"spent_total"`
	Text       *string       `json:"text"` // nil: does not matter
	DoneOn     agency.Day    `json:"done_on"`
	Proposal   string        `json:"proposal"`
	Held       bool          `json:"held"`
	Sheet      string        `json:"sheet"` // empty: the only one
	Cell       string        `json:"cell"`
}

type oddFinding struct {
	Code  string        `json:"code"`
	Level finding.Level `json:"level"`
	Cell  string        `json:"cell"`
}

// TestOddSamples reads every odd file and holds what is read against what its
// generator meant.
func TestOddSamples(t *testing.T) {
	p := samplePipeline(t)
	names, err := filepath.Glob(filepath.Join(oddSamples, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 60 {
		t.Errorf("%d samples, want at least 60", len(names))
	}
	for _, name := range names {
		name = strings.TrimSuffix(name, ".json")
		t.Run(filepath.Base(name), func(t *testing.T) {
			want := readOddSample(t, name+".json")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			checked, err := p.Check(context.Background(), filepath.Base(name), data, CheckOptions{
				Sender: want.Sender, AsOf: time.Date(2018, 3, 16, 3, 0, 0, 0, time.UTC),
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(checked) != len(want.Documents) {
				t.Fatalf("%d documents, want %d", len(checked), len(want.Documents))
			}
			for i, doc := range want.Documents {
				if diff := cmp.Diff(doc, oddOf(checked[i].Submission, doc), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", want.Oddity, diff)
					for _, f := range checked[i].Submission.Findings {
						t.Logf("%s %s %s", f.Level, f.Code, p.Say(f))
					}
				}
			}
		})
	}
}

// TestEveryOddSampleIsExpected finds a file that nobody says anything of.
func TestEveryOddSampleIsExpected(t *testing.T) {
	entries, err := os.ReadDir(oddSamples)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || filepath.Ext(e.Name()) == ".json" {
			continue
		}
		if _, err := os.Stat(filepath.Join(oddSamples, e.Name()+".json")); err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func readOddSample(t *testing.T, name string) oddSample {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var want oddSample
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	for _, doc := range want.Documents {
		slices.SortFunc(doc.Findings, compareOddFindings)
	}
	return want
}

// oddOf is s as want looks at it.
func oddOf(s form.Submission, want oddDocument) oddDocument {
	got := oddDocument{Outcome: s.Outcome, Agency: s.Agency, Period: s.Period, Nothing: s.Nothing}
	if want.Ref != nil {
		got.Ref = &s.Ref
	}
	if !want.RefDate.IsZero() {
		got.RefDate = s.RefDate
	}
	for i, e := range s.Entries {
		o := oddEntry{
			Activity: e.Activity, Status: e.Status, Percent: e.Percent, Spent: e.Spent, SpentTotal: e.SpentTotal,
			Text: &e.Text, DoneOn: e.DoneOn, Proposal: e.Proposal, Held: e.Held, Sheet: e.Place.Sheet, Cell: e.Place.Cell,
		}
		if i < len(want.Entries) {
			if want.Entries[i].Text == nil {
				o.Text = nil
			}
			if want.Entries[i].Sheet == "" {
				o.Sheet = ""
			}
		}
		got.Entries = append(got.Entries, o)
	}
	for _, f := range s.Findings {
		if !isMissing(f.Code) || slices.ContainsFunc(want.Findings, func(w oddFinding) bool { return isMissing(w.Code) }) {
			got.Findings = append(got.Findings, oddFinding{f.Code, f.Level, f.Place.Cell})
		}
	}
	slices.SortFunc(got.Findings, compareOddFindings)
	return got
}

// isMissing reports whether a finding tells of activities that are not listed.
// Most samples list a few of many, so it is looked at only where it is expected.
func isMissing(code string) bool { return code == "activity-missing" || code == "activities-missing" }

func compareOddFindings(a, b oddFinding) int {
	return strings.Compare(a.Code+" "+a.Cell, b.Code+" "+b.Cell)
}
