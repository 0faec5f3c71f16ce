package attls

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// listed is a listing made up after the published one: one rule, shortened
// actions, release 2.5.
const listed = `
TCP/IP pasearch CS V2R5                   Image Name: TCPCS
  Date:                 11/18/2026        Time:  02:05:00
  TTLS Instance Id:     1795000000

policyRule:             web
  Rule Type:            TTLS
  Version:              3                 Status:            Active
  Weight:               7                 ForLoadDist:       False
  Priority:             7                 Sequence Actions:  Don't Care
  No. Policy Action:    1
  policyAction:         off
   ActionType:          TTLS Group
   Action Sequence:     0
  Time Periods:
   Day of Month Mask:
   First to Last:       1111111111111111111111111111111
   Last to First:       1111111111111111111111111111111
   Month of Yr Mask:    111111111111
   Day of Week Mask:    0111110  (Sunday - Saturday)
   Start Date Time:     None
   End Date Time:       None
   Fr TimeOfDay:        08:00             To TimeOfDay:      18:00
   Fr TimeOfDay UTC:    07:00             To TimeOfDay UTC:  17:00
   TimeZone:            Local
  TTLS Condition Summary:                 NegativeIndicator: Off
   Local Address:
    FromAddr:           10.1.0.0
    ToAddr:             10.1.0.255
   Remote Address:
    FromAddr:           All
    ToAddr:             All
   LocalPortFrom:       8000              LocalPortTo:       8010
   RemotePortFrom:      0                 RemotePortTo:      0
   JobName:                               UserId:            WEBSRV
   ServiceDirection:    Both
  Policy created: Mon Nov 16 04:52:19 2026
  Policy updated: Tue Nov 17 04:52:19 2026

  TTLS Action:                  off
    Version:                    3
    Status:                     Active
    Scope:                      Group
    TTLSEnabled:                Off
    CtraceClearText:            Off
    Trace:                      2
    FIPS140:                    Off
    TTLSGroupAdvancedParms:
     SecondaryMap:              Off
     SyslogFacility:            Daemon
    Policy created: Mon Nov 16 04:52:19 2026
    Policy updated: Mon Nov 16 04:52:19 2026
`

func listing(t testing.TB, text string, opts collect.Options) part {
	t.Helper()
	return read(t, Pasearch(), opts, collect.BytesFile("pasearch.txt", []byte(text)))
}

func TestListing(t *testing.T) {
	p := listing(t, listed, collect.Options{})
	p.want(t, "attls/TCPCS/", map[string]string{"release": `"2.5"`, "rules/count": "1"})
	p.want(t, "attls/TCPCS/rule/web/", map[string]string{
		"TTLSEnabled": "false", "tls/versions": "[]", "HandshakeRole": "none", "Priority": "7", "Direction": "Both",
		"LocalAddr": `["10.1.0.0/24"]`, "RemoteAddr": `["All"]`, "LocalPortRange": `["8000-8010"]`, "Jobname": "*", "Userid": "WEBSRV",
		"IpTimeCondition": `["Day of Week Mask 0111110","From 08:00","To 18:00"]`,
	})
	if got := p.metrics["attls/TCPCS/rule/web/updated"].Raw(); got != "Tue Nov 17 04:52:19 2026" {
		t.Errorf("updated %q", got)
	}
}

func TestTwoStacks(t *testing.T) {
	p := listing(t, listed+strings.Replace(listed, "TCPCS", "TCPIP2", 1), collect.Options{})
	p.want(t, "attls/", map[string]string{"TCPCS/rules/count": "1", "TCPIP2/rule/web/Priority": "7"})
	if len(p.header.Coverage) != 4 {
		t.Errorf("coverage %+v", p.header.Coverage)
	}
}

func TestListingDamage(t *testing.T) {
	cut := listed[:strings.Index(listed, "    TTLSGroupAdvancedParms")]
	p := listing(t, cut, collect.Options{AssertComplete: true})
	if v := p.get(t, "attls/TCPCS/rule/web/TTLSEnabled"); !v.IsUnknown() {
		t.Errorf("of a cut action: %s", v)
	}
	if c := p.header.CoverageOf("attls/TCPCS/rule/other"); c.State != collect.Partial || !strings.Contains(c.Reason, "not all of them are listed to their end") {
		t.Errorf("coverage %+v", c)
	}
	// A second listing of one stack that says something else.
	p = listing(t, listed+strings.Replace(listed, "Priority:             7", "Priority:             9", 1), collect.Options{})
	if v := p.get(t, "attls/TCPCS/rule/web/Priority"); !v.IsUnknown() || !strings.Contains(v.Raw(), "twice") {
		t.Errorf("of two listings: %s", v)
	}
	for change, key := range map[[2]string]string{
		{"NegativeIndicator: Off", "NegativeIndicator: On"}:                                    "LocalPortRange",
		{"FromAddr:           10.1.0.0", "FromAddr:           host"}:                           "LocalAddr",
		{"  TTLS Condition Summary:", "  Local Port Group:    web\n  TTLS Condition Summary:"}: "LocalPortRange",
		{"ServiceDirection:    Both", "ServiceDirection:    Sideways"}:                         "Direction",
		{"    TTLSEnabled:                Off\n", ""}:                                          "TTLSEnabled",
		{"    Trace:                      2\n", ""}:                                            "Trace",
	} {
		text := strings.Replace(listed, change[0], change[1], 1)
		if text == listed {
			t.Fatalf("%q does not occur", change[0])
		}
		if v := listing(t, text, collect.Options{}).get(t, "attls/TCPCS/rule/web/"+key); !v.IsUnknown() {
			t.Errorf("with %q, %s is %s", change[1], key, v)
		}
	}
	_, err := collect.Run(t.Context(), Pasearch(), []*collect.File{collect.BytesFile("x", []byte(listed)), collect.BytesFile("y", []byte(listed))}, &collect.Options{})
	if !errors.Is(err, collect.ErrTwoValues) {
		t.Errorf("two files of one stack: %v", err)
	}
}

// The lists of a group come before the summary, which then only names their
// ends: 80 and 443 are not 80 to 443.
func TestListedGroup(t *testing.T) {
	groups := "   LocalPortFrom:       80                LocalPortTo:       80\n   LocalPortFrom:       443               LocalPortTo:       443\n  TTLS Condition Summary:"
	text := strings.Replace(listed, "  TTLS Condition Summary:", groups, 1)
	text = strings.Replace(text, "LocalPortFrom:       8000              LocalPortTo:       8010", "LocalPortFrom:       80                LocalPortTo:       443", 1)
	listing(t, text, collect.Options{}).want(t, "attls/TCPCS/rule/web/", map[string]string{"LocalPortRange": `["443","80"]`, "LocalAddr": `["10.1.0.0/24"]`})
}

// The order in which the actions of a rule are listed means nothing.
func TestShuffledActions(t *testing.T) {
	data := sample(t, "pasearch_t_cs31.txt")
	want := listing(t, string(data), collect.Options{}).header.Content
	marker := []byte("\n  TTLS Action:")
	parts := bytes.Split(data, marker)
	swapped := 0
	for i := 1; i+1 < len(parts); i += 2 {
		if !bytes.Contains(parts[i], []byte("\npolicyRule:")) && !bytes.Contains(parts[i+1], []byte("\npolicyRule:")) {
			parts[i], parts[i+1] = parts[i+1], parts[i]
			swapped++
		}
	}
	if swapped < 5 {
		t.Fatalf("%d swapped", swapped)
	}
	if got := listing(t, string(bytes.Join(parts, marker)), collect.Options{}).header.Content; got != want {
		t.Error("another digest")
	}
}

func TestListingSecrets(t *testing.T) {
	text := strings.Replace(listed, "    TTLSEnabled:  ", "    TTLSKeyringParms:\n     KeyringPw:                 canary-one\n     GSK_LDAP_USER_PW:          canary-two\n     SomePassword:   canary-three\n    TTLSEnabled:  ", 1)
	text = strings.Replace(text, "TTLSEnabled:                Off", "TTLSEnabled:                On", 1)
	for _, cut := range []int{len(text), strings.Index(text, "canary-one") + 5} {
		parts, err := collect.Run(t.Context(), Pasearch(), []*collect.File{collect.BytesFile("x", []byte(text[:cut]))}, &collect.Options{SecretKey: []byte("k")})
		if err != nil {
			t.Fatal(err)
		}
		var buf bytes.Buffer
		for _, open := range []collect.Opener{parts[0].FactsBlob, parts[0].ProvenanceBlob} {
			r, err := open()
			if err != nil {
				t.Fatal(err)
			}
			buf.ReadFrom(r)
			r.Close()
		}
		if bytes.Contains(buf.Bytes(), []byte("canary")) {
			t.Errorf("a secret in %s", buf.Bytes())
		}
	}
}
