package rules

import (
	"slices"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestInventorySinceReview: what was not in the evidence before the review is
// new, at the asset and at each service; what that evidence could not tell is not
// known; without a review nothing looks reviewed.
func TestInventorySinceReview(t *testing.T) {
	site := Site{Date: inventoryDay, Cryptography: Cryptography{Reviews: []InventoryReview{{System: "PRDA", Date: "2026-11-01"}}}}
	const gcm, cbc = `["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]`, `["TLS_RSA_WITH_AES_128_CBC_SHA"]`
	policy := func(versions string) *collect.Part {
		return testPart("PRDA", "attls-policy", []string{
			`attls/TCPIP/rule/R/Direction: Inbound`, `attls/TCPIP/rule/R/LocalPortRange: ["5443"]`, `attls/TCPIP/rule/R/TTLSEnabled: true`,
			`attls/TCPIP/rule/R/tls/versions: ` + versions, `attls/TCPIP/rule/R/tls/suites: ` + gcm,
		}, complete("attls"))
	}
	old := zertPart(append(zertService("A/10.1.1.1:5443", `["TLSv1.2"]`, gcm), zertService("B/10.1.1.1:5444", `["TLSv1.1"]`, cbc)...))
	now := zertPart(append(zertService("A/10.1.1.1:5443", `["TLSv1.2","TLSv1.3"]`, gcm), zertService("C/10.1.1.1:5445", `["TLSv1.1"]`, `["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]`)...))
	type want struct {
		kind    AssetKind
		name    string
		system  ReviewStatus
		service string // of one use
		use     ReviewStatus
	}
	const rule = "attls/TCPIP/rule/R"
	at := func(service string) string { return "zert/PRDA/TCPIP/server/" + service }
	for _, c := range []struct {
		name      string
		then, now []*collect.Part
		want      []want
	}{
		{"both extracts then", []*collect.Part{old, policy(`["TLSv1.2","TLSv1.3"]`)}, []*collect.Part{now, policy(`["TLSv1.0","TLSv1.2","TLSv1.3"]`)}, []want{
			{AssetProtocol, "TLSv1.2", ThereAtReview, at("A/10.1.1.1:5443"), ThereAtReview},
			{AssetProtocol, "TLSv1.1", ThereAtReview, at("C/10.1.1.1:5445"), SeenSinceReview},   // of another service
			{AssetProtocol, "TLSv1.3", SeenSinceReview, at("A/10.1.1.1:5443"), SeenSinceReview}, // it was declared only
			{AssetProtocol, "TLSv1.3", SeenSinceReview, rule, ThereAtReview},
			{AssetProtocol, "TLSv1.0", DeclaredSince, rule, DeclaredSince},
			{AssetSuite, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", SeenSinceReview, at("C/10.1.1.1:5445"), SeenSinceReview},
			{AssetSuite, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", ThereAtReview, rule, ThereAtReview},
			{AssetAlgorithm, "3DES-CBC", SeenSinceReview, at("C/10.1.1.1:5445"), SeenSinceReview},
		}},
		{"no policy then", []*collect.Part{old}, []*collect.Part{now, policy(`["TLSv1.0"]`)}, []want{
			{AssetProtocol, "TLSv1.0", UnknownSinceReview, rule, UnknownSinceReview},
			{AssetProtocol, "TLSv1.3", SeenSinceReview, at("A/10.1.1.1:5443"), SeenSinceReview},
		}},
		{"no zERT then", []*collect.Part{policy(`["TLSv1.3"]`)}, []*collect.Part{now, policy(`["TLSv1.0","TLSv1.3"]`)}, []want{
			{AssetProtocol, "TLSv1.3", UnknownSinceReview, at("A/10.1.1.1:5443"), UnknownSinceReview},
			{AssetProtocol, "TLSv1.1", UnknownSinceReview, at("C/10.1.1.1:5445"), UnknownSinceReview},
			{AssetProtocol, "TLSv1.0", DeclaredSince, rule, DeclaredSince},
		}},
	} {
		inv := inventoryOf(t, site, prda, c.now...)
		check := func(name string, w want, system, use ReviewStatus) {
			t.Helper()
			a := inv.find(w.kind, w.name)
			if a == nil {
				t.Fatalf("%s: no %s", name, w.name)
			}
			i := slices.IndexFunc(a.Uses, func(u AssetUse) bool { return string(inv.Services[u.Service].Key) == w.service })
			if i < 0 || a.Systems[0].Since != system || a.Uses[i].Since != use {
				t.Errorf("%s: %s: %q, use %d of %+v, want %q and at %s %q", name, w.name, a.Systems[0].Since, i, a.Uses, system, w.service, use)
			}
		}
		for _, w := range c.want {
			check(c.name+", not compared", w, UnknownSinceReview, UnknownSinceReview)
		}
		inv.SinceReview(inventoryOf(t, site, prda, c.then...), "2026-10-31")
		for _, w := range c.want {
			check(c.name, w, w.system, w.use)
		}
		if inv.Systems[0].ReviewNight != "2026-10-31" {
			t.Errorf("%s: compared with %q", c.name, inv.Systems[0].ReviewNight)
		}
		// Without a review, whatever it is compared with.
		inv = inventoryOf(t, Site{Date: inventoryDay}, prda, c.now...)
		inv.SinceReview(inv, "2026-10-31")
		for _, w := range c.want {
			check(c.name+", no review", w, NotReviewed, NotReviewed)
		}
		if inv.Systems[0].ReviewNight != "" {
			t.Error("a night of no review")
		}
	}
}
