package zvm

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// modifyCommand reads MODIFY COMMAND name [SUBCMD name] [IBMCLASS class]
// {PRIVCLASS classes | RESET}. The key names the part of the command, with *
// where the statement names none.
func (p *configPart) modifyCommand() {
	name, sub, class := p.word(), "*", "*"
	if name == "" {
		p.lacks()
		return
	}
	var v collect.Value
	at := p.at()
	for p.more() {
		switch w := p.word(); w {
		case "SUBCMD":
			sub = p.word()
		case "IBMCLASS":
			class = p.word()
		case "PRIVCLASS", "PRIVCLASSES":
			v = p.classes()
		case "PRIVCLASSANY":
			v = collect.Set("ANY")
		case "RESET":
			v = collect.Set("RESET")
		default:
			p.unknownOperand(w)
		}
	}
	if v.IsAbsent() || sub == "" || class == "" {
		if !p.bad {
			p.lacks()
		}
		return
	}
	p.set(collect.Key("zvm/modify/command").Join(name, sub, class), v, at)
}

// classes reads an operand that is privilege classes.
func (p *configPart) classes() (v collect.Value) {
	v, ok := classSet(p.peek())
	if !ok {
		p.unexpected()
		return collect.Value{}
	}
	p.i++
	return v
}

// modifyDiagnose reads MODIFY DIAGNOSE code {PRIVCLASS classes | RESET}.
func (p *configPart) modifyDiagnose() {
	code := deviceText(p.word())
	at := p.at()
	var v collect.Value
	switch {
	case p.is("PRIVCLASS", "PRIVCLASSES"):
		v = p.classes()
	case p.is("PRIVCLASSANY"):
		v = collect.Set("ANY")
	case p.is("RESET"):
		v = collect.Set("RESET")
	default:
		p.unexpected()
	}
	if code == "" || v.IsAbsent() {
		return
	}
	p.set(collect.Key("zvm/modify/diagnose").Join(code), v, at)
}

// isVLAN reports whether s is a VLAN number, a range of them, or ANY.
func isVLAN(s string) bool {
	lo, hi, isRange := strings.Cut(s, "-")
	_, ok := number(lo)
	if isRange {
		_, ok2 := number(hi)
		return ok && ok2
	}
	return ok || s == "ANY"
}

// sortedVLANs orders VLAN numbers and ranges, without leading zeros.
func sortedVLANs(in []string) []string {
	type vlan struct {
		low  int64
		text string
	}
	var list []vlan
	for _, s := range in {
		lo, hi, isRange := strings.Cut(s, "-")
		n, ok := number(lo)
		if !ok {
			list = append(list, vlan{-1, s})
			continue
		}
		text := strconv.FormatInt(n, 10)
		if m, ok := number(hi); isRange && ok {
			text += "-" + strconv.FormatInt(m, 10)
		}
		list = append(list, vlan{n, text})
	}
	slices.SortFunc(list, func(a, b vlan) int {
		if a.low != b.low {
			return int(a.low - b.low)
		}
		return strings.Compare(a.text, b.text)
	})
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.text
	}
	return slices.Compact(out)
}

// releaseOf reads the release from the first line of the reply of QUERY CPLEVEL:
// "z/VM Version 7 Release 3.0, service level 2401 (64-bit)".
func releaseOf(line string) (string, bool) {
	w := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == ',' })
	if len(w) < 5 || !strings.EqualFold(w[0], "z/VM") || !strings.EqualFold(w[1], "Version") || !strings.EqualFold(w[3], "Release") {
		return "", false
	}
	version, ok := number(w[2])
	release, _, _ := strings.Cut(w[4], ".")
	r, ok2 := number(release)
	if !ok || !ok2 {
		return "", false
	}
	return fmt.Sprintf("%d.%d", version, r), true
}

// isLevelLine reports whether line is one of the further lines of that reply.
func isLevelLine(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.HasPrefix(line, "Generated at ") || strings.HasPrefix(line, "IPL at ")
}
