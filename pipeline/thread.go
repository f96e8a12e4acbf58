package pipeline

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/collect"
	"baocao/pipeline/deliver"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
)

// An agency mends its report by answering our receipt. The receipt then says
// what the workbook leaves out; it never says who sent the mail, which is asked
// of the address book and of our mail server alone.

// thread is what a letter of ours was about that a mail answers.
type thread struct {
	Token  string      `json:"token"`  // of the letter
	Agency agency.ID   `json:"agency"` // that it went to; empty: not known
	Period plan.Period `json:"period"` // that it spoke of; zero: of none
}

// subjectToken is what a receipt carries in its subject, see [receiptToken].
type subjectToken struct {
	period plan.Period
	agency agency.ID
	mail   string // how the hash of the mail begins that was answered
}

func (t subjectToken) String() string { return receiptToken(t.period, t.agency, t.mail) }

// tokenForm finds tokens, also when somebody typed them.
var tokenForm = regexp.MustCompile(`(?i)\[\s*BC(?:\s+(\d{4}(?:-[0-9A-Z]{2})?))?\s+([A-Z][A-Z0-9-]{0,39})\s+([0-9A-F]{6})\s*\]`)

// mostTokens is how many of a subject's tokens are looked at.
const mostTokens = 3

// tokensIn are the tokens of a subject, each once. Whether one is ours, only the
// outbox knows.
func tokensIn(subject string) []subjectToken {
	var all []subjectToken
	for _, m := range tokenForm.FindAllStringSubmatch(subject, mostTokens) {
		t := subjectToken{agency: agency.ID(strings.ToLower(m[2])), mail: strings.ToLower(m[3])}
		if m[1] != "" {
			var err error
			if t.period, err = plan.ParsePeriod(strings.ToUpper(m[1])); err != nil {
				continue
			}
		}
		if !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all
}

// withoutTokens is a subject without what looks like our tokens: they count
// when they are ours, and not as words about a period.
func withoutTokens(subject string) string {
	return strings.Join(strings.Fields(tokenForm.ReplaceAllString(subject, " ")), " ")
}

// threadsOf is what the letters of ours were about that the mail answers: by
// In-Reply-To and References, the nearest first, and by the token in its
// subject. A token that stands in no letter of ours counts for nothing.
func (p *Pipeline) threadsOf(ctx context.Context, m *collect.Message) ([]thread, error) {
	if m == nil || m.AutoReply && !m.List || p.Store == nil {
		return nil, nil
	}
	letters, err := p.Store.LettersByMessageID(ctx, m.Thread...)
	if err != nil {
		return nil, err
	}
	for _, t := range tokensIn(m.Subject) {
		for _, kind := range []string{"receipt", "fault"} {
			about, err := p.Store.LettersAbout(ctx, kind, t.mail)
			if err != nil {
				return nil, err
			}
			for _, l := range about {
				if own, ok := tokenOf(l); ok && own == t {
					letters = append(letters, l)
				}
			}
		}
	}
	var all []thread
	for _, l := range letters {
		if t, ok := p.threadOf(l); ok && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	return all, nil
}

// threadsOnce is threadsOf, asked once for all documents of a mail.
func (p *Pipeline) threadsOnce(ctx context.Context, m *collect.Message, known map[string][]thread) ([]thread, error) {
	if m == nil {
		return nil, nil
	}
	threads, ok := known[m.SHA256]
	if ok {
		return threads, nil
	}
	threads, err := p.threadsOf(ctx, m)
	known[m.SHA256] = threads
	return threads, err
}

// tokenOf is the token in the subject of our letter. One that speaks of another
// mail than the letter was put there by somebody whose subject it repeats.
func tokenOf(l deliver.Posting) (subjectToken, bool) {
	_, sha, _ := strings.Cut(l.Key, ":")
	for _, t := range tokensIn(l.Subject) {
		if strings.HasPrefix(sha, t.mail) {
			return t, true
		}
	}
	return subjectToken{}, false
}

// threadOf is what a letter was about; false when that is not known. An office
// may leave the token out of its letters: then whom the letter went to tells.
func (p *Pipeline) threadOf(l deliver.Posting) (thread, bool) {
	if t, ok := tokenOf(l); ok {
		return thread{t.String(), t.agency, t.period}, true
	}
	for _, to := range l.Recipients {
		if id, ok := p.office.directory.Sender(to.Address, agency.DayOf(l.Queued)); ok {
			return thread{Token: fmt.Sprintf("“%s”", l.Subject), Agency: id}, true
		}
	}
	return thread{}, false
}

// readReply reads a document of a mail that belongs to threads, the nearest
// first. What the document does not say, the first of them says; with each of
// them it must agree, or a clerk decides.
func (p *Pipeline) readReply(r *form.Reader, data []byte, o form.Origin, threads []thread) form.Submission {
	s := p.readDocument(r, data, o)
	if len(threads) == 0 || s.Outcome == form.Ignore {
		return s
	}
	first, at := threads[0], finding.Place{File: o.Name}
	if untold := hasCode(s, "period-unknown", "period-from-arrival"); untold && !first.Period.IsZero() {
		o.Period = first.Period
		if again := p.readDocument(r, data, o); isReport(again) {
			s = again
			s.Findings = append(s.Findings, finding.Finding{
				Code: "period-from-reply", Level: finding.Note, Place: at, Got: first.Token, Want: p.periodName(first.Period),
			})
		}
	}
	if !isReport(s) {
		return s
	}
	if s.Agency == "" && first.Agency != "" {
		s = withoutCode(s, "agency-unknown")
		s.Agency = first.Agency
		s.Findings = append(s.Findings, finding.Finding{
			Code: "agency-from-reply", Level: finding.Note, Place: at, Got: first.Token, Want: p.agencyName(first.Agency, o),
		})
		held(&s) // it has no agency because nobody vouches for its sender
	}
	for _, t := range threads {
		if !t.Period.IsZero() && !s.Period.IsZero() && t.Period != s.Period && !hasCode(s, "reply-period-disagrees") {
			s.Findings = append(s.Findings, finding.Finding{
				Code: "reply-period-disagrees", Level: finding.Error, Place: at, Got: p.periodName(s.Period), Want: p.periodName(t.Period),
			})
			held(&s)
		}
		if t.Agency != "" && t.Agency != s.Agency && !hasCode(s, "reply-agency-disagrees") {
			s.Findings = append(s.Findings, finding.Finding{
				Code: "reply-agency-disagrees", Level: finding.Error, Place: at, Got: p.agencyName(s.Agency, o), Want: p.agencyName(t.Agency, o),
			})
			held(&s)
		}
	}
	slices.SortStableFunc(s.Findings, finding.Compare)
	return s
}

func (p *Pipeline) agencyName(id agency.ID, o form.Origin) string {
	return p.office.directory.Name(id, agency.DayOf(o.Arrived))
}

// held puts a document before a clerk that would have been accepted.
func held(s *form.Submission) {
	if s.Outcome == form.Accept {
		s.Outcome = form.Review
	}
}
