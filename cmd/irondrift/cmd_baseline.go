package main

import (
	"fmt"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
)

func (a *app) baselineCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Show baselines and their history; propose changes for someone else to apply",
		Long: `A baseline is a fold over the approvals in the ledger. The program never moves it
by itself. To see what differs from it: irondrift diff SYSTEM@baseline SYSTEM@latest`,
	}
	cmd.AddCommand(a.baselineListCommand(), a.baselineShowCommand(), a.baselineHistoryCommand(), a.baselineProposeCommand(), a.baselineApplyCommand())
	return cmd
}

// openForReading opens the configured store without making one.
func (a *app) openForReading() (*config, *baseline.Store, error) {
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, nil, err
	}
	s, err := a.openStore(cfg, false)
	return cfg, s, err
}

func (a *app) baselineListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the baseline of every system and source",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, store, err := a.openForReading()
			if err != nil {
				return err
			}
			rows := []approvalRow{}
			t := plainTable()
			t.AppendHeader(table.Row{"SYSTEM", "SOURCE", "NIGHT", "APPROVED", "BY", "SIGNED", "FINDINGS ACCEPTED", "TICKET"})
			code := exitOK
			for _, sys := range cfg.Systems {
				last := map[string]baseline.Approval{}
				for _, h := range store.History(sys.ID) {
					last[h.Source] = h
				}
				for _, src := range sys.Sources {
					h, found := last[src.Source]
					if !found {
						code = exitNotAssessed
						t.AppendRow(table.Row{sys.ID, src.Source, "-", "no baseline"})
						continue
					}
					rows = append(rows, approvalJSON(h))
					t.AppendRow(table.Row{sys.ID, src.Source, h.Night, h.Time, plain(h.By), signedText(h.Unsigned()), findingsText(h.Findings), plain(h.Ticket)})
				}
			}
			if a.json {
				err = a.printJSON(rows)
			} else {
				_, err = fmt.Fprintln(a.stdout, t.Render())
			}
			if err != nil {
				return err
			}
			return status(code)
		},
	}
}

func (a *app) baselineShowCommand() *cobra.Command {
	var source, format string
	cmd := &cobra.Command{
		Use:               "show SYSTEM",
		Short:             "Print the approved values",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeSystems,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := a.snapshotArgument(cmd.Context(), args[0]+"@baseline")
			if err != nil {
				return err
			}
			defer s.Close()
			if source != "" {
				if err := keepSource(s, source); err != nil {
					return err
				}
			}
			if a.json {
				format = "json"
			}
			return withStatus(exitUsage, s.Export(a.stdout, format, false))
		},
	}
	cmd.Flags().StringVar(&source, "source", "", "only this `source`")
	cmd.Flags().StringVar(&format, "format", "flat", "flat, yaml or json")
	return cmd
}

func (a *app) baselineHistoryCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "history SYSTEM",
		Short:             "List every approval and pending proposal of a system",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeSystems,
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, store, err := a.openForReading()
			if err != nil {
				return err
			}
			sys := cfg.system(args[0])
			if sys == nil {
				return usageError("the configuration names the systems", "there is no system %q", args[0])
			}
			rows := []approvalRow{}
			for _, h := range store.History(sys.ID) {
				rows = append(rows, approvalJSON(h))
			}
			for _, p := range store.Proposals(sys.ID) {
				if p.Applied == 0 {
					rows = append(rows, proposalJSON(p))
				}
			}
			if a.json {
				return a.printJSON(rows)
			}
			t := plainTable()
			t.AppendHeader(table.Row{"RECORD", "STATE", "SOURCE", "WHAT", "NIGHT", "TIME", "BY", "SIGNED", "TICKET", "REASON"})
			for _, r := range rows {
				t.AppendRow(table.Row{r.Record, r.State, r.Source, fmt.Sprintf("%s (%d)", r.What, r.Count), r.Night, r.Time,
					plain(r.By), signedText(!r.Signed), plain(r.Ticket), plain(r.Reason)})
			}
			_, err = fmt.Fprintln(a.stdout, t.Render())
			return err
		},
	}
}

func (a *app) baselineProposeCommand() *cobra.Command {
	var o approveOptions
	cmd := &cobra.Command{
		Use:   "propose SYSTEM",
		Short: "Record an approval for someone else to apply",
		Long: `Propose records what approve would do without doing it. "baseline apply" applies
it later; it is void when a value it names has moved in between.`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeSystems,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.approve(cmd.Context(), args[0], &o, func(n *night, req baseline.ApproveRequest) (any, string, error) {
				p, err := n.store.Propose(cmd.Context(), req)
				return proposalJSON(p), fmt.Sprintf("%s  %s: proposed as ledger record %d; apply it with: irondrift baseline apply %d\n", plain(p.System), p.Source, p.Record, p.Record), err
			})
		},
	}
	o.addFlags(cmd)
	return cmd
}

func (a *app) baselineApplyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "apply RECORD",
		Short: "Apply a proposal",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			record, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return usageError(`"irondrift baseline history SYSTEM" lists them`, "%q is not the number of a ledger record", args[0])
			}
			_, store, err := a.openForReading()
			if err != nil {
				return err
			}
			done, err := store.Apply(cmd.Context(), record)
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(approvalJSON(done))
			}
			fmt.Fprint(a.stdout, describeApproval(done))
			return nil
		},
	}
}
