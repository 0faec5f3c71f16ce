package reports

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
	"github.com/irondrift/irondrift/rules"
)

// The redacted form lets a report travel without the names in it. What may stay
// is listed here and everything else goes, because a list of what must go is
// never complete:
//
//   - of a key, the segments that the catalogue spells out; every segment that
//     it leaves open is a name;
//   - of values, numbers, booleans, times and the words of plainValues;
//   - of sentences that the program or a pack made, words in lower case and
//     words that the packs' own texts use; other words could be names;
//   - digests, times, counts and references.
//
// Sentences typed by people (reasons, titles, advice) are withheld. A name has
// the same pseudonym wherever it stands, so that the report can be discussed.

// withheld stands for a sentence that a person typed.
const withheld = "(withheld)"

type redactor struct {
	key   []byte
	names map[string]string // name -> pseudonym
	words map[string]bool   // words that are not names
	inKey map[string]bool   // names that stand in keys, not only in values
	root  *redactNode
}

// redactNode is a segment of the catalogue's patterns.
type redactNode struct {
	literal map[string]*redactNode
	open    *redactNode
	plain   bool // the open segment is one of few fixed words
}

func newRedactor(r *Report, key []byte) (*redactor, error) {
	if len(key) < 16 {
		return nil, errRedactKey
	}
	x := &redactor{key: key, names: map[string]string{}, words: map[string]bool{}, inKey: map[string]bool{}, root: &redactNode{}}
	for _, d := range collect.Keys().Definitions() {
		x.learn(d.Pattern)
	}
	for _, c := range r.Assessment.Checks {
		for _, s := range []string{c.ID, c.Title, c.Description, c.Remediation, c.Limits} {
			for _, w := range redactWord.FindAllString(s, -1) {
				x.words[w] = true
			}
		}
	}
	for _, w := range []string{"PASS", "FAIL", "REVIEW", "NO_DATA", "NOT_APPLICABLE", "RACF", "TLS", "SSH", "IP", "SMF", "AT-TLS", "zERT", "IBM", "PCI", "DSS"} {
		x.words[w] = true
	}
	for _, s := range r.Systems {
		x.name("system", s.ID)
		x.name("system", s.Name)
		for _, m := range s.Members {
			x.name("system", m)
		}
		for _, h := range s.Parts {
			x.name("system", h.System)
			for _, f := range h.Files {
				x.name("file", f.Name)
			}
		}
	}
	for _, a := range r.Approvals {
		x.name("person", a.By)
	}
	for _, w := range r.Waivers {
		x.name("person", w.Owner)
	}
	// The names in keys are learned before any sentence is read, and so are
	// the words of values that are no names.
	for _, list := range [][]rules.Finding{r.Assessment.Findings, r.Assessment.Passes} {
		for i := range list {
			x.keyOf(list[i].Entity)
			evidence := list[i].Evidence
			if b := list[i].Before; b != nil {
				evidence = slices.Concat(evidence, b.Evidence)
			}
			for j := range evidence {
				if e := &evidence[j]; plainValue(e.Key) {
					x.plainWords(e.Value)
				}
				x.name("file", evidence[j].File)
			}
		}
	}
	for i := range r.Inventory.Services {
		x.keyOf(r.Inventory.Services[i].Key)
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		if x.keyOf(c.Key); plainValue(c.Key) {
			x.plainWords(c.Old.String())
			x.plainWords(c.New.String())
		}
	}
	return x, nil
}

func (x *redactor) plainWords(s string) {
	for _, w := range redactWord.FindAllString(s, -1) {
		x.words[w] = true
	}
}

// learn adds a pattern of the catalogue.
func (x *redactor) learn(pattern string) {
	n := x.root
	for s := range strings.SplitSeq(pattern, "/") {
		if strings.HasSuffix(s, "...>") {
			return // everything below is open
		}
		if strings.HasPrefix(s, "<") {
			if n.open == nil {
				n.open = &redactNode{plain: s == "<role>" || s == "<kind>" || s == "<asset>"}
			}
			n = n.open
			continue
		}
		if n.literal == nil {
			n.literal = map[string]*redactNode{}
		}
		if n.literal[s] == nil {
			n.literal[s] = &redactNode{}
		}
		n = n.literal[s]
	}
}

// name returns the pseudonym of a name. A name that is met as two things keeps
// the kind it was met as first.
func (x *redactor) name(kind, s string) string {
	if s == "" {
		return ""
	}
	if p, known := x.names[s]; known {
		return p
	}
	mac := hmac.New(sha256.New, x.key)
	mac.Write([]byte("irondrift redacted name\x00" + s))
	p := kind + "-" + hex.EncodeToString(mac.Sum(nil)[:5])
	x.names[s] = p
	return p
}

// keyOf replaces the segments of a key, or of a pattern over keys, that the
// catalogue does not spell out.
func (x *redactor) keyOf(k collect.Key) collect.Key {
	segments := strings.Split(string(k), "/")
	n := x.root
	for i, s := range segments {
		var next *redactNode
		spelled := i == 0 // zvm, racf ...: the namespaces are ours
		if n != nil {
			if next = n.literal[s]; next != nil {
				spelled = true
			} else if next = n.open; next != nil && next.plain {
				spelled = true
			}
		}
		if n = next; !spelled && s != "*" && s != "**" && s != "" {
			name := collect.UnescapeSegment(s)
			x.inKey[name] = true
			segments[i] = collect.EscapeSegment(x.name("name", name))
		}
	}
	return collect.Key(strings.Join(segments, "/"))
}

// plainValues are the last segments of keys whose values are words of a
// protocol or of the platform, never names of the site.
var plainValues = map[string]bool{
	"protection": true, "protocols": true, "versions": true, "suites": true, "key_exchange": true, "encrypt_then_mac": true,
	"auth": true, "encryption": true, "mac": true, "encapsulation": true, "aggregation": true, "release": true,
	"cert_key": true, "cert_sig": true, "client_cert_key": true, "client_cert_sig": true, "local_cert_key": true,
	"local_cert_sig": true, "remote_cert_key": true, "remote_cert_sig": true, "client_key": true, "server_key": true,
	"ike_auth": true, "ike_dh_groups": true, "ike_encryption": true, "ike_mac": true, "ike_prf": true, "ike_versions": true,
	"pfs_groups": true, "class": true, "password_class": true, "option": true, "kind": true, "machine": true,
	"mode": true, "max_storage": true,
}

func plainValue(k collect.Key) bool {
	s := string(k)
	return plainValues[s[strings.LastIndexByte(s, '/')+1:]]
}

func (x *redactor) value(k collect.Key, v collect.Value) collect.Value {
	switch v.Type() {
	case collect.TypeUnknown:
		return collect.Unknown(x.sentence(v.Raw()))
	case collect.TypeText:
		return collect.Text(x.members(k, []string{v.Raw()})[0])
	case collect.TypeSet:
		return collect.Set(x.members(k, v.Items())...)
	case collect.TypeList:
		return collect.List(x.members(k, v.Items())...)
	}
	return v
}

func (x *redactor) members(k collect.Key, list []string) []string {
	if list == nil || plainValue(k) {
		return list
	}
	out := make([]string, len(list))
	for i, s := range list {
		if out[i] = s; !fixedWord(s) {
			out[i] = x.name("name", s)
		}
	}
	return out
}

// fixedWord reports whether s cannot be a name of the site: nothing, a number,
// or a special value of IBM i such as *NONE.
func fixedWord(s string) bool {
	return strings.Trim(s, "0123456789") == "" || s[0] == '*' && strings.Trim(s[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

var (
	redactAddress = regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}(/\d{1,2})?\b|\b([0-9A-Fa-f]{1,4}:){3,7}[0-9A-Fa-f]{1,4}\b|[0-9A-Fa-f:]*::[0-9A-Fa-f:]*|[^\s<>"]+@[^\s<>"]+\.[^\s<>"]+`)
	redactPath    = regexp.MustCompile(`\b(?:zvm|racf|ibmi|zert|attls|compextr|tool)/[^\s,;]+`)
	redactWord    = regexp.MustCompile(`[\pL\pN@#$_][\pL\pN@#$_.-]*`)
	redactNumber  = regexp.MustCompile(`^[0-9.-]*$`)
)

// sentence replaces what could be a name in a sentence of the program or of a
// pack: known names, keys, addresses, and words with a capital letter or a
// national character that the packs do not use themselves.
func (x *redactor) sentence(s string) string {
	s = redactPath.ReplaceAllStringFunc(s, func(k string) string {
		end := strings.TrimRight(k, ".:)")
		return string(x.keyOf(collect.Key(end))) + k[len(end):]
	})
	s = redactAddress.ReplaceAllStringFunc(s, func(a string) string { return x.name("address", a) })
	return redactWord.ReplaceAllStringFunc(s, func(w string) string {
		end := strings.TrimRight(w, ".-")
		tail := w[len(end):]
		// A word of small letters that is also the value of some key, such as
		// "user", is more often just a word.
		small := strings.Trim(end, "abcdefghijklmnopqrstuvwxyz") == ""
		if p, known := x.names[end]; known && (!small || x.inKey[end] || !strings.HasPrefix(p, "name-")) {
			return p + tail
		}
		if x.words[w] || x.words[end] || redactNumber.MatchString(end) || pseudonym.MatchString(end) ||
			strings.ToLower(end) == end && !strings.ContainsAny(end, "@#$") {
			return w
		}
		return x.name("name", end) + tail
	})
}

var pseudonym = regexp.MustCompile(`^(system|person|file|name|address)-[0-9a-f]{10}$`)

func (x *redactor) sentences(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = x.sentence(s)
	}
	return out
}

func typed(s string) string {
	if s == "" {
		return ""
	}
	return withheld
}

// report returns a copy of r without names.
func (x *redactor) report(r *Report) Report {
	out := *r
	out.Title, out.Location, out.Organisation = "", "", ""
	out.Ledger.Store = x.name("name", r.Ledger.Store)
	out.Systems = redactAll(r.Systems, x.system)
	out.Notices = redactAll(r.Notices, func(n Notice) Notice {
		n.System, n.Text, n.Advice = x.name("system", n.System), x.sentence(n.Text), typed(n.Advice)
		return n
	})
	out.Changes = redactAll(r.Changes, x.change)
	out.Suppressed = redactAll(r.Suppressed, func(s Suppression) Suppression {
		s.System, s.Pattern, s.Reason = x.name("system", s.System), string(x.keyOf(collect.Key(s.Pattern))), typed(s.Reason)
		return s
	})
	out.Approvals = redactAll(r.Approvals, func(a Approval) Approval {
		a.System, a.By = x.name("system", a.System), x.name("person", a.By)
		a.Signer, a.Ticket, a.Reason = x.name("person", a.Signer), x.name("name", a.Ticket), typed(a.Reason)
		return a
	})
	out.Waivers = redactAll(r.Waivers, func(w Waiver) Waiver {
		w.ID, w.System, w.Owner = x.name("name", w.ID), x.name("system", w.System), x.name("person", w.Owner)
		w.Entity, w.Ticket = string(x.keyOf(collect.Key(w.Entity))), x.name("name", w.Ticket)
		w.Reason, w.Control = typed(w.Reason), typed(w.Control)
		return w
	})
	out.Peers = redactAll(r.Peers, func(s Peers) Peers {
		s.System, s.Service = x.name("system", s.System), x.keyOf(s.Service)
		s.Peers = redactAll(s.Peers, func(p Peer) Peer {
			p.Address, p.Name = x.name("address", p.Address), x.name("name", p.Name)
			return p
		})
		return s
	})
	out.Inventory = x.inventory(&r.Inventory)
	out.Requirements = redactAll(r.Requirements, func(q Requirement) Requirement {
		q.Why = x.sentence(q.Why)
		q.Systems = redactAll(q.Systems, func(s SystemStatus) SystemStatus {
			s.System, s.Why = x.name("system", s.System), x.sentence(s.Why)
			return s
		})
		return q
	})
	a := &out.Assessment
	a.Findings = redactAll(a.Findings, x.finding)
	a.Passes = redactAll(a.Passes, x.finding)
	a.Tallies = redactAll(a.Tallies, func(t rules.Tally) rules.Tally {
		t.System = x.name("system", t.System)
		return t
	})
	a.Errors = x.sentences(a.Errors)
	return out
}

func redactAll[T any](list []T, f func(T) T) []T {
	out := slices.Clone(list)
	for i := range out {
		out[i] = f(out[i])
	}
	return out
}

func (x *redactor) system(s System) System {
	s.ID, s.Name = x.name("system", s.ID), ""
	s.Members = redactAll(s.Members, func(m string) string { return x.name("system", m) })
	s.Parts = redactAll(s.Parts, func(h collect.Header) collect.Header {
		h.System = x.name("system", h.System)
		h.Files = redactAll(h.Files, func(f collect.FileInfo) collect.FileInfo {
			f.Name = x.name("file", f.Name)
			if f.Capture != nil {
				c := *f.Capture
				c.System, c.User, c.Command = x.name("system", c.System), x.name("name", c.User), typed(c.Command)
				f.Capture = &c
			}
			return f
		})
		h.Coverage = redactAll(h.Coverage, func(c collect.Coverage) collect.Coverage {
			c.Prefix, c.Through, c.Reason = x.keyOf(c.Prefix), x.keyOf(c.Through), x.sentence(c.Reason)
			return c
		})
		h.Gaps = redactAll(h.Gaps, func(g collect.Gap) collect.Gap {
			g.Reason = x.sentence(g.Reason)
			return g
		})
		ignored := map[string]int64{}
		for reason, n := range h.Counts.Ignored {
			ignored[x.sentence(reason)] += n
		}
		h.Counts.Ignored = ignored
		h.Warnings = nil // they quote the input; their number stays
		return h
	})
	return s
}

func (x *redactor) change(c rules.JudgedChange) rules.JudgedChange {
	k := c.Key
	c.System, c.Key, c.Why = x.name("system", c.System), x.keyOf(k), x.sentence(c.Why)
	c.Old, c.New = x.value(k, c.Old), x.value(k, c.New)
	c.Change.Added, c.Change.Removed = x.members(k, c.Change.Added), x.members(k, c.Change.Removed)
	c.Reason = x.sentence(c.Reason)
	c.Evidence = redactAll(c.Evidence, x.evidence)
	return c
}

func (x *redactor) finding(f rules.Finding) rules.Finding {
	f.ID = x.name("finding", f.ID) // it is a digest that knows the entity
	f.System, f.Entity = x.name("system", f.System), x.keyOf(f.Entity)
	f.Messages, f.Reasons = x.sentences(f.Messages), x.sentences(f.Reasons)
	f.Missing = redactAll(f.Missing, x.keyOf)
	f.Allowed = x.allowed(f.Allowed)
	f.Evidence = redactAll(f.Evidence, x.evidence)
	if f.Before != nil {
		b := *f.Before
		b.Messages, b.Allowed = x.sentences(b.Messages), x.allowed(b.Allowed)
		b.Evidence = redactAll(b.Evidence, x.evidence)
		f.Before = &b
	}
	return f
}

func (x *redactor) allowed(a *rules.Allow) *rules.Allow {
	if a == nil {
		return nil
	}
	b := *a
	b.Entity, b.Reason, b.Mitigation = string(x.keyOf(collect.Key(a.Entity))), typed(a.Reason), typed(a.Mitigation)
	return &b
}

func (x *redactor) evidence(e rules.Evidence) rules.Evidence {
	if part := partRef(e.Ref); e.Ref != "" {
		content := part[strings.LastIndexByte(part, '-')+1:]
		e.Ref = x.name("system", e.System) + "-" + e.Source + "-" + content + e.Ref[len(part):]
	}
	if e.Value != "" {
		if v, err := collect.ParseForm([]byte(e.Value), collect.Keys().Type(e.Key)); err == nil {
			e.Value = x.value(e.Key, v).String()
		} else {
			e.Value = x.name("name", e.Value)
		}
	}
	e.System, e.Key, e.File = x.name("system", e.System), x.keyOf(e.Key), x.name("file", e.File)
	return e
}
