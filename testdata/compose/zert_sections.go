package compose

import (
	"encoding/binary"
	"net/netip"
)

// Source values: how zERT learnt the attributes.
const (
	SourceObserved = 1 // from the initial handshake in the stream
	SourceProvider = 2 // from System SSL, z/OS OpenSSH or IPSec itself
)

// ZERTCert describes a certificate in ten bytes, as the TLS, SSH and IPSec
// sections of subtype 12 do, twice each. Codes are in the tables of the record
// layout: 2 is RSA for encryption method and key type, 7 RSA with SHA-256 for
// the signature, 6 SHA-256 for the digest. All zeros: nothing known.
type ZERTCert struct {
	SignatureMethod, EncMethod, DigestAlg, KeyType uint16
	KeyLen                                         uint16 // bits
}

func (c ZERTCert) append(b []byte) []byte {
	return appendShorts(b, c.SignatureMethod, c.EncMethod, c.DigestAlg, c.KeyType, c.KeyLen)
}

// CertValidity is what z/OS 3.2 added for each certificate: the serial number and
// the end of validity, in the ASN.1 text form of 13 (UTC) or 15 (generalised)
// characters. The time type follows from the length of NotAfter.
type CertValidity struct {
	Serial   []byte // up to 20
	NotAfter string
}

// append writes 37 bytes: length, serial (20), time type, time (15).
func (v CertValidity) append(b []byte) []byte {
	var serial [20]byte
	if copy(serial[:], v.Serial) < len(v.Serial) {
		panic("compose: a certificate serial number of more than 20 bytes")
	}
	b = append(append(b, byte(len(v.Serial))), serial[:]...)
	switch len(v.NotAfter) {
	case 0:
		return append(b, make([]byte, 16)...)
	case 13:
		b = append(b, 1)
	case 15:
		b = append(b, 2)
	default:
		panic("compose: a certificate time is 13 or 15 characters, not " + v.NotAfter)
	}
	return appendField(b, v.NotAfter, 15)
}

// ZERTTLS is the TLS section of subtype 12, 36 bytes, SMF119SS_TLS_*; 116 bytes
// with the certificate validity of z/OS 3.2.
type ZERTTLS struct {
	Source      byte
	CryptoFlags byte   // X'80' encrypt-then-MAC
	ProtVer     uint16 // X'0303' TLSv1.2, X'0304' TLSv1.3
	NegCipher   string // registry number as four hexadecimal characters, such as C030
	CSEncAlg    uint16
	CSMsgAuth   uint16
	CSKexAlg    uint16
	SCert       ZERTCert
	CCert       ZERTCert

	Validity *[2]CertValidity // server, client; z/OS 3.2
}

func (t ZERTTLS) bytes() []byte {
	b := []byte{t.Source, t.CryptoFlags}
	b = appendShorts(b, t.ProtVer)
	b = appendField(b, t.NegCipher, 6)
	b = appendShorts(b, t.CSEncAlg, t.CSMsgAuth, t.CSKexAlg)
	b = t.CCert.append(t.SCert.append(b))
	if t.Validity != nil {
		// Offsets 36-41 are not described in what IBM published; the serial
		// number length is at 42.
		b = append(b, 0, 0, 0, 0, 0, 0)
		b = t.Validity[1].append(t.Validity[0].append(b))
	}
	return b
}

// ZERTSSH is the SSH section of subtype 12, 46 bytes, SMF119SS_SSH_*.
type ZERTSSH struct {
	Source                  byte
	ProtVer                 byte // 2
	CryptoFlags             byte // X'80' encrypt-then-MAC inbound, X'40' outbound
	AuthMethod, AuthMethod2 uint16
	InEncAlg, InMsgAuth     uint16
	KexMethod               uint16
	OutEncAlg, OutMsgAuth   uint16
	SKeyType, SKeyLen       uint16
	CKeyType, CKeyLen       uint16
	SCert, CCert            ZERTCert
}

func (s ZERTSSH) bytes() []byte {
	b := []byte{s.Source, 0, s.ProtVer, s.CryptoFlags}
	b = appendShorts(b, s.AuthMethod, s.AuthMethod2, s.InEncAlg, s.InMsgAuth, s.KexMethod,
		s.OutEncAlg, s.OutMsgAuth, s.SKeyType, s.SKeyLen, s.CKeyType, s.CKeyLen)
	return s.CCert.append(s.SCert.append(b))
}

// ZERTIPSec is the IPSec section of subtype 12, 74 bytes, SMF119SS_IPSec_*; 148
// bytes with the certificate validity of z/OS 3.2.
type ZERTIPSec struct {
	IKEMajVer, IKEMinVer                 byte
	IKETunLclEndpt, IKETunRmtEndpt       netip.Addr
	IKETunLclAuthMeth, IKETunRmtAuthMeth uint16
	IKETunAuthAlg, IKETunEncAlg          uint16
	IKETunDHGroup, IKETunPseudoRandFunc  uint16
	LclCert, RmtCert                     ZERTCert
	PFSGroup                             uint16
	EncapMode                            byte // 1 tunnel, 2 transport
	AuthProto                            byte // 50 ESP, 51 AH
	AuthAlg, EncAlg                      uint16

	Validity *[2]CertValidity // local, remote; z/OS 3.2
}

func (s ZERTIPSec) bytes() []byte {
	b := []byte{s.IKEMajVer, s.IKEMinVer}
	b = appendAddress(appendAddress(b, s.IKETunLclEndpt), s.IKETunRmtEndpt)
	b = appendShorts(b, s.IKETunLclAuthMeth, s.IKETunRmtAuthMeth, s.IKETunAuthAlg, s.IKETunEncAlg,
		s.IKETunDHGroup, s.IKETunPseudoRandFunc)
	b = s.RmtCert.append(s.LclCert.append(b))
	b = appendShorts(b, s.PFSGroup)
	b = append(b, s.EncapMode, s.AuthProto)
	b = appendShorts(b, s.AuthAlg, s.EncAlg)
	if s.Validity != nil {
		b = s.Validity[1].append(s.Validity[0].append(b))
	}
	return b
}

func appendShorts(b []byte, values ...uint16) []byte {
	for _, v := range values {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}
