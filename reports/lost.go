package reports

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/irondrift/irondrift/rules"
)

// lostResults counts what was found on a system the last time there was data, of
// what there is none on now.
type lostResults struct {
	System, Night string
	Results       []resultCount
}

type resultCount struct {
	Result rules.Result
	Count  int64
}

// lost returns what got lost on a system, newest night first. That passes got
// lost is in the status of their requirements.
func (p *page) lost(system string) []lostResults {
	var out []lostResults
	for i := range p.Assessment.Findings {
		f := &p.Assessment.Findings[i]
		if f.System != system || f.Before == nil || f.Before.Result != rules.Fail && f.Before.Result != rules.Review {
			continue
		}
		at := slices.IndexFunc(out, func(l lostResults) bool { return l.Night == f.Before.Night })
		if at < 0 {
			at = len(out)
			out = append(out, lostResults{System: system, Night: f.Before.Night, Results: []resultCount{{Result: rules.Fail}, {Result: rules.Review}}})
		}
		out[at].Results[slices.IndexFunc(out[at].Results, func(c resultCount) bool { return c.Result == f.Before.Result })].Count++
	}
	for i := range out {
		out[i].Results = slices.DeleteFunc(out[i].Results, func(c resultCount) bool { return c.Count == 0 })
	}
	slices.SortFunc(out, func(a, b lostResults) int { return strings.Compare(b.Night, a.Night) })
	return out
}

func failedBefore(f *rules.Finding) bool { return f.Before != nil && f.Before.Result == rules.Fail }

// lostFailure is a failure that there is no data on now, and how many more of the
// same check say the same of other entities.
type lostFailure struct {
	*rules.Finding
	more int
}

// failedBefore returns what failed on a system the last time there was data, the
// worst first.
func (p *page) failedBefore(system string) []lostFailure {
	var out []lostFailure
	for i := range p.Assessment.Findings {
		f := &p.Assessment.Findings[i]
		if f.System != system || !failedBefore(f) {
			continue
		}
		at := slices.IndexFunc(out, func(l lostFailure) bool {
			return l.Check == f.Check && l.Before.Night == f.Before.Night && slices.Equal(l.Before.Messages, f.Before.Messages)
		})
		if at < 0 {
			out = append(out, lostFailure{Finding: f})
		} else {
			out[at].more++
		}
	}
	slices.SortStableFunc(out, func(a, b lostFailure) int {
		return severityRank(p.severity(a.Finding)) - severityRank(p.severity(b.Finding))
	})
	return out
}

// lost says what was found when there was data last. Failures are named, the
// worst first, those that say the same once.
func (t *terminal) lost(p *page, s *System) {
	const most = 10
	label := "known before"
	for _, l := range p.lost(s.ID) {
		var words []string
		for _, c := range l.Results {
			words = append(words, fmt.Sprintf("%d %s", c.Count, c.Result))
		}
		t.field(label, visible(fmt.Sprintf("%s on %s, no data since", strings.Join(words, ", "), l.Night)), text.FgRed)
		label = ""
	}
	failed := p.failedBefore(s.ID)
	for i, l := range failed {
		if i == most {
			t.field("", fmt.Sprintf("... and %d more in the full report", len(failed)-most))
			break
		}
		say := l.Check + " " + string(l.Entity)
		if l.more > 0 {
			say += fmt.Sprintf(" and %d more", l.more)
		}
		if len(l.Before.Messages) > 0 {
			say += ": " + shorten(l.Before.Messages[0], 120)
		}
		t.field("", visible(say))
	}
}
