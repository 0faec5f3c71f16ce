package compextr

import (
	_ "embed"
	"encoding/csv"
	"strings"
)

// volatile.csv has the columns word and reason. IBM publishes no key, so that a
// key changes every night is told by a word in it.
//
//go:embed volatile.csv
var volatileTable string

// Volatile is a pattern of keys that change every night for a reason.
type Volatile struct{ Pattern, Reason string }

// VolatileKeys returns the patterns, in small letters, in capitals and with a
// capital in front: keys keep the case that COMPEXTR gives them.
func VolatileKeys() []Volatile {
	rows, err := csv.NewReader(strings.NewReader(volatileTable)).ReadAll()
	if err != nil {
		panic("internal error: volatile.csv: " + err.Error())
	}
	var out []Volatile
	for _, row := range rows[1:] {
		word := row[0]
		for _, w := range []string{word, strings.ToUpper(word), strings.ToUpper(word[:1]) + word[1:]} {
			out = append(out, Volatile{string(prefix) + "/*" + w + "*", "COMPEXTR: " + row[1]})
		}
	}
	return out
}
