package bank

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// userDirectory composes the directory of ZVMPROD1.
func userDirectory(night int, taken time.Time) []byte {
	d := &directory{rng: random(streamDirectory), pools: map[string]*dasdPool{}}
	d.profiles()
	d.suppliedUsers()
	d.people()
	d.serviceUsers()
	d.guests()
	sequence := &compose.Sequence{First: 10000, Step: 10000}
	if night > 0 {
		d.secondNight()
		sequence = &compose.Sequence{First: 100, Step: 100}
	}
	lines := append(directoryHead(night), compose.DirectoryLines(d.entries...)...)
	body := compose.DirectoryText(lines, sequence)
	return compose.Capture("ZVMPROD1", taken, "AUDITJOB", "DIRM USER WITHPASS", body)
}

func directoryHead(night int) []string {
	edited := "* Last edited 2026-11-12 by QUENTIN: fraud scoring guests"
	if night > 0 {
		edited = "* Last edited 2026-11-18 by QUENTIN: renumbered, see change CH20417"
	}
	return []string{
		"***********************************************************************",
		"* Meridian Savings Bank, z/VM image ZVMPROD1 (example, all invented)",
		edited,
		"***********************************************************************",
		"DIRECTORY 0123 3390 M01RES",
		"*",
		"GLOBALDEFS",
		" POSIXGROUP system 0",
		" POSIXGROUP staff 1",
		" POSIXGROUP bin 2",
		" POSIXGROUP security 7",
	}
}

// directory collects the entries. Random choices are made once for both nights;
// the second night edits the result.
type directory struct {
	rng     *rand.Rand
	pools   map[string]*dasdPool
	entries []compose.DirectoryEntry
}

func (d *directory) add(e compose.DirectoryEntry) { d.entries = append(d.entries, e) }

// password invents an ordinary password: eight characters, a syllable pattern
// and two digits, never one of a vendor.
func (d *directory) password() string {
	const consonants, vowels = "BDFGKLMNPRSTVZ", "AEIOU"
	b := make([]byte, 0, 8)
	for range 3 {
		b = append(b, consonants[d.rng.IntN(len(consonants))], vowels[d.rng.IntN(len(vowels))])
	}
	return fmt.Sprintf("%s%02d", b, 10+d.rng.IntN(90))
}

// dasdPool hands out extents that do not overlap, volume after volume.
type dasdPool struct {
	prefix string
	volume int
	next   int
}

// mdisk returns an MDISK statement for cylinders on the next free extent of the
// volumes whose names start with prefix.
func (d *directory) mdisk(vdev, prefix string, cylinders int, rest string) string {
	p := d.pools[prefix]
	if p == nil {
		p = &dasdPool{prefix: prefix, volume: 1, next: 1}
		d.pools[prefix] = p
	}
	if p.next+cylinders > 10017 { // a 3390 model 9
		p.volume, p.next = p.volume+1, 1
	}
	start := p.next
	p.next += cylinders
	return strings.TrimSpace(fmt.Sprintf("MDISK %s 3390 %05d %05d %s%02d %s", vdev, start, cylinders, p.prefix, p.volume, rest))
}

// secondNight makes the changes to the directory that [Changes] lists.
func (d *directory) secondNight() {
	d.entry("LXMON01").Class = "BG"
	d.entry("OSADMIN2").Password = VendorPassword

	backup := d.entry("LXBKU02")
	backup.Statements = slices.Insert(slices.Clone(backup.Statements), 1, "OPTION LNKNOPAS")

	d.entries = slices.DeleteFunc(d.entries, func(e compose.DirectoryEntry) bool { return e.Name == "HOLLISTR" })

	batch := d.entry("OPSBATCH")
	batch.Password = "LBYONLY"
	batch.Statements = slices.Insert(slices.Clone(batch.Statements), 1, "LOGONBY BRANDT CALLOWAY DELACRUZ")

	sibling := slices.IndexFunc(d.entries, func(e compose.DirectoryEntry) bool { return e.Name == "LXFRD08" })
	d.entries = slices.Insert(d.entries, sibling+1, d.guest(fraudGuests, 9))

	for i := range d.entries {
		for j, c := range d.entries[i].Comment {
			d.entries[i].Comment[j] = c + " (reviewed)"
		}
	}
}

func (d *directory) entry(name string) *compose.DirectoryEntry {
	for i := range d.entries {
		if d.entries[i].Name == name {
			return &d.entries[i]
		}
	}
	panic("bank: no directory entry " + name)
}
