package ibmi

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// An outfile of all audit entries, or of others, is recognised and named. Composed.
func TestOutfileOfOtherEntries(t *testing.T) {
	row := compose.SKRow{Type: 'A', Time: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Sequence: 1, System: "PROD1", LocalPort: 992, RemoteAddr: "10.1.1.1", RemotePort: 50000}
	for name, x := range map[string]struct {
		record []byte
		entry  int // where the entry type is
	}{"type5": {row.Outfile(), 26}, "type4": {row.Outfile4(), 16}} {
		other := slices.Clone(x.record)
		other[x.entry], other[x.entry+1] = 0xC1, 0xC6 // AF
		for _, c := range []struct {
			in   []byte
			want string
		}{
			{slices.Concat(other, x.record), "the first is of type AF, not SK"},
			{slices.Concat(x.record, other, x.record), "its records are not all SK entries of one length"},
		} {
			f := collect.BytesFile("audit", c.in)
			head, err := f.Peek()
			if err != nil {
				t.Fatal(err)
			}
			if got := SK().Recognise(head); got != collect.Certain {
				t.Errorf("%s, %s: recognised %v", name, c.want, got)
			}
			_, err = collect.Run(t.Context(), SK(), []*collect.File{f}, &collect.Options{System: "PROD1"})
			var e *collect.Error
			if !errors.As(err, &e) || !strings.Contains(err.Error(), c.want) || e.Advice == "" {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
		}
	}
}

// An extract with column names and nothing else is read, and says so.
func TestEmptyExtractIsSaid(t *testing.T) {
	r := collectOne(t, collect.Options{System: "PROD1"}, compose.QAUDITSK().CSV(nil))
	if w := r.header.Warnings; len(w) == 0 || !strings.Contains(w[len(w)-1].Text, "there is no SK entry in it, which proves nothing") {
		t.Errorf("warnings %v", w)
	}
	r.want(t, map[string]string{"entry_types": "[]"})
}

// A spreadsheet that writes whole numbers with a fraction means whole numbers.
func TestIntervalWithFraction(t *testing.T) {
	for text, want := range map[string]string{"0,00": "*SYSVAL", "-1.0": "*NOMAX", "90,00": `"90"`, "90": `"90"`, "90,5": "90,5"} {
		if got := readInterval(text, text).String(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
