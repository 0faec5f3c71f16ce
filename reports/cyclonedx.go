package reports

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"

	"github.com/irondrift/irondrift/rules"
)

// The CycloneDX format is a cryptographic bill of materials (CBOM) after version
// 1.6 of the specification, https://cyclonedx.org/docs/1.6/json/. Each asset is
// a component of type cryptographic-asset, each system one of type platform.
//
// A cipher suite is a protocol asset with one suite in it, because version 1.6
// knows suites only inside protocols, and there is no place there for a class or
// for where it was seen. A protocol version also lists the suites that are known
// to have been used with it; where a service used several versions, which suite
// went with which is not known, and none is claimed.
//
// What a system was seen to use it dependsOn, what its policies declare it
// provides. Occurrences are the services. Our own words are properties whose
// names begin with irondrift:. What could not be seen stands in the metadata:
// a bill of materials is read as complete unless it says that it is not.

// Names of our properties.
const (
	propClass       = "irondrift:class"
	propReason      = "irondrift:class-reason"
	propQuantum     = "irondrift:post-quantum"
	propFunction    = "irondrift:function"
	propRole        = "irondrift:role"
	propSerial      = "irondrift:certificate-serial"
	propSystem      = "irondrift:system" // of an asset: name, status, counts, first and last seen
	propPurpose     = "irondrift:purpose"
	propOwner       = "irondrift:owner"
	propAction      = "irondrift:planned-action"
	propLimit       = "irondrift:cannot-show"
	propReview      = "irondrift:review"
	propSince       = "irondrift:since-review"
	propReport      = "irondrift:report"
	propPeriod      = "irondrift:period"
	propRequirement = "irondrift:requirement"
)

// writeCycloneDX prints the bill of materials. Unsafe characters are written as
// escapes, as in the JSON format.
func writeCycloneDX(w io.Writer, p *page, _ Options) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if err := cdx.NewBOMEncoder(escapeUnsafe{out}, cdx.BOMFileFormatJSON).SetPretty(true).Encode(p.bom()); err != nil {
		return err
	}
	return out.Flush()
}

func (p *page) bom() *cdx.BOM {
	bom := cdx.NewBOM()
	// Nothing here is newer than 1.6, which more programs read.
	bom.SpecVersion, bom.JSONSchema = cdx.SpecVersion1_6, "http://cyclonedx.org/schema/bom-1.6.schema.json"
	bom.SerialNumber = p.serialNumber()
	name, version, _ := strings.Cut(p.Program, " ")
	meta := &cdx.Metadata{
		Timestamp: p.Generated.Format(time.RFC3339),
		Tools:     &cdx.ToolsChoice{Components: &[]cdx.Component{{Type: cdx.ComponentTypeApplication, Name: cmp.Or(name, "irondrift"), Version: version}}},
		Component: &cdx.Component{Type: cdx.ComponentTypePlatform, BOMRef: "site", Name: cmp.Or(p.Organisation, "systems")},
	}
	props := properties{}
	props.add(propReport, p.ID)
	props.add(propPeriod, periodText(p.Period))
	props.add(propRequirement, "12.3.3")
	for _, l := range p.Inventory.Limits {
		props.add(propLimit, l.System+": "+l.Text)
	}
	meta.Properties = props.list()
	bom.Metadata = meta

	b := &bomBuilder{p: p, uses: map[string]map[string]bool{}, provides: map[string]map[string]bool{}, assets: map[string]bool{}}
	for i := range p.Inventory.Assets {
		b.assets[assetRef(&p.Inventory.Assets[i])] = true
	}
	components := []cdx.Component{}
	for i := range p.Inventory.Systems {
		components = append(components, b.system(&p.Inventory.Systems[i]))
	}
	together := p.suitesOfVersions()
	for i := range p.Inventory.Assets {
		components = append(components, b.asset(&p.Inventory.Assets[i], together))
	}
	bom.Components = &components
	bom.Dependencies = b.dependencies(components)
	bom.Compositions = p.compositions()
	return bom
}

// serialNumber is a UUID (RFC 9562, version 8: made of a digest), so that the
// same report has the same number.
func (p *page) serialNumber() string {
	h := sha256.New()
	fmt.Fprintf(h, "irondrift cbom\x00%s\x00%t", p.digest(), p.redacted)
	for i := range p.Inventory.Assets {
		fmt.Fprintf(h, "\x00%q %d", p.Inventory.Assets[i].Name, len(p.Inventory.Assets[i].Uses))
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x80, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

type properties []cdx.Property

func (l *properties) add(name, value string) {
	if value != "" {
		*l = append(*l, cdx.Property{Name: name, Value: value})
	}
}

func (l properties) list() *[]cdx.Property {
	if len(l) == 0 {
		return nil
	}
	return (*[]cdx.Property)(&l)
}

type bomBuilder struct {
	p              *page
	uses, provides map[string]map[string]bool // component -> components
	assets         map[string]bool            // references of all assets
}

func (b *bomBuilder) link(to map[string]map[string]bool, from, ref string) {
	if to[from] == nil {
		to[from] = map[string]bool{}
	}
	to[from][ref] = true
}

func systemRef(id string) string { return "system:" + id }

func assetRef(a *rules.InventoryAsset) string {
	return refOf(a.Kind, a.Function, a.Name)
}

func refOf(kind rules.AssetKind, function, name string) string {
	if function != "" {
		return "crypto:" + string(kind) + ":" + function + ":" + name
	}
	return "crypto:" + string(kind) + ":" + name
}

func (b *bomBuilder) system(s *rules.InventorySystem) cdx.Component {
	props := properties{}
	props.add(propReview, reviewText(s))
	props.add(propSince, b.p.sinceReview(s))
	props.add(propLimit, s.Gap)
	b.link(b.uses, "site", systemRef(s.ID))
	return cdx.Component{Type: cdx.ComponentTypePlatform, BOMRef: systemRef(s.ID), Name: s.ID, Description: s.Platform, Properties: props.list()}
}

func (b *bomBuilder) asset(a *rules.InventoryAsset, together map[string][]string) cdx.Component {
	ref := assetRef(a)
	c := cdx.Component{Type: cdx.ComponentTypeCryptographicAsset, BOMRef: ref, Name: a.Name, CryptoProperties: b.crypto(a, together)}
	props := properties{}
	props.add(propClass, a.Algorithm.Class)
	props.add(propReason, a.Algorithm.Reason)
	props.add(propQuantum, a.Algorithm.PostQuantum)
	props.add(propFunction, a.Function)
	for _, r := range a.Roles {
		props.add(propRole, r)
	}
	if a.Certificate != nil {
		props.add(propSerial, a.Certificate.Serial)
	}
	for i := range a.Systems {
		s := &a.Systems[i]
		props.add(propSystem, systemText(s))
		if s.Since != "" {
			props.add(propSince, s.System+": "+string(s.Since))
		}
		for _, t := range s.Purposes {
			props.add(propPurpose, t)
		}
		for _, t := range s.Owners {
			props.add(propOwner, t)
		}
		if s.Action != "" {
			props.add(propAction, s.System+": "+actionText(s))
		}
		if s.Seen > 0 {
			b.link(b.uses, systemRef(s.System), ref)
		}
		if s.Declared > 0 {
			b.link(b.provides, systemRef(s.System), ref)
		}
	}
	c.Properties = unique(props).list()
	occurrences := make([]cdx.EvidenceOccurrence, len(a.Uses))
	for i := range a.Uses {
		occurrences[i] = b.occurrence(a, &a.Uses[i])
	}
	c.Evidence = &cdx.Evidence{Occurrences: &occurrences}
	return c
}

// unique drops repeated properties and keeps the order.
func unique(list properties) properties {
	var out properties
	for _, x := range list {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// systemText sums up an asset on a system in one line.
func systemText(s *rules.AssetOnSystem) string {
	out := s.System + ": " + string(s.Status)
	if s.Seen > 0 {
		out += fmt.Sprintf("; seen at %s", plural(int64(s.Seen), "service", "services"))
	}
	if s.Declared > 0 {
		out += fmt.Sprintf("; declared at %s", plural(int64(s.Declared), "place", "places"))
	}
	if s.Sessions >= 0 {
		out += "; " + plural(s.Sessions, "session", "sessions")
	}
	if s.Connections >= 0 {
		out += "; " + plural(s.Connections, "connection", "connections")
	}
	if !s.First.IsZero() {
		out += "; " + moment(s.First) + " to " + moment(s.Last)
	}
	return out
}

func actionText(s *rules.AssetOnSystem) string {
	if s.Due == "" {
		return s.Action
	}
	return s.Action + " (by " + s.Due + ")"
}

func (b *bomBuilder) occurrence(a *rules.InventoryAsset, u *rules.AssetUse) cdx.EvidenceOccurrence {
	s := &b.p.Inventory.Services[u.Service]
	purpose, owner := purposeOf(s, onSystem(a, s.System))
	words := []string{useStatus(u), s.Kind, serviceText(s)}
	if purpose != "" {
		words = append(words, "purpose: "+purpose)
	}
	if owner != "" {
		words = append(words, "owner: "+owner)
	}
	if u.Since.New() {
		words = append(words, string(u.Since))
	}
	if s.Evidence.Ref != "" {
		words = append(words, "evidence "+s.Evidence.Ref)
	}
	return cdx.EvidenceOccurrence{Location: s.System + "/" + string(s.Key), AdditionalContext: strings.Join(words, "; ")}
}

// compositions says how far what systems depend on is known: incomplete where
// something is known to be missing, else unknown, because what was seen in a
// period never proves that there is nothing else.
func (p *page) compositions() *[]cdx.Composition {
	refs := map[cdx.CompositionAggregate][]cdx.BOMReference{}
	for i := range p.Inventory.Systems {
		s := &p.Inventory.Systems[i]
		aggregate := cdx.CompositionAggregateUnknown
		if s.Gap != "" {
			aggregate = cdx.CompositionAggregateIncomplete
		}
		refs[aggregate] = append(refs[aggregate], cdx.BOMReference(systemRef(s.ID)))
	}
	var out []cdx.Composition
	for _, aggregate := range []cdx.CompositionAggregate{cdx.CompositionAggregateIncomplete, cdx.CompositionAggregateUnknown} {
		if list := refs[aggregate]; list != nil {
			out = append(out, cdx.Composition{Aggregate: aggregate, Dependencies: &list})
		}
	}
	if out == nil {
		return nil
	}
	return &out
}

// dependencies lists every edge, sorted; components without one are left out.
func (b *bomBuilder) dependencies(components []cdx.Component) *[]cdx.Dependency {
	known := map[string]bool{"site": true}
	for i := range components {
		known[components[i].BOMRef] = true
	}
	list := func(refs map[string]bool) *[]string {
		var out []string
		for _, r := range sortedKeys(refs) {
			if known[r] {
				out = append(out, r)
			}
		}
		if out == nil {
			return nil
		}
		return &out
	}
	out := []cdx.Dependency{}
	for _, ref := range sortedKeys(known) {
		d := cdx.Dependency{Ref: ref, Dependencies: list(b.uses[ref]), Provides: list(b.provides[ref])}
		if d.Dependencies != nil || d.Provides != nil {
			out = append(out, d)
		}
	}
	return &out
}
