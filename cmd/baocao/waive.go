package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baocao/pipeline/agency"
	"baocao/pipeline/plan"
	"baocao/pipeline/reconcile"
)

func newWaive(a *app) *cobra.Command {
	var (
		who                        actorFlag
		reason, rule, id, activity string
		until                      dayFlag
		asJSON                     bool
	)
	cmd := &cobra.Command{
		Use:   "waive PERIOD [GAP…]",
		Short: "Let a gap stand when the period is issued, or silence a rule about an agency or activity",
		Long: `waive lets gaps stand that baocao issue PERIOD --dry-run lists, by their names: a
missing agency (cujut), a document or row that waits (3f2a91c0, 3f2a91c0:18), an
error (1.1.1/spent-over-budget). With --rule it silences a rule about an agency or
an activity, or both, until a day, or for this period.`,
		Example: `  baocao waive 2018-Q1 cujut tuyduc --reason "Đã đồng ý cho gửi vào kỳ 6 tháng"
  baocao waive 2018-Q1 --rule done-without-evidence --agency syt --until 2018-12-31 --reason "Gửi bản giấy"`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{cmd.CommandPath(), fmt.Errorf("want a period, such as 2018-Q1")}
			}
			if (len(args) == 1) == (rule == "") {
				return usageError{cmd.CommandPath(), fmt.Errorf("want gaps after the period, or --rule without gaps")}
			}
			return onePeriod(cmd, args[:1])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, by, done, err := a.openFor(cmd, who)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // Args has checked it
			if rule == "" {
				kept, err := p.Waive(cmd.Context(), period, args[1:], reason, by)
				if err != nil {
					return err
				}
				return a.printRulings(kept, "Waived", asJSON)
			}
			kept, err := p.WaiveRule(cmd.Context(), reconcile.Ruling{
				Period: period, Rule: rule, Agency: agency.ID(id), Activity: plan.Code(activity), Until: until.Day, Reason: reason,
			}, by)
			if err != nil {
				return err
			}
			return a.printRulings([]reconcile.Ruling{kept}, "Waived", asJSON)
		},
	}
	who.register(cmd)
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why, for the report's notes and the audit trail")
	f.StringVar(&rule, "rule", "", "the `code` of a rule of templates/rules.yaml")
	f.StringVar(&id, "agency", "", "about this agency, by its `id`")
	f.StringVar(&activity, "activity", "", "about the activity of this `code`")
	f.Var(&until, "until", "the last `day` on which the waiver holds (default: for this period)")
	f.BoolVar(&asJSON, "json", false, "print one JSON value")
	required(cmd, "reason")
	before(cmd, func() error {
		if rule == "" && (id != "" || activity != "" || !until.IsZero()) {
			return errors.New("--agency, --activity and --until go with --rule")
		}
		return nil
	})
	return cmd
}

func newExtend(a *app) *cobra.Command {
	var (
		who    actorFlag
		reason string
		until  dayFlag
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:     "extend PERIOD AGENCY",
		Short:   "Give one agency more time, with a reason",
		Example: `  baocao extend 2018-Q1 cujut --until 2018-03-23 --reason "Bão, mất điện"`,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := exactly(2, "a period and an agency")(cmd, args); err != nil {
				return err
			}
			return onePeriod(cmd, args[:1])
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			p, by, done, err := a.openFor(cmd, who)
			if err != nil {
				return err
			}
			defer done()
			period, _ := plan.ParsePeriod(args[0]) // Args has checked it
			kept, err := p.Extend(cmd.Context(), period, agency.ID(args[1]), until.Day, reason, by)
			if err != nil {
				return err
			}
			return a.printRulings([]reconcile.Ruling{kept}, "Extended", asJSON)
		},
	}
	who.register(cmd)
	f := cmd.Flags()
	f.StringVar(&reason, "reason", "", "why, for the report's notes and the audit trail")
	f.Var(&until, "until", "the `day` until which its report is in time")
	f.BoolVar(&asJSON, "json", false, "print one JSON value")
	required(cmd, "reason", "until")
	return cmd
}
