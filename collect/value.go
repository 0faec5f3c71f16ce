package collect

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Type is the type of a [Value].
type Type uint8

// The types of values. TypeAbsent is the type of the zero Value.
const (
	TypeAbsent Type = iota
	TypeText
	TypeNumber
	TypeBool
	TypeTime
	TypeSet
	TypeList
	TypeUnknown
)

var typeNames = [...]string{"absent", "text", "number", "boolean", "time", "set", "list", "unknown"}

func (t Type) String() string { return typeNames[t] }

// Value is what a key says. The zero Value means that there is none. Values
// are immutable.
type Value struct {
	typ   Type
	text  string // the text, the number as written, "true" or "false", the time, the reason
	items []string
}

// Text returns a text value. Bytes that are not UTF-8 become visible as \xNN.
func Text(s string) Value { return Value{typ: TypeText, text: validText(s)} }

// Number returns a whole number.
func Number(n int64) Value { return Value{typ: TypeNumber, text: strconv.FormatInt(n, 10)} }

// Bool returns a boolean.
func Bool(b bool) Value { return Value{typ: TypeBool, text: strconv.FormatBool(b)} }

// Time returns a point in time, written in UTC.
func Time(t time.Time) Value {
	return Value{typ: TypeTime, text: t.UTC().Format(time.RFC3339Nano)}
}

// LocalTime returns the reading of a clock whose zone is not known; it is
// written without one.
func LocalTime(t time.Time) Value {
	return Value{typ: TypeTime, text: t.Format("2006-01-02T15:04:05.999999999")}
}

// Set returns an unordered set; duplicates are dropped and the members sorted.
func Set(members ...string) Value {
	return Value{typ: TypeSet, items: sortedSet(members)}
}

// List returns a list, in which order matters.
func List(items ...string) Value {
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = validText(s)
	}
	return Value{typ: TypeList, items: out}
}

// Unknown says that a value exists or may exist, and why it cannot be told.
func Unknown(reason string) Value {
	return Value{typ: TypeUnknown, text: oneLine(validText(reason))}
}

func sortedSet(members []string) []string {
	out := make([]string, len(members))
	for i, s := range members {
		out[i] = validText(s)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Type returns the type of v.
func (v Value) Type() Type { return v.typ }

// IsAbsent reports whether there is no value.
func (v Value) IsAbsent() bool { return v.typ == TypeAbsent }

// IsUnknown reports whether v is unknown.
func (v Value) IsUnknown() bool { return v.typ == TypeUnknown }

// Items returns the members of a set, sorted, or the items of a list, else nil.
// The caller must not change them.
func (v Value) Items() []string { return v.items }

// Raw returns the text of a scalar without any quoting, or the reason of an
// unknown value.
func (v Value) Raw() string { return v.text }

// Int returns a whole number; ok is false for every other value.
func (v Value) Int() (n int64, ok bool) {
	if v.typ != TypeNumber {
		return 0, false
	}
	n, err := strconv.ParseInt(v.text, 10, 64)
	return n, err == nil
}

// IsTrue and IsFalse are both false for anything that is not a boolean.
func (v Value) IsTrue() bool { return v.typ == TypeBool && v.text == "true" }

// IsFalse reports whether v is the boolean false.
func (v Value) IsFalse() bool { return v.typ == TypeBool && v.text == "false" }

// Has reports whether a set or list holds s.
func (v Value) Has(s string) bool {
	if v.typ == TypeSet {
		_, found := slices.BinarySearch(v.items, s)
		return found
	}
	return slices.Contains(v.items, s)
}

// Equal reports whether v and w are the same known value. Unknown is equal to
// nothing, not even to itself: two nights in which a value could not be seen do
// not show that it stayed the same.
func (v Value) Equal(w Value) bool {
	if v.typ == TypeUnknown || w.typ == TypeUnknown {
		return false
	}
	return v.typ == w.typ && v.text == w.text && slices.Equal(v.items, w.items)
}

// Compare orders values for sorting only; the order of two types means nothing.
func (v Value) Compare(w Value) int {
	return cmp.Or(cmp.Compare(v.typ, w.typ), cmp.Compare(v.text, w.text), slices.Compare(v.items, w.items))
}

// String returns the form of v, see [Value.AppendForm].
func (v Value) String() string { return string(v.AppendForm(nil)) }
