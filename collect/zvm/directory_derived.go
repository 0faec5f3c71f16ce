package zvm

import (
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
	powerWithout      names             // runs a privileged command at logon, but has no class for it
	refused           []string          // entries that would not compile

	// Minidisks as OWNER.0190.
	defaultPassword diskNames
	publicRead      diskNames
	publicWrite     diskNames
	fullPack        diskNames

	reach reach

	// Of the userid being recorded.
	mask    uint32   // its classes, on all members
	power   []string // privileged commands of its COMMAND statements
	powerAt collect.Origin
}

func newDerived() *derived {
	return &derived{ofOption: map[string]*names{}, writers: map[string]*names{}}
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
func (v *derived) user(t *texts, u *entry, mask uint32) {
	v.reach.begin(t, u)
	v.mask, v.power = 0, v.power[:0]
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
	v.mask |= mask
	for i := range v.ofClass {
		if mask&(1<<i) != 0 {
			v.ofClass[i].add(u)
		}
	}
}

// set looks at the effective value of one kind of statement.
func (v *derived) set(u *entry, kind statement, g gathered) {
	items := g.value.Items()
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
			v.reach.option(u, keyword)
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
		for i, text := range items {
			if p := powerCommand(text); p != "" {
				if len(v.power) == 0 {
					v.powerAt = g.placeOf(i)
				}
				v.power = append(v.power, p)
			}
		}
	case stDedicate:
		v.dedicates += int64(len(items))
	case stLink:
		for _, l := range items {
			disk, mode, _ := strings.Cut(l, " ")
			if _, full := v.reach.fullPacks[disk]; full {
				v.linkFullPack.add(u)
			}
			v.reach.link(u, disk, mode)
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
	full := t.isFullPack(k)
	if full {
		v.reach.owns(t, u, k)
	}
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

// powerOf is the set of privileged commands that u runs at logon.
func (v *derived) powerOf(u *entry) collect.Value {
	if v.mask&^uint32(classG) == 0 {
		v.powerWithout.add(u)
	}
	return collect.Set(v.power...)
}
