package rules

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/testdata"
)

var inventoryDay = time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)

func inventoryOf(t *testing.T, s Site, sys System, parts ...*collect.Part) *Inventory {
	t.Helper()
	inv, err := builtinEngine(t, s).Inventory(context.Background(), sys, parts)
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

func (inv *Inventory) find(kind AssetKind, name string) *InventoryAsset {
	for i := range inv.Assets {
		if a := &inv.Assets[i]; a.Kind == kind && a.Name == name {
			return a
		}
	}
	return nil
}

func (inv *Inventory) says(text string) bool {
	return slices.ContainsFunc(inv.Limits, func(l InventoryLimit) bool { return strings.Contains(l.Text, text) })
}

// zertService are the facts of a service that used TLS.
func zertService(endpoint, versions, suites string, more ...string) []string {
	at := "zert/PRDA/TCPIP/server/" + endpoint + "/"
	out := []string{at + `protection: ["tls"]`, at + "tls/versions: " + versions, at + "tls/suites: " + suites}
	for _, m := range more {
		out = append(out, at+m)
	}
	return out
}

func zertPart(facts []string, coverage ...collect.Coverage) *collect.Part {
	if coverage == nil {
		coverage = []collect.Coverage{complete("zert")}
	}
	p := testPart("PRDA", "zert-smf", facts, coverage...)
	p.Header.Unit, p.Header.View = "record", collect.Watched
	return p
}

var prda = System{ID: "PRDA", Platform: "zos"}

// TestInventoryDeclaredAndSeen (composed) puts a policy beside what was seen.
func TestInventoryDeclaredAndSeen(t *testing.T) {
	seen := zertPart(append(
		zertService("CICS1/10.1.1.1:5443", `["TLSv1.1","TLSv1.2"]`, `["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","0xFEFE"]`, `tls/cert_key: ["RSA 1024"]`),
		zertService("CICS2/10.1.1.1:5444", `["TLSv1.2"]`, `["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]`, `tls/cert_key: ["ECC 256"]`)...))
	policy := testPart("PRDA", "attls-policy", []string{
		`attls/TCPIP/rule/CICS/Direction: Inbound`, `attls/TCPIP/rule/CICS/LocalPortRange: ["5443"]`, `attls/TCPIP/rule/CICS/Jobname: CICS1`,
		`attls/TCPIP/rule/CICS/TTLSEnabled: true`, `attls/TCPIP/rule/CICS/ClientECurves: ["secp256r1"]`,
		`attls/TCPIP/rule/CICS/tls/versions: ["TLSv1.2","TLSv1.3"]`, `attls/TCPIP/rule/CICS/tls/suites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]`,
		`attls/TCPIP/rule/OFF/TTLSEnabled: false`, `attls/TCPIP/rule/OFF/tls/versions: ["SSLv3"]`,
	}, complete("attls"))
	inv := inventoryOf(t, Site{
		Date:     inventoryDay,
		Services: []Service{{System: "PRDA", Job: "CICS1", Port: 5443, Purpose: "cards", Owner: "card services"}},
		Cryptography: Cryptography{Assets: []AssetNote{
			{Kind: "suite", Name: "TLS_RSA_*", Purpose: "old tills", Action: "replace", Due: "2026-11-01"},
		}},
	}, prda, seen, policy)
	for name, want := range map[string]AssetStatus{
		"TLSv1.1": SeenNotDeclared, "TLSv1.2": SeenAndDeclared, "TLSv1.3": DeclaredNotSeen,
		"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256": SeenAndDeclared, "TLS_RSA_WITH_3DES_EDE_CBC_SHA": SeenNotDeclared, "0xFEFE": SeenNotDeclared,
	} {
		a := inv.find(AssetProtocol, name)
		if a == nil {
			a = inv.find(AssetSuite, name)
		}
		if a == nil || a.Systems[0].Status != want {
			t.Errorf("%s: %+v, want %s", name, a, want)
		}
	}
	if inv.find(AssetProtocol, "SSLv3") != nil {
		t.Error("a rule with TTLSEnabled Off declares nothing")
	}
	for _, c := range []struct {
		kind              AssetKind
		name, class, post string
	}{
		{AssetProtocol, "TLSv1.1", ClassInsecure, QuantumNo}, {AssetProtocol, "TLSv1.3", ClassRecommended, QuantumUnknown},
		{AssetSuite, "0xFEFE", ClassUnlisted, QuantumUnknown}, {AssetSuite, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", ClassInsecure, QuantumNo},
		{AssetKey, "RSA 1024", ClassInsecure, QuantumNo}, {AssetKey, "ECC 256", ClassSecure, QuantumNo},
		{AssetAlgorithm, "3DES-CBC", ClassInsecure, QuantumNotAffected}, {AssetAlgorithm, "RSA", ClassWeak, QuantumNo},
		{AssetAlgorithm, "ECDHE", ClassRecommended, QuantumNo}, {AssetGroup, "secp256r1", ClassRecommended, QuantumNo},
	} {
		if a := inv.find(c.kind, c.name); a == nil || a.Algorithm.Class != c.class || a.Algorithm.PostQuantum != c.post {
			t.Errorf("%s %s: %+v, want %s, post-quantum %s", c.kind, c.name, a, c.class, c.post)
		}
	}
	// zERT names no groups: that a declared one was not seen means nothing.
	if s := inv.find(AssetGroup, "secp256r1").Systems[0]; s.Status != DeclaredOnly {
		t.Errorf("secp256r1 is %s", s.Status)
	}
	v12 := inv.find(AssetProtocol, "TLSv1.2").Systems[0]
	if v12.Seen != 2 || v12.Declared != 1 || !slices.Equal(v12.Purposes, []string{"cards"}) ||
		!slices.Equal(v12.WithoutPurpose, []collect.Key{"zert/PRDA/TCPIP/server/CICS2/10.1.1.1:5444"}) {
		t.Errorf("TLSv1.2: %+v", v12)
	}
	if old := inv.find(AssetSuite, "TLS_RSA_WITH_3DES_EDE_CBC_SHA").Systems[0]; old.Purposes[0] != "old tills" || len(old.WithoutPurpose) > 0 || old.Action != "replace" {
		t.Errorf("the note on TLS_RSA_*: %+v", old)
	}
	svc := inv.Services[slices.IndexFunc(inv.Services, func(s InventoryService) bool { return s.Job == "CICS1" && s.Kind == kindZERT })]
	if svc.Evidence.Line == 0 || svc.Evidence.File != "zert-smf.txt" || !svc.Evidence.Record || svc.Ports != "5443" || svc.Owner != "card services" {
		t.Errorf("service %+v", svc)
	}
}

// TestInventoryFileAndListing: a rule that stands in the policy file and in the
// listing of what is in force is one place, with the evidence of both.
func TestInventoryFileAndListing(t *testing.T) {
	facts := []string{`attls/TCPIP/rule/R/TTLSEnabled: true`, `attls/TCPIP/rule/R/tls/versions: ["TLSv1.3"]`, `attls/TCPIP/rule/R/tls/suites: ["TLS_AES_128_GCM_SHA256"]`}
	inv := inventoryOf(t, Site{Date: inventoryDay}, prda,
		testPart("PRDA", "attls-policy", facts, complete("attls")), testPart("PRDA", "attls-pasearch", facts, complete("attls")))
	a := inv.find(AssetProtocol, "TLSv1.3")
	if a == nil || len(a.Uses) != 2 || a.Systems[0].Declared != 1 || len(a.Systems[0].WithoutPurpose) != 1 || len(a.Systems[0].WithoutOwner) != 1 {
		t.Errorf("%+v", a)
	}
}

// TestInventoryStatements: nothing is concluded from what was not read.
func TestInventoryStatements(t *testing.T) {
	seen := zertService("A/10.1.1.1:443", `["TLSv1.2","unknown"]`, `["TLS_AES_128_GCM_SHA256"]`)
	for _, c := range []struct {
		name   string
		sys    System
		parts  []*collect.Part
		limit  string
		gap    string
		status map[string]AssetStatus
	}{
		{"nothing at all", prda, nil, "no zERT records", "no zERT records", nil},
		{"only an unrelated part", prda, []*collect.Part{testPart("PRDA", "racf-setropts", []string{"racf/setropts/REVOKE: 3"}, complete("racf/setropts"))}, "no zERT records", "no zERT records", nil},
		{"seen without policy", prda, []*collect.Part{zertPart(seen)}, "no AT-TLS policy", "", map[string]AssetStatus{"TLSv1.2": SeenOnly}},
		{"partial dump", prda, []*collect.Part{zertPart(seen, collect.Coverage{Prefix: "zert", State: collect.Partial, Reason: "cut at byte 9"})}, "cut at byte 9", "cut at byte 9", nil},
		{"switched off", prda, []*collect.Part{zertPart(append(seen, `zert/PRDA/TCPIP/aggregation: ["disabled"]`))}, "aggregation of stack TCPIP was switched off", "switched off for a time", nil},
		{"some versions unknown", prda, []*collect.Part{zertPart(seen)}, "tls/versions of some sessions of zert/PRDA/TCPIP/server/A/10.1.1.1:443 not known", "", nil},
		{"suites not reported", prda, []*collect.Part{zertPart([]string{`zert/PRDA/TCPIP/server/A/10.1.1.1:443/protection: ["tls"]`, `zert/PRDA/TCPIP/server/A/10.1.1.1:443/tls/suites: ?no session reported it`})}, "tls/suites of zert/PRDA/TCPIP/server/A/10.1.1.1:443 not known: no session reported it", "", nil},
		{"certificates beyond the limit", prda, []*collect.Part{zertPart(append(seen, `zert/PRDA/TCPIP/server/A/10.1.1.1:443/tls/cert_subjects: ?more than 64 distinct ones`))}, "more than 64 distinct ones", "", nil},
		{"partial policy", prda, []*collect.Part{zertPart(seen), testPart("PRDA", "attls-policy", []string{
			`attls/*/rule/R/TTLSEnabled: true`, `attls/*/rule/R/tls/versions: ["TLSv1.3"]`,
		}, collect.Coverage{Prefix: "attls", State: collect.Partial, Reason: "cut"})}, "attls: the extract is incomplete: cut", "", map[string]AssetStatus{"TLSv1.2": SeenOnly}},
		{"a rule with unknown versions", prda, []*collect.Part{zertPart(seen), testPart("PRDA", "attls-pasearch", []string{
			`attls/TCPIP/rule/Q/TTLSEnabled: true`, `attls/TCPIP/rule/Q/tls/versions: ["TLSv1.1"]`,
			`attls/TCPIP/rule/R/TTLSEnabled: true`, `attls/TCPIP/rule/R/tls/versions: ?the action it refers to is not in the extract`,
		}, complete("attls"))}, "the action it refers to is not in the extract", "", map[string]AssetStatus{
			"TLSv1.2": SeenOnly,     // the other rule may declare it
			"TLSv1.1": DeclaredOnly, // the sessions of unknown version may have used it
		}},
		{"release decides", System{ID: "I1", Platform: "ibmi"}, []*collect.Part{testPart("I1", "ibmi-sysval", []string{`ibmi/sysval/QSSLPCL: ["*OPSYS"]`}, complete("ibmi/sysval"))}, "QSSLPCL is *OPSYS", "no socket entries", nil},
		{"secure sessions not audited", System{ID: "I1", Platform: "ibmi"}, []*collect.Part{testPart("I1", "ibmi-sk", []string{`ibmi/sk/entry_types: ["A"]`}, complete("ibmi/sk"))}, "*NETSECURE", "*NETSECURE", nil},
		{"z/VM without its SSL servers", System{ID: "V1", Platform: "zvm"}, []*collect.Part{testPart("V1", "zvm-tcpip", []string{`zvm/tls/enabled: yes`}, complete("zvm/tls"))},
			"no DTCPARMS file that defines it was read", "no DTCPARMS file", nil},
		{"z/VM declares only", System{ID: "V1", Platform: "zvm"}, []*collect.Part{testPart("V1", "zvm-tcpip", []string{
			`zvm/tls/SSL1/protocol/tlsv1_2: on`, `zvm/tls/SSL1/protocol/tlsv1_1: off`, `zvm/tls/SSL1/protocol/tlsv1_3: ?the default decides`,
		}, complete("zvm/tls"))}, "protocol/tlsv1_3 of zvm/tls/SSL1 not known: the default decides", "no extract of z/VM shows what was used", map[string]AssetStatus{"TLSv1.2": DeclaredOnly}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := builtinEngine(t, Site{Date: inventoryDay, Services: []Service{{Port: 1, Last: 65535, Purpose: "any", Owner: "any"}}})
			inv, err := e.Inventory(t.Context(), c.sys, c.parts)
			if err != nil {
				t.Fatal(err)
			}
			if !inv.says(c.limit) {
				t.Errorf("no limit says %q: %q", c.limit, inv.Limits)
			}
			if gap := inv.Systems[0].Gap; !strings.Contains(gap, c.gap) || c.gap == "" && gap != "" {
				t.Errorf("gap %q, want %q", gap, c.gap)
			}
			for name, want := range c.status {
				if a := inv.find(AssetProtocol, name); a == nil || a.Systems[0].Status != want {
					t.Errorf("%s: %+v, want %s", name, a, want)
				}
			}
			a, err := e.Judge(t.Context(), c.sys, append(slices.Clip(c.parts), e.InventoryPart(inv, c.parts)))
			if err != nil || len(a.Errors) > 0 {
				t.Fatal(err, a.Errors)
			}
			for _, tally := range a.Tallies {
				if tally.Check == "G05" && c.gap != "" && tally.Pass > 0 {
					t.Errorf("G05 passes %d times on an inventory that may lack something", tally.Pass)
				}
				if tally.Check == "G05" && c.gap != "" && tally.NoData == 0 {
					t.Error("G05 does not say that data is missing")
				}
				if tally.Check == "G04" && tally.NoData != 1 {
					t.Errorf("G04 without a stated review: %+v", tally)
				}
			}
		})
	}
}

// TestInventoryCertificates (composed): names, numbers and dates are put
// together only where there is one of each.
func TestInventoryCertificates(t *testing.T) {
	at := "zert/PRDA/TCPIP/server/A/10.1.1.1:443/tls/"
	for _, c := range []struct {
		name  string
		facts []string
		want  []AssetCertificateOf
	}{
		{"one of each", []string{at + `cert_subjects: ["CN=a"]`, at + `cert_issuers: ["CN=ca"]`, at + `cert_serials: ["0a1b"]`, at + `cert_not_after: ["2027-01-01T00:00:00Z"]`, at + `cert_key: ["RSA 2048"]`, at + `cert_sig: ["RSA with SHA-256"]`},
			[]AssetCertificateOf{{"CN=a", "CN=ca", "0a1b", "2027-01-01T00:00:00Z", "RSA 2048", "RSA with SHA-256"}}},
		{"renewed in the period", []string{at + `cert_subjects: ["CN=a"]`, at + `cert_issuers: ["CN=ca"]`, at + `cert_serials: ["01","02"]`, at + `cert_not_after: ["2026-12-01T00:00:00Z","2027-12-01T00:00:00Z"]`, at + `cert_key: ["RSA 2048"]`},
			[]AssetCertificateOf{{Issuer: "CN=ca", Serial: "01"}, {Issuer: "CN=ca", Serial: "02"}}},
		{"names only", []string{at + `cert_subjects: ["CN=a","CN=b"]`, at + `cert_issuers: ["CN=ca"]`, at + `cert_serials: ?no session reported it`},
			[]AssetCertificateOf{{Subject: "CN=a", Issuer: "CN=ca"}, {Subject: "CN=b", Issuer: "CN=ca"}}},
		{"nothing", []string{at + `cert_subjects: ?no session reported a name`, at + `cert_serials: ?no session reported it`}, nil},
	} {
		inv := inventoryOf(t, Site{}, prda, zertPart(append(c.facts, at+`versions: ["TLSv1.2"]`)))
		var got []AssetCertificateOf
		for _, a := range inv.Assets {
			if a.Kind == AssetCertificate {
				got = append(got, *a.Certificate)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// TestInventoryOfSite reads the example site as the collectors give it.
func TestInventoryOfSite(t *testing.T) {
	var all []*Inventory
	for _, c := range []struct {
		sys   System
		files []string
	}{
		{prda, []string{"PRDA.zert.smf"}}, {System{ID: "PRDB", Platform: "zos"}, []string{"PRDB.zert.smf"}},
		{System{ID: "IBMIPRD1", Platform: "ibmi"}, []string{"IBMIPRD1.qauditsk.csv", "IBMIPRD1.sysval.csv"}},
	} {
		var parts []*collect.Part
		for _, name := range c.files {
			parts = append(parts, siteParts(t, "2026-11-19/"+name)...)
		}
		all = append(all, inventoryOf(t, Site{Date: inventoryDay}, c.sys, parts...))
	}
	inv := CombineInventories(all...)
	old := inv.find(AssetProtocol, "TLSv1.0")
	if old == nil || len(old.Systems) != 2 || old.Systems[0].System != "IBMIPRD1" || old.Systems[1].System != "PRDA" {
		t.Fatalf("TLSv1.0: %+v", old)
	}
	// 87 of the 260 secure sessions on port 443 used TLSv1.0: the count is that
	// of the member, the connections are those of the port.
	i := slices.IndexFunc(old.Uses, func(u AssetUse) bool { return inv.Services[u.Service].Key == "ibmi/sk/secure/443" })
	if i < 0 || old.Uses[i].Records != 87 || inv.Services[old.Uses[i].Service].Connections != 260 ||
		old.Uses[i].First.Format(time.RFC3339) != "2026-11-18T02:59:24Z" || old.Uses[i].Last.Format(time.RFC3339) != "2026-11-19T01:57:24Z" {
		t.Errorf("use of TLSv1.0 on port 443: %+v", old.Uses)
	}
	// The system values declare it, under the name that the journal uses.
	if s := old.Systems[0]; s.Status != SeenAndDeclared || s.Declared != 1 {
		t.Errorf("TLSv1.0 on IBMIPRD1: %+v", s)
	}
	if a := inv.find(AssetSuite, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"); a == nil || a.Systems[0].Status != DeclaredNotSeen {
		t.Errorf("a suite of QSSLCSL that nobody used: %+v", a)
	}
	for _, s := range inv.Services {
		if s.Evidence.File == "" || s.Evidence.Line == 0 || s.Evidence.Content == "" {
			t.Errorf("%s %s cites no place: %+v", s.System, s.Key, s.Evidence)
		}
	}
	certificate := false
	for _, a := range inv.Assets {
		if a.Kind == AssetCertificate && a.Certificate.Subject == "CN=CICSCRD1.meridian.example,O=Meridian Savings Bank,C=US" {
			certificate = a.Certificate.Key == "RSA 2048" && a.Certificate.Signature == "RSA with SHA-256"
		}
	}
	if !certificate {
		t.Error("the certificate of CICSCRD1 is missing or has another key")
	}
}

// siteParts collects an extract of the example site.
func siteParts(t *testing.T, name string) []*collect.Part {
	t.Helper()
	b, err := testdata.Site.ReadFile("site/extracts/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f := collect.BytesFile(path.Base(name), b)
	head, err := f.Peek()
	if err != nil {
		t.Fatal(err)
	}
	src, err := collect.Recognise(sources.All(), head)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := collect.Run(context.Background(), src, []*collect.File{f}, &collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		t.Cleanup(p.Close)
	}
	return parts
}

func TestInventoryReview(t *testing.T) {
	s := Site{Date: inventoryDay, Cryptography: Cryptography{Reviews: []InventoryReview{
		{System: "PRD*", Date: "2025-11-18", By: "old"}, {System: "PRDA", Date: "2025-11-19", By: "newer"}, {Date: "2024-01-01"}, {System: "PRD*", Date: "2026-11-20", By: "still to come"},
	}}}
	for id, want := range map[string]string{"PRDA": "2025-11-19 365 PASS", "PRDB": "2025-11-18 366 FAIL", "OTHER": "2024-01-01 1053 FAIL"} {
		sys := System{ID: id, Platform: "zos"}
		s.Cryptography.Strategy, s.Cryptography.Trends = "standard 7", "board"
		e := builtinEngine(t, s)
		inv, err := e.Inventory(t.Context(), sys, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := e.Judge(t.Context(), sys, []*collect.Part{e.InventoryPart(inv, nil)})
		if err != nil {
			t.Fatal(err)
		}
		result := Result("none")
		for _, f := range append(a.Findings, a.Passes...) {
			if f.Check == "G04" {
				result = f.Result
			}
		}
		if got := fmt.Sprintf("%s %d %s", inv.Systems[0].Review.Date, inv.Systems[0].ReviewAge, result); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	for _, c := range []struct {
		part Cryptography
		want string
	}{
		{Cryptography{Reviews: []InventoryReview{{Date: "last spring"}}}, `"last spring" is not a date`},
		{Cryptography{Assets: []AssetNote{{Action: "x"}}}, "name is missing"},
		{Cryptography{Assets: []AssetNote{{Name: "*", Kind: "cipher"}}}, `kind "cipher" is not one of`},
		{Cryptography{Assets: []AssetNote{{Name: "*", Due: "2027-01-01"}}}, "no action is stated"},
		{Cryptography{Assets: []AssetNote{{Name: "[", Action: "x"}}}, "syntax error"},
	} {
		if err := c.part.check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
}

// TestAlgorithmsAgreeWithPack holds the catalogue and the tables of the pack
// together: a report must not call weak what a check passes as secure.
func TestAlgorithmsAgreeWithPack(t *testing.T) {
	b, err := os.ReadFile("packs/pci-dss-4.0.1/irondrift/pci/tables/data.json")
	if err != nil {
		t.Fatal(err)
	}
	var tables struct {
		Encryption map[string]string `json:"encryption"`
		MAC        map[string]string `json:"mac"`
		PRF        map[string]string `json:"ike_prf"`
		SSH        map[string]string `json:"ssh_key_exchange"`
		Groups     map[string]string `json:"ike_dh_groups"`
		Versions   map[string]string `json:"tls_versions"`
		Suites     map[string]struct{ Class string }
	}
	if err := json.Unmarshal(b, &tables); err != nil {
		t.Fatal(err)
	}
	delete(tables.MAC, "none or AEAD") // says nothing, and is not in inventories
	for _, c := range []struct {
		kind     AssetKind
		function string
		table    map[string]string
		name     func(string) string
	}{
		{AssetAlgorithm, "encryption", tables.Encryption, nil}, {AssetAlgorithm, "integrity", tables.MAC, nil},
		{AssetAlgorithm, "pseudo-random function", tables.PRF, nil}, {AssetAlgorithm, "key exchange", tables.SSH, nil},
		{AssetGroup, "", tables.Groups, ikeGroup}, {AssetProtocol, "", tables.Versions, nil},
	} {
		if len(c.table) == 0 {
			t.Errorf("the pack has no table for %s %s", c.kind, c.function)
		}
		for name, class := range c.table {
			if c.name != nil {
				name = c.name(name)
			}
			if got := classify(c.kind, c.function, name).Class; got != class {
				t.Errorf("%s %s %s: class %s, and the pack says %s", c.kind, c.function, name, got, class)
			}
		}
	}
	for name, s := range tables.Suites {
		if got := classify(AssetSuite, "", name).Class; got != s.Class {
			t.Errorf("suite %s: class %s, and the pack says %s", name, got, s.Class)
		}
		for _, id := range suiteParts(name) {
			if a := classify(id.kind, id.function, id.name); strings.Contains(a.Reason, "not in the catalogue") {
				t.Errorf("suite %s stands for %s %s, which the catalogue lacks", name, id.function, id.name)
			}
		}
	}
}

func TestAlgorithmsUnlisted(t *testing.T) {
	for name, want := range map[string]string{
		"code 0x0C": ClassUnlisted, "newcipher-512": ClassUnlisted, "des-cbc-x@example.com": ClassInsecure, "foo-sha1": ClassWeak,
		"rc4-9000": ClassInsecure, "aes128-ctr@example.com": ClassSecure,
	} {
		if got := classify(AssetAlgorithm, "encryption", name).Class; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"RSA 2048": ClassSecure, "RSA 2047": ClassInsecure, "RSA 4096": ClassSecure, "RSA": ClassUnlisted, "RSA many": ClassUnlisted, "ECC 224": ClassWeak, "ECC 192": ClassInsecure,
		"DSA 2048": ClassWeak, "DSA 1024": ClassInsecure, "RSA1 2048": ClassInsecure, "RSA_CERT 3072": ClassSecure, "FOO 9999": ClassUnlisted,
	} {
		if got := classify(AssetKey, "", name).Class; got != want {
			t.Errorf("key %s: %s, want %s", name, got, want)
		}
	}
	if a := classify(AssetAlgorithm, "key exchange", "gss-group14-sha256-toWM5Slw5Ew8Mqkay+al2g=="); a.Class != ClassSecure {
		t.Errorf("gss-group14-sha256-...: %+v", a)
	}
	rows, err := csv.NewReader(strings.NewReader(string(algorithmsCSV))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows[1:] {
		if !slices.Contains([]string{ClassRecommended, ClassSecure, ClassWeak, ClassInsecure}, r[2]) {
			t.Errorf("%s %s: class %q", r[0], r[1], r[2])
		}
		if !slices.Contains([]string{QuantumYes, QuantumHybrid, QuantumNo, QuantumUnknown, QuantumNotAffected}, r[4]) {
			t.Errorf("%s %s: post-quantum %q", r[0], r[1], r[4])
		}
		if seen[r[0]+" "+r[1]] {
			t.Errorf("%s %s stands twice", r[0], r[1])
		}
		seen[r[0]+" "+r[1]] = true
	}
}
