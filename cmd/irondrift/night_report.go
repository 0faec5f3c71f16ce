package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
	"github.com/irondrift/irondrift/rules"
)

// report puts together what the night found. Everything in it was decided by
// the stages before; this only carries it over, and adds names of peers.
func (n *night) report(ctx context.Context) (*reports.Report, error) {
	if n.made != nil {
		return n.made, nil
	}
	r := n.carryOver()
	var err error
	if r.Peers, err = n.findPeers(ctx, r); err != nil {
		return nil, err
	}
	if n.namer != nil {
		n.bar.step("names of peers", 0)
		if err := n.namer.name(ctx, r.Peers); err != nil {
			return nil, err
		}
		n.bar.clear()
		n.namer.note(n.app)
	}
	n.made = r
	return r, nil
}

func (n *night) carryOver() *reports.Report {
	r := &reports.Report{
		Title:        "PCI DSS evidence report",
		Organisation: n.cfg.Organisation,
		Generated:    n.now,
		Program:      "irondrift " + programVersion(),
		StandardName: "PCI DSS 4.0.1",
		Notices:      n.notices,
		Ledger:       n.treeHead(),
	}
	var parts []*rules.Assessment
	var inventories []*rules.Inventory
	for _, js := range n.judged {
		sys := reports.System{ID: js.cfg.ID, Platform: js.cfg.Platform, Tags: js.cfg.Tags, Members: js.cfg.Members}
		for _, p := range js.parts {
			sys.Parts = append(sys.Parts, p.Header)
			r.Period = widen(r.Period, p.Header.Period)
		}
		r.Systems = append(r.Systems, sys)
		r.Changes = append(r.Changes, js.changes...)
		r.Suppressed = append(r.Suppressed, suppressed(js)...)
		r.Approvals = append(r.Approvals, n.approvals(js.cfg.ID)...)
		parts = append(parts, js.assessment)
		inventories = append(inventories, js.inventory)
	}
	r.Assessment = *rules.Combine(parts...)
	r.Inventory = *rules.CombineInventories(inventories...)
	if r.Assessment.Checks == nil {
		r.Assessment.Checks = n.engine.Checks()
	}
	for _, c := range n.engine.Catalogues() {
		r.Standard = cmp.Or(r.Standard, c.Standard)
		for _, q := range rules.Rollup(c, &r.Assessment, nil) {
			r.Requirements = append(r.Requirements, requirementRow(q))
		}
	}
	return r
}

// widen returns the period that holds both.
func widen(a, b collect.Period) collect.Period {
	switch {
	case a.Start == "":
		return b
	case b.Start == "":
		return a
	}
	// RFC 3339 with different offsets does not compare as text, so by time.
	if before(b.Start, a.Start) {
		a.Start = b.Start
	}
	if before(a.End, b.End) {
		a.End = b.End
	}
	return a
}

func suppressed(js *judgedSystem) []reports.Suppression {
	var out []reports.Suppression
	for _, d := range js.stats {
		for _, g := range d.Stats.Ignored {
			i := slices.IndexFunc(out, func(s reports.Suppression) bool { return s.Pattern == g.Pattern })
			if i < 0 && g.Keys == 0 && isVolatile(g.IgnoreRule) {
				continue // a rule that is always there and had nothing to do
			}
			if i < 0 {
				out = append(out, reports.Suppression{System: js.cfg.ID, Pattern: g.Pattern, Reason: g.Reason, Expires: g.Expires})
				i = len(out) - 1
			}
			out[i].Count += g.Keys
		}
	}
	return out
}

// approvals lists what the baselines of a system rest on.
func (n *night) approvals(system string) []reports.Approval {
	var out []reports.Approval
	current := map[string]bool{} // sources whose whole approval in force was seen
	history := n.store.History(system)
	for i := len(history) - 1; i >= 0; i-- {
		h := history[i]
		row := reports.Approval{
			System: h.System, Source: h.Source, Sequence: h.Record, State: "applied",
			Current: !current[h.Source], First: h.What == baseline.Whole, Keys: h.Count, Content: h.Content,
			By: h.By + " (" + h.ByFrom + ")", At: h.Time, Reason: h.Reason, Ticket: h.Ticket,
			Findings: h.Findings[string(rules.Fail)] + h.Findings[string(rules.Review)],
		}
		if h.What == baseline.Whole {
			current[h.Source] = true
		}
		out = append(out, row)
	}
	slices.Reverse(out)
	return out
}

func (n *night) treeHead() reports.TreeHead {
	h := n.store.Head()
	head := reports.TreeHead{Store: n.cfg.Store, Size: h.Size, Head: h.String()}
	_ = n.store.Records(func(r *baseline.Record) error {
		head.At = r.Time
		return nil
	})
	return head
}

// requirementRow carries a line of the roll-up over.
func requirementRow(q rules.RequirementStatus) reports.Requirement {
	row := reports.Requirement{
		Number: q.Number, Title: q.Title, Effective: q.Effective, AppliesTo: q.AppliesTo, Note: q.Note,
		Status: reports.Status(q.Status), Why: q.Why, Checks: q.Checks, Limits: q.Limits,
	}
	if q.Milestone > 0 {
		row.Milestone = strconv.Itoa(q.Milestone)
	}
	for _, s := range q.Systems {
		row.Systems = append(row.Systems, reports.SystemStatus{System: s.System, Status: reports.Status(s.Status), Why: s.Why})
	}
	return row
}
