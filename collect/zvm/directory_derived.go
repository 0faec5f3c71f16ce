package zvm

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// derived are the roll-ups of the directory: how many, and who.
type derived struct {
	users, identities, poolUsers int64
	passwords                    [len(passwordClassNames)]int64
	appcpass, dedicates, disks   int64
	privileged                   int64

	// Userids, each list in their order.
	ofPassword        [len(passwordClassNames)]names
	unguarded         names // somebody can log on with a password
	privilegedNoGuard names
	ofClass           [32]names
	ofOption          map[string]*names
	powerful          names // holds a privileged option
	powerfulNoGuard   names
	iucvAny           names
	iucvAllow         names
	iucvRPI           names
	withCommand       names
	uid0              names
	smapi             names
	supplied          names
	linkFullPack      names
	writers           map[string]*names // "OWNER.0190" -> who links it for writing

	// Minidisks as OWNER.0190.
	defaultPassword diskNames
	publicRead      diskNames
	publicWrite     diskNames
	fullPack        diskNames
	isFullPack      map[string]bool
	extents         []extent
}

// extent is where a minidisk lies, for the search of overlaps.
type extent struct {
	volume     ref
	start, end int64
}

func newDerived() *derived {
	return &derived{ofOption: map[string]*names{}, writers: map[string]*names{}, isFullPack: map[string]bool{}}
}

// names is a list of userids, as indexes into the sorted users.
type names []uint32

func (n *names) add(e *entry) {
	if k := len(*n); k == 0 || (*n)[k-1] != e.index {
		*n = append(*n, e.index)
	}
}

// diskNames is a list of minidisks.
type diskNames []diskName

type diskName struct {
	owner uint32
	vdev  uint16
}

// user counts one userid, or as many as its pool has.
func (v *derived) user(u *entry, mask uint32) {
	n := u.members()
	v.users += n
	if u.kind == stIdentity {
		v.identities++
	}
	if u.pool.set {
		v.poolUsers += n
	}
	v.passwords[u.password] += n
	if u.password != pwNolog && u.password != pwLbyonly && u.password != pwAutoonly {
		v.ofPassword[u.password].add(u)
		v.unguarded.add(u)
		switch {
		case isSMAPI(u.name):
			v.smapi.add(u)
			v.supplied.add(u)
		case isSupplied(u.name):
			v.supplied.add(u)
		}
	}
	// A user with NOLOG has no class in effect.
	if mask&^uint32(classG) != 0 && u.password != pwNolog {
		v.privileged += n
		if !u.password.guarded() {
			v.privilegedNoGuard.add(u)
		}
	}
	v.classesOf(u, mask)
}

func (v *derived) classesOf(u *entry, mask uint32) {
	for i := range v.ofClass {
		if mask&(1<<i) != 0 {
			v.ofClass[i].add(u)
		}
	}
}

// set looks at the effective value of one kind of statement.
func (v *derived) set(u *entry, kind statement, value collect.Value) {
	items := value.Items()
	if len(items) == 0 {
		return
	}
	switch kind {
	case stOption:
		for _, o := range items {
			keyword, _, _ := strings.Cut(o, " ")
			list := v.ofOption[keyword]
			if list == nil {
				list = new(names)
				v.ofOption[keyword] = list
			}
			list.add(u)
			if k := optionNames[keyword]; k != nil && k.privileged {
				v.powerful.add(u)
				if !u.password.guarded() {
					v.powerfulNoGuard.add(u)
				}
			}
		}
	case stIUCV:
		for _, target := range items {
			switch target {
			case "ANY":
				v.iucvAny.add(u)
			case "ALLOW":
				v.iucvAllow.add(u)
			case "*RPI":
				v.iucvRPI.add(u)
			}
		}
	case stCommand:
		v.withCommand.add(u)
	case stDedicate:
		v.dedicates += int64(len(items))
	case stLink:
		for _, l := range items {
			disk, mode, _ := strings.Cut(l, " ")
			if v.isFullPack[disk] {
				v.linkFullPack.add(u)
			}
			if m, ok := readMode([]byte(mode)); ok && modes[m].write {
				list := v.writers[disk]
				if list == nil {
					list = new(names)
					v.writers[disk] = list
				}
				list.add(u)
			}
		}
	}
}

// disk counts one minidisk of a userid.
func (v *derived) disk(t *texts, u *entry, k *disk) {
	v.disks++
	if k.form == formExtent && k.count != 0 {
		end := int64(math.MaxInt64)
		if k.count != toEnd {
			end = k.start + k.count
		}
		v.extents = append(v.extents, extent{k.volume, k.start, end})
	}
	full := t.isFullPack(k)
	p := k.passwords
	if !full && p == ([3]diskPassword{}) {
		return
	}
	name := diskName{u.index, k.vdev}
	if full {
		v.fullPack = append(v.fullPack, name)
	}
	if slices.Contains(p[:], dpDefault) {
		v.defaultPassword = append(v.defaultPassword, name)
	}
	if p[0] == dpPublic {
		v.publicRead = append(v.publicRead, name)
	}
	if p[1] == dpPublic || p[2] == dpPublic {
		v.publicWrite = append(v.publicWrite, name)
	}
}

// diskText writes a minidisk the way it stands in lists: "OWNER.0190".
func diskText(owner *entry, vdev uint16) string {
	return string(appendVdev(append(make([]byte, 0, 24), owner.name+"."...), vdev))
}

// findFullPacks notes the full-pack minidisks before the links to them are read.
func (d *directory) findFullPacks() {
	find := func(u, e *entry) {
		for i := range e.disks {
			if d.texts.isFullPack(&e.disks[i]) {
				d.derived.isFullPack[diskText(u, e.disks[i].vdev)] = true
			}
		}
	}
	for _, u := range d.users {
		find(u, u)
		for i := range u.stmts {
			if u.stmts[i].kind == stBuild {
				if _, name := d.built(&u.stmts[i]); d.subconfigs[name] != nil {
					find(u, d.subconfigs[name])
				}
			}
		}
	}
}

// overlaps counts the minidisks that share space with another on their volume.
func (v *derived) overlaps() int64 {
	slices.SortFunc(v.extents, func(a, b extent) int {
		return cmp.Or(cmp.Compare(a.volume, b.volume), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var n int64
	reach := int64(math.MinInt64) // end of what lies before, on this volume
	for i, x := range v.extents {
		if i == 0 || v.extents[i-1].volume != x.volume {
			reach = math.MinInt64
		}
		next := i+1 < len(v.extents) && v.extents[i+1].volume == x.volume && v.extents[i+1].start < x.end
		if x.start < reach || next {
			n++
		}
		reach = max(reach, x.end)
	}
	return n
}
