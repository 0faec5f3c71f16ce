package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// sheet gathers what the statements of configuration files say about one system
// before it is recorded: of two statements about one setting the later one
// holds, and some sets are filled by several statements.
type sheet struct {
	order []collect.Key // in the order in which the file first speaks of them
	facts map[collect.Key]*sheetFact
	// doubts are prefixes that are partial although the file as a whole is open.
	doubts []collect.Coverage
}

type sheetFact struct {
	value   collect.Value
	at      collect.Origin
	members []collect.Member
	items   []string
	grows   bool // a set or list that several statements fill
}

func newSheet() *sheet { return &sheet{facts: map[collect.Key]*sheetFact{}} }

func (s *sheet) fact(key collect.Key) *sheetFact {
	f := s.facts[key]
	if f == nil {
		f = &sheetFact{}
		s.facts[key] = f
		s.order = append(s.order, key)
	}
	return f
}

// set states a value; a later one replaces it.
func (s *sheet) set(key collect.Key, v collect.Value, at collect.Origin) {
	f := s.fact(key)
	f.value, f.at = v, at
}

// add puts a member into a set that several statements may fill.
func (s *sheet) add(key collect.Key, member string, at collect.Origin) {
	f := s.fact(key)
	if !f.grows {
		f.grows, f.at = true, at
	}
	f.members = append(f.members, collect.Member{Text: member, At: at})
}

// append puts an item at the end of a list that several statements may fill.
func (s *sheet) append(key collect.Key, item string, at collect.Origin) {
	f := s.fact(key)
	if !f.grows {
		f.grows, f.at = true, at
	}
	f.items = append(f.items, item)
}

// stated reports whether the file says anything about key.
func (s *sheet) stated(key collect.Key) bool { return s.facts[key] != nil }

// text returns a text that was stated, or "".
func (s *sheet) text(key collect.Key) string {
	if f := s.facts[key]; f != nil && !f.grows {
		return f.value.Raw()
	}
	return ""
}

// none states that there is none of what key lists, unless there is.
func (s *sheet) none(key collect.Key) {
	if !s.stated(key) {
		s.fact(key).grows = true
	}
}

// ending says how far the files behind a sheet can be relied on.
type ending struct {
	state  collect.State
	reason string
}

// worst joins the ends of several files that speak about the same keys. Each of
// several files that do not prove their end may have lost another piece, which
// one point in the order of statements cannot tell.
func worst(ends []ending) ending {
	all := ending{state: collect.Complete}
	for _, e := range ends {
		switch {
		case e.state == collect.Partial, e.state == collect.Open && len(ends) > 1:
			if all.state != collect.Partial {
				all = ending{collect.Partial, e.reason}
			}
		case all.state == collect.Complete:
			all = e
		}
	}
	return all
}

// record writes the sheet and its coverage below prefixes.
//
// A file that does not prove its end is open. Its last new setting tells a later
// reading how far it went; settings lie at several depths, and each level is
// covered on its own, so that of two keys with a common beginning one that is
// there says nothing about the other. A set that grows is partial: a statement
// behind the end could add to it.
func (s *sheet) record(rec *collect.Recorder, end ending, prefixes ...collect.Key) error {
	open := collect.Coverage{State: end.state, Reason: end.reason}
	if end.state == collect.Open {
		open.Through = s.through()
	}
	for _, p := range prefixes {
		c := open
		c.Prefix = p
		rec.Cover(c)
	}
	if end.state == collect.Open {
		for _, c := range s.doubts {
			rec.Cover(c)
		}
	}
	for _, key := range s.order {
		f := s.facts[key]
		if end.state == collect.Open {
			s.coverOpen(rec, key, f, open, prefixes)
		}
		e := collect.Entry{Key: key, Value: f.value, At: f.at}
		switch {
		case f.grows && collect.Keys().Type(key) == collect.TypeList:
			e.Value = collect.List(f.items...)
		case f.grows:
			e = collect.SetEntry(key, f.at, f.members)
		}
		if err := rec.Add(e); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) coverOpen(rec *collect.Recorder, key collect.Key, f *sheetFact, open collect.Coverage, prefixes []collect.Key) {
	if collect.Keys().Class(key) != collect.Setting || slices.ContainsFunc(s.doubts, func(c collect.Coverage) bool { return key.Under(c.Prefix) }) {
		return
	}
	var base collect.Key // the longest prefix
	for _, p := range prefixes {
		if key.Under(p) && len(p) > len(base) {
			base = p
		}
	}
	if f.grows {
		rec.Cover(collect.Coverage{Prefix: key, State: collect.Partial, Reason: "more of them may follow: " + open.Reason})
		return
	}
	for n := strings.Count(string(base), "/") + 2; n <= strings.Count(string(key), "/"); n++ {
		c := open
		c.Prefix = key.Head(n)
		rec.Cover(c)
	}
}

// through is the setting that the file speaks of last for the first time.
func (s *sheet) through() collect.Key {
	for i := len(s.order) - 1; i >= 0; i-- {
		key := s.order[i]
		if !s.facts[key].grows && collect.Keys().Class(key) == collect.Setting {
			return key
		}
	}
	return ""
}
