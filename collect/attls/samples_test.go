package attls

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// sample returns a published sample; see shared/samples/attls/SOURCES.md.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	b, err := os.ReadFile(filepath.Join(dir, "..", "shared", "samples", "attls", name))
	if err != nil {
		t.Skip("the published samples are not beside the repository: " + err.Error())
	}
	return b
}

type part struct {
	facts   map[collect.Key]collect.Value
	metrics map[collect.Key]collect.Value
	header  collect.Header
}

func (p part) get(t testing.TB, key string) collect.Value {
	t.Helper()
	v, ok := p.facts[collect.Key(key)]
	if !ok {
		t.Errorf("no key %s", key)
	}
	return v
}

func read(t testing.TB, src collect.Source, opts collect.Options, files ...*collect.File) part {
	t.Helper()
	parts, err := collect.Run(t.Context(), src, files, &opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 1 {
		t.Fatalf("%d parts", len(parts))
	}
	return load(t, parts[0])
}

func load(t testing.TB, p *collect.Part) part {
	t.Helper()
	defer p.Close()
	out := part{map[collect.Key]collect.Value{}, map[collect.Key]collect.Value{}, p.Header}
	r, err := p.Facts()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for r.Next() {
		e, err := r.Entry()
		if err != nil {
			t.Fatal(err)
		}
		out.facts[e.Key] = e.Value
	}
	v, err := p.Provenance()
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	for v.Next() {
		if l := v.Located(); !l.Metric.IsAbsent() {
			out.metrics[l.Key] = l.Metric
		}
	}
	if err := errors.Join(r.Err(), v.Err()); err != nil {
		t.Fatal(err)
	}
	return out
}

// want compares facts with the form they have in an export.
func (p part) want(t *testing.T, base string, facts map[string]string) {
	t.Helper()
	for key, form := range facts {
		if got := p.get(t, base+key).String(); got != form {
			t.Errorf("%s%s is %s, want %s", base, key, got, form)
		}
	}
}

// rules returns the names of the rules of a stack in the order of search.
func (p part) rules(stack string) []string {
	out := map[int64]string{}
	for k, v := range p.facts {
		s := k.Segments()
		if len(s) == 5 && s[1] == stack && s[4] == "order" {
			n, _ := v.Int()
			out[n] = s[3]
		}
	}
	var names []string
	for _, n := range slices.Sorted(maps.Keys(out)) {
		names = append(names, out[n])
	}
	return names
}

// The numbers are those of the facts in SOURCES.md.
func TestClientToolkit(t *testing.T) {
	file := func() *collect.File {
		return collect.BytesFile("dir/tk.policy", sample(t, "zos_client_web_toolkit.policy"))
	}
	const base = "attls/*/rule/IBMUSER_TLKLABJob/"
	for _, rel := range []string{"2.4", "2.5", "3.1", "V3R2"} {
		p := read(t, Policy(), collect.Options{Release: rel}, file())
		versions, suites := `["TLSv1.0","TLSv1.1","TLSv1.2"]`, // 4
			`["TLS_RSA_WITH_AES_256_CBC_SHA","TLS_DHE_DSS_WITH_AES_256_CBC_SHA","TLS_DHE_RSA_WITH_AES_256_CBC_SHA",`+ // 6
				`"TLS_RSA_WITH_AES_128_CBC_SHA","TLS_DHE_DSS_WITH_AES_128_CBC_SHA","TLS_DHE_RSA_WITH_AES_128_CBC_SHA"]`
		if rel == "V3R2" {
			versions = `["TLSv1.2"]`
			suites = `["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",` +
				`"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"]`
		}
		p.want(t, base, map[string]string{
			"Priority": "49", "Jobname": "TKT*", "Direction": "Outbound", // 2
			"Userid": "*", "RemoteAddr": `["All"]`, "RemotePortRange": `["All"]`, "LocalPortRange": `["All"]`,
			"HandshakeRole": "Client", "Keyring": "*AUTH*/*", // 3
			"TTLSEnabled": "true", "Trace": "14", // 5
			"tls/versions": versions, "tls/suites": suites,
			"revocation": "[]", "lint": "[]", "lint/text": "[]", // no dangling reference
		})
		p.want(t, "attls/*/", map[string]string{"rules/count": "1", "lint": "[]"}) // 1
		for key, name := range map[string]string{"TTLSGroupActionRef": "grp_Diagnostic", "TTLSEnvironmentActionRef": "AnyUser_KEYDB_App"} {
			if got := p.metrics[collect.Key(base+key)].Raw(); got != name {
				t.Errorf("%s is %q", key, got)
			}
		}
		if v, ok := p.metrics[base+"TTLSConnectionActionRef"]; ok {
			t.Errorf("a connection action: %s", v)
		}
		if d := p.get(t, base+"defaulted"); d.Has("TLSv1") != true || d.Has("TLSv1.2") || !d.Has("V3CipherSuites") || d.Has("Trace") {
			t.Errorf("defaulted: %s", d)
		}
	}
	p := read(t, Policy(), collect.Options{Release: "3.1"}, file())
	for key, from := range map[string]string{
		"Trace":         "tk.policy:50: Trace in TTLSGroupAction grp_Diagnostic (tk.policy:47), referenced at tk.policy:28",
		"Keyring":       "tk.policy:37: Keyring in TTLSKeyringParms (tk.policy:35) of TTLSEnvironmentAction AnyUser_KEYDB_App (tk.policy:32), referenced at tk.policy:29",
		"tls/suites":    "default of z/OS 3.1 (inferred)",
		"OcspAiaEnable": "default of z/OS 3.1",
		"Priority":      "tk.policy:22",
	} {
		if got := p.metrics[collect.Key(base+key+"/from")].Raw(); got != from {
			t.Errorf("%s/from is %q, want %q", key, got, from)
		}
	}
	// Without a release, what the releases agree on is known and the rest is not.
	p = read(t, Policy(), collect.Options{}, file())
	if v := p.get(t, base+"tls/versions"); !v.IsUnknown() || !strings.Contains(v.Raw(), `3.1 ["TLSv1.0","TLSv1.1","TLSv1.2"]; 3.2 ["TLSv1.2"]`) {
		t.Errorf("versions without a release: %s", v)
	}
	p.want(t, base, map[string]string{"HandshakeTimeout": "10", "ClientAuthType": "Required", "PeerMinRsaKeySize": "1024"})
}

func TestPasearch(t *testing.T) {
	p := read(t, Pasearch(), collect.Options{}, collect.BytesFile("pasearch_t_cs31.txt", sample(t, "pasearch_t_cs31.txt")))
	names := []string{"AZFClientRule", "AZFMutAuthRule", "AZFSrvAuthRule", "CPJES2IN", "CPJES2OUT", "COLATTLJ", "COLATTLS", "CSSMTPRule", "DEFAULTRULE12", "DEFAULTRULE13", "GPMSERVE", "TNZZZZ"}
	if got := p.rules("TCPIP"); !slices.Equal(got, names) { // 1
		t.Errorf("order of rules: %q", got)
	}
	p.want(t, "attls/TCPIP/", map[string]string{"rules/count": "12", "release": `"3.1"`, "lint": "[]"})
	if got := p.metrics["attls/TCPIP/instance"].String(); got != "1734951139" { // 14
		t.Errorf("instance %s", got)
	}
	for _, name := range names {
		base := "attls/TCPIP/rule/" + name + "/"
		priority := "1"
		if strings.HasPrefix(name, "AZF") || strings.HasPrefix(name, "CPJES2") {
			priority = "255"
		}
		p.want(t, base, map[string]string{ // 13
			"Priority": priority, "TTLSEnabled": "true", "PeerMinRsaKeySize": "1024", "PeerMinDHKeySize": "1024",
			"PeerMinDsaKeySize": "1024", "PeerMinECCKeySize": "192", "IpTimeCondition": "[]", "revocation": "[]",
		})
		actions := 0
		for _, s := range actionStatements {
			if _, ok := p.metrics[collect.Key(base+s+"Ref")]; ok {
				actions++
			}
		}
		if want := map[bool]int{true: 2, false: 3}[name == "CSSMTPRule"]; actions != want { // 2
			t.Errorf("%s has %d actions", name, actions)
		}
		if got := p.metrics[collect.Key(base+"created")].Raw(); got != "Mon Dec 23 04:52:19 2024" { // 14
			t.Errorf("%s created %q", name, got)
		}
	}
	if got := p.header.Counts.Duplicate; got < 400 { // 3: copies of actions
		t.Errorf("%d lines are duplicates", got)
	}
	p.want(t, "attls/TCPIP/rule/", map[string]string{
		"AZFClientRule/RemoteAddr": `["0.0.26.137"]`, "AZFClientRule/RemotePortRange": `["All"]`, // 4
		"AZFClientRule/lint":           `["L17 RemoteAddr holds 0.0.26.137: was a port number given as an address?"]`,
		"DEFAULTRULE12/shadowed_by":    "[]", // 5
		"DEFAULTRULE13/shadowed_by":    `["DEFAULTRULE12"]`,
		"DEFAULTRULE13/LocalPortRange": `["9999"]`, "DEFAULTRULE12/LocalPortRange": `["9999"]`,
		"COLATTLJ/LocalPortRange": `["4000"]`, "COLATTLS/LocalPortRange": `["4000"]`, // 6
		"COLATTLJ/Userid": "COLIN", "COLATTLS/Userid": "START1", "COLATTLS/shadowed_by": "[]", "COLATTLJ/shadowed_by": "[]",
		"TNZZZZ/tls/versions":              `["TLSv1.2"]`,           // 7
		"CSSMTPRule/tls/versions":          `["TLSv1.0","TLSv1.2"]`, // 8
		"AZFMutAuthRule/tls/versions":      `["TLSv1.0","TLSv1.2"]`, // 9
		"CPJES2OUT/tls/versions":           `["TLSv1.0","TLSv1.2"]`,
		"AZFMutAuthRule/HandshakeTimeout":  "120",                                                                           // 10
		"TNZZZZ/tls/suites":                `["TLS_RSA_WITH_AES_256_CBC_SHA256","TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"]`, // 11
		"DEFAULTRULE12/Keyring":            "Userid/Keyring",                                                                // 12
		"DEFAULTRULE13/tls/versions":       `["TLSv1.2","TLSv1.3"]`,
		"DEFAULTRULE13/ClientECurves":      `["secp224r1","secp256r1","secp384r1","secp521r1","secp192r1","x25519"]`,
		"CSSMTPRule/ApplicationControlled": "true", "CSSMTPRule/Trace": "7",
		"TNZZZZ/Jobname": "TN3270", "TNZZZZ/LocalPortRange": `["2023"]`, "TNZZZZ/Direction": "Inbound",
	})
	if !p.get(t, "attls/TCPIP/rule/DEFAULTRULE12/lint").Has("L16 the key ring is a placeholder that was never filled in") {
		t.Error("placeholder ring not seen")
	}
	if got := p.metrics["attls/TCPIP/rule/AZFMutAuthRule/HandshakeTimeout/from"].Raw(); !strings.HasSuffix(got, "HandshakeTimeout of connection action AZFConnActionMutual") {
		t.Errorf("chain: %q", got)
	}
}

// The file was made from the listing by a tool that loses some of it; what it
// loses is known, and nothing else may differ.
func TestFileAgainstListing(t *testing.T) {
	file := read(t, Policy(), collect.Options{Release: "3.1", Stack: "TCPIP"}, collect.BytesFile("easy.policy", sample(t, "easyattls_generated.policy")))
	active := read(t, Pasearch(), collect.Options{}, collect.BytesFile("pasearch.txt", sample(t, "pasearch_t_cs31.txt")))
	differ := map[string][]string{}
	for k, v := range active.facts {
		if collect.Keys().Class(k) == collect.Derived {
			continue
		}
		s := k.Segments()
		w, ok := file.facts[k]
		switch {
		case !ok:
			differ["absent"] = append(differ["absent"], s[3])
		case v.Compare(w) != 0:
			field := strings.Join(s[4:], "/")
			differ[field] = append(differ[field], s[3])
		}
	}
	for k := range file.facts {
		if _, ok := active.facts[k]; !ok && collect.Keys().Class(k) != collect.Derived {
			t.Errorf("only in the file: %s", k)
		}
	}
	for field, names := range differ {
		slices.Sort(names)
		differ[field] = slices.Compact(names)
	}
	t.Log(differ)
	if got := differ["absent"]; !slices.Equal(got, []string{"TNZZZZ"}) {
		t.Errorf("not in the file: %q", got)
	}
	eight := []string{"AZFClientRule", "AZFSrvAuthRule", "COLATTLJ", "COLATTLS", "CPJES2IN", "DEFAULTRULE12", "DEFAULTRULE13", "GPMSERVE"}
	if got := differ["tls/versions"]; !slices.Equal(got, eight) {
		t.Errorf("versions differ in %q", got)
	}
	for _, name := range eight {
		key := "attls/TCPIP/rule/" + name + "/"
		f, a := file.get(t, key+"tls/versions"), active.get(t, key+"tls/versions")
		if !f.Has("TLSv1.0") || a.Has("TLSv1.0") || !file.get(t, key+"defaulted").Has("TLSv1") {
			t.Errorf("%s: file %s, active %s", name, f, a)
		}
	}
	if got, want := differ["tls/suites"], []string{"AZFClientRule", "AZFMutAuthRule", "AZFSrvAuthRule", "CPJES2IN", "CPJES2OUT"}; !slices.Equal(got, want) {
		t.Errorf("suites differ in %q, want %q", got, want)
	}
	delete(differ, "absent")
	delete(differ, "tls/versions")
	delete(differ, "tls/suites")
	if len(differ) > 0 {
		t.Errorf("more differences: %v", differ)
	}
}
