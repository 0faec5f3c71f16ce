package reports

import (
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// inventoryJSON is the cryptographic inventory. Uses name services by their
// index, because a service uses a dozen assets.
type inventoryJSON struct {
	Assets   []assetJSON           `json:"assets"`
	Services []cryptoServiceJSON   `json:"services"`
	Systems  []inventorySystemJSON `json:"systems"`
	Limits   []inventoryLimitJSON  `json:"limits"`
}

type assetJSON struct {
	Kind        rules.AssetKind     `json:"kind"`
	Function    string              `json:"function"`
	Name        string              `json:"name"`
	Class       string              `json:"class"`
	Reason      string              `json:"reason"`
	Bits        int                 `json:"strength_bits"`
	PostQuantum string              `json:"post_quantum"`
	Protocols   []string            `json:"protocols"`
	Roles       []string            `json:"roles"`
	Certificate *certificateJSON    `json:"certificate"`
	Systems     []assetOnSystemJSON `json:"systems"`
	Uses        []assetUseJSON      `json:"uses"`
}

type certificateJSON struct {
	Subject   string `json:"subject"`
	Issuer    string `json:"issuer"`
	Serial    string `json:"serial"`
	NotAfter  string `json:"not_after"`
	Key       string `json:"key"`
	Signature string `json:"signature"`
}

type assetOnSystemJSON struct {
	System         string            `json:"system"`
	Status         rules.AssetStatus `json:"status"`
	Seen           int               `json:"seen_services"`
	Declared       int               `json:"declared_services"`
	Sessions       *int64            `json:"sessions"` // null: not known
	Connections    *int64            `json:"connections"`
	First          string            `json:"first_seen"`
	Last           string            `json:"last_seen"`
	WithoutPurpose []collect.Key     `json:"without_purpose"`
	WithoutOwner   []collect.Key     `json:"without_owner"`
	Purposes       []string          `json:"purposes"`
	Owners         []string          `json:"owners"`
	Action         string            `json:"planned_action"`
	Due            string            `json:"action_due"`
	Since          string            `json:"since_review"`
}

type assetUseJSON struct {
	Service  int    `json:"service"` // index
	Seen     bool   `json:"seen"`
	Declared bool   `json:"declared"`
	Records  int64  `json:"records"`
	First    string `json:"first_seen"`
	Last     string `json:"last_seen"`
	Since    string `json:"since_review"`
}

type cryptoServiceJSON struct {
	System      string       `json:"system"`
	Kind        string       `json:"kind"`
	Key         collect.Key  `json:"key"`
	Job         string       `json:"job"`
	Role        string       `json:"role"`
	Ports       string       `json:"ports"`
	Purpose     string       `json:"purpose"`
	Owner       string       `json:"owner"`
	Sessions    *int64       `json:"sessions"` // null: not known
	Connections *int64       `json:"connections"`
	Evidence    evidenceJSON `json:"evidence"`
}

type inventorySystemJSON struct {
	System     string   `json:"system"`
	Platform   string   `json:"platform"`
	Review     string   `json:"last_review"`
	ReviewedBy string   `json:"reviewed_by"`
	Ticket     string   `json:"review_ticket"`
	ReviewAge  *int     `json:"review_age_days"` // null: no review is stated
	Strategy   string   `json:"strategy"`
	Trends     string   `json:"trends"`
	Seen       []string `json:"seen_from"`
	Declared   []string `json:"declared_from"`
	Gap        string   `json:"gap"`
	Night      string   `json:"review_evidence"` // date; "" when there is none
}

type inventoryLimitJSON struct {
	System string `json:"system"`
	Source string `json:"source"`
	Text   string `json:"text"`
}

// orNull makes nil of a count that is not known.
func orNull(n int64) *int64 {
	if n < 0 {
		return nil
	}
	return &n
}

func (p *page) inventoryJSON() inventoryJSON {
	return inventoryJSON{
		Assets: convert(p.Inventory.Assets, func(a *rules.InventoryAsset) assetJSON {
			out := assetJSON{
				Kind: a.Kind, Function: a.Function, Name: a.Name, Class: a.Algorithm.Class, Reason: a.Algorithm.Reason, Bits: a.Algorithm.Bits,
				PostQuantum: a.Algorithm.PostQuantum, Protocols: list(a.Protocols), Roles: list(a.Roles),
				Systems: convert(a.Systems, assetOnSystem), Uses: convert(a.Uses, assetUse),
			}
			if c := a.Certificate; c != nil {
				out.Certificate = &certificateJSON{c.Subject, c.Issuer, c.Serial, c.NotAfter, c.Key, c.Signature}
			}
			return out
		}),
		Services: convert(p.Inventory.Services, func(s *rules.InventoryService) cryptoServiceJSON {
			return cryptoServiceJSON{
				System: s.System, Kind: s.Kind, Key: s.Key, Job: s.Job, Role: s.Role, Ports: s.Ports, Purpose: s.Purpose, Owner: s.Owner,
				Sessions: orNull(s.Sessions), Connections: orNull(s.Connections), Evidence: p.evidenceJSON(&s.Evidence),
			}
		}),
		Systems: convert(p.Inventory.Systems, func(s *rules.InventorySystem) inventorySystemJSON {
			out := inventorySystemJSON{
				System: s.ID, Platform: s.Platform, Strategy: s.Strategy, Trends: s.Trends,
				Seen: list(s.SeenFrom), Declared: list(s.DeclaredFrom), Gap: s.Gap, Night: s.ReviewNight,
			}
			if s.Review != nil {
				out.Review, out.ReviewedBy, out.Ticket, out.ReviewAge = s.Review.Date, s.Review.By, s.Review.Ticket, &s.ReviewAge
			}
			return out
		}),
		Limits: convert(p.Inventory.Limits, func(l *rules.InventoryLimit) inventoryLimitJSON { return inventoryLimitJSON(*l) }),
	}
}

func assetOnSystem(s *rules.AssetOnSystem) assetOnSystemJSON {
	return assetOnSystemJSON{
		System: s.System, Status: s.Status, Seen: s.Seen, Declared: s.Declared, Sessions: orNull(s.Sessions), Connections: orNull(s.Connections),
		First: moment(s.First), Last: moment(s.Last), WithoutPurpose: list(s.WithoutPurpose), WithoutOwner: list(s.WithoutOwner),
		Purposes: list(s.Purposes), Owners: list(s.Owners), Action: s.Action, Due: s.Due, Since: string(s.Since),
	}
}

func assetUse(u *rules.AssetUse) assetUseJSON {
	return assetUseJSON{u.Service, u.Seen, u.Declared, u.Records, moment(u.First), moment(u.Last), string(u.Since)}
}
