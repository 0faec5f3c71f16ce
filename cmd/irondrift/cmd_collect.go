package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
)

type collectOptions struct {
	system   string
	output   string
	time     string
	zone     string
	codePage string
	release  string
	stack    string
	complete bool
	noRDW    bool
}

func (a *app) collectCommand() *cobra.Command {
	var o collectOptions
	cmd := &cobra.Command{
		Use:   "collect [SOURCE] FILE...",
		Short: "Read extracts into a snapshot",
		Long: `Collect reads extracts of one system and writes a snapshot. The source of each
file is recognised from its content when it is not named:

` + sourceTable() + `
Without -o it prints what it read: how complete it is, and what was odd.

EXIT STATUS
  0  everything was read
  3  an extract is missing, damaged or partial`,
		Example: `  irondrift collect ZVMPROD1.user-direct.txt --system ZVMPROD1 -o zvmprod1.snap
  irondrift collect racf-setropts - --system PRDA -o prda.snap <setropts.txt
  irondrift collect PRDA.setropts.txt PRDA.zert.smf --system PRDA -o prda.snap`,
		Args: cobra.MinimumNArgs(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return sources.Names(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.runCollect(cmd.Context(), args, &o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.system, "system", "", "`name` of the system; keeps this one when an extract holds several")
	f.StringVarP(&o.output, "output", "o", "", "snapshot `file` to write; - is standard output")
	f.StringVar(&o.time, "time", "", "`time` of the extract when it does not say (2026-11-18T02:05:00+01:00)")
	f.StringVar(&o.zone, "zone", "", "time `zone` of local times in the extract (Europe/Berlin)")
	f.StringVar(&o.codePage, "code-page", "", "EBCDIC code `page` of text extracts and outfiles: "+codePages()+" (default: 1047 for text, 037 for outfiles of IBM i)")
	f.StringVar(&o.release, "release", "", "z/OS `release` (3.1) of an AT-TLS policy, whose defaults depend on it")
	f.StringVar(&o.stack, "stack", "", "TCP/IP `stack` of an AT-TLS policy")
	f.BoolVar(&o.noRDW, "no-rdw", false, "the SMF dump lost its record descriptor words; works for records of type 119 only")
	f.BoolVar(&o.complete, "assert-complete", false, "the transfer proves the extract whole, though it has no end mark")
	return cmd
}

// codePages names the code pages for the help of a flag.
func codePages() string { return strings.Join(collect.CodePages(), ", ") }

func sourceTable() string {
	var b strings.Builder
	for _, s := range sources.All() {
		fmt.Fprintf(&b, "  %-15s %s\n", s.Info().Name, s.Info().Title)
	}
	return b.String()
}

// options turns flags into the options of a collector.
func (o *collectOptions) options(a *app, p *progress) (*collect.Options, error) {
	opts := &collect.Options{
		System: o.system, SystemFrom: collect.FromCommand, CodePage: o.codePage,
		Release: o.release, Stack: o.stack,
		AssertComplete: o.complete, NoRDW: o.noRDW, Collector: programVersion(), Progress: p.add,
	}
	err := collect.CheckCodePage(o.codePage)
	if err != nil {
		return nil, usageError("name one of these", "--code-page: %v", err)
	}
	if o.time != "" {
		if opts.Captured, err = time.Parse(time.RFC3339, o.time); err != nil {
			return nil, usageError("write it like 2026-11-18T02:05:00+01:00", "--time %q is not a time", o.time)
		}
	}
	if o.zone != "" {
		if opts.Location, err = time.LoadLocation(o.zone); err != nil {
			return nil, usageError("name a zone such as Europe/Berlin", "--zone: %v", err)
		}
		opts.Zone = o.zone
	}
	return opts, nil
}

func (a *app) runCollect(ctx context.Context, args []string, o *collectOptions) error {
	var src collect.Source
	if s, ok := sources.Lookup(args[0]); ok {
		if src, args = s, args[1:]; len(args) == 0 {
			return usageError("irondrift collect "+s.Info().Name+" FILE", "no file to collect")
		}
	}
	if o.output == "-" && isTerminal(a.stdout) {
		return usageError("redirect it to a file, or name one with -o", "a snapshot is not for a terminal")
	}
	p := a.progress()
	defer p.clear()
	opts, err := o.options(a, p)
	if err != nil {
		return err
	}
	parts, err := collectFiles(ctx, src, args, opts, p, a.stdin)
	if err != nil {
		return err
	}
	snapshot, err := collect.NewSnapshot(parts)
	if err != nil {
		return withStatus(exitUsage, err)
	}
	defer snapshot.Close()
	p.clear()
	code := exitOK
	for _, part := range snapshot.Parts {
		if part.Header.State() == collect.Partial {
			code = exitNotAssessed
		}
	}
	if o.output != "" {
		if err := snapshot.WriteFile(o.output, a.stdout); err != nil {
			return err
		}
	}
	switch {
	case o.output == "" && a.json:
		var headers []collect.Header
		for _, part := range snapshot.Parts {
			headers = append(headers, part.Header)
		}
		if err := a.printJSON(headers); err != nil {
			return err
		}
	case o.output == "":
		for _, part := range snapshot.Parts {
			describePart(a.stdout, &part.Header)
		}
	case !a.quiet:
		for _, part := range snapshot.Parts {
			describePart(a.stderr, &part.Header)
		}
	}
	return status(code)
}

func openInput(name string, stdin io.Reader) (*collect.File, error) {
	if name != "-" {
		return collect.OpenFile(name)
	}
	used := false
	return collect.NewFile("standard input", -1, func() (io.ReadCloser, error) {
		if used {
			return nil, errors.New("standard input can be read once only")
		}
		used = true
		return io.NopCloser(stdin), nil
	}), nil
}

// describePart says what was read, for a person.
func describePart(w io.Writer, h *collect.Header) {
	fmt.Fprintf(w, "%s  %s\n", plain(cmp.Or(h.System, "(system not known)")), h.Source)
	fmt.Fprintf(w, "  identity   %s\n", h.SystemFrom)
	when := h.Period.From
	if h.Period.Start != "" {
		when = h.Period.Start
		if h.Period.End != h.Period.Start {
			when += " to " + h.Period.End
		}
		when += " (" + h.Period.From + "; clock: " + h.Clock.Zone + ")"
	}
	fmt.Fprintf(w, "  time       %s\n", plain(when))
	for _, f := range h.Files {
		fmt.Fprintf(w, "  file       %s, %s, %s\n", collect.QuoteName(f.Name), size(f.Size), cmp.Or(f.Encoding, "binary"))
	}
	fmt.Fprintf(w, "  read       %d records: %d used, %d duplicate", h.Counts.Read, h.Counts.Used, h.Counts.Duplicate)
	if h.Counts.Window > 0 {
		fmt.Fprintf(w, " (looked for %d records back)", h.Counts.Window)
	}
	for _, reason := range sortedKeys(h.Counts.Ignored) {
		fmt.Fprintf(w, ", %d %s", h.Counts.Ignored[reason], plain(reason))
	}
	fmt.Fprintf(w, "\n  facts      %d, content %s\n", h.Facts, h.Content)
	state := h.State()
	fmt.Fprintf(w, "  coverage   %s\n", map[collect.State]string{
		collect.Complete: "complete",
		collect.Open:     "whole as far as it goes, but nothing proves that it did not stop early",
		collect.Partial:  "PARTIAL",
	}[state])
	said := 0
	for _, c := range h.Coverage {
		if c.State == collect.Partial {
			if said++; said <= 5 {
				fmt.Fprintf(w, "             %s: %s\n", plain(string(c.Prefix)), plain(c.Reason))
			}
		}
	}
	for i, warning := range h.Warnings {
		if i == 5 {
			fmt.Fprintf(w, "  warning    ... and %d more\n", h.WarningCount-5)
			break
		}
		fmt.Fprintf(w, "  warning    %s\n", plain(warning.String()))
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
