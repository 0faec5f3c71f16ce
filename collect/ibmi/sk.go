package ibmi

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// SK returns the source that reads socket connections (SK) entries of the audit
// journal: the QAUDITSK file of CPYAUDJRNE, or a SELECT from
// SYSTOOLS.AUDIT_JOURNAL_SK, exported as delimited text with column names.
//
// Rows are not kept. What is kept for each kind of entry and port is listed in
// the key catalogue under ibmi/sk.
func SK() collect.Source { return skSource{block: defaultBlock} }

type skSource struct {
	block int // size of the pieces in which a file is read
}

// prefix is what the source speaks for.
const prefix collect.Key = "ibmi/sk"

func (skSource) Info() collect.Info {
	return collect.Info{
		Name:     "ibmi-sk",
		Platform: "ibmi",
		Title:    "IBM i audit journal, socket connections (SK) entries",
		View:     collect.Watched,
		Prefixes: []collect.Key{prefix},
	}
}

// defaultMembers is the cap of a metric set when the options name none: enough to
// name those who use a service, and for a thousand services little memory.
const defaultMembers = 100

// Collect reads the files as one extract: slices of a night may overlap.
func (src skSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	p, err := newPorts(opts.Site.Ports)
	if err != nil {
		return err
	}
	t := newTally(p, newAliasTable(opts.Site.ColumnAliases), cmp.Or(opts.Limits.Members, defaultMembers))
	end := ending{state: collect.Complete}
	for _, f := range files {
		e, err := readFile(ctx, f, opts, t, src.block)
		if err != nil {
			return err
		}
		if len(files) > 1 && e.reason != "" {
			e.reason = collect.QuoteName(filepath.Base(f.Name)) + ": " + e.reason
		}
		end = end.worse(e)
	}
	a := t.whole()
	switch {
	case a.crowded.pos > 0 || len(a.systems) > maxSystems:
		return &collect.Error{File: files[a.crowded.file].Name, Line: a.crowded.pos, Offset: a.crowded.offset,
			Err:    fmt.Errorf("%w: more than %d system names", collect.ErrLimit, maxSystems),
			Advice: "check that the column of the system name holds one, and the column aliases in the configuration"}
	case a.timeless > 0 && !a.timed:
		return &collect.Error{File: files[0].Name, Offset: -1,
			Err:    fmt.Errorf("%w: none of %d timestamps can be read; the first is %q", collect.ErrDamaged, a.timeless, a.badTime.text),
			Advice: "export timestamps in ISO form, for instance CPYTOIMPF with DATFMT(*ISO) TIMFMT(*ISO), not in the format of a country"}
	case a.badTime.file != nil:
		a.badTime.text = fmt.Sprintf("timestamp %q is not of the form YYYY-MM-DD-HH.MM.SS or YYYY-MM-DD HH:MM:SS; the first of %d such rows", a.badTime.text, a.timeless)
		a.warnings = slices.Insert(a.warnings, 0, a.badTime)
		a.warnCount++
	}
	if a.damaged > 0 {
		end = end.worse(ending{collect.Partial, fmt.Sprintf("%d rows could not be read and were left out, the first: %s", a.damaged, a.damage)})
	}
	return a.write(out, p, opts, end)
}

// ending says how far an extract can be relied on.
type ending struct {
	state  collect.State
	reason string
}

// worse returns the weaker of two endings; of two that are equally weak, both
// reasons.
func (e ending) worse(o ending) ending {
	rank := map[collect.State]int{collect.Complete: 0, collect.Open: 1, collect.Partial: 2}
	switch {
	case rank[o.state] > rank[e.state]:
		return o
	case rank[o.state] < rank[e.state] || strings.Contains(e.reason, o.reason):
		return e
	case e.reason == "":
		return o
	}
	return ending{e.state, e.reason + "; " + o.reason}
}
