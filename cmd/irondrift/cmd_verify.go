package main

import (
	"context"
	"fmt"
	"os"
	"regexp"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

func (a *app) verifyCommand() *cobra.Command {
	var head string
	cmd := &cobra.Command{
		Use:   "verify [STORE|FILE]",
		Short: "Prove that the evidence store, or a snapshot file, was not changed",
		Long: `Verify reads every byte of the evidence store and proves structure, content,
chain and tree of its ledger; it names the first bad record. With --head it also
proves that nothing newer than that head is missing: every report prints one.
Without an argument it verifies the store of the configuration.

EXIT STATUS
  0  sound
  4  something was changed, deleted or is missing`,
		Example: `  irondrift verify
  irondrift verify --head reports/2026-11-18.html
  irondrift verify /evidence/store --head "irondrift-head 42 sha256:..."
  irondrift verify prda.snap`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts := baseline.VerifyOptions{}
			if head != "" {
				h, err := findHead(head)
				if err != nil {
					return err
				}
				opts.Head = &h
			}
			var dir string
			if len(args) == 1 {
				dir = args[0]
			} else {
				cfg, err := a.loadConfig()
				if err != nil {
					return err
				}
				dir = cfg.path(cfg.Store, "")
			}
			if st, err := os.Stat(dir); err == nil && st.Mode().IsRegular() {
				return a.verifySnapshot(cmd.Context(), dir)
			}
			return a.verifyStore(cmd.Context(), dir, opts)
		},
	}
	cmd.Flags().StringVar(&head, "head", "", "`head` printed earlier, or a report or file that holds it")
	return cmd
}

var headPattern = regexp.MustCompile(`irondrift-head [0-9]+ sha256:[0-9a-f]{64}`)

// findHead takes a head as it is printed, or the first one in a file.
func findHead(arg string) (baseline.Head, error) {
	text := arg
	if !headPattern.MatchString(arg) {
		b, err := os.ReadFile(arg)
		if err != nil {
			return baseline.Head{}, usageError(`give "irondrift-head N sha256:..." or a report that prints it`, "--head %q is neither a head nor a file that can be read", arg)
		}
		text = string(b)
	}
	found := headPattern.FindString(text)
	if found == "" {
		return baseline.Head{}, usageError("give a report written by irondrift", "%q holds no head", arg)
	}
	h, err := baseline.ParseHead(found)
	return h, withStatus(exitUsage, err)
}

func (a *app) verifySnapshot(ctx context.Context, name string) error {
	s, err := collect.OpenSnapshot(ctx, name, a.stdin)
	if err != nil {
		return fromStore(err)
	}
	defer s.Close()
	if a.json {
		return a.printJSON(map[string]any{"ok": true, "system": s.System, "parts": len(s.Parts)})
	}
	for _, p := range s.Parts {
		fmt.Fprintf(a.stdout, "sound: %s %s, %d facts, content %s\n", plain(p.Header.System), p.Header.Source, p.Header.Facts, p.Header.Content)
	}
	return nil
}

func (a *app) verifyStore(ctx context.Context, dir string, opts baseline.VerifyOptions) error {
	bar := a.progress()
	bar.step("verifying "+dir, 0)
	opts.Progress = bar.add
	r, err := baseline.Verify(ctx, dir, opts)
	bar.clear()
	if err != nil {
		return err
	}
	if a.json {
		type row struct {
			What string `json:"what"`
			Why  string `json:"why"`
		}
		problems := []row{}
		for _, p := range r.Problems {
			problems = append(problems, row{p.What, p.Why})
		}
		err = a.printJSON(map[string]any{"ok": r.OK(), "records": r.Records, "objects": r.Objects, "bytes": r.Bytes,
			"head": r.Head.String(), "problems": problems, "more": r.More, "notes": r.Notes})
	} else {
		for i, p := range r.Problems {
			if i == 20 {
				fmt.Fprintf(a.stdout, "... and %d more\n", int64(len(r.Problems)-20)+r.More)
				break
			}
			fmt.Fprintf(a.stdout, "BAD  %s\n", plain(p.String()))
		}
		for _, note := range r.Notes {
			a.note("note: %s", note)
		}
		verdict := "sound"
		if !r.OK() {
			verdict = "NOT SOUND"
		}
		_, err = fmt.Fprintf(a.stdout, "%s: %d ledger records, %d objects, %s\n%s\n", verdict, r.Records, r.Objects, size(r.Bytes), r.Head)
	}
	if err != nil {
		return err
	}
	if !r.OK() {
		return status(exitTampered)
	}
	return nil
}
