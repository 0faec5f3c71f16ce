package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/zert"
)

func (a *app) zertCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "zert",
		Short: "Ask zERT summary records directly",
	}
	cmd.AddCommand(a.zertQueryCommand(), a.zertPreviewCommand())
	return cmd
}

type zertQueryOptions struct {
	where    string
	by       []string
	from, to string
	format   string
	output   string
	sort     string
	top      int
	saved    string
	codePage string
	noRDW    bool
}

func (a *app) zertQueryCommand() *cobra.Command {
	var o zertQueryOptions
	cmd := &cobra.Command{
		Use:   "query FILE...",
		Short: "Filter, group and add up the sessions of SMF dumps",
		Long: `Query answers what a zERT Network Analyzer query answers, straight from SMF dumps
with 119-12 records and without loading a database: which sessions match, grouped
by any field, with sessions, connections and bytes.

--where is an expression of the Common Expression Language over the fields below.
Lists are searched with "in"; in_network(peer, "10.0.0.0/8") tests an address;
cert_bits.exists(b, b < 2048) tests numbers of a list. Times are for --from, --to
and --by. What is not known is "unknown" and never "none".

` + fieldTable() + `
EXIT STATUS
  0  the query was answered
  2  the expression, a field or a format is wrong
  3  a dump is missing, damaged or partial; what was read is answered`,
		Example: `  irondrift zert query PRDA.zert.smf --by job,port,protection
  irondrift zert query *.smf --where '"TLSv1.0" in tls_version' --by system,job,port,peer
  irondrift zert query PRDA.zert.smf --where 'suite_class.exists(c, c in ["weak", "insecure"])' --by hour,job,suite
  irondrift zert query *.smf --where 'role == "server" && "none" in protection && !in_network(peer, "10.0.0.0/8")' --by job,port --sort bytes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.zertQuery(cmd.Context(), args, &o, cmd.Flags().Changed)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&o.where, "where", "w", "", "`expression` that a session must satisfy")
	f.StringVar(&o.saved, "saved", "", "use the query of this `name` in the configuration")
	o.flags(cmd, []string{"system", "job", "port", "protection"})
	return cmd
}

// flags are those that query and preview share.
func (o *zertQueryOptions) flags(cmd *cobra.Command, by []string) {
	f := cmd.Flags()
	f.StringSliceVarP(&o.by, "by", "b", by, "`fields` to group by, outermost first")
	f.StringVar(&o.from, "from", "", "only intervals that end at or after this local `time` (2026-11-18T06:00)")
	f.StringVar(&o.to, "to", "", "only intervals that end before this local `time`")
	f.StringVar(&o.format, "format", "table", "table, csv, json or html")
	f.StringVarP(&o.output, "output", "o", "", "`file` to write, readable by you only; - is standard output")
	f.StringVar(&o.sort, "sort", "", "sort by sessions, connections or bytes, largest first (default: by the fields)")
	f.IntVar(&o.top, "top", 0, "print only the first `n` groups")
	f.BoolVar(&o.noRDW, "no-rdw", false, "the dumps lost their record descriptor words; works for records of type 119 only")
	f.StringVar(&o.codePage, "code-page", "", "EBCDIC code `page` of names: "+codePages()+" (default: 1047)")
	_ = cmd.RegisterFlagCompletionFunc("by", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, f := range zert.Fields {
			names = append(names, f.Name+"\t"+f.Meaning)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(queryFormatNames(), cobra.ShellCompDirectiveNoFileComp))
}

func fieldTable() string {
	var b strings.Builder
	for _, f := range zert.Fields {
		kind := "text"
		switch {
		case f.Time != "":
			kind = "time"
		case f.Number && f.List:
			kind = "numbers"
		case f.Number:
			kind = "number"
		case f.List:
			kind = "list"
		}
		fmt.Fprintf(&b, "  %-19s %-7s %s\n", f.Name, kind, f.Meaning)
	}
	return b.String()
}

func (a *app) zertQuery(ctx context.Context, names []string, o *zertQueryOptions, given func(flag string) bool) error {
	if o.saved != "" {
		if err := a.loadSaved(o, given); err != nil {
			return err
		}
	}
	q, err := o.query()
	if err != nil {
		return err
	}
	if q.Match, err = compileWhere(o.where); err != nil {
		return err
	}
	result, err := a.askDumps(ctx, names, o, q)
	if err != nil {
		return err
	}
	view := &queryView{Title: "zERT sessions", Fields: o.by, Where: o.where, Result: result}
	for i := range result.Watched {
		for _, g := range result.Watched[i].Gaps {
			note := gapText(&result.Watched[i], &g)
			view.Notes = append(view.Notes, note)
			a.note("irondrift: note: %s", note)
		}
	}
	if err := a.writeAnswer(o, view); err != nil {
		return err
	}
	return a.sayPartial(result)
}

// gapText says of which time a stack has no evidence.
func gapText(w *zert.Watched, g *zert.Unwatched) string {
	return fmt.Sprintf("%s %s, %s to %s: %s", w.System, w.Stack, clockText(g.From), clockText(g.To), g.Why)
}

// sayPartial says what of the dumps could not be used, which is an exit code too.
func (a *app) sayPartial(r *zert.Result) error {
	for _, p := range r.Partial {
		a.note("irondrift: partial: %s", p)
	}
	if len(r.Partial) > 0 {
		return status(exitNotAssessed)
	}
	return nil
}

// query checks the options that do not depend on what is asked.
func (o *zertQueryOptions) query() (*zert.Query, error) {
	q := &zert.Query{}
	for _, name := range o.by {
		f, ok := zert.FieldNamed(name)
		if !ok {
			return nil, usageError(`"irondrift zert query --help" lists them`, "--by: there is no field %q", name)
		}
		q.By = append(q.By, f)
	}
	var err error
	if q.From, err = localTime("--from", o.from); err != nil {
		return nil, err
	}
	if q.To, err = localTime("--to", o.to); err != nil {
		return nil, err
	}
	if _, err = queryFormat(o.format); err != nil {
		return nil, err
	}
	_, err = querySort(o.sort)
	return q, err
}

// askDumps runs a query over files.
func (a *app) askDumps(ctx context.Context, names []string, o *zertQueryOptions, q *zert.Query) (*zert.Result, error) {
	if len(names) == 0 {
		return nil, usageError("name one or more SMF dumps", "no dump to read")
	}
	codes, err := a.siteCodes()
	if err != nil {
		return nil, err
	}
	bar := a.progress()
	defer bar.clear()
	var files []*collect.File
	var total int64
	for _, name := range names {
		f, err := openInput(name, a.stdin)
		if err != nil {
			return nil, err
		}
		if _, err := f.Peek(); err != nil {
			return nil, err
		}
		files = append(files, f)
		total += max(0, f.Size())
	}
	bar.step("querying "+names[0], total)
	return zert.RunQuery(ctx, files, &collect.Options{CodePage: o.codePage, NoRDW: o.noRDW, Site: collect.Site{ZERTCodes: codes}, Progress: bar.add}, q)
}

// siteCodes returns the names that the configuration, if there is one, gives to
// codes of zERT. Its names for jobs that fork are not used: a query shows who it was.
func (a *app) siteCodes() ([]collect.ZERTCode, error) {
	if _, err := os.Stat(a.config); errors.Is(err, os.ErrNotExist) && filepath.Base(a.config) == defaultConfig {
		return nil, nil
	}
	c, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	return c.Tables.ZERTCodes, nil
}

// writeAnswer sorts, cuts and writes what a query found.
func (a *app) writeAnswer(o *zertQueryOptions, view *queryView) error {
	write, err := queryFormat(o.format)
	if err != nil {
		return err
	}
	order, err := querySort(o.sort)
	if err != nil {
		return err
	}
	result := view.Result
	if order != nil {
		slices.SortStableFunc(result.Groups, order)
	}
	if o.top > 0 && len(result.Groups) > o.top {
		view.Left = len(result.Groups) - o.top
		result.Groups = result.Groups[:o.top]
	}
	if o.output == "" || o.output == "-" {
		return write(a.stdout, view)
	}
	if err := collect.WriteFile(o.output, func(w io.Writer) error { return write(w, view) }); err != nil {
		return err
	}
	a.note("irondrift: %s written", o.output)
	return nil
}

// loadSaved fills in what the command line leaves open from a saved query.
func (a *app) loadSaved(o *zertQueryOptions, given func(flag string) bool) error {
	cfg, err := a.loadConfig()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(cfg.Queries, func(q savedQuery) bool { return q.Name == o.saved })
	if i < 0 {
		var names []string
		for _, q := range cfg.Queries {
			names = append(names, q.Name)
		}
		return usageError(fmt.Sprintf("saved queries are: %s", strings.Join(names, ", ")), "the configuration has no query %q", o.saved)
	}
	q := cfg.Queries[i]
	if !given("where") {
		o.where = q.Where
	}
	if len(q.By) > 0 && !given("by") {
		o.by = q.By
	}
	for flag, to := range map[string]struct {
		option *string
		saved  string
	}{"from": {&o.from, q.From}, "to": {&o.to, q.To}, "sort": {&o.sort, q.Sort}} {
		if !given(flag) {
			*to.option = to.saved
		}
	}
	if !given("top") {
		o.top = q.Top
	}
	return nil
}

// localTime reads a time without a zone, as the clock of the system shows it.
func localTime(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, usageError("write it like 2026-11-18T06:00, in the local time of the system", "%s %q is not a time", flag, s)
}

func querySort(by string) (func(a, b zert.Group) int, error) {
	size := map[string]func(*zert.Group) uint64{
		"sessions":    func(g *zert.Group) uint64 { return uint64(g.Sessions) },
		"connections": func(g *zert.Group) uint64 { return g.Connections },
		"bytes":       func(g *zert.Group) uint64 { return g.BytesIn + g.BytesOut },
	}[by]
	if by == "" {
		return nil, nil
	}
	if size == nil {
		return nil, usageError("choose sessions, connections or bytes", "--sort: there is no total %q", by)
	}
	return func(a, b zert.Group) int {
		x, y := size(&a), size(&b)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	}, nil
}

var errNotBool = errors.New("the expression is not true or false")
