package ibmi

import (
	"iter"
	"maps"
)

// entityKey is a kind and a port.
type entityKey struct {
	kind kind
	port uint16
}

// system is what was seen of one system.
type system struct {
	// ports are the entities of a kind by the two bytes of the port.
	ports   [kinds]*[256]*[256]*entity
	letters [256]bool // entry types seen
	// unjoined are the ports, of accept and of connect, with a connection that
	// has no secure session as far as [joiner] can tell.
	unjoined [connect + 1]*portSet
	// Records by what became of them.
	read, used, duplicate int64
	ignored               map[string]int64
	first, last           int64 // times, noTime when no entry has one
	minutes               minutes
	receivers             map[string]*receiver
	receiver              *receiver // of the last entry, which may name none; nil when there are too many
}

func newSystem() *system {
	return &system{ignored: map[string]int64{}, receivers: map[string]*receiver{}, first: noTime, last: noTime,
		unjoined: [...]*portSet{accept: {}, connect: {}}}
}

// portSet is a set of ports.
type portSet [1 << 16 / 64]uint64

func (s *portSet) has(port uint16) bool { return s[port/64]&(1<<(port%64)) != 0 }

func (s *portSet) add(port uint16) { s[port/64] |= 1 << (port % 64) }

// entity returns the entity of a kind and port, which is made when it is new.
func (s *system) entity(k kind, port uint16) *entity {
	upper := s.ports[k]
	if upper == nil {
		upper = new([256]*[256]*entity)
		s.ports[k] = upper
	}
	lower := upper[port>>8]
	if lower == nil {
		lower = new([256]*entity)
		upper[port>>8] = lower
	}
	e := lower[port&255]
	if e == nil {
		e = new(entity)
		lower[port&255] = e
	}
	return e
}

// peek returns the entity of a kind and port, nil when there is none.
func (s *system) peek(k kind, port uint16) *entity {
	if upper := s.ports[k]; upper != nil && upper[port>>8] != nil {
		return upper[port>>8][port&255]
	}
	return nil
}

// entities returns all entities by kind and port.
func (s *system) entities() iter.Seq2[entityKey, *entity] {
	return func(yield func(entityKey, *entity) bool) {
		for k, upper := range s.ports {
			if upper == nil {
				continue
			}
			for high, lower := range upper {
				if lower == nil {
					continue
				}
				for low, e := range lower {
					if e != nil && !yield(entityKey{kind(k), uint16(high<<8 | low)}, e) {
						return
					}
				}
			}
		}
	}
}

func (s *system) ignore(reason string) {
	s.read++
	s.ignored[reason]++
}

func (s *system) seeTime(micros int64) {
	if micros < s.first || s.first == noTime {
		s.first = micros
	}
	if micros > s.last {
		s.last = micros
	}
	s.minutes.see(micros)
}

func (s *system) setReceiver(name string) {
	r := s.receivers[name]
	if r == nil {
		if len(s.receivers) >= maxReceivers {
			s.receiver = nil
			return
		}
		r = &receiver{first: noTime, last: noTime}
		s.receivers[name] = r
	}
	s.receiver = r
}

// merge adds other entries of the same system.
func (s *system) merge(o *system, members int) {
	for key, e := range o.entities() {
		mine := s.entity(key.kind, key.port)
		if mine.seen.count == 0 {
			*mine = *e
		} else {
			mine.merge(e, members)
		}
	}
	for i, seen := range o.letters {
		s.letters[i] = s.letters[i] || seen
	}
	for k, ports := range o.unjoined {
		for i, set := range ports {
			s.unjoined[k][i] |= set
		}
	}
	s.count(o)
	if o.first != noTime {
		s.seeTime(o.first)
		s.seeTime(o.last)
	}
	s.minutes.merge(&o.minutes)
	for name, r := range o.receivers {
		if mine := s.receivers[name]; mine != nil {
			mine.merge(r)
		} else if len(s.receivers) < maxReceivers {
			s.receivers[name] = r
		}
	}
}

// count adds only what became of the rows of o.
func (s *system) count(o *system) {
	s.read += o.read
	s.used += o.used
	s.duplicate += o.duplicate
	for reason := range maps.Keys(o.ignored) {
		s.ignored[reason] += o.ignored[reason]
	}
}
