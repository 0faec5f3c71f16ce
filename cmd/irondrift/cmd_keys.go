package main

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
)

func (a *app) keysCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "keys [PATTERN]",
		Short: "List the catalogue: every key, its class, type, source and meaning",
		Long: `Keys lists what irondrift can know about a system. A segment written <like this>
stands for any text. PATTERN is a prefix (racf/setropts), a pattern as approve
--key takes it (zvm/user/*/class, zvm/user/**), or any word of the meaning.`,
		Example: `  irondrift keys racf/setropts
  irondrift keys password`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var defs []collect.Definition
			for _, d := range collect.Keys().Definitions() {
				if len(args) == 0 || matchesDefinition(d, args[0]) {
					defs = append(defs, d)
				}
			}
			if len(defs) == 0 {
				return usageError(`list them all with "irondrift keys"`, "no key matches %q", args[0])
			}
			if a.json {
				type row struct {
					Pattern string   `json:"pattern"`
					Type    string   `json:"type"`
					Class   string   `json:"class"`
					Sources []string `json:"sources"`
					Meaning string   `json:"meaning"`
				}
				var rows []row
				for _, d := range defs {
					rows = append(rows, row{d.Pattern, d.Type.String(), d.Class.String(), d.Sources, d.Meaning})
				}
				return a.printJSON(rows)
			}
			t := table.NewWriter()
			t.SetStyle(table.StyleLight)
			t.Style().Options = table.OptionsNoBordersAndSeparators
			t.Style().Format.Header = text.FormatDefault
			longest := 0
			for _, d := range defs {
				longest = max(longest, len(d.Pattern))
			}
			t.AppendHeader(table.Row{"KEY", "CLASS", "TYPE", "SOURCE", "MEANING"})
			t.SetColumnConfigs([]table.ColumnConfig{{Number: 5, WidthMax: max(30, width(a.stdout)-longest-45), WidthMaxEnforcer: text.WrapSoft}})
			for _, d := range defs {
				t.AppendRow(table.Row{d.Pattern, d.Class, d.Type, strings.Join(d.Sources, " "), d.Meaning})
			}
			_, err := fmt.Fprintln(a.stdout, t.Render())
			return err
		},
	}
}

func matchesDefinition(d collect.Definition, pattern string) bool {
	if strings.HasPrefix(d.Pattern, pattern) {
		return true
	}
	if strings.Contains(pattern, "*") {
		p, err := baseline.ParsePattern(pattern)
		return err == nil && p.Match(collect.Key(d.Pattern))
	}
	if strings.Contains(pattern, "/") {
		def, ok := collect.Keys().Lookup(collect.Key(pattern))
		return ok && def.Pattern == d.Pattern
	}
	return strings.Contains(strings.ToLower(d.Meaning+" "+d.Pattern), strings.ToLower(pattern))
}
