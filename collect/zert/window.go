package zert

import "slices"

// Window is how many summary records back a repeated record is sure to be
// recognised; up to twice as many are remembered. A dump of that many records is
// about 250 MB, so a day that was appended to itself, or dumped from both the
// SMF data sets and a log stream, is counted once. A repetition further back
// adds to the metrics only: facts are sets.
const Window = 1 << 19

// window remembers fingerprints of records. The records of a session come in the
// order of their times, so that one which is later than all before it cannot be
// a repetition: those are only written down. The first that is not later makes
// an index of what was written, and from then on everything is looked up.
//
// The index has two generations: when the newer one is full it becomes the older
// and a fresh one begins. Nothing is ever removed one by one. Zero stands for no
// fingerprint.
type window struct {
	size    int      // Window; less in tests
	log     []uint64 // a ring once it is full
	next    int      // where the ring goes on
	indexed bool
	cur     []uint64 // open addressing, at most half full
	old     []uint64
	n       int // fingerprints in cur
}

// note remembers the fingerprint of a record that is known to be new.
func (w *window) note(fp uint64) {
	fp = max(fp, 1)
	switch {
	case w.indexed:
		w.seen(fp)
	case len(w.log) < w.size:
		if len(w.log) == cap(w.log) && len(w.log) >= 1<<10 {
			w.log = slices.Grow(w.log, w.size-len(w.log)) // at once: append would copy it again and again
		}
		w.log = append(w.log, fp)
	default:
		w.log[w.next] = fp
		if w.next++; w.next == len(w.log) {
			w.next = 0
		}
	}
}

// seen reports whether the fingerprint is remembered, and remembers it.
func (w *window) seen(fp uint64) bool {
	fp = max(fp, 1)
	if !w.indexed {
		w.indexed = true
		for i := range w.log {
			w.seen(w.log[(w.next+i)%len(w.log)])
		}
		w.log = nil
	}
	if w.n >= w.size {
		w.turn()
	} else if 2*w.n >= len(w.cur) {
		w.grow()
	}
	at, found := probe(w.cur, fp)
	if found {
		return true
	}
	if w.old != nil {
		if _, found := probe(w.old, fp); found {
			return true
		}
	}
	w.cur[at] = fp
	w.n++
	return false
}

func probe(t []uint64, fp uint64) (at uint64, found bool) {
	mask := uint64(len(t) - 1)
	for at = fp & mask; t[at] != 0; at = (at + 1) & mask {
		if t[at] == fp {
			return at, true
		}
	}
	return at, false
}

// turn begins a new generation.
func (w *window) turn() {
	if w.old == nil {
		w.old = make([]uint64, len(w.cur))
	}
	w.cur, w.old = w.old, w.cur
	clear(w.cur)
	w.n = 0
}

func (w *window) grow() {
	small := w.cur
	w.cur = make([]uint64, max(1<<12, 2*len(small)))
	for _, fp := range small {
		if fp != 0 {
			at, _ := probe(w.cur, fp)
			w.cur[at] = fp
		}
	}
}
