package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// stack is what one of several profiles says. An image with several TCP/IP stacks
// has a PROFILE TCPIP for each. Their lists are joined, each member with its
// place; of a switch that they set differently the weaker position holds,
// because whoever wants in takes the weaker stack, and a warning names both; any
// other value on which they differ is unknown.
type stack struct {
	sheet  *sheet
	ports  map[portKey]*port
	telnet telnet
	ssl    string
}

// nextStack puts what was read of a profile aside for another one.
func (c *tcpip) nextStack() {
	c.stacks = append(c.stacks, stack{c.sheets[profileFile], c.ports, c.telnet, c.ssl})
	c.sheets[profileFile], c.ports, c.telnet, c.ssl = newSheet(), map[portKey]*port{}, telnet{}, ""
}

// weaker lists the words of switches of a profile, the weakest first.
var weaker = map[collect.Key][]string{
	"zvm/tcpip/telnet/secureconnection": {"never", "allowed", "preferred", "required"},
	"zvm/tcpip/telnet/clientcertcheck":  {"none", "preferred", "required", "full"},
	"zvm/tcpip/restrictlowports":        {"no", "yes"},
	"zvm/tcpip/checksum":                {"no", "yes"},
	"zvm/tcpip/forwarding":              {"yes", "no"},
	"zvm/tls/enabled":                   {"no", "yes"},
}

// joinStacks finishes every profile on its own and joins the sheets.
func (c *tcpip) joinStacks(start collect.Origin) *sheet {
	c.nextStack()
	all, ports := newSheet(), map[portKey]*port{}
	for i, s := range c.stacks {
		c.out, c.ports, c.telnet, c.ssl = s.sheet, s.ports, s.telnet, s.ssl
		c.finishProfile(c.ends[profileFile][i], start)
		for key, p := range s.ports {
			ports[key] = p
		}
		all.doubts = append(all.doubts, s.sheet.doubts...)
		for _, key := range s.sheet.order {
			c.joinFact(all, key, s.sheet.facts[key])
		}
	}
	c.out, c.sheets[profileFile], c.ports = all, all, ports
	c.derive("zvm/tcpip/port/count", collect.Number(int64(len(ports))), worst(c.ends[profileFile]), start)
	return all
}

// joinFact adds what one stack says about a key to what others said.
func (c *tcpip) joinFact(all *sheet, key collect.Key, f *sheetFact) {
	old := all.facts[key]
	switch {
	case old == nil:
		copied := *f
		all.facts[key] = &copied
		all.order = append(all.order, key)
	case f.grows:
		old.grows = true
		old.members, old.items = append(old.members, f.members...), append(old.items, f.items...)
	case old.value.Equal(f.value), key == "zvm/tcpip/port/count", key == "zvm/tcpip/unknown_statements":
	case old.value.Type() == collect.TypeSet && f.value.Type() == collect.TypeSet:
		old.value = collect.Set(slices.Concat(old.value.Items(), f.value.Items())...)
	default:
		words := []string{old.value.Raw(), f.value.Raw()}
		slices.Sort(words) // whatever the order of the files
		c.rec.Warn(c.files[f.at.File], f.at.Pos, f.at.Offset, "the stacks differ about %s: %s and %s", key, words[0], words[1])
		order := weaker[key]
		i, j := slices.Index(order, old.value.Raw()), slices.Index(order, f.value.Raw())
		switch {
		case j == 0 || i >= 0 && j >= 0 && j < i:
			old.value, old.at = f.value, f.at
		case i == 0 || i >= 0 && j >= 0:
		default:
			old.value = collect.Unknown("the stacks differ: " + strings.Join(words, ", "))
		}
	}
}
