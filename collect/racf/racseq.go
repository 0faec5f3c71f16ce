package racf

import (
	"context"
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// readRACSEQ reads the display of IBM's RACSEQ sample: a heading that states how
// many fields follow, fields as NAME    :VALUE, and class lists behind a line
// that states how many classes they have. So the display proves by itself that
// it is whole.
func readRACSEQ(ctx context.Context, f *collect.File, opts *collect.Options, out *collect.Recorder) (*answers, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return nil, err
	}
	defer lines.Close()
	r := &racseqReader{x: newExtract(out, f), want: -1}
	for lines.Next() {
		if err := r.line(lines.Line()); err != nil {
			return nil, err
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if err := r.close(); err != nil {
		return nil, err
	}
	end, why := lines.End(opts)
	whole := r.want >= 0 && r.want == r.fields
	reason := fmt.Sprintf("the display states %d fields, %d arrived", r.want, r.fields)
	if r.want < 0 {
		reason = "the heading with the number of fields is missing"
	}
	r.x.end(whole, reason, lines.Capture(), end, why)
	return r.x.a, nil
}

type racseqReader struct {
	x            *extract
	list         *openList
	want, fields int64
}

func (r *racseqReader) line(l collect.Line) error {
	r.x.out.Read(1)
	at := l.At(r.x.a.file)
	text := strings.TrimSpace(string(l.Text))
	switch {
	case text == "":
		r.x.out.Ignored("blank line", 1)
		return nil
	case strings.Trim(text, "-") == "":
		r.x.out.Ignored("rule between classes", 1)
		return nil
	case strings.HasPrefix(text, "Displaying "):
		r.x.out.Used(1)
		return nil
	}
	if n, ok := strings.CutPrefix(text, "Segment:"); ok {
		if _, stated, ok := strings.Cut(n, "Fields:"); ok && l.Terminated {
			if v, ok := count(strings.TrimSpace(stated)); ok {
				r.want = v
			}
		}
		r.x.out.Used(1)
		return nil
	}
	if n, ok := strings.CutPrefix(text, "Repeat field:"); ok {
		return r.repeat(n, at, l.Terminated)
	}
	name, value, ok := pair(text)
	if !ok {
		r.x.out.Ignored("unrecognised line", 1)
		r.x.out.Warn(r.x.a.file, at.Pos, at.Offset, "unrecognised line %s", describe(text))
		if r.list != nil {
			r.list.doubt = fmt.Sprintf("line %d inside the class list was not understood", at.Pos)
		}
		return nil
	}
	if r.list != nil && r.list.field.name == name {
		r.list.members = append(r.list.members, members(strings.Fields(value), at)...)
		if !l.Terminated {
			r.list.doubt = cutLine
		}
		r.x.out.Used(1)
		return nil
	}
	if err := r.close(); err != nil {
		return err
	}
	f := r.x.field(name, at)
	if f == nil {
		r.fields++
		return nil
	}
	if !l.Terminated {
		return r.x.put(f, answer{value: collect.Unknown(cutLine), at: at, doubt: cutLine})
	}
	r.fields++
	if f.kind == classes {
		n := r.x.classes(f, members(strings.Fields(value), at))
		n.at = at
		return r.x.put(f, n)
	}
	return r.x.scalar(f, value, at)
}

// repeat begins a class list: NAME Subfields:01 Occurrences:nnnn.
func (r *racseqReader) repeat(rest string, at collect.Origin, whole bool) error {
	if err := r.close(); err != nil {
		return err
	}
	name, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	_, stated, _ := strings.Cut(rest, "Occurrences:")
	want, ok := count(strings.TrimSpace(stated))
	f := r.x.field(name, at)
	if f == nil {
		r.fields++
		return nil
	}
	r.list = &openList{field: f, at: at, want: want}
	if !ok || !whole {
		r.list.doubt = "the number of its classes was not understood"
	}
	r.x.out.Used(1)
	return nil
}

// close records the class list that is being read.
func (r *racseqReader) close() error {
	c := r.list
	if c == nil {
		return nil
	}
	r.list = nil
	if c.doubt == "" && c.want != int64(len(c.members)) {
		c.doubt = fmt.Sprintf("%d classes are stated, %d arrived", c.want, len(c.members))
	}
	n := r.x.classes(c.field, c.members)
	n.at = c.at
	if c.doubt != "" {
		n = answer{value: collect.Unknown(c.doubt), at: c.at, doubt: c.doubt}
	} else {
		r.fields++
	}
	_, err := r.x.a.set(c.field.name, n)
	return err
}
