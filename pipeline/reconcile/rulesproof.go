package reconcile

import (
	"strings"

	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// doneWithoutEvidence: done, and neither does the row name a proof nor did a
// document of proof come with it.
func doneWithoutEvidence(f facts) *broken {
	if f.answer.Status != form.Done || strings.TrimSpace(f.answer.Evidence) != "" || f.proved {
		return nil
	}
	return &broken{cell: f.answer.Source.Cells.Status, want: f.activity.Evidence}
}

// doneWithoutDate: done, and nobody says when. The activity's deadline is told
// beside, because without the day it cannot be judged.
func doneWithoutDate(f facts) *broken {
	if f.answer.Status != form.Done || !f.answer.DoneOn.IsZero() {
		return nil
	}
	want := ""
	if deadline := f.activity.Deadline(f.year); !deadline.IsZero() {
		want = sayDay(deadline)
	}
	return &broken{cell: f.answer.Source.Cells.Status, want: want}
}

// sameAsBefore: the agency describes its results in the very words of the
// previous period. Of what was done then there is nothing new to tell, and
// nothing to report is told in the same words every time.
func sameAsBefore(f facts) *broken {
	if f.past == nil || f.answer.Status == form.Nil || f.past.Status == form.Nil {
		return nil
	}
	if f.answer.Status == form.Done && f.past.Status == form.Done {
		return nil
	}
	now := plainWords(f.answer.Text)
	if now == "" || now != plainWords(f.past.Text) {
		return nil
	}
	return &broken{cell: f.answer.Source.Cells.Text}
}

// plainWords is a text without the spaces and lines that make no difference.
func plainWords(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// proved reports whether a document of proof came with s for the activity, or
// for the whole of s.
func proved(s *form.Submission, code plan.Code) bool {
	for _, a := range s.Attachments {
		if a.Kind == form.Evidence && (a.Activity == "" || a.Activity == code) {
			return true
		}
	}
	return false
}
