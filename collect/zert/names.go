package zert

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
)

// maxNames is how many distinct texts of one kind (names, serial numbers, ends
// of validity) a service keeps. A server has a handful of certificates; one that
// sees more client certificates than this has a register elsewhere.
const maxNames = 64

// nameKind is what a text of a session says. The kinds 1 to 12 are the DN types
// of the record layout. Serial numbers and ends of validity stand in subtype 11,
// and since z/OS 3.2 behind the TLS and IPSec sections of subtype 12; the rest
// stands in subtype 11 only.
type nameKind uint8

const (
	lastDNType nameKind = 12

	tlsServerSerial nameKind = iota + 12
	tlsServerNotAfter
	tlsClientSerial
	tlsClientNotAfter
	ipsecLocalSerial
	ipsecLocalNotAfter
	ipsecRemoteSerial
	ipsecRemoteNotAfter
	sshServerSerial
	sshServerNotAfter
	sshClientSerial
	sshClientNotAfter
	tlsProvider
	sshProvider
	sshComponent
	sshServerFingerprint
	sshClientFingerprint
	ipsecRule
	filterRuleIn
	filterRuleOut
	nameKindCount
)

// nameInfo says how the texts of one kind are shown.
type nameInfo struct {
	key   string
	proto byte
	cert  kind // the key of the same certificate: "none" there means none here
	why   string
	// detail: given only when connection detail of the service was seen. Such
	// texts without a certificate are an empty set when no session has one.
	detail bool
}

const (
	whyName     = "no session reported a name: only protocol providers do"
	whyValidity = "no session reported it: summary records before z/OS 3.2 do not hold it, other records only when the protocol provider knows it"
)

var nameKinds = [nameKindCount]nameInfo{
	1:                   {"ipsec/local_cert_subjects", protoIPSec, ipsecLocalCertKey, whyName, false},
	2:                   {"ipsec/local_cert_issuers", protoIPSec, ipsecLocalCertKey, whyName, false},
	3:                   {"ipsec/remote_cert_subjects", protoIPSec, ipsecRemoteCertKey, whyName, false},
	4:                   {"ipsec/remote_cert_issuers", protoIPSec, ipsecRemoteCertKey, whyName, false},
	5:                   {"tls/cert_subjects", protoTLS, tlsCertKey, whyName, false},
	6:                   {"tls/cert_issuers", protoTLS, tlsCertKey, whyName, false},
	7:                   {"tls/client_cert_subjects", protoTLS, tlsClientCertKey, whyName, false},
	8:                   {"tls/client_cert_issuers", protoTLS, tlsClientCertKey, whyName, false},
	9:                   {"ssh/cert_subjects", protoSSH, sshCertKey, whyName, false},
	10:                  {"ssh/cert_issuers", protoSSH, sshCertKey, whyName, false},
	11:                  {"ssh/client_cert_subjects", protoSSH, sshClientCertKey, whyName, false},
	12:                  {"ssh/client_cert_issuers", protoSSH, sshClientCertKey, whyName, false},
	tlsServerSerial:     {"tls/cert_serials", protoTLS, tlsCertKey, whyValidity, false},
	tlsServerNotAfter:   {"tls/cert_not_after", protoTLS, tlsCertKey, whyValidity, false},
	tlsClientSerial:     {"tls/client_cert_serials", protoTLS, tlsClientCertKey, whyValidity, false},
	tlsClientNotAfter:   {"tls/client_cert_not_after", protoTLS, tlsClientCertKey, whyValidity, false},
	ipsecLocalSerial:    {"ipsec/local_cert_serials", protoIPSec, ipsecLocalCertKey, whyValidity, false},
	ipsecLocalNotAfter:  {"ipsec/local_cert_not_after", protoIPSec, ipsecLocalCertKey, whyValidity, false},
	ipsecRemoteSerial:   {"ipsec/remote_cert_serials", protoIPSec, ipsecRemoteCertKey, whyValidity, false},
	ipsecRemoteNotAfter: {"ipsec/remote_cert_not_after", protoIPSec, ipsecRemoteCertKey, whyValidity, false},

	sshServerSerial:      {"ssh/cert_serials", protoSSH, sshCertKey, whyValidity, true},
	sshServerNotAfter:    {"ssh/cert_not_after", protoSSH, sshCertKey, whyValidity, true},
	sshClientSerial:      {"ssh/client_cert_serials", protoSSH, sshClientCertKey, whyValidity, true},
	sshClientNotAfter:    {"ssh/client_cert_not_after", protoSSH, sshClientCertKey, whyValidity, true},
	tlsProvider:          {"tls/providers", protoTLS, 0, "", true},
	sshProvider:          {"ssh/providers", protoSSH, 0, "", true},
	sshComponent:         {"ssh/components", protoSSH, 0, "", true},
	sshServerFingerprint: {"ssh/server_fingerprints", protoSSH, 0, "", true},
	sshClientFingerprint: {"ssh/client_fingerprints", protoSSH, 0, "", true},
	ipsecRule:            {"ipsec/key_exchange_rules", protoIPSec, 0, "", true},
	filterRuleIn:         {"ip_filter/inbound_rules", 0, 0, "", true},
	filterRuleOut:        {"ip_filter/outbound_rules", 0, 0, "", true},
}

// name is one text of a certificate.
type name struct {
	kind nameKind
	text string
}

// namesOf appends the texts of one summary record. An error means that some of
// them could not be read; those before it are returned.
func (c *collection) namesOf(dst []name, v *view, tls, ipsec []byte) ([]name, error) {
	dst = summaryFields.validity(dst, tls, nil, ipsec)
	return c.distinguished(dst, v)
}

// validity appends serial numbers and ends of validity of all certificates.
func (f *fields) validity(dst []name, tls, ssh, ipsec []byte) []name {
	dst = f.tls.server.validity(dst, tls, tlsServerSerial)
	dst = f.tls.client.validity(dst, tls, tlsClientSerial)
	dst = f.ssh.server.validity(dst, ssh, sshServerSerial)
	dst = f.ssh.client.validity(dst, ssh, sshClientSerial)
	dst = f.ipsec.local.validity(dst, ipsec, ipsecLocalSerial)
	return f.ipsec.remote.validity(dst, ipsec, ipsecRemoteSerial)
}

// distinguished appends the distinguished names of one record.
func (c *collection) distinguished(dst []name, v *view) ([]name, error) {
	at := v.names
	for i := range v.count {
		if at+4 > len(v.rec) {
			return dst, fmt.Errorf("certificate name %d of %d lies outside of the record", i+1, v.count)
		}
		length, dn := int(binary.BigEndian.Uint16(v.rec[at:])), binary.BigEndian.Uint16(v.rec[at+2:])
		if length < 4 || at+length > len(v.rec) {
			return dst, fmt.Errorf("certificate name %d of %d has a length of %d", i+1, v.count, length)
		}
		if dn >= 1 && dn <= uint16(lastDNType) {
			if text := c.page.String(v.rec[at+4 : at+length]); text != "" {
				dst = append(dst, name{nameKind(dn), text})
			}
		} else {
			c.oddNames++
		}
		at += length
	}
	return dst, nil
}

// validity reads the 37 bytes of serial number and end of validity.
func (f *certFields) validity(dst []name, s []byte, serial nameKind) []name {
	if f.serial == 0 || f.serial+37 > len(s) {
		return dst
	}
	s = s[f.serial : f.serial+37]
	if n := int(s[0]); n >= 1 && n <= 20 {
		dst = append(dst, name{serial, hex.EncodeToString(s[1 : 1+n])})
	}
	if text, ok := notAfter(s[21], s[22:]); ok {
		dst = append(dst, name{serial + 1, text})
	}
	return dst
}

// notAfter reads the end of validity: YYMMDDhhmmssZ (type 1) or YYYYMMDDhhmmssZ
// (type 2). Whether the characters are ASCII or EBCDIC is not documented; the
// lower half of a digit is the same in both.
func notAfter(form byte, b []byte) (string, bool) {
	digits := make([]byte, 0, 15)
	want := 0
	switch form {
	case 1:
		// X.509: years below 50 are of this century.
		if b[0]&15 < 5 {
			digits = append(digits, "20"...)
		} else {
			digits = append(digits, "19"...)
		}
		want = 12
	case 2:
		want = 14
	default:
		return "", false
	}
	for _, c := range b[:want] {
		if high := c >> 4; high != 0x3 && high != 0xF || c&15 > 9 {
			return "", false
		}
		digits = append(digits, '0'+c&15)
	}
	d := string(digits)
	return d[:4] + "-" + d[4:6] + "-" + d[6:8] + "T" + d[8:10] + ":" + d[10:12] + ":" + d[12:14] + "Z", true
}

func decimal(v uint64) string { return strconv.FormatUint(v, 10) }

// versionText writes a version held as major and minor half-bytes.
func versionText(prefix string, v uint64) string {
	switch major, minor := v>>4, v&15; {
	case v == 0:
		return unknown
	case minor == 0:
		return prefix + decimal(major)
	default:
		return prefix + decimal(major) + "." + decimal(minor)
	}
}
