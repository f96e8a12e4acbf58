package pipeline

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/templates"
)

// expected is what the generator of the made-up year wrote into one document.
type expected struct {
	Path       string          `json:"path"`
	Attachment string          `json:"attachment"`
	Agency     agency.ID       `json:"agency"`
	Period     plan.Period     `json:"period"`
	Ref        string          `json:"ref"`
	RefDate    agency.Day      `json:"ref_date"`
	Case       string          `json:"case"`
	Outcome    form.Outcome    `json:"outcome"`
	Nothing    bool            `json:"nothing"`
	Entries    []expectedEntry `json:"entries"`
}

type expectedEntry struct {
	Activity   plan.Code     `json:"activity"`
	Status     form.Progress `json:"status"`
	Percent    *plan.Percent `json:"percent"`
	Spent      *plan.Dong    `json:"spent"`
	SpentTotal *plan.Dong    `json:"spent_total"`
	DoneOn     agency.Day    `json:"done_on"`
	Text       string        `json:"text"`
	Sheet      string        `json:"sheet"`
	Row        int           `json:"row"`
}

// sampleInbox is the made-up year that ships.
const sampleInbox = "../inbox/mau-2018"

func samplePipeline(t testing.TB) *Pipeline {
	t.Helper()
	p := &Pipeline{
		Inbox: os.DirFS(sampleInbox), Templates: templates.FS, Out: t.TempDir(),
		Collector: collect.Reader{AuthservID: "mx.daknong.example"},
		Version:   "test",
		Log:       slog.New(slog.DiscardHandler),
		Now:       func() time.Time { return time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC) },
	}
	if err := p.Open(); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestSampleYearIsReadAsWritten holds what we read of every document of the
// made-up year against what its generator wrote into it.
func TestSampleYearIsReadAsWritten(t *testing.T) {
	p := samplePipeline(t)
	reader, err := p.reader(context.Background(), 2018)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("form/testdata/mau-2018/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []expected
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	want := map[[2]string]expected{}
	for _, e := range all {
		want[[2]string{e.Path, e.Attachment}] = e
	}
	for item, err := range p.Collector.Items(p.Inbox) {
		if err != nil {
			t.Fatal(err)
		}
		key := [2]string{item.File}
		if item.Message != nil {
			key[1] = item.Name
		}
		e, ok := want[key]
		if !ok {
			t.Errorf("%v was not expected", key)
			continue
		}
		delete(want, key)
		t.Run(e.Path+"!"+e.Attachment, func(t *testing.T) {
			got := p.readDocument(reader, item.Data, form.Origin{
				SHA256: item.SHA256, Name: item.Name, Arrived: item.Arrived, Mail: mailOf(item.Message), Findings: item.Findings,
			})
			compareSample(t, e, got)
			if e.Case == "" && finding.AnyError(got.Findings) {
				t.Errorf("a clean document has errors")
			}
			if t.Failed() {
				for _, f := range got.Findings {
					t.Logf("%s %s: %s", f.Level, f.Code, p.Say(f))
				}
			}
		})
	}
	for key := range want {
		t.Errorf("%v was not collected", key)
	}
}

func compareSample(t *testing.T, want expected, got form.Submission) {
	t.Helper()
	if got.Outcome != want.Outcome {
		t.Errorf("outcome %s, want %s", got.Outcome, want.Outcome)
	}
	if want.Outcome == form.Ignore {
		return
	}
	if got.Agency != want.Agency || got.Period != want.Period || got.Nothing != want.Nothing {
		t.Errorf("%q for %s (nothing: %t), want %q for %s (%t)", got.Agency, got.Period, got.Nothing, want.Agency, want.Period, want.Nothing)
	}
	if got.Ref != want.Ref || got.RefDate != want.RefDate {
		t.Errorf("number %q of %s, want %q of %s", got.Ref, got.RefDate, want.Ref, want.RefDate)
	}
	var entries []expectedEntry
	for _, e := range got.Entries {
		entries = append(entries, expectedEntry{
			e.Activity, e.Status, e.Percent, e.Spent, e.SpentTotal, e.DoneOn, e.Text, e.Place.Sheet, e.Place.Row,
		})
	}
	if diff := cmp.Diff(want.Entries, entries, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
}
