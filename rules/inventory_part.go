package rules

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/irondrift/irondrift/collect"
)

// InventorySource is the source name of [Engine.InventoryPart].
const InventorySource = "inventory"

// InventoryPart returns the inventory of one system as facts tool/inventory/..., so that
// checks can judge it like other evidence: when it was reviewed, and of each
// protocol and cipher suite whether purpose and owner are stated. Parts are
// those that the inventory was made of; the facts are cited from their files.
//
// Where the list of what is used may not be whole, so is the coverage: then no
// check passes on it. The part is made, not stored.
func (e *Engine) InventoryPart(inv *Inventory, parts []*collect.Part) *collect.Part {
	f := inventoryFacts{site: e.site, inv: inv}
	sys := &inv.Systems[0]
	h := collect.Header{
		System: sys.ID, SystemFrom: collect.FromConfiguration, Platform: sys.Platform, Source: InventorySource, Schema: collect.SchemaVersion,
		View: collect.Active, Unit: "line", Files: []collect.FileInfo{},
	}
	firstFile := make([]int, len(parts))
	for i, p := range parts {
		firstFile[i] = len(h.Files)
		h.Files = append(h.Files, p.Header.Files...)
		h.Period = later(h.Period, p.Header.Period)
		if slices.Contains(sys.SeenFrom, p.Header.Source) {
			h.Unit = p.Header.Unit
		}
	}
	f.review(sys)
	for i := range inv.Assets {
		a := &inv.Assets[i]
		if a.Kind != AssetProtocol && a.Kind != AssetSuite {
			continue
		}
		svc := &inv.Services[a.Uses[0].Service]
		at := svc.at
		at.File += firstFile[svc.unit]
		if parts[svc.unit].Header.Unit != h.Unit {
			at.Pos = 0 // positions of another unit would be read as lines of it
		}
		f.asset(a, at)
	}
	h.Coverage = []collect.Coverage{{Prefix: "tool/inventory", State: collect.Complete}}
	if sys.Gap != "" {
		h.Coverage = []collect.Coverage{
			{Prefix: "tool/inventory", State: collect.Partial, Reason: sys.Gap},
			{Prefix: "tool/inventory/review", State: collect.Complete},
		}
	}
	return f.part(h)
}

// later returns the period that ends later.
func later(a, b collect.Period) collect.Period {
	x, err1 := parsePeriod(a.End)
	y, err2 := parsePeriod(b.End)
	if err2 != nil || err1 == nil && x.After(y) {
		return a
	}
	return b
}

type inventoryFacts struct {
	site *site
	inv  *Inventory
	list []inventoryFact
}

type inventoryFact struct {
	key   collect.Key
	value collect.Value
	at    collect.Origin
}

func (f *inventoryFacts) put(at collect.Origin, v collect.Value, segments ...string) {
	f.list = append(f.list, inventoryFact{collect.NewKey(append([]string{"tool", "inventory"}, segments...)...), v, at})
}

// review states when the inventory of the system was reviewed, and what else
// 12.3.3 wants written down.
func (f *inventoryFacts) review(sys *InventorySystem) {
	none := collect.Origin{File: -1}
	stated := func(text, what string) collect.Value {
		if text == "" {
			return collect.Unknown("the configuration does not state " + what)
		}
		return collect.Text(text)
	}
	age := collect.Unknown("the configuration states no review of this system")
	if sys.Review != nil && !f.site.Date.IsZero() {
		age = collect.Number(int64(sys.ReviewAge))
	}
	f.put(none, age, "review", "age_days")
	f.put(none, stated(sys.Strategy, "where the strategy is"), "review", "strategy")
	f.put(none, stated(sys.Trends, "who watches trends"), "review", "trends")
}

func (f *inventoryFacts) asset(a *InventoryAsset, at collect.Origin) {
	s := &a.Systems[0]
	put := func(name string, v collect.Value) { f.put(at, v, string(a.Kind), a.Name, name) }
	missing := func(keys []collect.Key, what string) collect.Value {
		if len(keys) > 0 && !f.site.documents() {
			return collect.Unknown("the configuration states no " + what + " of services")
		}
		list := make([]string, len(keys))
		for i, k := range keys {
			list[i] = string(k)
		}
		return collect.Set(list...)
	}
	put("class", collect.Text(a.Algorithm.Class))
	put("status", collect.Text(string(s.Status)))
	put("services", collect.Number(int64(max(s.Seen, s.Declared))))
	put("without_purpose", missing(s.WithoutPurpose, "purpose"))
	put("without_owner", missing(s.WithoutOwner, "owner"))
	action := s.Action
	if action == "" {
		action = "none"
	}
	put("action", collect.Text(action))
	if s.Due != "" && !f.site.Date.IsZero() {
		put("due_days", collect.Number(int64(daysUntil(f.site.Date, s.Due))))
	}
}

func (f *inventoryFacts) part(h collect.Header) *collect.Part {
	slices.SortFunc(f.list, func(a, b inventoryFact) int { return cmp.Compare(a.key, b.key) })
	var facts, prov []byte
	for _, x := range f.list {
		facts = append(collect.AppendLine(facts, x.key, x.value), '\n')
		if x.at.File < 0 {
			continue
		}
		line := collect.AppendLine(nil, x.key, collect.Value{})
		prov = append(prov, line[:len(line)-len(": ")]...)
		prov = append(prov, fmt.Sprintf("\t%d:%d@%d\n", x.at.File, x.at.Pos, x.at.Offset)...)
	}
	open := func(b []byte) collect.Opener {
		return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	}
	factSum, provSum := sha256.Sum256(facts), sha256.Sum256(prov)
	h.Content, h.Provenance = "sha256:"+hex.EncodeToString(factSum[:]), "sha256:"+hex.EncodeToString(provSum[:])
	h.Facts = int64(len(f.list))
	return &collect.Part{Header: h, FactsBlob: open(facts), ProvenanceBlob: open(prov)}
}
