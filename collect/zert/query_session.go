package zert

import (
	"net/netip"

	"github.com/irondrift/irondrift/collect"
)

// Session is one zERT session as a query sees it: everything of SMF 119-12 that
// stays over its life. Texts are as in the facts: IANA names of suites, TLSv1.2,
// "RSA 2048", "code 0x1F" for codes without a confirmed name, "unknown" for what
// no record told. A list has more than one member where a record has.
type Session struct {
	System, Stack, Role, Job, User string

	Server, Client netip.Addr
	Port, LastPort int // of the server; the same but for a range
	Peer           netip.Addr
	Transport      string   // tcp; udp for Enterprise Extender
	Protection     []string // none, tls, ssh, ipsec
	// Old: its records have no field for failed handshakes, as those before z/OS
	// 3.2. A session of such records that has the protection none may be a
	// handshake that failed.
	Old bool
	*texts
}

// texts are the attributes and names of a template, which many sessions share.
type texts struct {
	attributes [kindCount][]string
	names      [nameKindCount][]string
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
	out.Client, out.Transport = out.Peer, "tcp"
	if q.view.common[saIPProto] == 17 {
		out.Transport = "udp"
	}
	out.Old = len(q.view.common) < saFailedEnd
	if k.role == roleClient {
		// The local end is the client, whose address is not part of the service.
		out.Client = address(ipField(q.view.common[saCltIP:], k.v6), k.v6)
	}
	out.texts = q.textsOf(&q.templates[s.template])
	out.Protection = out.attributes[protection]
	return out
}

// textsOf makes a template readable, once.
func (q *querier) textsOf(t *template) *texts {
	if t.texts != nil {
		return t.texts
	}
	t.texts = &texts{}
	for _, a := range t.attributes {
		list := &t.texts.attributes[a.kind()]
		*list = append(*list, kinds[a.kind()].text(&q.namer, a.value()))
	}
	for _, n := range t.names {
		list := &t.texts.names[n.kind]
		*list = append(*list, n.text)
	}
	return t.texts
}

func text(q *querier, b []byte) string { return collect.Text(q.page.String(b)).Raw() }
