package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// Inventory is the cryptography of systems as PCI DSS 12.3.3 wants it listed:
// what is used or allowed, where, for what purpose, who answers for it, when
// that was last reviewed and what is planned.
//
// It is rolled up from facts and adds nothing to them. What a service was seen
// to use comes from zERT records and from the secure-session entries of IBM i;
// what is declared comes from AT-TLS policies, from the system values of System
// TLS and from the SSL servers of z/VM. Purpose, owner, review and planned
// action come from the configuration, see [Cryptography]. Limits says what the
// evidence could not show: an inventory without a weak entry means little when
// half of the systems sent nothing.
type Inventory struct {
	Assets   []InventoryAsset   // sorted by kind, function and name
	Services []InventoryService // sorted by system and key
	Systems  []InventorySystem  // sorted by id
	Limits   []InventoryLimit   // sorted by system
}

// AssetKind says what an asset is.
type AssetKind string

// The kinds of assets, in the order in which reports list them.
const (
	AssetProtocol    AssetKind = "protocol"    // TLSv1.2, SSHv2, IKEv2, IPSec ESP
	AssetSuite       AssetKind = "suite"       // TLS cipher suites by IANA name
	AssetAlgorithm   AssetKind = "algorithm"   // of suites, SSH and IPSec
	AssetGroup       AssetKind = "group"       // named groups and curves, Diffie-Hellman groups
	AssetKey         AssetKind = "key"         // public keys by type and size
	AssetCertificate AssetKind = "certificate" // as far as names, serial numbers and dates are known
)

// AssetKinds lists every kind in the order of the constants.
var AssetKinds = []AssetKind{AssetProtocol, AssetSuite, AssetAlgorithm, AssetGroup, AssetKey, AssetCertificate}

// InventoryAsset is one thing of the inventory, over all systems.
type InventoryAsset struct {
	Kind AssetKind
	// Function tells algorithms apart: encryption, integrity, key exchange,
	// signature, digest, pseudo-random function, authentication.
	Function string
	Name     string
	// Protocols in which it stands: tls, ssh, ipsec.
	Protocols []string
	// Roles of keys and certificates: server certificate, SSH client key ...
	Roles       []string
	Algorithm   Algorithm           // class and strength; of a certificate those of its key
	Certificate *AssetCertificateOf // of certificates
	Uses        []AssetUse          // sorted by service
	Systems     []AssetOnSystem     // sorted by system
}

// AssetCertificateOf is what is known of a certificate; what no record told, or
// what could belong to another certificate of the service as well, is empty.
type AssetCertificateOf struct {
	Subject, Issuer, Serial string
	NotAfter                string // RFC 3339
	Key, Signature          string // names of the assets
}

// AssetUse is where an asset is used or declared.
type AssetUse struct {
	Service        int // index into [Inventory.Services]
	Seen, Declared bool
	Records        int64     // that said so
	First, Last    time.Time // zero when not known
	Since          ReviewStatus
}

// AssetStatus compares what was seen on a system with what it declares.
type AssetStatus string

// The statuses of an asset on a system.
const (
	SeenAndDeclared AssetStatus = "seen and declared"
	SeenNotDeclared AssetStatus = "seen, not declared"
	// SeenOnly: nothing that declares such assets was read, or not all of it.
	SeenOnly        AssetStatus = "seen"
	DeclaredNotSeen AssetStatus = "declared, not seen"
	// DeclaredOnly: nothing that shows the use of such assets was read, or not
	// all of it.
	DeclaredOnly AssetStatus = "declared, use not known"
)

// AssetOnSystem sums up an asset on one system.
type AssetOnSystem struct {
	System         string
	Status         AssetStatus
	Seen, Declared int   // services
	Sessions       int64 // of the services that were seen with it, -1 when not known of any
	Connections    int64 // likewise
	First, Last    time.Time
	// WithoutPurpose and WithoutOwner are the keys of services of which the
	// configuration does not say them. Of an asset that was seen, they name
	// those that were seen with it.
	WithoutPurpose []collect.Key
	WithoutOwner   []collect.Key
	// Purposes and Owners are those stated, sorted.
	Purposes []string
	Owners   []string
	// Purpose and Owner are stated for the asset itself; they stand in where
	// nothing is stated for a service.
	Purpose, Owner string
	// Action is what is planned with the asset on this system, and by when.
	Action, Due string
	// Since says whether it was there at the last review of the system.
	Since ReviewStatus
}

// InventoryService is a place where cryptography is used or declared: a zERT
// service, a port of IBM i, an AT-TLS rule, system values, an SSL server.
type InventoryService struct {
	System      string
	Kind        string // "zERT service", "IBM i port", "AT-TLS rule", "system value", "SSL server"
	Key         collect.Key
	Job         string
	Role        string // server, client ...; "" when it has none
	Ports       string // 443 or 50000-50099; "" when it has none
	Purpose     string
	Owner       string
	Sessions    int64 // -1 when not known
	Connections int64 // -1 when not known; of IBM i secure sessions
	First, Last time.Time
	Evidence    Evidence

	unit int // index of the part, within the inventory of a system
	at   collect.Origin
}

// InventorySystem is what is known about the inventory of a system as a whole.
type InventorySystem struct {
	ID, Platform string
	// Review is the newest one that the configuration states; nil without one.
	Review *InventoryReview
	// ReviewAge is the number of whole days since then.
	ReviewAge int
	// ReviewNight is the date of the last evidence before the review, with which
	// the inventory was compared; "" when it was not.
	ReviewNight string

	Strategy string // where the answer to a broken algorithm is written down
	Trends   string // who watches what becomes of algorithms
	// SeenFrom and DeclaredFrom name the sources that were read.
	SeenFrom, DeclaredFrom []string
	// Gap says why the list of what is used cannot be whole; "" when nothing
	// is known to be missing.
	Gap string
}

// InventoryLimit is something that the evidence cannot show.
type InventoryLimit struct {
	System string
	Source string // "" when there is none
	Text   string
}

// Inventory rolls up the cryptography of one system from its parts. An error
// means that evidence could not be read.
func (e *Engine) Inventory(ctx context.Context, sys System, parts []*collect.Part) (*Inventory, error) {
	b := newInventoryBuilder(e.site, sys, parts)
	for i, p := range parts {
		if !b.relevant(&p.Header) {
			continue
		}
		if err := b.readPart(ctx, i, p); err != nil {
			return nil, fmt.Errorf("inventory of system %s: %w", sys.ID, err)
		}
	}
	return b.finish(), nil
}

// CombineInventories joins the inventories of several systems into one.
func CombineInventories(list ...*Inventory) *Inventory {
	out := &Inventory{}
	at := map[assetID]int{}
	for _, inv := range list {
		if inv == nil {
			continue
		}
		base := len(out.Services)
		out.Services = append(out.Services, inv.Services...)
		out.Systems = append(out.Systems, inv.Systems...)
		out.Limits = append(out.Limits, inv.Limits...)
		for i := range inv.Assets {
			a := &inv.Assets[i]
			n, known := at[a.id()]
			if !known {
				n = len(out.Assets)
				at[a.id()] = n
				out.Assets = append(out.Assets, InventoryAsset{Kind: a.Kind, Function: a.Function, Name: a.Name, Algorithm: a.Algorithm})
			}
			out.Assets[n].join(a, base)
		}
	}
	out.sort()
	return out
}

// assetID is the identity of an asset over all systems.
type assetID struct {
	kind           AssetKind
	function, name string
}

func (a *InventoryAsset) id() assetID { return assetID{a.Kind, a.Function, a.Name} }

// join adds what another system knows of the asset; its services stand at base.
func (a *InventoryAsset) join(b *InventoryAsset, base int) {
	a.Protocols, a.Roles = union(a.Protocols, b.Protocols), union(a.Roles, b.Roles)
	for _, u := range b.Uses {
		u.Service += base
		a.Uses = append(a.Uses, u)
	}
	a.Systems = append(a.Systems, b.Systems...)
	a.addCertificate(b.Certificate)
}

// addCertificate keeps of two descriptions of one certificate what they agree on.
func (a *InventoryAsset) addCertificate(c *AssetCertificateOf) {
	switch {
	case c == nil:
	case a.Certificate == nil:
		own := *c
		a.Certificate = &own
	default:
		if a.Certificate.Key != c.Key {
			a.Certificate.Key = ""
		}
		if a.Certificate.Signature != c.Signature {
			a.Certificate.Signature = ""
		}
	}
}

func union(a, b []string) []string {
	for _, s := range b {
		if i, found := slices.BinarySearch(a, s); !found {
			a = slices.Insert(slices.Clip(a), i, s)
		}
	}
	return a
}

// sort puts everything in its order and renumbers the services.
func (inv *Inventory) sort() {
	order := make([]int, len(inv.Services))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := &inv.Services[i], &inv.Services[j]
		return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(string(a.Key), string(b.Key)), strings.Compare(a.Evidence.Source, b.Evidence.Source))
	})
	place := make([]int, len(order))
	services := make([]InventoryService, len(order))
	for to, from := range order {
		place[from], services[to] = to, inv.Services[from]
	}
	inv.Services = services
	for i := range inv.Assets {
		a := &inv.Assets[i]
		for j := range a.Uses {
			a.Uses[j].Service = place[a.Uses[j].Service]
		}
		slices.SortFunc(a.Uses, func(x, y AssetUse) int { return cmp.Compare(x.Service, y.Service) })
		slices.SortFunc(a.Systems, func(x, y AssetOnSystem) int { return strings.Compare(x.System, y.System) })
	}
	slices.SortFunc(inv.Assets, func(a, b InventoryAsset) int {
		return cmp.Or(cmp.Compare(slices.Index(AssetKinds, a.Kind), slices.Index(AssetKinds, b.Kind)),
			strings.Compare(a.Function, b.Function), strings.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(inv.Systems, func(a, b InventorySystem) int { return strings.Compare(a.ID, b.ID) })
	slices.SortStableFunc(inv.Limits, func(a, b InventoryLimit) int {
		return cmp.Or(strings.Compare(a.System, b.System), strings.Compare(a.Source, b.Source), strings.Compare(a.Text, b.Text))
	})
}
