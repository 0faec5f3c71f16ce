package zvm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// vmlan reads QUERY VMLAN.
func (q *query) vmlan(text string, at collect.Origin) bool {
	known := strings.HasPrefix(strings.ToUpper(text), "VMLAN ")
	for _, l := range [...]struct{ label, key string }{
		{"MAC Protection", "macprotect"}, {"MACADDR Prefix", "macprefix"}, {"USER Prefix", "userprefix"},
		{"SYSTEM Accounting", "accounting/system"}, {"USER Accounting", "accounting/user"},
	} {
		v, ok := label(text, l.label)
		if !ok {
			continue
		}
		known = true
		if strings.HasSuffix(l.key, "prefix") {
			v = strings.ToUpper(v)
		}
		q.say(collect.Key(string(vmlanPrefix)+"/"+l.key), v, at)
	}
	if v, ok := label(text, "Directory Network Authorization"); ok {
		known = true
		q.say(vmlanPrefix.Join("dna"), map[bool]string{true: "enabled", false: "disabled"}[v == "enabled" || v == "on"], at)
	}
	for _, kind := range [...]string{"PERSISTENT", "TRANSIENT"} {
		i := strings.Index(foldASCII(text), kind+" ")
		if i < 0 {
			continue
		}
		rest := text[i:]
		if v, ok := label(rest, "Limit"); ok {
			known = true
			q.say(vmlanPrefix.Join("limit", strings.ToLower(kind)), v, at)
		}
		if v, ok := label(rest, "Current"); ok && kind == "TRANSIENT" {
			if n, ok := number(v); ok {
				q.set(vmlanPrefix.Join("transient_lans_now"), collect.Number(n), at)
			}
		}
	}
	return known || strings.Contains(text, "MACIDRANGE") || strings.HasPrefix(strings.ToUpper(text), "USER:") || strings.HasPrefix(strings.ToUpper(text), "SYSTEM:")
}

// vswitch reads QUERY VSWITCH, also with ACCESS or DETAILS.
func (q *query) vswitch(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	w := strings.Fields(up)
	if w[0] == "VSWITCH" && len(w) > 2 {
		q.entity, q.listing = vswitchPrefix.Join(w[2]), false
		if v, ok := label(text, "Type"); ok {
			q.say(q.entity.Join("type"), v, at)
		}
		return true
	}
	if q.entity == "" {
		return false
	}
	if strings.HasPrefix(up, "AUTHORIZED USERIDS") {
		q.listing = true
		if q.access == nil {
			q.access = map[collect.Key]bool{}
		}
		q.access[q.entity] = true
		return true
	}
	if w[0] == "UPLINK" || w[0] == "ADAPTER" {
		q.listing = false
		return true
	}
	if q.listing && isName([]byte(w[0]), 8) && !strings.HasSuffix(w[0], ":") && (len(w) == 1 || strings.Contains(up, ":") && strings.HasSuffix(w[1], ":") || w[1] == "PROMISCUOUS") {
		return q.grant(w, at)
	}
	known := false
	for _, l := range [...]struct{ label, key string }{
		{"Isolation Status", "isolation"}, {"VEPA Status", "vepa"}, {"MAC Protection", "macprotect"}, {"Default Porttype", "porttype"},
	} {
		if v, ok := label(text, l.label); ok {
			q.say(q.entity.Join(l.key), v, at)
			known = true
		}
	}
	for _, word := range w {
		if word == "IP" || word == "ETHERNET" {
			if slices.Contains(w, "PERSISTENT") || slices.Contains(w, "TRANSIENT") {
				q.say(q.entity.Join("layer"), strings.ToLower(word), at)
				known = true
			}
		}
	}
	if strings.HasPrefix(up, "VLAN UNAWARE") {
		q.say(q.entity.Join("vlan"), "unaware", at)
		known = true
	}
	if strings.HasPrefix(up, "VLAN AWARE") {
		vlan := "aware"
		if v, ok := label(text, "Default VLAN"); ok {
			if n, isNumber := number(v); isNumber {
				vlan = fmt.Sprint(n)
			}
		}
		q.say(q.entity.Join("vlan"), vlan, at)
		known = true
	}
	for _, name := range [...]string{"Native  VLAN", "Native VLAN"} {
		if v, ok := label(text, name); ok {
			if n, isNumber := number(v); isNumber {
				v = fmt.Sprint(n)
			}
			q.say(q.entity.Join("native"), v, at)
			known = true
		}
	}
	if v, ok := label(text, "RDEV"); ok {
		known = true
		device := uplinkDevice(strings.ToUpper(v))
		if old := q.text(q.entity.Join("uplink")); old != "" && old != "none" && !slices.Contains(strings.Fields(old), device) {
			device = old + " " + device
		} else if slices.Contains(strings.Fields(old), device) {
			device = old
		}
		q.say(q.entity.Join("uplink"), device, at)
	}
	if v, ok := label(text, "Bridge Port"); ok || strings.HasPrefix(up, "BRIDGE PORT") {
		q.say(q.entity.Join("bridgeport"), map[bool]string{true: "no", false: "yes"}[v == "none"], at)
		known = true
	}
	if strings.Contains(up, "ESM") && (strings.Contains(up, "AUTHORIZ") || strings.Contains(up, "CONTROL")) {
		q.say(q.entity.Join("esm_control"), map[bool]string{true: "no", false: "yes"}[strings.Contains(up, "NOT ") || strings.Contains(up, ": NO")], at)
		known = true
	}
	// Lines with labels that are of no interest, and the names of adapters.
	return known || strings.Contains(text, ":") || w[0] == "USERBASED" || w[0] == "PORTBASED"
}

// grant reads a userid that may couple: name, Porttype: x, VLAN: numbers.
func (q *query) grant(w []string, at collect.Origin) bool {
	g := switchGrant{}
	for i := 1; i < len(w); i++ {
		switch {
		case w[i] == "PORTTYPE:" && i+1 < len(w):
			i++
			g.porttype = w[i]
		case w[i] == "PROMISCUOUS":
			g.promiscuous = true
		case w[i] == "VLAN:":
			for i+1 < len(w) && isVLAN(w[i+1]) {
				i++
				g.vlans = append(g.vlans, w[i])
			}
		}
	}
	q.say(q.entity.Join("grant", w[0]), g.text(), at)
	if g.promiscuous {
		q.add(q.entity.Join("promiscuous"), w[0], at)
	}
	return true
}

// lan reads QUERY LAN.
func (q *query) lan(text string, at collect.Origin) bool {
	up := strings.ToUpper(text)
	w := strings.Fields(up)
	if w[0] == "LAN" && len(w) > 2 {
		q.entity = lanPrefix.Join(w[1], w[2])
		if v, ok := label(text, "Type"); ok {
			q.say(q.entity.Join("type"), lanType(strings.ToUpper(v)), at)
		}
		return true
	}
	if q.entity == "" {
		return false
	}
	known := strings.Contains(text, ":")
	for word, fact := range map[string][2]string{
		"PERSISTENT": {"persistent", "yes"}, "TRANSIENT": {"persistent", "no"},
		"RESTRICTED": {"restricted", "yes"}, "UNRESTRICTED": {"restricted", "no"},
	} {
		if slices.Contains(w, word) {
			q.say(q.entity.Join(fact[0]), fact[1], at)
			known = true
		}
	}
	if v, ok := label(text, "Isolation Status"); ok {
		q.say(q.entity.Join("isolation"), v, at)
	}
	return known
}
