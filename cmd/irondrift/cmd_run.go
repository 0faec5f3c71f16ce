package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

func (a *app) runCommand() *cobra.Command {
	var label string
	var systems []string
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Collect, store, compare, judge and report all systems: the nightly job",
		Long: `Run does the whole night: it reads the extracts that the configuration names,
stores them, compares each system with its approved baseline, judges it, writes
the configured reports and prints a summary. A system whose extract is missing
or damaged does not stop the others.

EXIT STATUS
  0  nothing to report
  1  drift or findings
  3  something is missing, stale, damaged or partial, or has no baseline
  4  the evidence store fails verification`,
		Example: `  irondrift run
  irondrift run --night 2026-11-19 --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if label == "" {
				label = a.now().Format(time.DateOnly)
			}
			if _, err := time.Parse(time.DateOnly, label); err != nil {
				return usageError("write it like 2026-11-19", "--night %q is not a date", label)
			}
			// What was stored under a date to come would stay the newest until then.
			if tomorrow := a.now().AddDate(0, 0, 1).Format(time.DateOnly); label > tomorrow {
				return usageError("nights to come have no evidence yet", "--night %s is in the future", label)
			}
			n, err := a.openNight(true)
			if err != nil {
				return err
			}
			defer n.bar.clear()
			if err := n.known(systems); err != nil {
				return err
			}
			if err := n.collect(cmd.Context(), label, systems); err != nil {
				return err
			}
			if err := n.judge(cmd.Context(), label, systems); err != nil {
				return err
			}
			location, err := n.writeReports(cmd.Context(), label)
			if err != nil {
				return err
			}
			if err := n.print(cmd.Context(), location); err != nil {
				return err
			}
			return status(n.status())
		},
	}
	cmd.Flags().StringVar(&label, "night", "", "`date` under which the evidence counts, and {night} in file names (default: today)")
	a.systemFlag(cmd, &systems)
	a.nameFlags(cmd)
	return cmd
}

func (a *app) systemFlag(cmd *cobra.Command, systems *[]string) {
	cmd.Flags().StringSliceVar(systems, "system", nil, "only this `system`; may be repeated")
	_ = cmd.RegisterFlagCompletionFunc("system", a.completeSystems)
}

// nameFlags are the flags of commands that print reports.
func (a *app) nameFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.names.hosts, "hosts", "", "name peers after this `file` of addresses and networks, in the form of /etc/hosts")
	cmd.Flags().BoolVar(&a.names.resolve, "resolve", false, "ask the name service for the names of other peers")
}

func (a *app) completeSystems(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var ids []string
	for _, s := range cfg.Systems {
		ids = append(ids, s.ID+"\t"+s.Platform)
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}

// known refuses systems that the configuration does not name.
func (n *night) known(systems []string) error {
	for i, name := range systems {
		s := n.cfg.system(name)
		if s == nil {
			return usageError("the configuration names the systems", "there is no system %q", name)
		}
		systems[i] = s.ID
	}
	return nil
}

// writeReports writes the configured reports and returns where the one for
// people is.
func (n *night) writeReports(ctx context.Context, label string) (location string, err error) {
	if len(n.cfg.Reports) == 0 {
		return "", nil
	}
	r, err := n.report(ctx)
	if err != nil {
		return "", err
	}
	for _, rc := range n.cfg.Reports {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		path := n.cfg.path(rc.File, label)
		n.bar.step("writing "+path, 0)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return "", fmt.Errorf("folder of the report: %w", err)
		}
		if err := reports.WriteFile(path, rc.Format, r, reports.Options{}); err != nil {
			return "", err
		}
		if location == "" || rc.Format == "html" {
			location = path
		}
	}
	return location, nil
}

// print prints the summary, or everything as JSON.
func (n *night) print(ctx context.Context, location string) error {
	r, err := n.report(ctx)
	if err != nil {
		return err
	}
	n.bar.clear()
	r.Location = location
	format := "terminal"
	if n.app.json {
		format = "json"
	}
	return reports.Write(n.app.stdout, format, r, reports.Options{Color: n.app.colour(n.app.stdout), Width: width(n.app.stdout)})
}

func (a *app) checkCommand() *cobra.Command {
	var systems []string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Judge the newest snapshots in the store",
		Long: `Check compares the newest evidence of every system with its baseline and judges
it, without collecting anything and without recording a run.

EXIT STATUS
  0  nothing to report
  1  drift or findings
  3  something is missing, stale or partial, or has no baseline
  4  the evidence store fails verification`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			n, err := a.judgedNight(cmd.Context(), "", systems)
			if err != nil {
				return err
			}
			if err := n.print(cmd.Context(), ""); err != nil {
				return err
			}
			return status(n.status())
		},
	}
	a.systemFlag(cmd, &systems)
	a.nameFlags(cmd)
	return cmd
}

// judgedNight judges what the store holds.
func (a *app) judgedNight(ctx context.Context, label string, systems []string) (*night, error) {
	n, err := a.openNight(false)
	if err != nil {
		return nil, err
	}
	defer n.bar.clear()
	if err := n.known(systems); err != nil {
		return nil, err
	}
	return n, n.judge(ctx, label, systems)
}

func (a *app) reportCommand() *cobra.Command {
	var format, output string
	var systems []string
	var redact bool
	cmd := &cobra.Command{
		Use:   "report",
		Short: "Write a report on the newest snapshots in the store",
		Long:  reportHelp(),
		Example: `  irondrift report --format html -o pci.html
  irondrift report --format csv -o findings.csv --system PRDA
  irondrift report --format html --redact -o for-the-vendor.html`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.json {
				format = "json"
			}
			if _, err := reports.FindFormat(format); err != nil {
				return withStatus(exitUsage, err)
			}
			n, err := a.judgedNight(cmd.Context(), "", systems)
			if err != nil {
				return err
			}
			opts := reports.Options{Redact: redact, RedactKey: n.store.SecretKey()}
			r, err := n.report(cmd.Context())
			if err != nil {
				return err
			}
			if output == "" || output == "-" {
				opts.Color, opts.Width = a.colour(a.stdout), width(a.stdout)
				err = reports.Write(a.stdout, format, r, opts)
			} else if err = reports.WriteFile(output, format, r, opts); err == nil {
				a.note("irondrift: %s written", output)
			}
			if err != nil {
				return err
			}
			return status(n.status())
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "terminal", "format, see above")
	f.StringVarP(&output, "output", "o", "", "`file` to write, readable by you only; - is standard output")
	f.BoolVar(&redact, "redact", false, "replace names and addresses by pseudonyms, for sending on")
	a.systemFlag(cmd, &systems)
	a.nameFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, x := range reports.Formats() {
			names = append(names, x.Name+"\t"+x.Description)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	return cmd
}

func reportHelp() string {
	s := "Report judges the newest evidence of every system and writes a report:\n\n"
	for _, f := range reports.Formats() {
		s += fmt.Sprintf("  %-9s %s\n", f.Name, f.Description)
	}
	return s + `
The same evidence, rules and time (--now) give the same bytes.

EXIT STATUS
  0  nothing to report
  1  drift or findings
  3  something is missing, stale or partial, or has no baseline
  4  the evidence store fails verification`
}

// worstPart is the weakest coverage of a snapshot's parts.
func worstPart(s *collect.Snapshot) collect.State {
	worst := collect.Complete
	for _, p := range s.Parts {
		if st := p.Header.State(); st == collect.Partial || st == collect.Open && worst == collect.Complete {
			worst = st
		}
	}
	return worst
}
