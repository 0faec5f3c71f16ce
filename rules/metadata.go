package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// metadata is the custom part of the METADATA block above the package line of
// a check. Fields that are not listed here are an error: a misspelt one would
// silently mean its default.
type metadata struct {
	ID           string              `json:"id"`
	Severity     string              `json:"severity"`
	Basis        Basis               `json:"basis"`
	Cover        string              `json:"cover"`
	Requirements map[string][]string `json:"requirements"`
	Platforms    []string            `json:"platforms"`
	Entity       string              `json:"entity"`
	Keys         keyNeeds            `json:"keys"`
	// NoData are texts of a required key that tell nothing, such as "masked".
	NoData map[string][]string `json:"no_data"`
	// Only names the members of a set that the rule looks for, by their first
	// word, so that sets which differ in others are judged once.
	Only        map[string][]string  `json:"only"`
	Facts       needs                `json:"facts"`
	Captures    []string             `json:"captures"`
	Taken       bool                 `json:"taken"`
	Exception   string               `json:"exception"`
	Inventory   bool                 `json:"inventory"`
	Parameters  map[string]Parameter `json:"parameters"`
	Remediation string               `json:"remediation"`
	Limits      string               `json:"limits"`
}

type keyNeeds struct {
	Required []string `json:"required"`
	Optional []string `json:"optional"`
	// List are absolute keys that only the rule incomplete sees: what says
	// whether the list of entities can be whole.
	List []string `json:"list"`
}

type needs struct {
	Required []string `json:"required"`
	Optional []string `json:"optional"`
}

// Parameter is a figure or list that a site may set for a check. Guardrails
// keep a site from making a requirement laxer than the standard has it.
type Parameter struct {
	Meaning string `json:"meaning"`
	Default any    `json:"default"`
	// Min and Max bound a number.
	Min *float64 `json:"min,omitempty"`
	Max *float64 `json:"max,omitempty"`
	// Includes are members that a list must keep; Within, when set, holds
	// every member that it may have.
	Includes []string `json:"includes,omitempty"`
	Within   []string `json:"within,omitempty"`
}

// Severities from worst to least.
var severities = []string{"critical", "high", "medium", "low", "info"}

// exceptionMitigated marks checks of insecure services: PCI DSS 1.2.6 and 2.2.5
// let them stand where the risk is mitigated, so an exception must say how, and
// an entry of the register that does is one.
const exceptionMitigated = "mitigated"

// platformsOf says which platforms can have keys of a namespace.
var platformsOf = map[string][]string{
	"zvm": {"zvm"}, "compextr": {"zvm"}, "racf": {"zos", "zvm"}, "ibmi": {"ibmi"},
	"zert": {"zos"}, "attls": {"zos"}, "tool": {"ibmi", "zos", "zvm"},
}

// engineFacts are computed by the engine; every other fact comes from the
// configuration of the system.
var engineFacts = map[string]struct{ needsKey, needsCapture, meaning string }{
	"zones":        {needsKey: "peer_networks", meaning: "kinds of the site's network zones that the peers are in; \"unknown\" for peers outside every zone"},
	"supplied":     {needsCapture: "id", meaning: "whether the platform's vendor supplies a user id of that name, by the pack's table supplied"},
	"ports":        {meaning: "first and last port of the entity; site, when the site's table of ports holds the first: service and class"},
	"declared":     {meaning: "of a zERT service, what the AT-TLS rules allow that take its connections: covered (none, some, all), rules, on and off (how many have TTLSEnabled On, Off), known, application_controlled, versions, suites"},
	"observed":     {meaning: "of an AT-TLS rule, what zERT saw on the services that it takes: services, clear (how many had unprotected sessions that no other rule takes), versions, suites"},
	"approved":     {meaning: "whether the site's register of services lists the service"},
	"register":     {meaning: "the entries of the site's register of services that count for the system: job, role, first and last port"},
	"in_force":     {meaning: "of an AT-TLS rule, where policy file and listing of the policy in force differ: differences, and unsure where that cannot be told, as text"},
	"gaps":         {meaning: "stretches of time or input within the extracts for which nothing is known, as text"},
	"period_hours": {meaning: "hours from the first to the last moment that the extracts speak about"},
}

// FactMeaning says what a fact is that the engine computes; "" for one that the
// configuration of a system states.
func FactMeaning(name string) string { return engineFacts[name].meaning }

// decodeMetadata reads the annotations of a check's package.
func decodeMetadata(a *ast.Annotations) (*metadata, error) {
	b, err := json.Marshal(a.Custom)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	m := &metadata{}
	if err := d.Decode(m); err != nil {
		return nil, err
	}
	switch {
	case m.ID == "":
		return nil, fmt.Errorf("no id")
	case a.Title == "":
		return nil, fmt.Errorf("no title")
	case !slices.Contains(severities, m.Severity):
		return nil, fmt.Errorf("severity %q is not one of %s", m.Severity, strings.Join(severities, ", "))
	case m.Basis != Requirement && m.Basis != Hardening && m.Basis != Advice:
		return nil, fmt.Errorf("basis %q is not one of requirement, hardening, advice", m.Basis)
	case m.Cover != "full" && m.Cover != "partial" && m.Cover != "support":
		return nil, fmt.Errorf("cover %q is not one of full, partial, support", m.Cover)
	case m.Exception != "" && m.Exception != exceptionMitigated:
		return nil, fmt.Errorf("exception %q is not %s", m.Exception, exceptionMitigated)
	case len(m.Requirements) == 0:
		return nil, fmt.Errorf("no requirements")
	case m.Limits == "":
		return nil, fmt.Errorf("no limits: say what the evidence cannot show")
	case m.Remediation == "":
		return nil, fmt.Errorf("no remediation")
	}
	for name, p := range m.Parameters {
		if err := p.check(p.Default); err != nil {
			return nil, fmt.Errorf("parameter %s: default: %w", name, err)
		}
	}
	return m, nil
}

// check reports why v cannot be the value of the parameter.
func (p *Parameter) check(v any) error {
	switch def := p.Default.(type) {
	case float64:
		n, ok := number(v)
		switch {
		case !ok:
			return fmt.Errorf("%v is not a number", v)
		case p.Min != nil && n < *p.Min:
			return fmt.Errorf("%v is below %v, the least that the standard allows", v, *p.Min)
		case p.Max != nil && n > *p.Max:
			return fmt.Errorf("%v is above %v, the most that the standard allows", v, *p.Max)
		}
	case bool:
		if _, ok := v.(bool); !ok {
			return fmt.Errorf("%v is not true or false", v)
		}
	case string:
		s, ok := v.(string)
		if !ok || p.Within != nil && !slices.Contains(p.Within, s) {
			return fmt.Errorf("%v is not one of %s", v, strings.Join(p.Within, ", "))
		}
	case []any:
		list, ok := texts(v)
		if !ok {
			return fmt.Errorf("%v is not a list of texts", v)
		}
		for _, s := range p.Includes {
			if !slices.Contains(list, s) {
				return fmt.Errorf("the list lacks %s, which the standard needs", s)
			}
		}
		for _, s := range list {
			if p.Within != nil && !slices.Contains(p.Within, s) {
				return fmt.Errorf("%s is not one of %s", s, strings.Join(p.Within, ", "))
			}
		}
	default:
		return fmt.Errorf("a default of type %T is not supported", def)
	}
	return nil
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	}
	return 0, false
}

func texts(v any) ([]string, bool) {
	switch list := v.(type) {
	case []string:
		return list, true
	case []any:
		out := make([]string, len(list))
		for i, x := range list {
			s, ok := x.(string)
			if !ok {
				return nil, false
			}
			out[i] = s
		}
		return out, true
	}
	return nil, false
}
