package rules

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

// direction.csv says for keys whose values have an order which way is weaker,
// for changes that no check notices: a history of 24 that becomes 12 still
// passes, and is weaker all the same. The words of the column weaker:
//
//	higher, lower     of a number, written as text too; with "or none", no
//	                  value, 0 and a word such as *NOMAX are weakest
//	true, false       of a boolean
//	added, removed    a member of a set; behind it the members that count, or
//	                  "except" and those that do not. Text is a set of letters.
//	order a > b > c   of a text, from strong to weak; none is "no value"
//
//go:embed direction.csv
var directionCSV string

// comparator is one row of the table.
type comparator struct {
	pattern []string
	kind    string
	members []string
	except  bool
	none    bool
	why     string
}

var comparators = sync.OnceValue(func() []comparator {
	rows, err := csv.NewReader(strings.NewReader(directionCSV)).ReadAll()
	if err != nil {
		panic("internal error: direction.csv: " + err.Error())
	}
	var out []comparator
	for _, r := range rows[1:] {
		c, err := parseComparator(r)
		if err != nil {
			panic(fmt.Sprintf("internal error: direction.csv: %s: %v", r[0], err))
		}
		out = append(out, c)
	}
	return out
})

func parseComparator(row []string) (comparator, error) {
	words := strings.Fields(row[1])
	c := comparator{pattern: strings.Split(row[0], "/"), kind: words[0], members: words[1:], why: row[2]}
	switch c.kind {
	case "higher", "lower":
		c.none = slices.Equal(c.members, []string{"or", "none"})
		if !c.none && len(c.members) > 0 {
			return c, fmt.Errorf("%q is not understood", row[1])
		}
	case "true", "false":
	case "added", "removed":
		if len(c.members) > 0 && c.members[0] == "except" {
			c.except, c.members = true, c.members[1:]
		}
	case "order":
		c.members = slices.DeleteFunc(c.members, func(s string) bool { return s == ">" })
	default:
		return c, fmt.Errorf("%q is not understood", row[1])
	}
	return c, nil
}

// comparatorsFor returns the rows for a key.
func comparatorsFor(key collect.Key) []*comparator {
	var out []*comparator
	segments := strings.Split(string(key), "/")
	rows := comparators()
	for i := range rows {
		p := rows[i].pattern
		if len(p) != len(segments) {
			continue
		}
		fits := true
		for n, s := range p {
			fits = fits && (s[0] == '<' || s == segments[n])
		}
		if fits {
			out = append(out, &rows[i])
		}
	}
	return out
}

// compare returns the direction of a change from one value to another, and why.
// Values that the row has no order for are neutral.
func (c *comparator) compare(from, to collect.Value) (Direction, string) {
	d := Neutral
	switch c.kind {
	case "higher", "lower":
		d = c.compareNumbers(from, to)
	case "true", "false":
		if from.Raw() != to.Raw() && !from.IsAbsent() && !to.IsAbsent() {
			d = Stronger
			if to.Raw() == c.kind {
				d = Weaker
			}
		}
	case "added", "removed":
		d = c.compareMembers(from, to)
	case "order":
		a, b := c.rank(from), c.rank(to)
		switch {
		case a < 0 || b < 0:
		case b > a:
			d = Weaker
		case b < a:
			d = Stronger
		}
	}
	switch d {
	case Weaker:
		return d, c.why
	case Stronger:
		return d, "the reverse of: " + c.why
	}
	return d, ""
}

func (c *comparator) compareNumbers(from, to collect.Value) Direction {
	a, okA := figure(from)
	b, okB := figure(to)
	none := func(v collect.Value, n int64, ok bool) bool {
		return c.none && (v.IsAbsent() || ok && n == 0 || v.Type() == collect.TypeText && strings.HasPrefix(v.Raw(), "*"))
	}
	noneA, noneB := none(from, a, okA), none(to, b, okB)
	switch {
	case noneA && noneB:
	case noneB:
		return Weaker
	case noneA:
		return Stronger
	case !okA || !okB || a == b:
	case (b > a) == (c.kind == "higher"):
		return Weaker
	default:
		return Stronger
	}
	return Neutral
}

// figure is the number that a value is or, where a word can stand in its place,
// holds as text.
func figure(v collect.Value) (int64, bool) {
	if v.Type() == collect.TypeText {
		n, err := strconv.ParseInt(v.Raw(), 10, 64)
		return n, err == nil
	}
	return v.Int()
}

// compareMembers is weaker as soon as one member that counts moved the weak
// way, whatever else moved.
func (c *comparator) compareMembers(from, to collect.Value) Direction {
	counts := func(s string) bool {
		return len(c.members) == 0 || slices.Contains(c.members, s) != c.except
	}
	old, now := membersOf(from), membersOf(to)
	came := slices.ContainsFunc(now, func(s string) bool { return counts(s) && !slices.Contains(old, s) })
	went := slices.ContainsFunc(old, func(s string) bool { return counts(s) && !slices.Contains(now, s) })
	weak, strong := came, went
	if c.kind == "removed" {
		weak, strong = went, came
	}
	switch {
	case weak:
		return Weaker
	case strong:
		return Stronger
	}
	return Neutral
}

func membersOf(v collect.Value) []string {
	if v.Type() == collect.TypeText {
		return strings.Split(v.Raw(), "")
	}
	return v.Items()
}

func (c *comparator) rank(v collect.Value) int {
	text := v.Raw()
	if v.IsAbsent() || text == "" {
		text = "none"
	}
	return slices.Index(c.members, text)
}
