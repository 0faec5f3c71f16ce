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

// nameKind is what a text of a certificate says. The kinds 1 to 12 are the DN
// types of the record layout; the others come from the fields that z/OS 3.2
// added behind the TLS and IPSec sections.
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
	nameKindCount
)

// nameInfo says how the texts of one kind are shown.
type nameInfo struct {
	key   string
	proto byte
	cert  kind // the key of the same certificate: "none" there means none here
	why   string
}

const (
	whyName     = "no session reported a name: only protocol providers do"
	whyValidity = "no session reported it: records before z/OS 3.2 do not hold it, later ones only when the protocol provider knows it"
)

var nameKinds = [nameKindCount]nameInfo{
	1:                   {"ipsec/local_cert_subjects", protoIPSec, ipsecLocalCertKey, whyName},
	2:                   {"ipsec/local_cert_issuers", protoIPSec, ipsecLocalCertKey, whyName},
	3:                   {"ipsec/remote_cert_subjects", protoIPSec, ipsecRemoteCertKey, whyName},
	4:                   {"ipsec/remote_cert_issuers", protoIPSec, ipsecRemoteCertKey, whyName},
	5:                   {"tls/cert_subjects", protoTLS, tlsCertKey, whyName},
	6:                   {"tls/cert_issuers", protoTLS, tlsCertKey, whyName},
	7:                   {"tls/client_cert_subjects", protoTLS, tlsClientCertKey, whyName},
	8:                   {"tls/client_cert_issuers", protoTLS, tlsClientCertKey, whyName},
	9:                   {"ssh/cert_subjects", protoSSH, sshCertKey, whyName},
	10:                  {"ssh/cert_issuers", protoSSH, sshCertKey, whyName},
	11:                  {"ssh/client_cert_subjects", protoSSH, sshClientCertKey, whyName},
	12:                  {"ssh/client_cert_issuers", protoSSH, sshClientCertKey, whyName},
	tlsServerSerial:     {"tls/cert_serials", protoTLS, tlsCertKey, whyValidity},
	tlsServerNotAfter:   {"tls/cert_not_after", protoTLS, tlsCertKey, whyValidity},
	tlsClientSerial:     {"tls/client_cert_serials", protoTLS, tlsClientCertKey, whyValidity},
	tlsClientNotAfter:   {"tls/client_cert_not_after", protoTLS, tlsClientCertKey, whyValidity},
	ipsecLocalSerial:    {"ipsec/local_cert_serials", protoIPSec, ipsecLocalCertKey, whyValidity},
	ipsecLocalNotAfter:  {"ipsec/local_cert_not_after", protoIPSec, ipsecLocalCertKey, whyValidity},
	ipsecRemoteSerial:   {"ipsec/remote_cert_serials", protoIPSec, ipsecRemoteCertKey, whyValidity},
	ipsecRemoteNotAfter: {"ipsec/remote_cert_not_after", protoIPSec, ipsecRemoteCertKey, whyValidity},
}

// name is one text of a certificate.
type name struct {
	kind nameKind
	text string
}

// namesOf appends the texts of one record. An error means that some of them
// could not be read; those before it are returned.
func (c *collection) namesOf(dst []name, v *view, tls, ipsec []byte) ([]name, error) {
	dst = validity(dst, tls, 42, tlsServerSerial)
	dst = validity(dst, tls, 79, tlsClientSerial)
	dst = validity(dst, ipsec, 74, ipsecLocalSerial)
	dst = validity(dst, ipsec, 111, ipsecRemoteSerial)
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

// validity reads what z/OS 3.2 added for a certificate: length of the serial
// number, serial number (20), type of time, end of validity (15).
func validity(dst []name, s []byte, at int, serial nameKind) []name {
	if at+37 > len(s) {
		return dst
	}
	s = s[at : at+37]
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
