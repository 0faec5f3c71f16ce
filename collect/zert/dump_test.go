package zert

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/smf"
	"github.com/irondrift/irondrift/testdata/compose"
)

// coverage returns state and reason of what the part of PRDA speaks for.
func coverage(p *collect.Part) (collect.State, string) {
	c := p.Header.CoverageOf("zert/PRDA/x")
	return c.State, c.Reason
}

func TestCompleteness(t *testing.T) {
	record := base().Record()
	header, trailer := compose.DumpHeader(night, "PRDA"), compose.DumpTrailer(night, "PRDA")
	whole := dump(record)
	broken := base().Record()
	broken[36+7], broken[36+4] = 9, 0xFF // the common section nine times 65484 bytes
	noDate := compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "PRDA", Type: 30}, 100)
	noDate[13] = 0
	for _, c := range []struct {
		name   string
		file   []byte
		assert bool
		state  collect.State
		reason string
	}{
		{"header and trailer", whole, false, collect.Complete, ""},
		{"two dumps", slices.Concat(whole, whole), false, collect.Complete, ""},
		{"zeros behind the trailer", append(slices.Clone(whole), make([]byte, 300)...), false, collect.Complete, ""},
		{"no trailer", compose.Unblocked(header, record), false, collect.Open, "no trailer record"},
		{"no header", compose.Unblocked(record, trailer), false, collect.Open, "does not begin with a header"},
		{"records behind the trailer", compose.Unblocked(header, record, trailer, record), false, collect.Open, "end with a trailer"},
		{"header within", compose.Unblocked(header, record, header, record, trailer), false, collect.Open, "does not begin"},
		{"bare records", record, false, collect.Open, "does not begin with a header"},
		{"asserted", record, true, collect.Complete, "asserted"},
		{"cut", whole[:len(whole)-30], false, collect.Partial, "night.smf: record 2 (offset 18): file is damaged: the file ends after 332 of 344 bytes"},
		{"cut, asserted", whole[:len(whole)-30], true, collect.Partial, "offset 18"},
		{"cut in the trailer", whole[:len(whole)-1], false, collect.Partial, "record 3 (offset 362)"},
		{"zeros without a trailer", append(compose.Unblocked(header, record), make([]byte, 90)...), false, collect.Partial, "zeros fill the file from offset 362"},
		{"a section outside of its record", dump(record, broken), false, collect.Partial, "1 zERT records cannot be decoded, the first is record 3 at offset 362: section 1"},
		{"a header without date", dump(record, noDate), false, collect.Partial, "1 records do not begin with an SMF header"},
		{"no summary record", compose.Unblocked(header, compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "PRDA", Type: 30}, 100), trailer), false, collect.Partial, "ZERTSUMMARY is off"},
	} {
		parts := run(t, collect.Options{AssertComplete: c.assert}, c.file)
		if len(parts) != 1 {
			t.Fatalf("%s: %d parts", c.name, len(parts))
		}
		state, reason := coverage(parts[0])
		if state != c.state || !strings.Contains(reason, c.reason) || c.reason == "" && reason != "" {
			t.Errorf("%s: %s, %q; want %s, %q", c.name, state, reason, c.state, c.reason)
		}
		n := parts[0].Header.Counts
		sum := n.Used + n.Duplicate
		for _, v := range n.Ignored {
			sum += v
		}
		if n.Read != sum {
			t.Errorf("%s: counts do not add up: %+v", c.name, n)
		}
	}
}

func TestErrors(t *testing.T) {
	record := base().Record()
	for name, c := range map[string]struct {
		file   []byte
		is     error
		text   string
		advice string
	}{
		"empty":               {nil, collect.ErrEmpty, "file is empty", "dump job"},
		"no descriptor words": {compose.NoRDW(record, record), collect.ErrDamaged, "record descriptor words are missing", "quote site rdw"},
		"text":                {[]byte("USER MAINT\n"), collect.ErrNotRecognised, "does not begin with", "binary mode"},
		"cut at once":         {record[:100], collect.ErrDamaged, "record 1 (offset 0): file is damaged: the file ends after 100 of 344 bytes", "compare the size"},
	} {
		_, err := collect.Run(t.Context(), SMF(), []*collect.File{collect.BytesFile("a/night.smf", c.file)}, &collect.Options{})
		if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.text) || !strings.Contains(collect.HintOf(err), c.advice) {
			t.Errorf("%s: %v (hint %q)", name, err, collect.HintOf(err))
		}
	}
	// One good file is enough for a part, which says what became of the other.
	parts := run(t, collect.Options{}, dump(record), compose.NoRDW(record))
	if state, reason := coverage(parts[0]); state != collect.Partial || !strings.Contains(reason, "descriptor words are missing") {
		t.Errorf("%s, %q", state, reason)
	}
}

func TestRecognise(t *testing.T) {
	record := base().Record()
	for name, c := range map[string]struct {
		file []byte
		want collect.Confidence
	}{
		"dump":                {dump(record), collect.Certain},
		"blocked":             {compose.Blocked(4096, record), collect.Certain},
		"detail only":         {compose.ZERTDetail{Header: compose.SMFHeader{Time: night, SID: "PRDA"}, RIP: netip.MustParseAddr("192.0.2.1"), LIP: netip.MustParseAddr("192.0.2.2")}.Record(), collect.Certain},
		"other records":       {compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "PRDA", Type: 30}, 100), collect.Likely},
		"no descriptor words": {compose.NoRDW(record), collect.Likely},
		"text":                {[]byte("hello\n"), collect.No},
	} {
		head, err := collect.BytesFile("x", c.file).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if got := SMF().Recognise(head); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	a, b, c := base(), base(), base()
	b.Header.Time = night.Add(30 * time.Minute)
	b.Init, b.End = a.End, compose.ZERTCounters{LifeConnCnt: 20, LifeInBytes: 150, LifeOutBytes: 4000}
	c.CltIP = netip.MustParseAddr("192.0.2.8")
	once := dump(a.Record(), c.Record(), b.Record())
	event := base()
	event.EventType = compose.EventAggregationDisabled
	for name, file := range map[string][]byte{
		"appended":  slices.Concat(once, once),
		"at once":   dump(a.Record(), a.Record(), c.Record(), c.Record(), b.Record(), b.Record()),
		"two files": nil,
	} {
		files := [][]byte{file}
		if name == "two files" {
			files = [][]byte{once, once}
		}
		p := one(t, files...)
		if n := p.Header.Counts; n.Used != 3 || n.Duplicate != 3 || n.Window != Window {
			t.Errorf("%s: %+v", name, n)
		}
		want(t, values(t, p), pay, map[string]string{"connections": "17", "records": "3", "sessions": "1", "bytes_out": "6000"})
	}
	if n := one(t, dump(a.Record(), event.Record(), event.Record())).Header.Counts; n.Used != 2 || n.Duplicate != 1 {
		t.Errorf("event: %+v", n)
	}
	// The hour that is repeated in autumn is no repetition: counters went on.
	later := base()
	later.Init, later.End = a.End, compose.ZERTCounters{LifeConnCnt: 18, LifeInBytes: 151, LifeOutBytes: 4001}
	if n := one(t, dump(a.Record(), b.Record(), later.Record())).Header.Counts; n.Used != 3 || n.Duplicate != 0 {
		t.Errorf("repeated hour: %+v", n)
	}
}

func TestWindow(t *testing.T) {
	w := window{size: 8}
	for fp := range uint64(20) {
		w.note(fp + 100)
	}
	// The last eight are sure to be known, older ones are gone with the ring.
	for fp := uint64(112); fp < 120; fp++ {
		if !w.seen(fp) {
			t.Errorf("%d of the last eight is not known", fp)
		}
	}
	if w.seen(105) {
		t.Error("105 is known although the ring has eight places")
	}
	// With the index, at least the last eight and at most the last sixteen.
	for fp := range uint64(1000) {
		if w.seen(fp + 1000) {
			t.Fatalf("%d is known before it came", fp+1000)
		}
		if fp >= 8 && !w.seen(fp+1000-7) {
			t.Fatalf("%d is forgotten after %d", fp+1000-7, fp+1000)
		}
		if fp >= 16 {
			if _, found := probe(w.cur, fp+1000-16); found {
				t.Fatalf("%d is still known after %d", fp+1000-16, fp+1000)
			}
		}
	}
	var zero = window{size: 4}
	if zero.seen(0) || !zero.seen(0) {
		t.Error("a fingerprint of zero is not told apart from none")
	}
}

func TestSystemsAndStacks(t *testing.T) {
	a, b, c := base(), base(), base()
	b.Header.SID, b.Ident.SYSName = "PRDB", "SYSPRDB"
	c.Ident.Stack, c.TLS = "TCPIP2", tls12()
	other := compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "TEST", Type: 30}, 200)
	file := compose.Unblocked(compose.DumpHeader(night, "DUMP"), a.Record(), other, b.Record(), c.Record(), compose.DumpTrailer(night, "DUMP"))
	parts := run(t, collect.Options{}, file)
	if len(parts) != 2 || parts[0].Header.System != "PRDA" || parts[1].Header.System != "PRDB" {
		t.Fatalf("%d parts", len(parts))
	}
	if n := parts[0].Header.Counts; n.Read != 5 || n.Used != 2 || n.Ignored["SMF type 30"] != 1 || n.Ignored["SMF type 2"] != 1 {
		t.Errorf("PRDA: %+v", n)
	}
	if n := parts[1].Header.Counts; n.Read != 1 || n.Used != 1 {
		t.Errorf("PRDB: %+v", n)
	}
	got := values(t, parts[0])
	want(t, got, pay, map[string]string{"protection": `["none"]`})
	want(t, got, "zert/PRDA/TCPIP2/server/CICSPAY1/10.20.1.11:5443/", map[string]string{"protection": `["tls"]`})
	want(t, values(t, parts[1]), "zert/PRDB/TCPIP/", map[string]string{"sysname": `["SYSPRDB"]`})
	for key := range values(t, parts[1]) {
		if !key.Under("zert/PRDB") {
			t.Errorf("%s in the part of PRDB", key)
		}
	}
}

func TestForeignAndDetail(t *testing.T) {
	detail := compose.ZERTDetail{Header: compose.SMFHeader{Time: night, SID: "PRDA"}, RIP: netip.MustParseAddr("192.0.2.1"), LIP: netip.MustParseAddr("192.0.2.2")}.Record()
	odd := base()
	odd.EventType = 4
	n := one(t, dump(detail, base().Record(), detail, odd.Record(),
		compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "PRDA", Type: 119, Subtype: 4}, 500))).Header.Counts
	if n.Ignored["zERT connection detail event 0"] != 1 || n.Duplicate != 1 || n.Ignored["SMF type 119 subtype 4"] != 1 || n.Ignored["zERT summary event 4"] != 1 || n.Used != 1 {
		t.Errorf("%+v", n)
	}
}

func TestEvents(t *testing.T) {
	off, on := base(), base()
	off.EventType, on.EventType = compose.EventAggregationDisabled, compose.EventAggregationEnabled
	p := one(t, dump(off.Record(), on.Record()))
	want(t, values(t, p), "zert/PRDA/TCPIP/", map[string]string{"aggregation": `["disabled","enabled"]`})
	if state, reason := coverage(p); state != collect.Complete {
		t.Errorf("%s, %s", state, reason)
	}
}

func TestGapsAndZone(t *testing.T) {
	at := func(wall time.Time) []byte {
		z := base()
		z.Header.Time = wall
		z.End.LifeConnCnt = uint32(wall.Unix() % 1e6)
		z.Init.LifeConnCnt = 0
		return z.Record()
	}
	day := time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)
	h := p(t, collect.Options{}, at(day.Add(time.Hour)), at(day.Add(90*time.Minute)), at(day.Add(4*time.Hour)))
	if len(h.Gaps) != 1 || h.Gaps[0].Start != "2026-11-18T01:30:00" || h.Gaps[0].End != "2026-11-18T03:30:00" || !strings.Contains(h.Gaps[0].Reason, "TCPIP") {
		t.Errorf("gaps %+v", h.Gaps)
	}
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Skip("no time zone data: ", err)
	}
	// 29 March 2026: 02:00 is followed by 03:00.
	spring := time.Date(2026, 3, 29, 0, 0, 0, 0, time.UTC)
	night := [][]byte{at(spring.Add(time.Hour)), at(spring.Add(90 * time.Minute)), at(spring.Add(3 * time.Hour)), at(spring.Add(210 * time.Minute))}
	for name, opts := range map[string]collect.Options{"known zone": {Location: zone}, "unknown zone": {}} {
		if h := p(t, opts, night...); len(h.Gaps) != 0 {
			t.Errorf("%s: the hour skipped in spring is a gap: %+v", name, h.Gaps)
		}
	}
	h = p(t, collect.Options{Location: zone}, night...)
	if h.Period.Start != "2026-03-29T00:30:00+01:00" || h.Period.End != "2026-03-29T03:30:00+02:00" || h.Clock.Zone != "Europe/Zurich" || h.Clock.From != collect.FromConfiguration {
		t.Errorf("period %+v, clock %+v", h.Period, h.Clock)
	}
}

// p returns the header of a dump of records.
func p(t *testing.T, opts collect.Options, records ...[]byte) collect.Header {
	t.Helper()
	return run(t, opts, dump(records...))[0].Header
}

func TestUnfinishedInterval(t *testing.T) {
	z := base()
	z.Ident.Reason = compose.ReasonMore
	h := p(t, collect.Options{}, z.Record())
	if len(h.Warnings) != 1 || !strings.Contains(h.Warnings[0].Text, "is not finished") {
		t.Errorf("warnings %v", h.Warnings)
	}
}

func TestCountersBackwards(t *testing.T) {
	z := base()
	z.Init.LifeConnCnt = 100
	part := one(t, dump(z.Record()))
	want(t, values(t, part), pay, map[string]string{"connections": "?a record holds no usable counters", "protection": `["none"]`})
	if w := part.Header.Warnings; len(w) != 1 || !strings.Contains(w[0].Text, "lower at the end") {
		t.Errorf("warnings %v", w)
	}
}

func TestNames(t *testing.T) {
	with := func(dns ...compose.DN) compose.ZERTSummary {
		z := base()
		z.TLS, z.DNs = tls12(), dns
		return z
	}
	for _, triplet := range []compose.DNLength{compose.DNTotal, compose.DNLongest, compose.DNFirst} {
		z := with(compose.DN{Type: 5, Text: "CN=pay/~<b>=1"}, compose.DN{Type: 6, Text: "CN=CA"}, compose.DN{Type: 7, Text: "CN=client"})
		z.DNTriplet = triplet
		want(t, values(t, one(t, dump(z.Record()))), pay, map[string]string{"tls/cert_subjects": `["CN=pay/~<b>=1"]`, "tls/cert_issuers": `["CN=CA"]`,
			"tls/client_cert_subjects": `["CN=client"]`, "tls/client_cert_issuers": `[]`})
	}
	// A length that leads out of the record: what stood before is kept, and the
	// service is known to lack something.
	bad := with(compose.DN{Type: 5, Text: "CN=a"}, compose.DN{Type: 6, Text: "CN=b"}).Record()
	bad[len(bad)-7] = 0xFF
	part := one(t, dump(bad))
	want(t, values(t, part), pay, map[string]string{"tls/cert_subjects": `["CN=a"]`})
	if c := part.Header.CoverageOf(pay + "tls/cert_issuers"); c.State != collect.Partial || !strings.Contains(c.Reason, "certificate name 2 of 2") {
		t.Errorf("coverage %+v", c)
	}
	var many [][]byte
	for i := range maxNames + 1 {
		many = append(many, with(compose.DN{Type: 5, Text: fmt.Sprintf("CN=%d", i)}, compose.DN{Type: 6, Text: "CN=CA"}).Record())
	}
	want(t, values(t, one(t, dump(many...))), pay, map[string]string{"tls/cert_subjects": "?more than 64 distinct ones", "tls/cert_issuers": `["CN=CA"]`})
	if got := values(t, one(t, dump(many[1:]...)))[pay+"tls/cert_subjects"]; len(got.Items()) != maxNames {
		t.Errorf("%d names, want %d", len(got.Items()), maxNames)
	}
}

// Peers beyond the limit widen the networks, which still cover all of them and
// do not depend on the order of the records.
func TestManyPeers(t *testing.T) {
	var records [][]byte
	for i := range 40 {
		z := base()
		z.CltIP = netip.AddrFrom4([4]byte{10, byte(i / 20), byte(i), 1})
		z.SessionID = fmt.Sprintf("N-%d", i)
		records = append(records, z.Record())
	}
	opts := collect.Options{Limits: collect.Limits{Members: 10}}
	for range 3 {
		part := run(t, opts, dump(records...))[0]
		got := values(t, part)
		want(t, got, pay, map[string]string{"peer_networks": `["10.0.0.0/16","10.1.0.0/16"]`, "sessions": "?more than 10", "records": "40"})
		if n := len(got[pay+"peers"].Items()); n != 10 {
			t.Errorf("%d peers", n)
		}
		if !strings.Contains(part.Header.Warnings[0].Text, "more than 10 peers") {
			t.Errorf("warnings %v", part.Header.Warnings)
		}
		rand.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	}
	var v6 [][]byte
	for i := range 12 {
		z := base()
		z.SrvIP, z.CltIP = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr(fmt.Sprintf("2001:db8:1:%d::9", i))
		v6 = append(v6, z.Record())
	}
	want(t, values(t, run(t, opts, dump(v6...))[0]), "zert/PRDA/TCPIP/server/CICSPAY1/[2001:db8::1]:5443/", map[string]string{"peer_networks": `["2001:db8:1::/48"]`})
}

// However small the cache of sessions, everything is the same.
func TestCacheChangesNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	var records [][]byte
	state := map[int]compose.ZERTCounters{}
	for interval := range 6 {
		for i := range 200 {
			z := base()
			z.Header.Time = night.Add(time.Duration(interval) * 30 * time.Minute)
			z.SrvPortStart = uint16(1000 + i%20)
			z.CltIP = netip.AddrFrom4([4]byte{10, 1, byte(i % 7), byte(i)})
			if i%3 == 0 {
				z.TLS = tls12()
			}
			z.Init = state[i]
			z.End = z.Init
			z.End.LifeConnCnt += rng.Uint32N(9)
			z.End.LifeInBytes += rng.Uint64N(1000)
			state[i] = z.End
			records = append(records, z.Record(), z.Record())
		}
	}
	sum := func(sessions int) (out []string) {
		c, err := newCollection(&collect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		c.cache = newCache[session](sessions)
		for i, r := range records {
			c.record(r, place{0, int64(i + 1), int64(i)})
		}
		c.carryAll()
		for _, s := range c.services {
			// The order in which attributes came differs.
			rows := slices.Clone(s.attributes.rows)
			slices.SortFunc(rows, func(a, b row[attribute, seen]) int { return cmp.Compare(a.key, b.key) })
			out = append(out, fmt.Sprintf("port %d %+v %+v %v peers %d sessions %d", s.key.portFirst, s.seen, s.counters, rows, s.peers.len(), s.sessions.len()))
		}
		slices.Sort(out)
		for _, s := range c.systems {
			out = append(out, fmt.Sprint(s.used, s.repeated, s.period))
		}
		return out
	}
	large := sum(1 << 10)
	if got := large[len(large)-1]; !strings.HasPrefix(got, "1200 1200 ") {
		t.Errorf("used, repeated, period: %s", got)
	}
	small := sum(1)
	if len(large) != len(small) {
		t.Fatalf("%d and %d services", len(large), len(small))
	}
	for i := range large {
		if large[i] != small[i] {
			t.Errorf("large %s\nsmall %s", large[i], small[i])
		}
	}
}

// The same records in any framing, cut at any place, in any order and among any
// others have the same content digest.
func TestSameFacts(t *testing.T) {
	records := mixed()
	content := one(t, dump(records...)).Header.Content
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 11))
		rng.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		all := noisy(seed, records)
		for name, file := range map[string][]byte{
			"unblocked":                compose.Unblocked(all...),
			"unblocked, spanned":       compose.Unblocked(spanned(rng, all)...),
			"blocked":                  compose.Blocked(1024+rng.IntN(30000), all...),
			"blocked, spanned":         compose.BlockedSpanned(40+rng.IntN(2000), all...),
			"blocked, spanned at will": compose.Blocked(4000, spanned(rng, all)...),
			"extended blocks":          compose.BlockedExtended(1<<20, all...),
			"twice":                    slices.Concat(compose.Unblocked(spanned(rng, all)...), compose.Unblocked(all...)),
			"without RDW":              compose.NoRDW(append([][]byte{compose.DumpHeader(night, "PRDA")}, append(records, compose.DumpTrailer(night, "PRDA"))...)...),
		} {
			p := run(t, collect.Options{NoRDW: name == "without RDW"}, file)[0]
			if n := p.Header.Counts; name == "twice" && (n.Used != int64(len(records)) || n.Duplicate < n.Used) {
				t.Errorf("seed %d, twice: %d records used, %d duplicates of %d", seed, n.Used, n.Duplicate, len(records))
			}
			if p.Header.Content != content {
				t.Errorf("seed %d, %s: other facts", seed, name)
			}
			if state, reason := coverage(p); state != collect.Complete {
				t.Errorf("seed %d, %s: %s, %s", seed, name, state, reason)
			}
		}
	}
}

// A spanned dump that was cut anywhere gives every record that was whole, and
// says what is missing.
func TestCutAnywhere(t *testing.T) {
	records := mixed()
	file := compose.BlockedSpanned(200, append([][]byte{compose.DumpHeader(night, "PRDA")}, append(records, compose.DumpTrailer(night, "PRDA"))...)...)
	var before int64 = -1
	for n := 1; n < len(file); n++ {
		whole := wholeRecords(file[:n])
		parts, err := collect.Run(t.Context(), SMF(), []*collect.File{collect.BytesFile("night.smf", file[:n])}, &collect.Options{})
		if err != nil {
			if whole > 0 {
				t.Fatalf("cut at %d: %d records are whole, and %v", n, whole, err)
			}
			continue
		}
		h := parts[0].Header
		if got := h.Counts.Used + h.Counts.Duplicate; got != whole {
			t.Fatalf("cut at %d: %d records used, %d are whole", n, got, whole)
		}
		if whole < before {
			t.Fatalf("cut at %d: %d records, one byte less gave %d", n, whole, before)
		}
		before = whole
		// A cut between two blocks is no damage that shows; the trailer is missing.
		state, reason := coverage(parts[0])
		if state == collect.Complete || !strings.Contains(reason, "the file ends") && !strings.Contains(reason, "no trailer record") && !strings.Contains(reason, "no zERT record") {
			t.Fatalf("cut at %d: %s, %q", n, state, reason)
		}
		parts[0].Close()
	}
	if before != int64(len(records)) {
		t.Errorf("%d records before the trailer, want %d", before, len(records))
	}
}

// wholeRecords counts the records of a dump up to where it is damaged, without
// those of the dump program.
func wholeRecords(data []byte) (n int64) {
	r := smf.NewReader(bytes.NewReader(data), 1<<20)
	if _, err := r.Detect(); err != nil {
		return 0
	}
	for {
		rec, err := r.Next()
		if err != nil {
			return n
		}
		if smf.Type(rec.Data) == recordType {
			n++
		}
	}
}

// FuzzCollect changes bytes of sound dumps. Whatever comes, the counts add up,
// and a dump that was cut never gives more than the whole one nor is complete
// with less.
func FuzzCollect(f *testing.F) {
	records := mixed()
	f.Add(dump(records...), 1000)
	f.Add(compose.Blocked(2000, records...), 700)
	f.Add(compose.BlockedSpanned(300, records[0], records[2]), 1)
	f.Add(base().Record(), 344)
	f.Add(dump(details()...), 900)
	f.Add(compose.NoRDW(append(details(), compose.DumpTrailer(night, "PRDA"))...), 300)
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		tryRunWith(t, data, collect.Options{NoRDW: true})
		full := tryRun(t, data)
		if cut < 0 || cut >= len(data) {
			return
		}
		for system, part := range tryRun(t, data[:cut]) {
			state := part.Header.CoverageOf(collect.Key("zert/" + segment(system))).State
			whole := full[system]
			if state == collect.Complete && whole != nil && whole.Header.Facts > part.Header.Facts && !endsWithTrailer(data[:cut]) {
				t.Errorf("cut at %d of %d bytes: complete with %d of %d facts", cut, len(data), part.Header.Facts, whole.Header.Facts)
			}
		}
	})
}

// endsWithTrailer reports whether a cut dump is a whole smaller one, as when
// several were appended and the cut fell between them.
func endsWithTrailer(b []byte) bool {
	return len(b) >= 18 && b[len(b)-13] == 3
}

// tryRun collects what may be damaged and checks what must always hold.
func tryRun(t *testing.T, data []byte) map[string]*collect.Part {
	return tryRunWith(t, data, collect.Options{})
}

func tryRunWith(t *testing.T, data []byte, opts collect.Options) map[string]*collect.Part {
	parts, err := collect.Run(t.Context(), SMF(), []*collect.File{collect.BytesFile("f", data)}, &opts)
	if err != nil {
		var e *collect.Error
		if !errors.As(err, &e) || e.Advice == "" {
			t.Fatalf("error without place and advice: %v", err)
		}
	}
	out := map[string]*collect.Part{}
	for _, p := range parts {
		t.Cleanup(p.Close)
		n := p.Header.Counts
		sum := n.Used + n.Duplicate
		for _, v := range n.Ignored {
			sum += v
		}
		if n.Read != sum {
			t.Errorf("counts do not add up: %+v", n)
		}
		out[p.Header.System] = p
	}
	return out
}
