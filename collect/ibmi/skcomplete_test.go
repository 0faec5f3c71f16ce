package ibmi

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
)

func TestCapture(t *testing.T) {
	text := string(rows(row(1, 1, "A", 23, "10.1.2.3", 50001, "", ""), "", row(2, 2, "A", 992, "10.1.2.3", 50001, "", "")))
	whole := string(capture(text, true))
	for _, tt := range []struct {
		name, in string
		state    collect.State
		used     int64
	}{
		{"whole", whole, collect.Complete, 2},
		{"whole, end mark without line end", strings.TrimSuffix(whole, "\n"), collect.Complete, 2},
		{"no end mark", string(capture(text, false)), collect.Partial, 2},
		{"a line lost", strings.Replace(whole, row(1, 1, "A", 23, "10.1.2.3", 50001, "", "")+"\n", "", 1), collect.Partial, 1},
		{"cut in the last row", string(capture(text, false))[:len(capture(text, false))-3], collect.Partial, 1},
		{"rows behind the end", whole + row(3, 3, "A", 23, "10.1.2.3", 50001, "", "") + "\n", collect.Partial, 3},
		{"no capture", text, collect.Open, 2},
		{"no capture, last row cut", text[:len(text)-1], collect.Partial, 1},
	} {
		for _, utf16le := range []bool{false, true} {
			in := []byte(tt.in)
			if utf16le {
				in = []byte{0xFF, 0xFE}
				for _, u := range utf16.Encode([]rune(tt.in)) {
					in = append(in, byte(u), byte(u>>8))
				}
			}
			r := collectOne(t, collect.Options{}, in)
			c := r.header.CoverageOf("ibmi/sk/accept/23/protection")
			if c.State != tt.state || r.header.Counts.Used != tt.used {
				t.Errorf("%s (UTF-16 %v): %s (%s), used %d; want %s, %d", tt.name, utf16le, c.State, c.Reason, r.header.Counts.Used, tt.state, tt.used)
			}
			if partial := r.values["ibmi/sk/accept_ports"].IsUnknown(); partial != (c.State == collect.Partial) {
				t.Errorf("%s: accept_ports unknown is %v under %s coverage", tt.name, partial, c.State)
			}
		}
	}
	// Asserted completeness makes a missing end harmless.
	r := collectOne(t, collect.Options{AssertComplete: true}, []byte(text[:len(text)-1]))
	if c := r.header.CoverageOf("ibmi/sk/accept/23/protection"); c.State != collect.Complete || r.header.Counts.Used != 2 {
		t.Errorf("asserted: %+v, counts %+v", c, r.header.Counts)
	}
}

func TestDuplicates(t *testing.T) {
	a := rows(row(1, 1, "A", 23, "10.1.2.3", 50001, "", ""), row(2, 2, "A", 23, "10.1.2.3", 50002, "", ""))
	b := rows(row(2, 2, "A", 23, "10.1.2.3", 50002, "", ""), row(3, 3, "A", 23, "10.1.2.3", 50003, "", ""))
	r := collectOne(t, collect.Options{}, a, b)
	r.want(t, map[string]string{"accept/23/records": "3"})
	if c := r.header.Counts; c.Read != 4 || c.Used != 3 || c.Duplicate != 1 {
		t.Errorf("counts %+v", c)
	}
	// In the hour that autumn repeats, everything but the sequence number can
	// come again.
	one := row(7, 9000, "A", 23, "10.1.2.3", 50001, "", "")
	two := strings.Replace(one, "00000000000000000007", "00000000000000000999", 1)
	r = collectOne(t, collect.Options{}, rows(one, two, row(1000, 8000, "A", 23, "10.1.2.3", 50001, "", "")))
	if c := r.header.Counts; c.Used != 3 || c.Duplicate != 0 || len(r.header.Gaps) != 0 || r.header.WarningCount != 1 {
		t.Errorf("repeated hour: counts %+v, gaps %v, warnings %v", c, r.header.Gaps, r.header.Warnings)
	}
	// A receiver that starts its numbers again.
	r = collectOne(t, collect.Options{}, rows(one, strings.Replace(one, "AUDRCV0001", "AUDRCV0002", 1)))
	if c := r.header.Counts; c.Used != 2 {
		t.Errorf("other receiver: counts %+v", c)
	}
}

// A copy is recognised within the window and not far beyond it.
func TestDuplicateWindow(t *testing.T) {
	w := newWindow()
	hash := func(i int64) uint64 { return uint64(i)*0x9E3779B97F4A7C15 + 1 }
	for i := range int64(10 * DuplicateWindow) {
		w.reach(i)
		if w.seen(hash(i), uint64(i)) {
			t.Fatalf("row %d was not seen before", i)
		}
		if back := i - DuplicateWindow; back >= 0 && i%97 == 0 && !w.seen(hash(back), uint64(back)) {
			t.Fatalf("row %d is within the window of row %d", back, i)
		}
	}
	if w.seen(1, 0) {
		t.Error("the first row is still known")
	}
}

// gapRows are rows of one kind at minutes of a night.
func gapRows(minutes ...int) (lines []string) {
	for i, m := range minutes {
		lines = append(lines, row(i+1, 60*m, "A", 23, "10.1.2.3", 50001, "", ""))
	}
	return lines
}

func every(n, from, to int) (minutes []int) {
	for m := from; m < to; m += n {
		minutes = append(minutes, m)
	}
	return minutes
}

func TestTimeGaps(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Skip("no time zone data")
	}
	in := rows(gapRows(append(every(1, 0, 300), every(1, 600, 900)...)...)...)
	for _, loc := range []*time.Location{nil, zone} {
		r := collectOne(t, collect.Options{Location: loc}, in)
		if g := r.header.Gaps; len(g) != 1 || !strings.HasPrefix(g[0].Start, "2026-11-18T05:00:00") || !strings.HasPrefix(g[0].End, "2026-11-18T10:00:00") ||
			!strings.HasPrefix(g[0].Reason, "no entry, although on average there is one every 1m30s:") {
			t.Errorf("zone %v: %+v", loc, g)
		}
	}
	// The order of the rows and their files do not matter.
	late, early := rows(gapRows(every(1, 600, 900)...)...), rows(gapRows(every(1, 0, 300)...)...)
	if g := collectOne(t, collect.Options{}, late, early).header.Gaps; len(g) != 1 {
		t.Errorf("two files: %+v", g)
	}
	for name, minutes := range map[string][]int{
		"a quiet system":       every(120, 0, 1440),
		"an hour":              append(every(1, 0, 100), every(1, 160, 200)...),
		"less than two hours":  append(every(1, 0, 100), every(1, 215, 300)...),
		"one entry":            {5},
		"all in the same hour": every(1, 0, 60),
	} {
		if g := collectOne(t, collect.Options{}, rows(gapRows(minutes...)...)).header.Gaps; len(g) != 0 {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

// The clock is put forward and back; that hour is neither a gap nor a duplicate.
func TestClockChange(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Skip("no time zone data")
	}
	forward := strings.NewReplacer("2026-11-18", "2026-03-29").Replace
	var spring []string
	for _, m := range append(every(1, 0, 120), every(1, 180, 400)...) { // no 02:00 to 03:00
		spring = append(spring, forward(row(m+1, 60*m, "A", 23, "10.1.2.3", 50001, "", "")))
	}
	back := strings.NewReplacer("2026-11-18", "2026-10-25").Replace
	var autumn []string
	for i, m := range append(every(1, 0, 180), every(1, 120, 400)...) { // 02:00 to 03:00 twice
		autumn = append(autumn, back(row(i+1, 60*m, "A", 23, "10.1.2.3", 50001, "", "")))
	}
	for _, loc := range []*time.Location{nil, zone} {
		for name, lines := range map[string][]string{"spring": spring, "autumn": autumn} {
			h := collectOne(t, collect.Options{Location: loc}, rows(lines...)).header
			if len(h.Gaps) != 0 || h.Counts.Duplicate != 0 || h.Counts.Used != int64(len(lines)) {
				t.Errorf("%s, zone %v: gaps %+v, counts %+v", name, loc, h.Gaps, h.Counts)
			}
		}
	}
	// With the zone known, an hour that is missing beside that one is seen.
	lines := slices.DeleteFunc(spring, func(line string) bool { return strings.Contains(line, "-29-03.") || strings.Contains(line, "-29-04.0") })
	if g := collectOne(t, collect.Options{Location: zone}, rows(lines...)).header.Gaps; len(g) != 1 || g[0].Start != "2026-03-29T03:00:00+02:00" {
		t.Errorf("gaps %+v", g)
	}
}

func TestReceiverGaps(t *testing.T) {
	in := func(receivers ...string) []byte {
		var lines []string
		for i, name := range receivers {
			seq := i + 1
			if n, ok := strings.CutSuffix(name, "!"); ok {
				name, seq = n, 1 // numbers start again
			}
			lines = append(lines, strings.Replace(row(seq, i, "A", 23, "10.1.2.3", 50001+i, "", ""), "AUDRCV0001", name, 1))
		}
		return rows(lines...)
	}
	for _, tt := range []struct {
		name, in, reason, warning string
	}{
		{"chain", "AUDRCV0412 AUDRCV0412 AUDRCV0413 AUDRCV0414", "", ""},
		{"one missing", "AUDRCV0412 AUDRCV0414", "receiver AUDRCV0413:", ""},
		{"several missing", "AUDRCV0412 AUDRCV0420", "receivers between AUDRCV0412 and AUDRCV0420:", ""},
		{"from the last number to the first", "AUDRCV9999 AUDRCV0001", "", ""},
		{"out of order", "AUDRCV0412 AUDRCV0414 AUDRCV0413", "", ""},
		{"two chains", "AUDRCV0412 LOGRCV0002 AUDRCV0413 LOGRCV0003", "", ""},
		{"names without number", "FIRST SECOND", "", ""},
		{"numbers start again", "AUDRCV0412 AUDRCV0412 AUDRCV0413!", "", "start again with journal receiver AUDRCV0413"},
	} {
		h := collectOne(t, collect.Options{}, in(strings.Fields(tt.in)...)).header
		if (tt.reason == "") != (len(h.Gaps) == 0) || tt.reason != "" && (len(h.Gaps) != 1 || !strings.Contains(h.Gaps[0].Reason, tt.reason)) {
			t.Errorf("%s: gaps %+v", tt.name, h.Gaps)
		}
		if warned := slices.ContainsFunc(h.Warnings, func(w collect.Warning) bool {
			return tt.warning != "" && strings.Contains(w.Text, tt.warning)
		}); warned != (tt.warning != "") {
			t.Errorf("%s: warnings %+v", tt.name, h.Warnings)
		}
	}
	g := collectOne(t, collect.Options{}, in("AUDRCV0412", "AUDRCV0412", "AUDRCV0414")).header.Gaps[0]
	if g.Start != "2026-11-18T00:00:01" || g.End != "2026-11-18T00:00:02" {
		t.Errorf("gap %+v", g)
	}
}
