package main

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/rules"
	"github.com/irondrift/irondrift/testdata"
)

// TestNoCutTurnsACheckGreen is the law that missing data never looks compliant,
// held over every extract of the site, with and without its capture header: a
// check that does not pass on the whole extract does not pass on any beginning
// of it.
func TestNoCutTurnsACheckGreen(t *testing.T) {
	packs, err := rules.Packs()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := rules.NewEngine(packs, rules.Site{
		Date: time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC),
		// Everything has a purpose and a plan, so that the checks of the
		// cryptographic inventory can pass on whole evidence.
		Services:     []rules.Service{{Port: 1, Last: 65535, Purpose: "any", Owner: "somebody"}},
		Cryptography: rules.Cryptography{Assets: []rules.AssetNote{{Name: "*", Purpose: "any", Owner: "somebody", Action: "none needed"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(testdata.Site, "site/extracts/"+secondNight+"/*")
	if err != nil || len(names) < 6 {
		t.Fatalf("%d extracts: %v", len(names), err)
	}
	for _, name := range names {
		whole, err := fs.ReadFile(testdata.Site, name)
		if err != nil {
			t.Fatal(err)
		}
		forms := map[string][]byte{"as captured": whole}
		if bare := withoutCapture(whole); bare != nil {
			forms["without capture header"] = bare
		}
		for form, data := range forms {
			t.Run(path.Base(name)+" "+form, func(t *testing.T) {
				t.Parallel()
				want := green(t, engine, data)
				t.Logf("%d checks pass on the whole extract", len(want))
				for _, n := range cutsOf(data) {
					for check := range green(t, engine, data[:n]) {
						if !want[check] {
							t.Errorf("cut at byte %d of %d: %s turns green", n, len(data), check)
						}
					}
				}
			})
		}
	}
}

// green returns the checks that pass and say nothing else.
func green(t *testing.T, engine *rules.Engine, data []byte) map[string]bool {
	t.Helper()
	f := collect.BytesFile("extract", data)
	head, err := f.Peek()
	if err != nil {
		return nil
	}
	src, err := collect.Recognise(sources.All(), head)
	if err != nil {
		return nil
	}
	parts, err := collect.Run(t.Context(), src, []*collect.File{f}, &collect.Options{})
	if err != nil {
		return nil
	}
	defer func() {
		for _, p := range parts {
			p.Close()
		}
	}()
	sys := rules.System{ID: parts[0].Header.System, Platform: src.Info().Platform}
	inv, err := engine.Inventory(t.Context(), sys, parts)
	if err != nil {
		t.Fatal(err)
	}
	a, err := engine.Judge(t.Context(), sys, append(parts, engine.InventoryPart(inv, parts)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, tally := range a.Tallies {
		if tally.Pass > 0 && tally.Fail+tally.Review+tally.NoData == 0 {
			out[tally.Check] = true
		}
	}
	return out
}

// cutsOf spreads cuts over the data, at line ends (where a cut is hardest to
// see) and in the middle of lines.
func cutsOf(data []byte) []int {
	const cuts = 24
	var out []int
	for i := range cuts {
		n := len(data) * i / cuts
		out = append(out, n)
		if eol := strings.IndexByte(string(data[n:min(len(data), n+2000)]), '\n'); eol >= 0 {
			out = append(out, n+eol+1)
		}
	}
	return append(out, len(data)-1, len(data)-2, len(data)-30)
}

// withoutCapture returns a text extract without the lines around it.
func withoutCapture(data []byte) []byte {
	if !strings.HasPrefix(string(data), "*> ") {
		return nil
	}
	var out strings.Builder
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "*> ") {
			fmt.Fprint(&out, line)
		}
	}
	return []byte(out.String())
}
