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
		for i := low + 1; i < len(readers); i++ {
			if bytes.Equal(readers[i].Key(), f.key) {
				f.others = append(f.others, index[i])
				if !bytes.Equal(readers[i].Form(), readers[low].Form()) {
					f.form = disagreeForm
				}
			}
		}
		if len(f.others) > 0 && bytes.Equal(f.form, disagreeForm) {
			for i := low; i < len(readers); i++ {
				if bytes.Equal(readers[i].Key(), f.key) {
					f.forms = append(f.forms, bytes.Clone(readers[i].Form()))
				}
			}
		}
		if err := yield(&f); err != nil {
			return err
		}
		key := f.key
		if len(f.others) > 0 {
			key = bytes.Clone(key)
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
