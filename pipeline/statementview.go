package pipeline

import (
	"time"

	"baocao/pipeline/agency"
	"baocao/pipeline/form"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// StatementView is statement --json.
type StatementView struct {
	Period      plan.Period  `json:"period"`
	PlanVersion int          `json:"plan_version"`
	AsOf        *time.Time   `json:"as_of"`
	Closes      agency.Day   `json:"closes"`
	Due         agency.Day   `json:"due"`
	Lock        agency.Day   `json:"lock"`
	Revision    int          `json:"revision"` // the newest one issued; 0: none
	State       string       `json:"state"`    // of the period: open, prepared, issued
	Lines       []LineView   `json:"lines"`
	Fields      []SumView    `json:"fields"`
	Total       SumView      `json:"total"`
	Agencies    []AgencyView `json:"agencies"`
	Control     ControlView  `json:"control"`
	Findings    []NotedView  `json:"findings"`

	Waived      []WaivedView     `json:"waived"`      // findings that a ruling silenced
	Corrections []CorrectionView `json:"corrections"` // figures that a ruling changed
	Compared    []ComparisonView `json:"compared"`
	Rankings    []RankView       `json:"rankings"`
	Results     []SumView        `json:"results"`
	Leads       []AgencySumView  `json:"leads"`

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
	Used       *plan.Dong            `json:"used"` // since the beginning of the year, with what is carried over
	Target     *TargetView           `json:"target"`
	Met        reconcile.Met         `json:"met"`
}

// TargetView is the number that an indicator names.
type TargetView struct {
	Percent plan.Percent `json:"percent"`
	AtLeast bool         `json:"at_least"`
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
	Used       *plan.Dong        `json:"used"`
	Carried    *plan.Period      `json:"carried"` // Used was told in this earlier period
	Rulings    []string          `json:"rulings"` // IDs of those that took part
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
	Used        *plan.Dong `json:"used"`
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
	Due                agency.Day      `json:"due"` // its own: the term's, or what it was extended to
	Grace              agency.Day      `json:"grace"`
}

// ControlView are the control totals.
type ControlView struct {
	RowsRead int                 `json:"rows_read"`
	RowsUsed int                 `json:"rows_used"`
	SetAside map[form.Reason]int `json:"set_aside"`
	SumIn    plan.Dong           `json:"sum_in"`  // spent in the period: all that was read
	SumOut   plan.Dong           `json:"sum_out"` // used and set aside, = sum_in + corrected

	Corrected plan.Dong `json:"corrected"` // what clerks' corrections added
}

// AgencyViews is the board of a period.
func (p *Pipeline) AgencyViews(made *Made) []AgencyView {
	views := []AgencyView{}
	for _, a := range made.Statement.Agencies {
		views = append(views, AgencyView{
			Agency: a.Agency, Name: made.Inputs.Directory.Name(a.Agency, made.Statement.Term.Closes),
			State: a.State, Late: a.Late, ReceivedAt: timeView(a.Received), DaysLate: a.DaysLate,
			Version: a.Version, ActivitiesExpected: a.ActivitiesExpected, ActivitiesReported: a.ActivitiesReported,
			Due: a.Due, Grace: a.Grace,
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
		Revision: made.Gate.Revision, State: string(made.Gate.State),
	}
	p.comparisonViews(&v, s)
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
			Used: l.Used, Met: l.Met,
		}
		if l.Target != nil {
			line.Target = &TargetView{l.Target.Percent, l.Target.AtLeast}
		}
		for _, a := range l.Answers {
			line.Answers = append(line.Answers, answerView(a))
		}
		v.Lines = append(v.Lines, line)
	}
	return v
}

func answerView(a reconcile.Answer) AnswerView {
	return AnswerView{
		Agency: a.Agency, Role: a.Role, Status: a.Status, Percent: a.Percent,
		Spent: a.Spent, SpentTotal: a.SpentTotal, Text: a.Text,
		Difficulty: a.Difficulty, Proposal: a.Proposal, Evidence: a.Evidence, DoneOn: dayView(a.DoneOn),
		ArrivedAt: timeView(a.Arrived), Timing: a.Timing, Source: a.Source,
		Used: a.Used, Carried: a.Carried, Rulings: list(a.Rulings),
	}
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
		Used: s.Used,
	}
}

func controlView(c reconcile.Control) ControlView {
	v := ControlView{
		RowsRead: c.RowsRead, RowsUsed: c.RowsUsed, SetAside: map[form.Reason]int{},
		SumIn: c.Spent.In, SumOut: c.Spent.Used + c.Spent.SetAside,
		Corrected: c.Spent.Corrected,
	}
	for reason, left := range c.ByReason() {
		v.SetAside[reason] = left.Rows
	}
	return v
}
