package reports

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/irondrift/irondrift/rules"
)

// bomSchema compiles the official schema of CycloneDX 1.6, which is not part of
// this repository.
func bomSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	const dir = "../../shared/schemas"
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for name, file := range map[string]string{
		"http://cyclonedx.org/schema/bom-1.6.schema.json":  "cyclonedx-bom-1.6.schema.json",
		"http://cyclonedx.org/schema/jsf-0.82.schema.json": "jsf-0.82.schema.json",
		"http://cyclonedx.org/schema/spdx.schema.json":     "spdx.schema.json",
	} {
		f, err := os.Open(filepath.Join(dir, file))
		if err != nil {
			t.Skip("the CycloneDX schemas are not here: " + err.Error())
		}
		doc, err := jsonschema.UnmarshalJSON(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestCycloneDXFollowsTheSchema checks the bill of materials against the schema
// of its specification. A field that 1.6 does not have must be refused, or the
// schema was not the one that is meant.
func TestCycloneDXFollowsTheSchema(t *testing.T) {
	schema := bomSchema(t)
	for _, c := range []struct {
		name   string
		report *Report
		opts   Options
	}{
		{"example", exampleReport(), Options{}},
		{"empty", &Report{}, Options{}},
		{"redacted", exampleReport(), Options{Redact: true, RedactKey: redactKey}},
		{"hostile", hostileReport(), Options{}},
	} {
		var out bytes.Buffer
		if err := Write(&out, "cyclonedx", c.report, c.opts); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		text := out.String()
		doc, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.name != "example" {
			continue
		}
		text = strings.Replace(text, `"certificateFormat"`, `"serialNumber": "0a1b", "certificateFormat"`, 1)
		doc, err = jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if schema.Validate(doc) == nil {
			t.Error("the schema takes a serial number in a certificate, which 1.6 does not have")
		}
	}
}

type bomDocument struct {
	SerialNumber string `json:"serialNumber"`
	Metadata     struct {
		Properties []struct{ Name, Value string }
	}
	Components []struct {
		Ref              string `json:"bom-ref"`
		Type, Name       string
		Properties       []struct{ Name, Value string }
		CryptoProperties struct {
			AssetType          string
			ProtocolProperties struct {
				Type, Version string
				CipherSuites  []struct {
					Name                    string
					Identifiers, Algorithms []string
				}
			}
			CertificateProperties struct {
				SubjectName, NotValidAfter, SubjectPublicKeyRef, SignatureAlgorithmRef string
			}
			RelatedCryptoMaterialProperties struct {
				Type string
				Size int
			}
			AlgorithmProperties struct {
				Primitive, Mode, Curve   string
				NistQuantumSecurityLevel *int
			}
		}
		Evidence struct {
			Occurrences []struct{ Location, AdditionalContext string }
		}
	}
	Dependencies []struct {
		Ref                 string
		DependsOn, Provides []string
	}
	Compositions []struct {
		Aggregate    string
		Dependencies []string
	}
}

func readBOM(t *testing.T, r *Report) *bomDocument {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, "cyclonedx", r, Options{}); err != nil {
		t.Fatal(err)
	}
	d := &bomDocument{}
	if err := json.Unmarshal(out.Bytes(), d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestCycloneDXSaysWhatIsTrue looks at values, and that every reference leads to
// a component.
func TestCycloneDXSaysWhatIsTrue(t *testing.T) {
	d := readBOM(t, exampleReport())
	refs := map[string]int{}
	for i, c := range d.Components {
		if refs[c.Ref] != 0 {
			t.Errorf("two components are called %s", c.Ref)
		}
		refs[c.Ref] = i + 1
	}
	refs["site"] = -1
	depends := map[string][]string{}
	provides := map[string][]string{}
	for _, x := range d.Dependencies {
		for _, to := range append(append([]string{x.Ref}, x.DependsOn...), x.Provides...) {
			if refs[to] == 0 {
				t.Errorf("%s leads to %s, which is not there", x.Ref, to)
			}
		}
		depends[x.Ref], provides[x.Ref] = x.DependsOn, x.Provides
	}
	get := func(ref string) int {
		if refs[ref] == 0 {
			t.Fatalf("no component %s", ref)
		}
		return refs[ref] - 1
	}
	suite := d.Components[get("crypto:suite:TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")].CryptoProperties.ProtocolProperties
	if suite.Type != "tls" || suite.Version != "" || !slices.Equal(suite.CipherSuites[0].Identifiers, []string{"0xC0", "0x30"}) ||
		!slices.Contains(suite.CipherSuites[0].Algorithms, "crypto:algorithm:encryption:AES-256-GCM") {
		t.Errorf("suite: %+v", suite)
	}
	// DB2ADIST used one version only, so its suites belong to that one.
	old := d.Components[get("crypto:protocol:TLSv1.0")].CryptoProperties.ProtocolProperties
	if old.Version != "1.0" || len(old.CipherSuites) != 1 || old.CipherSuites[0].Name != "TLS_RSA_WITH_RC4_128_SHA" {
		t.Errorf("TLSv1.0: %+v", old)
	}
	// With a second version at that service it is not known which went with which.
	both := exampleReport()
	for i := range both.Inventory.Assets {
		if a := &both.Inventory.Assets[i]; a.Name == "TLSv1.2" {
			a.Uses = append(a.Uses, rules.AssetUse{Service: 1, Seen: true, Records: 1})
		}
	}
	for _, c := range readBOM(t, both).Components {
		for _, s := range c.CryptoProperties.ProtocolProperties.CipherSuites {
			if strings.HasPrefix(c.Name, "TLSv") && s.Name == "TLS_RSA_WITH_RC4_128_SHA" {
				t.Errorf("%s claims %s", c.Name, s.Name)
			}
		}
	}
	cert := d.Components[get("crypto:certificate:CN=tn.example.com; serial 0a1b; issued by CN=Example CA")].CryptoProperties.CertificateProperties
	if cert.SubjectName != "CN=tn.example.com" || cert.NotValidAfter != "2026-11-01T00:00:00Z" || cert.SubjectPublicKeyRef != "crypto:key:RSA 2048" ||
		cert.SignatureAlgorithmRef != "crypto:algorithm:signature:RSA with SHA-256" {
		t.Errorf("certificate: %+v", cert)
	}
	if key := d.Components[get("crypto:key:RSA 2048")].CryptoProperties.RelatedCryptoMaterialProperties; key.Type != "public-key" || key.Size != 2048 {
		t.Errorf("key: %+v", key)
	}
	if a := d.Components[get("crypto:algorithm:encryption:AES-256-GCM")].CryptoProperties.AlgorithmProperties; a.Primitive != "ae" || a.Mode != "gcm" || a.NistQuantumSecurityLevel != nil {
		t.Errorf("AES-256-GCM: %+v", a)
	}
	if a := d.Components[get("crypto:group:secp256r1")].CryptoProperties.AlgorithmProperties; a.Curve != "secp256r1" || *a.NistQuantumSecurityLevel != 0 {
		t.Errorf("secp256r1: %+v", a)
	}
	if !slices.Contains(depends["system:PRDA"], "crypto:protocol:TLSv1.0") || slices.Contains(depends["system:PRDA"], "crypto:protocol:TLSv1.3") ||
		!slices.Contains(provides["system:PRDA"], "crypto:protocol:TLSv1.3") || slices.Contains(depends["system:VMP1"], "crypto:protocol:TLSv1.2") {
		t.Errorf("PRDA depends on %v and provides %v; VMP1 depends on %v", depends["system:PRDA"], provides["system:PRDA"], depends["system:VMP1"])
	}
	if o := d.Components[get("crypto:protocol:TLSv1.0")].Evidence.Occurrences; len(o) != 1 || o[0].Location != "PRDA/zert/PRDA/TCPIP/server/DB2ADIST/10.1.2.3:5448" {
		t.Errorf("occurrences: %+v", o)
	}
	// What could not be seen travels with it.
	limits := 0
	for _, p := range d.Metadata.Properties {
		if p.Name == propLimit {
			limits++
		}
	}
	if limits != 3 || len(d.Compositions) != 2 || d.Compositions[0].Aggregate != "incomplete" || !slices.Equal(d.Compositions[0].Dependencies, []string{"system:IBMI7", "system:VMP1"}) {
		t.Errorf("%d limits, compositions %+v", limits, d.Compositions)
	}
}

// TestCycloneDXSerialNumber: the same report has the same number, another one
// another.
func TestCycloneDXSerialNumber(t *testing.T) {
	a, b := readBOM(t, exampleReport()), readBOM(t, exampleReport())
	r := exampleReport()
	r.Generated = r.Generated.AddDate(0, 0, 1)
	if c := readBOM(t, r); a.SerialNumber != b.SerialNumber || a.SerialNumber == c.SerialNumber {
		t.Errorf("serial numbers %s, %s, and a day later %s", a.SerialNumber, b.SerialNumber, c.SerialNumber)
	}
}

// TestInventoryNeverCalm: a summary does not stay silent about what was not
// seen, whatever the classes of what was.
func TestInventoryNeverCalm(t *testing.T) {
	r := exampleReport()
	r.Inventory.Assets = nil
	var out bytes.Buffer
	if err := Write(&out, "terminal", r, Options{Width: 160}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"nothing seen or declared in what was read", "3 limits of the evidence", "IBMI7 (there are no socket entries of the audit journal)", "0 of 3 systems reviewed in the last twelve months; overdue: PRDA (382 days ago); none stated: IBMI7, VMP1"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the summary does not say %q", want)
		}
	}
	for _, name := range []string{"html", "inventory-csv", "cyclonedx", "json"} {
		out.Reset()
		if err := Write(&out, name, r, Options{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "there are no socket entries of the audit journal") {
			t.Errorf("%s does not say what was not seen", name)
		}
	}
}
