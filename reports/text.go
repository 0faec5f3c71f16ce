package reports

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/irondrift/irondrift/baseline"
	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// unsafeRune reports whether r could make a terminal, an editor or a browser
// show something other than what is there: control characters, direction
// overrides and other format characters, line separators, and characters that
// look like nothing.
func unsafeRune(r rune) bool {
	switch {
	case r < 0x20 || r == 0x7f:
		return true
	case r < 0x7f:
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector):
		return true
	case r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0': // Hangul fillers
		return true
	}
	return false
}

// visible returns s with everything unsafe written as \n, \t, \xNN or \uNNNN,
// on one line.
func visible(s string) string {
	clean := true
	for _, r := range s {
		if unsafeRune(r) || r == utf8.RuneError {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02X`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case unsafeRune(r) && r < 0x80:
			fmt.Fprintf(&b, `\x%02X`, r)
		case unsafeRune(r) && r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		case unsafeRune(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// valueText says a value in few words: text as it is, sets as a list.
func valueText(v collect.Value) string {
	switch v.Type() {
	case collect.TypeAbsent:
		return "(absent)"
	case collect.TypeUnknown:
		return "unknown: " + v.Raw()
	case collect.TypeSet, collect.TypeList:
		if len(v.Items()) == 0 {
			return "(empty)"
		}
		return strings.Join(v.Items(), ", ")
	}
	if v.Raw() == "" {
		return "(blank)"
	}
	return v.Raw()
}

// difference says in few words what a change did: "8 -> 4", "+DIAG98 -COMSRV".
func difference(c *baseline.Change) string {
	switch c.Op {
	case baseline.NotCollected:
		n := c.Keys
		if c.Lost > 0 {
			n = c.Lost
		}
		return fmt.Sprintf("%s not compared: %s", plural(n, "key", "keys"), c.Reason)
	case baseline.Added:
		return "new: " + valueText(c.New)
	case baseline.Removed:
		return "gone, was: " + valueText(c.Old)
	}
	var members []string
	for _, s := range c.Added {
		members = append(members, "+"+s)
	}
	for _, s := range c.Removed {
		members = append(members, "-"+s)
	}
	if c.Op == baseline.NotSeen {
		if c.Idle {
			return "nothing of it was seen; it may be idle"
		}
		if len(members) == 0 {
			return "not seen, was: " + valueText(c.Old)
		}
		return "not seen: " + strings.Join(c.Removed, " ")
	}
	if len(members) > 0 {
		return strings.Join(members, " ")
	}
	return valueText(c.Old) + " -> " + valueText(c.New)
}

// evidencePlace says where a fact was read: "USER.DIRECT line 12".
func evidencePlace(e *rules.Evidence) string {
	switch {
	case e.Line <= 0:
		return e.File
	case e.Record:
		return fmt.Sprintf("%s record %d", e.File, e.Line)
	}
	return fmt.Sprintf("%s line %d", e.File, e.Line)
}

// periodText says a period in one phrase.
func periodText(p collect.Period) string {
	switch {
	case p.Start == "" && p.End == "":
		return "not known"
	case p.Start == p.End || p.End == "":
		return stamp(p.Start)
	case p.Start == "":
		return "until " + stamp(p.End)
	}
	return stamp(p.Start) + " to " + stamp(p.End)
}

// stamp makes an RFC 3339 time easier to read and able to wrap. Anything else
// stays as it is.
func stamp(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return strings.Replace(t.Format("2006-01-02 15:04:05 -07:00"), "+00:00", "UTC", 1)
	}
	if t, err := time.Parse("2006-01-02T15:04:05", s); err == nil {
		return t.Format("2006-01-02 15:04:05")
	}
	return s
}

// asserted says whether something known "from" rests on somebody's word only.
func asserted(from string) bool {
	return from == collect.FromConfiguration || from == collect.FromCommand
}

// identityText says whether the system or the time of a part is proven.
func identityText(from string) string {
	switch from {
	case "", collect.FromNowhere:
		return "not known"
	case collect.FromConfiguration:
		return "asserted by the configuration"
	case collect.FromCommand:
		return "asserted on the command line"
	}
	return "proven by " + from
}

// plural prints a count with its noun.
func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// shortDigest cuts a digest to what a person compares by eye.
func shortDigest(d string) string {
	name, sum, found := strings.Cut(d, ":")
	if found && len(sum) > 12 {
		return name + ":" + sum[:12]
	}
	return d
}
