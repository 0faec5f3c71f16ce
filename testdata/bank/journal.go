package bank

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/irondrift/irondrift/testdata/compose"
)

// ibmiAddr is the address of IBMIPRD1.
const ibmiAddr = "10.40.1.10"

// auditJournal composes the SK entries of the 24 hours before taken.
func auditJournal(night int, taken time.Time) []byte {
	j := &journal{rng: random(streamJournal + uint64(night)), start: taken.Add(-24 * time.Hour)}
	for _, l := range listeners {
		if l.on(night) {
			j.accept(l, night)
		}
	}
	for _, c := range connectors {
		j.connect(c)
	}
	j.rest()

	slices.SortStableFunc(j.rows, func(a, b compose.SKRow) int { return cmp.Compare(a.Time.UnixMicro(), b.Time.UnixMicro()) })
	sequence := uint64(4_180_000 + night*41_000)
	for i := range j.rows {
		// Between SK entries the journal holds entries of other types.
		sequence += 1 + j.rng.Uint64N(20)
		r := &j.rows[i]
		r.Sequence, r.System = sequence, "IBMIPRD1"
		r.Receiver, r.ReceiverLibrary = fmt.Sprintf("AUDRCV%04d", 412+night), "AUDITLIB"
	}
	body := compose.QAUDITSK().CSV(j.rows)
	return compose.Capture("IBMIPRD1", taken.Add(8*time.Minute), "AUDITJOB", "CPYAUDJRNE ENTTYP(SK), CPYTOIMPF ADDCOLNAM(*SQL)", body)
}

type journal struct {
	rng   *rand.Rand
	start time.Time
	rows  []compose.SKRow
}

// add appends a row at a moment after the start of the period.
func (j *journal) add(after time.Duration, r compose.SKRow) {
	r.Time = j.start.Add(after).Truncate(time.Microsecond)
	if r.Program == "" {
		r.Program, r.ProgramLibrary = r.Job, "QSYS"
	}
	j.rows = append(j.rows, r)
}

// moment is a random time, mostly between 07:00 and 19:00.
func (j *journal) moment() time.Duration {
	if j.rng.IntN(5) == 0 {
		return time.Duration(j.rng.Int64N(int64(24*time.Hour - time.Minute)))
	}
	return 5*time.Hour + time.Duration(j.rng.Int64N(int64(12*time.Hour)))
}

func (j *journal) ephemeral() uint16 { return uint16(49152 + j.rng.IntN(16384)) }

// accept writes the connections of a listener: an A row each and, where System
// TLS protects it, an S row of the same addresses and ports a moment later. Every
// peer connects at least once, so that the second night misses none by chance.
func (j *journal) accept(l listener, night int) {
	peers := l.peers
	if night > 0 && l.secondPeers != nil {
		peers = l.secondPeers
	}
	for i := range max(l.count, len(peers)) {
		n := i
		if n >= len(peers) {
			n = j.rng.IntN(len(peers))
		}
		row := compose.SKRow{Type: 'A', Job: l.job, User: l.user, Number: l.number, LocalAddr: ibmiAddr, LocalPort: l.port,
			RemoteAddr: peers[n], RemotePort: j.ephemeral(), Socket: int32(3 + j.rng.IntN(40))}
		at := j.moment()
		j.add(at, row)
		if len(l.sessions) > 0 {
			row.Type = 'S'
			s := l.sessions[n%len(l.sessions)]
			row.SecureVersion, row.SecureProperties = s.version, s.properties
			j.add(at+time.Duration(2000+j.rng.IntN(90000))*time.Microsecond, row)
		}
	}
}

// connect writes outbound connections: a C row and, with System TLS, an S row
// whose local port is the ephemeral one of the C row.
func (j *journal) connect(c connector) {
	for range c.count {
		row := compose.SKRow{Type: 'C', Job: c.job, User: c.user, Number: c.number, LocalAddr: ibmiAddr, LocalPort: j.ephemeral(),
			RemoteAddr: c.peer, RemotePort: c.port, Socket: int32(3 + j.rng.IntN(40))}
		at := j.moment()
		j.add(at, row)
		if c.session != nil {
			row.Type, row.SecureVersion, row.SecureProperties = 'S', c.session.version, c.session.properties
			j.add(at+time.Duration(2000+j.rng.IntN(90000))*time.Microsecond, row)
		}
	}
}

// rest writes the entry types that are few: failed secure sessions, datagrams,
// unavailable ports, DHCP and mail.
func (j *journal) rest() {
	tcp := compose.SKRow{LocalAddr: ibmiAddr, Job: "QTCPIP", User: "QTCP", Number: 118204}
	several := func(count int, change func(r *compose.SKRow)) {
		for range count {
			r := tcp
			change(&r)
			j.add(j.moment(), r)
		}
	}
	// A scanner that shares no cipher suite: the connection is accepted, then the
	// handshake fails.
	for _, port := range []uint16{992, 9476} {
		for range 10 {
			r := tcp
			r.Type, r.LocalPort, r.RemoteAddr, r.RemotePort = 'A', port, "10.66.9.40", j.ephemeral()
			at := j.moment()
			j.add(at, r)
			r.Type = 'X'
			j.add(at+time.Millisecond, r)
		}
	}
	several(60, func(r *compose.SKRow) { r.Type, r.LocalPort, r.RemoteAddr, r.RemotePort = 'I', 161, "10.66.2.9", 40161 })
	several(60, func(r *compose.SKRow) { r.Type, r.LocalPort, r.RemoteAddr, r.RemotePort = 'O', 161, "10.66.2.9", 40161 })
	several(24, func(r *compose.SKRow) { r.Type, r.LocalPort, r.RemoteAddr, r.RemotePort = 'O', 123, "10.66.4.1", 123 })
	several(24, func(r *compose.SKRow) { r.Type, r.LocalPort, r.RemoteAddr, r.RemotePort = 'I', 123, "10.66.4.1", 123 })
	several(3, func(r *compose.SKRow) { r.Type, r.LocalPort, r.Job = 'P', 515, "QTLPD00001" })
	several(6, func(r *compose.SKRow) {
		*r = compose.SKRow{Type: 'D', Job: "QTODDHCPS", User: "QTCP", Number: 118377, RemoteAddr: "10.40.60.21", MAC: "02005E10A1B2", Host: "teller21"}
	})
	several(2, func(r *compose.SKRow) {
		*r = compose.SKRow{Type: 'U', Job: "QTODDHCPS", User: "QTCP", Number: 118377, MAC: "02005E10A1FF", Host: "kiosk04"}
	})
	several(3, func(r *compose.SKRow) {
		r.Type, r.Job, r.LocalPort, r.RemoteAddr, r.RemotePort = 'R', "QTSMTPSRVR", 25, "10.66.3.77", j.ephemeral()
	})
	several(1, func(r *compose.SKRow) {
		r.Type, r.Job, r.LocalPort, r.RemoteAddr, r.RemotePort, r.Filter = 'F', "QTSMTPSRVR", 25, "10.66.3.25", j.ephemeral(), "QMAILFTR"
	})
}
