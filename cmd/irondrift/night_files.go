package main

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/reports"
)

// A pattern of the configuration can stand for several files of a source, and
// tonight one of them may not have come. Nothing in the others tells, so the
// files are compared with those of the night before: a kind of file that is
// missing makes the parts partial; fewer of a kind, of which some nights have
// more, leave open whether they are whole.

// expectFiles compares the files that came for a source with those of the newest
// part before tonight that is not partial, or of the baseline when that is
// newer: approving a part says that no more is to come.
func (n *night) expectFiles(sys *systemConfig, src *sourceConfig, label string, names []string, parts []*collect.Part) error {
	if len(parts) == 0 {
		return nil
	}
	before := n.store.Before(sys.ID, src.Source, label)
	if len(before) == 0 {
		return nil
	}
	i := max(0, slices.IndexFunc(before, func(p baseline.StoredPart) bool { return p.State != collect.Partial }))
	reference := before[i]
	if approved, found := n.store.Approved(sys.ID, src.Source); found && approved.Night > reference.Night && approved.Night < label {
		reference = approved
	}
	last, err := n.store.OpenPart(reference)
	if err != nil {
		return fromStore(err)
	}
	var had, have []string
	for _, f := range last.Header.Files {
		had = append(had, f.Name)
	}
	for _, name := range names {
		have = append(have, filepath.Base(name))
	}
	state, why := fewer(had, have, "on "+reference.Night)
	if why == "" {
		return nil
	}
	for _, p := range parts {
		p.Header.Lower(state, why)
	}
	n.notice(reports.Missing, sys, src.Source, why, "look at the capture job and at the transfer; if no more is to come, approve what comes: irondrift approve "+sys.ID+" --source "+src.Source+" --partial --reason ...")
	n.notAssessed = true
	return nil
}

// numbers are what differs between the files of one kind: their count or date.
var numbers = regexp.MustCompile(`[0-9]+`)

// fewer says what files of before are not among now, and how far a part can be
// relied on that lacks them. Files whose names differ only in numbers are of one
// kind.
func fewer(before, now []string, when string) (collect.State, string) {
	count := func(names []string) map[string][]string {
		kinds := map[string][]string{}
		for _, name := range names {
			kind := numbers.ReplaceAllString(name, "")
			kinds[kind] = append(kinds[kind], name)
		}
		return kinds
	}
	had, have := count(before), count(now)
	var missing, less []string
	for _, kind := range sortedKeys(had) {
		switch names := had[kind]; {
		case len(have[kind]) == 0:
			missing = append(missing, names...)
		case len(have[kind]) < len(names):
			less = append(less, fmt.Sprintf("of files like %s there are %d, and %d %s", collect.QuoteName(names[0]), len(have[kind]), len(names), when))
		}
	}
	if missing != nil {
		for i, name := range missing {
			missing[i] = collect.QuoteName(name)
		}
		return collect.Partial, fmt.Sprintf("%s %s missing, read %s", strings.Join(missing, ", "), isAre(len(missing)), when)
	}
	return collect.Open, strings.Join(less, "; ")
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
