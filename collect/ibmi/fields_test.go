package ibmi

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/irondrift/irondrift/collect"
)

func TestParsePort(t *testing.T) {
	for in, want := range map[string]int{
		"23": 23, "23   ": 23, "00992": 992, "992.0": 992, "992,00": 992, " 65535": 65535, "": 0, "     ": 0, "*N": 0, "null": 0, "-": 0, "0": 0,
		"65536": -1, "99999999999999999999": -1, "-1": -1, "23x": -1, ".0": -1, "992.5": -1, "992.": -1, "*": -1,
	} {
		got, ok := parsePort([]byte(in))
		if ok != (want >= 0) || ok && int(got) != want {
			t.Errorf("%q: %d, %v; want %d", in, got, ok, want)
		}
	}
}

func TestParseAddress(t *testing.T) {
	var p addressParser
	for in, want := range map[string]string{
		"198.51.100.7   ": "198.51.100.7", "010.001.002.003": "10.1.2.3", "::ffff:10.1.2.3": "10.1.2.3", "2001:DB8::15": "2001:db8::15",
		"fe80::1%eth0": "fe80::1", "::1": "::1", "0.0.0.0": "none", "::": "none", "*": "none", "0": "none", "*N": "none", "": "none", "::ffff:0.0.0.0": "none",
		"10.1.2.256": "bad", "10.1.2": "bad", "10.1.2.3.4": "bad", "1..2.3": "bad", "host.example": "bad", strings.Repeat("1", 500): "bad",
	} {
		for range 2 { // the second time it may be remembered
			a, ok := p.parse([]byte(in))
			got := "bad"
			if ok {
				got = "none"
				if (a != address{}) {
					got = a.netip().String()
				}
			}
			if got != want {
				t.Errorf("%q: %s, want %s", in, got, want)
			}
		}
	}
}

func TestClock(t *testing.T) {
	var c clock
	for in, want := range map[string]string{
		"2026-03-04-05.06.07.890123":       "2026-03-04T05:06:07.890123Z",
		"2026-03-04-05.06.07":              "2026-03-04T05:06:07Z",
		"2026-03-04-05.06.07.890123456789": "2026-03-04T05:06:07.890123Z",
		"2026-03-04 05:06:07.5":            "2026-03-04T05:06:07.5Z",
		"2026-03-04T05:06:07 ":             "2026-03-04T05:06:07Z",
		"2026-12-31-24.00.00.000000":       "2027-01-01T00:00:00Z",
		"2028-02-29-00.00.00":              "2028-02-29T00:00:00Z",
		"1960-01-01-00.00.00.5":            "1960-01-01T00:00:00.5Z",
		"2026-02-29-00.00.00":              "", "2026-13-01-00.00.00": "", "2026-03-04-24.00.01": "", "2026-03-04-05:06:07": "", "2026-03-04 05.06.07": "",
		"04.03.26": "", "03/04/2026 05:06:07": "", "": "", "2026-03-04-05.06.07.": "", "2026-03-04-05.06.07.x": "", "2026-03-04-05.61.07": "",
	} {
		micros, ok := c.parse([]byte(in))
		got := ""
		if ok {
			got = wallTime(micros, nil).Format(time.RFC3339Nano)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestReadSecure(t *testing.T) {
	for _, tt := range []struct {
		version, properties string
		want                secureText
	}{
		{"TLSV1.2   ", "TLS_RSA_WITH_AES_128_CBC_SHA256", secureText{protocol: "TLSv1.2", protection: "tls", suite: "TLS_RSA_WITH_AES_128_CBC_SHA256"}},
		{"TLSV1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 ECDSA_SHA512 SECP521R1", secureText{"TLSv1.2", "tls", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDSA_SHA512", "secp521r1", ""}},
		{"TLS1.3", "AES_128_GCM_SHA256 X25519", secureText{protocol: "TLSv1.3", protection: "tls", suite: "TLS_AES_128_GCM_SHA256", group: "x25519"}},
		{"TLSV1", "SSL_RSA_WITH_RC4_128_MD5", secureText{protocol: "TLSv1.0", protection: "tls", suite: "TLS_RSA_WITH_RC4_128_MD5"}},
		{"tlsv11", "*RSA_AES_128_CBC_SHA", secureText{protocol: "TLSv1.1", protection: "tls", suite: "TLS_RSA_WITH_AES_128_CBC_SHA"}},
		{"TLSV13", "*CHACHA20_POLY1305_SHA256", secureText{protocol: "TLSv1.3", protection: "tls", suite: "TLS_CHACHA20_POLY1305_SHA256"}},
		{"SSLV3", "TLS_DH_ANON_WITH_RC4_128_MD5", secureText{protocol: "SSLv3", protection: "tls", suite: "TLS_DH_anon_WITH_RC4_128_MD5"}},
		{"SSLV2", "", secureText{protocol: "SSLv2", protection: "tls"}},
		{"", "TLS_AES_256_GCM_SHA384", secureText{protection: "tls", suite: "TLS_AES_256_GCM_SHA384"}},
		{"IKEV2", "AES256  SHA384", secureText{protocol: "IKEV2", protection: "ipsec", properties: "AES256 SHA384"}},
		{"QUIC", "x", secureText{protocol: "QUIC", properties: "x"}},
		{"", "", secureText{}},
	} {
		if got := readSecure(tt.version, tt.properties); got != tt.want {
			t.Errorf("%q %q: %+v, want %+v", tt.version, tt.properties, got, tt.want)
		}
	}
}

func TestClientSide(t *testing.T) {
	p, err := newPorts([]collect.Port{{Port: 50000, Service: "db", Class: "tls"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		local, remote uint16
		client        bool
	}{
		{992, 50001, false}, {50001, 443, true}, {9471, 1500, false}, {12345, 9471, true}, {7000, 60000, false}, {60000, 7000, true},
		{40000, 35000, false}, {50000, 1600, false}, {500, 500, false}, {23, 992, false}, {992, 0, false}, {0, 443, true}, {0, 0, false},
	} {
		if got := p.clientSide(tt.local, tt.remote); got != tt.client {
			t.Errorf("local %d, remote %d: client %v", tt.local, tt.remote, got)
		}
	}
}

// The built-in table has a valid class everywhere and no port twice.
func TestPortTable(t *testing.T) {
	type use struct {
		port int
		udp  bool
	}
	seen := map[use]string{}
	for _, r := range builtinPorts() {
		if r.first > r.last || r.service.name == "" || r.transport != "tcp" && r.transport != "udp" && r.transport != "any" {
			t.Errorf("row %+v", r)
		}
		for n := r.first; n <= r.last; n++ {
			for _, udp := range []bool{false, true} {
				if udp && r.transport == "tcp" || !udp && r.transport == "udp" {
					continue
				}
				if other := seen[use{n, udp}]; other != "" {
					t.Errorf("port %d is %s and %s", n, other, r.service.name)
				}
				seen[use{n, udp}] = r.service.name
			}
		}
	}
	for _, want := range []string{"23 telnet clear", "992 telnet-ssl tls", "22 ssh ssh", "21 ftp starttls", "9476 as-signon-s tls", "8476 as-signon clear", "12335 web-query clear", "2018 admin4-s unknown"} {
		p, _ := newPorts(nil)
		f := strings.Fields(want)
		port, _ := parsePort([]byte(f[0]))
		if got := p.lookup(port, false); got != (service{f[1], f[2]}) {
			t.Errorf("port %d is %+v, want %s", port, got, want)
		}
	}
	p, _ := newPorts(nil)
	if got := p.lookup(500, false); got.name != unlisted {
		t.Errorf("TCP port 500 is %+v, although IKE is UDP", got)
	}
	if r, err := csv.NewReader(strings.NewReader(portsCSV)).ReadAll(); err != nil || len(r[0]) != 6 {
		t.Errorf("table: %v", err)
	}
}

// A translated file must give the places of the file, not of the translation.
func TestPlacesInUTF16(t *testing.T) {
	text := string(capture(strings.ReplaceAll(outfileExample, "QTCP", "Q\u20acP"), true))
	in := []byte{0xFF, 0xFE}
	var offset int64
	for line := range strings.Lines(text) {
		if strings.Contains(line, `"9471 "`) {
			offset = int64(len(in))
		}
		for _, u := range utf16.Encode([]rune(line)) {
			in = append(in, byte(u), byte(u>>8))
		}
	}
	at := collectOne(t, collect.Options{}, in).origin["ibmi/sk/accept/9471/protection"].At
	if at.Pos != 9 || at.Offset != offset {
		t.Errorf("line %d offset %d, want line 9 offset %d", at.Pos, at.Offset, offset)
	}
}
