package zert

// An attribute is one property of a security session that becomes a member of a
// set: its kind in the upper byte, the value as the record holds it below. What
// the value means as text is looked up once for each distinct one, in the end.
type attribute uint64

func newAttribute(k kind, value uint64) attribute {
	return attribute(uint64(k)<<56 | value&(1<<56-1))
}

func (a attribute) kind() kind    { return kind(a >> 56) }
func (a attribute) value() uint64 { return uint64(a) & (1<<56 - 1) }

// kind indexes [kinds].
type kind uint8

// The kinds of attributes.
const (
	protection kind = iota
	tlsVersion
	tlsSuite
	tlsKeyExchange
	tlsEncryptThenMAC
	tlsSource
	tlsCertKey
	tlsCertSig
	tlsCertDigest
	tlsClientCertKey
	tlsClientCertSig
	tlsClientCertDigest
	sshVersion
	sshAuth
	sshKeyExchange
	sshEncryption
	sshMAC
	sshEncryptThenMAC
	sshSource
	sshServerKey
	sshClientKey
	sshCertKey
	sshCertSig
	sshCertDigest
	sshClientCertKey
	sshClientCertSig
	sshClientCertDigest
	ipsecIKEVersion
	ipsecIKEAuth
	ipsecIKEEncryption
	ipsecIKEMAC
	ipsecIKEGroup
	ipsecIKEPRF
	ipsecPFSGroup
	ipsecMode
	ipsecProtocol
	ipsecEncryption
	ipsecMAC
	ipsecLocalCertKey
	ipsecLocalCertSig
	ipsecLocalCertDigest
	ipsecRemoteCertKey
	ipsecRemoteCertSig
	ipsecRemoteCertDigest
	kindCount
)

// kindInfo says how the members of one kind are shown.
type kindInfo struct {
	key   string // below the service
	proto byte   // the protocol it belongs to; 0: every service has it
	core  bool   // given as an empty set when the protocol was not seen
	text  func(n *namer, value uint64) string
	why   string // reason when no session shows it
}

const (
	whyHandshake = "no session reported it: zERT saw the handshake only, or joined after it"
	whyCert      = "no session reported a certificate: zERT knows it from the protocol provider only, and TLSv1.3 hides it from observation"
	whyKex       = "TLSv1.3 suites do not name a key exchange and the record has no field for the group"
)

func coded(table string) func(*namer, uint64) string {
	return func(n *namer, v uint64) string { return n.code(table, v) }
}

func keyed(table string) func(*namer, uint64) string {
	return func(n *namer, v uint64) string { return n.key(table, v) }
}

// oneOf names small values; 0 is unknown.
func oneOf(names map[uint64]string) func(*namer, uint64) string {
	return func(_ *namer, v uint64) string {
		if name, ok := names[v]; ok {
			return name
		}
		if v == 0 {
			return unknown
		}
		return number(v)
	}
}

func group(_ *namer, v uint64) string {
	if v == 0 {
		return unknown // or a manual tunnel, which has none
	}
	return decimal(v)
}

var (
	source      = oneOf(map[uint64]string{1: "observation", 2: "provider"})
	onOff       = oneOf(map[uint64]string{1: "no", 2: "yes"})
	signature   = coded("signature")
	digest      = coded("digest")
	certKey     = keyed("key type")
	encryption  = coded("encryption")
	macs        = coded("message authentication")
	ikeVersion  = func(_ *namer, v uint64) string { return versionText("IKEv", v) }
	sshVersions = oneOf(map[uint64]string{1: "SSHv1", 2: "SSHv2"})
)

// kinds lists what is known of each kind, in the order of the constants.
var kinds = [kindCount]kindInfo{
	protection:            {"protection", 0, true, protectionText, ""},
	tlsVersion:            {"tls/versions", protoTLS, true, coded("tls version"), whyHandshake},
	tlsSuite:              {"tls/suites", protoTLS, true, (*namer).suite, whyHandshake},
	tlsKeyExchange:        {"tls/key_exchange", protoTLS, true, coded("tls key exchange"), whyKex},
	tlsEncryptThenMAC:     {"tls/encrypt_then_mac", protoTLS, false, onOff, whyHandshake},
	tlsSource:             {"tls/source", protoTLS, false, source, whyHandshake},
	tlsCertKey:            {"tls/cert_key", protoTLS, true, certKey, whyCert},
	tlsCertSig:            {"tls/cert_sig", protoTLS, true, signature, whyCert},
	tlsCertDigest:         {"tls/cert_digest", protoTLS, true, digest, whyCert},
	tlsClientCertKey:      {"tls/client_cert_key", protoTLS, false, certKey, whyCert},
	tlsClientCertSig:      {"tls/client_cert_sig", protoTLS, false, signature, whyCert},
	tlsClientCertDigest:   {"tls/client_cert_digest", protoTLS, false, digest, whyCert},
	sshVersion:            {"ssh/versions", protoSSH, true, sshVersions, whyHandshake},
	sshAuth:               {"ssh/auth", protoSSH, true, coded("ssh authentication"), whyHandshake},
	sshKeyExchange:        {"ssh/key_exchange", protoSSH, true, coded("ssh key exchange"), whyHandshake},
	sshEncryption:         {"ssh/encryption", protoSSH, true, encryption, whyHandshake},
	sshMAC:                {"ssh/mac", protoSSH, true, macs, whyHandshake},
	sshEncryptThenMAC:     {"ssh/encrypt_then_mac", protoSSH, false, onOff, whyHandshake},
	sshSource:             {"ssh/source", protoSSH, false, source, whyHandshake},
	sshServerKey:          {"ssh/server_key", protoSSH, true, keyed("ssh key"), whyHandshake},
	sshClientKey:          {"ssh/client_key", protoSSH, false, keyed("ssh key"), whyHandshake},
	sshCertKey:            {"ssh/cert_key", protoSSH, false, certKey, whyCert},
	sshCertSig:            {"ssh/cert_sig", protoSSH, false, signature, whyCert},
	sshCertDigest:         {"ssh/cert_digest", protoSSH, false, digest, whyCert},
	sshClientCertKey:      {"ssh/client_cert_key", protoSSH, false, certKey, whyCert},
	sshClientCertSig:      {"ssh/client_cert_sig", protoSSH, false, signature, whyCert},
	sshClientCertDigest:   {"ssh/client_cert_digest", protoSSH, false, digest, whyCert},
	ipsecIKEVersion:       {"ipsec/ike_versions", protoIPSec, true, ikeVersion, "manual tunnels have no key exchange"},
	ipsecIKEAuth:          {"ipsec/ike_auth", protoIPSec, false, coded("ike authentication"), "manual tunnels have no key exchange"},
	ipsecIKEEncryption:    {"ipsec/ike_encryption", protoIPSec, false, encryption, "no session reported it"},
	ipsecIKEMAC:           {"ipsec/ike_mac", protoIPSec, false, macs, "no session reported it"},
	ipsecIKEGroup:         {"ipsec/ike_dh_groups", protoIPSec, true, group, "manual tunnels have no key exchange"},
	ipsecIKEPRF:           {"ipsec/ike_prf", protoIPSec, false, coded("pseudo-random function"), "manual tunnels have no key exchange"},
	ipsecPFSGroup:         {"ipsec/pfs_groups", protoIPSec, false, group, "no session reported one: manual tunnels have none, and the code does not tell that from unknown"},
	ipsecMode:             {"ipsec/encapsulation", protoIPSec, false, oneOf(map[uint64]string{1: "tunnel", 2: "transport"}), "no session reported it"},
	ipsecProtocol:         {"ipsec/protocols", protoIPSec, true, oneOf(map[uint64]string{50: "ESP", 51: "AH"}), "no session reported it"},
	ipsecEncryption:       {"ipsec/encryption", protoIPSec, true, encryption, "no session reported it"},
	ipsecMAC:              {"ipsec/mac", protoIPSec, true, macs, "no session reported it"},
	ipsecLocalCertKey:     {"ipsec/local_cert_key", protoIPSec, false, certKey, whyCert},
	ipsecLocalCertSig:     {"ipsec/local_cert_sig", protoIPSec, false, signature, whyCert},
	ipsecLocalCertDigest:  {"ipsec/local_cert_digest", protoIPSec, false, digest, whyCert},
	ipsecRemoteCertKey:    {"ipsec/remote_cert_key", protoIPSec, false, certKey, whyCert},
	ipsecRemoteCertSig:    {"ipsec/remote_cert_sig", protoIPSec, false, signature, whyCert},
	ipsecRemoteCertDigest: {"ipsec/remote_cert_digest", protoIPSec, false, digest, whyCert},
}

// protectionText names a protocol bit. "none" is what zERT reports when it
// recognised no protection: the session may still be protected by something it
// does not know, so this is never "clear".
func protectionText(_ *namer, v uint64) string {
	switch v {
	case 0:
		return "none"
	case protoTLS:
		return "tls"
	case protoSSH:
		return "ssh"
	case protoIPSec:
		return "ipsec"
	}
	return number(v)
}

// attributesOf appends the attributes of one session: its protocol bits and what
// the section of each protocol says. Fields that a section does not reach, and
// all fields of a section that is missing, are unknown.
func attributesOf(dst []attribute, protos byte, tls, ssh, ipsec []byte) []attribute {
	add := func(k kind, value uint64) { dst = append(dst, newAttribute(k, value)) }
	if protos == 0 {
		add(protection, 0)
	}
	for bit := byte(0x80); bit != 0; bit >>= 1 {
		if protos&bit != 0 {
			add(protection, uint64(bit))
		}
	}
	if protos&protoTLS != 0 {
		addTLS(add, tls)
	}
	if protos&protoSSH != 0 {
		addSSH(add, ssh)
	}
	if protos&protoIPSec != 0 {
		addIPSec(add, ipsec)
	}
	return dst
}

// addTLS reads SMF119SS_TLS_*.
func addTLS(add func(kind, uint64), s []byte) {
	version, kex := short(s, 2), short(s, 14)
	if version == 0x0304 && kex == 1 {
		kex = 0 // "none" would be wrong: there was one, the suite does not name it
	}
	add(tlsVersion, version)
	suite := uint64(0)
	if len(s) >= 10 {
		suite = short(s, 4)<<32 | short(s, 6)<<16 | short(s, 8)
	}
	add(tlsSuite, suite)
	add(tlsKeyExchange, kex)
	add(tlsEncryptThenMAC, bit(s, 1, 0x80))
	add(tlsSource, octet(s, 0))
	addCert(add, s, 16, tlsCertKey)
	addCert(add, s, 26, tlsClientCertKey)
}

// addSSH reads SMF119SS_SSH_*. The two directions are one set: what matters is
// that an algorithm was used.
func addSSH(add func(kind, uint64), s []byte) {
	add(sshVersion, octet(s, 2))
	add(sshAuth, short(s, 4))
	if second := short(s, 6); second > 1 { // 0: there was no second method
		add(sshAuth, second)
	}
	add(sshEncryption, short(s, 8))
	add(sshMAC, short(s, 10))
	add(sshKeyExchange, short(s, 12))
	add(sshEncryption, short(s, 14))
	add(sshMAC, short(s, 16))
	add(sshEncryptThenMAC, bit(s, 3, 0x80))
	add(sshEncryptThenMAC, bit(s, 3, 0x40))
	add(sshSource, octet(s, 0))
	add(sshServerKey, pair(s, 18))
	add(sshClientKey, pair(s, 22))
	addCert(add, s, 26, sshCertKey)
	addCert(add, s, 36, sshClientCertKey)
}

// addIPSec reads SMF119SS_IPSec_*.
func addIPSec(add func(kind, uint64), s []byte) {
	add(ipsecIKEVersion, octet(s, 0)&15<<4|octet(s, 1)&15)
	add(ipsecIKEAuth, short(s, 34))
	add(ipsecIKEAuth, short(s, 36))
	add(ipsecIKEMAC, short(s, 38))
	add(ipsecIKEEncryption, short(s, 40))
	add(ipsecIKEGroup, short(s, 42))
	add(ipsecIKEPRF, short(s, 44))
	addCert(add, s, 46, ipsecLocalCertKey)
	addCert(add, s, 56, ipsecRemoteCertKey)
	add(ipsecPFSGroup, short(s, 66))
	add(ipsecMode, octet(s, 68))
	add(ipsecProtocol, octet(s, 69))
	add(ipsecMAC, short(s, 70))
	add(ipsecEncryption, short(s, 72))
}

// addCert reads the five fields of a certificate: signature method, encryption
// method, digest, key type and key length. The encryption method says no more
// than the key type. The kinds of signature and digest follow that of the key.
func addCert(add func(kind, uint64), s []byte, at int, key kind) {
	add(key, pair(s, at+6))
	add(key+1, short(s, at))
	add(key+2, short(s, at+4))
}

// pair returns key type and key length, 0 when the section ends before or
// between them.
func pair(s []byte, at int) uint64 {
	if at+4 > len(s) {
		return 0
	}
	return short(s, at)<<16 | short(s, at+2)
}

// bit returns 2 when a flag is on, 1 when it is off, 0 when the section does not
// hold it.
func bit(s []byte, at int, mask byte) uint64 {
	switch {
	case at >= len(s):
		return 0
	case s[at]&mask != 0:
		return 2
	}
	return 1
}
