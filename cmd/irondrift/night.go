package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/collect/sources"
	"github.com/irondrift/irondrift/reports"
	"github.com/irondrift/irondrift/rules"
)

// night is the nightly job in progress: what run, check, report and demo share.
// One system that fails does not stop the others; it becomes a notice and an
// exit code.
type night struct {
	app    *app
	cfg    *config
	store  *baseline.Store
	engine *rules.Engine
	bar    *progress
	now    time.Time
	namer  *namer // nil when nobody asked for names of peers

	notices     []reports.Notice
	judged      []*judgedSystem
	notAssessed bool
	made        *reports.Report
}

// judgedSystem is a system with everything that was found out about it.
type judgedSystem struct {
	cfg        *systemConfig
	night      string
	parts      []*collect.Part
	changes    []rules.JudgedChange
	stats      []baseline.PartDiff
	assessment *rules.Assessment
	inventory  *rules.Inventory
}

// openNight opens the store, which it creates when create is set, and prepares
// the rules.
func (a *app) openNight(create bool) (*night, error) {
	cfg, err := a.loadConfig()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(cfg, create)
	if err != nil {
		return nil, err
	}
	packs, err := rules.Packs()
	if err != nil {
		return nil, err
	}
	names, err := a.namer(cfg)
	if err != nil {
		return nil, err
	}
	n := &night{app: a, cfg: cfg, store: store, bar: a.progress(), now: a.now(), namer: names}
	if n.engine, err = rules.NewEngine(packs, cfg.site(n.now)); err != nil {
		return nil, withStatus(exitUsage, fmt.Errorf("%s: %w", collect.QuoteName(a.config), err))
	}
	return n, nil
}

func (a *app) openStore(cfg *config, create bool) (*baseline.Store, error) {
	dir := cfg.path(cfg.Store, "")
	s, err := baseline.Open(dir, a.now)
	switch {
	case err == nil:
		return s, nil
	case !errors.Is(err, baseline.ErrNoStore):
		return nil, fromStore(err)
	case create:
		return baseline.Create(dir, a.now)
	}
	return nil, &statusError{exitNotAssessed, &hinted{fmt.Errorf("there is no evidence store %q yet", dir), `"irondrift run" creates it and stores the first night`}}
}

// collect reads the extracts of every system, or of those named, and stores them.
func (n *night) collect(ctx context.Context, label string, only []string) error {
	for i := range n.cfg.Systems {
		sys := &n.cfg.Systems[i]
		if len(only) > 0 && !slices.Contains(only, sys.ID) {
			continue
		}
		var parts []*collect.Part
		ordered := slices.SortedStableFunc(slices.Values(sys.Sources), func(a, b sourceConfig) int { return systemValuesFirst(a.Source, b.Source) })
		for j := range ordered {
			got, err := n.collectSource(ctx, sys, &ordered[j], label, parts)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				n.failed(sys, &ordered[j], err)
				continue
			}
			parts = append(parts, got...)
		}
		if len(parts) == 0 {
			continue
		}
		n.bar.step("storing "+sys.ID, 0)
		_, err := n.store.PutParts(ctx, label, parts...)
		for _, p := range parts {
			p.Close()
		}
		if err != nil {
			return fmt.Errorf("store the evidence of %s: %w", sys.ID, err)
		}
	}
	return nil
}

var errNoExtract = errors.New("no extract arrived")

// collectSource reads one source. Before are the parts of the system that were read
// tonight.
func (n *night) collectSource(ctx context.Context, sys *systemConfig, src *sourceConfig, label string, before []*collect.Part) ([]*collect.Part, error) {
	names, err := filepath.Glob(n.cfg.glob(src.Files, label))
	if err != nil {
		return nil, fmt.Errorf("files %q: %w", src.Files, err)
	}
	if len(names) == 0 {
		return nil, &hinted{fmt.Errorf("%w: nothing matches %s", errNoExtract, collect.QuoteName(n.cfg.path(src.Files, label))), "look at the capture job on " + sys.ID + " and at the transfer"}
	}
	slices.Sort(names)
	opts, err := followQTIMZON(n.cfg.options(sys, src, n.store.SecretKey()), before)
	if err != nil {
		return nil, err
	}
	opts.Progress = n.bar.add
	source, _ := sources.Lookup(src.Source)
	parts, err := collectFiles(ctx, source, names, opts, n.bar, nil)
	if err != nil {
		return nil, err
	}
	return parts, n.expectFiles(sys, src, label, names, parts)
}

// failed notes that nothing is known about a source tonight.
func (n *night) failed(sys *systemConfig, src *sourceConfig, err error) {
	kind := reports.Damaged
	if errors.Is(err, errNoExtract) {
		kind = reports.Missing
	}
	n.notices = append(n.notices, reports.Notice{Kind: kind, System: sys.ID, Source: src.Source, Text: err.Error(), Advice: collect.HintOf(err)})
	n.notAssessed = true
}

// judge compares and judges every system, or those named: what the store holds
// for the night, or the newest parts when label is empty. What a night lacks of
// earlier ones is judged by those.
func (n *night) judge(ctx context.Context, label string, only []string) error {
	run := baseline.Run{Version: programVersion()}
	for i := range n.cfg.Systems {
		sys := &n.cfg.Systems[i]
		if len(only) > 0 && !slices.Contains(only, sys.ID) {
			continue
		}
		n.bar.step("judging "+sys.ID, 0)
		js, err := n.judgeSystem(ctx, sys, label)
		if err != nil {
			return err
		}
		n.judged = append(n.judged, js)
		if len(js.parts) > 0 {
			run.Systems = append(run.Systems, js.record())
		}
		for _, p := range js.assessment.Packs {
			if len(run.Packs) < len(js.assessment.Packs) {
				run.Packs = append(run.Packs, baseline.RunPack{Name: p.Name, Revision: p.Revision, Digest: p.Digest})
			}
		}
	}
	if label == "" || len(run.Systems) == 0 {
		return nil // looking is not a run
	}
	_, err := n.store.PutRun(run)
	return err
}

// partsFor opens the parts to judge and notes what is missing, stale or partial.
func (n *night) partsFor(sys *systemConfig, label string) (parts []*collect.Part, night string, err error) {
	var nights []string // of the parts
	for _, src := range sys.Sources {
		var stored baseline.StoredPart
		found := false
		if label == "" {
			stored, found = n.store.Latest(sys.ID, src.Source)
		} else if versions := n.store.Versions(sys.ID, src.Source, label); len(versions) > 0 {
			stored, found = versions[0], true
			if len(versions) > 1 {
				n.notice(reports.Superseded, sys, src.Source, fmt.Sprintf("%d extracts arrived for %s; the one that counts was stored at %s", len(versions), label, stored.Stored.Format(time.RFC3339)), "")
			}
		}
		if !found {
			if !n.noticed(sys.ID, src.Source) {
				n.notice(reports.Missing, sys, src.Source, "the store holds no evidence of this source", `"irondrift run" collects it`)
			}
			n.notAssessed = true
			continue
		}
		p, err := n.store.OpenPart(stored)
		if err != nil {
			return nil, "", fromStore(err)
		}
		n.aboutPart(sys, &p.Header)
		if first, again := n.store.Repeats(stored); again {
			n.notice(reports.Stale, sys, src.Source, fmt.Sprintf("the extract is the one of %s once more: nothing new arrived for %s", first, stored.Night), "look at the capture job and the transfer")
			n.notAssessed = true
		}
		parts, nights = append(parts, p), append(nights, stored.Night)
		night = max(night, stored.Night)
	}
	for i, p := range parts {
		if nights[i] != night {
			n.notice(reports.Missing, sys, p.Header.Source, fmt.Sprintf("there is no extract of %s; what is judged is that of %s", night, nights[i]), `"irondrift run" collects it`)
			n.notAssessed = true
		}
	}
	if err := n.aboutClock(sys, parts); err != nil {
		return nil, "", fromStore(err)
	}
	return parts, night, nil
}

// aboutPart notes what a reader must know before relying on a part.
func (n *night) aboutPart(sys *systemConfig, h *collect.Header) {
	if state := h.State(); state == collect.Partial {
		reason := ""
		for _, c := range h.Coverage {
			if c.State == collect.Partial {
				reason = c.Reason
			}
		}
		if !slices.ContainsFunc(n.notices, func(x reports.Notice) bool { return x.System == sys.ID && x.Source == h.Source && x.Text == reason }) {
			n.notice(reports.Damaged, sys, h.Source, "the extract is partial: "+reason, "take the extract again; what is missing is reported as not collected")
		}
		n.notAssessed = true
	}
	if end, ok := latest(h.Period.End); ok && n.now.Sub(end) > n.cfg.maxAge {
		n.notice(reports.Stale, sys, h.Source, fmt.Sprintf("the evidence is of %s, older than %s", h.Period.End, n.cfg.MaxAge), "look at the capture job and the transfer")
		n.notAssessed = true
	}
	if begin, ok := earliest(h.Period.End); ok && begin.Sub(n.now) > 24*time.Hour {
		n.notice(reports.Conflict, sys, h.Source, fmt.Sprintf("the extract says that it is of %s, which has not come yet: its age is not known", h.Period.End), "set the clock of the system, or of this host, right")
		n.notAssessed = true
	}
}

// earliest is latest for the easternmost zone.
func earliest(text string) (t time.Time, ok bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	t, err := time.Parse("2006-01-02T15:04:05", text)
	return t.Add(-14 * time.Hour), err == nil
}

// latest returns the moment that the time of a header stands for: without an
// offset, which no zone tells, the latest that it can be, in the westernmost zone.
func latest(text string) (t time.Time, ok bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	t, err := time.Parse("2006-01-02T15:04:05", text)
	return t.Add(12 * time.Hour), err == nil
}

func (n *night) notice(kind reports.NoticeKind, sys *systemConfig, source, text, advice string) {
	n.notices = append(n.notices, reports.Notice{Kind: kind, System: sys.ID, Source: source, Text: text, Advice: advice})
}

func (n *night) noticed(system, source string) bool {
	return slices.ContainsFunc(n.notices, func(x reports.Notice) bool { return x.System == system && x.Source == source })
}

func (n *night) judgeSystem(ctx context.Context, sys *systemConfig, label string) (*judgedSystem, error) {
	js := &judgedSystem{cfg: sys, assessment: &rules.Assessment{}}
	var err error
	if js.parts, js.night, err = n.partsFor(sys, label); err != nil {
		return nil, err
	}
	for _, p := range js.parts {
		if _, found, err := n.store.Current(sys.ID, p.Header.Source); err != nil {
			return nil, fromStore(err)
		} else if !found {
			n.notice(reports.NoBaseline, sys, p.Header.Source, "nothing was approved yet, so nothing can be said about change", "irondrift approve "+sys.ID+" --source "+p.Header.Source+" --reason ...")
			n.notAssessed = true
		}
	}
	earlier, err := n.earlier(ctx, js, label)
	if err != nil {
		return nil, err
	}
	if err := n.assess(ctx, js, earlier); err != nil {
		return nil, err
	}
	for i := range js.stats {
		source := js.stats[i].Source
		if !js.stats[i].Unproven() {
			continue
		}
		n.notAssessed = true
		if !slices.ContainsFunc(n.notices, func(x reports.Notice) bool {
			return x.System == sys.ID && x.Source == source && x.Kind == reports.Missing
		}) {
			n.notice(reports.Damaged, sys, source, "nothing proves that the extract is whole, as its baseline is",
				"print the capture header and its end mark around it again; if it is to be without them, approve it so")
		}
	}
	return js, n.sinceReview(ctx, js)
}

// assess compares and judges the parts of a system.
func (n *night) assess(ctx context.Context, js *judgedSystem, earlier []rules.Earlier) error {
	sys := js.cfg
	var approved []*collect.Part
	var compared []*collect.Part
	for _, p := range js.parts {
		base, found, err := n.store.Current(sys.ID, p.Header.Source)
		if err != nil {
			return fromStore(err)
		}
		if found {
			approved, compared = append(approved, base), append(compared, p)
		}
	}
	var changes []baseline.Change
	var err error
	js.stats, err = baseline.DiffParts(ctx, approved, compared, baseline.DiffOptions{Ignore: n.cfg.ignored(sys), Now: n.now}, func(c baseline.Change) error {
		changes = append(changes, c)
		return nil
	})
	if err != nil {
		return fmt.Errorf("compare %s with its baseline: %w", sys.ID, err)
	}
	who := n.cfg.judged(sys)
	if js.changes, err = n.engine.JudgeChanges(ctx, who, approved, compared, changes); err != nil {
		return err
	}
	if js.inventory, err = n.engine.Inventory(ctx, who, js.parts); err != nil {
		return err
	}
	parts := append(slices.Clip(js.parts), n.toolPart(sys, js), n.engine.InventoryPart(js.inventory, js.parts))
	js.assessment, err = n.engine.JudgeAfter(ctx, who, parts, earlier)
	return err
}

// record is what the ledger keeps of a judged system.
func (js *judgedSystem) record() baseline.RunSystem {
	r := baseline.RunSystem{System: js.cfg.ID, Night: js.night, Changes: map[baseline.Op]int64{}, Results: map[string]int64{}}
	for _, d := range js.stats {
		if d.Old == nil || d.New == nil {
			continue
		}
		r.Sources = append(r.Sources, d.Source)
		for op, c := range d.Stats.Changes {
			r.Changes[op] += c
		}
		r.NotCollected += d.Stats.NotCollected
	}
	for result, c := range js.results() {
		r.Results[string(result)] = c
	}
	r.LastData = js.lastData()
	return r
}

// results counts what the checks said.
func (js *judgedSystem) results() map[rules.Result]int64 {
	out := map[rules.Result]int64{}
	for _, t := range js.assessment.Tallies {
		for result, c := range map[rules.Result]int64{rules.Pass: t.Pass, rules.Fail: t.Fail, rules.Review: t.Review, rules.NoData: t.NoData, rules.NotApplicable: t.NotApplicable} {
			if c > 0 {
				out[result] += c
			}
		}
	}
	return out
}

// drift counts the changes of a system that are more than a notice.
func drift(changes []rules.JudgedChange) (n int) {
	for _, c := range changes {
		if c.Op == baseline.Added || c.Op == baseline.Removed || c.Op == baseline.Changed {
			n++
		}
	}
	return n
}

// status is the exit code of the night.
func (n *night) status() int {
	code := exitOK
	for _, js := range n.judged {
		r := js.results()
		if drift(js.changes) > 0 || r[rules.Fail]+r[rules.Review] > 0 {
			code = exitFindings
		}
		for _, c := range js.changes {
			if c.Lost > 0 {
				code = exitFindings
			}
			n.notAssessed = n.notAssessed || c.Uncovered > 0
		}
	}
	if slices.ContainsFunc(n.notices, func(x reports.Notice) bool { return x.Kind == reports.Conflict }) {
		code = exitFindings
	}
	if n.notAssessed {
		code = exitNotAssessed
	}
	return code
}
