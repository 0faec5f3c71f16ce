package baseline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/irondrift/irondrift/collect"
)

// ToolSource is the source name of [Store.ToolFacts].
const ToolSource = "tool"

// gapNights is how far back missing nights are looked for.
const gapNights = 30

// ToolFacts returns what the store knows about its own work on a system, as a
// part with keys tool/..., so that rules can judge it like any other evidence:
// whether there is a baseline, how old it is, when it was last compared with,
// which nights are missing, how many approvals nobody signed. There are facts
// for every source that has evidence or a baseline, and for those expected.
// Unapproved is the number of open changes of each source, or unknown; of a
// source that is not in it, it is unknown.
//
// Positions are numbers of ledger records. The part is made, not stored.
func (s *Store) ToolFacts(system string, expected []string, unapproved map[string]collect.Value) *collect.Part {
	now := s.now().UTC()
	t := &toolFacts{now: now}
	sources := map[string]bool{}
	for _, source := range expected {
		sources[source] = true
	}
	for _, p := range s.partsOf(system) {
		sources[p.Source] = true
	}
	for _, source := range s.Baselines(system) {
		sources[source] = true
	}
	approvals, runs := s.History(system), s.Runs()
	// A proposal whose swaps cannot be read counts as pending: verify says why.
	var void *MovedError
	pending := slices.DeleteFunc(s.Proposals(system), func(p Proposal) bool {
		return p.Applied != 0 || errors.As(s.Moved(p), &void)
	})
	for _, source := range slices.Sorted(maps.Keys(sources)) {
		t.evidence(source, s.partsOf(system))
		t.approvals(source, approvals, pending)
		t.comparison(system, source, approvals, runs)
		n, known := unapproved[source]
		if !known {
			n = collect.Unknown("not compared with a baseline")
		}
		t.put("drift", source, "unapproved", n, 0)
	}
	return t.part(system)
}

type toolFact struct {
	entry  collect.Entry
	record int64
}

type toolFacts struct {
	now   time.Time
	facts []toolFact
}

func (t *toolFacts) put(kind, source, name string, v collect.Value, record int64) {
	key := collect.NewKey("tool", kind, source, name)
	t.facts = append(t.facts, toolFact{collect.Entry{Key: key, Value: v}, record})
}

func (t *toolFacts) days(since time.Time) collect.Value {
	return collect.Number(int64(max(t.now.Sub(since), 0) / (24 * time.Hour)))
}

func (t *toolFacts) evidence(source string, parts []StoredPart) {
	var newest StoredPart
	nights := map[string]bool{}
	for _, p := range parts {
		if p.Source != source {
			continue
		}
		if _, again := repeats(parts, p); !again {
			nights[p.Night] = true
		}
		if p.Night > newest.Night || p.Night == newest.Night && rank(p.State) <= rank(newest.State) {
			newest = p
		}
	}
	t.put("evidence", source, "exists", collect.Bool(len(nights) > 0), newest.Record)
	if len(nights) == 0 {
		return
	}
	night, _ := time.Parse(time.DateOnly, newest.Night) // checked when it was recorded
	t.put("evidence", source, "age_days", t.days(night), newest.Record)
	t.put("evidence", source, "state", collect.Text(string(newest.State)), newest.Record)
	first := slices.Min(slices.Collect(maps.Keys(nights)))
	var missing []string
	for i := range gapNights {
		// Last night's extract may still come, so today is not missing yet.
		d := t.now.AddDate(0, 0, -1-i).Format(time.DateOnly)
		if d > first && !nights[d] {
			missing = append(missing, d)
		}
	}
	t.put("evidence", source, "missing_nights", collect.Set(missing...), newest.Record)
}

func (t *toolFacts) approvals(source string, approvals []Approval, pending []Proposal) {
	var last Approval
	unsigned, waiting := int64(0), int64(0)
	for _, a := range approvals {
		if a.Source == source {
			last = a
			if a.Unsigned() {
				unsigned++
			}
		}
	}
	for _, p := range pending {
		if p.Source == source {
			waiting++
		}
	}
	t.put("baseline", source, "exists", collect.Bool(last.Record > 0), last.Record)
	if last.Record > 0 {
		t.put("baseline", source, "age_days", t.days(last.At), last.Record)
	}
	if last.Record > 0 {
		t.put("approval", source, "unsigned", collect.Number(unsigned), last.Record)
	} else { // that none is unsigned would sound as if all were signed
		t.put("approval", source, "unsigned", collect.Unknown("nothing was approved yet"), 0)
	}
	t.put("approval", source, "pending", collect.Number(waiting), last.Record)
}

func (t *toolFacts) comparison(system, source string, approvals []Approval, runs []Run) {
	for _, a := range approvals {
		if a.Source == source {
			t.put("comparison", source, "possible_days", t.days(a.At), a.Record)
			break
		}
	}
	for _, r := range slices.Backward(runs) {
		for _, rs := range r.Systems {
			if rs.System == system && slices.Contains(rs.Sources, source) {
				t.put("comparison", source, "done", collect.Bool(true), r.Record)
				t.put("comparison", source, "age_days", t.days(r.At), r.Record)
				return
			}
		}
	}
	t.put("comparison", source, "done", collect.Bool(false), 0)
}

func (t *toolFacts) part(system string) *collect.Part {
	slices.SortFunc(t.facts, func(a, b toolFact) int { return cmp.Compare(a.entry.Key, b.entry.Key) })
	var facts, prov []byte
	for _, f := range t.facts {
		facts = append(collect.AppendLine(facts, f.entry.Key, f.entry.Value), '\n')
		line := collect.AppendLine(nil, f.entry.Key, collect.Value{})
		prov = append(prov, line[:len(line)-len(": ")]...)
		prov = append(prov, "\t0:"+collect.Number(f.record).Raw()+"@0\n"...)
	}
	factSum, provSum := sha256.Sum256(facts), sha256.Sum256(prov)
	open := func(b []byte) collect.Opener {
		return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }
	}
	return &collect.Part{
		Header: collect.Header{
			System: system, SystemFrom: collect.FromConfiguration, Source: ToolSource, Schema: collect.SchemaVersion,
			View: collect.Active, Period: collect.Moment(t.now, collect.FromRecords), Clock: collect.Clock{Zone: "UTC", From: collect.FromRecords},
			Files:    []collect.FileInfo{{Name: ledgerDir, Size: -1}},
			Coverage: []collect.Coverage{{Prefix: "tool", State: collect.Complete}},
			Content:  digestName(factSum[:]), Provenance: digestName(provSum[:]), Facts: int64(len(t.facts)),
		},
		FactsBlob: open(facts), ProvenanceBlob: open(prov),
	}
}
