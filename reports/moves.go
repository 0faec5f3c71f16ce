package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// A dynamic VIPA is an address that one member of a sysplex serves today and
// another tomorrow. Without more, the member that it left was idle, and the other
// has a new service with a score of keys. What happened is one thing: the service
// moved.

// zERT services are zert/<system>/<stack>/<role>/<job>/<endpoint>.
const (
	zertStack    = 3 // segments up to and with the stack
	zertEndpoint = 6
)

// servedAt returns what stays when a server moves: its endpoint.
func servedAt(entity collect.Key) (endpoint string, ok bool) {
	s := entity.Segments()
	if len(s) != zertEndpoint || s[0] != "zert" || s[zertStack] != "server" {
		return "", false
	}
	return s[zertEndpoint-1], true
}

// foldMoves makes one change of a service that one stack has lost and another
// has got, of whatever system. What is not the same in the new place stays a
// change of its own, and so does what makes it weaker there. When an endpoint
// went from or to several places nothing is folded.
func foldMoves(changes []rules.JudgedChange) []rules.JudgedChange {
	type side struct {
		from, to []collect.Key
	}
	moves := map[string]*side{}
	rows := map[collect.Key][]int{}
	note := func(list *[]collect.Key, entity collect.Key, i int) {
		if !slices.Contains(*list, entity) {
			*list = append(*list, entity)
		}
		rows[entity] = append(rows[entity], i)
	}
	for i := range changes {
		c := &changes[i]
		entity, _ := c.Key.Entity()
		endpoint, ok := servedAt(entity)
		if !ok || c.Op != baseline.Added && !c.Idle {
			continue
		}
		if moves[endpoint] == nil {
			moves[endpoint] = &side{}
		}
		if c.Idle {
			note(&moves[endpoint].from, entity, i)
		} else {
			note(&moves[endpoint].to, entity, i)
		}
	}
	gone := map[int]bool{}
	folded := map[int]rules.JudgedChange{}
	for _, m := range moves {
		if len(m.from) != 1 || len(m.to) != 1 || m.from[0].Head(zertStack) == m.to[0].Head(zertStack) {
			continue
		}
		from, to := m.from[0], m.to[0]
		old := map[collect.Key]collect.Value{}
		for _, i := range rows[from] {
			old[changes[i].Key[len(from):]] = changes[i].Old
		}
		// Every service has a protection: when it is no news, the service was
		// there before.
		if !slices.ContainsFunc(rows[to], func(i int) bool { return changes[i].Key == to+"/protection" }) {
			continue
		}
		for _, i := range rows[from] {
			changes[i].Why = "moved to " + string(to)
		}
		first := -1
		for _, i := range rows[to] {
			c := &changes[i]
			was, known := old[c.Key[len(to):]]
			if !known || !was.Equal(c.New) || c.Direction == rules.Weaker {
				text := fmt.Sprintf("moved here from %s", from)
				if known && !was.Equal(c.New) {
					text += ", where it was " + was.String()
				}
				c.Why = strings.TrimPrefix(c.Why+"; "+text, "; ")
				continue
			}
			if first < 0 {
				first = i
				row := *c
				row.Change = baseline.Change{Op: baseline.Changed, Key: to, Class: c.Class, Source: c.Source,
					Old: collect.Text(string(from.Head(zertStack))), New: collect.Text(string(to.Head(zertStack)))}
				row.Direction, row.Severity = rules.Neutral, ""
				folded[i] = row
			}
			row := folded[first]
			row.Keys++
			row.Checks = slices.Compact(sorted(slices.Concat(row.Checks, c.Checks), rules.CompareNumbers))
			row.Requirements = slices.Compact(sorted(slices.Concat(row.Requirements, c.Requirements), rules.CompareNumbers))
			row.Why = fmt.Sprintf("moved here from %s with %s as they were", from, plural(row.Keys, "value", "values"))
			folded[first] = row
			gone[i] = i != first
		}
	}
	var out []rules.JudgedChange
	for i, c := range changes {
		if row, ok := folded[i]; ok {
			c = row
		}
		if !gone[i] {
			out = append(out, c)
		}
	}
	return out
}
