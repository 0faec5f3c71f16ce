package ibmi

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/irondrift/irondrift/collect"
)

// This file reads the listing of WRKTCPSTS OPTION(*CNN) (NETSTAT *CNN). Its
// layout is not published and its words depend on the language, so a line is
// known by its idle time: in front of it stand the remote address, the remote
// port and the local port, behind it the state. An IPv6 address that does not
// fit stands on a line of its own.
//
// The listing shows ports by the names of the service table, cut after seven
// characters ("telnet- >"). A cut name does not tell the port, nor whether the
// server is the secure one, and such lines are left out; F14 in the display and
// the SQL service show numbers. The listing does not show local addresses, and
// holds one address family only.

var idleTime = regexp.MustCompile(`^(\d+:\d\d:\d\d|\+{3,})$`)

// shippedNames are the names of the ports in the service table as IBM ships it,
// of those that fit into the listing.
var shippedNames = map[string]uint16{
	"as-dtaq": 8472, "as-file": 8473, "as-sts": 3000, "bootps": 67, "bootpc": 68, "ddm": 447, "ddm-ssl": 448, "domain": 53,
	"drda": 446, "ftp": 21, "https": 443, "ldap": 389, "ldaps": 636, "lpd": 515, "pop3": 110, "pop3s": 995, "exec": 512,
	"smtp": 25, "snmp": 161, "ssh": 22, "sunrpc": 111, "telnet": 23,
}

// portText is a port as the listing shows it.
type portText struct {
	text string
	cut  bool
}

// connectionLine is one line of the listing.
type connectionLine struct {
	remoteAddr            string
	remotePort, localPort portText
	state                 string
}

// parseConnection reads a line of the listing; above is an address that stood
// alone on the line before. ok is false for any other line.
func parseConnection(text, above string) (c connectionLine, ok bool) {
	words := strings.Fields(text)
	idle := -1
	for i, w := range words {
		if idleTime.MatchString(w) {
			idle = i
			break
		}
	}
	if idle < 0 || idle+1 == len(words) {
		return c, false
	}
	c.state = connectionState(words[idle+1])
	var parts []portText
	for _, w := range words[:idle] {
		w, cut := strings.CutSuffix(w, ">")
		switch {
		case w == "" && len(parts) == 0:
			return c, false
		case w == "":
			parts[len(parts)-1].cut = true
		default:
			parts = append(parts, portText{w, cut})
		}
	}
	switch {
	case len(parts) == 4 && len(parts[0].text) == 1 && parts[0].text != "*": // an option
		parts = parts[1:]
	case len(parts) == 2 && above != "":
		parts = append([]portText{{text: above}}, parts...)
	}
	if len(parts) != 3 {
		return c, false
	}
	c.remoteAddr, c.remotePort, c.localPort = parts[0].text, parts[1], parts[2]
	if _, err := netip.ParseAddr(above + c.remoteAddr); above != "" && above != c.remoteAddr && err == nil {
		c.remoteAddr = above + c.remoteAddr // wrapped
	}
	return c, isAddress(c.remoteAddr)
}

func isAddress(text string) bool {
	_, err := netip.ParseAddr(text)
	return err == nil || text == "*"
}

// loneAddress returns the address, or the first part of one, that is all a line
// holds.
func loneAddress(text string) string {
	words := strings.Fields(text)
	if len(words) != 1 || strings.Count(words[0], ":") < 2 || len(words[0]) > 45 || strings.Trim(words[0], "0123456789abcdefABCDEF:.") != "" {
		return ""
	}
	return words[0]
}

// connectionLines counts the lines that can be read.
func connectionLines(text []byte) (n int) {
	above := ""
	for line := range strings.Lines(string(text)) {
		if _, ok := parseConnection(line, above); ok {
			n++
		}
		above = loneAddress(line)
	}
	return n
}

// readListing reads one listing.
func (n *netstat) readListing(ctx context.Context, f *collect.File, opts *collect.Options) (ending, error) {
	lines, err := f.Lines(ctx)
	if err != nil {
		return ending{}, err
	}
	defer lines.Close()
	n.listed, n.ports = true, true
	damaged, above, byName := 0, "", false
	for lines.Next() {
		line := lines.Line()
		n.rec.Read(1)
		text := strings.TrimLeft(string(line.Text), "\f")
		c, ok := parseConnection(text, above)
		if !ok {
			above = loneAddress(text)
			switch {
			case above != "":
				n.rec.Ignored("address of the next line", 1)
			case strings.TrimSpace(text) == "":
				n.rec.Ignored("blank line", 1)
			case strings.ContainsFunc(text, func(r rune) bool { return r >= '0' && r <= '9' }) && hasIdleTime(text):
				n.rec.Ignored("row cannot be read", 1)
				n.rec.Warn(f, line.Number, line.Offset, "line of a connection that cannot be read")
				damaged++
			default:
				n.rec.Ignored("heading", 1)
			}
			continue
		}
		above = ""
		byName = n.connectionLine(c, line.At(f), f) || byName
	}
	if err := lines.Err(); err != nil {
		if !errors.Is(err, collect.ErrLimit) {
			return ending{}, err
		}
		n.rec.Warn(f, 0, 0, "reading stopped: %v", err)
	}
	if byName {
		n.rec.Warn(f, 0, 0, "ports are shown by name; their numbers are taken from the service table as IBM ships it and from the site's port table")
	}
	state, reason := lines.End(opts)
	end := ending{state, reason}.worse(ending{collect.Open, "a listing of connections holds one address family; nothing shows that both are here"})
	if damaged > 0 {
		end = end.worse(ending{collect.Partial, fmt.Sprintf("%d lines of connections could not be read", damaged)})
	}
	return end, nil
}

func hasIdleTime(text string) bool {
	for _, w := range strings.Fields(text) {
		if idleTime.MatchString(w) {
			return true
		}
	}
	return false
}

// connectionLine adds one line. It reports whether the local port was known by a
// name.
func (n *netstat) connectionLine(c connectionLine, at collect.Origin, f *collect.File) (byName bool) {
	s := socket{at: at, listing: true, decided: true, state: c.state, protocol: "TCP"}
	if c.state == "*UDP" {
		s.protocol = "UDP"
	}
	local, byName, why := n.portNumber(c.localPort)
	if why != "" {
		n.leaveOut(why, c.localPort.text, at, f)
		return false
	}
	if byName {
		s.name = c.localPort.text
	}
	if strings.Contains(c.remoteAddr, ":") {
		s.family = "IPV6"
	}
	// What connects to a port of this system does so from a port without a
	// name, as a rule; for what this system connects to, the name is all.
	remote, _, why := n.portNumber(c.remotePort)
	if why != "" && c.remoteAddr != "*" {
		n.leaveOut(why, c.remotePort.text, at, f)
		return byName
	}
	if why := s.places("*", strconv.Itoa(int(local)), c.remoteAddr, strconv.Itoa(int(remote))); why != "" {
		n.leaveOut(why, c.localPort.text, at, f)
		return byName
	}
	n.add(&s)
	return byName
}

// leaveOut counts a line whose port is not known.
func (n *netstat) leaveOut(why, name string, at collect.Origin, f *collect.File) {
	n.rec.Ignored(why, 1)
	n.rec.Warn(f, at.Pos, at.Offset, "line left out: %s: %s", why, shorten(name))
	if n.unresolved++; n.unresolved == 1 {
		n.unresolvedWhy = why
	}
}

const (
	whyCutName     = "port shown by a name that is cut off"
	whyUnknownName = "port shown by a name that is in no table"
)

// portNumber returns the number of a port; * is none.
func (n *netstat) portNumber(p portText) (port uint16, byName bool, why string) {
	if p.text == "*" {
		return 0, false, ""
	}
	if number, ok := parsePort([]byte(p.text)); ok && !p.cut {
		return number, false, ""
	}
	if p.cut {
		return 0, false, whyCutName
	}
	if number, ok := n.own[p.text]; ok {
		return number, true, ""
	}
	if number, ok := shippedNames[strings.ToLower(p.text)]; ok {
		return number, true, ""
	}
	return 0, false, whyUnknownName
}
