package reports

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

var redactKey = []byte("a key of the example store, 32 B")

// TestGolden prints the example in every format and form. Run with -update to
// accept what it prints now.
func TestGolden(t *testing.T) {
	type form struct {
		name, format string
		opts         Options
	}
	forms := []form{
		{"terminal-color.txt", "terminal", Options{Color: true, Width: 80}},
		{"terminal-40.txt", "terminal", Options{Width: 40}},
	}
	for _, f := range Formats() {
		forms = append(forms, form{f.Name + f.Extension, f.Name, Options{}})
	}
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			var got bytes.Buffer
			if err := Write(&got, f.format, exampleReport(), f.opts); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", f.name)
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs from what is printed now; look at it with\n\tgo test ./reports -run TestGolden -update && git diff reports/testdata", golden)
			}
		})
	}
}

// TestOrderDoesNotMatter turns every list around: the bytes stay the same.
func TestOrderDoesNotMatter(t *testing.T) {
	a, b := exampleReport(), exampleReport()
	slices.Reverse(b.Systems)
	for i := range b.Systems {
		slices.Reverse(b.Systems[i].Tags)
		slices.Reverse(b.Systems[i].Members)
	}
	slices.Reverse(b.Notices)
	slices.Reverse(b.Changes)
	slices.Reverse(b.Approvals)
	slices.Reverse(b.Requirements)
	slices.Reverse(b.Assessment.Checks)
	slices.Reverse(b.Assessment.Findings)
	slices.Reverse(b.Assessment.Tallies)
	slices.Reverse(b.Inventory.Assets)
	slices.Reverse(b.Inventory.Systems)
	slices.Reverse(b.Inventory.Limits)
	for _, f := range Formats() {
		var one, two bytes.Buffer
		if err := Write(&one, f.Name, a, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := Write(&two, f.Name, b, Options{}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s: a report with its lists turned around prints differently", f.Name)
		}
	}
	if a.Systems[0].ID != "VMP1" || a.Requirements[0].Number != "8.3.10" {
		t.Error("Write moved things in the caller's report")
	}
}
