package zvm

import (
	"maps"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// recordDirectory records what holds for the directory as a whole: the sections
// before the first user, and the roll-ups.
func (d *directory) recordDirectory() {
	d.entity("zvm", "directory")
	for _, key := range [...]string{"globalopts", "object"} {
		if m := d.wide[key]; len(m) > 0 {
			e := collect.SetEntry(directoryPrefix.Join(key), m[0].At, m)
			d.add(key, e.Value, e.At, e.Members)
		}
	}
	if d.loads > 0 {
		d.put("load", collect.Number(d.loads), collect.Origin{})
	}
	for _, g := range d.groups {
		d.put("posixgroup/"+collect.EscapeSegment(g.name), collect.Number(g.gid), g.at)
	}
	d.rollUps()
}

// rollUps records the derived values, all unknown when the directory is partial:
// a count over what happened to arrive would be a plausible wrong one.
func (d *directory) rollUps() {
	// A figure is about the whole file; a list is found where its first member
	// is.
	begin := collect.Origin{}
	if len(d.entries) > 0 {
		begin = d.entries[0].at()
	}
	put := func(name string, v collect.Value, at collect.Origin) {
		if d.whyUnknown != "" {
			v = collect.Unknown(d.whyUnknown)
		}
		d.put(name, v, at)
	}
	count := func(name string, n int64) { put(name, collect.Number(n), begin) }
	list := func(name string, n names) {
		at := begin
		texts := make([]string, len(n))
		for i, index := range n {
			texts[i] = d.users[index].name
			if i == 0 {
				at = d.users[index].at()
			}
		}
		put(name, collect.Set(texts...), at)
	}
	disks := func(name string, n diskNames) {
		at := begin
		texts := make([]string, len(n))
		for i, k := range n {
			texts[i] = diskText(d.users[k.owner], k.vdev)
			if i == 0 {
				at = d.users[k.owner].at()
			}
		}
		put(name, collect.Set(texts...), at)
	}
	v := d.derived

	count("user/count", v.users)
	count("identity/count", v.identities)
	count("pool_users/count", v.poolUsers)

	count("password/nolog/count", v.passwords[pwNolog])
	count("password/lbyonly/count", v.passwords[pwLbyonly])
	count("password/autoonly/count", v.passwords[pwAutoonly])
	count("password/masked/count", v.passwords[pwMasked])
	list("password/nopass/users", v.ofPassword[pwNopass])
	list("password/other/users", v.unguarded)
	list("password/vendor_default/users", v.ofPassword[pwVendor])
	list("password/equals_userid/users", v.ofPassword[pwEqualsUserid])
	list("password/weak/users", v.ofPassword[pwWeak])
	list("smapi_users/loggable", v.smapi)
	list("ibm_users/loggable", v.supplied)

	count("privileged/count", v.privileged)
	list("privileged/not_lbyonly/users", v.privilegedNoGuard)
	for i, n := range v.ofClass {
		if len(n) > 0 {
			list("class/"+letters(1 << i)[0]+"/users", n)
		}
	}
	list("option/privileged/users", v.powerful)
	list("option/privileged/not_lbyonly/users", v.powerfulNoGuard)
	for _, keyword := range slices.Sorted(maps.Keys(v.ofOption)) {
		list("option/"+collect.EscapeSegment(keyword)+"/users", *v.ofOption[keyword])
	}
	list("iucv/any/users", v.iucvAny)
	list("iucv/allow/users", v.iucvAllow)
	list("iucv/rpi/users", v.iucvRPI)
	list("command_statement/privileged/users", v.powerWithout)
	list("command_statement/users", v.withCommand)
	list("posix/uid0/users", v.uid0)
	count("appcpass/count", v.appcpass)
	count("dedicate/count", v.dedicates)

	count("mdisk/count", v.disks)
	count("mdisk/default_password/count", int64(len(v.defaultPassword)))
	overlaps := slices.Compact(v.reach.overlaps)
	count("mdisk/overlap/count", int64(len(overlaps)))
	disks("mdisk/default_password/disks", v.defaultPassword)
	disks("mdisk/overlap/disks", overlaps)
	disks("mdisk/public_read/disks", v.publicRead)
	disks("mdisk/public_write/disks", v.publicWrite)
	disks("mdisk/fullpack/disks", v.fullPack)
	list("link/fullpack/users", v.linkFullPack)
	for _, disk := range slices.Sorted(maps.Keys(v.writers)) {
		dot := strings.LastIndexByte(disk, '.')
		list("link/write/"+collect.EscapeSegment(disk[:dot])+"/"+disk[dot+1:], *v.writers[disk])
	}

	list("reach/any/users", v.reach.any)
	for _, way := range [...]struct {
		name string
		of   map[string]*names
	}{{"readers", v.reach.readers}, {"writers", v.reach.writers}} {
		for _, volume := range slices.Sorted(maps.Keys(way.of)) {
			list("reach/volume/"+collect.EscapeSegment(volume)+"/"+way.name, *way.of[volume])
		}
	}

	managers := collect.Set()
	for i, seen := range d.managers {
		if seen {
			managers = collect.Set(append(managers.Items(), managerNames[i])...)
		}
	}
	put("manager", managers, begin)
	count("parse/unknown_statements", d.unknown)
	put("parse/refused/entries", collect.Set(v.refused...), begin)
	count("parse/out_of_sequence", d.outOfOrder)
}
