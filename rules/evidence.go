package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// evidenceList collects what findings rest on. Where each key was read is
// looked up at the end, in one pass over the provenance of each part.
type evidenceList struct {
	system  string
	parts   []*collect.Part
	pending []pendingEvidence
}

type pendingEvidence struct {
	part int
	of   *Evidence
}

// add cites every key that the check reads and the parts hold. Of a key on
// which sources disagree it cites every source with its own value.
func (l *evidenceList) add(f *Finding, c *check, sub *subject, j *judge) {
	var cited []citation
	cite := func(key collect.Key, form []byte, at reading) {
		for i, part := range append([]int{at.part}, at.others...) {
			if at.forms != nil {
				form = at.forms[i]
			}
			cited = append(cited, citation{part, key, form})
		}
	}
	for i, s := range sub.slots {
		for _, m := range s.many {
			cite(sub.entity+"/"+collect.Key(m.rest), m.form, m.at)
		}
		if s.seen && s.many == nil {
			key := j.keyOf(c, &c.keys[i], sub.entity)
			if of, ok := disputedKey(sub.entity); ok {
				key = of
			}
			cite(key, s.form, s.at)
		}
	}
	cited = append(cited, j.scope.matching.evidence(c, sub.entity)...)
	if len(cited) == 0 {
		l.list(f, sub.entity)
		return
	}
	f.Evidence = make([]Evidence, len(cited)) // its elements do not move any more
	for i, ci := range cited {
		f.Evidence[i] = l.of(ci.part, ci.key, ci.value)
		l.pending = append(l.pending, pendingEvidence{ci.part, &f.Evidence[i]})
	}
}

// of cites a key of a part; the place is filled in later.
func (l *evidenceList) of(part int, key collect.Key, form []byte) Evidence {
	h := &l.parts[part].Header
	return Evidence{
		Ref: reference(h), System: l.system, Source: h.Source, Key: key, Value: string(form),
		Period: h.Period, Content: h.Content,
	}
}

// list cites the parts that speak for a prefix, when there is no key to cite:
// that something is absent is also read somewhere.
func (l *evidenceList) list(f *Finding, prefix collect.Key) {
	for i, p := range l.parts {
		speaks := slices.ContainsFunc(p.Header.Coverage, func(c collect.Coverage) bool {
			return prefix.Under(c.Prefix) || c.Prefix.Under(prefix)
		})
		if !speaks {
			continue
		}
		e := l.of(i, prefix, nil)
		if len(p.Header.Files) > 0 {
			e.File, e.Digest = p.Header.Files[0].Name, p.Header.Files[0].Digest
		}
		f.Evidence = append(f.Evidence, e)
	}
}

// reference is the short name of a part in a report: system, source and the
// beginning of the content digest. The same facts have the same reference on
// every night and in every store; behind "#" follows the line or record.
func reference(h *collect.Header) string {
	content := strings.TrimPrefix(h.Content, "sha256:")
	return fmt.Sprintf("%s-%s-%.8s", h.System, h.Source, content)
}

// locate fills in file and line of all evidence.
func (l *evidenceList) locate(ctx context.Context) error {
	slices.SortFunc(l.pending, func(a, b pendingEvidence) int {
		if a.part != b.part {
			return a.part - b.part
		}
		return strings.Compare(string(a.of.Key), string(b.of.Key))
	})
	for len(l.pending) > 0 {
		part := l.pending[0].part
		n := 1
		for n < len(l.pending) && l.pending[n].part == part {
			n++
		}
		if err := locateIn(ctx, l.parts[part], l.pending[:n]); err != nil {
			return err
		}
		l.pending = l.pending[n:]
	}
	return nil
}

// locateIn walks the provenance of a part and the evidence wanted from it, both
// in key order.
func locateIn(ctx context.Context, p *collect.Part, want []pendingEvidence) (err error) {
	r, err := p.Provenance()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for n := 0; len(want) > 0 && r.Next(); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := r.Located()
		for len(want) > 0 && want[0].of.Key < at.Key {
			want = want[1:]
		}
		for len(want) > 0 && want[0].of.Key == at.Key {
			place(want[0].of, &p.Header, at.At)
			want = want[1:]
		}
	}
	return r.Err()
}

func place(e *Evidence, h *collect.Header, at collect.Origin) {
	if at.File < 0 || at.File >= len(h.Files) {
		return
	}
	file := h.Files[at.File]
	e.File, e.Digest, e.Line = file.Name, file.Digest, at.Pos
	e.Record = h.Unit == "record"
	switch {
	case at.Pos == 0:
	case at.File == 0:
		e.Ref = fmt.Sprintf("%s#%d", e.Ref, at.Pos)
	default:
		e.Ref = fmt.Sprintf("%s#%d:%d", e.Ref, at.File+1, at.Pos)
	}
}
