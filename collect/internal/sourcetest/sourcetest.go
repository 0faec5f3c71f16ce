// Package sourcetest is the conformance suite that every source of extracts
// passes. A source's test states its inputs and calls [Run]; each law is then a
// subtest:
//
//   - recognised: its own inputs and nobody else's bytes;
//   - deterministic: two readings give the same facts, provenance and header;
//   - accounting: every record read is used, duplicate, or ignored for a reason;
//   - catalogue and coverage: every key lies under the prefixes the source names;
//   - truncation: an input cut anywhere never makes a key or member look
//     removed, and never keeps complete coverage with fewer facts;
//   - layouts: other layouts of the same facts have the same content digest;
//   - damage: wrong input gives an error with a place and advice;
//   - cancel and limits: a cancelled context and a huge line stop the reading;
//   - secrets: canary passwords appear in nothing that is written.
package sourcetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// Suite describes a source to test.
type Suite struct {
	Source collect.Source
	// Inputs are sound extracts by name.
	Inputs map[string][]byte
	// SameAs maps the name of an input to that of another with the same facts
	// in another layout.
	SameAs map[string]string
	// Options for collecting; System may be left empty.
	Options collect.Options
	// Canaries are secrets planted in the inputs.
	Canaries []string
	// Cuts limits how many truncations of each input are tried; 0 means 400,
	// spread evenly, and always every byte of the last 100. With -short they are
	// fewer: that is for emulated machines, where the same code is tried again.
	Cuts int
	// Damaged are inputs that must fail with an error of the given kind.
	Damaged map[string]Damage
}

// Damage is a wrong input and the sentinel its error must wrap.
type Damage struct {
	Data []byte
	Is   error
}

// Run runs every law against the suite.
func Run(t *testing.T, s Suite) {
	for name, data := range s.Inputs {
		t.Run(name, func(t *testing.T) {
			t.Run("recognised", func(t *testing.T) { s.recognised(t, data) })
			t.Run("deterministic", func(t *testing.T) { s.deterministic(t, data) })
			t.Run("accounting", func(t *testing.T) { s.accounting(t, data) })
			t.Run("prefixes", func(t *testing.T) { s.prefixes(t, data) })
			t.Run("truncation", func(t *testing.T) { s.truncation(t, data) })
			t.Run("cancel", func(t *testing.T) { s.cancel(t, data) })
			t.Run("secrets", func(t *testing.T) { s.secrets(t, data) })
		})
	}
	for name, other := range s.SameAs {
		t.Run("layout/"+name, func(t *testing.T) {
			a, b := s.collect(t, s.Inputs[name]), s.collect(t, s.Inputs[other])
			if len(a) != len(b) {
				t.Fatalf("%d systems, the other layout has %d", len(a), len(b))
			}
			for i := range a {
				if a[i].Header.Content != b[i].Header.Content {
					t.Errorf("content digest differs from %s:\n%s", other, firstDifference(t, a[i], b[i]))
				}
			}
		})
	}
	damaged := map[string]Damage{
		"empty":       {nil, collect.ErrEmpty},
		"blank lines": {bytes.Repeat([]byte("\n"), 50), nil},
		"zeros":       {make([]byte, 4096), nil},
		"html":        {[]byte("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>proxy error</body></html>\n"), nil},
		"prose":       {[]byte(strings.Repeat("the quick brown fox jumps over the lazy dog, twice a night\n", 40)), nil},
	}
	for name, d := range s.Damaged {
		damaged[name] = d
	}
	for name, d := range damaged {
		t.Run("damaged/"+name, func(t *testing.T) { s.damaged(t, d) })
	}
	t.Run("huge line", func(t *testing.T) {
		for name, data := range s.Inputs {
			huge := slices.Concat(data, bytes.Repeat([]byte("A"), 3<<20))
			opts := s.Options
			parts, err := collect.Run(t.Context(), s.Source, []*collect.File{collect.BytesFile(name, huge)}, &opts)
			if err != nil {
				requireAdvice(t, err)
				continue
			}
			for _, p := range parts {
				if complete(p) && len(p.Header.Warnings) == 0 && ignored(p) == 0 {
					t.Errorf("%s: 3 MiB of rubbish at the end left no trace in the header", name)
				}
			}
		}
	})
}

func (s Suite) run(ctx context.Context, data []byte) ([]*collect.Part, error) {
	opts := s.Options
	opts.SecretKey = []byte("sourcetest")
	return collect.Run(ctx, s.Source, []*collect.File{collect.BytesFile("extract", data)}, &opts)
}

func (s Suite) collect(t *testing.T, data []byte) []*collect.Part {
	t.Helper()
	parts, err := s.run(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, p := range parts {
			p.Close()
		}
	})
	return parts
}

func (s Suite) recognised(t *testing.T, data []byte) {
	head, err := collect.BytesFile("x", data).Peek()
	if err != nil {
		t.Fatal(err)
	}
	if s.Source.Recognise(head) < collect.Likely {
		t.Error("the source does not recognise its own extract")
	}
	for _, other := range []string{"hello, world\n", "a,b,c\n1,2,3\n", "{\"a\": 1}\n", "\x00\x01\x02\x03"} {
		head, err := collect.BytesFile("x", []byte(other)).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if s.Source.Recognise(head) >= collect.Likely {
			t.Errorf("the source claims %q", other)
		}
	}
}

func (s Suite) deterministic(t *testing.T, data []byte) {
	a, b := s.collect(t, data), s.collect(t, data)
	if len(a) != len(b) {
		t.Fatalf("%d and %d systems", len(a), len(b))
	}
	for i := range a {
		if x, y := dump(t, a[i]), dump(t, b[i]); x != y {
			t.Errorf("two readings differ:\n%s\n---\n%s", x, y)
		}
	}
}

func (s Suite) accounting(t *testing.T, data []byte) {
	for _, p := range s.collect(t, data) {
		c := p.Header.Counts
		if sum := c.Used + c.Duplicate + ignored(p); c.Read != sum || c.Read == 0 {
			t.Errorf("read %d, but used %d + duplicate %d + ignored %v = %d", c.Read, c.Used, c.Duplicate, c.Ignored, sum)
		}
		if c.Used == 0 {
			t.Errorf("nothing used of %d records", c.Read)
		}
	}
}

func ignored(p *collect.Part) (n int64) {
	for _, v := range p.Header.Counts.Ignored {
		n += v
	}
	return n
}

func (s Suite) prefixes(t *testing.T, data []byte) {
	under := func(k collect.Key) bool {
		return slices.ContainsFunc(s.Source.Info().Prefixes, k.Under)
	}
	for _, p := range s.collect(t, data) {
		for _, c := range p.Header.Coverage {
			if !under(c.Prefix) {
				t.Errorf("coverage of %q lies outside the source's prefixes", c.Prefix)
			}
			if c.State != collect.Complete && c.Reason == "" {
				t.Errorf("coverage of %q is %s without a reason", c.Prefix, c.State)
			}
		}
		for _, e := range facts(t, p) {
			if !under(e.Key) {
				t.Errorf("key %q lies outside the source's prefixes", e.Key)
			}
			if p.Header.CoverageOf(e.Key).State == "" {
				t.Errorf("key %q is not covered", e.Key)
			}
		}
	}
}

func (s Suite) cancel(t *testing.T, data []byte) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	parts, err := s.run(ctx, data)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled reading gave %d parts and error %v", len(parts), err)
	}
}

func (s Suite) secrets(t *testing.T, data []byte) {
	if len(s.Canaries) == 0 {
		t.Skip("no canaries: these extracts hold no secrets")
	}
	planted := 0
	for _, c := range s.Canaries {
		if bytes.Contains(data, []byte(c)) {
			planted++
		}
	}
	for _, n := range append(s.cutsOf(len(data)), len(data)) {
		parts, err := s.run(t.Context(), data[:n])
		var out string
		if err != nil {
			out = err.Error() + collect.HintOf(err)
		}
		for _, p := range parts {
			out += dump(t, p)
			p.Close()
		}
		for _, c := range s.Canaries {
			if i := strings.Index(out, c); i >= 0 {
				t.Fatalf("cut at %d: a secret leaves: ...%s...", n, out[max(0, i-60):min(len(out), i+60)])
			}
		}
	}
	t.Logf("%d of %d canaries stand in this input as plain bytes", planted, len(s.Canaries))
}

func (s Suite) damaged(t *testing.T, d Damage) {
	parts, err := s.run(t.Context(), d.Data)
	if err == nil {
		for _, p := range parts {
			if complete(p) {
				t.Errorf("gives a complete part with %d facts", p.Header.Facts)
			}
		}
		return
	}
	if d.Is != nil && !errors.Is(err, d.Is) {
		t.Errorf("error %v, want one that wraps %v", err, d.Is)
	}
	requireAdvice(t, err)
}

func requireAdvice(t *testing.T, err error) {
	t.Helper()
	var e *collect.Error
	if !errors.As(err, &e) {
		t.Errorf("error without place and advice: %v", err)
		return
	}
	if e.Advice == "" || e.File == "" {
		t.Errorf("error %q has file %q and advice %q", err, e.File, e.Advice)
	}
}

func facts(t *testing.T, p *collect.Part) []collect.Entry {
	t.Helper()
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var out []collect.Entry
	for r.Next() {
		e, err := r.Entry()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return out
}

// dump is everything a part would leave on disk.
func dump(t *testing.T, p *collect.Part) string {
	t.Helper()
	h, err := json.MarshalIndent(p.Header, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	out := string(h)
	for _, open := range []collect.Opener{p.FactsBlob, p.ProvenanceBlob} {
		r, err := open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		out += "\n" + string(b)
	}
	return out
}

func firstDifference(t *testing.T, a, b *collect.Part) string {
	x, y := facts(t, a), facts(t, b)
	for i := range min(len(x), len(y)) {
		if x[i].Key != y[i].Key || x[i].Value.Compare(y[i].Value) != 0 {
			return fmt.Sprintf("%s: %s\n%s: %s", x[i].Key, x[i].Value, y[i].Key, y[i].Value)
		}
	}
	return fmt.Sprintf("%d and %d facts", len(x), len(y))
}
