package bank

import (
	"fmt"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// portNames are the names of the listening ports in the service table.
var portNames = map[uint16]string{
	21: "ftp-con", 22: "ssh", 23: "telnet", 25: "smtp", 443: "https", 448: "ddm-ssl", 449: "as-svrmap", 512: "exec", 992: "telnet-ssl",
	2010: "as-admin-https", 8471: "as-database", 8476: "as-signon", 9470: "as-central-s", 9471: "as-database-s", 9475: "as-rmtcmd-s", 9476: "as-signon-s",
	123: "ntp", 161: "snmp",
}

// idleListeners listen, and nobody connects to them: the journal does not know
// them. The daemons of the host servers listen in clear text too, until somebody
// ends that.
var idleListeners = []listener{
	{port: 8476, job: "QZSOSIGN", user: "QUSER", number: 118226},
	{port: 512, job: "QTRXC00005", user: "QTCP", number: 118399, secondNight: true},
}

// sockets composes what is open and connected on IBMIPRD1 at the moment of the
// extract, shortly after two: batch work of the application servers, and whoever
// left a terminal on.
func sockets(night int) []compose.Socket {
	var out []compose.Socket
	open := func(l listener, udp bool) {
		for _, any := range []string{"0.0.0.0", "::"} {
			out = append(out, compose.Socket{Local: any, LocalPort: l.port, Name: portNames[l.port], UDP: udp,
				Job: fmt.Sprintf("%06d/%s/%s", l.number, l.user, l.job), Profile: l.user, BindUser: l.user, Idle: "17.250"})
		}
	}
	connected := map[uint16]struct {
		profile string
		night   int // since which
	}{992: {"QTCP", 0}, 9471: {"APPODBC", 0}, 8471: {"SCORING", 0}, 443: {"QTMHHTTP", 0}, 23: {"QTCP", 1}}
	for _, l := range append(listeners[:len(listeners):len(listeners)], idleListeners...) {
		if !l.on(night) {
			continue
		}
		open(l, false)
		c, ok := connected[l.port]
		if !ok || night < c.night {
			continue
		}
		// One connection: the first peer, which connects on both nights.
		out = append(out, compose.Socket{Local: ibmiAddr, LocalPort: l.port, Remote: l.peers[0], RemotePort: 50000 + l.port%1000 + uint16(night), Name: portNames[l.port],
			Job: fmt.Sprintf("%06d/%s/%s", l.number+night, l.user, l.job), Profile: c.profile, BindUser: l.user, Idle: fmt.Sprintf("%d.120", 3+night)})
	}
	for _, l := range []listener{{port: 161, job: "QTMSNMP", user: "QTCP", number: 118370}, {port: 123, job: "QTOTNTP", user: "QTCP", number: 118371}} {
		open(l, true)
	}
	for _, c := range connectors[:2] {
		out = append(out, compose.Socket{Local: ibmiAddr, LocalPort: 52000 + uint16(night) + c.port%1000, Remote: c.peer, RemotePort: c.port,
			Job: fmt.Sprintf("%06d/%s/%s", c.number, c.user, c.job), Profile: c.user, BindUser: c.user, Idle: "0.010"})
	}
	return out
}

func netstatInfo(night int, taken time.Time) []byte {
	return compose.Capture("IBMIPRD1", taken, "AUDITJOB", "SELECT * FROM QSYS2.NETSTAT_INFO, CPYTOIMPF ADDCOLNAM(*SQL)", compose.NetstatInfo(sockets(night)))
}

func netstatJobInfo(night int, taken time.Time) []byte {
	return compose.Capture("IBMIPRD1", taken, "AUDITJOB", "SELECT * FROM QSYS2.NETSTAT_JOB_INFO, CPYTOIMPF ADDCOLNAM(*SQL)", compose.NetstatJobInfo(sockets(night)))
}
