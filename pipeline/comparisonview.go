package pipeline

import (
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// WaivedView is a finding that a ruling silenced.
type WaivedView struct {
	NotedView
	Ruling string `json:"ruling"` // its ID
}

// CorrectionView is a figure that a ruling changed.
type CorrectionView struct {
	Ruling   string           `json:"ruling"`
	Agency   agency.ID        `json:"agency"`
	Activity plan.Code        `json:"activity"`
	Figure   reconcile.Figure `json:"figure"`
	Read     string           `json:"read"`
	Used     string           `json:"used"`
}

// ComparisonView is the whole and each field beside an earlier period.
type ComparisonView struct {
	Kind     reconcile.Compared `json:"kind"`
	Period   plan.Period        `json:"period"`
	Revision int                `json:"revision"` // 0: it was not issued
	Data     string             `json:"data"`     // hash of its inputs
	Total    ChangeView         `json:"total"`
	Fields   []ChangeView       `json:"fields"`
	Carried  int                `json:"carried"` // answers whose money is carried over from it
}

// ChangeView is a sum then and now.
type ChangeView struct {
	Then SumView `json:"then"`
	Now  SumView `json:"now"`
}

// RankView is one agency's points.
type RankView struct {
	Place        *int      `json:"place"` // null: it has no points
	Agency       agency.ID `json:"agency"`
	Timeliness   *int      `json:"timeliness"`
	Completeness *int      `json:"completeness"`
	Completion   *int      `json:"completion"`
	Points       *int      `json:"points"`
	Grade        string    `json:"grade"`
}

// AgencySumView counts what one agency was asked and answered.
type AgencySumView struct {
	Agency agency.ID `json:"agency"`
	SumView
}

// comparisonViews fills in what stands beside the lines of a statement.
func (p *Pipeline) comparisonViews(v *StatementView, s *reconcile.Statement) {
	v.Waived, v.Corrections, v.Compared = []WaivedView{}, []CorrectionView{}, []ComparisonView{}
	v.Rankings, v.Results, v.Leads = []RankView{}, []SumView{}, []AgencySumView{}
	for _, f := range s.Waived {
		v.Waived = append(v.Waived, WaivedView{p.notedViews([]reconcile.Noted{f.Noted})[0], f.Ruling})
	}
	for _, c := range s.Corrected {
		v.Corrections = append(v.Corrections, CorrectionView(c))
	}
	for _, c := range s.Compared {
		one := ComparisonView{
			Kind: c.Kind, Period: c.Period, Revision: c.Revision, Data: c.Data, Carried: c.Carried,
			Total: changeView(c.Total), Fields: []ChangeView{},
		}
		for _, f := range c.Fields {
			one.Fields = append(one.Fields, changeView(f))
		}
		v.Compared = append(v.Compared, one)
	}
	for _, r := range s.Rankings {
		one := RankView{nil, r.Agency, r.Timeliness, r.Completeness, r.Completion, r.Points, r.Grade}
		if r.Place > 0 {
			one.Place = &r.Place
		}
		v.Rankings = append(v.Rankings, one)
	}
	for _, r := range s.Results {
		v.Results = append(v.Results, sumView(r))
	}
	for _, l := range s.Leads {
		v.Leads = append(v.Leads, AgencySumView{l.Agency, sumView(l.Sum)})
	}
}

func changeView(c reconcile.Change) ChangeView { return ChangeView{sumView(c.Then), sumView(c.Now)} }
