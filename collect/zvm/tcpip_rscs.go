package zvm

import (
	"slices"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// rscsStatements are statements of the RSCS configuration file (RSCS Networking
// Planning and Configuration); most of them from memory. Only links are looked
// into.
var rscsStatements = wordSet(`ACCOUNT ACNT AUTH CHANNELS COMMAND CP DEST DIALQUEUE DISTDEST DUMP EXIT FANOUT FCB FORM IMBED JOBNAME LANGUAGE
	LINKDEF LINKDEFINE LINKTYPE LOCAL MSGNOH NODE OPFORM PARM PORT POSTPRT PREPRT PRINT PURGE REROUTE RETRYMSGS ROUTE ROUTEGRP SAFCLASS SAFE
	SET SLOWDOWN START SYSTEM TAGPRINT TCPIP TCPIPID TRANSLATE TSPACE UFTD USEREXIT`)

const rscsLinks collect.Key = "zvm/rscs/link"

// readRSCS reads the RSCS configuration: LINKDEFINE states the links and their
// types, PARM their operands. Comments begin with an asterisk. Of the operands
// nothing is kept but those about TLS: others can be passwords of a link.
func (c *tcpip) readRSCS(lines *collect.Lines) {
	for lines.Next() {
		l := lines.Line()
		if text := strings.TrimSpace(string(l.Text)); strings.HasPrefix(text, "*") {
			c.rec.Read(1)
			c.rec.Ignored("comment", 1)
			continue
		}
		words := c.line(l)
		if words == nil {
			continue
		}
		at, w := l.At(c.file), upper(words)
		switch name := w[0]; {
		case !rscsStatements[name]:
			c.notKnown(at, "the statement is not known")
			continue
		case (name == "LINKDEFINE" || name == "LINKDEF") && len(w) > 1 && isName([]byte(w[1]), 8):
			c.rscsLink(w[1], w[2:], at)
		case name == "PARM" && len(w) > 1 && isName([]byte(w[1]), 8):
			c.rscsParm(w[1], w[2:], at)
		default:
			c.scrubbed(name)
		}
		c.rec.Used(1)
	}
}

// rscsLink reads LINKDEFINE linkid ... TYPE type ....
func (c *tcpip) rscsLink(link string, operands []string, at collect.Origin) {
	kind := "unknown"
	if i := slices.Index(operands, "TYPE"); i >= 0 && i+1 < len(operands) && isName([]byte(operands[i+1]), 8) {
		kind = operands[i+1]
	}
	c.scrubbed("LINKDEFINE", link, "TYPE", kind)
	if kind == "unknown" {
		c.out.set(rscsLinks.Join(link, "type"), collect.Unknown(notInStatement), at)
		return
	}
	c.state(rscsLinks.Join(link, "type"), strings.ToLower(kind), at)
}

// rscsParm reads PARM linkid name=value ....
func (c *tcpip) rscsParm(link string, operands []string, at collect.Origin) {
	for _, operand := range operands {
		name, value, _ := strings.Cut(operand, "=")
		switch {
		case (name == "TLS" || name == "SECURE") && slices.Contains([]string{"YES", "NO", "NEVER", "ALLOWED", "PREFERRED", "REQUIRED"}, value):
			c.state(rscsLinks.Join(link, "tls"), strings.ToLower(value), at)
		case name == "TLSLABEL" && isName([]byte(value), 8):
			c.state(rscsLinks.Join(link, "tlslabel"), value, at)
		}
	}
	c.scrubbed("PARM", link, c.out.text(rscsLinks.Join(link, "tls")), c.out.text(rscsLinks.Join(link, "tlslabel")))
}

// finishRSCS states for each link over TCP/IP that nothing asks for TLS, and
// whether all of them require it.
func (c *tcpip) finishRSCS(end ending, at collect.Origin) {
	all, links := "required", 0
	for _, key := range slices.Clone(c.out.order) {
		s := key.Segments()
		if len(s) != 5 || s[4] != "type" || c.out.text(key) != "tcpnje" {
			continue
		}
		links++
		tls := rscsLinks.Join(s[3], "tls")
		if !c.out.stated(tls) && end.state == collect.Complete {
			c.out.set(tls, collect.Text("none"), c.out.facts[key].at)
		}
		switch c.out.text(tls) {
		case "required", "yes":
		case "":
			all = "unknown"
		default:
			if all == "required" {
				all = "no"
			}
		}
	}
	v := collect.Text(all)
	switch {
	case links == 0:
		v = collect.Text("no tcpnje links")
	case all == "unknown":
		v = collect.Unknown("not every link over TCP/IP states whether it asks for TLS")
	}
	c.derive("zvm/rscs/secure", v, end, at)
}
