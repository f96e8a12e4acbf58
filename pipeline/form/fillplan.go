package form

import (
	"baocao/pipeline/plan"
	"baocao/pipeline/viet"
)

// planCell is what the plan says of an activity in one of its columns.
func planCell(p *plan.Plan, a *plan.Activity, key Column) string {
	switch key {
	case colCode:
		return string(a.Code)
	case colName:
		return a.Name
	case colIndicator:
		return a.Indicator
	case colPlanProof:
		return a.Evidence
	case colBudget:
		if a.Budget != nil {
			return viet.FormatNumber(p.InUnit(*a.Budget))
		}
		return a.BudgetText
	case colResponsible:
		return a.Responsibility
	case colStart:
		return a.StartText
	case colEnd:
		return a.EndText
	case colNote:
		return a.Note
	}
	return ""
}

// headingOf is the heading that the plan gives one of its columns, and what stands
// over it.
func headingOf(p *plan.Plan, key Column) (group, title string) {
	c := p.Columns
	switch key {
	case colCode:
		return "", c.Code
	case colName:
		return "", c.Name
	case colIndicator:
		return "", c.Indicator
	case colPlanProof:
		return "", c.Evidence
	case colBudget:
		return "", c.Budget
	case colResponsible:
		return "", c.Responsibility
	case colStart:
		return c.Time, c.Start
	case colEnd:
		return c.Time, c.End
	case colNote:
		return "", c.Note
	}
	return "", ""
}
