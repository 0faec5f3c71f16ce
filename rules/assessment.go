package rules

import (
	"cmp"
	"slices"
	"strings"
)

// Combine joins the assessments of several systems, made by one engine, into
// one.
func Combine(parts ...*Assessment) *Assessment {
	out := &Assessment{}
	for _, p := range parts {
		if p == nil {
			continue
		}
		if out.Packs == nil {
			out.Packs, out.Checks = p.Packs, p.Checks
		}
		out.Findings = append(out.Findings, p.Findings...)
		out.Passes = append(out.Passes, p.Passes...)
		out.Tallies = append(out.Tallies, p.Tallies...)
		out.Errors = append(out.Errors, p.Errors...)
	}
	out.sort()
	return out
}

func (a *Assessment) sort() {
	byPlace := func(x, y Finding) int {
		return cmp.Or(strings.Compare(x.System, y.System), compareNatural(x.Check, y.Check), strings.Compare(string(x.Entity), string(y.Entity)))
	}
	slices.SortStableFunc(a.Findings, byPlace)
	slices.SortStableFunc(a.Passes, byPlace)
	slices.SortStableFunc(a.Tallies, func(x, y Tally) int {
		return cmp.Or(strings.Compare(x.System, y.System), compareNatural(x.Check, y.Check))
	})
	slices.Sort(a.Errors)
}
