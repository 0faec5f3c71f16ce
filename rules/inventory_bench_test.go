package rules

import (
	"fmt"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// inventoryFactsOf are n zERT services of a system, with the values that a TLS
// service of a z/OS partition has, and one certificate each.
func inventoryFactsOf(system string, n int) []string {
	suites := []string{"TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"}
	versions := []string{"TLSv1.3", "TLSv1.2", "TLSv1.2", "TLSv1.0"}
	var lines []string
	for i := range n {
		at := fmt.Sprintf("zert/%s/TCPIP/server/JOB%05d/10.1.%d.%d:%d/", system, i, i/250, i%250, 1024+i)
		k := i % len(suites)
		lines = append(lines, at+`protection: ["tls"]`, at+fmt.Sprintf("tls/versions: [%q]", versions[k]), at+fmt.Sprintf("tls/suites: [%q]", suites[k]),
			at+`tls/key_exchange: ?no session reported it`, at+`tls/cert_key: ["RSA 2048"]`, at+`tls/cert_sig: ["RSA with SHA-256"]`, at+`tls/cert_digest: ["SHA-256"]`,
			at+fmt.Sprintf(`tls/cert_subjects: ["CN=job%05d.%s.example"]`, i, system), at+`tls/cert_issuers: ["CN=Example CA"]`, at+`tls/cert_serials: ?no session reported it`,
			at+`peer_networks: ["10.9.0.0/24"]`, at+`users: ["USER1"]`)
	}
	return lines
}

// BenchmarkInventory rolls up a thousand systems of a hundred services each: the
// roll-up of every system, the facts for the checks, and the joining of all.
func BenchmarkInventory(b *testing.B) {
	const systems, services = 1000, 100
	e := builtinEngine(b, Site{Date: inventoryDay, Services: []Service{{System: "S*", Port: 1024, Last: 1060, Purpose: "cards", Owner: "card services"}}})
	parts := make([][]*collect.Part, systems)
	for i := range parts {
		id := fmt.Sprintf("S%04d", i)
		parts[i] = []*collect.Part{testPart(id, "zert-smf", inventoryFactsOf(id, services), complete("zert"))}
	}
	b.ReportAllocs()
	for b.Loop() {
		list := make([]*Inventory, systems)
		for i, p := range parts {
			inv, err := e.Inventory(b.Context(), System{ID: p[0].Header.System, Platform: "zos"}, p)
			if err != nil {
				b.Fatal(err)
			}
			if e.InventoryPart(inv, p).Header.Facts == 0 {
				b.Fatal("no facts")
			}
			list[i] = inv
		}
		all := CombineInventories(list...)
		if len(all.Services) != systems*services || len(all.find(AssetProtocol, "TLSv1.2").Systems) != systems {
			b.Fatalf("%d services", len(all.Services))
		}
		b.ReportMetric(float64(len(all.Assets)), "assets")
	}
}
