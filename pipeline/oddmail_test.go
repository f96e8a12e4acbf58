package pipeline

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// oddMails holds mails by their oddity, made by many programs, each beside a
// .json of what must be read of it.
const oddMails = "collect/testdata/mail"

// oddMailDocument is what a mail's document is as a submission.
type oddMailDocument struct {
	Outcome    form.Outcome `json:"outcome"`
	Agency     agency.ID    `json:"agency"`
	Period     plan.Period  `json:"period"`
	Nothing    bool         `json:"nothing"`
	Activities []plan.Code  `json:"activities"`
}

// TestOddMailsAreRead checks the odd mails as `baocao check` does: a report is
// read whatever it came in, and nothing else is one.
func TestOddMailsAreRead(t *testing.T) {
	p := samplePipeline(t)
	files, err := filepath.Glob(filepath.Join(oddMails, "*.eml.json"))
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want struct {
			Oddity    string            `json:"oddity"`
			Documents []oddMailDocument `json:"documents"`
		}
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		if want.Documents == nil {
			continue
		}
		looked++
		name := filepath.Base(file[:len(file)-len(".json")])
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join(oddMails, name))
			if err != nil {
				t.Fatal(err)
			}
			checked, err := p.Check(context.Background(), name, raw, CheckOptions{})
			if err != nil {
				t.Fatal(err)
			}
			var got []oddMailDocument
			for _, c := range checked {
				s := c.Submission
				d := oddMailDocument{Outcome: s.Outcome, Agency: s.Agency, Period: s.Period, Nothing: s.Nothing}
				if s.Outcome == form.Reject || s.Outcome == form.Ignore { // whose it would have been does not matter
					d.Agency, d.Period = "", plan.Period{}
				}
				for _, e := range s.Entries {
					d.Activities = append(d.Activities, e.Activity)
				}
				got = append(got, d)
			}
			if diff := cmp.Diff(want.Documents, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", want.Oddity, diff)
				for _, c := range checked {
					for _, f := range c.Submission.Findings {
						t.Logf("%s %s %s", f.Level, f.Code, p.Say(f))
					}
				}
			}
		})
	}
	if looked < 40 {
		t.Errorf("looked at %d mails, want at least 40", looked)
	}
}
