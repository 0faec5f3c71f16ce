package zvm

import (
	"fmt"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

const (
	vmlanPrefix   collect.Key = "zvm/vmlan"
	vswitchPrefix collect.Key = "zvm/vswitch"
	lanPrefix     collect.Key = "zvm/lan"
)

// vmlan reads VMLAN: limits, accounting and MAC addresses of all virtual
// networks.
func (p *configPart) vmlan() {
	for p.more() {
		switch w := p.word(); w {
		case "LIMIT":
			for p.is("PERSISTENT", "TRANSIENT") {
				p.putNumberOr(vmlanPrefix.Join("limit", strings.ToLower(p.passed())), "INFINITE")
			}
		case "ACCOUNTING", "ACNT", "ACCT":
			for p.is("SYSTEM", "USER") {
				p.putChoice(vmlanPrefix.Join("accounting", strings.ToLower(p.passed())), "ON", "OFF")
			}
		case "MACPREFIX", "USERPREFIX":
			p.putName(vmlanPrefix.Join(strings.ToLower(w)))
		case "MACIDRANGE":
			for p.is("SYSTEM", "USER") {
				p.putName(vmlanPrefix.Join("macidrange", strings.ToLower(p.passed())))
			}
		case "MACPROTECT":
			p.putChoice(vmlanPrefix.Join("macprotect"), "ON", "OFF")
		case "DNA":
			p.putState(vmlanPrefix.Join("dna"))
		default:
			p.unknownOperand(w)
		}
	}
}

// putState reads ENABLE or DISABLE.
func (p *configPart) putState(key collect.Key) {
	switch {
	case p.is("ENABLE", "ENABLED", "ON"):
		p.set(key, collect.Text("enabled"), p.at())
	case p.is("DISABLE", "DISABLED", "OFF"):
		p.set(key, collect.Text("disabled"), p.at())
	default:
		p.unexpected()
	}
}

// define reads DEFINE of switches, LANs, and of commands that the site adds.
func (p *configPart) define() {
	switch {
	case p.is("VSWITCH"):
		p.defineSwitch()
	case p.is("LAN"):
		p.defineLAN()
	case p.peek() == "COMMAND" || p.peek() == "CMD" || p.peek() == "ALIAS" || p.peek() == "DIAGNOSE" || p.peek() == "DIAG":
		p.whole("zvm/local_code/defined_commands")
	default:
		p.keep()
	}
}

// switchSettings are the keys of a switch that DEFINE VSWITCH states or leaves
// to their defaults.
var switchSettings = []string{
	"type", "layer", "uplink", "vlan", "native", "porttype", "isolation", "vepa", "macprotect", "bridgeport", "scope", "controller",
}

// notInStatement is why a value that has a default is not known.
const notInStatement = "not stated; the default depends on the release of z/VM"

// defineSwitch reads DEFINE VSWITCH name operands.
func (p *configPart) defineSwitch() {
	name := p.word()
	if name == "" {
		p.lacks()
		return
	}
	base := vswitchPrefix.Join(name)
	for _, s := range switchSettings {
		p.set(base.Join(s), collect.Unknown(notInStatement), p.st.at)
	}
	p.switchOperands(base)
}

// switchOperands reads the operands of DEFINE VSWITCH, and of MODIFY VSWITCH
// that changes one.
func (p *configPart) switchOperands(base collect.Key) {
	say := func(setting, value string) { p.set(base.Join(setting), collect.Text(value), p.at()) }
	for p.more() {
		switch w := p.word(); w {
		case "TYPE":
			p.is("QDIO", "IVL")
			say("type", strings.ToLower(p.passed()))
		case "LOCAL", "GLOBAL":
			say("scope", strings.ToLower(w))
		case "RDEV", "UPLINK":
			var devices []string
			for p.more() && isDeviceRange(devicePart(p.peek())) {
				devices = append(devices, uplinkDevice(p.word()))
			}
			switch {
			case len(devices) > 0:
				say("uplink", strings.Join(devices, " "))
			case p.is("NONE"):
				say("uplink", "none")
			default:
				p.unexpected()
			}
		case "NOUPLINK":
			say("uplink", "none")
		case "CONTROLLER", "CONTR":
			say("controller", p.word())
		case "IP", "NONROUTER", "PRIROUTER", "SECROUTER":
			if w == "IP" {
				say("layer", "ip")
			}
		case "ETHERNET":
			say("layer", "ethernet")
		case "VLAN":
			if n, ok := number(p.peek()); ok {
				p.i++
				say("vlan", fmt.Sprint(n))
			} else if p.is("AWARE", "UNAWARE") {
				say("vlan", strings.ToLower(p.passed()))
			} else {
				p.unexpected()
			}
		case "PORTTYPE":
			if p.is("ACCESS", "TRUNK") {
				say("porttype", strings.ToLower(p.passed()))
			} else {
				p.unexpected()
			}
		case "NATIVE":
			if n, ok := number(p.peek()); ok {
				p.i++
				say("native", fmt.Sprint(n))
			} else if p.is("NONE") {
				say("native", "none")
			} else {
				p.unexpected()
			}
		case "ISOLATION", "VEPA":
			if p.is("ON", "OFF") {
				say(strings.ToLower(w), strings.ToLower(p.passed()))
			} else {
				p.unexpected()
			}
		case "MACPROTECT":
			if p.is("ON", "OFF", "UNSPECIFIED") {
				say("macprotect", strings.ToLower(p.passed()))
			} else {
				p.unexpected()
			}
		case "BRIDGEPORT":
			say("bridgeport", "yes")
			p.is("RDEV")
			for p.more() && isDeviceRange(devicePart(p.peek())) {
				p.i++
			}
			p.is("PRIMARY", "SECONDARY")
		case "GROUP", "QUEUESTORAGE", "QSTORAGE", "IPTIMEOUT", "PORTNAME":
			p.word()
		case "GVRP", "NOGVRP", "USERBASED", "PORTBASED", "NOGROUP", "CONNECT", "DISCONNECT", "CON", "DISC":
		default:
			p.unknownOperand(w)
		}
	}
}

// devicePart is a device number without the port number that may follow it.
func devicePart(s string) string {
	d, _, _ := strings.Cut(s, ".")
	return d
}

// uplinkDevice writes a device with the number of its port unless that is 0.
func uplinkDevice(s string) string {
	d, port, _ := strings.Cut(s, ".")
	if port = strings.TrimLeft(strings.TrimPrefix(port, "P"), "0"); port != "" {
		return deviceText(d) + ".P" + strings.Repeat("0", max(0, 2-len(port))) + port
	}
	return deviceText(d)
}

// defineLAN reads DEFINE LAN name [OWNERID user] operands.
func (p *configPart) defineLAN() {
	name := p.word()
	if name == "" {
		p.lacks()
		return
	}
	owner := "SYSTEM"
	type fact struct {
		setting, value string
		at             collect.Origin
	}
	var facts []fact
	for p.more() {
		switch w := p.word(); w {
		case "OWNERID":
			if owner = p.word(); owner == "" {
				p.lacks()
				return
			}
		case "TYPE":
			if !p.is("QDIO", "HIPERS", "HIPERSOCKETS") {
				p.unexpected()
				continue
			}
			facts = append(facts, fact{"type", lanType(p.passed()), p.at()})
		case "RESTRICTED", "RESTRICT":
			facts = append(facts, fact{"restricted", "yes", p.at()})
		case "UNRESTRICTED", "UNRESTRICT":
			facts = append(facts, fact{"restricted", "no", p.at()})
		case "ISOLATION":
			if !p.is("ON", "OFF") {
				p.unexpected()
				continue
			}
			facts = append(facts, fact{"isolation", strings.ToLower(p.passed()), p.at()})
		case "MAXCONN", "ACCOUNTING", "MFS", "IPTIMEOUT", "GROUP", "MACPROTECT":
			p.word()
		case "IP", "ETHERNET", "NOGROUP":
		default:
			p.unknownOperand(w)
		}
	}
	base := lanPrefix.Join(owner, name)
	for _, s := range [...]string{"type", "restricted", "isolation"} {
		p.set(base.Join(s), collect.Unknown(notInStatement), p.st.at)
	}
	for _, f := range facts {
		p.set(base.Join(f.setting), collect.Text(f.value), f.at)
	}
}

func lanType(word string) string {
	if strings.HasPrefix(word, "HIPER") {
		return "hipers"
	}
	return strings.ToLower(word)
}

// modify reads MODIFY: who may use a command or diagnose code, and who may
// couple to a switch.
func (p *configPart) modify() {
	switch {
	case p.is("COMMAND", "CMD", "COM"):
		p.modifyCommand()
	case p.is("DIAGNOSE", "DIAG"):
		p.modifyDiagnose()
	case p.is("VSWITCH"):
		name := p.word()
		switch {
		case name == "":
			p.lacks()
		case p.is("GRANT"):
			p.grant(vswitchPrefix.Join(name))
		case p.is("REVOKE"):
			if user := p.word(); user != "" {
				p.set(vswitchPrefix.Join(name, "grant", user), collect.Text("revoked"), p.at())
			}
		default:
			p.switchOperands(vswitchPrefix.Join(name))
		}
	default:
		p.keep()
	}
}

// grant reads GRANT user [operands].
func (p *configPart) grant(base collect.Key) {
	user := p.word()
	if user == "" {
		p.lacks()
		return
	}
	at := p.at()
	g := switchGrant{}
	for p.more() {
		switch w := p.word(); w {
		case "VLAN":
			for p.more() && isVLAN(p.peek()) {
				g.vlans = append(g.vlans, p.word())
			}
		case "PORTTYPE", "PORTNUMBER":
			if w == "PORTTYPE" {
				g.porttype = p.peek()
			}
			p.word()
		case "PROMISCUOUS", "PROMISC", "PRO":
			g.promiscuous = true
		case "NOPROMISCUOUS", "NOPROMISC", "NOPRO":
		default:
			p.unknownOperand(w)
		}
	}
	p.set(base.Join("grant", user), collect.Text(g.text()), at)
	if g.promiscuous {
		p.add(base.Join("promiscuous"), user, at)
	}
}

// switchGrant is the right of a user to couple to a switch.
type switchGrant struct {
	vlans       []string
	porttype    string
	promiscuous bool
}

// text is the value of .../grant/<user>: "vlan 10 20-29 porttype trunk", or
// "any" when nothing narrows the right.
func (g *switchGrant) text() string {
	var parts []string
	if len(g.vlans) > 0 {
		parts = append(parts, "vlan "+strings.ToLower(strings.Join(sortedVLANs(g.vlans), " ")))
	}
	if g.porttype != "" {
		parts = append(parts, "porttype "+strings.ToLower(g.porttype))
	}
	if g.promiscuous {
		parts = append(parts, "promiscuous")
	}
	if len(parts) == 0 {
		return "any"
	}
	return strings.Join(parts, " ")
}
