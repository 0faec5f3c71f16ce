package zert

import (
	"slices"
	"strconv"
	"strings"
)

// Field is something a query can filter and group by.
type Field struct {
	Name    string
	Meaning string
	// List: a session may have several; as a group they are joined by "+".
	List bool
	// Number: the values are compared as numbers.
	Number bool
	// Time is the layout of a field that is the time of a record and not of the
	// session, "" for the others. One can group by it; what to filter by time is
	// for From and To of the query.
	Time string
	get  func(*Session) []string
}

// NewField makes a field to group by whose value the caller computes. It is
// asked once for each session, by several goroutines.
func NewField(name, meaning string, value func(*Session) string) Field {
	return textField(name, meaning, value)
}

// Value returns the text of the field for grouping; "-" when there is none.
func (f *Field) Value(s *Session) string {
	v := f.get(s)
	if len(v) == 0 {
		return "-"
	}
	return strings.Join(v, "+")
}

// Values returns the members of the field, for filtering.
func (f *Field) Values(s *Session) []string { return f.get(s) }

// Numbers returns the members of a field of numbers. What is not known is no
// number and is left out.
func (f *Field) Numbers(s *Session) []int64 {
	var out []int64
	for _, text := range f.get(s) {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// ftpUsers stands in place of a user id when the data connections of several users
// of an FTP server are one session.
const ftpUsers = "*FTPUSR*"

// Doubt says why the field of a session is not known for certain, "" when it is:
// the session does not show it, the record holds a code without a confirmed name,
// or stands for several users.
func (f *Field) Doubt(s *Session) string {
	for _, text := range f.get(s) {
		switch {
		case text == "" || text == unknown || strings.HasSuffix(text, " "+unknown):
			return f.Name + " is not known"
		case strings.HasPrefix(text, "code 0x") || strings.Contains(text, " code 0x"):
			return f.Name + " has " + text + ", which no published table names"
		case text == ftpUsers && f.Name == "user":
			return f.Name + " is " + ftpUsers + ", which stands for those of several data connections"
		}
	}
	return ""
}

// Reported reports whether only a protocol provider such as System SSL tells the
// field: zERT does not see it by watching a handshake.
func (f *Field) Reported() bool {
	return slices.Contains([]string{"cert_key", "cert_bits", "cert_sig", "cert_digest", "cert_subject", "cert_issuer", "cert_serial", "cert_not_after",
		"client_cert_key", "client_cert_digest", "client_cert_subject", "client_cert_issuer", "ssh_auth", "ssh_server_key"}, f.Name)
}

func textField(name, meaning string, get func(*Session) string) Field {
	return Field{Name: name, Meaning: meaning, get: func(s *Session) []string { return []string{get(s)} }}
}

func listField(name, meaning string, k kind) Field {
	return Field{Name: name, Meaning: meaning, List: true, get: func(s *Session) []string { return s.attributes[k] }}
}

func nameField(name, meaning string, k nameKind) Field {
	return Field{Name: name, Meaning: meaning, List: true, get: func(s *Session) []string { return s.names[k] }}
}

// Fields are all fields, in the order in which help lists them.
var Fields = []Field{
	textField("system", "SMF system id", func(s *Session) string { return s.System }),
	textField("stack", "TCP/IP stack", func(s *Session) string { return s.Stack }),
	textField("role", "side of the local end: server, client, ee, unknown", func(s *Session) string { return s.Role }),
	textField("job", "job name of the local end", func(s *Session) string { return s.Job }),
	textField("user", "user id of the local end", func(s *Session) string { return s.User }),
	textField("server", "address of the server", func(s *Session) string { return s.Server.String() }),
	textField("client", "address of the client", func(s *Session) string { return s.Client.String() }),
	textField("peer", "address of the other end", func(s *Session) string { return s.Peer.String() }),
	textField("network", "network of the other end: /24, or /64 of IPv6", peerNetwork),
	{Name: "port", Meaning: "port of the server, the first one of a range", Number: true, get: func(s *Session) []string { return []string{strconv.Itoa(s.Port)} }},
	{Name: "last_port", Meaning: "last port of a range, else the port", Number: true, get: func(s *Session) []string { return []string{strconv.Itoa(s.LastPort)} }},
	textField("transport", "tcp, or udp for Enterprise Extender", func(s *Session) string { return s.Transport }),
	{Name: "protection", Meaning: "security protocols: none, tls, ssh, ipsec", List: true, get: func(s *Session) []string { return s.Protection }},
	{Name: "encryption", Meaning: "ciphers of whatever protocol: AES-256-GCM, none ...", List: true, get: ciphers},
	listField("tls_version", "TLS protocol version: TLSv1.2 ...", tlsVersion),
	listField("suite", "TLS cipher suite, by its IANA name", tlsSuite),
	{Name: "suite_class", Meaning: "class of the suite: recommended, secure, weak, insecure, unregistered", List: true, get: suiteClass},
	listField("key_exchange", "TLS key exchange", tlsKeyExchange),
	listField("source", "how zERT knows of TLS: provider, observation", tlsSource),
	listField("cert_key", "type and size of the server certificate's key: RSA 2048", tlsCertKey),
	{Name: "cert_bits", Meaning: "size of that key in bits; no member when unknown", List: true, Number: true, get: certBits},
	listField("cert_sig", "method of the server certificate's signature", tlsCertSig),
	listField("cert_digest", "digest of the server certificate's signature", tlsCertDigest),
	nameField("cert_subject", "subject of the server certificate", 5),
	nameField("cert_issuer", "issuer of the server certificate", 6),
	nameField("cert_serial", "serial number of the server certificate (z/OS 3.2)", tlsServerSerial),
	nameField("cert_not_after", "end of its validity, UTC (z/OS 3.2)", tlsServerNotAfter),
	listField("client_cert_key", "type and size of the client certificate's key", tlsClientCertKey),
	listField("client_cert_digest", "digest of the client certificate's signature", tlsClientCertDigest),
	nameField("client_cert_subject", "subject of the client certificate", 7),
	nameField("client_cert_issuer", "issuer of the client certificate", 8),
	listField("ssh_version", "SSH protocol version", sshVersion),
	listField("ssh_auth", "SSH authentication of the client", sshAuth),
	listField("ssh_key_exchange", "SSH key exchange", sshKeyExchange),
	listField("ssh_encryption", "SSH encryption", sshEncryption),
	listField("ssh_mac", "SSH message authentication", sshMAC),
	listField("ssh_server_key", "type and size of the SSH server's key", sshServerKey),
	listField("ike_version", "IKE version", ipsecIKEVersion),
	listField("ike_dh_group", "Diffie-Hellman group of IKE, by its IANA number", ipsecIKEGroup),
	listField("ipsec_protocol", "ESP, or AH, which does not encrypt", ipsecProtocol),
	listField("ipsec_encryption", "IPSec encryption", ipsecEncryption),
	listField("ipsec_mac", "IPSec message authentication", ipsecMAC),
	{Name: "day", Meaning: "day in which the interval lay, local clock", Time: "2006-01-02", get: noValue},
	{Name: "hour", Meaning: "hour in which the interval ended, local clock", Time: "2006-01-02 15:00", get: noValue},
}

// FieldNamed returns the field of a name.
func FieldNamed(name string) (Field, bool) {
	i := slices.IndexFunc(Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return Fields[i], true
}

func noValue(*Session) []string { return nil }

func peerNetwork(s *Session) string {
	bits := networkBits[0][0]
	if s.Peer.Is6() {
		bits = networkBits[1][0]
	}
	p, err := s.Peer.Prefix(bits)
	if err != nil {
		return unknown
	}
	return p.String()
}

// cipherText names a cipher as people do: AES-256-GCM, RC4-128, 3DES.
func cipherText(cipher, bits, mode string) string {
	switch {
	case cipher == "":
		return unknown // a signal and no suite
	case cipher == "NULL":
		return "none"
	case cipher == "CHACHA20":
		return cipher + "-" + mode
	case cipher == "3DES" || cipher == "DES":
		return cipher + "-" + mode
	case mode == "STREAM":
		return cipher + "-" + bits
	}
	return cipher + "-" + bits + "-" + mode
}

func suiteClass(s *Session) []string {
	var out []string
	for _, suite := range s.attributes[tlsSuite] {
		class := suites()[suite].Class
		switch {
		case class != "":
		case suite == unknown:
			class = unknown
		default:
			class = "unregistered"
		}
		if !slices.Contains(out, class) {
			out = append(out, class)
		}
	}
	return out
}

// ciphers gathers what encrypted a session. A suite that is not registered does
// not tell.
func ciphers(s *Session) []string {
	var out []string
	add := func(text string) {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	for _, suite := range s.attributes[tlsSuite] {
		if cipher := suites()[suite].Cipher; cipher != "" {
			add(cipher)
		} else {
			add(unknown)
		}
	}
	for _, k := range []kind{sshEncryption, ipsecEncryption} {
		for _, text := range s.attributes[k] {
			add(text)
		}
	}
	if slices.Contains(s.Protection, "none") {
		add("none")
	}
	return out
}

// certBits takes the size out of "RSA 2048".
func certBits(s *Session) []string {
	var out []string
	for _, key := range s.attributes[tlsCertKey] {
		i := strings.LastIndexByte(key, ' ')
		switch size := key[i+1:]; {
		case key == "none":
		case size != "" && size[0] >= '0' && size[0] <= '9' && i > 0 && !strings.HasPrefix(size, "0x"):
			out = append(out, size)
		default:
			out = append(out, unknown)
		}
	}
	return out
}
