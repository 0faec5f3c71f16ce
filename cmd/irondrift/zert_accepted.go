package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/irondrift/irondrift/collect/zert"
	"github.com/irondrift/irondrift/rules"
)

// The protections that a site accepts are a policy, too: sessions that have one of
// them pass, and so do those without encryption of a service that the register
// accepts with a mitigation (PCI DSS 1.2.6), until that entry expires. What is
// left is what an enforcement is for.

// acceptedProtection is an entry of zert_enforcement: accepted.
type acceptedProtection struct {
	Protection string `yaml:"protection"` // tls, ssh, ipsec
	// Versions that every member of a session must be of, and classes of its TLS
	// suites; what is left out is what the checks of this program take for good.
	Versions []string `yaml:"versions"`
	Suites   []string `yaml:"suites"`
}

// acceptedWords are the versions that an entry may name, and those that count when
// it names none.
var acceptedWords = map[string]struct{ versions, usual []string }{
	"tls":   {[]string{"SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"}, []string{"TLSv1.2", "TLSv1.3"}},
	"ssh":   {[]string{"SSHv1", "SSHv2"}, []string{"SSHv2"}},
	"ipsec": {[]string{"IKEv1", "IKEv2"}, nil}, // a manual tunnel has no version
}

var suiteClasses = []string{"recommended", "secure", "weak", "insecure"}

func (c *enforceConfig) checkAccepted() error {
	switch {
	case len(c.Accepted) == 0 && len(c.Otherwise) == 0:
		return nil
	case len(c.Rules) > 0:
		return errors.New("give rules, or accepted and otherwise: not both")
	case len(c.Accepted) == 0:
		return errors.New("otherwise: accepted is missing, which says what passes")
	case slices.Contains(c.Otherwise, "allow"):
		return errors.New("otherwise: allow would let everything pass")
	}
	if _, err := actionText(c.Otherwise); err != nil {
		return errors.New("otherwise: needs one or more of log, audit and reset, each once")
	}
	for i := range c.Accepted {
		if _, err := c.Accepted[i].compile(); err != nil {
			return fmt.Errorf("accepted[%d]: %w", i, err)
		}
	}
	return nil
}

// compile makes a rule of an entry, through the expression that says the same.
func (p *acceptedProtection) compile() (*enforceRule, error) {
	words, ok := acceptedWords[p.Protection]
	if !ok {
		return nil, fmt.Errorf("protection %q is not tls, ssh or ipsec; that a service does not encrypt is accepted in the register of services, with a mitigation", p.Protection)
	}
	all := func(field string, list []string) string {
		return fmt.Sprintf("%s.size() > 0 && %s.all(x, x in %s)", field, field, celList(list))
	}
	versions := p.Versions
	if len(versions) == 0 {
		versions = words.usual
	}
	for _, v := range versions {
		if !slices.Contains(words.versions, v) {
			return nil, fmt.Errorf("version %q of %s is not one of %s", v, p.Protection, strings.Join(words.versions, ", "))
		}
	}
	where := []string{fmt.Sprintf("%q in protection", p.Protection)}
	if len(versions) > 0 {
		where = append(where, all(map[string]string{"tls": "tls_version", "ssh": "ssh_version", "ipsec": "ike_version"}[p.Protection], versions))
	}
	switch p.Protection {
	case "tls":
		suites := p.Suites
		if len(suites) == 0 {
			suites = suiteClasses[:2]
		}
		for _, class := range suites {
			if !slices.Contains(suiteClasses, class) {
				return nil, fmt.Errorf("suites: class %q is not one of %s", class, strings.Join(suiteClasses, ", "))
			}
		}
		where = append(where, all("suite_class", suites))
	case "ipsec":
		where = append(where, `"ESP" in ipsec_protocol`) // AH does not encrypt
	}
	if p.Protection != "tls" && len(p.Suites) > 0 {
		return nil, fmt.Errorf("suites: %s has no cipher suites", p.Protection)
	}
	rule := enforceRuleConfig{Name: "accepted " + p.Protection, Where: strings.Join(where, " && "), Action: []string{"allow"}}
	return rule.compile()
}

func celList(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// acceptedRules makes rules of what the site accepts on a day, and says what it
// accepts no longer.
func (c *config) acceptedRules(day time.Time) (out []*enforceRule, odd []string, err error) {
	for i := range c.Enforcement.Accepted {
		r, err := c.Enforcement.Accepted[i].compile()
		if err != nil {
			return nil, nil, err
		}
		out = append(out, r)
	}
	for i := range c.Services {
		switch e := &c.Services[i]; {
		case e.Mitigation == "":
		case e.Expired(day):
			odd = append(odd, fmt.Sprintf("the register accepted port %d without encryption until %s, and no longer: %s", e.Port, e.Expires, e.Purpose))
		default:
			out = append(out, c.registerRule(e))
		}
	}
	rest := enforceRuleConfig{Name: "not accepted", Where: "true", Action: c.Enforcement.Otherwise}
	last, err := rest.compile()
	return append(out, last), odd, err
}

// registerRule lets the sessions without protection of a service pass that the
// register accepts.
func (c *config) registerRule(e *rules.Service) *enforceRule {
	name := "register: " + e.Purpose
	if e.Expires != "" {
		name += ", until " + e.Expires
	}
	role, _ := zert.FieldNamed("role")
	return &enforceRule{name: name, action: "allow", conditions: []condition{{match: func(s *zert.Session) (answer, string, error) {
		system, job := s.System, s.Job
		if sys := c.system(system); sys != nil {
			system = sys.ID
		}
		for i := range c.Tables.ZERTJobs {
			if c.Tables.ZERTJobs[i].Fits(job) {
				job = c.Tables.ZERTJobs[i].As
				break
			}
		}
		covers := func(role string) bool { return e.Covers(system, job, role, s.Port, s.LastPort) }
		switch {
		case !slices.Contains(s.Protection, "none"):
			return matchNo, "", nil
		case role.Doubt(s) != "" && covers("server") != covers("client"):
			return matchMaybe, role.Doubt(s), nil
		case role.Doubt(s) != "":
			return yesNo(covers("server")), "", nil
		}
		return yesNo(covers(s.Role)), "", nil
	}}}}
}
