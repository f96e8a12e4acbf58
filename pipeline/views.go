package pipeline

import (
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/finding"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// The types of this file are what the commands print with --json. Their shapes
// are a promise to scripts: nothing is renamed or dropped.

// FindingView is a finding with its sentence.
type FindingView struct {
	finding.Finding
	Message string `json:"message"`
}

func (p *Pipeline) findingViews(all []finding.Finding) []FindingView {
	views := make([]FindingView, len(all))
	for i, f := range all {
		views[i] = FindingView{f, p.Say(f)}
	}
	return views
}

func (p *Pipeline) notedViews(all []reconcile.Noted) []NotedView {
	views := make([]NotedView, len(all))
	for i, f := range all {
		views[i] = NotedView{FindingView{f.Finding, p.Say(f.Finding)}, idView(f.Agency), f.SHA256}
	}
	return views
}

// dayView is a day, or null when none was said.
func dayView(d agency.Day) *agency.Day {
	if d.IsZero() {
		return nil
	}
	return &d
}

func timeView(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.In(agency.Zone)
	return &t
}

func monthView(m plan.Month) *int {
	if m == 0 {
		return nil
	}
	n := int(m)
	return &n
}

func idView(id agency.ID) *agency.ID {
	if id == "" {
		return nil
	}
	return &id
}

// list is all, or an empty list: JSON readers expect [] and not null.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// PlanView is plan show --json.
type PlanView struct {
	Version    int           `json:"version,omitempty"`   // of an import: the version it is kept as; absent when nothing is stored
	Effective  *agency.Day   `json:"effective,omitempty"` // the first day on which the version is in force
	Number     string        `json:"number"`
	Year       int           `json:"year"`
	Title      string        `json:"title"`
	Fields     []FieldView   `json:"fields"`
	Total      *plan.Dong    `json:"total"`
	TotalWords string        `json:"total_words"`
	Findings   []FindingView `json:"findings"`
}

// FieldView is one field of a [PlanView].
type FieldView struct {
	Code    plan.Code    `json:"code"`
	Name    string       `json:"name"`
	Budget  *plan.Dong   `json:"budget"` // the stated Tổng
	Results []ResultView `json:"results"`
}

// ResultView is one result of a [FieldView].
type ResultView struct {
	Code       plan.Code      `json:"code"`
	Name       string         `json:"name"`
	Indicator  string         `json:"indicator"`
	Activities []ActivityView `json:"activities"`
}

// ActivityView is one activity of a [ResultView].
type ActivityView struct {
	Code           plan.Code   `json:"code"`
	Label          string      `json:"label"`
	Name           string      `json:"name"`
	Indicator      string      `json:"indicator"`
	Evidence       string      `json:"evidence"`
	Budget         *plan.Dong  `json:"budget"`
	BudgetText     string      `json:"budget_text"`
	Leads          []agency.ID `json:"leads"`
	LeadText       string      `json:"lead_text"`
	Partners       []agency.ID `json:"partners"`
	PartnerText    string      `json:"partner_text"`
	Responsibility string      `json:"responsibility"`
	Start          *int        `json:"start"`
	End            *int        `json:"end"`
	StartText      string      `json:"start_text"`
	EndText        string      `json:"end_text"`
	Note           string      `json:"note"`
}

// PlanView is the view of a plan and what is irregular about it.
func (p *Pipeline) PlanView(thePlan *plan.Plan, findings []finding.Finding) PlanView {
	v := PlanView{
		Number: thePlan.Number, Year: thePlan.Year, Title: thePlan.Title,
		Total: thePlan.Total, TotalWords: thePlan.TotalWords, Findings: p.findingViews(findings),
	}
	for _, f := range thePlan.Fields {
		field := FieldView{Code: f.Code, Name: f.Name, Budget: f.Total}
		for _, r := range f.Results {
			result := ResultView{Code: r.Code, Name: r.Name, Indicator: r.Indicator}
			for _, a := range r.Activities {
				result.Activities = append(result.Activities, ActivityView{
					Code: a.Code, Label: a.Label, Name: a.Name, Indicator: a.Indicator, Evidence: a.Evidence,
					Budget: a.Budget, BudgetText: a.BudgetText,
					Leads: list(a.Leads), LeadText: a.LeadText, Partners: list(a.Partners), PartnerText: a.PartnerText,
					Responsibility: a.Responsibility,
					Start:          monthView(a.Start), End: monthView(a.End),
					StartText: a.StartText, EndText: a.EndText, Note: a.Note,
				})
			}
			result.Activities = list(result.Activities)
			field.Results = append(field.Results, result)
		}
		field.Results = list(field.Results)
		v.Fields = append(v.Fields, field)
	}
	v.Fields = list(v.Fields)
	return v
}

// CheckView is one document of check --json.
type CheckView struct {
	File     string        `json:"file"`
	SHA256   string        `json:"sha256"`
	Outcome  form.Outcome  `json:"outcome"`
	Agency   *agency.ID    `json:"agency"`
	Period   *plan.Period  `json:"period"`
	Ref      *string       `json:"ref"`
	RefDate  *agency.Day   `json:"ref_date"`
	Nothing  bool          `json:"nothing"`
	Entries  []EntryView   `json:"entries"`
	Findings []FindingView `json:"findings"`
	Message  *MessageView  `json:"message,omitempty"`

	Attachments []form.Attachment `json:"attachments"`      // that came with it and belong to it
	Marked      string            `json:"marked,omitempty"` // path of the copy with remarks in it, if one was asked for and made
}

// MessageView are the facts about the mail that brought a document.
type MessageView struct {
	From          string     `json:"from"`
	Subject       string     `json:"subject"`
	Date          *time.Time `json:"date"`
	Authenticated bool       `json:"authenticated"`
	AutoReply     bool       `json:"auto_reply"`
}

// EntryView is one row of a document.
type EntryView struct {
	Activity   plan.Code     `json:"activity"`
	Status     form.Progress `json:"status"`
	Percent    *plan.Percent `json:"percent"`
	Spent      *plan.Dong    `json:"spent"`
	SpentTotal *plan.Dong    `json:"spent_total"`
	Text       string        `json:"text"`
	Difficulty string        `json:"difficulty"`
	Proposal   string        `json:"proposal"`
	Evidence   string        `json:"evidence"`
	DoneOn     *agency.Day   `json:"done_on"`
	Held       bool          `json:"held"`
	Place      finding.Place `json:"place"`
}

// CheckView is the view of a checked document.
func (p *Pipeline) CheckView(c Checked) CheckView {
	s := c.Submission
	v := CheckView{
		File: s.File, SHA256: s.SHA256, Outcome: s.Outcome, Agency: idView(s.Agency),
		RefDate: dayView(s.RefDate), Nothing: s.Nothing, Entries: []EntryView{},
		Findings: p.findingViews(s.Findings), Attachments: list(s.Attachments),
	}
	if v.File == "" {
		v.File = c.File
	}
	if !s.Period.IsZero() {
		v.Period = &s.Period
	}
	if s.Ref != "" {
		v.Ref = &s.Ref
	}
	for _, e := range s.Entries {
		v.Entries = append(v.Entries, EntryView{
			Activity: e.Activity, Status: e.Status, Percent: e.Percent, Spent: e.Spent, SpentTotal: e.SpentTotal,
			Text: e.Text, Difficulty: e.Difficulty, Proposal: e.Proposal, Evidence: e.Evidence,
			DoneOn: dayView(e.DoneOn), Held: e.Held, Place: e.Place,
		})
	}
	if m := c.Message; m != nil {
		v.Message = &MessageView{m.From, m.Subject, timeView(m.Date), m.Authenticated, m.AutoReply}
	}
	return v
}
