package rules

import (
	"bytes"
	"context"
	"errors"

	"github.com/irondrift/irondrift/collect"
)

// disagreeForm is what the system view holds when two parts give one key
// different values (see [collect.MergeFacts]).
var disagreeForm = []byte("?sources disagree")

// fact is one key of the system view with its value still in canonical form:
// most values are compared, not looked into, so they are parsed only when a
// rule has to be evaluated. The slices are valid until yield returns.
type fact struct {
	key  []byte
	form []byte
	part int // index of the first part that holds the key
	// others are the parts, beside part, that hold the key; nil mostly.
	others []int
	// forms are the values of part and others when they disagree.
	forms [][]byte
}

// settle decides what holds when parts give a key different forms. One that does
// not know does not contradict one that does; two that know and differ do.
func (f *fact) settle(readers []*collect.FactReader, index []int) {
	f.others = nil
	var forms [][]byte
	var parts []int
	for _, known := range []bool{true, false} {
		for i, r := range readers {
			if bytes.Equal(r.Key(), f.key) && known == !bytes.HasPrefix(r.Form(), []byte("?")) {
				forms, parts = append(forms, r.Form()), append(parts, index[i])
			}
		}
		if len(forms) > 0 {
			break
		}
	}
	f.form, f.part, f.others = forms[0], parts[0], parts[1:]
	for _, form := range forms[1:] {
		if !bytes.Equal(form, forms[0]) {
			f.form = disagreeForm
		}
	}
	if !bytes.Equal(f.form, disagreeForm) {
		return
	}
	for _, form := range forms {
		f.forms = append(f.forms, bytes.Clone(form))
	}
}

// mergeForms streams the facts of the parts of one system in key order.
// It does the same as [collect.MergeFacts] without building values.
func mergeForms(ctx context.Context, parts []*collect.Part, yield func(*fact) error) (err error) {
	readers := make([]*collect.FactReader, 0, len(parts))
	index := make([]int, 0, len(parts))
	defer func() {
		for _, r := range readers {
			err = errors.Join(err, r.Close())
		}
	}()
	for i, p := range parts {
		r, err := p.Facts()
		if err != nil {
			return err
		}
		readers, index = append(readers, r), append(index, i)
	}
	// drop closes reader i after its end.
	drop := func(i int) error {
		err := errors.Join(readers[i].Err(), readers[i].Close())
		readers = append(readers[:i], readers[i+1:]...)
		index = append(index[:i], index[i+1:]...)
		return err
	}
	for i := len(readers) - 1; i >= 0; i-- {
		if !readers[i].Next() {
			if err := drop(i); err != nil {
				return err
			}
		}
	}
	var f fact
	var last []byte
	for n := 0; len(readers) > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		low := 0
		for i := 1; i < len(readers); i++ {
			if bytes.Compare(readers[i].Key(), readers[low].Key()) < 0 {
				low = i
			}
		}
		f = fact{key: readers[low].Key(), form: readers[low].Form(), part: index[low]}
		same := true
		for i := low + 1; i < len(readers); i++ {
			if bytes.Equal(readers[i].Key(), f.key) {
				f.others = append(f.others, index[i])
				same = same && bytes.Equal(readers[i].Form(), f.form)
			}
		}
		if !same {
			f.settle(readers[low:], index[low:])
		}
		if err := yield(&f); err != nil {
			return err
		}
		key := f.key
		if len(readers) > 1 {
			key = append(last[:0], key...)
			last = key
		}
		for i := len(readers) - 1; i >= low; i-- {
			if i != low && !bytes.Equal(readers[i].Key(), key) {
				continue
			}
			if !readers[i].Next() {
				if err := drop(i); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
