package ibmi

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
)

// result is one part in a form that tests can ask.
type result struct {
	header collect.Header
	values map[collect.Key]collect.Value // facts and metrics
	origin map[collect.Key]collect.Located
}

func collectAll(t testing.TB, opts collect.Options, files ...[]byte) ([]result, error) {
	t.Helper()
	var in []*collect.File
	for i, data := range files {
		in = append(in, collect.BytesFile(fmt.Sprintf("qauditsk%d.csv", i), data))
	}
	parts, err := collect.Run(t.Context(), SK(), in, &opts)
	if err != nil {
		return nil, err
	}
	var out []result
	for _, p := range parts {
		r := result{p.Header, map[collect.Key]collect.Value{}, map[collect.Key]collect.Located{}}
		f, err := p.Facts()
		if err != nil {
			t.Fatal(err)
		}
		for f.Next() {
			e, err := f.Entry()
			if err != nil {
				t.Fatal(err)
			}
			r.values[e.Key] = e.Value
		}
		v, err := p.Provenance()
		if err != nil {
			t.Fatal(err)
		}
		for v.Next() {
			l := v.Located()
			r.origin[l.Key] = l
			if !l.Metric.IsAbsent() {
				r.values[l.Key] = l.Metric
			}
		}
		if err := cmp.Or(f.Err(), v.Err()); err != nil {
			t.Fatal(err)
		}
		f.Close()
		v.Close()
		p.Close()
		out = append(out, r)
	}
	return out, nil
}

func collectOne(t testing.TB, opts collect.Options, files ...[]byte) result {
	t.Helper()
	parts, err := collectAll(t, opts, files...)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts, want 1", len(parts))
	}
	return parts[0]
}

// want checks values written as in a flattened export.
func (r result) want(t *testing.T, want map[string]string) {
	t.Helper()
	for key, value := range want {
		got, ok := r.values[collect.Key("ibmi/sk/"+key)]
		switch {
		case !ok && value != "absent":
			t.Errorf("%s is missing, want %s", key, value)
		case ok && value == "unknown":
			if !got.IsUnknown() {
				t.Errorf("%s is %s, want it unknown", key, got)
			}
		case ok && got.String() != value:
			t.Errorf("%s is %s, want %s", key, got, value)
		}
	}
	if t.Failed() {
		for _, key := range slices.Sorted(maps.Keys(r.values)) {
			t.Logf("%s: %s", key, r.values[key])
		}
	}
}

// The worked examples of the reference: QAUDITSK through CPYTOIMPF with trailing
// blanks kept, and the SQL service as an SQL client saves it. Composed from the
// published rules, not captured from a system.
const (
	outfileExample = `"SKENTL","SKSEQN","SKCODE","SKENTT","SKTSTP","SKJOB","SKUSER","SKNBR","SKTYPE","SKLPRT","SKRADR"` + "\r\n" +
		`1679,"00000000000000012345","T","SK","2026-03-04-05.06.07.890123","QTVDEVICE ","QTCP      ",12345,"A","23   ","198.51.100.7   "` + "\r\n" +
		`1679,"00000000000000012346","T","SK","2026-03-04-05.06.08.000001","QZDASRVSD ","QUSER     ",12346,"A","9471 ","2001:db8::15   "` + "\r\n"
	serviceExample = `ENTRY_TIMESTAMP,SEQUENCE_NUMBER,USER_NAME,QUALIFIED_JOB_NAME,ENTRY_TYPE,ENTRY_TYPE_DETAIL,LOCAL_PORT,EVENT_REMOTE_ADDRESS` + "\n" +
		`2026-03-04 05:06:07.890123,12345,*NONE,012345/QTCP/QTVDEVICE,A,Accept,992,198.51.100.7` + "\n"
)

func TestOutfileExample(t *testing.T) {
	r := collectOne(t, collect.Options{System: "PRDA"}, []byte(outfileExample))
	r.want(t, map[string]string{
		"accept/23/service":         "telnet",
		"accept/23/port_class":      "clear",
		"accept/23/protection":      `["clear"]`,
		"accept/23/peers":           `["198.51.100.7"]`,
		"accept/23/peers_beyond":    "0",
		"accept/23/peer_networks":   `["198.51.100.0/24"]`,
		"accept/23/jobs":            `["QTVDEVICE"]`,
		"accept/23/users":           "absent",
		"accept/23/protocols":       "absent",
		"accept/23/records":         "1",
		"accept/23/first_seen":      "2026-03-04T05:06:07.890123",
		"accept/23/last_seen":       "2026-03-04T05:06:07.890123",
		"accept/9471/service":       "as-database-s",
		"accept/9471/protection":    "?" + whyNoTLSEntry,
		"accept/9471/peers":         `["2001:db8::15"]`,
		"accept/9471/peer_networks": `["2001:db8::/64"]`,
		"accept_ports":              `["23","9471"]`,
		"entry_types":               `["A"]`,
		"secure_ports":              `[]`,
	})
	h := r.header
	if h.Period != (collect.Period{Start: "2026-03-04T05:06:07", End: "2026-03-04T05:06:08", From: collect.FromRecords}) || h.Clock.Zone != collect.ZoneUnknown {
		t.Errorf("period %+v, clock %+v", h.Period, h.Clock)
	}
	if h.Counts.Read != 2 || h.Counts.Used != 2 {
		t.Errorf("counts %+v", h.Counts)
	}
	if c := h.CoverageOf("ibmi/sk/accept/23/protection"); c.State != collect.Open || c.Through != "" {
		t.Errorf("coverage %+v", c)
	}
	second := r.origin["ibmi/sk/accept/9471/protection"].At
	if wantOffset := int64(strings.Index(outfileExample, `1679,"00000000000000012346"`)); second.Pos != 3 || second.Offset != wantOffset {
		t.Errorf("port 9471 was read at line %d offset %d, want line 3 offset %d", second.Pos, second.Offset, wantOffset)
	}
}

func TestServiceExample(t *testing.T) {
	r := collectOne(t, collect.Options{}, []byte(serviceExample))
	r.want(t, map[string]string{
		"accept/992/service":       "telnet-ssl",
		"accept/992/protection":    "unknown",
		"accept/992/peer_networks": `["198.51.100.0/24"]`,
		"accept/992/jobs":          `["QTVDEVICE"]`,
		"accept/992/users":         `["*NONE"]`,
	})
}

// rows builds an export of the columns that most tests need.
func rows(lines ...string) []byte {
	return []byte("SKSEQN,SKTSTP,SKTYPE,SKLPRT,SKRADR,SKRPRT,SKSVER,SKSPRP,SKSYNM,SKRCV\n" + strings.Join(lines, "\n") + "\n")
}

// row builds one row; at counts seconds from the start of the night.
func row(seq, at int, typ string, local int, addr string, remote int, version, properties string) string {
	stamp := time.Date(2026, 11, 18, 0, 0, at, 0, time.UTC).Format("2006-01-02-15.04.05.000000")
	return fmt.Sprintf("%020d,%s,%s,%d,%s,%d,%s,%s,PRDA,AUDRCV0001", seq, stamp, typ, local, addr, remote, version, properties)
}

const gcm = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDSA_SHA512 SECP521R1"

func TestProtection(t *testing.T) {
	in := rows(
		row(1, 1, "A", 23, "10.1.2.3", 50001, "", ""),
		row(2, 2, "A", 992, "10.1.2.3", 50002, "", ""),
		row(3, 2, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm),
		row(4, 3, "A", 21, "10.1.2.4", 50003, "", ""),
		row(5, 4, "A", 990, "10.1.2.4", 50004, "", ""),
		row(6, 5, "A", 22, "10.1.2.4", 50005, "", ""),
		row(7, 6, "A", 7777, "10.1.2.4", 50006, "", ""),
		row(8, 7, "A", 8471, "10.1.2.4", 50007, "", ""),
		row(9, 8, "S", 8471, "10.1.2.4", 50007, "TLS1.3", "AES_128_GCM_SHA256"),
		row(10, 9, "A", 389, "10.1.2.4", 50008, "", ""),
		row(11, 9, "S", 389, "10.1.2.4", 50008, "TLSV12", "TLS_RSA_WITH_AES_128_CBC_SHA256"),
		row(12, 10, "A", 445, "10.1.2.4", 50009, "", ""),
		row(13, 11, "A", 9999, "10.1.2.4", 50010, "", ""),
		row(14, 11, "S", 9999, "10.1.2.4", 50010, "TLSV1.2", gcm),
		row(15, 12, "C", 50011, "203.0.113.9", 443, "", ""),
		row(16, 12, "S", 50011, "203.0.113.9", 443, "TLSV1.3", "TLS_AES_256_GCM_SHA384"),
		row(17, 13, "C", 50012, "203.0.113.9", 25, "", ""),
		row(18, 14, "X", 992, "10.1.2.9", 50013, "", ""),
		row(19, 15, "S", 500, "10.1.2.9", 500, "IKEV2", "AES-CBC-256 SHA2-256"),
		row(20, 15, "I", 500, "10.1.2.9", 500, "", ""),
		row(21, 16, "S", 1414, "10.1.2.9", 51000, "", ""),
	)
	r := collectOne(t, collect.Options{}, in)
	r.want(t, map[string]string{
		"accept/23/protection":         `["clear"]`,
		"accept/992/protection":        `["tls"]`,
		"accept/21/protection":         "?" + whyStartTLS,
		"accept/990/protection":        "?" + whyNoTLSEntry,
		"accept/22/protection":         `["ssh"]`,
		"accept/7777/protection":       "?" + whyNoPort,
		"accept/7777/service":          "unlisted",
		"accept/8471/protection":       `["clear","tls"]`,
		"accept/389/protection":        "?" + whySomeTLS,
		"accept/445/protection":        "?" + whyUndecidable,
		"accept/9999/protection":       "?" + whyUnlistedTLS,
		"connect/443/protection":       `["tls"]`,
		"connect/443/service":          "https",
		"connect/443/peer_networks":    `["203.0.113.0/24"]`,
		"connect/25/protection":        "?" + whyStartTLS,
		"secure/992/protection":        `["tls"]`,
		"secure/992/protocols":         `["TLSv1.2"]`,
		"secure/992/suites":            `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`,
		"secure/992/signatures":        `["ECDSA_SHA512"]`,
		"secure/992/groups":            `["secp521r1"]`,
		"secure/8471/suites":           `["TLS_AES_128_GCM_SHA256"]`,
		"secure/8471/protocols":        `["TLSv1.3"]`,
		"secure_client/443/protocols":  `["TLSv1.3"]`,
		"secure/50011/protocols":       "absent",
		"secure_failed/992/protocols":  `[]`,
		"secure_failed/992/suites":     `[]`,
		"secure_failed/992/protection": "absent",
		"secure/500/protection":        `["ipsec"]`,
		"secure/500/properties":        `["AES-CBC-256 SHA2-256"]`,
		"secure/500/protocols":         `["IKEV2"]`,
		"secure/500/suites":            `[]`,
		"udp_in/500/protection":        `["ipsec"]`,
		"udp_in/500/service":           "ike",
		"secure/1414/protection":       "?" + whyNoText,
		"secure/1414/protocols":        "unknown",
		"entry_types":                  `["A","C","I","S","X"]`,
		"connect_ports":                `["25","443"]`,
	})
	// The tls of an accept port was read where the secure session was.
	l := r.origin["ibmi/sk/accept/992/protection"]
	if l.At.Pos != 3 || len(l.Members) != 1 || l.Members[0].Pos != 4 {
		t.Errorf("accept/992/protection: %+v", l)
	}
}

// The facts must not depend on the order of the rows, on the quoting, on the
// delimiter, on line ends, on the encoding or on the order of the columns.
func TestLayouts(t *testing.T) {
	lines := []string{
		row(1, 1, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm),
		row(2, 2, "A", 992, "10.1.2.3", 50002, "", ""),
		row(3, 3, "A", 23, "10.1.2.3", 50001, "", ""),
		row(4, 4, "A", 23, "2001:db8::15", 50009, "", ""),
		row(5, 5, "A", 23, "::ffff:10.1.2.3", 50001, "", ""),
		row(6, 6, "C", 50011, "203.0.113.9", 443, "", ""),
		row(7, 7, "X", 9471, "10.7.7.7", 50100, "", ""),
	}
	base := rows(lines...)
	want := collectOne(t, collect.Options{}, base)
	if want.header.Facts < 20 {
		t.Fatalf("only %d facts", want.header.Facts)
	}
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)
	text := string(base)
	quoted := strings.NewReplacer(",", `   ","`, "\n", "  \"\n\"").Replace(`"` + text)
	quoted = strings.TrimSuffix(quoted, `"`)
	var columns [][]string
	for line := range strings.Lines(text) {
		columns = append(columns, strings.Split(strings.TrimSpace(line), ","))
	}
	var turned strings.Builder
	for _, c := range columns {
		slices.Reverse(c)
		turned.WriteString(strings.Join(c, ";") + "\n")
	}
	var le, be []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		le = append(le, byte(u), byte(u>>8))
		be = append(be, byte(u>>8), byte(u))
	}
	labels := strings.NewReplacer("SKTSTP", "Timestamp           of entry", "SKTYPE", "Type of entry", "SKLPRT", "local.port").Replace(text)
	for name, in := range map[string][]byte{
		"reversed":          rows(reversed...),
		"twice":             rows(append(slices.Clone(lines), lines...)...),
		"quoted, padded":    []byte(quoted),
		"columns reversed":  []byte(turned.String()),
		"semicolons":        []byte(strings.ReplaceAll(text, ",", ";")),
		"tabs":              []byte(strings.ReplaceAll(text, ",", "\t")),
		"bars":              []byte(strings.ReplaceAll(text, ",", "|")),
		"CRLF":              []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"CR":                []byte(strings.ReplaceAll(text, "\n", "\r")),
		"LFCR":              []byte(strings.ReplaceAll(text, "\n", "\n\r")),
		"BOM":               []byte("\xef\xbb\xbf" + text),
		"BOM and quotes":    []byte("\xef\xbb\xbf" + quoted),
		"sep line":          []byte("sep=,\n" + text),
		"UTF-16 LE":         le,
		"UTF-16 BE":         be,
		"labels":            []byte(labels),
		"header repeated":   append(slices.Clone(base), strings.SplitAfter(text, "\n")[0]...),
		"JDBC times":        []byte(strings.NewReplacer("2026-11-18-00.00.0", "2026-11-18 00:00:0").Replace(text)),
		"null as text":      []byte(strings.ReplaceAll(text, ",,", ",null,")),
		"*N":                []byte(strings.ReplaceAll(text, ",,", ",*N,")),
		"EBCDIC":            toEBCDIC(text),
		"capture":           capture(text, true),
		"spreadsheet ports": []byte(strings.NewReplacer(",23,", ",23.0,", ",992,", ",00992,").Replace(text)),
	} {
		got := collectOne(t, collect.Options{}, in)
		if got.header.Content != want.header.Content {
			t.Errorf("%s: facts differ", name)
			for key, v := range want.values {
				if g := got.values[key]; g.Compare(v) != 0 && collect.Keys().Class(key) != collect.Metric {
					t.Errorf("  %s is %s, want %s", key, g, v)
				}
			}
		}
		if got.header.System != "PRDA" || got.header.Period.Start != "2026-11-18T00:00:01" || got.header.Period.End != "2026-11-18T00:00:07" {
			t.Errorf("%s: system %q, period %+v", name, got.header.System, got.header.Period)
		}
	}
}

// toEBCDIC translates the characters that the rows hold, with NEL line ends.
func toEBCDIC(text string) []byte {
	table := map[rune]byte{' ': 0x40, '.': 0x4B, '-': 0x60, '_': 0x6D, ',': 0x6B, ':': 0x7A, '\n': 0x15}
	for i := range 9 {
		table['A'+rune(i)], table['a'+rune(i)] = 0xC1+byte(i), 0x81+byte(i)
		table['J'+rune(i)], table['j'+rune(i)] = 0xD1+byte(i), 0x91+byte(i)
	}
	for i := range 8 {
		table['S'+rune(i)], table['s'+rune(i)] = 0xE2+byte(i), 0xA2+byte(i)
	}
	for i := range 10 {
		table['0'+rune(i)] = 0xF0 + byte(i)
	}
	var out []byte
	for _, r := range text {
		b, ok := table[r]
		if !ok {
			panic(fmt.Sprintf("no EBCDIC for %q", r))
		}
		out = append(out, b)
	}
	return out
}

// capture puts a capture header around an extract.
func capture(text string, end bool) []byte {
	out := "*> irondrift-capture 1\n*> system: PRDA\n*> time: 2026-11-18T02:05:00+01:00\n*> user: AUDIT\n" +
		"*> command: CPYAUDJRNE ENTTYP(SK), \"x\n*> begin\n" + text
	if end {
		out += fmt.Sprintf("*> end lines: %d\n", strings.Count(text, "\n"))
	}
	return []byte(out)
}

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

func TestSiteTables(t *testing.T) {
	in := []byte("WHEN,WHAT,OUR_PORT,PEER\n2026-03-04-05.06.07,A,7777,10.0.0.1\n2026-03-04-05.06.07,A,23,10.0.0.1\n2026-03-04-05.06.08,A,23,10.0.0.2\n")
	opts := collect.Options{Site: collect.Site{
		ColumnAliases: map[string][]string{"timestamp": {"when"}, "SKTYPE": {"What"}, "local_port": {"our port"}, "remote_addr": {"PEER"}, "SYSTEM_VALUE_NAME": {"x"}},
		Ports:         []collect.Port{{Port: 7777, Service: "switch", Class: "clear"}, {Port: 23, Service: "console", Class: "unknown"}},
	}}
	collectOne(t, opts, in).want(t, map[string]string{
		"accept/7777/service":     "switch",
		"accept/7777/protection":  `["clear"]`,
		"accept/23/service":       "console",
		"accept/23/protection":    "?" + whyUndecidable,
		"accept/23/peer_networks": `["10.0.0.0/24"]`,
		"accept/23/records":       "2",
	})
	opts.Site.Ports = append(opts.Site.Ports, collect.Port{Port: 80, Service: "x", Class: "safe"})
	if _, err := collectAll(t, opts, in); err == nil || !strings.Contains(err.Error(), `class "safe"`) {
		t.Errorf("a wrong class gave error %v", err)
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
	for i := range uint64(10 * DuplicateWindow) {
		if w.seen(i*0x9E3779B97F4A7C15 + 1) {
			t.Fatalf("row %d was not seen before", i)
		}
		if back := uint64(DuplicateWindow - 1); i > back && i%97 == 0 && !w.seen((i-back)*0x9E3779B97F4A7C15+1) {
			t.Fatalf("row %d is within the window of row %d", i-back, i)
		}
	}
	if w.seen(1) {
		t.Error("the first row is still known")
	}
}

func TestDamage(t *testing.T) {
	good := row(1, 1, "A", 23, "10.1.2.3", 50001, "", "")
	in := rows(good,
		`1,2,3`,
		row(2, 2, "??", 23, "10.1.2.3", 50001, "", ""),
		row(3, 2, "A", 99999, "10.1.2.3", 50001, "", ""),
		strings.Replace(row(4, 2, "A", 992, "10.1.2.3", 50001, "", ""), "PRDA", "PR/DA", 1),
		`"never closed`,
		row(5, 3, "A", 992, "10.1.2.999", 50001, "", ""),
		strings.Replace(row(6, 4, "A", 992, "10.1.2.9", 50001, "", ""), "2026-11-18-00.00.04.000000", "18.11.26", 1),
		row(7, 5, "N", 992, "10.1.2.9", 50001, "", ""),
		row(8, 5, "A", 0, "10.1.2.9", 50001, "", ""),
	)
	r := collectOne(t, collect.Options{}, in)
	r.want(t, map[string]string{
		"accept/23/records":        "1",
		"accept/992/records":       "2",
		"accept/992/peer_networks": `["10.1.2.0/24"]`,
		"accept/none/records":      "1",
		"accept/none/protection":   "unknown",
		"other/none/types":         `["N"]`,
		"accept_ports":             "unknown",
	})
	wantIgnored := map[string]int64{"wrong number of columns": 1, "entry type not readable": 1, "port not readable": 1, "system name not readable": 1, "quote not closed": 1}
	if c := r.header.Counts; c.Read != 10 || c.Used != 5 || !maps.Equal(c.Ignored, wantIgnored) {
		t.Errorf("counts %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/sk/accept/23/protection"); c.State != collect.Partial || !strings.Contains(c.Reason, "5 rows") || !strings.Contains(c.Reason, "line 3") {
		t.Errorf("coverage %+v", c)
	}
	if c := r.header.CoverageOf("ibmi/sk/accept/992/peer_networks"); c.State != collect.Partial || !strings.HasPrefix(c.Reason, "1 of 2 entries") {
		t.Errorf("coverage of peer_networks %+v", c)
	}
}

func TestRefused(t *testing.T) {
	header := strings.SplitAfter(outfileExample, "\n")[0]
	ebcdicRow := append(bytes.Repeat([]byte{0xF0}, 25), 0xE3, 0xE2, 0xD2)
	ebcdicRow = append(ebcdicRow, bytes.Repeat([]byte{0x40}, 1651)...)
	asciiRow := append(append(bytes.Repeat([]byte{'0'}, 25), "TSK"...), bytes.Repeat([]byte{' '}, 1651)...)
	headerlessRow := `1679,"00000000000000012345","T","SK","2026-03-04-05.06.07.890123"` + strings.Repeat(`," "`, 40) + `,"A"` + "\n"
	for _, tt := range []struct {
		name, in string
		is       error
		says     string
		hint     string
	}{
		{"empty", "", collect.ErrEmpty, "empty", "run it again"},
		{"raw outfile", string(ebcdicRow), collect.ErrNotRecognised, "raw EBCDIC outfile (QASYSKJ5)", "CPYTOIMPF"},
		{"outfile in ASCII", string(asciiRow), collect.ErrDamaged, "binary fields are lost", "CPYTOIMPF"},
		{"no column names", headerlessRow, collect.ErrNotRecognised, "no column names", "ADDCOLNAM(*SQL)"},
		{"other columns", "AUTHORIZATION_NAME,STATUS\nQSECOFR,*ENABLED\n", collect.ErrNotRecognised, "no column for entry_type (SKTYPE, ", "column_aliases"},
		{"JSON", `[{"ENTRY_TYPE":"A"}]`, collect.ErrNotRecognised, "JSON", "CSV"},
		{"cut in the column names", header[:60] + `"SKTYPE","SKLPRT`, collect.ErrDamaged, "ends within its column names", "again"},
		{"times of a country", "SKTYPE,SKTSTP,SKLPRT\nA,04.03.26 05:06,23\n", collect.ErrDamaged, `"04.03.26 05:06"`, "ISO"},
	} {
		_, err := collectAll(t, collect.Options{}, []byte(tt.in))
		if !errors.Is(err, tt.is) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(collect.HintOf(err), tt.hint) {
			t.Errorf("%s: error %v, hint %q", tt.name, err, collect.HintOf(err))
		}
	}
}

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
		lines = append(lines, row(i, i%50, typ, 990+i%4, fmt.Sprintf("%d.%d.%d.1", 10+i%2, i%7*40, i/20), 50001, version, properties))
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
			if got := r.header.CoverageOf(c.Prefix); got.Prefix != c.Prefix || got.State != c.State {
				t.Errorf("split at %d: coverage %+v, want %+v", at, got, c)
			}
		}
		key := collect.Key("ibmi/sk/accept/990/peer_networks")
		for i, m := range whole.origin[key].Members {
			if got := r.origin[key].Members[i]; got.Count != m.Count || !got.First.Equal(m.First) || !got.Last.Equal(m.Last) {
				t.Errorf("split at %d: %s member %d: %+v, want %+v", at, key, i, got, m)
			}
		}
	}
}

func TestZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vienna")
	if err != nil {
		t.Skip("no time zone data")
	}
	r := collectOne(t, collect.Options{Location: zone}, []byte(outfileExample))
	r.want(t, map[string]string{"accept/23/first_seen": "2026-03-04T04:06:07.890123Z"})
	if r.header.Period.Start != "2026-03-04T05:06:07+01:00" || r.header.Clock.Zone != "Europe/Vienna" {
		t.Errorf("period %+v, clock %+v", r.header.Period, r.header.Clock)
	}
}

func TestPeersCapAndNetworks(t *testing.T) {
	var lines []string
	for i := range 3 * maxNetworks {
		lines = append(lines, row(i, i%60, "A", 443, fmt.Sprintf("%d.%d.%d.7", 11+i>>16, i>>8&255, i&255), 50001, "", ""))
	}
	lines = append(lines, row(999_999, 1, "A", 443, "2001:db8:1:2::9", 50001, "", ""))
	r := collectOne(t, collect.Options{Limits: collect.Limits{Members: 10}}, rows(lines...))
	peers := r.values["ibmi/sk/accept/443/peers"]
	if n := len(peers.Items()); n != 10 || !peers.Has("11.0.0.7") {
		t.Errorf("%d peers: %s", n, peers)
	}
	r.want(t, map[string]string{"accept/443/peers_beyond": fmt.Sprint(3*maxNetworks + 1 - 10)})
	networks := r.values["ibmi/sk/accept/443/peer_networks"]
	if n := len(networks.Items()); n != 3*maxNetworks/256+1 || !networks.Has("11.5.0.0/16") || !networks.Has("2001:db8:1:2::/64") {
		t.Errorf("%d networks, first %v", n, networks.Items()[:3])
	}
	// Counts of the networks add up to the rows, also after widening.
	var sum int64
	for _, m := range r.origin["ibmi/sk/accept/443/peer_networks"].Members {
		sum += max(m.Count, 1)
	}
	if sum != int64(len(lines)) {
		t.Errorf("networks count %d rows of %d", sum, len(lines))
	}
	slices.Reverse(lines)
	again := collectOne(t, collect.Options{Limits: collect.Limits{Members: 10}}, rows(lines...))
	if again.header.Content != r.header.Content {
		t.Error("networks depend on the order of the rows")
	}
}

func TestRecognise(t *testing.T) {
	for in, want := range map[string]collect.Confidence{
		outfileExample:                        collect.Certain,
		serviceExample:                        collect.Likely,
		string(capture(outfileExample, true)): collect.Certain,
		"SYSTEM_VALUE_NAME,CURRENT_NUMERIC_VALUE,CURRENT_CHARACTER_VALUE\nQPWDLVL,3,\n":                                       collect.No,
		"CONNECTION_TYPE,REMOTE_ADDRESS,REMOTE_PORT,LOCAL_ADDRESS,LOCAL_PORT,TCP_STATE\nIPV4,10.0.0.1,1,10.0.0.2,23,LISTEN\n": collect.No,
		"USER MAINT XYZ 64M 128M ABCDEFG\n": collect.No,
	} {
		head, err := collect.BytesFile("x", []byte(in)).Peek()
		if err != nil {
			t.Fatal(err)
		}
		if got := SK().Recognise(head); got != want {
			t.Errorf("%.40q: confidence %d, want %d", in, got, want)
		}
	}
}

func TestConformance(t *testing.T) {
	lines := []string{
		row(1, 1, "A", 992, "10.1.2.3", 50002, "", ""),
		row(2, 2, "S", 992, "10.1.2.3", 50002, "TLSV1.2", gcm),
		row(3, 3, "A", 23, "10.1.2.3", 50001, "", ""),
		row(4, 4, "C", 50011, "203.0.113.9", 443, "", ""),
	}
	text := string(rows(lines...))
	slices.Reverse(lines)
	sourcetest.Run(t, sourcetest.Suite{
		Source: SK(),
		Inputs: map[string][]byte{
			"outfile": []byte(outfileExample), "service": []byte(serviceExample),
			"plain": []byte(text), "reversed": rows(lines...), "captured": capture(text, true),
		},
		SameAs:  map[string]string{"reversed": "plain", "captured": "plain"},
		Options: collect.Options{System: "PRDA"},
	})
}
