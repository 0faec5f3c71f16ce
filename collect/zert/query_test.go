package zert

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata"
	"github.com/irondrift/irondrift/testdata/compose"
)

func siteDump(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(testdata.Site, "site/extracts/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func runQuery(t *testing.T, q *Query, dumps ...[]byte) *Result {
	t.Helper()
	var files []*collect.File
	for i, d := range dumps {
		files = append(files, collect.BytesFile(fmt.Sprintf("dump%d", i), d))
	}
	r, err := RunQuery(t.Context(), files, &collect.Options{}, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func by(t *testing.T, names ...string) (out []Field) {
	t.Helper()
	for _, n := range names {
		f, ok := FieldNamed(n)
		if !ok {
			t.Fatalf("no field %s", n)
		}
		out = append(out, f)
	}
	return out
}

// TestQueryAgreesWithTheFacts adds up the same records in two ways: as a query,
// and as the metrics of the part.
func TestQueryAgreesWithTheFacts(t *testing.T) {
	dump := siteDump(t, "2026-11-18/PRDA.zert.smf")
	parts, err := collect.Run(t.Context(), SMF(), []*collect.File{collect.BytesFile("x", dump)}, &collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer parts[0].Close()
	sums := map[string]int64{}
	p, err := parts[0].Provenance()
	if err != nil {
		t.Fatal(err)
	}
	for p.Next() {
		loc := p.Located()
		s := loc.Key.Segments()
		if n, ok := loc.Metric.Int(); ok && slices.Contains([]string{"connections", "bytes_in", "bytes_out"}, s[len(s)-1]) {
			sums[s[4]+" "+s[len(s)-1]] += n
		}
	}
	if p.Err() != nil || p.Close() != nil || len(sums) < 30 {
		t.Fatalf("%d sums: %v", len(sums), p.Err())
	}
	r := runQuery(t, &Query{By: by(t, "job")}, dump)
	for _, g := range r.Groups {
		job := g.Values[0]
		got := [3]int64{int64(g.Connections), int64(g.BytesIn), int64(g.BytesOut)}
		if want := [3]int64{sums[job+" connections"], sums[job+" bytes_in"], sums[job+" bytes_out"]}; got != want {
			t.Errorf("%s: %d, the metrics say %d", job, got, want)
		}
	}
	if len(r.Groups)*3 != len(sums) {
		t.Errorf("%d jobs, the metrics have %d sums", len(r.Groups), len(sums))
	}
}

func TestQueryCountsOnce(t *testing.T) {
	dump := siteDump(t, "2026-11-18/PRDA.zert.smf")
	one := runQuery(t, &Query{}, dump)
	twice := runQuery(t, &Query{}, slices.Concat(dump, dump))
	if one.Total.Connections != twice.Total.Connections || one.Total.Sessions != twice.Total.Sessions || twice.Repeated == 0 {
		t.Errorf("once %+v, twice %+v (%d repeated)", one.Total, twice.Total, twice.Repeated)
	}
	both := runQuery(t, &Query{By: by(t, "system")}, dump, siteDump(t, "2026-11-18/PRDB.zert.smf"))
	if len(both.Groups) != 2 || both.Groups[0].Totals != one.Groups[0].Totals || both.Groups[1].Values[0] != "PRDB" {
		t.Errorf("two files: %+v, one: %+v", both.Groups, one.Groups)
	}
}

// Dumps that overlap count what they share once, in any order.
func TestQueryOfOverlappingDumps(t *testing.T) {
	var hours [][]byte
	z := base()
	for h := range 12 {
		z.Header.Time = night.Add(time.Duration(h) * 30 * time.Minute)
		z.Init = z.End
		z.End.LifeConnCnt += uint32(h + 1)
		hours = append(hours, z.Record())
	}
	pieces := [][]byte{dump(hours[:6]...), dump(hours[3:9]...), dump(hours[7:]...)}
	for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {1, 2, 0}} {
		r := runQuery(t, &Query{}, pieces[order[0]], pieces[order[1]], pieces[order[2]])
		if r.Total.Connections != 78 || r.Total.Intervals != 12 || r.Matched != 12 || r.Repeated != 5 || r.Records != 17+6 || r.Summaries != 17 {
			t.Errorf("order %v: %+v, %d matched, %d repeated, %d records, %d summaries", order, r.Total, r.Matched, r.Repeated, r.Records, r.Summaries)
		}
	}
}

// A dump that lost its descriptor words is asked like one that has them.
func TestQueryWithoutRDW(t *testing.T) {
	records := [][]byte{compose.DumpHeader(night, "PRDA"), base().Record(), compose.DumpTrailer(night, "PRDA")}
	file := collect.BytesFile("x", compose.NoRDW(records...))
	r, err := RunQuery(t.Context(), []*collect.File{file}, &collect.Options{NoRDW: true}, &Query{})
	if err != nil {
		t.Fatal(err)
	}
	if want := runQuery(t, &Query{}, compose.Unblocked(records...)); r.Total != want.Total || r.Records != 3 || r.Matched != 1 || len(r.Open) != 0 {
		t.Errorf("%+v, want %+v", r, want)
	}
	if _, err := RunQuery(t.Context(), []*collect.File{file}, &collect.Options{}, &Query{}); err == nil {
		t.Error("a dump without descriptor words is not refused")
	}
}

func TestQueryBounds(t *testing.T) {
	dump := siteDump(t, "2026-11-19/PRDA.zert.smf")
	from := time.Date(2026, 11, 18, 22, 0, 0, 0, time.UTC)
	in := runQuery(t, &Query{From: from, To: from.Add(time.Hour)}, dump)
	before, after := runQuery(t, &Query{To: from}, dump), runQuery(t, &Query{From: from.Add(time.Hour)}, dump)
	all := runQuery(t, &Query{}, dump)
	if in.Matched+before.Matched+after.Matched != all.Matched || in.Matched == 0 || in.Total.First.Before(from) || !in.Total.Last.Before(from.Add(time.Hour)) {
		t.Errorf("in %+v, before %d, after %d, all %d", in.Total, before.Matched, after.Matched, all.Matched)
	}
	tls10 := runQuery(t, &Query{By: by(t, "job", "tls_version", "suite_class", "cert_key"), Match: func(s *Session) (bool, error) {
		f, _ := FieldNamed("tls_version")
		return slices.Contains(f.Values(s), "TLSv1.0"), nil
	}}, dump)
	if len(tls10.Groups) != 1 || strings.Join(tls10.Groups[0].Values[:3], " ") != "CICSCRD1 TLSv1.0 insecure" || tls10.Groups[0].Sessions != 3 {
		t.Errorf("TLS 1.0: %+v", tls10.Groups)
	}
}

func TestQueryOfACutDump(t *testing.T) {
	dump := siteDump(t, "2026-11-19/PRDA.zert.smf")
	r := runQuery(t, &Query{}, dump[:100001])
	if len(r.Partial) != 1 || !strings.Contains(r.Partial[0], "dump0: record ") || r.Matched < 100 {
		t.Errorf("partial %q, %d matched", r.Partial, r.Matched)
	}
}

func BenchmarkQuery(b *testing.B) {
	dump, err := fs.ReadFile(testdata.Site, "site/extracts/2026-11-19/PRDA.zert.smf")
	if err != nil {
		b.Fatal(err)
	}
	f, _ := FieldNamed("job")
	b.SetBytes(int64(len(dump)))
	for b.Loop() {
		if _, err := RunQuery(b.Context(), []*collect.File{collect.BytesFile("x", dump)}, &collect.Options{}, &Query{By: []Field{f}}); err != nil {
			b.Fatal(err)
		}
	}
}
