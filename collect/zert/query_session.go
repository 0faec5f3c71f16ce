package zert

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

// Session is one zERT session as a query sees it: everything of SMF 119-12 that
// stays over its life. Texts are as in the facts: IANA names of suites, TLSv1.2,
// "RSA 2048", "code 0x1F" for codes without a confirmed name, "unknown" for what
// no record told. A list has more than one member where a record has.
type Session struct {
	System, Stack, Role, Job, User string

	Server, Client  netip.Addr
	Port, LastPort  int // of the server; the same but for a range
	Peer            netip.Addr
	Protection      []string // none, tls, ssh, ipsec
	attributes      [kindCount][]string
	subject, issuer []string
}

// Field is something a query can filter and group by.
type Field struct {
	Name    string
	Meaning string
	// List: a session may have several; as a group they are joined by "+".
	List bool
	// Number: the value is compared as a number.
	Number bool
	get    func(*Session) []string
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

func textField(name, meaning string, get func(*Session) string) Field {
	return Field{Name: name, Meaning: meaning, get: func(s *Session) []string { return []string{get(s)} }}
}

func listField(name, meaning string, k kind) Field {
	return Field{Name: name, Meaning: meaning, List: true, get: func(s *Session) []string { return s.attributes[k] }}
}

// suiteClasses holds the class of every suite in tls_cipher_suites.csv, which
// states the rules in its reasons column.
var suiteClasses = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, row := range mustRows(suitesCSV) {
		out[row[1]] = row[8]
	}
	return out
})

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
	{Name: "port", Meaning: "port of the server, the first one of a range", Number: true, get: func(s *Session) []string { return []string{strconv.Itoa(s.Port)} }},
	{Name: "protection", Meaning: "security protocols: none, tls, ssh, ipsec", List: true, get: func(s *Session) []string { return s.Protection }},
	listField("tls_version", "TLS protocol version: TLSv1.2 ...", tlsVersion),
	listField("suite", "TLS cipher suite, by its IANA name", tlsSuite),
	{Name: "suite_class", Meaning: "class of the suite: recommended, secure, weak, insecure, unregistered", List: true, get: suiteClass},
	listField("key_exchange", "TLS key exchange", tlsKeyExchange),
	listField("cert_key", "type and size of the server certificate's key: RSA 2048", tlsCertKey),
	listField("cert_digest", "digest of the server certificate's signature", tlsCertDigest),
	{Name: "cert_subject", Meaning: "subject of the server certificate", List: true, get: func(s *Session) []string { return s.subject }},
	{Name: "cert_issuer", Meaning: "issuer of the server certificate", List: true, get: func(s *Session) []string { return s.issuer }},
	listField("ssh_version", "SSH protocol version", sshVersion),
	listField("ssh_key_exchange", "SSH key exchange", sshKeyExchange),
	listField("ssh_encryption", "SSH encryption", sshEncryption),
	listField("ssh_mac", "SSH message authentication", sshMAC),
	listField("ike_version", "IKE version", ipsecIKEVersion),
	listField("ipsec_encryption", "IPSec encryption", ipsecEncryption),
	listField("ipsec_mac", "IPSec message authentication", ipsecMAC),
}

// FieldNamed returns the field of a name.
func FieldNamed(name string) (Field, bool) {
	i := slices.IndexFunc(Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return Fields[i], true
}

func suiteClass(s *Session) []string {
	var out []string
	for _, suite := range s.attributes[tlsSuite] {
		class := suiteClasses()[suite]
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

// session makes a decoded session readable.
func (q *querier) session(s *session) *Session {
	k := q.services[s.service].key
	out := &Session{
		System: text(q, k.sid[:]), Stack: text(q, k.stack[:]), Role: roleNames[k.role],
		Job: text(q, k.job[:]), User: text(q, s.user[:]),
		Server: address(k.ip, k.v6), Peer: address(s.peer, k.v6),
		Port: int(k.portFirst), LastPort: int(k.portLast),
	}
	out.Client = out.Peer
	if k.role == roleClient {
		// The local end is the client, whose address is not part of the service.
		out.Client = address(ipField(q.view.common[saCltIP:], k.v6), k.v6)
	}
	t := &q.templates[s.template]
	for _, a := range t.attributes {
		kind := a.kind()
		out.attributes[kind] = append(out.attributes[kind], kinds[kind].text(&q.namer, a.value()))
	}
	out.Protection = out.attributes[protection]
	for _, n := range t.names {
		switch n.kind {
		case 5:
			out.subject = append(out.subject, n.text)
		case 6:
			out.issuer = append(out.issuer, n.text)
		}
	}
	return out
}

func text(q *querier, b []byte) string { return collect.Text(q.page.String(b)).Raw() }
