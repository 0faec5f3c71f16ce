package racf_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/racf"
)

// sample reads a published capture from the folder shared beside the repository.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, "..", "shared", "samples", "racf", name))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("the sample shared/samples/racf/%s is not beside this repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// part is a part with its facts in memory.
type part struct {
	*collect.Part
	values map[string]collect.Value
}

func read(t testing.TB, data string) part { return readAs(t, racf.Setropts(), collect.Options{}, data) }

func readAs(t testing.TB, src collect.Source, opts collect.Options, data ...string) part {
	t.Helper()
	p, err := tryRead(t, src, opts, data...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func tryRead(t testing.TB, src collect.Source, opts collect.Options, data ...string) (part, error) {
	t.Helper()
	var files []*collect.File
	for _, d := range data {
		files = append(files, collect.BytesFile("extract", []byte(d)))
	}
	parts, err := collect.Run(t.Context(), src, files, &opts)
	if err != nil {
		return part{}, err
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts, want 1", len(parts))
	}
	t.Cleanup(parts[0].Close)
	return part{parts[0], values(t, parts[0])}, nil
}

func values(t testing.TB, p *collect.Part) map[string]collect.Value {
	t.Helper()
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := map[string]collect.Value{}
	for r.Next() {
		e, err := r.Entry()
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(string(e.Key), "racf/setropts/")] = e.Value
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	return out
}

// is checks one value by its canonical form; "" means that the key is absent.
func (p part) is(t testing.TB, name, want string) {
	t.Helper()
	if got := p.values[name].String(); got != want {
		t.Errorf("%s is %q, want %q", name, got, want)
	}
}

// has checks the number of classes of a list.
func (p part) has(t testing.TB, name string, want int) {
	t.Helper()
	v := p.values[name]
	if v.Type() != collect.TypeSet || len(v.Items()) != want {
		t.Errorf("%s is %s of %d, want a set of %d", name, v.Type(), len(v.Items()), want)
	}
}

// covered checks the state that decides for a key; "" is the collection.
func (p part) covered(t testing.TB, name string, want collect.State) {
	t.Helper()
	key := collect.Key("racf/setropts")
	if name != "" {
		key = key.Join(name)
	}
	if c := p.Header.CoverageOf(key); c.State != want {
		t.Errorf("%s is covered %q (%s), want %q", key, c.State, c.Reason, want)
	}
}

func (p part) ignored(t testing.TB, reason string, want int64) {
	t.Helper()
	if got := p.Header.Counts.Ignored[reason]; got != want {
		t.Errorf("%d lines ignored as %q, want %d (all: %v)", got, reason, want, p.Header.Counts.Ignored)
	}
}

// lines edits a listing line by line: edit returns the lines that stand in place
// of one.
func lines(s string, edit func(n int, line string) []string) string {
	var out []string
	for i, l := range strings.Split(strings.TrimSuffix(s, "\n"), "\n") {
		out = append(out, edit(i+1, l)...)
	}
	return strings.Join(out, "\n") + "\n"
}

// replaceLine replaces the one line that begins with start.
func replaceLine(t testing.TB, s, start string, with ...string) string {
	t.Helper()
	found := 0
	out := lines(s, func(_ int, l string) []string {
		if strings.HasPrefix(strings.TrimLeft(l, " "), start) {
			found++
			return with
		}
		return []string{l}
	})
	if found != 1 {
		t.Fatalf("%d lines begin with %q, want 1", found, start)
	}
	return out
}
