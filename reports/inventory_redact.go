package reports

import (
	"github.com/irondrift/irondrift/rules"
)

// inventory returns the cryptographic inventory without names. Protocols, suites
// and algorithms are no names; certificates are named after people and hosts.
func (x *redactor) inventory(inv *rules.Inventory) rules.Inventory {
	out := rules.Inventory{}
	out.Assets = redactAll(inv.Assets, func(a rules.InventoryAsset) rules.InventoryAsset {
		if a.Kind == rules.AssetCertificate {
			a.Name = x.name("name", a.Name)
		}
		if a.Certificate != nil {
			c := *a.Certificate
			c.Subject, c.Issuer, c.Serial = x.name("name", c.Subject), x.name("name", c.Issuer), x.name("name", c.Serial)
			a.Certificate = &c
		}
		a.Systems = redactAll(a.Systems, func(s rules.AssetOnSystem) rules.AssetOnSystem {
			s.System = x.name("system", s.System)
			s.WithoutPurpose, s.WithoutOwner = redactAll(s.WithoutPurpose, x.keyOf), redactAll(s.WithoutOwner, x.keyOf)
			s.Purposes, s.Owners = redactAll(s.Purposes, typed), redactAll(s.Owners, x.person)
			s.Purpose, s.Owner, s.Action = typed(s.Purpose), x.person(s.Owner), typed(s.Action)
			return s
		})
		return a
	})
	out.Services = redactAll(inv.Services, func(s rules.InventoryService) rules.InventoryService {
		s.System, s.Key, s.Job = x.name("system", s.System), x.keyOf(s.Key), x.name("name", s.Job)
		s.Purpose, s.Owner, s.Evidence = typed(s.Purpose), x.person(s.Owner), x.evidence(s.Evidence)
		return s
	})
	out.Systems = redactAll(inv.Systems, func(s rules.InventorySystem) rules.InventorySystem {
		s.ID, s.Strategy, s.Trends, s.Gap = x.name("system", s.ID), typed(s.Strategy), typed(s.Trends), x.sentence(s.Gap)
		if s.Review != nil {
			r := *s.Review
			r.System, r.By, r.Ticket = "", x.person(r.By), x.name("name", r.Ticket)
			s.Review = &r
		}
		return s
	})
	out.Limits = redactAll(inv.Limits, func(l rules.InventoryLimit) rules.InventoryLimit {
		l.System, l.Text = x.name("system", l.System), x.sentence(l.Text)
		return l
	})
	return out
}

func (x *redactor) person(s string) string { return x.name("person", s) }
