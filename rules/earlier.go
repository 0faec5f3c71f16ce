package rules

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Earlier is an earlier night of a system, for [Engine.JudgeAfter]: what the
// packs say of its evidence today. It is not what they said then, so that rules,
// site data and exceptions are the same on both nights and a difference between
// them is one of the evidence.
type Earlier struct {
	Night      string // date under which the evidence counts, 2026-11-18
	Parts      []*collect.Part
	Assessment *Assessment
}

// Before is what a check said of an entity when it last had data, which it has
// not now. A check that cannot be asked any more has not been answered: what it
// said last stands until there is data again.
type Before struct {
	Night    string
	Result   Result
	Messages []string
	Evidence []Evidence
	Allowed  *Allow
}

func (b *Before) String() string {
	return fmt.Sprintf("%s on %s, no data since", b.Result, b.Night)
}

// Lost counts what a check said on a system when it last had data on what it has
// none on now. Of passes and of entities to which a check does not apply it tells
// only when tonight there is none at all.
type Lost struct {
	Night                                     string
	Pass, Fail, Review, NoData, NotApplicable int64
	Allowed                                   int64
}

// matter is what a finding is about, on one system.
type matter struct {
	check  string
	entity collect.Key
}

// recollection is what earlier nights say of a system that is being judged. What
// tonight's evidence decides is taken out; what is left in the end was lost.
type recollection struct {
	nights   []Earlier // newest first
	findings map[matter]*Before
	// reached holds the last entities of earlier extracts that are open. When
	// tonight's holds one of them too, it was read past all that stood before.
	reached map[collect.Key]bool
}

func recollect(nights []Earlier) *recollection {
	if len(nights) == 0 {
		return nil
	}
	r := &recollection{findings: map[matter]*Before{}, reached: map[collect.Key]bool{}}
	r.nights = slices.SortedFunc(slices.Values(nights), func(a, b Earlier) int { return cmp.Compare(b.Night, a.Night) })
	for _, n := range r.nights {
		for _, list := range [][]Finding{n.Assessment.Findings, n.Assessment.Passes} {
			for i := range list {
				f := &list[i]
				at := matter{f.Check, f.Entity}
				if f.Result == NoData || r.findings[at] != nil {
					continue
				}
				r.findings[at] = &Before{n.Night, f.Result, f.Messages, f.Evidence, f.Allowed}
			}
		}
		for _, p := range n.Parts {
			for _, c := range p.Header.Coverage {
				if c.State == collect.Open && c.Through != "" {
					r.reached[c.Through] = false
				}
			}
		}
	}
	return r
}

// judged takes note that a check was asked about an entity, and returns what it
// said before when it has no data now.
func (r *recollection) judged(check string, entity collect.Key, result Result) *Before {
	if r == nil {
		return nil
	}
	at := matter{check, entity}
	b := r.findings[at]
	delete(r.findings, at)
	if result != NoData {
		return nil
	}
	return b
}

// saw takes note of a key of tonight's evidence.
func (r *recollection) saw(key []byte) {
	if r == nil || len(r.reached) == 0 {
		return
	}
	for through, done := range r.reached {
		if !done && collect.Key(key).Under(through) {
			r.reached[through] = true
		}
	}
}

// gone reports whether tonight's evidence proves that an entity is no more. As
// in a comparison, it does where it is complete, or where it is open and was read
// past what came last on the earlier night.
func (r *recollection) gone(now collect.Coverage) bool {
	switch now.State {
	case collect.Complete:
		return true
	case collect.Open:
		for through, done := range r.reached {
			if done && through.Under(now.Prefix) {
				return true
			}
		}
	}
	return false
}

// recall records what was failed or in need of review before, about entities that
// tonight's evidence does not hold and does not show to be gone either.
func (j *judge) recall() {
	if j.before == nil {
		return
	}
	groups, checks := map[string]*group{}, map[string]*groupCheck{}
	for _, g := range j.groups {
		for i := range g.checks {
			groups[g.checks[i].ID], checks[g.checks[i].ID] = g, &g.checks[i]
		}
	}
	for _, at := range slices.SortedFunc(maps.Keys(j.before.findings), func(a, b matter) int {
		return cmp.Or(compareNatural(a.check, b.check), cmp.Compare(a.entity, b.entity))
	}) {
		b, c := j.before.findings[at], checks[at.check]
		if c == nil || b.Result != Fail && b.Result != Review {
			continue
		}
		why := c.lacks
		if why == "" {
			now := groups[at.check].state
			if groups[at.check].pat.join < 0 {
				now = j.coverage.at(at.entity)
			}
			if j.before.gone(now) {
				continue
			}
			why = about(now)
		}
		f := j.newFinding(c, at.entity, NoData)
		f.Reasons, f.Before = []string{why}, b
		j.tallies[c.number].NoData++
		j.evidence.list(f, at.entity)
		j.findings = append(j.findings, f)
	}
}

// lost counts what was recalled, for the roll-up.
func (j *judge) lost() {
	if j.before == nil {
		return
	}
	recalled := map[string]map[string]*Lost{} // check, night
	of := func(check, night string) *Lost {
		if recalled[check] == nil {
			recalled[check] = map[string]*Lost{}
		}
		if recalled[check][night] == nil {
			recalled[check][night] = &Lost{Night: night}
		}
		return recalled[check][night]
	}
	for _, f := range j.findings {
		if f.Before == nil {
			continue
		}
		l := of(f.Check, f.Before.Night)
		switch f.Before.Result {
		case Fail:
			l.Fail++
		case Review:
			l.Review++
		}
		if f.Before.Allowed != nil {
			l.Allowed++
		}
	}
	for i := range j.tallies {
		t := &j.tallies[i]
		if t.NoData == 0 {
			continue
		}
		if was, night := j.before.tally(t.Check); was != nil {
			l := Lost{Night: night, NoData: was.NoData}
			if t.Pass == 0 {
				l.Pass = was.Pass
			}
			if t.NotApplicable == 0 {
				l.NotApplicable = was.NotApplicable
			}
			if l.Pass+l.NotApplicable > 0 || t.NoData > was.NoData || recalled[t.Check][night] != nil {
				r := of(t.Check, night)
				r.Pass, r.NotApplicable, r.NoData = l.Pass, l.NotApplicable, l.NoData
			}
		}
		for _, night := range slices.Backward(slices.Sorted(maps.Keys(recalled[t.Check]))) {
			t.Lost = append(t.Lost, *recalled[t.Check][night])
		}
	}
}

// tally returns what a check said on the newest earlier night on which it had
// data on anything.
func (r *recollection) tally(check string) (t *Tally, night string) {
	for _, n := range r.nights {
		for i := range n.Assessment.Tallies {
			if t := &n.Assessment.Tallies[i]; t.Check == check && t.Pass+t.Fail+t.Review+t.NotApplicable > 0 {
				return t, n.Night
			}
		}
	}
	return nil, ""
}

// lostWords says what was known once and is not now: "1 FAIL on 2026-11-18, no
// data since". Passes are told only where nothing else is.
func lostWords(lost []Lost) string {
	byNight := map[string]*Lost{}
	for _, l := range lost {
		n := byNight[l.Night]
		if n == nil {
			n = &Lost{}
			byNight[l.Night] = n
		}
		n.Fail, n.Review, n.Pass = n.Fail+l.Fail, n.Review+l.Review, n.Pass+l.Pass
	}
	var out []string
	for _, night := range slices.Backward(slices.Sorted(maps.Keys(byNight))) {
		n := byNight[night]
		words := countWords(Counts{Fail: n.Fail, Review: n.Review})
		if words == "" {
			words = countWords(Counts{Pass: n.Pass})
		}
		if words != "" {
			out = append(out, words+" on "+night+", no data since")
		}
	}
	return strings.Join(out, "; ")
}
