package reports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"

	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/rules"
)

// crypto gives an asset its cryptoProperties and notes what it rests on.
func (b *bomBuilder) crypto(a *rules.InventoryAsset, together map[string][]string) *cdx.CryptoProperties {
	switch a.Kind {
	case rules.AssetProtocol:
		return b.protocol(a, together[a.Name])
	case rules.AssetSuite:
		suite := b.suite(a.Name)
		props := &cdx.CryptoProtocolProperties{Type: cdx.CryptoProtocolTypeTLS, CipherSuites: &[]cdx.CipherSuite{suite}}
		if s, ok := zert.LookupSuite(a.Name); ok && s.KeyExchange == "any" {
			props.Version = "1.3" // its suites are of no other version
		}
		for _, ref := range refsIn(suite) {
			b.link(b.uses, assetRef(a), ref)
		}
		return &cdx.CryptoProperties{AssetType: cdx.CryptoAssetTypeProtocol, ProtocolProperties: props}
	case rules.AssetKey:
		kind, size, _ := strings.Cut(a.Name, " ")
		props := &cdx.RelatedCryptoMaterialProperties{Type: cdx.RelatedCryptoMaterialTypePublicKey, Format: kind}
		if bits, err := strconv.Atoi(size); err == nil {
			props.Size = &bits
		}
		return &cdx.CryptoProperties{AssetType: cdx.CryptoAssetTypeRelatedCryptoMaterial, RelatedCryptoMaterialProperties: props}
	case rules.AssetCertificate:
		return b.certificate(a.Certificate, assetRef(a))
	}
	return &cdx.CryptoProperties{AssetType: cdx.CryptoAssetTypeAlgorithm, AlgorithmProperties: algorithmProperties(a)}
}

func refsIn(s cdx.CipherSuite) (out []string) {
	if s.Algorithms != nil {
		for _, r := range *s.Algorithms {
			out = append(out, string(r))
		}
	}
	return out
}

// protocolTypes are the beginnings of protocol names.
var protocolTypes = []struct {
	prefix string
	typ    cdx.CryptoProtocolType
}{
	{"TLSv", cdx.CryptoProtocolTypeTLS}, {"SSLv", cdx.CryptoProtocolTypeTLS}, {"DTLSv", cdx.CryptoProtocolTypeTLS},
	{"SSHv", cdx.CryptoProtocolTypeSSH}, {"IKEv", cdx.CryptoProtocolTypeIKE}, {"IPSec ", cdx.CryptoProtocolTypeIPSec},
}

func (b *bomBuilder) protocol(a *rules.InventoryAsset, suites []string) *cdx.CryptoProperties {
	props := &cdx.CryptoProtocolProperties{Type: cdx.CryptoProtocolTypeOther}
	for _, t := range protocolTypes {
		if version, ok := strings.CutPrefix(a.Name, t.prefix); ok {
			props.Type, props.Version = t.typ, version
			if t.prefix == "SSLv" || t.prefix == "DTLSv" {
				props.Version = a.Name // it is no version of TLS
			}
			break
		}
	}
	if len(suites) > 0 {
		list := make([]cdx.CipherSuite, len(suites))
		for i, name := range suites {
			list[i] = b.suite(name)
			b.link(b.uses, assetRef(a), refOf(rules.AssetSuite, "", name))
		}
		props.CipherSuites = &list
	}
	return &cdx.CryptoProperties{AssetType: cdx.CryptoAssetTypeProtocol, ProtocolProperties: props}
}

// suite describes a cipher suite with its two bytes and its algorithms.
func (b *bomBuilder) suite(name string) cdx.CipherSuite {
	out := cdx.CipherSuite{Name: name}
	s, ok := zert.LookupSuite(name)
	if !ok {
		return out
	}
	out.Identifiers = &[]string{fmt.Sprintf("0x%02X", s.Code>>8), fmt.Sprintf("0x%02X", s.Code&0xff)}
	var refs []cdx.BOMReference
	for _, part := range rules.SuiteAlgorithms(name) {
		refs = append(refs, cdx.BOMReference(refOf(rules.AssetAlgorithm, part[0], part[1])))
	}
	if refs != nil {
		out.Algorithms = &refs
	}
	return out
}

// suitesOfVersions returns the suites that were certainly used with a version of
// TLS, sorted: those of services that used one version which can have the suite.
func (p *page) suitesOfVersions() map[string][]string {
	versions := map[int][]string{} // by service
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		if a.Kind != rules.AssetProtocol || !strings.HasPrefix(a.Name, "TLSv") && !strings.HasPrefix(a.Name, "SSLv") {
			continue
		}
		for _, u := range a.Uses {
			if u.Seen {
				versions[u.Service] = append(versions[u.Service], a.Name)
			}
		}
	}
	found := map[string]map[string]bool{}
	for i := range p.Inventory.Assets {
		a := &p.Inventory.Assets[i]
		s, ok := zert.LookupSuite(a.Name)
		if a.Kind != rules.AssetSuite || !ok {
			continue
		}
		for _, u := range a.Uses {
			if !u.Seen {
				continue
			}
			of13 := s.KeyExchange == "any"
			can := slices.DeleteFunc(slices.Clone(versions[u.Service]), func(v string) bool { return (v == "TLSv1.3") != of13 })
			if len(can) == 1 {
				if found[can[0]] == nil {
					found[can[0]] = map[string]bool{}
				}
				found[can[0]][a.Name] = true
			}
		}
	}
	out := map[string][]string{}
	for _, v := range sortedKeys(found) {
		out[v] = sortedKeys(found[v])
	}
	return out
}

func (b *bomBuilder) certificate(c *rules.AssetCertificateOf, ref string) *cdx.CryptoProperties {
	props := &cdx.CertificateProperties{CertificateFormat: "X.509"}
	if c != nil {
		props.SubjectName, props.IssuerName = c.Subject, c.Issuer
		if _, err := time.Parse(time.RFC3339, c.NotAfter); err == nil {
			props.NotValidAfter = c.NotAfter
		}
		if key := refOf(rules.AssetKey, "", c.Key); c.Key != "" && b.assets[key] {
			props.SubjectPublicKeyRef = cdx.BOMReference(key)
			b.link(b.uses, ref, key)
		}
		if sig := refOf(rules.AssetAlgorithm, "signature", c.Signature); c.Signature != "" && b.assets[sig] {
			props.SignatureAlgorithmRef = cdx.BOMReference(sig)
			b.link(b.uses, ref, sig)
		}
	}
	return &cdx.CryptoProperties{AssetType: cdx.CryptoAssetTypeCertificate, CertificateProperties: props}
}

// functionWords are the functions of an algorithm as CycloneDX names them.
var functionWords = map[string][]cdx.CryptoFunction{
	"encryption":             {cdx.CryptoFunctionEncrypt, cdx.CryptoFunctionDecrypt},
	"integrity":              {cdx.CryptoFunctionTag},
	"signature":              {cdx.CryptoFunctionSign, cdx.CryptoFunctionVerify},
	"digest":                 {cdx.CryptoFunctionDigest},
	"pseudo-random function": {cdx.CryptoFunctionKeyderive},
}

func algorithmProperties(a *rules.InventoryAsset) *cdx.CryptoAlgorithmProperties {
	out := &cdx.CryptoAlgorithmProperties{Primitive: cdx.CryptoPrimitiveUnknown}
	if a.Algorithm.Primitive != "" {
		out.Primitive = cdx.CryptoPrimitive(a.Algorithm.Primitive)
	}
	functions := functionWords[a.Function]
	if a.Kind == rules.AssetGroup {
		functions = []cdx.CryptoFunction{cdx.CryptoFunctionKeygen}
		if strings.HasPrefix(a.Name, "secp") || strings.HasPrefix(a.Name, "x") || strings.HasPrefix(a.Name, "brainpool") {
			out.Curve = a.Name
		} else {
			out.ParameterSetIdentifier = a.Name
		}
	}
	if functions != nil {
		out.CryptoFunctions = &functions
	}
	if a.Function == "encryption" {
		upper := strings.ToUpper(a.Name)
		for _, mode := range []cdx.CryptoAlgorithmMode{cdx.CryptoAlgorithmModeCBC, cdx.CryptoAlgorithmModeGCM, cdx.CryptoAlgorithmModeCCM, cdx.CryptoAlgorithmModeCTR} {
			if strings.Contains(upper, strings.ToUpper(string(mode))) {
				out.Mode = mode
			}
		}
		if a.Algorithm.Bits > 0 {
			out.ParameterSetIdentifier = strconv.Itoa(a.Algorithm.Bits)
		}
	}
	if bits := a.Algorithm.Bits; bits > 0 {
		out.ClassicalSecurityLevel = &bits
	}
	if a.Algorithm.PostQuantum == rules.QuantumNo {
		none := 0
		out.NistQuantumSecurityLevel = &none
	}
	return out
}
