package attls

import (
	"slices"
	"strings"
)

// suggest returns what to say about a word that is not known: the word, when it
// has the form of a keyword, and the known one it is nearest to.
func suggest(n *node, names []string) string {
	if !plain(n.keyword) || n.keyword == masked {
		return ""
	}
	best, at := "", 3
	for _, name := range names {
		if d := distance(strings.ToLower(n.keyword), strings.ToLower(name), at); d < at {
			best, at = name, d
		}
	}
	if best == "" {
		return " " + n.keyword
	}
	return " " + n.keyword + ": was " + best + " meant?"
}

func statementNames() []string {
	var out []string
	for _, s := range statements {
		out = append(out, s.name)
	}
	return out
}

// parameterNames returns what may stand in a statement.
func parameterNames(statement string) []string {
	var out []string
	for _, p := range parameters {
		if slices.Contains(p.in, statement) {
			out = append(out, p.name)
		}
	}
	for _, s := range statements {
		if slices.Contains(s.in, statement) {
			out = append(out, s.name, s.name+"Ref")
		}
	}
	return out
}

func ruleKeywords() []string {
	out := []string{stTime + "Ref"}
	for _, name := range conditionNames {
		out = append(out, name)
	}
	for _, s := range actionStatements {
		out = append(out, s+"Ref")
	}
	for _, s := range statements {
		out = append(out, s.refs...)
	}
	slices.Sort(out)
	return out
}

// distance returns the edit distance of two words, or limit when it is not
// below that.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return min(row[len(b)], limit)
}
