package zert

import (
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// FuzzRunQuery changes bytes of sound dumps. Whatever comes, a dump that is named
// twice answers what it answers once.
func FuzzRunQuery(f *testing.F) {
	records := mixed()
	f.Add(dump(records...))
	f.Add(compose.Blocked(2000, records...))
	f.Add(compose.BlockedSpanned(300, records[0], records[2]))
	f.Add(dump(details()...))
	f.Add(compose.Unblocked(base().Record(), []byte{0, 5, 0, 0, 1}, []byte{0, 20, 0, 0, 0, 119, 19: 0}))
	by := []Field{}
	for _, name := range []string{"job", "protection", "suite"} {
		field, _ := FieldNamed(name)
		by = append(by, field)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		ask := func(times int) *Result {
			var files []*collect.File
			for range times {
				files = append(files, collect.BytesFile("f", data))
			}
			r, err := RunQuery(t.Context(), files, &collect.Options{}, &Query{By: by})
			if err != nil {
				return nil
			}
			return r
		}
		once, twice := ask(1), ask(2)
		if (once == nil) != (twice == nil) {
			t.Fatalf("once %v, twice %v", once, twice)
		}
		if once == nil {
			return
		}
		if once.Total != twice.Total || once.Matched != twice.Matched || len(once.Groups) != len(twice.Groups) ||
			2*once.Records != twice.Records || twice.Repeated != 2*once.Repeated+once.Matched {
			t.Errorf("once %+v, twice %+v", once, twice)
		}
	})
}
