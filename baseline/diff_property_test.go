package baseline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// A randomPart has up to eight users with up to four keys each, and coverage in
// one state. Values come from small sets, so that two parts have much in common.
func randomPart(rng *rand.Rand, coverage []collect.Coverage) *collect.Part {
	var lines []string
	for u := range 8 {
		if rng.IntN(4) == 0 {
			continue
		}
		user := fmt.Sprintf("zvm/user/%c", 'A'+u)
		if rng.IntN(4) == 0 {
			user += "/on/M1"
		}
		for _, name := range []string{"machine", "class", "command", "ipl"} {
			if rng.IntN(3) == 0 {
				continue
			}
			lines = append(lines, user+"/"+name+": "+randomForm(rng, name))
		}
	}
	if rng.IntN(2) == 0 {
		lines = append(lines, fmt.Sprintf("zvm/directory/appcpass/count: %d", rng.IntN(2)))
	}
	for port := range 3 {
		if rng.IntN(2) == 0 {
			lines = append(lines, fmt.Sprintf("ibmi/sk/accept/%d/suites: %s", port, randomForm(rng, "class")))
		}
	}
	return coveredPart(coverage, lines...)
}

func randomForm(rng *rand.Rand, name string) string {
	if rng.IntN(10) == 0 {
		return "?not visible"
	}
	if name == "machine" || name == "ipl" {
		return []string{"XA", "ESA", "1", "true"}[rng.IntN(4)]
	}
	var items []string
	for _, m := range []string{`"A"`, `"B*"`, `"**"`, `"G("`} {
		if rng.IntN(2) == 0 {
			items = append(items, m)
		}
	}
	slices.Sort(items)
	if name == "command" {
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	return "[" + strings.Join(items, ",") + "]"
}

func randomCoverage(rng *rand.Rand) []collect.Coverage {
	var out []collect.Coverage
	for _, prefix := range []collect.Key{"zvm", "zvm/user", "ibmi"} {
		switch rng.IntN(4) {
		case 0:
			out = append(out, collect.Coverage{Prefix: prefix, State: collect.Complete})
		case 1:
			out = append(out, collect.Coverage{Prefix: prefix, State: collect.Partial, Reason: "cut"})
		case 2:
			out = append(out, collect.Coverage{Prefix: prefix, State: collect.Open, Through: collect.Key(fmt.Sprintf("zvm/user/%c", 'A'+rng.IntN(8)))})
		}
	}
	return out
}

func mapOf(t *testing.T, p *collect.Part) map[collect.Key]collect.Value {
	t.Helper()
	m := map[collect.Key]collect.Value{}
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	for r.Next() {
		e, err := r.Entry()
		if err != nil {
			t.Fatal(err)
		}
		m[e.Key] = e.Value
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return m
}

// oracle is the diff as the design has it, over maps, without a thought for
// speed or memory: the changes as lines, and for each prefix how many keys were
// not collected.
func oracle(old, new *collect.Part, a, b map[collect.Key]collect.Value) (lines []string, gaps map[collect.Key]int) {
	gaps = map[collect.Key]int{}
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	holds := func(m map[collect.Key]collect.Value, entity collect.Key) bool {
		for k := range m {
			if k.Under(entity) {
				return true
			}
		}
		return false
	}
	place := func(key collect.Key, first, second *collect.Part) collect.Key {
		for _, p := range []*collect.Part{first, second} {
			if c := p.Header.CoverageOf(key); c.State != "" {
				return c.Prefix
			}
		}
		return key.Head(2)
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		class := collect.Keys().Class(key)
		if class == collect.Derived || class == collect.Metric {
			continue
		}
		was, is := a[key], b[key]
		oc, nc := old.Header.CoverageOf(key), new.Header.CoverageOf(key)
		oldProves := oc.State == collect.Complete || oc.State == collect.Open
		last := nc.Through != "" && key.Under(nc.Through)
		newProves := nc.State == collect.Complete
		if nc.State == collect.Open && !last {
			segments := strings.Count(string(nc.Prefix), "/") + 2
			entity := key.Head(segments)
			newProves = !is.IsAbsent() || entity != key && holds(b, entity) || oc.Through != "" && holds(b, oc.Through)
		}
		switch {
		case is.IsUnknown():
			gaps[place(key, new, old)]++
		case was.IsUnknown():
			gaps[place(key, old, new)]++
		case was.IsAbsent() && !oldProves:
			gaps[place(key, old, new)]++
			if oc.State == "" {
				gaps[place(key, old, new)]--
				gaps[place(key, new, old)]++
			}
		case was.IsAbsent():
			lines = append(lines, fmt.Sprintf("added %s %s", key, is))
		case is.IsAbsent() && !newProves:
			gaps[place(key, new, old)]++
		case is.IsAbsent() && class == collect.Observed:
			lines = append(lines, fmt.Sprintf("not_seen %s %s", key, was))
		case is.IsAbsent():
			lines = append(lines, fmt.Sprintf("removed %s %s", key, was))
		case was.Equal(is):
		case was.Type() != is.Type() || was.Items() == nil && is.Items() == nil:
			lines = append(lines, fmt.Sprintf("changed %s %s %s", key, was, is))
		default:
			var came, went []string
			for _, m := range is.Items() {
				if !was.Has(m) {
					came = append(came, m)
				}
			}
			for _, m := range was.Items() {
				if !is.Has(m) {
					went = append(went, m)
				}
			}
			slices.Sort(came)
			slices.Sort(went)
			moved := len(came)+len(went) == 0
			hidden := false
			if len(went) > 0 && !newProves {
				gaps[place(key, new, old)]++
				went, hidden = nil, true
			}
			if len(came) > 0 && !oldProves {
				if !hidden {
					gaps[place(key, old, new)]++
				}
				came = nil
			}
			switch {
			case moved || len(came) > 0 || len(went) > 0 && class != collect.Observed:
				lines = append(lines, fmt.Sprintf("changed %s %s %s +%q -%q", key, was, is, came, went))
			case len(went) > 0:
				lines = append(lines, fmt.Sprintf("not_seen %s %s %s +%q -%q", key, was, is, came, went))
			}
		}
	}
	return lines, gaps
}

func TestDiffIsWhatTheDesignSays(t *testing.T) {
	rng := rand.New(rand.NewPCG(20261119, 1))
	seen := map[Op]int{}
	for i := range 2500 {
		old, new := randomPart(rng, randomCoverage(rng)), randomPart(rng, randomCoverage(rng))
		wantLines, wantGaps := oracle(old, new, mapOf(t, old), mapOf(t, new))
		changes, _ := changesOf(t, old, new, DiffOptions{})
		var lines []string
		gaps := map[collect.Key]int{}
		for _, c := range changes {
			seen[c.Op]++
			switch {
			case c.Op == NotCollected:
				gaps[c.Key] += int(c.Keys)
			case c.Old.IsAbsent() || c.New.IsAbsent():
				lines = append(lines, fmt.Sprintf("%s %s %s%s", c.Op, c.Key, c.Old, c.New))
			case c.Old.Type() != c.New.Type() || c.Old.Items() == nil && c.New.Items() == nil:
				lines = append(lines, fmt.Sprintf("%s %s %s %s", c.Op, c.Key, c.Old, c.New))
			default:
				lines = append(lines, fmt.Sprintf("%s %s %s %s +%q -%q", c.Op, c.Key, c.Old, c.New, c.Added, c.Removed))
			}
		}
		maps.DeleteFunc(wantGaps, func(_ collect.Key, n int) bool { return n == 0 })
		if !slices.Equal(lines, wantLines) || !maps.Equal(gaps, wantGaps) {
			t.Fatalf("pair %d\nold %v\n%s\nnew %v\n%s\ngot\n%s\n%v\nwant\n%s\n%v", i, old.Header.Coverage, strings.Join(factsOf(t, old), "\n"),
				new.Header.Coverage, strings.Join(factsOf(t, new), "\n"), strings.Join(lines, "\n"), gaps, strings.Join(wantLines, "\n"), wantGaps)
		}
	}
	for _, op := range []Op{Added, Removed, Changed, NotSeen, NotCollected} {
		if seen[op] < 100 {
			t.Errorf("%s occurred %d times: the parts do not try it", op, seen[op])
		}
	}
}

// Between complete parts a diff read backwards is the diff of the parts the
// other way round, and a part does not differ from itself.
func TestDiffIsSymmetric(t *testing.T) {
	rng := rand.New(rand.NewPCG(20261119, 2))
	complete := []collect.Coverage{{Prefix: "", State: collect.Complete}}
	flip := map[Op]Op{Added: Removed, Removed: Added, Changed: Changed, NotCollected: NotCollected}
	for range 500 {
		a, b := randomPart(rng, complete), randomPart(rng, complete)
		there, s1 := changesOf(t, a, b, DiffOptions{})
		back, s2 := changesOf(t, b, a, DiffOptions{})
		if s1.Same != s2.Same || s1.NotCollected != s2.NotCollected || s1.Derived != s2.Derived {
			t.Fatalf("there %+v, back %+v", s1, s2)
		}
		setting := func(c Change) bool { return c.Class == collect.Observed || c.Op == NotCollected }
		there, back = slices.DeleteFunc(there, setting), slices.DeleteFunc(back, setting)
		if len(there) != len(back) {
			t.Fatalf("%d changes there, %d back", len(there), len(back))
		}
		for i, c := range there {
			d := back[i]
			if d.Op != flip[c.Op] || d.Key != c.Key || d.Old.String() != c.New.String() || d.New.String() != c.Old.String() ||
				!slices.Equal(d.Added, c.Removed) || !slices.Equal(d.Removed, c.Added) {
				t.Fatalf("there %+v, back %+v", c, d)
			}
		}
		self, _ := changesOf(t, a, a, DiffOptions{})
		if slices.ContainsFunc(self, func(c Change) bool { return c.Op != NotCollected }) {
			t.Fatalf("a part differs from itself: %+v", self)
		}
	}
}

// A file that is cut anywhere never makes a diff say that something was removed
// or not seen, and what really went before the cut is found as soon as the
// newer file reaches past the end of the older one.
func TestDiffOfTruncatedFiles(t *testing.T) {
	rng := rand.New(rand.NewPCG(20261119, 3))
	for range 500 {
		type statement struct{ user, line string }
		var file []statement
		order := rng.Perm(12)
		for _, u := range order {
			user := fmt.Sprintf("zvm/user/U%02d", u)
			for _, name := range []string{"class", "ipl", "machine"} {
				file = append(file, statement{user, user + "/" + name + ": " + map[string]string{"class": `["A","G"]`, "ipl": "CMS", "machine": "XA"}[name]})
			}
		}
		read := func(lines []statement) *collect.Part {
			var text []string
			for _, l := range lines {
				text = append(text, l.line)
			}
			return coveredPart(covered("zvm", collect.Open, collect.Key(lines[len(lines)-1].user)), text...)
		}
		// Coverage is of zvm/user here, so that a user is an entity.
		asUsers := func(p *collect.Part) *collect.Part { p.Header.Coverage[0].Prefix = "zvm/user"; return p }

		cut := 1 + rng.IntN(len(file)-1)
		whole, short := asUsers(read(file)), asUsers(read(file[:cut]))
		got, stats := diffLines(t, whole, short, DiffOptions{})
		if len(got) != 1 || stats.NotCollected != int64(len(file)-cut) {
			t.Fatalf("cut after %d of %d lines: %q, not collected %d", cut, len(file), got, stats.NotCollected)
		}
		gone := file[rng.IntN(len(file)-3)].user
		less := slices.DeleteFunc(slices.Clone(file), func(s statement) bool { return s.user == gone })
		got, _ = diffLines(t, whole, asUsers(read(less)), DiffOptions{})
		if len(got) != 3 || !strings.HasPrefix(got[0], "removed "+gone+"/class ") {
			t.Fatalf("without %s: %q", gone, got)
		}
	}
}

func TestDiffStops(t *testing.T) {
	old, new := part("zvm/a: 1", "zvm/b: 1"), part("zvm/a: 2", "zvm/b: 2")
	stop := errors.New("enough")
	n := 0
	_, err := Diff(context.Background(), old, new, DiffOptions{}, func(Change) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("error %v after %d changes", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Diff(ctx, old, new, DiffOptions{}, func(Change) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v of a cancelled diff", err)
	}
}

// FuzzDiff feeds any bytes as facts: a diff never panics, and when both sides
// are facts it is what the oracle says.
func FuzzDiff(f *testing.F) {
	f.Add([]byte("zvm/user/A/ipl: 1\n"), []byte("zvm/user/A/ipl: 2\n"), byte(0))
	f.Add([]byte("zvm/a: [\"x\"]\n\"zvm/ b\": ?\n"), []byte("zvm/a: []\n"), byte(7))
	f.Add([]byte("zvm/a: x\nzvm/b: y"), []byte("\n\n"), byte(1))
	states := []collect.State{collect.Complete, collect.Open, collect.Partial, ""}
	f.Fuzz(func(t *testing.T, a, b []byte, how byte) {
		old, new := part(), part()
		old.FactsBlob, new.FactsBlob = bytesOpener(string(a)), bytesOpener(string(b))
		old.Header.Coverage = covered("", states[how&3], "zvm/user/B")
		new.Header.Coverage = covered("", states[how>>2&3], "zvm/user/A")
		n := 0
		_, err := Diff(context.Background(), old, new, DiffOptions{}, func(c Change) error {
			if c.Op == NotCollected {
				return nil
			}
			n++
			_, err := c.MarshalJSON()
			return err
		})
		if err != nil {
			return
		}
		for _, p := range []*collect.Part{old, new} {
			r, _ := p.Facts()
			for r.Next() {
				if _, err := r.Entry(); err != nil {
					return // a bad value on a line that both sides share is not looked at
				}
			}
			if r.Err() != nil {
				t.Fatalf("the diff read facts that are none: %v", r.Err())
			}
		}
		want, _ := oracle(old, new, mapOf(t, old), mapOf(t, new))
		if n != len(want) {
			t.Fatalf("%d changes, want %q", n, want)
		}
	})
}
