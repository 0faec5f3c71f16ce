package rules

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// Catalogue lists every requirement number of a standard, so that a report can
// name also those that nothing here can speak to. It is data of a pack, the
// file requirements.csv. Titles are our own words.
type Catalogue struct {
	Standard string
	rows     []StandardRequirement
	index    map[string]int
}

// StandardRequirement is one number of a standard.
type StandardRequirement struct {
	Number    string // 8.3.10.1
	Title     string // ours; the standard's text is copyrighted
	Origin    string // carried, or new
	Effective string // date a new one became mandatory, "" when carried over
	AppliesTo string // all, SP, issuers, multi-tenant SP
	Milestone int    // of the Prioritized Approach, 1 (first) to 6; 0 when none
	Note      string
}

var catalogueColumns = []string{"requirement", "title", "origin", "effective_if_new", "applies_to", "priority_milestone", "note"}

func readCatalogue(fsys fs.FS, standard string) (*Catalogue, error) {
	const name = "requirements.csv"
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the catalogue of %s: %w", standard, err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], catalogueColumns) {
		return nil, fmt.Errorf("%s: the columns must be %s", name, strings.Join(catalogueColumns, ","))
	}
	c := &Catalogue{Standard: standard, index: map[string]int{}}
	for i, r := range rows[1:] {
		milestone := 0
		if r[5] != "" {
			if milestone, err = strconv.Atoi(r[5]); err != nil {
				return nil, fmt.Errorf("%s: row %d: milestone: %w", name, i+2, err)
			}
		}
		c.rows = append(c.rows, StandardRequirement{
			Number: r[0], Title: r[1], Origin: r[2], Effective: r[3], AppliesTo: r[4], Milestone: milestone, Note: r[6],
		})
	}
	slices.SortStableFunc(c.rows, func(a, b StandardRequirement) int { return CompareNumbers(a.Number, b.Number) })
	for i, r := range c.rows {
		if _, twice := c.index[r.Number]; twice {
			return nil, errors.New(name + ": " + r.Number + " occurs twice")
		}
		c.index[r.Number] = i
	}
	return c, nil
}

// All returns every requirement in the order of the standard.
func (c *Catalogue) All() []StandardRequirement { return slices.Clone(c.rows) }

// Lookup returns one requirement.
func (c *Catalogue) Lookup(number string) (StandardRequirement, bool) {
	i, ok := c.index[number]
	if !ok {
		return StandardRequirement{}, false
	}
	return c.rows[i], true
}

// CompareNumbers orders requirement numbers the way people read them: 8.3.9
// before 8.3.10 before 8.3.10.1, and the appendices A1, A2 behind 12.
func CompareNumbers(a, b string) int {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, errX := strconv.Atoi(as[i])
		y, errY := strconv.Atoi(bs[i])
		var order int
		switch {
		case errX == nil && errY == nil:
			order = cmp.Compare(x, y)
		case errX == nil:
			order = -1
		case errY == nil:
			order = 1
		default:
			order = compareNatural(as[i], bs[i])
		}
		if order != 0 {
			return order
		}
	}
	return cmp.Compare(len(as), len(bs))
}

// compareNatural orders names with numbers in them: H2, H10, H10a.
func compareNatural(a, b string) int {
	for a != "" && b != "" {
		if digits(a) > 0 && digits(b) > 0 {
			n, m := digits(a), digits(b)
			x, y := strings.TrimLeft(a[:n], "0"), strings.TrimLeft(b[:m], "0")
			if order := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); order != 0 {
				return order
			}
			a, b = a[n:], b[m:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits counts the digits that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
