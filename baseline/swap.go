package baseline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// Swap is what an approval does to one key: either the whole value, which must
// be Had and becomes Gets, or members of a set, where those of Add must be
// absent and those of Drop present. Values are in canonical form; an empty form
// means that there is no such key.
type Swap struct {
	Key  collect.Key `json:"key"`
	Had  string      `json:"had,omitempty"`
	Gets string      `json:"gets,omitempty"`
	Add  []string    `json:"add,omitempty"`
	Drop []string    `json:"drop,omitempty"`
}

// MovedError says that a value is no longer what the approver saw, so that the
// approval is void. Nothing was changed.
type MovedError struct {
	Key collect.Key // empty when it is the whole part, or the diff, that moved
	Why string
}

func (e *MovedError) Error() string {
	if e.Key == "" {
		return "the approval is void: " + e.Why
	}
	return fmt.Sprintf("the approval is void: %s %s", e.Key, e.Why)
}

// Hint returns what the user can do.
func (e *MovedError) Hint() string { return "look at the diff again, then approve what it shows now" }

// swapOf returns what approving c does. Members and keys that were only not
// seen stay in the baseline unless they are to be forgotten: otherwise a
// service that was idle for a night would be news the night after.
func swapOf(c Change, forget bool) (Swap, bool) {
	sw := Swap{Key: c.Key}
	members := c.Old.Type() == collect.TypeSet && c.New.Type() == collect.TypeSet
	switch {
	case c.Op == NotCollected, c.Op == NotSeen && !forget:
		return sw, false
	case members:
		sw.Add, sw.Drop = c.Added, c.Removed
		if c.Class == collect.Observed && !forget {
			sw.Drop = nil
		}
		return sw, len(sw.Add)+len(sw.Drop) > 0
	case c.Reason != "":
		return sw, false // a list of which a part was not read cannot be approved as it is
	}
	sw.Had, sw.Gets = c.Old.String(), c.New.String()
	return sw, true
}

// apply returns the form that the key gets when it has the form cur.
func (sw *Swap) apply(cur string) (string, error) {
	if len(sw.Add)+len(sw.Drop) == 0 {
		if cur != sw.Had {
			return "", &MovedError{sw.Key, fmt.Sprintf("was %s when it was looked at and is %s now", orNone(sw.Had), orNone(cur))}
		}
		return sw.Gets, nil
	}
	var v collect.Value
	if cur != "" {
		var err error
		if v, err = collect.ParseForm([]byte(cur), collect.TypeSet); err != nil {
			return "", err
		}
	}
	if v.Type() != collect.TypeSet {
		return "", &MovedError{sw.Key, "was a set when it was looked at and is " + orNone(cur) + " now"}
	}
	items := slices.Clone(v.Items())
	for _, m := range sw.Add {
		if slices.Contains(items, m) {
			return "", &MovedError{sw.Key, fmt.Sprintf("has the member %q already", m)}
		}
		items = append(items, m)
	}
	for _, m := range sw.Drop {
		i := slices.Index(items, m)
		if i < 0 {
			return "", &MovedError{sw.Key, fmt.Sprintf("has no member %q any more", m)}
		}
		items = slices.Delete(items, i, i+1)
	}
	return collect.Set(items...).String(), nil
}

func orNone(form string) string {
	if form == "" {
		return "absent"
	}
	return form
}

// swapReader reads the swaps of an approval, one line of JSON each, sorted by
// key. Without an object it reads none.
type swapReader struct {
	r   io.ReadCloser
	sc  *bufio.Scanner
	cur Swap
	ok  bool
}

func (s *Store) openSwaps(digest string) (*swapReader, error) {
	r, err := s.opener(digest)()
	if err != nil {
		return nil, err
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 64<<10), 2*factLineLimit)
	return &swapReader{r: r, sc: sc}, nil
}

// next moves to the next swap; at the end ok is false.
func (w *swapReader) next() error {
	last := w.cur.Key
	w.cur, w.ok = Swap{}, false
	if !w.sc.Scan() {
		return w.sc.Err()
	}
	dec := json.NewDecoder(bytes.NewReader(w.sc.Bytes()))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&w.cur); err != nil {
		return fmt.Errorf("swaps: %w", err)
	}
	if w.cur.Key <= last {
		return fmt.Errorf("swaps: key %q does not sort after %q", w.cur.Key, last)
	}
	w.ok = true
	return nil
}

// Swaps calls yield with what an approval or proposal of keys does, in key
// order.
func (s *Store) Swaps(st Statement, yield func(Swap) error) error {
	if st.Swaps == "" {
		return nil
	}
	w, err := s.openSwaps(st.Swaps)
	if err != nil {
		return err
	}
	defer w.r.Close()
	for {
		if err := w.next(); err != nil || !w.ok {
			return err
		}
		if err := yield(w.cur); err != nil {
			return err
		}
	}
}

var errFound = errors.New("found")

// sharedKey returns a key that two approvals of keys both name.
func (s *Store) sharedKey(a, b Statement) (key collect.Key, found bool, err error) {
	w, err := s.openSwaps(b.Swaps)
	if err != nil {
		return "", false, err
	}
	defer w.r.Close()
	if err := w.next(); err != nil {
		return "", false, err
	}
	err = s.Swaps(a, func(sw Swap) error {
		for w.ok && w.cur.Key < sw.Key {
			if err := w.next(); err != nil {
				return err
			}
		}
		if w.ok && w.cur.Key == sw.Key {
			key = sw.Key
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		return key, true, nil
	}
	return "", false, err
}
