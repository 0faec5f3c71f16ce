package collect

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// However keys follow each other, a cursor finds what a search from the root does.
func TestCursor(t *testing.T) {
	c := Keys()
	rng := rand.New(rand.NewPCG(1, 2))
	hole := regexp.MustCompile(`<[^>]*>`)
	var keys []string
	for _, d := range c.Definitions() {
		for _, name := range []string{"A", "user", "*", "0191", "x/y", ""} {
			key := hole.ReplaceAllString(d.Pattern, name)
			keys = append(keys, key, key+"/more", strings.TrimSuffix(key, "e"), key[:rng.IntN(len(key)+1)])
		}
	}
	known := 0
	for range 3 {
		at := cursor{root: c.root}
		for _, key := range keys {
			got, want := at.find(key), c.root.find(key)
			if got != want {
				t.Fatalf("%q behind %q: %v, want %v", key, at.prefix, got, want)
			}
			if want != nil {
				known++
			}
		}
		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	}
	if known < 5000 {
		t.Errorf("only %d keys are known", known)
	}
}
