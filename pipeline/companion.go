package pipeline

import (
	"cmp"
	"path"
	"slices"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/store"
)

// Offices send a workbook together with its signed copy as PDF, the letter it
// came with, and photographs that prove what it says. Alone, such a document
// must be mended by its sender, because nobody can add it up; beside the
// workbook it is the workbook's attachment and no fault. Which of the two it
// is depends on what else arrived and not on the order in which documents were
// read, so it is derived each time and never stored.

// readDoc is a document with what it was read as.
type readDoc struct {
	form.Submission
	places []place // all that it came from, the one that counts first
	stem   string  // set by companions, which compares each name with many
}

// place is where a document came from: what shares it came together.
type place struct {
	message string // hash of the mail
	archive string // hash of the archive
	folder  string // of a dropped file, in the inbox; within the archive otherwise
	title   string // the mail's subject, or the archive's name
}

func placeOf(file string, m *collect.Message, c *collect.Container) place {
	var p place
	switch {
	case m != nil:
		p.message, p.title = m.SHA256, m.Subject
	case c != nil:
		p.title = c.Name
	default:
		p.folder = path.Dir(file)
	}
	if c != nil {
		p.archive, p.folder = c.SHA256, path.Dir(c.Inside)
	}
	return p
}

func placesOf(o store.Original) []place {
	var all []place
	for _, a := range o.Arrivals {
		all = append(all, placeOf(a.File, a.Message, a.Container))
	}
	return all
}

// group is what names the documents that came together.
func (p place) group() string {
	switch {
	case p.message != "":
		return "mail " + p.message
	case p.archive != "":
		return "archive " + p.archive
	}
	return "folder " + p.folder
}

func (p place) dropped() bool { return p.message == "" && p.archive == "" }

// link says what a document is that is not read itself.
type link struct {
	report string // hash of the submission that it belongs to; empty: of which one is not certain
	form.Attachment
	note finding.Finding
}

// companions finds the documents that belong to others, by hash. The agency of
// a dropped file's name is told by names; a file that names another agency than
// the workbook beside it does not belong to that.
func companions(docs []readDoc, names func(form.Submission) agency.ID) map[string]link {
	docs = slices.SortedFunc(slices.Values(docs), func(a, b readDoc) int {
		return cmp.Or(a.Arrived.Compare(b.Arrived), cmp.Compare(a.File, b.File), cmp.Compare(a.SHA256, b.SHA256))
	})
	for i := range docs {
		docs[i].stem = stem(docs[i].File)
	}
	ln := linker{reports: reportsByGroup(docs), proofs: map[string][]proof{}, names: names}
	found := map[string]link{}
	bySHA := map[string]readDoc{}
	papers := map[string]int{} // how many that belong to a report could be its signed copy
	for _, d := range docs {
		bySHA[d.SHA256] = d
		if !isUnread(d.Submission) {
			continue
		}
		l, ok := ln.companion(d)
		if !ok {
			continue
		}
		found[d.SHA256] = l
		if !isPicture(d.Submission) && l.Activity == "" {
			papers[l.report]++
		}
	}
	for sha, l := range found {
		if l.report == "" {
			continue
		}
		l.Kind, l.note.Code = form.Evidence, "companion-evidence"
		if isSigned(bySHA[sha], bySHA[l.report], l.Activity, papers[l.report]) {
			l.Kind, l.note.Code = form.Signed, "companion-signed"
		}
		found[sha] = l
	}
	return found
}

// reportsByGroup are the tables that came together, each once.
func reportsByGroup(docs []readDoc) map[string][]readDoc {
	reports := map[string][]readDoc{}
	for _, d := range docs {
		if !isReport(d.Submission) {
			continue
		}
		for _, p := range d.places {
			group := reports[p.group()]
			if len(group) == 0 || group[len(group)-1].SHA256 != d.SHA256 {
				reports[p.group()] = append(group, d)
			}
		}
	}
	return reports
}

// linker links documents one by one.
type linker struct {
	reports map[string][]readDoc // by group
	proofs  map[string][]proof   // of the reports asked for so far, by hash
	names   func(form.Submission) agency.ID
}

// companion is the link of a document to what came together with it; false when
// it came alone. Of which kind it is, is not told yet.
func (ln *linker) companion(d readDoc) (link, bool) {
	at := finding.Place{File: d.File}
	for _, p := range d.places {
		peers := ln.reports[p.group()]
		if p.dropped() {
			id := ln.names(d.Submission)
			peers = slices.DeleteFunc(slices.Clone(peers), func(r readDoc) bool { return id != "" && r.Agency != id })
		}
		if report, ok := belongsTo(d, p, peers); ok {
			l := link{report: report.SHA256, Attachment: form.Attachment{File: d.File, SHA256: d.SHA256}}
			l.Activity = ln.provedBy(d, report)
			l.note = finding.Finding{Level: finding.Note, Place: at, Activity: string(l.Activity), Want: report.File}
			return l, true
		}
		if len(peers) > 0 && !p.dropped() {
			return link{note: finding.Finding{Code: "companion-of-several", Level: finding.Note, Place: at, Got: p.title}}, true
		}
	}
	return link{}, false
}

// belongsTo is the one of the reports that came from the same place to which d
// belongs: the one of its name, else of its folder in an archive, else of the
// only agency among them.
func belongsTo(d readDoc, p place, peers []readDoc) (report readDoc, ok bool) {
	for _, r := range peers {
		if sameStem(r, d) && (!ok || len(r.stem) > len(report.stem)) {
			report, ok = r, true
		}
	}
	if ok || len(peers) == 0 {
		return report, ok
	}
	if p.archive != "" {
		beside := slices.DeleteFunc(slices.Clone(peers), func(r readDoc) bool {
			return !slices.ContainsFunc(r.places, func(q place) bool { return q.archive == p.archive && q.folder == p.folder })
		})
		if len(beside) > 0 {
			peers = beside
		}
	}
	first := peers[0]
	for _, r := range peers[1:] {
		if r.Agency != first.Agency || r.Agency == "" || p.dropped() && r.Period != first.Period {
			return readDoc{}, false
		}
	}
	if p.dropped() && first.Agency == "" {
		return readDoc{}, false
	}
	return first, true
}
