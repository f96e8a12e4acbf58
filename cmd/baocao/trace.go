package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/plan"
)

// printTrace shows the way of an activity's figures.
func (a *app) printTrace(cmd *cobra.Command, p *pipeline.Pipeline, m *pipeline.Made, o periodOptions, code plan.Code) error {
	t, err := p.Trace(cmd.Context(), m, code)
	if err != nil {
		return err
	}
	if o.asJSON {
		return a.printJSON(t)
	}
	fmt.Fprintf(a.stdout, "%s %s\n", t.Activity, t.Name)
	for _, answer := range t.Answers {
		a.printTraced(answer)
	}
	return nil
}

func (a *app) printTraced(t pipeline.TraceAnswer) {
	status := string(t.Status)
	if status == "" {
		status = "not_reported"
	}
	fmt.Fprintf(a.stdout, "\n%s (%s), %s: %s\n", t.AgencyName, t.Agency, t.Role, status)
	line := func(what, value string) {
		if value != "" {
			fmt.Fprintf(a.stdout, "  %-9s %s\n", what, value)
		}
	}
	if m := t.Mail; m != nil {
		line("mail", fmt.Sprintf("%s, %q", m.From, m.Subject))
		line("", "kept as "+filepath.FromSlash(m.Archive))
	}
	if s := t.Source; s != nil {
		line("file", s.File)
		line("", "came as "+t.Inbox)
		line("", "kept as "+filepath.FromSlash(t.Archive))
		line("sheet", s.Sheet)
		line("cell", s.Cell)
		for _, f := range []struct{ what, value, cell string }{
			{"status", string(t.Status), s.Cells.Status}, {"percent", shown(t.Percent), s.Cells.Percent},
			{"spent", shown(t.Spent), s.Cells.Spent}, {"total", shown(t.SpentTotal), s.Cells.SpentTotal},
		} {
			if f.value != "" && f.cell != "" {
				line(f.what, f.value+" at "+f.cell)
			}
		}
	}
	line("used", shown(t.Used))
	if from := t.From; from != nil {
		line("carried", fmt.Sprintf("from %s, %s", from.Period, from.File))
		line("", "kept as "+filepath.FromSlash(from.Archive))
	}
	for _, r := range t.Applied {
		line("ruling", fmt.Sprintf("%s %s by %s: %s → %s (%s)", r.ID, r.Kind, r.By, r.Before, r.Value, r.Reason))
	}
}

// shown is a figure, empty when it was not told.
func shown[T fmt.Stringer](v *T) string {
	if v == nil {
		return ""
	}
	return (*v).String()
}
