package compose

import (
	"bytes"
	"fmt"
	"net/netip"
)

// Socket is one row of QSYS2.NETSTAT_INFO: an open port, or a connection when it
// has a remote port. Job, with its number and user, and Profile are what
// QSYS2.NETSTAT_JOB_INFO shows beside it.
type Socket struct {
	Local, Remote         string // addresses; Remote is "" for an open port
	LocalPort, RemotePort uint16
	Name                  string // of the local port in the service table
	UDP                   bool
	Job, Profile          string // 118222/QUSER/QZDASSINIT and the profile it works for
	BindUser              string
	Idle                  string // seconds with three decimals
}

func (s *Socket) family() string {
	if a := netip.MustParseAddr(s.Local); a.Is4() {
		return "IPV4"
	}
	return "IPV6"
}

func (s *Socket) remote() (string, uint16) {
	switch {
	case s.Remote != "":
		return s.Remote, s.RemotePort
	case s.family() == "IPV4":
		return "0.0.0.0", 0
	}
	return "::", 0
}

// NetstatInfo returns sockets as CPYTOIMPF writes QSYS2.NETSTAT_INFO with SQL
// column names: the documented columns that every release has.
func NetstatInfo(sockets []Socket) []byte {
	var b bytes.Buffer
	b.WriteString(`"CONNECTION_TYPE","REMOTE_ADDRESS","REMOTE_PORT","LOCAL_ADDRESS","LOCAL_PORT","LOCAL_PORT_NAME","PROTOCOL","TCP_STATE","IDLE_TIME","BIND_USER"` + "\n")
	for i := range sockets {
		s := &sockets[i]
		remote, port := s.remote()
		protocol, state := "TCP", `"LISTEN"`
		switch {
		case s.UDP:
			protocol, state = "UDP", ""
		case s.Remote != "":
			state = `"ESTABLISHED"`
		}
		name := ""
		if s.Name != "" {
			name = quoted(s.Name)
		}
		fmt.Fprintf(&b, "%s,%s,%d,%s,%d,%s,%s,%s,%s,%s\n", quoted(s.family()), quoted(remote), port, quoted(s.Local), s.LocalPort, name, quoted(protocol), state, s.Idle, quoted(s.BindUser))
	}
	return b.Bytes()
}

// NetstatJobInfo returns sockets as CPYTOIMPF writes QSYS2.NETSTAT_JOB_INFO, which
// tells neither protocol nor state.
func NetstatJobInfo(sockets []Socket) []byte {
	var b bytes.Buffer
	b.WriteString(`"CONNECTION_TYPE","REMOTE_ADDRESS","REMOTE_PORT","LOCAL_ADDRESS","LOCAL_PORT","AUTHORIZATION_NAME","JOB_NAME","SLIC_TASK_NAME"` + "\n")
	for i := range sockets {
		s := &sockets[i]
		remote, port := s.remote()
		fmt.Fprintf(&b, "%s,%s,%d,%s,%d,%s,%s,\n", quoted(s.family()), quoted(remote), port, quoted(s.Local), s.LocalPort, quoted(s.Profile), quoted(s.Job))
	}
	return b.Bytes()
}
