package rules

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"time"
)

// Cryptography is what a site states about its cryptographic inventory (PCI DSS
// 12.3.3), beside the register of services, which says purpose and owner of
// each service.
type Cryptography struct {
	// Reviews of the inventory, at least one every twelve months. Of several
	// that concern a system the newest counts.
	Reviews []InventoryReview `yaml:"reviews" json:"reviews,omitempty"`
	// Strategy says where the documented answer to a broken algorithm is.
	Strategy string `yaml:"strategy" json:"strategy,omitempty"`
	// Trends says who watches whether algorithms remain viable.
	Trends string `yaml:"trends" json:"trends,omitempty"`
	// Assets are notes on single protocols, suites and algorithms.
	Assets []AssetNote `yaml:"assets" json:"assets,omitempty"`
}

// IsZero reports whether nothing is stated. JSON leaves such a section out, so
// that the digest of a site that has none is what it always was.
func (c Cryptography) IsZero() bool {
	return len(c.Reviews)+len(c.Assets) == 0 && c.Strategy == "" && c.Trends == ""
}

// InventoryReview is a review of the inventory.
type InventoryReview struct {
	System string `yaml:"system" json:"system,omitempty"` // glob, "" for all
	Date   string `yaml:"date" json:"date"`
	By     string `yaml:"by" json:"by,omitempty"`
	Ticket string `yaml:"ticket" json:"ticket,omitempty"`
}

// AssetNote is what a site says about assets of a name.
type AssetNote struct {
	Kind   string `yaml:"kind" json:"kind,omitempty"`     // protocol, suite ...; "" for all
	Name   string `yaml:"name" json:"name"`               // glob
	System string `yaml:"system" json:"system,omitempty"` // glob, "" for all
	// Purpose and Owner stand in for those of services that the register does
	// not list.
	Purpose string `yaml:"purpose" json:"purpose,omitempty"`
	Owner   string `yaml:"owner" json:"owner,omitempty"`
	// Action is what is planned with it, Due the last day for that.
	Action string `yaml:"action" json:"action,omitempty"`
	Due    string `yaml:"due" json:"due,omitempty"`
}

// check reports what is wrong with the section.
func (c *Cryptography) check() error {
	var problems []error
	glob := func(where, pattern string) {
		if _, err := path.Match(pattern, ""); err != nil {
			problems = append(problems, fmt.Errorf("cryptography: %s: %q: %w", where, pattern, err))
		}
	}
	day := func(where, text string) {
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			problems = append(problems, fmt.Errorf("cryptography: %s: %q is not a date such as 2027-03-31", where, text))
		}
	}
	for i, r := range c.Reviews {
		where := fmt.Sprintf("review %d", i+1)
		glob(where+": system", r.System)
		day(where+": date", r.Date)
	}
	for i, a := range c.Assets {
		where := fmt.Sprintf("asset %d", i+1)
		glob(where+": system", a.System)
		glob(where+": name", a.Name)
		switch {
		case a.Name == "":
			problems = append(problems, fmt.Errorf("cryptography: %s: name is missing", where))
		case a.Kind != "" && !slices.Contains(AssetKinds, AssetKind(a.Kind)):
			problems = append(problems, fmt.Errorf("cryptography: %s: kind %q is not one of %v", where, a.Kind, AssetKinds))
		case a.Due != "" && a.Action == "":
			problems = append(problems, fmt.Errorf("cryptography: %s: due on %s, but no action is stated", where, a.Due))
		}
		if a.Due != "" {
			day(where+": due", a.Due)
		}
	}
	return errors.Join(problems...)
}

// review returns the newest review of a system until the day of the assessment,
// and the whole days since then.
func (s *site) review(system string) (found *InventoryReview, age int) {
	today := s.Date.Format(time.DateOnly)
	for i := range s.Cryptography.Reviews {
		r := &s.Cryptography.Reviews[i]
		if matchGlob(r.System, system) && (s.Date.IsZero() || r.Date <= today) && (found == nil || found.Date < r.Date) {
			found = r
		}
	}
	if found == nil || s.Date.IsZero() {
		return found, 0
	}
	return found, -daysUntil(s.Date, found.Date)
}

// daysUntil counts the calendar days from one day to a date, which was checked.
func daysUntil(from time.Time, date string) int {
	day, _ := time.Parse(time.DateOnly, date)
	start, _ := time.Parse(time.DateOnly, from.Format(time.DateOnly))
	return int(day.Sub(start).Hours() / 24)
}

// note joins what the site says about an asset on a system: of several notes the
// first one that states a thing counts.
func (s *site) note(kind AssetKind, name, system string) (out AssetNote) {
	for i := range s.Cryptography.Assets {
		n := &s.Cryptography.Assets[i]
		if n.Kind != "" && n.Kind != string(kind) || !matchGlob(n.System, system) || !matchGlob(n.Name, name) {
			continue
		}
		if out.Purpose == "" {
			out.Purpose = n.Purpose
		}
		if out.Owner == "" {
			out.Owner = n.Owner
		}
		if out.Action == "" {
			out.Action, out.Due = n.Action, n.Due
		}
	}
	return out
}

// documents reports whether the site states purposes at all. Where it does not,
// they are unknown rather than missing: they may stand in a document.
func (s *site) documents() bool {
	return len(s.Services) > 0 || len(s.Cryptography.Assets) > 0
}
