package zvm

import (
	"math"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// A directory is held as entries until all files are read, because what an
// entry means can depend on others that come later: a SUBCONFIG may stand far
// behind its IDENTITY. Nothing but classified and understood operands is held,
// in a form without pointers that costs about as much as the file itself.

// entry is one PROFILE, USER, IDENTITY or SUBCONFIG, or the sections before
// them.
type entry struct {
	name     string // folded
	include  string
	stmts    []stmt
	disks    []disk
	place    place
	pool     pool
	classes  classes
	storage  ref // as stated on USER, 0 when not; unusable when it cannot be one
	maximum  ref
	changed  ref // date of the last password change, by the directory manager
	kind     statement
	password passwordClass

	used     int32  // lines
	unknown  int32  // statements that are not known
	cut      bool   // it is the last of a file that may have been cut off
	counted  bool   // a SUBCONFIG whose disks are in the derived lists already
	included int32  // how many entries include or build on it
	index    uint32 // in the sorted list of users
	sets     map[statement]gathered
}

// place is where an entry statement stands.
type place struct {
	line, offset int64
	file         int32
}

// at is where the entry begins.
func (e *entry) at() collect.Origin {
	return collect.Origin{File: int(e.place.file), Pos: e.place.line, Offset: e.place.offset}
}

// unusable stands for an operand that is there but cannot be what its place
// says; it is never repeated, because it may be a password in the wrong place.
const unusable ref = 1

// pool is the range of a POOL statement.
type pool struct {
	set       bool
	low, high int32
}

// members is how many userids the entry stands for.
func (e *entry) members() int64 {
	switch {
	case e.pool.set:
		return int64(e.pool.high-e.pool.low) + 1
	case e.kind == stUser || e.kind == stIdentity:
		return 1
	}
	return 0
}

// stmt is one operand, or statement, that was kept.
type stmt struct {
	text   ref
	offset uint32 // from the entry statement
	line   uint32 // from the entry statement
	kind   statement
	aux    uint8
	vdev   uint16
}

// disk is one MDISK.
type disk struct {
	start, count int64 // count is toEnd for END
	offset       uint32
	line         uint32
	device       ref
	word         ref // V-DISK, AUTOG and the like, or 0
	volume       ref
	vdev         uint16
	form         diskForm
	mode         uint8 // index into modes
	passwords    [3]diskPassword
	badMode      bool // what stands in the place of the mode is no mode
	twice        bool // the entry defines the device number twice, differently
}

// ref names a text of the texts table.
type ref uint32

// texts holds every kept text once.
type texts struct {
	list []string
	of   map[string]ref
}

func newTexts() *texts {
	t := &texts{of: map[string]ref{}}
	for _, s := range [...]string{0: "", unusable: "?"} {
		t.of[s] = ref(len(t.list))
		t.list = append(t.list, s)
	}
	return t
}

func (t *texts) ref(b []byte) ref {
	if r, ok := t.of[string(b)]; ok {
		return r
	}
	s := string(b)
	r := ref(len(t.list))
	t.list = append(t.list, s)
	t.of[s] = r
	return r
}

func (t *texts) text(r ref) string { return t.list[r] }

// origin is where s of e was read.
func (e *entry) origin(offset, line uint32) collect.Origin {
	return collect.Origin{File: int(e.place.file), Pos: e.place.line + int64(line), Offset: e.place.offset + int64(offset)}
}

// since is the distance of at from the entry statement.
func (e *entry) since(at collect.Origin) (offset, line uint32) {
	return clamp(at.Offset - e.place.offset), clamp(at.Pos - e.place.line)
}

func clamp(n int64) uint32 { return uint32(min(max(n, 0), math.MaxUint32)) }

// same reports whether two entries say the same thing, wherever they stand.
func (e *entry) same(f *entry) bool {
	if e.kind != f.kind || e.name != f.name || e.password != f.password || e.classes != f.classes ||
		e.storage != f.storage || e.maximum != f.maximum || e.include != f.include || e.pool != f.pool ||
		e.changed != f.changed || e.unknown != f.unknown {
		return false
	}
	return slices.EqualFunc(e.stmts, f.stmts, func(a, b stmt) bool {
		a.offset, a.line, b.offset, b.line = 0, 0, 0, 0
		return a == b
	}) && slices.EqualFunc(e.disks, f.disks, func(a, b disk) bool {
		a.offset, a.line, b.offset, b.line = 0, 0, 0, 0
		return a == b
	})
}

// blocks hands out slices of exact length from larger ones, so that a hundred
// thousand entries are not as many allocations.
type blocks[T any] struct {
	free []T
	last int
}

func (b *blocks[T]) copy(s []T) []T {
	if len(s) == 0 {
		return nil
	}
	b.need(len(s))
	out := b.free[:len(s):len(s)]
	b.free = b.free[len(s):]
	copy(out, s)
	return out
}

// need makes room for n more.
func (b *blocks[T]) need(n int) {
	if len(b.free) < n {
		b.last = min(max(64, 2*b.last), 8192)
		b.free = make([]T, max(b.last, n))
	}
}

// classes is a set of privilege classes as an operand states it.
type classes struct {
	mask   uint32 // bit 0 is A, bit 25 is Z, bit 26 is 1, bit 31 is 6
	stated bool
	star   bool // "*": the CLASS statement has them
	bad    bool
}

// readClasses reads letters A to Z and digits 1 to 6, each once. A letter that
// comes twice makes the operand unusable: it is a word then, perhaps a password
// that slipped.
func readClasses(b []byte) classes {
	c := classes{stated: true}
	if string(b) == "*" {
		c.star = true
		return c
	}
	for _, x := range b {
		var bit uint32
		switch {
		case 'A' <= x && x <= 'Z':
			bit = 1 << (x - 'A')
		case '1' <= x && x <= '6':
			bit = 1 << (x - '1' + 26)
		}
		if bit == 0 || c.mask&bit != 0 {
			return classes{stated: true, bad: true}
		}
		c.mask |= bit
	}
	return c
}

// letters lists the classes of a mask, one text each, sorted.
func letters(mask uint32) []string {
	out := make([]string, 0, 8)
	for i := 26; i < 32; i++ {
		if mask&(1<<i) != 0 {
			out = append(out, string(rune('1'+i-26)))
		}
	}
	for i := range 26 {
		if mask&(1<<i) != 0 {
			out = append(out, string(rune('A'+i)))
		}
	}
	return out
}

// classG is the class of general users, who have power over themselves only.
const classG = 1 << ('G' - 'A')
