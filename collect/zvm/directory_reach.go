package zvm

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// A userid reaches data of others by the directory alone in four ways: a LINK at
// logon, which CP grants without a password; a full-pack minidisk, which holds
// every minidisk of its volume; a minidisk that overlaps another; and an option
// that opens every minidisk. This file finds out who reaches what.
//
// It is about what the directory grants. An external security manager can
// refuse a LINK that the directory allows; it cannot refuse an overlap.

// reach is what is known about the minidisks of the whole directory before the
// first userid is recorded.
type reach struct {
	fullPacks  map[string]string // "OWNER.0123" -> volume
	overlapped map[uint32][]ref  // owner -> volumes on which a minidisk of it overlaps another
	overlaps   diskNames

	// Of the userid being recorded.
	members []string
	values  map[string]collect.Value // sets that many userids share
	name    []byte

	// Who reaches whole volumes, and every minidisk, in order of userids.
	any     names
	writers map[string]*names
	readers map[string]*names
}

// everyDisk are the options with which a userid reaches any minidisk: LNKNOPAS
// links it without its password, DEVMAINT defines a full pack over any volume.
var everyDisk = map[string]bool{"LNKNOPAS": true, "DEVMAINT": true}

// extent is where a minidisk lies, for the search of overlaps.
type extent struct {
	volume     ref
	owner      uint32
	vdev       uint16
	start, end int64
}

// survey looks at every minidisk before the userids are recorded in their order:
// a LINK means more when what it names is a whole volume.
func (d *directory) survey() {
	r := &d.derived.reach
	*r = reach{
		fullPacks: map[string]string{}, overlapped: map[uint32][]ref{}, values: map[string]collect.Value{},
		writers: map[string]*names{}, readers: map[string]*names{},
	}
	var extents []extent
	look := func(u, e, p *entry) {
		placeholder := u.isPlaceholder()
		for _, k := range d.effectiveDisks(e, p) {
			switch {
			case d.texts.isFullPack(k.disk):
				r.fullPacks[diskText(u, k.vdev)] = d.texts.volume(k.disk)
			case k.form == formExtent && k.count != 0 && !placeholder:
				end := int64(math.MaxInt64)
				if k.count != toEnd {
					end = k.start + k.count
				}
				extents = append(extents, extent{k.volume, u.index, k.vdev, k.start, end})
			}
		}
	}
	seen := map[*entry]bool{}
	for _, u := range d.users {
		look(u, u, d.profiles[u.include])
		if u.kind != stIdentity {
			continue
		}
		for i := range u.stmts {
			if u.stmts[i].kind != stBuild {
				continue
			}
			_, name := d.built(&u.stmts[i])
			// One SUBCONFIG may serve several members: its disks are there once.
			if s := d.subconfigs[name]; s != nil && !seen[s] {
				seen[s] = true
				look(u, s, d.profiles[s.include])
			}
		}
	}
	r.findOverlaps(extents)
}

// isPlaceholder reports whether the minidisks of a userid only keep space from
// being given away, as those of $ALLOC$ do. Such a name proves nothing when
// somebody can log on to it.
func (e *entry) isPlaceholder() bool {
	n := len(e.name)
	return e.password == pwNolog && n > 2 && e.name[0] == '$' && e.name[n-1] == '$'
}

// volume names what a full-pack minidisk is the whole of.
func (t *texts) volume(d *disk) string {
	if d.form == formDevno {
		return "DEVNO " + string(appendVdev(nil, uint16(d.start)))
	}
	return t.text(d.volume)
}

// findOverlaps marks the minidisks that share space with another. Whole volumes
// and placeholders overlap by design and are not among the extents.
func (r *reach) findOverlaps(extents []extent) {
	slices.SortFunc(extents, func(a, b extent) int {
		return cmp.Or(cmp.Compare(a.volume, b.volume), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	end := int64(math.MinInt64) // of what lies before, on this volume
	for i, x := range extents {
		if i == 0 || extents[i-1].volume != x.volume {
			end = math.MinInt64
		}
		next := i+1 < len(extents) && extents[i+1].volume == x.volume && extents[i+1].start < x.end
		if x.start < end || next {
			r.overlaps = append(r.overlaps, diskName{x.owner, x.vdev})
			if !slices.Contains(r.overlapped[x.owner], x.volume) {
				r.overlapped[x.owner] = append(r.overlapped[x.owner], x.volume)
			}
		}
		end = max(end, x.end)
	}
	slices.SortFunc(r.overlaps, func(a, b diskName) int {
		return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.vdev, b.vdev))
	})
}

// begin forgets the userid before.
func (r *reach) begin(t *texts, u *entry) {
	r.members = r.members[:0]
	for _, volume := range r.overlapped[u.index] {
		r.members = append(r.members, "overlap "+t.text(volume))
	}
}

// option notes an option of u.
func (r *reach) option(u *entry, keyword string) {
	if everyDisk[keyword] {
		r.members = append(r.members, "write any")
		r.any.add(u)
	}
}

// owns notes a full-pack minidisk of u.
func (r *reach) owns(t *texts, u *entry, k *disk) {
	r.whole(u, t.volume(k), k.badMode || modes[k.mode].write)
}

// link notes a LINK at logon, "OWNER.0190 RR".
func (r *reach) link(u *entry, disk, mode string) {
	m, ok := readMode([]byte(mode))
	write := ok && modes[m].write
	volume, full := r.fullPacks[disk]
	switch {
	case full:
		r.whole(u, volume, write || mode == "unknown")
	case mode == "unknown":
		r.members = append(r.members, "unknown "+disk)
	case write && !ownDisk(u, disk):
		r.members = append(r.members, "write "+disk)
	}
}

func ownDisk(u *entry, disk string) bool {
	return len(disk) == len(u.name)+5 && strings.HasPrefix(disk, u.name) && disk[len(u.name)] == '.'
}

// whole notes that u reaches a whole volume.
func (r *reach) whole(u *entry, volume string, write bool) {
	way, of := "read volume ", r.readers
	if write {
		way, of = "write volume ", r.writers
	}
	r.members = append(r.members, way+volume)
	list := of[volume]
	if list == nil {
		list = new(names)
		of[volume] = list
	}
	list.add(u)
}

// value is the set of what the userid reaches.
func (r *reach) value() collect.Value {
	if len(r.members) == 0 {
		return emptySet
	}
	slices.Sort(r.members)
	r.members = slices.Compact(r.members)
	r.name = r.name[:0]
	for _, m := range r.members {
		r.name = append(append(r.name, m...), '\n')
	}
	v, ok := r.values[string(r.name)]
	if !ok {
		v = collect.Set(r.members...)
		if len(r.values) < 1<<12 {
			r.values[string(r.name)] = v
		}
	}
	return v
}
