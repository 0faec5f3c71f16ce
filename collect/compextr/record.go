package compextr

import (
	"fmt"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// value joins what was read of a key. A list of YAML, a repeated key and indexed
// keys are lists.
func (f *fact) value() (collect.Value, []collect.Origin) {
	if !f.list && len(f.values) == 1 {
		return f.values[0].v, nil
	}
	slices.SortStableFunc(f.values, func(a, b value) int { return a.index - b.index })
	items := make([]string, len(f.values))
	at := make([]collect.Origin, len(f.values))
	for i, v := range f.values {
		if v.v.Type() == collect.TypeList {
			items[i] = v.v.String()
		} else {
			items[i] = v.v.Raw()
		}
		at[i] = v.at
	}
	return collect.List(items...), at
}

// place is where a key was first read.
func (f *fact) place() collect.Origin {
	if len(f.values) == 0 {
		return collect.Origin{}
	}
	return f.values[0].at
}

// end joins how the files ended: several that do not prove it are partial.
func (r *reader) end() ending {
	all := ending{state: collect.Complete}
	for _, e := range r.ends {
		switch {
		case e.state == collect.Partial, e.state == collect.Open && len(r.ends) > 1:
			all = ending{collect.Partial, e.reason}
		case all.state == collect.Complete:
			all = e
		}
	}
	return all
}

// record writes the keys, and those of the catalogue that they are mapped to.
//
// In an open file the last key may go on behind the end, and so may a list: both
// are partial.
func (r *reader) record() error {
	if len(r.order) == 0 {
		return &collect.Error{File: r.file.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no keys with values; give what COMPEXTR printed, in YAML or flattened"}
	}
	end := r.end()
	cover := collect.Coverage{Prefix: prefix, State: end.state, Reason: end.reason}
	last := len(r.order) - 1
	if end.state == collect.Open {
		cover.Through = collect.NewKey(string(prefix), r.order[last])
	}
	r.rec.Cover(cover)
	for i, name := range r.order {
		f := r.facts[name]
		key := collect.NewKey(string(prefix), name)
		v, members := f.value()
		doubt := end.state == collect.Open && (i == last || v.Type() == collect.TypeList)
		if doubt {
			r.rec.Cover(collect.Coverage{Prefix: key, State: collect.Partial, Reason: "it may go on behind the end: " + end.reason})
		}
		if err := r.rec.Add(collect.Entry{Key: key, Value: v, At: f.place(), Members: members}); err != nil {
			return err
		}
		for _, target := range r.mapping.targets(name) {
			c := cover
			c.Prefix, c.Through = target.key, ""
			if doubt {
				c.State, c.Reason = collect.Partial, "it may go on behind the end: "+end.reason
			}
			r.rec.Cover(c)
			if err := r.rec.Put(target.key, target.translate(v), f.place()); err != nil {
				return fmt.Errorf("mapping of %q: %w", name, err)
			}
		}
	}
	return nil
}
