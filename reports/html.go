package reports

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// The HTML format is one file: no network, no font, no picture. The content
// security policy allows exactly the style and the script below, by digest, so
// that text from an extract could not run even if an escape were missing. The
// script is a comfort; everything can be read without it.

var (
	//go:embed html/report.tmpl
	htmlTemplate string
	//go:embed html/report.css
	htmlStyle string
	//go:embed html/report.js
	htmlScript string
)

var parsedHTML = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"v":        func(s any) string { return visible(fmt.Sprint(s)) },
		"key":      breakableKey,
		"anchor":   anchor,
		"join":     strings.Join,
		"place":    evidencePlace,
		"period":   periodText,
		"identity": identityText,
		"short":    shortDigest,
		"plural":   plural,
		"number":   number,
		"day":      day,
		"stamp":    stamp,
		"values":   valueText,
		"change":   func(c baseline.Change) string { return difference(&c) },
	}).Parse(htmlTemplate))
})

// htmlPage is what the template sees.
type htmlPage struct {
	*page
	Policy      string
	Style       template.CSS
	Script      template.JS
	When        string
	Redacted    bool
	Statuses    []htmlStatus
	All         int
	Counts      counts
	Changed     changeCounts
	Silent      int64
	SystemViews []htmlSystem
	Rows        []htmlRequirement
	Details     []htmlRequirement // those that have more to say than a row
	Checks      []htmlCheck
	Register    []Artefact
	RollupRules []string

	Lost          []lostResults
	CryptoSystems []htmlCryptoSystem
	CryptoKinds   []htmlCryptoKind
}

type htmlStatus struct {
	Status      Status
	Slug        string
	Meaning     string
	Count       int64
	From, Width int64 // of the bar
}

func writeHTML(w io.Writer, p *page, _ Options) error {
	out := bufio.NewWriterSize(w, 1<<16)
	if err := parsedHTML().Execute(out, p.html()); err != nil {
		return err
	}
	return out.Flush()
}

func (p *page) html() *htmlPage {
	h := &htmlPage{
		page: p,
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'",
			policyDigest(htmlStyle), policyDigest(htmlScript)),
		Style: template.CSS(htmlStyle), Script: template.JS(htmlScript),
		When: p.Generated.Format("2006-01-02 15:04 MST"), Redacted: p.redacted,
		All: len(p.Requirements), Counts: p.countAll(""), Changed: p.countChanges(""), Silent: p.silentSystems(),
		Register: p.register, RollupRules: rules.RollupRules,
	}
	var from int64
	for _, s := range p.countStatuses() {
		h.Statuses = append(h.Statuses, htmlStatus{s.Status, slug(s.Status), meaning(s.Status), s.Count, from, s.Count})
		from += s.Count
	}
	for i := range p.Systems {
		h.SystemViews = append(h.SystemViews, p.htmlSystem(&p.Systems[i]))
		h.Lost = append(h.Lost, p.lost(p.Systems[i].ID)...)
	}
	changed := map[string][]*rules.JudgedChange{}
	for i := range p.Changes {
		if c := &p.Changes[i]; drift(c) {
			for _, n := range c.Requirements {
				changed[n] = append(changed[n], c)
			}
		}
	}
	for i := range p.Requirements {
		q := p.htmlRequirement(&p.Requirements[i], changed)
		h.Rows = append(h.Rows, q)
		if q.Detailed {
			h.Details = append(h.Details, q)
		}
	}
	for i := range p.Assessment.Checks {
		h.Checks = append(h.Checks, p.htmlCheck(&p.Assessment.Checks[i]))
	}
	h.CryptoSystems, h.CryptoKinds = p.htmlCrypto()
	return h
}

func policyDigest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// anchor makes a fragment name of a prefix and text: what is not a letter, a
// digit, "." or "-" becomes its number, so that two names never meet.
func anchor(prefix, s string) string {
	var b strings.Builder
	b.WriteString(prefix)
	b.WriteByte('-')
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "_%x_", r)
		}
	}
	return b.String()
}

// breakableKey prints a key that may wrap behind its slashes.
func breakableKey(k collect.Key) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(visible(string(k))), "/", "/<wbr>"))
}

// number prints a count with thin groups of three, which are easier to read.
func number(n int64) string {
	s := strconv.FormatInt(n, 10)
	if n < 10000 {
		return s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}

// htmlSystem is a system with its changes and results.
type htmlSystem struct {
	*System
	Title      string
	Changed    changeCounts
	Counts     counts
	Changes    []changeRow
	NotSeen    []notSeenRow
	Lost       []*rules.JudgedChange // not collected, though the baseline knows it
	NotKnown   []*rules.JudgedChange // not collected, and not in the baseline either
	Suppressed []Suppression
	Notices    []Notice
	PartViews  []htmlPart
	Checks     []htmlTally
}

type htmlPart struct {
	*collect.Header
	Baseline *Approval
	Same     bool // tonight's content is the approved one
	Ignored  []htmlIgnored
	Ref      string
}

type htmlIgnored struct {
	Reason string
	Count  int64
}

type htmlTally struct {
	Check  *rules.Check
	Counts counts
}

func (p *page) htmlSystem(s *System) htmlSystem {
	v := htmlSystem{
		System: s, Title: p.systemName(s.ID), Changed: p.countChanges(s.ID), Counts: p.countAll(s.ID),
		Changes: p.changeRows(s.ID), NotSeen: p.notSeenRows(s.ID),
	}
	for _, c := range p.withOp(s.ID, baseline.NotCollected) {
		if c.Lost > 0 {
			v.Lost = append(v.Lost, c)
		} else {
			v.NotKnown = append(v.NotKnown, c)
		}
	}
	for _, u := range p.Suppressed {
		if u.System == s.ID {
			v.Suppressed = append(v.Suppressed, u)
		}
	}
	for _, n := range p.Notices {
		if n.System == s.ID {
			v.Notices = append(v.Notices, n)
		}
	}
	for i := range s.Parts {
		h := &s.Parts[i]
		part := htmlPart{Header: h, Baseline: p.baselineOf(s.ID, h.Source), Ref: p.refs[artefactID{s.ID, h.Source, h.Content}]}
		part.Same = part.Baseline != nil && part.Baseline.Content == h.Content
		for _, reason := range sortedKeys(h.Counts.Ignored) {
			part.Ignored = append(part.Ignored, htmlIgnored{reason, h.Counts.Ignored[reason]})
		}
		v.PartViews = append(v.PartViews, part)
	}
	for i := range p.Assessment.Checks {
		c := &p.Assessment.Checks[i]
		if n := p.count(s.ID, c.ID); n.total() > 0 {
			v.Checks = append(v.Checks, htmlTally{c, n})
		}
	}
	return v
}

// htmlRequirement is a requirement with the results of its checks.
type htmlRequirement struct {
	*Requirement
	Slug     string
	Counts   counts
	Checks   []htmlTally
	Changes  []*rules.JudgedChange
	Refs     []string
	Limits   []string
	Detailed bool
}

func (p *page) htmlRequirement(q *Requirement, changed map[string][]*rules.JudgedChange) htmlRequirement {
	v := htmlRequirement{
		Requirement: q, Slug: slug(q.Status), Counts: p.count("", q.Checks...), Changes: changed[q.Number],
		Refs: p.evidenceFor(q), Limits: p.limitsOf(q),
	}
	for _, id := range q.Checks {
		v.Checks = append(v.Checks, htmlTally{p.check(id), p.count("", id)})
	}
	v.Detailed = q.Status != rules.OutsideThisTool || len(v.Checks)+len(v.Changes)+len(v.Limits)+len(q.Remaining)+len(q.Systems) > 0
	return v
}
