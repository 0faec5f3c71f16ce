package baseline

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// diffLines runs a diff and writes each change as a line of text.
func diffLines(t *testing.T, old, new *collect.Part, opts DiffOptions) ([]string, DiffStats) {
	t.Helper()
	changes, stats := changesOf(t, old, new, opts)
	var out []string
	for _, c := range changes {
		line := fmt.Sprintf("%s %s", c.Op, c.Key)
		if c.Op == NotCollected {
			line += fmt.Sprintf(" %d (%s)", c.Keys, c.Reason)
		} else {
			line += fmt.Sprintf(" %s -> %s", orNone(c.Old.String()), orNone(c.New.String()))
		}
		for _, m := range c.Added {
			line += " +" + m
		}
		for _, m := range c.Removed {
			line += " -" + m
		}
		out = append(out, line)
	}
	return out, stats
}

func changesOf(t *testing.T, old, new *collect.Part, opts DiffOptions) ([]Change, DiffStats) {
	t.Helper()
	var out []Change
	stats, err := Diff(context.Background(), old, new, opts, func(c Change) error { out = append(out, c); return nil })
	if err != nil {
		t.Fatal(err)
	}
	return out, stats
}

func covered(prefix collect.Key, state collect.State, through collect.Key) []collect.Coverage {
	return []collect.Coverage{{Prefix: prefix, State: state, Through: through}}
}

func TestDiff(t *testing.T) {
	const (
		service = "ibmi/sk/accept/23/suites"
		class   = "zvm/user/A/class"
		command = "zvm/user/A/command"
		machine = "zvm/user/A/machine"
	)
	all := append(covered("zvm", collect.Complete, ""), covered("ibmi", collect.Complete, "")...)
	partial := append(covered("zvm", collect.Partial, ""), covered("ibmi", collect.Partial, "")...)
	users := func(state collect.State, through collect.Key) []collect.Coverage {
		return covered("zvm/user", state, through)
	}
	lines := func(l ...string) []string { return l }
	for _, tt := range []struct {
		name             string
		oldCover, cover  []collect.Coverage
		old, new, expect []string
	}{
		{"nothing", all, all, lines(machine + ": XA"), lines(machine + ": XA"), nil},
		{"scalar", all, all, lines(machine + ": XA"), lines(machine + ": ESA"), lines("changed " + machine + " XA -> ESA")},
		{"added and removed", all, all, lines(machine + ": XA"), lines("zvm/user/B/machine: XA"),
			lines("removed "+machine+" XA -> absent", "added zvm/user/B/machine absent -> XA")},
		{"set", all, all, lines(class + `: ["A","G"]`), lines(class + `: ["B","G"]`),
			lines("changed " + class + ` ["A","G"] -> ["B","G"] +B -A`)},
		{"generic names in a set", all, all, lines(class + `: ["*.**","IBMUSER("]`), lines(class + `: ["**"]`),
			lines("changed " + class + ` ["*.**","IBMUSER("] -> ["**"] +** -*.** -IBMUSER(`)},
		{"order of a list", all, all, lines(command + `: ["a","b"]`), lines(command + `: ["b","a"]`),
			lines("changed " + command + ` ["a","b"] -> ["b","a"]`)},
		{"repetition in a list", all, all, lines(command + `: ["a","b","a","a"]`), lines(command + `: ["b","a"]`),
			lines("changed " + command + ` ["a","b","a","a"] -> ["b","a"] -a -a`)},
		{"type", all, all, lines(machine + ": 1"), lines(machine + ": [\"1\"]"), lines("changed " + machine + ` 1 -> ["1"]`)},
		{"emptied set", all, all, lines(class + `: ["A"]`), lines(class + `: []`), lines("changed " + class + ` ["A"] -> [] -A`)},
		{"observed member gone", all, all, lines(service + `: ["X","Y"]`), lines(service + `: ["X"]`),
			lines("not_seen " + service + ` ["X","Y"] -> ["X"] -Y`)},
		{"observed member came and went", all, all, lines(service + `: ["X","Y"]`), lines(service + `: ["X","Z"]`),
			lines("changed " + service + ` ["X","Y"] -> ["X","Z"] +Z -Y`)},
		{"observed key", all, all, lines(service + `: ["X"]`), lines("ibmi/sk/accept/992/suites: [\"X\"]"),
			lines("not_seen "+service+` ["X"] -> absent`, `added ibmi/sk/accept/992/suites absent -> ["X"]`)},
		{"derived", all, all, lines("zvm/directory/appcpass/count: 1"), lines("zvm/directory/appcpass/count: 2"), nil},
		{"derived gone", all, all, lines("zvm/directory/appcpass/count: 1"), nil, nil},

		{"unknown now", all, all, lines(machine + ": XA"), lines(machine + ": ?masked"),
			lines("not_collected zvm 1 (not known in the newer part: masked)")},
		{"unknown before", all, all, lines(machine + ": ?masked"), lines(machine + ": XA"),
			lines("not_collected zvm 1 (not known in the older part: masked)")},
		{"unknown both", all, all, lines(machine + ": ?masked"), lines(machine + ": ?masked"),
			lines("not_collected zvm 1 (not known on either side: masked)")},
		{"unknown came", all, all, nil, lines(machine + ": ?masked"), lines("not_collected zvm 1 (not known in the newer part: masked)")},
		{"unknown went", all, all, lines(machine + ": ?masked"), nil, lines("not_collected zvm 1 (not known in the older part: masked)")},
		{"four reasons", all, all, lines("zvm/user/A/ipl: ?1", "zvm/user/B/ipl: ?2", "zvm/user/C/ipl: ?3", "zvm/user/D/ipl: ?4"), nil,
			lines("not_collected zvm 4 (not known in the older part: 1; not known in the older part: 2; not known in the older part: 3; and other reasons)")},

		{"new side partial", all, partial, lines(machine+": XA", class+`: ["A","G"]`, service+`: ["X"]`, "zvm/user/B/ipl: CMS"), lines(class+`: ["B","G"]`, "zvm/user/B/ipl: 190"),
			lines("changed "+class+` ["A","G"] -> ["B","G"] +B`, "changed zvm/user/B/ipl CMS -> 190",
				"not_collected ibmi 1 (the newer part is partial)", "not_collected zvm 2 (the newer part is partial)")},
		{"members hidden", all, partial, lines(class + `: ["A","G"]`), lines(class + `: ["G"]`), lines("not_collected zvm 1 (the newer part is partial)")},
		{"old side partial", partial, all, lines(class + `: ["G"]`), lines(class+`: ["A"]`, machine+": XA"),
			lines("changed "+class+` ["G"] -> ["A"] -G`, "not_collected zvm 2 (the older part is partial)")},
		{"removed from a partial baseline", partial, all, lines(machine + ": XA"), nil, lines("removed " + machine + " XA -> absent")},
		{"not covered any more", all, covered("ibmi", collect.Complete, ""), lines(machine+": XA", class+`: []`), nil, lines("not_collected zvm 2 (not covered by the newer part)")},
		{"not covered before", covered("ibmi", collect.Complete, ""), all, nil, lines(machine + ": XA"), lines("not_collected zvm 1 (not covered by the older part)")},
		{"covered by nobody", nil, nil, lines(machine + ": XA"), nil, lines("not_collected zvm/user 1 (not covered by the newer part)")},
		{"longest prefix decides", all, append(slices.Clone(all), users(collect.Partial, "")...), lines(machine+": XA", "zvm/tcpip/obey: [\"A\"]"), nil,
			lines("removed zvm/tcpip/obey [\"A\"] -> absent", "not_collected zvm/user 1 (the newer part is partial)")},

		{"open: key of an entity that is there", all, users(collect.Open, "zvm/user/Z"), lines(machine+": XA", class+`: []`, "zvm/user/Z/ipl: 1"), lines(class+`: []`, "zvm/user/Z/ipl: 1"),
			lines("removed " + machine + " XA -> absent")},
		{"open: the same, the other key before it", all, users(collect.Open, "zvm/user/Z"), lines(machine+": XA", "zvm/user/A/xconfig: 1"), lines("zvm/user/A/xconfig: 1", "zvm/user/Z/ipl: 1"),
			lines("removed "+machine+" XA -> absent", "added zvm/user/Z/ipl absent -> 1")},
		{"open: last entity may be cut", all, users(collect.Open, "zvm/user/A"), lines(machine+": XA", class+`: ["A","B"]`), lines(class + `: ["B"]`),
			lines("not_collected zvm/user 2 (it may have been cut off in the last entity of the newer part; the newer part does not show that it was read to its end)")},
		{"open: members of another entity", all, users(collect.Open, "zvm/user/Z"), lines(class + `: ["A","B"]`), lines(class + `: ["B"]`),
			lines("changed " + class + ` ["A","B"] -> ["B"] -A`)},
		{"open: entity gone, reached past", users(collect.Open, "zvm/user/M"), users(collect.Open, "zvm/user/Z"), lines(machine+": XA", "zvm/user/M/ipl: 1"), lines("zvm/user/M/ipl: 1", "zvm/user/Z/ipl: 1"),
			lines("removed "+machine+" XA -> absent", "added zvm/user/Z/ipl absent -> 1")},
		{"open: entity gone, not reached", users(collect.Open, "zvm/user/Q"), users(collect.Open, "zvm/user/M"), lines("zvm/user/B/machine: XA", "zvm/user/M/ipl: 1", "zvm/user/Q/ipl: 1"), lines("zvm/user/M/ipl: 1"),
			lines("not_collected zvm/user 2 (the newer part does not show that it was read to its end)")},
		{"open: no last entity known before", all, users(collect.Open, "zvm/user/M"), lines("zvm/user/B/machine: XA", "zvm/user/M/ipl: 1"), lines("zvm/user/M/ipl: 1"),
			lines("not_collected zvm/user 1 (the newer part does not show that it was read to its end)")},
		{"open: names that begin alike", users(collect.Open, "zvm/user/M"), users(collect.Open, "zvm/user/M1"), lines("zvm/user/A/ipl: 1", "zvm/user/M/ipl: 1"), lines("zvm/user/A-1/ipl: 1", "zvm/user/M-0/ipl: 1", "zvm/user/M1/ipl: 1"),
			lines("added zvm/user/A-1/ipl absent -> 1", "added zvm/user/M-0/ipl absent -> 1", "added zvm/user/M1/ipl absent -> 1",
				"not_collected zvm/user 2 (the newer part does not show that it was read to its end)")},
		{"old side open", users(collect.Open, "zvm/user/A"), all, lines(machine + ": XA"), lines(machine+": XA", class+`: []`), lines("added " + class + " absent -> []")},

		{"quoted key", all, all, lines(`"zvm/user/A: /machine": XA`), lines(`"zvm/user/A: /machine": ESA`), lines("changed zvm/user/A: /machine XA -> ESA")},
		{"keys that lines would sort otherwise", all, all, lines("zvm/user/A!/ipl: 1", "zvm/user/A/ipl: 1", "zvm/user/A/ipl!: 2"), lines("zvm/user/A/ipl: 1", "zvm/user/A/ipl!: 3"),
			lines("removed zvm/user/A!/ipl 1 -> absent", "changed zvm/user/A/ipl! 2 -> 3")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, stats := diffLines(t, coveredPart(tt.oldCover, tt.old...), coveredPart(tt.cover, tt.new...), DiffOptions{})
			if !slices.Equal(got, tt.expect) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.expect, "\n\t"))
			}
			n := int64(0)
			for _, c := range stats.Changes {
				n += c
			}
			if n != int64(len(got)) {
				t.Errorf("counted %v", stats.Changes)
			}
		})
	}
}

func TestDiffIgnores(t *testing.T) {
	old := part("zvm/user/A/machine: XA", "zvm/user/B/machine: XA", "zvm/user/C/machine: XA")
	new := part("zvm/user/A/machine: ESA", "zvm/user/B/machine: ESA", "zvm/user/C/machine: ESA")
	opts := DiffOptions{Now: time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC), Ignore: []IgnoreRule{
		{"zvm/user/A/*", "moves", "2026-11-19"},
		{"zvm/user/B/**", "moved", "2026-11-18"},
		{"zvm/**/A/machine", "never reached", "2027-01-01"},
	}}
	got, stats := diffLines(t, old, new, opts)
	if want := []string{"changed zvm/user/B/machine XA -> ESA", "changed zvm/user/C/machine XA -> ESA"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	want := []IgnoreCount{{opts.Ignore[0], 1, false}, {opts.Ignore[1], 0, true}, {opts.Ignore[2], 0, false}}
	if !slices.Equal(stats.Ignored, want) {
		t.Errorf("ignored %+v, want %+v", stats.Ignored, want)
	}
	for _, bad := range []IgnoreRule{{"", "r", "2027-01-01"}, {"**", "", "2027-01-01"}, {"**", "r", ""}, {"**", "r", "never"}, {`a\b`, "r", "2027-01-01"}} {
		_, err := Diff(context.Background(), old, new, DiffOptions{Now: opts.Now, Ignore: []IgnoreRule{bad}}, nil)
		if err == nil || collect.HintOf(err) == "" {
			t.Errorf("rule %+v: error %v", bad, err)
		}
	}
}

func TestDiffRefusesFactsOutOfOrder(t *testing.T) {
	sorted := part("zvm/a: 1", "zvm/b: 1")
	for name, tt := range map[string]struct{ facts, want string }{
		"order":     {"zvm/b: 1\nzvm/a: 1\n", `line 2: key "zvm/a" does not sort after "zvm/b"`},
		"twice":     {"zvm/a: 1\nzvm/a: 2\n", `line 2: key "zvm/a" does not sort after "zvm/a"`},
		"cut":       {"zvm/a: 1\nzvm/b: 1", "line 2 is cut off"},
		"no colon":  {"zvm/a\n", `line 1 is not of the form "key: value"`},
		"empty":     {"zvm/a: 1\n\nzvm/b: 1\n", `line 2 is not of the form "key: value"`},
		"no value":  {"zvm/a: \n", "line 1: value is empty"},
		"bad array": {"zvm/a: [1]\n", "line 1: not a JSON array"},
	} {
		bad := part()
		bad.FactsBlob = bytesOpener(tt.facts)
		for side, pair := range map[string][2]*collect.Part{"older": {bad, sorted}, "newer": {sorted, bad}} {
			_, err := Diff(context.Background(), pair[0], pair[1], DiffOptions{}, func(Change) error { return nil })
			if want := "the " + side + " facts: " + tt.want; err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%s: error %v, want %s", name, err, want)
			}
		}
	}
}

// TestDiffLongLines moves lines of every length over the edges of the buffers.
func TestDiffLongLines(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var old, new, want []string
	for i := range 400 {
		key := fmt.Sprintf("zvm/user/U%04d/machine", i)
		v := strings.Repeat("x", rng.IntN(3000))
		if i == 200 {
			v = strings.Repeat("y", 3*factBuffer)
		}
		old = append(old, key+": a"+v)
		switch rng.IntN(8) {
		case 0:
			want = append(want, "removed "+key+" a"+v+" -> absent")
		case 1:
			new = append(new, key+": b"+v)
			want = append(want, "changed "+key+" a"+v+" -> b"+v)
		default:
			new = append(new, key+": a"+v)
		}
	}
	got, _ := diffLines(t, part(old...), part(new...), DiffOptions{})
	if !slices.Equal(got, want) {
		t.Errorf("%d changes, want %d, or others", len(got), len(want))
	}
}

func TestDiffParts(t *testing.T) {
	named := func(source string, lines ...string) *collect.Part {
		p := part(lines...)
		p.Header.Source = source
		p.Header.Coverage = []collect.Coverage{{Prefix: "zvm/user"}, {Prefix: "zvm/directory"}}
		for i := range p.Header.Coverage {
			p.Header.Coverage[i].State = collect.Complete
		}
		return p
	}
	old := []*collect.Part{named("b", "zvm/user/A/machine: 1"), named("a", "zvm/user/A/ipl: 1")}
	new := []*collect.Part{named("c", "zvm/user/A/x: 1", "zvm/user/A/y: 1"), named("b", "zvm/user/A/machine: 2")}
	var got []string
	pairs, err := DiffParts(context.Background(), old, new, DiffOptions{}, func(c Change) error {
		got = append(got, fmt.Sprint(c.Source, " ", c.Op, " ", c.Key, " ", c.Keys, " ", c.Reason))
		return nil
	})
	want := []string{"a not_collected zvm 1 no part of this source was collected", "b changed zvm/user/A/machine 0 ", "c not_collected zvm 2 new source: no baseline yet"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, want %q, error %v", got, want, err)
	}
	if len(pairs) != 3 || pairs[0].New != nil || pairs[1].Stats.Changes[Changed] != 1 || pairs[2].Old != nil {
		t.Errorf("pairs %+v", pairs)
	}
}

func TestChangeJSON(t *testing.T) {
	for _, tt := range []struct {
		c    Change
		want string
	}{
		{Change{Op: Changed, Key: "zvm/user/A/class", Old: collect.Set("A"), New: collect.Set("B"), Added: []string{"B"}, Removed: []string{"A"}, Source: "zvm-directory"},
			`{"op":"changed","key":"zvm/user/A/class","old":["A"],"new":["B"],"added":["B"],"removed":["A"],"source":"zvm-directory","class":"setting"}`},
		{Change{Op: Removed, Key: "zvm/user/A/machine", Old: collect.Text("XA")},
			`{"op":"removed","key":"zvm/user/A/machine","old":"XA","new":null,"added":[],"removed":[],"class":"setting"}`},
		{Change{Op: NotCollected, Key: "zvm", Keys: 7, Reason: "cut"},
			`{"op":"not_collected","key":"zvm","old":null,"new":null,"added":[],"removed":[],"keys":7,"reason":"cut"}`},
	} {
		b, err := json.Marshal(tt.c)
		if err != nil || string(b) != tt.want {
			t.Errorf("got %s, want %s, error %v", b, tt.want, err)
		}
		var back Change
		if err := json.Unmarshal(b, &back); err != nil {
			t.Error(err)
		}
		if again, _ := json.Marshal(back); string(again) != tt.want || back.Old.Type() != tt.c.Old.Type() {
			t.Errorf("came back as %s", again)
		}
	}
	if err := new(Change).UnmarshalJSON([]byte(`{"op":"gone","key":"zvm/a"}`)); err == nil {
		t.Error("an unknown op was read")
	}
}

func TestPattern(t *testing.T) {
	for _, tt := range []struct {
		pattern, key string
		want         bool
	}{
		{"zvm/user/*/class", "zvm/user/A/class", true},
		{"zvm/user/*/class", "zvm/user/A/on/B/class", false},
		{"zvm/user/*/class", "zvm/user/class", false},
		{"zvm/user/**/class", "zvm/user/A/on/B/class", true},
		{"zvm/user/**/class", "zvm/user/class", true},
		{"zvm/**", "zvm", true},
		{"zvm/**", "zvmx/a", false},
		{"**", "zvm/a", true},
		{"**/a/**/b", "a/x/b/a/y/b", true},
		{"**/a/**/b", "a/x/b/a/y/c", false},
		{"zvm/user/LNX*/*", "zvm/user/LNX01/class", true},
		{"zvm/user/L*X*1/ipl", "zvm/user/LNXX01/ipl", true},
		{"zvm/user/L*X*1/ipl", "zvm/user/LNXX0/ipl", false},
		{`racf/dataset/SYS1.\*\*/uacc`, "racf/dataset/SYS1.**/uacc", true},
		{`racf/dataset/SYS1.\*\*/uacc`, "racf/dataset/SYS1.PARMLIB/uacc", false},
		{`racf/dataset/SYS1.**/uacc`, "racf/dataset/SYS1.PARMLIB/uacc", true},
		{`racf/\*\*/uacc`, "racf/**/uacc", true},
		{`racf/\*\*/uacc`, "racf/a/b/uacc", false},
		{`a\\b`, `a\b`, true},
		{"zvm/a", "zvm/a", true},
		{"zvm/a", "zvm/ab", false},
		{"zvm//a", "zvm//a", true},
	} {
		p, err := ParsePattern(tt.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Match(collect.Key(tt.key)); got != tt.want {
			t.Errorf("%s matches %s: %v", tt.pattern, tt.key, got)
		}
		q, err := ParsePattern(QuotePattern(collect.Key(tt.key)))
		if err != nil || !q.Match(collect.Key(tt.key)) || q.Match(collect.Key(tt.key+"x")) {
			t.Errorf("%s quoted as %s: error %v", tt.key, q, err)
		}
	}
}
