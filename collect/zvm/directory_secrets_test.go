package zvm

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// everything is all that a part would leave on disk.
func (c *collected) everything(t testing.TB) string {
	t.Helper()
	h, err := json.Marshal(c.Header)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.ProvenanceBlob()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	p, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return c.text + string(h) + string(p)
}

// One wrong character anywhere (a line broken in two, two lines joined, a blank
// or a comma too many, a letter lost) must not carry a secret out.
func TestBrokenLinesKeepSecrets(t *testing.T) {
	in := text(cluster...)
	step := 1
	if testing.Short() {
		step = 7
	}
	for i := 0; i < len(in); i += step {
		if strings.HasPrefix(strings.TrimLeft(string(in[i:]), " "), "AUTOLOG") {
			continue // "AUTOLOG OTHER SECRET" on a line of its own is a sound statement
		}
		for name, broken := range map[string][]byte{
			"line end": slices.Insert(slices.Clone(in), i, '\n'),
			"blank":    slices.Insert(slices.Clone(in), i, ' '),
			"comma":    slices.Insert(slices.Clone(in), i, ','),
			"lost":     slices.Delete(slices.Clone(in), i, i+1),
		} {
			c, err := run(t, collect.Options{}, broken)
			out := ""
			if err != nil {
				out = err.Error() + collect.HintOf(err)
			} else {
				out = c.everything(t)
				c.Close()
			}
			for _, canary := range canaries {
				if at := strings.Index(out, canary); at >= 0 {
					t.Errorf("%s at byte %d (%q|%q): a secret leaves: ...%s...", name, i, in[max(0, i-30):i], in[i:min(len(in), i+30)], out[max(0, at-60):min(len(out), at+40)])
				}
			}
		}
	}
}
