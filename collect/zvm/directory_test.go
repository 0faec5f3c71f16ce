package zvm

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// collected is a part read back, for tests.
type collected struct {
	*collect.Part
	facts map[string]string
	text  string
}

func run(t testing.TB, opts collect.Options, inputs ...[]byte) (*collected, error) {
	t.Helper()
	var files []*collect.File
	for i, in := range inputs {
		files = append(files, collect.BytesFile(string(rune('a'+i))+".direct", in))
	}
	parts, err := collect.Run(context.Background(), Directory(), files, &opts)
	if err != nil {
		return nil, err
	}
	if len(parts) != 1 {
		t.Fatalf("got %d parts, want 1", len(parts))
	}
	c := &collected{Part: parts[0], facts: map[string]string{}}
	t.Cleanup(c.Close)
	r, err := c.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var b strings.Builder
	for r.Next() {
		c.facts[string(r.Key())] = string(r.Form())
		b.Write(r.Key())
		b.WriteString(": ")
		b.Write(r.Form())
		b.WriteByte('\n')
	}
	if r.Err() != nil {
		t.Fatal(r.Err())
	}
	c.text = b.String()
	counts := c.Header.Counts
	sum := counts.Used + counts.Duplicate
	for _, n := range counts.Ignored {
		sum += n
	}
	if sum != counts.Read {
		t.Errorf("counts %+v: read %d, accounted for %d", counts, counts.Read, sum)
	}
	return c, nil
}

func mustRun(t testing.TB, opts collect.Options, inputs ...[]byte) *collected {
	t.Helper()
	c, err := run(t, opts, inputs...)
	if err != nil {
		t.Fatalf("collecting: %v (%s)", err, collect.HintOf(err))
	}
	return c
}

// want checks facts by key; the form "absent" means that there is none.
func (c *collected) want(t *testing.T, want map[string]string) {
	t.Helper()
	for key, form := range want {
		got, ok := c.facts[key]
		if !ok {
			got = "absent"
		}
		if got != form {
			t.Errorf("%s: got %s, want %s", key, got, form)
		}
	}
}

// sample reads a published sample that lies beside the repository.
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
			t.Skip("the repository root was not found")
		}
		dir = filepath.Dir(dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, "..", "shared", "samples", "zvm", name))
	if err != nil {
		t.Skipf("sample %s is not beside the repository: %v", name, err)
	}
	return b
}
