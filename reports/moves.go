package reports

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// foldMoves makes one change of a service that one stack has lost and another
// has got, in the manner of [baseline.FoldMoves], with what the rules say of any
// of its keys. What makes it weaker in the new place stays a change of its own.
func foldMoves(changes []rules.JudgedChange) []rules.JudgedChange {
	var moves baseline.Moves
	for i := range changes {
		moves.Add(&changes[i].Change)
	}
	if !moves.Any() {
		return changes
	}
	var out []rules.JudgedChange
	at := map[collect.Key]int{} // of the row of a move
	for _, c := range changes {
		var m *baseline.Move
		if c.Op == baseline.Added || c.Idle {
			entity, _ := c.Key.Entity()
			m = moves.Of(entity)
		}
		switch {
		case m == nil:
		case c.Idle:
			c.Why = m.Left()
		case !m.Same(&c.Change) || c.Direction == rules.Weaker:
			c.Why = strings.TrimPrefix(c.Why+"; "+m.Reason(&c.Change), "; ")
		default:
			i, begun := at[m.To]
			if !begun {
				i = len(out)
				at[m.To] = i
				row := c
				row.Change = m.Row(&c.Change)
				row.Direction, row.Severity = rules.Neutral, ""
				out = append(out, row)
			}
			row := &out[i]
			row.Keys++
			row.Checks = slices.Compact(sorted(slices.Concat(row.Checks, c.Checks), rules.CompareNumbers))
			row.Requirements = slices.Compact(sorted(slices.Concat(row.Requirements, c.Requirements), rules.CompareNumbers))
			row.Why = m.RowReason(row.Keys)
			continue
		}
		out = append(out, c)
	}
	return out
}
