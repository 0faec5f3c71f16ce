package compextr

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// mapping.csv has the columns compextr (IBM's key), key (of the catalogue) and
// words: blank-separated pairs such as ENABLED=on that translate values.
//
//go:embed mapping.csv
var builtinMapping string

// target is a key of the catalogue that a key of COMPEXTR tells.
type target struct {
	key   collect.Key
	typ   collect.Type
	words map[string]string
}

// mapping finds the targets of IBM's keys, whatever their case.
type mapping struct{ byName map[string][]target }

// newMapping joins the built-in table with the site's aliases that name keys of
// the catalogue.
func newMapping(aliases map[string][]string) (*mapping, error) {
	m := &mapping{byName: map[string][]target{}}
	rows, err := csv.NewReader(strings.NewReader(builtinMapping)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("internal error: mapping.csv: %w", err)
	}
	for _, row := range rows[1:] {
		if err := m.add(row[0], collect.Key(row[1]), row[2]); err != nil {
			return nil, fmt.Errorf("internal error: mapping.csv: %w", err)
		}
	}
	for key, names := range aliases {
		if !strings.HasPrefix(key, "zvm/") {
			continue // a column of another source
		}
		for _, name := range names {
			if err := m.add(name, collect.Key(key), ""); err != nil {
				return nil, &collect.Error{Offset: -1, Err: fmt.Errorf("column_aliases: %w", err),
					Advice: "name a key of the catalogue on the left (irondrift keys) and COMPEXTR's key on the right"}
			}
		}
	}
	for _, t := range m.byName {
		slices.SortFunc(t, func(a, b target) int { return strings.Compare(string(a.key), string(b.key)) })
	}
	return m, nil
}

func (m *mapping) add(name string, key collect.Key, words string) error {
	def, ok := collect.Keys().Lookup(key)
	if !ok {
		return fmt.Errorf("key %q is not in the catalogue", key)
	}
	if name == "" {
		return errors.New("an empty name for key " + string(key))
	}
	t := target{key: key, typ: def.Type, words: map[string]string{}}
	for _, pair := range strings.Fields(words) {
		from, to, _ := strings.Cut(pair, "=")
		t.words[strings.ToUpper(from)] = to
	}
	name = strings.ToUpper(name)
	m.byName[name] = append(m.byName[name], t)
	return nil
}

func (m *mapping) targets(name string) []target { return m.byName[strings.ToUpper(name)] }

// translate gives a value the type of the target. Words for a switch are written
// in lower case, as the catalogue's are; a value that does not fit is unknown.
func (t target) translate(v collect.Value) collect.Value {
	if to, ok := t.words[strings.ToUpper(v.Raw())]; ok {
		v = collect.Text(to)
	}
	switch t.typ {
	case collect.TypeText:
		switch v.Type() {
		case collect.TypeNumber:
			return collect.Text(v.Raw())
		case collect.TypeText:
			if w := strings.ToLower(v.Raw()); slices.Contains([]string{"on", "off", "yes", "no", "none"}, w) {
				return collect.Text(w)
			}
			return v
		}
	case collect.TypeSet:
		switch v.Type() {
		case collect.TypeList:
			return collect.Set(v.Items()...)
		case collect.TypeText:
			return collect.Set(strings.Fields(v.Raw())...)
		}
	case v.Type():
		return v
	}
	return collect.Unknown(fmt.Sprintf("COMPEXTR gives a %s where a %s is expected", v.Type(), t.typ))
}
