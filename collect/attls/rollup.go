package attls

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Values that follow from several parameters together.

// list returns the effective list of groups or signatures. What the defaults
// are depends on TLSv1.3 and, for key shares, on the client's curves.
func (v *resolver) list(p *parameter, words []word, e effect) effect {
	codes, err := p.codes(words)
	if err != nil {
		return unknown(words[0].at, "%v", err)
	}
	isDefault := len(e.defaulted) > 0
	switch {
	case isDefault && len(codes) > 0 && (p.name == "ClientECurves" || p.name == "SignaturePairs"):
		enabled := v.versions()
		if enabled.value.IsUnknown() {
			return unknown(v.rule.at, "not stated, and the default depends on TLSv1.3: %s", enabled.value.Raw())
		}
		if enabled.value.Has("TLSv1.3") {
			if p.name == "ClientECurves" {
				codes = append(codes, "0029")
			} else {
				codes = append(codes, "0806", "0805", "0804")
			}
		}
	case isDefault && p.name == "ClientKeyShareGroups" && v.rel >= 24:
		return v.keyShare(e)
	}
	name := groupName
	if p.form == formSignatures {
		name = signatureName
	}
	items := make([]string, len(codes))
	for i, c := range codes {
		items[i] = name(c)
	}
	e.value = collect.List(items...)
	return e
}

// keyShare is the default of ClientKeyShareGroups: the first group of
// ClientECurves that TLS 1.3 knows.
func (v *resolver) keyShare(e effect) effect {
	curves := v.value(need("ClientECurves"))
	if curves.value.IsUnknown() {
		return unknown(v.rule.at, "not stated, and the default depends on ClientECurves: %s", curves.value.Raw())
	}
	if curves.value.Has(anyGroup) {
		return unknown(v.rule.at, "not stated, and ClientECurves Any leaves the choice to System SSL")
	}
	e.value = collect.List()
	for _, g := range curves.value.Items() {
		if slices.Contains([]string{"secp256r1", "secp384r1", "secp521r1", "x25519", "x448"}, g) {
			e.value = collect.List(g)
			break
		}
	}
	return e
}

// versions returns the set of protocol versions that are on.
func (v *resolver) versions() effect {
	switch profile := v.value(need("SuiteBProfile")); {
	case profile.value.IsUnknown():
		return profile
	case profile.value.Raw() != "Off":
		return effect{value: collect.Set("TLSv1.2"), at: profile.at, from: profile.from + "; a Suite B profile means TLSv1.2 only"}
	}
	e := effect{at: v.rule.at.origin}
	var names, how []string
	for _, p := range versions {
		words, from, isDefault, err := v.words(p)
		if err != nil {
			return unknown(v.rule.at, "%s: %v", p.name, err)
		}
		if len(words) == 0 {
			continue // the release does not have it yet
		}
		w := words[len(words)-1]
		on, err := p.read(w.text)
		if err != nil {
			return unknown(w.at, "%v", err)
		}
		if isDefault {
			e.defaulted = append(e.defaulted, p.name)
		}
		how = append(how, fmt.Sprintf("%s %s: %s", p.name, w.text, from))
		if on.IsTrue() {
			names = append(names, p.words[0])
			e.members = append(e.members, collect.Member{Text: p.words[0], At: w.at.origin})
		}
	}
	e.value, e.from = collect.Set(names...), strings.Join(how, "; ")
	return e
}

// suites returns the cipher suites that one of the enabled versions can use, in
// order of preference.
func (v *resolver) suites() effect {
	enabled := v.versions()
	profile := v.value(need("SuiteBProfile"))
	switch {
	case profile.value.IsUnknown():
		return profile
	case profile.value.Raw() != "Off":
		return unknown(v.rule.at, "SuiteBProfile %s replaces the cipher list; the suites of the profiles are not in the reference", profile.value.Raw())
	}
	p := need("V3CipherSuites")
	words, from, isDefault, err := v.words(p)
	if err != nil {
		return unknown(v.rule.at, "%v", err)
	}
	if enabled.value.IsUnknown() {
		return unknown(v.rule.at, "which suites can be used depends on the versions: %s", enabled.value.Raw())
	}
	e := effect{at: v.rule.at.origin, from: from}
	if isDefault {
		e.defaulted = []string{p.name}
	}
	if len(words) > 0 {
		e.at = words[0].at.origin
	}
	var items []string
	for _, w := range words {
		codes, err := suiteCodes(w.text, w.four)
		if err != nil {
			continue // the rest counts; see lint/text
		}
		for _, c := range codes {
			name := suiteName(c)
			if usable(c, enabled.value.Items()) && !slices.Contains(items, name) {
				items = append(items, name)
			}
		}
	}
	e.value = collect.List(items...)
	return e
}

// revocation returns which ways of asking for revoked certificates are on.
func (v *resolver) revocation() effect {
	e := effect{at: v.rule.at.origin}
	var ways []string
	for _, way := range []struct{ name, parameter string }{
		{"ocsp", "OcspAiaEnable"}, {"ocsp", "OcspUrl"}, {"http-cdp", "HttpCdpEnable"}, {"ldap", "GSK_LDAP_SERVER"},
	} {
		x := v.value(need(way.parameter)).value
		switch {
		case x.IsUnknown():
			return unknown(v.rule.at, "%s: %s", way.parameter, x.Raw())
		case x.IsTrue(), x.Type() == collect.TypeText && x.Raw() != "none", x.Type() == collect.TypeSet && len(x.Items()) > 0:
			ways = append(ways, way.name)
		}
	}
	e.value = collect.Set(ways...)
	return e
}
