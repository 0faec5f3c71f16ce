package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect"
)

// explained is one key with where its value came from.
type explained struct {
	System string      `json:"system,omitempty"`
	Key    collect.Key `json:"key"`
	Value  string      `json:"value"`
	Source string      `json:"source"`
	At     string      `json:"at,omitempty"`   // file and line or record
	From   string      `json:"from,omitempty"` // how an effective value came to be
	// Members say where each member of a set was read, when they were read at
	// different places.
	Members []explainedMember `json:"members,omitempty"`
	Meaning string            `json:"meaning,omitempty"`
}

type explainedMember struct {
	Member string `json:"member"`
	At     string `json:"at"`
}

func (a *app) explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain KEY [SNAPSHOT]",
		Short: "Tell where a value was read and how it came to be",
		Long: `Explain prints what a snapshot holds at KEY and below it: the value, the file and
line or record that it was read from, and what the key means. For the effective
values of AT-TLS rules it also tells the chain of references, or the release of
z/OS whose default counts.

SNAPSHOT is a snapshot file, SYSTEM@latest, SYSTEM@baseline, or - for standard
input. Without it, Explain looks in the newest evidence of every system.`,
		Example: `  irondrift explain zvm/user/MAINT/class
  irondrift explain attls/TCPIP/rule/WEB/tls/versions SYSA@latest
  irondrift explain racf/setropts/HISTORY VM1@baseline`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			parts, where, done, err := a.explainedParts(cmd.Context(), args[1:])
			if err != nil {
				return err
			}
			defer done()
			key := collect.Key(strings.TrimSuffix(args[0], "/"))
			out := []explained{}
			for _, p := range parts {
				more, err := explainPart(cmd.Context(), p, key)
				if err != nil {
					return fromStore(err)
				}
				out = append(out, more...)
			}
			if len(out) == 0 {
				return usageError(`"irondrift export" shows every key of a snapshot; a key that it cannot have is not in "irondrift keys"`, "%s holds nothing at %s", where, key)
			}
			if a.json {
				return a.printJSON(out)
			}
			for i, e := range out {
				if i > 0 {
					fmt.Fprintln(a.stdout)
				}
				e.print(a.stdout)
			}
			return nil
		},
	}
}

// explainedParts returns the parts of the named snapshot, or the newest parts of
// every system in the store, and what to call them.
func (a *app) explainedParts(ctx context.Context, named []string) (parts []*collect.Part, where string, done func(), err error) {
	if len(named) > 0 {
		s, err := a.snapshotArgument(ctx, named[0])
		if err != nil {
			return nil, "", nil, err
		}
		return s.Parts, "the snapshot", func() { _ = s.Close() }, nil
	}
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, "", nil, err
	}
	store, err := a.openStore(cfg, false)
	if err != nil {
		return nil, "", nil, err
	}
	done = func() {
		for _, p := range parts {
			p.Close()
		}
	}
	for _, system := range store.Systems() {
		nights := store.Nights(system)
		if len(nights) == 0 {
			continue
		}
		more, err := store.PartsOf(system, nights[len(nights)-1])
		parts = append(parts, more...)
		if err != nil {
			done()
			return nil, "", nil, fromStore(err)
		}
	}
	return parts, "the newest evidence of every system", done, nil
}

func (e *explained) print(w io.Writer) {
	fmt.Fprintln(w, plain(string(e.Key)))
	row := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "  %-8s %s\n", name, plain(text))
		}
	}
	row("system", e.System)
	row("value", e.Value)
	at := e.At
	if at == "" {
		at = "not told: an export does not carry it"
	}
	row("read at", at)
	for _, m := range e.Members {
		row("", m.Member+"  "+m.At)
	}
	row("source", e.Source)
	row("from", e.From)
	row("meaning", e.Meaning)
}

// explainPart reads the facts at and below a key, and then where they stood.
func explainPart(ctx context.Context, p *collect.Part, key collect.Key) (out []explained, err error) {
	index := map[collect.Key]int{}
	items := map[collect.Key][]string{}
	add := func(k collect.Key, v collect.Value) {
		e := explained{System: p.Header.System, Key: k, Value: v.String(), Source: p.Header.Source}
		if def, ok := collect.Keys().Lookup(k); ok {
			e.Meaning = def.Meaning
		}
		index[k], items[k] = len(out), v.Items()
		out = append(out, e)
	}
	facts, err := p.Facts()
	if err != nil {
		return nil, err
	}
	for n := 0; facts.Next(); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), facts.Close())
		}
		k := collect.Key(facts.Key())
		if !k.Under(key) {
			continue
		}
		v, err := collect.ParseForm(facts.Form(), collect.Keys().Type(k))
		if err != nil {
			return nil, errors.Join(fmt.Errorf("%s: %w", k, err), facts.Close())
		}
		add(k, v)
	}
	if err := errors.Join(facts.Err(), facts.Close()); err != nil {
		return nil, err
	}
	r, err := p.Provenance()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for n := 0; r.Next(); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		at := r.Located()
		if !at.Key.Under(key) {
			continue
		}
		// The chain of a value sorts behind it.
		if of, chained := strings.CutSuffix(string(at.Key), "/from"); chained && at.Key != key {
			if i, ok := index[collect.Key(of)]; ok {
				out[i].From = at.Metric.Raw()
				continue
			}
		}
		if _, ok := index[at.Key]; !ok {
			if at.Metric.IsAbsent() {
				continue
			}
			add(at.Key, at.Metric)
		}
		e := &out[index[at.Key]]
		e.At = placeOf(&p.Header, at.At)
		for i, m := range at.Members {
			if i < len(items[at.Key]) {
				e.Members = append(e.Members, explainedMember{items[at.Key][i], placeOf(&p.Header, m)})
			}
		}
	}
	return out, r.Err()
}

// placeOf writes file and line or record of an origin.
func placeOf(h *collect.Header, at collect.Origin) string {
	if at.File < 0 || at.File >= len(h.Files) {
		return ""
	}
	unit := "line"
	if h.Unit == "record" {
		unit = "record"
	}
	if at.Pos == 0 {
		return h.Files[at.File].Name
	}
	return fmt.Sprintf("%s, %s %d", h.Files[at.File].Name, unit, at.Pos)
}
