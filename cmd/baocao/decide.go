package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

// decideFlags are what decide is told.
type decideFlags struct {
	who      actorFlag
	decision pipeline.Decision
	undo     bool
	asJSON   bool

	agency, period, activity string // of an assignment
	figure, source           string // of a correction
}

func newDecide(a *app) *cobra.Command {
	var d decideFlags
	cmd := &cobra.Command{
		Use:   "decide ITEM",
		Short: "Rule on a document or a row that waits, with a reason; or undo a ruling",
		Long: `decide rules on what baocao held lists: it takes one of the readings (--choose N),
takes the item as it was read (--release), leaves it out (--set-aside), says whose
it is, for when or what it means (--agency, --period, --activity), or gives a
figure with the document that it rests on (--correct spent=14.5 --source "…").
What was read is never edited: a ruling stands beside it, is printed in the
report's notes, and baocao decide RULING --undo takes it back.`,
		Example: `  baocao decide 3f2a91c0 --release --reason "Đã xác minh qua điện thoại với Sở Y tế" --remember
  baocao decide 3f2a91c0:18 --choose 2 --reason "Sở xác nhận"
  baocao decide 3f2a91c0:18 --correct spent=14.5 --source "Công văn 12/STP-VP ngày 03/4/2018" --reason "Sở đính chính"
  baocao decide r7 --undo --reason "Sở gửi lại báo cáo"`,
		Args: exactly(1, "one item or ruling"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.decide(cmd, args[0], d) },
	}
	d.who.register(cmd)
	f := cmd.Flags()
	f.IntVar(&d.decision.Choose, "choose", 0, "take reading `N` of those that held lists")
	f.BoolVar(&d.decision.Release, "release", false, "take it as it was read")
	f.BoolVar(&d.decision.SetAside, "set-aside", false, "leave it out")
	f.StringVar(&d.agency, "agency", "", "it is this agency's, by its `id`")
	f.StringVar(&d.period, "period", "", "it is about this `period`")
	f.StringVar(&d.activity, "activity", "", "the row is about the activity of this `code`")
	f.StringVar(&d.figure, "correct", "", "`figure=value`: status, percent, spent, spent_total (million đồng) or done_on")
	f.StringVar(&d.source, "source", "", "what a correction rests on: a letter's number and day")
	f.BoolVar(&d.decision.Remember, "remember", false, "take mail from this sender as this agency's from now on")
	f.BoolVar(&d.undo, "undo", false, "take the ruling named back")
	f.StringVar(&d.decision.Reason, "reason", "", "why, for the report's notes and the audit trail")
	f.BoolVar(&d.asJSON, "json", false, "print one JSON value")
	required(cmd, "reason")
	before(cmd, d.read)
	return cmd
}

// read makes the decision of what was said, which must be one thing.
func (d *decideFlags) read() error {
	if d.agency != "" || d.period != "" || d.activity != "" {
		d.decision.Assign = &pipeline.Assignment{Agency: agency.ID(d.agency), Activity: plan.Code(d.activity)}
		if d.period != "" {
			var err error
			if d.decision.Assign.Period, err = plan.ParsePeriod(d.period); err != nil {
				return err
			}
		}
	}
	if d.figure != "" {
		name, value, ok := strings.Cut(d.figure, "=")
		if !ok {
			return fmt.Errorf("--correct %q: want FIGURE=VALUE, such as spent=14.5", d.figure)
		}
		d.decision.Correct = &pipeline.Correction{Figure: reconcile.Figure(name), Value: value, Source: d.source}
	}
	n := given(d.decision)
	switch {
	case d.undo && (n > 0 || d.source != "" || d.decision.Remember):
		return errors.New("--undo takes a ruling back and rules on nothing: it goes with --reason alone")
	case d.undo:
		return nil
	case d.decision.Choose < 0:
		return fmt.Errorf("--choose %d: want the number of a reading, from 1", d.decision.Choose)
	case n != 1:
		return fmt.Errorf("want one of --choose, --release, --set-aside, --agency/--period/--activity, --correct, --undo; got %d", n)
	case d.source != "" && d.figure == "":
		return errors.New("--source goes with --correct")
	case d.figure != "" && strings.TrimSpace(d.source) == "":
		return errors.New("--correct needs --source: the letter or document that it rests on")
	}
	return nil
}

// given is how many things a decision says.
func given(d pipeline.Decision) int {
	n := 0
	for _, said := range []bool{d.Choose != 0, d.Release, d.SetAside, d.Assign != nil, d.Correct != nil} {
		if said {
			n++
		}
	}
	return n
}

func (a *app) decide(cmd *cobra.Command, item string, d decideFlags) error {
	p, by, done, err := a.openFor(cmd, d.who)
	if err != nil {
		return err
	}
	defer done()
	if d.undo {
		ruling, err := p.Undo(cmd.Context(), item, d.decision.Reason, by)
		if err != nil {
			return err
		}
		return a.printRulings([]reconcile.Ruling{ruling}, "Undone", d.asJSON)
	}
	rulings, err := p.Decide(cmd.Context(), item, d.decision, by)
	what := "Ruled"
	switch {
	case errors.Is(err, pipeline.ErrRuled):
		what = "Ruled already"
	case err != nil:
		return err
	}
	return a.printRulings(rulings, what, d.asJSON)
}

func (a *app) printRulings(rulings []reconcile.Ruling, what string, asJSON bool) error {
	if asJSON {
		return a.printJSON(append([]reconcile.Ruling{}, rulings...))
	}
	for _, r := range rulings {
		fmt.Fprintf(a.stdout, "%s %s: %s", what, r.ID, r.Kind)
		for _, part := range []string{r.Period.String(), shortHash(r.SHA256), string(r.Agency), string(r.Activity), string(r.Figure), r.Value, r.Rule, r.Address, r.Until.String()} {
			if part != "" {
				fmt.Fprintf(a.stdout, " %s", part)
			}
		}
		fmt.Fprintln(a.stdout)
	}
	return nil
}

func shortHash(sha string) string { return sha[:min(8, len(sha))] }
