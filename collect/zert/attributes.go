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

	// Known from connection detail (subtype 11) only.
	tlsFIPS
	tlsHandshake
	tlsBypass
	sshFIPS
	ipsecFIPS
	ipsecTunnelType
	filterIn
	filterOut
	enforcement
	kindCount
)

// kindInfo says how the members of one kind are shown.
type kindInfo struct {
	key   string // below the service
	proto byte   // the protocol it belongs to; 0: every service has it
	core  bool   // given as an empty set when the protocol was not seen
	text  func(n *namer, value uint64) string
	why   string // reason when no session shows it
	// detail: given only when connection detail of the service was seen.
	detail bool
}

const (
	whyHandshake = "no session reported it: zERT saw the handshake only, or joined after it"
	whyCert      = "no session reported a certificate: zERT knows it from the protocol provider only, and TLSv1.3 hides it from observation"
	whyFailed    = "every handshake that was seen failed"
	whyFIPS      = "no session reported it: zERT knows it from the protocol provider only"
	whyKex       = "no session names it: the field says unknown, and TLSv1.3 suites have no key exchange of their own"
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
	handshake   = oneOf(map[uint64]string{1: "full", 2: "abbreviated", 3: "failed"})
)

// notKnown is the value of a one-byte field of which 0 means something.
const notKnown = 0x100

// fipsMode names SMF119SC_TLS_FIPS_Mode.
func fipsMode(n *namer, v uint64) string {
	if v == notKnown {
		return unknown
	}
	return n.code("fips mode", v)
}

// filterAction names SMF119SC_IPFlt_OutAct.
func filterAction(n *namer, v uint64) string {
	if v == notKnown {
		return unknown
	}
	return n.code("filter action", v)
}

// kinds lists what is known of each kind, in the order of the constants.
var kinds = [kindCount]kindInfo{
	protection:            {"protection", 0, true, protectionText, whyFailed, false},
	tlsVersion:            {"tls/versions", protoTLS, true, coded("tls version"), whyHandshake, false},
	tlsSuite:              {"tls/suites", protoTLS, true, (*namer).suite, whyHandshake, false},
	tlsKeyExchange:        {"tls/key_exchange", protoTLS, true, coded("tls key exchange"), whyKex, false},
	tlsEncryptThenMAC:     {"tls/encrypt_then_mac", protoTLS, false, onOff, whyHandshake, false},
	tlsSource:             {"tls/source", protoTLS, false, source, whyHandshake, false},
	tlsCertKey:            {"tls/cert_key", protoTLS, true, certKey, whyCert, false},
	tlsCertSig:            {"tls/cert_sig", protoTLS, true, signature, whyCert, false},
	tlsCertDigest:         {"tls/cert_digest", protoTLS, true, digest, whyCert, false},
	tlsClientCertKey:      {"tls/client_cert_key", protoTLS, false, certKey, whyCert, false},
	tlsClientCertSig:      {"tls/client_cert_sig", protoTLS, false, signature, whyCert, false},
	tlsClientCertDigest:   {"tls/client_cert_digest", protoTLS, false, digest, whyCert, false},
	sshVersion:            {"ssh/versions", protoSSH, true, sshVersions, whyHandshake, false},
	sshAuth:               {"ssh/auth", protoSSH, true, coded("ssh authentication"), whyHandshake, false},
	sshKeyExchange:        {"ssh/key_exchange", protoSSH, true, coded("ssh key exchange"), whyHandshake, false},
	sshEncryption:         {"ssh/encryption", protoSSH, true, encryption, whyHandshake, false},
	sshMAC:                {"ssh/mac", protoSSH, true, macs, whyHandshake, false},
	sshEncryptThenMAC:     {"ssh/encrypt_then_mac", protoSSH, false, onOff, whyHandshake, false},
	sshSource:             {"ssh/source", protoSSH, false, source, whyHandshake, false},
	sshServerKey:          {"ssh/server_key", protoSSH, true, keyed("ssh key"), whyHandshake, false},
	sshClientKey:          {"ssh/client_key", protoSSH, false, keyed("ssh key"), whyHandshake, false},
	sshCertKey:            {"ssh/cert_key", protoSSH, false, certKey, whyCert, false},
	sshCertSig:            {"ssh/cert_sig", protoSSH, false, signature, whyCert, false},
	sshCertDigest:         {"ssh/cert_digest", protoSSH, false, digest, whyCert, false},
	sshClientCertKey:      {"ssh/client_cert_key", protoSSH, false, certKey, whyCert, false},
	sshClientCertSig:      {"ssh/client_cert_sig", protoSSH, false, signature, whyCert, false},
	sshClientCertDigest:   {"ssh/client_cert_digest", protoSSH, false, digest, whyCert, false},
	ipsecIKEVersion:       {"ipsec/ike_versions", protoIPSec, true, ikeVersion, "manual tunnels have no key exchange", false},
	ipsecIKEAuth:          {"ipsec/ike_auth", protoIPSec, false, coded("ike authentication"), "manual tunnels have no key exchange", false},
	ipsecIKEEncryption:    {"ipsec/ike_encryption", protoIPSec, false, encryption, "no session reported it", false},
	ipsecIKEMAC:           {"ipsec/ike_mac", protoIPSec, false, macs, "no session reported it", false},
	ipsecIKEGroup:         {"ipsec/ike_dh_groups", protoIPSec, true, group, "manual tunnels have no key exchange", false},
	ipsecIKEPRF:           {"ipsec/ike_prf", protoIPSec, false, coded("pseudo-random function"), "manual tunnels have no key exchange", false},
	ipsecPFSGroup:         {"ipsec/pfs_groups", protoIPSec, false, group, "no session reported one: manual tunnels have none, and the code does not tell that from unknown", false},
	ipsecMode:             {"ipsec/encapsulation", protoIPSec, false, oneOf(map[uint64]string{1: "tunnel", 2: "transport"}), "no session reported it", false},
	ipsecProtocol:         {"ipsec/protocols", protoIPSec, true, oneOf(map[uint64]string{50: "ESP", 51: "AH"}), "no session reported it", false},
	ipsecEncryption:       {"ipsec/encryption", protoIPSec, true, encryption, "no session reported it", false},
	ipsecMAC:              {"ipsec/mac", protoIPSec, true, macs, "no session reported it", false},
	ipsecLocalCertKey:     {"ipsec/local_cert_key", protoIPSec, false, certKey, whyCert, false},
	ipsecLocalCertSig:     {"ipsec/local_cert_sig", protoIPSec, false, signature, whyCert, false},
	ipsecLocalCertDigest:  {"ipsec/local_cert_digest", protoIPSec, false, digest, whyCert, false},
	ipsecRemoteCertKey:    {"ipsec/remote_cert_key", protoIPSec, false, certKey, whyCert, false},
	ipsecRemoteCertSig:    {"ipsec/remote_cert_sig", protoIPSec, false, signature, whyCert, false},
	ipsecRemoteCertDigest: {"ipsec/remote_cert_digest", protoIPSec, false, digest, whyCert, false},

	tlsFIPS:         {"tls/fips_mode", protoTLS, false, fipsMode, whyFIPS, true},
	tlsHandshake:    {"tls/handshakes", protoTLS, false, handshake, whyHandshake, true},
	tlsBypass:       {"tls/attls_bypassed", protoTLS, false, onOff, whyHandshake, true},
	sshFIPS:         {"ssh/fips_mode", protoSSH, false, fipsMode, whyFIPS, true},
	ipsecFIPS:       {"ipsec/fips_140", protoIPSec, false, onOff, "no session reported it", true},
	ipsecTunnelType: {"ipsec/tunnel_types", protoIPSec, false, oneOf(map[uint64]string{1: "manual", 2: "dynamic", 3: "shadow"}), "no session reported it", true},
	filterIn:        {"ip_filter/inbound", 0, false, filterAction, "", true},
	filterOut:       {"ip_filter/outbound", 0, false, filterAction, "", true},
	enforcement:     {"enforcement", 0, true, oneOf(map[uint64]string{1: "audited", 2: "reset"}), "", true},
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

// attributesOf appends the attributes of one session of a summary record: its
// protocol bits and what the section of each protocol says. Fields that a section
// does not reach, and all fields of a section that is missing, are unknown.
func attributesOf(dst []attribute, protos byte, tls, ssh, ipsec []byte) []attribute {
	return summaryFields.attributes(dst, protos, tls, ssh, ipsec)
}

// attributes is [attributesOf] for either subtype.
func (f *fields) attributes(dst []attribute, protos byte, tls, ssh, ipsec []byte) []attribute {
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
		f.tls.attributes(add, tls)
	}
	if protos&protoSSH != 0 {
		f.ssh.attributes(add, ssh)
	}
	if protos&protoIPSec != 0 {
		f.ipsec.attributes(add, ipsec)
	}
	return dst
}

// attributes reads SMF119SS_TLS_* or SMF119SC_TLS_*.
func (f *tlsFields) attributes(add func(kind, uint64), s []byte) {
	version, kex := short(s, f.version), short(s, f.kex)
	if version == 0x0304 && kex == 1 {
		kex = 0 // "none" would be wrong: there was one, the suite does not name it
	}
	add(tlsVersion, version)
	suite := uint64(0)
	if len(s) >= f.suite+6 {
		suite = short(s, f.suite)<<32 | short(s, f.suite+2)<<16 | short(s, f.suite+4)
	}
	add(tlsSuite, suite)
	add(tlsKeyExchange, kex)
	add(tlsEncryptThenMAC, bit(s, f.flags, 0x80))
	add(tlsSource, octet(s, f.source))
	f.server.attributes(add, s, tlsCertKey)
	f.client.attributes(add, s, tlsClientCertKey)
}

// attributes reads SMF119SS_SSH_* or SMF119SC_SSH_*. The two directions are one
// set: what matters is that an algorithm was used.
func (f *sshFields) attributes(add func(kind, uint64), s []byte) {
	add(sshVersion, octet(s, f.version))
	add(sshAuth, short(s, f.auth))
	if second := short(s, f.auth+2); second > 1 { // 0: there was no second method
		add(sshAuth, second)
	}
	add(sshEncryption, short(s, f.encryptionIn))
	add(sshMAC, short(s, f.encryptionIn+2))
	add(sshKeyExchange, short(s, f.encryptionIn+4))
	add(sshEncryption, short(s, f.encryptionIn+6))
	add(sshMAC, short(s, f.encryptionIn+8))
	add(sshEncryptThenMAC, bit(s, f.flags, 0x80))
	add(sshEncryptThenMAC, bit(s, f.flags, 0x40))
	add(sshSource, octet(s, f.source))
	add(sshServerKey, pair(s, f.serverKey))
	add(sshClientKey, pair(s, f.serverKey+4))
	f.server.attributes(add, s, sshCertKey)
	f.client.attributes(add, s, sshClientCertKey)
}

// attributes reads SMF119SS_IPSec_* or SMF119SC_IPSec_*.
func (f *ipsecFields) attributes(add func(kind, uint64), s []byte) {
	add(ipsecIKEVersion, octet(s, f.version)&15<<4|octet(s, f.version+1)&15)
	add(ipsecIKEAuth, short(s, f.auth))
	add(ipsecIKEAuth, short(s, f.auth+2))
	add(ipsecIKEMAC, short(s, f.auth+4))
	add(ipsecIKEEncryption, short(s, f.auth+6))
	add(ipsecIKEGroup, short(s, f.auth+8))
	add(ipsecIKEPRF, short(s, f.auth+10))
	f.local.attributes(add, s, ipsecLocalCertKey)
	f.remote.attributes(add, s, ipsecRemoteCertKey)
	add(ipsecPFSGroup, short(s, f.pfs))
	add(ipsecMode, octet(s, f.mode))
	add(ipsecProtocol, octet(s, f.mode+1))
	add(ipsecMAC, short(s, f.mode+2))
	add(ipsecEncryption, short(s, f.mode+4))
}

// attributes reads three fields of a certificate: key, signature method and
// digest. Its encryption method says no more than the key type. The kinds of
// signature and digest follow that of the key.
func (f *certFields) attributes(add func(kind, uint64), s []byte, key kind) {
	add(key, pair(s, f.key))
	add(key+1, short(s, f.signature))
	add(key+2, short(s, f.signature+4))
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
