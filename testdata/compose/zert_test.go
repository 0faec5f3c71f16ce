package compose

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"
)

func summary() ZERTSummary {
	return ZERTSummary{
		Header:           SMFHeader{Time: time.Date(2026, 11, 18, 2, 30, 0, 0, time.UTC), SID: "PRDA", SSI: "STC"},
		Ident:            TCPIPIdent{SYSName: "PRDA", SysplexName: "PLEX", Stack: "TCPIP", ReleaseID: "V3R1", ASName: "TCPIP", UserID: "TCPIP", ASID: 0x42, Reason: ReasonLast},
		IntervalDuration: 30 * time.Minute,
		Flags:            FlagServer,
		Jobname:          "CICSPAY1",
		UserID:           "CICSUSR",
		SrvIP:            netip.MustParseAddr("10.20.1.11"),
		CltIP:            netip.MustParseAddr("192.0.2.7"),
		SrvPortStart:     5443,
		SessionID:        "T-0123456789ABCDEF0123456789ABCDEF01234567",
		Init:             ZERTCounters{LifeConnCnt: 1},
		End:              ZERTCounters{LifeConnCnt: 2, LifePartialConnCnt: 3, LifeShortConnCnt: 4, ActiveConnCnt: 5, LifeInBytes: 6, LifeOutBytes: 7, LifeInSegDG: 8, LifeOutSegDG: 9},
	}
}

// The sizes are those of the table of record sizes in the zERT reference.
func TestZERTRecordSizes(t *testing.T) {
	plain, tls, ssh, ipsec := summary(), summary(), summary(), summary()
	tls.TLS, ssh.SSH, ipsec.IPSec = &ZERTTLS{}, &ZERTSSH{}, &ZERTIPSec{}
	grown := tls
	grown.FailedHandshakes = &[2]uint32{1, 2}
	grown.TLS = &ZERTTLS{Validity: &[2]CertValidity{{Serial: []byte{1}, NotAfter: "271118000000Z"}, {}}}
	grownIPSec := summary()
	grownIPSec.IPSec = &ZERTIPSec{Validity: &[2]CertValidity{}}
	for _, c := range []struct {
		name string
		got  []byte
		want int
	}{
		{"unprotected", plain.Record(), 344},
		{"TLS", tls.Record(), 380},
		{"SSH", ssh.Record(), 390},
		{"IPSec", ipsec.Record(), 418},
		{"TLS of z/OS 3.2", grown.Record(), 76 + 64 + 212 + 116},
		{"IPSec of z/OS 3.2", grownIPSec.Record(), 76 + 64 + 204 + 148},
		{"detail, seven triplets", ZERTDetail{}.Record(), 276},
		{"detail, eight triplets", ZERTDetail{Triplets: 8}.Record(), 284},
	} {
		if len(c.got) != c.want || int(binary.BigEndian.Uint16(c.got)) != c.want {
			t.Errorf("%s: %d bytes, descriptor word says %d, want %d", c.name, len(c.got), binary.BigEndian.Uint16(c.got), c.want)
		}
	}
	// Serial number length, number, time type and time of the server certificate
	// are at 42, 43, 63 and 64 of the section; the client's length is at 79.
	section := grown.Record()[76+64+212:]
	wantHex(t, "serial", section[42:45], "01 01 00")
	wantHex(t, "not after", section[63:66], "01 F2F7")
	wantHex(t, "client serial length", section[79:80], "00")
}

func TestZERTSummaryTLS(t *testing.T) {
	z := summary()
	z.TLS = &ZERTTLS{Source: SourceProvider, CryptoFlags: 0x80, ProtVer: 0x0303, NegCipher: "C030", CSEncAlg: 0x0102, CSMsgAuth: 1, CSKexAlg: 2,
		SCert: ZERTCert{7, 2, 6, 2, 2048}, CCert: ZERTCert{0x1111, 0x2222, 0x3333, 0x4444, 0x5555}}
	z.DNs = []DN{{5, "CN=A"}, {6, "CN=BANK"}}
	r := z.Record()
	if len(r) != 380+8+11 {
		t.Fatalf("%d bytes", len(r))
	}
	wantHex(t, "header", r[:24], "018F 0000 5E 77 000DBBA0 0126322F D7D9C4C1 E2E3C340 000C")
	wantHex(t, "triplets", r[24:76], "0006 0000"+
		"0000004C 0040 0001"+ // identification at 76
		"0000008C 00CC 0001"+ // common at 140, 204 bytes
		"00000158 0024 0001"+ // TLS at 344, 36 bytes
		"00000000 0000 0000"+
		"00000000 0000 0000"+
		"0000017C 0013 0002") // names at 380, 19 bytes in all, two entries
	wantHex(t, "system", r[76:84], "D7D9C4C1 40404040")
	wantHex(t, "subcomponent", r[76+32:76+40], "E2E3C1C3 D2404040")
	wantHex(t, "address space id, reason", r[76+56:140], "0000 0042 80 000000")
	wantHex(t, "interval", r[140:148], "000006B4 9D200000") // 1800000000 us, bit 51 = 1 us
	wantHex(t, "event, flags, protocols", r[148:151], "01 40 80")
	wantHex(t, "job", r[151:159], "C3C9C3E2 D7C1E8F1")
	wantHex(t, "protocol", r[167:168], "06")
	wantHex(t, "server address", r[168:184], "0A14010B 00000000 00000000 00000000")
	wantHex(t, "client address", r[184:188], "C0000207")
	wantHex(t, "ports", r[200:204], "1543 1543")
	wantHex(t, "session id", r[204:208], "E360F0F1")
	wantHex(t, "reserved after the session id", r[246:248], "0000")
	wantHex(t, "connections at start", r[248:252], "00000001")
	wantHex(t, "counters at end", r[296:344], "00000002 00000003 00000004 00000005"+
		"0000000000000006 0000000000000007 0000000000000008 0000000000000009")
	wantHex(t, "TLS", r[344:380], "02 80 0303 C3F0F3F04040 0102 0001 0002"+
		"0007 0002 0006 0002 0800 1111 2222 3333 4444 5555")
	wantHex(t, "names", r[380:], "0008 0005 C3D57EC1 000B 0006 C3D57EC2C1D5D2")
}

func TestZERTNamesTriplet(t *testing.T) {
	for length, want := range map[DNLength]uint16{DNTotal: 19, DNLongest: 11, DNFirst: 8} {
		z := summary()
		z.DNs, z.DNTriplet = []DN{{5, "CN=A"}, {6, "CN=BANK"}}, length
		if got := binary.BigEndian.Uint16(z.Record()[72:]); got != want {
			t.Errorf("reading %d: length %d, want %d", length, got, want)
		}
	}
}

func TestZERTSummarySSH(t *testing.T) {
	z := summary()
	z.SSH = &ZERTSSH{Source: 2, ProtVer: 2, CryptoFlags: 0xC0, AuthMethod: 3, AuthMethod2: 2, InEncAlg: 4, InMsgAuth: 5, KexMethod: 6,
		OutEncAlg: 7, OutMsgAuth: 8, SKeyType: 9, SKeyLen: 10, CKeyType: 11, CKeyLen: 12, SCert: ZERTCert{13, 14, 15, 16, 17}, CCert: ZERTCert{18, 19, 20, 21, 22}}
	r := z.Record()
	wantHex(t, "triplet", r[52:60], "00000158 002E 0001")
	wantHex(t, "protocols", r[150:151], "40")
	wantHex(t, "SSH", r[344:], "02 00 02 C0 0003 0002 0004 0005 0006 0007 0008 0009 000A 000B 000C"+
		"000D 000E 000F 0010 0011 0012 0013 0014 0015 0016")
}

func TestZERTSummaryIPSecIPv6(t *testing.T) {
	z := summary()
	z.SrvIP, z.CltIP = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
	z.IPSec = &ZERTIPSec{IKEMajVer: 2, IKETunLclEndpt: netip.MustParseAddr("10.1.1.1"), IKETunRmtEndpt: netip.MustParseAddr("10.1.1.2"),
		IKETunLclAuthMeth: 2, IKETunRmtAuthMeth: 3, IKETunAuthAlg: 4, IKETunEncAlg: 5, IKETunDHGroup: 19, IKETunPseudoRandFunc: 2,
		LclCert: ZERTCert{7, 2, 6, 2, 2048}, RmtCert: ZERTCert{8, 4, 7, 5, 384}, PFSGroup: 20, EncapMode: 1, AuthProto: 50, AuthAlg: 1, EncAlg: 2}
	r := z.Record()
	wantHex(t, "triplet", r[60:68], "00000158 004A 0001")
	wantHex(t, "flags, protocols", r[149:151], "C0 20")
	wantHex(t, "server address", r[168:184], "20010DB8 00000000 00000000 00000001")
	wantHex(t, "IPSec", r[344:], "02 00 0A010101 000000000000000000000000 0A010102 000000000000000000000000"+
		"0002 0003 0004 0005 0013 0002 0007 0002 0006 0002 0800 0008 0004 0007 0005 0180 0014 01 32 0001 0002")
}

func TestZERTDetail(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	r := ZERTDetail{Header: SMFHeader{SID: "PRDA", SSI: "STC"}, EventType: 3, SecProtos: 0x80, Flags: 0x40, Jobname: "FTPD1", JobID: "STC00042",
		Start: time.Date(2026, 11, 18, 0, 30, 0, 0, zone), RIP: netip.MustParseAddr("192.0.2.7"), LIP: netip.MustParseAddr("10.20.1.11"),
		RPort: 50000, LPort: 21, ConnID: 0xABCD, InBytes: 1}.Record()
	wantHex(t, "triplets", r[24:44], "0007 0000 00000054 0040 0001 00000094 0080 0001")
	c := r[148:]
	wantHex(t, "event, protocols, flags", c[:8], "03 80 40 00 06 000000")
	// 00:30 at +01:00 is 23:30 UTC of the day before, day 321: 8460000 hundredths.
	wantHex(t, "start, end", c[32:48], "0081 16E0 0126321F 00000000 00000000")
	wantHex(t, "remote address", c[48:52], "C0000207")
	wantHex(t, "ports, connection", c[80:88], "C350 0015 0000ABCD")
}
