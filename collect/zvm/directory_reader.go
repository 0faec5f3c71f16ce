package zvm

import (
	"bytes"
	"context"
	"path/filepath"

	"github.com/irondrift/irondrift/collect"
)

// reader turns the lines of directory files into entries.
type reader struct {
	opts   *collect.Options
	rec    *collect.Recorder
	vendor vendorWords
	texts  *texts

	entries []*entry // in file order
	tails   []*entry // the last entry of each file, nil when it has none
	ends    []fileEnd

	// The file being read.
	file    *collect.File
	cur     *entry // nil before the first entry statement and after an unusable one
	broken  bool   // cur is nil because the entry statement was unusable
	stmts   []stmt // of cur
	disks   []disk
	device  bool // cur has a device statement already
	orphan  bool // the statement before stands without its operands
	owners  []string
	defined []uint32 // by device number: in which entry it was defined last
	known   int64    // statements of this file that are known
	atHead  int64    // statements of this file before any entry
	w       words
	at      collect.Origin // of the statement being read
	lines   int64          // how many lines it has
	cut     bool           // its last word touches the end of an unfinished line
	held    []byte         // a statement that ends with a comma
	heldAt  collect.Origin
	heldCut bool
	heldN   int64
	earlier bool // the statement being read ended on a line before the last one
	buf     []byte
	scrub   []byte

	scrubber *scrubber
	did      outcome // what became of the statement read last

	stmtBlocks  blocks[stmt]
	diskBlocks  blocks[disk]
	entryBlocks blocks[entry]

	wide   map[string][]collect.Member // zvm/directory/<key>
	groups []group
	// firstGroup is the key of the first group of each GLOBALDEFS section.
	firstGroup map[*entry]collect.Key
	usedWide   int64
	loads      int64 // files that LOAD statements name

	ignored      [len(reasons)]int64
	unknown      int64 // statements not known, in all files
	outOfOrder   int64
	unusableUser bool // an entry statement whose name could not be read
	unusableProf bool
	late         []latePassword
	builders     map[string][]string // SUBCONFIG name -> identities
	managers     [2]bool             // whose comments the files hold
}

// fileEnd says how a file ended.
type fileEnd struct {
	name   string
	state  collect.State
	reason string
}

// The reasons for which lines are passed over.
const (
	isComment = iota
	isBlank
	isUnknown
	isUnusable
	isOutside
	isCut
)

var reasons = [...]string{
	isComment:  "comment",
	isBlank:    "blank",
	isUnknown:  "statement not known",
	isUnusable: "statement not well formed",
	isOutside:  "outside any entry",
	isCut:      "cut off",
}

// maxStatement bounds what continuation can join.
const maxStatement = 64 << 10

// read reads one file.
func (r *reader) read(ctx context.Context, f *collect.File) error {
	lines, err := f.Lines(ctx)
	if err != nil {
		return err
	}
	defer lines.Close()
	r.file, r.cur, r.broken, r.known, r.atHead = f, nil, false, 0, 0
	before := len(r.entries)
	if r.scrubber != nil {
		r.scrubber.open(r, f, lines)
	}
	for lines.Next() {
		r.rec.Read(1)
		r.line(lines.Line())
	}
	r.release()
	if r.scrubber != nil {
		r.scrubber.close()
	}
	r.closeEntry()
	r.flushScrub(true)
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.known == 0 {
		if err := lines.Err(); err != nil {
			return err
		}
		return &collect.Error{File: f.Name, Offset: -1, Err: collect.ErrNotRecognised,
			Advice: "it holds no statement of a user directory; give the source form (USER DIRECT), not the object directory or another file"}
	}
	state, reason := lines.End(r.opts)
	r.ends = append(r.ends, fileEnd{filepath.Base(f.Name), state, reason})
	var tail *entry
	if len(r.entries) > before {
		tail = r.entries[len(r.entries)-1]
		tail.cut = state != collect.Complete
	}
	r.tails = append(r.tails, tail)
	return nil
}

// line takes one record: it cuts columns 73 to 80, passes comments over and
// joins what is continued.
func (r *reader) line(l collect.Line) {
	if r.scrubber != nil {
		r.scrubber.line(l)
	}
	text, full := columns(l.Text)
	// A word that touches the end of an unfinished line may be the beginning of
	// a longer one. It is not used: half a userid is another userid.
	touches := !l.Terminated && len(text) == len(l.Text) && len(text) > 0 && text[len(text)-1] != ' '
	text = trim(text)
	at := l.At(r.file)
	switch {
	case len(text) == 0:
		r.ignored[isBlank]++
		if r.scrubber != nil {
			r.scrubber.blank()
		}
		return
	case text[0] == '*':
		r.comment(text, at, touches)
		return
	}
	if full {
		r.rec.Warn(r.file, at.Pos, at.Offset, "column 72 is not blank: what follows it is not read, as CP does not")
	}
	if r.held != nil {
		if r.startsStatement(text) || len(r.held)+len(text) > maxStatement {
			r.rec.Warn(r.file, r.heldAt.Pos, r.heldAt.Offset, "a statement ends with a comma but the next line begins another; they are not joined")
			r.earlier = true
			r.release()
			r.earlier = false
		} else {
			r.held = append(append(r.held, ' '), text...)
			r.heldN++
			if touches || text[len(text)-1] != ',' {
				r.heldCut = touches
				r.release()
			} else {
				r.held = r.held[:len(r.held)-1]
			}
			return
		}
	}
	if text[len(text)-1] == ',' && bytes.IndexByte(text, ' ') > 0 && !touches {
		r.held = append(make([]byte, 0, 256), text[:len(text)-1]...)
		r.heldAt, r.heldN, r.heldCut = at, 1, false
		return
	}
	r.statement(text, at, 1, touches)
}

// release reads the statement that was held for its continuation.
func (r *reader) release() {
	if r.held == nil {
		return
	}
	text := r.held
	r.held = nil
	r.statement(text, r.heldAt, r.heldN, r.heldCut)
}

func (r *reader) startsStatement(text []byte) bool {
	r.w.set(text)
	return statementNames[string(r.w.up(0))] != nil
}

// statement reads one whole statement.
func (r *reader) statement(text []byte, at collect.Origin, lines int64, cut bool) {
	if r.scrubber != nil {
		r.scrubber.begin()
	}
	r.did = wasPassedOver
	def := r.take(text, at, lines, cut)
	if r.scrubber != nil {
		r.scrubber.statement(def)
	}
}

// outcome is what became of a statement.
type outcome uint8

const (
	wasPassedOver outcome = iota // empty, cut off, or outside an entry
	wasUnknown
	wasUnusable // known but not well formed
	wasUsed
)

func (r *reader) take(text []byte, at collect.Origin, lines int64, cut bool) *definition {
	r.w.set(text)
	r.at, r.lines, r.cut = at, lines, cut
	if r.w.n() == 0 {
		r.ignored[isBlank] += lines
		return nil
	}
	if cut {
		r.w.at = r.w.at[:r.w.n()-1]
		r.warn("the last line has no line end: its last word may be cut and is not used")
		if r.w.n() == 0 {
			r.ignored[isCut] += lines
			return nil
		}
	}
	def := statementNames[string(r.w.up(0))]
	if def == nil {
		r.unknownStatement()
		return nil
	}
	r.known++
	if def.beginsEntry() {
		r.orphan = false
		r.did = wasUsed
		r.beginEntry(def)
		return def
	}
	if r.orphan {
		// The statement before has lost its operands: this may be them, and
		// only looks like a statement.
		r.orphan = false
		r.unknownStatement()
		return def
	}
	switch {
	case r.cur == nil:
		r.ignored[isOutside] += lines
		if !r.broken {
			r.atHead++
			r.warn("a %s statement stands before the first entry; it is not used", def.name)
		}
		return def
	case def.rank == rankDevice:
		r.device = true
	case r.device && (r.cur.kind == stUser || r.cur.kind == stIdentity || r.cur.kind == stProfile):
		r.outOfOrder++
		r.problem("a " + def.name + " statement stands behind a device (HCPDIR752E)")
		r.warn("a %s statement stands behind a device statement; DIRECTXA would refuse it", def.name)
	}
	if cut && !survivesCut(def.kind) {
		r.ignored[isCut] += lines
		return def
	}
	if why := r.operands(def); why != "" {
		r.orphan = r.w.n() <= 2
		r.ignored[isUnusable] += lines
		r.cur.unknown++
		r.unknown++
		r.did = wasUnusable
		r.warn("the %s statement is not well formed: %s", def.name, why)
		return def
	}
	r.did = wasUsed
	r.deviceNumber(def)
	r.cur.used += int32(lines)
	return def
}

// survivesCut reports whether a statement of this kind still says something
// true when words are missing at its end. The others would show a default, or
// half a text, that the whole statement does not have.
func survivesCut(kind statement) bool {
	return kind == stOption || kind == stLogonBy || kind == stAutolog || kind == stMDisk
}

// unknownStatement counts a statement that is not known. Its text is not kept:
// it may be the second half of a line with a password.
func (r *reader) unknownStatement() {
	r.orphan, r.did = false, wasUnknown
	r.ignored[isUnknown] += r.lines
	r.unknown++
	if r.cur != nil {
		r.cur.unknown++
	} else if !r.broken {
		r.atHead++
	}
	r.warn("the statement is not known; it is counted, and not shown because it might hold a password")
	r.scrub = append(r.scrub, "?\n"...)
	r.flushScrub(false)
}

// keep keeps a text of the statement being read.
func (r *reader) keep(kind statement, vdev uint16, aux uint8, text []byte) {
	offset, line := r.cur.since(r.at)
	s := stmt{text: r.texts.ref(text), offset: offset, line: line, kind: kind, aux: aux, vdev: vdev}
	r.stmts = append(r.stmts, s)
	if r.scrubber != nil {
		r.scrubber.kept = append(r.scrubber.kept, s)
	}
	r.scrubbed(r.w.up(0), text)
}

// scrubbed adds to the scrubbed form of the file: the statements in their order,
// with what is kept of their operands and nothing else.
func (r *reader) scrubbed(name, operands []byte) {
	r.scrub = append(append(append(append(r.scrub, name...), ' '), operands...), '\n')
	r.flushScrub(false)
}

func (r *reader) flushScrub(all bool) {
	if len(r.scrub) > 32<<10 || all {
		r.file.Scrubbed(r.scrub)
		r.scrub = r.scrub[:0]
	}
}

// warn notes something odd about the statement being read. What is formatted
// must come from this program, never from the line.
func (r *reader) warn(format string, args ...any) {
	r.rec.Warn(r.file, r.at.Pos, r.at.Offset, format, args...)
}
