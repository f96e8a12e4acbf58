package report_test

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"baocao/pipeline/report"
)

func outline(t testing.TB, edit func(string) string) (*report.Outline, error) {
	t.Helper()
	data, err := os.ReadFile("../../templates/report/outline.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o := &report.Outline{}
	if err := yaml.UnmarshalWithOptions([]byte(edit(string(data))), o, yaml.Strict()); err != nil {
		return nil, err
	}
	return o, o.Check()
}

func TestShippedOutlineIsSound(t *testing.T) {
	if _, err := outline(t, func(s string) string { return s }); err != nil {
		t.Error(err)
	}
}

// TestOlderOutlineIsSound holds that an outline from before unprintable characters
// were named is still one: what was issued with it is verified with it.
func TestOlderOutlineIsSound(t *testing.T) {
	_, err := outline(t, func(s string) string {
		from, to := strings.Index(s, "  unprintable: #"), strings.Index(s, "results_table:")
		if from < 0 || to < from {
			t.Fatal("the shipped outline does not name unprintable characters")
		}
		return s[:from] + s[to:]
	})
	if err != nil {
		t.Error(err)
	}
}

// TestOutlineFaults makes the slips that an office may make in its own outline;
// each is told before any report is written, also in a branch that most reports
// do not take.
func TestOutlineFaults(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"{{two .Overdue}} hoạt động đã quá hạn", "{{two .OverDue}} hoạt động đã quá hạn", ".OverDue"},
		{"({{.Code}}), thời hạn", "({{.Codes}}), thời hạn", ".Codes"},
		{"    section: ton-tai", "    section: ket-qua", "stands twice"},
		{"list: overdue", "list: overdo", `unknown list "overdo"`},
		{"cả {{two .N}} hoạt động đã", "cả {{two .Number}} hoạt động đã", ".Number"},
		{"symbol: BC-SNV", `symbol: ""`, "no symbol"},
		{"năm {{.Closes.Year}}", "năm {{.Closes.Yaer}}", ".Closes.Yaer"},
		{"{{.Progress}}{{if .Percent}}", "{{.Status}}{{if .Percent}}", ".Status"},
		{"Hoạt động {{.Code}}: {{.Name}}", "Hoạt động {{.Code}}: {{.Title}}", ".Title"},
		{"{key: proposal, title", "{key: proposals, title", `unknown column "proposals"`},
		{"    - of: reporting", "    - of: report", `part 2 is of "report"`},
		{"{key: used_percent, name", "{key: used_share, name", `no figure "used_share"`},
		{"LĨNH VỰC {{.Code}}. {{.Name}}", "LĨNH VỰC {{.Number}}. {{.Name}}", ".Number"},
		{"{key: answered, group", "{key: answers, group", `unknown column "answers"`},
		{"{{.Number}}. {{sentence .Name}}", "{{.Number}}. {{sentence .Nmae}}", ".Nmae"},
		{"KỲ BÁO CÁO {{upper .Period}}", "KỲ BÁO CÁO {{uper .Period}}", "uper"},
		{"{{if .Late}}", "{{if .Late}", "bad character"},
		{"  overdue: Quá hạn\n", "", `no name for "overdue"`},
		{"{key: standing,", "{key: standng,", `unknown column "standng"`},
		{"author: Sở Nội vụ tỉnh Đắk Nông", "author: \"{{with .Year}}{{.}}{{end}}\"", "with"},
		{"  warning: Cần xem lại\n", "", `no name for "warning"`},
		{"kind: BÁO CÁO", "knid: BÁO CÁO", "knid"},
		{"{{two .Done.More}} (từ", "{{two .Done.Many}} (từ", ".Done.Many"},
		{"{{two .Answers}} nội dung", "{{two .Answer}} nội dung", ".Answer"},
		{"đúng hạn × {{.Timeliness}}", "đúng hạn × {{.Timely}}", ".Timely"},
		{"  target: \"\"", "  target: Chỉ tiêu {{.Target}}%", ".Target"},
		{"phát hành lần {{.Revision}}. Lý do", "phát hành lần {{.Revison}}. Lý do", ".Revison"},
		{"{{.Entries}} dòng –", "{{.Rows}} dòng –", ".Rows"},
		{"{{.Part}}{{if .Section}}", "{{.Part}}{{if .Sektion}}", ".Sektion"},
		{"{key: printed,", "{key: print,", `unknown column "print"`},
		{"  held-by-rule: ", "  held-by-rul: ", `no name for "held-by-rule"`},
		{"  unit-slip: ", "  unit-slips: ", `no name for "unit-slip"`},
		{"  extend: {name", "  extends: {name", `no name for "extend"`},
		{"{key: points,", "{key: point,", `unknown column "point"`},
		{"so với {{.Period}}{{if eq", "so với {{.Priod}}{{if eq", ".Priod"},
		{"thể hiện {{.Shown}}", "thể hiện {{.Show}}", ".Show"},
		{"    budget: Kinh phí theo Kế hoạch\n", "", `no name for "budget"`},
		{"  most: 40 ", "  most: -1 ", "-1 is below 0"},
		{"{key: overdue_then,", "{key: overdue_before,", `unknown column "overdue_before"`},
	} {
		if _, err := outline(t, func(s string) string {
			if !strings.Contains(s, c.old) {
				t.Fatalf("the outline has no %q", c.old)
			}
			return strings.Replace(s, c.old, c.new, 1)
		}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want one that names %q", c.new, err, c.want)
		}
	}
}
