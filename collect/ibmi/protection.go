package ibmi

import "github.com/irondrift/irondrift/collect"

// Why the protection of connections cannot be told.
const (
	whyNoPort       = "the entry does not tell, and the port is in no table: name it in the site's port table"
	whyUnlistedTLS  = "TLS was seen on this port, but nothing excludes connections without: if it takes nothing else, put it in the site's port table with class tls"
	whyUndecidable  = "the entry does not tell, and the service on this port may or may not encrypt"
	whyStartTLS     = "the service on this port may upgrade to TLS, and no secure session entry shows that it does"
	whySomeTLS      = "the service on this port may upgrade to TLS; secure session entries show that connections do, but not that all do"
	whyNoTLSEntry   = "the port is one for TLS, but no secure session entry confirms it: they need *NETSECURE in QAUDLVL, and exist for System TLS only"
	whyNoIPsecEntry = "the port is one for IPsec, but no secure session entry confirms it: they need *NETSECURE in QAUDLVL"
	whyNoText       = "its entries do not name a protocol"
)

// protection returns the set of protections that can be told for the
// connections of one kind on one port. Accept, connect and UDP entries do not
// carry it, so it follows from what the port stands for and from the secure
// session entries of the same port, whatever the order and the number of either:
//
//	class of the port   secure session entries of it     protection
//	any                 TLS for every connection         tls
//	clear               none                             clear
//	clear               TLS                              clear, tls
//	tls                 TLS                              tls
//	tls                 none                             unknown: nothing confirms it
//	starttls            none, TLS                        unknown: perhaps some, perhaps all
//	ssh                 none (OpenSSH cuts none)         ssh
//	ipsec               IPsec                            ipsec
//	unknown, unlisted   none, TLS                        unknown
//
// For every connection means that each entry A or C was joined to an entry S with
// the same addresses and ports, see [joiner].
//
// A port that the table calls clear stays clear even when TLS is seen on it: the
// table says what listens there, the entries say that somebody also used TLS.
func protection(key collect.Key, port service, e *entity, joined bool, evidence *texts, opts *collect.Options) collect.Entry {
	at := e.seen.origin(opts)
	unknown := func(why string) collect.Entry {
		return collect.Entry{Key: key, Value: collect.Unknown(why), At: at}
	}
	tls, ipsec := evidence.seen["tls"], evidence.seen["ipsec"]
	if joined && tls != nil {
		return collect.SetEntry(key, at, evidence.members(opts))
	}
	var members []collect.Member
	switch port.class {
	case classClear, classSSH:
		members = append(members, collect.Member{Text: port.class, At: at})
	case classTLS:
		if tls == nil {
			return unknown(whyNoTLSEntry)
		}
	case classIPsec:
		if ipsec == nil {
			return unknown(whyNoIPsecEntry)
		}
	case classStartTLS:
		if tls == nil {
			return unknown(whyStartTLS)
		}
		return unknown(whySomeTLS)
	default:
		switch {
		case tls != nil:
			return unknown(whyUnlistedTLS)
		case port.name == unlisted:
			return unknown(whyNoPort)
		}
		return unknown(whyUndecidable)
	}
	return collect.SetEntry(key, at, append(members, evidence.members(opts)...))
}

// secureProtection returns the protections that secure session entries state.
func secureProtection(key collect.Key, e *entity, opts *collect.Options) collect.Entry {
	at := e.seen.origin(opts)
	if len(e.protections.seen) == 0 {
		return collect.Entry{Key: key, Value: collect.Unknown(whyNoText), At: at}
	}
	return collect.SetEntry(key, at, e.protections.members(opts))
}

// secureKind returns the kind whose entries show the protection of connections
// of kind k.
func secureKind(k kind) kind {
	switch k {
	case connect, udpClientIn, udpClientOut:
		return secureClient
	}
	return secure
}
