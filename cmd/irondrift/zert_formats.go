package main

import (
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/irondrift/irondrift/collect/zert"
)

// queryView is the answer to a query, ready to print.
type queryView struct {
	Title  string
	Fields []string
	Where  string
	Result *zert.Result
	Left   int      // groups that --top left out
	Notes  []string // what the answer cannot know
	Shown  bool     // the table prints the notes
}

type queryWriter struct {
	name  string
	write func(io.Writer, *queryView) error
}

// queryFormats feeds the flag, its completion and its error.
var queryFormats = []queryWriter{
	{"table", writeQueryTable}, {"csv", writeQueryCSV}, {"json", writeQueryJSON}, {"html", writeQueryHTML},
}

func queryFormatNames() []string {
	var names []string
	for _, f := range queryFormats {
		names = append(names, f.name)
	}
	return names
}

func queryFormat(name string) (func(io.Writer, *queryView) error, error) {
	for _, f := range queryFormats {
		if f.name == name {
			return f.write, nil
		}
	}
	return nil, usageError("choose "+strings.Join(queryFormatNames(), ", "), "there is no format %q", name)
}

const clockLayout = "2006-01-02 15:04:05"

func clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(clockLayout)
}

func writeQueryTable(w io.Writer, v *queryView) error {
	t := plainTable()
	head := table.Row{}
	var columns []table.ColumnConfig
	for _, f := range v.Fields {
		head = append(head, strings.ToUpper(f))
	}
	for i, name := range []string{"SESSIONS", "CONNECTIONS", "BYTES IN", "BYTES OUT"} {
		head = append(head, name)
		columns = append(columns, table.ColumnConfig{Number: len(v.Fields) + i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight, AlignFooter: text.AlignRight})
	}
	t.AppendHeader(head)
	t.SetColumnConfigs(columns)
	for _, g := range v.Result.Groups {
		row := table.Row{}
		for _, value := range g.Values {
			row = append(row, plain(value))
		}
		t.AppendRow(append(row, totalCells(&g.Totals)...))
	}
	total := table.Row{}
	for i := range v.Fields {
		cell := ""
		if i == 0 {
			cell = "total"
		}
		total = append(total, cell)
	}
	t.AppendSeparator()
	t.AppendRow(append(total, totalCells(&v.Result.Total)...))
	if _, err := fmt.Fprintln(w, t.Render()); err != nil {
		return err
	}
	if v.Left > 0 {
		fmt.Fprintf(w, "... and %d more groups\n", v.Left)
	}
	r := v.Result
	_, err := fmt.Fprintf(w, "%d of %d records", r.Matched, r.Records)
	if r.Total.Intervals > 0 {
		fmt.Fprintf(w, ", intervals ending %s to %s local time", clockText(r.Total.First), clockText(r.Total.Last))
	}
	fmt.Fprintln(w)
	if v.Shown && len(v.Notes) > 0 {
		fmt.Fprintln(w, "\nNotes")
		for _, note := range v.Notes {
			fmt.Fprint(w, wrapped("- ", plain(note)))
		}
	}
	return err
}

// wrapped breaks a note into lines of a terminal that may be narrow.
func wrapped(mark, note string) string {
	lines := strings.Split(text.WrapSoft(note, 96), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return mark + strings.Join(lines, "\n"+strings.Repeat(" ", len(mark))) + "\n"
}

func totalCells(t *zert.Totals) table.Row {
	return table.Row{t.Sessions, t.Connections, t.BytesIn, t.BytesOut}
}

func writeQueryCSV(w io.Writer, v *queryView) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(append(append([]string{}, v.Fields...), "sessions", "connections", "bytes_in", "bytes_out", "intervals", "first", "last")); err != nil {
		return err
	}
	for _, g := range v.Result.Groups {
		row := make([]string, 0, len(g.Values)+7)
		for _, value := range g.Values {
			row = append(row, cell(value))
		}
		row = append(row, strconv.FormatInt(g.Sessions, 10), strconv.FormatUint(g.Connections, 10), strconv.FormatUint(g.BytesIn, 10),
			strconv.FormatUint(g.BytesOut, 10), strconv.FormatInt(g.Intervals, 10), clockText(g.First), clockText(g.Last))
		if err := c.Write(row); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// cell keeps a spreadsheet from taking a name for a formula.
func cell(s string) string {
	s = plain(s)
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) && s != "-" {
		return "'" + s
	}
	return s
}

type queryTotalsJSON struct {
	Sessions    int64  `json:"sessions"`
	Connections uint64 `json:"connections"`
	BytesIn     uint64 `json:"bytes_in"`
	BytesOut    uint64 `json:"bytes_out"`
	Intervals   int64  `json:"intervals"`
	First       string `json:"first,omitempty"`
	Last        string `json:"last,omitempty"`
}

func totalsJSON(t *zert.Totals) queryTotalsJSON {
	return queryTotalsJSON{t.Sessions, t.Connections, t.BytesIn, t.BytesOut, t.Intervals, clockText(t.First), clockText(t.Last)}
}

func writeQueryJSON(w io.Writer, v *queryView) error {
	type group struct {
		Values map[string]string `json:"values"`
		queryTotalsJSON
	}
	out := struct {
		By       []string        `json:"by"`
		Where    string          `json:"where,omitempty"`
		Groups   []group         `json:"groups"`
		Total    queryTotalsJSON `json:"total"`
		Records  int64           `json:"records"`
		Matched  int64           `json:"matched"`
		Repeated int64           `json:"repeated"`
		Left     int             `json:"groups_left_out,omitempty"`
		Partial  []string        `json:"partial,omitempty"`
		Notes    []string        `json:"notes,omitempty"`
	}{v.Fields, v.Where, []group{}, totalsJSON(&v.Result.Total), v.Result.Records, v.Result.Matched, v.Result.Repeated, v.Left, v.Result.Partial, v.Notes}
	for _, g := range v.Result.Groups {
		values := map[string]string{}
		for i, f := range v.Fields {
			values[f] = g.Values[i]
		}
		out.Groups = append(out.Groups, group{values, totalsJSON(&g.Totals)})
	}
	return writeJSON(w, out)
}

// queryNode is one level of the hierarchical page.
type queryNode struct {
	Field, Value string
	Totals       zert.Totals
	Children     []*queryNode
	byValue      map[string]*queryNode
}

// tree nests the groups by their fields, outermost first.
func (v *queryView) tree() *queryNode {
	root := &queryNode{byValue: map[string]*queryNode{}}
	for _, g := range v.Result.Groups {
		n := root
		for i, value := range g.Values {
			next := n.byValue[value]
			if next == nil {
				next = &queryNode{Field: v.Fields[i], Value: value, byValue: map[string]*queryNode{}}
				n.byValue[value] = next
				n.Children = append(n.Children, next)
			}
			next.Totals.Sessions += g.Sessions
			if n, ok := v.Result.Sessions(g.Values[:i+1]); ok {
				next.Totals.Sessions = n
			}
			next.Totals.Connections += g.Connections
			next.Totals.BytesIn += g.BytesIn
			next.Totals.BytesOut += g.BytesOut
			next.Totals.Intervals += g.Intervals
			n = next
		}
	}
	return root
}

func writeQueryHTML(w io.Writer, v *queryView) error {
	return queryPage.Execute(w, map[string]any{"View": v, "Root": v.tree(), "Total": v.Result.Total, "First": clockText(v.Result.Total.First), "Last": clockText(v.Result.Total.Last)})
}

var queryPage = template.Must(template.New("query").Funcs(template.FuncMap{"bytes": func(n uint64) string { return size(int64(min(n, 1<<62))) }, "plain": plain}).Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.View.Title}}</title>
<style>
body{font:15px/1.45 system-ui,sans-serif;color:#16202c;margin:0 auto;max-width:70rem;padding:1rem}
h2{font-size:1.1rem}h1{font-size:1.4rem;border-bottom:2px solid #1b4a78;padding-bottom:.3rem}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}
details{border-left:2px solid #d5dde6;margin:.15rem 0 .15rem .3rem;padding-left:.8rem}
summary{cursor:pointer;padding:.15rem 0}summary:focus-visible{outline:2px solid #1b4a78}
.leaf{margin:.15rem 0 .15rem 1.4rem}.field{color:#51606f;font-size:.85em}.sum{color:#51606f;font-size:.9em;white-space:nowrap}
@media print{details{break-inside:avoid}}
</style></head><body><main>
<h1>{{.View.Title}}</h1>
<p>{{.Total.Sessions}} sessions, {{.Total.Connections}} connections, {{bytes .Total.BytesIn}} in, {{bytes .Total.BytesOut}} out{{with .First}}; intervals ending {{.}} to {{$.Last}}, local time of the system{{end}}.</p>
{{with .View.Where}}<p>Where <code>{{plain .}}</code></p>{{end}}
{{range .View.Result.Partial}}<p><strong>Partial:</strong> {{plain .}}</p>{{end}}
{{define "sum"}}<span class="sum">{{.Sessions}} sessions, {{.Connections}} connections, {{bytes .BytesIn}} in, {{bytes .BytesOut}} out</span>{{end}}
{{define "node"}}{{if .Children}}<details open><summary><span class="field">{{.Field}}</span> <strong>{{plain .Value}}</strong> {{template "sum" .Totals}}</summary>{{range .Children}}{{template "node" .}}{{end}}</details>{{else}}<div class="leaf"><span class="field">{{.Field}}</span> {{plain .Value}} {{template "sum" .Totals}}</div>{{end}}{{end}}
{{range .Root.Children}}{{template "node" .}}{{end}}
{{with .View.Left}}<p>{{.}} more groups were left out.</p>{{end}}
{{with .View.Notes}}<h2>Notes</h2><ul>{{range .}}<li>{{plain .}}</li>{{end}}</ul>{{end}}
</main></body></html>
`))
