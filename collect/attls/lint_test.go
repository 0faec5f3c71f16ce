package attls

import (
	"slices"
	"strings"
	"testing"

	"github.com/irondrift/irondrift/collect"
)

// sound is a policy in which nothing is odd.
const sound = `TTLSRule R
{
  LocalPortRange 443
  Direction Inbound
  Priority 10
  TTLSGroupActionRef G
  TTLSEnvironmentActionRef E
}
TTLSGroupAction G
{
  TTLSEnabled On
}
TTLSEnvironmentAction E
{
  HandshakeRole Server
  TTLSKeyringParms
  {
    Keyring web
  }
  TTLSCipherParms
  {
    V3CipherSuites4Char TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
  }
  TTLSEnvironmentAdvancedParms
  {
    TLSv1.2 On
  }
}
`

// The oddities that docs/attls.md lists for the keys lint and lint/text, each
// made by one change of a sound policy.
func TestOddities(t *testing.T) {
	swap := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(sound) }
	const rule, text, stack = "rule/R/lint", "rule/R/lint/text", "lint"
	second := func(name, conditions string) string {
		return sound + "TTLSRule " + name + "\n{\n" + conditions + "  TTLSGroupActionRef G\n  TTLSEnvironmentActionRef E\n}\n"
	}
	for _, c := range []struct {
		policy, key, want string
	}{
		{swap("TLSv1.2 On", "TLSv1.2 On\n TLSv1.3 On"), rule, "L05 TLSv1.3 is on, but no cipher suite of it"},
		{swap("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "1301"), rule, "L05 no cipher suite of the list can be used"},
		{swap("TLSv1.2 On", "TLSv1 Off\n TLSv1.1 Off"), rule, "L05 no protocol version is on"},
		{swap("TTLSEnabled On", "TTLSEnabled On\n FIPS140 On", "TLSv1.2 On", "TLSv1.3 On"), rule, "L05 FIPS140 is on and so is TLSv1.3"},
		{swap("Inbound", "Inwards"), text, "L06 Direction is none of"},
		{swap("Priority 10", "Priority 0"), text, "L06 the value of Priority is not a number from 1"},
		{swap("TTLSEnvironmentAction E", "TTLSEnvironmentAktion E"), stack, "L06 unknown statement TTLSEnvironmentAktion: was TTLSEnvironmentAction meant?"},
		{swap("TTLSGroupActionRef G", "TTLSGroupActionRef g"), text, "L07 TTLSGroupAction g is not defined"},
		{swap("LocalPortRange 443", "LocalPortGroupRef ports"), text, "L07 LocalPortRange: PortGroup ports is not defined"},
		{sound + "PortRange spare\n{\n Port 1\n}\n", stack, "L08 PortRange spare is never used"},
		{sound + "TTLSGroupAction G\n{\n TTLSEnabled Off\n}\n", stack, "L09 TTLSGroupAction G is defined 2 times"},
		{swap("LocalPortRange 443", "LocalPortRange 443\n LocalPortRange 444"), text, "L10 TTLSRule: LocalPortRange is given more than once"},
		{second("S", "  LocalPortRange 443\n  Direction Inbound\n  Priority 5\n"), "rule/S/lint", "L11 never reached: rule R comes first"},
		{second("A", "  LocalPortRange 400 500\n  Direction Inbound\n  Priority 10\n"), rule, "L11 never reached: rule A comes first"},
		{second("S", "  LocalPortRange 400 500\n  Direction Inbound\n  Priority 10\n"), "rule/S/lint", "L11 rule R has the same priority and takes the same connections: the name decides"},
		{swap("Direction Inbound\n", ""), text, "L12 the rule has no direction"},
		{swap("LocalPortRange 443\n", ""), text, "L12 the rule has no condition beside its direction"},
		{swap("TTLSGroupActionRef G\n", ""), rule, "L12 the rule names no group action"},
		{swap("TTLSEnvironmentActionRef E\n", ""), rule, "L12 TTLSEnabled is On, but the rule names no environment action"},
		{swap("LocalPortRange 443", "LocalPortGroupRef ports") + "PortGroup ports\n{\n}\n", text, "L12 LocalPortRange: the group is empty"},
		{swap("TTLSRule R", "TTLSRule "+strings.Repeat("r", 33)), "rule/" + strings.Repeat("r", 33) + "/lint/text", "L14 the name of the rule is longer than 32"},
		{swap("HandshakeRole Server", "HandshakeRole Server\n ClientAuthType Full"), text, "L15 TTLSEnvironmentAction E: ClientAuthType does not belong here"},
		{swap("LocalPortRange 443", "LocalPortRange $PORT"), text, "L16 LocalPortRange: "},
		{swap("Keyring web", "Keyring <ring>"), rule, "L16 the key ring is a placeholder"},
		{swap("LocalPortRange 443", "LocalPortRange 500-400"), text, "L17 LocalPortRange: "},
		{swap("LocalPortRange 443", "LocalPortRange 70000"), text, "L17 LocalPortRange: "},
		{swap("LocalPortRange 443", "LocalAddr 6793"), rule, "L17 LocalAddr is "},
		{strings.TrimSuffix(sound, "}\n"), stack, "L31 TTLSEnvironmentAction E is not closed"},
	} {
		p := policy(t, c.policy, collect.Options{Release: "3.1"})
		v := p.get(t, "attls/*/"+c.key)
		if !slices.ContainsFunc(v.Items(), func(s string) bool { return strings.HasPrefix(s, c.want) }) {
			t.Errorf("%s is %s, want %q", c.key, v, c.want)
		}
	}
	p := policy(t, sound, collect.Options{Release: "3.1"})
	p.want(t, "attls/*/", map[string]string{rule: "[]", text: "[]", stack: "[]"})
}
