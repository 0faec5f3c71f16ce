package zert

// Window is how many summary records back a repeated record is sure to be
// recognised; up to twice as many are remembered. A dump of that many records is
// about 250 MB, so a day that was appended to itself, or dumped from both the
// SMF data sets and a log stream, is counted once. A repetition further back
// adds to the metrics only: facts are sets.
const Window = 1 << 19

// window remembers fingerprints of records in two generations: when the newer
// one is full it becomes the older and a fresh one begins. Nothing is ever
// removed one by one. Zero is not a fingerprint.
type window struct {
	cur, old []uint64 // open addressing, at most half full
	n        int      // fingerprints in cur
}

// seen reports whether the fingerprint is remembered, and remembers it.
func (w *window) seen(fp uint64) bool {
	if fp == 0 {
		fp = 1
	}
	if 2*w.n >= len(w.cur) {
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

// grow doubles the newer generation until it can hold a whole window, and then
// turns the generations over.
func (w *window) grow() {
	if w.n >= Window {
		if w.old == nil {
			w.old = make([]uint64, len(w.cur))
		}
		w.cur, w.old = w.old, w.cur
		clear(w.cur)
		w.n = 0
		return
	}
	small := w.cur
	w.cur = make([]uint64, max(1<<12, 2*len(small)))
	for _, fp := range small {
		if fp != 0 {
			at, _ := probe(w.cur, fp)
			w.cur[at] = fp
		}
	}
}
