package ibmi

// DuplicateWindow is how far apart two copies of a row may stand to be counted
// as one, in lines or records: the later copy is recognised when no more than
// this many stand between. Slices of a journal taken with FROMTIME and TOTIME
// repeat the entries of their boundaries, because both ends are inclusive; there
// the copies are a few rows apart. A copy that is further away counts twice in
// the metrics; it never changes a fact.
const DuplicateWindow = 1 << 16

// window remembers the identities (64-bit hashes) of the rows just read, in two
// generations: after so many lines the younger one becomes the older one.
type window struct {
	young, old generation
	until      int64 // line with which the young generation ends
}

// generation is an open-addressed set of hashes; zero is a free slot.
type generation struct {
	slots []uint64
	count int
}

func newWindow() *window { return &window{} }

// reach says that the next row stands on a line, counted over all files.
func (w *window) reach(line int64) {
	if line < w.until {
		return
	}
	w.until = (line/DuplicateWindow + 1) * DuplicateWindow
	w.young, w.old = w.old, w.young
	if w.young.count > 0 {
		clear(w.young.slots)
		w.young.count = 0
	}
}

// seen reports whether hash is in the window, and puts it there.
func (w *window) seen(hash uint64) bool {
	if hash == 0 {
		hash = 1
	}
	if w.young.has(hash) || w.old.has(hash) {
		return true
	}
	w.young.add(hash)
	return false
}

func (g *generation) has(hash uint64) bool {
	if g.count == 0 {
		return false
	}
	mask := uint64(len(g.slots) - 1)
	for slot := hash & mask; g.slots[slot] != 0; slot = (slot + 1) & mask {
		if g.slots[slot] == hash {
			return true
		}
	}
	return false
}

// add puts a hash that is not there. No more than half of the slots are used.
func (g *generation) add(hash uint64) {
	if 2*g.count >= len(g.slots) {
		old := g.slots
		g.slots = make([]uint64, max(256, 2*len(old)))
		for _, h := range old {
			if h != 0 {
				g.put(h)
			}
		}
	}
	g.put(hash)
	g.count++
}

func (g *generation) put(hash uint64) {
	mask := uint64(len(g.slots) - 1)
	slot := hash & mask
	for g.slots[slot] != 0 {
		slot = (slot + 1) & mask
	}
	g.slots[slot] = hash
}
