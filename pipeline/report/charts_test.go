package report_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
)

// chartsOf are the charts of a report in short: title, and each name with its
// figures.
func chartsOf(t *testing.T, s *reconcile.Statement, p *plan.Plan) ([]string, []*report.Chart) {
	t.Helper()
	o, err := outline(t, func(s string) string { return s })
	if err != nil {
		t.Fatal(err)
	}
	s.AsOf = time.Date(2018, 4, 1, 0, 0, 0, 0, agency.Zone)
	s.Period = plan.Period{Year: 2018, Part: plan.Q1}
	doc, err := o.Write(report.Source{
		Inputs:    reconcile.Inputs{Plan: p, Directory: &agency.Directory{}, Rules: reconcile.Rules{}},
		Statement: s, Data: "1a2b3c4d",
	})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	var charts []*report.Chart
	for _, a := range doc.Annexes {
		for _, b := range a.Body {
			if b.Chart == nil {
				continue
			}
			charts = append(charts, b.Chart)
			said = append(said, b.Chart.Title)
			for _, bar := range b.Chart.Bars {
				line := bar.Name
				for _, f := range bar.Figures {
					line += " " + f.Text
				}
				said = append(said, line)
			}
		}
	}
	return said, charts
}

func fieldPlan(names ...string) *plan.Plan {
	p := &plan.Plan{}
	for i, n := range names {
		p.Fields = append(p.Fields, plan.Field{Code: plan.Code(fmt.Sprint(i + 1)), Name: n})
	}
	return p
}

func dong(n int64) *plan.Dong { d := plan.Dong(n); return &d }

// TestChartsAreTheStatement holds what the charts show against the sums: the
// trend too, and money that nobody stated.
func TestChartsAreTheStatement(t *testing.T) {
	first := reconcile.Sum{Code: "1", Activities: 15, Done: 5, InProgress: 4, NotStarted: 3, Paused: 2, NotReported: 1, Budget: dong(12_500_000), Used: dong(9_000_000), UsedPlanned: dong(8_000_000)}
	second := reconcile.Sum{Code: "2", Activities: 2, NotReported: 2, Budget: dong(0)}
	then := reconcile.Sum{Activities: 17, Done: 1, NotReported: 16}
	now := reconcile.Sum{Activities: 17, Done: 5, InProgress: 4, NotStarted: 3, Paused: 2, NotReported: 3, Overdue: 6}
	got, _ := chartsOf(t, &reconcile.Statement{
		Fields: []reconcile.Sum{first, second}, Total: now,
		Leads:    []reconcile.AgencySum{{Agency: "so-a", Sum: second}, {Agency: "so-b", Sum: first}},
		Rankings: []reconcile.Rank{{Agency: "so-b"}, {Agency: "so-a"}},
		Compared: []reconcile.Comparison{{Period: plan.Period{Year: 2017, Part: plan.Year}, Total: reconcile.Change{Then: then, Now: now}}},
	}, fieldPlan("CẢI CÁCH THỂ CHẾ", "CẢI CÁCH TÀI CHÍNH CÔNG"))
	want := []string{
		"Tiến độ thực hiện theo lĩnh vực (số hoạt động)",
		"Cải cách thể chế 5 4 3 2 1", "Cải cách tài chính công 0 0 0 0 2",
		"Tiến độ thực hiện theo cơ quan, đơn vị (số hoạt động)",
		"so-a 0 0 0 0 2", "so-b 5 4 3 2 1",
		"Kinh phí đã thực hiện so với Kế hoạch (triệu đồng)",
		"Cải cách thể chế 12,5 8", "Cải cách tài chính công 0 –",
		"Số hoạt động so với năm 2017",
		"Đã hoàn thành 1 5", "Đang thực hiện 0 4", "Chưa thực hiện 0 3", "Tạm dừng, không phát sinh 0 2", "Chưa báo cáo 16 3", "Quá hạn 0 6",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("charts (-want +got):\n%s", diff)
	}
}

// TestChartsOfLittle leaves out what has nothing to show: money that nobody
// states, and an agency that is the whole.
func TestChartsOfLittle(t *testing.T) {
	none := reconcile.Sum{Code: "1", Activities: 3, NotReported: 3}
	got, _ := chartsOf(t, &reconcile.Statement{
		Fields: []reconcile.Sum{none}, Total: none, Leads: []reconcile.AgencySum{{Agency: "so-a", Sum: none}},
	}, fieldPlan("CẢI CÁCH THỂ CHẾ"))
	want := []string{"Tiến độ thực hiện theo lĩnh vực (số hoạt động)", "Cải cách thể chế 0 0 0 0 3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("charts (-want +got):\n%s", diff)
	}
	if got, _ := chartsOf(t, &reconcile.Statement{}, &plan.Plan{}); len(got) > 0 {
		t.Errorf("charts of nothing: got %q, want none", got)
	}
}

// TestChartOfManyAgencies shows those that are behind, and says so.
func TestChartOfManyAgencies(t *testing.T) {
	s := &reconcile.Statement{}
	for i := range 100 {
		id := agency.ID(fmt.Sprintf("xa-%02d", i))
		s.Leads = append(s.Leads, reconcile.AgencySum{Agency: id, Sum: reconcile.Sum{Activities: 1, Done: 1}})
		s.Rankings = append([]reconcile.Rank{{Agency: id}}, s.Rankings...) // the last one leads
	}
	_, charts := chartsOf(t, s, &plan.Plan{})
	if len(charts) != 1 || len(charts[0].Bars) != 40 {
		t.Fatalf("got %d charts, want one of 40 bars", len(charts))
	}
	if got, want := charts[0].Bars[0].Name+" "+charts[0].Bars[39].Name, "xa-00 xa-39"; got != want {
		t.Errorf("first and last bar: got %q, want %q", got, want)
	}
	if want := "Biểu đồ thể hiện 40/100 cơ quan, đơn vị có thứ hạng sau cùng; xếp hạng đầy đủ tại Phụ lục III."; charts[0].Note != want {
		t.Errorf("note: got %q, want %q", charts[0].Note, want)
	}
}
