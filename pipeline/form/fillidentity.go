package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The facts of the hidden sheet: a row a fact, its name in column A, its value in
// column B.
const (
	factAgency  = "agency"  // "snv"
	factPeriod  = "period"  // "2018-Q1"
	factPlan    = "plan"    // the plan's version
	factHowTo   = "how_to"  // name of the sheet that explains
	factRows    = "rows"    // codes of the activities that are asked, separated by blanks
	factPartner = "partner" // codes of those in which the agency cooperates
	factColumn  = "column:" // and the key of a column that is filled in: its title
)

// identity writes the hidden sheet.
func (b *formBook) identity(tables []*formTable) error {
	if _, err := b.file.NewSheet(identitySheet); err != nil {
		return err
	}
	facts := [][2]string{
		{factAgency, string(b.blank.Agency)}, {factPeriod, b.blank.Term.Period.String()},
		{factPlan, strconv.Itoa(b.blank.PlanVersion)}, {factHowTo, b.t.Sheets.HowTo},
		{factRows, codesOf(b.blank.Asked)}, {factPartner, codesOf(b.blank.Partner)},
	}
	for _, c := range tables[0].columns {
		if slices.Contains(inputKeys, c.Key) {
			facts = append(facts, [2]string{factColumn + string(c.Key), oneSpaced(b.fill(strings.TrimSpace(c.Group + " " + c.Title)))})
		}
	}
	for i, fact := range facts {
		for col, value := range fact {
			if err := b.file.SetCellStr(identitySheet, cellAt(col+1, i+1), value); err != nil {
				return fmt.Errorf("hidden sheet: %w", err)
			}
		}
	}
	if err := b.protect(identitySheet); err != nil {
		return err
	}
	return b.file.SetSheetVisible(identitySheet, false)
}

func codesOf(asked []Asked) string {
	var codes []string
	for _, a := range asked {
		codes = append(codes, string(a.Activity.Code))
	}
	return strings.Join(codes, " ")
}
