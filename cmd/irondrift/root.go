package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/irondrift/irondrift/collect"

	"github.com/irondrift/irondrift/reports"
)

// app is what every command needs: the streams, the global flags, the clock.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	config  string
	json    bool
	noColor bool
	quiet   bool
	nowFlag string
	names   nameFlags

	started bool
}

// run runs one command line and returns its exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := &results{w: stdout}
	a := &app{stdin: stdin, stdout: out, stderr: stderr}
	root := a.rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil && !a.started && collect.HintOf(err) == "" {
		err = misused(cmd, err)
	}
	var ended *statusError
	if out.err != nil && (err == nil || errors.Is(err, out.err) || errors.As(err, &ended) && ended.err == nil && ended.code < exitNotAssessed) {
		err = notPrinted(out.err)
	}
	return finish(ctx, err, a.started, a.json, stderr)
}

// misused says how a command is used that was not used so. What cobra suggests in
// the error itself goes into the hint.
func misused(cmd *cobra.Command, err error) error {
	text, meant, suggested := strings.Cut(err.Error(), "\n\nDid you mean this?\n")
	switch {
	case suggested:
		return usageError(fmt.Sprintf("did you mean %s? %q lists the commands", strings.Join(strings.Fields(meant), " or "), cmd.CommandPath()+" --help"), "%s", text)
	case cmd.HasSubCommands():
		return usageError(fmt.Sprintf("%q lists the commands", cmd.CommandPath()+" --help"), "%s", text)
	}
	return usageError(fmt.Sprintf("it is used as: %s; %q says more", cmd.UseLine(), cmd.CommandPath()+" --help"), "%s", text)
}

// notPrinted says that results went nowhere.
func notPrinted(err error) error {
	advice := "write them to another place, or again when this one takes them"
	if errors.Is(err, syscall.ENOSPC) {
		advice = "make room there, or write them to another place; then run the command again"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return withStatus(exitNotAssessed, &hinted{fmt.Errorf("the results could not be written to standard output: %w", err), advice})
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "irondrift",
		Short: "Nightly security snapshots of z/VM, z/OS and IBM i, compared, judged and reported against PCI DSS",
		Long: `irondrift takes nightly snapshots of the security settings of z/VM, z/OS and
IBM i systems, compares each with an approved baseline, and tells an auditor,
per PCI DSS requirement, what the evidence shows and what it cannot show.

Start with "irondrift demo", which runs the whole cycle on a built-in bank.

EXIT STATUS
  0  nothing to report
  1  drift or findings
  2  wrong usage or configuration
  3  something could not be assessed: missing, stale, damaged or partial
     evidence, or no baseline
  4  the evidence store fails verification
  130  interrupted
When several apply, the highest below 130 is returned.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if a.nowFlag != "" {
				if _, err := time.Parse(time.RFC3339, a.nowFlag); err != nil {
					return usageError("write it like 2026-11-19T06:30:00+01:00", "--now %q is not a time", a.nowFlag)
				}
			}
			return nil
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = false
	f := root.PersistentFlags()
	f.StringVar(&a.config, "config", defaultConfig, "configuration `file`")
	f.BoolVar(&a.json, "json", false, "print results, and errors, as JSON")
	f.BoolVar(&a.noColor, "no-color", false, "no colour, even on a terminal (also: NO_COLOR)")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "no progress and no notes on standard error")
	f.StringVar(&a.nowFlag, "now", "", "use this `time` instead of the clock, for reproducible runs")
	root.AddCommand(
		a.demoCommand(),
		a.initCommand(),
		a.runCommand(),
		a.collectCommand(),
		a.exportCommand(),
		a.diffCommand(),
		a.approveCommand(),
		a.baselineCommand(),
		a.checkCommand(),
		a.reportCommand(),
		a.rulesCommand(),
		a.explainCommand(),
		a.scrubCommand(),
		a.keysCommand(),
		a.verifyCommand(),
		a.zertCommand(),
		a.versionCommand(),
	)
	refuseUnknown(root)
	a.markStarted(root)
	return root
}

// refuseUnknown makes commands that only group others refuse a name that is none
// of them. By itself cobra prints the help and succeeds, so that a script with
// "baseline aply 27" would believe that it was applied.
func refuseUnknown(root *cobra.Command) {
	for _, group := range root.Commands() {
		if !group.HasSubCommands() || group.Runnable() {
			continue
		}
		group.RunE = func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return usageError(fmt.Sprintf("%q lists its commands", cmd.CommandPath()+" --help"), "unknown command %q for %q", args[0], cmd.CommandPath())
		}
	}
}

// markStarted makes every command note that it began: an error before that is
// wrong usage.
func (a *app) markStarted(cmd *cobra.Command) {
	if run := cmd.RunE; run != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error {
			a.started = true
			return run(cmd, args)
		}
	}
	for _, sub := range cmd.Commands() {
		a.markStarted(sub)
	}
}

// now is the clock, or the time given with --now.
func (a *app) now() time.Time {
	if t, err := time.Parse(time.RFC3339, a.nowFlag); err == nil {
		return t
	}
	return time.Now()
}

// colour reports whether w is a terminal that wants colour.
func (a *app) colour(w io.Writer) bool {
	return !a.noColor && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}

// results is standard output. It remembers that something could not be written,
// so that results that went nowhere are no success, whatever wrote them.
type results struct {
	w   io.Writer
	err error
}

func (r *results) Write(b []byte) (int, error) {
	n, err := r.w.Write(b)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n, err
}

// file is the file behind w, when there is one.
func file(w io.Writer) (*os.File, bool) {
	if r, ok := w.(*results); ok {
		w = r.w
	}
	f, ok := w.(*os.File)
	return f, ok
}

func isTerminal(w io.Writer) bool {
	f, ok := file(w)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width is the width of the terminal, 100 when w is none.
func width(w io.Writer) int {
	if f, ok := file(w); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 20 {
			return n
		}
	}
	return 100
}

// note says something on standard error that is not a result.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintln(a.stderr, plain(fmt.Sprintf(format, args...)))
	}
}

// printJSON prints a result.
func (a *app) printJSON(v any) error { return writeJSON(a.stdout, v) }

// writeJSON writes JSON that can be looked at on any terminal.
func writeJSON(w io.Writer, v any) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(reports.PlainJSON(out))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	return out.Flush()
}
