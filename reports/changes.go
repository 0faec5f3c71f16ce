package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// changeRow is one or more differences that are shown as one. A user that was
// removed takes a dozen keys along; that is one thing to read.
type changeRow struct {
	Key          collect.Key // of the change, or of the entity that came or went
	Op           baseline.Op
	Direction    rules.Direction
	Cause        rules.Cause
	Severity     string // the worst
	Requirements []string
	Why          []string
	Refs         []string
	Peers        *Peers // of a service that got weaker, nil when not known
	Changes      []*rules.JudgedChange
}

// wholeEntity is how many keys of one entity must come or go together before
// they are shown as one.
const wholeEntity = 3

// changeRows returns the differences of a system, weaker ones first.
func (p *page) changeRows(system string) []changeRow {
	type group struct {
		entity    collect.Key
		op        baseline.Op
		direction rules.Direction
		cause     rules.Cause
		source    string
	}
	list := p.byDirection(system)
	of := func(c *rules.JudgedChange) (group, bool) {
		entity, many := c.Key.Entity()
		return group{entity, c.Op, c.Direction, c.Cause, c.Source}, many && (c.Op == baseline.Added || c.Op == baseline.Removed)
	}
	size := map[group]int{}
	for _, c := range list {
		if g, ok := of(c); ok {
			size[g]++
		}
	}
	var rows []changeRow
	at := map[group]int{}
	for _, c := range list {
		g, ok := of(c)
		if ok = ok && size[g] >= wholeEntity; ok {
			if i, begun := at[g]; begun {
				rows[i].Changes = append(rows[i].Changes, c)
				continue
			}
			at[g] = len(rows)
		}
		row := changeRow{
			Key: c.Key, Op: c.Op, Direction: c.Direction, Cause: c.Cause, Severity: c.Severity,
			Changes: []*rules.JudgedChange{c},
		}
		if ok {
			row.Key = g.entity
		}
		rows = append(rows, row)
	}
	named := map[collect.Key]bool{}
	for i := range rows {
		row := &rows[i]
		var evidence [][]rules.Evidence
		for _, c := range row.Changes {
			row.Requirements = append(row.Requirements, c.Requirements...)
			row.Why = alsoWhy(row.Why, c.Why)
			evidence = append(evidence, c.Evidence)
		}
		row.Requirements = slices.Compact(sorted(row.Requirements, rules.CompareNumbers))
		row.Refs = p.refsOf(evidence...)
		if entity, many := row.Changes[0].Key.Entity(); many && row.Direction == rules.Weaker && !named[entity] {
			named[entity] = true // its other keys need not repeat them
			row.Peers = p.peersOf(system, entity)
		}
	}
	return rows
}

// Whole reports whether the row stands for several keys of one entity.
func (r *changeRow) Whole() bool { return len(r.Changes) > 1 }

// Members reports whether the change is shown by the members that came and went.
func (r *changeRow) Members() bool {
	c := r.Changes[0]
	return c.Op == baseline.Changed && len(c.Change.Added)+len(c.Change.Removed) > 0
}

// text says in few words what happened.
func (r *changeRow) text() string {
	if !r.Whole() {
		return difference(&r.Changes[0].Change)
	}
	names := make([]string, len(r.Changes))
	for i, c := range r.Changes {
		names[i] = strings.TrimPrefix(string(c.Key), string(r.Key)+"/")
	}
	word := "new"
	if r.Op == baseline.Removed {
		word = "gone"
	}
	return fmt.Sprintf("%s, %d keys: %s", word, len(names), strings.Join(names, " "))
}

// foldSources makes one change of what several extracts of a system tell alike: a
// rule that is new both in the AT-TLS policy file and in the listing of the
// policy in force came once. Of what they tell differently each row says whose
// it is. Changes are sorted.
func foldSources(changes []rules.JudgedChange) []rules.JudgedChange {
	var out []rules.JudgedChange
	for _, c := range changes {
		if n := len(out) - 1; n >= 0 && sameButSource(&out[n], &c) {
			row := &out[n]
			row.Source += ", " + c.Source
			row.Checks = slices.Compact(sorted(slices.Concat(row.Checks, c.Checks), rules.CompareNumbers))
			row.Requirements = slices.Compact(sorted(slices.Concat(row.Requirements, c.Requirements), rules.CompareNumbers))
			row.Evidence = slices.Compact(sortedEvidence(slices.Concat(row.Evidence, c.Evidence)))
			if severityRank(c.Severity) < severityRank(row.Severity) {
				row.Severity = c.Severity
			}
			row.Why = strings.Join(alsoWhy([]string{row.Why}, c.Why), "; ")
			continue
		}
		out = append(out, c)
	}
	differ := func(i, j int) bool {
		return i >= 0 && j < len(out) && drift(&out[i]) && drift(&out[j]) && out[i].System == out[j].System && out[i].Key == out[j].Key
	}
	for i := range out {
		if differ(i-1, i) || differ(i, i+1) {
			out[i].Why = strings.TrimSuffix(tells(out[i].Source)+"; "+out[i].Why, "; ")
		}
	}
	return out
}

// alsoWhy adds a reason to others unless one of them says it too.
func alsoWhy(list []string, why string) []string {
	if why == "" || slices.ContainsFunc(list, func(w string) bool { return strings.Contains(w, why) }) {
		return list
	}
	return append(slices.DeleteFunc(list, func(w string) bool { return strings.Contains(why, w) }), why)
}

// tells is what the reason of a change begins with that another source tells
// differently.
func tells(source string) string { return "as " + source + " tells it" }

// disputed reports whether a row is one of those, and returns whose it is.
func (r *changeRow) disputed() (teller string, ok bool) {
	teller = tells(r.Changes[0].Source)
	return teller, len(r.Why) > 0 && strings.HasPrefix(r.Why[0], teller)
}

func sameButSource(a, b *rules.JudgedChange) bool {
	return drift(a) && a.System == b.System && a.Key == b.Key && a.Op == b.Op && a.Direction == b.Direction && a.Cause == b.Cause &&
		a.Source != b.Source && a.Old.Equal(b.Old) && a.New.Equal(b.New) && slices.Equal(a.Added, b.Added) && slices.Equal(a.Removed, b.Removed) && a.Reason == b.Reason
}

// foldIdle makes one change of all keys of a thing that was idle, in the manner
// of [baseline.FoldIdle], with what the rules say of any of them. Changes are
// sorted.
func foldIdle(changes []rules.JudgedChange) []rules.JudgedChange {
	var out []rules.JudgedChange
	for _, c := range changes {
		if !c.Idle {
			out = append(out, c)
			continue
		}
		entity, _ := c.Key.Entity()
		if n := len(out) - 1; n >= 0 && out[n].Idle && out[n].Key == entity && out[n].System == c.System && out[n].Source == c.Source {
			row := &out[n]
			row.Keys++
			row.Checks = slices.Compact(sorted(slices.Concat(row.Checks, c.Checks), rules.CompareNumbers))
			row.Requirements = slices.Compact(sorted(slices.Concat(row.Requirements, c.Requirements), rules.CompareNumbers))
			if directionRank(c.Direction) < directionRank(row.Direction) {
				row.Direction = c.Direction
			}
			if severityRank(c.Severity) < severityRank(row.Severity) {
				row.Severity = c.Severity
			}
			continue
		}
		c.Change = baseline.Change{Op: c.Op, Key: entity, Class: c.Class, Source: c.Source, Idle: true, Keys: 1}
		out = append(out, c)
	}
	return out
}

// notSeenRow is something observed that did not occur: all of a thing, or some
// of what it had.
type notSeenRow struct {
	Key     collect.Key
	Members []string // what it had: a member of a set, or "key: member"
	Why     string   // of all of a thing
}

// what says what of the key was not seen.
func (r *notSeenRow) what() string {
	if len(r.Members) > 0 {
		return ": " + strings.Join(r.Members, ", ")
	}
	if r.Why != "" {
		return ": " + r.Why
	}
	return ": nothing; it may be idle"
}

// notSeenRows makes one row of all that was not seen of a thing.
func (p *page) notSeenRows(system string) []notSeenRow {
	var rows []notSeenRow
	at := map[collect.Key]int{}
	for _, c := range p.withOp(system, baseline.NotSeen) {
		entity, many := c.Key.Entity()
		if c.Idle || !many {
			row := notSeenRow{Key: c.Key, Members: c.Removed}
			if strings.HasPrefix(c.Why, "moved to ") {
				row.Why = c.Why
			}
			rows = append(rows, row)
			continue
		}
		i, begun := at[entity]
		if !begun {
			i = len(rows)
			at[entity] = i
			rows = append(rows, notSeenRow{Key: entity})
		}
		name := strings.TrimPrefix(string(c.Key), string(entity)+"/")
		if len(c.Removed) > 0 {
			name += ": " + strings.Join(c.Removed, " ")
		}
		rows[i].Members = append(rows[i].Members, name)
	}
	return rows
}
