package pipeline

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
	"baocao/pipeline/report"
	"baocao/templates"
)

// withOutline is the sample office with an outline of its own.
func withOutline(t *testing.T, edit func(string) string) *Pipeline {
	t.Helper()
	data, err := fs.ReadFile(templates.FS, "report/outline.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := samplePipeline(t)
	own := fstest.MapFS{"report/outline.yaml": {Data: []byte(edit(string(data)))}}
	p.Templates, p.Shipped = Overlay{Own: own, Shipped: templates.FS}, templates.FS
	if err := p.Open(); err != nil {
		t.Fatal(err)
	}
	return p
}

// titles are the headings of a table.
func titles(table *report.Table) []string {
	var all []string
	for _, c := range table.Columns {
		all = append(all, c.Title)
	}
	return all
}

// decisionTitles are the nine of the decision (Quyết định 1982/QĐ-UBND).
var decisionTitles = []string{
	"Stt", "Nội dung", "Chỉ số", "Phương tiện xác minh", "Kinh phí (triệu đồng)", "Trách nhiệm thực hiện", "Bắt đầu", "Kết thúc", "Ghi chú",
}

// TestColumnsOfResults prints the table of activities with the columns that ship,
// and with all columns that an office may want; the decision's own stay as they
// are.
func TestColumnsOfResults(t *testing.T) {
	all := `  results:
    - {key: text, title: Kết quả thực hiện, width: 38}
    - {key: progress, title: Tình trạng, width: 14, align: center}
    - {key: percent, title: Tỷ lệ hoàn thành (%), width: 11, align: right}
    - {key: used, title: Kinh phí đã thực hiện (triệu đồng), width: 12, align: right}
    - {key: timing, title: Đánh giá tiến độ, width: 14, align: center}
    - {key: difficulty, title: "Khó khăn, kiến nghị", width: 22}
    - {key: agency, title: Đơn vị báo cáo, width: 15}
`
	for _, c := range []struct {
		name    string
		edit    func(string) string
		results []string
		group   []string // of 1.3.4 in 2018-6M, led by many
		annex   bool     // of difficulties
	}{
		{"shipped", func(s string) string { return s }, []string{"Kết quả thực hiện", "Tình trạng, tiến độ", "Kinh phí đã thực hiện (triệu đồng)"}, []string{
			"0/27 cơ quan, đơn vị hoàn thành\n22/27 cơ quan, đơn vị đã báo cáo\nChưa báo cáo: Sở CT, Thanh tra tỉnh, BQL các KCN, Đắk Glong, Gia Nghĩa",
			"Đang thực hiện\nTrong hạn", "87",
		}, true},
		{"all", func(s string) string {
			before, rest, _ := strings.Cut(s, "  results:\n")
			_, after, _ := strings.Cut(rest, "  standing:")
			return before + all + "  standing:" + after
		}, []string{
			"Kết quả thực hiện", "Tình trạng", "Tỷ lệ hoàn thành (%)", "Kinh phí đã thực hiện (triệu đồng)", "Đánh giá tiến độ", "Khó khăn, kiến nghị", "Đơn vị báo cáo",
		}, []string{
			"0/27 cơ quan, đơn vị hoàn thành\nChưa báo cáo: Sở CT, Thanh tra tỉnh, BQL các KCN, Đắk Glong, Gia Nghĩa",
			"Đang thực hiện", "", "87", "Trong hạn",
			"Sở NV: Công chức phụ trách CCHC kiêm nhiệm nhiều việc, tin, bài chưa thường xuyên.\nĐề nghị Sở Nội vụ tổ chức tập huấn viết tin, bài về CCHC.\n" +
				"Sở GD&ĐT: Kinh phí bố trí cho công tác tuyên truyền còn hạn chế.\nĐề nghị UBND tỉnh bổ sung kinh phí tuyên truyền CCHC.\n" +
				"Đắk R'lấp: Kinh phí bố trí cho công tác tuyên truyền còn hạn chế.",
			"22/27 cơ quan, đơn vị đã báo cáo",
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := documents(t, withStore(t, withOutline(t, c.edit)))["2018-6M"]
			table := tableOf(t, d, "Phụ lục I")
			if got, want := titles(table), append(slices.Clone(decisionTitles), c.results...); !slices.Equal(got, want) || !table.Numbers {
				t.Errorf("columns %q, want %q with numbers", got, want)
			}
			if got := slices.ContainsFunc(d.Annexes, func(a report.Annex) bool { return a.Label == "Phụ lục IV" }); got != c.annex {
				t.Errorf("an annex of difficulties: %v, want %v", got, c.annex)
			}
			i := slices.IndexFunc(table.Rows, func(r report.Row) bool { return r.Cells[0].Text == "Hoạt động 1.3.4" })
			var got []string
			for _, cell := range table.Rows[i].Cells[9:] {
				got = append(got, cell.Text)
			}
			if !slices.Equal(got, c.group) {
				t.Errorf("1.3.4: got %q, want %q", got, c.group)
			}
		})
	}
}

// TestDifficultiesStandWhole finds every difficulty and proposal of the agencies
// expected to answer in the annex, under its activity and beside the agency, with
// the way to its source.
func TestDifficultiesStandWhole(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	all := documents(t, p)
	for _, q := range samplePeriods {
		made, err := p.Statement(t.Context(), period(t, q), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		table := tableOf(t, all[q], "Phụ lục IV")
		found := 0
		for _, l := range made.Statement.Lines {
			for _, a := range l.Answers {
				if a.Role == reconcile.Partner || a.Difficulty+a.Proposal == "" {
					continue
				}
				found++
				name := made.Inputs.Directory.Short(a.Agency, made.Statement.Term.Closes)
				if !standsThere(table, l.Activity.Code, name, a.Difficulty, a.Proposal) {
					t.Errorf("%s: %q, %q of %s on %s stands nowhere", q, a.Difficulty, a.Proposal, name, l.Activity.Code)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: nobody finds anything difficult: the sample proves nothing", q)
		}
	}
}

func standsThere(table *report.Table, code plan.Code, agency, difficulty, proposal string) bool {
	return slices.ContainsFunc(table.Rows, func(r report.Row) bool {
		if r.Kind != report.Plain {
			return false
		}
		cells := byTitle(table, r)
		return cells["Hoạt động"].Text == string(code) && slices.Contains(strings.Split(cells["Cơ quan, đơn vị"].Text, ", "), agency) &&
			cells["Khó khăn, vướng mắc"].Text == difficulty && cells["Kiến nghị, đề xuất"].Text == proposal &&
			cells["Khó khăn, vướng mắc"].Link.Row == string(code)+"/difficulty"
	})
}
