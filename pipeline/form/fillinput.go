package form

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"baocao/pipeline/plan"
)

// validate says what may stand in the cells that are filled in: one of the
// statuses, 0 to 100, an amount that can be believed in triệu đồng, a day.
func (t *formTable) validate() error {
	if len(t.inputs) == 0 {
		return nil
	}
	first, last := t.inputs[0], t.inputs[len(t.inputs)-1]
	for i, c := range t.columns {
		col := sheetColumn(i + 1)
		in, ok := t.t.Inputs[c.Key]
		if !ok && c.Key != colStatus {
			continue
		}
		if c.Key == colSpent || c.Key == colSpentTotal {
			if err := t.validateMoney(col, in); err != nil {
				return err
			}
			continue
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = t.inputCells(col)
		var err error
		switch c.Key {
		case colStatus:
			var list []string
			for _, p := range []Progress{Done, InProgress, NotStarted, Paused, Nil} {
				list = append(list, t.t.Statuses[p])
			}
			err = v.SetDropList(list)
		case colPercent:
			err = v.SetRange(0, 100, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
		case colDoneOn:
			v.Type, v.Formula1 = "custom", dayFormula(col, first, t.blank.Year)
		default: // a text: only the message
			err = v.SetRange(0, longestCellText, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", c.Key, err)
		}
		if err := t.addInput(v, in); err != nil {
			return fmt.Errorf("column %s, rows %d to %d: %w", c.Key, first, last, err)
		}
	}
	return nil
}

// longestCellText is how long a text may be that programs for workbooks keep.
const longestCellText = 32_000

// validateMoney takes of each activity what the reader believes: no less than
// nothing and so many times its budget, which a wrong unit is beyond.
func (t *formTable) validateMoney(col string, in Input) error {
	asked := map[plan.Code]*plan.Activity{}
	for _, a := range t.asked {
		asked[a.Activity.Code] = a.Activity
	}
	for _, row := range t.inputs {
		code, err := t.file.GetCellValue(t.sheet, cellAt(1, row))
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = fmt.Sprintf("%s%d", col, row)
		most := believedOf(t.blank.Plan, asked[plan.Code(code)], false).Millions().InexactFloat64()
		if err := v.SetRange(0, most, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		if err := t.addInput(v, in); err != nil {
			return err
		}
	}
	return nil
}

func (t *formTable) addInput(v *excelize.DataValidation, in Input) error {
	if in.Error != "" {
		v.SetError(excelize.DataValidationErrorStyleStop, t.fill(in.Title), t.fill(in.Error))
	}
	if in.Help != "" {
		v.SetInput(t.fill(in.Title), t.fill(in.Help))
	}
	return t.file.AddDataValidation(t.sheet, v)
}

// inputCells are the cells of a column that are filled in, as ranges.
func (t *formTable) inputCells(col string) string {
	var ranges []string
	for i := 0; i < len(t.inputs); {
		n := i
		for n+1 < len(t.inputs) && t.inputs[n+1] == t.inputs[n]+1 {
			n++
		}
		ranges = append(ranges, fmt.Sprintf("%s%d:%s%d", col, t.inputs[i], col, t.inputs[n]))
		i = n + 1
	}
	return strings.Join(ranges, " ")
}

// dayFormula is true of a day written as 15/6/2018, as XML has it. The cells hold text, so that a
// computer set to month before day does not turn it round.
func dayFormula(col string, row int, year plan.Term) string {
	c := fmt.Sprintf("%s%d", col, row)
	slash := fmt.Sprintf(`FIND("/",%s)`, c)
	return fmt.Sprintf(`AND(ABS(LEFT(%s,%s-1)-16)&lt;16,ABS(MID(%s,%s+1,LEN(%s)-5-%s)-6.5)&lt;6,ABS(RIGHT(%s,4)-%d.5)&lt;1)`,
		c, slash, c, slash, c, slash, c, year.Closes.Year-1)
}
