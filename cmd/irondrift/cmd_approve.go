package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// approveOptions are the flags that approve and baseline propose share.
type approveOptions struct {
	source  []string
	keys    []string
	night   string
	reason  string
	ticket  string
	by      string
	forget  bool
	partial bool
	seen    []string
}

func (o *approveOptions) addFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.source, "source", nil, "only the baseline of this `source`; may be repeated (default: every source of the system)")
	f.StringArrayVar(&o.keys, "key", nil, "only changes of keys that match this `pattern`: * is any text in a segment, ** any segments; may be repeated")
	f.StringVar(&o.night, "night", "", "approve the evidence of this `date` (default: the newest)")
	f.StringVar(&o.reason, "reason", "", "why this is accepted (required)")
	f.StringVar(&o.ticket, "ticket", "", "change `ticket`")
	f.StringVar(&o.by, "by", "", "`name` of the approver (default: your login name)")
	f.BoolVar(&o.forget, "forget-not-seen", false, "also drop observed keys and members that were only not seen")
	f.BoolVar(&o.partial, "partial", false, "accept a partial extract whole; what it lacks will be not collected")
	f.StringArrayVar(&o.seen, "seen", nil, "`digest` of the changes you reviewed, as diff --seen prints it; the approval is void if they are others now; once for each source")
	_ = cmd.MarkFlagRequired("reason")
}

func (a *app) approveCommand() *cobra.Command {
	var o approveOptions
	cmd := &cobra.Command{
		Use:   "approve SYSTEM",
		Short: "Accept the newest evidence, or some of its changes, as the baseline",
		Long: `Approve makes what you have seen the baseline. The first approval of a source
accepts all of it and says how many findings it contains: a baseline is what was
accepted, not what complies. Later ones accept the changes since, all of them or
those that match --key. An approval names the value each key had and the value it
gets; if one has moved in the meantime it is void and nothing is changed. To be
sure that the newest evidence is still the one you looked at, state the digests
that "irondrift diff SYSTEM@baseline SYSTEM@latest --seen" printed.

Approvals are recorded unsigned in this version, and shown so.`,
		Example: `  irondrift approve PRDA --reason "first baseline, reviewed with audit" --ticket CHG0012345
  irondrift approve ZVMPROD1 --key 'zvm/user/LXMON01/**' --reason "monitoring needs class B" --ticket CHG0012399
  irondrift approve PRDA --source racf-setropts --seen sha256:3f0c... --reason "reviewed this morning"`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: a.completeSystems,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.approve(cmd.Context(), args[0], &o, func(n *night, req baseline.ApproveRequest) (any, string, error) {
				done, err := n.store.Approve(cmd.Context(), req)
				return approvalJSON(done), describeApproval(done), err
			})
		},
	}
	o.addFlags(cmd)
	return cmd
}

// approve works out what is to be approved, part by part, and hands each to do.
func (a *app) approve(ctx context.Context, name string, o *approveOptions, do func(*night, baseline.ApproveRequest) (any, string, error)) error {
	n, err := a.openNight(false)
	if err != nil {
		return err
	}
	defer n.bar.clear()
	sys := n.cfg.system(name)
	if sys == nil {
		return usageError("the configuration names the systems", "there is no system %q", name)
	}
	requests, err := n.requests(ctx, sys, o)
	if err != nil {
		return err
	}
	n.bar.clear()
	var results []any
	var nothing error // why sources had nothing to approve
	for _, req := range requests {
		result, text, err := doSeen(n, req, o.seen, do)
		switch {
		case errors.Is(err, baseline.ErrNoBaseline):
			a.note("irondrift: note: %s has no baseline yet; --key approves nothing of it", req.Part.Source)
			nothing = err
			continue
		case errors.Is(err, baseline.ErrNothingSelected):
			nothing = cmp.Or(nothing, err)
			continue
		case errors.Is(err, baseline.ErrStatement):
			return withStatus(exitUsage, err)
		case err != nil:
			return errors.Join(a.approved(results), withStatus(exitNotAssessed, recordedBefore(err, results)))
		}
		results = append(results, result)
		if !a.json {
			fmt.Fprint(a.stdout, text)
		}
	}
	if len(results) == 0 {
		return withStatus(exitNotAssessed, nothing)
	}
	return a.approved(results)
}

// doSeen hands a request to do. When the approver states what was reviewed, one
// of the digests must be that of the changes of this source.
func doSeen(n *night, req baseline.ApproveRequest, seen []string, do func(*night, baseline.ApproveRequest) (any, string, error)) (result any, text string, err error) {
	if len(seen) == 0 {
		return do(n, req)
	}
	for _, req.Seen = range seen {
		var moved *baseline.MovedError
		if result, text, err = do(n, req); !errors.As(err, &moved) || moved.Key != "" {
			break
		}
	}
	return result, text, err
}

// approved prints the results as JSON if that is asked for.
func (a *app) approved(results []any) error {
	if !a.json {
		return nil
	}
	return a.printJSON(results)
}

// recordedBefore adds to the error of one source that others were recorded.
func recordedBefore(err error, results []any) error {
	if len(results) == 0 {
		return err
	}
	return fmt.Errorf("%w; %d of the other sources were recorded before, and stay", err, len(results))
}

// requests makes one request for each source.
func (n *night) requests(ctx context.Context, sys *systemConfig, o *approveOptions) ([]baseline.ApproveRequest, error) {
	var patterns []baseline.Pattern
	for _, k := range o.keys {
		p, err := baseline.ParsePattern(k)
		if err != nil {
			return nil, withStatus(exitUsage, fmt.Errorf("--key: %w", err))
		}
		patterns = append(patterns, p)
	}
	for _, source := range o.source {
		if !slices.ContainsFunc(sys.Sources, func(s sourceConfig) bool { return s.Source == source }) {
			return nil, usageError("the configuration names its sources", "system %s has no source %q", sys.ID, source)
		}
	}
	if _, err := time.Parse(time.DateOnly, o.night); err != nil && o.night != "" {
		return nil, usageError("write it like 2026-11-19", "--night %q is not a date", o.night)
	}
	by, from := whoAmI(o.by)
	var parts []baseline.StoredPart
	for _, src := range sys.Sources {
		if len(o.source) > 0 && !slices.Contains(o.source, src.Source) {
			continue
		}
		p, found := n.store.Latest(sys.ID, src.Source)
		if o.night != "" {
			versions := n.store.Versions(sys.ID, src.Source, o.night)
			if found = len(versions) > 0; found {
				p = versions[0]
			}
		}
		if found {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return nil, &statusError{exitNotAssessed, &hinted{fmt.Errorf("the store holds no such evidence of %s", sys.ID), `"irondrift run" collects it`}}
	}
	var out []baseline.ApproveRequest
	for _, p := range parts {
		findings, err := n.findingsOf(ctx, sys, p)
		if err != nil {
			return nil, err
		}
		req := baseline.ApproveRequest{
			Part: p, Forget: o.forget, Partial: o.partial,
			Diff:     baseline.DiffOptions{Ignore: n.cfg.ignored(sys), Now: n.now},
			Findings: findings, Reason: o.reason, Ticket: o.ticket, By: by, ByFrom: from,
		}
		if len(patterns) > 0 {
			req.Select = baseline.SelectPatterns(patterns...)
		}
		out = append(out, req)
	}
	return out, nil
}

// whoAmI names the approver and says how that is known.
func whoAmI(flag string) (name, from string) {
	if flag != "" {
		return flag, "stated on the command line"
	}
	host, _ := os.Hostname()
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username, "login name on " + host
	}
	return "unknown", "no login name on " + host
}

// findingsOf counts the findings that a part contains, by result.
func (n *night) findingsOf(ctx context.Context, sys *systemConfig, stored baseline.StoredPart) (map[string]int64, error) {
	part, err := n.store.OpenPart(stored)
	if err != nil {
		return nil, fromStore(err)
	}
	assessment, err := n.engine.Judge(ctx, n.cfg.judged(sys), []*collect.Part{part})
	if err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, f := range assessment.Findings {
		if part.Header.CoverageOf(f.Entity).State != "" && f.Result != rules.NotApplicable {
			counts[string(f.Result)]++
		}
	}
	return counts, nil
}

func describeApproval(p baseline.Approval) string {
	what := fmt.Sprintf("%d facts", p.Count)
	if p.What == baseline.Keys {
		what = countOf(p.Count, "key")
	}
	return fmt.Sprintf("%s  %s: approved %s of %s as ledger record %d, %s; it contains %s\n",
		plain(p.System), p.Source, what, p.Night, p.Record, signedText(p.Unsigned()), findingsText(p.Findings))
}

func signedText(unsigned bool) string {
	if unsigned {
		return "unsigned"
	}
	return "signed"
}

func findingsText(counts map[string]int64) string {
	var out []string
	for _, result := range []rules.Result{rules.Fail, rules.Review, rules.NoData} {
		if c := counts[string(result)]; c > 0 {
			out = append(out, fmt.Sprintf("%d %s", c, result))
		}
	}
	if len(out) == 0 {
		return "no findings"
	}
	return strings.Join(out, ", ")
}

type approvalRow struct {
	System   string           `json:"system"`
	Source   string           `json:"source"`
	What     string           `json:"what"`
	Night    string           `json:"night"`
	Count    int64            `json:"count"`
	Content  string           `json:"content,omitempty"`
	Findings map[string]int64 `json:"findings"`
	By       string           `json:"by"`
	ByFrom   string           `json:"by_from"`
	Signed   bool             `json:"signed"`
	Reason   string           `json:"reason"`
	Ticket   string           `json:"ticket,omitempty"`
	Time     string           `json:"time"`
	Record   int64            `json:"record"`
	State    string           `json:"state"`
}

func statementRow(s *baseline.Statement) approvalRow {
	return approvalRow{System: s.System, Source: s.Source, What: s.What, Night: s.Night, Count: s.Count, Findings: s.Findings,
		By: s.By, ByFrom: s.ByFrom, Reason: s.Reason, Ticket: s.Ticket, Time: s.Time}
}

func approvalJSON(p baseline.Approval) approvalRow {
	row := statementRow(&p.Statement)
	row.Content, row.Record, row.Signed, row.State = p.Content, p.Record, !p.Unsigned(), "applied"
	return row
}

func proposalJSON(p baseline.Proposal) approvalRow {
	row := statementRow(&p.Statement)
	row.Record, row.Signed, row.State = p.Record, len(p.Signatures) > 0, "pending"
	if p.Applied > 0 {
		row.State = "applied"
	}
	return row
}
