package zert

import "hash/maphash"

// table is a small map that costs little when it holds one or two keys, as
// nearly all of them do, and keeps the order of insertion. Most services have
// one user and one protocol version; a few have thousands of peers.
type table[K comparable, V any] struct {
	rows  []row[K, V]
	index []uint32 // open addressing, row number + 1; nil while rows are few
}

type row[K comparable, V any] struct {
	key K
	val V
}

// linear is how many rows are searched one after the other.
const linear = 8

var tableSeed = maphash.MakeSeed()

// find returns the value of key, or nil. It is valid until the next insert.
func (t *table[K, V]) find(key K) *V {
	if t.index == nil {
		for i := range t.rows {
			if t.rows[i].key == key {
				return &t.rows[i].val
			}
		}
		return nil
	}
	mask := uint64(len(t.index) - 1)
	for at := maphash.Comparable(tableSeed, key) & mask; t.index[at] != 0; at = (at + 1) & mask {
		if r := &t.rows[t.index[at]-1]; r.key == key {
			return &r.val
		}
	}
	return nil
}

// insert adds a key that is not there yet.
func (t *table[K, V]) insert(key K, val V) *V {
	t.rows = append(t.rows, row[K, V]{key, val})
	n := len(t.rows)
	switch {
	case n <= linear:
	case 2*n > len(t.index):
		t.index = make([]uint32, max(4*linear, 2*len(t.index)))
		for i := range t.rows {
			t.place(i)
		}
	default:
		t.place(n - 1)
	}
	return &t.rows[n-1].val
}

func (t *table[K, V]) place(i int) {
	mask := uint64(len(t.index) - 1)
	at := maphash.Comparable(tableSeed, t.rows[i].key) & mask
	for t.index[at] != 0 {
		at = (at + 1) & mask
	}
	t.index[at] = uint32(i + 1)
}

func (t *table[K, V]) len() int { return len(t.rows) }
