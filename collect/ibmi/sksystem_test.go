package ibmi

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func TestSystems(t *testing.T) {
	a := row(1, 1, "A", 23, "10.1.2.3", 50001, "", "")
	b := strings.Replace(a, "PRDA", "PRDB", 1)
	parts, err := collectAll(t, collect.Options{}, rows(a, b))
	if err != nil || len(parts) != 2 || parts[0].header.System != "PRDA" || parts[1].header.System != "PRDB" {
		t.Fatalf("%d parts, error %v", len(parts), err)
	}
	r := collectOne(t, collect.Options{System: "prdb"}, rows(a, b))
	if r.header.Counts.Used != 1 {
		t.Errorf("chosen system: %+v", r.header.Counts)
	}
	// A file without the column, beside one that names the system.
	r = collectOne(t, collect.Options{}, rows(a), []byte(serviceExample))
	r.want(t, map[string]string{"accept/23/records": "1", "accept/992/records": "1"})
	if c := r.header.Counts; c.Read != 2 || c.Used != 2 {
		t.Errorf("counts %+v", c)
	}
	if p := r.header.Period; p.Start != "2026-03-04T05:06:07" || p.End != "2026-11-18T00:00:01" {
		t.Errorf("period %+v", p)
	}
	// Rows that could belong to either of two systems belong to none.
	parts, err = collectAll(t, collect.Options{}, rows(a, b, strings.Replace(a, "PRDA", "", 1)))
	if err != nil || len(parts) != 2 || parts[0].header.Counts.Ignored["no system name"] != 1 || parts[1].header.Coverage[0].State != collect.Partial {
		t.Errorf("nameless row: %d parts, error %v", len(parts), err)
	}
}

// Rows of a file without a system column, merged, say what they would have said
// in one file.
func TestMerge(t *testing.T) {
	var lines []string
	for i := range 6000 {
		typ, version, properties := "A", "", ""
		switch i % 3 {
		case 1:
			typ, version, properties = "S", "TLSV1.2", gcm
		case 2:
			typ, version = "S", []string{"", "TLSV1.3", "IKEV2"}[i%9/3]
		}
		peer := fmt.Sprintf("%d.%d.%d.1", 10+i%2, i%7*40, i/20)
		if i%11 == 0 {
			peer = ""
		}
		lines = append(lines, row(i, i%50, typ, 990+i%4, peer, 50001, version, properties))
	}
	whole := collectOne(t, collect.Options{Limits: collect.Limits{Members: 1 << 20}}, rows(lines...))
	for _, at := range []int{1, 100, 3000, 5990} {
		nameless := strings.ReplaceAll(strings.ReplaceAll(string(rows(lines[at:]...)), ",PRDA,", ",,"), "SKSYNM", "X")
		r := collectOne(t, collect.Options{Limits: collect.Limits{Members: 1 << 20}}, rows(lines[:at]...), []byte(nameless))
		if len(r.values) != len(whole.values) {
			t.Errorf("split at %d: %d keys, want %d", at, len(r.values), len(whole.values))
		}
		for key, v := range whole.values {
			if r.values[key].Compare(v) != 0 {
				t.Errorf("split at %d: %s is %.200s, want %.200s", at, key, r.values[key], v)
			}
		}
		for _, c := range whole.header.Coverage {
			if got := r.header.CoverageOf(c.Prefix); got.Prefix != c.Prefix || got.State != c.State || c.State == collect.Partial && got.Reason != c.Reason {
				t.Errorf("split at %d: coverage %+v, want %+v", at, got, c)
			}
		}
		if c, w := r.header.Counts, whole.header.Counts; c.Read != w.Read || c.Used != w.Used || c.Duplicate != w.Duplicate {
			t.Errorf("split at %d: counts %+v, want %+v", at, c, w)
		}
		key := collect.Key("ibmi/sk/accept/990/peer_networks")
		for i, m := range whole.origin[key].Members {
			if got := r.origin[key].Members[i]; got.Count != m.Count || !got.First.Equal(m.First) || !got.Last.Equal(m.Last) {
				t.Errorf("split at %d: %s member %d: %+v, want %+v", at, key, i, got, m)
			}
		}
	}
}

// What several goroutines count adds up: entries left out of a capped set,
// duplicates, warnings, and entries without a time.
func TestCountsAddUp(t *testing.T) {
	var lines []string
	for i := range 3000 {
		line := row(i, i%50, "A", 990+i%7, fmt.Sprintf("10.1.%d.%d", i%5, i%200), 50001, "", "")
		switch i % 10 {
		case 3:
			line = strings.Replace(line, "10.1.", "nowhere", 1)
		case 4:
			line = strings.Replace(line, "2026-", "26-", 1)
		}
		lines = append(lines, line)
		if i%10 == 5 {
			lines = append(lines, line)
		}
	}
	whole := rows(lines...)
	half := strings.ReplaceAll(strings.ReplaceAll(string(rows(lines[1650:]...)), ",PRDA,", ",,"), "SKSYNM", "X")
	for name, files := range map[string][][]byte{"one file": {whole}, "one without a system": {rows(lines[:1650]...), []byte(half)}} {
		r := collectOne(t, collect.Options{Limits: collect.Limits{Members: 5}}, files...)
		if c := r.header.Counts; c.Read != 3300 || c.Used != 3000 || c.Duplicate != 300 {
			t.Errorf("%s: counts %+v", name, c)
		}
		// 300 addresses that are none, one of the times, one for each file of the column.
		last := r.header.Warnings[len(r.header.Warnings)-1].Text
		if want := fmt.Sprintf("%d more warnings of these kinds", 301+len(files)-(maxWarnings+1)); last != want {
			t.Errorf("%s: the last warning is %q, want %q", name, last, want)
		}
		if !slices.ContainsFunc(r.header.Warnings, func(w collect.Warning) bool {
			return w.Line == 6 && strings.HasSuffix(w.Text, "the first of 300 such rows")
		}) {
			t.Errorf("%s: no warning of the times: %+v", name, r.header.Warnings[:3])
		}
		for port := 990; port < 997; port++ {
			base := collect.Key(fmt.Sprintf("ibmi/sk/accept/%d", port))
			records, _ := r.values[base.Join("records")].Int()
			beyond, _ := r.values[base.Join("peers_beyond")].Int()
			var sum int64
			for _, m := range r.origin[base.Join("peers")].Members {
				sum += max(m.Count, 1)
			}
			missing := int64(0)
			for i := range 3000 {
				if i%10 == 3 && 990+i%7 == port {
					missing++
				}
			}
			if len(r.values[base.Join("peers")].Items()) != 5 || sum+beyond+missing != records {
				t.Errorf("%s: port %d: %d records, but %d by peers, %d beyond, %d without", name, port, records, sum, beyond, missing)
			}
		}
	}
}
