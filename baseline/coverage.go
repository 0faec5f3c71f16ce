package baseline

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// prefix returns the prefix under which a key that could not be compared is
// counted: the one by which part covers it, else the other part's, else its
// first two segments.
func (d *differ) prefix(key collect.Key, part, other *collect.Part) collect.Key {
	for _, p := range [2]*collect.Part{part, other} {
		if c := p.Header.CoverageOf(key); c.State != "" {
			return c.Prefix
		}
	}
	return key.Head(2)
}

// absentFromOld reports whether the older part proves that it had no such key,
// or no such member of it. Else it says where and why not.
func (d *differ) absentFromOld(key collect.Key) (prefix collect.Key, reason string, proved bool) {
	switch c := d.old.Header.CoverageOf(key); c.State {
	case collect.Complete, collect.Open:
		return "", "", true
	case collect.Partial:
		return c.Prefix, because("the older part is partial", c.Reason), false
	}
	return d.prefix(key, d.new, d.old), because("not covered by the older part", d.old.Header.CoverageOf(key).Reason), false
}

// absentFromNew reports whether the newer part proves that there is no such key
// any more. Of an open part it is proved when the key's entity was read and is
// not the last one, which the end of the file may have cut; or when the newer
// part holds what was the last entity of the older one, and so reached past
// everything that stood before it.
func (d *differ) absentFromNew(key collect.Key) (prefix collect.Key, reason string, proved bool) {
	c := d.new.Header.CoverageOf(key)
	if c.State != collect.Open {
		return d.missing(key, c)
	}
	if !lastEntity(key, c) && (d.entityInNew(key, c.Prefix) || d.reachedPast(d.old.Header.CoverageOf(key).Through)) {
		return "", "", true
	}
	return c.Prefix, because("the newer part does not show that it was read to its end", c.Reason), false
}

// missingFromNew is absentFromNew for a member of a key that the newer part
// holds.
func (d *differ) missingFromNew(key collect.Key) (prefix collect.Key, reason string, proved bool) {
	c := d.new.Header.CoverageOf(key)
	if c.State != collect.Open {
		return d.missing(key, c)
	}
	if !lastEntity(key, c) {
		return "", "", true
	}
	return c.Prefix, because("it may have been cut off in the last entity of the newer part", c.Reason), false
}

func (d *differ) missing(key collect.Key, c collect.Coverage) (prefix collect.Key, reason string, proved bool) {
	switch c.State {
	case collect.Complete:
		return "", "", true
	case collect.Partial:
		return c.Prefix, because("the newer part is partial", c.Reason), false
	}
	return d.prefix(key, d.old, d.new), because("not covered by the newer part", c.Reason), false
}

// lastEntity reports whether key belongs to the last entity of an open part.
func lastEntity(key collect.Key, c collect.Coverage) bool {
	return c.Through != "" && key.Under(c.Through)
}

// entityInNew reports whether the newer part holds any key of the entity to
// which key belongs: prefix and the next segment. All keys below an entity
// stand together, and the newer stream stands at the first key behind key, or
// at its end, so the two keys around the place tell.
func (d *differ) entityInNew(key, prefix collect.Key) bool {
	rest := string(key[len(prefix):])
	if prefix != "" {
		rest = strings.TrimPrefix(rest, "/")
	}
	segment, _, below := strings.Cut(rest, "/")
	if !below || segment == "" {
		return false // the key is the entity itself
	}
	entity := string(key[:len(key)-len(rest)+len(segment)+1])
	return strings.HasPrefix(string(d.b.prev), entity) || strings.HasPrefix(string(d.b.key), entity)
}

// reachedPast reports whether the newer part holds the entity through. The
// answer costs one more reading of its facts, once, and only when an open part
// lacks a whole entity.
func (d *differ) reachedPast(through collect.Key) bool {
	if through == "" {
		return false
	}
	if found, known := d.reached[through]; known {
		return found
	}
	d.reached[through] = d.holds(through)
	return d.reached[through]
}

func (d *differ) holds(entity collect.Key) bool {
	r, err := d.new.Facts()
	if err != nil {
		return false // the merge reads the same facts and reports it
	}
	defer r.Close()
	for r.Next() {
		if collect.Key(r.Key()).Under(entity) {
			return true
		}
		if string(r.Key()) > string(entity)+"0" { // behind everything that begins with entity/
			return false
		}
	}
	return false
}

func because(what, reason string) string {
	if reason == "" {
		return what
	}
	return what + ": " + reason
}
