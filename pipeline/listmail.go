package pipeline

import (
	"slices"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
)

// throughList holds a report that came through a mailing list or was sent to
// many at once: a person may have sent it so, and nobody but a clerk can tell.
// Whatever else came that way is no report.
func throughList(s form.Submission, subject string) form.Submission {
	i := slices.IndexFunc(s.Findings, func(f finding.Finding) bool { return f.Code == "mail-through-list" })
	switch {
	case i < 0:
		return s
	case !isReport(s):
		s.Outcome = form.Ignore
		s.Findings = []finding.Finding{{
			Code: "auto-reply", Level: finding.Note, Place: finding.Place{File: s.File}, Got: subject,
		}}
		return s
	}
	s.Findings[i].Level = finding.Error
	slices.SortStableFunc(s.Findings, finding.Compare)
	if s.Outcome == form.Accept {
		s.Outcome = form.Review
	}
	return s
}
