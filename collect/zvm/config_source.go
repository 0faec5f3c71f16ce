package zvm

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// SystemConfig returns the source zvm-config: the file SYSTEM CONFIG that CP
// reads at IPL, with the files it imbeds when they are given too.
//
// Its view is configured: what it says waits for the next IPL, and commands may
// have changed the running system since. Keywords are read in full, in any case
// and column. When records are qualified by "system:" or stand between "system:
// BEGIN" and "system: END", every member of the cluster gets a part of its own.
//
// What the file does not state is unknown unless a published default is in
// config_defaults.csv for the release; the release comes from the reply of QUERY
// CPLEVEL, which the capture job prints in front of the file. The metric .../from
// marks a default. The set zvm/config/not_stated lists what stayed unknown that
// way, so that a statement that disappears is a change.
func SystemConfig() collect.Source { return configSource{} }

type configSource struct{}

var _ collect.Source = configSource{}

// configPrefixes is everything the source speaks for.
var configPrefixes = []collect.Key{
	"zvm/alternate_operators", "zvm/config", "zvm/cp_access", "zvm/cp_access_link", "zvm/devices", "zvm/emergency_message_consoles",
	"zvm/encrypt", "zvm/feature", "zvm/journal/facility", "zvm/journal/link", "zvm/journal/logon",
	"zvm/journal/set_and_query", "zvm/lan", "zvm/local_code", "zvm/logo_config", "zvm/modify/command", "zvm/modify/diagnose",
	"zvm/operator_consoles", "zvm/priv_classes", "zvm/system", "zvm/system_userids", "zvm/vmlan", "zvm/vswitch",
}

func (configSource) Info() collect.Info {
	return collect.Info{
		Name:     "zvm-config",
		Platform: "zvm",
		Title:    "z/VM system configuration file (SYSTEM CONFIG)",
		View:     collect.Configured,
		Prefixes: configPrefixes,
	}
}

// Recognise looks at the names of the statements. Those with an underscore, and
// FEATURES or JOURNALING, stand in no other z/VM file.
func (configSource) Recognise(head *collect.Head) collect.Confidence {
	known, unknown := 0, 0
	marks := map[string]bool{}
	s := &configScanner{emit: func(st *configStatement) {
		switch {
		case st.name == "" || st.name == "BEGIN" || st.name == "END":
		case configStatements[st.name] == nil:
			unknown++
		default:
			known++
			if strings.Contains(st.name, "_") || st.name == "FEATURES" || st.name == "JOURNALING" || st.name == "VMLAN" {
				marks[st.name] = true
			}
		}
	}}
	n := 0
	for line := range bytes.Lines(head.Text) {
		text := bytes.TrimRight(line, "\r\n")
		if _, ok := releaseOf(string(text)); ok || isLevelLine(string(text)) {
			continue
		}
		n++
		s.record(text, collect.Origin{Pos: int64(n)}, false)
	}
	s.finish()
	switch {
	case len(marks) == 0 || known <= unknown:
		return collect.No
	case len(marks) >= 2 && known >= 4*unknown:
		return collect.Certain
	case known >= 2*unknown:
		return collect.Likely
	}
	return collect.Possible
}

func (configSource) Collect(ctx context.Context, files []*collect.File, opts *collect.Options, out *collect.Output) error {
	c := &configuration{byName: map[string]*configFile{}}
	for i, f := range files {
		cf, err := readConfigFile(ctx, f, opts, i == 0 || len(files) == 1)
		if err != nil {
			return err
		}
		c.files = append(c.files, cf)
		c.byName[fileIdentifier(f.Name)] = cf
	}
	c.findImbeds()
	c.findSystems()
	for _, name := range c.systems {
		if err := c.system(name, out.Part(name)); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// configuration is SYSTEM CONFIG with the files it imbeds.
type configuration struct {
	files     []*configFile
	byName    map[string]*configFile // "FN FT"
	groups    map[string][]string    // EQUATE
	systems   []string               // one part each; "" when no record names one
	qualified bool
	ids       []string // systems that SYSTEM_IDENTIFIER and SSI name
}

// fileIdentifier returns "FN FT" for the name of a transferred CMS file, in
// which the two are joined by a dot, a blank, an underscore or a hyphen.
func fileIdentifier(path string) string {
	base := path[strings.LastIndexAny(path, `/\`)+1:]
	parts := strings.FieldsFunc(strings.ToUpper(base), func(r rune) bool { return r == '.' || r == ' ' || r == '_' || r == '-' })
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return strings.Join(parts, " ")
}

// findImbeds marks the files that others name.
func (c *configuration) findImbeds() {
	for _, f := range c.files {
		for _, st := range f.statements {
			if st.name != "IMBED" || len(st.words) < 2 {
				continue
			}
			for name, other := range c.byName {
				if other != f && matchesImbed(st.words[0].text+" "+st.words[1].text, name) {
					other.imbedded = true
				}
			}
		}
	}
}

// matchesImbed reports whether the identifier of a file is what an IMBED names;
// -SYSTEM- stands for the name of any system.
func matchesImbed(named, file string) bool {
	before, after, any := strings.Cut(named, "-SYSTEM-")
	if !any {
		return named == file
	}
	return len(file) > len(before)+len(after) && strings.HasPrefix(file, before) && strings.HasSuffix(file, after)
}

// findSystems decides whom the file is about. Without a qualified record all
// members of a cluster share every statement, and the file gives one part.
func (c *configuration) findSystems() {
	c.groups = map[string][]string{}
	var labels []string
	for _, f := range c.files {
		for _, st := range f.statements {
			labels = append(labels, st.labels...)
			switch {
			case st.cut:
			case st.name == "EQUATE" && len(st.words) > 1:
				for _, w := range st.words[1:] {
					c.groups[st.words[0].text] = append(c.groups[st.words[0].text], w.text)
				}
			case st.name == "SYSTEM_IDENTIFIER" && len(st.words) > 0:
				c.ids = append(c.ids, st.words[len(st.words)-1].text)
			case st.name == "SSI":
				for _, m := range ssiMembers(st) {
					c.ids = append(c.ids, m.name)
				}
			}
		}
	}
	c.ids = slices.DeleteFunc(c.ids, func(s string) bool { return !isSystemName(s) })
	slices.Sort(c.ids)
	c.ids = slices.Compact(c.ids)
	c.qualified = len(labels) > 0
	switch {
	case len(c.ids) == 1:
		c.systems = c.ids
	case c.qualified && len(c.ids) > 1:
		c.systems = c.ids
	case c.qualified:
		for _, l := range labels {
			c.systems = append(c.systems, c.expand(l)...)
		}
		c.systems = slices.DeleteFunc(c.systems, func(s string) bool { return !isSystemName(s) })
		slices.Sort(c.systems)
		c.systems = slices.Compact(c.systems)
	}
	if len(c.systems) == 0 {
		c.systems = []string{""}
	}
}

// expand resolves the name of a group of systems.
func (c *configuration) expand(label string) []string {
	if members := c.groups[label]; members != nil {
		return members
	}
	return []string{label}
}

func isSystemName(s string) bool {
	if len(s) == 0 || len(s) > 8 {
		return false
	}
	for _, r := range s {
		if !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '$' || r == '#' || r == '@' || r == '_' || r == '-') {
			return false
		}
	}
	return true
}

// system records what the files say about one system.
func (c *configuration) system(name string, rec *collect.Recorder) error {
	p := &configPart{configuration: c, name: name, rec: rec, sheet: newSheet()}
	if name != "" {
		p.set("zvm/system/id", collect.Text(name), collect.Origin{File: c.files[0].file.Index()})
	}
	for _, f := range c.files {
		rec.Read(f.lines)
		rec.Ignored("comment", f.comments)
		rec.Ignored("blank", f.blanks)
		if f.release != "" {
			rec.Used(1)
			if p.release == "" {
				p.release = f.release
			}
		}
		p.ends = append(p.ends, f.end)
		if !f.imbedded {
			p.file(f, nil)
		}
	}
	for _, f := range c.files {
		if f.imbedded && !p.has(f) {
			p.passOver(f) // imbedded by another member only
		}
	}
	if p.unbalanced != "" {
		p.ends = append(p.ends, ending{collect.Partial, p.unbalanced})
	}
	end := worst(p.ends)
	if len(p.missing) > 0 && end.state != collect.Partial {
		end = ending{collect.Partial, fmt.Sprintf("the imbedded file %s is not in the extract: it may add to or override any statement", p.missing[0])}
	}
	return p.finish(end)
}
