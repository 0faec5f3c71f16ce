package racf

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Reasons of unknown values that reports and rules may show to people.
const (
	notVisible  = "not visible: collecting user lacks AUDITOR"
	cutLine     = "the last line has no line end and may be cut"
	noSuchLine  = "this listing has no line for it"
	auditGap    = "not printed, although other audit options are"
	notInList   = "SETROPTS LIST does not print it"
	notReturned = "the extract does not hold it"
	noSuchField = "the extract interface has no field for it"
)

// answer is what an extract says about one option.
type answer struct {
	value   collect.Value
	at      collect.Origin
	members []collect.Member // of a class list
	// doubt says why the value cannot be relied on; "" when it was read whole.
	doubt string
	// absence: the value follows from what is not there, as the end of a class
	// list does, so it falls when lines are known to be lost. A scalar is also
	// doubtful in a listing that was cut.
	absence bool
}

// answers is what one extract says.
type answers struct {
	file    *collect.File
	listing bool // SETROPTS LIST, not an extract by field
	got     map[string]answer

	state  collect.State
	reason string
	// lost: lines are known to be missing somewhere.
	lost bool
	// stale: a newer answer should be in the file and is not.
	stale bool
}

func newAnswers(f *collect.File, listing bool) *answers {
	return &answers{file: f, listing: listing, got: map[string]answer{}}
}

// set records an answer. A second one must say the same, unless the first only
// followed from absence or was unknown. It reports whether the answer was new.
func (a *answers) set(name string, n answer) (fresh bool, err error) {
	old, seen := a.got[name]
	switch {
	case !seen, old.value.IsUnknown() && old.doubt == "", n.value.IsUnknown(), old.absence && !n.absence && len(old.members) == 0:
		a.got[name] = n
		return true, nil
	case old.value.Compare(n.value) == 0, old.value.IsUnknown():
		return false, nil
	}
	return false, &collect.Error{File: a.file.Name, Line: n.at.Pos, Offset: n.at.Offset,
		Err:    fmt.Errorf("%w: %s is %s here and %s at line %d", collect.ErrTwoValues, name, clip(n.value.String()), clip(old.value.String()), old.at.Pos),
		Advice: "the file holds two answers mixed together; take the extract again, on its own"}
}

// auditor reports whether anything was seen that only an auditor sees.
func (a *answers) auditor() bool {
	for _, f := range fields {
		if g, ok := a.got[f.name]; ok && f.audit && !g.value.IsUnknown() {
			return true
		}
	}
	return false
}

// complete fills in every option about which nothing was said, which it may
// only do when the extract is whole, and says what auditing authority it shows.
func (a *answers) complete() {
	whole := a.state == collect.Complete
	auditor := a.auditor()
	switch {
	case auditor:
		a.got[visibility] = answer{value: collect.Text("auditor")}
	case whole:
		a.got[visibility] = answer{value: collect.Text("basic")}
	default:
		a.got[visibility] = answer{value: collect.Unknown("no audit option was reached")}
	}
	for name, g := range a.got {
		switch {
		case a.lost && g.absence && !g.value.IsUnknown():
			g.value, g.members, g.doubt = collect.Unknown(a.reason), nil, a.reason
		case a.stale && g.doubt == "", !whole && g.absence && g.members == nil && g.doubt == "":
			g.doubt = a.reason
		}
		a.got[name] = g
	}
	if !whole {
		return
	}
	for _, f := range fields {
		if _, ok := a.got[f.name]; !ok {
			a.got[f.name] = answer{value: a.unsaid(f, auditor)}
		}
	}
}

// unsaid is the value of an option that a whole extract does not mention.
func (a *answers) unsaid(f *field, auditor bool) collect.Value {
	switch {
	case f.audit && !auditor:
		return collect.Unknown(notVisible)
	case a.listing && f.line == 0:
		return collect.Unknown(notInList)
	case a.listing && f.audit:
		return collect.Unknown(auditGap)
	case a.listing:
		return collect.Unknown(noSuchLine)
	case f.unset:
		return f.notSet()
	}
	switch f.name {
	case "RACLIST_ONLY":
		return collect.Unknown(noSuchField)
	case "WHENPROG_MODE":
		if a.got["WHENPROG"].value.IsFalse() {
			return collect.Text(none)
		}
		return collect.Unknown(noSuchField)
	case "ERASEALL":
		// The field only comes with ERASE.
		if a.got["ERASE"].value.IsFalse() {
			return collect.Bool(false)
		}
	case "RULES":
		// Newer levels return the rules alone.
		for n := 1; n <= 8; n++ {
			if g, ok := a.got[fmt.Sprint("RULE", n)]; ok && g.value.Raw() != none {
				return collect.Bool(true)
			}
		}
		return collect.Bool(false)
	}
	return collect.Unknown(notReturned)
}

const visibility = "_visibility"

// record writes the answers of all files into one part. With several files a
// known value stands before an unknown one; two known values that differ are an
// error of the recorder, which names both places.
func record(out *collect.Recorder, all []*answers) error {
	state, reason := collect.State(""), ""
	for _, a := range all {
		a.complete()
		if state == "" || rank(a.state) < rank(state) {
			state, reason = a.state, a.reason
		}
	}
	out.Cover(collect.Coverage{Prefix: prefix, State: state, Reason: reason})
	if slices.ContainsFunc(all, (*answers).auditor) {
		for _, a := range all { // together they show what an auditor sees
			a.got[visibility] = answer{value: collect.Text("auditor")}
		}
	}
	for _, name := range names() {
		if err := recordOne(out, prefix.Join(name), name, state, all); err != nil {
			return err
		}
	}
	return nil
}

// recordOne writes the best answers to one option: those of the fewest doubts.
func recordOne(out *collect.Recorder, key collect.Key, name string, state collect.State, all []*answers) error {
	best, found := 3, false
	for _, a := range all {
		if g, ok := a.got[name]; ok {
			best, found = min(best, g.rank()), true
		}
	}
	if !found {
		return nil
	}
	covered := false
	for _, a := range all {
		g, ok := a.got[name]
		if !ok || g.rank() != best {
			continue
		}
		if g.value.IsUnknown() && covered {
			continue // one reason is enough
		}
		if g.at.Pos == 0 {
			g.at.File = a.file.Index()
		}
		e := collect.Entry{Key: key, Value: g.value, At: g.at}
		if g.value.Type() == collect.TypeSet {
			e = collect.SetEntry(key, g.at, g.members)
		}
		if err := out.Add(e); err != nil {
			return err
		}
		switch {
		case g.doubt != "":
			out.Cover(collect.Coverage{Prefix: key, State: collect.Partial, Reason: g.doubt})
		case state != collect.Complete && !g.value.IsUnknown():
			out.Cover(collect.Coverage{Prefix: key, State: collect.Complete})
		}
		covered = true
	}
	return nil
}

// rank orders answers: read whole, doubtful, unknown.
func (g answer) rank() int {
	switch {
	case g.value.IsUnknown():
		return 2
	case g.doubt != "":
		return 1
	}
	return 0
}

func rank(s collect.State) int {
	switch s {
	case collect.Complete:
		return 0
	case collect.Open:
		return 1
	}
	return 2
}

func names() []string {
	out := []string{visibility}
	for _, f := range fields {
		out = append(out, f.name)
	}
	return out
}

// clip shortens text from an extract for a message.
func clip(s string) string {
	const most = 60
	if s = strings.ToValidUTF8(s, "?"); len(s) > most {
		return s[:most] + "..."
	}
	return s
}
