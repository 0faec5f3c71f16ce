package zvm

import (
	"maps"
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// runsTLS reports whether a server of DTCPARMS is an SSL server: its class is
// one, or its command is VMSSL.
func (c *tcpip) runsTLS(entries map[string]*dtcEntry, e *dtcEntry) bool {
	if class := strings.ToUpper(e.tags["class"].value); class == "SSL" || strings.HasPrefix(class, "SSL_") {
		return true
	}
	t, ok := c.tag(entries, e, "command")
	return ok && strings.EqualFold(strings.TrimSpace(t.value), "VMSSL")
}

// tlsProtocols are the words of the PROTOCOL operand, as they stand in keys.
var tlsProtocols = []string{"sslv2", "sslv3", "tlsv1_0", "tlsv1_1", "tlsv1_2", "tlsv1_3"}

// sslOperands are the operands of VMSSL; true when values follow.
var sslOperands = map[string]bool{
	"KEYFILE": true, "PROTOCOL": true, "MODE": true, "FIPS": false, "NOFIPS": false, "EXEMPT": true, "ENABLE": true, "CACHELIFE": true,
	"CACHESIZE": true, "TLSFALLBACKSCSV": true, "TRACE": true, "NOTRACE": false, "GSKTRACE": true, "MAXUSERS": true, "MAXSESSIONS": true,
	"LOGON": false, "TIMEOUT": true,
}

// tlsServer reads the operands of VMSSL. What they leave out has a default that
// depends on the release.
func (c *tcpip) tlsServer(base collect.Key, parms dtcTag, at collect.Origin) {
	out := c.sheets[dtcparmsFile]
	notStated := collect.Unknown(notInStatement)
	if parms.at.Pos > 0 {
		at = parms.at
	}
	words := strings.FieldsFunc(parms.value, func(r rune) bool { return r == ' ' || r == '(' || r == ')' || r == ',' })
	// All at once: what is a password shows in the word before it.
	words = strings.Fields(maskWords(strings.Join(words, " ")))
	values := map[string][]string{}
	for i := 0; i < len(words); {
		name := strings.ToUpper(words[i])
		i++
		takes, known := sslOperands[name]
		if !known {
			out.add(base.Join("other_parms"), words[i-1], at)
			continue
		}
		if values[name] == nil {
			values[name] = []string{}
		}
		for takes && i < len(words) {
			if _, next := sslOperands[strings.ToUpper(words[i])]; next {
				break
			}
			values[name] = append(values[name], words[i])
			i++
		}
	}
	one := func(name string, fold func(string) string) collect.Value {
		if v := values[name]; len(v) > 0 {
			return collect.Text(fold(v[0]))
		}
		return notStated
	}
	protocols, stated := values["PROTOCOL"]
	for _, p := range tlsProtocols {
		out.set(base.Join("protocol", p), protocolState(p, protocols, stated), at)
	}
	for _, w := range protocols {
		if !slices.Contains(tlsProtocols, protocolName(w)) {
			out.add(base.Join("other_parms"), "PROTOCOL "+strings.ToUpper(w), at)
		}
	}
	mode := one("MODE", strings.ToUpper)
	if _, fips := values["FIPS"]; fips {
		mode = collect.Text("FIPS-140-2")
	} else if mode.IsUnknown() && parms.value != "" {
		mode = collect.Text("none")
	}
	out.set(base.Join("mode"), mode, at)
	out.set(base.Join("keyfile"), one("KEYFILE", func(s string) string { return s }), at)
	out.set(base.Join("fallbackscsv"), one("TLSFALLBACKSCSV", strings.ToLower), at)
	for _, name := range [...]string{"EXEMPT", "ENABLE"} {
		members := []string{}
		for _, w := range values[name] {
			members = append(members, strings.ToUpper(w))
		}
		out.set(base.Join(strings.ToLower(name)), collect.Set(members...), at)
	}
	for _, name := range [...]string{"CACHELIFE", "CACHESIZE", "GSKTRACE", "LOGON", "MAXSESSIONS", "MAXUSERS", "NOFIPS", "NOTRACE", "TIMEOUT", "TRACE"} {
		if v, ok := values[name]; ok {
			out.add(base.Join("other_parms"), strings.ToUpper(strings.TrimSpace(name+" "+strings.Join(v, " "))), at)
		}
	}
}

func protocolName(word string) string {
	return strings.ToLower(strings.TrimLeft(word, "+-"))
}

// protocolState says whether PROTOCOL switches p on. A list of plain words is
// all there is; words with + and - change the default, of which nothing is
// known.
func protocolState(p string, words []string, stated bool) collect.Value {
	if !stated || len(words) == 0 {
		return collect.Unknown(notInStatement)
	}
	signed := false
	for i := len(words) - 1; i >= 0; i-- {
		w := words[i]
		signed = signed || w[0] == '+' || w[0] == '-'
		if protocolName(w) == p {
			if w[0] == '-' {
				return collect.Text("off")
			}
			return collect.Text("on")
		}
	}
	if signed {
		return collect.Unknown(notInStatement)
	}
	return collect.Text("off")
}
