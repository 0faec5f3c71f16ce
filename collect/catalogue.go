package collect

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// The catalogue is data: one CSV file for each first segment of the keys, with
// the columns pattern, type, class, sources (separated by blanks) and meaning.
// A segment written <like this> stands for any text; <like this...> as the last
// segment stands for one or more.
//
//go:embed keys/*.csv
var catalogueFiles embed.FS

// Definition is what the catalogue says about the keys of one pattern.
type Definition struct {
	Pattern string
	Type    Type
	Class   Class
	Sources []string
	Meaning string
}

// Catalogue knows every key that irondrift's own sources produce.
type Catalogue struct {
	defs []Definition
	root *catalogueNode
}

type catalogueNode struct {
	literal map[string]*catalogueNode
	any     *catalogueNode
	rest    *Definition // <name...>
	def     *Definition
}

// Keys returns the built-in catalogue.
var Keys = sync.OnceValue(func() *Catalogue {
	c, err := readCatalogue(catalogueFiles)
	if err != nil {
		panic("internal error: the built-in key catalogue is broken: " + err.Error())
	}
	return c
})

func readCatalogue(fsys fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(fsys, "keys/*.csv")
	if err != nil {
		return nil, err
	}
	c := &Catalogue{root: &catalogueNode{}}
	for _, name := range names {
		f, err := fsys.Open(name)
		if err != nil {
			return nil, err
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i, row := range rows {
			if i == 0 {
				continue // column names
			}
			d, err := parseDefinition(row)
			if err != nil {
				return nil, fmt.Errorf("%s: row %d: %w", name, i+1, err)
			}
			if err := c.add(d); err != nil {
				return nil, fmt.Errorf("%s: row %d: %w", name, i+1, err)
			}
		}
	}
	slices.SortFunc(c.defs, func(a, b Definition) int { return strings.Compare(a.Pattern, b.Pattern) })
	return c, nil
}

func parseDefinition(row []string) (Definition, error) {
	typ := slices.Index(typeNames[:], row[1])
	class := slices.Index(classNames[:], row[2])
	if typ <= 0 || class < 0 {
		return Definition{}, fmt.Errorf("%s: unknown type %q or class %q", row[0], row[1], row[2])
	}
	return Definition{
		Pattern: row[0], Type: Type(typ), Class: Class(class),
		Sources: strings.Fields(row[3]), Meaning: row[4],
	}, nil
}

func (c *Catalogue) add(d Definition) error {
	n := c.root
	segments := strings.Split(d.Pattern, "/")
	for i, s := range segments {
		switch {
		case strings.HasSuffix(s, "...>"):
			if i != len(segments)-1 {
				return fmt.Errorf("%s: %s must come last", d.Pattern, s)
			}
			n.rest = &d
			c.defs = append(c.defs, d)
			return nil
		case strings.HasPrefix(s, "<"):
			if n.any == nil {
				n.any = &catalogueNode{}
			}
			n = n.any
		default:
			if n.literal == nil {
				n.literal = map[string]*catalogueNode{}
			}
			if n.literal[s] == nil {
				n.literal[s] = &catalogueNode{}
			}
			n = n.literal[s]
		}
	}
	if n.def != nil {
		return fmt.Errorf("%s: defined twice", d.Pattern)
	}
	n.def = &d
	c.defs = append(c.defs, d)
	return nil
}

// Lookup returns the definition of the most literal pattern that matches key.
// It does not allocate.
func (c *Catalogue) Lookup(key Key) (Definition, bool) {
	if d := c.root.find(string(key)); d != nil {
		return *d, true
	}
	return Definition{}, false
}

func (n *catalogueNode) find(rest string) *Definition {
	segment, tail, more := strings.Cut(rest, "/")
	for _, next := range [2]*catalogueNode{n.literal[segment], n.any} {
		switch {
		case next == nil:
		case more:
			if d := next.find(tail); d != nil {
				return d
			}
		case next.def != nil:
			return next.def
		}
	}
	return n.rest
}

// cursor finds definitions for keys that come one entity after the other: it
// stays where the last segment of the key before was looked up.
type cursor struct {
	root   *catalogueNode
	prefix string         // of the key before, without its last segment
	node   *catalogueNode // there; nil when more than one pattern leads there
	rest   *Definition    // what holds when node knows no better
}

func (c *cursor) find(key string) *Definition {
	i := strings.LastIndexByte(key, '/')
	if i < 0 {
		return c.root.find(key)
	}
	if key[:i] != c.prefix {
		c.enter(strings.Clone(key[:i]))
	}
	if c.node == nil {
		return c.root.find(key)
	}
	if d := c.node.find(key[i+1:]); d != nil {
		return d
	}
	return c.rest
}

// enter goes to where a prefix leads.
func (c *cursor) enter(prefix string) {
	c.prefix, c.node, c.rest = prefix, c.root, nil
	for segment := range strings.SplitSeq(prefix, "/") {
		if c.node.rest != nil {
			c.rest = c.node.rest
		}
		literal, wild := c.node.literal[segment], c.node.any
		switch {
		case literal != nil && wild != nil:
			c.node = nil
			return
		case literal != nil:
			c.node = literal
		case wild != nil:
			c.node = wild
		default:
			c.node = &catalogueNode{}
			return
		}
	}
}

// Class returns the class of key; a key outside the catalogue is a setting.
func (c *Catalogue) Class(key Key) Class {
	if d := c.root.find(string(key)); d != nil {
		return d.Class
	}
	return Setting
}

// Type returns the type of key, TypeAbsent for a key outside the catalogue.
func (c *Catalogue) Type(key Key) Type {
	if d := c.root.find(string(key)); d != nil {
		return d.Type
	}
	return TypeAbsent
}

// Retype gives a value that was read from an export the type the catalogue
// knows for its key.
func (c *Catalogue) Retype(key Key, v Value) Value { return v.as(c.Type(key)) }

// Definitions returns every definition, sorted by pattern.
func (c *Catalogue) Definitions() []Definition { return slices.Clone(c.defs) }
