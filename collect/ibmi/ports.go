package ibmi

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/irondrift/irondrift/collect"
)

// What a port number alone says about the protection of a connection.
const (
	classClear    = "clear"    // a protocol without encryption
	classTLS      = "tls"      // TLS from the first byte
	classStartTLS = "starttls" // starts in clear text, may upgrade to TLS
	classSSH      = "ssh"
	classIPsec    = "ipsec"
	classUnknown  = "unknown"
)

// unlisted is the service of a port that neither the built-in table nor the
// site's own names.
const unlisted = "unlisted"

// service is what the port table says about one port.
type service struct{ name, class string }

// ports is the port table: the ports that IBM i services use by default, and
// the site's own, which win.
type ports struct {
	tcp, udp map[uint16]service
	listed   [1 << 16]bool // in either, for the hot path
	// Of the site's ranges: whether there are any, the first port of the range
	// that a port is in, else the port itself, and the last port by the first.
	ranges bool
	first  [1 << 16]uint16
	last   map[uint16]uint16
}

// The table is data: columns first, last, transport (tcp, udp or any), service,
// class and note.
//
//go:embed ports.csv
var portsCSV string

// builtinPorts parses the table once.
var builtinPorts = sync.OnceValue(func() (rows []portRow) {
	records, err := csv.NewReader(strings.NewReader(portsCSV)).ReadAll()
	if err != nil {
		panic("internal error: the built-in port table is broken: " + err.Error())
	}
	for _, r := range records[1:] {
		first, err1 := strconv.ParseUint(r[0], 10, 16)
		last, err2 := strconv.ParseUint(r[1], 10, 16)
		if err1 != nil || err2 != nil || !validClass(r[4]) {
			panic(fmt.Sprintf("internal error: the built-in port table is broken: %q", r))
		}
		rows = append(rows, portRow{int(first), int(last), r[2], service{r[3], r[4]}})
	}
	return rows
})

type portRow struct {
	first, last int
	transport   string
	service     service
}

func validClass(class string) bool {
	switch class {
	case classClear, classTLS, classStartTLS, classSSH, classIPsec, classUnknown:
		return true
	}
	return false
}

// newPorts returns the built-in table with the site's own entries over it.
func newPorts(site []collect.Port) (*ports, error) {
	p := &ports{tcp: map[uint16]service{}, udp: map[uint16]service{}, last: map[uint16]uint16{}}
	for i := range p.first {
		p.first[i] = uint16(i)
	}
	for _, r := range builtinPorts() {
		for n := r.first; n <= r.last; n++ {
			p.add(uint16(n), r.transport, r.service)
		}
	}
	taken := map[int]bool{}
	for _, own := range site {
		class := own.Class
		if class == "" {
			class = classUnknown
		}
		switch {
		case own.Port < 1 || own.Port > 65535:
			return nil, portError("port %d of the site's port table is not between 1 and 65535", own.Port)
		case !validClass(class):
			return nil, portError("port %d of the site's port table has class %q", own.Port, own.Class)
		case own.Service == "":
			return nil, portError("port %d of the site's port table has no service name", own.Port)
		case own.Last != 0 && (own.Last < own.Port || own.Last > 65535):
			return nil, portError("the port range %d to %d of the site's port table ends before it begins, or behind 65535", own.Port, own.Last)
		}
		for n := own.Port; n <= max(own.Port, own.Last); n++ {
			if taken[n] {
				return nil, portError("port %d stands in the site's port table twice", n)
			}
			taken[n] = true
			p.add(uint16(n), "any", service{own.Service, class})
			if own.Last > own.Port {
				p.ranges = true
				p.first[n] = uint16(own.Port)
				p.last[uint16(own.Port)] = uint16(own.Last)
			}
		}
	}
	return p, nil
}

// name is the segment of a port, or of the range that begins with it, in a key.
func (p *ports) name(port uint16) string {
	last := p.last[port]
	switch {
	case port == 0:
		return "none"
	case last != 0:
		return fmt.Sprintf("%d-%d", port, last)
	}
	return strconv.Itoa(int(port))
}

func portError(format string, args ...any) error {
	return &collect.Error{Offset: -1, Err: fmt.Errorf(format, args...),
		Advice: "correct the entry in the configuration: port, last if it is a range, service, and class clear, tls, starttls, ssh, ipsec or unknown"}
}

func (p *ports) add(port uint16, transport string, s service) {
	if transport != "udp" {
		p.tcp[port] = s
	}
	if transport != "tcp" {
		p.udp[port] = s
	}
	p.listed[port] = true
}

// lookup returns what is known about a port.
func (p *ports) lookup(port uint16, udp bool) service {
	table := p.tcp
	if udp {
		table = p.udp
	}
	if s, ok := table[port]; ok {
		return s
	}
	return service{unlisted, classUnknown}
}

// ephemeral is where the ports that clients get from their operating system
// begin on most systems.
const ephemeral = 32768

// clientSide reports whether this system was the client of a conversation
// whose entry does not say so, as in entries S, X, I and O. It decides from the
// two ports of the one entry alone: the verdict must not depend on which other
// entries the extract holds, or in what order.
func (p *ports) clientSide(local, remote uint16) bool {
	switch {
	case remote == 0:
		return false
	case local == 0:
		return true
	case (local < 1024) != (remote < 1024):
		return remote < 1024
	case p.listed[local] != p.listed[remote]:
		return p.listed[remote]
	case local >= ephemeral && remote >= ephemeral:
		return false
	}
	return remote < local
}
