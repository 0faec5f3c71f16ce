package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// System is what the configuration says about a system.
type System struct {
	ID       string
	Platform string // zvm, zos, ibmi
	Tags     []string
	// Facts are what no extract tells: {"esm": "racf", "owner": {"MAINT": "human"}}.
	// A check that declares the fact owner/<id> gets the entry of its entity.
	Facts map[string]any
	// Elsewhere is what is judged in another system's place, see [Elsewhere].
	Elsewhere []Elsewhere
}

// Elsewhere names keys about which extracts of other systems speak: for a member
// of a domain what the domain's extracts tell, such as the one directory of a
// cluster; for a domain what each member tells for itself. What no extract of
// the system itself tells is then no missing data: it is judged there.
type Elsewhere struct {
	Why      string // "it is judged once for all members of PLEX1"
	Prefixes []collect.Key
}

// Site is the policy data of a site. All of it is configuration.
type Site struct {
	Zones    []Zone    `yaml:"zones" json:"zones,omitempty"`
	Services []Service `yaml:"services" json:"services,omitempty"`
	Allow    []Allow   `yaml:"allow" json:"allow,omitempty"`
	// Refuse names entries of the packs' tables of documented rights that the site
	// does not accept.
	Refuse []Refusal `yaml:"refuse" json:"refuse,omitempty"`
	// Ports are the site's own entries of the table of ports: they come before
	// those of the packs.
	Ports []collect.Port `yaml:"ports" json:"ports,omitempty"`
	// Cryptography is what the site states about its cryptographic inventory.
	Cryptography Cryptography `yaml:"cryptography" json:"cryptography,omitzero"`
	// Parameters by check id and name: {"U15": {"max_days": 60}}.
	Parameters map[string]map[string]any `yaml:"parameters" json:"parameters,omitempty"`
	// Date is the day of the assessment, which decides whether an allow-list
	// entry has expired.
	Date time.Time `yaml:"-" json:"-"`
}

// Refusal takes back what a pack accepts: the findings of a check about the
// entities that match Entity.
type Refusal struct {
	Check  string `yaml:"check" json:"check"`
	Entity string `yaml:"entity" json:"entity"`
}

// Zone is a network zone of the site.
type Zone struct {
	Name     string   `yaml:"name" json:"name"`
	Kind     string   `yaml:"kind" json:"kind"` // untrusted, internal, cde
	Networks []string `yaml:"networks" json:"networks"`
}

// The kinds of zones, and what peers outside every zone are.
const (
	ZoneUntrusted = "untrusted" // open or public
	ZoneInternal  = "internal"
	ZoneCDE       = "cde"
	ZoneUnknown   = "unknown"
)

// portClasses are what a port number alone can say about protection (see
// [collect.Port]); an entry without a class says unknown.
var portClasses = []string{"clear", "tls", "starttls", "ssh", "ipsec", "unknown"}

// Service is an entry of the site's register of allowed services.
type Service struct {
	System  string `yaml:"system" json:"system,omitempty"` // glob, "" for all
	Job     string `yaml:"job" json:"job,omitempty"`       // glob, "" for all
	Role    string `yaml:"role" json:"role,omitempty"`     // server, client; "" for both
	Port    int    `yaml:"port" json:"port"`
	Last    int    `yaml:"last" json:"last,omitempty"` // of a range
	Purpose string `yaml:"purpose" json:"purpose"`
	Owner   string `yaml:"owner" json:"owner,omitempty"`
	// Mitigation is what keeps down the risk of a service that does not encrypt
	// (PCI DSS 1.2.6). With it the findings that the service is insecure are
	// accepted ones.
	Mitigation string `yaml:"mitigation" json:"mitigation,omitempty"`
	// Expires is the last day on which the entry counts, "" for no end.
	Expires string `yaml:"expires" json:"expires,omitempty"`
}

// Covers reports whether an entry speaks of a service: a system, a job, the role
// of its local end, and its ports from first to last.
func (e *Service) Covers(system, job, role string, first, last int) bool {
	return e.Port <= first && last <= max(e.Last, e.Port) && (e.Role == "" || e.Role == role) &&
		matchGlob(e.System, system) && matchGlob(e.Job, job)
}

// Expired reports whether an entry counts no longer on a day.
func (e *Service) Expired(day time.Time) bool { return expired(e.Expires, day) }

// site is Site, checked and ready for look-up.
type site struct {
	Site
	prefixes []zonePrefix // longest first
	digest   string
}

type zonePrefix struct {
	net  netip.Prefix
	kind string
}

func (s Site) compile() (*site, error) {
	out := &site{Site: s}
	var problems []error
	for _, z := range s.Zones {
		if !slices.Contains([]string{ZoneUntrusted, ZoneInternal, ZoneCDE}, z.Kind) {
			problems = append(problems, fmt.Errorf("zone %q: kind %q is not one of untrusted, internal, cde", z.Name, z.Kind))
		}
		for _, n := range z.Networks {
			p, err := parseNetwork(n)
			if err != nil {
				problems = append(problems, fmt.Errorf("zone %q: network %q is not of the form 10.0.0.0/8", z.Name, n))
				continue
			}
			out.prefixes = append(out.prefixes, zonePrefix{p, z.Kind})
		}
	}
	slices.SortStableFunc(out.prefixes, func(a, b zonePrefix) int { return b.net.Bits() - a.net.Bits() })
	for i, a := range s.Allow {
		switch _, err := path.Match(a.Entity, ""); {
		case a.Check == "" || a.Entity == "" || a.Reason == "":
			problems = append(problems, fmt.Errorf("allow entry %d: check, entity and reason must be given", i+1))
		case err != nil:
			problems = append(problems, fmt.Errorf("allow entry %d: entity %q: %w", i+1, a.Entity, err))
		default:
			if err := checkExpiry(a.Expires); err != nil {
				problems = append(problems, fmt.Errorf("allow entry %d: %w", i+1, err))
			}
		}
	}
	for i, e := range s.Services {
		for _, glob := range []string{e.System, e.Job} {
			if _, err := path.Match(glob, ""); err != nil {
				problems = append(problems, fmt.Errorf("service entry %d: %q: %w", i+1, glob, err))
			}
		}
		if e.Port < 0 || e.Port > 65535 || e.Last != 0 && (e.Last < e.Port || e.Last > 65535) {
			problems = append(problems, fmt.Errorf("service entry %d: ports %d to %d are not a range", i+1, e.Port, e.Last))
		}
		if e.Purpose == "" {
			problems = append(problems, fmt.Errorf("service entry %d, port %d: purpose must be given: the standard approves services with a business need", i+1, e.Port))
		}
		if err := checkExpiry(e.Expires); err != nil {
			problems = append(problems, fmt.Errorf("service entry %d, port %d: %w", i+1, e.Port, err))
		}
	}
	for i, p := range s.Ports {
		switch {
		case p.Port < 1 || p.Port > 65535 || p.Last != 0 && (p.Last < p.Port || p.Last > 65535):
			problems = append(problems, fmt.Errorf("port entry %d: ports %d to %d are not a range", i+1, p.Port, p.Last))
		case p.Service == "":
			problems = append(problems, fmt.Errorf("port entry %d, port %d: service must be given", i+1, p.Port))
		case p.Class != "" && !slices.Contains(portClasses, p.Class):
			problems = append(problems, fmt.Errorf("port entry %d, port %d: class %q is not one of %s", i+1, p.Port, p.Class, strings.Join(portClasses, ", ")))
		}
	}
	if err := s.Cryptography.check(); err != nil {
		problems = append(problems, err)
	}
	b, err := json.Marshal(s)
	if err != nil {
		problems = append(problems, err)
	}
	sum := sha256.Sum256(b)
	out.digest = "sha256:" + hex.EncodeToString(sum[:])
	return out, errors.Join(problems...)
}

func parseNetwork(s string) (netip.Prefix, error) {
	if !strings.Contains(s, "/") {
		a, err := netip.ParseAddr(strings.Trim(s, "[]"))
		if err != nil {
			return netip.Prefix{}, err
		}
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	return p.Masked(), err
}

// zones returns the kinds of the zones that networks are in, sorted. A network
// that no zone holds whole is unknown, beside the kinds of the zones inside it.
func (s *site) zones(networks []string) []string {
	var kinds []string
	for _, text := range networks {
		n, err := parseNetwork(text)
		if err != nil {
			kinds = append(kinds, ZoneUnknown)
			continue
		}
		whole := false
		for _, z := range s.prefixes {
			switch {
			case z.net.Bits() <= n.Bits() && z.net.Contains(n.Addr()):
				whole = true
			case z.net.Overlaps(n):
			default:
				continue
			}
			kinds = append(kinds, z.kind)
			if whole {
				break // the most exact zone decides
			}
		}
		if !whole {
			kinds = append(kinds, ZoneUnknown)
		}
	}
	if len(kinds) == 0 {
		return []string{ZoneUnknown}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// service returns the entry of the register that approves a service on the day
// of the assessment: of several the first with a mitigation, else the first.
func (s *site) service(system, job, role string, first, last int) *Service {
	return s.serviceAs(system, job, role, false, first, last)
}

// serviceAs does the same, with entries that do not name a role left out when
// explicit is set.
func (s *site) serviceAs(system, job, role string, explicit bool, first, last int) *Service {
	var found *Service
	for i := range s.Services {
		e := &s.Services[i]
		if (e.Role != "" || !explicit) && e.Covers(system, job, role, first, last) && !s.expired(e.Expires) &&
			(found == nil || found.Mitigation == "" && e.Mitigation != "") {
			found = e
		}
	}
	return found
}

const noRegister = "the site has no register of approved services"

// registerOf is the fact "register": the entries of the register that count for
// a system today.
func (s *site) registerOf(system string) []any {
	out := []any{}
	for i := range s.Services {
		if e := &s.Services[i]; matchGlob(e.System, system) && !s.expired(e.Expires) {
			out = append(out, map[string]any{"job": e.Job, "role": e.Role, "first": e.Port, "last": max(e.Port, e.Last)})
		}
	}
	return out
}

// portsFact is the fact "ports" of an entity.
func (s *site) portsFact(first, last int) map[string]any {
	fact := map[string]any{"first": first, "last": last}
	for _, p := range s.Ports {
		if p.Port <= first && first <= max(p.Port, p.Last) {
			fact["site"] = map[string]any{"service": p.Service, "class": cmp.Or(p.Class, "unknown")}
			break
		}
	}
	return fact
}

func checkExpiry(date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return fmt.Errorf("expires %q is not a date such as 2027-03-31", date)
	}
	return nil
}

// expired reports whether an entry with such a last day counts no longer.
func (s *site) expired(date string) bool { return expired(date, s.Date) }

func expired(date string, today time.Time) bool {
	if date == "" || today.IsZero() {
		return false
	}
	end, err := time.Parse(time.DateOnly, date)
	return err == nil && today.Format(time.DateOnly) > end.Format(time.DateOnly)
}

func matchGlob(pattern, s string) bool {
	if pattern == "" {
		return true
	}
	ok, _ := path.Match(pattern, s)
	return ok
}

// allowed returns the allow-list entry that accepts findings of a check about
// an entity. A "*" in the pattern stays within one segment of the key.
func (s *site) allowed(check string, entity collect.Key) *Allow {
	for i := range s.Allow {
		a := &s.Allow[i]
		if a.Check == check && matchGlob(a.Entity, string(entity)) && !s.expired(a.Expires) {
			return a
		}
	}
	return nil
}
