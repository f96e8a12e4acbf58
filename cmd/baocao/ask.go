package main

import (
	"github.com/spf13/cobra"
)

func newAsk(a *app) *cobra.Command {
	var who actorFlag
	var f mailFlags
	var question string
	cmd := &cobra.Command{
		Use:   "ask ITEM",
		Short: "Ask an agency by mail to correct a document or a row of it",
		Long: `ask writes to the agency of a document or row, named as baocao held and statement
--trace name it, in your words, with what was found there. It is asked once; who
asked what stands in the audit. The corrected file arrives as the next version, and
baocao diff shows old and new. The text round your words is in
templates/letter/correction.txt.`,
		Example: `  baocao ask a50b773b:11 --text "Đề nghị ghi kinh phí bằng số, đơn vị triệu đồng"`,
		Args:    exactly(1, "a document or a row"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			p, by, done, err := a.openFor(cmd, who)
			if err != nil {
				return err
			}
			defer done()
			p.DryRun = f.dryRun
			m, err := p.Ask(cmd.Context(), args[0], question, f.toMe, by)
			if err != nil {
				return err
			}
			return a.post(cmd, p, m, f)
		},
	}
	who.register(cmd)
	f.register(cmd)
	cmd.Flags().StringVar(&question, "text", "", "what the agency is to look at")
	required(cmd, "text")
	return cmd
}
