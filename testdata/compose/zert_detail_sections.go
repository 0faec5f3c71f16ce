package compose

import (
	"encoding/binary"
	"net/netip"
)

// ZERTFilter is the IP filter section of subtype 11, 100 bytes. Actions are 0 no
// rule, 1 permitted in clear, 2 permitted with IPSec, 3 denied.
type ZERTFilter struct {
	OutAct, InAct       byte
	OutRule, OutRuleExt string
	InRule, InRuleExt   string
}

func (f ZERTFilter) bytes() []byte {
	b := []byte{f.OutAct, f.InAct, 0, 0}
	b = appendField(appendField(b, f.OutRule, 40), f.OutRuleExt, 8)
	return appendField(appendField(b, f.InRule, 40), f.InRuleExt, 8)
}

// ZERTDetailCert is a certificate as subtype 11 describes it, in 48 bytes: what
// [ZERTCert] has, with serial number and end of validity inside.
type ZERTDetailCert struct {
	ZERTCert
	CertValidity
}

func (c ZERTDetailCert) append(b []byte) []byte {
	b = appendShorts(b, c.SignatureMethod, c.EncMethod, c.DigestAlg)
	b = c.CertValidity.append(append(b, 0))
	return appendShorts(b, c.KeyType, c.KeyLen)
}

// ZERTDetailTLS is the TLS section of subtype 11, 168 bytes, SMF119SC_TLS_*.
type ZERTDetailTLS struct {
	ProtVer       uint16
	Source        byte
	HandshakeType byte // 1 full, 2 abbreviated, 3 failed
	HandshakeRole byte // 1 client, 2 server, 3 server with client authentication
	SessionID     []byte
	Provider      string
	NegCipher     string
	CSEncAlg      uint16
	CSMsgAuth     uint16
	CSKexAlg      uint16
	FIPSMode      byte
	CryptoFlags   byte
	SCert, CCert  ZERTDetailCert
}

func (t ZERTDetailTLS) bytes() []byte {
	b := appendShorts(nil, t.ProtVer)
	b = append(b, t.Source, t.HandshakeType, t.HandshakeRole, 0, 0, byte(len(t.SessionID)))
	var id [32]byte
	copy(id[:], t.SessionID)
	b = append(b, id[:]...)
	b = appendField(appendField(b, t.Provider, 16), t.NegCipher, 6)
	b = appendShorts(b, t.CSEncAlg, t.CSMsgAuth, t.CSKexAlg)
	b = append(b, t.FIPSMode, t.CryptoFlags, 0, 0)
	return t.CCert.append(t.SCert.append(b))
}

// ZERTDetailSSH is the SSH section of subtype 11, 284 bytes, SMF119SC_SSH_*.
type ZERTDetailSSH struct {
	ProtVer, Source         byte
	FIPSMode, CryptoFlags   byte
	Failed                  bool // offset 4, X'80', z/OS 3.2
	Comp, Provider          string
	AuthMethod, AuthMethod2 uint16
	InEncAlg, InMsgAuth     uint16
	KexMethod               uint16
	OutEncAlg, OutMsgAuth   uint16
	SKeyType, SKeyLen       uint16
	CKeyType, CKeyLen       uint16
	SKeyFP, CKeyFP          []byte // up to 64
	SCert, CCert            ZERTDetailCert
}

func (s ZERTDetailSSH) bytes() []byte {
	b := []byte{s.ProtVer, s.Source, s.FIPSMode, s.CryptoFlags, 0, 0, 0, 0}
	if s.Failed {
		b[4] = 0x80
	}
	b = appendField(appendField(b, s.Comp, 8), s.Provider, 16)
	b = appendShorts(b, s.AuthMethod, s.AuthMethod2, s.InEncAlg, s.InMsgAuth, s.KexMethod, s.OutEncAlg, s.OutMsgAuth, 0,
		s.SKeyType, s.SKeyLen, s.CKeyType, s.CKeyLen, uint16(len(s.SKeyFP)), uint16(len(s.CKeyFP)))
	for _, fp := range [][]byte{s.SKeyFP, s.CKeyFP} {
		var field [64]byte
		copy(field[:], fp)
		b = append(b, field[:]...)
	}
	return s.CCert.append(s.SCert.append(b))
}

// ZERTDetailIPSec is the IPSec section of subtype 11, 236 bytes, SMF119SC_IPSec_*.
type ZERTDetailIPSec struct {
	IKETunID                             uint32
	IKEMajVer, IKEMinVer                 byte
	IKETunKeyExchRule                    string
	IKETunLclEndpt, IKETunRmtEndpt       netip.Addr
	IKETunLclAuthMeth, IKETunRmtAuthMeth uint16
	IKETunAuthAlg, IKETunEncAlg          uint16
	IKETunDHGroup, IKETunPseudoRandFunc  uint16
	LclCert, RmtCert                     ZERTDetailCert
	TunID                                uint32
	TunFlags, TunType                    byte // X'40' FIPS 140; 1 manual, 2 dynamic, 3 shadow
	EncapMode, AuthProto                 byte
	AuthAlg, EncAlg, PFSGroup            uint16
	Lifetime                             uint32 // minutes
}

func (s ZERTDetailIPSec) bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, s.IKETunID)
	b = append(b, s.IKEMajVer, s.IKEMinVer, 0, 0)
	b = appendField(b, s.IKETunKeyExchRule, 48)
	b = appendAddress(appendAddress(b, s.IKETunLclEndpt), s.IKETunRmtEndpt)
	b = appendShorts(b, s.IKETunLclAuthMeth, s.IKETunRmtAuthMeth, s.IKETunAuthAlg, s.IKETunEncAlg, s.IKETunDHGroup, s.IKETunPseudoRandFunc)
	b = append(b, make([]byte, 12)...) // life size, life time, reauthentication interval
	b = s.RmtCert.append(s.LclCert.append(b))
	b = binary.BigEndian.AppendUint32(b, s.TunID)
	b = append(b, s.TunFlags, s.TunType, 1, 0, s.EncapMode, s.AuthProto)
	b = appendShorts(b, s.AuthAlg, s.EncAlg, s.PFSGroup)
	for _, n := range []uint32{0, s.Lifetime, 0} {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// TCPIPProfile is the part of an SMF 119 subtype 4 record (TCP/IP profile event)
// that concerns zERT: the global configuration section, 160 bytes up to the zERT
// parameters, and the management section, 20 bytes of it. The other triplets are
// absent.
type TCPIPProfile struct {
	Header        SMFHeader
	Ident         TCPIPIdent
	GlobalFlags   uint16 // NMTP_GBCFFlags: X'0040' ZERT
	ZERTParms     byte   // NMTP_GBCFZertParms: X'80' AGGREGATION
	SMF119Types   uint32 // NMTP_MGMTSmf119Types: X'8000' ZERTDETAIL, X'4000' ZERTSUMMARY
	NetMonitor    byte   // NMTP_MGMTNetMonServices: X'08' zERT, X'04' zERT summary
	WithoutGlobal bool   // as after OBEYFILE that changed the other section only
}

// Record returns the record with its 21 triplets.
func (p TCPIPProfile) Record() []byte {
	p.Header.Type, p.Header.Subtype = 119, 4
	sections := make([]section, 21)
	sections[0] = one(p.Ident.bytes())
	if !p.WithoutGlobal {
		b := binary.BigEndian.AppendUint16(appendField(nil, "GBCF", 4), p.GlobalFlags)
		b = append(b, make([]byte, 160-len(b))...)
		b[148] = p.ZERTParms
		sections[8] = one(b)
	}
	b := binary.BigEndian.AppendUint32(appendField(nil, "MGMT", 4), p.SMF119Types)
	b = append(b, p.NetMonitor)
	sections[14] = one(append(b, make([]byte, 20-len(b))...))
	return SMFRecord(p.Header, selfDefining(sections))
}

// StackEvent returns an SMF 119 subtype 8 record (stack start/stop). Event is X'80'
// started, X'40' stopped, X'20' ended abnormally.
func StackEvent(h SMFHeader, ident TCPIPIdent, event byte) []byte {
	h.Type, h.Subtype = 119, 8
	ident.Comp = "TCP"
	return SMFRecord(h, selfDefining([]section{one(ident.bytes()), one([]byte{event, 0, 0, 0})}))
}
