package zert

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// add keeps an entry until its service is done.
func (e *emitter) add(x collect.Entry) { e.entries = append(e.entries, x) }

func (e *emitter) put(key string, v collect.Value, at collect.Origin) {
	e.add(collect.Entry{Key: collect.Key(key), Value: v, At: at})
}

// flush hands on the entries, whose keys begin with prefix.
func (e *emitter) flush(r *collect.Recorder, prefix string) error {
	slices.SortFunc(e.entries, func(a, b collect.Entry) int {
		return strings.Compare(string(a.Key[len(prefix):]), string(b.Key[len(prefix):]))
	})
	for i := range e.entries {
		if err := r.Add(e.entries[i]); err != nil {
			return err
		}
	}
	clear(e.entries)
	e.entries = e.entries[:0]
	return nil
}

// names8 adds a set of eight-character names.
func (e *emitter) names8(key string, from *table[[8]byte, seen], why string) {
	members := e.members[:0]
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
	e.members = members
	e.set(key, e.origin(&all), members, why)
}

// set adds a set; members that are all unknown make the value unknown. Without a
// reason for that, no members are the empty set.
func (e *emitter) set(key string, at collect.Origin, members []collect.Member, why string) {
	if len(members) == 0 && why == "" {
		e.put(key, collect.Set(), at)
		return
	}
	for _, m := range members {
		if m.Text != unknown {
			e.add(collect.SetEntry(collect.Key(key), at, members))
			return
		}
	}
	e.put(key, collect.Unknown(why), at)
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

// prefix is what the keys of a service begin with.
func (e *emitter) prefix(s *system, k *serviceKey) string {
	return "zert/" + segment(s.name) + "/" + segment(e.c.page.String(k.stack[:])) + "/" + roleNames[k.role] + "/" +
		segment(e.c.page.String(k.job[:])) + "/" + k.endpoint()
}

// service records one service.
func (e *emitter) service(r *collect.Recorder, prefix string, svc *service) error {
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
	e.names(prefix, at, svc, protos)
	for i := range kinds {
		info, members := &kinds[i], e.byKind[i]
		e.byKind[i] = members[:0]
		switch {
		case info.detail && svc.detail.details == 0:
		case info.proto != 0 && protos&info.proto == 0 && info.core:
			e.put(prefix+"/"+info.key, collect.Set(), at)
		case info.proto != 0 && protos&info.proto == 0:
		default:
			e.set(prefix+"/"+info.key, at, members, info.why)
		}
	}
	e.names8(prefix+"/users", &svc.users, "no record names a user")
	if len(svc.jobs.rows) > 0 {
		e.names8(prefix+"/jobs", &svc.jobs, "no record names a job")
	}
	e.endpoints(r, prefix, at, svc)
	return e.flush(r, prefix)
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
func (e *emitter) names(prefix string, at collect.Origin, svc *service, protos byte) {
	for i := range nameKinds {
		info, members := &nameKinds[i], e.byName[i]
		e.byName[i] = members[:0]
		if info.key == "" || info.proto != 0 && protos&info.proto == 0 || info.detail && svc.detail.details == 0 {
			continue
		}
		key := prefix + "/" + info.key
		switch cert := e.byKind[info.cert]; {
		case len(members) > maxNames:
			e.put(key, collect.Unknown(fmt.Sprintf("more than %d distinct ones", maxNames)), at)
		case len(members) > 0:
			e.add(collect.SetEntry(collect.Key(key), at, members))
		case info.why == "":
			e.put(key, collect.Set(), at)
		case len(cert) == 1 && cert[0].Text == "none":
			e.put(key, collect.Set(), at) // no such certificate was used
		default:
			e.put(key, collect.Unknown(info.why), at)
		}
	}
}

// endpoints records the peers of a service and its metrics.
func (e *emitter) endpoints(r *collect.Recorder, prefix string, at collect.Origin, svc *service) {
	networks := e.members[:0]
	bits := svc.bits()[svc.level]
	for i := range svc.networks.rows {
		row := &svc.networks.rows[i]
		text := address([16]byte(row.key), svc.key.v6).String() + "/" + strconv.Itoa(bits)
		networks = append(networks, collect.Member{Text: text, At: e.origin(&row.val)})
	}
	e.add(collect.SetEntry(collect.Key(prefix+"/peer_networks"), at, networks))
	peers := networks[:0]
	for i := range svc.peers.rows {
		row := &svc.peers.rows[i]
		peers = append(peers, collect.Member{Text: address(row.key, svc.key.v6).String(), At: e.origin(&row.val)})
	}
	e.add(collect.SetEntry(collect.Key(prefix+"/peers"), at, peers))
	e.members = peers
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
		e.put(prefix+"/"+m.key, m.value, at)
	}
}
