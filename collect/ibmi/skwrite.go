package ibmi

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// write makes the parts: one for each system that the rows name.
func (a *aggregate) write(out *collect.Output, ports *ports, opts *collect.Options, end ending) error {
	if nameless := a.systems[""]; nameless != nil && len(a.systems) > 1 {
		delete(a.systems, "")
		if len(a.systems) == 1 {
			// One file of several has no column for the system.
			for _, s := range a.systems {
				s.merge(nameless, a.members)
			}
		} else {
			a.loose.read += nameless.read
			a.loose.ignored["no system name"] += nameless.read
			end = end.worse(ending{collect.Partial, fmt.Sprintf("%d rows do not name the system, others name several", nameless.read)})
		}
	}
	if len(a.systems) == 0 {
		a.systems[""] = newSystem()
	}
	for i, name := range slices.Sorted(maps.Keys(a.systems)) {
		s := a.systems[name]
		w := &partWriter{rec: out.Part(name), system: s, ports: ports, opts: opts, end: end, file: a.file}
		if i == 0 {
			s.count(a.loose)
			w.warnings(a)
		}
		if err := w.write(); err != nil {
			return err
		}
	}
	return nil
}

// partWriter writes what was seen of one system.
type partWriter struct {
	rec    *collect.Recorder
	system *system
	ports  *ports
	opts   *collect.Options
	end    ending
	file   *collect.File // the last
	kinds  [kinds]bool   // that have entities
	err    error
}

func (w *partWriter) warnings(a *aggregate) {
	for _, x := range a.warnings {
		w.rec.Warn(x.file, x.at.pos, x.at.offset, "%s", x.text)
	}
	if more := a.warnCount - int64(len(a.warnings)); more > 0 {
		w.rec.Warn(a.file, 0, 0, "%d more warnings of these kinds", more)
	}
}

func (w *partWriter) write() error {
	s := w.system
	w.rec.Read(s.read)
	w.rec.Used(s.used)
	w.rec.Duplicate(s.duplicate)
	for reason, n := range s.ignored {
		w.rec.Ignored(reason, n)
	}
	if s.used == 0 {
		w.rec.Warn(w.file, 0, 0, "%s", "there is no SK entry in it, which proves nothing: a wrong receiver range, a wrong period and audit values that were not set look the same")
	}
	if s.first != noTime {
		w.rec.Period(collect.Period{Start: w.clockText(s.first), End: w.clockText(s.last), From: collect.FromRecords})
	}
	w.gaps()
	for key, e := range s.entities() {
		w.kinds[key.kind] = true
		w.entity(key, e)
	}
	w.derived()
	w.cover()
	return w.err
}

// cover states how far the part can be relied on. Rows of one port stand
// anywhere in an extract, so when it may have stopped early, what was not seen
// is open kind by kind and there is no last entity.
func (w *partWriter) cover() {
	w.rec.Cover(collect.Coverage{Prefix: prefix, State: w.end.state, Reason: w.end.reason})
	if w.end.state != collect.Open {
		return
	}
	for k := range kinds {
		if w.kinds[k] {
			w.rec.Cover(collect.Coverage{Prefix: prefix.Join(kindFacts[k].name), State: w.end.state, Reason: w.end.reason})
		}
	}
}

// partial marks one key as resting on a part of the entries only.
func (w *partWriter) partial(key collect.Key, n, of int64, what string) {
	if n > 0 {
		w.rec.Cover(collect.Coverage{Prefix: key, State: collect.Partial, Reason: fmt.Sprintf("%d of %d entries %s", n, of, what)})
	}
}

// clockText writes a time as the period of a header does.
func (w *partWriter) clockText(micros int64) string {
	t := wallTime(micros, w.opts.Location)
	if w.opts.Location == nil {
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format(time.RFC3339)
}

func (w *partWriter) timeValue(micros int64) collect.Value {
	switch {
	case micros == noTime:
		return collect.Unknown("no timestamp of its entries can be read")
	case w.opts.Location == nil:
		return collect.LocalTime(wallTime(micros, nil))
	}
	return collect.Time(wallTime(micros, w.opts.Location))
}

func (w *partWriter) add(e collect.Entry) {
	if w.err == nil {
		w.err = w.rec.Add(e)
	}
}

// entity writes the keys of one kind on one port.
func (w *partWriter) entity(key entityKey, e *entity) {
	facts := &kindFacts[key.kind]
	base := prefix.Join(facts.name, w.ports.name(key.port))
	at := e.seen.origin(w.opts)
	put := func(name string, v collect.Value) { w.add(collect.Entry{Key: base.Join(name), Value: v, At: at}) }

	if facts.atLeast {
		put("records_at_least", collect.Number(e.count()))
	} else {
		put("records", collect.Number(e.count()))
	}
	put("first_seen", w.timeValue(e.seen.first))
	put("last_seen", w.timeValue(e.seen.last))
	w.metricSet(base.Join("jobs"), at, &e.jobs)
	w.metricSet(base.Join("users"), at, &e.users)

	if !facts.portless {
		s := w.ports.lookup(key.port, facts.udp)
		put("service", collect.Text(s.name))
		put("port_class", collect.Text(s.class))
		switch {
		case facts.secure && facts.protection:
			w.add(secureProtection(base.Join("protection"), e, w.opts))
			w.partial(base.Join("protection"), e.noProtection, e.count(), "do not name a protocol that is known")
		case facts.protection:
			evidence := &texts{}
			if shown := w.system.peek(secureKind(key.kind), key.port); shown != nil {
				evidence = &shown.protections
			}
			w.add(protection(base.Join("protection"), s, e, w.joined(key), evidence, w.opts))
		}
	}
	if facts.peers {
		w.peers(base, at, e)
		e.peers = peers{} // by far the largest part; the recorder has it now
	}
	if facts.secure {
		failed := !facts.protection
		w.stated(base.Join("protocols"), at, &e.protocols, e.noProtocol, e.count(), failed, "do not name a protocol version")
		for _, x := range []struct {
			name string
			set  *texts
		}{{"suites", &e.suites}, {"signatures", &e.signatures}, {"groups", &e.groups}} {
			w.stated(base.Join(x.name), at, x.set, e.noSuite, e.count(), failed, "do not name a cipher suite")
		}
		w.stated(base.Join("properties"), at, &e.properties, 0, e.count(), failed, "")
	}
	if key.kind == other {
		w.stated(base.Join("types"), at, &e.letters, 0, e.count(), false, "")
	}
}

// stated writes an observed set that entries state. lacking counts entries that
// do not: a failed session may fail before there is anything to state, any other
// entry leaves something untold.
func (w *partWriter) stated(key collect.Key, at collect.Origin, set *texts, lacking, of int64, failed bool, what string) {
	switch {
	case set.over:
		w.add(collect.Entry{Key: key, Value: collect.Unknown(fmt.Sprintf("more than %d different ones", maxTexts)), At: at})
		return
	case failed:
		lacking = 0
	case lacking > 0 && len(set.seen) == 0:
		w.add(collect.Entry{Key: key, Value: collect.Unknown("its entries " + what), At: at})
		return
	}
	w.add(collect.SetEntry(key, at, set.members(w.opts)))
	w.partial(key, lacking, of, what)
}

// metricSet writes a capped set that is never compared, when there is any.
func (w *partWriter) metricSet(key collect.Key, at collect.Origin, set *texts) {
	if len(set.seen) > 0 {
		w.add(collect.SetEntry(key, at, set.members(w.opts)))
	}
}

func (t *texts) members(opts *collect.Options) []collect.Member {
	members := make([]collect.Member, 0, len(t.seen))
	for text, s := range t.seen {
		members = append(members, collect.Member{Text: text, At: s.origin(opts)})
	}
	return members
}

// joined reports whether every connection on a port has a secure session of its
// own.
func (w *partWriter) joined(key entityKey) bool {
	return int(key.kind) < len(w.system.unjoined) && !w.system.unjoined[key.kind].has(key.port)
}

// peers writes who was at the other end.
func (w *partWriter) peers(base collect.Key, at collect.Origin, e *entity) {
	p := &e.peers
	exact := make([]collect.Member, len(p.exact.list))
	for i := range exact {
		s := &p.exact.list[i]
		exact[i] = collect.Member{Text: s.address.netip().String(), At: s.origin(w.opts)}
	}
	w.add(collect.SetEntry(base.Join("peers"), at, exact))
	w.add(collect.Entry{Key: base.Join("peers_beyond"), Value: collect.Number(p.beyond), At: at})

	key := base.Join("peer_networks")
	const what = "hold no readable remote address"
	if len(p.networks.list) == 0 && p.missing > 0 {
		w.add(collect.Entry{Key: key, Value: collect.Unknown("its entries " + what), At: at})
		return
	}
	networks := make([]collect.Member, len(p.networks.list))
	for i := range networks {
		s := &p.networks.list[i]
		networks[i] = collect.Member{Text: p.prefix(s.address).String(), At: s.origin(w.opts)}
	}
	w.add(collect.SetEntry(key, at, networks))
	w.partial(key, p.missing, e.count(), what)
}

// derivedPorts are the kinds whose ports are also given as one set, so that a
// rule can say "nothing was accepted on this port".
var derivedPorts = []kind{accept, connect, secure, udpIn, udpOut}

// derived writes the rolled-up sets.
func (w *partWriter) derived() {
	put := func(name string, set []string) {
		v := collect.Set(set...)
		if w.end.state == collect.Partial {
			v = collect.Unknown("the extract is partial")
		}
		w.add(collect.Entry{Key: prefix.Join(name), Value: v})
	}
	var letters []string
	for i, seen := range w.system.letters {
		if seen {
			letters = append(letters, string(rune(i)))
		}
	}
	put("entry_types", letters)
	for _, k := range derivedPorts {
		var list []string
		for key := range w.system.entities() {
			if key.kind == k {
				list = append(list, w.ports.name(key.port))
			}
		}
		put(kindFacts[k].name+"_ports", list)
	}
}
