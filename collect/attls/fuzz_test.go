package attls

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

func FuzzPolicy(f *testing.F) {
	f.Add(composed, uint16(700), "canary-7")
	f.Add(fmt.Sprintf(minimal, "TTLSEnvironmentAdvancedParms\n{\nTLSv1 Off\n}\n"), uint16(90), "x")
	f.Add("TcpImage A a.conf\nTTLSConfig a.conf\nTTLSRule R {\n}\n}\n{ {\nTTLSGroupAction G\n", uint16(30), "")
	f.Add("PortGroup a\n{\nPortGroupRef a\nPortRangeRef a\n}\nTTLSRule R\n{\nLocalPortGroupRef a\nDirection both\n}\n", uint16(60), "b")
	f.Fuzz(func(t *testing.T, text string, cut uint16, secret string) {
		fuzzSource(t, Policy(), text, int(cut), collect.Options{Release: "3.1"})
		// A password does not leave, whatever stands around it.
		if secret = strings.Join(strings.Fields("canary"+secret), ""); !strings.ContainsAny(secret, "{}#") {
			fuzzSecret(t, Policy(), text+"\nKeyringPw "+secret+"\n", secret, text)
		}
	})
}

func FuzzPasearch(f *testing.F) {
	f.Add(listed, uint16(900), "canary")
	f.Add(strings.Replace(listed, "LocalPortFrom:       8000", "LocalPortFrom: 9\n  FromAddr: x\nToAddr: y\n", 1), uint16(1500), "p")
	f.Add("policyRule: a\nTTLS Action: b\nScope: Group\nClientECurves:\n0021 x\n0099\n", uint16(40), "q")
	f.Fuzz(func(t *testing.T, text string, cut uint16, secret string) {
		fuzzSource(t, Pasearch(), text, int(cut), collect.Options{})
		if secret = strings.Join(strings.Fields("canary"+secret), ""); !strings.ContainsAny(secret, ":") {
			fuzzSecret(t, Pasearch(), text+"\n     KeyringPw:   "+secret+"\n", secret, text)
		}
	})
}

func fuzzSecret(t *testing.T, src collect.Source, text, secret, around string) {
	if strings.Contains(around, secret) || len(secret) < 8 {
		return
	}
	parts, err := collect.Run(t.Context(), src, []*collect.File{collect.BytesFile("x", []byte(text))}, &collect.Options{})
	if err != nil && strings.Contains(err.Error(), secret) {
		t.Fatalf("a password in %v", err)
	}
	for _, p := range parts {
		if bytes.Contains(everything(t, p), []byte(secret)) {
			t.Fatalf("a password leaves")
		}
		p.Close()
	}
}

func everything(t *testing.T, p *collect.Part) []byte {
	out := fmt.Appendf(nil, "%+v", p.Header)
	for _, open := range []collect.Opener{p.FactsBlob, p.ProvenanceBlob} {
		r, err := open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b...)
	}
	return out
}

// fuzzSource checks the laws that hold for any bytes.
func fuzzSource(t *testing.T, src collect.Source, text string, cut int, opts collect.Options) {
	run := func(b string) (part, bool) {
		parts, err := collect.Run(t.Context(), src, []*collect.File{collect.BytesFile("x", []byte(b))}, &opts)
		if err != nil {
			if strings.Contains(err.Error(), "internal error") {
				t.Fatal(err)
			}
			return part{}, false
		}
		return load(t, parts[0]), true
	}
	whole, ok := run(text)
	if !ok {
		return
	}
	c := whole.header.Counts
	sum := c.Used + c.Duplicate
	for _, n := range c.Ignored {
		sum += n
	}
	if sum != c.Read || c.Used < 0 {
		t.Fatalf("counts do not add up: %+v", c)
	}
	again, _ := run(text)
	if again.header.Content != whole.header.Content || again.header.Provenance != whole.header.Provenance {
		t.Fatal("two readings differ")
	}
	if cut >= len(text) {
		return
	}
	part, ok := run(text[:cut])
	if !ok {
		return
	}
	for k, v := range whole.facts {
		if collect.Keys().Class(k) == collect.Derived {
			continue
		}
		w, there := part.facts[k]
		c := part.header.CoverageOf(k)
		entity, _ := k.Entity()
		_, hasEntity := part.facts[entity+"/Priority"]
		switch {
		case c.State == collect.Complete:
			t.Fatalf("a cut text is complete")
		case !there && c.State == collect.Open && hasEntity && !k.Under(c.Through):
			t.Fatalf("%s is gone", k)
		case there && c.State == collect.Open && v.Type() == collect.TypeSet && w.Type() == collect.TypeSet:
			for _, m := range v.Items() {
				if !w.Has(m) {
					t.Fatalf("%s lost %s", k, m)
				}
			}
		}
	}
}
