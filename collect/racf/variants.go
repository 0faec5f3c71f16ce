package racf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// Lines that come in several forms or need more than one line.

// await notes that an option is on and that the next line says how.
func (p *listing) await(name string) {
	at := p.cur.at
	p.then(func() { p.awaiting = &waiting{name: name, at: at} })
}

// settleWaiting is called when the next option begins.
func (p *listing) settleWaiting() {
	w := p.awaiting
	p.awaiting = nil
	if _, ok := p.a.got[w.name]; !ok {
		p.record(w.name, answer{at: w.at, value: collect.Unknown("in effect, but the line that says FAIL or WARNING is missing")})
	}
}

func (p *listing) protectAll(rest string) bool {
	if what, ok := strings.CutSuffix(rest, " OPTION IS IN EFFECT"); ok {
		mode, ok := mode(what)
		return ok && p.put("PROTALL", collect.Text(mode), closed)
	}
	head, _, _ := strings.Cut(strings.TrimPrefix(rest, "OPTION "), "CURRENT OPTIONS")
	on, ok := state(strings.TrimRight(head, ",.: "))
	switch {
	case !ok:
		return false
	case on:
		p.await("PROTALL")
		return true
	}
	return p.put("PROTALL", collect.Text(none), closed)
}

// erasure is ERASE-ON-SCRATCH while it is on and its lines are being read.
type erasure struct {
	at     collect.Origin
	detail bool // a line with details was there
	level  bool // a security level is set; its number may follow
}

// eraseOnScratch reads ERASE-ON-SCRATCH IS ..., and the lines behind it about
// all data sets and about security levels.
func (p *listing) eraseOnScratch(rest string) bool {
	detail := func() {
		if p.erase != nil {
			p.erase.detail = true
		}
	}
	if what, ok := strings.CutPrefix(rest, "FOR ALL DATA SETS "); ok {
		on, ok := state(what)
		p.then(detail)
		return ok && p.put("ERASEALL", collect.Bool(on), closed)
	}
	if what, ok := strings.CutPrefix(rest, "BY SECURITY LEVEL "); ok {
		p.then(detail)
		if on, ok := state(what); ok && !on {
			return p.put("ERASESEC", collect.Text(none), closed)
		}
		if n := lastNumber(what); n != "" {
			return p.put("ERASESEC", collect.Text(n), open)
		}
		p.then(func() {
			if p.erase != nil {
				p.erase.level = true
			}
		})
		return true
	}
	head, _, _ := strings.Cut(rest, "CURRENT OPTIONS")
	on, ok := state(strings.TrimRight(head, ",.: "))
	if !ok {
		return false
	}
	p.put("ERASE", collect.Bool(on), closed)
	if !on {
		p.put("ERASEALL", collect.Bool(false), closed)
		return p.put("ERASESEC", collect.Text(none), closed)
	}
	at := p.cur.at
	p.then(func() { p.erase = &erasure{at: at} })
	return true
}

// eraseLevel takes a line that gives the security level from which data sets
// are erased. No capture of it is known; a level and a number is all it needs.
func (p *listing) eraseLevel(text string) bool {
	n := lastNumber(text)
	if p.erase == nil || !p.erase.level || n == "" || !strings.Contains(text, "LEVEL") {
		return false
	}
	p.effects = p.effects[:0]
	p.put("ERASESEC", collect.Text(n), open)
	p.effects[0]()
	return true
}

func (p *listing) settleErase() {
	e := p.erase
	p.erase = nil
	all, sec := collect.Bool(false), collect.Text(none)
	switch {
	case !e.detail:
		all, sec = collect.Unknown("erase is active, but the lines with its options are missing"), collect.Unknown("erase is active, but the lines with its options are missing")
	case e.level:
		sec = collect.Unknown("erase by security level is active, but the level was not found")
	}
	if _, ok := p.a.got["ERASEALL"]; !ok {
		p.record("ERASEALL", answer{at: e.at, value: all, absence: true})
	}
	if _, ok := p.a.got["ERASESEC"]; !ok {
		p.record("ERASESEC", answer{at: e.at, value: sec, absence: true})
	}
}

// lastNumber returns the number that ends a line, without leading zeros.
func lastNumber(s string) string {
	s = s[strings.LastIndexByte(s, ' ')+1:]
	if _, ok := count(s); !ok {
		return ""
	}
	return withoutZeros(s)
}

// minChange also decides about the line on password phrases, which stands
// before it if there is one. Where there is none the interval of passwords
// holds for phrases, which is what PHRINT 0 means.
func (p *listing) minChange(rest string) bool {
	if !p.days("MINCHANG", rest) {
		return false
	}
	at := p.cur.at
	p.then(func() {
		if _, ok := p.a.got["PHRINT"]; !ok {
			p.record("PHRINT", answer{at: at, value: collect.Number(0), absence: true})
		}
	})
	return true
}

func (p *listing) revokeAfter(rest string) bool {
	n, what, _ := strings.Cut(rest, " ")
	switch what {
	case "CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS,", "CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS",
		"CONSECUTIVE UNSUCCESSFUL PASSWORD ATTEMPTS, A USERID WILL BE REVOKED":
		return p.days("REVOKE", n)
	}
	return false
}

// rulePattern is RULE n  LENGTH(a:b)  content; the content distinguishes case.
var rulePattern = regexp.MustCompile(`(?i:^\s*RULE\s+)([1-8])(?i:\s+LENGTH)\s*\(\s*([1-8])\s*(?::\s*([1-8])\s*)?\)\s+(\S+)\s*$`)

func (p *listing) rule(string) bool {
	m := rulePattern.FindStringSubmatch(strings.TrimRight(p.cur.raw, " \t\r\f\v\x00"))
	if m == nil {
		return false
	}
	from, to, content := m[2], m[3], m[4]
	if to == "" {
		to = from
	}
	if strconv.Itoa(len(content)) != to {
		p.warn(p.cur.at, "rule %s has %d positions, its length says %s", m[1], len(content), to)
	}
	return p.put("RULE"+m[1], collect.Text(from+":"+to+" "+content), open)
}

// ruleText brings a rule of an extract into the same form: 4:8 ********.
func ruleText(s string) (string, bool) {
	length, content, ok := strings.Cut(strings.TrimSpace(s), " ")
	from, to, ranged := strings.Cut(length, ":")
	if !ranged {
		to = from
	}
	content = strings.TrimSpace(content)
	if !ok || content == "" || strings.Contains(content, " ") || !isLength(from) || !isLength(to) {
		return "", false
	}
	return from + ":" + to + " " + content, true
}

func isLength(s string) bool { return len(s) == 1 && s[0] >= '1' && s[0] <= '8' }

func (p *listing) startRules(rest string) bool {
	if rest != "" {
		return false
	}
	p.put("RULES", collect.Bool(true), closed)
	p.then(func() { p.inRules = true })
	return true
}

func (p *listing) noRules(rest string) bool {
	if rest != "" {
		return false
	}
	p.put("RULES", collect.Bool(false), closed)
	for n := 1; n <= 8; n++ {
		p.put(fmt.Sprint("RULE", n), collect.Text(none), closed)
	}
	return true
}

// settleRules is called when the rules are over.
func (p *listing) settleRules() {
	p.inRules = false
	for n := 1; n <= 8; n++ {
		name := fmt.Sprint("RULE", n)
		if _, ok := p.a.got[name]; !ok {
			p.record(name, answer{at: p.a.got["RULES"].at, value: collect.Text(none), absence: true})
		}
	}
}

func (p *listing) startLegend(string) bool {
	p.then(func() { p.inLegend = true })
	return true
}

// isLegend reports whether a line explains the letters of password rules:
// A-ALPHA, x-MIXED ALL. It may be broken anywhere.
func isLegend(raw string) bool {
	for _, w := range words(raw) {
		if len(w) > 2 && w[1] == '-' {
			return true
		}
		switch strings.ToUpper(w) {
		case "MIXED", "MIXEDALL", "ALL", "CONSONANT", "NUMERIC", "VOWEL", "NATIONAL", "SPECIAL", "ANYTHING":
		default:
			return false
		}
	}
	return true
}
