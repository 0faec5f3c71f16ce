package rules

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// said returns the findings and kept passes of a check as "RESULT entity text".
func said(a *Assessment, check string) string {
	var out []string
	for _, f := range slices.Concat(a.Findings, a.Passes) {
		if f.Check == check {
			out = append(out, strings.TrimSpace(strings.Join([]string{string(f.Result), string(f.Entity), strings.Join(slices.Concat(f.Messages, f.Reasons), "; ")}, " ")))
		}
	}
	return strings.Join(out, "|")
}

const attlsRule = "attls/TCPIP/rule/R/"

// TestAttlsUnknown goes through the engine: what a rule about AT-TLS needs and
// does not get is never a pass.
func TestAttlsUnknown(t *testing.T) {
	whole := complete("attls/TCPIP")
	tests := []struct {
		name, check string
		facts       []string
		cover       []collect.Coverage
		want        string
	}{
		{"versions unknown", "T06", []string{attlsRule + "TTLSEnabled: true", attlsRule + "tls/versions: ?the release is not known: 3.1 has TLSv1.0, 3.2 has not"}, []collect.Coverage{whole},
			"NO_DATA attls/TCPIP/rule/R unknown: the release is not known: 3.1 has TLSv1.0, 3.2 has not"},
		{"versions absent", "T06", []string{attlsRule + "TTLSEnabled: true"}, []collect.Coverage{whole},
			"NO_DATA attls/TCPIP/rule/R missing: the extract is complete and does not report it"},
		{"versions known", "T06", []string{attlsRule + "TTLSEnabled: true", attlsRule + `tls/versions: ["TLSv1.0"]`, attlsRule + `defaulted: ["TLSv1"]`}, []collect.Coverage{whole},
			"FAIL attls/TCPIP/rule/R TLSv1.0 is on, not by the text but by the default of the release: TLSv1 is not stated"},
		{"revocation unknown", "T08", []string{attlsRule + "TTLSEnabled: true", attlsRule + "HandshakeRole: Client", attlsRule + "revocation: ?TTLSGskAdvancedParms G is not defined"}, []collect.Coverage{whole},
			"NO_DATA attls/TCPIP/rule/R whether a way of finding revoked certificates is on is not known"},
		{"ports unknown", "H22", []string{attlsRule + "TTLSEnabled: true", attlsRule + `tls/versions: ["TLSv1.2"]`, attlsRule + "Direction: Inbound", attlsRule + `RemotePortRange: ["All"]`, attlsRule + "LocalPortRange: ?PortGroup P is not defined"}, []collect.Coverage{whole},
			"NO_DATA attls/TCPIP/rule/R unknown: PortGroup P is not defined"},
		{"no rule at all", "T07", []string{"attls/TCPIP/rules/count: 0"}, []collect.Coverage{complete("attls")},
			"NOT_APPLICABLE attls the extract is complete and holds no attls/<stack>/rule/<rule>"},
		{"not collected", "T07", nil, nil, "NO_DATA attls no attls/<stack>/rule/<rule> was read: no extract covers it"},
	}
	e := builtinEngine(t, Site{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := e.Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, []*collect.Part{testPart("SYSA", "attls-policy", tt.facts, tt.cover...)})
			if err != nil {
				t.Fatal(err)
			}
			if got := said(a, tt.check); got != tt.want {
				t.Errorf("%s says\n  %s, want\n  %s", tt.check, got, tt.want)
			}
			if len(a.Errors) > 0 {
				t.Errorf("errors: %q", a.Errors)
			}
		})
	}
}
