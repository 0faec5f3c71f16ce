package rules

import (
	"slices"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestZonesDecideTheRequirement: TLS 1.0 on a terminal port is a matter of 4.2.1
// where its peers are in an open network, of the requirements about
// administrative access and the inventory wherever they are, and where nobody
// says what their network is a person must decide about 4.2.1.
func TestZonesDecideTheRequirement(t *testing.T) {
	e := builtinEngine(t, Site{Zones: []Zone{
		{Name: "out", Kind: ZoneUntrusted, Networks: []string{"192.0.2.0/24"}},
		{Name: "in", Kind: ZoneInternal, Networks: []string{"10.0.0.0/8"}},
		{Name: "cards", Kind: ZoneCDE, Networks: []string{"10.20.0.0/16"}},
	}})
	const zert, sk = "zert/PRDA/TCPIP/server/TN3270/10.20.1.11:992", "ibmi/sk/secure/992"
	worst := func(network string) map[string]Result {
		t.Helper()
		z := []string{zert + `/protection: ["tls"]`, zert + `/peer_networks: ["` + network + `"]`, zert + `/tls/versions: ["TLSv1.0"]`,
			zert + `/tls/suites: ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]`, zert + `/ssh/versions: []`}
		i := []string{`ibmi/sk/entry_types: ["A","S"]`, sk + `/service: telnet-ssl`, sk + `/protection: ["tls"]`, sk + `/peer_networks: ["` + network + `"]`,
			sk + `/protocols: ["TLSv1.0"]`, sk + `/suites: ["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]`}
		out := map[string]Result{}
		for _, in := range []struct {
			system System
			part   *collect.Part
			entity collect.Key
		}{
			{System{ID: "PRDA", Platform: "zos"}, testPart("PRDA", "zert-smf", z, complete("zert")), zert},
			{System{ID: "IBMI", Platform: "ibmi", Facts: map[string]any{"release": "7.5"}}, testPart("IBMI", "ibmi-sk", i, complete("ibmi/sk")), sk},
		} {
			a, err := e.Judge(t.Context(), in.system, []*collect.Part{in.part})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range a.Findings {
				if f.Entity != in.entity || f.Result != Fail && f.Result != Review {
					continue
				}
				at := slices.IndexFunc(a.Checks, func(c Check) bool { return c.ID == f.Check })
				for _, number := range a.Checks[at].Requirements["pci-dss-4.0.1"] {
					key := in.system.Platform + " " + number
					if out[key] != Fail {
						out[key] = f.Result
					}
				}
			}
		}
		return out
	}
	for network, want := range map[string]map[string]Result{
		"192.0.2.0/24":    {"zos 4.2.1": Fail, "zos 2.2.7": Fail, "zos 12.3.3": Review, "ibmi 4.2.1": Fail, "ibmi 12.3.3": Review},
		"10.1.1.0/24":     {"zos 4.2.1": "", "zos 2.2.7": Fail, "zos 8.3.2": Fail, "zos 12.3.3": Review, "ibmi 4.2.1": "", "ibmi 12.3.3": Review},
		"10.20.7.0/24":    {"zos 4.2.1": "", "zos 2.2.7": Fail, "zos 12.3.3": Review, "ibmi 4.2.1": "", "ibmi 12.3.3": Review},
		"198.51.100.0/24": {"zos 4.2.1": Review, "zos 2.2.7": Fail, "zos 12.3.3": Review, "ibmi 4.2.1": Review, "ibmi 12.3.3": Review},
	} {
		got := worst(network)
		for number, result := range want {
			if got[number] != result {
				t.Errorf("peers in %s: %s is %q, want %q", network, number, got[number], result)
			}
		}
	}
}
