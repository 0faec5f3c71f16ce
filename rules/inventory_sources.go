package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/ibmi"
)

// The kinds of services of an inventory.
const (
	kindZERT   = "zERT service"
	kindPort   = "IBM i port"
	kindPolicy = "AT-TLS rule"
	kindValue  = "system value"
	kindServer = "SSL server"
)

// inventorySpecs say how each source tells of cryptography.
var inventorySpecs = []sourceSpec{
	{
		pattern: servicePattern, kind: kindZERT, values: zertAssets(),
		keep: append([]string{"protection"}, certificateKeys()...), finish: (*inventoryBuilder).endZERT,
	},
	{
		pattern: mustPattern("ibmi/sk/<kind=secure|secure_client>/<port>"), kind: kindPort,
		values: map[string]assetSpec{
			"protocols":  {kind: AssetProtocol, protocol: "tls"},
			"suites":     {kind: AssetSuite, protocol: "tls"},
			"signatures": {kind: AssetAlgorithm, function: "signature", protocol: "tls"},
			"groups":     {kind: AssetGroup, protocol: "tls"},
		},
		keep: []string{"properties"}, finish: (*inventoryBuilder).endPort,
	},
	{
		pattern: policyPattern, kind: kindPolicy, declared: true,
		values: map[string]assetSpec{
			"tls/versions":         {kind: AssetProtocol, protocol: "tls"},
			"tls/suites":           {kind: AssetSuite, protocol: "tls"},
			"ClientECurves":        {kind: AssetGroup, protocol: "tls"},
			"ClientKeyShareGroups": {kind: AssetGroup, protocol: "tls"},
			"ServerKeyShareGroups": {kind: AssetGroup, protocol: "tls"},
			"ServerKexECurves":     {kind: AssetGroup, protocol: "tls"},
			"SignaturePairs":       {kind: AssetAlgorithm, function: "signature", protocol: "tls"},
			"SignaturePairsCert":   {kind: AssetAlgorithm, function: "signature", protocol: "tls"},
		},
		keep: []string{"TTLSEnabled", "Direction", "LocalPortRange", "RemotePortRange", "Jobname"}, finish: (*inventoryBuilder).endPolicy,
	},
	{
		pattern: mustPattern("zvm/tls/<server>"), kind: kindServer, declared: true,
		values: map[string]assetSpec{"enable": {kind: AssetSuite, protocol: "tls"}}, finish: (*inventoryBuilder).endServer,
	},
}

// zertAssets are the values of a zERT service.
func zertAssets() map[string]assetSpec {
	out := map[string]assetSpec{
		"tls/versions":         {kind: AssetProtocol, protocol: "tls"},
		"tls/suites":           {kind: AssetSuite, protocol: "tls"},
		"tls/key_exchange":     {kind: AssetAlgorithm, function: "key exchange", protocol: "tls"},
		"ssh/versions":         {kind: AssetProtocol, protocol: "ssh"},
		"ssh/key_exchange":     {kind: AssetAlgorithm, function: "key exchange", protocol: "ssh"},
		"ssh/encryption":       {kind: AssetAlgorithm, function: "encryption", protocol: "ssh"},
		"ssh/mac":              {kind: AssetAlgorithm, function: "integrity", protocol: "ssh"},
		"ssh/server_key":       {kind: AssetKey, protocol: "ssh", role: "SSH server key"},
		"ssh/client_key":       {kind: AssetKey, protocol: "ssh", role: "SSH client key"},
		"ipsec/ike_versions":   {kind: AssetProtocol, protocol: "ipsec"},
		"ipsec/protocols":      {kind: AssetProtocol, protocol: "ipsec", name: func(s string) string { return "IPSec " + s }},
		"ipsec/ike_encryption": {kind: AssetAlgorithm, function: "encryption", protocol: "ipsec"},
		"ipsec/encryption":     {kind: AssetAlgorithm, function: "encryption", protocol: "ipsec"},
		"ipsec/ike_mac":        {kind: AssetAlgorithm, function: "integrity", protocol: "ipsec"},
		"ipsec/mac":            {kind: AssetAlgorithm, function: "integrity", protocol: "ipsec"},
		"ipsec/ike_prf":        {kind: AssetAlgorithm, function: "pseudo-random function", protocol: "ipsec"},
		"ipsec/ike_auth":       {kind: AssetAlgorithm, function: "authentication", protocol: "ipsec"},
		"ipsec/ike_dh_groups":  {kind: AssetGroup, protocol: "ipsec", name: ikeGroup},
		"ipsec/pfs_groups":     {kind: AssetGroup, protocol: "ipsec", name: ikeGroup},
	}
	for _, c := range zertCertificates {
		protocol, _, _ := strings.Cut(c.prefix, "/")
		out[c.prefix+"_key"] = assetSpec{kind: AssetKey, protocol: protocol, role: c.role}
		out[c.prefix+"_sig"] = assetSpec{kind: AssetAlgorithm, function: "signature", protocol: protocol}
		out[c.prefix+"_digest"] = assetSpec{kind: AssetAlgorithm, function: "digest", protocol: protocol}
	}
	return out
}

func ikeGroup(s string) string { return "IKE group " + s }

// zertCertificates are the certificates of a zERT service: the beginnings of
// their keys and what they are for.
var zertCertificates = []struct{ prefix, role string }{
	{"tls/cert", "TLS server certificate"}, {"tls/client_cert", "TLS client certificate"},
	{"ssh/cert", "SSH server certificate"}, {"ssh/client_cert", "SSH client certificate"},
	{"ipsec/local_cert", "IKE certificate"}, {"ipsec/remote_cert", "IKE certificate of a peer"},
}

func certificateKeys() (out []string) {
	for _, c := range zertCertificates {
		for _, end := range []string{"_subjects", "_issuers", "_serials", "_not_after"} {
			out = append(out, c.prefix+end)
		}
	}
	return out
}

func (b *inventoryBuilder) endZERT(names map[string]string) {
	b.service.Job, b.service.Role = names["job"], names["role"]
	end := names["endpoint"]
	b.service.Ports = end[strings.LastIndexByte(end, ':')+1:]
	b.register(names["system"], names["job"], names["role"], b.service.Ports, false)
	if b.service.Purpose == "" && names["system"] != b.sys.ID {
		b.register(b.sys.ID, names["job"], names["role"], b.service.Ports, false)
	}
	if slices.Contains(b.values["tls/versions"].Items(), "TLSv1.3") {
		b.count("zERT names no groups: whether TLSv1.3 sessions of %s exchange keys in a way that withstands quantum computers is not known")
	}
	for _, c := range zertCertificates {
		b.certificates(c.prefix, c.role)
	}
}

// certificates makes certificates of what a service says about them: sets of
// subjects, issuers, serial numbers and dates, which belong together only where
// there is one of each.
func (b *inventoryBuilder) certificates(prefix, role string) {
	list := func(end string) []string {
		v := b.values[prefix+end]
		if v.IsUnknown() && (end == "_subjects" || end == "_serials") {
			b.count(role + ": " + certificateWords[end] + " at %s not known: " + v.Raw())
		}
		return slices.DeleteFunc(slices.Clone(v.Items()), func(s string) bool { return s == "unknown" || s == "none" })
	}
	only := func(list []string) string {
		if len(list) == 1 {
			return list[0]
		}
		return ""
	}
	subjects, issuers, serials, ends := list("_subjects"), list("_issuers"), list("_serials"), list("_not_after")
	keys, signatures := b.values[prefix+"_key"].Items(), b.values[prefix+"_sig"].Items()
	base := AssetCertificateOf{Issuer: only(issuers)}
	var found []AssetCertificateOf
	switch {
	case len(serials) == 1:
		base.Serial, base.Subject, base.NotAfter, base.Key, base.Signature = serials[0], only(subjects), only(ends), only(keys), only(signatures)
		found = append(found, base)
	case len(serials) > 1:
		for _, s := range serials {
			c := base
			c.Serial = s
			found = append(found, c)
		}
		b.count("several certificates of %s: which subject and date belong to which serial number is not told")
	case len(subjects) == 1:
		base.Subject, base.NotAfter, base.Key, base.Signature = subjects[0], only(ends), only(keys), only(signatures)
		found = append(found, base)
	default:
		for _, s := range subjects {
			c := base
			c.Subject = s
			found = append(found, c)
		}
	}
	protocol, _, _ := strings.Cut(prefix, "/")
	for i := range found {
		b.pending = append(b.pending, pendingUse{
			id: assetID{AssetCertificate, "", found[i].name()}, protocol: protocol, role: role, cert: &found[i], at: b.service.at,
		})
	}
}

// certificateWords say what is not known with a value of a certificate.
var certificateWords = map[string]string{"_subjects": "subject and issuer", "_serials": "serial number and end of validity"}

// name is the identity of a certificate as far as it is known.
func (c *AssetCertificateOf) name() string {
	var parts []string
	if c.Subject != "" {
		parts = append(parts, c.Subject)
	}
	if c.Serial != "" {
		parts = append(parts, "serial "+c.Serial)
	}
	if c.Issuer != "" {
		parts = append(parts, "issued by "+c.Issuer)
	}
	if c.NotAfter != "" && c.Serial == "" {
		parts = append(parts, "until "+c.NotAfter)
	}
	return strings.Join(parts, "; ")
}

func (b *inventoryBuilder) endPort(names map[string]string) {
	b.service.Role, b.service.Ports = "server", names["port"]
	if names["kind"] == "secure_client" {
		// The port is the other side's: an entry about our own says nothing.
		b.service.Role = "client"
		b.register(b.sys.ID, "", "client", names["port"], true)
	} else {
		b.register(b.sys.ID, "", "", names["port"], false)
	}
	for i := range b.pending {
		// The protocols of VPN connections stand beside those of TLS.
		if p := &b.pending[i]; p.id.kind == AssetProtocol && !strings.Contains(p.id.name, "TLS") && !strings.Contains(p.id.name, "SSL") {
			p.protocol = ""
		}
	}
	if len(b.values["properties"].Items()) > 0 {
		b.count("secure sessions of %s that are not TLS have properties in a form that is not published: their algorithms are not in the inventory")
	}
}

func (b *inventoryBuilder) endPolicy(names map[string]string) {
	if b.values["TTLSEnabled"].IsFalse() {
		b.pending = b.pending[:0] // it keeps TLS away and declares nothing
		return
	}
	b.service.Role = map[string]string{"Inbound": "server", "Outbound": "client"}[b.values["Direction"].Raw()]
	ports := b.values["LocalPortRange"].Items()
	if b.service.Role == "client" {
		ports = b.values["RemotePortRange"].Items()
	}
	if len(ports) == 1 && ports[0] != "All" {
		b.service.Ports = ports[0]
	}
	if job := b.values["Jobname"].Raw(); b.values["Jobname"].Type() == collect.TypeText && job != "*" {
		b.service.Job = job
	}
	b.register(b.sys.ID, b.service.Job, b.service.Role, b.service.Ports, false)
}

// endServer reads which protocol versions an SSL server of z/VM offers.
func (b *inventoryBuilder) endServer(names map[string]string) {
	b.service.Job = names["server"]
	for rest, v := range b.values {
		version, isProtocol := strings.CutPrefix(rest, "protocol/")
		switch {
		case !isProtocol:
		case v.IsUnknown():
			b.count(rest + " of %s not known: " + v.Raw())
			b.lessen(AssetProtocol, true)
		case v.Raw() == "on":
			b.pending = append(b.pending, pendingUse{id: assetID{AssetProtocol, "", zvmVersion(version)}, protocol: "tls", declared: true, at: b.service.at})
		}
	}
	slices.SortFunc(b.pending, func(x, y pendingUse) int { return cmp.Compare(x.id.name, y.id.name) })
}

// zvmVersion makes TLSv1.2 of tlsv1_2.
func zvmVersion(s string) string {
	upper := strings.ToUpper(strings.ReplaceAll(s, "_", "."))
	if i := strings.IndexByte(upper, 'V'); i == 3 {
		return upper[:3] + "v" + upper[4:]
	}
	return upper
}

// inventorySpecials are the system values of System TLS of IBM i.
var inventorySpecials = map[string]*assetSpec{
	"ibmi/sysval/QSSLPCL": {kind: AssetProtocol, protocol: "tls", name: ibmi.ProtocolName},
	"ibmi/sysval/QSSLCSL": {kind: AssetSuite, protocol: "tls", name: ibmi.SuiteName},
}

// special reads such a system value, which is a service by itself.
func (b *inventoryBuilder) special(r *collect.FactReader, at collect.Located, a *assetSpec) error {
	e, err := r.Entry()
	if err != nil {
		return err
	}
	b.endEntity()
	b.entity, b.open = e.Key, false
	b.service = InventoryService{System: b.sys.ID, Kind: kindValue, Key: e.Key, Role: "server and client", Sessions: -1, Connections: -1}
	b.evidence(at)
	name := string(e.Key[strings.LastIndexByte(string(e.Key), '/')+1:])
	switch {
	case e.Value.IsUnknown():
		b.limit(fmt.Sprintf("system value %s is not known: %s", name, e.Value.Raw()))
	case slices.Contains(e.Value.Items(), "*OPSYS"):
		b.limit("system value " + name + " is *OPSYS: what it allows depends on the release and is not in the extract")
	default:
		b.states[a.kind] = max(b.states[a.kind], b.known(e.Key))
		b.addMembers(*a, name, e.Value, at, true)
		if len(b.pending) > 0 {
			b.commit()
		}
	}
	b.pending, b.entity = b.pending[:0], ""
	return nil
}

// aside looks at keys that tell how much the others can be relied on.
func (b *inventoryBuilder) aside(r *collect.FactReader) error {
	key := string(r.Key())
	switch {
	case strings.HasPrefix(key, "zert/") && (strings.HasSuffix(key, "/aggregation") || strings.HasSuffix(key, "/discovery")):
		e, err := r.Entry()
		if err == nil && e.Value.Has("disabled") {
			b.limit(fmt.Sprintf("zERT %s of stack %s was switched off in the period: sessions went unrecorded", e.Key.Segments()[3], e.Key.Segments()[2]))
			b.gap("zERT was switched off for a time")
		}
		return err
	case key == "zvm/tls/enabled":
		b.enabled = string(r.Form()) == "yes"
	case key == "ibmi/sk/entry_types":
		e, err := r.Entry()
		if err == nil && !e.Value.Has("S") {
			b.limit("the extract holds no entries of secure sessions: perhaps *NETSECURE is not audited")
			b.gap("no secure session is recorded, and *NETSECURE may not be audited")
			b.sees = map[AssetKind]knowledge{}
		}
		return err
	}
	return nil
}

func (b *inventoryBuilder) limit(text string) {
	b.limits[InventoryLimit{b.sys.ID, b.parts[b.part].Header.Source, text}] = true
}

func (b *inventoryBuilder) gap(why string) {
	if !slices.Contains(b.gaps, why) {
		b.gaps = append(b.gaps, why)
	}
}

// known says how much of a prefix the current part covers.
func (b *inventoryBuilder) known(prefix collect.Key) knowledge {
	switch b.parts[b.part].Header.CoverageOf(prefix).State {
	case collect.Complete:
		return whole
	case "":
		return nothing
	}
	return some
}

// aboutPart notes what a part can tell and how far it can be relied on.
func (b *inventoryBuilder) aboutPart(h *collect.Header) {
	observes := h.View == collect.Watched || h.Source == "zert-smf" || h.Source == "ibmi-sk"
	for _, c := range h.Coverage {
		concerns := slices.ContainsFunc(inventoryPrefixes, func(p collect.Key) bool { return p.Under(c.Prefix) || c.Prefix.Under(p) })
		if concerns && c.State != collect.Complete {
			b.limit(string(c.Prefix) + ": " + about(c))
			if observes {
				b.gap(about(c))
			}
		}
	}
	if n := len(h.Gaps); n > 0 && observes {
		b.limit(fmt.Sprintf("%d stretches of the period are missing, the first from %s to %s: %s", n, h.Gaps[0].Start, h.Gaps[0].End, h.Gaps[0].Reason))
		b.gap("stretches of the period are missing")
	}
	learn := func(known map[AssetKind]knowledge, prefix collect.Key, kinds ...AssetKind) {
		k := some
		if h.State() == collect.Complete && len(h.Gaps) == 0 {
			k = whole
		}
		for _, c := range h.Coverage {
			if prefix.Under(c.Prefix) || c.Prefix.Under(prefix) {
				for _, kind := range kinds {
					known[kind] = max(known[kind], k)
				}
			}
		}
	}
	learn(b.sees, "zert", AssetProtocol, AssetSuite)
	learn(b.sees, "ibmi/sk", AssetProtocol, AssetSuite, AssetGroup)
	learn(b.states, "attls", AssetProtocol, AssetSuite, AssetGroup)
	learn(b.states, "zvm/tls", AssetProtocol)
	switch h.Source {
	case "ibmi-sk":
		b.limit("secure-session entries come from System TLS and VPN only: TLS of OpenSSL and of Java leaves none")
	case "attls-policy", "attls-pasearch":
		b.limit("AT-TLS names certificates by their labels: which certificate a label stands for is not in the policy, nor is TLS that applications do by themselves")
	case "zvm-tcpip":
		b.limit("the cipher suites that an SSL server of z/VM offers by default are not in its configuration")
	}
}
