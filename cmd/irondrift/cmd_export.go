package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
)

func (a *app) exportCommand() *cobra.Command {
	var format, output, source string
	var metrics bool
	cmd := &cobra.Command{
		Use:   "export SNAPSHOT",
		Short: "Print the facts of a snapshot as flattened lines, YAML or JSON",
		Long: `Export prints the facts of a snapshot in one of COMPEXTR's two formats or as
JSON. SNAPSHOT is a file, or evidence in the store: SYSTEM@baseline, SYSTEM@latest
or SYSTEM@2026-11-19. What it prints is accepted wherever a SNAPSHOT is, with the same content
digest; "-" reads standard input. Flattened lines carry no coverage: who compares
them takes them for everything there is.`,
		Example: `  irondrift export prda.snap
  irondrift export prda.snap --format yaml -o prda.yaml
  irondrift export PRDA@latest --source racf-setropts
  irondrift export prda.snap --format json | jq '.entries["racf/setropts/REVOKE"]'`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.json {
				format = "json"
			}
			if !slices.ContainsFunc(collect.ExportFormats, func(f collect.ExportFormat) bool { return f.Name == format }) {
				return usageError("choose flat, yaml or json", "there is no export format %q", format)
			}
			s, err := a.snapshotArgument(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer s.Close()
			if source != "" {
				if err := keepSource(s, source); err != nil {
					return err
				}
			}
			if format == "flat" {
				for _, p := range s.Parts {
					if st := p.Header.State(); st == collect.Partial {
						a.note("irondrift: note: %s is partial; flattened lines do not say so", p.Header.Source)
					}
				}
			}
			if output == "" || output == "-" {
				return s.Export(a.stdout, format, metrics)
			}
			return collect.WriteFile(output, func(w io.Writer) error { return s.Export(w, format, metrics) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&format, "format", "flat", "flat, yaml or json")
	f.StringVarP(&output, "output", "o", "", "`file` to write instead of standard output")
	f.StringVar(&source, "source", "", "print the part of this `source` only")
	f.BoolVar(&metrics, "metrics", false, "print metrics too: connections, bytes, exact peers")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions([]string{"flat", "yaml", "json"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func keepSource(s *collect.Snapshot, source string) error {
	for _, p := range s.Parts {
		if p.Header.Source == source {
			s.Parts = []*collect.Part{p}
			return nil
		}
	}
	var have []string
	for _, p := range s.Parts {
		have = append(have, p.Header.Source)
	}
	return usageError(fmt.Sprintf("it holds %q", have), "the snapshot has no part of source %q", source)
}
