package reports

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// JSONForm names the structure of the JSON format. Fields may be added under
// the same name; a field that changes its meaning or goes gets a new one.
const JSONForm = "irondrift-report-1"

// writeJSON prints everything. Lists are never null, times are RFC 3339, and
// characters that are unsafe to print are written as \u escapes, so the output
// can be looked at on any terminal and still holds the exact text.
func writeJSON(w io.Writer, p *page, _ Options) error {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(PlainJSON(out))
	enc.SetIndent("", "  ")
	if err := enc.Encode(p.document()); err != nil {
		return err
	}
	return out.Flush()
}

// PlainJSON returns a writer of JSON text that writes the characters which are
// unsafe to print (a terminal may act on them, or show the text in another
// order) as \u escapes. They occur inside strings only, where the escape means
// the same. Each Write must hold whole characters, as those of json.Encoder and
// the results of json.Marshal do; w is not flushed.
func PlainJSON(w *bufio.Writer) io.Writer { return escapeUnsafe{w} }

type escapeUnsafe struct{ w *bufio.Writer }

func (e escapeUnsafe) Write(b []byte) (int, error) {
	start := 0
	for i := 0; i < len(b); {
		if b[i] < 0x7f {
			i++ // json.Encoder escapes control characters; line ends are layout
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if unsafeRune(r) {
			e.w.Write(b[start:i])
			if r > 0xffff {
				r -= 0x10000
				fmt.Fprintf(e.w, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
			} else {
				fmt.Fprintf(e.w, `\u%04x`, r)
			}
			start = i + n
		}
		i += n
	}
	_, err := e.w.Write(b[start:])
	return len(b), err
}

// jsonValue gives a value its JSON type: text, number, boolean, array, null
// when there is none, and an object with a reason when it is unknown.
func jsonValue(v collect.Value) any {
	switch v.Type() {
	case collect.TypeAbsent:
		return nil
	case collect.TypeNumber:
		return json.Number(v.Raw())
	case collect.TypeBool:
		return v.IsTrue()
	case collect.TypeSet, collect.TypeList:
		return list(v.Items())
	case collect.TypeUnknown:
		return struct {
			Unknown string `json:"unknown"`
		}{v.Raw()}
	}
	return v.Raw()
}

// list makes an empty list of nil, so that it prints as [] and not as null.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

func (p *page) document() *document {
	d := &document{
		Form: JSONForm, ID: p.ID, Title: p.Title, Organisation: p.Organisation,
		Generated: p.Generated.Format(time.RFC3339), Program: p.Program, Redacted: p.redacted,
		Period: p.Period, Standard: p.Standard, StandardName: p.StandardName,
		Summary: summaryJSON{
			Systems: len(p.Systems), Silent: p.silentSystems(), Notices: len(p.Notices),
			Changes: p.countChanges(""), Results: p.countAll(""), Requirements: p.countStatuses(),
		},
		Ledger:       treeHeadJSON(p.Ledger),
		Packs:        convert(p.Assessment.Packs, func(k *rules.PackInfo) packJSON { return packJSON(*k) }),
		Notices:      convert(p.Notices, func(n *Notice) noticeJSON { return noticeJSON(*n) }),
		Systems:      convert(p.Systems, p.systemJSON),
		Changes:      []changeJSON{},
		NotSeen:      []changeJSON{},
		NotCollected: []notCollectedJSON{},
		Suppressed:   convert(p.Suppressed, func(s *Suppression) suppressionJSON { return suppressionJSON(*s) }),
		Approvals:    convert(p.Approvals, func(a *Approval) approvalJSON { return approvalJSON(*a) }),
		Waivers:      convert(p.Waivers, func(w *Waiver) waiverJSON { return waiverJSON(*w) }),
		Peers: convert(p.Peers, func(s *Peers) peersJSON {
			return peersJSON{s.System, s.Service, convert(s.Peers, func(q *Peer) peerJSON { return peerJSON(*q) }), s.Beyond, s.Capped}
		}),
		Inventory:    p.inventoryJSON(),
		Requirements: convert(p.Requirements, p.requirementJSON),
		Checks:       convert(p.Assessment.Checks, p.checkJSON),
		Findings:     convert(p.Assessment.Findings, p.findingJSON),
		Passes:       convert(p.Assessment.Passes, p.findingJSON),
		Tallies: convert(p.Assessment.Tallies, func(t *rules.Tally) tallyJSON {
			var c counts
			c.add(*t)
			return tallyJSON{t.Check, t.System, c}
		}),
		Errors: list(p.Assessment.Errors),
		Register: convert(p.register, func(a *Artefact) artefactJSON {
			row := artefactJSON(*a)
			row.Files = list(row.Files)
			return row
		}),
	}
	for i := range p.Changes {
		switch c := &p.Changes[i]; c.Op {
		case baseline.NotCollected:
			d.NotCollected = append(d.NotCollected, notCollectedJSON{c.System, c.Source, c.Key, c.Keys, c.Lost, c.Reason})
		case baseline.NotSeen:
			d.NotSeen = append(d.NotSeen, p.changeJSON(c))
		default:
			d.Changes = append(d.Changes, p.changeJSON(c))
		}
	}
	return d
}

func convert[S, T any](in []S, f func(*S) T) []T {
	out := make([]T, len(in))
	for i := range in {
		out[i] = f(&in[i])
	}
	return out
}

func (p *page) systemJSON(s *System) systemJSON {
	parts := make([]collect.Header, len(s.Parts))
	for i, h := range s.Parts {
		h.Files, h.Coverage = list(h.Files), list(h.Coverage)
		parts[i] = h
	}
	return systemJSON{
		ID: s.ID, Name: s.Name, Platform: s.Platform, Tags: list(s.Tags), Members: list(s.Members),
		Changes: p.countChanges(s.ID), Results: p.countAll(s.ID), Parts: parts,
	}
}

func (p *page) changeJSON(c *rules.JudgedChange) changeJSON {
	return changeJSON{
		System: c.System, Source: c.Source, Op: c.Op, Key: c.Key, Class: c.Class.String(),
		Old: jsonValue(c.Old), New: jsonValue(c.New), Added: list(c.Added), Removed: list(c.Removed), Keys: c.Keys,
		Direction: c.Direction, Cause: c.Cause, Why: c.Why, Severity: c.Severity,
		Checks: list(c.Checks), Requirements: list(c.Requirements), Evidence: convert(c.Evidence, p.evidenceJSON),
	}
}

func (p *page) requirementJSON(q *Requirement) requirementJSON {
	return requirementJSON{
		Number: q.Number, Title: q.Title, Effective: q.Effective, AppliesTo: q.AppliesTo, Milestone: q.Milestone,
		Note: q.Note, Status: q.Status, Why: q.Why, Checks: list(q.Checks), Results: p.count("", q.Checks...),
		Evidence: list(p.evidenceFor(q)), Limits: list(p.limitsOf(q)), Remaining: list(q.Remaining),
		Systems: convert(q.Systems, func(s *SystemStatus) systemStatusJSON { return systemStatusJSON(*s) }),
	}
}

func (p *page) checkJSON(c *rules.Check) checkJSON {
	requirements := map[string][]string{}
	for standard, numbers := range c.Requirements {
		requirements[standard] = list(sorted(numbers, rules.CompareNumbers))
	}
	return checkJSON{
		ID: c.ID, Package: c.Package, Pack: c.Pack, Title: c.Title, Description: c.Description, Severity: c.Severity, Basis: c.Basis, Cover: c.Cover,
		Requirements: requirements, Entity: c.Entity, Required: list(c.Required), Optional: list(c.Optional),
		Remediation: c.Remediation, Limits: strings.TrimSpace(c.Limits),
	}
}

func (p *page) findingJSON(f *rules.Finding) findingJSON {
	var before *beforeJSON
	if b := f.Before; b != nil {
		before = &beforeJSON{b.Night, b.Result, list(b.Messages), b.Allowed, convert(b.Evidence, p.evidenceJSON)}
	}
	return findingJSON{
		ID: f.ID, System: f.System, Check: f.Check, Entity: f.Entity, Result: f.Result, Severity: p.severity(f),
		Messages: list(f.Messages),
		Missing:  list(f.Missing), Reasons: list(f.Reasons), Allowed: f.Allowed, Before: before, Evidence: convert(f.Evidence, p.evidenceJSON),
	}
}

func (p *page) evidenceJSON(e *rules.Evidence) evidenceJSON {
	unit := "line"
	if e.Record {
		unit = "record"
	}
	return evidenceJSON{
		Ref: e.Ref, Part: p.ref(e), System: e.System, Source: e.Source, Key: e.Key, Value: e.Value, File: e.File,
		Position: e.Line, Unit: unit, Digest: e.Digest, Content: e.Content, Period: e.Period,
	}
}
