package ibmi

// JoinWindow is how far apart the entries of one connection, A or C for the
// connection and S for its secure session, may stand to be joined, in lines or
// records: they are when no more than this many stand between.
const JoinWindow = 1 << 14

// joinWithin is how long after the connection the session may be established to
// be joined, in microseconds: a port of the other side is used again sooner or
// later. Protocols that start in clear text upgrade within seconds.
const joinWithin = 5 * 60 * 1e6

// joiner finds out on which ports every connection has a secure session: the S
// entry with the same addresses and ports (four-tuple), at or shortly after the
// A or C entry, in whatever order the rows come. An entry that finds no partner
// in the window counts as one without: that can only make less be said.
//
// On most ports that is so soon after the start, and nothing need be looked up
// any more.
type joiner struct {
	young, old waiting
	until      int64 // line with which the young generation ends
}

// waiting are the entries without a partner yet: an open-addressed table by
// four-tuple.
type waiting struct {
	slots []waiter
	count int
}

type waiter struct {
	tuple uint64 // 0: free
	time  int64
	// opened is where to note that a connection has no partner; nil for a secure
	// session, or when the partner came.
	opened *portSet
	port   uint16
	taken  bool // the partner came
}

func newJoiner() *joiner { return &joiner{} }

// reach says that the next entry stands on a line, counted over all files.
func (j *joiner) reach(line int64) {
	if line < j.until {
		return
	}
	skipped := j.until > 0 && line >= j.until+JoinWindow
	j.until = (line/JoinWindow + 1) * JoinWindow
	j.old.giveUp()
	j.young, j.old = j.old, j.young
	if skipped {
		j.old.giveUp()
	}
}

// finish gives up all that still waits.
func (j *joiner) finish() {
	j.young.giveUp()
	j.old.giveUp()
}

// giveUp forgets all entries. Connections among them have no secure session.
func (w *waiting) giveUp() {
	if w.count == 0 {
		return
	}
	for i := range w.slots {
		if x := w.slots[i].opened; x != nil {
			x.add(w.slots[i].port)
		}
	}
	clear(w.slots)
	w.count = 0
}

// open takes the entry of a connection.
func (j *joiner) open(e *entry, unjoined *portSet) {
	switch {
	case unjoined.has(e.port):
		return
	case e.tuple == 0 || e.time == noTime:
		unjoined.add(e.port)
		return
	}
	for _, w := range []*waiting{&j.young, &j.old} {
		s := w.find(e.tuple)
		switch {
		case s == nil || s.taken:
		case s.opened != nil:
			// The same four again: one of the two has no session.
			unjoined.add(e.port)
			return
		case within(e.time, s.time):
			s.taken = true
			return
		}
	}
	j.young.add(waiter{tuple: e.tuple, time: e.time, opened: unjoined, port: e.port})
}

// secure takes the entry of a TLS session.
func (j *joiner) secure(e *entry, unjoined *portSet) {
	if e.tuple == 0 || e.time == noTime || unjoined.has(e.port) {
		return
	}
	for _, w := range []*waiting{&j.young, &j.old} {
		s := w.find(e.tuple)
		switch {
		case s == nil || s.opened == nil:
		case within(s.time, e.time):
			s.opened, s.taken = nil, true
			return
		default:
			// The session is that of another connection, so this one has none.
			s.opened.add(s.port)
			s.opened = nil
		}
	}
	j.young.add(waiter{tuple: e.tuple, time: e.time})
}

// within reports whether a session at secured can be that of a connection at
// opened.
func within(opened, secured int64) bool {
	return secured >= opened && secured-opened <= joinWithin
}

// find returns the last entry added for a tuple, nil when there is none.
func (w *waiting) find(tuple uint64) *waiter {
	if w.count == 0 {
		return nil
	}
	mask := uint64(len(w.slots) - 1)
	for i := tuple & mask; w.slots[i].tuple != 0; i = (i + 1) & mask {
		if w.slots[i].tuple == tuple {
			return &w.slots[i]
		}
	}
	return nil
}

// add keeps an entry, in place of one with the same tuple that is done with. No
// more than half of the slots are used.
func (w *waiting) add(x waiter) {
	if 2*w.count >= len(w.slots) {
		old := w.slots
		w.slots = make([]waiter, max(256, 2*len(old)))
		for _, y := range old {
			if y.tuple != 0 {
				w.put(y)
			}
		}
	}
	if w.put(x) {
		w.count++
	}
}

// put reports whether it took a free slot.
func (w *waiting) put(x waiter) bool {
	mask := uint64(len(w.slots) - 1)
	i := x.tuple & mask
	for w.slots[i].tuple != 0 && w.slots[i].tuple != x.tuple {
		i = (i + 1) & mask
	}
	free := w.slots[i].tuple == 0
	w.slots[i] = x
	return free
}

// openKind is the kind of the connections that sessions of kind k secure.
func openKind(k kind) kind {
	if k == secureClient {
		return connect
	}
	return accept
}
