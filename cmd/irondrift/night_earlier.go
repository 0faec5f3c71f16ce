package main

import (
	"context"
	"errors"
	"slices"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// earlier judges the nights that had data which tonight lacks, so that what they
// failed does not look better tonight for want of an extract. They are judged as
// tonight is: against the baseline in force, by the same rules.
func (n *night) earlier(ctx context.Context, js *judgedSystem, label string) ([]rules.Earlier, error) {
	if label == "" {
		label = js.night
	}
	nights, err := n.nightsWithMore(ctx, js, label)
	if err != nil {
		return nil, err
	}
	var out []rules.Earlier
	for _, night := range nights {
		then := &judgedSystem{cfg: js.cfg, night: night}
		for _, src := range js.cfg.Sources {
			if versions := n.store.Versions(js.cfg.ID, src.Source, night); len(versions) > 0 {
				p, err := n.store.OpenPart(versions[0])
				if err != nil {
					return nil, fromStore(err)
				}
				then.parts = append(then.parts, p)
			}
		}
		if err := n.assess(ctx, then, nil); err != nil {
			return nil, err
		}
		out = append(out, rules.Earlier{Night: night, Parts: then.parts, Assessment: then.assessment})
	}
	return out, nil
}

// nightsWithMore returns the nights before label that are known to have data which
// tonight's parts lack, newest first: of each source the newest one before and,
// when tonight's extract is missing or partial, the newest that is not; and those
// that the last run had to go back to.
func (n *night) nightsWithMore(ctx context.Context, js *judgedSystem, label string) ([]string, error) {
	nights := map[string]bool{}
	for _, src := range js.cfg.Sources {
		before := n.store.Before(js.cfg.ID, src.Source, label)
		i := slices.IndexFunc(js.parts, func(p *collect.Part) bool { return p.Header.Source == src.Source })
		if i < 0 || js.parts[i].Header.State() == collect.Partial {
			if k := slices.IndexFunc(before, func(p baseline.StoredPart) bool { return p.State != collect.Partial }); k >= 0 {
				nights[before[k].Night] = true
			}
		}
		if len(before) == 0 || nights[before[0].Night] {
			continue
		}
		lost := i < 0
		if !lost {
			var err error
			if lost, err = n.lacks(ctx, js.parts[i], before[0]); err != nil {
				return nil, err
			}
		}
		if lost {
			nights[before[0].Night] = true
		}
	}
	for _, run := range slices.Backward(n.store.Runs()) {
		i := slices.IndexFunc(run.Systems, func(s baseline.RunSystem) bool { return s.System == js.cfg.ID && s.Night < label })
		if i < 0 {
			continue
		}
		for _, night := range run.Systems[i].LastData {
			nights[night] = true
		}
		break
	}
	out := make([]string, 0, len(nights))
	for _, night := range n.store.Nights(js.cfg.ID) {
		if nights[night] {
			out = append(out, night)
		}
	}
	slices.Reverse(out)
	return out, nil
}

var errLost = errors.New("lost")

// lacks reports whether a part does not tell something that an earlier one did.
func (n *night) lacks(ctx context.Context, p *collect.Part, earlier baseline.StoredPart) (bool, error) {
	if p.Header.Content == earlier.Content && p.Header.State() == earlier.State {
		return false, nil
	}
	old, err := n.store.OpenPart(earlier)
	if err != nil {
		return false, fromStore(err)
	}
	_, err = baseline.Diff(ctx, old, p, baseline.DiffOptions{}, func(c baseline.Change) error {
		if c.Lost > 0 {
			return errLost
		}
		return nil
	})
	if errors.Is(err, errLost) {
		return true, nil
	}
	return false, err
}

// lastData returns the earlier nights whose evidence was the last on something.
func (js *judgedSystem) lastData() []string {
	var nights []string
	for _, t := range js.assessment.Tallies {
		for _, l := range t.Lost {
			nights = append(nights, l.Night)
		}
	}
	slices.Sort(nights)
	return slices.Compact(nights)
}
