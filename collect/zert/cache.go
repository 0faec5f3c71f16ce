package zert

// cache holds what is known of sessions by the hash of the bytes of their records
// that stay: an open-addressed table of the keys, and behind it the sessions in
// the order in which they came, in pieces that never move. It grows up to its
// limit; then its user clears it and it starts afresh.
type cache[V any] struct {
	slots []slot // length a power of two, no more than half of them used
	rows  [][]cached[V]
	count int
	limit int // sessions it may hold
}

// rowsPiece is how many sessions a piece holds.
const rowsPiece = 1 << 9

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
func (c *cache[V]) full() bool { return c.count >= c.limit }

func (c *cache[V]) row(i int) *cached[V] { return &c.rows[i/rowsPiece][i%rowsPiece] }

// find returns what is known of a key, or nil. It is valid until the cache is
// cleared.
func (c *cache[V]) find(key [2]uint64) *V {
	mask := uint64(len(c.slots) - 1)
	for i := key[1] & mask; c.slots[i].index != 0; i = (i + 1) & mask {
		if c.slots[i].key != key[0] {
			continue
		}
		if r := c.row(int(c.slots[i].index - 1)); r.key == key[1] {
			return &r.value
		}
	}
	return nil
}

// add puts a key there that find did not find.
func (c *cache[V]) add(key [2]uint64, value V) *V {
	if 2*c.count >= len(c.slots) {
		old := c.slots
		c.slots = make([]slot, 2*len(old))
		for _, x := range old {
			if x.index != 0 {
				c.enter(c.row(int(x.index-1)).key, x)
			}
		}
	}
	if c.count == len(c.rows)*rowsPiece {
		c.rows = append(c.rows, make([]cached[V], rowsPiece))
	}
	r := c.row(c.count)
	*r = cached[V]{key[1], value}
	c.count++
	c.enter(key[1], slot{key[0], uint32(c.count)})
	return &r.value
}

func (c *cache[V]) enter(home uint64, x slot) {
	mask := uint64(len(c.slots) - 1)
	i := home & mask
	for c.slots[i].index != 0 {
		i = (i + 1) & mask
	}
	c.slots[i] = x
}

// all calls do for every session in the order in which they came.
func (c *cache[V]) all(do func(*V)) {
	for i := range c.count {
		do(&c.row(i).value)
	}
}

func (c *cache[V]) clear() {
	for _, rows := range c.rows {
		clear(rows) // what they point to
	}
	c.count = 0
	clear(c.slots)
}

// touch looks at the places of the sessions of items. A large cache lies in main
// memory: one look-up after the other would wait for it each time, but looking at
// many places without need of what is there waits about once. It returns
// something, so that the looking is not left out.
func (c *cache[V]) touch(items []item) (sum uint64) {
	mask := uint64(len(c.slots) - 1)
	for i := range items {
		sum += uint64(c.slots[items[i].summary.key[1]&mask].index)
	}
	for i := range items {
		if at := c.slots[items[i].summary.key[1]&mask].index; at != 0 {
			sum += c.row(int(at - 1)).key
		}
	}
	return sum
}
