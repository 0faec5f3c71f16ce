package rules

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func builtinPack(t testing.TB) *Pack {
	t.Helper()
	packs, err := Packs()
	if err != nil {
		t.Fatal(err)
	}
	return packs[0]
}

func TestBuiltinPack(t *testing.T) {
	p := builtinPack(t)
	if p.Info.Name != "pci-dss-4.0.1" || p.Info.Revision == "" || p.Info.Standard != "pci-dss-4.0.1" {
		t.Fatalf("pack: %+v", p.Info)
	}
	if n := len(p.Catalogue.All()); n != 260 {
		t.Errorf("the catalogue has %d requirements, want 260", n)
	}
	var numbers []string
	for _, r := range p.Catalogue.All() {
		if strings.HasPrefix(r.Number, "8.3.") {
			numbers = append(numbers, r.Number)
		}
	}
	if got, want := strings.Join(numbers[7:], " "), "8.3.8 8.3.9 8.3.10 8.3.10.1 8.3.11"; got != want {
		t.Errorf("order of the catalogue: %s, want %s", got, want)
	}
	byPlatform := map[string]int{}
	for _, c := range p.Checks() {
		for n := range strings.FieldsSeq(c.Entity[:strings.IndexAny(c.Entity, "/")]) {
			byPlatform[n]++
		}
	}
	for _, platform := range []string{"zvm", "racf", "ibmi", "zert", "attls"} {
		if byPlatform[platform] < 6 {
			t.Errorf("%d checks read %s, want six or more", byPlatform[platform], platform)
		}
	}
}

func TestEveryCheckHasPassingTests(t *testing.T) {
	r, err := builtinPack(t).Test(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range r.Tests {
		if !x.Pass {
			t.Errorf("%s:%d: %s %s: %s", x.File, x.Line, x.Package, x.Name, x.Reason)
		}
	}
	if r.Untested != nil {
		t.Errorf("checks without a test: %v", r.Untested)
	}
	if len(r.Tests) < 4*len(r.Untested) || len(r.Tests) < 100 {
		t.Errorf("only %d tests ran", len(r.Tests))
	}
}

// TestKeysAreInTheCatalogue fails when a check reads a key that no source
// produces: it would be NO_DATA for ever.
func TestKeysAreInTheCatalogue(t *testing.T) {
	known := func(pattern string) bool {
		_, ok := collect.Keys().Lookup(collect.Key(example(pattern)))
		return ok
	}
	for _, c := range builtinPack(t).Checks() {
		for _, k := range slices.Concat(c.Required, c.Optional) {
			if !known(k) {
				t.Errorf("check %s reads %s, which is not in the key catalogue", c.ID, k)
			}
		}
	}
	for _, row := range comparators() {
		if pattern := strings.Join(row.pattern, "/"); !known(pattern) {
			t.Errorf("direction.csv has %s, which is not in the key catalogue", pattern)
		}
	}
}
