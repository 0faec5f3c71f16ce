package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/rules"
)

func (a *app) rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List, explain and test the checks",
		Long: `Rules shows what each check reads, needs and says. A pack is an ordinary OPA
bundle; its own tests also run under stock "opa test".`,
	}
	cmd.AddCommand(a.rulesListCommand(), a.rulesShowCommand(), a.rulesTestCommand())
	return cmd
}

// allChecks returns the checks of the built-in packs.
func allChecks() ([]rules.Check, error) {
	packs, err := rules.Packs()
	if err != nil {
		return nil, err
	}
	var out []rules.Check
	for _, p := range packs {
		out = append(out, p.Checks()...)
	}
	return out, nil
}

func (a *app) rulesListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List every check with its requirements",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			checks, err := allChecks()
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(checksJSON(checks))
			}
			t := plainTable()
			t.AppendHeader(table.Row{"CHECK", "PLATFORM", "SEVERITY", "BASIS", "REQUIREMENTS", "TITLE"})
			t.SetColumnConfigs([]table.ColumnConfig{
				{Number: 5, WidthMax: 24, WidthMaxEnforcer: text.WrapSoft},
				{Number: 6, WidthMax: max(30, width(a.stdout)-72), WidthMaxEnforcer: text.WrapSoft},
			})
			for _, c := range checks {
				t.AppendRow(table.Row{c.ID, strings.Join(c.Platforms, " "), c.Severity, c.Basis, strings.Join(requirementsOf(c), ", "), c.Title})
			}
			_, err = fmt.Fprintln(a.stdout, t.Render())
			return err
		},
	}
}

func plainTable() table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Options = table.OptionsNoBordersAndSeparators
	t.Style().Format.Header = text.FormatDefault
	return t
}

// requirementsOf lists the requirement numbers of a check over all standards.
func requirementsOf(c rules.Check) []string {
	var out []string
	for _, standard := range sortedKeys(c.Requirements) {
		out = append(out, c.Requirements[standard]...)
	}
	slices.SortFunc(out, rules.CompareNumbers)
	return slices.Compact(out)
}

type checkJSON struct {
	ID           string                     `json:"id"`
	Pack         string                     `json:"pack"`
	Package      string                     `json:"package"`
	Title        string                     `json:"title"`
	Description  string                     `json:"description,omitempty"`
	Severity     string                     `json:"severity"`
	Basis        rules.Basis                `json:"basis"`
	Cover        string                     `json:"cover"`
	Requirements map[string][]string        `json:"requirements"`
	Platforms    []string                   `json:"platforms"`
	Entity       string                     `json:"entity"`
	Required     []string                   `json:"required_keys"`
	Optional     []string                   `json:"optional_keys,omitempty"`
	Facts        []string                   `json:"facts,omitempty"`
	Parameters   map[string]rules.Parameter `json:"parameters,omitempty"`
	Remediation  string                     `json:"remediation,omitempty"`
	Limits       string                     `json:"limits,omitempty"`
	Accepted     []rules.Accepted           `json:"accepted,omitempty"`
}

func checksJSON(checks []rules.Check) []checkJSON {
	out := make([]checkJSON, 0, len(checks))
	for _, c := range checks {
		out = append(out, checkJSON{c.ID, c.Pack, c.Package, c.Title, c.Description, c.Severity, c.Basis, c.Cover, c.Requirements,
			c.Platforms, c.Entity, c.Required, c.Optional, c.Facts, c.Parameters, c.Remediation, c.Limits, c.Accepted})
	}
	return out
}

func (a *app) rulesShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "show CHECK",
		Short:   "Explain one check: what it reads, needs and says",
		Example: "  irondrift rules show U11",
		Args:    cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			checks, _ := allChecks()
			var ids []string
			for _, c := range checks {
				ids = append(ids, c.ID+"\t"+c.Title)
			}
			return ids, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			checks, err := allChecks()
			if err != nil {
				return err
			}
			i := slices.IndexFunc(checks, func(c rules.Check) bool { return strings.EqualFold(c.ID, args[0]) })
			if i < 0 {
				return usageError(`list them with "irondrift rules list"`, "there is no check %q", args[0])
			}
			if a.json {
				return a.printJSON(checksJSON(checks[i : i+1])[0])
			}
			a.showCheck(checks[i])
			return nil
		},
	}
}

func (a *app) showCheck(c rules.Check) {
	wrap := max(40, width(a.stdout)-15)
	field := func(name, value string) {
		if value == "" {
			return
		}
		for i, line := range strings.Split(text.WrapSoft(value, wrap), "\n") {
			if i > 0 {
				name = ""
			}
			fmt.Fprintf(a.stdout, "%-13s %s\n", name, strings.TrimRight(line, " "))
		}
	}
	fmt.Fprintf(a.stdout, "%s  %s\n\n", c.ID, c.Title)
	field("about", c.Description)
	field("pack", c.Pack+", "+c.Package)
	for _, standard := range sortedKeys(c.Requirements) {
		field("requirements", standard+": "+strings.Join(c.Requirements[standard], ", "))
	}
	field("severity", c.Severity)
	field("basis", string(c.Basis))
	field("cover", c.Cover)
	field("platforms", strings.Join(c.Platforms, ", "))
	field("judges", c.Entity)
	field("needs", strings.Join(c.Required, ", "))
	field("also reads", strings.Join(c.Optional, ", "))
	field("told", strings.Join(c.Facts, ", "))
	for _, name := range sortedKeys(c.Parameters) {
		p := c.Parameters[name]
		bounds := ""
		if p.Min != nil {
			bounds += fmt.Sprintf(", at least %v", *p.Min)
		}
		if p.Max != nil {
			bounds += fmt.Sprintf(", at most %v", *p.Max)
		}
		if len(p.Includes) > 0 {
			bounds += ", must keep " + strings.Join(p.Includes, " ")
		}
		if len(p.Within) > 0 {
			bounds += ", only of " + strings.Join(p.Within, " ")
		}
		field("parameter", fmt.Sprintf("%s = %v (%s%s)", name, p.Default, p.Meaning, bounds))
	}
	field("mend it", c.Remediation)
	field("cannot show", c.Limits)
	for _, e := range c.Accepted {
		field("accepts", fmt.Sprintf("%s %s: %s", e.Entity, strings.Join(e.Members, " "), e.Reason))
	}
}

func (a *app) rulesTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test [FOLDER]",
		Short: "Run the Rego tests of the built-in packs, or of the pack in a folder",
		Long: `Test compiles a pack as every use of it does, against the schema of its input,
and runs the tests it carries: the same ones that "opa test -b" runs.

EXIT STATUS
  0  all tests pass
  1  a test fails, or a check has no test`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			reports, err := testPacks(cmd.Context(), args)
			if err != nil {
				return withStatus(exitUsage, err)
			}
			failed := 0
			for _, r := range reports {
				failed += r.Failed + len(r.Untested)
			}
			if a.json {
				if err := a.printJSON(reports); err != nil {
					return err
				}
			} else {
				for _, r := range reports {
					a.showTests(r)
				}
			}
			if failed > 0 {
				return status(exitFindings)
			}
			return nil
		},
	}
}

func testPacks(ctx context.Context, args []string) ([]*rules.TestReport, error) {
	if len(args) == 1 {
		if st, err := os.Stat(args[0]); err != nil || !st.IsDir() {
			return nil, &hinted{errors.Join(err, fmt.Errorf("%q is not a folder", args[0])), "name the folder of an OPA bundle"}
		}
		var fsys fs.FS = os.DirFS(args[0])
		r, err := rules.TestPack(ctx, fsys)
		return []*rules.TestReport{r}, err
	}
	packs, err := rules.Packs()
	if err != nil {
		return nil, err
	}
	var out []*rules.TestReport
	for _, p := range packs {
		r, err := p.Test(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

func (a *app) showTests(r *rules.TestReport) {
	var took time.Duration
	for _, t := range r.Tests {
		took += t.Took
		if !t.Pass {
			fmt.Fprintf(a.stdout, "FAIL  %s.%s  %s:%d  %s\n", t.Package, t.Name, t.File, t.Line, t.Reason)
		}
	}
	for _, id := range r.Untested {
		fmt.Fprintf(a.stdout, "FAIL  check %s has no test\n", id)
	}
	fmt.Fprintf(a.stdout, "%s: %d tests, %d failed, %d checks untested (%s)\n", r.Pack.Name, len(r.Tests), r.Failed, len(r.Untested), took.Round(time.Millisecond))
}
