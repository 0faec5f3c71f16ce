package rules

import (
	"context"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// TestUnknownAndAbsentNeverPass goes through every check about AT-TLS and zERT:
// an entity of which a required key is unknown, or is not there, gives NO_DATA,
// and a system of which nothing was read passes nothing.
func TestUnknownAndAbsentNeverPass(t *testing.T) {
	e := builtinEngine(t, Site{Services: []Service{{Port: 443, Purpose: "p"}}})
	entities := map[string]string{
		"attls/<stack>": "attls/TCPIP", "attls/<stack>/rule/<rule>": "attls/TCPIP/rule/R", "zert/<system>/<stack>": "zert/SYSA/TCPIP",
		"zert/<system>/<stack>/<role>/<job>/<endpoint>":                       "zert/SYSA/TCPIP/server/WEB1/10.1.2.3:443",
		"zert/<system>/<stack>/<role=server|client|unknown>/<job>/<endpoint>": "zert/SYSA/TCPIP/server/WEB1/10.1.2.3:443",
	}
	judge := func(facts ...string) *Assessment {
		t.Helper()
		var parts []*collect.Part
		if len(facts) > 0 {
			parts = append(parts, testPart("SYSA", "x", facts, complete("attls"), complete("zert")))
		}
		a, err := e.Judge(context.Background(), System{ID: "SYSA", Platform: "zos"}, parts)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	nothing := judge()
	seen := 0
	for _, c := range e.Checks() {
		if !strings.HasPrefix(c.Entity, "attls/") && !strings.HasPrefix(c.Entity, "zert/") {
			continue
		}
		seen++
		entity, ok := entities[c.Entity]
		if !ok {
			t.Errorf("%s: no entity for %s", c.ID, c.Entity)
			continue
		}
		for _, result := range []string{string(Pass), string(Fail), string(Review), string(NotApplicable)} {
			if got := said(nothing, c.ID); strings.HasPrefix(got, result) {
				t.Errorf("%s: nothing was read, and it says %s", c.ID, got)
			}
		}
		for _, key := range c.Required {
			rest := strings.TrimPrefix(key, c.Entity+"/")
			for name, facts := range map[string][]string{
				"unknown": {entity + "/" + rest + ": ?lost"},
				"absent":  {entity + "/beside: x"},
			} {
				got := said(judge(facts...), c.ID)
				if !strings.HasPrefix(got, string(NoData)) {
					t.Errorf("%s: %s is %s, and it says %q", c.ID, rest, name, got)
				}
			}
		}
	}
	if seen < 35 {
		t.Errorf("%d checks", seen)
	}
}
