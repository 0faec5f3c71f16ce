package collect

import (
	"bytes"
	"container/heap"
	"errors"
)

// MergedFact is one key of the system view: what all parts of a system say.
type MergedFact struct {
	Entry
	// Parts are the indexes of the parts that hold the key.
	Parts []int
	// Disagree holds the value of each of Parts when they are not the same;
	// Value is then unknown, "sources disagree".
	Disagree []Value
}

// MergeFacts streams the facts of several parts of one system as one sorted
// sequence. A key to which two parts give different values is unknown: choosing
// one of them silently could hide either truth. A part that does not know the
// value does not contradict one that does, and is then left out of Parts.
func MergeFacts(parts []*Part, yield func(MergedFact) error) (err error) {
	var h factHeap
	defer func() {
		for _, s := range h {
			err = errors.Join(err, s.r.Close())
		}
	}()
	for i, p := range parts {
		r, err := p.Facts()
		if err != nil {
			return err
		}
		if r.Next() {
			h = append(h, &factStream{i, r})
		} else if err := errors.Join(r.Err(), r.Close()); err != nil {
			return err
		}
	}
	heap.Init(&h)
	advance := func() error {
		s := h[0]
		if s.r.Next() {
			heap.Fix(&h, 0)
			return nil
		}
		heap.Pop(&h)
		return errors.Join(s.r.Err(), s.r.Close())
	}
	for len(h) > 0 {
		e, err := h[0].r.Entry()
		if err != nil {
			return err
		}
		f := MergedFact{Entry: e, Parts: []int{h[0].part}}
		form := bytes.Clone(h[0].r.Form())
		if err := advance(); err != nil {
			return err
		}
		values := []Value{e.Value}
		same := true
		for len(h) > 0 && string(h[0].r.Key()) == string(f.Key) {
			other, err := h[0].r.Entry()
			if err != nil {
				return err
			}
			same = same && bytes.Equal(form, h[0].r.Form())
			values = append(values, other.Value)
			f.Parts = append(f.Parts, h[0].part)
			if err := advance(); err != nil {
				return err
			}
		}
		if !same {
			f.settle(values)
		}
		if err := yield(f); err != nil {
			return err
		}
	}
	return nil
}

// settle decides what holds when parts give a key different values.
func (f *MergedFact) settle(values []Value) {
	var known []Value
	var parts []int
	for i, v := range values {
		if !v.IsUnknown() {
			known, parts = append(known, v), append(parts, f.Parts[i])
		}
	}
	if len(known) > 0 {
		values, f.Parts = known, parts
	}
	f.Value = values[0]
	for _, v := range values[1:] {
		if !v.Equal(f.Value) {
			f.Value, f.Disagree = Unknown("sources disagree"), values
			return
		}
	}
}

type factStream struct {
	part int
	r    *FactReader
}

type factHeap []*factStream

func (h factHeap) Len() int { return len(h) }
func (h factHeap) Less(i, j int) bool {
	if c := bytes.Compare(h[i].r.Key(), h[j].r.Key()); c != 0 {
		return c < 0
	}
	return h[i].part < h[j].part
}
func (h factHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *factHeap) Push(x any)   { *h = append(*h, x.(*factStream)) }
func (h *factHeap) Pop() any {
	old := *h
	s := old[len(old)-1]
	*h = old[:len(old)-1]
	return s
}
