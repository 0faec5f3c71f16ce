package ibmi

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

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
		// Connections without a session of their own.
		row(22, 17, "A", 8471, "10.1.2.4", 51007, "", ""),
		row(23, 17, "A", 389, "10.1.2.4", 51008, "", ""),
		row(24, 17, "A", 9999, "10.1.2.4", 51009, "", ""),
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

// When every connection has a secure session with the same addresses and ports,
// the port is protected whatever it stands for.
func TestJoin(t *testing.T) {
	a := func(seq, at, remote int) string { return row(seq, at, "A", 7777, "10.1.2.3", remote, "", "") }
	s := func(seq, at, remote int) string { return row(seq, at, "S", 7777, "10.1.2.3", remote, "TLSV1.2", gcm) }
	far := func(n int) (lines []string) { // other connections between
		for i := range n {
			lines = append(lines, row(100_000+i, 5, "A", 23, "10.9.9.9", 1024+i%60000, "", ""))
		}
		return lines
	}
	for _, tt := range []struct {
		name   string
		lines  []string
		joined bool
	}{
		{"one", []string{a(1, 1, 50001), s(2, 1, 50001)}, true},
		{"none", []string{a(1, 1, 50001), s(2, 1, 50002)}, false},
		{"two of two", []string{a(1, 1, 50001), a(2, 2, 50002), s(3, 3, 50002), s(4, 3, 50001)}, true},
		{"one of two", []string{a(1, 1, 50001), a(2, 2, 50002), s(3, 3, 50002)}, false},
		{"the same four twice", []string{a(1, 1, 50001), s(2, 1, 50001), a(3, 100, 50001), s(4, 101, 50001)}, true},
		{"the same four twice, one session", []string{a(1, 1, 50001), s(2, 1, 50001), a(3, 100, 50001)}, false},
		{"two at once, one session", []string{a(1, 1, 50001), a(2, 1, 50001), s(3, 1, 50001)}, false},
		{"two sessions of one", []string{a(1, 1, 50001), s(2, 1, 50001), s(3, 2, 50001)}, true},
		{"five minutes", []string{a(1, 1, 50001), s(2, 301, 50001)}, true},
		{"more than five minutes", []string{a(1, 1, 50001), s(2, 302, 50001)}, false},
		{"session before the connection", []string{s(1, 1, 50001), a(2, 2, 50001)}, false},
		{"within the window", append(append([]string{a(1, 1, 50001)}, far(JoinWindow-2)...), s(2, 9, 50001)), true},
		{"beyond the window", append(append([]string{a(1, 1, 50001)}, far(2*JoinWindow)...), s(2, 9, 50001)), false},
		{"without time", []string{strings.Replace(a(1, 1, 50001), "2026-11-18-", "18.11.26 ", 1), s(2, 1, 50001)}, false},
		{"without peer", []string{strings.Replace(a(1, 1, 50001), "10.1.2.3", "", 1), s(2, 1, 50001)}, false},
		{"session that names no protocol", []string{a(1, 1, 50001), row(2, 1, "S", 7777, "10.1.2.3", 50001, "", "")}, false},
		{"session of another kind", []string{a(1, 1, 50001), row(2, 1, "S", 7777, "10.1.2.3", 50001, "IKEV2", "x")}, false},
		{"failed session", []string{a(1, 1, 50001), row(2, 1, "X", 7777, "10.1.2.3", 50001, "TLSV1.2", gcm)}, false},
		{"duplicates", []string{a(1, 1, 50001), a(1, 1, 50001), s(2, 1, 50001), s(2, 1, 50001)}, true},
	} {
		for _, reversed := range []bool{false, true} {
			if reversed {
				slices.Reverse(tt.lines)
			}
			r := collectOne(t, collect.Options{}, rows(tt.lines...))
			v := r.values["ibmi/sk/accept/7777/protection"]
			if joined := v.String() == `["tls"]`; joined != tt.joined {
				t.Errorf("%s (reversed %v): protection is %s", tt.name, reversed, v)
			}
			if !tt.joined && !v.IsUnknown() {
				t.Errorf("%s (reversed %v): protection is %s, want it unknown", tt.name, reversed, v)
			}
		}
	}
	// Connections and sessions in two files, and addresses of this system that
	// differ.
	x := rows(a(1, 1, 50001))
	y := rows(s(2, 1, 50001))
	collectOne(t, collect.Options{}, x, y).want(t, map[string]string{"accept/7777/protection": `["tls"]`})
	local := func(line, addr string) string { return strings.Replace(line, "AUDRCV0001", addr, 1) }
	in := rows(local(a(1, 1, 50001), "192.0.2.1"), local(s(2, 1, 50001), "192.0.2.2"))
	in = bytes.Replace(in, []byte("SKRCV"), []byte("SKLIPA"), 1)
	collectOne(t, collect.Options{}, in).want(t, map[string]string{"accept/7777/protection": "unknown"})
	in = bytes.Replace(in, []byte("192.0.2.2"), []byte("::ffff:192.0.2.1"), 1)
	collectOne(t, collect.Options{}, in).want(t, map[string]string{"accept/7777/protection": `["tls"]`})
}
