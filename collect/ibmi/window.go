package ibmi

// DuplicateWindow is how far apart two copies of a row may stand to be counted
// as one, in rows: the later copy is recognised when at least this many rows
// with different identities have not come between. Slices of a journal taken
// with FROMTIME and TOTIME repeat the entries of their boundaries, because both
// ends are inclusive; there the copies are a few rows apart. A copy that is
// further away counts twice in the metrics; it never changes a fact.
const DuplicateWindow = 1 << 16

// window remembers the identities (64-bit hashes) of the rows just read, in two
// generations: when the younger one is full it becomes the older one.
type window struct {
	young, old generation
}

// generation is an open-addressed set of hashes; zero is a free slot.
type generation struct {
	slots []uint64
	count int
}

func newWindow() *window {
	return &window{generation{slots: make([]uint64, 2*DuplicateWindow)}, generation{slots: make([]uint64, 2*DuplicateWindow)}}
}

// seen reports whether hash is in the window, and puts it there.
func (w *window) seen(hash uint64) bool {
	if hash == 0 {
		hash = 1
	}
	slot, found := w.young.find(hash)
	if found {
		return true
	}
	if _, found := w.old.find(hash); found {
		return true
	}
	if w.young.count == DuplicateWindow {
		w.young, w.old = w.old, w.young
		clear(w.young.slots)
		w.young.count = 0
		slot, _ = w.young.find(hash)
	}
	w.young.slots[slot] = hash
	w.young.count++
	return false
}

func (g *generation) find(hash uint64) (slot uint64, found bool) {
	mask := uint64(len(g.slots) - 1)
	for slot = hash & mask; g.slots[slot] != 0; slot = (slot + 1) & mask {
		if g.slots[slot] == hash {
			return slot, true
		}
	}
	return slot, false
}
