package rules

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// inventoryBuilder gathers the inventory of one system. Facts and provenance of
// each part are walked side by side, in key order, one service at a time.
// Unlike the rules, which see one value for each key, it takes what every part
// says: a policy file and the policy in force may differ, and both belong in an
// inventory.
type inventoryBuilder struct {
	site   *site
	sys    System
	parts  []*collect.Part
	out    *Inventory
	assets map[assetID]int // index into out.Assets
	counts map[limitID]*limitCount
	limits map[InventoryLimit]bool
	sees   map[AssetKind]knowledge // TLS: what shows the use of such assets
	states map[AssetKind]knowledge // TLS: what declares them
	from   [2]map[string]bool      // sources: seen, declared
	gaps   []string                // why what is used cannot be whole

	enabled bool // z/VM: the TCP/IP profile names an SSL server

	// The service that is being read.
	part    int
	entity  collect.Key
	open    bool
	service InventoryService
	pending []pendingUse
	values  map[string]collect.Value // what is needed to the end of the entity
	bare    bool                     // sessions without recognised protection
}

// knowledge says how much is known about the assets of a kind on the system.
type knowledge uint8

const (
	nothing knowledge = iota
	some
	whole
)

type pendingUse struct {
	id       assetID
	protocol string
	role     string
	cert     *AssetCertificateOf
	declared bool
	at       collect.Origin
}

// limitID tells limits apart that are counted over services.
type limitID struct{ source, text string }

type limitCount struct {
	services int
	first    string
}

// sourceSpec says how the keys of one kind of entity are read.
type sourceSpec struct {
	pattern  pattern
	kind     string
	declared bool
	values   map[string]assetSpec
	keep     []string
	finish   func(*inventoryBuilder, map[string]string)
}

// assetSpec says what the members of a value are.
type assetSpec struct {
	kind     AssetKind
	function string
	protocol string
	role     string
	name     func(string) string // nil: as it is
}

func newInventoryBuilder(s *site, sys System, parts []*collect.Part) *inventoryBuilder {
	return &inventoryBuilder{
		site: s, sys: sys, parts: parts, out: &Inventory{}, assets: map[assetID]int{}, counts: map[limitID]*limitCount{},
		limits: map[InventoryLimit]bool{}, sees: map[AssetKind]knowledge{}, states: map[AssetKind]knowledge{},
		from: [2]map[string]bool{{}, {}}, values: map[string]collect.Value{},
	}
}

// inventoryPrefixes are where the facts are that belong in an inventory.
var inventoryPrefixes = []collect.Key{"zert", "attls", "ibmi/sk", "ibmi/sysval/QSSLPCL", "zvm/tls"}

func (b *inventoryBuilder) relevant(h *collect.Header) bool {
	return slices.ContainsFunc(h.Coverage, func(c collect.Coverage) bool {
		return slices.ContainsFunc(inventoryPrefixes, func(p collect.Key) bool { return p.Under(c.Prefix) || c.Prefix.Under(p) })
	})
}

// readPart walks facts and provenance of a part.
func (b *inventoryBuilder) readPart(ctx context.Context, n int, p *collect.Part) (err error) {
	b.part = n
	b.aboutPart(&p.Header)
	facts, err := p.Facts()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, facts.Close()) }()
	prov, err := p.Provenance()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, prov.Close()) }()
	more, located := facts.Next(), prov.Next()
	for i := 0; more || located; i++ {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var at collect.Located
		order := -1
		if located {
			at = prov.Located()
			if order = 1; more {
				order = bytes.Compare(facts.Key(), []byte(at.Key))
			}
		}
		if order > 0 { // a metric, or the origin of nothing
			if !at.Metric.IsAbsent() {
				b.metric(at)
			}
			located = prov.Next()
			continue
		}
		if order < 0 {
			at = collect.Located{}
		}
		if err := b.fact(facts, at); err != nil {
			return err
		}
		if order == 0 {
			located = prov.Next()
		}
		more = facts.Next()
	}
	b.endEntity()
	return errors.Join(facts.Err(), prov.Err())
}

// inventoryEntity returns how the entity that a key belongs to is read.
func inventoryEntity(key []byte) (spec *sourceSpec, n int) {
	for i := range inventorySpecs {
		s := &inventorySpecs[i]
		if !bytes.HasPrefix(key, []byte(s.pattern.prefix)) {
			continue
		}
		if n, ok := s.pattern.head(key); ok {
			return s, n
		}
	}
	return nil, 0
}

// enter makes the entity of a key the current one and returns the rest of the
// key; nil when the key belongs to none.
func (b *inventoryBuilder) enter(key []byte) (spec *sourceSpec, rest string) {
	if b.open && len(key) > len(b.entity) && string(key[:len(b.entity)]) == string(b.entity) && key[len(b.entity)] == '/' {
		return b.spec(), string(key[len(b.entity)+1:])
	}
	spec, n := inventoryEntity(key)
	if spec == nil {
		return nil, ""
	}
	b.endEntity()
	b.open, b.entity, b.bare = true, collect.Key(key[:n]), false
	clear(b.values)
	b.service = InventoryService{System: b.sys.ID, Kind: spec.kind, Key: b.entity, Sessions: -1, Connections: -1}
	return spec, string(key[n+1:])
}

func (b *inventoryBuilder) spec() *sourceSpec {
	for i := range inventorySpecs {
		if inventorySpecs[i].kind == b.service.Kind {
			return &inventorySpecs[i]
		}
	}
	return nil
}

func (b *inventoryBuilder) fact(r *collect.FactReader, at collect.Located) error {
	spec, rest := b.enter(r.Key())
	if spec == nil {
		if special := inventorySpecials[string(r.Key())]; special != nil {
			return b.special(r, at, special)
		}
		return b.aside(r)
	}
	if b.service.Evidence.Key == "" {
		b.evidence(at)
	}
	a, wanted := spec.values[rest]
	if !wanted && !slices.Contains(spec.keep, rest) && !strings.HasPrefix(rest, "protocol/") {
		return nil
	}
	e, err := r.Entry()
	if err != nil {
		return err
	}
	if rest == "protection" {
		b.bare = e.Value.Has("none")
	}
	if !wanted {
		b.values[rest] = e.Value
		return nil
	}
	b.addMembers(a, rest, e.Value, at, spec.declared)
	return nil
}

// addMembers notes the members of a set, or that it is not known.
func (b *inventoryBuilder) addMembers(a assetSpec, rest string, v collect.Value, at collect.Located, declared bool) {
	if v.IsUnknown() {
		b.count(fmt.Sprintf("%s of %%s not known: %s", rest, v.Raw()))
		b.lessen(a.kind, declared)
		return
	}
	b.values[rest] = v
	for i, name := range v.Items() {
		origin := at.At
		if i < len(at.Members) {
			origin = at.Members[i]
		}
		if name == "unknown" {
			b.count(rest + " of some sessions of %s not known")
			b.lessen(a.kind, declared)
			continue
		}
		if name == "none or AEAD" || name == "none" && a.function != "encryption" || name == "Any" {
			continue // no certificate, no separate integrity, any group
		}
		if a.name != nil {
			name = a.name(name)
		}
		b.pending = append(b.pending, pendingUse{
			id: assetID{a.kind, a.function, name}, protocol: a.protocol, role: a.role, declared: declared, at: origin,
		})
	}
}

// lessen notes that assets of a kind may be missing.
func (b *inventoryBuilder) lessen(kind AssetKind, declared bool) {
	known := b.sees
	if declared {
		known = b.states
	}
	if known[kind] == whole {
		known[kind] = some
	}
}

// count counts services of which something is not known; %s in text becomes
// their number.
func (b *inventoryBuilder) count(text string) {
	id := limitID{source: b.parts[b.part].Header.Source, text: text}
	c := b.counts[id]
	if c == nil {
		c = &limitCount{first: string(b.entity)}
		b.counts[id] = c
	}
	c.services++
}

// evidence cites the place where the current service was read first.
func (b *inventoryBuilder) evidence(at collect.Located) {
	h := &b.parts[b.part].Header
	e := Evidence{Ref: reference(h), System: b.sys.ID, Source: h.Source, Key: b.entity, Period: h.Period, Content: h.Content}
	place(&e, h, at.At)
	b.service.Evidence, b.service.unit, b.service.at = e, b.part, at.At
}

func (b *inventoryBuilder) metric(at collect.Located) {
	spec, rest := b.enter([]byte(at.Key))
	if spec == nil {
		return
	}
	n, isNumber := at.Metric.Int()
	switch {
	case rest == "sessions" && isNumber:
		b.service.Sessions = n
	case (rest == "connections" || rest == "records" && b.service.Kind == kindPort) && isNumber:
		b.service.Connections = n
	case rest == "first_seen":
		b.service.First, _ = parsePeriod(at.Metric.Raw())
	case rest == "last_seen":
		b.service.Last, _ = parsePeriod(at.Metric.Raw())
	case rest == "jobs" && len(at.Metric.Items()) > 0:
		b.service.Job = strings.Join(at.Metric.Items(), " ")
	}
}

// endEntity puts the service that has been read into the inventory.
func (b *inventoryBuilder) endEntity() {
	if !b.open {
		return
	}
	spec := b.spec()
	if b.bare {
		b.count("%s had sessions without recognised protection: what they use, if anything, is not in the inventory")
	}
	spec.finish(b, spec.pattern.captures(b.entity))
	if len(b.pending) > 0 {
		b.commit()
	}
	b.open, b.entity, b.pending = false, "", b.pending[:0]
}

// commit adds the current service with its pending uses.
func (b *inventoryBuilder) commit() {
	at := len(b.out.Services)
	b.out.Services = append(b.out.Services, b.service)
	b.from[indexOf(b.pending[0].declared)][b.service.Evidence.Source] = true
	for _, p := range b.pending {
		b.use(at, p)
		if p.id.kind == AssetSuite {
			for _, id := range suiteParts(p.id.name) {
				b.use(at, pendingUse{id: id, protocol: p.protocol, declared: p.declared, at: p.at})
			}
		}
	}
}

func indexOf(declared bool) int {
	if declared {
		return 1
	}
	return 0
}

func (b *inventoryBuilder) use(service int, p pendingUse) {
	class := classify(p.id.kind, p.id.function, p.id.name)
	if class.Class == "signal" {
		return // not an algorithm
	}
	n, known := b.assets[p.id]
	if !known {
		n = len(b.out.Assets)
		b.assets[p.id] = n
		b.out.Assets = append(b.out.Assets, InventoryAsset{Kind: p.id.kind, Function: p.id.function, Name: p.id.name, Algorithm: class})
	}
	a := &b.out.Assets[n]
	if p.protocol != "" {
		a.Protocols = union(a.Protocols, []string{p.protocol})
	}
	if p.role != "" {
		a.Roles = union(a.Roles, []string{p.role})
	}
	a.addCertificate(p.cert)
	u := AssetUse{Service: service, Seen: !p.declared, Declared: p.declared}
	if !p.declared {
		svc := &b.out.Services[service]
		u.Records, u.First, u.Last = max(p.at.Count, 1), p.at.First, p.at.Last
		if u.First.IsZero() {
			u.First, u.Last = svc.First, svc.Last
		}
	}
	if k := len(a.Uses); k > 0 && a.Uses[k-1].Service == service {
		a.Uses[k-1].merge(u)
		return
	}
	a.Uses = append(a.Uses, u)
}

func (u *AssetUse) merge(v AssetUse) {
	u.Seen, u.Declared, u.Records = u.Seen || v.Seen, u.Declared || v.Declared, u.Records+v.Records
	u.First, u.Last = span(u.First, u.Last, v.First, v.Last)
}

// register fills in purpose and owner from the register of services; explicit:
// from entries that name the role.
func (b *inventoryBuilder) register(system, job, role, ports string, explicit bool) {
	first, last, ok := portsOf(map[string]string{"port": ports})
	if !ok {
		return
	}
	if e := b.site.serviceAs(system, job, role, explicit, first, last); e != nil {
		b.service.Purpose, b.service.Owner = e.Purpose, e.Owner
	}
}
