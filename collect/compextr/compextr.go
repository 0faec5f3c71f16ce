// Package compextr reads the output of COMPEXTR, the compliance utility of z/VM
// 7.3 and later (APAR VM66646), in both forms it prints: YAML and flattened.
//
// # What is known of the format
//
// IBM publishes neither a key nor a separator. The package therefore takes any
// key: each becomes compextr/<key> exactly as it is spelled, with the value typed
// by its form. Both forms of one output give the same facts:
//
//   - nested mappings of YAML become keys joined by dots, as the flattened form
//     has them;
//   - a list of YAML, a key that is repeated, and keys that differ in a last
//     index (.0, .1 or [0], [1]) all become one list, the latter in the order of
//     the index;
//   - an empty list is [], an empty mapping the text {}, so that becoming empty
//     is a change;
//   - numbers, true and false are taken as such, everything else is text.
//
// In the flattened form the separator is chosen for the whole file by how many
// lines it fits: "key: value", "key=value", or the first run of blanks. A warning
// says which one was taken unless it is the first.
//
// What a console adds is dropped: a time in front of a line, "Ready;" lines, and
// RUNNING, MORE... and HOLDING. A line of 80 columns can be folded: what follows
// it and does not look like a key belongs to it.
//
// # Keys of our own
//
// mapping.csv says which of IBM's keys tells a key of irondrift's catalogue; it
// holds no row until the key is known from a real output. A site adds its own
// under column_aliases in the configuration: the catalogue's key, and the names
// it has in COMPEXTR's output. A mapped value is recorded under both keys, so
// that rules can read it and other extracts can be checked against it.
package compextr

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Source returns the source compextr.
func Source() collect.Source { return source{} }

type source struct{}

var _ collect.Source = source{}

const prefix collect.Key = "compextr"

func (source) Info() collect.Info {
	return collect.Info{
		Name:     "compextr",
		Platform: "zvm",
		Title:    "z/VM compliance utility output (COMPEXTR, YAML or flattened)",
		View:     collect.Active,
		Prefixes: []collect.Key{prefix, "zvm"}, // zvm: mapped keys only
	}
}

// Recognise looks for lines of the form "key: value" or "key=value" with keys of
// one word. Nothing published tells the output apart from other files of that
// form, so the answer is never Certain.
func (source) Recognise(head *collect.Head) collect.Confidence {
	if len(head.Text) == 0 {
		return collect.No
	}
	var lines []line
	keys, dotted := 0, 0
	for text := range bytes.Lines(head.Text) {
		if s, kind := clean(string(bytes.TrimRight(text, "\r\n"))); kind == isText {
			lines = append(lines, line{text: s, number: int64(len(lines) + 1)})
		}
	}
	form, _ := formOf(lines)
	if form == formNone || form == formBlank {
		return collect.No
	}
	for _, l := range lines {
		s := strings.TrimPrefix(strings.TrimSpace(l.text), "- ")
		k, _, ok := form.cut(s)
		switch {
		case ok && k != "" && !strings.Contains(k, "/") && k[0] != '/':
			keys++
			if strings.ContainsAny(k, "._") {
				dotted++
			}
		case form == formYAML && (strings.HasPrefix(strings.TrimSpace(l.text), "- ") || s == "---" || s == "..."):
			keys++
		}
	}
	switch {
	case keys < 3 || 10*keys < 9*len(lines):
		return collect.No
	case form == formYAML || 2*dotted >= keys:
		return collect.Likely
	}
	return collect.Possible
}

// line is a line of output without what a console added.
type line struct {
	text       string
	number     int64
	offset     int64
	full       bool // as wide as a console line, so it may be folded
	terminated bool
}

// maxSize bounds the output that is held: a thousand times what IBM describes.
const maxSize = 16 << 20

func (source) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	m, err := newMapping(opts.Site.ColumnAliases)
	if err != nil {
		return err
	}
	r := &reader{rec: out.Part(""), facts: map[string]*fact{}, mapping: m}
	for _, f := range files {
		if err := r.read(ctx, f, opts); err != nil {
			return err
		}
	}
	return r.record()
}

// reader gathers the keys of all files.
type reader struct {
	rec     *collect.Recorder
	mapping *mapping
	file    *collect.File
	facts   map[string]*fact
	order   []string
	ends    []ending
}

type ending struct {
	state  collect.State
	reason string
}

// fact is what one key says.
type fact struct {
	values []value
	list   bool // a list of YAML, even of one item
}

type value struct {
	v     collect.Value
	index int // of the last part of the key; -1 when there is none
	at    collect.Origin
}

// add takes one value of a key.
func (r *reader) add(key string, v collect.Value, index int, list bool, at collect.Origin) {
	f := r.facts[key]
	if f == nil {
		f = &fact{}
		r.facts[key] = f
		r.order = append(r.order, key)
	}
	f.list = f.list || list || index >= 0
	if !v.IsAbsent() {
		f.values = append(f.values, value{v, index, at})
	}
}

// read reads one file.
func (r *reader) read(ctx context.Context, f *collect.File, opts *collect.Options) error {
	in, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	r.file = f
	var lines []line
	size := 0
	for in.Next() {
		l := in.Line()
		r.rec.Read(1)
		s, kind := clean(string(l.Text))
		if kind != isText {
			r.rec.Ignored(kindNames[kind], 1)
			continue
		}
		if size += len(s); size > maxSize {
			return &collect.Error{File: f.Name, Line: l.Number, Offset: l.Offset, Err: fmt.Errorf("%w: more than %d MiB", collect.ErrLimit, maxSize>>20),
				Advice: "this is not the output of COMPEXTR; name the source, or give one output"}
		}
		lines = append(lines, line{s, l.Number, l.Offset, len(bytes.TrimRight(l.Text, "\r")) == 80 && s != "" && l.Text[len(l.Text)-1] != ' ', l.Terminated})
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	form, share := formOf(lines)
	if form == formNone {
		if err := in.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no keys with values; give what COMPEXTR printed, in YAML or flattened"}
	}
	lost := 0
	if form == formYAML {
		if err := r.yaml(lines); err != nil {
			return err
		}
	} else {
		lost = r.flat(lines, form)
		if form != formColon {
			r.rec.Warn(f, 0, 0, "keys and values are taken to be separated by %s, which fits %d of %d lines", form, share, len(lines))
		}
	}
	e := ending{}
	e.state, e.reason = in.End(opts)
	if lost > 0 && e.state == collect.Open {
		// What was cut off might have shown that the form is another one.
		e = ending{collect.Partial, fmt.Sprintf("%d lines hold no key and value", lost)}
	}
	r.ends = append(r.ends, e)
	return nil
}

func (r *reader) at(l line) collect.Origin {
	return collect.Origin{File: r.file.Index(), Pos: l.number, Offset: l.offset}
}
