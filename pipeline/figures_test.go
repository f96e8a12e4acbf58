package pipeline

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"baocao/pipeline/report"
)

// samplePeriods are the periods of the sample year that have a report.
var samplePeriods = []string{"2018-Q1", "2018-6M", "2018-Q3", "2018"}

// documents are the reports of the sample year, by period.
func documents(t *testing.T, p *Pipeline) map[string]*report.Document {
	t.Helper()
	if _, err := p.Collect(t.Context()); err != nil {
		t.Fatal(err)
	}
	all := map[string]*report.Document{}
	for _, q := range samplePeriods {
		made, err := p.Statement(t.Context(), period(t, q), time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if all[q], err = p.Document(made); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// tableOf is the first table of an annex.
func tableOf(t *testing.T, d *report.Document, sheet string) *report.Table {
	t.Helper()
	for _, a := range d.Annexes {
		for _, b := range a.Body {
			if a.Sheet == sheet && b.Table != nil {
				return b.Table
			}
		}
	}
	t.Fatalf("no table %q", sheet)
	return nil
}

// byTitle is a row's cells by the titles of their columns.
func byTitle(table *report.Table, row report.Row) map[string]report.Cell {
	cells := map[string]report.Cell{}
	at := 0
	for _, c := range row.Cells {
		cells[strings.TrimPrefix(table.Columns[at].Group+": ", ": ")+table.Columns[at].Title] = c
		at += max(1, c.Span)
	}
	return cells
}

// listedFigures are the figures of the sheet "Số liệu": by part, then by name.
func listedFigures(t *testing.T, d *report.Document) map[string]map[string]string {
	t.Helper()
	parts := map[string]map[string]string{}
	part := ""
	table := tableOf(t, d, "Số liệu")
	for _, row := range table.Rows {
		if len(row.Cells) == 1 {
			part = row.Cells[0].Text
			parts[part] = map[string]string{}
			continue
		}
		cells := byTitle(table, row)
		value := cells["Số liệu"]
		if (value.Number == nil) != (value.Text == "") {
			t.Errorf("%s, %s: %q is no number", part, cells["Chỉ tiêu"].Text, value.Text)
		}
		if value.Number == nil && cells["Ghi chú"].Text != "Chưa có số liệu" {
			t.Errorf("%s, %s is empty, and noted as %q", part, cells["Chỉ tiêu"].Text, cells["Ghi chú"].Text)
		}
		parts[part][cells["Chỉ tiêu"].Text] = value.Text
	}
	return parts
}

// TestListedFiguresAgree holds the figures that are listed one by one against the
// other sheets that carry them.
func TestListedFiguresAgree(t *testing.T) {
	for q, d := range documents(t, withStore(t, samplePipeline(t))) {
		t.Run(q, func(t *testing.T) {
			parts := listedFigures(t, d)
			sums := map[string]string{ // Phụ lục II and Theo cơ quan call them so
				"Số hoạt động": "Số hoạt động của Kế hoạch", "Trong đó: Đã hoàn thành": "Đã hoàn thành",
				"Trong đó: Đang thực hiện": "Đang thực hiện", "Trong đó: Chưa thực hiện": "Chưa thực hiện",
				"Trong đó: Tạm dừng, không phát sinh": "Tạm dừng, không thực hiện, không phát sinh",
				"Trong đó: Chưa báo cáo":              "Chưa có báo cáo được tiếp nhận", "Quá hạn": "Chưa hoàn thành, quá hạn",
				"Kinh phí (triệu đồng): Theo Kế hoạch": "Kinh phí theo Kế hoạch", "Kinh phí (triệu đồng): Đã thực hiện": "Kinh phí đã thực hiện lũy kế từ đầu năm",
			}
			fields := tableOf(t, d, "Phụ lục II")
			for _, row := range fields.Rows {
				cells, part := byTitle(fields, row), "I. TOÀN TỈNH"
				if row.Kind != report.Totals {
					part = "LĨNH VỰC " + cells["Mã"].Text + ". " + cells["Lĩnh vực"].Text
				}
				for title, name := range sums {
					if got, want := parts[part][name], cells[title].Text; got != want {
						t.Errorf("%s, %s: got %q, Phụ lục II has %q", part, name, got, want)
					}
				}
			}
			agencies := tableOf(t, d, "Theo cơ quan")
			for _, row := range agencies.Rows {
				cells := byTitle(agencies, row)
				part := parts[cells["Cơ quan, đơn vị"].Text]
				for title, name := range map[string]string{
					"Số hoạt động": "Số hoạt động chủ trì, cùng chủ trì phải báo cáo", "Đã hoàn thành": "Đã hoàn thành",
					"Chưa báo cáo": "Chưa báo cáo", "Kinh phí lũy kế (triệu đồng)": "Kinh phí đã thực hiện lũy kế từ đầu năm",
				} {
					if got, want := part[name], cells[title].Text; got != want {
						t.Errorf("%s, %s: got %q, Theo cơ quan has %q", cells["Cơ quan, đơn vị"].Text, name, got, want)
					}
				}
			}
			if diff := cmp.Diff(reported(t, d), parts["II. TÌNH HÌNH GỬI BÁO CÁO"]); diff != "" {
				t.Errorf("reporting (-Phụ lục III +listed):\n%s", diff)
			}
		})
	}
}

// reported counts the agencies of Phụ lục III.
func reported(t *testing.T, d *report.Document) map[string]string {
	t.Helper()
	var all, received, late, held, rejected, silent int
	table := tableOf(t, d, "Phụ lục III")
	for _, row := range table.Rows {
		cells := byTitle(table, row)
		all++
		switch state := cells["Tình trạng"].Text; state {
		case "Đã tiếp nhận", "Báo cáo không phát sinh":
			received++
			if cells["Số ngày chậm"].Number != nil {
				late++
			}
		case "Chờ xem xét":
			held++
		case "Trả lại để sửa":
			rejected++
		case "Chưa báo cáo":
			silent++
		default:
			t.Errorf("unknown state %q", state)
		}
	}
	return map[string]string{
		"Số cơ quan, đơn vị phải báo cáo": countText(all), "Có báo cáo được tiếp nhận": countText(received),
		"Trong đó: gửi trong thời hạn": countText(received - late), "Trong đó: gửi sau thời hạn": countText(late),
		"Chưa có báo cáo được tiếp nhận": countText(all - received), "Trong đó: đã gửi, chờ xem xét": countText(held),
		"Trong đó: đã gửi, trả lại để sửa": countText(rejected), "Trong đó: chưa gửi": countText(silent),
	}
}

// TestActivitiesOneByOne holds the flat table of activities against the table of
// the decision, which joins what it parts, and its sums against the listed ones.
func TestActivitiesOneByOne(t *testing.T) {
	for q, d := range documents(t, withStore(t, samplePipeline(t))) {
		t.Run(q, func(t *testing.T) {
			flat := tableOf(t, d, "Số liệu hoạt động")
			counts, money := map[string]int{}, map[string]decimal.Decimal{}
			standing := map[string]string{}
			for _, row := range flat.Rows {
				cells := byTitle(flat, row)
				one := cells["Tình trạng"].Text
				if c := cells["Tỷ lệ hoàn thành (%)"]; c.Number != nil {
					one += " (" + c.Text + "%)"
				}
				standing[cells["Hoạt động"].Text] = one + "\n" + cells["Đánh giá tiến độ"].Text
				counts[cells["Tình trạng"].Text]++
				counts[cells["Đánh giá tiến độ"].Text]++
				for _, title := range []string{"Theo Kế hoạch", "Trong kỳ", "Lũy kế"} {
					if c := cells["Kinh phí (triệu đồng): "+title]; c.Number != nil {
						money[title] = money[title].Add(*c.Number)
					}
				}
			}
			decision := tableOf(t, d, "Phụ lục I")
			seen := 0
			for _, row := range decision.Rows {
				if row.Kind != report.Plain {
					continue
				}
				cells := byTitle(decision, row)
				code := strings.ReplaceAll(cells["Stt"].Text[strings.LastIndex(cells["Stt"].Text, " ")+1:], ",", ".")
				if got := cells["Tình trạng, tiến độ"].Text; !strings.HasPrefix(got, standing[code]) || standing[code] == "" {
					t.Errorf("%s stands as %q, one by one as %q", code, got, standing[code])
				}
				seen++
			}
			if seen != 52 || len(flat.Rows) != 52 {
				t.Errorf("%d and %d activities, want 52", seen, len(flat.Rows))
			}
			all := listedFigures(t, d)["I. TOÀN TỈNH"]
			for said, name := range map[string]string{
				"Đã hoàn thành": "Đã hoàn thành", "Đang thực hiện": "Đang thực hiện", "Trước hạn": "Hoàn thành trước hạn",
				"Đúng hạn": "Hoàn thành đúng hạn", "Trễ hạn": "Hoàn thành trễ hạn", "Trong hạn": "Chưa hoàn thành, trong hạn",
				"Quá hạn": "Chưa hoàn thành, quá hạn", "Chưa đến hạn": "Chưa đến thời gian thực hiện",
				"Không xác định hạn": "Kế hoạch không ấn định thời hạn", "Chưa đủ căn cứ": "Chưa đủ căn cứ đánh giá tiến độ",
			} {
				if got, want := all[name], countText(counts[said]); got != want {
					t.Errorf("%s: listed %s, counted %s", name, got, want)
				}
			}
			for title, name := range map[string]string{
				"Theo Kế hoạch": "Kinh phí theo Kế hoạch", "Trong kỳ": "Kinh phí đã thực hiện trong kỳ", "Lũy kế": "Kinh phí đã thực hiện lũy kế từ đầu năm",
			} {
				if got, want := all[name], inVietnamese(money[title].String()); got != want {
					t.Errorf("%s: listed %s, added up %s", name, got, want)
				}
			}
		})
	}
}

// TestFiguresAreTyped reads the two sheets of figures back from the workbook:
// numbers are numbers, codes are text, what nobody said is empty, and each sheet
// has filters.
func TestFiguresAreTyped(t *testing.T) {
	p := withStore(t, samplePipeline(t))
	f, err := excelize.OpenFile(fileOf(t, run(t, p, "2018-6M"), ".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	kind := func(sheet string, column, row int) (excelize.CellType, string) {
		t.Helper()
		name, _ := excelize.CoordinatesToCellName(column, row)
		k, err := f.GetCellType(sheet, name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := f.GetCellValue(sheet, name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return k, v
	}
	isNumber := func(k excelize.CellType) bool { return k == excelize.CellTypeUnset || k == excelize.CellTypeNumber }
	rows, err := f.GetRows("Số liệu hoạt động")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) < 3 || strings.Count(row[2], ".") != 2 {
			continue
		}
		if k, v := kind("Số liệu hoạt động", 3, i+1); isNumber(k) {
			t.Errorf("the code %s is a number", v)
		}
		for column := 6; column <= 16; column++ {
			k, v := kind("Số liệu hoạt động", column, i+1)
			if text := column == 8 || column == 10; v != "" && text == isNumber(k) {
				t.Errorf("%s, column %d: %q is of type %d", row[2], column, v, k)
			}
		}
		var got []string
		for _, column := range []int{8, 9, 11, 12, 13, 14, 15, 16} {
			_, v := kind("Số liệu hoạt động", column, i+1)
			got = append(got, v)
		}
		want := map[string]string{
			"1.1.1": "Đã hoàn thành|100|15|14.5|14.5|||",
			"1.3.2": "Chưa báo cáo||||12.5|||", // the newspaper is silent, and its money is the quarter's
			"1.3.4": "Đang thực hiện|||83.5|87|0|22|27",
		}[row[2]]
		if want != "" && want != strings.Join(got, "|") {
			t.Errorf("%s: got %q, want %s", row[2], got, want)
		}
	}
	for _, sheet := range []string{"Số liệu", "Số liệu hoạt động"} {
		if !hasFilter(t, f, sheet) {
			t.Errorf("%s has no filter", sheet)
		}
	}
}

func hasFilter(t *testing.T, f *excelize.File, sheet string) bool {
	t.Helper()
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm._FilterDatabase" && strings.Contains(n.RefersTo, "'"+sheet+"'!") {
			return true
		}
	}
	return false
}
