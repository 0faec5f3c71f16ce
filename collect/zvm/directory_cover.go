package zvm

import (
	"fmt"

	"github.com/irondrift/irondrift/collect"
)

// twoEntries is the error of two different entries with one name.
type twoEntries struct {
	first *entry
	file  string
}

func (t *twoEntries) Error() string {
	return fmt.Sprintf("%v: another entry %s with other contents begins at %s:%d", collect.ErrTwoValues, t.first.name, t.file, t.first.at().Pos)
}

func (t *twoEntries) Unwrap() error { return collect.ErrTwoValues }

// maxPartial is how many single entities are named as partial; when there are
// more the whole directory is.
const maxPartial = 100

// account states what became of every line.
func (d *directory) account() {
	used := d.usedWide
	for _, e := range d.entries {
		used += int64(e.used)
	}
	d.rec.Used(used)
	d.rec.Duplicate(d.duplicates)
	for i, n := range d.ignored {
		if n > 0 {
			d.rec.Ignored(reasons[i], n)
		}
	}
}

// cover states how far the part can be relied on.
//
// Without proof that a file did not stop early its last entry may have been cut
// off. An open coverage says so itself of the entity it names in Through; what
// depends on that entry by INCLUDE or BUILD is partial. Several files have several ends, and one
// point in the order of the entries cannot speak for all of them, so unless each
// proves its own end the directory is partial.
func (d *directory) cover() {
	all := collect.Coverage{State: collect.Complete}
	for _, end := range d.ends {
		reason := end.reason
		if len(d.ends) > 1 && reason != "" {
			reason = end.name + ": " + reason
		}
		switch {
		case end.state == collect.Complete && all.State == collect.Complete:
			all.Reason = reason
		case end.state == collect.Partial, end.state == collect.Open && len(d.ends) > 1:
			if all.State != collect.Partial {
				all = collect.Coverage{State: collect.Partial, Reason: reason}
			}
		case end.state == collect.Open:
			all = collect.Coverage{State: collect.Open, Reason: reason, Through: d.through()}
		}
	}
	if d.loads > 0 && len(d.files) == 1 {
		partial(&all, "LOAD statements name further files of the directory, and only this one was given")
	}
	users, profiles := all, all
	switch {
	case d.atHead > 0:
		partial(&users, "the first lines belong to no entry: the beginning of the directory is missing")
	case d.unusableUser:
		partial(&users, "an entry statement has no usable name, so one entity is missing")
	case len(d.users) == 0:
		partial(&users, "there is no USER or IDENTITY entry")
	}
	if d.unusableProf {
		partial(&profiles, "a PROFILE statement has no usable name, so one entity is missing")
	}

	doubtful, missing := d.doubtful(all.Through)
	whole := users
	if profiles.State == collect.Partial {
		partial(&whole, profiles.Reason)
	}
	if missing > 0 {
		partial(&whole, fmt.Sprintf("PROFILE or SUBCONFIG entries that others name %d times are not in the extract", missing))
	}
	users.Prefix, profiles.Prefix, whole.Prefix = userPrefix, profilePrefix, directoryPrefix
	if len(doubtful) > maxPartial {
		partial(&users, fmt.Sprintf("%d entries depend on others that are missing or cut off", len(doubtful)))
		partial(&whole, users.Reason)
		doubtful = nil
	}
	for _, c := range doubtful {
		inPartial := users.State == collect.Partial && c.Prefix.Under(userPrefix) ||
			profiles.State == collect.Partial && c.Prefix.Under(profilePrefix)
		if !inPartial {
			d.rec.Cover(c)
		}
	}
	d.coverSections(whole)
	if whole.State == collect.Partial {
		d.whyUnknown = whole.Reason
	}
	d.rec.Cover(users)
	d.rec.Cover(profiles)
	d.rec.Cover(whole)
}

// coverSections states how far the keys of the sections before the first user
// can be relied on. POSIX groups are entities like users; the other keys are
// sets that a statement behind the end of an open file would add to.
func (d *directory) coverSections(whole collect.Coverage) {
	if whole.State == collect.Complete {
		return
	}
	if len(d.groups) > 0 {
		c := whole
		c.Prefix = directoryPrefix.Join("posixgroup")
		d.rec.Cover(c)
	}
	for _, key := range [...]string{"globalopts", "load", "object"} {
		if len(d.wide[key]) == 0 && (key != "load" || d.loads == 0) {
			continue
		}
		c := whole
		partial(&c, "more statements of this kind may follow: "+whole.Reason)
		c.Prefix = directoryPrefix.Join(key)
		d.rec.Cover(c)
	}
}

// partial weakens a coverage.
func partial(c *collect.Coverage, reason string) {
	if c.State != collect.Partial {
		*c = collect.Coverage{State: collect.Partial, Reason: reason}
	}
}

// through is the last entity in file order that has keys of its own. A
// SUBCONFIG has none: the IDENTITY that names it tells when it is missing.
func (d *directory) through() collect.Key {
	for i := len(d.entries) - 1; i >= 0; i-- {
		switch e := d.entries[i]; e.kind {
		case stUser, stIdentity:
			return userPrefix.Join(e.name)
		case stProfile:
			return profilePrefix.Join(e.name)
		case stGlobalDefs:
			if first := d.firstGroup[e]; first != "" {
				return first
			}
		}
	}
	return ""
}

const cutOff = "the last entry of a file that may have been cut off"

// doubtful lists the entities that are partial on their own, and says how many
// of them name an entry that is missing. The one that an open coverage is read
// through is left to it: were it partial, nothing added to it would ever show.
func (d *directory) doubtful(through collect.Key) (out []collect.Coverage, missing int) {
	add := func(key collect.Key, reason string) {
		if key == through && reason == cutOff {
			return
		}
		out = append(out, collect.Coverage{Prefix: key, State: collect.Partial, Reason: reason})
	}
	for _, p := range d.profiles {
		if p.cut {
			add(profilePrefix.Join(p.name), cutOff)
		}
	}
	for _, e := range d.entries {
		if e.kind == stGlobalDefs && e.cut {
			add(directoryPrefix.Join("posixgroup"), cutOff)
		}
	}
	for _, u := range d.users {
		key := userPrefix
		switch p := d.profiles[u.include]; {
		case u.cut:
			add(key.Join(u.name), cutOff)
		case d.disputed[u]:
			add(key.Join(u.name), "a second entry of this name differs and may have been cut off")
		case u.include != "" && p == nil:
			missing++
			add(key.Join(u.name), "the PROFILE it includes is not in the extract")
		case p != nil && p.cut:
			add(key.Join(u.name), "the PROFILE it includes may have been cut off")
		}
		for i := range u.stmts {
			if u.stmts[i].kind != stBuild {
				continue
			}
			member, name := d.built(&u.stmts[i])
			switch s := d.subconfigs[name]; {
			case s == nil:
				missing++
				add(key.Join(u.name, "on", member), "the SUBCONFIG it builds on is not in the extract")
			case s.cut:
				add(key.Join(u.name, "on", member), "the SUBCONFIG it builds on may have been cut off")
			}
		}
	}
	return out, missing
}
