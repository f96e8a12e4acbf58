package form

import (
	"regexp"
	"strings"

	"baocao/pipeline/sheet"
)

// legendPair is a figure of a legend and what it stands for: "1 - Đã hoàn thành".
var legendPair = regexp.MustCompile(`(?:^|[;,:(\s])(\d)\s*[-–—:=.)]\s*([^\d;,()\n]+)`)

// legendOf is what figures stand for in a sheet that says so in a line of its own:
// "1 - Đã hoàn thành; 2 - Đang thực hiện". Nil when no line does, or when two lines
// or two figures say different things.
func (d *dictionary) legendOf(s *sheet.Sheet) map[string]Progress {
	var found map[string]Progress
	for _, row := range s.Rows {
		if len(row.Cells) > 2 {
			continue
		}
		for _, c := range row.Cells {
			if len(c.Text) > longestTitle || !strings.ContainsAny(c.Text, "123") {
				continue
			}
			legend, ok := d.legend(c.Text)
			if !ok {
				continue
			}
			if found != nil {
				return nil
			}
			found = legend
		}
	}
	return found
}

// legend reads one line; ok is false when it is no legend of statuses.
func (d *dictionary) legend(text string) (map[string]Progress, bool) {
	pairs := legendPair.FindAllStringSubmatch(text, -1)
	if len(pairs) < 2 {
		return nil, false
	}
	legend, used := map[string]Progress{}, map[Progress]bool{}
	for _, m := range pairs {
		p, ok := d.status(m[2])
		if _, twice := legend[m[1]]; !ok || twice || used[p] {
			return nil, false
		}
		legend[m[1]], used[p] = p, true
	}
	return legend, true
}
