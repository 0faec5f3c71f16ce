package zvm

import (
	"regexp"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// dtcEntry is one entry of a DTCPARMS file: a server or a class of servers.
type dtcEntry struct {
	name  string
	rank  int // by the search order of the files
	order int
	tags  map[string]dtcTag
	at    collect.Origin
}

type dtcTag struct {
	value string
	at    collect.Origin
}

// dtcTagMark begins a tag: ":name." at the start of a line or behind a blank.
var dtcTagMark = regexp.MustCompile(`(?:^|\s):([A-Za-z][A-Za-z0-9_]*)\.`)

// dtcparmsRank orders DTCPARMS files as z/VM searches them: those of a userid or
// node first, then SYSTEM, then IBM.
func dtcparmsRank(path string) int {
	switch name, _, _ := strings.Cut(fileIdentifier(path), " "); name {
	case "SYSTEM":
		return 1
	case "IBM":
		return 2
	}
	return 0
}

// readDTCPARMS reads a file in CMS NAMES format: ":nick.name" begins an entry,
// ":tag.value" belongs to it, and a value goes on until the next tag.
func (c *tcpip) readDTCPARMS(lines *collect.Lines) {
	rank := dtcparmsRank(c.file.Name)
	var cur *dtcEntry
	tag := ""
	for lines.Next() {
		l := lines.Line()
		c.rec.Read(1)
		text := strings.TrimSpace(strings.ReplaceAll(string(l.Text), "\x00", " "))
		switch {
		case text == "":
			c.rec.Ignored("blank", 1)
			continue
		case strings.HasPrefix(text, ".*"), strings.HasPrefix(text, "*"):
			c.rec.Ignored("comment", 1)
			continue
		}
		at := l.At(c.file)
		marks := dtcTagMark.FindAllStringSubmatchIndex(text, -1)
		before := text
		if len(marks) > 0 {
			before = text[:marks[0][0]]
		}
		if before = strings.TrimSpace(before); before != "" {
			if cur == nil || tag == "" {
				c.notKnown(at, "the line belongs to no tag")
				continue
			}
			t := cur.tags[tag]
			t.value = strings.TrimSpace(t.value + " " + before)
			cur.tags[tag] = t
		}
		for i, m := range marks {
			end := len(text)
			if i+1 < len(marks) {
				end = marks[i+1][0]
			}
			tag = strings.ToLower(text[m[2]:m[3]])
			value := strings.Join(strings.Fields(text[m[1]:end]), " ")
			if tag == "nick" {
				cur = &dtcEntry{name: strings.ToUpper(value), rank: rank, order: len(c.entries), tags: map[string]dtcTag{}, at: at}
				if !isName([]byte(cur.name), 16) {
					c.rec.Warn(c.file, at.Pos, at.Offset, "an entry has no usable name")
					c.unknown++
					cur = nil
					continue
				}
				c.entries = append(c.entries, cur)
				continue
			}
			if cur != nil {
				cur.tags[tag] = dtcTag{value, at}
			}
		}
		if cur == nil {
			c.notKnown(at, "the tags stand before the first entry")
			continue
		}
		c.rec.Used(1)
	}
}

// secretWord is an operand that carries a password.
var secretWord = regexp.MustCompile(`(?i)^(p|[a-z_]*(pw|pass|password|passwd))[=:.]?$`)

// secretPair is such an operand with its value.
var secretPair = regexp.MustCompile(`(?i)^[a-z_]*(pw|pass|password|passwd)[=:]`)

// maskWords replaces what may be a password among the words of a tag.
func maskWords(value string) string {
	words := strings.Fields(value)
	for i, w := range words {
		switch {
		case secretPair.MatchString(w):
			if !strings.HasSuffix(w, "=") && !strings.HasSuffix(w, ":") {
				words[i] = w[:strings.IndexAny(w, "=:")+1] + "<masked>"
			} else if i+1 < len(words) {
				words[i+1] = "<masked>"
			}
		case secretWord.MatchString(w) && i+1 < len(words):
			words[i+1] = "<masked>"
		}
	}
	return strings.Join(words, " ")
}

// dtcTags are the tags of DTCPARMS that are kept as they stand; another one is
// listed by its name only.
var dtcTags = map[string]bool{
	"type": true, "class": true, "attach": true, "stack": true, "command": true, "runtime": true, "mount": true, "vmlink": true,
	"for": true, "diskwarn": true, "name": true, "parms": true, "dcss_parms": true, "anonymous": true, "anonymou": true, "owner": true,
	"exit": true, "memory": true, "timezone": true, "trusted": true, "vnic": true, "globals": true, "authlog": true, "config": true,
	"authlist": true, "admin_id_list": true, "esm_enable": true, "esm_racroute": true, "esm_validate": true,
}

// effectiveEntries returns the entries that hold, by name: the first in search
// order.
func (c *tcpip) effectiveEntries() map[string]*dtcEntry {
	best := map[string]*dtcEntry{}
	for _, e := range c.entries {
		if b := best[e.name]; b == nil || e.rank < b.rank {
			best[e.name] = e
		}
	}
	return best
}

// tag returns a tag of a server, or of its class when the server states none.
func (c *tcpip) tag(entries map[string]*dtcEntry, e *dtcEntry, name string) (dtcTag, bool) {
	if t, ok := e.tags[name]; ok {
		return t, true
	}
	if class := entries[strings.ToUpper(e.tags["class"].value)]; class != nil && class != e && isClass(class) {
		t, ok := class.tags[name]
		return t, ok
	}
	return dtcTag{}, false
}

func isClass(e *dtcEntry) bool { return strings.EqualFold(e.tags["type"].value, "class") }

// recordServers states what DTCPARMS says about every server.
func (c *tcpip) recordServers() (ftp []*dtcEntry, tls int) {
	out := c.sheets[dtcparmsFile]
	entries := c.effectiveEntries()
	for _, e := range c.entries {
		if entries[e.name] != e {
			continue
		}
		base := collect.Key("zvm/server").Join(e.name)
		isTLS := !isClass(e) && c.runsTLS(entries, e)
		c.scrubbedEntry(e)
		for _, name := range sortedKeys(e.tags) {
			t := e.tags[name]
			switch {
			case strings.HasPrefix(name, "esm_") && dtcTags[name]:
				out.set(base.Join(name), collect.Text(esmWord(t.value)), t.at)
			case name == "admin_id_list":
				for _, w := range strings.Fields(strings.ToUpper(t.value)) {
					out.add("zvm/tls/admin_id_list", w, t.at)
				}
			case name == "parms" && isTLS: // as zvm/tls/<server>
			case dtcTags[name]:
				out.set(base.Join("tag", name), collect.Text(maskWords(t.value)), t.at)
			default:
				out.add(base.Join("other_tags"), name, t.at)
			}
		}
		if !out.stated(base.Join("tag", "type")) {
			out.set(base.Join("tag", "type"), collect.Text(""), e.at)
		}
		if isClass(e) {
			continue
		}
		if isTLS {
			tls++
			parms, _ := c.tag(entries, e, "parms")
			c.tlsServer(collect.Key("zvm/tls").Join(e.name), parms, e.at)
		}
		if class := e.tags["class"].value; strings.EqualFold(class, "ftp") || e.name == "FTPSERVE" {
			ftp = append(ftp, e)
		}
	}
	return ftp, tls
}

// scrubbedEntry adds an entry to the scrubbed form.
func (c *tcpip) scrubbedEntry(e *dtcEntry) {
	words := []string{":nick." + e.name}
	for _, name := range sortedKeys(e.tags) {
		words = append(words, ":"+name+"."+maskWords(e.tags[name].value))
	}
	c.scrubbed(words...)
}

// esmWord is YES, NO or the name of an exit, in one case.
func esmWord(s string) string {
	switch strings.ToUpper(s) {
	case "YES", "NO":
		return strings.ToLower(s)
	}
	return strings.ToUpper(s)
}
