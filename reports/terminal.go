package reports

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// Rules of the terminal format. It is for the administrator in the morning:
// one block for each system, what changed first, weaker before stronger, and
// nothing that needs a second look to understand. Colour repeats what a word
// already says. Long lists are cut and the cut is counted; the full report has
// them. Every piece of text from outside goes through visible.

// terminalRows is how many differences of one system are printed.
var terminalRows = map[rules.Direction]int{rules.Weaker: 20, rules.Stronger: 10, rules.Neutral: 10}

// labelWidth is the width of the first column of a block.
const labelWidth = 14

type terminal struct {
	w     *bufio.Writer
	width int
	color bool
}

// writeTerminal prints the summary.
func writeTerminal(w io.Writer, p *page, opts Options) error {
	t := &terminal{w: bufio.NewWriter(w), width: opts.Width, color: opts.Color}
	if t.width <= 0 {
		t.width = 100
	}
	t.width = min(max(t.width, 40), 160)
	t.head(p)
	for i := range p.Systems {
		t.system(p, &p.Systems[i])
	}
	t.foot(p)
	return t.w.Flush()
}

func (t *terminal) head(p *page) {
	title := p.Title
	if p.Organisation != "" {
		title = p.Organisation + ": " + title
	}
	t.line(0, visible(title), text.Bold)
	t.field("report", visible(p.ID)+", generated "+p.Generated.Format("2006-01-02 15:04 MST"))
	if p.Period.Start != "" || p.Period.End != "" {
		t.field("period", visible(periodText(p.Period)))
	}
	if p.redacted {
		t.field("names", "replaced by pseudonyms")
	}
	for _, e := range p.Assessment.Errors {
		t.field("rule failed", visible(e), text.FgRed)
	}
	// Notices about systems that have no block of their own.
	for _, n := range p.Notices {
		if p.systems[n.System] == nil {
			t.notice(&n)
		}
	}
}

func (t *terminal) system(p *page, s *System) {
	t.w.WriteByte('\n')
	head := visible(p.systemName(s.ID)) + "  " + visible(s.Platform)
	if len(s.Tags) > 0 {
		head += "  [" + visible(strings.Join(s.Tags, " ")) + "]"
	}
	if len(s.Members) > 0 {
		head += "  members " + visible(strings.Join(s.Members, " "))
	}
	t.line(0, head, text.Bold)

	for _, n := range p.Notices {
		if n.System == s.ID {
			t.notice(&n)
		}
	}
	if len(s.Parts) == 0 {
		t.field("evidence", "none collected: nothing is said about this system", text.FgRed)
	}
	t.parts(s)
	t.changes(p, s)
	t.results(p, s)
	t.baselines(p, s)
}

// parts prints only what a reader must know about the evidence: what is not
// proven and not complete.
func (t *terminal) parts(s *System) {
	for i := range s.Parts {
		h := &s.Parts[i]
		var odd []string
		if asserted(h.SystemFrom) || h.SystemFrom == collect.FromNowhere {
			odd = append(odd, "system name "+identityText(h.SystemFrom))
		}
		if asserted(h.Period.From) || h.Period.From == collect.FromNowhere {
			odd = append(odd, "time "+identityText(h.Period.From))
		}
		for _, c := range h.Coverage {
			if c.State == collect.Uncovered {
				odd = append(odd, fmt.Sprintf("%s is not covered: %s", c.Prefix, c.Reason))
			} else if c.State != collect.Complete {
				odd = append(odd, fmt.Sprintf("%s is %s: %s", c.Prefix, c.State, c.Reason))
			}
		}
		for _, g := range h.Gaps {
			odd = append(odd, fmt.Sprintf("gap %s to %s: %s", g.Start, g.End, g.Reason))
		}
		for _, o := range odd {
			t.field("evidence", visible(h.Source+": "+strings.TrimSuffix(o, ": ")))
		}
	}
}

func (t *terminal) changes(p *page, s *System) {
	n := p.countChanges(s.ID)
	if len(s.Parts) > 0 || n.differences() > 0 {
		sum := "none"
		switch {
		case n.differences() == 0 && !slices.ContainsFunc(p.Approvals, func(a Approval) bool { return a.System == s.ID }):
			sum = "not compared: there is no baseline"
		case n.differences() > 0:
			sum = fmt.Sprintf("%d weaker, %d stronger, %d neutral", n.Weaker, n.Stronger, n.Neutral)
		}
		if n.Suppressed > 0 {
			sum += fmt.Sprintf(" (%d more suppressed by ignore rules)", n.Suppressed)
		}
		t.field("changes", sum)
	}
	shown := map[rules.Direction]int{}
	left := 0
	for _, row := range p.changeRows(s.ID) {
		if shown[row.Direction]++; shown[row.Direction] > terminalRows[row.Direction] {
			left += len(row.Changes)
			continue
		}
		t.change(&row)
	}
	if left > 0 {
		t.field("", fmt.Sprintf("... and %s in the full report", plural(int64(left), "more change", "more changes")))
	}
	for _, c := range p.withOp(s.ID, baseline.NotCollected) {
		if c.Lost > 0 {
			t.field("unknown now", visible(string(c.Key)+": "+shorten(difference(&c.Change), 160)), text.FgRed)
		}
	}
	if n.NotSeen > 0 {
		t.notSeen(p.notSeenRows(s.ID))
	}
	if unknown := n.NotCollected - n.Lost; unknown > 0 {
		t.field("not known", plural(unknown, "value", "values")+" that these extracts do not tell, in the baseline as tonight")
	}
}

// notSeen names what did not occur, a few things and a count of the others.
func (t *terminal) notSeen(rows []notSeenRow) {
	const most = 4
	for i, row := range rows {
		name := ""
		if i == 0 {
			name = "not seen"
		}
		if i == most {
			t.field("", fmt.Sprintf("... and %d more", len(rows)-most))
			break
		}
		t.field(name, visible(string(row.Key)+row.what()))
	}
}

func (t *terminal) change(row *changeRow) {
	var color []text.Color
	switch row.Direction {
	case rules.Weaker:
		color = []text.Color{text.FgRed}
	case rules.Stronger:
		color = []text.Color{text.FgGreen}
	}
	t.hang(string(row.Direction), color, visible(string(row.Key))+"  "+visible(shorten(row.text(), 160)), nil)
	var detail []string
	if n := len(row.Requirements); n > 6 {
		detail = append(detail, fmt.Sprintf("%s and %d more", strings.Join(row.Requirements[:5], " "), n-5))
	} else if n > 0 {
		detail = append(detail, strings.Join(row.Requirements, " "))
	}
	if row.Severity != "" {
		detail = append(detail, row.Severity)
	}
	if row.Cause != "" && row.Cause != rules.CauseConfiguration {
		detail = append(detail, "caused by "+string(row.Cause))
	}
	// Why a neutral change is neutral can wait for the full report.
	if teller, ok := row.disputed(); ok && row.Direction == rules.Neutral {
		detail = append(detail, teller)
	} else if len(row.Why) > 0 && row.Direction != rules.Neutral {
		detail = append(detail, shorten(strings.Join(row.Why, "; "), 160))
	}
	if len(detail) > 0 {
		t.field("", visible(strings.Join(detail, "; ")), text.Faint)
	}
	if row.Peers != nil {
		t.field("", visible("used from "+shorten(row.Peers.String(), 160)), text.Faint)
	}
}

func (t *terminal) results(p *page, s *System) {
	all := p.countAll(s.ID)
	if all.total() == 0 {
		return
	}
	label := "findings"
	for _, r := range results {
		n := all.of(r)
		if n == 0 {
			continue
		}
		line := fmt.Sprintf("%5d %s", n, r)
		if r == rules.Fail || r == rules.Review || r == rules.NoData {
			var parts []string
			for i, k := range p.bySeverity(s.ID, r) {
				if k > 0 && i < len(severities) {
					parts = append(parts, fmt.Sprintf("%d %s", k, severities[i]))
				}
			}
			if len(parts) > 0 {
				line += ": " + strings.Join(parts, ", ")
			}
		}
		var colors []text.Color
		if r == rules.Fail {
			colors = []text.Color{text.FgRed}
		}
		t.field(label, line, colors...)
		label = ""
	}
	if all.Allowed > 0 {
		t.field("", fmt.Sprintf("%5d of these accepted by an exception", all.Allowed))
	}
	t.lost(p, s)
}

func (t *terminal) baselines(p *page, s *System) {
	for i := range s.Parts {
		src := s.Parts[i].Source
		a := p.baselineOf(s.ID, src)
		if a == nil {
			t.field("baseline", visible(src)+": none approved", text.FgYellow)
			continue
		}
		say := fmt.Sprintf("%s: approved %s by %s", src, day(a.At), a.By)
		if a.Ticket != "" {
			say += " (" + a.Ticket + ")"
		}
		if a.Signed {
			say += ", signed"
		} else {
			say += ", not signed"
		}
		if a.Findings > 0 {
			say += "; accepted with " + plural(a.Findings, "finding", "findings")
		}
		t.field("baseline", visible(say))
	}
	for _, a := range p.Approvals {
		if a.System == s.ID && a.State == "pending" {
			t.field("pending", visible(fmt.Sprintf("%s: approval by %s of %s", a.Source, a.By, plural(a.Keys, "key", "keys"))))
		}
	}
}

func (t *terminal) foot(p *page) {
	t.inventory(p)
	t.w.WriteByte('\n')
	if len(p.Requirements) > 0 {
		t.line(0, visible(p.StandardName)+" requirements", text.Bold)
		for _, s := range p.countStatuses() {
			var colors []text.Color
			if s.Status == rules.IndicatesNotInPlace && s.Count > 0 {
				colors = []text.Color{text.FgRed}
			}
			t.line(2, fmt.Sprintf("%5d %s", s.Count, s.Status), colors...)
		}
	}
	if p.Ledger.Head != "" {
		t.field("ledger", visible(p.Ledger.Head))
	}
	if p.Location != "" {
		t.field("full report", visible(p.Location))
	}
}

func (t *terminal) notice(n *Notice) {
	what := string(n.Kind)
	if n.Source != "" {
		what = n.Source + " " + what
	}
	if n.System != "" {
		what = n.System + " " + what
	}
	t.field("notice", visible(what+": "+n.Text), text.FgYellow)
	if n.Advice != "" {
		t.field("", visible(n.Advice))
	}
}

// field prints a labelled, wrapped line.
func (t *terminal) field(label, value string, colors ...text.Color) {
	t.hang(label, nil, value, colors)
}

// hang prints a label and beside it a value, wrapped. Colour is put on each
// line by itself, so that a pager that starts in the middle shows it.
func (t *terminal) hang(label string, labelColor []text.Color, value string, colors []text.Color) {
	const indent = 2
	for i, line := range wrap(value, t.width-indent-labelWidth) {
		if i > 0 {
			label, labelColor = "", nil
		}
		pad := labelWidth - text.StringWidth(label)
		if line == "" {
			fmt.Fprintf(t.w, "  %s\n", t.paint(label, labelColor...))
			continue
		}
		fmt.Fprintf(t.w, "  %s%s%s\n", t.paint(label, labelColor...), strings.Repeat(" ", pad), t.paint(line, colors...))
	}
}

// line prints a line at an indent, wrapped.
func (t *terminal) line(indent int, s string, colors ...text.Color) {
	for _, l := range wrap(s, t.width-indent) {
		fmt.Fprintf(t.w, "%s%s\n", strings.Repeat(" ", indent), t.paint(l, colors...))
	}
}

// wrap breaks s at blanks, and inside words that are longer than a line. The
// blanks that s begins with are kept.
func wrap(s string, width int) []string {
	var lines []string
	for text.StringWidth(s) > width {
		cut, blank, used := len(s), -1, 0
		for i, r := range s {
			if used += text.RuneWidth(r); used > width {
				cut = i
				if r == ' ' {
					blank = i
				}
				break
			}
			if r == ' ' && strings.TrimLeft(s[:i], " ") != "" {
				blank = i
			}
		}
		if blank > 0 {
			cut = blank
		}
		if cut == 0 || cut == len(s) {
			break // a character wider than the line
		}
		lines = append(lines, strings.TrimRight(s[:cut], " "))
		s = strings.TrimLeft(s[cut:], " ")
	}
	return append(lines, strings.TrimRight(s, " "))
}

func (t *terminal) paint(s string, colors ...text.Color) string {
	if !t.color || len(colors) == 0 || s == "" {
		return s
	}
	return colors[0].EscapeSeq() + s + text.Reset.EscapeSeq()
}

// shorten cuts s to at most n characters, behind a word where it can.
func shorten(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	s = string(runes[:n-4])
	if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ;:,") + " ..."
}

// day is the date of an RFC 3339 time.
func day(at string) string {
	if len(at) >= 10 {
		return at[:10]
	}
	return at
}
