package rules

import (
	"bytes"
	"encoding/binary"
)

// memoKey appends the declared values to key. Two subjects with one key get one
// evaluation.
func (c *boundCheck) memoKey(key []byte, sub *subject) []byte {
	for i, s := range sub.slots {
		switch k := &c.keys[i]; {
		case len(s.many) > 0:
			key = append(key, 2)
			key = binary.AppendUvarint(key, uint64(len(s.many)))
			for _, m := range s.many {
				if k.only != nil && len(m.form) > 0 && m.form[0] != '?' {
					key = k.memoNarrowed(append(key, 3), m.form)
					continue
				}
				key = append(key, 4)
				key = binary.AppendUvarint(key, uint64(len(m.form)))
				key = append(key, m.form...)
			}
		case s.seen && !s.unknown() && (k.count || k.only != nil):
			key = k.memoNarrowed(append(key, 3), s.form)
		case !s.seen || s.unknown():
			key = append(key, 0)
		default:
			key = append(key, 1)
			key = binary.AppendUvarint(key, uint64(len(s.form)))
			key = append(key, s.form...)
		}
	}
	if len(c.meta.Captures) > 0 {
		m := c.pat.captures(sub.entity)
		for _, name := range c.meta.Captures {
			key = binary.AppendUvarint(key, uint64(len(m[name])))
			key = append(key, m[name]...)
		}
	}
	return key
}

// memoNarrowed appends what of a set reaches the rule.
func (k *keyPattern) memoNarrowed(key, form []byte) []byte {
	n := 0
	ok := eachMember(form, func(member []byte) {
		n++
		if k.only[string(firstWord(member))] {
			key = binary.AppendUvarint(key, uint64(len(member)))
			key = append(key, member...)
		}
	})
	switch {
	case !ok: // not a plain set: tell it from all others
		key = append(key, form...)
	case k.count:
		key = binary.AppendUvarint(key, uint64(n))
	}
	return append(key, 0)
}

// eachMember calls yield for the members of a set in canonical form without
// taking it apart into a value. It is false for members that need unescaping.
func eachMember(form []byte, yield func(member []byte)) bool {
	if len(form) < 2 || form[0] != '[' || bytes.IndexByte(form, '\\') >= 0 {
		return false
	}
	for form = form[1 : len(form)-1]; len(form) > 0; {
		end := bytes.IndexByte(form[1:], '"')
		if form[0] != '"' || end < 0 {
			return false
		}
		yield(form[1 : end+1])
		form = bytes.TrimPrefix(form[end+2:], []byte{','})
	}
	return true
}

func firstWord(b []byte) []byte {
	word, _, _ := bytes.Cut(b, []byte{' '})
	return word
}
