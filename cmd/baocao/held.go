package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

func newHeld(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "held [PERIOD]",
		Short: "List the documents and rows that wait for a clerk, and what else needs a person",
		Long: `held lists what waits for a clerk, each with the reasons and the readings between
which baocao decide chooses: documents of senders that are not known or not
certain, rows whose activity or figure is in doubt. Without a period it lists
those of all periods that are not issued, and the mails and letters that the
program cannot get done by itself.`,
		Example: "  baocao held\n  baocao held 2018-Q1 --json",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return onePeriod(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			if _, err := p.Collect(cmd.Context()); err != nil {
				return err
			}
			var period plan.Period
			if len(args) == 1 {
				period, _ = plan.ParsePeriod(args[0]) // onePeriod has checked it
			}
			items, err := p.Held(cmd.Context(), period)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(items)
			}
			a.printHeld(items)
			if period.IsZero() {
				attention, err := p.Attention(cmd.Context(), p.Now())
				if err != nil {
					return err
				}
				for _, n := range attention {
					fmt.Fprintf(a.stdout, "%s  %s %s\n", n.Reference, n.Message, n.Advice)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}

func (a *app) printHeld(items []pipeline.HeldItem) {
	if len(items) == 0 {
		fmt.Fprintln(a.stdout, "Nothing waits for a clerk.")
	}
	for _, it := range items {
		fmt.Fprintf(a.stdout, "%s  %s", it.ID, it.File)
		if it.Agency != nil {
			fmt.Fprintf(a.stdout, "  %s", *it.Agency)
		}
		if it.Period != nil {
			fmt.Fprintf(a.stdout, "  %s", it.Period)
		}
		if it.Activity != "" {
			fmt.Fprintf(a.stdout, "  %s", it.Activity)
		}
		if it.Arrived != nil {
			fmt.Fprintf(a.stdout, "  %s", it.Arrived.Format("2006-01-02 15:04"))
		}
		if it.Sender != "" {
			fmt.Fprintf(a.stdout, "  <%s>", it.Sender)
		}
		fmt.Fprintln(a.stdout)
		for _, r := range it.Reasons {
			fmt.Fprintf(a.stdout, "    %s\n", r.Message)
		}
		for _, c := range it.Choices {
			fmt.Fprintf(a.stdout, "    --choose %d  %s\n", c.Number, c.Text)
		}
	}
}

func newDecide(a *app) *cobra.Command {
	var (
		who      actorFlag
		d        pipeline.Decision
		asg      pipeline.Assignment
		agencyID string
		period   string
		activity string
		figure   string
		source   string
		undo     bool
		asJSON   bool
	)
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
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			by, err := who.actor(p.Now())
			if err != nil {
				return err
			}
			if undo {
				ruling, err := p.Undo(cmd.Context(), args[0], d.Reason, by)
				if err != nil {
					return err
				}
				return a.printRulings([]reconcile.Ruling{ruling}, "Undone", asJSON)
			}
			if agencyID != "" || period != "" || activity != "" {
				asg.Agency, asg.Activity = agency.ID(agencyID), plan.Code(activity)
				if period != "" {
					if asg.Period, err = plan.ParsePeriod(period); err != nil {
						return usageError{cmd.CommandPath(), err}
					}
				}
				d.Assign = &asg
			}
			if figure != "" {
				name, value, ok := strings.Cut(figure, "=")
				if !ok {
					return usageError{cmd.CommandPath(), fmt.Errorf("--correct %q: want FIGURE=VALUE, such as spent=14.5", figure)}
				}
				d.Correct = &pipeline.Correction{Figure: reconcile.Figure(name), Value: value, Source: source}
			}
			if n := given(d); n != 1 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want one of --choose, --release, --set-aside, --agency/--period/--activity, --correct, --undo; got %d", n)}
			}
			if _, err := p.Collect(cmd.Context()); err != nil {
				return err
			}
			rulings, err := p.Decide(cmd.Context(), args[0], d, by)
			if err != nil {
				return err
			}
			return a.printRulings(rulings, "Ruled", asJSON)
		},
	}
	who.register(cmd)
	f := cmd.Flags()
	f.IntVar(&d.Choose, "choose", 0, "take reading `N` of those that held lists")
	f.BoolVar(&d.Release, "release", false, "take it as it was read")
	f.BoolVar(&d.SetAside, "set-aside", false, "leave it out")
	f.StringVar(&agencyID, "agency", "", "it is this agency's, by its `id`")
	f.StringVar(&period, "period", "", "it is about this `period`")
	f.StringVar(&activity, "activity", "", "the row is about the activity of this `code`")
	f.StringVar(&figure, "correct", "", "`figure=value`: status, percent, spent, spent_total (million đồng) or done_on")
	f.StringVar(&source, "source", "", "what a correction rests on: a letter's number and day")
	f.BoolVar(&d.Remember, "remember", false, "take mail from this sender as this agency's from now on")
	f.BoolVar(&undo, "undo", false, "take the ruling named back")
	f.StringVar(&d.Reason, "reason", "", "why, for the report's notes and the audit trail")
	f.BoolVar(&asJSON, "json", false, "print one JSON value")
	required(cmd, "reason")
	return cmd
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

func (a *app) printRulings(rulings []reconcile.Ruling, what string, asJSON bool) error {
	if asJSON {
		return a.printJSON(rulings)
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
