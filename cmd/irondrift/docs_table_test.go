package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// The tables of requirements in docs/*.md name checks that exist, and each check
// serves one of the requirements of its row; every check about the namespaces of a
// page is in its table.
func TestRequirementTables(t *testing.T) {
	packs, err := rules.Packs()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := rules.NewEngine(packs, rules.Site{})
	if err != nil {
		t.Fatal(err)
	}
	checks := map[string]*rules.Check{}
	for _, c := range engine.Checks() {
		checks[c.ID] = &c
	}
	number := regexp.MustCompile(`\b[A-Z]?[0-9]+(\.[0-9]+)+\b`)
	for file, namespaces := range map[string][]string{"../../docs/ibmi.md": {"ibmi"}, "../../docs/attls.md": {"attls", "zert"}} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, table, found := strings.Cut(string(text), "## Which check answers which requirement")
		if !found {
			t.Fatalf("%s has no table of requirements", file)
		}
		named := map[string]bool{}
		for line := range strings.Lines(table) {
			cells := strings.Split(strings.TrimSpace(line), "|")
			if len(cells) != 5 || !number.MatchString(cells[1]) {
				continue
			}
			asked := number.FindAllString(cells[1], -1)
			for id := range strings.SplitSeq(cells[3], ",") {
				id = strings.TrimSpace(id)
				c := checks[id]
				switch {
				case c == nil:
					t.Errorf("%s: there is no check %q", file, id)
				case !slices.ContainsFunc(asked, func(r string) bool { return slices.Contains(c.Requirements["pci-dss-4.0.1"], r) }):
					t.Errorf("%s: %s serves %v, not %v", file, id, c.Requirements, asked)
				}
				named[id] = true
			}
			for _, key := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cells[2], -1) {
				if !readBySome(cells[3], key[1], checks) {
					t.Errorf("%s: no check of %s reads %s", file, strings.TrimSpace(cells[3]), key[1])
				}
			}
		}
		for id, c := range checks {
			if slices.Contains(namespaces, string(collect.Key(c.Entity).Head(1))) && !named[id] {
				t.Errorf("%s does not name %s: %s", file, id, c.Title)
			}
		}
	}
}

// readBySome reports whether a check among ids reads a key, or something below it.
func readBySome(ids, key string, checks map[string]*rules.Check) bool {
	last := key[strings.LastIndexByte(key, '/')+1:]
	for id := range strings.SplitSeq(ids, ",") {
		if c := checks[strings.TrimSpace(id)]; c != nil && strings.Contains(strings.Join(append(append([]string{c.Entity}, c.Required...), c.Optional...), " "), last) {
			return true
		}
	}
	return false
}
