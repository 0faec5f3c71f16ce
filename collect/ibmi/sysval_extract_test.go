package ibmi

import (
	"cmp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
)

// What the tests of the small sources share.

// collected is a part in a form that tests can ask: facts and metrics by key.
type collected struct {
	header collect.Header
	values map[collect.Key]collect.Value
	origin map[collect.Key]collect.Located
}

// collectWith reads files with src and returns its one part.
func collectWith(t testing.TB, src collect.Source, opts collect.Options, files ...string) collected {
	t.Helper()
	r, err := tryCollect(t, src, opts, files...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func tryCollect(t testing.TB, src collect.Source, opts collect.Options, files ...string) (collected, error) {
	t.Helper()
	var in []*collect.File
	for i, data := range files {
		in = append(in, collect.BytesFile("extract"+string(rune('0'+i)), []byte(data)))
	}
	parts, err := collect.Run(t.Context(), src, in, &opts)
	if err != nil {
		return collected{}, err
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts", len(parts))
	}
	p := parts[0]
	defer p.Close()
	r := collected{p.Header, map[collect.Key]collect.Value{}, map[collect.Key]collect.Located{}}
	f, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for f.Next() {
		e, err := f.Entry()
		if err != nil {
			t.Fatal(err)
		}
		r.values[e.Key] = e.Value
	}
	v, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for v.Next() {
		l := v.Located()
		r.origin[l.Key] = l
		if !l.Metric.IsAbsent() {
			r.values[l.Key] = l.Metric
		}
	}
	if err := cmp.Or(f.Err(), v.Err()); err != nil {
		t.Fatal(err)
	}
	return r, nil
}

// wantForms compares values by their form.
func wantForms(t *testing.T, r collected, want map[collect.Key]string) {
	t.Helper()
	for key, form := range want {
		if got := r.values[key].String(); got != form {
			t.Errorf("%s: got %s, want %s", key, got, form)
		}
	}
}

// captured puts a capture header around an extract.
func captured(text string) string {
	lines := strings.Count(text, "\n")
	return "*> irondrift-capture 1\n*> system: PRDA\n*> time: 2026-11-18T02:05:00+01:00\n*> begin\n" + text +
		"*> end lines: " + itoa(lines) + "\n"
}

func itoa(n int) string { return collect.Number(int64(n)).Raw() }

// utf16le encodes text as spreadsheet programs do.
func utf16le(text string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

// fuzzSource checks the properties that hold for any input of a small source.
func fuzzSource(t *testing.T, src collect.Source, in []byte, at int) {
	opts := collect.Options{System: "S", Limits: collect.Limits{Line: 4096, Members: 3}}
	whole, err := tryCollect(t, src, opts, string(in))
	if err != nil {
		if collect.HintOf(err) == "" {
			t.Fatalf("error without advice: %v", err)
		}
		return
	}
	accounted(t, whole)
	cut, err := tryCollect(t, src, opts, string(in[:min(at, len(in))]))
	if err != nil {
		return
	}
	accounted(t, cut)
	for key := range whole.values {
		d, ok := cut.values[key]
		if state := cut.header.CoverageOf(key).State; !ok && state == collect.Complete && collect.Keys().Class(key) == collect.Setting {
			t.Fatalf("%s is gone under complete coverage (%v)", key, d)
		}
	}
}

func accounted(t *testing.T, r collected) {
	t.Helper()
	c := r.header.Counts
	sum := c.Used + c.Duplicate
	for _, n := range c.Ignored {
		sum += n
	}
	if c.Read != sum {
		t.Fatalf("read %d, accounted for %d: %+v", c.Read, sum, c)
	}
	for key := range r.values {
		if r.header.CoverageOf(key).State == "" {
			t.Fatalf("%s is not covered", key)
		}
	}
}
