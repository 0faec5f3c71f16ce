package zert

import (
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

const pay = "zert/PRDA/TCPIP/server/CICSPAY1/10.20.1.11:5443/"

// One record written out by hand from the layout, not by the composer: 380 bytes.
const byHand = "" +
	// Header: length 380, flag, type 119, 02:30:00.00 (900000 hundredths), day
	// 322 of 2026, system id PRDA, subsystem STC, subtype 12.
	"017C0000 5E77 000DBBA0 0126322F D7D9C4C1 E2E3C340 000C" +
	// Six triplets: identification at 76, common at 140, TLS at 344.
	"00060000 0000004C00400001 0000008C00CC0001 0000015800240001 0000000000000000 0000000000000000 0000000000000000" +
	// Identification: SYSPRDA, PLEX1, TCPIP, V3R1, STACK, TCPIP, TCPIP.
	"E2E8E2D7D9C4C140 D7D3C5E7F1404040 E3C3D7C9D7404040 E5F3D9F140404040 E2E3C1C3D2404040 E3C3D7C9D7404040 E3C3D7C9D7404040" +
	"0000 0042 80 000000" +
	// Common: 30 minutes (1800000000 us from bit 51 on), interval, server, TLS,
	// job CICSPAY1, user CICSUSR, TCP.
	"000006B49D200000 01 40 80 C3C9C3E2D7C1E8F1 C3C9C3E2E4E2D940 06" +
	"0A14010B000000000000000000000000 C0000207000000000000000000000000 1543 1543" +
	// Session id: T-, then forty times 0.
	"E360 F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0 0000" +
	// Counters at the start: 10 connections, 100 bytes in, 1000 out; at the end
	// 17, 150 and 4000.
	"0000000A 00000000 00000000 00000001 0000000000000064 00000000000003E8 0000000000000000 0000000000000000" +
	"00000011 00000000 00000000 00000002 0000000000000096 0000000000000FA0 0000000000000000 0000000000000000" +
	// TLS: provider, no encrypt-then-MAC, TLSv1.2, C030, unknown codes, AEAD,
	// key exchange RSA; server certificate RSA with SHA-256, RSA, SHA-256, RSA,
	// 2048; client certificate none.
	"02 00 0303 C3F0F3F04040 0000 0001 0002 0007 0002 0006 0002 0800 0001 0001 0001 0001 0000"

func TestByHand(t *testing.T) {
	record, err := hex.DecodeString(strings.ReplaceAll(byHand, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	if len(record) != 380 {
		t.Fatalf("the record has %d bytes, the layout says 380", len(record))
	}
	p := one(t, dump(record))
	want(t, values(t, p), pay, map[string]string{
		"protection": `["tls"]`, "users": `["CICSUSR"]`, "peer_networks": `["192.0.2.0/24"]`, "peers": `["192.0.2.7"]`,
		"tls/versions": `["TLSv1.2"]`, "tls/suites": `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`, "tls/key_exchange": `["RSA"]`,
		"tls/cert_key": `["RSA 2048"]`, "tls/cert_sig": `["RSA with SHA-256"]`, "tls/cert_digest": `["SHA-256"]`,
		"tls/client_cert_key": `["none"]`, "tls/client_cert_subjects": `[]`, "tls/source": `["provider"]`, "tls/encrypt_then_mac": `["no"]`,
		"ssh/versions": `[]`, "ipsec/encryption": `[]`,
		"connections": "7", "bytes_in": "50", "bytes_out": "3000", "records": "1", "sessions": "1",
		"failed_handshakes": "?records before z/OS 3.2 do not count them",
		"first_seen":        "2026-11-18T02:30:00", "last_seen": "2026-11-18T02:30:00",
	})
	want(t, values(t, p), "zert/PRDA/TCPIP/", map[string]string{"sysname": `["SYSPRDA"]`, "sysplex": `["PLEX1"]`, "release": `["V3R1"]`, "aggregation": `[]`})
	h := p.Header
	if h.System != "PRDA" || h.SystemFrom != collect.FromRecords || h.View != collect.Watched {
		t.Errorf("system %s from %s, view %s", h.System, h.SystemFrom, h.View)
	}
	if h.Period != (collect.Period{Start: "2026-11-18T02:00:00", End: "2026-11-18T02:30:00", From: collect.FromRecords}) {
		t.Errorf("period %+v", h.Period)
	}
	if h.Clock.Zone != collect.ZoneUnknown {
		t.Errorf("clock %+v", h.Clock)
	}
	if c := h.Counts; c.Read != 3 || c.Used != 1 || c.Ignored["SMF type 2"] != 1 || c.Ignored["SMF type 3"] != 1 {
		t.Errorf("counts %+v", c)
	}
}

// cert names the five fields in the order of the layout.
func cert(signature, encryption, digest, keyType, keyLen uint16) compose.ZERTCert {
	return compose.ZERTCert{SignatureMethod: signature, EncMethod: encryption, DigestAlg: digest, KeyType: keyType, KeyLen: keyLen}
}

// collectOne changes the base record and returns the values of its dump.
func collectOne(t *testing.T, change func(z *compose.ZERTSummary)) map[collect.Key]collect.Value {
	t.Helper()
	z := base()
	change(&z)
	return values(t, one(t, dump(z.Record())))
}

func TestNothingRecognised(t *testing.T) {
	got := collectOne(t, func(*compose.ZERTSummary) {})
	want(t, got, pay, map[string]string{"protection": `["none"]`, "tls/versions": `[]`, "tls/suites": `[]`, "tls/cert_key": `[]`, "ssh/mac": `[]`, "ipsec/protocols": `[]`})
	if _, there := got[pay+"tls/source"]; there {
		t.Error("tls/source is there although no TLS was seen")
	}
}

func TestProtectedAndNot(t *testing.T) {
	a, b := base(), base()
	a.TLS = tls12()
	b.CltIP = netip.MustParseAddr("198.51.100.4")
	want(t, values(t, one(t, dump(a.Record(), b.Record()))), pay, map[string]string{
		"protection": `["none","tls"]`, "peer_networks": `["192.0.2.0/24","198.51.100.0/24"]`, "connections": "14"})
}

// TLSv1.3 as it is observed: no certificate, no key exchange.
func TestTLS13(t *testing.T) {
	got := collectOne(t, func(z *compose.ZERTSummary) {
		z.TLS = &compose.ZERTTLS{Source: compose.SourceObserved, ProtVer: 0x0304, NegCipher: "1302", CSMsgAuth: 1, CSKexAlg: 1}
	})
	want(t, got, pay, map[string]string{
		"tls/versions": `["TLSv1.3"]`, "tls/suites": `["TLS_AES_256_GCM_SHA384"]`, "tls/source": `["observation"]`,
		"tls/key_exchange": "?" + whyKex, "tls/cert_key": "?" + whyCert, "tls/cert_sig": "?" + whyCert, "tls/cert_subjects": "?" + whyName})
	// Beside a session that shows them, the unknown one stays visible.
	a, b := base(), base()
	a.TLS, b.TLS = tls12(), &compose.ZERTTLS{Source: 1, ProtVer: 0x0304, NegCipher: "1301"}
	want(t, values(t, one(t, dump(a.Record(), b.Record()))), pay, map[string]string{
		"tls/versions": `["TLSv1.2","TLSv1.3"]`, "tls/key_exchange": `["RSA","unknown"]`, "tls/cert_key": `["RSA 2048","unknown"]`})
}

func TestSuites(t *testing.T) {
	for field, text := range map[string]string{
		"C02F": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "c02f": "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "000A": "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
		"FEFE": "0xFEFE", "0700C0": "0x0700C0", "FFFFFF": "", "": "", "12": "code 0xF1F240404040", "XYZ!": "code 0xE7E8E95A4040",
	} {
		form := `["` + text + `"]`
		if text == "" {
			form = "?" + whyHandshake
		}
		want(t, collectOne(t, func(z *compose.ZERTSummary) { z.TLS = tls12(); z.TLS.NegCipher = field }), pay, map[string]string{"tls/suites": form})
	}
}

func TestUnknownCodes(t *testing.T) {
	z := base()
	z.TLS = tls12()
	z.TLS.ProtVer, z.TLS.CSKexAlg = 0x0305, 0x14
	z.TLS.SCert = compose.ZERTCert{SignatureMethod: 0x1F, DigestAlg: 9, KeyType: 7, KeyLen: 512}
	p := one(t, dump(z.Record()))
	want(t, values(t, p), pay, map[string]string{
		"tls/versions": `["code 0x0305"]`, "tls/key_exchange": `["code 0x14"]`, "tls/cert_sig": `["code 0x1F"]`,
		"tls/cert_digest": `["code 0x09"]`, "tls/cert_key": `["code 0x07 512"]`})
	if text := p.Header.Warnings[0].Text; !strings.Contains(text, "tls key exchange code 0x14 is probably ECDHE_RSA") || len(p.Header.Warnings) != 1 {
		t.Errorf("warnings %v", p.Header.Warnings)
	}
}

// The site may name what no table names, and nothing else.
func TestSiteCodes(t *testing.T) {
	z := base()
	z.TLS = tls12()
	z.TLS.CSKexAlg, z.TLS.SCert = 0x14, cert(0x1F, 2, 6, 2, 2048)
	site := func(codes ...collect.ZERTCode) collect.Options {
		return collect.Options{Site: collect.Site{ZERTCodes: codes}}
	}
	p := run(t, site(collect.ZERTCode{Table: "tls key exchange", Code: "0014", Name: "ECDHE_RSA"}, collect.ZERTCode{Table: "signature", Code: "0x1f", Name: "RSASSA-PSS"}), dump(z.Record()))[0]
	want(t, values(t, p), pay, map[string]string{"tls/key_exchange": `["ECDHE_RSA"]`, "tls/cert_sig": `["RSASSA-PSS"]`})
	if len(p.Header.Warnings) != 0 {
		t.Errorf("warnings %v", p.Header.Warnings)
	}
	for text, code := range map[string]collect.ZERTCode{
		"is TLSv1.0 in published tables":         {Table: "tls version", Code: "0301", Name: "TLSv1.3"},
		"is not one of digest, encryption":       {Table: "ciphers", Code: "1", Name: "x"},
		`code "zz" is not hexadecimal`:           {Table: "encryption", Code: "zz", Name: "x"},
		"name is missing":                        {Table: "encryption", Code: "0C"},
		"zert_codes[0]: code 000A of encryption": {Table: "encryption", Code: "000A", Name: "AES"},
	} {
		if err := CheckCodes([]collect.ZERTCode{code}); err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%v: %v", code, err)
		}
	}
}

func TestSSH(t *testing.T) {
	got := collectOne(t, func(z *compose.ZERTSummary) {
		z.Jobname, z.SrvPortStart = "SSHD", 22
		z.SSH = &compose.ZERTSSH{Source: 2, ProtVer: 2, CryptoFlags: 0x80, AuthMethod: 3, AuthMethod2: 2, InEncAlg: 4, InMsgAuth: 4, KexMethod: 6,
			OutEncAlg: 0x0F, OutMsgAuth: 1, SKeyType: 2, SKeyLen: 3072, CKeyType: 5, CKeyLen: 256, SCert: cert(1, 1, 1, 1, 0), CCert: cert(1, 1, 1, 1, 0)}
	})
	want(t, got, "zert/PRDA/TCPIP/server/SSHD/10.20.1.11:22/", map[string]string{
		"protection": `["ssh"]`, "ssh/versions": `["SSHv2"]`, "ssh/auth": `["password","public key"]`, "ssh/key_exchange": `["ecdh-sha2-nistp256"]`,
		"ssh/encryption": `["3DES","code 0x0F"]`, "ssh/mac": `["HMAC-SHA1","none or AEAD"]`, "ssh/encrypt_then_mac": `["no","yes"]`,
		"ssh/server_key": `["RSA 3072"]`, "ssh/client_key": `["ECC 256"]`, "ssh/cert_key": `["none"]`, "ssh/cert_subjects": `[]`, "tls/versions": `[]`})
}

func TestIPSec(t *testing.T) {
	got := collectOne(t, func(z *compose.ZERTSummary) {
		z.IPSec = &compose.ZERTIPSec{IKEMajVer: 2, IKETunLclAuthMeth: 2, IKETunRmtAuthMeth: 3, IKETunAuthAlg: 4, IKETunEncAlg: 4, IKETunDHGroup: 19, IKETunPseudoRandFunc: 2,
			LclCert: cert(7, 2, 6, 2, 2048), RmtCert: cert(8, 4, 7, 5, 384), PFSGroup: 24, EncapMode: 1, AuthProto: 51, AuthAlg: 4, EncAlg: 1}
		z.DNs = []compose.DN{{Type: 1, Text: "CN=local"}, {Type: 4, Text: "CN=remote CA"}}
	})
	want(t, got, pay, map[string]string{
		"protection": `["ipsec"]`, "ipsec/ike_versions": `["IKEv2"]`, "ipsec/ike_auth": `["RSA signature","pre-shared key"]`, "ipsec/ike_mac": `["HMAC-SHA1"]`,
		"ipsec/ike_encryption": `["3DES"]`, "ipsec/ike_dh_groups": `["19"]`, "ipsec/ike_prf": `["HMAC-SHA2-256"]`, "ipsec/local_cert_key": `["RSA 2048"]`,
		"ipsec/remote_cert_key": `["ECC 384"]`, "ipsec/remote_cert_digest": `["SHA-384"]`, "ipsec/pfs_groups": `["24"]`, "ipsec/encapsulation": `["tunnel"]`,
		"ipsec/protocols": `["AH"]`, "ipsec/encryption": `["none"]`, "ipsec/mac": `["HMAC-SHA1"]`,
		"ipsec/local_cert_subjects": `["CN=local"]`, "ipsec/remote_cert_issuers": `["CN=remote CA"]`, "ipsec/remote_cert_subjects": "?" + whyName})
}

// Endpoints: what is in the key of a service, and what is not.
func TestKeys(t *testing.T) {
	for name, c := range map[string]struct {
		change func(z *compose.ZERTSummary)
		prefix string
		peers  string
	}{
		"client, IPv6": {func(z *compose.ZERTSummary) {
			z.Flags, z.Jobname, z.SrvPortStart = compose.FlagClient, "DB2CLI", 446
			z.SrvIP, z.CltIP = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8:1::2")
		}, "zert/PRDA/TCPIP/client/DB2CLI/[2001:db8::1]:446/", `["2001:db8::1"]`},
		"range of ports": {func(z *compose.ZERTSummary) { z.SrvPortStart, z.SrvPortEnd = 50000, 50200 }, "zert/PRDA/TCPIP/server/CICSPAY1/10.20.1.11:50000-50200/", `["192.0.2.7"]`},
		"Enterprise Extender": {func(z *compose.ZERTSummary) { z.Flags, z.IPProto, z.SrvPortStart = 0, 17, 12000 },
			"zert/PRDA/TCPIP/ee/CICSPAY1/10.20.1.11:12000/", `["192.0.2.7"]`},
		"neither role":    {func(z *compose.ZERTSummary) { z.Flags = 0 }, "zert/PRDA/TCPIP/unknown/CICSPAY1/10.20.1.11:5443/", `["192.0.2.7"]`},
		"hostile names":   {func(z *compose.ZERTSummary) { z.Jobname, z.Ident.Stack = "A/B~C", " X" }, "zert/PRDA/ X/server/A~1B~0C/10.20.1.11:5443/", `["192.0.2.7"]`},
		"no job, no name": {func(z *compose.ZERTSummary) { z.Jobname, z.Ident.Stack = "", "" }, "zert/PRDA/*/server/*/10.20.1.11:5443/", `["192.0.2.7"]`},
		"no user":         {func(z *compose.ZERTSummary) { z.UserID = "" }, pay, `["192.0.2.7"]`},
	} {
		t.Run(name, func(t *testing.T) {
			got := collectOne(t, c.change)
			want(t, got, c.prefix, map[string]string{"protection": `["none"]`, "peers": c.peers})
			if name == "no user" {
				want(t, got, c.prefix, map[string]string{"users": "?no record names a user"})
			}
		})
	}
}

// What drifts must not make another service of it.
func TestKeyDoesNotDrift(t *testing.T) {
	a, b, c := base(), base(), base()
	b.TLS, b.UserID, b.CltIP = tls12(), "OTHER", netip.MustParseAddr("203.0.113.9")
	c.IPSec = &compose.ZERTIPSec{}
	services := map[collect.Key]bool{}
	for key := range values(t, one(t, dump(a.Record(), b.Record(), c.Record()))) {
		if len(key.Segments()) > 6 {
			services[key.Head(6)] = true
		}
	}
	if len(services) != 1 || !services[collect.Key(pay[:len(pay)-1])] {
		t.Errorf("services %v", services)
	}
}

// The longer sections of z/OS 3.2.
func TestGrowth(t *testing.T) {
	got := collectOne(t, func(z *compose.ZERTSummary) {
		z.FailedHandshakes = &[2]uint32{3, 8}
		z.TLS = tls12()
		z.TLS.CCert = cert(7, 2, 6, 2, 4096)
		z.TLS.Validity = &[2]compose.CertValidity{{Serial: []byte{0x0A, 0xBC}, NotAfter: "271118235959Z"}, {Serial: []byte{1}, NotAfter: "20510101000000Z"}}
	})
	want(t, got, pay, map[string]string{
		"failed_handshakes": "5", "tls/cert_serials": `["0abc"]`, "tls/cert_not_after": `["2027-11-18T23:59:59Z"]`,
		"tls/client_cert_serials": `["01"]`, "tls/client_cert_not_after": `["2051-01-01T00:00:00Z"]`, "tls/client_cert_key": `["RSA 4096"]`})
	got = collectOne(t, func(z *compose.ZERTSummary) {
		z.IPSec = &compose.ZERTIPSec{Validity: &[2]compose.CertValidity{{Serial: []byte{2}, NotAfter: "991231000000Z"}, {}}}
	})
	want(t, got, pay, map[string]string{"ipsec/local_cert_not_after": `["1999-12-31T00:00:00Z"]`, "ipsec/remote_cert_not_after": "?" + whyValidity,
		"failed_handshakes": "?records before z/OS 3.2 do not count them"})
}

// shorten sets the length of a section in its triplet, which makes the record
// one of an older or cut-down release.
func shorten(record []byte, triplet int, length uint16) []byte {
	at := sdTriplets + 8*triplet + 4
	record[at], record[at+1] = byte(length>>8), byte(length)
	return record
}

func TestShortSections(t *testing.T) {
	z := base()
	z.TLS = tls12()
	// Up to and with the cipher suite.
	want(t, values(t, one(t, dump(shorten(z.Record(), tripletTLS, 10)))), pay, map[string]string{
		"tls/suites": `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`, "tls/key_exchange": "?" + whyKex, "tls/cert_key": "?" + whyCert})
	// Half a field is not read.
	want(t, values(t, one(t, dump(shorten(z.Record(), tripletTLS, 7)))), pay, map[string]string{"tls/suites": "?" + whyHandshake, "tls/versions": `["TLSv1.2"]`})
	// Without the section, the bit alone says TLS.
	absent := z.Record()
	absent[sdTriplets+8*tripletTLS+7] = 0
	want(t, values(t, one(t, dump(absent))), pay, map[string]string{"protection": `["tls"]`, "tls/versions": "?" + whyHandshake, "tls/suites": "?" + whyHandshake})
	// Without counters.
	want(t, values(t, one(t, dump(shorten(z.Record(), tripletCommon, 108)))), pay, map[string]string{
		"connections": "?a record holds no usable counters", "bytes_in": "?a record holds no usable counters", "records": "1", "tls/versions": `["TLSv1.2"]`})
	// A protocol bit nobody described.
	odd := base().Record()
	odd[150] = 0x10
	want(t, values(t, one(t, dump(odd))), pay, map[string]string{"protection": `["code 0x10"]`})
}
