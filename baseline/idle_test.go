package baseline

import (
	"fmt"
	"slices"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestIdle: a thing is idle when none of its keys was seen, wherever the other
// keys stand.
func TestIdle(t *testing.T) {
	key := func(port, name string) string { return "zert/S/T/server/J/10.0.0.1:" + port + "/" + name }
	facts := func(lines ...string) *collect.Part {
		return coveredPart([]collect.Coverage{{Prefix: "zert/S", State: collect.Complete}}, lines...)
	}
	old := facts(key("1", "protection")+`: ["tls"]`, key("1", "users")+`: ["U"]`,
		key("2", "protection")+`: ["tls"]`, key("2", "tls/source")+`: ["provider"]`, key("2", "users")+`: ["U"]`,
		key("3", "protection")+`: ["tls"]`, key("3", "users")+`: ["U"]`)
	for _, c := range []struct {
		name string
		now  *collect.Part
		want []string
	}{
		{"a key before it is there", facts(key("2", "protection") + `: ["tls"]`), []string{"1 idle 2", "2/tls/source", "2/users", "3 idle 2"}},
		{"a key behind it is there", facts(key("2", "users") + `: ["U"]`), []string{"1 idle 2", "2/protection", "2/tls/source", "3 idle 2"}},
		{"another key of it is new", facts(key("2", "ssh/auth") + `: ["password"]`), []string{"1 idle 2", "2/protection", "2/ssh/auth", "2/tls/source", "2/users", "3 idle 2"}},
		{"the last one is there", facts(key("3", "users") + `: ["U"]`), []string{"1 idle 2", "2 idle 3", "3/protection"}},
		{"a longer name is there", facts(key("20", "users") + `: ["U"]`), []string{"1 idle 2", "2 idle 3", "20/users", "3 idle 2"}},
	} {
		var got []string
		fold, flush := FoldIdle(func(ch Change) error {
			text := string(ch.Key)[len("zert/S/T/server/J/10.0.0.1:"):]
			if ch.Keys > 0 {
				text += fmt.Sprintf(" idle %d", ch.Keys)
			}
			got = append(got, text)
			return nil
		})
		if _, err := Diff(t.Context(), old, c.now, DiffOptions{}, fold); err != nil {
			t.Fatal(err)
		}
		if err := flush(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		slices.Sort(c.want)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
