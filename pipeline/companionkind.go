package pipeline

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// isReport reports whether a document is a table that an agency sent, however
// faulty it may be.
func isReport(s form.Submission) bool {
	return s.Outcome != form.Ignore && !isUnread(s) &&
		(s.RowsRead > 0 || s.Nothing || hasCode(s, "form-unfilled", "too-many-rows", "no-plan"))
}

// isUnread reports whether a document is of a kind that no figures are read
// from, and could be an attachment.
func isUnread(s form.Submission) bool {
	return s.Outcome != form.Ignore && (isPicture(s) || hasCode(s, "file-is-pdf", "format-doc", "format-odf") ||
		hasCode(s, "no-table") && strings.EqualFold(path.Ext(s.File), ".docx"))
}

func isPicture(s form.Submission) bool { return hasCode(s, "file-is-image") }

func hasCode(s form.Submission, codes ...string) bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return slices.Contains(codes, f.Code) })
}

// stem is a file's name without its ending, for comparing.
func stem(file string) string {
	base := path.Base(file)
	return viet.Key(strings.TrimSuffix(base, path.Ext(base)))
}

// sameStem reports whether a document has the name of a report, whatever
// follows it: "bao-cao-stp (bản ký).pdf" beside "bao-cao-stp.xlsx".
func sameStem(report, document readDoc) bool {
	rest, ok := strings.CutPrefix(document.stem, report.stem)
	return ok && report.stem != "" && (rest == "" || strings.ContainsAny(rest[:1], " -_.("))
}

// codeInName is an activity's code in a file's name: "1.1.1 Quyết định.pdf",
// "HD 1-1-1.jpg".
var codeInName = regexp.MustCompile(`(?:^|[^0-9.])([0-9]{1,2})[.\-_]([0-9]{1,2})[.\-_]([0-9]{1,2})(?:[^0-9]|$)`)

// shortName is the length of a name that may stand in a text by chance.
const shortName = 6

// proof is what a row of a report names as its means of verification.
type proof struct {
	activity plan.Code
	text     string // for comparing
}

func (ln *linker) proofsOf(report readDoc) []proof {
	all, ok := ln.proofs[report.SHA256]
	if !ok {
		for _, e := range report.Entries {
			all = append(all, proof{e.Activity, viet.Key(e.Evidence)}, proof{e.Activity, viet.Key(e.Text)})
		}
		ln.proofs[report.SHA256] = all
	}
	return all
}

// provedBy is the activity that a document proves: the one that its name says,
// or the only one whose row names it.
func (ln *linker) provedBy(d, report readDoc) plan.Code {
	if m := codeInName.FindStringSubmatch(path.Base(d.File)); m != nil {
		code := plan.Code(strings.Join(m[1:], "."))
		if slices.ContainsFunc(report.Entries, func(e form.Entry) bool { return e.Activity == code }) {
			return code
		}
	}
	name := viet.Key(path.Base(d.File))
	long := len([]rune(d.stem)) > shortName
	named := map[plan.Code]bool{}
	for _, p := range ln.proofsOf(report) {
		if strings.Contains(p.text, name) || long && strings.Contains(p.text, d.stem) {
			named[p.activity] = true
		}
	}
	if len(named) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(named))[0]
}

// signedWords are the words by which offices name a signed copy or the letter
// that goes with a table.
var signedWords = regexp.MustCompile(`(?:^|[^a-z])(k[iy]|signed|scan|bao cao|bc|cong van|cv|to trinh)(?:[^a-z]|$)`)

// isSigned tells a signed copy from a means of verification; papers is how many
// documents of the report could be one.
func isSigned(d, report readDoc, proves plan.Code, papers int) bool {
	switch {
	case proves != "":
		return false
	case sameStem(report, d), signedWords.MatchString(strings.NewReplacer("-", " ", "_", " ").Replace(viet.Loose(path.Base(d.File)))):
		return true
	}
	return !isPicture(d.Submission) && papers == 1
}
