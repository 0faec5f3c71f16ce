package zvm

import "bytes"

// verb says what may be shown of a CP command.
type verb uint8

const (
	verbOther   verb = iota // its operands are masked: they may be anything
	verbPlain               // its operands are names, numbers and keywords
	verbAutolog             // userid, then possibly a password
	verbLink                // userid, devices, mode, then possibly a password
	verbFor                 // userid, CMD, then another command
	verbSet                 // plain, but SET PFnn holds another command
	verbPrefix              // CP: the command follows
)

// verbs lists the commands of which more than the name is shown, with their
// usual abbreviations.
var verbs = map[string]verb{
	"CP": verbPrefix, "#CP": verbPrefix,
	"AUTOLOG": verbAutolog, "XAUTOLOG": verbAutolog, "AUTO": verbAutolog, "XAUTO": verbAutolog,
	"LINK": verbLink, "FOR": verbFor, "SET": verbSet,
	"ATTACH": verbPlain, "ATT": verbPlain, "BEGIN": verbPlain, "CHANGE": verbPlain, "CLOSE": verbPlain,
	"COUPLE": verbPlain, "COU": verbPlain, "CPU": verbPlain, "DEFINE": verbPlain, "DEF": verbPlain,
	"DETACH": verbPlain, "DET": verbPlain, "DISABLE": verbPlain, "DISCONNECT": verbPlain, "DISC": verbPlain,
	"DISPLAY": verbPlain, "DRAIN": verbPlain, "DUMP": verbPlain, "ENABLE": verbPlain, "FORCE": verbPlain,
	"GIVE": verbPlain, "INDICATE": verbPlain, "IND": verbPlain, "IPL": verbPlain, "I": verbPlain,
	"LOCK": verbPlain, "LOGOFF": verbPlain, "MODIFY": verbPlain, "MONITOR": verbPlain, "ORDER": verbPlain,
	"PURGE": verbPlain, "PUR": verbPlain, "QUERY": verbPlain, "Q": verbPlain, "RECORDING": verbPlain,
	"RESET": verbPlain, "SHUTDOWN": verbPlain, "SIGNAL": verbPlain, "SPOOL": verbPlain, "SP": verbPlain,
	"START": verbPlain, "STORE": verbPlain, "SYSTEM": verbPlain, "TERMINAL": verbPlain, "TERM": verbPlain,
	"TRACE": verbPlain, "TRANSFER": verbPlain, "UNCOUPLE": verbPlain, "UNLOCK": verbPlain, "VARY": verbPlain,
	"VMRELOCATE": verbPlain,
}

// command keeps the text of COMMAND, which CP runs at logon whatever the user's
// class is. The text keeps its case. Commands can carry passwords (XAUTOLOG,
// LINK) or free text (SEND, MESSAGE), so operands are shown only where the
// command is known to have none, and stop at anything that looks like one.
func (r *reader) command() string {
	if r.w.n() < 2 {
		return "it holds no command"
	}
	if r.w.n() == 2 && verbs[string(r.w.up(1))] == verbPrefix {
		return "its command is missing"
	}
	r.buf = r.appendCommand(r.buf[:0], 1)
	r.keep(stCommand, 0, 0, r.buf)
	return ""
}

// appendCommand appends the command that begins at word i.
func (r *reader) appendCommand(b []byte, i int) []byte {
	if i >= r.w.n() {
		return b
	}
	kind := verbs[string(r.w.up(i))]
	if kind == verbOther && !isVerb(r.w.up(i)) {
		return r.mask(b, i)
	}
	b = r.show(b, i)
	i++
	switch kind {
	case verbPrefix:
		return r.appendCommand(b, i)
	case verbPlain:
		return r.appendPlain(b, i, string(r.w.up(i-1)) != "MODIFY")
	case verbAutolog:
		if isName(r.w.up(i), 8) {
			b = r.show(b, i)
			i++
		}
	case verbFor:
		if isName(r.w.up(i), 8) && (string(r.w.up(i+1)) == "CMD" || string(r.w.up(i+1)) == "COMMAND") {
			return r.appendCommand(r.show(r.show(b, i), i+1), i+2)
		}
	case verbSet:
		if name, ok := bytes.CutPrefix(r.w.up(i), []byte("PF")); ok && len(name) <= 2 && allDigits(name) {
			return r.appendKey(r.show(b, i), i+1)
		}
		return r.appendPlain(b, i, true)
	case verbLink:
		return r.appendLink(b, i)
	}
	return r.mask(b, i)
}

// appendKey appends what a program function key is set to: a word of its own, or
// a command, perhaps with the moment at which it runs.
func (r *reader) appendKey(b []byte, i int) []byte {
	for ; i < r.w.n(); i++ {
		switch string(r.w.up(i)) {
		case "IMMED", "DELAYED", "DELAY", "ECHO", "NOECHO", "RETRIEVE", "RET", "FORWARD", "BACKWARD", "TAB", "COPY", "UNDEFINED":
			b = r.show(b, i)
		default:
			return r.appendCommand(b, i)
		}
	}
	return b
}

// appendLink appends LINK [TO] userid vdev [AS] vdev [mode]; a password follows.
func (r *reader) appendLink(b []byte, i int) []byte {
	if string(r.w.up(i)) == "TO" {
		b = r.show(b, i)
		i++
	}
	if !isName(r.w.up(i), 8) {
		return r.mask(b, i)
	}
	b = r.show(b, i)
	for i++; i < r.w.n(); i++ {
		_, isVdev := hex(r.w.up(i))
		if !isVdev && string(r.w.up(i)) != "AS" {
			break
		}
		b = r.show(b, i)
		if _, isMode := readMode(r.w.up(i + 1)); isMode {
			// Modes such as R can be read as nothing else; ER looks like one
			// only here.
			b = r.show(b, i+1)
			return r.mask(b, i+2)
		}
	}
	return r.mask(b, i)
}

// appendPlain appends operands up to the first that may be, or lead, a secret;
// nested says that another command may stand among them, as behind SET PF9 IMMED.
// (MODIFY has names of commands for operands.)
func (r *reader) appendPlain(b []byte, i int, nested bool) []byte {
	for ; i < r.w.n(); i++ {
		if v := verbs[string(r.w.up(i))]; nested && (v == verbAutolog || v == verbLink) {
			return r.appendCommand(b, i)
		}
		if suspicious(r.w.up(i)) {
			return r.mask(b, i)
		}
		b = r.show(b, i)
	}
	return b
}

// suspicious reports whether an operand may introduce or hold a secret. A "#"
// inside may end the command and begin another.
func suspicious(s []byte) bool {
	for _, mark := range [...]string{"PASS", "PW", "PHRASE", "SECRET", "TOKEN", "PARM", "#"} {
		if bytes.Contains(s, []byte(mark)) {
			return true
		}
	}
	return bytes.HasPrefix(s, []byte("KEY"))
}

// isVerb reports whether a word can be the name of a command of the site.
func isVerb(s []byte) bool {
	for _, c := range s {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return len(s) <= 12
}

func (r *reader) show(b []byte, i int) []byte {
	if len(b) > 0 {
		b = append(b, ' ')
	}
	return append(b, r.w.raw(i)...)
}

// mask replaces everything from word i on.
func (r *reader) mask(b []byte, i int) []byte {
	if i >= r.w.n() {
		return b
	}
	if len(b) > 0 {
		b = append(b, ' ')
	}
	return append(b, masked...)
}
