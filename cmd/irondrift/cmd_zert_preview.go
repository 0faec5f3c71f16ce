package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/irondrift/irondrift/collect/zert"
)

type zertPreviewOptions struct {
	zertQueryOptions
	policy string
	all    bool
}

func (a *app) zertPreviewCommand() *cobra.Command {
	var o zertPreviewOptions
	cmd := &cobra.Command{
		Use:   "preview FILE...",
		Short: "Say which sessions an enforcement would have logged or reset",
		Long: `Preview asks the rules of zERT policy-based enforcement (z/OS 2.5 and later) about
the sessions of SMF dumps, and lists those that the actions log, audit and reset
would have hit, with peers, connections and bytes: so that enforcement can be
switched on without an outage.

The policy is one of:

  zert_enforcement: rules in the configuration, tried in order: the first that
    matches decides;
  zert_enforcement: accepted there, the protections that the site accepts, with
    the services that its register accepts without encryption;
  --policy FILE.rego, a policy in Rego: package zert.enforcement, whose rule
    decision has an action (allow, or none, which means the same; log, audit,
    reset) and a reason for the session in input;
  --policy FILE, a Policy Agent file, whose names the configuration explains.

zert_enforcement: policy names a file of the last two kinds for good.

A session about which something is not known that the policy asks for is listed as
"cannot tell"; one about which a Rego policy says nothing as "no decision".

EXIT STATUS
  0  every session was decided, and nothing would have been hit
  1  sessions would have been hit
  2  the configuration, the policy or an option is wrong
  3  a dump is missing, damaged or partial, a rule was not evaluated, or some
     sessions were not decided`,
		Example: `  irondrift zert preview *.smf
  irondrift zert preview *.smf --by job,peer --format csv -o hits.csv
  irondrift zert preview *.smf --policy zert.rego`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.zertPreview(cmd.Context(), args, &o)
		},
	}
	o.flags(cmd, []string{"system", "job", "port", "protection", "tls_version", "peer"})
	cmd.Flags().StringVar(&o.policy, "policy", "", "`file` that is taken instead of the configuration's rules: Rego when it ends with .rego, else of the Policy Agent")
	cmd.Flags().BoolVar(&o.all, "all", false, "list the sessions that are let pass, too")
	return cmd
}

func (a *app) zertPreview(ctx context.Context, names []string, o *zertPreviewOptions) error {
	p, err := a.enforcePolicy(ctx, o.policy)
	if err != nil {
		return err
	}
	q, err := o.query()
	if err != nil {
		return err
	}
	for i := range q.By {
		if q.By[i].Time != "" {
			return usageError("--from and --to bound the time", "--by: a preview is about sessions as a whole and cannot be grouped by %s", q.By[i].Name)
		}
	}
	q.By = append([]zert.Field{p.field(ctx)}, q.By...)
	q.Match = func(s *zert.Session) (bool, error) {
		_, err := p.decide(ctx, s)
		return true, withStatus(exitUsage, err)
	}
	result, err := a.askDumps(ctx, names, &o.zertQueryOptions, q)
	if err != nil {
		return err
	}
	p.sum(result, o.all)
	view := &queryView{
		Title: "What zERT enforcement would have done", Fields: append([]string{"action", p.why}, o.by...),
		Result: result, Notes: p.notes(result), Shown: true,
	}
	if err := a.writeAnswer(&o.zertQueryOptions, view); err != nil {
		return err
	}
	if o.format == "csv" {
		for _, n := range view.Notes {
			a.note("irondrift: note: %s", n)
		}
	}
	code := exitOK
	if p.hit {
		code = exitFindings
	}
	if p.totals[cannotTell] != nil || p.totals[noDecision] != nil || slices.ContainsFunc(p.rules, func(r *enforceRule) bool { return len(r.unread) > 0 }) {
		code = exitNotAssessed
	}
	if err := a.sayPartial(result); err != nil {
		return err
	}
	return status(code)
}

// preview decides about the sessions of a query. What it decided is summed up
// when the query is done.
type preview struct {
	decide enforcePolicy
	why    string // what a decision names: rule, or reason
	rules  []*enforceRule
	reads  []zert.Field // what a policy without rules asks for
	odd    []string     // of the policy file
	totals map[string]*zert.Totals
	whys   map[string]int64 // reasons of cannot tell: sessions
	old    int64            // sessions of old records without protection that would be hit
	hit    bool
}

// field is what the groups of a preview begin with: the decision, and whether the
// session may be a failed handshake, in one text that sum takes apart.
func (p *preview) field(ctx context.Context) zert.Field {
	return zert.NewField("decision", "", func(s *zert.Session) string {
		d, _ := p.decide(ctx, s) // Match said that there is no error
		old := ""
		if s.Old && slices.Contains(s.Protection, "none") {
			old = "old"
		}
		return strings.Join([]string{d.action, d.rule, d.why, old}, "\x1f")
	})
}

// hits reports whether an action does something to a connection.
func hits(action string) bool {
	return !slices.Contains([]string{noRule, noDecision, notTCP, "allow", cannotTell}, action)
}

// sum adds up what each action gets, and takes off the groups that are let pass.
func (p *preview) sum(r *zert.Result, all bool) {
	p.totals, p.whys = map[string]*zert.Totals{}, map[string]int64{}
	r.Total = zert.Totals{First: r.Total.First, Last: r.Total.Last}
	byValues := map[string]int{}
	var out []zert.Group
	for _, g := range r.Groups {
		d := strings.Split(g.Values[0], "\x1f")
		action, why, old := d[0], d[2], d[3]
		if p.totals[action] == nil {
			p.totals[action] = &zert.Totals{}
		}
		addTotals(p.totals[action], &g.Totals)
		if action == cannotTell {
			p.whys[why] += g.Sessions
		}
		if hits(action) {
			p.hit = true
			if old == "old" {
				p.old += g.Sessions
			}
		}
		if !all && action != cannotTell && action != noDecision && !hits(action) {
			continue
		}
		addTotals(&r.Total, &g.Totals)
		g.Values = slices.Concat(d[:2], g.Values[1:])
		key := strings.Join(g.Values, "\x00")
		if i, ok := byValues[key]; ok {
			addTotals(&out[i].Totals, &g.Totals)
			continue
		}
		byValues[key] = len(out)
		out = append(out, g)
	}
	rank := func(g zert.Group) int {
		for i, action := range []string{"reset", cannotTell, noDecision, "audit", "log", "allow"} {
			if strings.Contains(g.Values[0], action) {
				return i
			}
		}
		return len(enforceActions) + 1
	}
	slices.SortStableFunc(out, func(a, b zert.Group) int { return rank(a) - rank(b) })
	r.Groups = out
}

func addTotals(to, t *zert.Totals) {
	to.Sessions += t.Sessions
	to.Connections += t.Connections
	to.BytesIn += t.BytesIn
	to.BytesOut += t.BytesOut
	to.Intervals += t.Intervals
	to.Uncounted += t.Uncounted
	if to.First.IsZero() || !t.First.IsZero() && t.First.Before(to.First) {
		to.First = t.First
	}
	if t.Last.After(to.Last) {
		to.Last = t.Last
	}
}

// notes says what was let pass, and what the preview cannot know.
func (p *preview) notes(r *zert.Result) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, row := range []struct{ action, text string }{
		{"allow", "let pass by " + map[string]string{"rule": "a rule", "reason": "the policy"}[p.why] + ": %s"}, {noRule, "matched by no rule, so nothing happens to them: %s"},
		{noDecision, "the policy says nothing about them, which is no decision to let them pass: %s"},
		{notTCP, "not TCP (Enterprise Extender), which enforcement does not see: %s"},
	} {
		if t := p.totals[row.action]; t != nil {
			say(row.text, sessionsText(t))
		}
	}
	for _, why := range sortedKeys(p.whys) {
		say("cannot be told for %s: %s", countOf(p.whys[why], "session"), why)
	}
	told := func(who string, reads []zert.Field) {
		var names []string
		for i := range reads {
			if reads[i].Reported() {
				names = append(names, reads[i].Name)
			}
		}
		if len(names) > 0 {
			say("%s asks for %s, which only a protocol provider tells; of TLS and SSH enforcement knows what it observes, so a stack may decide otherwise",
				who, strings.Join(names, ", "))
		}
	}
	for _, rule := range p.rules {
		for _, why := range rule.unread {
			say("rule %s is NOT EVALUATED: %s", rule.name, why)
		}
		told("rule "+rule.name, rule.reads)
	}
	told("the policy", p.reads)
	for _, text := range p.odd {
		say("%s", text)
	}
	if p.old > 0 {
		say("%d of the sessions that would be hit have no recognised protection and come from records before z/OS 3.2, which have the same form for a handshake that failed", p.old)
	}
	for i := range r.Watched {
		w := &r.Watched[i]
		for _, g := range w.Gaps {
			say("%s", gapText(w, &g))
		}
		if w.Unfinished {
			say("%s %s: the records of the last interval, which ended at %s, are not all in the dumps", w.System, w.Stack, clockText(w.To))
		}
	}
	for _, text := range r.Open {
		say("%s", text)
	}
	if r.Total.Uncounted > 0 {
		say("%d records have no usable counters: their connections and bytes are in no sum", r.Total.Uncounted)
	}
	if len(r.Watched) > 0 {
		var stacks []string
		for _, w := range r.Watched {
			stacks = append(stacks, fmt.Sprintf("%s %s from %s to %s", w.System, w.Stack, clockText(w.From), clockText(w.To)))
		}
		say("only traffic of these stacks and times is in the dumps: %s; what runs monthly, yearly or in an emergency may not be", strings.Join(stacks, ", "))
	}
	say("sessions that began before zERT was enabled, and traffic that does not end at a stack, are in no record; a session that a reset ends may come back in another form")
	return out
}

func sessionsText(t *zert.Totals) string {
	return fmt.Sprintf("%s, %s, %s in, %s out", countOf(t.Sessions, "session"), countOf(t.Connections, "connection"), countOf(t.BytesIn, "byte"), countOf(t.BytesOut, "byte"))
}

// countOf writes a count with its noun.
func countOf[N int64 | uint64](n N, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
