package form

import (
	"regexp"
	"strings"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/plan"
)

// roleLabel finds "Chủ trì:" and "Phối hợp:" wherever they stand in a cell;
// without a colon only at the beginning of a line.
var roleLabel = func() *regexp.Regexp {
	const label = `((?:(?:cơ quan|đơn vị)(?:,? đơn vị)?\s+)?(?:chủ trì|phối hợp)(?:\s+thực hiện)?)`
	return regexp.MustCompile(`(?im)` + label + `\s*:|^[\s\-–—+*•]*` + label + `\s`)
}()

// planPart is what follows one label in a responsibility cell.
type planPart struct {
	lead      bool
	label     string // as written, without hyphen and colon; empty: text without a label
	hyphen    bool   // a hyphen stands before the label
	separated bool   // the label begins a line or follows a sign
	text      string // as written
}

// splitDuty splits a responsibility cell by its labels. Text before the first
// of them is about the lead.
func splitDuty(text string) []planPart {
	var parts []planPart
	labels := roleLabel.FindAllStringSubmatchIndex(text, -1)
	first := len(text)
	if len(labels) > 0 {
		first = labels[0][0]
	}
	if trimNames(text[:first]) != "" {
		parts = append(parts, planPart{lead: true, separated: true, text: text[:first]})
	}
	for i, m := range labels {
		from, to := m[2], m[3] // of the label itself
		if from < 0 {
			from, to = m[4], m[5]
		}
		end := len(text)
		if i+1 < len(labels) {
			end = labels[i+1][0]
		}
		label, before := text[from:to], strings.TrimRight(text[:from], " ")
		hyphen := strings.HasSuffix(before, "-") || strings.HasSuffix(before, "–")
		parts = append(parts, planPart{
			lead:      hasWords(plain(label), "chu tri"),
			label:     label,
			hyphen:    hyphen,
			separated: before == "" || hyphen || strings.ContainsAny(before[len(before)-1:], "\n.;,/)"),
			text:      text[m[1]:end],
		})
	}
	return parts
}

// trimNames is a list of agencies without the signs around it.
func trimNames(s string) string { return strings.Trim(s, " \n\t-–—+*•.,;:/") }

// readDuty finds out who leads an activity and who takes part.
func (r *planReader) readDuty(it *planItem, a *plan.Activity) {
	leadAt, partnerAt := r.at(it, planDuty), r.at(it, planDuty)
	if it.cells[planDuty].Text == "" && it.cells[planLead].Text+it.cells[planPartner].Text != "" {
		leadAt, partnerAt = r.at(it, planLead), r.at(it, planPartner)
		r.dutyApart(it, a)
	} else {
		parts := splitDuty(a.Responsibility)
		for _, p := range parts {
			to := &a.PartnerText
			if p.lead {
				to = &a.LeadText
			}
			*to = trimNames(*to + "; " + trimNames(p.text))
		}
		r.lookAtDuty(it, a, parts)
	}
	on := r.plan.Signed
	if on.IsZero() {
		on = agency.NewDay(max(r.plan.Year, 1), 1, 1)
	}
	leads := r.directory.Match(a.LeadText, on)
	a.Leads = leads.IDs
	for _, name := range leads.Unknown {
		r.find("lead-unknown", finding.Error, leadAt, a.Code, name, "")
	}
	if len(a.Leads) == 0 && len(leads.Unknown) == 0 {
		r.find("no-lead", finding.Error, leadAt, a.Code, short(a.Responsibility), "")
	}
	partners := r.directory.Match(a.PartnerText, on)
	a.Partners = partners.IDs
	for _, name := range partners.Unknown {
		r.find("partner-unknown", finding.Warning, partnerAt, a.Code, name, "")
	}
}

// dutyApart takes lead and partners from columns of their own.
func (r *planReader) dutyApart(it *planItem, a *plan.Activity) {
	lead, partner := it.cells[planLead].Text, it.cells[planPartner].Text
	a.LeadText, a.PartnerText = trimNames(lead), trimNames(partner)
	a.Responsibility = r.head.headings[planLead] + ": " + lead
	if partner != "" {
		a.Responsibility += "\n" + r.head.headings[planPartner] + ": " + partner
	}
}

// lookAtDuty notes how the roles are written.
func (r *planReader) lookAtDuty(it *planItem, a *plan.Activity, parts []planPart) {
	at := r.at(it, planDuty)
	partners := false
	for _, p := range parts {
		partners = partners || !p.lead
		switch {
		case p.label == "":
			r.find("lead-label-missing", finding.Note, at, a.Code, trimNames(p.text), "")
		case !p.separated:
			r.find("roles-on-one-line", finding.Note, at, a.Code, short(a.Responsibility), "")
		case plain(p.label) != "chu tri" && plain(p.label) != "phoi hop":
			r.find("role-label-varied", finding.Note, at, a.Code, p.label, "")
		}
		if p.label != "" && !p.hyphen {
			r.manner(hyphenMissing(p.lead), at, a.Code)
		}
		if end := strings.TrimRight(p.text, " \n-–"); p.lead && (strings.HasSuffix(end, ".") || strings.HasSuffix(end, ";")) {
			r.manner("lead-punctuation", at, a.Code)
		}
	}
	if len(parts) > 0 && !partners {
		r.manner("no-partner", at, a.Code)
	}
}

func hyphenMissing(lead bool) string {
	if lead {
		return "lead-hyphen-missing"
	}
	return "partner-hyphen-missing"
}
