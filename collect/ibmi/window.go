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

// generation is an open-addressed set of hashes; zero is a free slot. The first
// ones go to a small table, since most extracts are small. Hashes of rows that
// come in their order are only written down, until something must be looked for.
type generation struct {
	small, large []uint64
	count        int // in the tables
	written      []written
}

// written is a hash that is in no table yet.
type written struct{ home, hash uint64 }

const smallTable = 1 << 12

func newWindow() *window { return &window{} }

// reach says that the next row stands on a line, counted over all files.
func (w *window) reach(line int64) {
	if line < w.until {
		return
	}
	w.until = (line/DuplicateWindow + 1) * DuplicateWindow
	w.young, w.old = w.old, w.young
	w.young.empty()
}

// seen reports whether hash is in the window, and puts it there. Rows with
// sequence numbers near each other come near each other, and so they are looked
// for near each other.
func (w *window) seen(hash, sequence uint64) bool {
	if hash == 0 {
		hash = 1
	}
	home := home(hash, sequence)
	w.young.enter()
	w.old.enter()
	if w.young.has(home, hash) || w.old.has(home, hash) {
		return true
	}
	w.young.add(home, hash)
	return false
}

// fresh puts a hash there that cannot have been seen.
func (w *window) fresh(hash, sequence uint64) {
	w.young.written = append(w.young.written, written{home(hash, sequence), max(hash, 1)})
}

// home is where a hash is looked for first.
func home(hash, sequence uint64) uint64 {
	if sequence == 0 {
		return hash
	}
	return mix(sequence/lineSlots, hashSeed[0])*lineSlots + sequence%lineSlots
}

// lineSlots is how many slots a line of the processor's cache holds.
const lineSlots = 8

func (g *generation) empty() {
	if g.count > 0 {
		clear(g.large)
	}
	if g.large != nil {
		g.small = nil
	}
	if g.count > 0 {
		clear(g.small)
	}
	g.count, g.written = 0, g.written[:0]
}

// enter puts what was written down into the tables.
func (g *generation) enter() {
	for _, x := range g.written {
		g.add(x.home, x.hash)
	}
	g.written = g.written[:0]
}

// has reports whether hash is there; home is where it is looked for first.
func (g *generation) has(home, hash uint64) bool {
	return g.count > 0 && (holds(g.large, home, hash) || holds(g.small, home, hash))
}

func holds(slots []uint64, home, hash uint64) bool {
	if len(slots) == 0 {
		return false
	}
	mask := uint64(len(slots) - 1)
	for slot := home & mask; slots[slot] != 0; slot = (slot + 1) & mask {
		if slots[slot] == hash {
			return true
		}
	}
	return false
}

// add puts a hash that is not there. No more than half of the slots are used.
func (g *generation) add(home, hash uint64) {
	slots := g.large
	if slots == nil {
		switch {
		case g.small == nil:
			g.small = make([]uint64, smallTable)
			slots = g.small
		case g.count < smallTable/2:
			slots = g.small
		default:
			g.large = make([]uint64, 2*DuplicateWindow)
			slots = g.large
		}
	}
	mask := uint64(len(slots) - 1)
	slot := home & mask
	for slots[slot] != 0 {
		slot = (slot + 1) & mask
	}
	slots[slot] = hash
	g.count++
}
