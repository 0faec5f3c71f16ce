package racf

import (
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// openList is a class list whose classes come one line each.
type openList struct {
	field   *field
	at      collect.Origin
	members []collect.Member
	want    int64 // number of classes stated, -1 when none is
	doubt   string
}

// pair splits FIELD:value.
func pair(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	return strings.ToUpper(strings.TrimSpace(name)), strings.TrimSpace(value), ok
}

// readPairs reads FIELD:value lines as REXX programs around IRRXUTIL write them:
// a line for each class of a list, TRUE and FALSE, nothing for what is not set.
// The order of fields means nothing and there is no end, so only a capture
// header or the configuration can prove that the file is whole. A class list is
// known to be whole when another field follows, or when its FIELD_CT agrees.
func readPairs(ctx context.Context, f *collect.File, opts *collect.Options, out *collect.Recorder) (*answers, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	r := &pairReader{x: newExtract(out, f), counts: map[string]int64{}}
	for lines.Next() {
		if err := r.line(lines.Line()); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	state, why := lines.End(opts)
	if err := r.close(state == collect.Complete, why); err != nil {
		return nil, err
	}
	r.x.a.state, r.x.a.reason = state, why
	if c := lines.Capture(); c != nil && c.Lines >= 0 && !c.Whole() {
		r.x.a.lost = true
	}
	return r.x.a, nil
}

type pairReader struct {
	x      *extract
	list   *openList
	counts map[string]int64 // FIELD_CT
}

func (r *pairReader) line(l collect.Line) error {
	r.x.out.Read(1)
	at := l.At(r.x.a.file)
	name, value, ok := pair(string(l.Text))
	if !ok {
		if name == "" {
			r.x.out.Ignored("blank line", 1)
			return nil
		}
		return r.strange(at)
	}
	if of, isCount := strings.CutSuffix(name, "_CT"); isCount && fieldByName[of] != nil {
		if n, ok := count(value); ok && l.Terminated {
			r.counts[of] = n
		}
		r.x.out.Used(1)
		return nil
	}
	if r.list != nil && r.list.field.name != name {
		if err := r.close(true, ""); err != nil {
			return err
		}
	}
	f := r.x.field(name, at)
	if f == nil {
		return nil
	}
	if f.kind != classes {
		return r.scalar(f, value, at, l.Terminated)
	}
	if r.list == nil {
		r.list = &openList{field: f, at: at, want: -1}
	}
	r.list.members = append(r.list.members, members(strings.Fields(value), at)...)
	if !l.Terminated {
		r.list.doubt = cutLine
	}
	r.x.out.Used(1)
	return nil
}

// scalar records a value. One whose line has no end may be cut: it is unknown.
func (r *pairReader) scalar(f *field, value string, at collect.Origin, whole bool) error {
	if !whole {
		return r.x.put(f, answer{value: collect.Unknown(cutLine), at: at, doubt: cutLine})
	}
	return r.x.scalar(f, value, at)
}

// strange counts a line that is not FIELD:value. Inside a class list it means
// that the list cannot be relied on.
func (r *pairReader) strange(at collect.Origin) error {
	r.x.out.Ignored("unrecognised line", 1)
	r.x.out.Warn(r.x.a.file, at.Pos, at.Offset, "line is not of the form FIELD:value")
	if r.list != nil {
		r.list.doubt = fmt.Sprintf("line %d inside the class list was not understood", at.Pos)
	}
	return nil
}

// close records the class list that is being read.
func (r *pairReader) close(whole bool, why string) error {
	c := r.list
	if c == nil {
		return nil
	}
	r.list = nil
	if old, again := r.x.a.got[c.field.name]; again {
		// Its classes do not stand together, so no place proves its end.
		c.members = append(c.members, old.members...)
		c.doubt = "its classes do not stand together"
		delete(r.x.a.got, c.field.name)
	}
	want, counted := r.counts[c.field.name]
	switch {
	case c.doubt != "":
	case counted && want != int64(len(c.members)):
		c.doubt = fmt.Sprintf("%d classes are stated, %d arrived", want, len(c.members))
	case !counted && !whole:
		c.doubt = "the file ends inside this class list: " + why
	}
	n := r.x.classes(c.field, c.members)
	n.at = c.at
	if c.doubt != "" {
		n = answer{value: collect.Unknown(c.doubt), at: c.at, doubt: c.doubt}
	}
	n.absence = true
	_, err := r.x.a.set(c.field.name, n)
	return err
}
