package baseline

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func all(collect.Key) bool { return true }

func request(p StoredPart, sel func(collect.Key) bool) ApproveRequest {
	return ApproveRequest{Part: p, Select: sel, Reason: "because", By: "kim", ByFrom: "test"}
}

func approve(t *testing.T, s *Store, p StoredPart, sel func(collect.Key) bool) Approval {
	t.Helper()
	a, err := s.Approve(context.Background(), request(p, sel))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func current(t *testing.T, s *Store) *collect.Part {
	t.Helper()
	p, found, err := s.Current("SYS1", "test")
	if err != nil || !found {
		t.Fatal(found, err)
	}
	return p
}

func wantBaseline(t *testing.T, s *Store, want ...string) {
	t.Helper()
	p := current(t, s)
	if got := factsOf(t, p); !slices.Equal(got, want) {
		t.Errorf("the baseline is\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
	if err := p.Check(context.Background()); err != nil {
		t.Error(err)
	}
	if p.Header.Facts != int64(len(want)) {
		t.Errorf("the header counts %d facts of %d", p.Header.Facts, len(want))
	}
}

// moved fails the test unless err says that an approval is void, and why.
func moved(t *testing.T, err error, key collect.Key, why string) {
	t.Helper()
	var m *MovedError
	if !errors.As(err, &m) || m.Key != key || !strings.Contains(m.Why, why) || collect.HintOf(err) == "" {
		t.Errorf("error %v, want that %q %s", err, key, why)
	}
}

func TestFirstApproval(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	p := put(t, s, "2026-11-18", part("zvm/user/A/machine: XA"))
	if _, found, err := s.Current("SYS1", "test"); found || err != nil {
		t.Errorf("a baseline that nobody approved: %v, %v", found, err)
	}
	if _, err := s.Approve(ctx, request(p, all)); err == nil || !strings.Contains(err.Error(), "has no baseline yet") || collect.HintOf(err) == "" {
		t.Errorf("keys of no baseline: %v", err)
	}
	req := request(p, nil)
	req.Reason = ""
	for _, blank := range []string{"", " \t"} {
		req.Reason = blank
		if _, err := s.Approve(ctx, req); !errors.Is(err, ErrStatement) || !strings.Contains(err.Error(), "needs a reason") {
			t.Errorf("reason %q: %v", blank, err)
		}
	}
	req = request(p, nil)
	req.Findings, req.Ticket = map[string]int64{"FAIL": 3, "REVIEW": 1}, "CHG1"
	if _, err := s.Approve(ctx, req); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, s)
	h := s.History("SYS1")
	if len(h) != 1 || h[0].Part != p.Content || h[0].Content != p.Content || h[0].Findings["FAIL"] != 3 || h[0].Ticket != "CHG1" ||
		!h[0].Unsigned() || h[0].What != Whole || h[0].Diff != "" || h[0].Base != "" {
		t.Errorf("history %+v", h)
	}
	if cur := current(t, s); cur.ProvenanceBlob == nil || cur.Header.Content != p.Content {
		t.Error("the baseline is not the part as it was approved")
	}
	if got := s.Baselines("SYS1"); !slices.Equal(got, []string{"test"}) {
		t.Errorf("baselines %q", got)
	}

	partial := put(t, s, "2026-11-19", coveredPart(covered("zvm", collect.Partial, ""), "zvm/user/A/machine: XA"))
	req = request(partial, nil)
	if _, err := s.Approve(ctx, req); err == nil || !strings.Contains(err.Error(), "is partial") {
		t.Errorf("a partial part: %v", err)
	}
	req.Partial = true
	if a, err := s.Approve(ctx, req); err != nil || a.Base != p.Content || a.Diff == "" {
		t.Errorf("a partial part that is insisted on: %+v, %v", a, err)
	}
}

func TestApproveMembers(t *testing.T) {
	s := newStore(t)
	approve(t, s, put(t, s, "2026-11-17", part(`zvm/user/A/class: ["A","G"]`, `zvm/user/A/command: ["x","y"]`,
		`ibmi/sk/accept/23/suites: ["X","Y"]`, "zvm/directory/appcpass/count: 4")), nil)
	next := put(t, s, "2026-11-18", part(`zvm/user/A/class: ["B","G"]`, `zvm/user/A/command: ["y","x"]`,
		`ibmi/sk/accept/23/suites: ["X","Z"]`, "zvm/directory/appcpass/count: 5"))
	a := approve(t, s, next, all)
	var swaps []string
	err := s.Swaps(a.Statement, func(sw Swap) error {
		swaps = append(swaps, fmt.Sprintf("%s %s>%s +%v -%v", sw.Key, sw.Had, sw.Gets, sw.Add, sw.Drop))
		return nil
	})
	want := []string{`zvm/user/A/class > +[B] -[A]`, `zvm/user/A/command ["x","y"]>["y","x"] +[] -[]`}
	if err != nil || !slices.Equal(swaps, want) {
		t.Errorf("swaps %q, want %q, error %v", swaps, want, err)
	}
	// ibmi is not covered there, so nothing that came under it can be approved;
	// the derived count belongs to the part that was approved whole.
	wantBaseline(t, s, `ibmi/sk/accept/23/suites: ["X","Y"]`, "zvm/directory/appcpass/count: ?not recomputed since keys were approved one by one",
		`zvm/user/A/class: ["B","G"]`, `zvm/user/A/command: ["y","x"]`)
	if got, _ := diffLines(t, current(t, s), part(`zvm/user/A/class: ["B","G"]`, `zvm/user/A/command: ["y","x"]`, "zvm/directory/appcpass/count: 5", `ibmi/sk/accept/23/suites: ["X","Y"]`), DiffOptions{}); len(got) > 0 {
		t.Errorf("the derived key differs: %q", got)
	}
}

// Of a partial part only what it says can be approved: what it lacks stays.
func TestApproveFromPartialPart(t *testing.T) {
	s := newStore(t)
	approve(t, s, put(t, s, "2026-11-17", part(`zvm/user/A/class: ["A","G"]`, `zvm/user/A/command: ["x","y"]`, "zvm/user/A/ipl: 1", "zvm/user/B/ipl: 1")), nil)
	next := put(t, s, "2026-11-18", coveredPart(covered("zvm", collect.Partial, ""), `zvm/user/A/class: ["B","G"]`, `zvm/user/A/command: ["y","z"]`, "zvm/user/A/ipl: 2"))
	if a := approve(t, s, next, all); a.Count != 2 {
		t.Errorf("%d keys were approved, want 2", a.Count)
	}
	wantBaseline(t, s, `zvm/user/A/class: ["A","B","G"]`, `zvm/user/A/command: ["x","y"]`, "zvm/user/A/ipl: 2", "zvm/user/B/ipl: 1")
}

func TestApproveObserved(t *testing.T) {
	s := newStore(t)
	ibmi := func(lines ...string) *collect.Part {
		return coveredPart(covered("ibmi", collect.Complete, ""), lines...)
	}
	approve(t, s, put(t, s, "2026-11-17", ibmi(`ibmi/sk/accept/23/suites: ["X","Y"]`, `ibmi/sk/accept/25/suites: ["X"]`)), nil)
	next := put(t, s, "2026-11-18", ibmi(`ibmi/sk/accept/23/suites: ["X","Z"]`, `ibmi/sk/accept/26/suites: []`))
	approve(t, s, next, all)
	wantBaseline(t, s, `ibmi/sk/accept/23/suites: ["X","Y","Z"]`, `ibmi/sk/accept/25/suites: ["X"]`, `ibmi/sk/accept/26/suites: []`)
	if _, err := s.Approve(context.Background(), request(next, all)); err == nil || !strings.Contains(err.Error(), "no change that can be approved") {
		t.Errorf("what was not seen was approved: %v", err)
	}
	req := request(next, all)
	req.Forget = true
	if _, err := s.Approve(context.Background(), req); err != nil {
		t.Fatal(err)
	}
	wantBaseline(t, s, `ibmi/sk/accept/23/suites: ["X","Z"]`, `ibmi/sk/accept/26/suites: []`)
}

func TestApprovalIsCompareAndSwap(t *testing.T) {
	ctx := context.Background()
	start := func(t *testing.T) (*Store, StoredPart) {
		s := newStore(t)
		approve(t, s, put(t, s, "2026-11-17", part("zvm/user/A/machine: XA", "zvm/user/B/machine: XA", `zvm/user/A/class: ["G"]`)), nil)
		return s, put(t, s, "2026-11-18", part("zvm/user/A/machine: ESA", "zvm/user/B/machine: ESA", `zvm/user/A/class: ["B","G"]`))
	}
	t.Run("the diff moved", func(t *testing.T) {
		s, next := start(t)
		_, stats := changesOf(t, current(t, s), part("zvm/user/A/machine: ESA", "zvm/user/B/machine: ESA", `zvm/user/A/class: ["B","G"]`), DiffOptions{})
		req := request(next, SelectKeys("zvm/user/A/machine"))
		req.Seen = stats.Digest
		a, err := s.Approve(ctx, req)
		if err != nil || a.Diff != stats.Digest {
			t.Fatalf("%+v, %v", a, err)
		}
		req.Select = SelectKeys("zvm/user/B/machine")
		_, err = s.Approve(ctx, req)
		moved(t, err, "", "diff is no longer")
		req.Select = nil
		_, err = s.Approve(ctx, req)
		moved(t, err, "", "diff is no longer")
		wantBaseline(t, s, `zvm/user/A/class: ["G"]`, "zvm/user/A/machine: ESA", "zvm/user/B/machine: XA")
		if r := verify(t, s); !r.OK() || len(r.Notes) > 0 {
			t.Errorf("%+v", r)
		}
	})
	t.Run("a proposal is applied", func(t *testing.T) {
		s, next := start(t)
		p, err := s.Propose(ctx, request(next, SelectKeys("zvm/user/A/machine", "zvm/user/A/class")))
		if err != nil {
			t.Fatal(err)
		}
		wantBaseline(t, s, `zvm/user/A/class: ["G"]`, "zvm/user/A/machine: XA", "zvm/user/B/machine: XA")
		if !slices.Contains(factsOf(t, s.ToolFacts("SYS1", nil, nil)), "tool/approval/test/pending: 1") {
			t.Error("the proposal is not pending")
		}
		approve(t, s, next, SelectKeys("zvm/user/B/machine")) // another key
		a, err := reopen(t, s).Apply(ctx, p.Record)
		if err != nil || a.Proposal != p.Record || string(a.Signed) != string(p.Signed) {
			t.Fatalf("%+v, %v", a, err)
		}
		s = reopen(t, s)
		wantBaseline(t, s, `zvm/user/A/class: ["B","G"]`, "zvm/user/A/machine: ESA", "zvm/user/B/machine: ESA")
		if ps := s.Proposals("SYS1"); len(ps) != 1 || ps[0].Applied != a.Record {
			t.Errorf("proposals %+v", ps)
		}
		if _, err := s.Apply(ctx, p.Record); err == nil || !strings.Contains(err.Error(), "was applied by record") {
			t.Errorf("applied twice: %v", err)
		}
		if _, err := s.Apply(ctx, 2); err == nil || !strings.Contains(err.Error(), "is not a proposal") {
			t.Errorf("record 2: %v", err)
		}
	})
	t.Run("a proposal is void when a value moved, even there and back", func(t *testing.T) {
		s, next := start(t)
		p, err := s.Propose(ctx, request(next, all))
		if err != nil {
			t.Fatal(err)
		}
		approve(t, s, next, SelectKeys("zvm/user/B/machine"))
		_, err = s.Apply(ctx, p.Record)
		moved(t, err, "zvm/user/B/machine", "was changed by ledger record 6")
		moved(t, s.Moved(p), "zvm/user/B/machine", "was changed by ledger record 6")
		if !slices.Contains(factsOf(t, s.ToolFacts("SYS1", nil, nil)), "tool/approval/test/pending: 0") {
			t.Error("a void proposal is pending")
		}
		back := put(t, s, "2026-11-19", part("zvm/user/A/machine: XA", "zvm/user/B/machine: XA", `zvm/user/A/class: ["G"]`))
		approve(t, s, back, all)
		_, err = s.Apply(ctx, p.Record)
		moved(t, err, "zvm/user/B/machine", "was changed by ledger record 6")
	})
	t.Run("a proposal is void when the baseline was replaced", func(t *testing.T) {
		s, next := start(t)
		keys, err := s.Propose(ctx, request(next, SelectKeys("zvm/user/A/machine")))
		if err != nil {
			t.Fatal(err)
		}
		whole, err := s.Propose(ctx, request(next, nil))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Apply(ctx, whole.Record); err != nil {
			t.Fatal(err)
		}
		_, err = s.Apply(ctx, keys.Record)
		moved(t, err, "", "the baseline of test was changed by ledger record 7")
	})
}

func TestSwapApply(t *testing.T) {
	for _, tt := range []struct {
		sw         Swap
		cur, want  string
		whyItMoved string
	}{
		{Swap{Had: "XA", Gets: "ESA"}, "XA", "ESA", ""},
		{Swap{Had: "XA", Gets: "ESA"}, "1", "", "was XA when it was looked at and is 1 now"},
		{Swap{Had: "XA", Gets: "ESA"}, "", "", "is absent now"},
		{Swap{Gets: "ESA"}, "", "ESA", ""},
		{Swap{Gets: "ESA"}, "XA", "", "was absent when"},
		{Swap{Had: "XA"}, "XA", "", ""},
		{Swap{Add: []string{"B"}, Drop: []string{"A"}}, `["A","G"]`, `["B","G"]`, ""},
		{Swap{Add: []string{"B"}}, `["A","Z"]`, `["A","B","Z"]`, ""},
		{Swap{Add: []string{"B"}}, `["B"]`, "", `has the member "B" already`},
		{Swap{Drop: []string{"B"}}, `["A"]`, "", `has no member "B" any more`},
		{Swap{Drop: []string{"B"}}, `["B"]`, "[]", ""},
		{Swap{Add: []string{"B"}}, "XA", "", "was a set"},
		{Swap{Add: []string{"B"}}, "", "", "is absent now"},
		{Swap{Add: []string{"B"}}, "?masked", "", "is ?masked now"},
	} {
		tt.sw.Key = "zvm/user/A/class"
		got, err := tt.sw.apply(tt.cur)
		if tt.whyItMoved != "" {
			moved(t, err, tt.sw.Key, tt.whyItMoved)
		} else if err != nil || got != tt.want {
			t.Errorf("%+v on %q: %q, %v, want %q", tt.sw, tt.cur, got, err, tt.want)
		}
	}
}

// Approving part after part, keys chosen at random, gives what the same swaps
// give on a map; approving everything leaves no change but what cannot be known.
func TestBaselineIsTheFoldOfItsApprovals(t *testing.T) {
	rng := rand.New(rand.NewPCG(20261119, 4))
	ctx := context.Background()
	for range 6 {
		s := newStore(t)
		complete := []collect.Coverage{{Prefix: "", State: collect.Complete}}
		night := 0
		next := func() StoredPart {
			night++
			p := randomPart(rng, complete)
			p.Header.Warnings = []collect.Warning{{Text: fmt.Sprint(night)}}
			return put(t, s, fmt.Sprintf("2026-10-%02d", night), p)
		}
		approve(t, s, next(), nil)
		want := mapOf(t, current(t, s))
		for range 8 {
			p := next()
			chance := rng.IntN(5)
			req := request(p, func(k collect.Key) bool { return (len(k)+chance)%3 > 0 })
			req.Forget = true
			if chance == 4 {
				req.Select = all
			}
			a, err := s.Approve(ctx, req)
			if err != nil {
				t.Fatal(err)
			}
			err = s.Swaps(a.Statement, func(sw Swap) error {
				form, err := sw.apply(want[sw.Key].String())
				if form == "" {
					delete(want, sw.Key)
					return err
				}
				want[sw.Key], err = collect.ParseForm([]byte(form), collect.Keys().Type(sw.Key))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			got := mapOf(t, current(t, s))
			for k, v := range want {
				if collect.Keys().Class(k) == collect.Derived {
					v, _ = collect.ParseForm([]byte(notRecomputed), collect.TypeAbsent)
				}
				if got[k].String() != v.String() {
					t.Fatalf("%s is %s in the baseline, want %s", k, got[k], v)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%d keys in the baseline, want %d", len(got), len(want))
			}
			if chance < 4 {
				continue
			}
			stored, err := s.OpenPart(p)
			if err != nil {
				t.Fatal(err)
			}
			left, _ := changesOf(t, current(t, s), stored, DiffOptions{})
			if slices.ContainsFunc(left, func(c Change) bool { return c.Op != NotCollected }) {
				t.Fatalf("everything was approved, and yet: %+v", left)
			}
		}
		s = reopen(t, s)
		if err := current(t, s).Check(ctx); err != nil {
			t.Error(err)
		}
		if r := verify(t, s); !r.OK() || len(r.Notes) > 0 {
			t.Errorf("%+v", r)
		}
	}
}

// Several approvers at once: each key is approved once, and none is lost.
func TestApproversAtOnce(t *testing.T) {
	s := newStore(t)
	var old, new []string
	for i := range 8 {
		old = append(old, fmt.Sprintf("zvm/user/%d/machine: XA", i))
		new = append(new, fmt.Sprintf("zvm/user/%d/machine: ESA", i))
	}
	approve(t, s, put(t, s, "2026-11-17", part(old...)), nil)
	next := put(t, s, "2026-11-18", part(new...))
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range 8 {
		wg.Go(func() {
			other, err := Open(s.Dir(), clock())
			if err == nil {
				_, err = other.Approve(context.Background(), request(next, SelectKeys(collect.Key(fmt.Sprintf("zvm/user/%d/machine", i)))))
			}
			errs[i] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, s)
	wantBaseline(t, s, new...)
	if n := len(s.History("SYS1")); n != 9 {
		t.Errorf("%d approvals, want 9", n)
	}
}
