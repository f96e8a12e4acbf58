package pipeline

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"baocao/pipeline/collect"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/sheet"
	"baocao/pipeline/store"
	"baocao/pipeline/viet"
)

// A mail without a readable document may still be an answer: package collect
// makes a document of its body, under one of these codes.
const (
	codeNoAttachment = "mail-without-attachment" // of its words
	codeTableInBody  = "table-in-body"           // of its table
)

func isBodyText(findings []finding.Finding) bool {
	return slices.ContainsFunc(findings, func(f finding.Finding) bool { return f.Code == codeNoAttachment })
}

// documentOf is the document of an item as its sender knows it.
func documentOf(item collect.Item) []byte {
	if isBodyText(item.Findings) {
		return nil
	}
	return item.Data
}

// heldTable holds a table that stands in the text of a mail: it may have lost
// rows, merged cells and number formats on the way there.
func heldTable(s form.Submission) form.Submission {
	i := slices.IndexFunc(s.Findings, func(f finding.Finding) bool { return f.Code == codeTableInBody })
	if i < 0 || s.Outcome == form.Ignore {
		return s
	}
	s.Findings[i].Level = finding.Error
	slices.SortStableFunc(s.Findings, finding.Compare)
	if s.Outcome == form.Accept {
		s.Outcome = form.Review
	}
	return s
}

// Words that say that a mail speaks of something else than its own text: of a
// file that its sender forgot, or of activities one by one.
var (
	promises  = []string{"đính kèm", "gửi kèm", "kèm theo", "file", "tệp", "dinh kem", "gui kem", "kem theo"}
	partsOnly = regexp.MustCompile(`\d\.\d|hoàn thành|đang thực hiện|chưa thực hiện|lĩnh vực|phần [ivx0-9]|mục [ivx0-9]`)
)

// longestNothing is how many letters a mail has at most that says that there is
// nothing to report, and nothing besides.
const longestNothing = 1500

// saysNothing reports whether a mail's own words are the answer that there is
// nothing to report, as a whole.
func saysNothing(s form.Submission, book *sheet.Book) bool {
	if !s.Nothing || book == nil {
		return false
	}
	var all strings.Builder
	for _, sh := range book.Sheets {
		for _, row := range sh.Rows {
			for _, c := range row.Cells {
				all.WriteString(strings.ToLower(viet.Clean(c.Text)) + "\n")
			}
		}
	}
	text := all.String()
	return len([]rune(text)) <= longestNothing && !partsOnly.MatchString(text) &&
		!slices.ContainsFunc(promises, func(word string) bool { return strings.Contains(text, word) })
}

// withoutCode is s without the findings of that code.
func withoutCode(s form.Submission, code string) form.Submission {
	s.Findings = slices.DeleteFunc(s.Findings, func(f finding.Finding) bool { return f.Code == code })
	return s
}

// noteBounce puts a bounce down to the letter of ours that it speaks of, if it
// speaks of one. A letter goes to few people and each time to one of them, so
// that one for whom it was forwarded elsewhere is found as the only recipient.
func (p *Pipeline) noteBounce(ctx context.Context, item collect.Item, kept store.Original, now time.Time) error {
	m, arrived := item.Message, item.Arrived
	if m == nil || m.Bounce == nil {
		return nil
	}
	if arrived.IsZero() {
		arrived = kept.Arrived
	}
	said := strings.TrimSpace(m.Bounce.Status + " " + m.Bounce.Diagnostic)
	found, err := p.Store.Bounced(ctx, m.Bounce.MessageID, m.Bounce.Recipient, said, arrived, now)
	if err == nil && !found && m.Bounce.Recipient != "" {
		_, err = p.Store.Bounced(ctx, m.Bounce.MessageID, "", said, arrived, now)
	}
	return err
}
