package form

import (
	"strings"
	"unicode/utf8"
)

// planRole is what a column of the plan's table holds.
type planRole int

const (
	planNone planRole = iota
	planCode
	planName
	planIndicator
	planEvidence
	planBudget
	planDuty // trách nhiệm thực hiện: lead and partners in one cell
	planLead
	planPartner
	planTime // the parent of start and end, or both in one cell
	planStart
	planEnd
	planNote
	planRoles
)

// planHeadings are how a heading begins, made plain, the longer ones first
// where one begins another.
var planHeadings = []struct {
	begins string
	role   planRole
}{
	{"stt", planCode}, {"tt", planCode}, {"so tt", planCode}, {"so thu tu", planCode}, {"ma", planCode},
	{"noi dung", planName}, {"nhiem vu", planName}, {"cac nhiem vu", planName}, {"ten nhiem vu", planName},
	{"hoat dong", planName}, {"ten hoat dong", planName}, {"cong viec", planName},
	{"chi so", planIndicator}, {"chi tieu", planIndicator},
	{"phuong tien", planEvidence}, {"tai lieu kiem chung", planEvidence}, {"minh chung", planEvidence},
	{"san pham", planEvidence}, {"ket qua dau ra", planEvidence},
	{"kinh phi", planBudget}, {"du toan", planBudget}, {"du kien kinh phi", planBudget}, {"tong kinh phi", planBudget},
	{"trach nhiem", planDuty}, {"phan cong", planDuty},
	{"co quan thuc hien", planDuty}, {"don vi thuc hien", planDuty}, {"co quan don vi thuc hien", planDuty},
	{"chu tri", planLead}, {"co quan chu tri", planLead}, {"don vi chu tri", planLead}, {"co quan don vi chu tri", planLead},
	{"phoi hop", planPartner}, {"co quan phoi hop", planPartner}, {"don vi phoi hop", planPartner}, {"co quan don vi phoi hop", planPartner},
	{"thoi gian bat dau", planStart}, {"bat dau", planStart},
	{"thoi gian ket thuc", planEnd}, {"ket thuc", planEnd}, {"thoi gian hoan thanh", planEnd}, {"thoi han", planEnd},
	{"thoi gian", planTime}, {"tien do", planTime},
	{"ghi chu", planNote},
}

// maxHeading is how long a heading may be, in letters.
const maxHeading = 60

// planRoleOf is the role that a heading names.
func planRoleOf(heading string) planRole {
	if utf8.RuneCountInString(heading) > maxHeading {
		return planNone
	}
	text := plain(heading) + " "
	for _, h := range planHeadings {
		if !strings.HasPrefix(text, h.begins+" ") {
			continue
		}
		switch {
		case h.role == planCode && strings.Count(text, " ") > 3:
			return planNone
		case h.role == planLead && hasWords(text, "phoi hop"):
			return planDuty
		}
		return h.role
	}
	return planNone
}
