package zvm

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// DIRECTXA refuses a whole directory for one error and leaves the old object
// directory in force: what the source says then is not what the system does.
// This file notes what it is known, or expected, to refuse. People also keep
// copies that were never meant to be compiled, so it is noted and nothing else
// follows from it.

// problem notes why the statement being read would not compile. The text is
// built from operands that were understood.
func (r *reader) problem(text string) {
	offset, line := r.cur.since(r.at)
	r.stmts = append(r.stmts, stmt{text: r.texts.ref([]byte(text)), offset: offset, line: line, kind: stProblem})
}

// device notes a device number that the entry has defined before. NICDEF
// statements for one adapter add up; DASDOPT and MINIOPT define nothing.
func (r *reader) deviceNumber(def *definition) {
	if def.rank != rankDevice || def.kind == stDiskOption {
		return
	}
	i := 1
	if def.kind == stLink {
		if i = 3; r.w.n() <= 3 {
			i = 2
		}
	}
	vdev, ok := hex(r.w.up(i))
	if !ok {
		return
	}
	if r.defined == nil {
		r.defined = make([]uint32, 1<<16)
	}
	now := uint32(len(r.entries)) << 1
	nic := uint32(0)
	if def.kind == stNICDef {
		nic = 1
	}
	if before := r.defined[vdev]; before&^1 == now && before&nic == 0 {
		r.problem("device " + string(appendVdev(nil, vdev)) + " is defined twice")
	}
	r.defined[vdev] = now | nic
}

// userProblems notes what DIRECTXA refuses of a USER or IDENTITY statement.
func (r *reader) userProblems(e *entry) {
	if e.password == pwMissing && !r.cut {
		r.problem("the password operand is missing")
	}
	switch {
	case e.storage == unusable && !r.cut, e.maximum == unusable && !r.cut:
		r.problem("a storage operand is no size")
	case e.storage != 0 && e.maximum != 0 && bytesOf(r.texts.text(e.storage)) > bytesOf(r.texts.text(e.maximum)):
		r.problem("the storage is larger than the maximum (HCPDIR1776E)")
	}
	if e.classes.bad && !r.cut && e.storage != unusable && e.maximum != unusable {
		r.problem("the class operand holds no classes")
	}
	if isReserved(e.name) {
		r.problem("the userid is reserved")
	}
}

// isReserved reports whether CP keeps a userid for itself.
func isReserved(name string) bool {
	for _, stem := range [...]string{"LOGN", "LOGL", "LOGV"} {
		if rest, ok := strings.CutPrefix(name, stem); ok && len(rest) == 4 {
			return true
		}
	}
	return name == "SYSTEM" || name == "SYSTEMMP"
}

// bytesOf is a storage size in bytes; sizes that do not fit are the largest.
func bytesOf(size string) float64 {
	if len(size) < 2 {
		return 0
	}
	n, ok := decimal([]byte(size[:len(size)-1]))
	i := strings.IndexByte("KMGTPE", size[len(size)-1])
	if !ok || i < 0 {
		return 0
	}
	out := float64(n)
	for range i + 1 {
		out *= 1024
	}
	return out
}

// problems records what would keep an entry from compiling, with what only the
// whole directory can tell.
func (d *directory) problems(e, owner *entry) {
	d.members = d.members[:0]
	for i := range e.stmts {
		if s := &e.stmts[i]; s.kind == stProblem {
			d.members = append(d.members, collect.Member{Text: d.texts.text(s.text), At: e.origin(s.offset, s.line)})
		}
	}
	note := func(text string, at collect.Origin) {
		d.members = append(d.members, collect.Member{Text: text, At: at})
	}
	if e.include != "" && d.profiles[e.include] == nil {
		note("its PROFILE is not in the extract", e.at())
	}
	for i := range e.stmts {
		if b := &e.stmts[i]; b.kind == stBuild {
			if _, name := d.built(b); d.subconfigs[name] == nil {
				note("a SUBCONFIG it builds on is not in the extract", e.origin(b.offset, b.line))
			}
		}
	}
	if e.kind == stUser && d.subconfigs[e.name] != nil {
		note("a SUBCONFIG has its name", e.at())
	}
	if len(d.members) == 0 {
		return
	}
	if e == owner || e.kind == stProfile {
		d.derived.refused = append(d.derived.refused, statementName(e.kind)+" "+e.name)
	} else {
		d.derived.refused = append(d.derived.refused, "SUBCONFIG "+e.name)
	}
	g := d.join(false, e)
	d.add("problem", g.value, g.at, g.members)
}

func statementName(kind statement) string {
	for i := range definitions {
		if definitions[i].kind == kind {
			return definitions[i].name
		}
	}
	return ""
}
