package zert

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/internal/sourcetest"
	"github.com/irondrift/irondrift/testdata/compose"

	"golang.org/x/text/encoding/charmap"
)

// mixed returns the summary records of one night on two stacks: every protocol,
// both roles, both address families, names, a range of ports, events.
func mixed() [][]byte {
	var out [][]byte
	add := func(change func(z *compose.ZERTSummary)) {
		z := base()
		change(&z)
		out = append(out, z.Record())
	}
	add(func(z *compose.ZERTSummary) {
		z.TLS = tls12()
		z.DNs = []compose.DN{{Type: 5, Text: "CN=pay.bank.example,O=Bank"}, {Type: 6, Text: "CN=Bank CA"}}
	})
	add(func(z *compose.ZERTSummary) { z.CltIP = netip.MustParseAddr("192.0.2.200") })
	add(func(z *compose.ZERTSummary) {
		z.Jobname, z.UserID, z.SrvPortStart = "SSHD4", "SSHDUSR", 22
		z.SSH = &compose.ZERTSSH{Source: 1, ProtVer: 2, CryptoFlags: 0xC0, AuthMethod: 3, InEncAlg: 0xF, OutEncAlg: 0xF, KexMethod: 6, SKeyType: 2, SKeyLen: 3072}
	})
	add(func(z *compose.ZERTSummary) {
		z.Jobname, z.SrvPortStart, z.Flags = "DB2CLI", 446, compose.FlagClient
		z.SrvIP, z.CltIP = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8:1::2")
		z.TLS = tls12()
		z.TLS.ProtVer, z.TLS.NegCipher, z.TLS.SCert = 0x0304, "1302", compose.ZERTCert{}
	})
	add(func(z *compose.ZERTSummary) {
		z.Ident.Stack, z.Jobname, z.UserID = "TCPIP2", "FTPD1", "*FTPUSR*"
		z.SrvPortStart, z.SrvPortEnd = 50000, 50200
		z.IPSec = &compose.ZERTIPSec{IKEMajVer: 2, IKETunLclAuthMeth: 2, IKETunRmtAuthMeth: 2, IKETunDHGroup: 19, IKETunPseudoRandFunc: 2, PFSGroup: 20,
			EncapMode: 1, AuthProto: 50, AuthAlg: 1, EncAlg: 4}
	})
	add(func(z *compose.ZERTSummary) { z.EventType = compose.EventAggregationDisabled })
	return append(out, details()...)
}

// details returns connection detail of one night, on services of [mixed] and on
// others, with and without a role, and what supports it.
func details() [][]byte {
	var out [][]byte
	add := func(change func(z *compose.ZERTDetail)) {
		z := connection()
		change(&z)
		z.ConnID = uint32(len(out))
		out = append(out, z.Record())
	}
	add(func(z *compose.ZERTDetail) { z.TLS = detailTLS(); z.DNs = []compose.DN{{Type: 6, Text: "CN=Other CA"}} })
	add(func(z *compose.ZERTDetail) { z.EventType, z.End, z.InBytes = detailEnded, night, 99 })
	add(func(z *compose.ZERTDetail) {
		z.Jobname, z.LPort, z.Filter = "SSHD4", 22, &compose.ZERTFilter{OutAct: 1, InAct: 1, InRule: "ADMIN"}
		z.SSH = &compose.ZERTDetailSSH{ProtVer: 2, Source: 2, Comp: "SSHD", Provider: "IBM OpenSSH", SKeyFP: []byte{1, 2, 3}}
	})
	add(func(z *compose.ZERTDetail) {
		z.Jobname, z.RPort, z.RIP = "BATCH1", 50000, netip.MustParseAddr("203.0.113.9")
	})
	add(func(z *compose.ZERTDetail) {
		z.Jobname, z.LPort, z.Triplets, z.EventType = "FTPD1", 50007, 8, detailEnforcement
		z.Ident.Stack = "TCPIP2"
		z.Flags = compose.DetailServer
	})
	add(func(z *compose.ZERTDetail) { z.EventType = detailEnabled })
	ident, h := connection().Ident, connection().Header
	return append(out, compose.StackEvent(h, ident, 0x80),
		compose.TCPIPProfile{Header: h, Ident: ident, GlobalFlags: 0x0040, ZERTParms: 0x80, SMF119Types: 0xC000}.Record())
}

// foreign returns a record of another type or subtype.
func foreign(rng *rand.Rand) []byte {
	h := compose.SMFHeader{Time: night, SID: "PRDA", SSI: "JES2", Type: byte(30 + rng.IntN(40)), Subtype: uint16(rng.IntN(6))}
	switch rng.IntN(3) {
	case 0:
		h.Type, h.Subtype = 119, 4
	case 1:
		return compose.ZERTDetail{Header: compose.SMFHeader{Time: night, SID: "PRDA"}, RIP: netip.MustParseAddr("192.0.2.1"), LIP: netip.MustParseAddr("192.0.2.2")}.Record()
	}
	return compose.ForeignRecord(h, 24+rng.IntN(900))
}

// noisy is dump with foreign records between.
func noisy(seed uint64, records [][]byte) [][]byte {
	rng := rand.New(rand.NewPCG(seed, 7))
	all := [][]byte{compose.DumpHeader(night, "PRDA")}
	for _, r := range records {
		for range rng.IntN(3) {
			all = append(all, foreign(rng))
		}
		all = append(all, r)
	}
	return append(all, compose.DumpTrailer(night, "PRDA"))
}

// spanned cuts every record at random places.
func spanned(rng *rand.Rand, records [][]byte) [][]byte {
	var out [][]byte
	for _, r := range records {
		var cuts []int
		for at := 5 + rng.IntN(200); at < len(r) && len(cuts) < 6; at += 1 + rng.IntN(200) {
			cuts = append(cuts, at)
		}
		out = append(out, compose.Span(r, cuts...)...)
	}
	return out
}

func TestConformance(t *testing.T) {
	records := mixed()
	with := noisy(1, records)
	rng := rand.New(rand.NewPCG(2, 2))
	translated := dump(records...)
	for i, c := range translated { // what FTP in ASCII mode does to every byte
		r := charmap.CodePage1047.DecodeByte(c)
		translated[i] = byte(r)
	}
	sourcetest.Run(t, sourcetest.Suite{
		Source: SMF(),
		Inputs: map[string][]byte{
			"unblocked":            dump(records...),
			"foreign records":      compose.Unblocked(with...),
			"blocked":              compose.Blocked(4096, with...),
			"extended blocks":      compose.BlockedExtended(70000, with...),
			"small spanned blocks": compose.BlockedSpanned(160, with...),
			"spanned, unblocked":   compose.Unblocked(spanned(rng, with)...),
			"no trailer":           compose.Unblocked(records...),
		},
		SameAs: map[string]string{
			"foreign records": "unblocked", "blocked": "unblocked", "extended blocks": "unblocked",
			"small spanned blocks": "unblocked", "spanned, unblocked": "unblocked", "no trailer": "unblocked",
		},
		Damaged: map[string]sourcetest.Damage{
			"no descriptor words": {Data: compose.NoRDW(with...), Is: collect.ErrDamaged},
			"translated to ASCII": {Data: translated, Is: collect.ErrDamaged},
			"gzip":                {Data: []byte("\x1F\x8B\x08\x00 and so on"), Is: collect.ErrDamaged},
			"cut in first record": {Data: records[0][:200], Is: collect.ErrDamaged},
			"only other records":  {Data: compose.Unblocked(compose.ForeignRecord(compose.SMFHeader{Time: night, SID: "PRDA", Type: 30}, 400))},
		},
	})
}
