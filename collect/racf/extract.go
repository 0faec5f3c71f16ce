package racf

import (
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// extract collects the fields of the forms that name them.
type extract struct {
	out *collect.Recorder
	a   *answers
}

func newExtract(out *collect.Recorder, f *collect.File) *extract {
	return &extract{out: out, a: newAnswers(f, false)}
}

// setOnly are fields that SETROPTS can be given and never returns.
var setOnly = map[string]bool{"MODEL": true, "REFRESH": true}

// field looks a field up by name; a name that is not known is counted.
func (x *extract) field(name string, at collect.Origin) *field {
	if f := fieldByName[name]; f != nil && name != "RACLIST_ONLY" && name != "WHENPROG_MODE" {
		return f
	}
	if setOnly[name] {
		x.out.Ignored("field that can only be set", 1)
		return nil
	}
	x.out.Ignored("unrecognised field", 1)
	x.out.Warn(x.a.file, at.Pos, at.Offset, "unrecognised field %q", clip(name))
	return nil
}

// scalar records a field with one value. Data is "" when it is not set.
func (x *extract) scalar(f *field, data string, at collect.Origin) error {
	v, ok := f.decode(data)
	if !ok {
		// The data is not shown: it could be anything.
		x.out.Warn(x.a.file, at.Pos, at.Offset, "field %s has a value of a form that is not known", f.name)
		v = collect.Unknown("its value has a form that is not known")
	}
	return x.put(f, answer{value: v, at: at})
}

func (x *extract) put(f *field, n answer) error {
	fresh, err := x.a.set(f.name, n)
	if fresh {
		x.out.Used(1)
	} else if err == nil {
		x.out.Duplicate(1)
	}
	return err
}

// classes records a field that is a list of classes.
func (x *extract) classes(f *field, members []collect.Member) answer {
	texts := make([]string, 0, len(members))
	for _, m := range members {
		if !isClass(m.Text) {
			x.out.Warn(x.a.file, m.At.Pos, m.At.Offset, "field %s holds a word that is no class name", f.name)
			why := "it holds a word that is no class name"
			return answer{value: collect.Unknown(why), at: m.At, doubt: why}
		}
		texts = append(texts, m.Text)
	}
	n := answer{value: collect.Set(texts...), members: members}
	if len(members) > 0 {
		n.at = members[0].At
	}
	return n
}

// decode turns the data of a field, trimmed, into its value: the form in which
// the listing gives it.
func (f *field) decode(data string) (collect.Value, bool) {
	data = strings.TrimRight(strings.TrimSpace(data), "\x00 ")
	upper := strings.ToUpper(data)
	switch {
	case f.kind == flag:
		switch upper {
		case "Y", "YES", "TRUE", "1":
			return collect.Bool(true), true
		case "N", "NO", "FALSE", "0":
			return collect.Bool(false), true
		}
		return collect.Value{}, false
	case data == "":
		if f.unset {
			return f.notSet(), true
		}
		return collect.Unknown(notReturned), true
	case f.kind == number:
		n, ok := count(data)
		return collect.Number(n), ok
	}
	switch f.name {
	case "PROTALL", "MLS", "MLACTIVE", "CATDSNS":
		m, ok := mode(upper)
		return collect.Text(m), ok
	case "RVARSWPW", "RVARSTPW": // nothing else, lest a password gets in
		return collect.Text(upper), upper == "DEFAULT" || upper == "INSTLN"
	case "MLFS", "MLIPC":
		return collect.Text(upper), upper == "ACTIVE" || upper == "INACTIVE"
	case "SLEVAUDT", "ERASESEC":
		return collect.Text(withoutZeros(data)), isWord(data)
	case "RULE1", "RULE2", "RULE3", "RULE4", "RULE5", "RULE6", "RULE7", "RULE8":
		rule, ok := ruleText(data)
		return collect.Text(rule), ok
	}
	return collect.Text(data), isWord(data)
}

// end says how far an extract can be relied on that has proved by its own form
// that it is whole, or not; a capture header around it must be right too.
func (x *extract) end(whole bool, reason string, capture *collect.Capture, state collect.State, why string) {
	x.a.state, x.a.reason = collect.Complete, ""
	switch {
	case capture != nil && state != collect.Complete:
		x.a.state, x.a.reason = collect.Partial, why
	case !whole:
		x.a.state, x.a.reason = collect.Partial, reason
	}
}
