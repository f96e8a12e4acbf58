package pipeline

import (
	"context"
	"strings"
	"time"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/store"
)

// readTries are the documents that could not be read for a passing reason. Each
// is tried some times, ever later, and then waits for a clerk; or for another
// program or other templates, under which its tries begin anew.
type readTries struct {
	*Pipeline
	faults map[string]store.Fault // by job
}

// readJob is by what the tries to read a document are counted.
func readJob(sha string) string { return "read:" + sha }

// problemOf says why a document was not read, and under which rules: the key of
// its reading.
func problemOf(s form.Submission, key string) string {
	var codes []string
	for _, f := range s.Findings {
		if f.Level == finding.Error {
			codes = append(codes, f.Code)
		}
	}
	return strings.Join(codes, ", ") + rulesMark + key[:12]
}

const rulesMark = " under rules "

func (p *Pipeline) readTries(ctx context.Context) (*readTries, error) {
	all, err := p.Store.Faults(ctx)
	if err != nil {
		return nil, err
	}
	t := &readTries{p, map[string]store.Fault{}}
	for _, f := range all {
		t.faults[f.Job] = f
	}
	return t, nil
}

// waiting is the last reading of a document that is not to be tried now; false
// for one that is.
func (t *readTries) waiting(ctx context.Context, o store.Original, key string) (form.Submission, bool, error) {
	f, tried := t.faults[readJob(o.SHA256)]
	if !tried || f.Due(t.Now()) || !strings.HasSuffix(f.Problem, rulesMark+key[:12]) {
		return form.Submission{}, false, nil
	}
	return t.Store.LastReading(ctx, o.SHA256)
}

// count counts a try to read a document.
func (t *readTries) count(ctx context.Context, o store.Original, key string, s form.Submission) error {
	job := readJob(o.SHA256)
	f, tried := t.faults[job]
	switch {
	case !isPassing(s):
		if tried {
			return t.Store.Succeeded(ctx, job)
		}
		return nil
	case tried && !strings.HasSuffix(f.Problem, rulesMark+key[:12]):
		if err := t.Store.Succeeded(ctx, job); err != nil {
			return err
		}
	}
	f, err := t.Store.Failed(ctx, job, problemOf(s, key), t.Now())
	if err != nil {
		return err
	}
	t.Log.Error("read", "ref", faultReference(o.SHA256), "file", originOf(o).Name, "problem", f.Problem,
		"tries", f.Tries, "next", f.NextTry.Format(time.RFC3339))
	return nil
}
