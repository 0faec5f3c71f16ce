package baseline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// crash is what the steps of a store panic with when the machine goes down.
type crash struct{ what string }

// scenario does everything that writes to a store, from wherever it stands.
func scenario(dir string, step func(string)) error {
	ctx := context.Background()
	now := clock()
	s, err := create(dir, now, step)
	if err != nil {
		if s, err = Open(dir, now); err != nil {
			return err
		}
		s.step = step
	}
	first, err := s.PutPart(ctx, "2026-11-18", part("zvm/user/A/machine: XA", `zvm/user/A/class: ["G"]`))
	if err != nil {
		return err
	}
	if _, err := s.Approve(ctx, ApproveRequest{Part: first, Reason: "first", By: "kim", ByFrom: "test"}); err != nil {
		return err
	}
	next, err := s.PutPart(ctx, "2026-11-19", part("zvm/user/A/machine: XA", `zvm/user/A/class: ["B","G"]`))
	if err != nil {
		return err
	}
	p, err := s.Propose(ctx, ApproveRequest{Part: next, Reason: "second", By: "kim", ByFrom: "test", Select: func(collect.Key) bool { return true }})
	if err != nil {
		return err
	}
	if _, err := s.Apply(ctx, p.Record); err != nil {
		return err
	}
	_, err = s.PutRun(Run{Version: "1", Systems: []RunSystem{{System: "SYS1", Night: "2026-11-19", Sources: []string{"test"}, Changes: map[Op]int64{Changed: 1}}}})
	return err
}

// The machine goes down at every single step of the scenario. What is there
// afterwards is sound, nothing that was recorded before is lost, and the
// scenario can be run again.
func TestCrashAtEveryStep(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for stop := 0; ; stop++ {
		if testing.Short() && stop%4 != 0 {
			continue
		}
		dir := t.TempDir()
		n := 0
		var at *crash
		sizes := []int64{0}
		err := func() (err error) {
			defer func() {
				if c, ok := recover().(crash); ok {
					at = &c
				}
			}()
			return scenario(dir, func(what string) {
				if n == stop {
					panic(crash{what})
				}
				if names, err := ledgerNames(dir); err == nil {
					sizes = append(sizes, int64(len(names)))
				}
				n++
			})
		}()
		if at == nil {
			if err != nil || stop < 60 {
				t.Fatalf("after %d steps: %v", stop, err)
			}
			t.Logf("%d steps", stop)
			return
		}
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("step %d, %q: %s", stop, at.what, fmt.Sprintf(format, args...))
		}
		before, err := ledgerNames(dir)
		if err != nil || int64(len(before)) < sizes[len(sizes)-1] {
			fail("%d records left of %d, error %v", len(before), sizes[len(sizes)-1], err)
		}
		if len(before) > 0 {
			r, err := Verify(ctx, dir, VerifyOptions{})
			if err != nil || !r.OK() || r.Records != int64(len(before)) {
				fail("verify: %+v, %v", r, err)
			}
		}
		if err := scenario(dir, func(string) {}); err != nil {
			fail("again: %v", err)
		}
		s, err := Open(dir, clock())
		if err != nil {
			fail("open: %v", err)
		}
		cur, found, err := s.Current("SYS1", "test")
		if err != nil || !found {
			fail("baseline: %v %v", found, err)
		}
		if got := factsOf(t, cur); !slices.Equal(got, []string{`zvm/user/A/class: ["B","G"]`, "zvm/user/A/machine: XA"}) {
			fail("baseline %q", got)
		}
		if r, err := Verify(ctx, dir, VerifyOptions{}); err != nil || !r.OK() {
			fail("verify at the end: %+v, %v", r, err)
		}
	}
}

// manyParts stores n parts of system name, one by one.
func manyParts(s *Store, name string, n int) error {
	for i := range n {
		p := part(fmt.Sprintf("zvm/user/%s%d/machine: XA", name, i))
		p.Header.System = name
		if _, err := s.PutPart(context.Background(), time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), p); err != nil {
			return err
		}
	}
	return nil
}

func TestTwoWriters(t *testing.T) {
	first := newStore(t)
	const writers, each = 4, 15
	var wg sync.WaitGroup
	errs := make([]error, writers)
	for w := range writers {
		wg.Go(func() {
			s, err := Open(first.Dir(), clock())
			if err == nil {
				err = manyParts(s, fmt.Sprintf("SYS%d", w), each)
			}
			errs[w] = err
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if err := first.Refresh(); err != nil {
		t.Fatal(err)
	}
	r := verify(t, first)
	// Each writer has a clock of its own, so that records are not in its order.
	r.Notes = slices.DeleteFunc(r.Notes, func(n string) bool { return strings.Contains(n, "a clock was set back") })
	if !r.OK() || len(r.Notes) > 0 || r.Records != 1+writers*each || r.Head != first.Head() {
		t.Errorf("report %+v", r)
	}
	for w := range writers {
		if n := len(first.Nights(fmt.Sprintf("SYS%d", w))); n != each {
			t.Errorf("writer %d: %d nights, want %d", w, n, each)
		}
	}
}

// Two processes write to one store and are killed at any moment.
func TestKilledWriters(t *testing.T) {
	if dir := os.Getenv("BASELINE_TEST_WRITER"); dir != "" {
		s, err := Open(dir, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		if err := manyParts(s, os.Getenv("BASELINE_TEST_SYSTEM"), 10_000); err != nil {
			t.Fatal(err)
		}
		return
	}
	exe, err := os.Executable()
	if err != nil {
		t.Skip("no executable to start:", err)
	}
	s := newStore(t)
	records := int64(1)
	for round := range 5 {
		var children []*exec.Cmd
		for w := range 2 {
			c := exec.Command(exe, "-test.run=^TestKilledWriters$")
			c.Env = append(os.Environ(), "BASELINE_TEST_WRITER="+s.Dir(), fmt.Sprintf("BASELINE_TEST_SYSTEM=SYS%d%d", round, w))
			if err := c.Start(); err != nil {
				t.Skip("cannot start a process of this kind here:", err)
			}
			children = append(children, c)
		}
		time.Sleep(time.Duration(120+37*round) * time.Millisecond)
		for _, c := range children {
			c.Process.Kill()
			c.Wait()
		}
		r := verify(t, s)
		if !r.OK() || r.Records < records {
			t.Fatalf("round %d: %+v", round, r)
		}
		records = r.Records
	}
	if records < 5 {
		t.Skipf("only %d records were written in the time", records)
	}
	t.Logf("%d records", records)
}
