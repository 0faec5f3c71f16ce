package attls

import (
	"fmt"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// Every statement of the reference, and every parameter that it lists for each,
// is known: a policy that has them all gives no warning.
func TestEveryStatementIsKnown(t *testing.T) {
	blocks := map[string][]string{}
	for _, p := range parameters {
		for _, in := range p.in {
			blocks[in] = append(blocks[in], p.name)
		}
	}
	var b strings.Builder
	for _, s := range statements {
		if len(blocks[s.name]) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%s x%s\n{\n", s.name, s.name)
		for _, p := range blocks[s.name] {
			fmt.Fprintf(&b, "  %s v\n", p)
		}
		for _, inner := range statements {
			for _, outer := range inner.in {
				if outer == s.name {
					fmt.Fprintf(&b, "  %sRef x%s\n", inner.name, inner.name)
				}
			}
		}
		b.WriteString("}\n")
	}
	// The statements of section 2.2 and the conditions of section 3.
	b.WriteString(`TTLSRule r
{
  LocalAddrRef a
  LocalAddrSetRef s
  LocalAddrGroupRef g
  RemoteAddrRef a
  RemoteAddrSetRef s
  RemoteAddrGroupRef g
  LocalAddr All
  RemoteAddr All
  LocalPortRange 1
  RemotePortRange 0
  LocalPortRangeRef p
  RemotePortRangeRef p
  LocalPortGroupRef q
  RemotePortGroupRef q
  Jobname J
  Userid U
  Direction Both
  Priority 7
  IpTimeConditionRef t
  TTLSGroupActionRef xTTLSGroupAction
  TTLSEnvironmentActionRef xTTLSEnvironmentAction
  TTLSConnectionActionRef xTTLSConnectionAction
}
IpAddr a
{
  Addr 10.0.0.1
}
IpAddrSet s
{
  Prefix 10.0.0.0/8
  Range 10.0.0.0-10.0.0.9
}
IpAddrGroup g
{
  IpAddrRef a
  IpAddrSetRef s
}
PortRange p
{
  Port 1 2
}
PortGroup q
{
  PortRangeRef p
}
IpTimeCondition t
{
  DayOfWeekMask 0111110
}
`)
	p := policy(t, b.String(), collect.Options{Release: "3.1"})
	for _, w := range p.header.Warnings {
		if strings.Contains(w.Text, "is not known") {
			t.Errorf("line %d: %s", w.Line, w.Text)
		}
	}
}

// What is not known is listed with its place.
func TestUnknownIsListed(t *testing.T) {
	p := policy(t, fmt.Sprintf(minimal, "  HandshakRole Client\n  ZertThing\n  {\n    X 1\n  }\n")+
		"ZERTRule one\n{\n  Port 23\n}\nZERTRule two\n{\n  Port 24\n}\nTTLSRule S\n{\n  Direction Inbound\n  LocalPrt 1\n}\n", collect.Options{Release: "3.1"})
	want := []string{
		"19 a keyword in TTLSEnvironmentAction (HandshakRole: was HandshakeRole meant?) is not known and is passed over",
		"20 ZertThing in TTLSEnvironmentAction is not known and is passed over",
		"25 statement ZERTRule is not known and is passed over, here and in 1 more places",
		"36 a keyword in TTLSRule is not known and is passed over",
	}
	var got []string
	for _, w := range p.header.Warnings {
		if strings.Contains(w.Text, "is not known") {
			got = append(got, fmt.Sprintf("%d %s", w.Line, w.Text))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("warnings\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Names longer than the Policy Agent takes, and bytes that are no text.
func TestLongNamesAndBytes(t *testing.T) {
	long := strings.Repeat("x", 33)
	p := policy(t, fmt.Sprintf(minimal, "")+"TTLSGroupAction "+long+"\n{\n  TTLSEnabled On\n}\n", collect.Options{Release: "3.1"})
	if v := p.get(t, "attls/*/lint"); !v.Has("L14 the name of TTLSGroupAction " + long + " is longer than 32 characters, which the Policy Agent refuses") {
		t.Errorf("lint %s", v)
	}
	p = policy(t, "# caf\xc3\xa9, na\xefve\n"+fmt.Sprintf(minimal, ""), collect.Options{Release: "3.1"})
	p.want(t, "attls/*/rule/R/", map[string]string{"HandshakeRole": "Server"})
}
