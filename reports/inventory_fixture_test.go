package reports

import (
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// exampleInventory is the cryptography of the example: TLS of two services on
// PRDA, of which one has no purpose, a policy that declares something else, and
// a z/VM system of which only the declaration is known.
func exampleInventory() rules.Inventory {
	at := func(hour int) time.Time { return time.Date(2026, 11, 17, hour, 30, 0, 0, time.UTC) }
	zert := func(key collect.Key, line int64) rules.Evidence {
		return rules.Evidence{Ref: "PRDA-zert-smf-77aa88bb#1", System: "PRDA", Source: "zert-smf", Key: key, File: "prda.smf", Line: line, Record: true,
			Digest: setroptsDigest, Content: setroptsContent, Period: night}
	}
	const tn, db, rule, ssl = "zert/PRDA/TCPIP/server/TN3270A/10.1.2.3:992", "zert/PRDA/TCPIP/server/DB2ADIST/10.1.2.3:5448", "attls/TCPIP/rule/TN3270", "zvm/tls/SSL00001"
	algorithm := func(class, reason string, bits int, pq, primitive string) rules.Algorithm {
		return rules.Algorithm{Class: class, Reason: reason, Bits: bits, PostQuantum: pq, Primitive: primitive}
	}
	prda := func(status rules.AssetStatus, seen, declared int) rules.AssetOnSystem {
		s := rules.AssetOnSystem{System: "PRDA", Status: status, Seen: seen, Declared: declared, Sessions: -1, Connections: -1}
		if seen > 0 {
			s.Sessions, s.Connections, s.First, s.Last = 4, 1362, at(1), at(23)
			s.Purposes, s.Owners = []string{"3270 terminals"}, []string{"network team"}
		}
		return s
	}
	without := func(s rules.AssetOnSystem) rules.AssetOnSystem {
		s.WithoutPurpose, s.WithoutOwner = []collect.Key{db}, []collect.Key{db}
		return s
	}
	seenAt := func(services ...int) (out []rules.AssetUse) {
		for _, s := range services {
			out = append(out, rules.AssetUse{Service: s, Seen: true, Records: 91, First: at(1), Last: at(23)})
		}
		return out
	}
	old := without(prda(rules.SeenNotDeclared, 1, 0))
	old.Action, old.Due = "off with the new Db2 drivers", "2027-03-31"
	declared := rules.AssetOnSystem{System: "VMP1", Status: rules.DeclaredOnly, Declared: 1, Sessions: -1, Connections: -1, WithoutPurpose: []collect.Key{ssl}, WithoutOwner: []collect.Key{ssl}}
	inv := rules.Inventory{
		Services: []rules.InventoryService{
			{System: "PRDA", Kind: "AT-TLS rule", Key: rule, Role: "server", Ports: "992", Purpose: "3270 terminals", Owner: "network team", Sessions: -1, Connections: -1,
				Evidence: rules.Evidence{Ref: "PRDA-attls-policy-00112233#8", System: "PRDA", Source: "attls-policy", Key: rule, File: "ttls.policy", Line: 8, Period: night}},
			{System: "PRDA", Kind: "zERT service", Key: db, Job: "DB2ADIST", Role: "server", Ports: "5448", Sessions: 1, Connections: 284, First: at(1), Last: at(23), Evidence: zert(db, 12)},
			{System: "PRDA", Kind: "zERT service", Key: tn, Job: "TN3270A", Role: "server", Ports: "992", Purpose: "3270 terminals", Owner: "network team", Sessions: 4, Connections: 1362, First: at(1), Last: at(23), Evidence: zert(tn, 9)},
			{System: "VMP1", Kind: "SSL server", Key: ssl, Job: "SSL00001", Sessions: -1, Connections: -1,
				Evidence: rules.Evidence{Ref: "VMP1-zvm-tcpip-44556677#3", System: "VMP1", Source: "zvm-tcpip", Key: ssl, File: "SYSTEM DTCPARMS", Line: 3, Period: night}},
		},
		Assets: []rules.InventoryAsset{
			{Kind: rules.AssetProtocol, Name: "TLSv1.0", Protocols: []string{"tls"}, Algorithm: algorithm("insecure", "RFC 8996", 0, "no", ""), Uses: seenAt(1), Systems: []rules.AssetOnSystem{old}},
			{Kind: rules.AssetProtocol, Name: "TLSv1.2", Protocols: []string{"tls"}, Algorithm: algorithm("secure", "with ECDHE and AEAD suites", 0, "no", ""),
				Uses:    append(seenAt(2), rules.AssetUse{Service: 0, Declared: true}, rules.AssetUse{Service: 3, Declared: true}),
				Systems: []rules.AssetOnSystem{prda(rules.SeenAndDeclared, 1, 1), declared}},
			{Kind: rules.AssetProtocol, Name: "TLSv1.3", Protocols: []string{"tls"}, Algorithm: algorithm("recommended", "RFC 8446", 0, "unknown", ""),
				Uses: []rules.AssetUse{{Service: 0, Declared: true}}, Systems: []rules.AssetOnSystem{prda(rules.DeclaredNotSeen, 0, 1)}},
			{Kind: rules.AssetSuite, Name: "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Protocols: []string{"tls"}, Algorithm: algorithm("recommended", "", 256, "no", ""),
				Uses: append(seenAt(2), rules.AssetUse{Service: 0, Declared: true}), Systems: []rules.AssetOnSystem{prda(rules.SeenAndDeclared, 1, 1)}},
			{Kind: rules.AssetSuite, Name: "TLS_RSA_WITH_RC4_128_SHA", Protocols: []string{"tls"}, Algorithm: algorithm("insecure", "I4-rc4", 128, "no", ""), Uses: seenAt(1), Systems: []rules.AssetOnSystem{old}},
			{Kind: rules.AssetSuite, Name: "0xFEFE", Protocols: []string{"tls"}, Algorithm: algorithm("unlisted", "not in the IANA registry", 0, "unknown", ""), Uses: seenAt(1), Systems: []rules.AssetOnSystem{without(prda(rules.SeenNotDeclared, 1, 0))}},
			{Kind: rules.AssetAlgorithm, Function: "encryption", Name: "AES-256-GCM", Protocols: []string{"tls"}, Algorithm: algorithm("recommended", "SP 800-38D", 256, "not affected", "ae"), Uses: seenAt(2), Systems: []rules.AssetOnSystem{prda(rules.SeenOnly, 1, 0)}},
			{Kind: rules.AssetAlgorithm, Function: "encryption", Name: "RC4-128", Protocols: []string{"tls"}, Algorithm: algorithm("insecure", "RFC 7465", 128, "not affected", "stream-cipher"), Uses: seenAt(1), Systems: []rules.AssetOnSystem{old}},
			{Kind: rules.AssetAlgorithm, Function: "signature", Name: "RSA with SHA-256", Protocols: []string{"tls"}, Algorithm: algorithm("secure", "", 0, "no", "signature"), Uses: seenAt(2), Systems: []rules.AssetOnSystem{prda(rules.SeenOnly, 1, 0)}},
			{Kind: rules.AssetGroup, Name: "secp256r1", Protocols: []string{"tls"}, Algorithm: algorithm("recommended", "", 128, "no", "key-agree"), Uses: []rules.AssetUse{{Service: 0, Declared: true}}, Systems: []rules.AssetOnSystem{prda(rules.DeclaredOnly, 0, 1)}},
			{Kind: rules.AssetKey, Name: "RSA 2048", Protocols: []string{"tls"}, Roles: []string{"TLS server certificate"}, Algorithm: algorithm("secure", "", 112, "no", "signature"), Uses: seenAt(2), Systems: []rules.AssetOnSystem{prda(rules.SeenOnly, 1, 0)}},
			{Kind: rules.AssetCertificate, Name: "CN=tn.example.com; serial 0a1b; issued by CN=Example CA", Protocols: []string{"tls"}, Roles: []string{"TLS server certificate"},
				Certificate: &rules.AssetCertificateOf{Subject: "CN=tn.example.com", Issuer: "CN=Example CA", Serial: "0a1b", NotAfter: "2026-11-01T00:00:00Z", Key: "RSA 2048", Signature: "RSA with SHA-256"},
				Uses:        seenAt(2), Systems: []rules.AssetOnSystem{prda(rules.SeenOnly, 1, 0)}},
		},
		Systems: []rules.InventorySystem{
			{ID: "VMP1", Platform: "zvm", DeclaredFrom: []string{"zvm-tcpip"}, Gap: "no extract of z/VM shows what was used, only what is declared"},
			{ID: "PRDA", Platform: "zos", SeenFrom: []string{"zert-smf"}, DeclaredFrom: []string{"attls-policy"}, Strategy: "standard 7", Trends: "crypto board",
				Review: &rules.InventoryReview{System: "PRD*", Date: "2025-11-01", By: "M. Laurent", Ticket: "CRY-0031"}, ReviewAge: 382, ReviewNight: "2025-10-31"},
			{ID: "IBMI7", Platform: "ibmi", Gap: "there are no socket entries of the audit journal"},
		},
		Limits: []rules.InventoryLimit{
			{System: "PRDA", Source: "zert-smf", Text: "zERT names no groups: whether TLSv1.3 sessions of 3 services exchange keys in a way that withstands quantum computers is not known"},
			{System: "IBMI7", Text: "there are no socket entries of the audit journal: what is used is not known"},
			{System: "PRDA", Source: "zert-smf", Text: "tls/suites of zert/PRDA/TCPIP/server/MQA1CHIN/10.1.2.3:1414 not known: no session reported it"},
		},
	}
	// On PRDA the RC4 of Db2 came after the review, and so did TLS 1.3 in the
	// policy; of certificates nothing was known then.
	since := func(a *rules.InventoryAsset, system string) rules.ReviewStatus {
		switch {
		case system != "PRDA":
			return rules.NotReviewed
		case strings.Contains(a.Name, "RC4"):
			return rules.SeenSinceReview
		case a.Name == "TLSv1.3":
			return rules.DeclaredSince
		case a.Kind == rules.AssetCertificate:
			return rules.UnknownSinceReview
		}
		return rules.ThereAtReview
	}
	for i := range inv.Assets {
		a := &inv.Assets[i]
		for j := range a.Uses {
			a.Uses[j].Since = since(a, inv.Services[a.Uses[j].Service].System)
		}
		for j := range a.Systems {
			a.Systems[j].Since = since(a, a.Systems[j].System)
		}
	}
	return inv
}
