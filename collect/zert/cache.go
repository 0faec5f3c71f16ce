package zert

// cache holds what is known of sessions by the hash of the bytes of their records
// that stay: an open-addressed table of the keys, and behind it the sessions in
// the order in which they came. It grows up to its limit; then its user clears
// it and it starts afresh.
type cache[V any] struct {
	slots []slot // length a power of two, no more than half of them used
	rows  []cached[V]
	limit int // sessions it may hold
}

// slot is one word of a key and the index of its row plus one; 0 is free. The
// other word stands in the row.
type slot struct {
	key   uint64
	index uint32
}

type cached[V any] struct {
	key   uint64
	value V
}

func newCache[V any](limit int) cache[V] { return cache[V]{slots: make([]slot, 1<<9), limit: limit} }

// full reports whether add would exceed the limit.
func (c *cache[V]) full() bool { return len(c.rows) >= c.limit }

// find returns what is known of a key, or nil. It is valid until the next add.
func (c *cache[V]) find(key [2]uint64) *V {
	mask := uint64(len(c.slots) - 1)
	for i := key[1] & mask; c.slots[i].index != 0; i = (i + 1) & mask {
		if c.slots[i].key != key[0] {
			continue
		}
		if r := &c.rows[c.slots[i].index-1]; r.key == key[1] {
			return &r.value
		}
	}
	return nil
}

// add puts a key there that find did not find.
func (c *cache[V]) add(key [2]uint64, value V) *V {
	if 2*len(c.rows) >= len(c.slots) {
		old := c.slots
		c.slots = make([]slot, 2*len(old))
		for _, x := range old {
			if x.index != 0 {
				c.enter(c.rows[x.index-1].key, x)
			}
		}
	}
	c.rows = append(c.rows, cached[V]{key[1], value})
	c.enter(key[1], slot{key[0], uint32(len(c.rows))})
	return &c.rows[len(c.rows)-1].value
}

func (c *cache[V]) enter(home uint64, x slot) {
	mask := uint64(len(c.slots) - 1)
	i := home & mask
	for c.slots[i].index != 0 {
		i = (i + 1) & mask
	}
	c.slots[i] = x
}

func (c *cache[V]) clear() {
	clear(c.rows) // what they point to
	c.rows = c.rows[:0]
	clear(c.slots)
}
