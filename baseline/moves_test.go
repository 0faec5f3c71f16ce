package baseline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestMoves: an endpoint that left one stack and came to one other moved; when
// there were several, or the service was there before, nothing is guessed.
func TestMoves(t *testing.T) {
	part := func(lines ...string) *collect.Part {
		slices.Sort(lines)
		return coveredPart([]collect.Coverage{{Prefix: "zert", State: collect.Complete}}, lines...)
	}
	service := func(stack, job, values string) []string {
		var out []string
		for _, v := range strings.Fields(values) {
			name, value, _ := strings.Cut(v, "=")
			out = append(out, fmt.Sprintf(`zert/%s/server/%s/10.0.0.9:7/%s: ["%s"]`, stack, job, name, value))
		}
		return out
	}
	const tls12 = "protection=tls tls/versions=TLSv1.2 users=U"
	of := func(lists ...[]string) []string { return slices.Concat(lists...) }
	for _, c := range []struct {
		name     string
		old, now []string
		want     []string
	}{
		{"to another system", service("A/T", "J", tls12), service("B/T", "J", tls12), []string{
			"changed B/T/server/J/10.0.0.9:7 zert/A/T -> zert/B/T 3: moved here from zert/A/T/server/J/10.0.0.9:7 with 3 values as they were",
			"not_seen A/T/server/J/10.0.0.9:7 3: moved to zert/B/T/server/J/10.0.0.9:7"}},
		{"to another stack, and another job", service("A/T1", "J1", tls12), service("A/T2", "J2", tls12), []string{
			"changed A/T2/server/J2/10.0.0.9:7 zert/A/T1 -> zert/A/T2 3: moved here from zert/A/T1/server/J1/10.0.0.9:7 with 3 values as they were",
			"not_seen A/T1/server/J1/10.0.0.9:7 3: moved to zert/A/T2/server/J2/10.0.0.9:7"}},
		{"and weaker there", service("A/T", "J", tls12), service("B/T", "J", "protection=tls tls/versions=TLSv1.0 users=U ssh/auth=none"), []string{
			`added B/T/server/J/10.0.0.9:7/ssh/auth: moved here from zert/A/T/server/J/10.0.0.9:7`,
			`added B/T/server/J/10.0.0.9:7/tls/versions: moved here from zert/A/T/server/J/10.0.0.9:7, where it was ["TLSv1.2"]`,
			"changed B/T/server/J/10.0.0.9:7 zert/A/T -> zert/B/T 2: moved here from zert/A/T/server/J/10.0.0.9:7 with 2 values as they were",
			"not_seen A/T/server/J/10.0.0.9:7 3: moved to zert/B/T/server/J/10.0.0.9:7"}},
		{"one value only", service("A/T", "J", "protection=tls"), service("B/T", "J", "protection=tls"), []string{
			"changed B/T/server/J/10.0.0.9:7 zert/A/T -> zert/B/T 1: moved here from zert/A/T/server/J/10.0.0.9:7 with 1 value as they were",
			"not_seen A/T/server/J/10.0.0.9:7 1: moved to zert/B/T/server/J/10.0.0.9:7"}},
		{"another job of the stack", service("A/T", "J1", "protection=tls"), service("A/T", "J2", "protection=tls"), []string{
			"added A/T/server/J2/10.0.0.9:7/protection:", "not_seen A/T/server/J1/10.0.0.9:7 1:"}},
		{"to two", service("A/T", "J", "protection=tls"), of(service("B/T", "J", "protection=tls"), service("C/T", "J", "protection=tls")), []string{
			"added B/T/server/J/10.0.0.9:7/protection:", "added C/T/server/J/10.0.0.9:7/protection:", "not_seen A/T/server/J/10.0.0.9:7 1:"}},
		{"it was there before", of(service("A/T", "J", "protection=tls"), service("B/T", "J", "protection=tls")), service("B/T", "J", "protection=tls users=U"), []string{
			"added B/T/server/J/10.0.0.9:7/users:", "not_seen A/T/server/J/10.0.0.9:7 1:"}},
	} {
		old, now := part(c.old...), part(c.now...)
		moves := &Moves{}
		if _, err := Diff(t.Context(), old, now, DiffOptions{}, func(ch Change) error { moves.Add(&ch); return nil }); err != nil {
			t.Fatal(err)
		}
		var got []string
		fold, flush := FoldIdle(FoldMoves(moves, func(ch Change) error {
			text := fmt.Sprintf("%s %s", ch.Op, strings.TrimPrefix(string(ch.Key), "zert/"))
			if ch.Op == Changed {
				text += fmt.Sprintf(" %s -> %s", ch.Old, ch.New)
			}
			if ch.Keys > 0 {
				text += fmt.Sprintf(" %d", ch.Keys)
			}
			got = append(got, strings.TrimSpace(text+": "+ch.Reason))
			return nil
		}))
		if _, err := Diff(t.Context(), old, now, DiffOptions{}, fold); err != nil {
			t.Fatal(err)
		}
		if err := flush(); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
