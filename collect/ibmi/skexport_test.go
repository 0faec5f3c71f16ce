package ibmi

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// day is a composed day of connections of every kind.
func day() []compose.SKRow {
	var rows []compose.SKRow
	add := func(typ byte, at int, local uint16, peer string, remote uint16, secure ...string) {
		r := compose.SKRow{
			Sequence: uint64(1000 + 3*len(rows)), Time: time.Date(2026, 3, 4, 5, 0, at, 890123000, time.UTC),
			Job: "QTVDEVICE", User: "QTCP", Number: 12345, Program: "QTVTELNET", ProgramLibrary: "QTCP",
			System: "PRDA", Receiver: "AUDRCV0412", ReceiverLibrary: "AUDITLIB",
			Type: typ, LocalAddr: "192.0.2.10", LocalPort: local, RemoteAddr: peer, RemotePort: remote, Socket: 3,
		}
		if strings.Contains(peer, ":") {
			r.LocalAddr = "2001:db8::10"
		}
		if len(secure) == 2 {
			r.SecureVersion, r.SecureProperties = secure[0], secure[1]
		}
		rows = append(rows, r)
	}
	add('A', 1, 992, "198.51.100.7", 50712)
	add('S', 1, 992, "198.51.100.7", 50712, "TLSV1.2", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 ECDSA_SHA512 SECP521R1")
	add('A', 2, 23, "198.51.100.8", 50713)
	add('A', 3, 9471, "2001:db8::15", 50714)
	add('C', 4, 50715, "203.0.113.9", 443)
	add('S', 4, 50715, "203.0.113.9", 443, "TLSV1.3", "TLS_AES_256_GCM_SHA384")
	add('X', 5, 9476, "198.51.100.9", 50716)
	add('I', 6, 161, "198.51.100.9", 40161)
	add('O', 7, 161, "198.51.100.9", 40161)
	add('P', 8, 515, "", 0)
	add('A', 9, 50044, "198.51.100.7", 50720)
	add('R', 10, 25, "198.51.100.77", 50721)
	dhcp := compose.SKRow{Sequence: 2000, Time: rows[0].Time.Add(time.Minute), Job: "QTODDHCPS", User: "QTCP", System: "PRDA", Receiver: "AUDRCV0412",
		Type: 'D', RemoteAddr: "198.51.100.99", MAC: "02005E10A1B2", Host: "teller21"}
	return append(rows, dhcp)
}

func concat(rows []compose.SKRow, record func(*compose.SKRow) []byte) (out []byte) {
	for i := range rows {
		out = append(out, record(&rows[i])...)
	}
	return out
}

// exports writes rows in every way that is read, with what each cannot carry.
func exports(rows []compose.SKRow) map[string][]byte {
	semicolon := compose.QAUDITSK()
	semicolon.Delimiter, semicolon.LineEnd = ';', "\r\n"
	service := compose.AuditJournalSK()
	comma := service
	comma.QuoteText = true
	commaDecimals := strings.NewReplacer(".890123", ",890123").Replace(string(semicolon.CSV(rows)))
	cpytoimpf := compose.CPYTOIMPF()
	cpySemicolon := cpytoimpf
	cpySemicolon.Delimiter = ';'
	return map[string][]byte{
		"QAUDITSK":                 compose.QAUDITSK().CSV(rows),
		"ACS comma":                comma.CSV(rows),
		"ACS semicolon UTF-16":     compose.UTF16([]byte(commaDecimals)),
		"CPYTOIMPF":                cpytoimpf.CSV(rows),
		"CPYTOIMPF semicolon":      cpySemicolon.CSV(rows),
		"AUDIT_JOURNAL_SK":         service.CSV(rows),
		"DISPLAY_JOURNAL":          compose.DisplayJournal().CSV(rows),
		"raw TYPE5":                concat(rows, (*compose.SKRow).Outfile),
		"raw TYPE5 of release 7.2": concat(rows, func(r *compose.SKRow) []byte { return r.Outfile()[:1569] }),
		"raw TYPE4":                concat(rows, (*compose.SKRow).Outfile4),
	}
}

// The same day gives the same facts, however it was exported. The layouts before
// release 7.3 hold no secure version, so what rests on it is unknown.
func TestSixWays(t *testing.T) {
	files := exports(day())
	want := collectOne(t, collect.Options{System: "PRDA"}, files["QAUDITSK"])
	want.want(t, map[string]string{
		"accept/992/protection":                 `["tls"]`,
		"accept/23/protection":                  `["clear"]`,
		"accept/9471/peers":                     `["2001:db8::15"]`,
		"secure/992/suites":                     `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`,
		"secure/992/groups":                     `["secp521r1"]`,
		"secure_client/443/protocols":           `["TLSv1.3"]`,
		"connect/443/protection":                `["tls"]`,
		"udp_in/161/service":                    "snmp",
		"dhcp_assigned/none/records":            "1",
		"mail_rejected/none/peers":              `["198.51.100.77"]`,
		"port_unavailable/515/records_at_least": "1",
		"port_unavailable/515/records":          "absent",
		"entry_types":                           `["A","C","D","I","O","P","R","S","X"]`,
		"accept_ports":                          `["23","50044","9471","992"]`,
	})
	for name, in := range files {
		got := collectOne(t, collect.Options{System: "PRDA"}, in)
		if got.header.Counts.Used != want.header.Counts.Used || got.header.Period != want.header.Period {
			t.Errorf("%s: counts %+v, period %+v", name, got.header.Counts, got.header.Period)
		}
		older := strings.Contains(name, "7.2") || strings.Contains(name, "TYPE4")
		if (got.header.Content == want.header.Content) == older {
			t.Errorf("%s: content digest equal is %v", name, !older)
		}
		for key, v := range want.values {
			g, ok := got.values[key]
			switch {
			case !ok && (older || strings.HasSuffix(string(key), "/users")):
				// TYPE4 keeps no user profile where it is known to be.
			case !ok:
				t.Errorf("%s: %s is missing", name, key)
			case g.Compare(v) == 0:
			case older && g.IsUnknown():
			default:
				t.Errorf("%s: %s is %s, want %s", name, key, g, v)
			}
		}
		for key := range got.values {
			if _, ok := want.values[key]; !ok {
				t.Errorf("%s: %s is too much", name, key)
			}
		}
	}
}

// The worked record of the reference, by the bytes that stand in it.
func TestWorkedRecord(t *testing.T) {
	rec := bytes.Repeat([]byte{0x40}, 1679)
	put := func(position int, digits string) {
		b, err := hex.DecodeString(digits)
		if err != nil {
			t.Fatal(err)
		}
		copy(rec[position-1:], b)
	}
	put(1, "f0f1f6f7f9")
	put(26, "e3e2d2")
	put(29, "f2f0f2f660f0f360f0f460f0f54bf0f64bf0f74bf8f9f0f1f2f3")
	put(610, "e2")
	put(611, "f1f9f24bf04bf24bf1f04040404040")
	put(626, "f9f9f24040")
	put(631, "f1f9f84bf5f14bf1f0f04bf7404040")
	put(646, "f5f0f7f1f2")
	put(651, "00000003")
	put(1181, "5cc9d7e5f44040404040")
	put(1570, "e3d3e2e5f14bf2404040")
	put(1580, "e3d3e26dc5c3c4c8c56dd9e2c16de6c9e3c86dc1c5e26df2f5f66dc7c3d46de2c8c1f3f8f4")
	r := collectOne(t, collect.Options{System: "PRDA"}, rec)
	r.want(t, map[string]string{
		"secure/992/records":       "1",
		"secure/992/peers":         `["198.51.100.7"]`,
		"secure/992/peer_networks": `["198.51.100.0/24"]`,
		"secure/992/protocols":     `["TLSv1.2"]`,
		"secure/992/suites":        `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`,
		"secure/992/first_seen":    "2026-03-04T05:06:07.890123",
	})
	if f := r.header.Files[0]; f.Encoding != "" || f.Size != 1679 {
		t.Errorf("file %+v", f)
	}
	// A second record, and where it stands.
	r = collectOne(t, collect.Options{System: "PRDA"}, append(rec, bytes.Replace(rec, []byte{0xF9, 0xF9, 0xF2, 0x40, 0x40}, []byte{0xF2, 0xF3, 0x40, 0x40, 0x40}, 1)...))
	if at := r.origin["ibmi/sk/secure/23/protocols"].At; at.Pos != 2 || at.Offset != 1679 {
		t.Errorf("second record at %+v", at)
	}
}

func TestOutfileDamage(t *testing.T) {
	rows := day()
	good := concat(rows, (*compose.SKRow).Outfile)
	other := bytes.Clone(good)
	copy(other[3*1679+25:], []byte{0xD5, 0xD5, 0xD5}) // another journal code and type
	rubbish := bytes.Clone(good)
	copy(rubbish[4*1679:], "rubbish")
	long := concat(slices.Repeat(rows, 10), (*compose.SKRow).Outfile)
	copy(long[100*1679+26:], []byte{0xC1, 0xC6}) // entry type AF, behind the head
	for _, tt := range []struct {
		name, says string
		in         []byte
		used       int64
		ignored    string
	}{
		{"whole", "nothing proves", good, 13, ""},
		{"cut in a record", "the last record has 1677 of 1679 bytes", good[:len(good)-2], 12, "last record is not whole"},
		{"cut in the first record", "cut off in its first record", good[:700], 0, ""},
		{"records of several lengths", "not all SK entries of one length", append(bytes.Repeat(good[:1679], 3), append(good[:1000:1000], long...)...), 0, ""},
		{"other entries among them", "nothing proves", long, 13, "not of journal entry type SK"},
	} {
		r, err := collectAll(t, collect.Options{System: "PRDA"}, tt.in)
		if err != nil {
			if !strings.Contains(err.Error(), tt.says) || tt.used != 0 || collect.HintOf(err) == "" {
				t.Errorf("%s: error %v", tt.name, err)
			}
			continue
		}
		c := r[0].header.Coverage[0]
		if !strings.Contains(c.Reason, tt.says) || r[0].header.Counts.Used != tt.used || tt.ignored != "" && r[0].header.Counts.Ignored[tt.ignored] != 1 {
			t.Errorf("%s: coverage %+v, counts %+v", tt.name, c, r[0].header.Counts)
		}
	}
	for name, in := range map[string][]byte{"other": other, "rubbish": rubbish} {
		if o := findOutfile(in, true); o == nil || o.length == 1679 {
			t.Errorf("%s: %+v", name, o)
		}
	}
}

// The code page decides about the few characters that countries differ in.
func TestOutfileCodePage(t *testing.T) {
	rows := day()
	for i := range rows {
		rows[i].System = "PRD1"
	}
	in := concat(rows, (*compose.SKRow).Outfile)
	for at := 196; at < len(in); at += 1679 {
		in[at] = 0x5B // $ in 037, Ü would stand at 0x5A in 273
	}
	r := collectOne(t, collect.Options{}, in)
	if r.header.System != "$RD1" || r.header.WarningCount != 1 || !strings.Contains(r.header.Warnings[0].Text, "code page 037") {
		t.Errorf("system %q, warnings %v", r.header.System, r.header.Warnings)
	}
	r = collectOne(t, collect.Options{CodePage: "1047"}, in)
	if r.header.WarningCount != 0 {
		t.Errorf("warnings %v", r.header.Warnings)
	}
	if _, err := collectAll(t, collect.Options{CodePage: "999"}, in); err == nil || !strings.Contains(err.Error(), `"999"`) {
		t.Errorf("error %v", err)
	}
}

// Columns of rows without names are found by their content, also when the first
// rows say little, and the guess is announced.
func TestWithoutColumnNames(t *testing.T) {
	rows := day()
	slices.Reverse(rows) // DHCP and mail first
	in := compose.CPYTOIMPF().CSV(rows)
	r := collectOne(t, collect.Options{}, in)
	if r.header.System != "PRDA" || !slices.ContainsFunc(r.header.Warnings, func(w collect.Warning) bool {
		return strings.Contains(w.Text, "column 43 of 58 was taken for the entry type")
	}) {
		t.Errorf("system %q, warnings %v", r.header.System, r.header.Warnings)
	}
	head, err := collect.BytesFile("x", in).Peek()
	if err != nil {
		t.Fatal(err)
	}
	if c := SK().Recognise(head); c != collect.Likely {
		t.Errorf("confidence %d", c)
	}
	// Without the fields of release 7.3, and with the heading of another layout.
	short := compose.CPYTOIMPF()
	short.Columns = slices.Concat(short.Columns[:8], short.Columns[20:30], short.Columns[42:56])
	r = collectOne(t, collect.Options{}, short.CSV(rows))
	r.want(t, map[string]string{"accept/992/peers": `["198.51.100.7"]`, "accept/9471/peers": `["2001:db8::15"]`, "secure/992/protocols": "unknown"})
	if r.header.System != "" {
		t.Errorf("system %q", r.header.System)
	}
}

// DISPLAY_JOURNAL in the forms in which clients print binary data.
func TestDisplayJournal(t *testing.T) {
	in := string(compose.DisplayJournal().CSV(day()[:2]))
	want := collectOne(t, collect.Options{}, []byte(in))
	data := strings.Split(strings.Split(in, "\n")[1], ",")[4]
	for name, form := range map[string]string{"X''": "X'" + data + "'", "lower case": strings.ToLower(data), "0x": "0x" + data} {
		if got := collectOne(t, collect.Options{}, []byte(strings.Replace(in, data, form, 1))); got.header.Content != want.header.Content {
			t.Errorf("%s: facts differ", name)
		}
	}
	for name, form := range map[string]string{"text": "A192.0.2.10", "odd": data[1:], "short": data[:80], "not hexadecimal": "G" + data[1:]} {
		r := collectOne(t, collect.Options{}, []byte(strings.Replace(in, data, form, 1)))
		if r.header.Counts.Ignored["entry data not readable"] != 1 || r.header.Coverage[0].State != collect.Partial {
			t.Errorf("%s: counts %+v, coverage %+v", name, r.header.Counts, r.header.Coverage)
		}
	}
	other := strings.Replace(in, ",T,SK,", ",T,AF,", 1)
	if r := collectOne(t, collect.Options{}, []byte(other)); r.header.Counts.Ignored["not of journal entry type SK"] != 1 {
		t.Errorf("other entry type: %+v", r.header.Counts)
	}
	if r := collectOne(t, collect.Options{}, []byte(in+strings.SplitAfter(in, "\n")[0])); r.header.Counts.Ignored["column names repeated"] != 1 {
		t.Errorf("column names repeated: %+v", r.header.Counts)
	}
}

func TestPortRanges(t *testing.T) {
	opts := collect.Options{Site: collect.Site{Ports: []collect.Port{{Port: 50000, Last: 50099, Service: "ftp-data", Class: "starttls"}}}}
	var lines []string
	for i := range 300 {
		lines = append(lines, row(i, i, "A", 49990+i%120, fmt.Sprintf("10.1.2.%d", i%5), 51000+i, "", ""))
	}
	r := collectOne(t, opts, rows(lines...))
	r.want(t, map[string]string{
		"accept/50000-50099/service":       "ftp-data",
		"accept/50000-50099/records":       "250",
		"accept/50000-50099/protection":    "?" + whyStartTLS,
		"accept/50000-50099/peer_networks": `["10.1.2.0/24"]`,
		"accept/50000/records":             "absent",
		"accept/50050/records":             "absent",
		"accept/49999/records":             "3",
		"accept/50100/records":             "2",
	})
	ports := r.values["ibmi/sk/accept_ports"]
	if len(ports.Items()) != 21 || !ports.Has("50000-50099") {
		t.Errorf("ports %s", ports)
	}
	for _, bad := range [][]collect.Port{
		{{Port: 10, Last: 9, Service: "x"}}, {{Port: 10, Last: 70000, Service: "x"}},
		{{Port: 10, Last: 20, Service: "x"}, {Port: 20, Service: "y"}},
	} {
		if _, err := collectAll(t, collect.Options{Site: collect.Site{Ports: bad}}, rows(lines...)); err == nil || collect.HintOf(err) == "" {
			t.Errorf("%+v: error %v", bad, err)
		}
	}
}
