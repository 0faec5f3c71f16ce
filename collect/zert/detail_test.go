package zert

import (
	"encoding/hex"
	"math/rand/v2"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/testdata/compose"
)

// A connection detail record written out by hand from the layout: 544 bytes, a
// short connection under TLS with the IP filter section.
const detailByHand = "" +
	// Header as in the summary, subtype 11, length 544.
	"02200000 5E77 000DBBA0 0126322F D7D9C4C1 E2E3C340 000B" +
	// Seven triplets: identification at 84, common at 148, filter at 276, TLS at 376.
	"00070000 0000005400400001 0000009400800001 0000011400640001 0000017800A80001" +
	"0000000000000000 0000000000000000 0000000000000000" +
	"E2E8E2D7D9C4C140 D7D3C5E7F1404040 E3C3D7C9D7404040 E5F3D9F140404040 E2E3C1C3D2404040 E3C3D7C9D7404040 E3C3D7C9D7404040" +
	"0000 0042 08 000000" +
	// Common: short termination, TLS, no flags, IP security on and filtering done,
	// TCP; CICSPAY1, JOB00123, CICSUSR.
	"04 80 00 A0 06 000000 C3C9C3E2D7C1E8F1 D1D6C2F0F0F1F2F3 C3C9C3E2E4E2D940" +
	// Established 01:29:50.00 UTC (539000 hundredths), ended 01:29:55.00 (539500).
	"00083978 0126322F 00083B6C 0126322F" +
	"C0000207000000000000000000000000 0A14010B000000000000000000000000 C8D5 1543 00000ABC" +
	"0000000000000064 00000000000003E8 0000000000000002 0000000000000003 0000000000000000" +
	// Filter: outbound permitted with IPSec, inbound permitted; rules OUTR.1 and INR.
	"02 01 0000" +
	"D6E4E3D9404040404040404040404040404040404040404040404040404040404040404040404040 F140404040404040" +
	"C9D5D940404040404040404040404040404040404040404040404040404040404040404040404040 4040404040404040" +
	// TLS: 1.2, provider, full handshake, server; session id of 4 bytes; IBM System SSL.
	"0303 02 01 02 0000 04 DEADBEEF00000000000000000000000000000000000000000000000000000000" +
	"C9C2D440E2A8A2A38594 40E2E2D34040" +
	// C030, unknown encryption, AEAD, RSA; FIPS level 2, encrypt-then-MAC.
	"C3F0F3F04040 0000 0001 0002 03 80 0000" +
	// Server: RSA with SHA-256, RSA, SHA-256; serial 0ABC; 271118235959Z in
	// EBCDIC; RSA 2048. Client: none.
	"0007 0002 0006 00 02 0ABC000000000000000000000000000000000000 01 F2F7F1F1F1F8F2F3F5F9F5F9E90000 0002 0800" +
	"0001 0001 0001 00 00 0000000000000000000000000000000000000000 00 000000000000000000000000000000 0001 0000"

func TestDetailByHand(t *testing.T) {
	record, err := hex.DecodeString(strings.ReplaceAll(detailByHand, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	if len(record) != 544 {
		t.Fatalf("the record has %d bytes, the layout says 444 and 100 for the filter", len(record))
	}
	p := one(t, dump(record))
	want(t, values(t, p), pay, map[string]string{
		"protection": `["tls"]`, "users": `["CICSUSR"]`, "peers": `["192.0.2.7"]`, "peer_networks": `["192.0.2.0/24"]`,
		"tls/versions": `["TLSv1.2"]`, "tls/suites": `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]`, "tls/key_exchange": `["RSA"]`,
		"tls/source": `["provider"]`, "tls/encrypt_then_mac": `["yes"]`, "tls/fips_mode": `["level 2"]`, "tls/handshakes": `["full"]`,
		"tls/attls_bypassed": `["no"]`, "tls/providers": `["IBM System SSL"]`,
		"tls/cert_key": `["RSA 2048"]`, "tls/cert_sig": `["RSA with SHA-256"]`, "tls/cert_digest": `["SHA-256"]`,
		"tls/cert_serials": `["0abc"]`, "tls/cert_not_after": `["2027-11-18T23:59:59Z"]`,
		"tls/client_cert_key": `["none"]`, "tls/client_cert_serials": `[]`,
		"ip_filter/outbound": `["permit with IPSec"]`, "ip_filter/inbound": `["permit"]`,
		"ip_filter/outbound_rules": `["OUTR.1"]`, "ip_filter/inbound_rules": `["INR"]`, "enforcement": `[]`,
		"connections": "1", "bytes_in": "100", "bytes_out": "1000", "records": "0", "detail_records": "1",
		"sessions": "?connection detail does not name sessions", "failed_handshakes": "0",
		"first_seen": "2026-11-18T02:30:00",
	})
	want(t, values(t, p), "zert/PRDA/TCPIP/", map[string]string{"monitoring": `["detail"]`, "discovery": `[]`, "sysname": `["SYSPRDA"]`})
	if c := p.Header.Counts; c.Used != 1 || c.Read != 3 {
		t.Errorf("%+v", c)
	}
}

// connection is a detail record that belongs to the service of base.
func connection() compose.ZERTDetail {
	return compose.ZERTDetail{
		Header:    compose.SMFHeader{Time: night, SID: "PRDA", SSI: "STC"},
		Ident:     compose.TCPIPIdent{SYSName: "SYSPRDA", SysplexName: "PLEX1", Stack: "TCPIP", ReleaseID: "V3R1", ASName: "TCPIP", UserID: "TCPIP", Reason: compose.ReasonEvent},
		EventType: detailBegun, Jobname: "CICSPAY1", JobID: "JOB00123", UserID: "CICSUSR",
		Start: night.Add(-time.Minute), LIP: netip.MustParseAddr("10.20.1.11"), RIP: netip.MustParseAddr("192.0.2.7"),
		LPort: 5443, RPort: 51413, ConnID: 1,
	}
}

func detailTLS() *compose.ZERTDetailTLS {
	return &compose.ZERTDetailTLS{ProtVer: 0x0303, Source: 2, HandshakeType: 1, HandshakeRole: 2, Provider: "IBM System SSL", NegCipher: "009C", CSKexAlg: 2,
		SCert: compose.ZERTDetailCert{ZERTCert: cert(7, 2, 6, 2, 2048), CertValidity: compose.CertValidity{Serial: []byte{9}, NotAfter: "20510101000000Z"}}}
}

func TestDetailSSH(t *testing.T) {
	z := connection()
	z.Jobname, z.LPort = "SSHD4", 22
	z.SSH = &compose.ZERTDetailSSH{ProtVer: 2, Source: 2, FIPSMode: 0, CryptoFlags: 0x40, Comp: "SSHD", Provider: "IBM OpenSSH", AuthMethod: 3, AuthMethod2: 2,
		InEncAlg: 4, InMsgAuth: 4, KexMethod: 6, OutEncAlg: 0xF, OutMsgAuth: 1, SKeyType: 2, SKeyLen: 3072, CKeyType: 5, CKeyLen: 256,
		SKeyFP: []byte{1, 2, 0xFF}, SCert: compose.ZERTDetailCert{ZERTCert: cert(1, 1, 1, 1, 0)},
		CCert: compose.ZERTDetailCert{ZERTCert: cert(7, 2, 6, 2, 4096), CertValidity: compose.CertValidity{Serial: []byte{7}, NotAfter: "271118235959Z"}}}
	record := z.Record()
	if len(record) != 560 {
		t.Fatalf("%d bytes, the layout says 560", len(record))
	}
	want(t, values(t, one(t, dump(record))), "zert/PRDA/TCPIP/server/SSHD4/10.20.1.11:22/", map[string]string{
		"protection": `["ssh"]`, "ssh/versions": `["SSHv2"]`, "ssh/auth": `["password","public key"]`, "ssh/key_exchange": `["ecdh-sha2-nistp256"]`,
		"ssh/encryption": `["3DES","code 0x0F"]`, "ssh/mac": `["HMAC-SHA1","none or AEAD"]`, "ssh/encrypt_then_mac": `["no","yes"]`,
		"ssh/server_key": `["RSA 3072"]`, "ssh/client_key": `["ECC 256"]`, "ssh/cert_key": `["none"]`, "ssh/cert_serials": `[]`,
		"ssh/client_cert_key": `["RSA 4096"]`, "ssh/client_cert_serials": `["07"]`, "ssh/client_cert_not_after": `["2027-11-18T23:59:59Z"]`,
		"ssh/fips_mode": `["off"]`, "ssh/providers": `["IBM OpenSSH"]`, "ssh/components": `["SSHD"]`, "ssh/server_fingerprints": `["0102ff"]`, "ssh/client_fingerprints": `[]`,
		"ip_filter/inbound": `[]`, "tls/versions": `[]`})
}

func TestDetailIPSec(t *testing.T) {
	z := connection()
	z.Flags, z.LPort, z.RPort = compose.DetailClient, 49152, 1414
	z.Filter = &compose.ZERTFilter{OutAct: 2, InAct: 2}
	z.IPSec = &compose.ZERTDetailIPSec{IKEMajVer: 2, IKEMinVer: 0, IKETunKeyExchRule: "KER_BRANCH", IKETunLclAuthMeth: 2, IKETunRmtAuthMeth: 3, IKETunAuthAlg: 4, IKETunEncAlg: 4,
		IKETunDHGroup: 19, IKETunPseudoRandFunc: 2, LclCert: compose.ZERTDetailCert{ZERTCert: cert(7, 2, 6, 2, 2048), CertValidity: compose.CertValidity{Serial: []byte{2}, NotAfter: "991231000000Z"}},
		RmtCert:  compose.ZERTDetailCert{ZERTCert: cert(8, 4, 7, 5, 384)},
		TunFlags: 0x40, TunType: 2, EncapMode: 1, AuthProto: 50, AuthAlg: 4, EncAlg: 4, PFSGroup: 20, Lifetime: 480}
	record := z.Record()
	if len(record) != 612 {
		t.Fatalf("%d bytes, the layout says 612", len(record))
	}
	want(t, values(t, one(t, dump(record))), "zert/PRDA/TCPIP/client/CICSPAY1/192.0.2.7:1414/", map[string]string{
		"protection": `["ipsec"]`, "ipsec/ike_versions": `["IKEv2"]`, "ipsec/ike_auth": `["RSA signature","pre-shared key"]`, "ipsec/ike_mac": `["HMAC-SHA1"]`,
		"ipsec/ike_encryption": `["3DES"]`, "ipsec/ike_dh_groups": `["19"]`, "ipsec/ike_prf": `["HMAC-SHA2-256"]`, "ipsec/pfs_groups": `["20"]`,
		"ipsec/local_cert_key": `["RSA 2048"]`, "ipsec/local_cert_serials": `["02"]`, "ipsec/local_cert_not_after": `["1999-12-31T00:00:00Z"]`,
		"ipsec/remote_cert_key": `["ECC 384"]`, "ipsec/remote_cert_digest": `["SHA-384"]`, "ipsec/encapsulation": `["tunnel"]`, "ipsec/protocols": `["ESP"]`,
		"ipsec/mac": `["HMAC-SHA1"]`, "ipsec/encryption": `["3DES"]`, "ipsec/fips_140": `["yes"]`, "ipsec/tunnel_types": `["dynamic"]`,
		"ipsec/key_exchange_rules": `["KER_BRANCH"]`, "ip_filter/inbound": `["permit with IPSec"]`, "ip_filter/inbound_rules": `[]`})
}

// One service, whichever subtype saw it: the sets are united and a connection is
// counted once.
func TestSummaryAndDetail(t *testing.T) {
	summary := base()
	summary.TLS = tls12()
	begun, ended, changed, audited := connection(), connection(), connection(), connection()
	begun.TLS, ended.TLS, changed.TLS = detailTLS(), detailTLS(), detailTLS()
	changed.EventType, changed.TLS.ProtVer = detailChanged, 0x0304
	ended.EventType, ended.End, ended.InBytes, ended.OutBytes = detailEnded, night, 7, 8
	ended.UserID = "OTHER"
	audited.EventType, audited.Flags, audited.RIP = detailEnforcement, compose.DetailReset, netip.MustParseAddr("198.51.100.1")
	records := [][]byte{begun.Record(), ended.Record(), summary.Record(), changed.Record(), audited.Record()}
	for range 5 {
		rand.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		p := one(t, dump(records...))
		got := values(t, p)
		want(t, got, pay, map[string]string{
			"protection": `["none","tls"]`, "tls/versions": `["TLSv1.2","TLSv1.3"]`, "users": `["CICSUSR","OTHER"]`,
			"tls/suites": `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","TLS_RSA_WITH_AES_128_GCM_SHA256"]`,
			"peers":      `["192.0.2.7","198.51.100.1"]`, "peer_networks": `["192.0.2.0/24","198.51.100.0/24"]`,
			"connections": "7", "bytes_in": "50", "records": "1", "detail_records": "4", "sessions": "1", "enforcement": `["audited","reset"]`,
			"tls/cert_serials": `["09"]`, "tls/cert_not_after": `["2051-01-01T00:00:00Z"]`})
		want(t, got, "zert/PRDA/TCPIP/", map[string]string{"monitoring": `["aggregation","detail","enforcement"]`})
		services := map[collect.Key]bool{}
		for key := range got {
			if len(key.Segments()) > 6 {
				services[key.Head(6)] = true
			}
		}
		if len(services) != 1 {
			t.Fatalf("services %v", services)
		}
	}
}

// Which end is the server, and what is not guessed.
func TestDetailRoles(t *testing.T) {
	for name, c := range map[string]struct {
		change func(z *compose.ZERTDetail)
		with   func(z *compose.ZERTSummary)
		prefix string
	}{
		"flag, server":          {func(z *compose.ZERTDetail) { z.Flags = compose.DetailServer }, nil, "server/CICSPAY1/10.20.1.11:5443/"},
		"flag, client":          {func(z *compose.ZERTDetail) { z.Flags = compose.DetailClient }, nil, "client/CICSPAY1/192.0.2.7:51413/"},
		"TLS role":              {func(z *compose.ZERTDetail) { z.TLS = detailTLS(); z.TLS.HandshakeRole = 1 }, nil, "client/CICSPAY1/192.0.2.7:51413/"},
		"reserved port, local":  {func(z *compose.ZERTDetail) { z.LPort = 446 }, nil, "server/CICSPAY1/10.20.1.11:446/"},
		"reserved port, remote": {func(z *compose.ZERTDetail) { z.RPort = 22 }, nil, "client/CICSPAY1/192.0.2.7:22/"},
		"nothing tells":         {func(z *compose.ZERTDetail) {}, nil, "unknown/CICSPAY1/10.20.1.11:1-65535/"},
		"summary, server":       {func(z *compose.ZERTDetail) {}, func(*compose.ZERTSummary) {}, "server/CICSPAY1/10.20.1.11:5443/"},
		"summary, client": {func(z *compose.ZERTDetail) {}, func(z *compose.ZERTSummary) {
			z.Flags, z.SrvIP, z.CltIP, z.SrvPortStart = compose.FlagClient, netip.MustParseAddr("192.0.2.7"), netip.MustParseAddr("10.20.1.11"), 51413
		}, "client/CICSPAY1/192.0.2.7:51413/"},
		"summary, range of ports": {func(z *compose.ZERTDetail) { z.LPort = 50123; z.Flags = compose.DetailServer },
			func(z *compose.ZERTSummary) { z.SrvPortStart, z.SrvPortEnd = 50000, 50200 }, "server/CICSPAY1/10.20.1.11:50000-50200/"},
		"Enterprise Extender": {func(z *compose.ZERTDetail) { z.IPProto, z.LPort = 17, 12000 }, nil, "ee/CICSPAY1/10.20.1.11:12000/"},
		"IPv6": {func(z *compose.ZERTDetail) {
			z.LIP, z.RIP, z.LPort = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2"), 23
		}, nil, "server/CICSPAY1/[2001:db8::1]:23/"},
	} {
		t.Run(name, func(t *testing.T) {
			z := connection()
			c.change(&z)
			records := [][]byte{z.Record()}
			if c.with != nil {
				s := base()
				c.with(&s)
				records = append(records, s.Record())
			}
			want(t, values(t, one(t, dump(records...))), "zert/PRDA/TCPIP/"+c.prefix, map[string]string{"detail_records": "1"})
		})
	}
}

// A handshake that failed is neither protection nor the lack of it.
func TestFailedHandshake(t *testing.T) {
	failed := connection()
	failed.Flags = compose.DetailServer
	failed.TLS = &compose.ZERTDetailTLS{Source: 1, HandshakeType: 3, Provider: "Observation", NegCipher: "FFFFFF"}
	want(t, values(t, one(t, dump(failed.Record()))), pay, map[string]string{
		"protection": "?" + whyFailed, "failed_handshakes": "1", "tls/versions": `[]`})
	ssh := connection()
	ssh.Flags, ssh.EventType = compose.DetailServer, detailShort
	ssh.SSH = &compose.ZERTDetailSSH{Source: 1, Failed: true}
	good := connection()
	good.TLS = detailTLS()
	want(t, values(t, one(t, dump(failed.Record(), ssh.Record(), good.Record()))), pay, map[string]string{
		"protection": `["tls"]`, "failed_handshakes": "2", "connections": "3", "tls/versions": `["TLSv1.2"]`, "tls/handshakes": `["failed","full"]`, "ssh/versions": `[]`})
}

func TestDetailDuplicates(t *testing.T) {
	a, b := connection(), connection()
	b.ConnID = 2
	p := one(t, dump(a.Record(), b.Record(), a.Record(), b.Record()))
	if c := p.Header.Counts; c.Used != 2 || c.Duplicate != 2 {
		t.Errorf("%+v", c)
	}
	want(t, values(t, p), "zert/PRDA/TCPIP/unknown/CICSPAY1/10.20.1.11:1-65535/", map[string]string{"connections": "2", "protection": `["none"]`})
}

// Facts do not depend on how the room for templates and pending connections was.
func TestDetailShortSections(t *testing.T) {
	z := connection()
	z.TLS = detailTLS()
	record := z.Record()
	// Up to and with the protocol version: nothing else may look like off or none.
	got := values(t, one(t, dump(shorten(record, tripletDetailTLS, 2))))
	want(t, got, "zert/PRDA/TCPIP/unknown/CICSPAY1/10.20.1.11:1-65535/", map[string]string{
		"tls/versions": `["TLSv1.2"]`, "tls/suites": "?" + whyHandshake, "tls/fips_mode": "?" + whyFIPS, "tls/cert_serials": "?" + whyValidity,
		"tls/encrypt_then_mac": "?" + whyHandshake, "tls/providers": `[]`})
	eight := connection()
	eight.Triplets, eight.TLS = 8, detailTLS()
	want(t, values(t, one(t, dump(eight.Record()))), pay, map[string]string{"tls/versions": `["TLSv1.2"]`})
	broken := connection().Record()
	broken[36+4] = 0xFF // the common section is 65408 bytes long
	p := one(t, dump(broken, connection().Record()))
	if state, reason := coverage(p); state != collect.Partial || !strings.Contains(reason, "1 zERT records cannot be decoded") {
		t.Errorf("%s, %s", state, reason)
	}
}

func TestMonitoring(t *testing.T) {
	ident := connection().Ident
	at := func(hour int) compose.SMFHeader {
		return compose.SMFHeader{Time: time.Date(2026, 11, 18, hour, 0, 0, 0, time.UTC), SID: "PRDA", SSI: "STC"}
	}
	summary := func(hour int) []byte {
		z := base()
		z.Header = at(hour)
		z.End.LifeConnCnt = uint32(100 + hour)
		return z.Record()
	}
	off := connection()
	off.Header, off.EventType = at(11), detailDisabled
	profile := compose.TCPIPProfile{Header: at(8), Ident: ident, GlobalFlags: 0x0040, ZERTParms: 0x80, SMF119Types: 0x4000, NetMonitor: 0x04}
	obey := compose.TCPIPProfile{Header: at(10), Ident: ident, SMF119Types: 0x8000, WithoutGlobal: true}
	p := one(t, dump(profile.Record(), profile.Record(), summary(1), compose.StackEvent(at(3), ident, 0x40), compose.StackEvent(at(7), ident, 0x80), summary(8), obey.Record(), off.Record(),
		compose.ForeignRecord(compose.SMFHeader{Time: night.Add(12 * time.Hour), SID: "PRDA", Type: 30}, 100)))
	want(t, values(t, p), "zert/PRDA/TCPIP/", map[string]string{
		"lifecycle": `["started","stopped"]`, "discovery": `["disabled"]`, "aggregation": `[]`, "monitoring": `["aggregation"]`,
		"profile/globalconfig": `["AGGREGATION","ZERT"]`, "profile/smfconfig": `["NOZERTDETAIL","NOZERTSUMMARY","ZERTDETAIL","ZERTSUMMARY"]`, "profile/netmonitor": `["SYSTCPES"]`})
	if c := p.Header.Counts; c.Used != 7 || c.Duplicate != 1 {
		t.Errorf("%+v", c)
	}
	gaps := p.Header.Gaps
	if len(gaps) != 2 || gaps[0].Start != "2026-11-18T01:00:00" || !strings.Contains(gaps[0].Reason, "the stack was stopped, the stack was started") ||
		gaps[1].Start != "2026-11-18T11:00:00" || gaps[1].End != "2026-11-18T14:30:00" || !strings.Contains(gaps[1].Reason, "zERT was disabled") {
		t.Errorf("gaps %+v", gaps)
	}
	// A stack that was not watched at all is visible, and is no service.
	other := ident
	other.Stack = "TCPIP9"
	got := values(t, one(t, dump(base().Record(), compose.StackEvent(at(3), other, 0x80))))
	want(t, got, "zert/PRDA/TCPIP9/", map[string]string{"monitoring": `[]`, "lifecycle": `["started"]`})
}

func TestIncompleteSet(t *testing.T) {
	record := func(minute int, reason byte, port uint16) []byte {
		z := base()
		z.Header.Time, z.Ident.Reason, z.SrvPortStart = night.Add(time.Duration(minute)*time.Minute), reason, port
		return z.Record()
	}
	p := one(t, dump(record(0, compose.ReasonMore, 1), record(0, compose.ReasonLast, 2),
		record(30, compose.ReasonMore, 1), record(31, compose.ReasonMore, 2), // its end is lost
		record(60, compose.ReasonMore, 1), record(60, compose.ReasonLast, 2),
		record(90, compose.ReasonLast, 2)))
	gaps := p.Header.Gaps
	if len(gaps) != 1 || gaps[0].Start != "2026-11-18T03:00:00" || gaps[0].End != "2026-11-18T03:01:00" || !strings.Contains(gaps[0].Reason, "no last record") {
		t.Errorf("gaps %+v", gaps)
	}
}

// Detail alone: a connection counts when it begins, its bytes when it ends; and
// what one record says about the role holds for all at that end.
func TestDetailAlone(t *testing.T) {
	told, begun, ended := connection(), connection(), connection()
	told.Flags, told.RIP = compose.DetailServer, netip.MustParseAddr("192.0.2.8")
	ended.EventType, ended.End, ended.InBytes, ended.OutBytes = detailEnded, night, 7, 8
	want(t, values(t, one(t, dump(begun.Record(), ended.Record(), told.Record()))), pay, map[string]string{
		"connections": "2", "bytes_in": "7", "bytes_out": "8", "detail_records": "3", "peers": `["192.0.2.7","192.0.2.8"]`})
}

func TestDetailSSHCertificate(t *testing.T) {
	z := connection()
	z.LPort = 22
	z.SSH = &compose.ZERTDetailSSH{ProtVer: 2, Source: 1, FIPSMode: 2, SCert: compose.ZERTDetailCert{ZERTCert: cert(8, 2, 7, 2, 4096),
		CertValidity: compose.CertValidity{Serial: []byte{0x10, 0x20}, NotAfter: "20510101000000Z"}}}
	want(t, values(t, one(t, dump(z.Record()))), "zert/PRDA/TCPIP/server/CICSPAY1/10.20.1.11:22/", map[string]string{
		"ssh/versions": `["SSHv2"]`, "ssh/source": `["observation"]`, "ssh/fips_mode": "?" + whyFIPS,
		"ssh/cert_key": `["RSA 4096"]`, "ssh/cert_sig": `["RSA with SHA-384"]`, "ssh/cert_digest": `["SHA-384"]`,
		"ssh/cert_serials": `["1020"]`, "ssh/cert_not_after": `["2051-01-01T00:00:00Z"]`})
}
