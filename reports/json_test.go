package reports

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestJSONFollowsItsSchema checks the example, an empty report and a redacted
// one against report.schema.json, which allows no field that it does not know.
func TestJSONFollowsItsSchema(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		report *Report
		opts   Options
	}{
		{"example", exampleReport(), Options{}},
		{"empty", &Report{}, Options{}},
		{"redacted", exampleReport(), Options{Redact: true, RedactKey: redactKey}},
		{"hostile", hostileReport(), Options{}},
		{"peers", reportWithPeers(), Options{}},
	} {
		var out bytes.Buffer
		if err := Write(&out, "json", c.report, c.opts); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		doc, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestJSONKeepsExactText: what is unsafe to print is escaped, not changed.
func TestJSONKeepsExactText(t *testing.T) {
	r := exampleReport()
	r.Organisation = "a\u202eb\x1b[31m\u0085\U000e0041\nz"
	var out bytes.Buffer
	if err := Write(&out, "json", r, Options{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(out.Bytes(), []byte(`"a\u202eb\u001b[31m\u0085\udb40\udc41\nz"`)) {
		t.Error("unsafe characters are not escaped as expected")
	}
	var back struct{ Organisation string }
	if err := json.Unmarshal(out.Bytes(), &back); err != nil {
		t.Fatal(err)
	}
	if back.Organisation != r.Organisation {
		t.Errorf("read back %q, want %q", back.Organisation, r.Organisation)
	}
}
