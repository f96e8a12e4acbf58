package pipeline

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"baocao/pipeline/store"
)

// How the report words what the tables name.
var (
	printedProgress = map[string]string{
		"": "Chưa báo cáo", "done": "Đã hoàn thành", "in_progress": "Đang thực hiện", "not_started": "Chưa thực hiện",
		"paused": "Tạm dừng, không thực hiện", "nil": "Không phát sinh",
	}
	printedTiming = map[string]string{
		"": "Chưa đủ căn cứ", "early": "Trước hạn", "on_time": "Đúng hạn", "late": "Trễ hạn", "running": "Trong hạn", "overdue": "Quá hạn",
		"not_due": "Chưa đến hạn", "no_limit": "Không xác định hạn",
	}
)

// comparePrinted holds the table of activities of an issued report, as it was
// printed, against the expected figures.
func (y *year) comparePrinted(t *testing.T, i store.Issue) {
	at := slices.IndexFunc(i.Files, func(f store.IssueFile) bool { return f.Ext == ".txt" })
	if at < 0 {
		t.Fatal("no text was kept")
	}
	text, err := y.p.Store.Frozen(i.Files[at].SHA256, ".txt")
	if err != nil {
		t.Fatal(err)
	}
	printed := planTable(t, string(text))
	name := t.Name()[strings.LastIndex(t.Name(), "/")+1:] + ".csv"
	for _, want := range readTable(t, "expected-"+name) {
		got, ok := printed.activities[want["code"]]
		if !ok {
			t.Errorf("%s is not printed", want["code"])
			continue
		}
		expected := yearRow{
			"standing": printedProgress[want["progress"]],
			"used":     inVietnamese(want["used"]), "budget": inVietnamese(want["budget"]),
		}
		if want["percent"] != "" {
			expected["standing"] += " (" + want["percent"] + "%)"
		}
		expected["standing"] += "¶" + printedTiming[want["timing"]]
		if want["expected"] != "" {
			expected["done"], expected["answered"] = want["done"]+"/"+want["expected"], want["answered"]+"/"+want["expected"]
		}
		if _, ok := got["spent"]; ok {
			expected["spent"] = inVietnamese(want["spent"])
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s as printed (-want +got):\n%s", want["code"], diff)
		}
	}
	for _, want := range readTable(t, "fields-"+name) {
		got, ok := printed.totals[want["code"]]
		if !ok { // the decision has no Tổng row for every field
			continue
		}
		expected := yearRow{
			"budget": inVietnamese(want["budget"]), "used": inVietnamese(want["used"]), "done": want["done"] + "/" + want["activities"],
		}
		if want["budget"] == "" { // as the decision writes it
			expected["budget"] = "0"
		}
		if _, ok := got["spent"]; ok {
			expected["spent"] = inVietnamese(want["spent"])
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("total of %s as printed (-want +got):\n%s", want["code"], diff)
		}
	}
}

// printedTable is the table of activities of a report, by code.
type printedTable struct {
	activities, totals map[string]yearRow
}

// planTable reads the table of activities out of a report's text.
func planTable(t *testing.T, text string) printedTable {
	t.Helper()
	printed := printedTable{map[string]yearRow{}, map[string]yearRow{}}
	columns := map[string]int{}
	field := ""
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n")+" ", " | ") // the space behind an empty last cell is not printed
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch label := cells[0]; {
		case label == "Stt" && len(columns) == 0:
			columns = printedColumns(cells)
		case label == "Phụ lục II":
			return printed
		case strings.HasPrefix(label, "LĨNH VỰC "):
			field = strings.TrimPrefix(label, "LĨNH VỰC ")
		case label == "Tổng":
			printed.totals[field] = printedTotal(cells, columns)
		case label == "Tổng cộng":
			printed.totals["total"] = printedTotal(cells, columns)
		case len(cells) == columns["width"] && (strings.HasPrefix(label, "Hoạt động ") || strings.Count(label, ".") == 2):
			code := strings.ReplaceAll(label[strings.LastIndex(label, " ")+1:], ",", ".")
			printed.activities[code] = printedActivity(cells, columns)
		}
	}
	t.Fatal("the text has no second annex")
	return printed
}

func printedColumns(headings []string) map[string]int {
	columns := map[string]int{"width": len(headings)}
	for i, heading := range headings {
		switch {
		case heading == "Kinh phí (triệu đồng)":
			columns["budget"] = i
		case heading == "Kết quả thực hiện":
			columns["text"] = i
		case heading == "Tình trạng, tiến độ":
			columns["standing"] = i
		case strings.HasSuffix(heading, ": Trong kỳ"):
			columns["spent"] = i
		case strings.HasPrefix(heading, "Kinh phí đã thực hiện"):
			columns["used"] = i
		}
	}
	return columns
}

func printedActivity(cells []string, columns map[string]int) yearRow {
	row := yearRow{}
	for _, name := range []string{"standing", "used", "budget"} {
		row[name] = cells[columns[name]]
	}
	if i, ok := columns["spent"]; ok {
		row["spent"] = cells[i]
	}
	for said := range strings.SplitSeq(cells[columns["text"]], "¶") {
		for name, phrase := range map[string]string{"done": " cơ quan, đơn vị hoàn thành", "answered": " cơ quan, đơn vị đã báo cáo"} {
			if share, ok := strings.CutSuffix(said, phrase); ok {
				row[name] = share
			}
		}
	}
	return row
}

// printedTotal is a row whose label spans two columns.
func printedTotal(cells []string, columns map[string]int) yearRow {
	_, done, _ := strings.Cut(strings.Join(cells, " | "), "Hoàn thành ")
	done, _, _ = strings.Cut(done, " | ")
	row := yearRow{"budget": cells[columns["budget"]-1], "used": cells[columns["used"]-1], "done": done}
	if i, ok := columns["spent"]; ok {
		row["spent"] = cells[i-1]
	}
	return row
}

// inVietnamese is an amount of the tables as a report prints it: 1180.55 as
// 1.180,55.
func inVietnamese(amount string) string {
	whole, rest, fraction := strings.Cut(amount, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "." + whole[i:]
	}
	if fraction {
		whole += "," + rest
	}
	return whole
}
