package zvm

import (
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// finish records the replies that were seen.
func (q *query) finish(rec *collect.Recorder) error {
	rec.Read(q.lines)
	rec.Used(q.used)
	for reason, n := range q.ignored {
		rec.Ignored(reason, n)
	}
	for _, w := range q.warnings {
		rec.Warn(w.file, w.at.Pos, w.at.Offset, "%s", w.text)
	}
	end := worst(q.ends)
	var prefixes []collect.Key
	for r := replyCPLevel; r <= lastReply; r++ {
		if q.seen[r] {
			prefixes = append(prefixes, queryPrefixes[r]...)
		}
	}
	q.count(replyVSwitch, "zvm/vswitch/count", vswitchPrefix, 3, end)
	q.count(replyLAN, "zvm/lan/count", lanPrefix, 4, end)
	q.count(replyCPService, "zvm/cpservice/apar/count", "zvm/cpservice/apar", 4, end)
	q.count(replyCPService, "zvm/cpservice/localmod/count", "zvm/cpservice/localmod", 4, end)
	q.names("zvm/cpservice/apars", "zvm/cpservice/apar", end)
	q.names("zvm/cpservice/localmods", "zvm/cpservice/localmod", end)
	for _, base := range q.entities(vswitchPrefix, 3) {
		// Every reply tells these. A reply that does not is damaged, or of another
		// form: nothing was taken away from the switch.
		for _, name := range [...]string{"isolation", "layer", "vlan"} {
			if q.text(base.Join(name)) == "" {
				rec.Cover(collect.Coverage{Prefix: base.Join(name), State: collect.Partial, Reason: "the reply of QUERY VSWITCH does not tell it"})
			}
		}
		if q.access[base] {
			q.none(base.Join("promiscuous"))
			continue
		}
		for _, name := range [...]string{"grant", "promiscuous"} {
			rec.Cover(collect.Coverage{Prefix: base.Join(name), State: collect.Uncovered, Reason: "the reply of QUERY VSWITCH ACCESS is not in the capture"})
		}
	}
	if q.seen[replyCPService] {
		prefixes = append(prefixes, "zvm/cpservice/apar", "zvm/cpservice/localmod")
	}
	return q.record(rec, end, prefixes...)
}

// entities are the things below prefix of which the replies tell.
func (q *query) entities(prefix collect.Key, depth int) []collect.Key {
	var out []collect.Key
	for _, key := range q.order {
		if key.Under(prefix) && collect.Keys().Class(key) != collect.Derived {
			out = append(out, key.Head(depth))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// count states how many entities there are.
func (q *query) count(r queryReply, key, prefix collect.Key, depth int, end ending) {
	if !q.seen[r] {
		return
	}
	v := collect.Number(int64(len(q.entities(prefix, depth))))
	if end.state == collect.Partial {
		v = collect.Unknown(end.reason)
	}
	q.set(key, v, collect.Origin{})
}

// names lists what the reply of QUERY CPSERVICE holds below prefix.
func (q *query) names(key, prefix collect.Key, end ending) {
	if !q.seen[replyCPService] {
		return
	}
	var names []string
	for _, k := range q.entities(prefix, 4) {
		if s := k.Segments(); s[3] != "count" {
			names = append(names, s[3])
		}
	}
	v := collect.Set(names...)
	if end.state == collect.Partial {
		v = collect.Unknown(end.reason)
	}
	q.set(key, v, collect.Origin{})
}
