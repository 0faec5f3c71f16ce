package zert

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
)

// emitter hands the services of one collection to the recorders.
type emitter struct {
	c     *collection
	namer namer
	files []*collect.File
	texts map[attribute]string

	byKind [kindCount][]collect.Member // scratch
	byName [nameKindCount][]collect.Member
}

func (c *collection) emit(ctx context.Context, files []*collect.File, ends []fileEnd, out *collect.Output) error {
	e := &emitter{c: c, files: files, namer: namer{unconfirmed: map[string]string{}}, texts: map[attribute]string{}}
	state, reason := weakest(ends)

	all := slices.SortedFunc(maps.Values(c.systems), func(a, b *system) int { return cmp.Compare(a.name, b.name) })
	// A system of which the dump holds no zERT record, such as the one that
	// ran the dump, gets no part: its records are accounted for in the first.
	var speaking, silent []*system
	for _, s := range all {
		if s.zert > 0 {
			speaking = append(speaking, s)
		} else {
			silent = append(silent, s)
		}
	}
	if len(speaking) == 0 {
		speaking, silent = silent, nil
	}
	for i, s := range speaking {
		r := out.Part(s.name)
		s.account(r)
		if i == 0 {
			for _, other := range silent {
				other.account(r)
			}
			e.accountDamage(r, ends)
		}
		e.system(r, s, state, reason, i == 0)
	}
	for _, st := range c.stacks {
		if !slices.Contains(speaking, st.system) {
			continue
		}
		if err := e.stack(out.Part(st.system.name), st); err != nil {
			return err
		}
	}
	for i, svc := range c.services {
		if i%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		s := c.systems[svc.key.sid]
		svc.settle(c.templates)
		if err := e.service(out.Part(s.name), s, svc); err != nil {
			return err
		}
		c.services[i] = nil
	}
	for _, code := range slices.Sorted(maps.Keys(e.namer.unconfirmed)) {
		for _, s := range speaking {
			out.Part(s.name).Warn(files[0], 0, 0, "%s is probably %s; no published table that we could read names it, so the facts keep the number", code, e.namer.unconfirmed[code])
		}
	}
	return nil
}

// timeText writes a local time: with offset when the zone is known.
func (e *emitter) timeText(h smf.Hundredths) string {
	if loc := e.c.opts.Location; loc != nil {
		return h.In(loc).Format(time.RFC3339)
	}
	return h.In(time.UTC).Format("2006-01-02T15:04:05")
}

func (e *emitter) timeValue(h smf.Hundredths) collect.Value {
	switch loc := e.c.opts.Location; {
	case h == 0:
		return collect.Unknown("the records hold no time")
	case loc != nil:
		return collect.Time(h.In(loc))
	}
	return collect.LocalTime(h.In(time.UTC))
}

func (e *emitter) origin(s *seen) collect.Origin {
	o := collect.Origin{File: int(s.at.file), Pos: s.at.pos, Offset: s.at.offset, Count: s.count}
	if s.first != 0 {
		loc := e.c.opts.Location
		if loc == nil {
			loc = time.UTC // the reading of the clock; the header says which zone
		}
		o.First, o.Last = s.first.In(loc), s.last.In(loc)
	}
	return o
}

// texts8 records a set of eight-character names.
func (e *emitter) texts8(r *collect.Recorder, key collect.Key, from *table[[8]byte, seen], why string) error {
	members := make([]collect.Member, 0, from.len())
	var all seen
	for i := range from.rows {
		row := &from.rows[i]
		all.merge(&row.val)
		text := e.c.page.String(row.key[:])
		if text == "" {
			text = unknown
		}
		members = append(members, collect.Member{Text: text, At: e.origin(&row.val)})
	}
	return e.set(r, key, e.origin(&all), members, why)
}

// set records a set; members that are all unknown make the value unknown. Without
// a reason for that, no members are the empty set.
func (e *emitter) set(r *collect.Recorder, key collect.Key, at collect.Origin, members []collect.Member, why string) error {
	if len(members) == 0 && why == "" {
		return r.Put(key, collect.Set(), at)
	}
	for _, m := range members {
		if m.Text != unknown {
			return r.Add(collect.SetEntry(key, at, members))
		}
	}
	return r.Put(key, collect.Unknown(why), at)
}

// endpoint writes address and port of a service.
func (k *serviceKey) endpoint() string {
	addr := address(k.ip, k.v6).String()
	if k.v6 {
		addr = "[" + addr + "]"
	}
	if k.portLast == k.portFirst {
		return addr + ":" + strconv.Itoa(int(k.portFirst))
	}
	return addr + ":" + strconv.Itoa(int(k.portFirst)) + "-" + strconv.Itoa(int(k.portLast))
}

// service records one service.
func (e *emitter) service(r *collect.Recorder, s *system, svc *service) error {
	k := &svc.key
	prefix := "zert/" + segment(s.name) + "/" + segment(e.c.page.String(k.stack[:])) + "/" + roleNames[k.role] + "/" +
		segment(e.c.page.String(k.job[:])) + "/" + k.endpoint()
	at := e.origin(&svc.seen)
	if svc.damage != "" {
		r.Cover(collect.Coverage{Prefix: collect.Key(prefix), State: collect.Partial, Reason: svc.damage})
	}
	var protos byte
	for i := range svc.attributes.rows {
		row := &svc.attributes.rows[i]
		kind := row.key.kind()
		if kind == protection {
			protos |= byte(row.key.value())
		}
		e.byKind[kind] = append(e.byKind[kind], collect.Member{Text: e.text(row.key), At: e.origin(&row.val)})
	}
	for i := range svc.names.rows {
		row := &svc.names.rows[i]
		e.byName[row.key.kind] = append(e.byName[row.key.kind], collect.Member{Text: row.key.text, At: e.origin(&row.val)})
	}
	if err := e.names(r, prefix, at, svc, protos); err != nil {
		return err
	}
	for i := range kinds {
		info, members := &kinds[i], e.byKind[i]
		e.byKind[i] = members[:0]
		key := collect.Key(prefix + "/" + info.key)
		var err error
		switch {
		case info.detail && svc.detail.details == 0:
		case info.proto != 0 && protos&info.proto == 0 && info.core:
			err = r.Put(key, collect.Set(), at)
		case info.proto != 0 && protos&info.proto == 0:
		default:
			err = e.set(r, key, at, members, info.why)
		}
		if err != nil {
			return err
		}
	}
	if err := e.texts8(r, collect.Key(prefix+"/users"), &svc.users, "no record names a user"); err != nil {
		return err
	}
	return e.endpoints(r, prefix, at, svc)
}

// text returns the text of an attribute, made once for each distinct one.
func (e *emitter) text(a attribute) string {
	text, ok := e.texts[a]
	if !ok {
		text = kinds[a.kind()].text(&e.namer, a.value())
		e.texts[a] = text
	}
	return text
}

// names records the texts of certificates of the protocols that were seen.
func (e *emitter) names(r *collect.Recorder, prefix string, at collect.Origin, svc *service, protos byte) error {
	for i := range nameKinds {
		info, members := &nameKinds[i], e.byName[i]
		e.byName[i] = members[:0]
		if info.key == "" || info.proto != 0 && protos&info.proto == 0 || info.detail && svc.detail.details == 0 {
			continue
		}
		key := collect.Key(prefix + "/" + info.key)
		var err error
		switch cert := e.byKind[info.cert]; {
		case len(members) > maxNames:
			err = r.Put(key, collect.Unknown(fmt.Sprintf("more than %d distinct ones", maxNames)), at)
		case len(members) == 0 && info.why == "":
			err = r.Put(key, collect.Set(), at)
		case len(members) == 0 && len(cert) == 1 && cert[0].Text == "none":
			err = r.Put(key, collect.Set(), at) // no such certificate was used
		case len(members) == 0:
			err = r.Put(key, collect.Unknown(info.why), at)
		default:
			err = r.Add(collect.SetEntry(key, at, members))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// endpoints records the peers of a service and its metrics.
func (e *emitter) endpoints(r *collect.Recorder, prefix string, at collect.Origin, svc *service) error {
	networks := make([]collect.Member, 0, svc.networks.len())
	bits := svc.bits()[svc.level]
	for i := range svc.networks.rows {
		row := &svc.networks.rows[i]
		text := address([16]byte(row.key), svc.key.v6).String() + "/" + strconv.Itoa(bits)
		networks = append(networks, collect.Member{Text: text, At: e.origin(&row.val)})
	}
	peers := make([]collect.Member, 0, svc.peers.len())
	for i := range svc.peers.rows {
		row := &svc.peers.rows[i]
		peers = append(peers, collect.Member{Text: address(row.key, svc.key.v6).String(), At: e.origin(&row.val)})
	}
	if err := r.Add(collect.SetEntry(collect.Key(prefix+"/peer_networks"), at, networks)); err != nil {
		return err
	}
	if err := r.Add(collect.SetEntry(collect.Key(prefix+"/peers"), at, peers)); err != nil {
		return err
	}
	if svc.manyPeers {
		r.Warn(e.files[at.File], at.Pos, at.Offset, "%s has more than %d peers; the others are in its peer networks only", prefix, e.c.members)
	}
	// A connection of which both subtypes tell is counted by the summary only.
	connections, in, out, failed := svc.connections, svc.in, svc.out, svc.failed
	if svc.summaries == 0 {
		connections, in, out, failed = svc.detail.begun, svc.detail.in, svc.detail.out, svc.detail.failed
	}
	sessionsWhy := ""
	switch {
	case svc.summaries == 0:
		sessionsWhy = "connection detail does not name sessions"
	case svc.manySessions:
		sessionsWhy = "more than " + strconv.Itoa(e.c.members)
	}
	const bad = "a record holds no usable counters"
	metric := func(n uint64, unknown bool, why string) collect.Value {
		if unknown {
			return collect.Unknown(why)
		}
		return collect.Number(int64(min(n, math.MaxInt64)))
	}
	for _, m := range []struct {
		key   string
		value collect.Value
	}{
		{"records", collect.Number(svc.summaries)},
		{"detail_records", collect.Number(svc.detail.details)},
		{"sessions", metric(uint64(svc.sessions.len()), sessionsWhy != "", sessionsWhy)},
		{"connections", metric(connections, svc.bad, bad)},
		{"bytes_in", metric(in, svc.bad, bad)},
		{"bytes_out", metric(out, svc.bad, bad)},
		{"failed_handshakes", metric(failed, svc.bad || svc.noFailed, "records before z/OS 3.2 do not count them")},
		{"first_seen", e.timeValue(svc.first)},
		{"last_seen", e.timeValue(svc.last)},
	} {
		if err := r.Put(collect.Key(prefix+"/"+m.key), m.value, at); err != nil {
			return err
		}
	}
	return nil
}
