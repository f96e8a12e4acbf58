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
	Version    int           `json:"version,omitempty"` // of an import: the version it is kept as; absent when nothing is stored
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

// StatementView is statement --json.
type StatementView struct {
	Period      plan.Period  `json:"period"`
	PlanVersion int          `json:"plan_version"`
	AsOf        *time.Time   `json:"as_of"`
	Closes      agency.Day   `json:"closes"`
	Due         agency.Day   `json:"due"`
	Lock        agency.Day   `json:"lock"`
	Revision    int          `json:"revision"` // 0: not issued
	Lines       []LineView   `json:"lines"`
	Fields      []SumView    `json:"fields"`
	Total       SumView      `json:"total"`
	Agencies    []AgencyView `json:"agencies"`
	Control     ControlView  `json:"control"`
	Findings    []NotedView  `json:"findings"`

	Attachments []AttachmentView `json:"attachments"` // of the documents that came in
}

// AttachmentView is a document that belongs to another, of which agency.
type AttachmentView struct {
	form.Attachment
	Agency agency.ID `json:"agency"`
	Report string    `json:"report"` // SHA-256 of the document that it belongs to
}

// NotedView is a finding of a statement: about which agency's document.
type NotedView struct {
	FindingView
	Agency *agency.ID `json:"agency"`
	SHA256 string     `json:"sha256,omitempty"`
}

// LineView is one activity of a [StatementView].
type LineView struct {
	Activity   plan.Code             `json:"activity"`
	Progress   form.Progress         `json:"progress"`
	Timing     reconcile.Timing      `json:"timing"`
	Percent    *plan.Percent         `json:"percent"`
	Spent      *plan.Dong            `json:"spent"`
	SpentTotal *plan.Dong            `json:"spent_total"`
	Budget     *plan.Dong            `json:"budget"`
	Collective *reconcile.Collective `json:"collective"`
	Answers    []AnswerView          `json:"answers"`
	Findings   []NotedView           `json:"findings"`
}

// AnswerView is one agency's answer. An agency that did not report has an empty
// status and no source.
type AnswerView struct {
	Agency     agency.ID         `json:"agency"`
	Role       reconcile.Role    `json:"role"`
	Status     form.Progress     `json:"status"`
	Percent    *plan.Percent     `json:"percent"`
	Spent      *plan.Dong        `json:"spent"`
	SpentTotal *plan.Dong        `json:"spent_total"`
	Text       string            `json:"text"`
	Difficulty string            `json:"difficulty"`
	Proposal   string            `json:"proposal"`
	Evidence   string            `json:"evidence"`
	DoneOn     *agency.Day       `json:"done_on"`
	ArrivedAt  *time.Time        `json:"arrived_at"`
	Timing     reconcile.Timing  `json:"timing"`
	Source     *reconcile.Source `json:"source"`
}

// SumView counts the activities of a field, or of all.
type SumView struct {
	Code        plan.Code  `json:"code,omitempty"`
	Done        int        `json:"done"`
	InProgress  int        `json:"in_progress"`
	NotStarted  int        `json:"not_started"`
	Paused      int        `json:"paused"`
	NotReported int        `json:"not_reported"`
	Overdue     int        `json:"overdue"`
	Budget      *plan.Dong `json:"budget"`
	Spent       *plan.Dong `json:"spent"`
	SpentTotal  *plan.Dong `json:"spent_total"`
}

// AgencyView is one agency of status --json.
type AgencyView struct {
	Agency             agency.ID       `json:"agency"`
	Name               string          `json:"name"`
	State              reconcile.State `json:"state"`
	Late               bool            `json:"late"`
	ReceivedAt         *time.Time      `json:"received_at"`
	DaysLate           int             `json:"days_late"`
	Version            int             `json:"version"`
	ActivitiesExpected int             `json:"activities_expected"`
	ActivitiesReported int             `json:"activities_reported"`
}

// ControlView are the control totals.
type ControlView struct {
	RowsRead int                 `json:"rows_read"`
	RowsUsed int                 `json:"rows_used"`
	SetAside map[form.Reason]int `json:"set_aside"`
	SumIn    plan.Dong           `json:"sum_in"`  // spent in the period: all that was read
	SumOut   plan.Dong           `json:"sum_out"` // used and set aside
}

// AgencyViews is the board of a period.
func (p *Pipeline) AgencyViews(made *Made) []AgencyView {
	views := []AgencyView{}
	for _, a := range made.Statement.Agencies {
		views = append(views, AgencyView{
			Agency: a.Agency, Name: made.Inputs.Directory.Name(a.Agency, made.Statement.Term.Closes),
			State: a.State, Late: a.Late, ReceivedAt: timeView(a.Received), DaysLate: a.DaysLate,
			Version: a.Version, ActivitiesExpected: a.ActivitiesExpected, ActivitiesReported: a.ActivitiesReported,
		})
	}
	return views
}

// StatementView is the view of a statement.
func (p *Pipeline) StatementView(made *Made) StatementView {
	s := made.Statement
	v := StatementView{
		Period: s.Period, PlanVersion: s.PlanVersion.Version, AsOf: timeView(s.AsOf),
		Closes: s.Term.Closes, Due: s.Term.Due, Lock: s.Term.Lock,
		Total: sumView(s.Total), Agencies: p.AgencyViews(made), Control: controlView(s.Control),
		Findings: p.notedViews(s.Findings), Attachments: []AttachmentView{},
	}
	for _, sub := range made.Inputs.Submissions {
		for _, a := range sub.Attachments {
			v.Attachments = append(v.Attachments, AttachmentView{a, sub.Agency, sub.SHA256})
		}
	}
	for _, f := range s.Fields {
		v.Fields = append(v.Fields, sumView(f))
	}
	for _, l := range s.Lines {
		line := LineView{
			Activity: l.Activity.Code, Progress: l.Progress, Timing: l.Timing, Percent: l.Percent,
			Spent: l.Spent, SpentTotal: l.SpentTotal, Budget: l.Activity.Budget, Collective: l.Collective,
			Answers: []AnswerView{}, Findings: p.notedViews(about(s.Findings, l.Activity.Code)),
		}
		for _, a := range l.Answers {
			line.Answers = append(line.Answers, AnswerView{
				Agency: a.Agency, Role: a.Role, Status: a.Status, Percent: a.Percent,
				Spent: a.Spent, SpentTotal: a.SpentTotal, Text: a.Text,
				Difficulty: a.Difficulty, Proposal: a.Proposal, Evidence: a.Evidence, DoneOn: dayView(a.DoneOn),
				ArrivedAt: timeView(a.Arrived), Timing: a.Timing, Source: a.Source,
			})
		}
		v.Lines = append(v.Lines, line)
	}
	return v
}

// about are the findings about one activity.
func about(all []reconcile.Noted, code plan.Code) []reconcile.Noted {
	var found []reconcile.Noted
	for _, f := range all {
		if f.Activity == string(code) {
			found = append(found, f)
		}
	}
	return found
}

func sumView(s reconcile.Sum) SumView {
	return SumView{
		Code: s.Code, Done: s.Done, InProgress: s.InProgress, NotStarted: s.NotStarted, Paused: s.Paused,
		NotReported: s.NotReported, Overdue: s.Overdue, Budget: s.Budget, Spent: s.Spent, SpentTotal: s.SpentTotal,
	}
}

func controlView(c reconcile.Control) ControlView {
	v := ControlView{
		RowsRead: c.RowsRead, RowsUsed: c.RowsUsed, SetAside: map[form.Reason]int{},
		SumIn: c.Spent.In, SumOut: c.Spent.Used + c.Spent.SetAside,
	}
	for reason, left := range c.ByReason() {
		v.SetAside[reason] = left.Rows
	}
	return v
}
