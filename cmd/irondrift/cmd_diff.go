package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

func (a *app) diffCommand() *cobra.Command {
	var seen bool
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two snapshots",
		Long: `Diff compares two snapshots and prints what was added, removed or changed. OLD
and NEW are files written by "collect -o" or "export", or name evidence in the
store: SYSTEM@baseline, SYSTEM@latest, or SYSTEM@2026-11-19.

An observed key that did not occur is not_seen, never removed. What a side does
not cover, or does not know, is not_collected: one row for each prefix. Exit code 3
means that NEW does not cover what OLD knew, or that a side is partial.

A service whose address moved to another stack, as that of a dynamic VIPA does, is
one row. Where it went to, or came from, the evidence of the other systems in the
store tells, when OLD and NEW are of the store. Where two extracts speak of the same
keys, the changes of each stand below the name of its source.

With --seen, between the baseline of a system and a night of it, one more line for
each source names its changes by a digest. An approval that states it (approve
--seen) is void when the changes are others by then. Changes that the configuration
says to ignore are left out, as an approval leaves them out.

EXIT STATUS
  0  no drift
  1  drift: something was added, removed or changed
  3  something could not be compared`,
		Example: `  irondrift diff prda-monday.snap prda-tuesday.snap
  irondrift diff PRDA@baseline PRDA@latest
  irondrift diff PRDA@2026-11-19 PRDB@2026-11-19 --json`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			old, err := a.snapshotArgument(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer old.Close()
			now, err := a.snapshotArgument(cmd.Context(), args[1])
			if err != nil {
				return err
			}
			defer now.Close()
			moves, err := a.movesBetween(cmd.Context(), args[0], args[1], old, now)
			if err != nil {
				return err
			}
			opts := baseline.DiffOptions{Now: a.now()}
			if seen {
				sys, err := a.reviewed(args[0], args[1])
				if err != nil {
					return err
				}
				opts.Ignore = sys
			}
			return a.diff(cmd.Context(), old, now, moves, opts, seen)
		},
	}
	cmd.Flags().BoolVar(&seen, "seen", false, "name the changes of each source by a digest, for approve --seen")
	return cmd
}

// reviewed returns what is ignored in a diff that an approval is to be about.
func (a *app) reviewed(old, now string) ([]baseline.IgnoreRule, error) {
	name, ofBaseline := strings.CutSuffix(old, "@baseline")
	if night, ok := strings.CutPrefix(now, name+"@"); !ofBaseline || !ok || night == "baseline" || a.json {
		return nil, usageError("irondrift diff --seen SYSTEM@baseline SYSTEM@latest, without --json", "--seen needs the baseline of a system and a night of it")
	}
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	sys := cfg.system(name)
	if sys == nil {
		return nil, usageError("the configuration names the systems", "there is no system %q", name)
	}
	return cfg.ignored(sys), nil
}

// snapshotArgument opens a SNAPSHOT argument: a file, or SYSTEM@what in the
// store of the configuration.
func (a *app) snapshotArgument(ctx context.Context, arg string) (*collect.Snapshot, error) {
	system, what, inStore := storeArgument(arg)
	if !inStore {
		return collect.OpenSnapshot(ctx, arg, a.stdin)
	}
	store, system, err := a.storeOf(system)
	if err != nil {
		return nil, err
	}
	parts, err := partsAt(store, system, what)
	if err != nil {
		return nil, withStatus(exitTampered, err)
	}
	if len(parts) == 0 {
		return nil, &statusError{exitNotAssessed, &hinted{fmt.Errorf("the store holds no %q of system %q", what, system), nothingThere(store, system, what)}}
	}
	return collect.NewSnapshot(parts)
}

// storeOf opens the store of the configuration for a system, which can be named by
// any of its names there, and returns its id.
func (a *app) storeOf(system string) (*baseline.Store, string, error) {
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, "", err
	}
	store, err := a.openStore(cfg, false)
	if err != nil {
		return nil, "", err
	}
	if s := cfg.system(system); s != nil {
		system = s.ID
	}
	return store, system, nil
}

// storeArgument takes SYSTEM@what apart.
func storeArgument(arg string) (system, what string, ok bool) {
	system, what, ok = strings.Cut(arg, "@")
	return system, what, ok && !strings.ContainsAny(system, `/\`)
}

// partsAt returns the parts of a system that the store has of a night, of the
// newest one, or of the baseline.
func partsAt(store *baseline.Store, system, what string) (parts []*collect.Part, err error) {
	switch what {
	case "baseline":
		for _, source := range store.Baselines(system) {
			p, found, err := store.Current(system, source)
			if err != nil {
				return nil, err
			}
			if found {
				parts = append(parts, p)
			}
		}
		return parts, nil
	case "latest":
		nights := store.Nights(system)
		if len(nights) == 0 {
			return nil, nil
		}
		what = nights[len(nights)-1]
	}
	return store.PartsOf(system, what)
}

// nothingThere says what to do about evidence that the store does not hold.
func nothingThere(store *baseline.Store, system, what string) string {
	nights := store.Nights(system)
	switch {
	case len(nights) == 0 && !slices.Contains(store.Systems(), system):
		known := store.Systems()
		if len(known) == 0 {
			return `it holds no evidence at all yet: "irondrift run" collects it`
		}
		return "the systems in it are " + strings.Join(known, " ")
	case len(nights) == 0:
		return `nothing of it was collected yet: see what "irondrift run" says about its extracts`
	case what == "baseline":
		return fmt.Sprintf("nothing of it was approved yet: irondrift approve %s --reason ...", system)
	}
	return fmt.Sprintf("its nights are %s; after the @ write one of them, latest or baseline", strings.Join(nights, " "))
}

func (a *app) diff(ctx context.Context, old, now *collect.Snapshot, moves *baseline.Moves, opts baseline.DiffOptions, seen bool) error {
	w := bufio.NewWriter(a.stdout)
	sep := "[\n  "
	p := diffPrinter{w: w, colour: a.colour(a.stdout), headed: tellAlike(now.Parts)}
	code := exitOK
	counts := map[baseline.Op]int{}
	lost := false
	fold, flush := baseline.FoldIdle(baseline.FoldMoves(moves, func(c baseline.Change) error {
		counts[c.Op]++
		lost = lost || c.Uncovered > 0
		if !a.json {
			p.change(&c)
			return nil
		}
		b, err := c.MarshalJSON()
		if err != nil {
			return err
		}
		w.WriteString(sep)
		sep = ",\n  "
		_, err = reports.PlainJSON(w).Write(b)
		return err
	}))
	pairs, err := baseline.DiffParts(ctx, pairExports(old, now), pairExports(now, old), opts, fold)
	if err == nil {
		err = flush()
	}
	if err != nil {
		return err
	}
	if a.json {
		if sep == "[\n  " {
			w.WriteString("[")
		} else {
			w.WriteString("\n")
		}
		w.WriteString("]\n")
	} else {
		fmt.Fprintf(w, "%d added, %d removed, %d changed, %d not seen, %d not collected\n",
			counts[baseline.Added], counts[baseline.Removed], counts[baseline.Changed], counts[baseline.NotSeen], counts[baseline.NotCollected])
	}
	for _, p := range pairs {
		if seen && p.Old != nil && p.New != nil {
			fmt.Fprintf(w, "seen %s %s\n", p.Source, p.Stats.Digest)
		}
	}
	if counts[baseline.Added]+counts[baseline.Removed]+counts[baseline.Changed] > 0 {
		code = exitFindings
	}
	if lost || worstPart(old) == collect.Partial || worstPart(now) == collect.Partial {
		code = exitNotAssessed
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for i := range pairs {
		if pairs[i].Unproven() {
			a.note("irondrift: %s: nothing proves that the newer extract is whole, as the older one is", pairs[i].Source)
			code = exitNotAssessed
		}
	}
	return status(code)
}

// pairExports gives a flattened export, which does not say what source it came
// from, the source of the only part on the other side.
func pairExports(s, other *collect.Snapshot) []*collect.Part {
	if len(s.Parts) != 1 || len(other.Parts) != 1 || s.Parts[0].Header.Source != "export" {
		return s.Parts
	}
	p := *s.Parts[0]
	p.Header.Source = other.Parts[0].Header.Source
	return []*collect.Part{&p}
}

// tellAlike reports whether two extracts speak of the same keys, as a policy file
// and the listing of the policy in force do. Then a change needs its source.
func tellAlike(parts []*collect.Part) bool {
	for i, a := range parts {
		for _, b := range parts[i+1:] {
			for _, x := range a.Header.Coverage {
				for _, y := range b.Header.Coverage {
					if x.Prefix.Under(y.Prefix) || y.Prefix.Under(x.Prefix) {
						return true
					}
				}
			}
		}
	}
	return false
}

// moved says of a service that moved, and of what is another in its new place,
// where it was.
func moved(c *baseline.Change) string {
	if c.Reason == "" || c.Op == baseline.Changed && c.Keys == 0 {
		return ""
	}
	return " (" + plain(c.Reason) + ")"
}

// diffPrinter prints changes for a person.
type diffPrinter struct {
	w      *bufio.Writer
	colour bool
	headed bool   // changes stand below the name of their source
	source string // of the last heading
}

func (p *diffPrinter) paint(c text.Color, s string) string {
	if !p.colour {
		return s
	}
	return c.Sprint(s)
}

func (p *diffPrinter) change(c *baseline.Change) {
	if p.headed && c.Source != p.source {
		p.source = c.Source
		fmt.Fprintf(p.w, "# %s\n", plain(c.Source))
	}
	key := plain(string(c.Key))
	value := func(v collect.Value) string { return plain(v.String()) }
	switch c.Op {
	case baseline.Added:
		fmt.Fprintf(p.w, "%s %s: %s%s\n", p.paint(text.FgGreen, "+"), key, value(c.New), moved(c))
	case baseline.Removed:
		fmt.Fprintf(p.w, "%s %s: %s\n", p.paint(text.FgRed, "-"), key, value(c.Old))
	case baseline.NotCollected:
		fmt.Fprintf(p.w, "? %s: not collected, %d keys: %s\n", key, c.Keys, plain(c.Reason))
	case baseline.NotSeen:
		what := "not seen"
		if c.Keys > 0 {
			what = fmt.Sprintf("not seen, %d keys; ", c.Keys)
			if c.Reason != "" {
				what += plain(c.Reason)
			} else {
				what += "it may be idle"
			}
		}
		if len(c.Removed) > 0 {
			what = "not seen: " + plain(strings.Join(c.Removed, " "))
		}
		fmt.Fprintf(p.w, ". %s: %s\n", key, what)
	default:
		if len(c.Added)+len(c.Removed) == 0 {
			fmt.Fprintf(p.w, "~ %s: %s -> %s%s\n", key, value(c.Old), value(c.New), moved(c))
			return
		}
		fmt.Fprintf(p.w, "~ %s:", key)
		for _, m := range c.Removed {
			fmt.Fprintf(p.w, " %s", p.paint(text.FgRed, "-"+plain(m)))
		}
		for _, m := range c.Added {
			fmt.Fprintf(p.w, " %s", p.paint(text.FgGreen, "+"+plain(m)))
		}
		fmt.Fprintln(p.w)
	}
}
