package reports

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// TestRedactedHoldsNoNames lists every name of the example and looks for it in
// every format.
func TestRedactedHoldsNoNames(t *testing.T) {
	r := exampleReport()
	r.Assessment.Findings = append(r.Assessment.Findings, rules.Finding{
		ID: "f-x", Check: "A01", System: "VMP1", Entity: "zvm/user/ZAPHOD", Result: rules.Review,
		Messages: []string{"owner TRILLIAN of zvm/user/ZAPHOD logs on from 10.9.8.7 and fe80::17, see ford@betel.example"},
	})
	r.Changes = append(r.Changes, rules.JudgedChange{System: "PRDA", Change: baseline.Change{
		Op: baseline.Changed, Key: "zert/PRDA/TCPIP/server/FTPD1/10.1.2.3:21/users", Source: "zert-smf", Class: collect.Observed,
		Old: collect.Set("ARTHUR"), New: collect.Set("ARTHUR", "MARVIN"), Added: []string{"MARVIN"}}})
	names := []string{
		"PRDA", "VMP1", "IBMI7", "z/VM production", "USER.DIRECT", "prda.setropts", "GUEST1", "LINUX9", "SVC007", "OPERATOR",
		"Moreau", "Keller", "Ortiz", "Example Bank", "CHG004", "RISK-118", "q0lCk3vP8f4mX1s", "console in", "hardening review", "QBATCH",
		"TN3270A", "DB2ADIST", "SSL00001", "MQA1CHIN", "tn.example.com", "Example CA", "0a1b", "Laurent", "CRY-0031", "3270 terminals", "network team",
		"Db2 drivers", "crypto board", "standard 7", "prda.smf", "ttls.policy",
		"ZAPHOD", "TRILLIAN", "10.9.8.7", "fe80", "betel", "ARTHUR", "MARVIN", "FTPD1", "10.1.2.3", "f-0003",
	}
	for _, f := range Formats() {
		var out bytes.Buffer
		if err := Write(&out, f.Name, r, Options{Redact: true, RedactKey: redactKey}); err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if strings.Contains(strings.ToLower(out.String()), strings.ToLower(n)) {
				t.Errorf("%s: still holds %q", f.Name, n)
			}
		}
		if f.Name == "json" {
			for _, stays := range []string{setroptsDigest, directScrubbed, r.Ledger.Head, "the password class is nopass", "indicates Not in Place"} {
				if !strings.Contains(out.String(), stays) {
					t.Errorf("json: %q is gone", stays)
				}
			}
		}
	}
}

// TestPseudonymsAreStable: one name, one pseudonym, in every report with the
// key; another key gives another one.
func TestPseudonymsAreStable(t *testing.T) {
	r := exampleReport()
	x, err := newRedactor(r, redactKey)
	if err != nil {
		t.Fatal(err)
	}
	r.Systems = r.Systems[1:]
	y, _ := newRedactor(r, redactKey)
	z, _ := newRedactor(r, []byte("another key of another store"))
	a, b, c := x.name("system", "PRDA"), y.name("system", "PRDA"), z.name("system", "PRDA")
	if a != b || a == c || !regexp.MustCompile(`^system-[0-9a-f]{10}$`).MatchString(a) {
		t.Errorf("pseudonyms %s and %s under one key, %s under another", a, b, c)
	}
	if got := x.name("name", "PRDA"); got != a {
		t.Errorf("as a segment of a key PRDA is %s, as a system %s", got, a)
	}
	if _, err := newRedactor(r, []byte("short")); err != errRedactKey {
		t.Errorf("a short key: %v", err)
	}
}

func TestRedactedKeysAndSentences(t *testing.T) {
	x, err := newRedactor(&Report{}, redactKey)
	if err != nil {
		t.Fatal(err)
	}
	x.learn("zvm/user/<id>/class")
	x.learn("zvm/user/<id>/on/<member>/class")
	id := x.name("name", "MAINT")
	for in, want := range map[string]string{
		"zvm/user/MAINT":                 "zvm/user/" + id,
		"zvm/user/MAINT/on/MAINT/class":  "zvm/user/" + id + "/on/" + id + "/class",
		"zvm/user/*/on/MAINT/class":      "zvm/user/*/on/" + id + "/class",
		"zvm/user/MAINT/MAINT":           "zvm/user/" + id + "/" + id,
		"compextr/MAINT":                 "compextr/" + id,
		"zert/MAINT/MAINT/server/MAINT/": "zert/" + id + "/" + id + "/server/" + id + "/",
	} {
		if got := string(x.keyOf(collect.Key(in))); got != want {
			t.Errorf("key %s became %s, want %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"the password class is nopass":             "the password class is nopass",
		"MAINT has zvm/user/MAINT/class.":          id + " has zvm/user/" + id + "/class.",
		"history is 3 since 2026-11-18":            "history is 3 since 2026-11-18",
		"seen at 02:05:00 from 10.0.0.1":           "seen at 02:05:00 from " + x.name("address", "10.0.0.1"),
		"peer 10.0.0.0/24 uses TLS":                "peer " + x.name("address", "10.0.0.0/24") + " uses TLS",
		"fe80::1 and 2001:db8:0:0:0:0:0:7 connect": x.name("address", "fe80::1") + " and " + x.name("address", "2001:db8:0:0:0:0:0:7") + " connect",
	} {
		if got := x.sentence(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	x.value("zvm/user/MAINT/ipl", collect.Text("user"))
	x.keyOf("zvm/user/ftpd")
	if got, want := x.sentence("the user ftpd logs on"), "the user "+x.name("name", "ftpd")+" logs on"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	v := collect.Set("tls", "none")
	if got := x.value("zert/S/T/server/J/1.2.3.4:21/protection", v); !got.Equal(v) {
		t.Errorf("protection became %s", got)
	}
	if got := x.value("zert/S/T/server/J/1.2.3.4:21/users", collect.Set("MAINT")); !got.Equal(collect.Set(id)) {
		t.Errorf("users became %s", got)
	}
}
