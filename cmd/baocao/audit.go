package main

import (
	"bytes"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"baocao/pipeline"
	"baocao/pipeline/agency"
	"baocao/pipeline/store"
)

// errAuditBroken ends audit verify when the chain does not hold.
var errAuditBroken = errors.New("the audit trail was changed")

func newAudit(a *app) *cobra.Command {
	var (
		q           pipeline.AuditQuery
		from, until dayFlag
		asJSON      bool
		workbook    string
	)
	cmd := &cobra.Command{
		Use:   "audit [TEXT]",
		Short: "Show who did what and when, or verify that nothing of it was changed",
		Long: `audit lists every decision and issue: who, when, what, before and after, why.
TEXT finds entries that hold it, with or without Vietnamese marks.`,
		Example: "  baocao audit \"dinh chinh\" --from 2018-03-01",
		Args:    atMost(1, "one text"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			if len(args) == 1 {
				q.Text = args[0]
			}
			q.From, q.Until = from.Day, until.Day
			entries, err := p.Audit(cmd.Context(), q)
			if err != nil {
				return err
			}
			if workbook != "" {
				var b bytes.Buffer
				if err := p.AuditWorkbook(&b, entries); err != nil {
					return err
				}
				if err := writeOther(workbook, b.Bytes()); err != nil {
					return err
				}
				fmt.Fprintf(a.stderr, "Wrote %s, %d entries\n", workbook, len(entries))
			}
			if asJSON {
				return a.printJSON(entries)
			}
			if workbook != "" {
				return nil
			}
			w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(w, "NO\tAT\tWHO\tVIA\tACTION\tSUBJECT\tREASON")
			for _, e := range entries {
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", e.Seq, e.At.In(agency.Zone).Format("2006-01-02 15:04:05"), e.Who, e.Via, e.Action, e.Subject, e.Reason)
			}
			return w.Flush()
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Who, "who", "", "of this `person`")
	f.StringVar(&q.Action, "action", "", "of this `kind`: ruling, undo, prepare, issue, withdraw, reopen, number, signed, plan, paragraph, ask, send-again")
	f.StringVar(&q.Subject, "subject", "", "about this: a `period`, a ruling, a plan")
	f.Var(&from, "from", "from this `day`")
	f.Var(&until, "until", "until this `day`")
	f.StringVar(&workbook, "xlsx", "", "write the entries as a workbook to this `file`")
	f.BoolVar(&asJSON, "json", false, "print one JSON value")
	cmd.AddCommand(newAuditVerify(a))
	return cmd
}

// auditVerdict is audit verify --json.
type auditVerdict struct {
	Fault *store.AuditFault `json:"fault"` // null: the audit trail is whole
}

func newAuditVerify(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Find an entry of the audit trail that was changed, added or taken away",
		Args:  atMost(0, "no argument"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			p, done, err := a.open(cmd.Context(), needsStore)
			if err != nil {
				return err
			}
			defer done()
			fault, err := p.Store.VerifyAudit(cmd.Context())
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				err = a.printJSON(auditVerdict{fault})
			case fault != nil:
				fmt.Fprintln(a.stdout, fault)
			default:
				fmt.Fprintln(a.stdout, "The audit trail is whole.")
			}
			if err == nil && fault != nil {
				err = errAuditBroken
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON value")
	return cmd
}
